//! Findings of lints as JSON. Printed and never read: they are an answer.

use serde::Serialize;

use super::layout;
use crate::review::Finding;

#[derive(Serialize)]
struct WireFindings<'a> {
    format: &'static str,
    version: u64,
    findings: Vec<WireFinding<'a>>,
}

#[derive(Serialize)]
struct WireFinding<'a> {
    code: &'static str,
    severity: &'static str,
    part: String,
    pointer: &'a str,
    keys: &'a [String],
    message: &'a str,
}

impl Finding {
    /// Prints findings as JSON, always in the same way. A pointer leads into the part as it was looked at: into a
    /// policy with all its roles.
    ///
    /// ```
    /// use bailiwick::review::{Finding, lint};
    /// use bailiwick::{Directory, Moment, Policy, User, crm};
    ///
    /// let directory = Directory::new().with(User::new("anna"));
    /// let findings = lint(&Policy::new(crm::vocabulary()), &directory, Moment::from_unix_seconds(0), &[])?;
    /// let json = Finding::all_to_json(&findings);
    /// assert!(json.contains(r#""code": "user-without-roles""#) && json.contains(r#""keys": ["anna"]"#));
    /// # Ok::<(), bailiwick::review::LintProblem>(())
    /// ```
    pub fn all_to_json<'a>(findings: impl IntoIterator<Item = &'a Self>) -> String {
        let findings = findings.into_iter().map(|finding| WireFinding {
            code: finding.lint().code(),
            severity: finding.lint().severity().code(),
            part: finding.at().part().to_string(),
            pointer: finding.at().pointer(),
            keys: finding.keys(),
            message: finding.message(),
        });
        let wire = WireFindings { format: "bailiwick/findings", version: 1, findings: findings.collect() };
        layout::lay_out(&serde_json::to_string(&wire).unwrap_or_default())
    }
}
