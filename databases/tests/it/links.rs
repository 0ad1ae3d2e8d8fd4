//! Conversations that are linked to deals and contacts: what a database finds is what the check allows.

use bailiwick::sql::{Column, FlagColumn, Linked, Mapping, MappingBuilder, Memberships, Participants};
use bailiwick::{
    Assignment, Department, Directory, Limit, Moment, Name, Opening, Place, PlaceName, Policy, Record, Role,
    Snapshot, Subject, User, crm, open_lines,
};
use bailiwick_databases::engine::{Cell, Engine, built};
use bailiwick_databases::world::Dice;
use sea_query::Query;

use crate::engines::{on_mariadb, on_postgres, on_sqlite};

const USERS: i64 = 9;
const RECORDS: i64 = 60;
const CONVERSATIONS: i64 = 800;
const STAGES: [&str; 3] = ["new", "won", "nowhere"];
const KINDS: [&str; 3] = ["deal", "contact", "quote"];

#[test]
fn sqlite_follows_links() {
    on_sqlite(compare);
}

#[test]
fn postgres_follows_links() {
    on_postgres(compare);
}

#[test]
fn mariadb_follows_links() {
    on_mariadb(compare);
}

/// Users 1 to 3 sit in sales, 4 to 6 below it, the others nowhere; some hold roles that differ from stage to stage, and one is
/// limited.
fn snapshot() -> Snapshot {
    let mut directory = Directory::new().with(Department::new(1)).with(Department::new(2).below(1));
    for user in 1..=USERS {
        let user = User::new(user);
        directory.add(match user.key.as_number() {
            Some(1..=3) => user.sits_in(1),
            Some(4..=6) => user.sits_in(2),
            _ => user,
        });
    }
    let won = Place::from(crm::DEAL).pipeline(crm::GENERAL).stage("won");
    let to = |user: i64| Subject::User(user.into());
    let policy = Policy::new(open_lines::beside(crm::vocabulary()))
        .roles(open_lines::roles())
        .role(Role::new("seller").set(crm::DEAL, crm::READ, crm::OWN).set(crm::CONTACT, crm::READ, crm::OWN))
        .role(Role::new("head").set(crm::DEAL, crm::READ, crm::SUBDEPARTMENTS).set(won, crm::READ, crm::OWN))
        .role(Role::new("all").set(crm::DEAL, crm::READ, crm::ALL))
        .assign(Assignment::new(open_lines::EVERYBODY, Subject::SignedIn))
        .assign(Assignment::new(open_lines::MANAGER, to(7)))
        .assign(Assignment::new("seller", Subject::DepartmentTree(1.into())))
        .assign(Assignment::new("head", to(2)))
        .assign(Assignment::new("all", to(3)))
        .assign(Assignment::new("all", to(8)))
        .limit(Limit::new("no deals", to(8)).actions([crm::READ]).at([Place::from(crm::DEAL)]));
    Snapshot::compile(&policy, &directory).unwrap()
}

fn bound<'s>(snapshot: &'s Snapshot, engine: &dyn Engine, of: PlaceName, table: &str) -> MappingBuilder<'s> {
    let observers = Participants::new("observers", Column::integer("record_id"), Column::integer("user_id"))
        .only(Column::text("kind"), table);
    Mapping::of(snapshot, of, engine.dialect(), table)
        .record(Column::integer("id"))
        .party("responsible", Column::integer("responsible_id"))
        .party("observer", observers)
        .without_party("queue")
        .without_party("last_changed_by")
        .flag("open", FlagColumn::boolean("opened"))
        .flag("always_readable", FlagColumn::boolean("public"))
        .memberships(Memberships::new(
            "members",
            Column::integer("user_id"),
            Column::integer("department_id"),
        ))
        .only_pipeline(crm::GENERAL)
}

fn conversations(snapshot: &Snapshot, engine: &dyn Engine) -> Mapping {
    let bound = |of, table| bound(snapshot, engine, of, table);
    let deals = bound(crm::DEAL, "deals").stage(Column::text("stage")).build().unwrap();
    let contacts = bound(crm::CONTACT, "contacts").build().unwrap();
    let leads = bound(crm::LEAD, "leads").stage(Column::text("stage")).build().unwrap();
    let companies = bound(crm::COMPANY, "companies").build().unwrap();
    let crm_id =
        |mapping, kind| Linked::new(Column::integer("crm_id"), mapping).only(Column::text("crm_type"), kind);
    Mapping::of(snapshot, open_lines::CONVERSATION, engine.dialect(), "conversations")
        .party("responsible", Column::integer("operator_id"))
        .without_party("queue")
        .without_party("last_changed_by")
        .memberships(Memberships::new(
            "members",
            Column::integer("user_id"),
            Column::integer("department_id"),
        ))
        .linked(crm_id(deals.clone(), "deal"))
        .linked(crm_id(contacts, "contact"))
        .linked(crm_id(leads, "lead"))
        .linked(crm_id(companies, "company"))
        .linked(Linked::new(Column::integer("second_deal_id"), deals))
        .build()
        .unwrap()
}

struct Deal {
    stage: &'static str,
    responsible: i64,
    open: bool,
}

struct Conversation {
    operator: i64,
    kind: &'static str,
    crm_id: Option<i64>,
    second: Option<i64>,
}

fn create(engine: &mut dyn Engine) {
    let text = engine.text_type();
    for table in ["conversations", "deals", "contacts", "leads", "companies", "observers", "members"] {
        engine.run(&format!("DROP TABLE IF EXISTS {table}")).unwrap();
    }
    for table in ["deals", "contacts", "leads", "companies"] {
        engine
            .run(&format!(
                "CREATE TABLE {table} (id BIGINT, stage {text}, responsible_id BIGINT, opened BOOLEAN, public BOOLEAN)"
            ))
            .unwrap();
    }
    engine
        .run(&format!(
            "CREATE TABLE conversations (id BIGINT, operator_id BIGINT, crm_type {text}, crm_id BIGINT, second_deal_id BIGINT);
             CREATE TABLE observers (kind {text}, record_id BIGINT, user_id BIGINT);
             CREATE TABLE members (user_id BIGINT, department_id BIGINT)"
        ))
        .unwrap();
}

/// Deals and contacts with the same ids, and conversations about either, about what is not there, and about nothing.
fn fill(engine: &mut dyn Engine, dice: &mut Dice) -> ([Vec<Deal>; 2], Vec<Conversation>) {
    let tables = ["deals", "contacts"].map(|table| {
        let deal = |_| Deal {
            stage: STAGES[dice.below(STAGES.len())],
            responsible: 1 + dice.below(USERS as usize) as i64,
            open: dice.percent(20),
        };
        let deals: Vec<Deal> = (0..RECORDS).map(deal).collect();
        let row = |(id, deal): (i64, &Deal)| {
            let flags = [Cell::Boolean(deal.open), Cell::Null];
            let cells = [Cell::Integer(id), Cell::Text(deal.stage.into()), Cell::Integer(deal.responsible)];
            cells.into_iter().chain(flags).collect()
        };
        let rows: Vec<_> = (0..).zip(&deals).map(row).collect();
        engine.insert(table, &["id", "stage", "responsible_id", "opened", "public"], &rows).unwrap();
        deals
    });
    let integers = |row: &[i64]| row.iter().copied().map(Cell::Integer).collect::<Vec<_>>();
    let members: Vec<_> = (1..=6).map(|user| integers(&[user, if user < 4 { 1 } else { 2 }])).collect();
    engine.insert("members", &["user_id", "department_id"], &members).unwrap();
    let id = |dice: &mut Dice| dice.percent(80).then(|| dice.below(RECORDS as usize + 5) as i64);
    let conversation = |_| Conversation {
        operator: 1 + dice.below(USERS as usize) as i64,
        kind: KINDS[dice.below(KINDS.len())],
        crm_id: id(dice),
        second: id(dice).filter(|_| dice.percent(20)),
    };
    let all: Vec<Conversation> = (0..CONVERSATIONS).map(conversation).collect();
    let optional = |id: Option<i64>| id.map_or(Cell::Null, Cell::Integer);
    let row = |(id, it): (i64, &Conversation)| {
        let kind = Cell::Text(it.kind.into());
        vec![Cell::Integer(id), Cell::Integer(it.operator), kind, optional(it.crm_id), optional(it.second)]
    };
    let rows: Vec<_> = (0..).zip(&all).map(row).collect();
    let columns = ["id", "operator_id", "crm_type", "crm_id", "second_deal_id"];
    engine.insert("conversations", &columns, &rows).unwrap();
    (tables, all)
}

fn compare(engine: &mut dyn Engine) {
    let snapshot = snapshot();
    create(engine);
    let ([deals, contacts], rows) = fill(engine, &mut Dice(7));
    let mapping = conversations(&snapshot, engine);
    let record = |deal: &Deal, of: PlaceName| {
        let pipeline = (of.entity_key() == "deal").then_some("general");
        let record = Record::at(snapshot.place(of, pipeline, pipeline.map(|_| deal.stage)));
        record.owner(snapshot.user(deal.responsible)).flag_if(crm::OPEN, deal.open)
    };
    let deals: Vec<_> = deals.iter().map(|deal| record(deal, crm::DEAL)).collect();
    let contacts: Vec<_> = contacts.iter().map(|deal| record(deal, crm::CONTACT)).collect();
    let found_in = |list: &'_ [Record<'static>], id: Option<i64>| {
        id.and_then(|id| list.get(usize::try_from(id).unwrap())).copied()
    };
    let (mut allowed, mut by_link) = (0, 0);
    for user in 1..=USERS {
        let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
        for action in [open_lines::READ, open_lines::JOIN, open_lines::VIEW, open_lines::RATE] {
            let expected: Vec<i64> = (0..)
                .zip(&rows)
                .filter(|(_, row)| {
                    let first = match row.kind {
                        "deal" => found_in(&deals, row.crm_id),
                        "contact" => found_in(&contacts, row.crm_id),
                        _ => None,
                    };
                    let linked: Vec<_> = first.into_iter().chain(found_in(&deals, row.second)).collect();
                    let openings: Vec<_> = linked.iter().map(Opening::Linked).collect();
                    let alone = Record::at(open_lines::CONVERSATION).owner(snapshot.user(row.operator));
                    let allows = |record: &Record<'_>| access.check(action, record).is_allowed();
                    let allowed = allows(&alone.openings(&openings));
                    by_link += usize::from(allowed && !allows(&alone));
                    allowed
                })
                .map(|(id, _)| id)
                .collect();
            allowed += expected.len();
            assert_eq!(found(engine, &snapshot, &mapping, (user, action)), expected, "{user} {action:?}");
        }
    }
    assert!(allowed > 1_000 && by_link > 500, "{allowed} allowed, {by_link} through a link");
}

fn found(
    engine: &mut dyn Engine,
    snapshot: &Snapshot,
    mapping: &Mapping,
    (user, action): (i64, Name<bailiwick::Action>),
) -> Vec<i64> {
    let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
    let filter = access.filter(action, open_lines::CONVERSATION);
    let condition = mapping.condition(snapshot, &filter).unwrap();
    let select = Query::select().column("id").from("conversations").cond_where(condition).to_owned();
    let (text, values) = built(engine.dialect(), &select);
    let rows = engine.select(&text, &values, 1).unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut found: Vec<i64> = rows.into_iter().map(|row| row[0]).collect();
    found.sort_unstable();
    found
}
