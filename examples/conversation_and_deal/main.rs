//! Conversations with clients, and the deals that they are about.
//!
//! **Need.** Clients write to a shop. Whoever takes a conversation is its operator, and most people see their own only. But a
//! conversation is about a deal, and whoever works on the deal has to read what the client wrote, and to be able to join.
//!
//! **Shape.** CRM and open lines are one vocabulary, in which reading a deal opens the conversation that is linked to it. The
//! application reads both rows, as it does to show them, and hands the deal along. A link only adds, and a right to deals that is taken
//! away is taken away here at once. What is printed is also asserted.
//!
//! **Run.** `cargo run --example conversation_and_deal`

#![allow(clippy::print_stdout, reason = "an example shows its answers")]

use std::error::Error;

use bailiwick::{
    Access, Assignment, Department, Directory, Moment, Opening, Policy, Record, Role, Snapshot, Subject,
    User, crm, open_lines,
};

const NOW: Moment = Moment::from_unix_seconds(1_790_000_000);
const PEOPLE: [&str; 5] = ["olga", "omar", "anna", "galina", "root"];

/// A row of the table of deals.
struct DealRow {
    id: i64,
    stage: &'static str,
    responsible: &'static str,
}

/// A row of the table of conversations; what it is about, if it is known.
struct ConversationRow {
    title: &'static str,
    operator: &'static str,
    deal: Option<i64>,
}

const DEALS: [DealRow; 2] = [
    DealRow { id: 1, stage: "new", responsible: "anna" },
    DealRow { id: 2, stage: "won", responsible: "boris" },
];
const CONVERSATIONS: [ConversationRow; 3] = [
    ConversationRow { title: "delivery", operator: "olga", deal: Some(1) },
    ConversationRow { title: "returns", operator: "omar", deal: Some(2) },
    ConversationRow { title: "opening hours", operator: "olga", deal: None },
];

fn company() -> Directory {
    Directory::new()
        .with(Department::new("company"))
        .with(Department::new("sales").below("company").head("galina"))
        .with(Department::new("support").below("company"))
        .with(User::new("galina"))
        .with(User::new("anna").sits_in("sales"))
        .with(User::new("boris").sits_in("sales"))
        .with(User::new("olga").sits_in("support"))
        .with(User::new("omar").sits_in("support"))
        .with(User::new("root").administrator())
}

/// Sellers see their own deals and no conversation at all; support sees its own conversations and no deal.
fn policy() -> Policy {
    Policy::new(open_lines::beside(crm::vocabulary()))
        .roles(open_lines::roles())
        .role(Role::new("seller").set(crm::DEAL, crm::READ, crm::OWN))
        .role(Role::new("head of sales").set(crm::DEAL, crm::READ, crm::DEPARTMENT))
        .assign(Assignment::new(open_lines::EVERYBODY, Subject::SignedIn))
        .assign(Assignment::new(open_lines::MANAGER, Subject::Department("support".into())))
        .assign(Assignment::new("seller", Subject::Department("sales".into())))
        .assign(Assignment::new("head of sales", Subject::User("galina".into())))
}

/// The deal of a conversation, as a record.
fn deal(snapshot: &Snapshot, row: &ConversationRow) -> Option<Record<'static>> {
    let deal = DEALS.iter().find(|deal| Some(deal.id) == row.deal)?;
    let place = snapshot.place(crm::DEAL, "general", deal.stage);
    Some(Record::at(place).owner(snapshot.user(deal.responsible)))
}

/// What somebody may do with a conversation, as buttons.
fn buttons(access: &Access<'_>, row: &ConversationRow) -> String {
    let snapshot = access.snapshot();
    let deal = deal(snapshot, row);
    let links: Vec<Opening<'_>> = deal.iter().map(Opening::Linked).collect();
    let conversation =
        Record::at(open_lines::CONVERSATION).owner(snapshot.user(row.operator)).openings(&links);
    let may = |action| access.check(action, &conversation).is_allowed();
    let buttons = [("read", may(open_lines::READ)), ("join", may(open_lines::JOIN))];
    let shown: Vec<&str> = buttons.iter().filter(|(_, may)| *may).map(|(button, _)| *button).collect();
    if shown.is_empty() { "-".to_owned() } else { shown.join(", ") }
}

fn table(snapshot: &Snapshot) -> String {
    let mut table = format!("{:<15}", "");
    table.extend(CONVERSATIONS.iter().map(|row| format!("{:<14}", row.title)));
    for person in PEOPLE {
        let access = snapshot.access(snapshot.user(person), NOW);
        table.push_str(&format!("\n{person:<15}"));
        table.extend(CONVERSATIONS.iter().map(|row| format!("{:<14}", buttons(&access, row))));
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let snapshot = Snapshot::compile(&policy(), &company())?;
    let shown = table(&snapshot);
    println!("{shown}");
    let expected = "               delivery      returns       opening hours
olga           read, join    -             read, join
omar           -             read, join    -
anna           read, join    -             -
galina         read, join    read, join    -
root           read, join    read, join    read, join
";
    assert_eq!(shown, expected);

    // The list is one condition. For a database, a mapping says in which column the deal stands.
    let anna = snapshot.access(snapshot.user("anna"), NOW);
    let list = anna.filter(open_lines::READ, open_lines::CONVERSATION).to_string();
    println!("anna's list: {list}\n");
    assert!(list.contains(" or linked to a deal ("), "{list}");

    // Why? The reasons of the deal stand among those of the conversation.
    let [delivery, ..] = &CONVERSATIONS;
    let deal = deal(&snapshot, delivery);
    let links: Vec<Opening<'_>> = deal.iter().map(Opening::Linked).collect();
    let conversation = Record::at(open_lines::CONVERSATION).owner(snapshot.user("olga")).openings(&links);
    let why = anna.explain(open_lines::JOIN, &conversation);
    println!("{why}");
    assert!(why.to_string().contains("linked to a record at deal/general/new: read?"));
    Ok(())
}
