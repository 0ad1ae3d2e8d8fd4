//! How long the answers take. One binary, a module per question.
//!
//! ```text
//! cargo bench --bench main                     everything; a figure takes some eight seconds
//! cargo bench --bench main -- 'check, 100 '    what matches
//! cargo bench --bench main -- --test           once each, to see that it runs and that all answers are right
//! BAILIWICK_BENCH=million cargo bench --bench main
//! ```
//!
//! Every figure is the time of *one* question (one record of a page, one access, one compilation), not of a loop. The names say
//! how many users the organisation has. *random* asks 100,000 different questions in turn, *repeated* the first 512 of them,
//! *waiting* chooses the next question by the answer, so that no two overlap. *baseline* is the same from hash maps, as a
//! competent team writes it in an afternoon (`support/baseline.rs`). The answers to all questions are compared with the
//! baseline's before anything is timed, and it is asserted that a check allocates nothing.
//!
//! On a busy machine compare figures of one run with each other, and take the least of several runs. Counts of
//! instructions do not depend on the load:
//!
//! ```text
//! BAILIWICK_BENCH=steps valgrind --tool=callgrind --collect-atstart=no \
//!     --toggle-collect='*steps::counted_checks*' target/release/deps/main-<hash>
//! ```
//!
//! divides into 100,000 questions; `counted_actions` likewise for all actions on a record, `walked_checks` and `walked_actions` for
//! companies that are too large for tables worked out beforehand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot run panics"
)]

mod access;
mod actions;
mod check;
mod compile;
mod exceptions;
mod keys;
mod lists;
mod million;
mod page;
mod steps;
mod support;
mod who_can;

use criterion::Criterion;

use crate::support::company::Company;
use crate::support::organisation::Size;

fn main() {
    match std::env::var("BAILIWICK_BENCH").as_deref() {
        Ok("million") => million::run(),
        Ok("steps") => steps::run(),
        _ => questions(),
    }
}

fn questions() {
    let mut criterion = Criterion::default().configure_from_args();
    let companies = [Size::SMALL, Size::MIDDLE, Size::LARGE].map(Company::new);
    check::run(&mut criterion, &companies);
    keys::run(&mut criterion, &companies);
    page::run(&mut criterion, &companies);
    actions::run(&mut criterion, &companies);
    access::run(&mut criterion, &companies);
    exceptions::run(&mut criterion, &companies);
    lists::run(&mut criterion);
    compile::run(&mut criterion, &companies);
    who_can::run(&mut criterion, &companies);
    criterion.final_summary();
}
