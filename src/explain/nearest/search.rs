//! Looking for sets of changes of which nothing can be spared.

use crate::change::Change;
use crate::policy::Rank;
use crate::vocabulary::Relations;

/// A change that is tried.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) change: Change,
    /// What it changes. Two changes of the same thing are never tried together.
    pub(super) slot: usize,
    pub(super) size: Size,
}

/// How far a change goes, beside others of the same slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Whole,
    Level(Relations),
    Rank(Rank),
}

impl Size {
    fn is_smaller_than(self, other: Self) -> bool {
        match (self, other) {
            (Self::Level(one), Self::Level(other)) => covers(other, one) && !covers(one, other),
            (Self::Rank(one), Self::Rank(other)) => one < other,
            _ => false,
        }
    }
}

/// Whether a level reaches everything that another does.
pub(super) fn covers(wide: Relations, narrow: Relations) -> bool {
    wide.contains(Relations::ALWAYS) || wide.contains(narrow)
}

/// Every set of at most so many candidates that allows, if no smaller set does: none with some of its changes, each as it is or
/// smaller.
///
/// A set of which a part allows is not tried, for it cannot be one of these.
pub(super) fn smallest(
    candidates: &[Candidate],
    at_most: usize,
    allows: impl Fn(&[&Change]) -> bool,
) -> Vec<Vec<&Candidate>> {
    let mut allowing: Vec<Vec<&Candidate>> = Vec::new();
    let mut denied: Vec<(Vec<&Candidate>, &[Candidate])> = vec![(Vec::new(), candidates)];
    for size in 1..=at_most {
        let mut still_denied = Vec::new();
        for (set, rest) in denied {
            for (at, next) in rest.iter().enumerate() {
                let wider: Vec<&Candidate> = set.iter().copied().chain([next]).collect();
                let rivals = set.iter().any(|it| it.slot == next.slot);
                if rivals || allowing.iter().any(|part| is_part(part, &wider)) {
                    continue;
                }
                let changes: Vec<&Change> = wider.iter().map(|it| &it.change).collect();
                if allows(&changes) {
                    allowing.push(wider);
                } else if size < at_most {
                    still_denied.push((wider, rest.get(at + 1..).unwrap_or_default()));
                }
            }
        }
        denied = still_denied;
    }
    let smallest = |set: &&Vec<&Candidate>| !allowing.iter().any(|other| is_smaller(other, set));
    allowing.iter().filter(smallest).cloned().collect()
}

fn is_part(part: &[&Candidate], set: &[&Candidate]) -> bool {
    part.iter().all(|it| set.iter().any(|other| std::ptr::eq(*it, *other)))
}

/// Whether a set has only changes of another, each as it is or smaller, and is not that other.
fn is_smaller(one: &[&Candidate], other: &[&Candidate]) -> bool {
    let same = |a: &Candidate, b: &Candidate| std::ptr::eq(a, b);
    let below = |a: &Candidate, b: &Candidate| a.slot == b.slot && a.size.is_smaller_than(b.size);
    let within = one.iter().all(|it| other.iter().any(|wide| same(it, wide) || below(it, wide)));
    within && (one.len() < other.len() || !is_part(one, other))
}
