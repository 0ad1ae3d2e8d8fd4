//! The mode `million`: a snapshot of a million users, 10,000 departments and 1,000 roles. Time to compile it, the bytes that
//! it keeps, and questions to it.
//!
//! Its own mode because it needs two gigabytes and a minute.
#![allow(clippy::print_stdout, reason = "this mode prints its figures itself")]

use std::time::{Duration, Instant};

use bailiwick::Snapshot;

use crate::support::memory;
use crate::support::organisation::{NOW, Organisation, Size};
use crate::support::questions;

const ROUNDS: usize = 5;
const QUESTIONS: usize = 1_000_000;

pub(crate) fn run() {
    let organisation = Organisation::new(Size::MILLION);
    let (policy, directory) = (organisation.policy(), organisation.directory());
    println!("{} assignments", policy.assignments.len());
    let compile = || {
        let before = memory::held();
        let start = Instant::now();
        let snapshot = Snapshot::compile(&policy, &directory).expect("the facts are sound");
        (start.elapsed(), memory::held() - before, snapshot)
    };
    for _ in 1..ROUNDS {
        let (time, _, _) = compile();
        println!("compile: {time:.2?}");
    }
    let (time, bytes, snapshot) = compile();
    println!("compile: {time:.2?}");
    println!("kept: {} bytes, {:.1} a user", bytes, bytes as f64 / Size::MILLION.users as f64);
    drop((policy, directory));
    for _ in 0..ROUNDS {
        println!("check: {:.1?}", checks(&organisation, &snapshot));
    }
}

/// The time of one question among a million random ones.
fn checks(organisation: &Organisation, snapshot: &Snapshot) -> Duration {
    let asked = questions::handles(snapshot, organisation, &questions::ask(organisation, QUESTIONS));
    let start = Instant::now();
    let allowed = asked
        .iter()
        .filter(|asked| snapshot.access(asked.user, NOW).check(asked.action, &asked.record).is_allowed());
    let allowed = allowed.count();
    let time = start.elapsed();
    assert!((QUESTIONS / 10..QUESTIONS).contains(&allowed));
    time / QUESTIONS as u32
}
