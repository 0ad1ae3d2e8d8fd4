//! What somebody holds, as a value: who holds the same has the same rights, each as seen from himself.

use crate::access::Access;
use crate::directory::{Department, User};
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::policy::{AuditMark, Limit};
use crate::resolve::{self, Nobody, View};
use crate::snapshot::Column;

/// What somebody holds on an occasion, or why nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Held {
    Unknown,
    Dismissed,
    UnknownCircumstance,
    Views(Vec<HeldView>),
}

/// What he holds in one view.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct HeldView {
    administrator: bool,
    roles: Vec<Column>,
    limits: Vec<Ix<Limit>>,
    within: Option<Key<Department>>,
    audited_as: Option<Key<AuditMark>>,
    /// Which substitution it is, of all of the snapshot.
    stand_in: Option<usize>,
    absent: Option<Key<User>>,
    /// Whether he belongs where the view is confined to: only then can he create what must be his own.
    inside: bool,
}

impl Held {
    pub(super) fn of(access: &Access<'_>) -> Self {
        match access.viewer() {
            Err(Nobody::Unknown) => Self::Unknown,
            Err(Nobody::Dismissed) => Self::Dismissed,
            Err(Nobody::UnknownCircumstance) => Self::UnknownCircumstance,
            Ok(_) => Self::Views(access.views().map(|view| HeldView::of(&view)).collect()),
        }
    }
}

impl HeldView {
    fn of(view: &View<'_>) -> Self {
        let viewer = &view.viewer;
        let key = |user: Handle<User>| viewer.snapshot.user_key(user).cloned();
        Self {
            administrator: viewer.is_administrator(),
            roles: viewer.held_roles(),
            limits: resolve::limit::all_in_force(viewer),
            within: view.apart.and_then(|apart| apart.within.as_ref()).map(|(key, _)| key.clone()),
            audited_as: view.apart.and_then(|apart| apart.audited_as.clone()),
            stand_in: view.stand_in.map(|stand_in| std::ptr::from_ref(stand_in).addr()),
            absent: view.stand_in.and_then(|stand_in| key(stand_in.absent)),
            inside: view.contains(viewer.handle()),
        }
    }
}
