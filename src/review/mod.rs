//! Reviews: what somebody may do in all, who may do something, and what an edit would change.
//!
//! Deliberately absent: any rule. Everything here is heard from `resolve`, and told in the words of `reason`.

mod classes;
mod diff;
mod lint;
pub mod matrix;
mod roster;
mod what_if;
mod who_can;

pub use classes::{Class, Classes, Fingerprint};
pub use diff::{About, Affected, Diff, Difference, Direction, Ground, Has, Leads, diff};
pub use lint::{Finding, Lint, LintProblem, Severity, lint};
pub use roster::Roster;
pub use what_if::{Consequence, WhatIfProblem, what_if};
pub use who_can::{By, Group, WhoCan};

/// Each of them once, in the order in which they come first.
fn each_once<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.fold(Vec::new(), |mut once, it| {
        if !once.contains(&it) {
            once.push(it);
        }
        once
    })
}
