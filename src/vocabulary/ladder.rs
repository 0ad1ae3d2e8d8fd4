//! Ladders: what the entries of an object's own list can give.

use crate::key::Key;
use crate::vocabulary::Action;

/// The rungs at which an object's own list gives, such as those of a disk: read < add < edit < full, and sharing apart.
///
/// Which rung is above which follows from what they give and is said nowhere else, so a ladder may branch. See
/// [`Acl`](crate::Acl) for the lists.
///
/// ```
/// use bailiwick::{Ladder, Rung, Vocabulary};
///
/// let ladder = Ladder::new("wiki")
///     .rung(Rung::new("reader").gives(["read"]))
///     .rung(Rung::new("author").gives(["read", "write"]))
///     .rung(Rung::new("keeper").gives(["read", "write", "remove", "share"]))
///     .shared_by("share");
/// let vocabulary = Vocabulary::new().ladder(ladder);
/// assert_eq!(vocabulary.actions.len(), 4);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ladder {
    /// Its key.
    pub key: Key<Ladder>,
    /// The rungs; [`MAX_RUNGS`] at most.
    pub rungs: Vec<Rung>,
    /// Whether visitors who have not signed in are refused, whatever a list gives to everyone.
    pub signed_in_only: bool,
    /// What moving an object takes on the object itself. Where nothing is said here and in `received_by`, objects do not move.
    pub moved_by: Vec<Key<Action>>,
    /// What moving an object takes on the object that it is moved into.
    pub received_by: Vec<Key<Action>>,
    /// What handing out an entry takes on the object, besides everything that the entry gives. Without it nobody shares.
    pub shared_by: Option<Key<Action>>,
}

/// The most rungs that a ladder can have.
pub const MAX_RUNGS: usize = 64;

/// One rung of a ladder: a named set of actions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rung {
    /// Its key.
    pub key: Key<Rung>,
    /// What it gives. A rung that gives nothing is allowed; an entry at it says nothing.
    pub gives: Vec<Key<Action>>,
}

impl Rung {
    /// A rung that gives nothing yet.
    pub fn new(key: impl Into<Key<Rung>>) -> Self {
        Self { key: key.into(), gives: Vec::new() }
    }

    /// Adds what it gives.
    #[must_use]
    pub fn gives<K: Into<Key<Action>>>(mut self, actions: impl IntoIterator<Item = K>) -> Self {
        self.gives.extend(actions.into_iter().map(Into::into));
        self
    }
}

impl Ladder {
    /// A ladder without rungs.
    pub fn new(key: impl Into<Key<Ladder>>) -> Self {
        Self {
            key: key.into(),
            rungs: Vec::new(),
            signed_in_only: false,
            moved_by: Vec::new(),
            received_by: Vec::new(),
            shared_by: None,
        }
    }

    /// Adds a rung.
    #[must_use]
    pub fn rung(mut self, rung: Rung) -> Self {
        self.rungs.push(rung);
        self
    }

    /// Refuses visitors who have not signed in.
    #[must_use]
    pub fn signed_in_only(mut self) -> Self {
        self.signed_in_only = true;
        self
    }

    /// Says what moving takes: on the object, and on what it is moved into.
    #[must_use]
    pub fn moved_by<K: Into<Key<Action>>>(
        mut self,
        object: impl IntoIterator<Item = K>,
        target: impl IntoIterator<Item = K>,
    ) -> Self {
        self.moved_by.extend(object.into_iter().map(Into::into));
        self.received_by.extend(target.into_iter().map(Into::into));
        self
    }

    /// Says what sharing takes.
    #[must_use]
    pub fn shared_by(mut self, action: impl Into<Key<Action>>) -> Self {
        self.shared_by = Some(action.into());
        self
    }

    /// Every action that the ladder speaks of, in the order of the first mention.
    pub(super) fn actions(&self) -> impl Iterator<Item = &Key<Action>> {
        let given = self.rungs.iter().flat_map(|rung| &rung.gives);
        given.chain(&self.moved_by).chain(&self.received_by).chain(&self.shared_by)
    }
}
