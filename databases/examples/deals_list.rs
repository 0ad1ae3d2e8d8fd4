//! A list of deals, as a product shows it: one's own page of the deals that one may see, the exact total, and on every row the
//! buttons that one may press.
//!
//! **Need.** A firm keeps deals in SQLite. Sellers see their own, heads their department's and what is below; nobody but the
//! director touches a deal that is won; an observer sees what he observes. The list is paged by the database, so a page is full
//! and the total exact for everybody.
//!
//! **Shape.** The schema is mapped once (`schema`). For each request (`list`) there is one filter of three actions, one select
//! with the filter in its WHERE, and one integer for each row that says which buttons to show. What is printed is also asserted,
//! and each row shown is held against the check.
//!
//! **Run.** `cargo run -p bailiwick-databases --example deals_list`
#![allow(clippy::print_stdout, reason = "an example shows its answers")]

use std::error::Error;

use bailiwick::sql::{Column, Dialect, FlagColumn, Mapping, Memberships, Participants, Value};
use bailiwick::{
    Assignment, Department, Directory, Moment, Permitted, Place, Policy, Record, Role, Snapshot, Subject,
    User, crm,
};
use rusqlite::{Connection, params, params_from_iter};

const ROWS_ON_A_PAGE: usize = 5;

/// Department, the one above, its head, who else sits there.
const FIRM: [(&str, Option<&str>, i64, &[i64]); 3] =
    [("sales", None, 1, &[2]), ("north", Some("sales"), 3, &[4, 5]), ("south", Some("sales"), 6, &[7])];

const NAMES: [&str; 8] = ["", "Daria", "Mark", "Nina", "Anna", "Boris", "Stepan", "Olga"];

fn main() -> Result<(), Box<dyn Error>> {
    let snapshot = Snapshot::compile(&policy(), &directory())?;
    let database = database()?;
    let mapping = schema(&snapshot)?;

    let anna = list(&database, &mapping, &snapshot, 4, 0)?;
    assert_eq!(anna.total, 12, "her own, and the one she observes");
    let nina = list(&database, &mapping, &snapshot, 3, 3)?;
    assert_eq!(nina.total, 33, "the whole north, and nothing of the south");
    assert!(nina.rows.iter().any(|row| !row.buttons.contains(&"update".to_owned())), "not what is won");
    let daria = list(&database, &mapping, &snapshot, 1, 2)?;
    assert_eq!((daria.total, daria.rows.len()), (77, ROWS_ON_A_PAGE), "everything, page by page");
    let nobody = list(&database, &mapping, &snapshot, 8, 0)?;
    assert_eq!(nobody.total, 0, "who is unknown sees nothing");
    Ok(())
}

fn directory() -> Directory {
    let mut directory = Directory::new();
    for (key, above, head, members) in FIRM {
        let department = Department::new(key).head(head);
        directory.add(match above {
            Some(above) => department.below(above),
            None => department,
        });
        for user in [head].iter().chain(members) {
            directory.add(User::new(*user).sits_in(key));
        }
    }
    directory
}

fn policy() -> Policy {
    let won = Place::from(crm::deal::WON);
    let contracts =
        Role::new("contracts are closed").set(&won, crm::UPDATE, crm::NONE).set(&won, crm::DELETE, crm::NONE);
    let heads = Role::new("heads")
        .set(crm::DEAL, crm::READ, crm::SUBDEPARTMENTS)
        .set(crm::DEAL, crm::UPDATE, crm::SUBDEPARTMENTS)
        .set(crm::DEAL, crm::DELETE, crm::OWN);
    Policy::new(crm::vocabulary())
        .roles(crm::roles())
        .role(contracts)
        .role(heads)
        .assign(Assignment::new(crm::DIRECTOR, Subject::User(1.into())))
        .assign(Assignment::new(crm::MANAGER, Subject::DepartmentTree("sales".into())))
        .assign(Assignment::new("heads", Subject::User(3.into())))
        .assign(Assignment::new("heads", Subject::User(6.into())))
        .assign(Assignment::new("contracts are closed", Subject::Department("north".into())))
        .assign(Assignment::new("contracts are closed", Subject::Department("south".into())))
}

/// The application's tables, and what it keeps in them.
fn database() -> Result<Connection, Box<dyn Error>> {
    let database = Connection::open_in_memory()?;
    database.execute_batch(
        "CREATE TABLE deals (id INTEGER PRIMARY KEY, title TEXT, stage TEXT, responsible INTEGER, open BOOLEAN, public BOOLEAN);
         CREATE TABLE observers (user INTEGER, deal INTEGER, PRIMARY KEY (user, deal)) WITHOUT ROWID;
         CREATE TABLE members (department TEXT, user INTEGER, PRIMARY KEY (department, user)) WITHOUT ROWID;
         CREATE INDEX deals_of ON deals (responsible, stage);",
    )?;
    for (department, _, head, members) in FIRM {
        for user in [head].iter().chain(members) {
            database.execute("INSERT INTO members VALUES (?, ?)", params![department, user])?;
        }
    }
    for id in 1..=77_i64 {
        let stage = crm::deal::STAGES[id as usize % crm::deal::STAGES.len()];
        let title = format!("{} machines for client {id}", 1 + id % 4);
        let row = params![id, title, stage, 1 + id % 7, false, false];
        database.execute("INSERT INTO deals VALUES (?, ?, ?, ?, ?, ?)", row)?;
    }
    database.execute("INSERT INTO observers VALUES (4, 40)", [])?;
    Ok(database)
}

/// Where the tables keep what rights speak of. Made when the application starts; a column forgotten is refused here.
fn schema(snapshot: &Snapshot) -> Result<Mapping, Box<dyn Error>> {
    let observers = Participants::new("observers", Column::integer("deal"), Column::integer("user"));
    let mapping = Mapping::of(snapshot, crm::DEAL, Dialect::Sqlite, "deals")
        .record(Column::integer("id"))
        .only_pipeline(crm::GENERAL)
        .stage(Column::byte_text("stage"))
        .party("responsible", Column::integer("responsible"))
        .party("observer", observers)
        .flag("open", FlagColumn::boolean("open"))
        .flag("always_readable", FlagColumn::boolean("public"))
        .memberships(Memberships::new("members", Column::integer("user"), Column::byte_text("department")))
        .build()?;
    Ok(mapping)
}

/// One page of a list.
struct Page {
    total: i64,
    rows: Vec<Row>,
}

/// One row of it.
struct Row {
    id: i64,
    title: String,
    stage: String,
    responsible: i64,
    buttons: Vec<String>,
}

/// What a request handler does.
fn list(
    database: &Connection,
    mapping: &Mapping,
    snapshot: &Snapshot,
    user: i64,
    page: usize,
) -> Result<Page, Box<dyn Error>> {
    let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(1_790_000_000));
    let filters = access.filters([crm::READ, crm::UPDATE, crm::DELETE], crm::DEAL);
    let filter = filters.filter(crm::READ);
    let buttons = mapping.permitted_sql(snapshot, &filters, 0)?;
    let seen = mapping.sql(snapshot, filter, buttons.values.len())?;

    let total = format!("SELECT COUNT(*) FROM deals WHERE {}", seen.text);
    let total =
        database.query_row(&total, params_from_iter(seen.values.iter().map(bound)), |row| row.get(0))?;
    let text = format!(
        "SELECT id, title, stage, responsible, {} FROM deals WHERE {} ORDER BY id LIMIT {ROWS_ON_A_PAGE} OFFSET {}",
        buttons.text,
        seen.text,
        page * ROWS_ON_A_PAGE
    );
    let mut query = database.prepare(&text)?;
    let values = buttons.values.iter().chain(&seen.values).map(bound);
    let rows = query.query_map(params_from_iter(values), |row| {
        let permitted = Permitted::from_bits(row.get(4)?);
        let buttons = filters.permitted(permitted).map(ToString::to_string).collect();
        Ok(Row { id: row.get(0)?, title: row.get(1)?, stage: row.get(2)?, responsible: row.get(3)?, buttons })
    })?;
    let page = Page { total, rows: rows.collect::<Result<_, _>>()? };
    print(&page, user, filter, &text);
    agree(&page, snapshot, user);
    Ok(page)
}

fn bound(value: &Value) -> rusqlite::types::Value {
    match value {
        Value::Integer(number) => (*number).into(),
        Value::Text(text) => text.clone().into(),
    }
}

fn print(page: &Page, user: i64, filter: &bailiwick::Filter, text: &str) {
    let name = |user: i64| NAMES.get(user as usize).copied().unwrap_or("a stranger");
    println!("{} sees {} deals: {filter}\n  {text}", name(user), page.total);
    for Row { id, title, stage, responsible, buttons } in &page.rows {
        println!("  {id:>3}  {title:<26} {stage:<19} {:<8} {}", name(*responsible), buttons.join(", "));
    }
    println!();
}

/// The buttons are those that a click is then allowed.
fn agree(page: &Page, snapshot: &Snapshot, user: i64) {
    let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(1_790_000_000));
    for row in &page.rows {
        let observers = [crm::OBSERVER.is(snapshot.user(4))];
        let record = Record::at(snapshot.place(crm::DEAL, crm::GENERAL, row.stage.as_str()))
            .owner(snapshot.user(row.responsible))
            .participants(if row.id == 40 { &observers } else { &[] });
        for action in ["read", "update", "delete"] {
            let allowed = access.check(snapshot.action(action), &record).is_allowed();
            assert_eq!(
                row.buttons.iter().any(|button| button == action),
                allowed,
                "{action} of deal {}",
                row.id
            );
        }
    }
}
