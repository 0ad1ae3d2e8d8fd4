//! What there is to protect, as data: entities, their actions and stages, and the levels on offer.
//!
//! A [`Vocabulary`] is a plain value that the application's developers write, or take from a preset. It says which rights
//! can exist; it gives none. Compiling a snapshot checks it.
//!
//! Deliberately absent: users and roles. This floor does not know them.

mod entity;
mod feature;
mod ladder;
mod level;
mod party;
mod place;
mod relation;

pub use entity::{Entity, Freedom, Offer, Pipeline, RightRef, Stage};
pub use feature::{FeatureRule, OperationRule};
pub use ladder::{Ladder, MAX_RUNGS, Rung};
pub use level::Level;
pub use party::{Flag, Party, PartyRule, Principals};
pub use place::{Grain, Place, PlaceName};
pub use relation::Relations;

use crate::key::Key;

/// Marks the keys, names and handles of actions ("read", "export").
#[derive(Debug)]
pub enum Action {}

/// Marks the keys, names and handles of circumstances ("office_network", "second_factor"): facts about an access that the
/// application asserts when it makes one.
#[derive(Debug)]
pub enum Circumstance {}

/// The most circumstances that a vocabulary can have.
pub const MAX_CIRCUMSTANCES: usize = 32;
/// The most actions that a vocabulary can have.
pub const MAX_ACTIONS: usize = 64;
/// The most levels that a vocabulary can have.
pub const MAX_LEVELS: usize = 31;
/// The most entities, pipelines and stages together that a vocabulary can have.
pub const MAX_PLACES: usize = 1 << 20;

/// Everything that rights can speak of.
///
/// ```
/// use bailiwick::{Entity, Level, Offer, Party, PartyRule, Relations, Vocabulary};
///
/// let vocabulary = Vocabulary::new()
///     .party(PartyRule::new("responsible").counts_for(Relations::OWN | Relations::DEPARTMENT))
///     .level(Level::new("none", Relations::empty()))
///     .level(Level::new("own", Relations::OWN))
///     .level(Level::new("all", Relations::ALWAYS))
///     .actions(["read", "update"])
///     .entity(
///         Entity::new("invoice")
///             .offer(Offer::new("read").levels(["none", "own", "all"]))
///             .offer(Offer::new("update").levels(["none", "own", "all"]).requires("read")),
///     );
/// assert_eq!(vocabulary.entities.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Vocabulary {
    /// In what ways users can be bound to a record, in the order of [`Party`]; eight at most.
    pub parties: Vec<PartyRule>,
    /// What can be flagged on a record, in the order of [`Flag`]; eight at most.
    pub flags: Vec<Key<Flag>>,
    /// The levels that rights are given at; [`MAX_LEVELS`] at most.
    pub levels: Vec<Level>,
    /// The actions; [`MAX_ACTIONS`] at most.
    pub actions: Vec<Key<Action>>,
    /// The kinds of record.
    pub entities: Vec<Entity>,
    /// The facts that the application can assert of an access; [`MAX_CIRCUMSTANCES`] at most. What is not asserted does not
    /// hold.
    pub circumstances: Vec<Key<Circumstance>>,
    /// What objects' own lists can give.
    pub ladders: Vec<Ladder>,
    /// What social groups let people do.
    pub features: Vec<FeatureRule>,
}

impl Vocabulary {
    /// A vocabulary that can say nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a party. The first is the one that [`Record::owner`](crate::Record::owner) sets.
    #[must_use]
    pub fn party(mut self, rule: PartyRule) -> Self {
        self.parties.push(rule);
        self
    }

    /// Adds a flag.
    #[must_use]
    pub fn flag(mut self, key: impl Into<Key<Flag>>) -> Self {
        self.flags.push(key.into());
        self
    }

    /// Adds a level.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.levels.push(level);
        self
    }

    /// Adds actions.
    #[must_use]
    pub fn actions<K: Into<Key<Action>>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        self.actions.extend(keys.into_iter().map(Into::into));
        self
    }

    /// Adds circumstances.
    #[must_use]
    pub fn circumstances<K: Into<Key<Circumstance>>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        self.circumstances.extend(keys.into_iter().map(Into::into));
        self
    }

    /// Adds an entity.
    #[must_use]
    pub fn entity(mut self, entity: Entity) -> Self {
        self.entities.push(entity);
        self
    }

    /// Adds a feature of social groups.
    #[must_use]
    pub fn feature(mut self, feature: FeatureRule) -> Self {
        self.features.push(feature);
        self
    }

    /// Adds a ladder, and those of its actions that the vocabulary does not have yet: so the ladder of a preset joins whatever
    /// vocabulary there is.
    #[must_use]
    pub fn ladder(mut self, ladder: Ladder) -> Self {
        for action in ladder.actions() {
            if !self.actions.contains(action) {
                self.actions.push(action.clone());
            }
        }
        self.ladders.push(ladder);
        self
    }
}
