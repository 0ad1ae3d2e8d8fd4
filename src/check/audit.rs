//! What is to be recorded: answers that rest on somebody else's rights, or on a role that is marked.
//!
//! Apart from the answers themselves, which are one byte and the same for all views.

use crate::access::Access;
use crate::check::create::{created, created_for};
use crate::check::relocate::moves;
use crate::directory::User;
use crate::key::{Handle, Key};
use crate::policy::AuditMark;
use crate::resolve::{self, Outcome, Record, View};
use crate::vocabulary::{Action, Place};

/// Why an answer is to be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Audit<'s> {
    /// Whose rights they are, if the viewer stands in for somebody.
    pub absent: Option<&'s Key<User>>,
    /// The mark of the assignment, if it has one.
    pub mark: Option<&'s Key<AuditMark>>,
    /// Why the viewer stands in, in the words of whoever arranged it.
    pub reason: Option<&'s str>,
}

impl<'s> Access<'s> {
    /// Under what an allowed action with this record is to be recorded. Nothing, if it is denied, or if the viewer may do it by
    /// rights of his own that need no record, and holds nothing that [marks everything](crate::Assignment::audits_everything).
    ///
    /// ```
    /// use bailiwick::{
    ///     Assignment, Directory, Moment, Policy, Record, Snapshot, Subject, Substitution, User, crm,
    /// };
    ///
    /// let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    /// let policy = Policy::new(crm::vocabulary())
    ///     .roles(crm::roles())
    ///     .assign(Assignment::new(crm::MANAGER, Subject::SignedIn))
    ///     .substitute(Substitution::new("anna", "boris").because("holidays"));
    /// let snapshot = Snapshot::compile(&policy, &directory)?;
    ///
    /// let boris = snapshot.access(snapshot.user("boris"), Moment::from_unix_seconds(0));
    /// let his = Record::at(crm::DEAL).owner(snapshot.user("boris"));
    /// let annas = Record::at(crm::DEAL).owner(snapshot.user("anna"));
    /// assert!(boris.check(crm::UPDATE, &annas).is_allowed());
    /// assert_eq!(boris.audit(crm::UPDATE, &his), None);
    /// assert_eq!(boris.audit(crm::UPDATE, &annas).and_then(|audit| audit.reason), Some("holidays"));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn audit(&self, action: impl Into<Handle<Action>>, record: &Record<'_>) -> Option<Audit<'s>> {
        let (_, place, action) = self.question(record.place, action.into()).ok()?;
        self.first(|view| resolve::decide_in(view, place, action, record) == Outcome::Allowed)
    }

    /// Under what the creation that [`Access::create`] allows is to be recorded.
    pub fn audit_create(&self, place: impl Into<Handle<Place>>) -> Option<Audit<'s>> {
        let (_, place, action) = self.bound(place.into(), |rule| rule.creates_by).ok()?;
        let creation = self.creation(place, action);
        self.first(|view| creation.is_allowed() && created(view, place, action) == creation)
    }

    /// Under what the creation that [`Access::create_for`] allows is to be recorded.
    pub fn audit_create_for(
        &self,
        place: impl Into<Handle<Place>>,
        owner: impl Into<Handle<User>>,
    ) -> Option<Audit<'s>> {
        let owner = owner.into();
        let (place, action) = self.creating_for(place.into(), owner).ok()?;
        self.first(|view| created_for(view, place, action, owner).is_allowed())
    }

    /// Under what the move that [`Access::relocate`] allows is to be recorded.
    pub fn audit_relocate(&self, record: &Record<'_>, to: impl Into<Handle<Place>>) -> Option<Audit<'s>> {
        let (_, from, update) = self.bound(record.place, |rule| rule.updates_by).ok()?;
        let to = self.snapshot().places.accept(to.into())?;
        self.first(|view| moves(view, from, update, record, to).is_allowed())
    }

    /// Everything under which anything that this access allows may have to be recorded: what to announce when the viewer
    /// signs in.
    pub fn audits(&self) -> impl Iterator<Item = Audit<'s>> {
        self.others().iter().filter_map(|view| self.audit_of(view))
    }

    /// What the first view that allows it is recorded under.
    fn first(&self, allows: impl Fn(&View<'s>) -> bool) -> Option<Audit<'s>> {
        let view = self.views().find(allows)?;
        self.audit_of(&view)
    }

    /// The mark of what the viewer himself holds with a mark on everything.
    fn mark_of_everything(&self) -> Option<&'s Key<AuditMark>> {
        let own = self.others().iter().filter(|view| view.stand_in.is_none());
        let mut apart = own.filter_map(|view| view.apart);
        apart.find(|apart| apart.audits_everything).and_then(|apart| apart.audited_as.as_ref())
    }

    fn audit_of(&self, view: &View<'s>) -> Option<Audit<'s>> {
        let mark =
            view.apart.and_then(|apart| apart.audited_as.as_ref()).or_else(|| self.mark_of_everything());
        let absent = view.stand_in.and_then(|stand_in| self.snapshot().user_key(stand_in.absent));
        let reason = view.stand_in.and_then(|stand_in| stand_in.reason.as_deref());
        (mark.is_some() || absent.is_some()).then_some(Audit { absent, mark, reason })
    }
}
