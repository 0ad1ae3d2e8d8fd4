//! Limits: what is taken away again, whoever gave it.

use crate::key::Key;
use crate::moment::Window;
use crate::policy::Subject;
use crate::vocabulary::{Action, Circumstance, Place};

/// Takes some actions at some places away from a subject, for good or for a while, in whatever circumstances or in some.
///
/// Limits are a layer of their own. They come after everything that gives: roles, the settings right, what stands for observers
/// and always-readable records, an administrator's freedom. They give nothing and lift nothing, so one more limit never allows
/// anything more. A new limit takes everything everywhere; say what it spares.
///
/// ```
/// use bailiwick::{crm, Limit, Subject};
///
/// // Contractors never export.
/// let contractors = Limit::new("contractors", Subject::UserGroup("contractors".into())).actions([crm::EXPORT]);
/// // Outside the office only calls and chats.
/// let outside = Limit::new("outside", Subject::SignedIn).unless(["office_network"]).everywhere_but(["call", "chat"]);
/// // On a phone no downloads.
/// let phone = Limit::new("phone", Subject::Everyone).when(["phone"]).actions(["download"]);
/// # let _ = (contractors, outside, phone);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limit {
    /// Its key, by which explanations name it.
    pub key: Key<Limit>,
    /// Whom it limits.
    pub on: Subject,
    /// When it is in force, both ends inclusive.
    pub window: Window,
    /// It is in force only in these circumstances, all of them.
    pub when: Vec<Key<Circumstance>>,
    /// Any of these circumstances lifts it.
    pub unless: Vec<Key<Circumstance>>,
    /// The actions that it takes.
    pub actions: Among<Key<Action>>,
    /// Where it takes them. A place covers everything below it; a stage only itself.
    pub places: Among<Place>,
    /// Whether it leaves administrators alone.
    pub spares_administrators: bool,
}

/// A choice among all things of a kind, those included that are declared later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Among<T> {
    /// All.
    #[default]
    All,
    /// These.
    These(Vec<T>),
    /// All but these.
    AllBut(Vec<T>),
}

impl Limit {
    /// Takes everything from the subject, everywhere and always.
    pub fn new(key: impl Into<Key<Limit>>, on: Subject) -> Self {
        Self {
            key: key.into(),
            on,
            window: Window::ALWAYS,
            when: Vec::new(),
            unless: Vec::new(),
            actions: Among::All,
            places: Among::All,
            spares_administrators: false,
        }
    }

    /// Puts it in force for a while.
    #[must_use]
    pub fn during(mut self, window: impl Into<Window>) -> Self {
        self.window = window.into();
        self
    }

    /// Puts it in force only in these circumstances, all of them.
    #[must_use]
    pub fn when<K: Into<Key<Circumstance>>>(mut self, circumstances: impl IntoIterator<Item = K>) -> Self {
        self.when.extend(circumstances.into_iter().map(Into::into));
        self
    }

    /// Lifts it in any of these circumstances. Where all of them are to be needed, write a limit for each.
    #[must_use]
    pub fn unless<K: Into<Key<Circumstance>>>(mut self, circumstances: impl IntoIterator<Item = K>) -> Self {
        self.unless.extend(circumstances.into_iter().map(Into::into));
        self
    }

    /// Takes only these actions.
    #[must_use]
    pub fn actions<K: Into<Key<Action>>>(self, actions: impl IntoIterator<Item = K>) -> Self {
        Self { actions: Among::These(actions.into_iter().map(Into::into).collect()), ..self }
    }

    /// Takes all actions but these.
    #[must_use]
    pub fn actions_but<K: Into<Key<Action>>>(self, actions: impl IntoIterator<Item = K>) -> Self {
        Self { actions: Among::AllBut(actions.into_iter().map(Into::into).collect()), ..self }
    }

    /// Takes them only at these places.
    #[must_use]
    pub fn at<P: Into<Place>>(self, places: impl IntoIterator<Item = P>) -> Self {
        Self { places: Among::These(places.into_iter().map(Into::into).collect()), ..self }
    }

    /// Takes them everywhere but at these places.
    #[must_use]
    pub fn everywhere_but<P: Into<Place>>(self, places: impl IntoIterator<Item = P>) -> Self {
        Self { places: Among::AllBut(places.into_iter().map(Into::into).collect()), ..self }
    }

    /// Leaves administrators alone.
    #[must_use]
    pub fn sparing_administrators(self) -> Self {
        Self { spares_administrators: true, ..self }
    }
}

impl<T> Among<T> {
    /// What it names, to choose or to leave out.
    pub(crate) fn named(&self) -> &[T] {
        match self {
            Self::All => &[],
            Self::These(named) | Self::AllBut(named) => named,
        }
    }

    /// Its word in documents and pointers.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::These(_) => "these",
            Self::AllBut(_) => "all_but",
        }
    }

    /// Whether what it names is what is chosen; otherwise everything else is.
    pub(crate) fn chooses_named(&self) -> bool {
        matches!(self, Self::These(_))
    }
}
