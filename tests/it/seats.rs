//! What is elsewhere, and how somebody is seated, as a filter: in words, as JSON, in SQL, with what a mapping needs for it.

use bailiwick::sql::{
    Column, DepartmentNumbers, Dialect, Mapping, MappingBuilder, MappingProblem, Memberships, Participants,
};
use bailiwick::{
    Access, Assignment, Department, Directory, Entity, Filter, Level, Moment, Offer, PartyRule, Policy,
    Relations, Role, Snapshot, Subject, User, Vocabulary,
};

const LEVELS: [(&str, Relations); 8] = [
    ("elsewhere", Relations::ELSEWHERE),
    ("own heads", Relations::OWN_HEADS),
    ("peers", Relations::PEERS),
    ("other heads", Relations::OTHER_HEADS),
    ("other employees", Relations::OTHER_EMPLOYEES),
    ("colleagues", Relations::OWN_HEADS.union(Relations::PEERS)),
    ("everybody seated", Relations::BY_SEAT),
    ("all", Relations::DEPARTMENT.union(Relations::ELSEWHERE)),
];

/// Papers with an author and helpers. Everybody holds each level under an action of its name.
fn snapshot() -> Snapshot {
    let mut vocabulary = Vocabulary::new()
        .party(PartyRule::new("author").counts_for(Relations::DEPARTMENT | Relations::BY_SEAT))
        .party(PartyRule::new("helper").counts_for(Relations::DEPARTMENT))
        .actions(LEVELS.map(|(key, _)| key));
    let (mut paper, mut role) = (Entity::new("paper"), Role::new("everything"));
    for (key, relations) in LEVELS {
        vocabulary = vocabulary.level(Level::new(key, relations));
        paper = paper.offer(Offer::new(key).levels([key]));
        role = role.set("paper", key, key);
    }
    let many = (4..24).fold(Directory::new().with(Department::new(1).head(10)), |directory, number| {
        directory.with(Department::new(number).below(1))
    });
    let directory = many
        .with(Department::new(2).below(1))
        .with(Department::new(3))
        .with(User::new(11).sits_in(2))
        .with(User::new(10))
        .with(User::new(12));
    let policy = Policy::new(vocabulary.entity(paper))
        .role(role)
        .assign(Assignment::new("everything", Subject::SignedIn));
    Snapshot::compile(&policy, &directory).unwrap()
}

fn access(snapshot: &Snapshot, user: i64) -> Access<'_> {
    snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0))
}

fn filter(snapshot: &Snapshot, user: i64, level: &str) -> Filter {
    access(snapshot, user).filter(snapshot.action(level), snapshot.entity("paper"))
}

#[test]
fn filters_say_it_in_words() {
    let snapshot = snapshot();
    let said = |user, level| filter(&snapshot, user, level).to_string();
    assert_eq!(said(11, "elsewhere"), "no author or helper in 2");
    assert_eq!(said(11, "own heads"), "author heads 2");
    assert_eq!(said(11, "peers"), "author in 2 without heading any");
    assert_eq!(said(11, "other heads"), "author heads a department outside 2");
    assert_eq!(said(11, "other employees"), "author heads none and is in a department outside 2");
    assert_eq!(said(11, "colleagues"), "author in 2");
    assert_eq!(said(11, "everybody seated"), "author in 1 and below, 3");
    assert_eq!(said(12, "other heads"), "author heads a department");
    assert_eq!(said(12, "other employees"), "author heads none and is in a department");
    assert_eq!(said(12, "own heads"), "nothing");
}

#[test]
fn what_holds_for_every_record_is_no_condition() {
    let snapshot = snapshot();
    assert!(filter(&snapshot, 11, "all").is_everything());
    assert!(filter(&snapshot, 12, "elsewhere").is_everything(), "who is in no department");
    assert!(!filter(&snapshot, 11, "elsewhere").is_everything());
    let visitor = snapshot.anonymous_access(Moment::from_unix_seconds(0));
    assert!(visitor.filter(snapshot.action("elsewhere"), snapshot.entity("paper")).is_nothing(), "no role");
}

#[cfg(feature = "document")]
#[test]
fn filters_print_as_json() {
    let snapshot = snapshot();
    let json = |level| filter(&snapshot, 11, level).to_json().split_whitespace().collect::<String>();
    let elsewhere = r#"{"elsewhere":{"parties":["author","helper"],"departments":[{"root":2,"#;
    assert!(json("elsewhere").contains(elsewhere), "{}", json("elsewhere"));
    let seats = [
        ("own heads", "own_head"),
        ("peers", "peer"),
        ("other heads", "other_head"),
        ("other employees", "other_employee"),
    ];
    for (level, seating) in seats {
        let seated = format!(r#"{{"party_seated":{{"party":"author","seating":"{seating}""#);
        assert!(json(level).contains(&seated), "{}", json(level));
    }
}

fn papers<'s>(snapshot: &'s Snapshot, dialect: Dialect) -> MappingBuilder<'s> {
    let helpers = Participants::new("helpers", Column::integer("paper_id"), Column::integer("user_id"));
    Mapping::of(snapshot, snapshot.entity("paper"), dialect, "papers")
        .record(Column::integer("id"))
        .party("author", Column::integer("author_id"))
        .party("helper", helpers)
}

fn table(name: &str) -> Memberships {
    Memberships::new(name, Column::integer("user_id"), Column::integer("department_id"))
}

fn codes(builder: MappingBuilder<'_>) -> Vec<&'static str> {
    builder
        .build()
        .map_or_else(|problems| problems.iter().map(MappingProblem::code).collect(), |_| Vec::new())
}

#[test]
fn a_mapping_needs_members_and_heads() {
    let snapshot = snapshot();
    let papers = || papers(&snapshot, Dialect::Sqlite);
    assert_eq!(codes(papers()), ["departments-missing", "departments-missing"]);
    assert_eq!(codes(papers().memberships(table("members"))), ["heads-missing"]);
    assert_eq!(codes(papers().memberships(table("members")).heads(table("heads"))), [""; 0]);
    let by_column = || papers().memberships(table("members")).department_of("author", Column::integer("at"));
    assert_eq!(codes(by_column()), ["heads-missing"], "the department of the record says nothing of heads");
    let alone =
        papers().department_of("author", Column::integer("at")).department_of("helper", Column::integer("x"));
    assert_eq!(codes(alone), ["departments-missing"]);
    let texts = Memberships::new("heads", Column::text("user_id"), Column::text("department_id"));
    assert_eq!(codes(papers().memberships(table("members")).heads(texts)), ["types-differ"; 2]);
    assert_eq!(codes(papers().memberships(table("members")).heads(table(""))), ["unusable-name"]);
}

fn sql(snapshot: &Snapshot, dialect: Dialect, level: &str) -> String {
    let mapping =
        papers(snapshot, dialect).memberships(table("members")).heads(table("heads")).build().unwrap();
    mapping.sql(snapshot, &filter(snapshot, 11, level), 0).unwrap().text
}

#[test]
fn what_is_negative_is_never_null() {
    let snapshot = snapshot();
    let members = r#"SELECT "members"."user_id" FROM "members" WHERE "members"."department_id" = ?"#;
    let heads = members.replace("members", "heads");
    assert_eq!(
        sql(&snapshot, Dialect::Sqlite, "elsewhere"),
        format!(
            r#"(("papers"."author_id" IN ({members}) OR "papers"."id" IN (SELECT "helpers"."paper_id" FROM "helpers" WHERE "helpers"."user_id" IN ({members}))) IS NOT TRUE)"#
        )
    );
    assert_eq!(
        sql(&snapshot, Dialect::Sqlite, "peers"),
        format!(
            r#"("papers"."author_id" IN ({members}) AND ("papers"."author_id" IN ({heads})) IS NOT TRUE)"#
        )
    );
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql] {
        for (level, negations) in [
            ("elsewhere", 1),
            ("own heads", 0),
            ("peers", 1),
            ("other heads", 1),
            ("other employees", 2),
            ("colleagues", 0),
        ] {
            let text = sql(&snapshot, dialect, level);
            assert_eq!(text.matches(" IS NOT TRUE").count(), negations, "{text}");
            assert!(!text.contains("NOT IN"), "{text}");
        }
    }
}

#[test]
fn columns_and_indexes_are_told() {
    let snapshot = snapshot();
    let numbers = DepartmentNumbers::new("departments", Column::integer("id"), "number");
    let builder = papers(&snapshot, Dialect::Sqlite).memberships(table("members")).heads(table("heads"));
    let mapping = builder.department_numbers(numbers).build().unwrap();
    let told = |level| {
        let filter = filter(&snapshot, 11, level);
        let indexes: Vec<String> = mapping.indexes(&filter).iter().map(ToString::to_string).collect();
        let columns: Vec<String> =
            mapping.columns(&filter).iter().map(|read| format!("{}.{}", read.table, read.column)).collect();
        (indexes, columns)
    };
    let (indexes, columns) = told("elsewhere");
    assert_eq!(indexes, ["helpers (user_id, paper_id)", "members (department_id, user_id)"]);
    let read = ["papers.author_id", "papers.id"];
    assert!(read.iter().all(|column| columns.iter().any(|it| it == column)), "{columns:?}");
    let (indexes, _) = told("other heads");
    let expected = [
        "departments (number, id)",
        "heads (department_id, user_id)",
        "members (department_id, user_id)",
        "papers (author_id)",
    ];
    assert_eq!(indexes, expected);
}

#[test]
fn explanations_name_what_it_rests_on() {
    use bailiwick::{Handle, Party, Record};
    let snapshot = snapshot();
    let explain = |user, level: &str, author: i64, helper: i64| {
        let helpers = [Party::nth(1).is(snapshot.user(helper))];
        let place = Handle::from(snapshot.entity("paper"));
        let paper = Record::at(place).owner(snapshot.user(author)).participants(&helpers);
        access(&snapshot, user).explain(snapshot.action(level), &paper).to_string()
    };
    let has = |text: String, line: &str| assert!(text.lines().any(|it| it.trim() == line), "{line}\n{text}");
    has(explain(11, "elsewhere", 10, 10), "elsewhere: no author or helper is in 2");
    has(explain(11, "elsewhere", 10, 11), "not elsewhere: some author or helper is in 2");
    has(explain(12, "elsewhere", 10, 11), "elsewhere: there is no department to share");
    has(explain(10, "own heads", 10, 12), "author 10 heads 1, where the viewer is: own_heads");
    has(
        explain(11, "peers", 11, 12),
        "author 11 is in 2, where the viewer is, and heads nothing of his: peers",
    );
    has(explain(11, "peers", 10, 12), "author 10 heads 1, and is where the viewer is not: other_heads");
    has(
        explain(10, "peers", 11, 12),
        "author 11 is in 2, heads nothing, and is where the viewer is not: other_employees",
    );
}
