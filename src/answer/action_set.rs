//! A set of actions, as an answer.

use std::fmt;

use crate::key::{Handle, Key};
use crate::snapshot::{Actions, Snapshot};
use crate::vocabulary::Action;

/// The actions that are allowed with one record.
#[derive(Clone, Copy)]
#[must_use]
pub struct ActionSet<'s> {
    snapshot: &'s Snapshot,
    actions: Actions,
}

impl<'s> ActionSet<'s> {
    pub(crate) fn new(snapshot: &'s Snapshot, actions: Actions) -> Self {
        Self { snapshot, actions }
    }

    /// Whether the action is allowed. An unknown action is not.
    #[inline]
    pub fn contains(self, action: impl Into<Handle<Action>>) -> bool {
        self.snapshot.lexicon.action(action.into()).is_some_and(|action| self.actions.contains(action))
    }

    /// Whether nothing is allowed.
    pub fn is_empty(self) -> bool {
        self.actions.is_empty()
    }

    /// How many actions are allowed.
    pub fn len(self) -> usize {
        self.actions.iter().count()
    }

    /// The keys of the allowed actions, in the order of the vocabulary.
    pub fn keys(self) -> impl Iterator<Item = &'s Key<Action>> {
        let snapshot = self.snapshot;
        self.actions.iter().filter_map(|action| snapshot.lexicon.actions.key(action))
    }
}

/// Sets are equal when they allow the same actions.
impl PartialEq for ActionSet<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.keys().eq(other.keys())
    }
}

impl Eq for ActionSet<'_> {}

impl fmt::Debug for ActionSet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.keys()).finish()
    }
}
