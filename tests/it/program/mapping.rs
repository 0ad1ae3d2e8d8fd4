//! `bailiwick filter --sql`: every call of the library's builder has its argument, and the same comes of both.

use bailiwick::sql::{
    Column, DepartmentNumbers, Dialect, FlagColumn, Linked, Mapping, MappingBuilder, Memberships,
    Participants, Shares, Table, Value as Bound,
};
use bailiwick::{Directory, Moment, Policy, Snapshot, SubjectKind, Vocabulary};
use serde_json::{Value, json};

use super::run;
use crate::golden;

const WORDS: &str = include_str!("../../data/program/mapping/vocabulary.json");
const PEOPLE: &str = include_str!("../../data/program/mapping/directory.json");
const ROLES: &str = include_str!("../../data/program/mapping/policy.json");

const DOCUMENTS: [&str; 12] = [
    "--vocabulary",
    "tests/data/program/mapping/vocabulary.json",
    "--directory",
    "tests/data/program/mapping/directory.json",
    "--policy",
    "tests/data/program/mapping/policy.json",
    "--at",
    "2026-08-01T00:00:00Z",
    "--user",
    "anna",
    "--action",
    "read",
];

fn snapshot() -> Snapshot {
    let policy = Policy::from_json(ROLES, Vocabulary::from_json(WORDS).unwrap()).unwrap();
    Snapshot::compile(&policy, &Directory::from_json(PEOPLE).unwrap()).unwrap()
}

/// What the program says of what Anna may read. Arguments are parted by blanks.
fn filter(entity: &str, dialect: &str, arguments: &str) -> (Option<i32>, Value) {
    let start = ["filter", "--json", "--entity", entity, "--sql", dialect];
    let words = start.into_iter().chain(DOCUMENTS).chain(arguments.split_whitespace());
    let (status, text, aside) = run(&words.collect::<Vec<_>>());
    assert!(!text.is_empty(), "{aside}");
    (status, serde_json::from_str(&text).unwrap())
}

/// The same of the library.
fn expected(snapshot: &Snapshot, entity: &str, mapping: &Mapping) -> Value {
    let access =
        snapshot.access(snapshot.user("anna"), Moment::from_rfc3339("2026-08-01T00:00:00Z").unwrap());
    let kept = access.filter(snapshot.action("read"), snapshot.entity(entity));
    let sql = mapping.sql(snapshot, &kept, 0).unwrap();
    let values = sql.values.into_iter().map(|value| match value {
        Bound::Integer(number) => json!(number),
        Bound::Text(text) => json!(text),
    });
    json!({"text": sql.text, "values": values.collect::<Vec<_>>()})
}

const DIALECTS: [(&str, Dialect); 3] =
    [("sqlite", Dialect::Sqlite), ("postgres", Dialect::Postgres), ("mysql", Dialect::Mysql)];

/// The program says what the library says with the same mapping, and `parts` are in it: what is not, was not compared.
#[track_caller]
fn same(entity: &str, arguments: &str, build: impl Fn(&Snapshot, Dialect) -> Mapping, parts: &[&str]) {
    let snapshot = snapshot();
    for (name, dialect) in DIALECTS {
        let library = expected(&snapshot, entity, &build(&snapshot, dialect));
        let (status, program) = filter(entity, name, arguments);
        assert_eq!((status, &program["filters"][0]["sql"]), (Some(0), &library));
        let said = library.to_string();
        let missing: Vec<_> = parts.iter().filter(|part| !said.contains(**part)).collect();
        assert!(missing.is_empty(), "{missing:?}\n{said}");
    }
}

fn column(name: &str) -> Column {
    Column::text(name)
}

fn id(name: &str) -> Column {
    Column::integer(name)
}

fn pairs(table: impl Into<Table>) -> Memberships {
    Memberships::new(table, column("user_id"), column("department_id"))
}

fn of<'s>(
    snapshot: &'s Snapshot,
    entity: &str,
    dialect: Dialect,
    table: impl Into<Table>,
) -> MappingBuilder<'s> {
    Mapping::of(snapshot, snapshot.entity(entity), dialect, table)
}

const DEAL: &str = "--table crm.deals --record id:integer --pipeline pipeline --stage stage
    --party owner=bound(deal_id:integer,user_id:byte_text,role=owner) --party watcher=watcher_id
    --party-group owner=team --party-department branch=branches(deal_id:integer,branch_id)
    --flag open=state=Y --members crm.members(user_id,department_id) --members more(user_id,department_id)
    --heads heads(user_id,department_id) --department-numbers crm.departments(id,number)
    --shares shares(deal_id:integer,sort:byte_text,whom,what) --share-kind user=U --share-kind user=X
    --share-kind department_tree=D --share-kind social_group=SG --share-kind everyone=ALL";

#[test]
fn a_record_with_all_that_is_bound_to_it() {
    let build = |snapshot: &Snapshot, dialect| {
        let shares = Shares::new("shares", id("deal_id"))
            .with(Column::byte_text("sort"), column("whom"))
            .action(column("what"))
            .kind(SubjectKind::User, "U")
            .kind(SubjectKind::User, "X")
            .kind(SubjectKind::DepartmentTree, "D")
            .kind(SubjectKind::Members, "SG")
            .kind(SubjectKind::Everyone, "ALL");
        let bound = Participants::new("bound", id("deal_id"), Column::byte_text("user_id"));
        of(snapshot, "deal", dialect, ("crm", "deals"))
            .record(id("id"))
            .pipeline(column("pipeline"))
            .stage(column("stage"))
            .party("owner", bound.only(column("role"), "owner"))
            .party("watcher", column("watcher_id"))
            .party_group("owner", column("team"))
            .party_department("branch", Participants::new("branches", id("deal_id"), column("branch_id")))
            .flag("open", FlagColumn::equal(column("state"), "Y"))
            .memberships(pairs(("crm", "members")))
            .memberships(pairs("more"))
            .heads(pairs("heads"))
            .department_numbers(DepartmentNumbers::new(("crm", "departments"), column("id"), "number"))
            .shares(shares)
            .build()
            .unwrap()
    };
    let parts = [
        "crm",
        "deals",
        "pipeline",
        "stage",
        "bound",
        "role",
        "watcher_id",
        "team",
        "branches",
        "state",
        "members",
        "more",
        "heads",
        "number",
        "sort",
        "whom",
        "what",
        "\"U\"",
        "\"X\"",
        "\"D\"",
        "\"SG\"",
        "\"ALL\"",
    ];
    same("deal", DEAL, build, &parts);
}

const TASK: &str = "--table tasks --party owner=owner_id --party-group owner=team --without-party watcher
    --party-department branch=branch_id --department-of owner=owner_department --flag open=is_open
    --members members(user_id,department_id) --heads heads(user_id,department_id) --host group_id
    --linked deal=crm_id:integer,crm_type=deal --linked lead=lead_id:integer --linked deal=other_deal:integer
    --table deal@deals --record deal@id:integer --only-pipeline deal@general --stage deal@stage --party deal@owner=owner_id
    --party deal@watcher=watcher_id --party-group deal@owner=team --party-department deal@branch=branch_id
    --flag deal@open=is_open --shares deal@shares(deal_id:integer) --share-kind deal@employee=E
    --table lead@leads --record lead@id:integer --party lead@owner=owner_id --party-group lead@owner=team
    --party-department lead@branch=branch_id
    --linked lead@deal=deal_id:integer --members lead@staff(user_id,department_id) --without-shares";

#[test]
fn records_that_it_is_linked_to_have_their_entity_before_an_at() {
    let build = |snapshot: &Snapshot, dialect| {
        let deal = of(snapshot, "deal", dialect, "deals")
            .record(id("id"))
            .only_pipeline("general")
            .stage(column("stage"))
            .party("owner", column("owner_id"))
            .party("watcher", column("watcher_id"))
            .party_group("owner", column("team"))
            .party_department("branch", column("branch_id"))
            .flag("open", FlagColumn::boolean("is_open"))
            .memberships(pairs("members"))
            .heads(pairs("heads"))
            .shares(Shares::new("shares", id("deal_id")).kind(SubjectKind::Employee, "E"))
            .build()
            .unwrap();
        let lead = of(snapshot, "lead", dialect, "leads")
            .record(id("id"))
            .party("owner", column("owner_id"))
            .party_group("owner", column("team"))
            .party_department("branch", column("branch_id"))
            .memberships(pairs("staff"))
            .linked(Linked::new(id("deal_id"), deal.clone()))
            .build()
            .unwrap();
        of(snapshot, "task", dialect, "tasks")
            .party("owner", column("owner_id"))
            .party_group("owner", column("team"))
            .without_party("watcher")
            .party_department("branch", column("branch_id"))
            .department_of("owner", column("owner_department"))
            .flag("open", FlagColumn::boolean("is_open"))
            .memberships(pairs("members"))
            .heads(pairs("heads"))
            .host(column("group_id"))
            .without_shares()
            .linked(Linked::new(id("crm_id"), deal.clone()).only(column("crm_type"), "deal"))
            .linked(Linked::new(id("lead_id"), lead))
            .linked(Linked::new(id("other_deal"), deal))
            .build()
            .unwrap()
    };
    let parts = [
        "owner_department",
        "group_id",
        "crm_id",
        "crm_type",
        "staff",
        "lead_id",
        "other_deal",
        "leads",
        "deals",
        "heads",
    ];
    same("task", TASK, build, &parts);
}

#[test]
fn little_is_enough_for_little() {
    let build = |snapshot: &Snapshot, dialect| {
        let builder = of(snapshot, "note", dialect, "notes").party("owner", id("owner_id"));
        builder.party_group("owner", column("team")).build().unwrap()
    };
    same("note", "--table notes --party owner=owner_id:integer --party-group owner=team", build, &["team"]);
}

/// The codes of what is wrong where one argument of a whole mapping is left out and others are added, in the order of the alphabet.
fn told(entity: &str, without: &str, more: &str) -> String {
    let whole = if entity == "deal" { DEAL } else { TASK };
    let words: Vec<&str> = whole.split_whitespace().collect();
    let kept = words.chunks(2).filter(|pair| pair.join(" ") != without).flatten().copied();
    let arguments = kept.chain([more]).collect::<Vec<_>>().join(" ");
    let (status, answer) = filter(entity, "sqlite", &arguments);
    assert_eq!(status, Some(2), "{without} {more}: {answer}");
    let problems = answer["problems"].as_array().unwrap();
    let said = |of: &Value| format!("{} {}", of["file"].as_str().unwrap(), of["code"].as_str().unwrap());
    let mut all: Vec<String> = problems.iter().map(said).collect();
    all.sort_unstable();
    all.join(", ")
}

#[test]
fn what_is_wrong_with_a_mapping_is_told_with_the_codes_of_the_library() {
    assert_eq!(told("deal", "--record id:integer", "--record key"), "--sql types-differ");
    for more in [
        "--table other",
        "--record key:integer",
        "--only-pipeline general",
        "--stage s",
        "--party watcher=w",
        "--without-party watcher",
        "--flag open=o",
        "--party-group owner=t",
        "--party-department branch=b",
        "--department-numbers d(id,n)",
        "--without-shares",
        "--shares s(id:integer)",
        "--share-kind employee=U",
    ] {
        assert_eq!(told("deal", "", more), "--sql twice", "{more}");
    }
    for (without, code) in [
        ("--record id:integer", "record-missing"),
        ("--pipeline pipeline", "pipeline-missing"),
        ("--stage stage", "stage-missing"),
        ("--flag open=state=Y", "flag-missing"),
        ("--party watcher=watcher_id", "party-missing"),
        ("--party-group owner=team", "group-party-missing"),
        ("--party-department branch=branches(deal_id:integer,branch_id)", "department-party-missing"),
        ("--heads heads(user_id,department_id)", "heads-missing"),
        ("--shares shares(deal_id:integer,sort:byte_text,whom,what)", "shares-missing"),
    ] {
        assert_eq!(told("deal", without, ""), format!("--sql {code}"), "{without}");
    }
    for (more, code) in [
        ("--party king=k", "unknown"),
        ("--without-party king", "unknown"),
        ("--flag hot=h", "unknown"),
        ("--members m(,d)", "unusable-name"),
        ("--party-department watcher=watcher_id", "parties-mixed"),
    ] {
        assert_eq!(told("deal", "", more), format!("--sql {code}"), "{more}");
    }
}

#[test]
fn what_is_wrong_with_a_linked_table_is_told_with_its_entity_and_once() {
    for (without, more, codes) in [
        ("--linked lead=lead_id:integer", "", "--sql link-missing, --sql unknown"),
        ("--table tasks", "", "--sql table-missing"),
        ("--host group_id", "", "--sql host-missing"),
        ("", "--host h", "--sql twice"),
        ("", "--department-of owner=d", "--sql twice"),
        ("", "--without-shares", "--sql twice"),
        ("", "--share-kind user=x", "--sql shares-missing"),
        ("", "--without-shares deal", "--linked deal twice"),
        ("--record deal@id:integer", "", "--linked deal record-missing"),
        ("--table deal@deals", "", "--linked deal table-missing"),
        ("--record lead@id:integer", "", "--sql linked-record-missing"),
        ("--flag deal@open=is_open", "", "--linked deal flag-missing"),
        ("--only-pipeline deal@general", "--only-pipeline deal@special", "--linked deal unknown"),
        ("--share-kind deal@employee=E", "", "--linked deal shares-missing"),
        ("", "--linked castle=c --table castle@castles", "--linked castle unknown-entity"),
        ("", "--linked deal@lead=lead_id:integer", "--linked circle, --linked circle"),
        ("", "--record king@id", "--sql unknown"),
        ("", "--without-shares king", "--sql unknown"),
        ("--stage deal@stage", "--stage s --host h", "--linked deal stage-missing, --sql twice"),
    ] {
        assert_eq!(told("task", without, more), codes, "{without} {more}");
    }
}

#[test]
fn arguments_of_another_shape_are_refused_with_their_shape() {
    for (argument, shape) in [
        ("--party-group owner", "PARTY=COLUMN|TABLE("),
        ("--party-department owner=t(a)", "PARTY=COLUMN|TABLE("),
        ("--party owner=t(a,b,c)", "COLUMN=VALUE"),
        ("--department-of owner", "PARTY=COLUMN"),
        ("--department-numbers d(a)", "TABLE(COLUMN,NAME)"),
        ("--linked deal", "ENTITY=COLUMN[,COLUMN=VALUE]"),
        ("--linked deal=a,b", "COLUMN=VALUE"),
        ("--shares s", "TABLE(RECORD[,KIND,SUBJECT,ACTION])"),
        ("--shares s(a,b)", "TABLE(RECORD[,KIND,SUBJECT,ACTION])"),
        ("--share-kind user", "KIND=VALUE"),
        ("--share-kind users=u", "there is no kind of subject `users`; there are user, employee, "),
        ("--record deal@id:uuid", "`uuid` is no type of keys"),
    ] {
        let start = ["filter", "--entity", "note", "--sql", "sqlite", "--table", "notes"].into_iter();
        let words = start.chain(DOCUMENTS).chain(argument.split_whitespace());
        let (status, _, aside) = run(&words.collect::<Vec<_>>());
        assert_eq!(status, Some(2), "{argument}");
        assert!(aside.contains(shape), "{argument}\n{aside}");
    }
}

/// Tests with databases run this text, so it must be what the program says.
#[test]
fn the_condition_that_is_tried_on_sqlite_is_the_programs() {
    let (_, answer) = filter("task", "sqlite", TASK);
    let sql = serde_json::to_string_pretty(&answer["filters"][0]["sql"]).unwrap();
    golden::compare("filter/tasks.json", &format!("{sql}\n"));
}
