//! What is legal and still looks wrong: findings about a policy and a directory, for whoever keeps them.
//!
//! Each lint is decidable and complete: it finds every case of what it describes, and nothing else, as far
//! as can be said without records. What a role gives is heard from
//! `resolve`. A lint is one function; the table in [`lint`] lists them.
//!
//! Deliberately absent: taste. Nothing here depends on names or on how a policy is written down.

mod assignments;
mod finding;
mod people;
mod reduces;
mod rights;
mod substitutions;

pub use finding::{Finding, Lint, Severity};

use crate::directory::Directory;
use crate::key::Key;
use crate::moment::Moment;
use crate::policy::{Policy, Role};
use crate::snapshot::{Problems, Snapshot};

/// What a lint looks at.
pub(super) struct Ground<'a> {
    policy: &'a Policy,
    directory: &'a Directory,
    snapshot: &'a Snapshot,
    /// The same, as if no role took the place of another: people hold all that they are given.
    given: &'a Snapshot,
    at: Moment,
    conflicts: &'a [(Key<Role>, Key<Role>)],
}

/// Everything that looks wrong with a policy and a directory at a moment.
///
/// `conflicts` are pairs of roles that nobody should hold together, such as who orders and who pays. The findings come in the
/// order of the table of [`Lint`], and within one lint in the order of the documents. Takes time in proportion to users times
/// assignments, and to different sets of roles times places and actions.
///
/// # Errors
///
/// [`Problems`], if the two do not compile: what is wrong comes before what looks wrong.
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
/// # Ok::<(), bailiwick::Problems>(())
/// ```
pub fn lint(
    policy: &Policy,
    directory: &Directory,
    at: Moment,
    conflicts: &[(Key<Role>, Key<Role>)],
) -> Result<Vec<Finding>, Problems> {
    let snapshot = Snapshot::compile(policy, directory)?;
    let given = without_superseding(policy, directory)?;
    let given = given.as_ref().unwrap_or(&snapshot);
    let ground = Ground { policy, directory, snapshot: &snapshot, given, at, conflicts };
    let table: [fn(&Ground<'_>) -> Vec<Finding>; 22] = [
        reduces::role_reduces,
        rights::wider_than_read,
        assignments::settings_for_everybody,
        assignments::everybody_reaches_all,
        people::conflicting_roles,
        rights::prerequisite_nowhere,
        rights::stage_without_exit,
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
