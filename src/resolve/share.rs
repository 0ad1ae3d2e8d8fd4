//! One record, shared: with whom, and for which actions.
//!
//! Who is in a subject is asked as it is for objects' own lists, from the viewer ([`Circle`]), and only where a record is shared
//! at all for something that may be. What a share opens is a relation like any other, [`Relations::SHARED`]: so limits, prerequisites
//! and reasons need no word about it.
//!
//! Deliberately absent: who may share. That is a right of the application's own, such as updating.
//!
//! [`Relations::SHARED`]: crate::vocabulary::Relations::SHARED

use crate::index::Ix;
use crate::key::Handle;
use crate::policy::Subject;
use crate::resolve::record::Record;
use crate::resolve::view::View;
use crate::resolve::viewer::Viewer;
use crate::snapshot::{Actions, Circle, Snapshot, Whom};
use crate::vocabulary::{Action, Place};

/// One record's share; given to [`Record::openings`] as [`Opening::Shared`](crate::Opening::Shared).
///
/// Built on the spot from a row, like the record, and allocates nothing.
///
/// ```
/// use bailiwick::{
///     Department, Directory, Entity, Handle, Moment, Offer, Opening, Policy, Record, Share, Snapshot, Subject, User,
///     Vocabulary,
/// };
///
/// let report = Entity::new("report").offer(Offer::new("read").shareable()).offer(Offer::new("delete"));
/// let vocabulary = Vocabulary::new().actions(["read", "delete"]).entity(report);
/// let directory = Directory::new()
///     .with(Department::new("sales"))
///     .with(User::new("anna").sits_in("sales"))
///     .with(User::new("boris"));
/// let snapshot = Snapshot::compile(&Policy::new(vocabulary), &directory)?;
///
/// let sales = snapshot.grantee(&Subject::Department("sales".into()));
/// let actions = [Handle::from(snapshot.action("read")), Handle::from(snapshot.action("delete"))];
/// let shares = [Opening::Shared(Share::new(sales, &actions))];
/// let record = Record::at(snapshot.entity("report")).openings(&shares);
///
/// let may = |user: &str, action: &str| {
///     let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
///     access.check(snapshot.action(action), &record).is_allowed()
/// };
/// assert!(may("anna", "read"));
/// assert!(!may("boris", "read"));
/// assert!(!may("anna", "delete")); // not shareable
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Share<'a> {
    pub(crate) with: Grantee,
    pub(crate) actions: &'a [Handle<Action>],
}

/// A subject that is looked up: with whom a record is shared. Made by [`Snapshot::grantee`].
///
/// In another snapshot it means the same or nobody, as a handle does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grantee(pub(crate) Whom);

impl<'a> Share<'a> {
    /// Shared with whoever is in the subject, for these actions. An unknown action opens nothing.
    #[inline]
    pub fn new(with: Grantee, actions: &'a [Handle<Action>]) -> Self {
        Self { with, actions }
    }

    /// What it may open of these actions.
    pub(crate) fn opens(&self, snapshot: &Snapshot, shareable: Actions) -> Actions {
        let known = self.actions.iter().filter_map(|action| snapshot.lexicon.action(*action));
        known.filter(|action| shareable.contains(*action)).collect()
    }
}

impl Snapshot {
    /// The subject, looked up, for [`Share`]. Never fails: nobody is in one that is unknown, nor in
    /// [`Subject::Author`], for only an object's own list has one.
    ///
    /// Takes one hash.
    pub fn grantee(&self, subject: &Subject) -> Grantee {
        Grantee(self.whom(subject))
    }
}

/// What the viewer is in. Takes time in proportion to his memberships.
pub(crate) fn circle_of<'s>(viewer: &Viewer<'s>) -> Circle<'s> {
    viewer.snapshot.circle(viewer.handle(), viewer.occasion().at)
}

/// The actions for which a record at the place is shared with whoever has this view.
pub(super) fn shared(view: &View<'_>, place: Ix<Place>, record: &Record<'_>) -> Actions {
    if view.apart.is_some() || record.shares().next().is_none() {
        return Actions::default();
    }
    let snapshot = view.viewer.snapshot;
    let shareable = snapshot.offers.shareable(snapshot.places.entity(place));
    if shareable.is_empty() {
        return Actions::default();
    }
    let circle = circle_of(&view.viewer);
    let his = record.shares().filter(|share| circle.contains(share.with.0));
    his.fold(Actions::default(), |all, share| all.union(share.opens(snapshot, shareable)))
}
