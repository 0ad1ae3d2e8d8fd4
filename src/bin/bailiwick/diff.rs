//! `bailiwick diff`: whose rights another policy or directory would change, and how.

use std::path::PathBuf;

use bailiwick::review::{Diff, diff};
use bailiwick::{KeyRef, Snapshot};
use clap::Args;

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::occasion::Occasion;
use crate::output::Output;

/// Tell whose rights another policy or directory would change, and how.
///
/// What is compared is what rights come to, user by user and place by place, and not how they are written down: a role that is
/// renamed does not show. If nothing changes, that is proven for every user and every record, whatever is linked to it, hosts it or is
/// shared. Objects' own lists are not compared, nor who may hand on which role.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct DiffArgs {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    edited: Edited,
    #[command(flatten)]
    occasion: Occasion,
}

/// How a command ends that prints a diff.
pub(crate) const AFTER: &str = "\
Exit status:
  0  nothing changes
  1  something changes
  2  the input cannot be used

With --json, the diff is printed as a document of format bailiwick/diff: who is affected, and every difference with its
direction; with exit status 2, the problems as `check` prints them.";

/// What is edited: one of the two, or both.
#[derive(Args)]
#[command(next_help_heading = "After the edit")]
#[group(required = true, multiple = true)]
struct Edited {
    /// The policy after the edit.
    #[arg(long, value_name = "FILE")]
    to_policy: Option<PathBuf>,
    /// The directory after the edit.
    #[arg(long, value_name = "FILE")]
    to_directory: Option<PathBuf>,
}

impl DiffArgs {
    pub(crate) fn run(&self) -> Output {
        let edited =
            self.documents.instead(self.edited.to_directory.as_deref(), self.edited.to_policy.as_deref());
        match (self.documents.compile(), edited.compile()) {
            (Ok(before), Ok(after)) => {
                self.compare(&before, &after).unwrap_or_else(|complaints| Output::unusable(&complaints))
            }
            (before, after) => {
                // What both have in common is told once.
                let mut complaints = before.err().unwrap_or_default();
                for complaint in after.err().into_iter().flatten() {
                    if !complaints.contains(&complaint) {
                        complaints.push(complaint);
                    }
                }
                Output::unusable(&complaints)
            }
        }
    }

    fn compare(&self, before: &Snapshot, after: &Snapshot) -> Result<Output, Vec<Complaint>> {
        let known = |key: KeyRef<'_>| before.circumstance(key).is_some() || after.circumstance(key).is_some();
        let circumstances = self.occasion.circumstances(known)?;
        Ok(told(&diff(before, after, self.occasion.at(), circumstances)))
    }
}

/// A diff, and whether it says anything.
pub(crate) fn told(diff: &Diff) -> Output {
    Output { verdict: diff.is_empty().into(), json: diff.to_json(), ..Output::text(&diff.to_string()) }
}
