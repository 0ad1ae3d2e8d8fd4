//! The places of a clause: which pipelines, which stages.

use crate::index::Ix;
use crate::key::Key;
use crate::snapshot::Places;
use crate::vocabulary::{Pipeline, Place, Stage};

/// Records whose pipeline and stage are among these.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Within {
    /// The pipelines.
    pub pipelines: Keys<Pipeline>,
    /// The stages.
    pub stages: Keys<Stage>,
}

/// The keys that a column may hold.
#[derive(Debug)]
pub enum Keys<T> {
    /// Any, and none at all.
    Any,
    /// One of these; sorted.
    In(Vec<Key<T>>),
    /// Any other than these, and none at all: keys that the vocabulary does not know are among them. Sorted, never empty.
    NotIn(Vec<Key<T>>),
}

impl<T> Keys<T> {
    /// The keys of the known things that are in and out, and whether what is unknown is in.
    fn new(mut within: Vec<Key<T>>, mut without: Vec<Key<T>>, unknown: bool) -> Self {
        within.sort_unstable();
        without.sort_unstable();
        match (unknown, without.is_empty()) {
            (true, true) => Self::Any,
            (true, false) => Self::NotIn(without),
            (false, _) => Self::In(within),
        }
    }

    /// Whether a column may hold this key, or nothing.
    pub fn contains(&self, key: Option<&Key<T>>) -> bool {
        match self {
            Self::Any => true,
            Self::In(keys) => key.is_some_and(|key| keys.binary_search(key).is_ok()),
            Self::NotIn(keys) => key.is_none_or(|key| keys.binary_search(key).is_err()),
        }
    }
}

// Written by hand: deriving would ask the same of `T`, which is only a marker here.
impl<T> Clone for Keys<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Any => Self::Any,
            Self::In(keys) => Self::In(keys.clone()),
            Self::NotIn(keys) => Self::NotIn(keys.clone()),
        }
    }
}

impl<T> Keys<T> {
    fn parts(&self) -> (u8, &[Key<T>]) {
        match self {
            Self::Any => (0, &[]),
            Self::In(keys) => (1, keys),
            Self::NotIn(keys) => (2, keys),
        }
    }
}

impl<T> PartialEq for Keys<T> {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl<T> Eq for Keys<T> {}

impl<T> PartialOrd for Keys<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Keys<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.parts().cmp(&other.parts())
    }
}

impl<T> std::hash::Hash for Keys<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

/// The places as pipelines and stages; empty if they are all that the entity has. Every place in `at` is the entity itself (a
/// record without a known pipeline), a pipeline (a record without a known stage), or a stage.
pub(super) fn within(places: &Places, entity: Ix<Place>, at: &[Ix<Place>]) -> Vec<Within> {
    // The ordinary filter is the same everywhere, and then there is nothing to look at.
    if at.len() == places.of_entity(entity).count() {
        return Vec::new();
    }
    let listed = |place: &Ix<Place>| at.contains(place);
    let (mut whole, mut not_whole, mut partial) = (Vec::new(), Vec::new(), Vec::new());
    for pipeline in places.pipelines(entity) {
        let Some(key) = places.path(pipeline).and_then(Place::pipeline_key) else { continue };
        let stages = stages(places, pipeline, &listed);
        if stages == Keys::Any {
            whole.push(key.clone());
            continue;
        }
        not_whole.push(key.clone());
        if stages != Keys::In(Vec::new()) {
            partial.push(Within { pipelines: Keys::In(vec![key.clone()]), stages });
        }
    }
    let pipelines = Keys::new(whole, not_whole, listed(&entity));
    if pipelines == Keys::Any {
        return Vec::new();
    }
    if pipelines != Keys::In(Vec::new()) {
        partial.push(Within { pipelines, stages: Keys::Any });
    }
    partial.sort_unstable();
    partial
}

fn stages(places: &Places, pipeline: Ix<Place>, listed: &impl Fn(&Ix<Place>) -> bool) -> Keys<Stage> {
    let (within, without): (Vec<_>, Vec<_>) = places.stages_of(pipeline).partition(listed);
    let keys = |stages: Vec<Ix<Place>>| {
        stages.into_iter().filter_map(|stage| places.path(stage)?.stage_key().cloned()).collect()
    };
    Keys::new(keys(within), keys(without), listed(&pipeline))
}
