//! What is done with a document, and which right of CRM that takes.

use crate::access::Access;
use crate::answer::Decision;
use crate::check::Creation;
use crate::key::Handle;
use crate::preset::crm;
use crate::resolve::Record;
use crate::vocabulary::Place;

/// What a process, or somebody through a process, does with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// Seeing the course of a process. The vendor's 0.
    ViewWorkflow,
    /// Starting a process. The vendor's 1.
    StartWorkflow,
    /// Changing the document. The vendor's 2.
    WriteDocument,
    /// Reading the document. The vendor's 3.
    ReadDocument,
    /// Editing the templates of processes. The vendor's 4.
    EditTemplates,
    /// Editing robots. The vendor's 5.
    CreateAutomation,
    /// Debugging robots. The vendor's 6.
    DebugAutomation,
}

/// The right of CRM that an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CrmRight {
    /// [`crm::READ`] on the record; of a kind of record, on any of it.
    Read,
    /// [`crm::UPDATE`] on the record; of a kind of record, [`crm::CREATE`].
    Update,
    /// [`crm::UPDATE`] on [`crm::SETTINGS`].
    Settings,
    /// [`crm::AUTOMATE`].
    Automate,
}

impl Operation {
    /// All operations, in the order of their ids.
    pub const ALL: [Self; 7] = [
        Self::ViewWorkflow,
        Self::StartWorkflow,
        Self::WriteDocument,
        Self::ReadDocument,
        Self::EditTemplates,
        Self::CreateAutomation,
        Self::DebugAutomation,
    ];

    /// The operation that has this id with the vendor.
    pub fn from_id(id: usize) -> Option<Self> {
        Self::ALL.get(id).copied()
    }

    /// The right that it takes where the document is a record of CRM.
    pub const fn crm_right(self) -> CrmRight {
        match self {
            Self::ViewWorkflow | Self::ReadDocument => CrmRight::Read,
            Self::StartWorkflow | Self::WriteDocument => CrmRight::Update,
            Self::EditTemplates | Self::DebugAutomation => CrmRight::Settings,
            Self::CreateAutomation => CrmRight::Automate,
        }
    }
}

/// Whether the viewer may do this with a record of CRM. Asks the vocabulary of [`crm`]; the author of such a document is whoever
/// is responsible for the record.
pub fn may_with_record(access: &Access<'_>, operation: Operation, record: &Record<'_>) -> Decision {
    match operation.crm_right() {
        CrmRight::Read => access.check(crm::READ, record),
        CrmRight::Update => access.check(crm::UPDATE, record),
        CrmRight::Settings => access.check(crm::UPDATE, &Record::at(crm::SETTINGS)),
        CrmRight::Automate => access.check(crm::AUTOMATE, record),
    }
}

/// Whether the viewer may do this with a kind of record of CRM, where there is no record yet.
pub fn may_with_type(access: &Access<'_>, operation: Operation, kind: impl Into<Handle<Place>>) -> Decision {
    let kind = kind.into();
    match operation.crm_right() {
        CrmRight::Read => access.enters(kind),
        CrmRight::Update => match access.create(kind) {
            Creation::Denied(denial) => Decision::Denied(denial),
            Creation::Allowed(_) => Decision::Allowed,
        },
        CrmRight::Settings | CrmRight::Automate => may_with_record(access, operation, &Record::at(kind)),
    }
}
