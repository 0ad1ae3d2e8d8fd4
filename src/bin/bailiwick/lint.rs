//! `bailiwick lint`: what is legal and still looks wrong.

use std::time::SystemTime;

use bailiwick::review::{Finding, Lint as Code, LintProblem, Severity, lint};
use bailiwick::{Key, Moment, Role};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::output::{self, Output, good};
use crate::sources::Sources;

/// Look for what is legal and still looks wrong.
///
/// Each finding has a stable code, a severity, the keys concerned and its place in the document. Findings that are accepted
/// are named with --allow, so that the rest can hold a build.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Lint {
    #[command(flatten)]
    documents: Documents,
    /// The moment for which dates are looked at, such as 2026-08-01T00:00:00+03:00 [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = Moment::from_rfc3339)]
    at: Option<Moment>,
    /// Accept findings with this code, or only those whose first key is KEY. Can be repeated.
    #[arg(long, value_name = "CODE[=KEY]")]
    allow: Vec<String>,
    /// Leave out what is less bad.
    #[arg(long, value_name = "SEVERITY", default_value = "dead-weight")]
    least: Least,
    /// Two roles that nobody should hold together. Can be repeated.
    #[arg(long = "conflict", value_name = "ROLE=ROLE", value_parser = conflict)]
    conflicts: Vec<(String, String)>,
}

const AFTER: &str = "\
Exit status:
  0  nothing found, or only what is allowed
  1  something found
  2  the input cannot be used

With --json, the findings are printed as a document of format bailiwick/findings, with their places in the files:
  {\"format\": \"bailiwick/findings\", \"version\": 1,
   \"findings\": [{\"code\", \"severity\": \"risk\" | \"advice\" | \"dead-weight\",
                 \"part\": \"vocabulary\" | \"directory\" | \"policy\", \"pointer\", \"keys\": [KEY, ...], \"message\",
                 \"file\", \"line\"?, \"column\"?}, ...],
   \"allowed\": COUNT}                                    how many were accepted
with exit status 2, the problems as `check` prints them.";

#[derive(Clone, Copy, ValueEnum)]
enum Least {
    Risk,
    Advice,
    DeadWeight,
}

impl From<Least> for Severity {
    fn from(least: Least) -> Self {
        match least {
            Least::Risk => Self::Risk,
            Least::Advice => Self::Advice,
            Least::DeadWeight => Self::DeadWeight,
        }
    }
}

fn conflict(text: &str) -> Result<(String, String), String> {
    let (one, other) = text.split_once('=').ok_or("two roles that conflict are written ROLE=ROLE")?;
    Ok((one.to_owned(), other.to_owned()))
}

impl Lint {
    pub(crate) fn run(&self) -> Output {
        self.look().unwrap_or_else(|problems| Output::unusable(&problems))
    }

    fn look(&self) -> Result<Output, Vec<Complaint>> {
        self.knows_what_it_allows()?;
        let loaded = self.documents.load()?;
        let at = self.at.unwrap_or_else(|| SystemTime::now().into());
        let role = |key: &String| Key::<Role>::from(key.as_str());
        let conflicts: Vec<_> = self.conflicts.iter().map(|(one, other)| (role(one), role(other))).collect();
        let all = lint(&loaded.policy, &loaded.directory, at, &conflicts)
            .map_err(|problem| complaints(&loaded.sources, &problem))?;
        let bad_enough = all.iter().filter(|finding| finding.lint().severity() >= self.least.into());
        let (allowed, left): (Vec<_>, Vec<_>) = bad_enough.partition(|finding| self.allows(finding));
        Ok(told(&loaded.sources, &left, allowed.len()))
    }

    /// A code that is mistyped would accept nothing, and not say so.
    fn knows_what_it_allows(&self) -> Result<(), Vec<Complaint>> {
        let codes =
            self.allow.iter().map(|allowed| allowed.split_once('=').map_or(allowed.as_str(), |it| it.0));
        let unknown = codes.filter(|code| Code::from_code(code).is_none()).map(|code| {
            let message = format!("there is no lint `{code}`");
            Complaint::whole("--allow", "unknown", message)
        });
        let unknown: Vec<Complaint> = unknown.collect();
        if unknown.is_empty() { Ok(()) } else { Err(unknown) }
    }

    fn allows(&self, finding: &Finding) -> bool {
        self.allow.iter().any(|allowed| match allowed.split_once('=') {
            Some((code, key)) => {
                code == finding.lint().code() && finding.keys().first().is_some_and(|it| it == key)
            }
            None => allowed == finding.lint().code(),
        })
    }
}

fn complaints(sources: &Sources, problem: &LintProblem) -> Vec<Complaint> {
    let unknown = |message| Complaint::whole("--conflict", "unknown", message);
    match problem {
        LintProblem::Unsound(problems) => sources.complaints(problems),
        LintProblem::UnknownRoles(roles) => {
            roles.iter().map(|role| unknown(format!("there is no role `{role}`"))).collect()
        }
        _ => vec![unknown(problem.to_string())],
    }
}

fn told(sources: &Sources, findings: &[&Finding], allowed: usize) -> Output {
    let places: Vec<Complaint> = findings.iter().map(|finding| sources.finding(finding)).collect();
    let lines: String = places.iter().map(|place| format!("{}\n", place.painted())).collect();
    let text = if lines.is_empty() { good("nothing found") + "\n" } else { lines };
    let json = in_files(findings, &places, allowed);
    Output { verdict: findings.is_empty().into(), text, asides: String::new(), json }
}

/// The findings as the library prints them, with their places in the files.
fn in_files(findings: &[&Finding], places: &[Complaint], allowed: usize) -> String {
    let printed = Finding::all_to_json(findings.iter().copied());
    let mut answer: Value = serde_json::from_str(&printed).unwrap_or_default();
    let told = answer.get_mut("findings").and_then(Value::as_array_mut).into_iter().flatten();
    for (finding, place) in told.zip(places) {
        let place = serde_json::to_value(place).unwrap_or_default();
        if let (Some(finding), Value::Object(place)) = (finding.as_object_mut(), place) {
            finding.extend(place);
        }
    }
    if let Some(answer) = answer.as_object_mut() {
        answer.insert("allowed".to_owned(), json!(allowed));
    }
    output::json(&answer)
}
