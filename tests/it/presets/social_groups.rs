//! Social groups against the tables of section 8, row by row.

use bailiwick::social_groups::{
    self, ACCEPT, ADMIN_MODE, DELETE, FEATURE, Facts, GROUP, INVITE, JOIN, Joining, MESSAGE, MODERATE,
    MODIFY, REQUEST, VIEW, joining,
};
use bailiwick::{
    Access, Action, Assignment, Audience, Department, Directory, Moment, Name, Opening, Policy, Record,
    Snapshot, SocialGroup, Subject, User, tasks,
};

/// Operation, default audience, `v` if it is for viewing.
const FEATURES: &str = "
    tasks.view K v
    tasks.view_all K v
    tasks.sort E -
    tasks.create_tasks K -
    tasks.edit_tasks E -
    tasks.delete_tasks E -
    files.view K v
    files.write_limited E -
    files.write E -
    calendar.view K v
    calendar.write E -
    photo.view K v
    photo.write E -
    forum.view K v
    forum.answer K -
    forum.newtopic K -
    forum.full E -
    blog.view_post K v
    blog.write_post K -
    blog.premoderate_post K -
    blog.moderate_post E -
    blog.full_post A -
    blog.view_comment K v
    blog.write_comment K -
    blog.premoderate_comment K -
    blog.moderate_comment E -
    blog.full_comment E -
    group.invite E -
    group.message K -
";

/// Whom each letter admits to a visible group that is not extranet. `guest` is a member and no employee.
const ADMITS: [(char, &[&str]); 6] = [
    ('A', &["owner"]),
    ('E', &["owner", "moderator"]),
    ('K', &["owner", "moderator", "member", "guest"]),
    ('J', &["owner", "moderator", "member"]),
    ('L', &["owner", "moderator", "member", "guest", "pending", "outsider", "root"]),
    ('N', &["owner", "moderator", "member", "guest", "pending", "outsider", "root", "visitor"]),
];

const EVERYBODY: [&str; 10] =
    ["owner", "moderator", "member", "guest", "pending", "banned", "outsider", "extranet", "root", "visitor"];

fn operations() -> impl Iterator<Item = (&'static str, char, bool)> {
    let rows = FEATURES.lines().filter(|line| !line.trim().is_empty());
    rows.map(|line| {
        let mut columns = line.split_whitespace();
        let mut next = || columns.next().unwrap();
        (next(), next().chars().next().unwrap(), next() == "v")
    })
}

fn group() -> SocialGroup {
    let group = SocialGroup::new("group", "owner").moderator("moderator").member("member").member("guest");
    group.pending("pending").banned("banned")
}

fn snapshot(group: &SocialGroup) -> Snapshot {
    let mut directory = Directory::new().with(Department::new("company")).with(group.clone());
    for user in EVERYBODY.iter().filter(|user| **user != "visitor") {
        let person = User::new(*user);
        let person = if *user == "root" { person.administrator() } else { person };
        let outside = ["guest", "extranet"].contains(user);
        directory.add(if outside { person } else { person.sits_in("company") });
    }
    let mut policy = Policy::new(social_groups::vocabulary()).roles(social_groups::roles());
    policy.assignments = social_groups::default_assignments();
    Snapshot::compile(&policy, &directory).unwrap_or_else(|problems| panic!("{problems}"))
}

fn access<'s>(snapshot: &'s Snapshot, user: &str) -> Access<'s> {
    let at = Moment::from_unix_seconds(0);
    if user == "visitor" { snapshot.anonymous_access(at) } else { snapshot.access(snapshot.user(user), at) }
}

fn admitted(letter: char) -> &'static [&'static str] {
    ADMITS.iter().find(|(of, _)| *of == letter).unwrap().1
}

/// Who may do an operation in a group, of everybody.
fn who(group: &SocialGroup, operation: &str) -> Vec<&'static str> {
    let snapshot = snapshot(group);
    let host = [Opening::Hosted(snapshot.social_group("group").unwrap())];
    let record = Record::at(FEATURE).openings(&host);
    let may = |user: &&str| access(&snapshot, user).check(snapshot.action(operation), &record).is_allowed();
    EVERYBODY.into_iter().filter(|user| may(user)).collect()
}

#[test]
fn every_operation_has_the_default_of_the_facts() {
    let features = social_groups::features();
    let all: Vec<_> = features.iter().flat_map(|feature| &feature.operations).collect();
    assert_eq!(all.len(), operations().count());
    for (operation, letter, viewing) in operations() {
        let rule = all.iter().find(|rule| rule.key == operation.into()).unwrap();
        assert_eq!((rule.default.letter(), rule.for_viewing), (letter, viewing), "{operation}");
        assert_eq!(who(&group(), operation), admitted(letter), "{operation}");
    }
}

#[test]
fn every_audience_that_is_on_offer_admits_whom_its_letter_says() {
    for feature in social_groups::features() {
        for rule in feature.operations {
            for audience in rule.audiences {
                let group = group().audience(&rule.key, audience);
                let expected = admitted(audience.letter());
                assert_eq!(who(&group, &rule.key.text()), expected, "{:?} {audience:?}", rule.key);
            }
        }
    }
}

#[test]
fn everyone_is_all_members_where_the_group_is_hidden_and_extranet_users_come_in_where_it_is_theirs() {
    let everyone = group().audience("blog.view_post", Audience::Everyone);
    assert_eq!(who(&everyone.clone().hidden(), "blog.view_post"), admitted('K'));
    let mut outside = admitted('N').to_vec();
    outside.insert(6, "extranet");
    assert_eq!(who(&everyone.extranet(), "blog.view_post"), outside);
    let signed_in = group().audience("blog.view_post", Audience::SignedIn).extranet();
    outside.pop();
    let mut listed = who(&signed_in, "blog.view_post");
    listed.sort_unstable();
    outside.sort_unstable();
    assert_eq!(listed, outside);
}

#[test]
fn the_blog_of_an_open_group_is_read_by_everybody_who_signs_in_unless_it_is_hidden_or_says_otherwise() {
    for operation in ["blog.view_post", "blog.view_comment"] {
        assert_eq!(who(&group().open(), operation), admitted('L'));
        assert_eq!(who(&group().open().hidden(), operation), admitted('K'));
        assert_eq!(who(&group().open().audience(operation, Audience::Moderators), operation), admitted('E'));
    }
    assert_eq!(who(&group().open(), "blog.write_post"), admitted('K'), "writing is not lifted");
}

#[test]
fn an_archived_group_leaves_viewing_and_a_feature_that_is_off_leaves_nothing() {
    for (operation, letter, viewing) in operations() {
        let left = if viewing { admitted(letter) } else { &[] };
        assert_eq!(who(&group().archived(), operation), left, "{operation}");
        let (feature, _) = operation.split_once('.').unwrap();
        assert_eq!(who(&group().without(feature), operation), Vec::<&str>::new(), "{operation}");
    }
}

#[test]
fn an_administrator_is_admitted_in_admin_mode_after_bans_and_archives() {
    let may = |group: SocialGroup, mode: bool| {
        let snapshot = snapshot(&group);
        let host = [Opening::Hosted(snapshot.social_group("group").unwrap())];
        let root = access(&snapshot, "root").in_circumstances(mode.then_some(ADMIN_MODE));
        root.check(snapshot.action("tasks.edit_tasks"), &Record::at(FEATURE).openings(&host)).is_allowed()
    };
    assert!(may(group(), true) && !may(group(), false));
    assert!(!may(group().archived(), true) && !may(group().banned("root"), true));
    assert!(!may(group().without("tasks"), true));
}

/// Who may do something with the group itself: in one that is hidden, one joined by request, an open one, an extranet one that is open,
/// an archived one.
const ITSELF: [(&str, Name<Action>, [&str; 5]); 8] = [
    ("view", VIEW, ["m", "mo", "mo", "mox", "mo"]),
    ("join", JOIN, ["", "", "MO", "MOX", ""]),
    ("request", REQUEST, ["", "MO", "", "", ""]),
    ("invite", INVITE, ["e", "e", "e", "e", ""]),
    ("message", MESSAGE, ["m", "m", "m", "m", ""]),
    ("accept", ACCEPT, ["e", "e", "e", "e", "e"]),
    ("modify and delete", MODIFY, ["a", "a", "a", "a", "a"]),
    ("moderate", MODERATE, ["e", "e", "e", "e", "e"]),
];

#[test]
fn the_group_itself_is_viewed_joined_and_run_by_whom_the_table_says() {
    let groups = [group().hidden(), group(), group().open(), group().open().extranet(), group().archived()];
    for (at, group) in groups.iter().enumerate() {
        let snapshot = snapshot(group);
        let facts = Facts::of(&snapshot, group);
        for (row, action, cells) in &ITSELF {
            for user in EVERYBODY {
                let insider = ["owner", "moderator", "member", "guest"].contains(&user);
                let employee = !["guest", "extranet", "visitor"].contains(&user);
                let expected = cells[at].chars().any(|cell| match cell {
                    'a' => user == "owner",
                    'e' => ["owner", "moderator"].contains(&user),
                    'm' => insider,
                    'o' | 'M' | 'O' => employee && (cell != 'o' || !insider),
                    'x' | 'X' => user != "visitor",
                    _ => false,
                });
                let answer = access(&snapshot, user).check(*action, &facts.record()).is_allowed();
                assert_eq!(answer, expected, "{row} {at} {user}");
                if *row == "modify and delete" {
                    let delete = access(&snapshot, user).check(DELETE, &facts.record()).is_allowed();
                    assert_eq!(delete, expected, "delete {at} {user}");
                }
            }
        }
    }
}

#[test]
fn joining_tells_who_is_in_it_already() {
    let all = |group: &SocialGroup| -> Vec<(Joining, &str)> {
        let snapshot = snapshot(group);
        EVERYBODY.map(|user| (joining(&access(&snapshot, user), group), user)).to_vec()
    };
    let of = |group: &SocialGroup, how: Joining| -> Vec<&str> {
        all(group).into_iter().filter(|(it, _)| *it == how).map(|(_, user)| user).collect()
    };
    let open = group().open();
    assert_eq!(of(&open, Joining::AtOnce), ["outsider", "root"]);
    assert_eq!(of(&open, Joining::Pending), ["pending"]);
    assert_eq!(of(&open, Joining::Banned), ["banned"]);
    assert_eq!(of(&open, Joining::Member), ["owner", "moderator", "member", "guest"]);
    assert_eq!(of(&open, Joining::No), ["extranet", "visitor"]);
    assert_eq!(of(&group(), Joining::ByRequest), ["outsider", "root"]);
    assert_eq!(of(&group().hidden(), Joining::No), ["outsider", "extranet", "root", "visitor"]);
    assert_eq!(of(&open.archived(), Joining::No), ["outsider", "extranet", "root", "visitor"]);
}

#[test]
fn an_administrator_sees_and_runs_foreign_groups_in_admin_mode() {
    let group = group().hidden();
    let snapshot = snapshot(&group);
    let facts = Facts::of(&snapshot, &group);
    let root = access(&snapshot, "root");
    let mode = root.clone().in_circumstances([ADMIN_MODE]);
    for action in [VIEW, MODIFY, DELETE, MODERATE] {
        assert!(root.check(action, &facts.record()).is_denied());
        assert!(mode.check(action, &facts.record()).is_allowed());
    }
}

#[test]
fn groups_are_created_by_whom_the_module_says() {
    let mut policy = Policy::new(social_groups::vocabulary()).roles(social_groups::roles());
    policy.assignments = social_groups::default_assignments();
    let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    policy = policy.assign(Assignment::new(social_groups::CREATOR, Subject::User("anna".into())));
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    assert!(access(&snapshot, "anna").create(GROUP).is_allowed());
    assert!(!access(&snapshot, "boris").create(GROUP).is_allowed());
}

#[test]
fn tasks_of_a_group_open_to_its_audiences_in_the_tasks_preset() {
    let mut directory = Directory::new().with(group());
    for user in EVERYBODY.iter().filter(|user| **user != "visitor") {
        directory.add(User::new(*user));
    }
    let policy = Policy::new(social_groups::host_tasks()).roles(tasks::roles());
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    let host = [Opening::Hosted(snapshot.social_group("group").unwrap())];
    for (action, letter) in [(tasks::READ, 'K'), (tasks::EDIT, 'E'), (tasks::DELETE, 'E')] {
        for user in EVERYBODY {
            let task = Record::at(tasks::OPEN).owner(snapshot.user("outsider"));
            let viewer = access(&snapshot, user);
            let expected = admitted(letter).contains(&user);
            assert!(viewer.check(action, &task).is_denied(), "{user}");
            assert_eq!(viewer.check(action, &task.openings(&host)).is_allowed(), expected, "{user} {letter}");
        }
    }
}
