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
//!
//! Deliberately absent: people. Whom the roles are given to is the application's to say; what the product itself says of it
//! is a function beside the roles.

pub mod crm;

use crate::policy::Policy;

/// The names that [`by_name`] knows.
pub const NAMES: [&str; 2] = ["crm", "crm-classic"];

/// The preset of this name: its vocabulary and its default roles, given to nobody yet.
///
/// ```
/// use bailiwick::preset;
///
/// assert!(preset::NAMES.iter().all(|name| preset::by_name(name).is_some()));
/// assert!(preset::by_name("erp").is_none());
/// ```
pub fn by_name(name: &str) -> Option<Policy> {
    let roles = match name {
        "crm" => crm::roles(),
        "crm-classic" => crm::classic_roles(),
        _ => return None,
    };
    Some(Policy::new(crm::vocabulary()).roles(roles))
}
