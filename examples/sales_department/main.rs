//! Who may do what in a sales department.
//!
//! **Need.** A firm keeps its leads and deals in an application that links this library. Sellers work with their own, heads
//! with their department's, the director sees it all; an intern must not touch contracts; a colleague who left must be
//! locked out this minute, while his deals stay with his team.
//!
//! **Shape.** The rights model is the CRM preset with its five default roles; three roles of the firm's own are added. The
//! people are in `company.rs`. Policy and directory are compiled to a snapshot once, and every question below is asked of
//! that. What is printed is also asserted.
//!
//! **Run.** `cargo run --example sales_department`

#![allow(clippy::print_stdout, reason = "an example shows its answers")]

mod company;

use std::error::Error;

use bailiwick::{
    Access, Action, Assignment, Combining, Creation, Moment, Name, Participant, PlaceName, Policy, Record,
    Responsible, Role, Snapshot, Subject, Unit, Window, crm,
};
use crm::deal::{EXECUTING, NEW, PREPARATION, WON};

/// The first of August 2026, and two weeks later, in UTC.
const TODAY: Moment = Moment::from_unix_seconds(1_785_542_400);
const IN_TWO_WEEKS: Moment = Moment::from_unix_seconds(1_786_752_000);

const INTERN: Name<Role> = Name::new("intern");
const HEAD_OF_SALES: Name<Role> = Name::new("head_of_sales");
const STAND_IN: Name<Role> = Name::new("stand_in");

/// The roles, and who holds them.
fn policy() -> Policy {
    let give = Assignment::new;
    let sales = || Subject::DepartmentTree("sales".into());
    Policy::new(crm::vocabulary())
        .roles(crm::roles())
        .role(
            // Interns do what managers do, but contracts are not for them, and "none" is said in so many words.
            Role::new(INTERN).set(PREPARATION, crm::READ, crm::NONE).set(PREPARATION, crm::UPDATE, crm::NONE),
        )
        .role(Role::new(HEAD_OF_SALES).set(crm::DEAL, crm::READ, crm::SUBDEPARTMENTS))
        .role(Role::new(STAND_IN).set(crm::DEAL, crm::READ, crm::ALL_OPEN))
        .assign(give(crm::MANAGER, sales()))
        .assign(give(crm::DEPARTMENT_HEAD, Subject::Heads(Unit::Anywhere)))
        .assign(give(HEAD_OF_SALES, Subject::Heads(Unit::Of("sales".into()))))
        .assign(give(crm::DIRECTOR, Subject::Heads(Unit::Of("company".into()))))
        .assign(give(crm::ADMINISTRATOR, Subject::Department("it".into())))
        .assign(give(crm::READER, Subject::Department("marketing".into())))
        .assign(give(INTERN, Subject::UserGroup("interns".into())))
        .assign(give(STAND_IN, Subject::User("artem".into())).during(Window::from(TODAY).until(IN_TWO_WEEKS)))
}

/// One row of the application's table of deals.
struct Deal {
    title: &'static str,
    stage: PlaceName,
    owner: &'static str,
    open: bool,
    observers: Vec<Participant>,
}

fn deals(snapshot: &Snapshot) -> Vec<Deal> {
    let deal = |title, stage, owner| Deal { title, stage, owner, open: false, observers: Vec::new() };
    vec![
        deal("bakery", NEW, "anna"),
        Deal { open: true, ..deal("hotel", EXECUTING, "boris") },
        Deal {
            observers: vec![crm::OBSERVER.is(snapshot.user("sofia"))],
            ..deal("airport", PREPARATION, "olga")
        },
        deal("school", PREPARATION, "gleb"),
        deal("bank", WON, "inga"),
        deal("bridge", NEW, "pavel"),
        deal("station", NEW, "ivan"),
        deal("harbour", EXECUTING, "yana"),
    ]
}

impl Deal {
    fn record<'a>(&'a self, snapshot: &Snapshot) -> Record<'a> {
        Record::at(self.stage)
            .owner(snapshot.user(self.owner))
            .flag_if(crm::OPEN, self.open)
            .participants(&self.observers)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (policy, directory) = (policy(), company::directory());
    let snapshot = Snapshot::compile(&policy, &directory)?;
    let deals = deals(&snapshot);

    who_sees_what(&snapshot, &deals);
    which_buttons(&snapshot, &deals);
    where_a_deal_can_move(&snapshot, &deals);
    who_adds_for_whom(&snapshot);
    for_two_weeks(&snapshot, &deals);
    an_explicit_none(
        &snapshot,
        &Snapshot::compile(&policy.combining(Combining::MostPermissive), &directory)?,
        &deals,
    );
    Ok(())
}

fn access<'s>(snapshot: &'s Snapshot, user: &str) -> Access<'s> {
    snapshot.access(snapshot.user(user), TODAY)
}

/// Which of the deals the user may do this with, by title.
fn titles(snapshot: &Snapshot, deals: &[Deal], user: &str, action: Name<Action>) -> Vec<&'static str> {
    let access = access(snapshot, user);
    let mine = deals.iter().filter(|deal| access.check(action, &deal.record(snapshot)).is_allowed());
    mine.map(|deal| deal.title).collect()
}

fn who_sees_what(snapshot: &Snapshot, deals: &[Deal]) {
    let people = [
        "anna", "nina", "stepan", "kirill", "clara", "noel", "hanna", "daria", "sofia", "lidia", "yana",
        "root",
    ];
    println!("Who sees (r) and changes (w) which deal\n");
    println!("{:>24}  {}", "", people.map(|who| format!("{who:<7}")).join(""));
    for deal in deals {
        let record = deal.record(snapshot);
        let marks = people.map(|who| {
            let actions = access(snapshot, who).actions(&record);
            let mark = |action, letter| if actions.contains(action) { letter } else { '.' };
            format!("{}{}     ", mark(crm::READ, 'r'), mark(crm::UPDATE, 'w'))
        });
        println!("{:>10} of {:<10}  {}", deal.title, deal.owner, marks.join(""));
    }
    let reads = |who| titles(snapshot, deals, who, crm::READ);
    let updates = |who| titles(snapshot, deals, who, crm::UPDATE);
    assert_eq!(reads("anna"), ["bakery"], "a seller sees her own");
    assert_eq!(updates("nina"), ["bakery", "hotel"], "a head changes her department's");
    assert_eq!(reads("clara"), [""; 0], "and nothing of the department below it");
    assert_eq!(reads("noel"), ["station"]);
    assert_eq!(reads("hanna").len(), deals.len(), "the head of sales has a role of her own for that");
    assert_eq!(updates("hanna"), [""; 0], "which lets her look and not touch");
    assert_eq!(reads("sofia"), ["airport"], "an observer sees what she observes");
    assert_eq!(updates("sofia"), [""; 0]);
    assert_eq!(
        reads("stepan"),
        ["airport", "school", "bridge", "harbour"],
        "a leaver's deals stay with the team"
    );
    assert_eq!(reads("kirill"), ["bank", "bridge"], "pavel sits in two departments, and both heads see his");
    assert_eq!(reads("yana"), [""; 0], "and the leaver sees none of them");
    assert_eq!(reads("lidia"), [""; 0], "service holds no role");
    assert_eq!(updates("daria").len(), deals.len());
}

fn which_buttons(snapshot: &Snapshot, deals: &[Deal]) {
    println!("\nWhich buttons the card of the airport deal shows\n");
    let Some(airport) = deals.iter().find(|deal| deal.title == "airport") else { return };
    for who in ["olga", "stepan", "sofia", "anna", "ilya"] {
        let keys: Vec<String> = access(snapshot, who)
            .actions(&airport.record(snapshot))
            .keys()
            .map(ToString::to_string)
            .collect();
        println!("{who:>10}  {}", if keys.is_empty() { "-".to_owned() } else { keys.join(" ") });
    }
    let actions = |who| access(snapshot, who).actions(&airport.record(snapshot));
    assert_eq!(actions("olga").len(), 3, "its owner reads, adds, changes");
    assert!(actions("stepan").contains(crm::DELETE) && !actions("olga").contains(crm::DELETE));
    assert!(actions("anna").is_empty());
}

fn where_a_deal_can_move(snapshot: &Snapshot, deals: &[Deal]) {
    println!("\nWhere the bakery deal can go\n");
    let Some(bakery) = deals.iter().find(|deal| deal.title == "bakery") else { return };
    let reach = |who| access(snapshot, who).reachable_stages(&bakery.record(snapshot));
    for who in ["anna", "nina", "hanna", "olga"] {
        let stages = reach(who).into_iter().filter_map(|stage| snapshot.place_of(stage)?.stage_key());
        let stages: Vec<String> = stages.map(ToString::to_string).collect();
        println!("{who:>10}  {}", if stages.is_empty() { "nowhere".to_owned() } else { stages.join(" ") });
    }
    assert_eq!(reach("anna").len(), 8, "its owner moves it to any stage");
    assert!(reach("hanna").is_empty(), "whoever may not change it moves it nowhere");
}

fn who_adds_for_whom(snapshot: &Snapshot) {
    println!("\nWho becomes responsible when somebody adds a lead for timur\n");
    let create = |who| access(snapshot, who).create(crm::LEAD);
    for who in ["anna", "nina", "sofia", "yana"] {
        let text = match create(who) {
            Creation::Allowed(Responsible::Author) => format!("{who} herself: she adds for herself only"),
            Creation::Allowed(Responsible::Requested) => "timur, as asked".to_owned(),
            // Nobody here is confined to a department or stands in for anybody.
            Creation::Allowed(whose) => format!("{whose:?}"),
            Creation::Denied(denial) => format!("nobody: {denial}"),
        };
        println!("{who:>10}  {text}");
    }
    assert_eq!(create("anna"), Creation::Allowed(Responsible::Author));
    assert_eq!(create("nina"), Creation::Allowed(Responsible::Requested));
    assert!(!create("sofia").is_allowed() && !create("yana").is_allowed());
}

fn for_two_weeks(snapshot: &Snapshot, deals: &[Deal]) {
    println!("\nArtem of the service stands in for two weeks and sees what is open\n");
    let Some(hotel) = deals.iter().find(|deal| deal.title == "hotel") else { return };
    let second = |moment: Moment| Moment::from_unix_seconds(moment.unix_seconds() + 1);
    for (when, at) in
        [("today", TODAY), ("the last second", IN_TWO_WEEKS), ("a second later", second(IN_TWO_WEEKS))]
    {
        let decision = snapshot.access(snapshot.user("artem"), at).check(crm::READ, &hotel.record(snapshot));
        println!("{when:>16}  {decision}");
        assert_eq!(decision.is_allowed(), at <= IN_TWO_WEEKS);
    }
}

/// Gleb is an intern and a manager. As a manager he would have his own deals on every stage; but the intern's role says
/// "none" of one stage in so many words, and an explicit word is stronger than an inherited one.
fn an_explicit_none(snapshot: &Snapshot, permissive: &Snapshot, deals: &[Deal]) {
    println!("\nGleb, an intern, and his own deal in preparation\n");
    let Some(school) = deals.iter().find(|deal| deal.title == "school") else { return };
    let check = |snapshot: &Snapshot| access(snapshot, "gleb").check(crm::UPDATE, &school.record(snapshot));
    println!("   most specific  {}", check(snapshot));
    println!(" most permissive  {}", check(permissive));
    assert!(check(snapshot).is_denied(), "the rule of the product, and the default");
    assert!(check(permissive).is_allowed(), "the other rule: no role takes anything away");
    let elsewhere = Record::at(NEW).owner(snapshot.user("gleb"));
    assert!(access(snapshot, "gleb").check(crm::UPDATE, &elsewhere).is_allowed(), "other stages are his");
}
