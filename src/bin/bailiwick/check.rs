//! `bailiwick check`: one question about one record.

use bailiwick::{ActionSet, Decision, Denial, Snapshot};
use clap::Args;
use serde::Serialize;

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::output::{Output, bad, good, json, notes};
use crate::question::{Asked, Question};

/// Ask what a user may do with a record.
///
/// With --action, says whether he may, and why not. Without, lists all that he may do with the record.
///
/// The record is described on the command line: where it is, whose it is, who else is bound to it, what it is flagged as. What is
/// not said helps nobody: a record without an owner is nobody's own.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Check {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    question: Question,
    /// The action to ask about; all that are allowed, if there is none.
    #[arg(long, value_name = "ACTION", help_heading = "Question")]
    action: Option<String>,
}

const AFTER: &str = "\
Exit status:
  0  allowed; without --action: something is allowed
  1  denied; without --action: nothing is allowed
  2  the input cannot be used

With --json, one object is printed:
  {\"allowed\": true | false,                             with --action
   \"denial\": CODE, \"reason\": TEXT,                      with --action, if denied
   \"actions\": [KEY, ...],                               without --action
   \"user\": KEY | null, \"at\": INSTANT,                   who asked (null is a visitor), and when
   \"circumstances\": [KEY, ...],                         in which circumstances
   \"place\": {\"entity\", \"pipeline\"?, \"stage\"?} | null,   where the record is (null is nowhere)
   \"notes\": [TEXT, ...]}                                keys that were given and that nobody knows
or, with exit status 2:
  {\"problems\": [{\"file\", \"line\"?, \"column\"?, \"code\", \"message\", \"pointer\"?}, ...]}";

/// The answer, for programs.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    denial: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<Vec<String>>,
    #[serde(flatten)]
    asked: Asked<'a>,
}

impl Check {
    pub(crate) fn run(&self) -> Output {
        let answer = self.documents.compile().and_then(|snapshot| self.ask(&snapshot));
        answer.unwrap_or_else(|problems| Output::unusable(&problems))
    }

    fn ask(&self, snapshot: &Snapshot) -> Result<Output, Vec<Complaint>> {
        self.question.put(snapshot, |access, record, asked| match &self.action {
            Some(action) => one(access.check(snapshot.action(action), record), asked),
            None => all(&access.actions(record), asked),
        })
    }
}

/// May he do this?
fn one(decision: Decision, asked: Asked<'_>) -> Output {
    let text = match decision {
        Decision::Allowed => good("allowed"),
        Decision::Denied(denial) => format!("{} [{}] {denial}", bad("denied"), denial.code()),
    };
    let answer = Answer {
        allowed: Some(decision.is_allowed()),
        denial: decision.denial().map(Denial::code),
        reason: decision.denial().map(|denial| denial.to_string()),
        actions: None,
        asked,
    };
    output(decision.is_allowed(), text, &answer)
}

/// What may he do?
fn all(actions: &ActionSet<'_>, asked: Asked<'_>) -> Output {
    let actions: Vec<String> = actions.keys().map(ToString::to_string).collect();
    let text = if actions.is_empty() { bad("nothing is allowed") } else { actions.join("\n") };
    let any = !actions.is_empty();
    output(any, text, &Answer { allowed: None, denial: None, reason: None, actions: Some(actions), asked })
}

fn output(yes: bool, text: String, answer: &Answer<'_>) -> Output {
    let asides = notes(answer.asked.notes);
    Output { verdict: yes.into(), text: text + "\n", asides, json: json(answer) }
}
