//! What a social group hosts, in the questions that no law of another file asks: filters in databases, explanations, who can, documents,
//! nearest grants.

use bailiwick::explain::{Admission, Bound};
use bailiwick::review::Roster;
use bailiwick::sql::{Column, Dialect, Mapping};
use bailiwick::{
    Access, Audience, Department, Directory, Moment, Opening, Policy, Record, Snapshot, SocialGroup, User,
    social_groups,
};
use sea_query::{PostgresQueryBuilder, Query};

fn directory() -> Directory {
    Directory::new()
        .with(Department::new("company"))
        .with(User::new("owner").sits_in("company"))
        .with(User::new("member").sits_in("company"))
        .with(User::new("banned").sits_in("company"))
        .with(User::new("outsider").sits_in("company"))
        .with(SocialGroup::new("club", "owner").member("member").banned("banned"))
        .with(
            SocialGroup::new("loud", "owner").audience("tasks.view_all", Audience::SignedIn).banned("banned"),
        )
}

fn policy() -> Policy {
    let mut policy = Policy::new(social_groups::vocabulary()).roles(social_groups::roles());
    policy.assignments = social_groups::default_assignments();
    policy
}

fn access<'s>(snapshot: &'s Snapshot, user: &str) -> Access<'s> {
    snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0))
}

#[test]
fn a_filter_names_the_groups_and_runs_in_a_database() {
    let snapshot = Snapshot::compile(&policy(), &directory()).unwrap();
    let filter = access(&snapshot, "member").filter(social_groups::READ, social_groups::TASK);
    assert_eq!(filter.to_string(), "owner is member or hosted by club or loud");
    let mapping = |host: bool| {
        let mapping = Mapping::of(&snapshot, social_groups::TASK, Dialect::Postgres, "tasks")
            .party("owner", Column::text("owner_id"));
        let mapping = if host { mapping.host(Column::text("group_id")) } else { mapping };
        mapping.build().map_err(|problems| problems.iter().map(|it| it.code()).collect::<Vec<_>>())
    };
    assert_eq!(mapping(false).err(), Some(vec!["host-missing"]));
    let mapping = mapping(true).unwrap();
    let condition = mapping.condition(&snapshot, &filter).unwrap();
    let mut query = Query::select();
    query.column("id").from("tasks").cond_where(condition);
    let query = query.to_string(PostgresQueryBuilder);
    assert!(query.contains(r#""tasks"."group_id""#) && query.contains("'club'"), "{query}");
    let read: Vec<String> = mapping.columns(&filter).into_iter().map(|it| it.column).collect();
    assert_eq!(read, ["group_id", "owner_id"]);
    let outsider = access(&snapshot, "outsider").filter(social_groups::UPDATE, social_groups::TASK);
    assert_eq!(outsider.to_string(), "owner is outsider");
}

#[test]
fn an_explanation_names_group_operation_audience_rank_and_what_it_comes_to() {
    let snapshot = Snapshot::compile(&policy(), &directory()).unwrap();
    let club = [Opening::Hosted(snapshot.social_group("club").unwrap())];
    let task = Record::at(social_groups::TASK).owner(snapshot.user("outsider")).openings(&club);
    let told = |user: &str, action| {
        let explanation = access(&snapshot, user).explain(action, &task);
        let hosting = explanation.demands[0].hosts[0].clone();
        assert_eq!(hosting.admission.is_admitted(), explanation.decision.is_allowed() && user != "outsider");
        (hosting.to_string(), hosting.admission, explanation.to_string(), explanation.to_json())
    };
    let (line, admission, text, json) = told("member", social_groups::READ);
    assert_eq!(admission, Admission::InAudience);
    assert_eq!(line.trim(), "hosted by club: tasks.view_all is for members, he is a member: in-audience");
    assert!(text.contains(line.trim()), "{text}");
    assert!(json.contains("\"admission\": \"in-audience\""), "{json}");
    assert_eq!(told("member", social_groups::UPDATE).1, Admission::OutsideAudience);
    assert_eq!(told("banned", social_groups::READ).1, Admission::Banned);
}

#[test]
fn who_can_counts_members_and_everybody_where_the_audience_is_wide() {
    let snapshot = Snapshot::compile(&policy(), &directory()).unwrap();
    let roster = Roster::of(&snapshot);
    let who = |group: &str| {
        let host = [Opening::Hosted(snapshot.social_group(group).unwrap())];
        let task = Record::at(social_groups::TASK).openings(&host);
        let who = roster.who_can(snapshot.action("read"), &task, Moment::from_unix_seconds(0));
        let by: Vec<&str> = who.groups().iter().map(|group| group.by().code()).collect();
        let users = who.users().filter_map(|user| snapshot.user_key(user)).map(ToString::to_string);
        (users.collect::<Vec<_>>(), by.join(" "))
    };
    assert_eq!(who("club"), (vec!["owner".to_owned(), "member".to_owned()], "hosted".to_owned()));
    assert_eq!(who("loud").0, ["owner", "member", "outsider"]);
}

#[test]
fn joining_the_group_is_a_nearest_grant() {
    let (policy, directory) = (policy(), directory());
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    let club = [Opening::Hosted(snapshot.social_group("club").unwrap())];
    let task = Record::at(social_groups::TASK).owner(snapshot.user("owner")).openings(&club);
    let grants = |action| {
        let outsider = access(&snapshot, "outsider");
        let nearest = outsider.nearest_grants(action, &task, Bound::new(&policy, &directory));
        nearest.grants.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert!(grants(social_groups::READ).iter().any(|it| it.contains("club") && it.contains("member")));
    assert!(grants(social_groups::UPDATE).iter().any(|it| it.contains("club") && it.contains("moderator")));
}

#[test]
fn a_group_that_there_is_not_opens_nothing() {
    let snapshot = Snapshot::compile(&policy(), &directory()).unwrap();
    let none = [Opening::Hosted(snapshot.social_group("none").into())];
    let task = Record::at(social_groups::TASK).owner(snapshot.user("outsider"));
    assert!(access(&snapshot, "member").check(social_groups::READ, &task.openings(&none)).is_denied());
    assert!(access(&snapshot, "outsider").check(social_groups::READ, &task.openings(&none)).is_allowed());
}
