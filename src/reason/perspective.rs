//! Through which view something is seen.

use std::fmt::{self, Formatter};

use crate::directory::{Department, User};
use crate::key::Key;
use crate::policy::AuditMark;
use crate::resolve::View;
use crate::snapshot::Snapshot;

/// What makes a view another than one's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Perspective {
    /// The department that its roles are confined to.
    pub within: Option<Key<Department>>,
    /// Under what it is recorded for the audit.
    pub audited_as: Option<Key<AuditMark>>,
    /// Whose rights they are, if the viewer stands in for somebody.
    pub absent: Option<Key<User>>,
    /// Why he stands in.
    pub reason: Option<String>,
}

impl Perspective {
    pub(crate) fn of(view: &View<'_>, snapshot: &Snapshot) -> Self {
        Self {
            within: view
                .apart
                .and_then(|apart| apart.within.as_ref())
                .map(|(department, _)| department.clone()),
            audited_as: view.apart.and_then(|apart| apart.audited_as.clone()),
            absent: view.stand_in.and_then(|stand_in| snapshot.user_key(stand_in.absent)).cloned(),
            reason: view.stand_in.and_then(|stand_in| stand_in.reason.clone()),
        }
    }
}

impl fmt::Display for Perspective {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let absent = self.absent.as_ref().map(|absent| match &self.reason {
            Some(reason) => format!("in the place of {absent} ({})", reason.escape_debug()),
            None => format!("in the place of {absent}"),
        });
        let within = self.within.as_ref().map(|department| format!("confined to {department} and below"));
        let mark = self.audited_as.as_ref().map(|mark| format!("recorded as {mark}"));
        let parts: Vec<String> = [absent, within, mark].into_iter().flatten().collect();
        f.write_str(&parts.join(", "))
    }
}
