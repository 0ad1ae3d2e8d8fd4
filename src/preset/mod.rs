//! Ready-made vocabularies and default roles, as data. Rights models of products that people know.
//!
//! A preset is what an application would otherwise write by hand: a vocabulary, the roles that it ships with, and typed
//! constants, so that code says `crm::DEAL` and not `"deal"`. It uses nothing that any other vocabulary could not use, and
//! nothing below knows that it is here.
//!
//! | name | what |
//! |---|---|
//! | `crm` | [`crm`] with its present five roles |
//! | `crm-classic` | the same vocabulary with the four roles of its first decade |
//! | `tasks-in-groups` | the same, with tasks that social groups host |
//! | `telephony` | [`telephony`]: calls, recordings, lines |
//! | `tasks` | [`tasks`]: tasks, templates, and to whom tasks are given |
//! | `open-lines` | [`open_lines`]: conversations with clients, and the lines that they come in by |
//! | `crm-open-lines` | both in one vocabulary: [`open_lines::beside`] |
//! | `disk` | [`disk`]: folders and files, with lists of their own |
//! | `bizproc` | [`bizproc`]: documents of business processes, with lists of their own |
//! | `help-desk` | [`help_desk`]: tickets, those who write and those who answer them |
//! | `portal` | [`portal`]: groups of users, kinds of users, where administrators are free |
//! | `social-groups` | [`social_groups`]: workgroups, their features, and what they host |
//! | `support` | [`support`]: temporary access for the vendor's help desk |
//!
//! Each is in the registry [`ALL`], by which the program and scenarios know them by name.
//!
//! Deliberately absent: people. Whom the roles are given to is the application's to say; what the product itself says of it
//! is in [`Preset::assignments`] and in a function beside the roles.

pub mod bizproc;
pub mod crm;
pub mod disk;
pub mod help_desk;
pub mod open_lines;
pub mod portal;
pub mod social_groups;
pub mod support;
pub mod tasks;
pub mod telephony;

use crate::directory::Directory;
use crate::policy::{Assignment, Policy};
use crate::vocabulary::Vocabulary;

/// Every preset, in the order in which they are listed.
pub const ALL: &[Preset] = &[
    crm::PRESENT,
    crm::CLASSIC,
    tasks::PRESET,
    tasks::IN_GROUPS,
    telephony::PRESET,
    open_lines::PRESET,
    open_lines::BESIDE_CRM,
    disk::PRESET,
    bizproc::PRESET,
    help_desk::PRESET,
    portal::PRESET,
    social_groups::PRESET,
    support::PRESET,
];

/// A ready-made vocabulary with the roles that a product ships with.
///
/// ```
/// use bailiwick::{Directory, Snapshot, preset};
///
/// for preset in preset::ALL {
///     assert!(preset.policy().assignments.is_empty());
///     assert!(Snapshot::compile(&preset.policy(), &Directory::new()).is_ok(), "{}", preset.name());
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    name: &'static str,
    about: &'static str,
    policy: fn() -> Policy,
    assignments: fn() -> Vec<Assignment>,
    directory: fn() -> Directory,
}

impl Preset {
    /// The name by which documents and command lines know it.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it is, in one line.
    pub const fn about(&self) -> &'static str {
        self.about
    }

    /// What there is to protect.
    pub fn vocabulary(&self) -> Vocabulary {
        self.policy().vocabulary
    }

    /// The vocabulary, the default roles, and the rule by which they combine; given to nobody yet.
    pub fn policy(&self) -> Policy {
        (self.policy)()
    }

    /// To whom the product gives the roles when it is installed.
    ///
    /// Departments and user groups in it are examples (`company`, `direction`, `marketing_and_sales`): an application has
    /// keys of its own, and compiling reports the ones that its directory does not have.
    pub fn assignments(&self) -> Vec<Assignment> {
        (self.assignments)()
    }

    /// The groups that the product is installed with, without members; nothing, for most.
    pub fn directory(&self) -> Directory {
        (self.directory)()
    }
}

/// The preset of this name.
pub fn find(name: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.name == name)
}

/// The preset of this name as a policy: its vocabulary and its default roles, given to nobody yet. What
/// running a scenario asks for.
///
/// ```
/// use bailiwick::preset;
///
/// assert!(preset::by_name("telephony").is_some());
/// assert!(preset::by_name("erp").is_none());
/// ```
pub fn by_name(name: &str) -> Option<Policy> {
    find(name).map(Preset::policy)
}
