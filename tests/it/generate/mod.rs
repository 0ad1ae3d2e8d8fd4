//! Generated worlds: an organisation, a vocabulary, a policy, and records to ask about.
//!
//! A [`Recipe`] is a seed and a handful of sizes, and the whole of a world follows from it. Everything has dice of its
//! own (the third user's, the second role's), so that a smaller recipe makes a smaller world and not another one: that is
//! how failures shrink. A failing recipe prints as one line; baking it again is the way to reproduce the failure.

mod dice;
mod hosts;
mod limits;
pub(crate) mod lists;
mod naming;
mod organisation;
mod roles;
mod things;
mod words;

use bailiwick::preset::Preset;
use bailiwick::{Directory, Moment, Policy};
use proptest::strategy::{Just, Strategy};

use crate::oracle::{Asserted, On, Thing};

pub(crate) use dice::Dice;
pub(crate) use naming::Naming;
pub(crate) use organisation::window;
pub(crate) use roles::{place, subject};

/// A seed, and how much of everything there is at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Recipe {
    pub(crate) seed: u64,
    pub(crate) naming: Naming,
    pub(crate) departments: usize,
    pub(crate) users: usize,
    pub(crate) groups: usize,
    pub(crate) entities: usize,
    pub(crate) pipelines: usize,
    pub(crate) roles: usize,
    pub(crate) rights: usize,
    pub(crate) assignments: usize,
    pub(crate) limits: usize,
    pub(crate) things: usize,
}

/// What a recipe makes.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) recipe: Recipe,
    pub(crate) directory: Directory,
    pub(crate) policy: Policy,
    pub(crate) things: Vec<Thing>,
    pub(crate) moments: [Moment; 2],
    /// What is asserted at each of the moments.
    pub(crate) asserted: [Asserted; 2],
}

impl World {
    /// The same world, in which no group hosts anything.
    pub(crate) fn without_hosts(mut self) -> Self {
        self.things.iter_mut().for_each(|thing| thing.hosts.clear());
        self
    }

    /// The same world, in which no record is shared.
    pub(crate) fn without_shares(mut self) -> Self {
        for thing in &mut self.things {
            thing.shares.clear();
            thing.links.iter_mut().for_each(|link| link.shares.clear());
        }
        self
    }

    /// The same world, in which nothing opens a single record: no links, no hosts, no shares.
    pub(crate) fn without_openings(mut self) -> Self {
        self.things.iter_mut().for_each(|thing| thing.links.clear());
        self.without_hosts().without_shares()
    }

    /// The occasions on which a world's questions are asked.
    pub(crate) fn occasions(&self) -> [On; 2] {
        [0, 1].map(|number| On { at: self.moments[number], asserted: self.asserted[number] })
    }
}

impl Recipe {
    /// The largest recipe with this seed.
    pub(crate) fn largest(seed: u64) -> Self {
        let naming = Naming::ALL[(seed % 4) as usize];
        Self {
            seed,
            naming,
            departments: 8,
            users: 10,
            groups: 4,
            entities: 3,
            pipelines: 3,
            roles: 5,
            rights: 18,
            assignments: 9,
            limits: 3,
            things: 8,
        }
    }

    pub(crate) fn bake(self) -> World {
        let vocabulary = words::vocabulary(&self);
        let mut directory = organisation::directory(&self);
        hosts::settings(&self, &vocabulary, &mut directory);
        let policy = roles::policy(&self, vocabulary, &directory);
        self.world(directory, policy)
    }

    /// A world with the vocabulary and the roles of a preset, which the product has given to whom it gives them, and somebody to others
    /// as well.
    pub(crate) fn install(self, preset: &Preset) -> World {
        let mut directory = organisation::directory(&self);
        organisation::installed(&self, preset, &mut directory);
        let mut policy = preset.policy();
        hosts::settings(&self, &policy.vocabulary, &mut directory);
        let mut dice = self.dice("installed", 0);
        policy.assignments = preset.assignments();
        policy.assignments.retain(|_| dice.percent(85));
        if !policy.roles.is_empty() {
            roles::give(&self, &mut policy, &directory);
        }
        self.world(directory, policy)
    }

    fn world(self, directory: Directory, mut policy: Policy) -> World {
        policy.limits = limits::limits(&self, &policy.vocabulary, &directory);
        let things = things::things(&self, &policy.vocabulary, &directory);
        let mut dice = self.dice("moments", 0);
        let moments = [(); 2].map(|()| *dice.pick(&organisation::MOMENTS));
        let mut dice = self.dice("asserted", 0);
        let asserted = [(); 2].map(|()| &*dice.some(&policy.vocabulary.circumstances, 3).leak());
        World { recipe: self, directory, policy, things, moments, asserted }
    }

    /// The dice of one thing in this world.
    pub(crate) fn dice(&self, of: &str, number: usize) -> Dice {
        Dice::new(self.seed, of, number)
    }
}

/// Worlds of all sizes.
pub(crate) fn worlds() -> impl Strategy<Value = World> {
    recipes().prop_map(Recipe::bake)
}

/// Recipes of all sizes.
pub(crate) fn recipes() -> impl Strategy<Value = Recipe> {
    let naming = (0..4_usize).prop_map(|at| Naming::ALL[at]);
    let who = (0..=8_usize, 1..=10_usize, 0..=4_usize);
    let what = (1..=3_usize, 0..=3_usize, 1..=5_usize, 0..=18_usize, 1..=9_usize, 0..=3_usize);
    let about = 1..=8_usize;
    (proptest::num::u64::ANY, naming, who, what, about).prop_flat_map(|(seed, naming, who, what, things)| {
        let (departments, users, groups) = who;
        let (entities, pipelines, roles, rights, assignments, limits) = what;
        Just(Recipe {
            seed,
            naming,
            departments,
            users,
            groups,
            entities,
            pipelines,
            roles,
            rights,
            assignments,
            limits,
            things,
        })
    })
}
