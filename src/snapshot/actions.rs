//! Sets of actions: one bit each.

use crate::index::Ix;
use crate::vocabulary::Action;

/// A set of actions, by position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Actions(pub(crate) u64);

impl Actions {
    /// This action alone if the condition holds, or none; without a branch. No snapshot has an action that does not fit.
    #[inline]
    pub(crate) fn of_if(action: Ix<Action>, condition: bool) -> Self {
        Self(u64::from(condition).wrapping_shl(action.position()))
    }

    /// Those that are not among the others.
    #[inline]
    pub(crate) fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    #[inline]
    pub(crate) fn contains_all(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// Every action that a vocabulary can have.
    pub(crate) const ALL: Self = Self(u64::MAX);

    /// Both.
    #[inline]
    #[must_use]
    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[inline]
    pub(crate) fn insert(&mut self, action: Ix<Action>) {
        self.0 |= 1_u64.checked_shl(action.position()).unwrap_or(0);
    }

    #[inline]
    pub(crate) fn contains(self, action: Ix<Action>) -> bool {
        self.0.checked_shr(action.position()).unwrap_or(0) & 1 == 1
    }

    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[inline]
    pub(crate) fn iter(self) -> impl Iterator<Item = Ix<Action>> {
        let mut rest = self;
        std::iter::from_fn(move || rest.take_first())
    }

    /// The first of the actions, which is then taken out.
    #[inline(always)]
    pub(crate) fn take_first(&mut self) -> Option<Ix<Action>> {
        let first = (self.0 != 0).then(|| Ix::new(self.0.trailing_zeros()));
        self.0 &= self.0.wrapping_sub(1);
        first
    }
}

impl FromIterator<Ix<Action>> for Actions {
    fn from_iter<I: IntoIterator<Item = Ix<Action>>>(actions: I) -> Self {
        let mut set = Self::default();
        actions.into_iter().for_each(|action| set.insert(action));
        set
    }
}
