//! `bailiwick who-can`: the users who may do something with a record, by what lets them, and whether visitors may.

use bailiwick::Snapshot;
use bailiwick::review::Roster;
use clap::Args;

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::output::{Output, notes};
use crate::question::Matter;

/// Tell who may do something with a record, and what lets them.
///
/// The record is described as to `check`; nobody in particular asks.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct WhoCan {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    matter: Matter,
    /// The action to ask about.
    #[arg(long, value_name = "ACTION", help_heading = "Question")]
    action: String,
}

const AFTER: &str = "\
Exit status:
  0  somebody may: a user, or visitors
  1  nobody may
  2  the input cannot be used

With --json, the answer is printed as a document of format bailiwick/who-can: how many users may, and in groups by what
lets them, each with a code; `visitors` is what lets whoever has not signed in, or null; with exit status 2, the problems as `check` prints them.";

impl WhoCan {
    pub(crate) fn run(&self) -> Output {
        let answer = self.documents.compile().and_then(|snapshot| self.ask(&snapshot));
        answer.unwrap_or_else(|problems| Output::unusable(&problems))
    }

    fn ask(&self, snapshot: &Snapshot) -> Result<Output, Vec<Complaint>> {
        self.matter.put(snapshot, |record, circumstances, at, said| {
            let roster = Roster::of(snapshot).in_circumstances(circumstances);
            let who = roster.who_can(snapshot.action(&self.action), record, at);
            Output {
                verdict: who.anybody_may().into(),
                text: who.to_string(),
                asides: notes(said),
                json: who.to_json(),
            }
        })
    }
}
