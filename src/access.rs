//! Who asks: the value that all questions are asked of.
//!
//! Its own floor, below the questions, because they are peers that do not know each other and all of them start here.
//!
//! Deliberately absent: failure. A user that nobody knows has an access as well, and is denied everything.

use crate::directory::User;
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::resolve::{self, Nobody, View, Viewer};
use crate::snapshot::{Circumstances, Occasion, Snapshot};
use crate::vocabulary::Circumstance;

/// One viewer at one moment, in given circumstances: the thing to ask. Made per request of the application, in a few nanoseconds.
///
/// ```
/// use bailiwick::{crm, Assignment, Department, Directory, Moment, Policy, Record, Snapshot, Subject, User};
///
/// let directory = Directory::new()
///     .with(Department::new("sales"))
///     .with(User::new("anna").sits_in("sales"))
///     .with(User::new("boris").sits_in("sales"));
/// let policy = Policy::new(crm::vocabulary())
///     .roles(crm::roles())
///     .assign(Assignment::new(crm::MANAGER, Subject::Department("sales".into())));
/// let snapshot = Snapshot::compile(&policy, &directory)?;
///
/// let access = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(1_790_000_000));
/// let own = Record::at(crm::DEAL).owner(snapshot.user("anna"));
/// let colleagues = Record::at(crm::DEAL).owner(snapshot.user("boris"));
/// assert!(access.check(crm::UPDATE, &own).is_allowed());
/// assert!(access.check(crm::READ, &colleagues).is_denied());
/// assert!(access.actions(&own).contains(crm::READ));
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Access<'s> {
    snapshot: &'s Snapshot,
    viewer: Viewer<'s>,
    /// Why there is no viewer, if there is none; the one above then holds nothing.
    nobody: Option<Nobody>,
    /// The views that he has besides his own; hardly anybody has any.
    others: Box<[View<'s>]>,
    /// Who was asked for, known or not, and on which occasion.
    user: Handle<User>,
    on: Occasion,
}

impl Snapshot {
    /// The access of a user at a moment. An unknown or dismissed user gets an access too: one that is denied everything.
    ///
    /// Costs one look at the user's row, and a search if any of his roles have dates.
    #[inline(always)]
    pub fn access(&self, user: impl Into<Handle<User>>, at: impl Into<Moment>) -> Access<'_> {
        let (user, on) = (user.into(), Occasion { at: at.into(), circumstances: Circumstances::default() });
        Access::of(self, Viewer::new(self, user, on), user, on)
    }

    /// The access of a visitor who has not signed in: only what is given to everyone.
    pub fn anonymous_access(&self, at: impl Into<Moment>) -> Access<'_> {
        let on = Occasion { at: at.into(), circumstances: Circumstances::default() };
        Access::of(self, Ok(Viewer::anonymous(self, on)), Handle::unknown(), on)
    }

    /// The first moment after this one at which any answer to anybody could be another one, in whatever circumstances:
    /// [`Access::valid_until`] for all users and visitors together. Takes time in proportion to the number of users.
    pub fn valid_until(&self, at: impl Into<Moment>) -> Option<Moment> {
        resolve::all_valid_until(self, at.into())
    }
}

impl<'s> Access<'s> {
    #[inline(always)]
    fn of(
        snapshot: &'s Snapshot,
        viewer: Result<Viewer<'s>, Nobody>,
        user: Handle<User>,
        on: Occasion,
    ) -> Self {
        let (viewer, nobody) = match viewer {
            Ok(viewer) => (viewer, None),
            Err(nobody) => (Viewer::without_anything(snapshot, on), Some(nobody)),
        };
        let others = if viewer.has_views() { resolve::others(viewer) } else { Box::default() };
        Self { snapshot, viewer, nobody, others, user, on }
    }

    /// The same access in these circumstances too. What nobody asserts does not hold.
    ///
    /// A circumstance that the vocabulary does not have is never ignored, for it may be a slip in the name of one that
    /// takes something away: such an access is denied everything, with
    /// [`Denial::UnknownCircumstance`](crate::Denial::UnknownCircumstance).
    ///
    /// ```
    /// use bailiwick::{
    ///     crm, Assignment, Circumstance, Directory, Moment, Name, Policy, Record, Snapshot, Subject, User,
    /// };
    ///
    /// const OFFICE_NETWORK: Name<Circumstance> = Name::new("office_network");
    ///
    /// let vocabulary = crm::vocabulary().circumstances([OFFICE_NETWORK]);
    /// let policy = Policy::new(vocabulary)
    ///     .roles(crm::roles())
    ///     .assign(Assignment::new(crm::MANAGER, Subject::SignedIn).when([OFFICE_NETWORK]));
    /// let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new("anna")))?;
    ///
    /// let outside = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(1_790_000_000));
    /// let inside = outside.clone().in_circumstances([OFFICE_NETWORK]);
    /// let own = Record::at(crm::DEAL).owner(snapshot.user("anna"));
    /// assert!(outside.check(crm::READ, &own).is_denied());
    /// assert!(inside.check(crm::READ, &own).is_allowed());
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    #[must_use]
    pub fn in_circumstances<C: Into<Handle<Circumstance>>>(
        mut self,
        circumstances: impl IntoIterator<Item = C>,
    ) -> Self {
        let mut viewer = self.viewer().copied();
        for circumstance in circumstances {
            match self.snapshot.lexicon.circumstance(circumstance.into()) {
                Some(circumstance) => self.on.circumstances.insert(circumstance),
                None => viewer = viewer.and(Err(Nobody::UnknownCircumstance)),
            }
        }
        let viewer = viewer.map(|viewer| viewer.on(self.on));
        Self::of(self.snapshot, viewer, self.user, self.on)
    }

    /// The snapshot that is asked.
    #[inline]
    pub fn snapshot(&self) -> &'s Snapshot {
        self.snapshot
    }

    /// The user whose access it is, known or not; a visitor has the handle of nobody.
    #[inline]
    pub(crate) fn user(&self) -> Handle<User> {
        self.user
    }

    /// The moment for which it was made.
    #[inline]
    pub fn at(&self) -> Moment {
        self.on.at
    }

    /// The circumstances that were asserted, in the order of the vocabulary.
    pub fn circumstances(&self) -> Vec<Key<Circumstance>> {
        self.snapshot.lexicon.circumstance_keys(self.on.circumstances)
    }

    /// The first moment after [`Access::at`] at which any answer could be another one for this viewer in these circumstances, if
    /// nothing is changed in the meantime; none, if the answers stay as they are. Keep what was answered until then, and no
    /// longer.
    ///
    /// It is the moment at which the set of the roles that he holds changes, or of the limits on him, or of the people he stands
    /// in for, or of their roles and limits: not one at which something begins or ends that holds in another way as well, and
    /// for an administrator, whose roles nobody asks, only one of his limits. Takes time in proportion to his assignments,
    /// memberships and limits that have terms. Answers from objects' lists hang on groups too: see
    /// [`AclAccess::valid_until`](crate::AclAccess::valid_until).
    ///
    /// ```
    /// # use bailiwick::{crm, Assignment, Directory, Moment, Policy, Snapshot, Subject, User, Window};
    /// let at = Moment::from_unix_seconds;
    /// let policy = Policy::new(crm::vocabulary())
    ///     .roles(crm::roles())
    ///     .assign(Assignment::new(crm::MANAGER, Subject::SignedIn).during(Window::from(at(100)).until(at(199))));
    /// let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new("anna")))?;
    /// let until = |now| snapshot.access(snapshot.user("anna"), at(now)).valid_until();
    /// assert_eq!([until(7), until(100), until(200)], [Some(at(100)), Some(at(200)), None]);
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn valid_until(&self) -> Option<Moment> {
        self.viewer().ok().and_then(resolve::valid_until)
    }

    #[inline]
    pub(crate) fn occasion(&self) -> Occasion {
        self.on
    }

    /// The views that the viewer has besides his own, in the order in which they are asked.
    #[inline]
    pub(crate) fn others(&self) -> &[View<'s>] {
        &self.others
    }

    /// All views, his own first; none, if there is no viewer.
    pub(crate) fn views(&self) -> impl Iterator<Item = View<'s>> {
        let own = self.viewer().ok().copied().map(View::own);
        own.into_iter().chain(self.others.iter().cloned())
    }

    /// The viewer, or somebody who holds nothing in the place of one: [`Access::known`] says which.
    #[inline(always)]
    pub(crate) fn whoever(&self) -> &Viewer<'s> {
        &self.viewer
    }

    /// Whether there is a viewer, and why not.
    #[inline(always)]
    pub(crate) fn known(&self) -> Result<(), Nobody> {
        self.nobody.map_or(Ok(()), Err)
    }

    #[inline]
    pub(crate) fn viewer(&self) -> Result<&Viewer<'s>, Nobody> {
        self.nobody.map_or(Ok(&self.viewer), Err)
    }
}
