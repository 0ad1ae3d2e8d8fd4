//! Answers as JSON: what all of them begin with, whether they are real or simulated.
//!
//! Printed and never read. The answers of reviews (classes, diffs, who can) are of nobody's access and cannot be simulated.

use serde::Serialize;

use super::layout;
use crate::explain::{AclExplanation, Explanation, NearestGrants};
use crate::filter::Filter;
use crate::review::matrix::Matrix;
use crate::view_as::Simulated;

/// An answer that has a form in JSON.
pub(super) trait Answer {
    /// What the member `format` holds.
    const FORMAT: &'static str;

    /// The members after those that every answer begins with.
    fn body(&self) -> impl Serialize;
}

#[derive(Serialize)]
struct Printed<B> {
    format: &'static str,
    version: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    simulated: Option<bool>,
    #[serde(flatten)]
    body: B,
}

pub(super) fn print_answer<A: Answer>(answer: &A) -> String {
    print(answer, None)
}

fn print_simulated<A: Answer>(answer: &Simulated<A>) -> String {
    print(answer.shown(), Some(true))
}

fn print<A: Answer>(answer: &A, simulated: Option<bool>) -> String {
    let printed = Printed { format: A::FORMAT, version: 1, simulated, body: answer.body() };
    // It cannot fail: no value of ours has a form that JSON has not.
    layout::lay_out(&serde_json::to_string(&printed).unwrap_or_default())
}

impl Simulated<Explanation> {
    /// [`Explanation::to_json`], with a member that says that it is simulated.
    ///
    /// ```
    /// use bailiwick::{Directory, Moment, Policy, Record, Snapshot, User, crm};
    ///
    /// let directory = Directory::new().with(User::new("anna"));
    /// let snapshot = Snapshot::compile(&Policy::new(crm::vocabulary()), &directory)?;
    /// let eyes = snapshot.view_as(snapshot.user("anna"), Moment::from_unix_seconds(0));
    /// let json = eyes.explain(crm::READ, &Record::at(crm::DEAL)).to_json();
    /// assert!(json.contains(r#""simulated": true"#));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn to_json(&self) -> String {
        print_simulated(self)
    }
}

impl Simulated<AclExplanation> {
    /// [`AclExplanation::to_json`], with a member that says that it is simulated.
    pub fn to_json(&self) -> String {
        print_simulated(self)
    }
}

impl Simulated<NearestGrants> {
    /// [`NearestGrants::to_json`], with a member that says that it is simulated.
    pub fn to_json(&self) -> String {
        print_simulated(self)
    }
}

impl Simulated<Matrix> {
    /// [`Matrix::to_json`], with a member that says that it is simulated.
    pub fn to_json(&self) -> String {
        print_simulated(self)
    }
}

impl Simulated<Filter> {
    /// [`Filter::to_json`], with a member that says that it is simulated.
    pub fn to_json(&self) -> String {
        print_simulated(self)
    }
}
