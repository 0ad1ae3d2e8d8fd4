//! The sides, rows and cells of a matrix.

use serde::Serialize;

use super::claim::{WireClaim, claims};
use super::reason::{WireHolding, WireSaid, WireSettings, WireStanding, WireVoice, WireWho, relations};
use super::restraint::{WireCut, WireRestraint};
use super::view::WirePerspective;
use super::{WireInstant, WireKey, WirePlace, is_true, wire_keys};
use crate::policy::{Limit, Role};
use crate::review::matrix::{
    Cell, Column, Contrast, Entering, Line, Matrix, Moves, Narrowing, OtherView, Row, Side, Whose,
};
use crate::vocabulary::{Action, Circumstance, Level};

#[derive(Serialize)]
pub(in crate::document) struct WireSide {
    label: String,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<WireKey<Role>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<WireWho>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<WireInstant>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    circumstances: Vec<WireKey<Circumstance>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enters_application: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<WireHolding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limits: Vec<WireRestraint>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<WireOther>,
}

#[derive(Serialize)]
struct WireOther {
    #[serde(flatten)]
    perspective: WirePerspective,
    roles: Vec<WireHolding>,
}

impl From<&Side> for WireSide {
    fn from(side: &Side) -> Self {
        let bare = Self {
            label: side.label.clone(),
            code: side.of.code(),
            role: None,
            who: None,
            at: None,
            circumstances: Vec::new(),
            enters_application: side.enters_application,
            roles: side.roles.iter().map(WireHolding::from).collect(),
            limits: side.limits.iter().map(WireRestraint::from).collect(),
            others: side.others.iter().map(WireOther::from).collect(),
        };
        match &side.of {
            Whose::Role(role) => Self { role: Some(role.into()), ..bare },
            Whose::User { who, at, circumstances } => Self {
                who: Some(who.into()),
                at: Some(WireInstant(*at)),
                circumstances: wire_keys(circumstances),
                ..bare
            },
        }
    }
}

impl From<&OtherView> for WireOther {
    fn from(view: &OtherView) -> Self {
        let roles = view.roles.iter().map(WireHolding::from).collect();
        Self { perspective: (&view.perspective).into(), roles }
    }
}

#[derive(Serialize)]
pub(in crate::document) struct WireRow {
    place: WirePlace,
    lines: Vec<WireLine>,
}

#[derive(Serialize)]
struct WireLine {
    #[serde(flatten)]
    perspective: Option<WirePerspective>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entering: Option<WireEntering>,
    cells: Vec<WireCell>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moves: Option<WireMoves>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<WireLine>,
}

#[derive(Serialize)]
struct WireEntering {
    enters: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by: Vec<WireKey<Role>>,
}

/// One action at one place. There is none where the action is not on offer.
#[derive(Serialize)]
struct WireCell {
    action: WireKey<Action>,
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contrast: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<WireKey<Level>>,
    given: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<WireCut>,
    reach: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    narrowed: Vec<WireNarrowing>,
    #[serde(skip_serializing_if = "is_true")]
    passes: bool,
    effect: Vec<Vec<WireClaim>>,
    basis: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    voices: Vec<WireVoice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<WireSaid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<WireSettings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<WireStanding>,
}

#[derive(Serialize)]
struct WireNarrowing {
    action: WireKey<Action>,
    reach: Vec<String>,
}

#[derive(Serialize)]
struct WireMoves {
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contrast: Option<&'static str>,
    anywhere: bool,
    stages: Vec<WirePlace>,
    basis: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    voices: Vec<WireVoice>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limits: Vec<WireKey<Limit>>,
    #[serde(skip_serializing_if = "is_true")]
    passes: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<WireSaid>,
}

impl WireRow {
    pub(in crate::document) fn new(matrix: &Matrix, row: &Row) -> Self {
        let lines = row.lines.iter().map(|line| WireLine::new(matrix, row, line));
        Self { place: (&row.place).into(), lines: lines.collect() }
    }
}

/// How the sides compare, if they do not agree.
fn contrast(row: &Row, column: Column) -> Option<&'static str> {
    let contrast = row.contrast(column);
    (contrast != Contrast::Same).then_some(contrast.code())
}

impl WireLine {
    fn new(matrix: &Matrix, row: &Row, line: &Line) -> Self {
        let cells = matrix.actions.iter().enumerate().filter_map(|(at, action)| {
            let column = Column::Action(at);
            Some(WireCell::new(action.into(), line.cell(column)?, contrast(row, column)))
        });
        Self {
            perspective: line.perspective.as_ref().map(WirePerspective::from),
            entering: line.entering.as_ref().map(WireEntering::from),
            cells: cells.collect(),
            moves: line.moves.as_ref().map(|moves| WireMoves::new(moves, contrast(row, Column::Moves))),
            others: line.others.iter().map(|other| Self::new(matrix, row, other)).collect(),
        }
    }
}

impl WireCell {
    fn new(action: WireKey<Action>, cell: &Cell, contrast: Option<&'static str>) -> Self {
        Self {
            action,
            origin: cell.origin().code(),
            contrast,
            level: cell.level.as_ref().map(WireKey::from),
            given: relations(&cell.given),
            cut: cell.cut.as_ref().map(WireCut::from),
            reach: relations(&cell.reach),
            narrowed: cell.narrowed.iter().map(WireNarrowing::from).collect(),
            passes: cell.passes,
            effect: cell.effect.iter().map(|it| claims(it)).collect(),
            basis: cell.basis.code(),
            voices: cell.basis.voices().iter().map(WireVoice::from).collect(),
            says: cell.says.as_ref().map(WireSaid::from),
            settings: cell.settings.as_ref().map(WireSettings::from),
            standing: cell.standing.as_ref().map(WireStanding::from),
        }
    }
}

impl WireMoves {
    fn new(moves: &Moves, contrast: Option<&'static str>) -> Self {
        Self {
            origin: moves.origin().code(),
            contrast,
            anywhere: moves.anywhere,
            stages: moves.stages.iter().map(WirePlace::from).collect(),
            basis: moves.basis.code(),
            voices: moves.basis.voices().iter().map(WireVoice::from).collect(),
            limits: wire_keys(&moves.limits),
            passes: moves.passes,
            says: moves.says.as_ref().map(WireSaid::from),
        }
    }
}

impl From<&Entering> for WireEntering {
    fn from(entering: &Entering) -> Self {
        Self { enters: entering.enters, by: wire_keys(&entering.by) }
    }
}

impl From<&Narrowing> for WireNarrowing {
    fn from(narrowing: &Narrowing) -> Self {
        Self { action: (&narrowing.action).into(), reach: relations(&narrowing.reach) }
    }
}
