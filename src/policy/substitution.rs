//! Substitutions: somebody acts in an absent person's place.

use crate::directory::User;
use crate::key::Key;
use crate::moment::Window;
use crate::vocabulary::{Action, Place};

/// One user stands in for another: for a while, he also has what the absent person has at that moment, measured as the absent
/// person: "own" means the absent person's.
///
/// Never more than the absent person has, and not through several steps: what the absent person has by standing in for a third
/// does not pass on. It ends by itself with its window, and at once when either of the two is dismissed. What the substitute
/// has himself stays, and is asked first. What he may only as a substitute is marked for the audit; see
/// [`Access::audit`](crate::Access::audit).
///
/// ```
/// use bailiwick::{Extent, Moment, Place, Substitution, Window};
///
/// let holidays = Window::from(Moment::from_unix_seconds(100)).until(Moment::from_unix_seconds(200));
/// let boris_for_anna = Substitution::new("anna", "boris")
///     .during(holidays)
///     .only(Extent::everywhere().actions(["read", "update"]))
///     .because("holidays");
/// assert_eq!(boris_for_anna.only.as_ref().map(Vec::len), Some(1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Substitution {
    /// Who is away.
    pub absent: Key<User>,
    /// Who stands in.
    pub substitute: Key<User>,
    /// When it holds, both ends inclusive.
    pub window: Window,
    /// What it is narrowed to: an action at a place passes if any of these covers it. Not narrowed, if there is no list; an
    /// empty list passes nothing.
    pub only: Option<Vec<Extent>>,
    /// Why, in the words of whoever arranged it.
    pub reason: Option<String>,
}

/// Some actions at some place, or all of them, or everywhere: a part of what can be asked.
///
/// A place covers everything that lies in it: an entity its pipelines, a pipeline its stages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Extent {
    /// The place; everywhere, if there is none.
    pub place: Option<Place>,
    /// The actions; all, if there is no list.
    pub actions: Option<Vec<Key<Action>>>,
}

impl Substitution {
    /// For good, and for everything that the absent person has.
    pub fn new(absent: impl Into<Key<User>>, substitute: impl Into<Key<User>>) -> Self {
        Self {
            absent: absent.into(),
            substitute: substitute.into(),
            window: Window::ALWAYS,
            only: None,
            reason: None,
        }
    }

    /// Limits it to a window.
    #[must_use]
    pub fn during(mut self, window: impl Into<Window>) -> Self {
        self.window = window.into();
        self
    }

    /// Narrows it to this, and to what it was narrowed to before.
    #[must_use]
    pub fn only(mut self, extent: Extent) -> Self {
        self.only.get_or_insert_default().push(extent);
        self
    }

    /// Says why.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

impl Extent {
    /// Every action, everywhere.
    pub const fn everywhere() -> Self {
        Self { place: None, actions: None }
    }

    /// Every action at the place and in all that lies in it.
    pub fn at(place: impl Into<Place>) -> Self {
        Self { place: Some(place.into()), actions: None }
    }

    /// These actions alone.
    #[must_use]
    pub fn actions<K: Into<Key<Action>>>(mut self, actions: impl IntoIterator<Item = K>) -> Self {
        self.actions.get_or_insert_default().extend(actions.into_iter().map(Into::into));
        self
    }
}
