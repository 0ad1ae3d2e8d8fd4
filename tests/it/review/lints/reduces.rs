//! Roles that take something away: everybody, with each of his roles and in a world in which nobody is given it, by the oracle.

use std::collections::{BTreeMap, BTreeSet};

use bailiwick::review::Lint;
use bailiwick::{Creation, Entity, Key, Offer, Place, Policy, Relations, Responsible, Role, User};

use crate::laws::{actions, places, viewers};
use crate::oracle::{On, Oracle, View, place_of};
use crate::review::lints::{SCENES, Scene, WORLDS};

/// What a role takes: two keys for each thing, and the users who lose anything; a visitor is nobody.
#[derive(Default)]
struct Taken {
    what: BTreeSet<[String; 2]>,
    whom: BTreeSet<Option<Key<User>>>,
}

/// By role.
type Reduced<'s> = BTreeMap<&'s Key<Role>, Taken>;

/// A view with a role, and the same view of the same person in a world without it.
struct Sides<'a, 'w> {
    scene: &'a Scene,
    had: &'a View<'w>,
    has: &'a View<'w>,
}

impl Scene {
    /// The roles of which the lint says it.
    fn reducing(&self) -> BTreeSet<String> {
        let findings = self.findings.iter().filter(|it| it.lint() == Lint::RoleReduces);
        findings.map(|it| it.keys()[0].clone()).collect()
    }

    /// What is lost in every view that somebody has of himself in any circumstances, by every role that he holds in it.
    fn reduced<'s>(&'s self, lost: impl Fn(&Sides<'_, '_>) -> BTreeSet<[String; 2]>) -> Reduced<'s> {
        let mut reduced = Reduced::new();
        for who in viewers(&self.world) {
            let roles = self.world.policy.roles.iter();
            for (role, asserted) in roles.flat_map(|role| self.asserted.iter().map(move |it| (role, it))) {
                let on = On { at: self.at, asserted };
                let policy = without(&self.world.policy, &role.key);
                let [has, had] = [&self.world.policy, &policy]
                    .map(|policy| Oracle::new(policy, &self.world.directory, who.as_ref(), on));
                let (Ok(has), Ok(had)) = (has, had) else { continue };
                for has in has.views().iter().filter(|view| view.absent().is_none()) {
                    let mut same = had.views().iter().filter(|view| is_same(view, has));
                    let holds = has.roles().iter().any(|held| held.key == role.key);
                    let Some(had) = same.next().filter(|_| holds) else { continue };
                    let what = lost(&Sides { scene: self, had, has });
                    if !what.is_empty() {
                        let taken = reduced.entry(&role.key).or_default();
                        taken.what.extend(what);
                        taken.whom.insert(who.clone());
                    }
                }
            }
        }
        reduced
    }
}

fn without(policy: &Policy, role: &Key<Role>) -> Policy {
    let mut policy = policy.clone();
    policy.assignments.retain(|it| it.role != *role);
    policy
}

fn is_same(one: &View<'_>, other: &View<'_>) -> bool {
    let way = |view: &View<'_>| (view.within().cloned(), view.mark().cloned(), view.marks_everything());
    one.absent().is_none() && way(one) == way(other)
}

fn keys(one: &impl ToString, other: &impl ToString) -> [String; 2] {
    [one.to_string(), other.to_string()]
}

/// How far creating goes.
fn width(creation: &Creation) -> u8 {
    match creation {
        Creation::Denied(_) => 0,
        Creation::Allowed(Responsible::Author | Responsible::Absent(_)) => 1,
        Creation::Allowed(_) => 2,
    }
}

impl Sides<'_, '_> {
    /// Everything that is lost, whatever records there are.
    fn lost(&self) -> BTreeSet<[String; 2]> {
        let mut lost = BTreeSet::new();
        for entity in &self.scene.world.policy.vocabulary.entities {
            let places = self.scene.places_in(&entity.key);
            for place in &places {
                let offers = entity.offers.iter().filter(|offer| self.loses_right(entity, offer, place));
                lost.extend(offers.map(|offer| keys(place, &offer.action)));
                let moves = places.iter().filter(|to| self.loses_move(entity, place, to));
                lost.extend(moves.map(|to| keys(place, to)));
            }
            let [had, has] = [self.had, self.has].map(|view| view.enters(&entity.key).is_allowed());
            let read = entity.reads_by.iter().filter(|_| had && !has);
            lost.extend(read.map(|read| keys(&entity.key, read)));
        }
        lost
    }

    fn loses_right(&self, entity: &Entity, offer: &Offer, place: &Place) -> bool {
        let creates = entity.creates_by.as_ref() == Some(&offer.action);
        let narrower = creates && width(&self.has.create(place)) < width(&self.had.create(place));
        let [had, has] = [self.had, self.has].map(|view| demands(view, entity, offer, place));
        narrower || has.iter().flat_map(|demand| stances(*demand)).any(|stance| meets(stance, &had))
    }

    fn loses_move(&self, entity: &Entity, from: &Place, to: &Place) -> bool {
        let within = from.pipeline_key().is_some() && from.pipeline_key() == to.pipeline_key();
        let offer = entity.offers.iter().find(|offer| Some(&offer.action) == entity.updates_by.as_ref());
        let updates = || {
            let demands = offer.map(|offer| demands(self.had, entity, offer, from));
            demands.is_some_and(|had| stances(Relations::empty()).any(|stance| meets(stance, &had)))
        };
        let moves = within && to.stage_key().is_some() && from != to;
        moves && self.had.leads(entity, from, to) && !self.has.leads(entity, from, to) && updates()
    }

    /// What is lost with the records that there are.
    fn seen(&self) -> BTreeSet<[String; 2]> {
        let world = &self.scene.world;
        let mut lost = BTreeSet::new();
        let stages = places(&world.policy.vocabulary);
        for thing in &world.things {
            let Some(entity) = world.policy.vocabulary.entities.iter().find(|it| it.key == thing.entity)
            else {
                continue;
            };
            let from = place_of(entity, thing);
            for action in actions(&world.policy) {
                let [had, has] = [self.had, self.has].map(|view| view.check(&action, thing).is_allowed());
                lost.extend((had && !has).then(|| keys(&from, &action)));
            }
            let updates = self.has.update(thing).is_allowed();
            for to in stages.iter().filter(|to| updates && to.pipeline_key() == from.pipeline_key()) {
                let [had, has] = [self.had, self.has].map(|view| view.relocate(thing, to).is_allowed());
                lost.extend((had && !has).then(|| keys(&from, to)));
            }
        }
        lost
    }
}

/// What an action demands in a view: of the action, of what it requires, and of the view itself.
fn demands(view: &View<'_>, entity: &Entity, offer: &Offer, place: &Place) -> Vec<Relations> {
    let mut demands = vec![view.reached(entity, offer, place)];
    for required in &offer.requires {
        let offer = entity.offers.iter().find(|offer| offer.action == *required).unwrap();
        demands.extend(self::demands(view, entity, offer, place));
    }
    demands.extend(view.is_confined().then_some(Relations::DEPARTMENT | Relations::SUBDEPARTMENTS));
    demands
}

/// How one can stand to a record without meeting the demand, in as many relations as may be.
fn stances(demand: Relations) -> impl Iterator<Item = Relations> {
    let halves = [Relations::DEPARTMENT, Relations::ELSEWHERE].into_iter();
    let all = Relations::from_bits_retain(u64::MAX);
    let stances = halves.map(move |half| {
        let other = (Relations::DEPARTMENT | Relations::ELSEWHERE).difference(half);
        (half | Relations::ALWAYS, all.difference(other))
    });
    stances
        .filter(move |(must, _)| !must.intersects(demand))
        .map(move |(_, stance)| stance.difference(demand))
}

fn meets(stance: Relations, demands: &[Relations]) -> bool {
    demands.iter().all(|demand| demand.intersects(stance))
}

/// Whether it says how many users lose something, and names one of them.
fn tells(message: &str, whom: &BTreeSet<Option<Key<User>>>) -> bool {
    let users: Vec<&Key<User>> = whom.iter().flatten().collect();
    let several = format!("{} users, such as ", users.len());
    let said = |user: &&Key<User>| match users.len() {
        1 => message.contains(&format!("takes something from user `{user}`: ")),
        _ => message.contains(&format!("takes something from {several}`{user}`: ")),
    };
    users.iter().any(said) || users.is_empty() && message.contains("takes something from visitors: ")
}

#[test]
fn a_role_that_reduces_takes_from_somebody_what_he_would_have_without_it() {
    let mut fired = 0;
    let mut kinds = BTreeMap::<&str, usize>::new();
    for scene in SCENES.iter() {
        let reduced = scene.reduced(|sides| sides.lost());
        let findings = || scene.findings.iter().filter(|it| it.lint() == Lint::RoleReduces);
        let found = scene.reducing();
        let expected: BTreeSet<String> = reduced.keys().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{:?} at {:?}", scene.world.recipe, scene.at);
        for finding in findings() {
            let [role, one, other] = finding.keys() else { panic!("{finding}") };
            let taken = &reduced[&Key::from(role.as_str())];
            assert!(taken.what.contains(&[one.clone(), other.clone()]), "{finding}: {:?}", taken.what);
            assert!(tells(finding.message(), &taken.whom), "{finding}: {:?}", taken.whom);
            let number = scene.world.policy.roles.iter().position(|it| it.key.to_string() == *role).unwrap();
            assert_eq!(finding.at().pointer(), format!("/roles/{number}"));
            let kind = if finding.message().contains("in place of") { "instead" } else { "silences" };
            *kinds.entry(kind).or_default() += 1;
            *kinds
                .entry(if finding.message().contains("the move") { "move" } else { "right" })
                .or_default() += 1;
        }
        fired += u64::from(!found.is_empty());
    }
    assert!((3..=WORLDS - 3).contains(&fired), "fired in {fired} of {WORLDS} worlds");
    assert!(
        ["instead", "silences", "move", "right"].iter().all(|kind| kinds.contains_key(kind)),
        "{kinds:?}"
    );
}

/// What is lost is not measured too narrowly: nothing else is lost with any record that there is.
#[test]
fn nothing_is_lost_with_any_record_that_is_not_found() {
    let mut seen = 0;
    for scene in SCENES.iter() {
        let found = scene.reducing();
        for (role, taken) in scene.reduced(|sides| sides.seen()) {
            assert!(
                found.contains(&role.to_string()),
                "{role}: {:?} in {:?}",
                taken.what,
                scene.world.recipe
            );
            seen += 1;
        }
    }
    assert!(seen > 3, "{seen}");
}
