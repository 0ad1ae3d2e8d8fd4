//! Explanations as JSON: the tree of reasons with their stable codes, for applications that say it in their own words.
//!
//! Printed and never read: an explanation is an answer. It begins as documents do, with a format and a version.
//!
//! Every reason is an object with a `code`; the text of it is left to the reader. Relations are written as in vocabularies.

use serde::Serialize;

use super::answer::{Answer, print_answer};
use super::wire::movement::WireMovement;
use super::wire::nearest::WireNearest;
use super::wire::ownership::WireOwnership;
use super::wire::reason::{WireDemand, WireHolding, WireQuestion, WireTie, WireWho};
use super::wire::restraint::WireRestraint;
use super::wire::view::WireView;
use super::wire::{WireInstant, WireKey, WireResponsible, wire_keys};
use crate::check::{Decision, Responsible};
use crate::explain::Explanation;
use crate::vocabulary::{Circumstance, Flag};

#[derive(Serialize)]
struct WireExplanation {
    who: WireWho,
    at: WireInstant,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    circumstances: Vec<WireKey<Circumstance>>,
    question: WireQuestion,
    decision: WireDecision,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<WireInstant>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<WireHolding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limits: Vec<WireRestraint>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ties: Vec<WireTie>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<WireKey<Flag>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    demands: Vec<WireDemand>,
    #[serde(skip_serializing_if = "Option::is_none")]
    movement: Option<WireMovement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ownership: Option<WireOwnership>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<WireView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<WireNearest>,
}

#[derive(Serialize)]
struct WireDecision {
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    denial: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    responsible: Option<WireResponsible>,
}

impl WireDecision {
    fn new(decision: Decision, responsible: Option<&Responsible>) -> Self {
        Self {
            allowed: decision.is_allowed(),
            denial: decision.denial().map(|denial| denial.code()),
            responsible: responsible.map(WireResponsible::from),
        }
    }
}

impl Explanation {
    /// Prints the explanation as JSON, always in the same way: every reason with its stable code.
    ///
    /// ```
    /// use bailiwick::{crm, Directory, Moment, Policy, Record, Snapshot, User};
    ///
    /// let directory = Directory::new().with(User::new("anna").dismissed());
    /// let snapshot = Snapshot::compile(&Policy::new(crm::vocabulary()), &directory)?;
    /// let access = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
    /// let json = access.explain(crm::READ, &Record::at(crm::DEAL)).to_json();
    /// assert!(json.contains(r#""decision": {"allowed": false, "denial": "dismissed"}"#));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn to_json(&self) -> String {
        print_answer(self)
    }
}

impl Answer for Explanation {
    const FORMAT: &'static str = "bailiwick/explanation";

    fn body(&self) -> impl Serialize {
        WireExplanation {
            who: (&self.who).into(),
            at: WireInstant(self.at),
            circumstances: wire_keys(&self.circumstances),
            question: (&self.question).into(),
            decision: WireDecision::new(self.decision, self.responsible.as_ref()),
            valid_until: self.valid_until.map(WireInstant),
            roles: self.roles.iter().map(WireHolding::from).collect(),
            limits: self.limits.iter().map(WireRestraint::from).collect(),
            ties: self.ties.iter().map(WireTie::from).collect(),
            flags: wire_keys(&self.flags),
            demands: self.demands.iter().map(WireDemand::from).collect(),
            movement: self.movement.as_ref().map(WireMovement::from),
            ownership: self.ownership.as_ref().map(WireOwnership::from),
            others: self.others.iter().map(WireView::from).collect(),
            nearest: self.nearest.as_ref().map(WireNearest::from),
        }
    }
}
