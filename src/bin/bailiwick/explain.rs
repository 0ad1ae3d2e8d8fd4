//! `bailiwick explain`: the same question as `check`, with all the reasons of the answer.

use bailiwick::{Explanation, Snapshot};
use clap::Args;

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::output::{Output, notes};
use crate::question::Question;

/// Tell why a user may do something with a record, or why not.
///
/// The question is put as to `check`. The answer names the roles and how he came to them, what each says and where, what was
/// silenced and by what, and how he stands to the record.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Explain {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    question: Question,
    /// The action to ask about.
    #[arg(long, value_name = "ACTION", help_heading = "Question")]
    action: String,
}

const AFTER: &str = "\
Exit status:
  0  allowed
  1  denied
  2  the input cannot be used

With --json, the explanation is printed as a document of format bailiwick/explanation, in which every reason has a code; with
exit status 2, the problems as `check` prints them.";

impl Explain {
    pub(crate) fn run(&self) -> Output {
        let answer = self.documents.compile().and_then(|snapshot| self.ask(&snapshot));
        answer.unwrap_or_else(|problems| Output::unusable(&problems))
    }

    fn ask(&self, snapshot: &Snapshot) -> Result<Output, Vec<Complaint>> {
        self.question.put(snapshot, |access, record, asked| {
            output(&access.explain(snapshot.action(&self.action), record), asked.notes)
        })
    }
}

fn output(explanation: &Explanation, said: &[String]) -> Output {
    Output {
        verdict: explanation.decision.is_allowed().into(),
        text: explanation.to_string(),
        asides: notes(said),
        json: explanation.to_json(),
    }
}
