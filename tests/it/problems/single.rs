//! Repetitions, and what is not on offer: one mistake, one problem, wherever it can stand.

use bailiwick::{
    Department, Entity, Flag, Grain, Level, Membership, Moment, Offer, Party, PartyRule, Pipeline, Place,
    Relations, RightRef, Role, SocialGroup, Targets, TicketGroup, TicketMember, Transition, User, UserGroup,
    Window,
};

use crate::problems::{Draft, assert_cases, august, general, right};

fn at(seconds: i64) -> Moment {
    Moment::from_unix_seconds(seconds)
}

#[test]
fn duplicates_in_a_directory() {
    assert_cases(&[
        (
            |it| it.directory.departments.push(Department::new("sales")),
            "duplicate sales at directory/departments/3/key",
            |it| it.directory.departments.push(Department::new("Sales")),
        ),
        (
            |it| it.directory.users.push(User::new("anna")),
            "duplicate anna at directory/users/5/key",
            |it| it.directory.users.push(User::new("sales")),
        ),
        (
            |it| it.directory.user_groups.push(UserGroup::new("all")),
            "duplicate all at directory/user_groups/2/key",
            |it| it.directory.user_groups.push(UserGroup::new("club")),
        ),
        (
            |it| it.directory.social_groups.push(SocialGroup::new("club", "zoe")),
            "duplicate club at directory/social_groups/1/key",
            |it| it.directory.social_groups.push(SocialGroup::new("staff", "zoe")),
        ),
        (
            |it| it.directory.ticket_groups.push(TicketGroup::of_clients("desk")),
            "duplicate desk at directory/ticket_groups/1/key",
            |it| it.directory.ticket_groups.push(TicketGroup::of_clients("club")),
        ),
        (
            |it| it.directory.ticket_groups[0].members.push(TicketMember::new("anna")),
            "duplicate anna at directory/ticket_groups/0/members/1/user",
            |it| it.directory.ticket_groups[0].members.push(TicketMember::new("boris")),
        ),
        (
            |it| it.directory.users[1].departments.push("sales".into()),
            "duplicate sales at directory/users/1/departments/2",
            |it| it.directory.users[0].departments.push("sales".into()),
        ),
        (
            |it| it.directory.departments[1].heads.push("anna".into()),
            "duplicate anna at directory/departments/1/heads/1",
            |it| it.directory.departments[1].deputies.push("anna".into()),
        ),
        (
            |it| it.directory.departments[1].deputies.push("boris".into()),
            "duplicate boris at directory/departments/1/deputies/1",
            |it| it.directory.departments[1].heads.push("boris".into()),
        ),
        (
            |it| it.directory.user_groups[1].includes.push("staff".into()),
            "duplicate staff at directory/user_groups/1/includes/1",
            |it| it.directory.user_groups[0].includes.push("staff".into()),
        ),
        (
            |it| it.directory.user_groups[0].members.push(Membership::new("boris", august())),
            "duplicate boris at directory/user_groups/0/members/2",
            |it| it.directory.user_groups[0].members.push(Membership::new("boris", at(300))),
        ),
        (
            |it| it.directory.social_groups[0].members.push("anna".into()),
            "duplicate anna at directory/social_groups/0/members/1",
            |it| it.directory.social_groups[0].members.push("karl".into()),
        ),
        (
            |it| it.directory.social_groups[0].banned.push("zoe".into()),
            "duplicate zoe at directory/social_groups/0/banned/0",
            |it| it.directory.social_groups.push(SocialGroup::new("other", "zoe")),
        ),
    ]);
}

#[test]
fn duplicates_in_a_vocabulary() {
    assert_cases(&[
        (
            |it| it.vocabulary().parties.push(PartyRule::new("observer")),
            "duplicate observer at vocabulary/parties/2/key",
            |it| it.vocabulary().parties.push(PartyRule::new("open")),
        ),
        (
            |it| it.vocabulary().flags.push("open".into()),
            "duplicate open at vocabulary/flags/1",
            |it| it.vocabulary().flags.push("observer".into()),
        ),
        (
            |it| it.vocabulary().levels.push(Level::new("own", Relations::ALWAYS)),
            "duplicate own at vocabulary/levels/4/key",
            |it| it.vocabulary().levels.push(Level::new("Own", Relations::OWN)),
        ),
        (
            |it| it.vocabulary().actions.push("read".into()),
            "duplicate read at vocabulary/actions/4",
            |it| it.vocabulary().actions.push("deal".into()),
        ),
        (
            |it| it.vocabulary().circumstances.push("office".into()),
            "duplicate office at vocabulary/circumstances/2",
            |it| it.vocabulary().circumstances.push("open".into()),
        ),
        (
            |it| it.vocabulary().entities.push(Entity::new("task")),
            "duplicate task at vocabulary/entities/2/key",
            |it| it.vocabulary().entities.push(Entity::new("read")),
        ),
        (
            |it| it.entity().pipelines.push(Pipeline::new("general", ["third"])),
            "duplicate general at vocabulary/entities/0/pipelines/2/key",
            |it| it.vocabulary().entities[1].pipelines.push(Pipeline::new("general", ["third"])),
        ),
        (
            |it| it.entity().pipelines[0].stages.push("new".into()),
            "duplicate new at vocabulary/entities/0/pipelines/0/stages/2",
            |it| it.entity().pipelines[1].stages.push("won".into()),
        ),
        (
            |it| it.entity().offers.push(Offer::new("create")),
            "duplicate create at vocabulary/entities/0/offers/4/action",
            |it| it.vocabulary().entities[1].offers.push(Offer::new("create")),
        ),
    ]);
}

#[test]
fn duplicates_in_a_policy() {
    assert_cases(&[
        (
            |it| it.policy.roles.push(Role::new("clerk")),
            "duplicate clerk at policy/roles/2/key",
            |it| it.policy.roles.push(Role::new("Clerk")),
        ),
        (
            |it| it.policy.roles[0].rights.push(right("deal", "read", "none")),
            "duplicate deal read at policy/roles/0/rights/3",
            |it| it.policy.roles[1].rights.push(right("deal", "read", "none")),
        ),
        (
            |it| it.policy.roles[0].transitions.push(Transition::new("deal", Targets::Any)),
            "duplicate deal at policy/roles/0/transitions/2",
            |it| it.policy.roles[0].transitions.push(Transition::new(general(), Targets::Any)),
        ),
        (
            |it| it.policy.roles[0].supersedes = vec!["boss".into(), "boss".into()],
            "duplicate boss at policy/roles/0/supersedes/1",
            |it| it.policy.roles[0].supersedes = vec!["boss".into()],
        ),
        (
            |it| it.policy.assignments[2].when.extend(["phone".into(), "office".into()]),
            "duplicate office at policy/assignments/2/when/2",
            |it| it.policy.assignments[1].when.extend(["phone".into(), "office".into()]),
        ),
    ]);
}

#[test]
fn actions_that_are_not_offered() {
    assert_cases(&[
        (
            |it| it.entity().offers[0].requires.push("fly".into()),
            "action-not-offered deal fly at vocabulary/entities/0/offers/0/requires/0",
            |it| it.entity().offers[0].requires.push("create".into()),
        ),
        (
            |it| it.vocabulary().entities[1].offers[0].requires.push("update".into()),
            "action-not-offered task update at vocabulary/entities/1/offers/0/requires/0",
            |it| it.entity().offers[2].requires.push("create".into()),
        ),
        (
            |it| it.vocabulary().entities[1].reads_by = Some("update".into()),
            "action-not-offered task update at vocabulary/entities/1/reads_by",
            |it| it.vocabulary().entities[1].reads_by = Some("read".into()),
        ),
        (
            |it| it.vocabulary().entities[1].creates_by = Some("fly".into()),
            "action-not-offered task fly at vocabulary/entities/1/creates_by",
            |it| it.vocabulary().entities[1].creates_by = Some("read".into()),
        ),
        (
            |it| it.vocabulary().entities[1].updates_by = Some("create".into()),
            "action-not-offered task create at vocabulary/entities/1/updates_by",
            |it| it.vocabulary().entities[1].updates_by = None,
        ),
        (
            |it| *it.entity() = it.entity().clone().settings("task", "configure"),
            "action-not-offered task configure at vocabulary/entities/0/settings/action",
            |it| it.entity().settings = None,
        ),
        (
            |it| it.policy.roles[1].rights.push(right("task", "update", "all")),
            "action-not-offered task update at policy/roles/1/rights/2/action",
            |it| it.policy.roles[1].rights.push(right("deal", "update", "all")),
        ),
    ]);
}

#[test]
fn levels_and_places_that_are_not_offered() {
    assert_cases(&[
        (
            |it| it.policy.roles[1].rights[0].level = "own".into(),
            "level-not-offered deal configure own at policy/roles/1/rights/0/level",
            |it| it.policy.roles[1].rights[0].level = "none".into(),
        ),
        (
            |it| it.policy.roles[1].rights[0].place = general(),
            "place-too-fine deal/general configure at policy/roles/1/rights/0/place",
            |it| it.entity().offers[3].finest = Grain::Stage,
        ),
        (
            |it| it.policy.roles[0].rights[2].place = general().stage("won"),
            "place-too-fine deal/general/won update at policy/roles/0/rights/2/place",
            |it| it.policy.roles[0].rights[2].place = Place::entity("deal"),
        ),
    ]);
}

#[test]
fn relations_that_cannot_be_decided() {
    assert_cases(&[
        (
            |it| it.vocabulary().parties[0].counts_for |= Relations::ALWAYS,
            "relation-not-countable responsible at vocabulary/parties/0/counts_for",
            |it| it.vocabulary().parties[0].counts_for = Relations::COUNTABLE,
        ),
        (
            |it| it.vocabulary().parties[0].counts_for |= Relations::ELSEWHERE,
            "relation-not-countable responsible at vocabulary/parties/0/counts_for",
            |it| it.vocabulary().levels[2].relations |= Relations::ELSEWHERE,
        ),
        (
            |it| it.vocabulary().parties[1].counts_for |= Party::nth(1).relation(),
            "relation-not-countable observer at vocabulary/parties/1/counts_for",
            |it| it.vocabulary().parties[1].counts_for = Relations::empty(),
        ),
        (
            |it| it.vocabulary().levels[2].relations |= Flag::nth(1).relation(),
            "relation-undeclared open at vocabulary/levels/2/relations",
            |it| it.vocabulary().levels[2].relations |= Party::nth(1).relation(),
        ),
        (
            |it| it.vocabulary().levels[2].relations |= Party::nth(2).relation(),
            "relation-undeclared open at vocabulary/levels/2/relations",
            |it| it.vocabulary().levels[2].relations = Relations::COUNTABLE | Relations::ALWAYS,
        ),
        (
            |it| it.vocabulary().levels[3].relations |= Relations::from_bits_retain(1 << 30),
            "relation-undeclared all at vocabulary/levels/3/relations",
            |it| it.vocabulary().levels[3].relations = Relations::OWN,
        ),
        (
            |it| it.entity().offers[2].standing = Flag::nth(7).relation(),
            "relation-undeclared update at vocabulary/entities/0/offers/2/standing",
            |it| it.entity().offers[2].standing = Flag::nth(0).relation(),
        ),
    ]);
}

#[test]
fn windows_and_settings() {
    assert_cases(&[
        (
            |it| it.policy.assignments[0].window = Window::from(at(2)).until(at(1)),
            "window-empty at policy/assignments/0",
            |it| it.policy.assignments[0].window = Window::from(at(1)).until(at(1)),
        ),
        (
            |it| it.directory.user_groups[0].members[1].window = Window::from(at(2)).until(at(1)),
            "window-empty at directory/user_groups/0/members/1",
            |it| it.directory.user_groups[0].members[1].window = Window::from(Moment::MIN).until(Moment::MIN),
        ),
        (
            |it| {
                it.entity().offers[3].by_settings = true;
                it.vocabulary().entities[1].settings = None;
            },
            "settings-nested deal at vocabulary/entities/0/settings",
            |it| it.entity().offers[2].by_settings = true,
        ),
    ]);
}

fn through(it: &mut Draft, rights: &[(&str, &str)]) {
    for (entity, action) in rights {
        let right = RightRef { entity: (*entity).into(), action: (*action).into() };
        it.entity().offers[0].through.push(right);
    }
}

#[test]
fn links() {
    assert_cases(&[
        (
            |it| through(it, &[("nowhere", "read")]),
            "dangling nowhere at vocabulary/entities/0/offers/0/through/0/entity",
            |it| through(it, &[("deal", "read")]),
        ),
        (
            |it| through(it, &[("deal", "read"), ("deal", "approve")]),
            "action-not-offered deal approve at vocabulary/entities/0/offers/0/through/1/action",
            |it| through(it, &[("deal", "read"), ("deal", "update")]),
        ),
        (
            |it| through(it, &[("deal", "read"), ("deal", "update"), ("deal", "read")]),
            "duplicate deal read at vocabulary/entities/0/offers/0/through/2",
            |it| through(it, &[("deal", "update"), ("deal", "read")]),
        ),
        (
            |it| it.vocabulary().levels[2].relations |= Relations::LINKED,
            "relation-undeclared open at vocabulary/levels/2/relations",
            |it| it.vocabulary().levels[2].relations |= Relations::ELSEWHERE,
        ),
    ]);
}
