//! Real databases, schemas and worlds for holding row filters against the check.
//!
//! A package of its own so that whoever tests the crate itself need not build `SQLite`.

pub mod engine;
pub mod firm;
pub mod mysql;
pub mod postgres;
pub mod schema;
mod server;
pub mod sqlite;
pub mod world;
