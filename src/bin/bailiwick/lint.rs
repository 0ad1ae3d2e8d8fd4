//! `bailiwick lint`: what is legal and still looks wrong.

use std::time::SystemTime;

use bailiwick::review::{Finding, Severity, lint};
use bailiwick::{Key, Moment, Role};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::output::{Output, good, json};

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

With --json, one object is printed:
  {\"findings\": [{\"file\", \"line\"?, \"column\"?, \"code\", \"message\", \"pointer\"?,
                 \"severity\": \"risk\" | \"advice\" | \"dead-weight\", \"keys\": [KEY, ...]}, ...],
   \"allowed\": COUNT}                                    how many were accepted";

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

/// A finding, for programs.
#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    complaint: Complaint,
    severity: &'static str,
    keys: Vec<String>,
}

#[derive(Serialize)]
struct Answer {
    findings: Vec<Found>,
    allowed: usize,
}

impl Lint {
    pub(crate) fn run(&self) -> Output {
        self.look().unwrap_or_else(|problems| Output::unusable(&problems))
    }

    fn look(&self) -> Result<Output, Vec<Complaint>> {
        let loaded = self.documents.load()?;
        let at = self.at.unwrap_or_else(|| SystemTime::now().into());
        let role = |key: &String| Key::<Role>::from(key.as_str());
        let conflicts: Vec<_> = self.conflicts.iter().map(|(one, other)| (role(one), role(other))).collect();
        let all = lint(&loaded.policy, &loaded.directory, at, &conflicts)
            .map_err(|problems| loaded.sources.complaints(&problems))?;
        let bad_enough = all.iter().filter(|finding| finding.lint().severity() >= self.least.into());
        let (allowed, left): (Vec<_>, Vec<_>) = bad_enough.partition(|finding| self.allows(finding));
        let findings: Vec<Found> = left
            .into_iter()
            .map(|finding| Found {
                complaint: loaded.sources.finding(finding),
                severity: finding.lint().severity().code(),
                keys: finding.keys().to_vec(),
            })
            .collect();
        Ok(told(&Answer { findings, allowed: allowed.len() }))
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

fn told(answer: &Answer) -> Output {
    let lines: String =
        answer.findings.iter().map(|found| format!("{}\n", found.complaint.painted())).collect();
    let text = if lines.is_empty() { good("nothing found") + "\n" } else { lines };
    Output { verdict: answer.findings.is_empty().into(), text, asides: String::new(), json: json(answer) }
}
