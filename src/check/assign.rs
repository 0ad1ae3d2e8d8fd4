//! Assigning: may he give this role?

use crate::access::Access;
use crate::check::{Decision, Denial};
use crate::key::Key;
use crate::moment::Moment;
use crate::policy::{Assignment, Delegation};
use crate::resolve::{self, Surplus};
use crate::vocabulary::{Action, Place, Relations};

/// Whether an assignment may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Assigning {
    /// It may.
    Allowed,
    /// It may not: the viewer, the role or a circumstance is unknown, or he is dismissed.
    Denied(Denial),
    /// It may not: the role gives what he does not have.
    Exceeds(Excess),
}

/// The first thing that a role gives and that the viewer does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Excess {
    /// What it is.
    pub what: Exceeding,
    /// From when, while the assignment lasts, he does not have it: it would outlive what he has, if that is later than now.
    pub from: Moment,
}

/// What a role gives too much.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exceeding {
    /// An action.
    Right {
        /// Where: at this place or one that it inherits from.
        place: Place,
        /// Which.
        action: Key<Action>,
        /// What the role reaches.
        gives: Relations,
        /// What he reaches.
        has: Relations,
    },
    /// A move.
    Transition {
        /// From this stage, or from where no stage is known.
        from: Place,
        /// To this one.
        to: Place,
    },
}

impl Assigning {
    /// Whether it may.
    #[must_use]
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed)
    }

    /// What is too much, if that is why not.
    pub fn excess(&self) -> Option<&Excess> {
        match self {
            Self::Exceeds(excess) => Some(excess),
            Self::Allowed | Self::Denied(_) => None,
        }
    }
}

impl From<&Assigning> for Decision {
    fn from(assigning: &Assigning) -> Self {
        match assigning {
            Assigning::Allowed => Self::Allowed,
            Assigning::Denied(denial) => Self::Denied(*denial),
            Assigning::Exceeds(_) => Self::Denied(Denial::ExceedsOwnRights),
        }
    }
}

impl Access<'_> {
    /// Whether the viewer may make this assignment, as far as the policy's [`Delegation`] goes. Whether he may assign roles at all is a
    /// right like any other, and the application's to ask; what he gives it to is checked when the policy is compiled.
    ///
    /// Where he may give his own rights only, the role must reach nothing that he does not reach himself, at any place, with any
    /// action or move. Sets of relations are compared: who has "department" may give "department". What he has is what his roles
    /// give him in his own view, within his limits: not what is confined to a department, not what he has in somebody else's
    /// place. He must have it as long as the assignment lasts, from this access on, and in the circumstances that it needs and no
    /// others: what he has only with a second factor he can give only with that condition.
    ///
    /// Takes time in proportion to the places and actions of the vocabulary, for every moment at which what he has changes.
    ///
    /// ```
    /// use bailiwick::{
    ///     crm, Assignment, Delegation, Directory, Moment, Policy, Snapshot, Subject, User,
    /// };
    ///
    /// let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    /// let policy = Policy::new(crm::vocabulary())
    ///     .roles(crm::roles())
    ///     .delegation(Delegation::OwnRightsOnly)
    ///     .assign(Assignment::new(crm::MANAGER, Subject::User("anna".into())));
    /// let snapshot = Snapshot::compile(&policy, &directory)?;
    ///
    /// let anna = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
    /// let to_boris = |role| Assignment::new(role, Subject::User("boris".into()));
    /// assert!(anna.may_assign(&to_boris(crm::MANAGER)).is_allowed());
    /// assert!(anna.may_assign(&to_boris(crm::DIRECTOR)).excess().is_some());
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn may_assign(&self, assignment: &Assignment) -> Assigning {
        let snapshot = self.snapshot();
        let viewer = match self.viewer() {
            Ok(viewer) => viewer,
            Err(nobody) => return Assigning::Denied(nobody.into()),
        };
        let Some(role) = snapshot.roles.names.find(assignment.role.borrow()) else {
            return Assigning::Denied(Denial::UnknownRole);
        };
        let known = |key: &Key<_>| snapshot.lexicon.circumstances.find(key.borrow()).is_some();
        if !assignment.when.iter().all(known) {
            return Assigning::Denied(Denial::UnknownCircumstance);
        }
        if snapshot.delegation == Delegation::Free {
            return Assigning::Allowed;
        }
        let window = assignment.window;
        let first = window.first().unwrap_or(Moment::MIN).max(self.at());
        let during = (first, window.last().unwrap_or(Moment::MAX));
        let circumstances = snapshot.lexicon.known_circumstances(&assignment.when);
        match resolve::surplus(viewer, role, during, circumstances) {
            Some((from, surplus)) => self.exceeds(surplus, from),
            None => Assigning::Allowed,
        }
    }

    fn exceeds(&self, surplus: Surplus, from: Moment) -> Assigning {
        let (places, actions) = (&self.snapshot().places, &self.snapshot().lexicon.actions);
        let what = match surplus {
            Surplus::Right { place, action, gives, has } => places
                .path(place)
                .cloned()
                .zip(actions.key(action).cloned())
                .map(|(place, action)| Exceeding::Right { place, action, gives, has }),
            Surplus::Transition { from, to } => places
                .path(from)
                .cloned()
                .zip(places.path(to).cloned())
                .map(|(from, to)| Exceeding::Transition { from, to }),
        };
        match what {
            Some(what) => Assigning::Exceeds(Excess { what, from }),
            None => Assigning::Denied(Denial::ExceedsOwnRights),
        }
    }
}
