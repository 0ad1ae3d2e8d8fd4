//! From what `resolve` was heard to do to the cells of one side.
//!
//! Deliberately absent: judgement. A cell is filled by the walk that a check takes, place by place and action by action.

use crate::index::Ix;
use crate::key::Key;
use crate::moment::Moment;
use crate::policy::Role;
use crate::reason::{Basis, Perspective, Relation, Said, Spoken, Teller, all_claims};
use crate::resolve::{self, Sufficing, Trace, View, Viewer};
use crate::review::matrix::cell::{Cell, Entering, Line, Moves, Narrowing, Row};
use crate::review::matrix::{Matrix, Side};
use crate::snapshot::{Circumstances, Column, Destinations, HeldRoles, LimitSet, Occasion, Snapshot};
use crate::vocabulary::{Action, Level, Place, Relations};

/// The matrix of somebody who holds this role and no other.
pub(super) fn role_matrix(snapshot: &Snapshot, role: Ix<Role>, side: Side) -> Matrix {
    let role = Column::of(role);
    let whenever = Occasion { at: Moment::MIN, circumstances: Circumstances::default() };
    let holder = Viewer::anybody(snapshot, HeldRoles::only(role, whenever), LimitSet::NONE);
    matrix(snapshot, &[View::own(holder)], Some(role), side)
}

/// The matrix of a viewer with these views, his own first; of nobody, if there are none.
pub(super) fn matrix(snapshot: &Snapshot, views: &[View<'_>], role: Option<Column>, side: Side) -> Matrix {
    let places = &snapshot.places;
    let offered = |action: &Ix<Action>| {
        snapshot.offers.entities().any(|(entity, _)| snapshot.offers.rule(entity, *action).offered)
    };
    let actions: Vec<Ix<Action>> = snapshot.lexicon.actions.iter().map(|(action, _)| action).collect();
    let actions: Vec<Ix<Action>> = actions.into_iter().filter(offered).collect();
    let entities = snapshot.offers.entities().map(|(entity, _)| places.whole(entity));
    let rows = entities.flat_map(|entity| in_order(snapshot, entity)).filter_map(|place| {
        let line = |view| Builder { snapshot, view, role, place }.line(&actions);
        let mut own = line(views.first());
        own.others = views.iter().skip(1).map(|view| line(Some(view))).collect();
        Some(Row { place: places.path(place)?.clone(), lines: vec![own] })
    });
    Matrix {
        rows: rows.collect(),
        sides: vec![Side { enters_application: enters_application(snapshot, views), ..side }],
        actions: actions.iter().filter_map(|it| snapshot.lexicon.actions.key(*it)).cloned().collect(),
    }
}

/// Whether any view enters any entity that admits to the application; nothing, if none does.
fn enters_application(snapshot: &Snapshot, views: &[View<'_>]) -> Option<bool> {
    let mut doors = snapshot.offers.entities().filter(|(_, rule)| rule.admits_to_application).peekable();
    doors.peek()?;
    let mut doors = doors.filter_map(|(entity, rule)| Some((entity, rule.reads_by?)));
    let enters = |(entity, reading)| views.iter().any(|it| resolve::holds_anywhere_in(it, entity, reading));
    Some(doors.any(enters))
}

/// An entity, then its pipelines, each followed by its stages.
fn in_order(snapshot: &Snapshot, entity: Ix<Place>) -> impl Iterator<Item = Ix<Place>> {
    let places = &snapshot.places;
    let pipelines = places
        .pipelines(entity)
        .flat_map(|pipeline| std::iter::once(pipeline).chain(places.stages_of(pipeline)));
    std::iter::once(entity).chain(pipelines)
}

/// Fills the line that one view has at one place.
struct Builder<'a, 's> {
    snapshot: &'s Snapshot,
    view: Option<&'a View<'s>>,
    /// The role that the side is about, if it is about one.
    role: Option<Column>,
    place: Ix<Place>,
}

impl<'a, 's> Builder<'a, 's> {
    fn line(&self, actions: &[Ix<Action>]) -> Line {
        let other = self.view.filter(|view| view.apart.is_some() || view.stand_in.is_some());
        Line {
            perspective: other.map(|view| Perspective::of(view, self.snapshot)),
            entering: self.entering(),
            cells: actions.iter().map(|action| self.cell(*action)).collect(),
            moves: self.moves(),
            others: Vec::new(),
        }
    }

    fn teller(&self) -> Option<(&'a View<'s>, Teller<'a, 's>)> {
        let view = self.view?;
        Some((view, Teller { snapshot: self.snapshot, viewer: &view.viewer, place: self.place }))
    }

    fn cell(&self, action: Ix<Action>) -> Option<Cell> {
        self.snapshot.ask(self.place, action)?;
        let Some((view, teller)) = self.teller() else { return Some(nothing()) };
        let traces = resolve::traced(teller.viewer, self.place, action);
        let ((_, own), required) = traces.split_first()?;
        let effect = resolve::effect(view, self.place, action);
        let basis = teller.basis(action, own);
        let says = self.role.and_then(|role| teller.said(action, role));
        Some(Cell {
            given: teller.relations(own.given),
            level: self.level(own.given, &basis, says.as_ref()),
            standing: teller
                .standing(action, own)
                .filter(|it| it.applies && !own.given.contains(Relations::ALWAYS)),
            cut: teller.cut(own),
            reach: teller.relations(own.reach),
            narrowed: narrowed(view, &teller, (action, own), required),
            passes: view.passes(self.place, action),
            effect: all_claims(self.snapshot, &effect),
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
        let all = lexicon.levels.iter().map(|(level, _)| level);
        let level = spoken.chain(all).find(|level| resolve::reach_alike(lexicon.relations(*level), given))?;
        lexicon.levels.key(level).cloned()
    }

    fn entering(&self) -> Option<Entering> {
        let places = &self.snapshot.places;
        let entity = places.entity(self.place);
        let rule = self.snapshot.offers.entity(entity);
        let reading = rule.reads_by.filter(|_| self.place == places.whole(entity))?;
        let Some((view, teller)) = self.teller() else {
            return Some(Entering { enters: false, by: Vec::new() });
        };
        let enters = resolve::holds_anywhere_in(view, entity, reading);
        let asked = enters && !teller.viewer.is_free(self.place);
        Some(Entering { enters, by: if asked { teller.givers(entity, reading) } else { Vec::new() } })
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
        let Some((view, teller)) = self.teller() else {
            let basis = Basis::Roles(Vec::new());
            return Some(Moves {
                anywhere: false,
                stages: Vec::new(),
                basis,
                limits: Vec::new(),
                passes: true,
                says: None,
            });
        };
        let (to, trace) = resolve::traced_destinations_in(view, self.place);
        let led = stages.into_iter().filter(|stage| *stage != self.place && to.contains(*stage));
        Some(Moves {
            anywhere: to == Destinations::Any,
            stages: led.filter_map(|stage| places.path(stage)).cloned().collect(),
            basis: teller.basis_of_moves(&trace),
            limits: teller.limits(&trace.limits),
            passes: view.passes_moves(self.place),
            says: self.role.and_then(|role| teller.said_of_moves(role)),
        })
    }
}

/// What nobody has.
fn nothing() -> Cell {
    Cell {
        given: Vec::new(),
        level: None,
        standing: None,
        cut: None,
        reach: Vec::new(),
        narrowed: Vec::new(),
        passes: true,
        effect: vec![Vec::new()],
        basis: Basis::Roles(Vec::new()),
        settings: None,
        says: None,
    }
}

/// The prerequisites without which more would be in reach.
fn narrowed(
    view: &View<'_>,
    teller: &Teller<'_, '_>,
    (action, own): (Ix<Action>, &Trace),
    required: &[(Ix<Action>, Trace)],
) -> Vec<Narrowing> {
    let of = |action, trace: &Trace| Sufficing::of(view, teller.place, Some(action), trace.reach);
    let alone = of(action, own);
    let narrows = |action, trace| alone != Sufficing::default() && !alone.implies(&of(action, trace));
    let narrowed = required.iter().filter(|(action, trace)| narrows(*action, trace));
    let narrowed = narrowed.filter_map(|(action, trace)| {
        let action = teller.snapshot.lexicon.actions.key(*action)?.clone();
        let reach: Vec<Relation> = teller.relations(trace.reach);
        Some(Narrowing { action, reach })
    });
    narrowed.collect()
}
