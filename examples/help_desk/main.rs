//! A small help desk.
//!
//! **Need.** Two companies write tickets, three people answer them. Maria looks after Ivan's tickets while he is on holiday; Oleg and
//! Nina share the first line; a guest from the vendor looks at everything and touches nothing. The list of tickets must show to each
//! what is his to see, with the right buttons, and the right people must be told of what happens.
//!
//! **Shape.** Ticket groups in the directory, the preset's roles, one question for each row. What is printed is also asserted.
//!
//! **Run.** `cargo run --example help_desk`

#![allow(clippy::print_stdout, reason = "an example shows its answers")]

use bailiwick::help_desk::{self, News};
use bailiwick::{
    Assignment, Directory, Handle, Moment, Participant, Policy, Problems, Record, Snapshot, Subject,
    TicketGroup, TicketMember, User,
};

const TODAY: Moment = Moment::from_unix_seconds(1_785_542_400);
const PEOPLE: [&str; 8] = ["ivan", "maria", "kolya", "oleg", "nina", "pavel", "guest", "chief"];

/// A row of the application's table: number, client, who is responsible.
const TICKETS: [(&str, &str, &str); 5] = [
    ("101 login fails", "ivan", "oleg"),
    ("102 invoice wrong", "maria", "nina"),
    ("103 page is slow", "kolya", "oleg"),
    ("104 new printer", "ivan", "pavel"),
    ("105 just came in", "kolya", ""),
];

fn directory() -> Directory {
    let people = PEOPLE.map(User::new).into_iter().fold(Directory::new(), Directory::with);
    people
        .with(
            TicketGroup::of_clients("the ivanov company")
                .member(TicketMember::new("ivan"))
                .member(TicketMember::new("maria").sees().told_of_changes()),
        )
        .with(
            TicketGroup::of_staff("first line")
                .member(TicketMember::new("oleg").sees().told_of_changes())
                .member(TicketMember::new("nina").sees()),
        )
}

fn policy() -> Policy {
    let user = |key: &str| Subject::User(key.into());
    let mut policy = Policy::new(help_desk::vocabulary()).roles(help_desk::roles());
    policy.assignments = help_desk::default_assignments();
    for client in ["ivan", "maria", "kolya"] {
        policy.assignments.extend(help_desk::client(&user(client)));
    }
    let staff = ["oleg", "nina", "pavel"].map(|key| Assignment::new(help_desk::STAFF, user(key)));
    policy.assignments.extend(staff);
    policy
        .assign(Assignment::new(help_desk::DEMO, user("guest")))
        .assign(Assignment::new(help_desk::ADMINISTRATOR, user("chief")))
}

/// What one person sees: of every ticket a letter for each button.
fn buttons(snapshot: &Snapshot, who: &str, client: &str, responsible: &[Participant]) -> String {
    let access = snapshot.access(snapshot.user(who), TODAY);
    let ticket = Record::at(help_desk::TICKET).owner(snapshot.user(client)).participants(responsible);
    let actions = access.actions(&ticket);
    let letters = [
        (help_desk::READ, 'r'),
        (help_desk::ANSWER, 'a'),
        (help_desk::RATE, 's'),
        (help_desk::WORK, 'w'),
        (help_desk::DELETE, 'd'),
    ];
    letters.into_iter().map(|(action, letter)| if actions.contains(action) { letter } else { '.' }).collect()
}

fn names(snapshot: &Snapshot, users: &[Handle<User>]) -> String {
    let keys = users.iter().filter_map(|user| snapshot.user_key(*user)).map(ToString::to_string);
    keys.collect::<Vec<_>>().join(", ")
}

fn main() -> Result<(), Problems> {
    let (directory, policy) = (directory(), policy());
    let snapshot = Snapshot::compile(&policy, &directory)?;

    println!("r sees, a answers, s rates, w works on it, d deletes\n");
    println!("{:<18} {:<7} {}", "ticket", "client", PEOPLE.map(|who| format!("{who:<6}")).join(" "));
    let mut table = Vec::new();
    for (title, client, responsible) in TICKETS {
        let responsible = [help_desk::RESPONSIBLE_IS.is(snapshot.user(responsible))];
        let row = PEOPLE.map(|who| buttons(&snapshot, who, client, &responsible));
        println!("{title:<18} {client:<7} {}", row.each_ref().map(|cell| format!("{cell:<6}")).join(" "));
        table.push(row.join(" "));
    }
    assert_eq!(
        table,
        [
            "ras.. ras.. ..... ra.w. ra.w. ..... r.... raswd",
            "..... ras.. ..... ra.w. ra.w. ..... r.... raswd",
            "..... ..... ras.. ra.w. ra.w. ..... r.... raswd",
            "ras.. ras.. ..... ..... ..... ra.w. r.... raswd",
            "..... ..... ras.. ..... ..... ..... r.... raswd",
        ]
    );

    println!("\nthe list of nina: {}", {
        let nina = snapshot.access(snapshot.user("nina"), TODAY);
        nina.filter(help_desk::READ, help_desk::TICKET)
    });
    for (title, client, responsible) in TICKETS {
        let told = help_desk::told(
            &snapshot,
            snapshot.user(client),
            snapshot.user(responsible),
            News::Changed,
            TODAY,
        );
        println!(
            "told of changes to {title}: {}; {}",
            names(&snapshot, &told.clients),
            names(&snapshot, &told.staff)
        );
    }
    assert!(help_desk::misplaced(&snapshot, &directory, TODAY).is_empty());
    Ok(())
}
