//! Explanations of objects' lists as JSON. Printed and never read, as other explanations.

use serde::Serialize;

use super::answer::{Answer, print_answer};
use super::wire::acl::WireAclEntry;
use super::wire::reason::WireWho;
use super::wire::route::WireRoute;
use super::wire::{WireInstant, WireKey, wire_keys};
use crate::explain::{AclEffect, AclExplanation, AclPlace, AclVoice};
use crate::policy::Limit;
use crate::vocabulary::{Action, Ladder};

#[derive(Serialize)]
struct WireAclExplanation {
    who: WireWho,
    at: WireInstant,
    #[serde(skip_serializing_if = "Option::is_none")]
    ladder: Option<WireKey<Ladder>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<WireKey<Action>>,
    author: bool,
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    denial: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<WireInstant>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limits: Vec<WireKey<Limit>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lists: Vec<Vec<WireVoice>>,
}

#[derive(Serialize)]
struct WireVoice {
    entry: WireAclEntry,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    routes: Vec<WireRoute>,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    gives: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entries: Vec<WirePlace>,
}

#[derive(Serialize)]
struct WirePlace {
    list: usize,
    entry: usize,
}

impl From<&AclVoice> for WireVoice {
    fn from(voice: &AclVoice) -> Self {
        let place = |at: &AclPlace| WirePlace { list: at.list, entry: at.entry };
        let (gives, entries) = match &voice.effect {
            AclEffect::Counts { gives } => (Some(*gives), Vec::new()),
            AclEffect::Cancelled { by } => (None, vec![place(by)]),
            AclEffect::Cancels(places) => (None, places.iter().map(place).collect()),
            AclEffect::CancelsNothing
            | AclEffect::NotHis
            | AclEffect::UnknownSubject
            | AclEffect::UnknownRung
            | AclEffect::Annulled
            | AclEffect::Repeated => (None, Vec::new()),
        };
        Self {
            entry: (&voice.entry).into(),
            routes: voice.routes.iter().map(WireRoute::from).collect(),
            code: voice.effect.code(),
            gives,
            entries,
        }
    }
}

impl AclExplanation {
    /// Prints the explanation as JSON, always in the same way: every entry with the stable code of what became of it.
    pub fn to_json(&self) -> String {
        print_answer(self)
    }
}

impl Answer for AclExplanation {
    const FORMAT: &'static str = "bailiwick/acl-explanation";

    fn body(&self) -> impl Serialize {
        WireAclExplanation {
            who: (&self.who).into(),
            at: WireInstant(self.at),
            ladder: self.ladder.as_ref().map(WireKey::from),
            action: self.action.as_ref().map(WireKey::from),
            author: self.author,
            allowed: self.decision.is_allowed(),
            denial: self.decision.denial().map(|denial| denial.code()),
            valid_until: self.valid_until.map(WireInstant),
            limits: wire_keys(&self.limits),
            lists: self.lists.iter().map(|list| list.iter().map(WireVoice::from).collect()).collect(),
        }
    }
}
