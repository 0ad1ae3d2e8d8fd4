//! Who asks: the value that all questions are asked of.
//!
//! Its own floor, below the questions, because they are peers that do not know each other and all of them start here.
//!
//! Deliberately absent: failure. A user that nobody knows has an access as well, and is denied everything.

use crate::directory::User;
use crate::key::Handle;
use crate::moment::Moment;
use crate::resolve::{self, Nobody, View, Viewer};
use crate::snapshot::Snapshot;

/// One viewer at one moment: the thing to ask. Made per request of the application, in a few nanoseconds.
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
    viewer: Result<Viewer<'s>, Nobody>,
    /// The views that he has besides his own; hardly anybody has any.
    others: Box<[View<'s>]>,
    /// Who was asked for, known or not, and when: for explanations.
    user: Handle<User>,
    at: Moment,
}

impl Snapshot {
    /// The access of a user at a moment. An unknown or dismissed user gets an access too: one that is denied everything.
    ///
    /// Costs one look at the user's row, and a search if any of his roles have dates.
    #[inline]
    pub fn access(&self, user: impl Into<Handle<User>>, at: impl Into<Moment>) -> Access<'_> {
        let (user, at) = (user.into(), at.into());
        Access::of(self, Viewer::new(self, user, at), user, at)
    }

    /// The access of a visitor who has not signed in: only what is given to everyone.
    pub fn anonymous_access(&self, at: impl Into<Moment>) -> Access<'_> {
        let at = at.into();
        let viewer = Viewer::anonymous(self, at);
        let others = resolve::others(&viewer, at).into_boxed_slice();
        Access { snapshot: self, viewer: Ok(viewer), others, user: Handle::unknown(), at }
    }
}

impl<'s> Access<'s> {
    #[inline]
    fn of(
        snapshot: &'s Snapshot,
        viewer: Result<Viewer<'s>, Nobody>,
        user: Handle<User>,
        at: Moment,
    ) -> Self {
        let others = match &viewer {
            Ok(viewer) if viewer.has_views() => resolve::others(viewer, at).into_boxed_slice(),
            _ => Box::default(),
        };
        Self { snapshot, viewer, others, user, at }
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
        self.at
    }

    /// The views that the viewer has besides his own, in the order in which they are asked.
    #[inline]
    pub(crate) fn others(&self) -> &[View<'s>] {
        &self.others
    }

    /// All views, his own first; none, if there is no viewer.
    pub(crate) fn views(&self) -> impl Iterator<Item = View<'s>> {
        let own = self.viewer.as_ref().ok().cloned().map(View::own);
        own.into_iter().chain(self.others.iter().cloned())
    }

    #[inline]
    pub(crate) fn viewer(&self) -> Result<&Viewer<'s>, Nobody> {
        self.viewer.as_ref().map_err(|nobody| *nobody)
    }
}
