//! What is legal and still looks wrong: findings about a policy and a directory, for whoever keeps them.
//!
//! Each lint is decidable and complete: it finds every case of what it describes, and nothing else, as far
//! as can be said without records. What a role gives is heard from
//! `resolve`. A lint is one function; the table in [`lint`] lists them.
//!
//! Deliberately absent: taste. Nothing here depends on names or on how a policy is written down.

mod assignments;
mod crowd;
mod finding;
mod gaps;
mod occasions;
mod people;
mod reduces;
mod rights;
mod substitutions;

pub use finding::{Finding, Lint, Severity};

use std::collections::BTreeSet;

use crate::directory::Directory;
use crate::key::Key;
use crate::moment::Moment;
use crate::policy::{Policy, Role};
use crate::snapshot::{Occasion, Problems, Snapshot};

use crowd::Crowds;

/// Why nothing can be said of a policy and a directory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LintProblem {
    /// They do not compile.
    #[error(transparent)]
    Unsound(#[from] Problems),
    /// Roles that were said to conflict, and that the policy does not have. Sorted, each once, never empty.
    #[error("{}", .0.iter().map(|role| format!("there is no role `{role}`")).collect::<Vec<_>>().join("\n"))]
    UnknownRoles(Vec<Key<Role>>),
}

/// What a lint looks at.
pub(super) struct Ground<'a> {
    policy: &'a Policy,
    directory: &'a Directory,
    snapshot: &'a Snapshot,
    /// The same, as if no role took the place of another: people hold all that they are given.
    given: &'a Snapshot,
    crowds: Crowds<'a>,
    at: Moment,
    /// No circumstances first, and then all those in which somebody might hold something else.
    occasions: Vec<Occasion>,
    conflicts: &'a [(Key<Role>, Key<Role>)],
}

/// Everything that looks wrong with a policy and a directory at a moment.
///
/// `conflicts` are pairs of roles that nobody should hold together, such as who orders and who pays. The findings come in the
/// order of the table of [`Lint`], and within one lint in the order of the documents.
///
/// Takes time in proportion to users (times the sets of circumstances in which somebody might hold something else; see [`Lint`]),
/// to assignments and the members of the subjects that they name, each subject once, and to different sets of roles times places
/// and actions. Only assignments that are alike but for their times are compared with one another.
///
/// # Errors
///
/// [`LintProblem`], if the two do not compile, for what is wrong comes before what looks wrong, or if a role of `conflicts` is unknown.
///
/// ```
/// use bailiwick::review::lint;
/// use bailiwick::{Assignment, Directory, Moment, Policy, Role, Subject, User, crm};
///
/// let directory = Directory::new().with(User::new("anna"));
/// let policy = Policy::new(crm::vocabulary())
///     .role(Role::new("exports").set(crm::DEAL, crm::READ, crm::OWN).set(crm::DEAL, crm::EXPORT, crm::ALL))
///     .assign(Assignment::new("exports", Subject::User("anna".into())));
/// let findings = lint(&policy, &directory, Moment::from_unix_seconds(0), &[])?;
/// let codes: Vec<&str> = findings.iter().map(|finding| finding.lint().code()).collect();
/// assert!(codes.contains(&"wider-than-read") && codes.contains(&"role-for-one-user"));
/// # Ok::<(), bailiwick::review::LintProblem>(())
/// ```
pub fn lint(
    policy: &Policy,
    directory: &Directory,
    at: Moment,
    conflicts: &[(Key<Role>, Key<Role>)],
) -> Result<Vec<Finding>, LintProblem> {
    let snapshot = Snapshot::compile(policy, directory)?;
    let named: BTreeSet<&Key<Role>> = conflicts.iter().flat_map(|(one, other)| [one, other]).collect();
    let unknown = named.into_iter().filter(|role| snapshot.roles.names.find(role.borrow()).is_none());
    let unknown: Vec<Key<Role>> = unknown.cloned().collect();
    if !unknown.is_empty() {
        return Err(LintProblem::UnknownRoles(unknown));
    }
    let crowds = Crowds::of(policy, &snapshot, at);
    let occasions = occasions::occasions(policy, &snapshot, at);
    let given = without_superseding(policy, directory)?;
    let given = given.as_ref().unwrap_or(&snapshot);
    let ground = Ground { policy, directory, snapshot: &snapshot, crowds, given, at, occasions, conflicts };
    let table: [fn(&Ground<'_>) -> Vec<Finding>; 22] = [
        reduces::role_reduces,
        rights::wider_than_read,
        assignments::settings_for_everybody,
        assignments::everybody_reaches_all,
        people::conflicting_roles,
        gaps::prerequisite_nowhere,
        gaps::stage_without_exit,
        people::entity_without_reader,
        assignments::switched_off,
        assignments::archived,
        assignments::reaches_nobody,
        assignments::over,
        substitutions::never_live,
        assignments::long,
        assignments::overlapping,
        substitutions::overlapping,
        substitutions::stands_in_for_himself,
        people::role_for_one_user,
        people::user_without_roles,
        rights::create_without_read,
        rights::gives_nothing,
        rights::contained,
    ];
    let mut findings: Vec<Finding> = table.iter().flat_map(|lint| lint(&ground)).collect();
    findings.sort_by_key(Finding::lint);
    Ok(findings)
}

/// The snapshot that there would be if no role took the place of another, where any does.
fn without_superseding(policy: &Policy, directory: &Directory) -> Result<Option<Snapshot>, Problems> {
    if policy.roles.iter().all(|role| role.supersedes.is_empty()) {
        return Ok(None);
    }
    let mut policy = policy.clone();
    policy.roles.iter_mut().for_each(|role| role.supersedes.clear());
    Snapshot::compile(&policy, directory).map(Some)
}
