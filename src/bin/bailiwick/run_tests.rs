//! `bailiwick test`: scenarios, with what came out of them.

use std::path::{Path, PathBuf};

use bailiwick::scenario::{Expectation, Outcome, Report, Scenario, ScenarioProblems};
use bailiwick::{locate, preset};
use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::complaint::Complaint;
use crate::output::{Output, Verdict, bad, faint, good, json, plain, strong};
use crate::text::Text;

/// Hold scenarios against the library: small worlds with questions and expected answers.
///
/// A scenario is a document of format bailiwick/scenario. Every question that gets another answer than the expected one is
/// printed, with its line.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Test {
    /// The scenarios.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

const AFTER: &str = "\
Exit status:
  0  every question got the expected answer
  1  some question did not
  2  some file cannot be used; the others are run all the same

With --json, one object is printed:
  {\"passed\": true | false, \"questions\": NUMBER, \"failed\": NUMBER, \"files\": [
    {\"file\", \"about\"?, \"questions\": NUMBER, \"failures\": [
      {\"line\", \"column\", \"pointer\", \"about\"?, \"question\": TEXT, \"expected\": ANSWER, \"got\": ANSWER}, ...]},
    {\"file\", \"problems\": [{\"file\", \"line\"?, \"column\"?, \"code\", \"message\", \"pointer\"?}, ...]}, ...]}
where an ANSWER has the form of the member \"expect\" in a scenario.";

/// The outcome of all files.
#[derive(Serialize)]
struct Summary {
    passed: bool,
    questions: usize,
    failed: usize,
    files: Vec<Ran>,
}

/// The outcome of one file.
#[derive(Serialize)]
#[serde(untagged)]
enum Ran {
    Asked {
        file: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        about: Option<String>,
        questions: usize,
        failures: Vec<Failure>,
    },
    Unusable {
        file: String,
        problems: Vec<Complaint>,
    },
}

/// A question that got another answer than the expected one.
#[derive(Serialize)]
struct Failure {
    line: usize,
    column: usize,
    pointer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    question: String,
    expected: Value,
    got: Value,
    #[serde(skip)]
    words: (String, String),
}

impl Test {
    pub(crate) fn run(&self) -> Output {
        let files: Vec<Ran> = self.files.iter().map(|path| ran(path)).collect();
        let questions = files.iter().map(Ran::questions).sum();
        let failed = files.iter().map(|ran| ran.failures().len()).sum();
        let verdict = files.iter().map(Ran::verdict).max().unwrap_or(Verdict::Yes);
        let summary = Summary { passed: verdict == Verdict::Yes, questions, failed, files };
        Output {
            verdict,
            text: summary.text(),
            asides: summary.files.iter().flat_map(Ran::problems).map(|one| one.painted() + "\n").collect(),
            json: json(&summary),
        }
    }
}

fn ran(path: &Path) -> Ran {
    let file = path.display().to_string();
    match asked(path) {
        Ok((text, scenario, report)) => Ran::Asked {
            file,
            about: scenario.about().map(str::to_owned),
            questions: report.outcomes().len(),
            failures: report.failures().map(|outcome| Failure::new(&text, outcome)).collect(),
        },
        Err(problems) => Ran::Unusable { file, problems },
    }
}

fn asked(path: &Path) -> Result<(Text, Scenario, Report), Vec<Complaint>> {
    let text = Text::read(path)?;
    let scenario = text.parse(Scenario::from_json)?;
    match scenario.run(preset::by_name) {
        Ok(report) => Ok((text, scenario, report)),
        Err(problems) => Err(complaints(&text, &problems)),
    }
}

fn complaints(text: &Text, problems: &ScenarioProblems) -> Vec<Complaint> {
    let complaints = problems.iter().map(|problem| Complaint {
        pointer: Some(problem.pointer().to_owned()),
        ..Complaint::whole(text.name(), problem.code(), problem.kind().to_string())
    });
    text.with_lines(complaints.collect())
}

impl Failure {
    fn new(text: &Text, outcome: &Outcome) -> Self {
        let (question, got) = (outcome.question(), outcome.got());
        let pointer = outcome.pointer();
        let position = locate(&text.text, &pointer);
        Self {
            line: position.map_or(0, |position| position.line),
            column: position.map_or(0, |position| position.column),
            pointer,
            about: question.about.clone(),
            question: question.to_string(),
            expected: document(&question.expect),
            got: document(&got.as_expectation()),
            words: (question.expect.to_string(), got.to_string()),
        }
    }

    fn text(&self, file: &str) -> String {
        let place = strong(format_args!("{file}:{}:{}:", self.line, self.column));
        let about =
            self.about.as_ref().map(|about| format!("      {}\n", faint(plain(about)))).unwrap_or_default();
        let question = plain(&self.question);
        let (expected, got) = (plain(&self.words.0), plain(&self.words.1));
        format!("  {place} {question}\n{about}      expected {expected}\n      got      {got}\n")
    }
}

/// An answer as it would stand in a scenario.
fn document(expectation: &Expectation) -> Value {
    serde_json::from_str(&expectation.to_json()).unwrap_or_default()
}

impl Ran {
    fn questions(&self) -> usize {
        match self {
            Self::Asked { questions, .. } => *questions,
            Self::Unusable { .. } => 0,
        }
    }

    fn failures(&self) -> &[Failure] {
        match self {
            Self::Asked { failures, .. } => failures,
            Self::Unusable { .. } => &[],
        }
    }

    fn problems(&self) -> &[Complaint] {
        match self {
            Self::Asked { .. } => &[],
            Self::Unusable { problems, .. } => problems,
        }
    }

    fn verdict(&self) -> Verdict {
        match self {
            Self::Asked { failures, .. } => failures.is_empty().into(),
            Self::Unusable { .. } => Verdict::Unusable,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Asked { file, questions, failures, .. } if failures.is_empty() => {
                format!("{}  {file}: {}\n", good("ok"), counted(*questions, "question"))
            }
            Self::Asked { file, questions, failures, .. } => {
                let failed = format!("{} of {} failed", failures.len(), counted(*questions, "question"));
                let failures: String = failures.iter().map(|failure| failure.text(file)).collect();
                format!("{}  {file}: {failed}\n{failures}", bad("no"))
            }
            Self::Unusable { file, problems } => {
                format!("{}  {file}: cannot be used, {}\n", bad("no"), counted(problems.len(), "problem"))
            }
        }
    }
}

impl Summary {
    fn text(&self) -> String {
        let files: String = self.files.iter().map(Ran::text).collect();
        let asked = format!("{}, {}", counted(self.files.len(), "file"), counted(self.questions, "question"));
        let unusable = self.files.iter().filter(|ran| ran.verdict() == Verdict::Unusable).count();
        let end = match (self.failed, unusable) {
            (0, 0) => good("passed"),
            (failed, 0) => bad(format_args!("{failed} failed")),
            (failed, unusable) => {
                bad(format_args!("{failed} failed, {} unusable", counted(unusable, "file")))
            }
        };
        format!("{files}{asked}: {end}\n")
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
