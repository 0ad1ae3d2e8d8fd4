//! Classes of equal rights, held against the oracle: two users share one exactly where the oracle says the same of both.

use std::collections::{BTreeMap, BTreeSet};

use bailiwick::review::{Classes, Fingerprint, Roster};
use bailiwick::{
    Assignment, Creation, Denial, Department, Directory, Entity, Grain, Key, Limit, Moment, Policy, Role,
    Snapshot, Subject, Substitution, User, crm,
};
use proptest::prop_assert_eq;

use crate::generate::World;
use crate::laws::naming::shuffled;
use crate::laws::presets::in_every_world_and_preset;
use crate::laws::{compile, oracle, places};
use crate::oracle::{On, Oracle, View};

fn classes<'s>(snapshot: &'s Snapshot, on: On) -> Classes<'s> {
    let asserted = on.asserted.iter().map(|key| snapshot.circumstance(key));
    Roster::of(snapshot).in_circumstances(asserted).classes(on.at)
}

/// All that a view gives, line by line.
fn given(view: &View<'_>, policy: &Policy) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for place in places(&policy.vocabulary) {
        let entity = policy.vocabulary.entities.iter().find(|it| it.key == *place.entity_key()).unwrap();
        for offer in &entity.offers {
            if let Some(effect) = view.effect(entity, offer, &place) {
                lines.insert(format!("{place} {} {effect:?}", offer.action));
            }
        }
        match view.create(&place) {
            Creation::Allowed(bailiwick::Responsible::Author | bailiwick::Responsible::Absent(_))
            | Creation::Denied(Denial::OutOfReach) => drop(lines.insert(format!("{place} new, own"))),
            Creation::Allowed(_) => drop(lines.insert(format!("{place} new"))),
            Creation::Denied(_) => {}
        }
        for to in places(&policy.vocabulary).iter().filter(|to| to.grain() == Grain::Stage && **to != place) {
            let within = to.entity_key() == place.entity_key() && to.pipeline_key() == place.pipeline_key();
            if within && entity.updates_by.is_some() && view.moves(entity, &place, to) {
                lines.insert(format!("{place} to {to}"));
            }
        }
    }
    lines
}

type Seen = (Option<String>, Option<String>, Option<String>, BTreeSet<String>);

/// All that somebody may do, said by the oracle.
fn said(world: &World, user: &User, oracle: &Oracle<'_>) -> (bool, bool, Vec<Key<Entity>>, Vec<Seen>) {
    let entities = world.policy.vocabulary.entities.iter().map(|it| it.key.clone());
    let enters = entities.filter(|it| oracle.enters(it).is_allowed()).collect();
    let views = oracle.views().iter().filter(|view| !view.is_idle()).map(|view| {
        let (absent, within) = (view.absent().map(Key::to_string), view.within().map(Key::to_string));
        (absent, within, view.mark().map(Key::to_string), given(view, &world.policy))
    });
    let mut views: Vec<Seen> = views.filter(|view| !view.3.is_empty()).collect();
    views.sort();
    views.dedup();
    let all = views.clone();
    let by_the_same = |one: &Seen, other: &Seen| (&one.0, &one.1, &one.2) == (&other.0, &other.1, &other.2);
    let wider =
        |one: &Seen, other: &Seen| by_the_same(one, other) && one != other && one.3.is_subset(&other.3);
    views.retain(|view| !all.iter().any(|other| wider(view, other)));
    (user.administrator, oracle.enters_application().is_allowed(), enters, views)
}

#[test]
fn users_share_a_class_exactly_where_the_oracle_says_the_same_of_both() {
    in_every_world_and_preset(|world, snapshot| {
        for on in world.occasions() {
            let classes = classes(snapshot, on);
            let mut expected: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
            for user in &world.directory.users {
                let Ok(oracle) = oracle(world, Some(&user.key), on) else { continue };
                expected.entry(said(world, user, &oracle)).or_default().insert(user.key.to_string());
            }
            let found: BTreeSet<BTreeSet<String>> =
                classes.iter().map(|class| classes.keys_of(class).map(Key::to_string).collect()).collect();
            prop_assert_eq!(found, expected.into_values().collect::<BTreeSet<_>>());
            let fingerprints: BTreeSet<Fingerprint> = classes.iter().map(|it| it.fingerprint()).collect();
            prop_assert_eq!(fingerprints.len(), classes.len(), "two classes with one fingerprint");
        }
        Ok(())
    });
}

/// The same world, with other names for its roles.
fn with_roles_renamed(world: &World) -> World {
    let mut world = world.clone();
    let rename = |key: &mut Key<Role>| *key = Key::new(&format!("once {key}"));
    for role in &mut world.policy.roles {
        rename(&mut role.key);
        role.supersedes.iter_mut().for_each(rename);
    }
    world.policy.assignments.iter_mut().for_each(|it| rename(&mut it.role));
    world
}

#[test]
fn fingerprints_know_no_order_and_no_name_of_a_role() {
    fn listed(classes: &Classes<'_>) -> BTreeMap<Fingerprint, BTreeSet<String>> {
        let keys = |class| classes.keys_of(class).map(Key::to_string).collect();
        classes.iter().map(|class| (class.fingerprint(), keys(class))).collect()
    }
    in_every_world_and_preset(|world, snapshot| {
        for other in [shuffled(world), with_roles_renamed(world)] {
            let other = compile(&other);
            for on in world.occasions() {
                prop_assert_eq!(listed(&classes(&other, on)), listed(&classes(snapshot, on)));
            }
        }
        Ok(())
    });
}

fn company() -> Directory {
    let users = ["anna", "boris", "carl", "dora"].map(|key| User::new(key).sits_in("sales"));
    users.into_iter().fold(Directory::new().with(Department::new("sales")), Directory::with)
}

fn sizes(policy: &Policy) -> Vec<usize> {
    let snapshot = Snapshot::compile(policy, &company()).unwrap();
    Roster::of(&snapshot).classes(Moment::from_unix_seconds(0)).iter().map(|it| it.len()).collect()
}

fn staff() -> Policy {
    let staff = Assignment::new(crm::MANAGER, Subject::Department("sales".into()));
    Policy::new(crm::vocabulary()).roles(crm::roles()).assign(staff)
}

#[test]
fn what_sets_somebody_apart_makes_a_class_and_nothing_else_does() {
    assert_eq!(sizes(&staff()), [4]);
    let anna = || Subject::User("anna".into());
    let again = Assignment::new(crm::MANAGER, anna());
    assert_eq!(sizes(&staff().assign(again)), [4], "the same role once more");
    let limit = |action| Limit::new("no", anna()).actions([action]);
    assert_eq!(sizes(&staff().limit(limit(crm::UPDATE))), [3, 1], "a limit that takes something");
    let confined = Assignment::new(crm::DIRECTOR, anna()).within("sales");
    assert_eq!(sizes(&staff().assign(confined)), [3, 1], "a view of his own");
    let stands_in = Substitution::new("boris", "anna");
    assert_eq!(sizes(&staff().substitute(stands_in)), [3, 1], "somebody else's view");
}

#[test]
fn classes_read_as_text() {
    let snapshot = Snapshot::compile(&staff(), &company()).unwrap();
    let classes = Roster::of(&snapshot).classes(Moment::from_unix_seconds(0));
    let fingerprint = classes.iter().next().unwrap().fingerprint();
    assert_eq!(classes.to_string(), format!("{fingerprint} 4 users: anna, boris, carl, dora\n"));
    assert_eq!(fingerprint.to_string(), format!("{:032x}", fingerprint.as_u128()));
}

#[test]
fn in_an_unknown_circumstance_all_are_one_class_and_the_dismissed_are_in_none() {
    let directory = Directory::new().with(User::new("anna").administrator()).with(User::new("boris"));
    let directory = directory.with(User::new("gone").dismissed());
    let snapshot = Snapshot::compile(&bare(), &directory).unwrap();
    let at = Moment::from_unix_seconds(0);
    let classes = Roster::of(&snapshot).classes(at);
    assert_eq!((classes.len(), classes.class_of(snapshot.user("gone")).is_none()), (2, true));
    let nowhere = Roster::of(&snapshot).in_circumstances([snapshot.circumstance("no such")]).classes(at);
    assert_eq!(nowhere.iter().map(|it| it.len()).collect::<Vec<_>>(), [2]);
}

fn bare() -> Policy {
    Policy::new(crm::vocabulary())
}
