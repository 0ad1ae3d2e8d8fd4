//! When something is held: from when to when, and in which circumstances.
//!
//! Deliberately absent: memberships. They have a window that is cut with the assignment's, and no circumstances: a group is a
//! fact of the directory, and in what circumstances it counts is the assignment's to say.

use crate::index::Ix;
use crate::moment::{Moment, Window};
use crate::vocabulary::Circumstance;

/// A set of circumstances, by position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Circumstances(u32);

impl Circumstances {
    pub(crate) fn insert(&mut self, circumstance: Ix<Circumstance>) {
        self.0 |= 1_u32.checked_shl(circumstance.position()).unwrap_or(0);
    }

    pub(crate) fn contains(self, circumstance: Ix<Circumstance>) -> bool {
        self.0.checked_shr(circumstance.position()).unwrap_or(0) & 1 == 1
    }

    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are not among the others.
    #[inline]
    pub(crate) fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }
}

/// When an access is made, and in which circumstances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occasion {
    pub(crate) at: Moment,
    pub(crate) circumstances: Circumstances,
}

/// Moments and circumstances: on which occasions something is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Terms {
    pub(crate) window: Window,
    /// All of these are needed.
    pub(crate) when: Circumstances,
}

impl Terms {
    /// Whether every occasion will do.
    pub(crate) fn are_none(self) -> bool {
        self.window.is_always() && self.when.is_empty()
    }

    #[inline]
    pub(crate) fn allow(self, occasion: Occasion) -> bool {
        self.window.contains(occasion.at) && self.when.without(occasion.circumstances).is_empty()
    }

    /// The terms, cut to a window.
    pub(crate) fn within(self, window: Window) -> Self {
        Self { window: self.window.intersection(window), ..self }
    }
}
