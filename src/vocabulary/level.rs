//! Levels: how far a right reaches.

use crate::key::Key;
use crate::vocabulary::Relations;

/// A named set of relations: a right at this level reaches the records to which the viewer stands in any of them.
///
/// The usual ladder of CRM (section 2.3 of the rights model):
///
/// | level | relations |
/// |---|---|
/// | none | none: an explicit "no" |
/// | own | `OWN` |
/// | department | `OWN`, `DEPARTMENT` |
/// | subdepartments | … and `SUBDEPARTMENTS` |
/// | open | … and the flag *open* |
/// | all | `ALWAYS` |
///
/// A level is a set and not a step: own-and-open without the department is a level like any other. Two levels unite to
/// the union of their sets, and that is all that "the maximum" means.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Level {
    /// Its key.
    pub key: Key<Level>,
    /// The records it reaches.
    pub relations: Relations,
}

impl Level {
    /// The level that reaches these records.
    pub fn new(key: impl Into<Key<Level>>, relations: Relations) -> Self {
        Self { key: key.into(), relations }
    }
}
