//! The limits of a policy.

use serde::{Deserialize, Serialize};

use super::instant::{ends, window};
use super::subject::WireSubject;
use super::{WireInstant, WireKey, WirePlace, is_false, keys, wire_keys};
use crate::policy::{Among, Limit};
use crate::vocabulary::{Action, Circumstance};

/// A limit in a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a limit (an object)")]
pub(super) struct WireLimit {
    key: WireKey<Limit>,
    on: WireSubject,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<WireInstant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<WireInstant>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    when: Vec<WireKey<Circumstance>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unless: Vec<WireKey<Circumstance>>,
    #[serde(default, skip_serializing_if = "WireAmong::is_all")]
    actions: WireAmong<WireKey<Action>>,
    #[serde(default, skip_serializing_if = "WireAmong::is_all")]
    places: WireAmong<WirePlace>,
    #[serde(default, skip_serializing_if = "is_false")]
    spares_administrators: bool,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    expecting = "a choice (\"all\", {\"these\": [...]} or {\"all_but\": [...]})"
)]
pub(super) enum WireAmong<T> {
    #[default]
    All,
    These(Vec<T>),
    AllBut(Vec<T>),
}

impl<T> WireAmong<T> {
    pub(super) fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }

    fn into_domain<D>(self, item: impl Fn(T) -> D) -> Among<D> {
        match self {
            Self::All => Among::All,
            Self::These(named) => Among::These(named.into_iter().map(item).collect()),
            Self::AllBut(named) => Among::AllBut(named.into_iter().map(item).collect()),
        }
    }
}

impl<'d, T: From<&'d D>, D> From<&'d Among<D>> for WireAmong<T> {
    fn from(among: &'d Among<D>) -> Self {
        match among {
            Among::All => Self::All,
            Among::These(named) => Self::These(named.iter().map(T::from).collect()),
            Among::AllBut(named) => Self::AllBut(named.iter().map(T::from).collect()),
        }
    }
}

impl From<WireLimit> for Limit {
    fn from(wire: WireLimit) -> Self {
        Self {
            key: wire.key.0,
            on: wire.on.into(),
            window: window(wire.from, wire.until),
            when: keys(wire.when),
            unless: keys(wire.unless),
            actions: wire.actions.into_domain(|key| key.0),
            places: wire.places.into_domain(|place| place.0),
            spares_administrators: wire.spares_administrators,
        }
    }
}

impl From<&Limit> for WireLimit {
    fn from(limit: &Limit) -> Self {
        let (from, until) = ends(limit.window);
        Self {
            key: (&limit.key).into(),
            on: (&limit.on).into(),
            from,
            until,
            when: wire_keys(&limit.when),
            unless: wire_keys(&limit.unless),
            actions: (&limit.actions).into(),
            places: (&limit.places).into(),
            spares_administrators: limit.spares_administrators,
        }
    }
}
