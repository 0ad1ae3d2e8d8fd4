//! What changes would change: a policy and a directory before them, and after them.

use crate::change::{Change, ChangeProblem};
use crate::directory::Directory;
use crate::key::KeyRef;
use crate::moment::Moment;
use crate::policy::Policy;
use crate::review::{Diff, diff};
use crate::snapshot::{Problem, Problems, Snapshot};

/// What changes would change, made in this order.
///
/// Only what comes of all of them must be sound: a change may need what a later one brings.
///
/// Takes the time of compiling twice, and of a [`diff`]; if something would be wrong, for each such thing that of compiling a few
/// times more, at the most the square of how often the number of changes can be halved.
///
/// ```
/// use bailiwick::review::what_if;
/// use bailiwick::{Change, Directory, Moment, Policy, Right, Role, crm};
///
/// let policy = Policy::new(crm::vocabulary()).role(Role::new("seller"));
/// let set = |level: &str| Change::SetRight { role: "seller".into(), right: Right::new(crm::DEAL, crm::READ, level) };
/// let ask = |changes: &[Change]| what_if(&policy, &Directory::new(), changes, Moment::from_unix_seconds(0), []);
///
/// assert!(ask(&[set("all")]).is_ok_and(|diff| diff.is_empty())); // nobody holds the role
/// let problem = ask(&[set("all"), set("everything")]).unwrap_err();
/// assert_eq!(problem.to_string(), "changes/1: policy/roles/0/rights/0/level: there is no level `everything`");
/// ```
///
/// # Errors
///
/// [`WhatIfProblem`], if what there is does not compile, if a change cannot be made, or if what comes of them does not compile.
pub fn what_if<'k>(
    policy: &Policy,
    directory: &Directory,
    changes: &[Change],
    at: impl Into<Moment>,
    circumstances: impl IntoIterator<Item = KeyRef<'k>>,
) -> Result<Diff, WhatIfProblem> {
    let before = Snapshot::compile(policy, directory)?;
    let (new_policy, new_directory) = made(policy, directory, changes)?;
    match Snapshot::compile(&new_policy, &new_directory) {
        Ok(after) => Ok(diff(&before, &after, at, circumstances)),
        Err(problems) => Err(WhatIfProblem::After(since(policy, directory, changes, &problems)?)),
    }
}

/// Why it cannot be said what changes would change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WhatIfProblem {
    /// What there is, is wrong already. No change was looked at.
    #[error(transparent)]
    Before(#[from] Problems),
    /// One of the changes cannot be made. Those before it can.
    #[error("changes/{number}: {problem}")]
    Change {
        /// Which: its number, counted from zero.
        number: usize,
        /// Why not.
        problem: ChangeProblem,
    },
    /// What would come of the changes is wrong. Never empty.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    After(Vec<Consequence>),
}

/// Something that would be wrong after changes, and what brings it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("changes/{number}: {problem}")]
#[non_exhaustive]
pub struct Consequence {
    /// The number of the change that it comes with, counted from zero: it is not wrong before that one, and is after it.
    pub number: usize,
    /// What is wrong, with its place in what comes of all changes.
    pub problem: Problem,
}

/// What comes of changes.
fn made(
    policy: &Policy,
    directory: &Directory,
    changes: &[Change],
) -> Result<(Policy, Directory), WhatIfProblem> {
    let (mut policy, mut directory) = (policy.clone(), directory.clone());
    for (number, change) in changes.iter().enumerate() {
        change
            .apply(&mut policy, &mut directory)
            .map_err(|problem| WhatIfProblem::Change { number, problem })?;
    }
    Ok((policy, directory))
}

/// Which change each problem comes with: one before which it is not there and after which it is, and rather a late one. Looked for from
/// the end in steps that double, so that few of the changes are tried.
fn since(
    policy: &Policy,
    directory: &Directory,
    changes: &[Change],
    problems: &Problems,
) -> Result<Vec<Consequence>, WhatIfProblem> {
    let mut told = Vec::new();
    let all = Stretch { without: 0, with: changes.len(), step: 1 };
    let mut open: Vec<(Stretch, Vec<&Problem>)> = vec![(all, problems.iter().collect())];
    while let Some((stretch, problems)) = open.pop() {
        let Some(between) = stretch.between().filter(|_| !problems.is_empty()) else {
            let number = stretch.without;
            told.extend(problems.into_iter().map(|it| Consequence { number, problem: it.clone() }));
            continue;
        };
        let (policy, directory) = made(policy, directory, changes.get(..between).unwrap_or_default())?;
        let there = Snapshot::compile(&policy, &directory).err();
        let is_there = |problem: &&Problem| there.iter().flatten().any(|it| it.kind() == problem.kind());
        let (older, newer): (Vec<_>, Vec<_>) = problems.into_iter().partition(is_there);
        open.push((Stretch { without: between, step: 1, ..stretch }, newer));
        open.push((Stretch { with: between, step: stretch.step * 2, ..stretch }, older));
    }
    told.sort_by_key(|it| it.number);
    Ok(told)
}

/// Something is not there after the first so many changes, and is there after more of them.
#[derive(Clone, Copy)]
struct Stretch {
    without: usize,
    with: usize,
    /// How far before its end to look next.
    step: usize,
}

impl Stretch {
    /// How many changes to try next; nothing, if a single one is in question.
    fn between(self) -> Option<usize> {
        let middle = self.without + (self.with - self.without) / 2;
        (middle > self.without).then(|| middle.max(self.with.saturating_sub(self.step)))
    }
}

#[cfg(test)]
mod tests {
    use super::Stretch;

    /// How many changes are tried until the culprit is known, and which it is.
    fn tried(changes: usize, is_there_after: impl Fn(usize) -> bool) -> (usize, usize) {
        let (mut stretch, mut tried) = (Stretch { without: 0, with: changes, step: 1 }, 0);
        while let Some(between) = stretch.between() {
            assert!(stretch.without < between && between < stretch.with);
            tried += 1;
            stretch = match is_there_after(between) {
                true => Stretch { with: between, step: stretch.step * 2, ..stretch },
                false => Stretch { without: between, step: 1, ..stretch },
            };
        }
        (stretch.without, tried)
    }

    #[test]
    fn of_many_changes_few_are_tried() {
        for culprit in 0..4_000 {
            let (found, tried) = tried(4_000, |after| after > culprit);
            assert_eq!(found, culprit);
            assert!(tried <= 12 * 12, "{tried} for {culprit}");
        }
        assert_eq!(tried(4_000, |after| after == 1 || after > 3_990).0, 3_990);
    }
}
