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

    /// Both.
    pub(crate) fn union(self, others: Self) -> Self {
        Self(self.0 | others.0)
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

/// When something that is held in each of these windows first begins or ceases to be held after a moment; never, if there is no
/// such time. The windows are sorted; where one follows another at once, nothing changes in between.
pub(crate) fn first_change(windows: impl Iterator<Item = Window> + Clone, at: Moment) -> Option<Moment> {
    let held = windows.clone().any(|window| window.contains(at));
    if !held {
        return windows.filter_map(Window::first).find(|first| *first > at);
    }
    let follows = |end: Moment, window: Window| window.first().is_none_or(|first| Some(first) <= end.next());
    let end = windows.fold(at, |end, window| {
        let last = window.last().unwrap_or(Moment::MAX);
        if follows(end, window) { end.max(last) } else { end }
    });
    end.next()
}

/// When administrators are free.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Frees {
    /// In all of these circumstances.
    In(Circumstances),
    Never,
}

impl Default for Frees {
    fn default() -> Self {
        Self::In(Circumstances::default())
    }
}

impl Frees {
    #[inline]
    pub(crate) fn holds_in(self, circumstances: Circumstances) -> bool {
        match self {
            Self::In(needed) => needed.without(circumstances).is_empty(),
            Self::Never => false,
        }
    }

    /// Both.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::In(one), Self::In(other)) => Self::In(one.union(other)),
            _ => Self::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, Window, first_change};

    #[test]
    fn what_is_held_without_a_gap_does_not_change() {
        let at = Moment::from_unix_seconds;
        let during = |first, last| Window::from(at(first)).until(at(last));
        let change = |windows: &[Window], now| {
            first_change(windows.iter().copied(), at(now)).map(Moment::unix_seconds)
        };
        let windows = [during(1, 5), during(2, 3), during(6, 9), during(11, 12)];
        let expected =
            [(0, Some(1)), (1, Some(10)), (5, Some(10)), (9, Some(10)), (10, Some(11)), (11, Some(13))];
        for (now, then) in expected {
            assert_eq!(change(&windows, now), then, "after {now}");
        }
        assert_eq!(change(&windows, 13), None);
        assert_eq!(change(&[Window::ALWAYS.until(at(4)), Window::from(at(5))], 4), None);
        assert_eq!(change(&[Window::from(at(5)).until(Moment::MAX)], 7), None);
        assert_eq!(first_change([Window::from(at(0))].into_iter(), Moment::MAX), None);
    }
}
