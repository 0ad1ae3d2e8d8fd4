//! Filters as conditions of SQL, through `sea-query`. Behind the feature `sql`.
//!
//! The application says once where its tables keep what rights speak of: a [`Mapping`], made against a snapshot and an entity
//! and refused if some filter could not be answered. From then on a filter becomes a condition that the application adds to
//! its own select, so that paging, order and totals stay the database's.
//!
//! Invariant: every condition is positive, except two: "none, or other than these" for stages and pipelines, and not being in
//! some departments or heading them. These two are written as IS NOT TRUE, which is never NULL. So a NULL never makes a
//! condition true by itself:
//!
//! | NULL in | means |
//! |---|---|
//! | the owner or another party | nobody: nobody's own, in nobody's department |
//! | the stage | no stage: the pipeline's rights hold, as for a stage that the vocabulary does not know |
//! | the pipeline | no pipeline: the entity's rights hold, as for an unknown pipeline |
//! | a flag | not set |
//! | a department, in a membership or a record | no department |
//! | a link | linked to nothing |
//! | a share | shared with nobody |
//!
//! A condition may come out as NULL in place of false, which a WHERE takes for the same; so do not negate one.
//!
//! Its own folder because nothing else in the crate knows SQL. Deliberately absent: joins (a record would be there twice),
//! LIKE, and text spliced into a statement.

mod advice;
mod arms;
mod compare;
mod dialect;
#[cfg(feature = "testkit")]
mod held;
mod linked;
mod mapping;
mod needs;
mod party;
mod problem;
mod render;
mod schema;
mod several;
mod shared;
mod text;
mod truth;

pub use advice::{ColumnRead, Index};
pub use dialect::Dialect;
pub use linked::Linked;
pub use mapping::{Mapping, MappingBuilder};
pub use problem::{MappingProblem, MappingProblems};
pub use schema::{
    Column, DepartmentNumbers, FlagColumn, KeyType, Memberships, Participants, PartySource, Table,
};
pub use shared::Shares;
#[cfg(feature = "testkit")]
pub(crate) use shared::named;
pub use text::{Sql, Value};

/// The version of `sea-query` whose types these are.
pub use sea_query;
