//! References to nothing: one mistake, one problem, wherever a reference can stand.

use bailiwick::{Department, Key, Offer, Place, Rank, Subject, Targets, Transition, Unit};

use crate::problems::{Draft, assert_cases, general, right};

fn give(draft: &mut Draft, to: Subject) {
    draft.policy.assignments[0].to = to;
}

fn department(draft: &mut Draft, to: fn(Key<Department>) -> Subject, key: &str) {
    give(draft, to(key.into()));
}

#[test]
fn dangling_references_of_a_directory() {
    assert_cases(&[
        (
            |it| it.directory.departments[2].parent = Some("attic".into()),
            "dangling attic at directory/departments/2/parent",
            |it| it.directory.departments[2].parent = Some("sales".into()),
        ),
        (
            |it| it.directory.departments[1].heads.push("nobody".into()),
            "dangling nobody at directory/departments/1/heads/1",
            |it| it.directory.departments[1].heads.push("vera".into()),
        ),
        (
            |it| it.directory.departments[2].deputies.push("nobody".into()),
            "dangling nobody at directory/departments/2/deputies/0",
            |it| it.directory.departments[2].deputies.push("vera".into()),
        ),
        (
            |it| it.directory.users[1].departments.push("attic".into()),
            "dangling attic at directory/users/1/departments/2",
            |it| it.directory.users[1].departments.push("company".into()),
        ),
        (
            |it| it.directory.user_groups[0].members[1].user = "nobody".into(),
            "dangling nobody at directory/user_groups/0/members/1/user",
            |it| it.directory.user_groups[0].members[1].user = "vera".into(),
        ),
        (
            |it| it.directory.user_groups[1].includes.push("none".into()),
            "dangling none at directory/user_groups/1/includes/1",
            |it| it.directory.user_groups[1].includes.push("all".into()),
        ),
        (
            |it| it.directory.social_groups[0].owner = "nobody".into(),
            "dangling nobody at directory/social_groups/0/owner",
            |it| it.directory.social_groups[0].owner = "anna".into(),
        ),
        (
            |it| it.directory.social_groups[0].moderators[0] = "nobody".into(),
            "dangling nobody at directory/social_groups/0/moderators/0",
            |it| it.directory.social_groups[0].moderators.clear(),
        ),
        (
            |it| it.directory.social_groups[0].members[0] = "nobody".into(),
            "dangling nobody at directory/social_groups/0/members/0",
            |it| it.directory.social_groups[0].members.clear(),
        ),
        (
            |it| it.directory.social_groups[0].pending[0] = "nobody".into(),
            "dangling nobody at directory/social_groups/0/pending/0",
            |it| it.directory.social_groups[0].pending.clear(),
        ),
        (
            |it| it.directory.social_groups[0].banned.push("nobody".into()),
            "dangling nobody at directory/social_groups/0/banned/0",
            |it| it.directory.social_groups[0].pending[0] = "zoe".into(),
        ),
        (
            |it| it.directory.ticket_groups[0].members[0].user = "nobody".into(),
            "dangling nobody at directory/ticket_groups/0/members/0/user",
            |it| it.directory.ticket_groups[0].members[0].user = "vera".into(),
        ),
    ]);
}

#[test]
fn dangling_references_of_a_vocabulary() {
    assert_cases(&[
        (
            |it| it.entity().offers.push(Offer::new("fly")),
            "dangling fly at vocabulary/entities/0/offers/4/action",
            |it| it.policy.vocabulary.entities[1].offers.push(Offer::new("update")),
        ),
        (
            |it| it.entity().offers[1].levels.push("some".into()),
            "dangling some at vocabulary/entities/0/offers/1/levels/4",
            |it| it.entity().offers[3].levels.push("own".into()),
        ),
        (
            |it| *it.entity() = it.entity().clone().settings("nothing", "configure"),
            "dangling nothing at vocabulary/entities/0/settings/entity",
            |it| *it.entity() = it.entity().clone().settings("task", "read"),
        ),
        (
            |it| *it.entity() = it.entity().clone().frees_administrators_when("moon"),
            "dangling moon at vocabulary/entities/0/administrators/when",
            |it| *it.entity() = it.entity().clone().frees_administrators_when("phone"),
        ),
    ]);
}

#[test]
fn names_that_a_policy_does_not_find() {
    assert_cases(&[
        (
            |it| it.policy.assignments[1].role = "king".into(),
            "unknown king at policy/assignments/1/role",
            |it| it.policy.assignments[1].role = "boss".into(),
        ),
        (
            |it| it.policy.assignments[2].when.push("moon".into()),
            "unknown moon at policy/assignments/2/when/1",
            |it| it.policy.assignments[2].when.push("phone".into()),
        ),
        (
            |it| it.policy.roles[0].rights[0] = right("house", "read", "own"),
            "unknown house at policy/roles/0/rights/0/place",
            |it| it.policy.roles[0].rights[0] = right("task", "read", "all"),
        ),
        (
            |it| it.policy.roles[0].rights[0].place = Place::entity("deal").pipeline("pipe"),
            "unknown deal/pipe at policy/roles/0/rights/0/place",
            |it| it.policy.roles[0].rights[0].place = Place::entity("deal").pipeline("partner"),
        ),
        (
            |it| it.policy.roles[0].rights[0].place = Place::entity("deal").pipeline("partner").stage("won"),
            "unknown deal/partner/won at policy/roles/0/rights/0/place",
            |it| it.policy.roles[0].rights[0].place = Place::entity("deal").pipeline("partner").stage("new"),
        ),
        (
            |it| it.policy.roles[0].rights[1].action = "fly".into(),
            "unknown fly at policy/roles/0/rights/1/action",
            |it| it.policy.roles[0].rights[1].action = "create".into(),
        ),
        (
            |it| it.policy.roles[0].rights[1].level = "some".into(),
            "unknown some at policy/roles/0/rights/1/level",
            |it| it.policy.roles[0].rights[1].level = "open".into(),
        ),
        (
            |it| it.policy.roles[0].supersedes.push("king".into()),
            "unknown king at policy/roles/0/supersedes/0",
            |it| it.policy.roles[0].supersedes.push("boss".into()),
        ),
        (
            |it| it.policy.roles[0].transitions[0] = Transition::new("house", Targets::Any),
            "unknown house at policy/roles/0/transitions/0/from",
            |it| it.policy.roles[0].transitions[0] = Transition::new("task", Targets::Any),
        ),
        (
            |it| it.policy.roles[0].transitions[1].to = Targets::stages(["won", "lost"]),
            "unknown lost at policy/roles/0/transitions/1/to/stages/1",
            |it| it.policy.roles[0].transitions[1].to = Targets::stages(["won", "won"]),
        ),
        (
            |it| {
                let partner = Place::entity("deal").pipeline("partner");
                it.policy.roles[0].transitions[0] = Transition::new(partner, Targets::stages(["won"]));
            },
            "unknown won at policy/roles/0/transitions/0/to/stages/0",
            |it| it.policy.roles[0].transitions[0] = Transition::new(general(), Targets::stages(["won"])),
        ),
    ]);
}

#[test]
fn subjects_that_a_policy_does_not_find() {
    assert_cases(&[
        (
            |it| give(it, Subject::User("nobody".into())),
            "unknown nobody at policy/assignments/0/to",
            |it| give(it, Subject::User("vera".into())),
        ),
        (
            |it| give(it, Subject::Employee("nobody".into())),
            "unknown nobody at policy/assignments/0/to",
            |it| give(it, Subject::Employee("zoe".into())),
        ),
        (
            |it| department(it, Subject::Department, "attic"),
            "unknown attic at policy/assignments/0/to",
            |it| department(it, Subject::Department, "store"),
        ),
        (
            |it| department(it, Subject::DepartmentTree, "attic"),
            "unknown attic at policy/assignments/0/to",
            |it| department(it, Subject::DepartmentTree, "store"),
        ),
        (
            |it| department(it, |key| Subject::Heads(Unit::Of(key)), "attic"),
            "unknown attic at policy/assignments/0/to",
            |it| department(it, |key| Subject::Heads(Unit::Of(key)), "store"),
        ),
        (
            |it| department(it, |key| Subject::Deputies(Unit::Of(key)), "attic"),
            "unknown attic at policy/assignments/0/to",
            |it| department(it, |key| Subject::Deputies(Unit::Of(key)), "store"),
        ),
        (
            |it| department(it, |key| Subject::Employees(Unit::Of(key)), "attic"),
            "unknown attic at policy/assignments/0/to",
            |it| department(it, |key| Subject::Employees(Unit::Of(key)), "store"),
        ),
        (
            |it| give(it, Subject::UserGroup("none".into())),
            "unknown none at policy/assignments/0/to",
            |it| give(it, Subject::UserGroup("staff".into())),
        ),
        (
            |it| give(it, Subject::SocialGroup("none".into(), Rank::Member)),
            "unknown none at policy/assignments/0/to",
            |it| give(it, Subject::SocialGroup("club".into(), Rank::Member)),
        ),
        (
            |it| give(it, Subject::Author),
            "author-not-assignable clerk at policy/assignments/0/to",
            |it| give(it, Subject::Everyone),
        ),
    ]);
}
