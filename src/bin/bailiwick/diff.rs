//! `bailiwick diff`: whose rights another policy or directory would change, and how.

use std::path::PathBuf;
use std::time::SystemTime;

use bailiwick::review::diff;
use bailiwick::{KeyRef, Moment, Snapshot};
use clap::Args;

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::output::Output;

/// Tell whose rights another policy or directory would change, and how.
///
/// What is compared is what rights come to, user by user and place by place, and not how they are written down: a role that is
/// renamed does not show. If nothing changes, that is proven for every user and every record.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct DiffArgs {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    edited: Edited,
    /// The moment, such as 2026-08-01T00:00:00+03:00 [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = Moment::from_rfc3339, help_heading = WHEN)]
    at: Option<Moment>,
    /// A circumstance in which rights are compared. Can be repeated.
    #[arg(long = "circumstance", value_name = "CIRCUMSTANCE", help_heading = WHEN)]
    circumstances: Vec<String>,
}

const WHEN: &str = "When";

const AFTER: &str = "\
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
            (Ok(before), Ok(after)) => self.compare(&before, &after),
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

    fn compare(&self, before: &Snapshot, after: &Snapshot) -> Output {
        let known = |key: &&String| before.circumstance(*key).is_none() && after.circumstance(*key).is_none();
        let unknown = self.circumstances.iter().filter(known).map(|key| {
            let message = format!("the vocabulary has no circumstance `{key}`");
            Complaint::whole("--circumstance", "unknown", message)
        });
        let unknown: Vec<Complaint> = unknown.collect();
        if !unknown.is_empty() {
            return Output::unusable(&unknown);
        }
        let at = self.at.unwrap_or_else(|| SystemTime::now().into());
        let circumstances = self.circumstances.iter().map(|key| KeyRef::from(key.as_str()));
        let diff = diff(before, after, at, circumstances);
        Output { verdict: diff.is_empty().into(), json: diff.to_json(), ..Output::text(&diff.to_string()) }
    }
}
