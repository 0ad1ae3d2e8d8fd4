//! Roles that are held apart, and substitutions: what they name must be there, and something must come of them.

use bailiwick::{Assignment, Extent, Moment, Place, Subject, Substitution, Window};

use crate::problems::{assert_cases, general};

fn empty() -> Window {
    Window::from(Moment::from_unix_seconds(2)).until(Moment::from_unix_seconds(1))
}

#[test]
fn a_role_is_confined_to_a_department_that_there_is() {
    assert_cases(&[
        (
            |it| it.policy.assignments.push(Assignment::new("clerk", Subject::SignedIn).within("north")),
            "unknown north at policy/assignments/5/within",
            |it| it.policy.assignments.push(Assignment::new("clerk", Subject::SignedIn).within("store")),
        ),
        (
            |it| it.policy.assignments.push(Assignment::new("clerk", Subject::SignedIn).audited_as("")),
            "key-unusable  at policy/assignments/5/audited_as",
            |it| it.policy.assignments.push(Assignment::new("clerk", Subject::SignedIn).audited_as("4711")),
        ),
    ]);
}

#[test]
fn a_substitution_names_people_and_a_time() {
    assert_cases(&[
        (
            |it| it.policy.substitutions.push(Substitution::new("nobody", "boris")),
            "unknown nobody at policy/substitutions/1/absent",
            |it| it.policy.substitutions.push(Substitution::new("vera", "boris")),
        ),
        (
            |it| it.policy.substitutions.push(Substitution::new("anna", "nobody")),
            "unknown nobody at policy/substitutions/1/substitute",
            |it| it.policy.substitutions.push(Substitution::new("anna", "anna")),
        ),
        (
            |it| it.policy.substitutions[0].window = empty(),
            "window-empty at policy/substitutions/0",
            |it| it.policy.substitutions[0].window = Window::ALWAYS,
        ),
    ]);
}

#[test]
fn a_substitution_passes_on_what_there_is_and_what_that_requires() {
    assert_cases(&[
        (
            |it| it.policy.substitutions[0].only = Some(vec![Extent::at(general().stage("gone"))]),
            "unknown deal/general/gone at policy/substitutions/0/only/0/place",
            |it| it.policy.substitutions[0].only = Some(vec![Extent::at(general().stage("won"))]),
        ),
        (
            |it| it.policy.substitutions[0].only = Some(vec![Extent::everywhere().actions(["steal"])]),
            "unknown steal at policy/substitutions/0/only/0/actions/0",
            |it| it.policy.substitutions[0].only = Some(vec![Extent::everywhere().actions(["create"])]),
        ),
        (
            |it| it.policy.substitutions[0].only = Some(vec![Extent::at("task").actions(["read", "create"])]),
            "action-not-offered task create at policy/substitutions/0/only/0/actions/1",
            |it| it.policy.substitutions[0].only = Some(vec![Extent::at("deal").actions(["read", "create"])]),
        ),
        (
            |it| it.policy.substitutions[0].only = Some(vec![Extent::at("deal").actions(["update"])]),
            "prerequisite-left-out deal update read at policy/substitutions/0/only",
            |it| {
                let read = Extent::everywhere().actions(["read"]);
                it.policy.substitutions[0].only = Some(vec![Extent::at("deal").actions(["update"]), read]);
            },
        ),
        (
            |it| {
                let update = Extent::at(Place::entity("deal")).actions(["update"]);
                it.policy.substitutions[0].only = Some(vec![update, Extent::at(general()).actions(["read"])]);
            },
            "prerequisite-left-out deal update read at policy/substitutions/0/only",
            |it| it.policy.substitutions[0].only = Some(Vec::new()),
        ),
    ]);
}
