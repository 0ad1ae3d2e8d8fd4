//! What can be wrong with the limits of a policy.

use bailiwick::{Among, Limit, Moment, Place, Subject, Window};

use crate::problems::{Draft, assert_cases, general};

fn named(draft: &mut Draft) -> &mut Vec<Place> {
    match &mut draft.policy.limits[0].places {
        Among::These(places) => places,
        Among::All | Among::AllBut(_) => panic!("the first limit names places"),
    }
}

#[test]
fn limits_are_looked_at() {
    assert_cases(&[
        (
            |it| it.policy.limits.push(Limit::new("phone", Subject::Everyone)),
            "duplicate phone at policy/limits/2/key",
            |it| it.policy.limits.push(Limit::new("clerk", Subject::Everyone)),
        ),
        (
            |it| it.policy.limits[0].key = "".into(),
            "key-unusable  at policy/limits/0/key",
            |it| it.policy.limits[0].key = "update".into(),
        ),
        (
            |it| it.policy.limits[1].on = Subject::UserGroup("none".into()),
            "unknown none at policy/limits/1/on",
            |it| it.policy.limits[1].on = Subject::UserGroup("all".into()),
        ),
        (
            |it| it.policy.limits[1].on = Subject::Author,
            "author-not-limitable outside at policy/limits/1/on",
            |it| it.policy.limits[1].on = Subject::Everyone,
        ),
        (
            |it| it.policy.limits[0].window = Window::from(Moment::MAX).until(Moment::MIN),
            "window-empty at policy/limits/0",
            |it| it.policy.limits[0].window = Window::from(Moment::MAX),
        ),
        (
            |it| it.policy.limits[0].when.push("moon".into()),
            "unknown moon at policy/limits/0/when/1",
            |it| it.policy.limits[0].when.push("office".into()),
        ),
        (
            |it| it.policy.limits[1].unless.extend(["phone".into(), "office".into()]),
            "duplicate office at policy/limits/1/unless/2",
            |it| it.policy.limits[1].unless.push("phone".into()),
        ),
        (
            |it| it.policy.limits[0].unless.extend(["office".into(), "phone".into()]),
            "circumstance-contradicted phone at policy/limits/0/unless/1",
            |it| it.policy.limits[0].unless.push("office".into()),
        ),
    ]);
}

#[test]
fn what_limits_take_is_looked_up() {
    assert_cases(&[
        (
            |it| it.policy.limits[0].actions = Among::These(vec!["read".into(), "fly".into()]),
            "unknown fly at policy/limits/0/actions/these/1",
            |it| it.policy.limits[0].actions = Among::These(vec!["read".into(), "read".into()]),
        ),
        (
            |it| it.policy.limits[0].actions = Among::AllBut(vec!["fly".into()]),
            "unknown fly at policy/limits/0/actions/all_but/0",
            |it| it.policy.limits[0].actions = Among::AllBut(Vec::new()),
        ),
        (
            |it| named(it).push(Place::entity("house")),
            "unknown house at policy/limits/0/places/these/1",
            |it| named(it).push(Place::entity("task")),
        ),
        (
            |it| named(it).push(general().stage("lost")),
            "unknown deal/general/lost at policy/limits/0/places/these/1",
            |it| named(it).push(general().stage("new")),
        ),
        (
            |it| it.policy.limits[1].places = Among::AllBut(vec![Place::entity("deal").pipeline("pipe")]),
            "unknown deal/pipe at policy/limits/1/places/all_but/0",
            |it| it.policy.limits[1].places = Among::AllBut(vec![general()]),
        ),
    ]);
}
