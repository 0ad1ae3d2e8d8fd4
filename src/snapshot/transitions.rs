//! Where each role lets records go. Sparse: asked once per click, not once per row.

use std::collections::BTreeMap;

use crate::index::Ix;
use crate::policy::Role;
use crate::vocabulary::Place;

/// The stages that a transition leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destinations {
    /// Every stage of the same pipeline.
    Any,
    /// These, sorted.
    Stages(Vec<Ix<Place>>),
}

impl Default for Destinations {
    fn default() -> Self {
        Self::Stages(Vec::new())
    }
}

impl Destinations {
    pub(crate) fn contains(&self, stage: Ix<Place>) -> bool {
        match self {
            Self::Any => true,
            Self::Stages(stages) => stages.binary_search(&stage).is_ok(),
        }
    }
}

/// The explicit transitions of all roles.
#[derive(Debug, Default)]
pub(crate) struct Transitions(BTreeMap<(Ix<Place>, Ix<Role>), Destinations>);

impl Transitions {
    pub(crate) fn insert(&mut self, place: Ix<Place>, role: Ix<Role>, to: Destinations) {
        self.0.insert((place, role), to);
    }

    /// What the role says at exactly this place.
    pub(crate) fn get(&self, place: Ix<Place>, role: Ix<Role>) -> Option<&Destinations> {
        self.0.get(&(place, role))
    }
}
