//! The help desk against section 10: the roles cell by cell, who belongs into which group, who is told of what.

use super::{access, find, level_of, rows};
use bailiwick::help_desk::{
    ALL, ANSWER, CLIENT_GROUP, CLIENTS, COLLEAGUES, CONFIGURE, CREATE, DELETE, DICTIONARY, JOIN, News, OWN,
    RATE, READ, READ_HIDDEN, RESPONSIBLE_FOR, STAFF_GROUP, TICKET, WORK,
};
use bailiwick::{
    Action, Directory, Key, Level, Moment, Name, PlaceName, Policy, Relations, Role, Snapshot, Subject,
    TicketGroup, TicketMember, User, help_desk,
};

const ENTITIES: [(&str, PlaceName); 4] = [
    ("ticket", TICKET),
    ("dictionary", DICTIONARY),
    ("client_group", CLIENT_GROUP),
    ("staff_group", STAFF_GROUP),
];

const ACTIONS: [(&str, Name<Action>); 9] = [
    ("read", READ),
    ("create", CREATE),
    ("answer", ANSWER),
    ("rate", RATE),
    ("work", WORK),
    ("hidden", READ_HIDDEN),
    ("delete", DELETE),
    ("configure", CONFIGURE),
    ("join", JOIN),
];

const LEVELS: [(&str, Name<Level>); 5] =
    [("own", OWN), ("clients", CLIENTS), ("his", RESPONSIBLE_FOR), ("mates", COLLEAGUES), ("all", ALL)];

/// Client and stand-in (together R), T, V, W, and who is responsible.
const TABLE: &str = "
    ticket       read      clients -       mates all all his
    ticket       create    all     -       all   -   all -
    ticket       answer    own     clients mates -   all his
    ticket       rate      own     clients -     -   all -
    ticket       work      -       -       mates -   all his
    ticket       hidden    -       -       mates -   all his
    ticket       delete    -       -       -     -   all -
    dictionary   configure -       -       -     -   all -
    client_group join      all     -       -     -   -   -
    staff_group  join      -       -       all   -   all -
";

const ROLES: [Name<Role>; 6] = [
    help_desk::CLIENT,
    help_desk::STAND_IN,
    help_desk::STAFF,
    help_desk::DEMO,
    help_desk::ADMINISTRATOR,
    help_desk::RESPONSIBLE,
];

#[test]
fn the_roles_are_the_table() {
    let roles = help_desk::roles();
    assert!(roles.iter().map(|role| &role.key).eq(&ROLES.map(Key::from)));
    for (number, role) in roles.iter().enumerate() {
        let mut rights = 0;
        for (entity, action, columns) in rows(TABLE) {
            let expected = (columns[number] != "-").then(|| Key::from(find(&LEVELS, columns[number])));
            let said = level_of(role, find(&ENTITIES, entity), find(&ACTIONS, action));
            assert_eq!(said, expected, "{:?} {entity} {action}", role.key);
            rights += usize::from(expected.is_some());
        }
        assert_eq!((role.rights.len(), role.transitions.len()), (rights, 0), "{:?}", role.key);
    }
    let drops = roles.iter().map(|role| role.supersedes.iter().map(ToString::to_string).collect::<Vec<_>>());
    let drops: Vec<String> = drops.map(|drops| drops.join(" ")).collect();
    assert_eq!(drops, ["", "", "client stand_in", "stand_in", "client stand_in", ""]);
}

#[test]
fn nobody_changes_what_he_does_not_see() {
    let vocabulary = help_desk::vocabulary();
    let ticket = vocabulary.entities.iter().find(|entity| entity.key == Key::from(TICKET)).unwrap();
    for offer in &ticket.offers {
        let expected: &[Key<Action>] =
            if [READ, CREATE].map(Key::from).contains(&offer.action) { &[] } else { &[READ.into()] };
        assert_eq!(offer.requires, expected, "{:?}", offer.action);
    }
}

#[test]
fn each_party_counts_for_what_the_facts_say() {
    let counts: Vec<Relations> = help_desk::vocabulary().parties.iter().map(|rule| rule.counts_for).collect();
    let client = Relations::OWN | Relations::CLIENT_MATES;
    assert_eq!(counts, [client, Relations::STAFF_MATES, Relations::empty()]);
}

fn snapshot() -> (Directory, Snapshot) {
    let users = ["ivan", "petr", "tech", "mate", "far", "boss"].map(User::new);
    let directory = users
        .into_iter()
        .fold(Directory::new(), Directory::with)
        .with(User::new("gone").dismissed())
        .with(User::new("root").administrator())
        .with(
            TicketGroup::of_clients("ivanov")
                .member(TicketMember::new("ivan"))
                .member(TicketMember::new("petr").told_of_new())
                .member(TicketMember::new("gone").told_of_new().told_of_changes()),
        )
        .with(
            TicketGroup::of_staff("first line")
                .member(TicketMember::new("tech"))
                .member(TicketMember::new("petr").told_of_changes())
                .member(TicketMember::new("mate").told_of_changes()),
        )
        .with(
            TicketGroup::of_clients("odd")
                .member(TicketMember::new("tech"))
                .member(TicketMember::new("far").told_of_new().told_of_changes()),
        );
    let mut policy = Policy::new(help_desk::vocabulary()).roles(help_desk::roles());
    for client in ["ivan", "petr"] {
        policy.assignments.extend(help_desk::client(&Subject::User(client.into())));
    }
    let give = |role: Name<Role>, user: &str| bailiwick::Assignment::new(role, Subject::User(user.into()));
    policy.assignments.extend([
        give(help_desk::STAFF, "tech"),
        give(help_desk::STAFF, "mate"),
        give(help_desk::ADMINISTRATOR, "boss"),
    ]);
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    (directory, snapshot)
}

const NOW: Moment = Moment::from_unix_seconds(0);

#[test]
fn who_is_told_of_what() {
    let (_, snapshot) = snapshot();
    let cases = [
        // New: the member with that flag; nobody who is dismissed.
        ("ivan", "mate", News::New, "ivan petr", "mate"),
        ("ivan", "mate", News::Changed, "ivan", "petr mate"),
        ("petr", "nobody", News::Changed, "petr mate", "boss root"),
        // On the side of the staff, groups of clients do not count; on that of the clients all do.
        ("tech", "tech", News::New, "tech far", "tech"),
        ("tech", "tech", News::Changed, "petr tech mate far", "petr tech mate"),
        ("gone", "gone", News::Changed, "", "boss root"),
    ];
    for (client, responsible, news, clients, staff) in cases {
        let told = help_desk::told(&snapshot, snapshot.user(client), snapshot.user(responsible), news, NOW);
        let names = |users: &[bailiwick::Handle<User>]| {
            let keys = users.iter().map(|user| snapshot.user_key(*user).unwrap().to_string());
            keys.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            (names(&told.clients).as_str(), names(&told.staff).as_str()),
            (clients, staff),
            "{client} {news:?}"
        );
    }
}

#[test]
fn members_who_do_not_belong_where_they_are() {
    let (directory, snapshot) = snapshot();
    let misplaced = help_desk::misplaced(&snapshot, &directory, NOW);
    let told: Vec<String> = misplaced.iter().map(|it| format!("{} in {}", it.user, it.group)).collect();
    assert_eq!(told, ["gone in ivanov", "petr in first line", "tech in odd", "far in odd"]);
    assert!(access(&snapshot, "tech").check(JOIN, &bailiwick::Record::at(STAFF_GROUP)).is_allowed());
}
