//! Ready-made vocabularies and default roles, as data.

/// CRM.
pub mod crm {}
