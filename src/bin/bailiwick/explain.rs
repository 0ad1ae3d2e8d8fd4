//! `bailiwick explain`: the same question as `check`, with all the reasons of the answer.

use bailiwick::Explanation;
use bailiwick::explain::Bound;
use clap::Args;

use crate::complaint::Complaint;
use crate::documents::{Documents, Loaded};
use crate::output::{Output, notes};
use crate::question::Question;
use crate::wanted::Wanted;

/// Tell why a user may do something with a record, or why not: an action, creating it, or moving it.
///
/// The record is described as to `check`. The answer names the roles and how he came to them, what each says and where, what was
/// silenced and by what, and how he stands to the record. For a denial, it also names the smallest changes that would allow it.
#[derive(Args)]
#[command(after_long_help = AFTER)]
#[command(mut_group("wanted", |wanted| wanted.required(true)))]
pub(crate) struct Explain {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    wanted: Wanted,
    /// How many changes a denial may need for what would allow it to be named. More than two can take long; 0 names nothing.
    #[arg(long, value_name = "NUMBER", default_value_t = 2, help_heading = "Question")]
    changes: usize,
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
        let answer = self.documents.load().and_then(|loaded| self.ask(&loaded));
        answer.unwrap_or_else(|problems| Output::unusable(&problems))
    }

    fn ask(&self, loaded: &Loaded) -> Result<Output, Vec<Complaint>> {
        let Loaded { policy, directory, snapshot, .. } = loaded;
        let bound = Bound::new(policy, directory).at_most(self.changes);
        let bound = (self.changes > 0).then_some(bound);
        let wish = self.wanted.find(snapshot, &self.question)?;
        self.question
            .put(snapshot, |access, record, asked| output(&wish.explain(access, record, bound), asked.notes))
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
