//! The condition that `bailiwick filter --sql` writes for arguments: what `SQLite` finds with it is what the check allows.
//!
//! The text is the golden one that the program's own tests compare with what it prints.

use bailiwick::sql::Value;
use bailiwick::{Access, Directory, Moment, Opening, Participant, Policy, Record, Snapshot, Vocabulary};
use bailiwick_databases::engine::{Cell, Engine};
use bailiwick_databases::sqlite::Sqlite;
use bailiwick_databases::world::Dice;

const WORDS: &str = include_str!("../../../tests/data/program/mapping/vocabulary.json");
const PEOPLE: &str = include_str!("../../../tests/data/program/mapping/directory.json");
const ROLES: &str = include_str!("../../../tests/data/program/mapping/policy.json");
const SAID: &str = include_str!("../../../tests/golden/filter/tasks.json");

/// One record's facts; the same of deals, leads and tasks.
struct Row {
    stage: &'static str,
    owner: Option<&'static str>,
    watcher: Option<&'static str>,
    team: Option<&'static str>,
    branch: Option<&'static str>,
    open: bool,
}

/// A task is a row with what it hangs on.
struct Task {
    row: Row,
    host: Option<&'static str>,
    kind: &'static str,
    crm: Option<usize>,
    lead: Option<usize>,
    other: Option<usize>,
}

const LINKABLE: usize = 40;

fn some(dice: &mut Dice, of: &[&'static str]) -> Option<&'static str> {
    dice.percent(50).then(|| *dice.pick(of))
}

fn row(dice: &mut Dice) -> Row {
    Row {
        stage: dice.pick::<&str>(&["new", "won"]),
        owner: some(dice, &["anna", "boris", "clara", "nobody"]),
        watcher: some(dice, &["anna", "boris"]),
        team: some(dice, &["team", "others"]),
        branch: some(dice, &["company", "sales", "east", "west"]),
        open: dice.percent(15),
    }
}

fn task(dice: &mut Dice) -> Task {
    let number = |dice: &mut Dice| dice.percent(40).then(|| dice.below(LINKABLE + 5));
    Task {
        row: row(dice),
        host: dice.percent(20).then(|| *dice.pick(&["launch", "board"])),
        kind: dice.pick::<&str>(&["deal", "lead"]),
        crm: number(dice),
        lead: number(dice),
        other: number(dice),
    }
}

fn text(value: Option<&str>) -> Cell {
    value.map_or(Cell::Null, |text| Cell::Text(text.to_owned()))
}

fn number(value: Option<usize>) -> Cell {
    value.map_or(Cell::Null, |number| Cell::Integer(i64::try_from(number).unwrap()))
}

impl Row {
    /// The owner's department is a column of tasks.
    fn department(&self) -> Option<&'static str> {
        match self.owner {
            Some("anna") => Some("sales"),
            Some("boris") => Some("east"),
            Some("clara") => Some("west"),
            _ => None,
        }
    }

    fn cells(&self, id: usize) -> Vec<Cell> {
        let open = Cell::Boolean(self.open);
        vec![number(Some(id)), text(self.owner), text(self.team), text(self.branch), open]
    }

    fn parties(&self, snapshot: &Snapshot) -> Vec<Participant> {
        let party = |key| snapshot.party(key).unwrap();
        let team = self.team.map(|key| party("owner").is_group(snapshot.user_group(key)));
        let branch = self.branch.map(|key| party("branch").is_department(snapshot.department(key)));
        team.into_iter().chain(branch).collect()
    }
}

fn create(engine: &mut Sqlite) {
    let common = "id INTEGER, owner_id TEXT, team TEXT, branch_id TEXT, is_open BOOLEAN";
    let tables = [
        format!(
            "tasks ({common}, owner_department TEXT, group_id TEXT, crm_type TEXT, crm_id INTEGER, lead_id INTEGER, other_deal INTEGER)"
        ),
        format!("deals ({common}, stage TEXT, watcher_id TEXT)"),
        format!("leads ({common})"),
        "members (user_id TEXT, department_id TEXT)".to_owned(),
        "staff (user_id TEXT, department_id TEXT)".to_owned(),
        "heads (user_id TEXT, department_id TEXT)".to_owned(),
    ];
    tables.iter().for_each(|table| engine.run(&format!("CREATE TABLE {table}")).unwrap());
    let sits = [("anna", "sales"), ("boris", "east"), ("clara", "west")];
    let sits = sits.map(|(user, department)| vec![text(Some(user)), text(Some(department))]);
    for table in ["members", "staff"] {
        engine.insert(table, &["user_id", "department_id"], &sits).unwrap();
    }
    let heads =
        [("anna", "sales"), ("clara", "west")].map(|(user, at)| vec![text(Some(user)), text(Some(at))]);
    engine.insert("heads", &["user_id", "department_id"], &heads).unwrap();
}

const COMMON: [&str; 5] = ["id", "owner_id", "team", "branch_id", "is_open"];

fn fill(engine: &mut Sqlite, deals: &[Row], leads: &[Row], tasks: &[Task]) {
    let more = |row: &Row, id: usize, more: Vec<Cell>| [row.cells(id), more].concat();
    let rows =
        (0..).zip(deals).map(|(id, row)| more(row, id, vec![text(Some(row.stage)), text(row.watcher)]));
    let columns = [&COMMON[..], &["stage", "watcher_id"]].concat();
    engine.insert("deals", &columns, &rows.collect::<Vec<_>>()).unwrap();
    let rows: Vec<_> = (0..).zip(leads).map(|(id, row)| row.cells(id)).collect();
    engine.insert("leads", &COMMON, &rows).unwrap();
    let rows = (0..).zip(tasks).map(|(id, task)| {
        let own = [text(task.row.department()), text(task.host), text(Some(task.kind))];
        let links = [task.crm, task.lead, task.other].map(number);
        more(&task.row, id, own.into_iter().chain(links).collect())
    });
    let columns = ["owner_department", "group_id", "crm_type", "crm_id", "lead_id", "other_deal"];
    engine.insert("tasks", &[&COMMON[..], &columns].concat(), &rows.collect::<Vec<_>>()).unwrap();
}

/// Whether a check allows it, with what it hangs on and without.
fn allowed(access: &Access<'_>, deals: &[Row], leads: &[Row], task: &Task) -> (bool, bool) {
    let snapshot = access.snapshot();
    let parties = |row: Option<&Row>| row.map(|row| row.parties(snapshot)).unwrap_or_default();
    let crm = task.crm.filter(|_| task.kind == "deal").and_then(|id| deals.get(id));
    let other = task.other.and_then(|id| deals.get(id));
    let lead = task.lead.and_then(|id| leads.get(id));
    let (of_crm, of_other, of_lead, own) =
        (parties(crm), parties(other), parties(lead), parties(Some(&task.row)));
    let watched = |row: &Row, parties: &[Participant]| {
        let watcher = row.watcher.map(|key| snapshot.party("watcher").unwrap().is(snapshot.user(key)));
        parties.iter().copied().chain(watcher).collect::<Vec<_>>()
    };
    let of_crm = crm.map(|row| watched(row, &of_crm)).unwrap_or_default();
    let of_other = other.map(|row| watched(row, &of_other)).unwrap_or_default();
    fn record<'a>(snapshot: &Snapshot, entity: &str, row: &Row, parties: &'a [Participant]) -> Record<'a> {
        let stage = (entity == "deal").then_some(row.stage);
        let place = snapshot.place(snapshot.entity(entity), stage.map(|_| "general"), stage);
        let record =
            Record::at(place).participants(parties).flag_if(snapshot.flag("open").unwrap(), row.open);
        row.owner.map_or(record, |owner| record.owner(snapshot.user(owner)))
    }
    let deals = [(crm, &of_crm), (other, &of_other)];
    let deals = deals.into_iter().filter_map(|(row, parties)| Some(record(snapshot, "deal", row?, parties)));
    let leads = lead.map(|row| record(snapshot, "lead", row, &of_lead));
    let linked: Vec<Record<'_>> = deals.chain(leads).collect();
    let host = task.host.map(|key| Opening::Hosted(snapshot.social_group(key).into()));
    let openings: Vec<_> = linked.iter().map(Opening::Linked).chain(host).collect();
    let alone = record(snapshot, "task", &task.row, &own);
    let check = |record: &Record<'_>| access.check(snapshot.action("read"), record).is_allowed();
    (check(&alone.openings(&openings)), check(&alone))
}

#[test]
fn sqlite_finds_by_a_condition_of_the_program_what_the_check_allows() {
    let policy = Policy::from_json(ROLES, Vocabulary::from_json(WORDS).unwrap()).unwrap();
    let snapshot = Snapshot::compile(&policy, &Directory::from_json(PEOPLE).unwrap()).unwrap();
    let access =
        snapshot.access(snapshot.user("anna"), Moment::from_rfc3339("2026-08-01T00:00:00Z").unwrap());
    let dice = &mut Dice(11);
    let deals: Vec<_> = (0..LINKABLE).map(|_| row(dice)).collect();
    let leads: Vec<_> = (0..LINKABLE).map(|_| row(dice)).collect();
    let tasks: Vec<_> = (0..2_000).map(|_| task(dice)).collect();
    let mut engine = Sqlite::open().unwrap();
    create(&mut engine);
    fill(&mut engine, &deals, &leads, &tasks);
    let answers = tasks.iter().map(|task| allowed(&access, &deals, &leads, task));
    let answers: Vec<(bool, bool)> = answers.collect();
    let expected: Vec<i64> =
        (0..).zip(&answers).filter(|(_, (allowed, _))| *allowed).map(|(id, _)| id).collect();
    let said: serde_json::Value = serde_json::from_str(SAID).unwrap();
    let bound = said["values"].as_array().unwrap().iter().map(|value| match value.as_i64() {
        Some(number) => Value::Integer(number),
        None => Value::Text(value.as_str().unwrap().to_owned()),
    });
    let query = format!("SELECT id FROM tasks WHERE {} ORDER BY id", said["text"].as_str().unwrap());
    let found = engine.select(&query, &bound.collect::<Vec<_>>(), 1).unwrap();
    assert_eq!(found.into_iter().map(|row| row[0]).collect::<Vec<_>>(), expected);
    let opened = answers.iter().filter(|(allowed, alone)| *allowed && !alone).count();
    let denied = answers.len() - expected.len();
    assert!(opened > 100 && denied > 100, "{opened} opened by what they hang on, {denied} denied");
}
