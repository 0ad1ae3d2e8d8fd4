//! From what `resolve` was heard to do to the cells of one side.
//!
//! Deliberately absent: judgement. A cell is filled by the walk that a check takes, place by place and action by action.

use crate::check;
use crate::index::Ix;
use crate::key::Key;
use crate::policy::Role;
use crate::reason::{Basis, Relation, Said, Spoken, Standing, Teller};
use crate::resolve::{self, Trace, Viewer};
use crate::review::matrix::cell::{Cell, Entering, Line, Moves, Narrowing, Row};
use crate::review::matrix::{Matrix, Side};
use crate::snapshot::{Column, Destinations, Snapshot};
use crate::vocabulary::{Action, Level, Place, Relations};

/// The matrix of somebody who holds this role and no other.
pub(super) fn role_matrix(snapshot: &Snapshot, role: Ix<Role>, side: Side) -> Matrix {
    let role = Column::of(role);
    matrix(snapshot, Some(&Viewer::holder(snapshot, role)), Some(role), side)
}

/// The matrix of a viewer, or of nobody.
pub(super) fn matrix(
    snapshot: &Snapshot,
    viewer: Option<&Viewer<'_>>,
    role: Option<Column>,
    side: Side,
) -> Matrix {
    let places = &snapshot.places;
    let offered =
        |action: &Ix<Action>| snapshot.offers.entities().any(|(_, it)| it.offered.contains(*action));
    let actions: Vec<Ix<Action>> = snapshot.lexicon.actions.iter().map(|(action, _)| action).collect();
    let actions: Vec<Ix<Action>> = actions.into_iter().filter(offered).collect();
    let entities = snapshot.offers.entities().map(|(entity, _)| places.whole(entity));
    let rows = entities.flat_map(|entity| in_order(snapshot, entity)).filter_map(|place| {
        let builder = Builder { snapshot, viewer, role, place };
        Some(Row { place: places.path(place)?.clone(), lines: vec![builder.line(&actions)] })
    });
    let rows = rows.collect();
    let doors = snapshot.offers.entities().any(|(_, rule)| rule.admits_to_application);
    let enters = || viewer.is_some_and(|viewer| check::opens_a_door(viewer).is_allowed());
    Matrix {
        sides: vec![Side { enters_application: doors.then(enters), ..side }],
        actions: actions.iter().filter_map(|it| snapshot.lexicon.actions.key(*it)).cloned().collect(),
        rows,
    }
}

/// An entity, then its pipelines, each followed by its stages.
fn in_order(snapshot: &Snapshot, entity: Ix<Place>) -> impl Iterator<Item = Ix<Place>> {
    let places = &snapshot.places;
    let pipelines = places
        .pipelines(entity)
        .flat_map(|pipeline| std::iter::once(pipeline).chain(places.stages_of(pipeline)));
    std::iter::once(entity).chain(pipelines)
}

/// Fills the line of one place.
struct Builder<'a, 's> {
    snapshot: &'s Snapshot,
    viewer: Option<&'a Viewer<'s>>,
    /// The role that the side is about, if it is about one.
    role: Option<Column>,
    place: Ix<Place>,
}

impl<'a, 's> Builder<'a, 's> {
    fn line(&self, actions: &[Ix<Action>]) -> Line {
        Line {
            entering: self.entering(),
            cells: actions.iter().map(|action| self.cell(*action)).collect(),
            moves: self.moves(),
        }
    }

    fn teller(&self) -> Option<Teller<'a, 's>> {
        Some(Teller { snapshot: self.snapshot, viewer: self.viewer?, place: self.place })
    }

    fn cell(&self, action: Ix<Action>) -> Option<Cell> {
        self.snapshot.ask(self.place, action)?;
        let Some(teller) = self.teller() else { return Some(nothing()) };
        let traces = resolve::traced_reach(teller.viewer, self.place, action);
        let ((_, own), required) = traces.split_first()?;
        let demands = traces.iter().map(|(_, trace)| trace.reach);
        let basis = teller.basis(action, own);
        let says = self.role.and_then(|role| teller.said(action, role));
        Some(Cell {
            given: teller.relations(own.given),
            level: self.level(own.given, &basis, says.as_ref()),
            standing: teller.standing(action, own).filter(applies),
            reach: teller.relations(own.reach),
            narrowed: narrowed(&teller, own, required),
            effect: resolve::shortest(demands).into_iter().map(|it| teller.relations(it)).collect(),
            settings: teller.settings(action),
            basis,
            says,
        })
    }

    /// The level that says what is given; one that a role has said, if several do.
    fn level(&self, given: Relations, basis: &Basis, says: Option<&Said>) -> Option<Key<Level>> {
        let lexicon = &self.snapshot.lexicon;
        let voices = || basis.voices().iter().filter_map(|voice| voice.said.as_ref()).chain(says);
        if matches!(basis, Basis::Roles(_)) && voices().next().is_none() {
            return None;
        }
        let spoken = voices().filter_map(|said| match &said.what {
            Spoken::Level { level, .. } => lexicon.levels.find(level.borrow()),
            Spoken::LeadsAnywhere | Spoken::LeadsTo(_) => None,
        });
        let same = |one: Relations| resolve::shortest([one].into_iter());
        let all = lexicon.levels.iter().map(|(level, _)| level);
        let level = spoken.chain(all).find(|level| same(lexicon.relations(*level)) == same(given))?;
        lexicon.levels.key(level).cloned()
    }

    fn entering(&self) -> Option<Entering> {
        let places = &self.snapshot.places;
        let entity = places.entity(self.place);
        let rule = self.snapshot.offers.entity(entity);
        let reading = rule.reads_by.filter(|_| self.place == places.whole(entity))?;
        let Some(teller) = self.teller() else { return Some(Entering { enters: false, by: Vec::new() }) };
        let enters = check::reads_anywhere(teller.viewer, entity, rule).is_allowed();
        let unasked = teller.viewer.is_administrator();
        let by = if unasked { Vec::new() } else { teller.givers(entity, reading) };
        Some(Entering { enters, by })
    }

    fn moves(&self) -> Option<Moves> {
        let places = &self.snapshot.places;
        let stages: Vec<Ix<Place>> = match places.pipeline(self.place) {
            Some(pipeline) => places.stages_of(pipeline).collect(),
            None => places.stages(self.place).collect(),
        };
        if stages.is_empty() {
            return None;
        }
        let Some(teller) = self.teller() else {
            let basis = Basis::Roles(Vec::new());
            return Some(Moves { anywhere: false, stages: Vec::new(), basis, says: None });
        };
        let (to, trace) = resolve::traced_destinations(teller.viewer, self.place);
        let led = stages.into_iter().filter(|stage| *stage != self.place && to.contains(*stage));
        Some(Moves {
            anywhere: to == Destinations::Any,
            stages: led.filter_map(|stage| places.path(stage)).cloned().collect(),
            basis: teller.basis_of_moves(&trace),
            says: self.role.and_then(|role| teller.said_of_moves(role)),
        })
    }
}

fn applies(standing: &Standing) -> bool {
    standing.applies
}

/// What nobody has.
fn nothing() -> Cell {
    Cell {
        given: Vec::new(),
        level: None,
        standing: None,
        reach: Vec::new(),
        narrowed: Vec::new(),
        effect: vec![Vec::new()],
        basis: Basis::Roles(Vec::new()),
        settings: None,
        says: None,
    }
}

/// The prerequisites without which more would be in reach.
fn narrowed(teller: &Teller<'_, '_>, own: &Trace, required: &[(Ix<Action>, Trace)]) -> Vec<Narrowing> {
    let alone = resolve::shortest([own.reach].into_iter());
    let narrows = |reach: Relations| {
        !own.reach.is_empty() && resolve::shortest([own.reach, reach].into_iter()) != alone
    };
    let narrowed = required.iter().filter(|(_, trace)| narrows(trace.reach)).filter_map(|(action, trace)| {
        let action = teller.snapshot.lexicon.actions.key(*action)?.clone();
        let reach: Vec<Relation> = teller.relations(trace.reach);
        Some(Narrowing { action, reach })
    });
    narrowed.collect()
}
