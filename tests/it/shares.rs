//! Shares in a filter, as text, JSON and SQL; what a mapping needs for them; and as a reason.

use bailiwick::sql::{Column, Dialect, Mapping, MappingBuilder, MappingProblem, Shares, Value};
use bailiwick::{
    Access, Assignment, Department, Directory, Entity, Filter, Handle, Level, Moment, Offer, Opening,
    PartyRule, Policy, Record, Relations, Role, Share, Snapshot, Subject, SubjectKind, User, UserGroup,
    Vocabulary, Window,
};

/// Reports, which can be shared for reading and for changing. User 1 sits in sales, 2 in a group until second 100, 3 nowhere.
fn snapshot() -> Snapshot {
    let offer = |action: &str| Offer::new(action).levels(["own", "all"]);
    let vocabulary = Vocabulary::new()
        .party(PartyRule::new("owner").counts_for(Relations::OWN))
        .level(Level::new("own", Relations::OWN))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read", "update", "delete"])
        .entity(
            Entity::new("report")
                .offer(offer("read").shareable())
                .offer(offer("update").requires("read").shareable())
                .offer(offer("delete")),
        );
    let policy = Policy::new(vocabulary)
        .role(Role::new("writer").set("report", "read", "own"))
        .role(Role::new("reader").set("report", "read", "all"))
        .assign(Assignment::new("writer", Subject::User(1.into())))
        .assign(Assignment::new("reader", Subject::User(4.into())));
    let until = Window::ALWAYS.until(Moment::from_unix_seconds(99));
    let directory = Directory::new()
        .with(Department::new("company"))
        .with(Department::new("sales").below("company"))
        .with(User::new(1).sits_in("sales"))
        .with(User::new(2))
        .with(User::new(3))
        .with(User::new(4))
        .with(UserGroup::new("readers").member_during(2, until));
    Snapshot::compile(&policy, &directory).unwrap()
}

fn access(snapshot: &Snapshot, user: i64) -> Access<'_> {
    snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0))
}

fn filter(snapshot: &Snapshot, user: i64, action: &str) -> Filter {
    access(snapshot, user).filter(snapshot.action(action), snapshot.entity("report"))
}

#[test]
fn filters_say_it_in_words() {
    let snapshot = snapshot();
    let said = |user, action| filter(&snapshot, user, action).to_string();
    assert_eq!(said(3, "read"), "shared to read with user 3, every signed-in user, everyone");
    assert_eq!(
        said(2, "read"),
        "shared to read with user 2, user group readers, every signed-in user, everyone"
    );
    let his = "user 1, employee 1, department sales, department company and below, department sales and below, \
               all employees, the employees of department sales, every signed-in user, everyone";
    assert_eq!(said(1, "read"), format!("owner is 1 or shared to read with {his}"));
    assert_eq!(
        said(1, "update"),
        format!("owner is 1 or shared to read with {his}, and shared to update with {his}")
    );
    assert_eq!(said(1, "delete"), "nothing");
    assert_eq!(said(4, "read"), "everything");
    let visitor = snapshot.anonymous_access(Moment::from_unix_seconds(0));
    let visitors = visitor.filter(snapshot.action("read"), snapshot.entity("report"));
    assert_eq!(visitors.to_string(), "shared to read with everyone");
}

#[test]
fn an_answer_that_rests_on_a_dated_group_is_valid_until_that_ends() {
    let snapshot = snapshot();
    let end = Moment::from_unix_seconds(100);
    assert_eq!(access(&snapshot, 2).valid_until(), Some(end));
    assert_eq!(filter(&snapshot, 2, "read").valid_until(), Some(end));
    assert_eq!(access(&snapshot, 3).valid_until(), None);
    assert_eq!(snapshot.valid_until(Moment::from_unix_seconds(0)), Some(end));
}

#[cfg(feature = "document")]
#[test]
fn filters_print_as_json() {
    let snapshot = snapshot();
    let json = filter(&snapshot, 2, "read").to_json().split_whitespace().collect::<String>();
    let kept =
        r#"{"shared":{"action":"read","with":[{"user":2},{"user_group":"readers"},"signed_in","everyone"]}}"#;
    assert!(json.contains(kept), "{json}");
}

fn reports(snapshot: &Snapshot, dialect: Dialect) -> MappingBuilder<'_> {
    Mapping::of(snapshot, snapshot.entity("report"), dialect, "reports")
        .record(Column::integer("id"))
        .party("owner", Column::integer("owner_id"))
}

fn shares() -> Shares {
    Shares::new("shares", Column::integer("report_id"))
        .with(Column::byte_text("kind"), Column::byte_text("subject"))
        .action(Column::byte_text("action"))
        .kind(SubjectKind::User, "user")
        .kind(SubjectKind::DepartmentTree, "tree")
        .kind(SubjectKind::Everyone, "all")
}

#[test]
fn filters_are_written_for_each_database() {
    let snapshot = snapshot();
    let written = |dialect, user| {
        let mapping = reports(&snapshot, dialect).shares(shares()).build().unwrap();
        mapping.sql(&snapshot, &filter(&snapshot, user, "read"), 0).unwrap()
    };
    let sqlite = written(Dialect::Sqlite, 1);
    assert_eq!(
        sqlite.text,
        "(\"reports\".\"owner_id\" = ? OR \"reports\".\"id\" IN (SELECT \"shares\".\"report_id\" FROM \"shares\" \
         WHERE \"shares\".\"action\" = ? AND ((\"shares\".\"kind\" = ? AND \"shares\".\"subject\" = ?) OR \
         (\"shares\".\"kind\" = ? AND \"shares\".\"subject\" IN (?, ?)) OR \"shares\".\"kind\" = ?)))"
    );
    let text = |text: &str| Value::Text(text.to_owned());
    let values = ["read", "user", "1", "tree", "company", "sales", "all"].map(text);
    assert_eq!(sqlite.values, [vec![Value::Integer(1)], values.to_vec()].concat());
    assert!(written(Dialect::Postgres, 1).text.contains("\"kind\" = CAST($3 AS text)"));
    assert!(written(Dialect::Mysql, 1).text.contains("`shares`.`kind` = ?"));
    assert_eq!(written(Dialect::Sqlite, 4).text, "(TRUE)");
}

#[test]
fn without_shares_nothing_is_asked_of_them() {
    let snapshot = snapshot();
    let mapping = reports(&snapshot, Dialect::Sqlite).without_shares().build().unwrap();
    let written = |user| mapping.sql(&snapshot, &filter(&snapshot, user, "read"), 0).unwrap().text;
    assert_eq!(written(1), "(\"reports\".\"owner_id\" = ?)");
    assert_eq!(written(3), "(FALSE)");
}

fn problems(mapping: MappingBuilder<'_>) -> Vec<String> {
    mapping.build().unwrap_err().iter().map(MappingProblem::to_string).collect()
}

#[test]
fn a_mapping_needs_to_know_of_shares() {
    let snapshot = snapshot();
    let reports = || reports(&snapshot, Dialect::Sqlite);
    let missing = "nothing is mapped for shares, nor is it said that there are none";
    assert_eq!(problems(reports()), [missing]);
    assert_eq!(problems(reports().shares(Shares::new("shares", Column::integer("report_id")))), [missing]);
    assert_eq!(
        problems(reports().shares(shares()).without_shares()),
        ["table `shares` is mapped twice", missing].get(..1).unwrap()
    );
    let same = shares().kind(SubjectKind::Department, "tree");
    assert_eq!(problems(reports().shares(same)), ["kind of subject `tree` is mapped twice"]);
    let texts = Shares::new("shares", Column::text("report_id")).kind(SubjectKind::User, "user");
    assert_eq!(
        problems(reports().shares(texts)),
        ["`id` and `report_id` are compared, and hold different types of keys"]
    );
    let unnamed = shares().action(Column::text(""));
    assert_eq!(problems(reports().shares(unnamed)), ["`` cannot name a table or a column"]);
    let keyless = Mapping::of(&snapshot, snapshot.entity("report"), Dialect::Sqlite, "reports")
        .party("owner", Column::integer("owner_id"))
        .shares(shares());
    let keyless = keyless.build().unwrap_err();
    assert_eq!(keyless.iter().map(MappingProblem::code).collect::<Vec<_>>(), ["record-missing"]);
}

#[test]
fn a_filter_says_which_columns_of_shares_it_reads_and_which_indexes_serve_it() {
    let snapshot = snapshot();
    let mapping = reports(&snapshot, Dialect::Sqlite).shares(shares()).build().unwrap();
    let filter = filter(&snapshot, 3, "read");
    let read: Vec<_> =
        mapping.columns(&filter).iter().map(|at| format!("{}.{}", at.table, at.column)).collect();
    let expected = ["reports.id", "shares.action", "shares.kind", "shares.report_id", "shares.subject"];
    assert_eq!(read, expected);
    let indexes: Vec<_> = mapping.indexes(&filter).iter().map(ToString::to_string).collect();
    assert_eq!(indexes, ["reports (id)", "shares (action, kind, subject, report_id)"]);
}

#[test]
fn an_explanation_names_every_share_and_the_way_into_it() {
    let snapshot = snapshot();
    let read = [Handle::from(snapshot.action("read"))];
    let with = |subject: Subject| Opening::Shared(Share::new(snapshot.grantee(&subject), &read));
    let shares = [
        with(Subject::DepartmentTree("company".into())),
        with(Subject::UserGroup("readers".into())),
        with(Subject::User(9.into())),
    ];
    let report = Record::at(snapshot.entity("report")).owner(snapshot.user(4)).openings(&shares);
    let told = access(&snapshot, 1).explain(snapshot.action("read"), &report).to_string();
    let expected = "    looked for: own or shared\n    \
                    shared with department company and below: belongs to sales, below company\n    \
                    shared with user group readers: is not among them\n    \
                    shared with somebody unknown: is not among them\n    \
                    met: shared\n";
    assert!(told.contains(expected), "{told}");
    let denied = access(&snapshot, 3).explain(snapshot.action("update"), &report).to_string();
    assert!(denied.contains("    looked for: shared\n    not met\n"), "{denied}");
}

#[test]
fn shares_of_another_snapshot_are_the_same_or_nobodys() {
    let (here, there) = (snapshot(), snapshot());
    let other = Directory::new().with(User::new(5)).with(User::new(1));
    let stale = Snapshot::compile(&Policy::new(Vocabulary::new()), &other).unwrap();
    let read = [Handle::from(here.action("read"))];
    let allowed = |snapshot: &Snapshot, user: i64, subject: Subject| {
        let shares = [Opening::Shared(Share::new(snapshot.grantee(&subject), &read))];
        let report = Record::at(here.entity("report")).openings(&shares);
        let filter = filter(&here, user, "read");
        let allowed = access(&here, user).check(read[0], &report).is_allowed();
        assert_eq!(filter.matches(&here, &report), allowed, "{subject:?}");
        allowed
    };
    assert!(allowed(&there, 3, Subject::User(3.into())));
    for user in 1..=3 {
        assert!(!allowed(&stale, user, Subject::User(5.into())), "{user}");
        assert!(!allowed(&stale, user, Subject::User(1.into())), "there at another position: {user}");
    }
}
