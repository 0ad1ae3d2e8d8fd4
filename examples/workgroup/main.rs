//! A workgroup: its tasks and files, and a specialist who is let in for one request.
//!
//! **Need.** A company works in groups. What a group hosts is open to its people, by rank; who asked to join sees nothing yet, and who
//! is banned nothing any more, of what is the group's. When something breaks, the vendor's specialist looks at it, for one request
//! and no longer, and what he does is recorded under that request.
//!
//! **Shape.** Groups in the directory, with audiences of their own where they differ from the preset; the rows of the application say
//! which group hosts them. Support access is applied before each snapshot, from the switch and the grants that are stored. What is
//! printed is also asserted.
//!
//! **Run.** `cargo run --example workgroup`

#![allow(clippy::print_stdout, reason = "an example shows its answers")]

use bailiwick::social_groups::{self, FILE, Joining, TASK, joining};
use bailiwick::support::{self, Grant, Support};
use bailiwick::{
    Audience, Department, Directory, Moment, Opening, PlaceName, Policy, Problems, Record, Role, Snapshot,
    SocialGroup, User,
};

const TODAY: Moment = Moment::from_unix_seconds(1_785_542_400);
/// Olga owns the groups and mila moderates them; anna is a member and eva one from outside; pavel asked to join; denis is banned; boris
/// is a colleague who is in no group.
const PEOPLE: [&str; 8] = ["olga", "mila", "anna", "eva", "pavel", "denis", "boris", "root"];

/// A row of the application's tables: a title, of which kind, whose it is, and the group that hosts it.
const ROWS: [(&str, PlaceName, &str, &str); 5] = [
    ("task: hall", TASK, "anna", "launch"),
    ("task: press", TASK, "denis", "launch"),
    ("file: plan", FILE, "mila", "launch"),
    ("file: photos", FILE, "mila", "fair 2025"),
    ("task: taxes", TASK, "boris", ""),
];

fn groups() -> [SocialGroup; 2] {
    let people = |group: SocialGroup| {
        group.moderator("mila").member("anna").member("eva").pending("pavel").banned("denis")
    };
    [
        // Members edit its files, which the preset leaves to moderators.
        people(SocialGroup::new("launch", "olga")).audience("files.write", Audience::Members),
        people(SocialGroup::new("fair 2025", "olga")).hidden().archived(),
    ]
}

fn directory() -> Directory {
    let person = |who: &&str| match *who {
        "eva" => User::new("eva"),
        "root" => User::new("root").administrator().sits_in("company"),
        employee => User::new(employee).sits_in("company"),
    };
    let directory = Directory::new().with(Department::new("company"));
    let directory = PEOPLE.iter().map(person).fold(directory, Directory::with);
    groups().into_iter().fold(directory, Directory::with)
}

/// The snapshot of a moment: what is always there, and what the support access of that moment comes to.
fn snapshot(access: &Support) -> Result<Snapshot, Problems> {
    let reader = Role::new("looks at tasks").set(TASK, social_groups::READ, social_groups::ALL);
    let mut policy = Policy::new(support::beside(social_groups::vocabulary()))
        .roles(social_groups::roles())
        .roles(support::roles())
        .role(reader);
    policy.assignments = [social_groups::default_assignments(), support::default_assignments()].concat();
    let mut directory = directory();
    access.apply(&mut policy, &mut directory);
    Snapshot::compile(&policy, &directory)
}

/// What one person may do with a row: a letter for each button.
fn buttons(snapshot: &Snapshot, who: &str, (_, kind, owner, group): (&str, PlaceName, &str, &str)) -> String {
    let access = snapshot.access(snapshot.user(who), TODAY);
    let host = [Opening::Hosted(snapshot.social_group(group).into())];
    let row = Record::at(kind).owner(snapshot.user(owner)).openings(&host);
    let actions = access.actions(&row);
    let letters = [(social_groups::READ, 'r'), (social_groups::UPDATE, 'e'), (social_groups::DELETE, 'd')];
    letters.into_iter().map(|(action, letter)| if actions.contains(action) { letter } else { '.' }).collect()
}

fn joins(snapshot: &Snapshot, who: &str, group: &SocialGroup) -> &'static str {
    match joining(&snapshot.access(snapshot.user(who), TODAY), group) {
        Joining::AtOnce => "joins",
        Joining::ByRequest => "asks",
        Joining::Pending => "waits",
        Joining::Member => "in",
        Joining::Banned => "banned",
        Joining::No | _ => "-",
    }
}

/// A line of the table, of a cell for each person.
fn line(title: &str, cells: [&str; 8]) -> String {
    let line = format!("{title:<14}{}", cells.map(|cell| format!("{cell:<7}")).concat());
    format!("{}\n", line.trim_end())
}

fn table(snapshot: &Snapshot) -> String {
    let mut table = line("", PEOPLE);
    for group in groups() {
        table.push_str(&line(&group.key.text(), PEOPLE.map(|who| joins(snapshot, who, &group))));
    }
    for row in ROWS {
        let cells = PEOPLE.map(|who| buttons(snapshot, who, row));
        table.push_str(&line(row.0, cells.each_ref().map(String::as_str)));
    }
    table
}

/// What the specialist may do with the first task, and under which request it is recorded.
fn specialist(access: &Support) -> Result<String, Problems> {
    let snapshot = snapshot(access)?;
    let [row, ..] = ROWS;
    let may = buttons(&snapshot, "specialist", row);
    let task = Record::at(TASK).owner(snapshot.user("anna"));
    let audit = snapshot.access(snapshot.user("specialist"), TODAY).audit(social_groups::READ, &task);
    let mark = audit.and_then(|audit| audit.mark);
    Ok(mark.map_or_else(|| may.clone(), |mark| format!("{may} recorded under {mark}")))
}

fn main() -> Result<(), Problems> {
    let mut access = Support::new();
    let shown = table(&snapshot(&access)?);
    println!("r reads, e edits, d deletes\n\n{shown}");
    assert_eq!(
        shown,
        "              olga   mila   anna   eva    pavel  denis  boris  root
launch        in     in     in     in     waits  banned asks   asks
fair 2025     in     in     in     in     waits  banned -      -
task: hall    red    red    red    r..    ...    ...    ...    red
task: press   red    red    r..    r..    ...    red    ...    red
file: plan    red    red    red    red    ...    ...    ...    red
file: photos  r..    red    r..    r..    ...    ...    ...    red
task: taxes   ...    ...    ...    ...    ...    ...    red    red
"
    );

    // Which of all tasks does eva see? The list is one condition: a column that holds the group, beside the owner's.
    let snapshot = snapshot(&access)?;
    let eva = snapshot.access(snapshot.user("eva"), TODAY);
    let list = eva.filter(social_groups::READ, TASK).to_string();
    println!("eva's list of tasks: {list}\n");
    assert_eq!(list, "owner is eva or hosted by fair 2025 or launch");

    println!("the specialist, at the task of the hall:");
    let told = |when: &str, access: &Support| -> Result<String, Problems> {
        let may = specialist(access)?;
        println!("  {when:<20}{may}");
        Ok(may)
    };
    assert_eq!(told("switched off", &access)?, "...");
    access = access.switched_on().grant(Grant::new("request 4711", "specialist", "looks at tasks"));
    assert_eq!(told("request 4711 open", &access)?, "r.. recorded under request 4711");
    access.close("request 4711");
    assert_eq!(told("closed", &access)?, "...");
    Ok(())
}
