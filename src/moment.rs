//! Moments and the windows between them.
//!
//! The crate has no clock. A moment is always an argument, so that the same question has the same answer a year later.

pub(crate) mod calendar;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// An instant, in whole seconds since 1970-01-01T00:00:00Z; negative before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// The earliest moment there is.
    pub const MIN: Self = Self(i64::MIN);
    /// The latest moment there is.
    pub const MAX: Self = Self(i64::MAX);

    /// The moment this many seconds after 1970-01-01T00:00:00Z.
    pub const fn from_unix_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// The moment right after, unless this is the latest.
    pub(crate) fn next(self) -> Option<Self> {
        self.0.checked_add(1).map(Self)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub const fn unix_seconds(self) -> i64 {
        self.0
    }
}

/// Rounds down to the second: an access that ends at noon holds for all of that second and no longer.
impl From<SystemTime> for Moment {
    fn from(time: SystemTime) -> Self {
        let seconds = |span: Duration| i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(seconds(after)),
            Err(before) => {
                let before = before.duration();
                Self(-seconds(before) - i64::from(before.subsec_nanos() > 0))
            }
        }
    }
}

/// A span of time, both ends inclusive; a missing end is open (section 1.3.2 of the rights model).
///
/// ```
/// use bailiwick::{Moment, Window};
///
/// let august = Window::from(Moment::from_unix_seconds(100)).until(Moment::from_unix_seconds(200));
/// assert!(august.contains(Moment::from_unix_seconds(100)));
/// assert!(august.contains(Moment::from_unix_seconds(200)));
/// assert!(!august.contains(Moment::from_unix_seconds(201)));
/// assert!(Window::ALWAYS.contains(Moment::MIN));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    first: Moment,
    last: Moment,
}

impl Window {
    /// No limits.
    pub const ALWAYS: Self = Self { first: Moment::MIN, last: Moment::MAX };

    /// The window that also ends at `last`, which still belongs to it.
    #[must_use]
    pub const fn until(self, last: Moment) -> Self {
        Self { last, ..self }
    }

    /// The first moment inside, if there is a first.
    pub fn first(self) -> Option<Moment> {
        (self.first != Moment::MIN).then_some(self.first)
    }

    /// The last moment inside, if there is a last.
    pub fn last(self) -> Option<Moment> {
        (self.last != Moment::MAX).then_some(self.last)
    }

    /// Whether the moment is inside.
    pub fn contains(self, moment: Moment) -> bool {
        self.first <= moment && moment <= self.last
    }

    /// Whether no moment is inside.
    pub fn is_empty(self) -> bool {
        self.first > self.last
    }

    /// Whether every moment is inside.
    pub fn is_always(self) -> bool {
        self == Self::ALWAYS
    }

    /// The moments that are inside both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self { first: self.first.max(other.first), last: self.last.min(other.last) }
    }
}

/// The window that begins at this moment, which belongs to it, and does not end.
impl From<Moment> for Window {
    fn from(first: Moment) -> Self {
        Self { first, ..Self::ALWAYS }
    }
}

impl Default for Window {
    fn default() -> Self {
        Self::ALWAYS
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Moment, UNIX_EPOCH};

    #[test]
    fn a_system_time_rounds_down_on_both_sides_of_the_epoch() {
        let half = Duration::from_millis(1500);
        assert_eq!(Moment::from(UNIX_EPOCH + half), Moment::from_unix_seconds(1));
        assert_eq!(Moment::from(UNIX_EPOCH - half), Moment::from_unix_seconds(-2));
        assert_eq!(Moment::from(UNIX_EPOCH), Moment::from_unix_seconds(0));
    }
}
