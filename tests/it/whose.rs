//! Parties that are user groups and departments: what mappings need to know of them, what is written, and why.

use bailiwick::review::{Ground, Roster, diff};
use bailiwick::sql::{
    Column, DepartmentNumbers, Dialect, Mapping, MappingBuilder, MappingProblem, Memberships, Participants,
};
use bailiwick::{
    Assignment, Department, Directory, Entity, Filter, Level, Moment, Offer, PartyRule, Policy, Principals,
    Record, Relations, Role, Snapshot, Subject, User, UserGroup, Vocabulary, scenario::Scenario,
};

/// Cases that teams are assigned to and branches have.
fn snapshot() -> Snapshot {
    Snapshot::compile(&policy(Principals::USERS | Principals::USER_GROUPS), &directory()).unwrap()
}

/// What can be assigned to whom is left open.
fn policy(assigned: Principals) -> Policy {
    let levels = ["own", "branch", "elsewhere"];
    let case = Entity::new("case").offer(Offer::new("read").levels(levels));
    let vocabulary = Vocabulary::new()
        .party(PartyRule::new("assigned").principals(assigned).counts_for(Relations::OWN))
        .party(
            PartyRule::new("branch").principals(Principals::DEPARTMENTS).counts_for(Relations::BY_DEPARTMENT),
        )
        .level(Level::new("own", Relations::OWN))
        .level(Level::new("branch", Relations::OWN | Relations::DEPARTMENT | Relations::SUBDEPARTMENTS))
        .level(Level::new("elsewhere", Relations::ELSEWHERE))
        .actions(["read"])
        .entity(case);
    let role = |key: &'static str, level| Role::new(key).set("case", "read", level);
    Policy::new(vocabulary)
        .role(role("agent", "branch"))
        .role(role("stranger", "elsewhere"))
        .assign(Assignment::new("agent", Subject::User(1.into())))
        .assign(Assignment::new("stranger", Subject::User(2.into())))
}

fn directory() -> Directory {
    Directory::new()
        .with(Department::new(10))
        .with(Department::new(11).below(10))
        .with(User::new(1).sits_in(10))
        .with(User::new(2).sits_in(11))
        .with(UserGroup::new(20).including(21))
        .with(UserGroup::new(21).member(1))
}

fn cases(snapshot: &Snapshot) -> MappingBuilder<'_> {
    Mapping::of(snapshot, snapshot.entity("case"), Dialect::Sqlite, "cases").record(Column::integer("id"))
}

fn whole(snapshot: &Snapshot) -> MappingBuilder<'_> {
    let branches = Participants::new("branches", Column::integer("case_id"), Column::integer("branch_id"));
    cases(snapshot)
        .party("assigned", Column::integer("user_id"))
        .party_group("assigned", Column::integer("team_id"))
        .party_department("branch", branches)
}

fn filter(snapshot: &Snapshot, user: i64) -> Filter {
    let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
    access.filter(snapshot.action("read"), snapshot.entity("case"))
}

fn codes(mapping: MappingBuilder<'_>) -> Vec<&'static str> {
    let problems = mapping.build().err();
    problems.iter().flat_map(|problems| problems.iter()).map(MappingProblem::code).collect()
}

#[test]
fn a_mapping_needs_to_know_where_groups_and_departments_stand() {
    let snapshot = snapshot();
    assert!(codes(whole(&snapshot)).is_empty());
    let only_users = cases(&snapshot).party("assigned", Column::integer("user_id"));
    assert_eq!(codes(only_users), ["group-party-missing", "department-party-missing"]);
    let only_collectives = cases(&snapshot)
        .party_group("assigned", Column::integer("team_id"))
        .party_department("branch", Column::integer("branch_id"));
    assert_eq!(codes(only_collectives), ["party-missing"], "no departments of users are asked for");
    assert_eq!(codes(whole(&snapshot).party_group("assigned", Column::integer("x"))), ["twice"]);
    assert_eq!(codes(whole(&snapshot).party_department("nobody", Column::integer("x"))), ["unknown"]);
    let unnamed = cases(&snapshot)
        .party("assigned", Column::integer("user_id"))
        .party_group("assigned", Column::integer(""))
        .party_department("branch", Column::integer("branch_id"));
    assert_eq!(codes(unnamed), ["unusable-name"]);
    let numbers = DepartmentNumbers::new("departments", Column::text("id"), "number");
    assert_eq!(codes(whole(&snapshot).department_numbers(numbers)), ["types-differ"]);
}

#[test]
fn users_groups_and_departments_that_could_be_mixed_up_are_refused() {
    let snapshot = snapshot();
    let users = || cases(&snapshot).party("assigned", Column::integer("user_id"));
    let same = users().party_group("assigned", Column::integer("user_id"));
    let same = same.party_department("branch", Column::integer("branch_id"));
    assert_eq!(codes(same), ["parties-mixed"]);
    let listed = |kind: Option<&str>| {
        let all = Participants::new("people", Column::integer("case_id"), Column::integer("who"));
        kind.into_iter().fold(all, |all, kind| all.only(Column::text("kind"), kind))
    };
    let mapped = |group, department| {
        codes(users().party_group("assigned", listed(group)).party_department("branch", listed(department)))
    };
    assert_eq!(mapped(None, None), ["parties-mixed"]);
    assert_eq!(mapped(Some("group"), None), ["parties-mixed"]);
    assert_eq!(mapped(Some("group"), Some("group")), ["parties-mixed"]);
    assert!(mapped(Some("group"), Some("department")).is_empty());
}

#[test]
fn a_filter_asks_for_the_viewers_groups_and_departments() {
    let snapshot = snapshot();
    let mapping = whole(&snapshot).build().unwrap();
    let one = filter(&snapshot, 1);
    assert_eq!(
        one.to_string(),
        "assigned is 1 or assigned is a group among 20, 21 or branch is a department among 10 and below"
    );
    assert_eq!(
        mapping.sql(&snapshot, &one, 0).unwrap().text,
        "(\"cases\".\"user_id\" = ? OR \"cases\".\"team_id\" IN (?, ?) OR (+\"cases\".\"id\") IN \
         (SELECT \"branches\".\"case_id\" FROM \"branches\" WHERE \"branches\".\"branch_id\" IN (?, ?)))"
    );
    let indexes: Vec<_> = mapping.indexes(&one).iter().map(ToString::to_string).collect();
    assert_eq!(
        indexes,
        ["branches (branch_id, case_id)", "cases (id)", "cases (team_id)", "cases (user_id)"]
    );
    let json = one.to_json();
    assert!(json.contains(r#"{"party_group": {"party": "assigned", "groups": [20, 21]}}"#), "{json}");
    let two = filter(&snapshot, 2);
    assert_eq!(two.to_string(), "no branch in 11");
    assert!(two.to_json().contains(r#""department_parties": ["branch"]"#), "{}", two.to_json());
    let read: Vec<_> = mapping.columns(&two).iter().map(|at| format!("{}.{}", at.table, at.column)).collect();
    assert_eq!(read, ["branches.branch_id", "branches.case_id", "cases.id"]);
}

#[test]
fn an_explanation_tells_the_way_into_a_group_and_how_departments_lie() {
    let snapshot = snapshot();
    let [assigned, branch] = ["assigned", "branch"].map(|party| snapshot.party(party).unwrap());
    let whose = [assigned.is_group(snapshot.user_group(20)), branch.is_department(snapshot.department(11))];
    let case = Record::at(snapshot.entity("case")).participants(&whose);
    let told = |user: i64| {
        let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
        access.explain(snapshot.action("read"), &case)
    };
    let text = told(1).to_string();
    for line in [
        "    assigned user group 20, the viewer is a member of 21, which 20 includes: own\n",
        "    branch department 11, the viewer in 10: subdepartments\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    let json = told(1).to_json();
    assert!(json.contains(r#""user_group": 20"#) && json.contains(r#""department": 11"#), "{json}");
    let text = told(2).to_string();
    assert!(text.contains("    assigned user group 20: no relation\n"), "{text}");
    assert!(text.contains("    branch department 11, the viewer in 11: department\n"), "{text}");
    assert!(text.contains("not elsewhere"), "{text}");
}

#[test]
fn a_participant_of_a_document_is_one_of_three() {
    let read = |participant: &str| {
        let text = format!(
            r#"{{"format": "bailiwick/scenario", "version": 1, "preset": "crm", "directory": {{}}, "policy": {{}},
            "records": [{{"key": 1, "place": {{"entity": "deal"}}, "participants": [{participant}]}}], "questions": []}}"#
        );
        Scenario::from_json(&text).err().map(|problem| problem.to_string())
    };
    assert_eq!(read(r#"{"party": "observer", "user_group": 1}"#), None);
    for wrong in [r#"{"party": "observer"}"#, r#"{"party": "observer", "user": 1, "department": 2}"#] {
        let problem = read(wrong).unwrap();
        assert!(
            problem.contains("a participant is one of `user`, `user_group` and `department`"),
            "{problem}"
        );
        assert!(problem.contains("/records/0/participants/0"), "{problem}");
    }
}

#[test]
fn memberships_of_users_do_not_count_for_departments_that_are_parties() {
    let snapshot = snapshot();
    let seated = whole(&snapshot)
        .memberships(Memberships::new(
            "members",
            Column::integer("user_id"),
            Column::integer("department_id"),
        ))
        .build()
        .unwrap();
    let text = seated.sql(&snapshot, &filter(&snapshot, 2), 0).unwrap().text;
    assert!(!text.contains("members"), "{text}");
}

#[test]
fn whoever_is_in_a_group_that_is_a_party_can_and_so_can_whoever_is_near_a_department() {
    let snapshot = snapshot();
    let [assigned, branch] = ["assigned", "branch"].map(|party| snapshot.party(party).unwrap());
    let who = |participant| {
        let whose = [participant];
        let case = Record::at(snapshot.entity("case")).participants(&whose);
        let roster = Roster::of(&snapshot);
        let who = roster.who_can(snapshot.action("read"), &case, Moment::from_unix_seconds(0));
        who.users().filter_map(|user| snapshot.user_key(user)).cloned().collect::<Vec<_>>()
    };
    // User 2 reads whatever is in none of his departments.
    assert_eq!(who(assigned.is_group(snapshot.user_group(20))), [1.into(), 2.into()]);
    assert_eq!(who(assigned.is_group(snapshot.user_group(99))), [2.into()]);
    assert_eq!(who(branch.is_department(snapshot.department(11))), [1.into()]);
}

#[test]
fn a_diff_tells_of_memberships_where_groups_can_be_parties() {
    let before = snapshot();
    let without = |principals| {
        let (mut policy, mut directory) = (policy(principals), directory());
        directory.user_groups[1].members.clear();
        policy.assignments.reverse();
        Snapshot::compile(&policy, &directory).unwrap()
    };
    let after = without(Principals::USERS | Principals::USER_GROUPS);
    let told = diff(&before, &after, Moment::from_unix_seconds(0), []);
    assert!(told.groups.is_empty());
    assert_eq!(told.ground, [Ground::UserGroups(1.into())]);
    let users_only = Snapshot::compile(&policy(Principals::USERS), &directory()).unwrap();
    let told = diff(&users_only, &without(Principals::USERS), Moment::from_unix_seconds(0), []);
    assert!(told.is_empty(), "{told}");
}
