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
/// Takes the time of compiling twice, and of a [`diff`].
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
    /// The number of the change since which it is wrong, counted from zero.
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

/// Since which change each problem is there. Goes back change by change, and compiles as often, until all are told.
fn since(
    policy: &Policy,
    directory: &Directory,
    changes: &[Change],
    problems: &Problems,
) -> Result<Vec<Consequence>, WhatIfProblem> {
    let mut open: Vec<&Problem> = problems.iter().collect();
    let mut told = Vec::new();
    for number in (0..changes.len()).rev() {
        let (policy, directory) = made(policy, directory, changes.get(..number).unwrap_or_default())?;
        let there = Snapshot::compile(&policy, &directory).err();
        let is_there = |problem: &&Problem| there.iter().flatten().any(|it| it.kind() == problem.kind());
        let (older, new): (Vec<_>, Vec<_>) = open.into_iter().partition(is_there);
        told.extend(new.into_iter().map(|problem| Consequence { number, problem: problem.clone() }));
        open = older;
        if open.is_empty() {
            break;
        }
    }
    told.sort_by_key(|it| it.number);
    Ok(told)
}
