//! Dead weight: whoever acts on it changes nothing.
//!
//! What is found is taken away, one finding at a time; of two that overlap the earlier is widened to both. Of what is over, nothing
//! changes from now on; of all the rest, at any moment. A diff says so, which compares all that there is, and the oracle.

use std::collections::BTreeMap;

use bailiwick::review::{Finding, Lint, Severity, diff};
use bailiwick::{Circumstance, Key, KeyRef, Moment, Policy, Snapshot, Window};

use crate::laws::{actions, places, viewers};
use crate::oracle::{On, Oracle};
use crate::review::lints::{SCENES, Scene};

/// How many findings of each lint are acted on in each list of a policy, in as many worlds.
const EACH: usize = 3;

/// The list in which the finding is, and its number there.
fn whereabouts(finding: &Finding) -> (&str, usize) {
    let (list, number) = finding.at().pointer()[1..].split_once('/').unwrap();
    (list, number.parse().unwrap())
}

/// The policy after somebody has acted on the finding.
fn acted_on(policy: &Policy, finding: &Finding) -> Policy {
    let mut policy = policy.clone();
    match (whereabouts(finding), finding.lint()) {
        (("assignments", at), Lint::WindowsOverlap) => merge(&mut policy.assignments, at, |it| {
            it.reason = None;
            &mut it.window
        }),
        (("substitutions", at), Lint::WindowsOverlap) => merge(&mut policy.substitutions, at, |it| {
            it.reason = None;
            &mut it.window
        }),
        (("assignments", at), _) => drop(policy.assignments.remove(at)),
        (("substitutions", at), _) => drop(policy.substitutions.remove(at)),
        (("roles", at), _) => {
            let role = policy.roles.remove(at);
            policy.assignments.retain(|it| it.role != role.key);
            policy.roles.iter_mut().for_each(|it| it.supersedes.retain(|key| *key != role.key));
        }
        ((list, _), _) => panic!("{list}"),
    }
    policy
}

/// Takes one away, and widens an earlier one that is alike to both their times.
fn merge<T: Clone + PartialEq>(all: &mut Vec<T>, at: usize, plain: impl Fn(&mut T) -> &mut Window) {
    let parts = |it: &T| {
        let mut it = it.clone();
        let window = std::mem::replace(plain(&mut it), Window::ALWAYS);
        (it, window)
    };
    let (later, window) = parts(&all.remove(at));
    let alike = |other: &&mut T| {
        let (earlier, other) = parts(other);
        earlier == later && !other.intersection(window).is_empty()
    };
    let earlier = plain(all[..at].iter_mut().find(alike).unwrap());
    *earlier = both(*earlier, window);
}

fn both(one: Window, other: Window) -> Window {
    let first = one.first().zip(other.first()).map(|(one, other)| one.min(other));
    let last = one.last().zip(other.last()).map(|(one, other)| one.max(other));
    let from = first.map_or(Window::ALWAYS, Window::from);
    last.map_or(from, |last| from.until(last))
}

/// When something would be otherwise if it were: now, in the middle of all that happens, and around the ends of what is found.
fn moments(scene: &Scene, finding: &Finding) -> Vec<Moment> {
    let policy = &scene.world.policy;
    let window = match whereabouts(finding) {
        ("assignments", at) => policy.assignments[at].window,
        ("substitutions", at) => policy.substitutions[at].window,
        _ => Window::ALWAYS,
    };
    let mut all = scene.moments();
    all.sort();
    let ends = [window.first(), window.last()].into_iter().flatten();
    let beside = ends.flat_map(|end| [end, Moment::from_unix_seconds(end.unix_seconds() ^ 1)]);
    let mut moments: Vec<Moment> = beside.chain([scene.at, all[all.len() / 2]]).collect();
    moments.retain(|at| finding.lint() != Lint::AssignmentOver || *at >= scene.at);
    moments.sort();
    moments.dedup();
    moments
}

/// What everybody is answered about every record and place that there is, and how that is to be recorded.
fn said(scene: &Scene, policy: &Policy, on: On) -> Vec<String> {
    let world = &scene.world;
    let mut said = Vec::new();
    for who in viewers(world) {
        let Ok(oracle) = Oracle::new(policy, &world.directory, who.as_ref(), on) else { continue };
        let own = || oracle.views().iter().filter(|view| view.absent().is_none());
        let everything = own().filter(|view| view.marks_everything()).find_map(|view| view.mark());
        for thing in &world.things {
            for action in actions(policy) {
                let first = oracle.views().iter().find(|view| view.check(&action, thing).is_allowed());
                let how = first.map(|view| (view.absent(), view.mark().or(everything)));
                said.push(format!("{who:?} {action} {thing:?}: {how:?}"));
            }
        }
        if let Some(thing) = world.things.first() {
            let moves = |to| (oracle.relocate(thing, to).is_allowed(), oracle.create(to));
            said.extend(places(&policy.vocabulary).iter().map(|to| format!("{who:?} {to}: {:?}", moves(to))));
        }
        for entity in &policy.vocabulary.entities {
            said.push(format!("{who:?} {}: {}", entity.key, oracle.enters(&entity.key).is_allowed()));
        }
    }
    said
}

fn circumstances(scene: &Scene) -> [&'static [Key<Circumstance>]; 2] {
    [&[], scene.world.asserted[1]]
}

/// Whether the two policies mean the same on these occasions, by a diff.
fn differ(scene: &Scene, after: &Policy, moments: &[Moment]) -> Option<String> {
    let compile = |policy| Snapshot::compile(policy, &scene.world.directory).unwrap();
    let (before, after) = (compile(&scene.world.policy), compile(after));
    let occasions = moments.iter().flat_map(|at| circumstances(scene).map(|asserted| (*at, asserted)));
    let mut changes =
        occasions.map(|(at, asserted)| diff(&before, &after, at, asserted.iter().map(KeyRef::from)));
    changes.find(|changes| !changes.is_empty()).map(|changes| changes.to_string())
}

#[test]
fn whoever_acts_on_dead_weight_changes_nothing() {
    let mut acted = BTreeMap::<(&str, &str), usize>::new();
    for scene in SCENES.iter() {
        let mut here = Vec::new();
        for finding in scene.findings.iter().filter(|it| it.lint().severity() == Severity::DeadWeight) {
            let kind = (finding.lint().code(), whereabouts(finding).0);
            if here.contains(&kind) || acted.get(&kind) == Some(&EACH) {
                continue;
            }
            here.push(kind);
            *acted.entry(kind).or_default() += 1;
            let (policy, moments) = (acted_on(&scene.world.policy, finding), moments(scene, finding));
            let recipe = &scene.world.recipe;
            assert_eq!(differ(scene, &policy, &moments), None, "{finding}, {recipe:?}");
            for asserted in circumstances(scene) {
                let on = On { at: scene.at, asserted };
                let [before, after] = [&scene.world.policy, &policy].map(|policy| said(scene, policy, on));
                let differs = before.iter().zip(&after).find(|(before, after)| before != after);
                assert_eq!(differs, None, "{finding} in {asserted:?}, {recipe:?}");
            }
        }
    }
    assert!(acted.len() == 9 && acted.values().all(|times| *times >= 2), "{acted:?}");
}

/// The same act on what is no dead weight changes something nearly always: so that the law above could fail.
#[test]
fn whoever_takes_away_what_is_no_dead_weight_changes_something() {
    let (mut tried, mut changed) = (0, 0);
    for scene in SCENES.iter().step_by(16) {
        let found: Vec<_> = scene.findings.iter().map(|it| it.at().pointer()).collect();
        for at in 0..scene.world.policy.assignments.len() {
            if !found.contains(&&*format!("/assignments/{at}")) {
                let mut policy = scene.world.policy.clone();
                policy.assignments.remove(at);
                tried += 1;
                changed += usize::from(differ(scene, &policy, &[scene.at]).is_some());
            }
        }
    }
    assert!(changed * 4 > tried, "{changed} of {tried}");
}
