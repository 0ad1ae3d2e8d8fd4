//! The permissions that the states of a process carry.
//!
//! They are lists like any others, on a ladder of their own: that several states run at once adds their entries up, which is
//! what a chain of lists without negative entries does. Only that a state can restrict nothing has to be said apart.

use crate::access::Access;
use crate::acl::Object;
use crate::answer::{ActionSet, Decision, Denial};
use crate::directory::User;
use crate::key::Handle;
use crate::policy::{Acl, Subject};
use crate::preset::bizproc::operation::Operation;
use crate::preset::bizproc::{CAN_ADD, CAN_READ, CREATE, READ, STATES};
use crate::resolve::acl::FrozenAcl;

/// What the running states let the viewer do with their document; nothing, if none of them restricts it.
///
/// A state without permissions does not restrict. One with an empty list lets nobody. What one state lets him do, he may, whatever
/// the others say. Whose subject is the author is the document's, in CRM whoever is responsible.
///
/// ```
/// use bailiwick::{Acl, Directory, FrozenAcl, Moment, Policy, Snapshot, Subject, User, bizproc, preset};
///
/// let directory = Directory::new().with(User::new("anna"));
/// let snapshot = Snapshot::compile(&preset::by_name("bizproc").unwrap_or_default(), &directory)?;
/// let anna = snapshot.user("anna");
/// let access = snapshot.access(anna, Moment::from_unix_seconds(1_790_000_000));
///
/// let draft = snapshot.acl(bizproc::STATES, &Acl::new().give(bizproc::CAN_READ, Subject::Author));
/// let nobody = FrozenAcl::empty();
/// assert!(bizproc::in_states(&access, [None], anna).is_none());
/// assert!(bizproc::in_states(&access, [None, Some(&nobody)], anna).is_some_and(|may| may.is_empty()));
/// assert!(bizproc::in_states(&access, [Some(&nobody), Some(&draft)], anna).is_some_and(|may| may.contains(bizproc::READ)));
/// # Ok::<(), bailiwick::Problems>(())
/// ```
pub fn in_states<'s, 'l>(
    access: &Access<'s>,
    running: impl IntoIterator<Item = Option<&'l FrozenAcl>>,
    author: impl Into<Handle<User>>,
) -> Option<ActionSet<'s>> {
    let restricting: Vec<&FrozenAcl> = running.into_iter().flatten().collect();
    if restricting.is_empty() {
        return None;
    }
    let document = FrozenAcl::empty();
    let states = access.acl(STATES);
    Some(states.below(restricting).actions(&Object::new(&document).author(author)))
}

/// Whether the viewer may do this with a document that no module keeps.
///
/// Where no running state restricts it, only its author and administrators may. Else reading lets them see the process and the
/// document, creating lets them start and write. Templates and robots belong to no such document.
pub fn may_with_virtual<'l>(
    access: &Access<'_>,
    operation: Operation,
    running: impl IntoIterator<Item = Option<&'l FrozenAcl>>,
    author: impl Into<Handle<User>>,
) -> Decision {
    let action = match operation {
        Operation::ViewWorkflow | Operation::ReadDocument => READ,
        Operation::StartWorkflow | Operation::WriteDocument => CREATE,
        Operation::EditTemplates | Operation::CreateAutomation | Operation::DebugAutomation => {
            return Decision::Denied(Denial::NotOffered);
        }
    };
    let mut states: Vec<&FrozenAcl> = running.into_iter().flatten().collect();
    let authors = Acl::new().give(CAN_READ, Subject::Author).give(CAN_ADD, Subject::Author);
    let authors = access.snapshot().acl(STATES, &authors);
    if states.is_empty() {
        states.push(&authors);
    }
    let document = FrozenAcl::empty();
    access.acl(STATES).below(states).check(action, &Object::new(&document).author(author))
}
