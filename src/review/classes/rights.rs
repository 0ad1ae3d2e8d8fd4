//! All that somebody may do, as a value of positions: equal in one snapshot where the rights are.

use std::collections::HashMap;
use std::rc::Rc;

use crate::directory::User;
use crate::index::Ix;
use crate::reason::{Perspective, claims};
use crate::resolve::{self, NewRecord, Sufficing, View, Viewer};
use crate::review::classes::fold::Fold;
use crate::snapshot::{Column, LimitSet, Occasion, Snapshot, StandIn, Standing};
use crate::vocabulary::{Action, Entity, Place};

/// All that somebody may do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Rights {
    administrator: bool,
    application: bool,
    enters: Vec<Ix<Entity>>,
    /// In the order of perspectives, one's own first; none that gives nothing, or nothing more than another of the same.
    views: Vec<(Option<Perspective>, Rc<Table>)>,
}

/// What one view gives.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
struct Table {
    reaches: Vec<(Ix<Place>, Ix<Action>, Vec<Sufficing>)>,
    /// Whether for oneself only.
    creates: Vec<(Ix<Place>, bool)>,
    moves: Vec<(Ix<Place>, Vec<Ix<Place>>)>,
}

/// A table, and which entities are entered by it. Whoever holds the same shares it.
#[derive(Clone, Debug)]
struct Sight {
    enters: Vec<Ix<Entity>>,
    table: Rc<Table>,
}

/// All that decides what a view gives on one occasion, besides what lets pass a part of it.
#[derive(PartialEq, Eq, Hash)]
struct Held {
    administrator: bool,
    apart: bool,
    confined: bool,
    roles: Vec<Column>,
    /// On him, and on whoever stands in for him.
    limits: [LimitSet; 2],
}

/// Works out rights, every different holding once.
pub(super) struct Evaluation<'s> {
    snapshot: &'s Snapshot,
    on: Occasion,
    known: HashMap<Held, Sight>,
}

impl<'s> Evaluation<'s> {
    pub(super) fn new(snapshot: &'s Snapshot, on: Occasion) -> Self {
        Self { snapshot, on, known: HashMap::new() }
    }

    pub(super) fn rights(&mut self, user: Ix<User>, standing: Standing) -> Rights {
        let handle = self.snapshot.people.handle(user);
        let Some(own) = handle.and_then(|user| Viewer::new(self.snapshot, user, self.on).ok()) else {
            return Rights::default();
        };
        let limits = self.snapshot.limits.of(user);
        let others = if standing.has_views() { resolve::others(own) } else { Box::default() };
        let mut rights = Rights { administrator: own.is_administrator(), ..Rights::default() };
        for view in std::iter::once(View::own(own)).chain(others) {
            let sight = self.sight(&view, limits);
            rights.enters.extend(sight.enters);
            rights.see(perspective(&view, self.snapshot), sight.table);
        }
        rights.enters.sort_unstable();
        rights.enters.dedup();
        let admits = |entity: &Ix<Entity>| self.snapshot.offers.entity(*entity).admits_to_application;
        rights.application = rights.enters.iter().any(admits);
        rights.views.sort_by(|(one, _), (other, _)| one.cmp(other));
        rights
    }

    /// What a view gives to a user who is himself under these limits.
    fn sight(&mut self, view: &View<'_>, own: LimitSet) -> Sight {
        let of_absent = |it: &StandIn| {
            let absent = self.snapshot.people.position(it.absent);
            absent.map(|absent| self.snapshot.limits.of(absent)).unwrap_or_default()
        };
        let held = Held {
            administrator: view.viewer.is_administrator(),
            apart: view.apart.is_some(),
            confined: view.confined_to().is_some(),
            roles: view.viewer.held_roles(),
            limits: view.stand_in.map_or([own, LimitSet::NONE], |it| [of_absent(it), own]),
        };
        // What a narrowed substitution lets pass is its own.
        if view.stand_in.is_some_and(|it| it.only.is_some()) {
            return sight(self.snapshot, view);
        }
        self.known.entry(held).or_insert_with(|| sight(self.snapshot, view)).clone()
    }

    pub(super) fn fingerprint(&self, rights: &Rights) -> u128 {
        let places = &self.snapshot.places;
        let enters = rights.enters.iter().map(|entity| Fold::new().maybe(places.entity_key(*entity)));
        let views = rights.views.iter().map(|(perspective, table)| {
            let seen = |part: fn(&Perspective) -> Option<String>| perspective.as_ref().and_then(part);
            Fold::new()
                .maybe(seen(|it| it.within.as_ref().map(ToString::to_string)).as_ref())
                .maybe(seen(|it| it.audited_as.as_ref().map(ToString::to_string)).as_ref())
                .maybe(seen(|it| it.absent.as_ref().map(ToString::to_string)).as_ref())
                .number(table.fold(self.snapshot))
        });
        Fold::new()
            .number(rights.administrator.into())
            .number(rights.application.into())
            .each(enters)
            .each(views)
            .finish()
    }
}

/// In which view, if not one's own. Why somebody stands in plays no part.
fn perspective(view: &View<'_>, snapshot: &Snapshot) -> Option<Perspective> {
    let other = view.apart.is_some() || view.stand_in.is_some();
    other.then(|| Perspective { reason: None, ..Perspective::of(view, snapshot) })
}

fn sight(snapshot: &Snapshot, view: &View<'_>) -> Sight {
    let mut table = Table::default();
    if resolve::is_idle(view) {
        return Sight { enters: Vec::new(), table: Rc::new(table) };
    }
    for place in snapshot.places.positions() {
        for (action, _) in snapshot.ask_all(place) {
            let effect = resolve::effect(view, place, action);
            if !effect.contains(&Sufficing::default()) {
                table.reaches.push((place, action, effect));
            }
        }
        let rule = snapshot.offers.entity(snapshot.places.entity(place));
        let new = rule.creates_by.map(|action| resolve::given_new_in(view, place, action));
        match new {
            Some(NewRecord::OwnOnly) => table.creates.push((place, true)),
            Some(NewRecord::Anybodys) => table.creates.push((place, false)),
            Some(
                NewRecord::NothingGiven
                | NewRecord::Limited
                | NewRecord::Prerequisite
                | NewRecord::OutOfReach,
            )
            | None => {}
        }
        let stages = if rule.updates_by.is_some() { stages(snapshot, view, place) } else { Vec::new() };
        if !stages.is_empty() {
            table.moves.push((place, stages));
        }
    }
    let readable = snapshot.offers.entities().filter_map(|(entity, rule)| Some((entity, rule.reads_by?)));
    let entered = readable.filter(|(entity, reading)| resolve::holds_anywhere_in(view, *entity, *reading));
    Sight { enters: entered.map(|(entity, _)| entity).collect(), table: Rc::new(table) }
}

/// Where a record may go from a place, within its pipeline.
fn stages(snapshot: &Snapshot, view: &View<'_>, from: Ix<Place>) -> Vec<Ix<Place>> {
    let Some(pipeline) = snapshot.places.pipeline(from) else { return Vec::new() };
    let leads = resolve::destinations_in(view, from);
    snapshot.places.stages_of(pipeline).filter(|to| *to != from && leads.contains(*to)).collect()
}

impl Rights {
    /// One more view, if it gives anything that no other of the same perspective gives, as where a substitution is arranged twice.
    /// Those that give nothing beside it go.
    fn see(&mut self, perspective: Option<Perspective>, table: Rc<Table>) {
        let same = |known: &Option<Perspective>| *known == perspective;
        if *table == Table::default()
            || self.views.iter().any(|(known, wide)| same(known) && table.is_within(wide))
        {
            return;
        }
        self.views.retain(|(known, narrow)| !(same(known) && narrow.is_within(&table)));
        self.views.push((perspective, table));
    }
}

impl Table {
    /// Whether the other gives all of it, each right as it is. Both are in the order of places.
    fn is_within(&self, other: &Self) -> bool {
        fn among<T: PartialEq>(few: &[T], all: &[T]) -> bool {
            let mut all = all.iter();
            few.iter().all(|it| all.any(|other| other == it))
        }
        among(&self.reaches, &other.reaches)
            && among(&self.creates, &other.creates)
            && among(&self.moves, &other.moves)
    }

    /// Of names, in whichever order they are numbered.
    fn fold(&self, snapshot: &Snapshot) -> u128 {
        let actions = &snapshot.lexicon.actions;
        let at = |place: Ix<Place>| {
            let path = snapshot.places.path(place);
            Fold::new()
                .maybe(path.map(Place::entity_key))
                .maybe(path.and_then(Place::pipeline_key))
                .maybe(path.and_then(Place::stage_key))
        };
        let demand = |it: &Sufficing| {
            let claims = claims(snapshot, it).into_iter().map(|it| Fold::new().text(&it.to_string()));
            Fold::new().each(claims)
        };
        let reaches = self.reaches.iter().map(|(place, action, demands)| {
            at(*place).maybe(actions.key(*action)).each(demands.iter().map(demand))
        });
        let creates = self.creates.iter().map(|(place, own)| at(*place).number((*own).into()));
        let moves = self.moves.iter().map(|(from, to)| at(*from).each(to.iter().map(|to| at(*to))));
        Fold::new().each(reaches).each(creates).each(moves).finish()
    }
}
