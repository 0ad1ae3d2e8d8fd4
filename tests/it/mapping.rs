//! Mappings: what is refused, what comes out as text, and what is advised.

use bailiwick::sql::{
    Column, DepartmentNumbers, Dialect, FlagColumn, Mapping, MappingProblem, Memberships, Participants,
    Value, sea_query,
};
use bailiwick::{
    Assignment, Department, Directory, Filter, Key, Moment, Policy, Role, Snapshot, Subject, User, crm,
};
use sea_query::{Condition, Expr, ExprTrait, Query, SqliteQueryBuilder};

fn snapshot() -> Snapshot {
    let directory =
        (3..20).fold(Directory::new(), |directory, number| directory.with(Department::new(number)));
    let directory = directory
        .with(Department::new(1))
        .with(Department::new(2).below(1))
        .with(User::new(7).sits_in(1))
        .with(User::new(8).administrator())
        .with(User::new(9));
    let policy = Policy::new(crm::vocabulary())
        .roles(crm::roles())
        .role(Role::new("wide").set(crm::DEAL, crm::READ, crm::SUBDEPARTMENTS))
        .assign(Assignment::new("wide", Subject::User(7.into())));
    Snapshot::compile(&policy, &directory).unwrap()
}

fn observers() -> Participants {
    Participants::new("observers", Column::integer("deal_id"), Column::integer("user_id"))
}

fn members() -> Memberships {
    Memberships::new("members", Column::integer("user_id"), Column::integer("department_id"))
}

/// All that deals of the CRM preset need, but for what a test leaves out.
fn deals(snapshot: &Snapshot, dialect: Dialect, without: &str) -> Result<Mapping, Vec<MappingProblem>> {
    let mut mapping = Mapping::of(snapshot, crm::DEAL, dialect, "deals");
    if without != "record" {
        mapping = mapping.record(Column::integer("id"));
    }
    if without != "pipeline" {
        mapping = mapping.pipeline(Column::text("pipeline"));
    }
    if without != "stage" {
        mapping = mapping.stage(Column::text("stage"));
    }
    if without != "responsible" {
        mapping = mapping.party("responsible", Column::integer("responsible_id"));
    }
    if without != "observer" {
        mapping = mapping.party("observer", observers());
    }
    if without != "open" {
        mapping = mapping.flag("open", FlagColumn::boolean("opened"));
    }
    if without != "memberships" {
        mapping = mapping.memberships(members());
    }
    let mapping = mapping.flag("always_readable", FlagColumn::boolean("public"));
    mapping.build().map_err(|problems| problems.iter().cloned().collect())
}

fn codes(result: Result<Mapping, Vec<MappingProblem>>) -> Vec<&'static str> {
    result.map_or_else(|problems| problems.iter().map(MappingProblem::code).collect(), |_| Vec::new())
}

#[test]
fn a_mapping_that_could_not_answer_some_filter_is_refused_and_says_what_is_missing() {
    let snapshot = snapshot();
    let refused = |without| codes(deals(&snapshot, Dialect::Sqlite, without));
    assert!(refused("").is_empty());
    assert_eq!(refused("record"), ["record-missing"]);
    assert_eq!(refused("pipeline"), ["pipeline-missing"]);
    assert_eq!(refused("stage"), ["stage-missing"]);
    assert_eq!(refused("responsible"), ["party-missing", "departments-missing"]);
    assert_eq!(refused("observer"), ["party-missing"]);
    assert_eq!(refused("open"), ["flag-missing"]);
    assert_eq!(refused("memberships"), ["departments-missing"]);
    let missing = deals(&snapshot, Dialect::Sqlite, "observer").unwrap_err();
    assert_eq!(missing[0].to_string(), "nothing is mapped for the party `observer`");
}

#[test]
fn what_the_vocabulary_does_not_have_is_refused_and_so_is_mapping_twice() {
    let snapshot = snapshot();
    let problems = Mapping::of(&snapshot, crm::SETTINGS, Dialect::Sqlite, "settings")
        .party("nobody", Column::integer("x"))
        .party("nobody", Column::integer("y"))
        .flag("closed", FlagColumn::boolean(""))
        .only_pipeline("none such")
        .build()
        .unwrap_err();
    let codes: Vec<_> = problems.iter().map(MappingProblem::code).collect();
    assert_eq!(codes, ["twice", "unknown", "unknown", "unknown", "unusable-name"]);
    let unknown =
        Mapping::of(&snapshot, snapshot.entity("none such"), Dialect::Sqlite, "t").build().unwrap_err();
    assert_eq!(unknown.iter().map(MappingProblem::code).collect::<Vec<_>>(), ["unknown-entity"]);
}

#[test]
fn columns_of_different_types_are_not_compared() {
    let snapshot = snapshot();
    let numbers = DepartmentNumbers::new("departments", Column::text("id"), "number");
    let problems = Mapping::of(&snapshot, crm::SETTINGS, Dialect::Sqlite, "settings")
        .party("responsible", Column::text("responsible_id"))
        .memberships(members())
        .department_numbers(numbers)
        .build()
        .unwrap_err();
    let codes: Vec<_> = problems.iter().map(MappingProblem::code).collect();
    assert_eq!(codes, ["types-differ", "types-differ"]);
}

#[test]
fn an_entity_without_records_of_its_own_needs_nothing() {
    let snapshot = snapshot();
    assert!(Mapping::of(&snapshot, crm::SETTINGS, Dialect::Sqlite, "settings").build().is_ok());
}

fn filter(snapshot: &Snapshot, user: i64) -> Filter {
    let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
    access.filter(crm::READ, crm::DEAL)
}

/// A manager's list, in the three ways of writing it.
#[test]
fn filters_are_written_for_each_database() {
    let snapshot = snapshot();
    let written = |dialect| {
        let mapping = deals(&snapshot, dialect, "").unwrap();
        mapping.sql(&snapshot, &filter(&snapshot, 7), 2).unwrap()
    };
    let sqlite = written(Dialect::Sqlite);
    assert_eq!(
        sqlite.text,
        "(\"deals\".\"public\" = TRUE OR \"deals\".\"id\" IN (SELECT \"observers\".\"deal_id\" FROM \"observers\" \
         WHERE \"observers\".\"user_id\" = ?) OR \"deals\".\"responsible_id\" = ? OR \
         \"deals\".\"responsible_id\" IN (SELECT \"members\".\"user_id\" FROM \"members\" WHERE \
         \"members\".\"department_id\" IN (?, ?)))"
    );
    assert_eq!(sqlite.values, [7, 7, 1, 2].map(Value::Integer));
    let postgres = written(Dialect::Postgres);
    assert!(postgres.text.contains("\"responsible_id\" = CAST($4 AS bigint)"), "{}", postgres.text);
    assert_eq!(postgres.values, sqlite.values);
    assert!(written(Dialect::Mysql).text.contains("`deals`.`responsible_id` = ?"));
}

#[test]
fn nothing_and_everything_are_constants_that_stay_when_joined() {
    let snapshot = snapshot();
    let mapping = deals(&snapshot, Dialect::Sqlite, "").unwrap();
    let listed = |user| {
        let condition = mapping.condition(&snapshot, &filter(&snapshot, user)).unwrap();
        let own = Condition::any().add(Expr::col("a").eq(1)).add(Expr::col("b").eq(2));
        let mut query = Query::select();
        query.column("id").from("deals").cond_where(own).cond_where(condition);
        query.to_string(SqliteQueryBuilder)
    };
    assert_eq!(listed(8), r#"SELECT "id" FROM "deals" WHERE ("a" = 1 OR "b" = 2) AND TRUE"#);
    assert_eq!(listed(9), r#"SELECT "id" FROM "deals" WHERE ("a" = 1 OR "b" = 2) AND FALSE"#);
    assert_eq!(mapping.sql(&snapshot, &filter(&snapshot, 9), 0).unwrap().text, "(FALSE)");
}

#[test]
fn names_are_quoted_and_keys_are_bound() {
    let snapshot = snapshot();
    let evil = "x\"; DROP TABLE deals; --";
    let mapping = Mapping::of(&snapshot, crm::DEAL, Dialect::Postgres, evil)
        .record(Column::integer("id"))
        .pipeline(Column::text("pipeline"))
        .stage(Column::text("stage"))
        .party("responsible", Column::integer(evil))
        .party(
            "observer",
            Participants::new((evil, evil), Column::integer("deal_id"), Column::integer("user_id")),
        )
        .flag("open", FlagColumn::equal(Column::text(evil), "Y'"))
        .flag("always_readable", FlagColumn::boolean("public"))
        .memberships(members())
        .build()
        .unwrap();
    let sql = mapping.sql(&snapshot, &filter(&snapshot, 7), 0).unwrap();
    let unquoted: String = sql.text.split('"').step_by(2).collect();
    assert!(!unquoted.contains("DROP"), "{}", sql.text);
    assert!(sql.text.contains(r#""x""; DROP TABLE deals; --"."#));
}

#[test]
fn a_filter_of_another_snapshot_is_refused_and_so_is_a_column_that_was_never_mapped() {
    let snapshot = snapshot();
    let mapping = deals(&snapshot, Dialect::Sqlite, "").unwrap();
    let empty = Snapshot::compile(&Policy::new(crm::vocabulary()), &Directory::new()).unwrap();
    let problem = mapping.condition(&empty, &filter(&snapshot, 7)).unwrap_err();
    assert_eq!(problem.code(), "other-snapshot");
    let settings = Mapping::of(&snapshot, crm::SETTINGS, Dialect::Sqlite, "settings").build().unwrap();
    assert_eq!(settings.condition(&snapshot, &filter(&snapshot, 7)).unwrap_err().code(), "flag-missing");
}

#[test]
fn long_lists_are_one_parameter() {
    let mut directory = Directory::new().with(User::new(7).sits_in(0)).with(Department::new(0));
    for number in 1..40_000_i64 {
        directory.add(Department::new(number).below(0));
    }
    let policy = Policy::new(crm::vocabulary())
        .role(Role::new("wide").set(crm::DEAL, crm::READ, crm::SUBDEPARTMENTS))
        .assign(Assignment::new("wide", Subject::User(7.into())));
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql] {
        let sql = deals(&snapshot, dialect, "").unwrap().sql(&snapshot, &filter(&snapshot, 7), 0).unwrap();
        assert_eq!(sql.values.len(), 3, "{}", sql.text);
    }
}

#[test]
fn a_filter_says_which_columns_it_reads_and_which_indexes_serve_it() {
    let snapshot = snapshot();
    let mapping = deals(&snapshot, Dialect::Sqlite, "").unwrap();
    let filter = filter(&snapshot, 7);
    let read: Vec<_> =
        mapping.columns(&filter).iter().map(|at| format!("{}.{}", at.table, at.column)).collect();
    let expected = [
        "deals.id",
        "deals.public",
        "deals.responsible_id",
        "members.department_id",
        "members.user_id",
        "observers.deal_id",
        "observers.user_id",
    ];
    assert_eq!(read, expected);
    let advice: Vec<_> = mapping.indexes(&filter).iter().map(ToString::to_string).collect();
    let expected = [
        "deals (id)",
        "deals (public) where it is set",
        "deals (responsible_id)",
        "members (department_id, user_id)",
        "observers (user_id, deal_id)",
    ];
    assert_eq!(advice, expected);
    assert!(mapping.columns(&Filter::EVERYTHING).is_empty());
}

#[test]
fn several_actions_are_one_integer_for_each_row() {
    let snapshot = snapshot();
    let mapping = deals(&snapshot, Dialect::Postgres, "").unwrap();
    let access = snapshot.access(snapshot.user(7), Moment::from_unix_seconds(0));
    let filters = access.filters([crm::READ, crm::UPDATE, crm::READ], crm::DEAL);
    assert_eq!(filters.iter().len(), 2, "an action is asked once");
    assert_eq!(filters.filter(crm::UPDATE), &Filter::NOTHING);
    let sql = mapping.permitted_sql(&snapshot, &filters, 0).unwrap();
    assert!(
        sql.text.starts_with("(CAST((CASE WHEN (") && sql.text.ends_with("THEN 1 ELSE 0 END) AS bigint))"),
        "{}",
        sql.text
    );
    let permitted = bailiwick::Permitted::from_bits(0b10);
    assert_eq!(filters.permitted(permitted).collect::<Vec<_>>(), [&Key::from(crm::UPDATE)]);
    assert!(!filters.permits(permitted, crm::READ));
}
