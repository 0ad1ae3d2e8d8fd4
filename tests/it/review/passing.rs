//! What needs two rights by one substitution is not allowed by two, of which each passes one: no right that is looked at alone differs.

use bailiwick::review::{Diff, Ground, diff};
use bailiwick::{
    Assignment, Directory, Extent, Moment, Pipeline, Policy, Record, Role, Snapshot, Subject, Substitution,
    User, crm,
};

const NOW: Moment = Moment::from_unix_seconds(0);

/// Anna does everything with deals, and boris stands in for her.
fn company(passed: &[Substitution]) -> Snapshot {
    let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    let vocabulary = crm::with_pipeline(crm::vocabulary(), crm::DEAL, Pipeline::new("partners", ["agreed"]));
    let seller = [crm::READ, crm::UPDATE, crm::CREATE]
        .into_iter()
        .fold(Role::new("seller"), |role, action| role.set(crm::DEAL, action, crm::ALL));
    let policy =
        Policy::new(vocabulary).role(seller).assign(Assignment::new("seller", Subject::User("anna".into())));
    Snapshot::compile(&passed.iter().cloned().fold(policy, Policy::substitute), &directory)
        .unwrap_or_else(|problems| panic!("{problems}"))
}

fn passing(extents: impl IntoIterator<Item = Extent>) -> Substitution {
    extents.into_iter().fold(Substitution::new("anna", "boris"), Substitution::only)
}

fn updating() -> Extent {
    Extent::at(crm::DEAL.pipeline("general")).actions([crm::READ, crm::UPDATE])
}

fn creating() -> Extent {
    Extent::at(crm::DEAL.pipeline("partners")).actions([crm::CREATE])
}

/// Whether boris may move a deal to the other pipeline.
fn moves(company: &Snapshot) -> bool {
    let deal = Record::at(crm::DEAL.pipeline("general").stage("new"));
    let to = crm::DEAL.pipeline("partners").stage("agreed");
    company.access(company.user("boris"), NOW).relocate(&deal, to).is_allowed()
}

fn between(before: &[Substitution], after: &[Substitution]) -> Diff {
    diff(&company(before), &company(after), NOW, [])
}

#[test]
fn what_passes_together_and_did_not_is_on_the_ground() {
    let (apart, together) =
        ([passing([updating()]), passing([creating()])], [passing([updating(), creating()])]);
    assert!(!moves(&company(&apart)) && moves(&company(&together)));
    for found in [between(&apart, &together), between(&together, &apart)] {
        assert_eq!(found.ground, [Ground::Substitutions("boris".into())], "{found}");
        assert!(found.groups.is_empty(), "{found}");
    }
    let found = between(&apart, &together).to_string();
    assert_eq!(
        found,
        "no rights change, but what some are measured by\n\
         boris stands in for somebody by substitutions that pass other things together\n"
    );
}

#[test]
fn what_another_passes_as_well_makes_no_difference() {
    let (one, other) = (passing([updating()]), passing([creating()]));
    let both = passing([updating(), creating()]);
    let all = Substitution::new("anna", "boris");
    for (before, after) in [
        (vec![one.clone(), other.clone()], vec![other.clone(), one.clone(), one.clone()]),
        (vec![one.clone(), both.clone()], vec![both]),
        (vec![one, other, all.clone()], vec![all]),
    ] {
        assert!(between(&before, &after).is_empty(), "{before:?}, {after:?}");
    }
}
