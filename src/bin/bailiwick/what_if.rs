//! `bailiwick what-if`: whose rights edits would change, and how.

use std::path::PathBuf;

use bailiwick::review::{Consequence, WhatIfProblem, what_if};
use bailiwick::{Change, KeyRef};
use clap::Args;

use crate::complaint::Complaint;
use crate::diff::{AFTER, told};
use crate::documents::{Documents, both, read};
use crate::occasion::Occasion;
use crate::output::Output;
use crate::sources::Sources;
use crate::text::Text;

/// Tell whose rights edits would change, and how.
///
/// The edits are made in their order, in memory alone; no file is written. What they would change is told as by `diff`. An edit
/// that cannot be made, or that would leave something wrong, is told with its line.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct WhatIf {
    #[command(flatten)]
    documents: Documents,
    /// The edits: a document of format bailiwick/changes.
    #[arg(long, value_name = "FILE", help_heading = "Edits")]
    changes: PathBuf,
    #[command(flatten)]
    occasion: Occasion,
}

impl WhatIf {
    pub(crate) fn run(&self) -> Output {
        self.ask().unwrap_or_else(|complaints| Output::unusable(&complaints))
    }

    fn ask(&self) -> Result<Output, Vec<Complaint>> {
        let (there, (text, changes)) =
            both(self.documents.read(), read(&self.changes, Change::all_from_json))?;
        let known = &there.policy.vocabulary.circumstances;
        let circumstances =
            self.occasion.circumstances(|key| known.iter().any(|it| KeyRef::from(it) == key))?;
        what_if(&there.policy, &there.directory, &changes, self.occasion.at(), circumstances)
            .map(|diff| told(&diff))
            .map_err(|problem| complaints(&there.sources, &text, &problem))
    }
}

/// Everything that is wrong, each with its place: what was wrong before in its own document, the rest at the edit.
fn complaints(there: &Sources, text: &Text, problem: &WhatIfProblem) -> Vec<Complaint> {
    let at = |number: &usize, code, message: String| Complaint {
        pointer: Some(format!("/changes/{number}")),
        ..Complaint::whole(text.name(), code, message)
    };
    match problem {
        WhatIfProblem::Before(problems) => there.complaints(problems),
        WhatIfProblem::Change { number, problem } => {
            text.with_lines(vec![at(number, problem.code(), problem.to_string())])
        }
        WhatIfProblem::After(all) => {
            let complaint = |it: &Consequence| {
                let message = format!("after this, at {}: {}", it.problem.at(), it.problem.kind());
                at(&it.number, it.problem.code(), message)
            };
            text.with_lines(all.iter().map(complaint).collect())
        }
        _ => vec![Complaint::whole(text.name(), "unusable", problem.to_string())],
    }
}
