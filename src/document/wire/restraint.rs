//! Limits in the reasons of an explanation.

use serde::Serialize;

use super::instant::ends;
use super::limit::WireAmong;
use super::route::WireRoute;
use super::subject::WireSubject;
use super::{WireInstant, WireKey, WirePlace, wire_keys};
use crate::policy::Limit;
use crate::reason::{Bearing, Caught, Cut, Restraint};
use crate::vocabulary::{Action, Circumstance};

/// A limit on the viewer in a document.
#[derive(Serialize)]
pub(in crate::document) struct WireRestraint {
    limit: WireKey<Limit>,
    on: WireSubject,
    in_force: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    circumstances: Vec<WireKey<Circumstance>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<WireKey<Circumstance>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unless: Vec<WireKey<Circumstance>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lifted_by: Vec<WireKey<Circumstance>>,
    #[serde(skip_serializing_if = "WireAmong::is_all")]
    actions: WireAmong<WireKey<Action>>,
    #[serde(skip_serializing_if = "WireAmong::is_all")]
    places: WireAmong<WirePlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bearing: Option<&'static str>,
    ways: Vec<WireCaught>,
}

#[derive(Serialize)]
struct WireCaught {
    route: WireRoute,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<WireInstant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<WireInstant>,
    when: &'static str,
}

/// What limits take in a document.
#[derive(Serialize)]
pub(super) struct WireCut {
    by: Vec<WireKey<Limit>>,
    granted: Vec<String>,
}

impl From<&Restraint> for WireRestraint {
    fn from(restraint: &Restraint) -> Self {
        Self {
            limit: (&restraint.limit).into(),
            on: (&restraint.on).into(),
            in_force: restraint.is_in_force(),
            circumstances: wire_keys(&restraint.circumstances),
            missing: wire_keys(&restraint.missing),
            unless: wire_keys(&restraint.unless),
            lifted_by: wire_keys(&restraint.lifted_by),
            actions: (&restraint.actions).into(),
            places: (&restraint.places).into(),
            bearing: restraint.bearing.map(Bearing::code),
            ways: restraint.ways.iter().map(WireCaught::from).collect(),
        }
    }
}

impl From<&Caught> for WireCaught {
    fn from(caught: &Caught) -> Self {
        let (from, until) = ends(caught.window);
        Self { route: (&caught.route).into(), from, until, when: caught.when.code() }
    }
}

impl From<&Cut> for WireCut {
    fn from(cut: &Cut) -> Self {
        Self { by: wire_keys(&cut.by), granted: cut.granted.iter().map(ToString::to_string).collect() }
    }
}
