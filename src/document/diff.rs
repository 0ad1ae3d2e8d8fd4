//! Diffs as JSON. Printed and never read: a diff is an answer.

use serde::Serialize;

use super::layout;
use super::wire::claim::{WireClaim, claims};
use super::wire::view::WirePerspective;
use super::wire::{WireKey, WirePlace, WireResponsible, wire_keys};
use crate::directory::User;
use crate::reason::{Claim, Perspective};
use crate::review::{About, Affected, Diff, Difference, Ground, Has, Leads};
use crate::vocabulary::Action;

#[derive(Serialize)]
struct WireDiff {
    format: &'static str,
    version: u64,
    people: usize,
    groups: Vec<WireAffected>,
    ground: Vec<WireGround>,
}

#[derive(Serialize)]
struct WireAffected {
    users: Vec<WireKey<User>>,
    visitors: bool,
    differences: Vec<WireDifference>,
}

#[derive(Serialize)]
struct WireDifference {
    about: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<WirePlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<WireKey<Action>>,
    direction: &'static str,
    before: WireHas,
    after: WireHas,
}

#[derive(Serialize)]
#[serde(untagged)]
enum WireHas {
    Entry(bool),
    Creation(Option<WireResponsible>),
    Reach(Vec<WireReach>),
    Stages(Vec<WireStages>),
}

#[derive(Serialize)]
struct WireReach {
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<WirePerspective>,
    all_of: Vec<Vec<WireClaim>>,
}

#[derive(Serialize)]
struct WireStages {
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<WirePerspective>,
    anywhere: bool,
    stages: Vec<WirePlace>,
}

#[derive(Serialize)]
struct WireGround {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

impl Diff {
    /// Prints the diff as JSON, always in the same way, every difference at every place; nothing is folded.
    ///
    /// ```
    /// use bailiwick::{crm, Assignment, Change, Directory, Moment, Policy, Subject, User, review::what_if};
    ///
    /// let directory = Directory::new().with(User::new("anna"));
    /// let policy = Policy::new(crm::vocabulary()).roles(crm::roles());
    /// let gift = Change::Assign(Assignment::new(crm::MANAGER, Subject::User("anna".into())));
    /// let diff = what_if(&policy, &directory, &[gift], Moment::from_unix_seconds(0), [])?;
    /// assert!(diff.to_json().contains(r#""about": "doing""#));
    /// # Ok::<(), bailiwick::review::WhatIfProblem>(())
    /// ```
    pub fn to_json(&self) -> String {
        let wire = WireDiff {
            format: "bailiwick/diff",
            version: 1,
            people: self.people(),
            groups: self.groups.iter().map(WireAffected::from).collect(),
            ground: self.ground.iter().map(WireGround::from).collect(),
        };
        layout::lay_out(&serde_json::to_string(&wire).unwrap_or_default())
    }
}

impl From<&Affected> for WireAffected {
    fn from(group: &Affected) -> Self {
        Self {
            users: wire_keys(&group.users),
            visitors: group.visitors,
            differences: group.differences.iter().map(WireDifference::from).collect(),
        }
    }
}

impl From<&Difference> for WireDifference {
    fn from(difference: &Difference) -> Self {
        let (place, action) = match &difference.about {
            About::Application => (None, None),
            About::Entering(place) | About::Creating(place) | About::Moving(place) => (Some(place), None),
            About::Doing(place, action) => (Some(place), Some(action)),
        };
        Self {
            about: difference.about.code(),
            place: place.map(WirePlace::from),
            action: action.map(WireKey::from),
            direction: difference.direction().code(),
            before: (&difference.before).into(),
            after: (&difference.after).into(),
        }
    }
}

impl From<&Has> for WireHas {
    fn from(has: &Has) -> Self {
        let reach = |(view, lists): &(Option<Perspective>, Vec<Vec<Claim>>)| WireReach {
            view: view.as_ref().map(WirePerspective::from),
            all_of: lists.iter().map(|any| claims(any)).collect(),
        };
        let stages = |(view, leads): &(Option<Perspective>, Leads)| WireStages {
            view: view.as_ref().map(WirePerspective::from),
            anywhere: leads.anywhere,
            stages: leads.stages.iter().map(WirePlace::from).collect(),
        };
        match has {
            Has::Entry(enters) => Self::Entry(*enters),
            Has::Creation(whose) => Self::Creation(whose.as_ref().map(WireResponsible::from)),
            Has::Reach(all) => Self::Reach(all.iter().map(reach).collect()),
            Has::Stages(all) => Self::Stages(all.iter().map(stages).collect()),
        }
    }
}

impl From<&Ground> for WireGround {
    fn from(ground: &Ground) -> Self {
        Self { code: ground.code(), key: ground.key() }
    }
}
