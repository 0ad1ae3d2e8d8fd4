//! Every lint against a naive definition, in generated worlds: it finds what the definition finds and nothing else.
//!
//! The worlds are the same ones in every run, and each law has seen its lint fire in some and stay silent in others.

mod assignments;
mod dead;
mod everybody;
mod people;
mod reduces;
mod rights;
mod spice;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use bailiwick::review::{Finding, Lint, lint};
use bailiwick::{Circumstance, Freedom, Key, Moment, Policy, Role, User};

use crate::generate::{Recipe, World};
use crate::oracle::until::boundaries;
use crate::oracle::{On, Oracle};

/// How many worlds there are.
const WORLDS: u64 = 80;

/// A pointer and keys: what a definition says should be found.
type Found = BTreeSet<Vec<String>>;

/// A world with what its lints say at a moment.
struct Scene {
    world: World,
    at: Moment,
    /// Every set of circumstances.
    asserted: Vec<&'static [Key<Circumstance>]>,
    conflicts: Vec<(Key<Role>, Key<Role>)>,
    findings: Vec<Finding>,
}

impl Scene {
    fn new(seed: u64) -> Self {
        let sizes = Recipe::largest(seed);
        let (assignments, limits) = (1 + seed as usize % 9, seed as usize % 2);
        let users = [1, 2, 10, 10, 10][seed as usize % 5];
        let recipe = Recipe { assignments, limits, users, ..sizes };
        let world = spice::spiced(recipe.bake());
        let at = world.moments[0];
        let roles = &world.policy.roles;
        let conflicts =
            roles.iter().zip(&roles[1..]).map(|(one, other)| (one.key.clone(), other.key.clone()));
        let conflicts: Vec<_> = conflicts.collect();
        let findings = lint(&world.policy, &world.directory, at, &conflicts).unwrap();
        let asserted = subsets(&named(&world.policy));
        Self { world, at, asserted, conflicts, findings }
    }

    /// Where the lint found something, with so many of the keys that it tells.
    fn found(&self, wanted: Lint, keys: usize) -> Found {
        let found = self.findings.iter().filter(|it| it.lint() == wanted);
        let row = |it: &Finding| {
            let keys = it.keys().iter().take(keys).cloned();
            [it.at().pointer().to_owned()].into_iter().chain(keys).collect()
        };
        found.map(row).collect()
    }

    /// Somebody, in every set of circumstances; nobody, if he is dismissed.
    fn in_all_circumstances<'s>(&'s self, user: &'s User) -> impl Iterator<Item = Oracle<'s>> {
        let (policy, directory) = (&self.world.policy, &self.world.directory);
        self.asserted.iter().filter_map(|asserted| {
            Oracle::new(policy, directory, Some(&user.key), On { at: self.at, asserted }).ok()
        })
    }

    /// Every moment at which anything may be otherwise than right before.
    fn moments(&self) -> Vec<Moment> {
        let mut moments = boundaries(&self.world.policy, &self.world.directory);
        moments.extend([Moment::MIN, Moment::MAX, self.at]);
        moments
    }
}

/// The circumstances on which anything depends.
fn named(policy: &Policy) -> Vec<Key<Circumstance>> {
    let assigned = policy.assignments.iter().flat_map(|it| &it.when);
    let limited = policy.limits.iter().flat_map(|it| it.when.iter().chain(&it.unless));
    let named: BTreeSet<_> = assigned.chain(limited).cloned().collect();
    let frees = |key: &Key<Circumstance>| {
        policy.vocabulary.entities.iter().any(|it| it.administrators == Freedom::When(key.clone()))
    };
    let all = policy.vocabulary.circumstances.iter().filter(|key| named.contains(key) || frees(key));
    all.cloned().collect()
}

fn subsets(all: &[Key<Circumstance>]) -> Vec<&'static [Key<Circumstance>]> {
    let subset = |bits: u32| {
        let chosen = all.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        &*chosen.map(|(_, key)| key.clone()).collect::<Vec<_>>().leak()
    };
    (0..1 << all.len()).map(subset).collect()
}

static SCENES: LazyLock<Vec<Scene>> = LazyLock::new(|| (0..WORLDS).map(Scene::new).collect());

/// The lint finds what the definition finds, fires in some worlds, and is silent in some.
#[track_caller]
fn law(lint: Lint, keys: usize, definition: impl Fn(&Scene) -> Found) {
    let mut fired = 0;
    for scene in SCENES.iter() {
        let found = scene.found(lint, keys);
        assert_eq!(found, definition(scene), "{}: {:?} at {:?}", lint.code(), scene.world.recipe, scene.at);
        fired += u64::from(!found.is_empty());
    }
    assert!((3..=WORLDS - 3).contains(&fired), "{} fired in {fired} of {WORLDS} worlds", lint.code());
}

/// What stands at these numbers of a list, with its keys.
fn rows<K: ToString>(list: &str, found: impl IntoIterator<Item = (usize, Vec<K>)>) -> Found {
    let row = |(at, keys): (usize, Vec<K>)| {
        let keys = keys.into_iter().map(|key| key.to_string());
        [format!("/{list}/{at}")].into_iter().chain(keys).collect()
    };
    found.into_iter().map(row).collect()
}
