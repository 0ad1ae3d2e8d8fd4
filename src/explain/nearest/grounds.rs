//! What a question depends on: the rights and the transitions that could let it be allowed.

use crate::access::Access;
use crate::check::Leap;
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::policy::{Right, Role, Targets, Transition};
use crate::resolve::{self, Record, View, Viewer};
use crate::snapshot::Snapshot;
use crate::vocabulary::{Action, Place, Stage};

/// What somebody wants with a record: with one at this place, where it is to be created, or with one of this owner at this place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wish {
    Check(Handle<Action>),
    Create,
    CreateFor,
    Relocate(Handle<Place>),
}

/// All that a question depends on of what roles say.
#[derive(Debug)]
pub(super) struct Grounds {
    pub(super) concerns: Vec<Concern>,
    pub(super) exit: Option<Exit>,
}

/// What is asked of one record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Concern {
    /// Where the record is, and what that lies in, the finest first.
    upward: Vec<Place>,
    /// The action and its prerequisites.
    actions: Vec<Key<Action>>,
    /// The settings right, if it includes one of them.
    settings: Option<(Place, Key<Action>)>,
}

/// The way that a record is to go within its pipeline.
#[derive(Debug)]
pub(super) struct Exit {
    /// Where the record is, and what that lies in, the finest first.
    pub(super) from: Vec<Place>,
    to: Key<Stage>,
    /// The stages of its pipeline, of which a transition from there can speak.
    stages: Vec<Key<Stage>>,
}

impl Wish {
    pub(super) fn is_allowed(self, access: &Access<'_>, record: &Record<'_>) -> bool {
        match self {
            Self::Check(action) => access.check(action, record).is_allowed(),
            Self::Create => access.create(record.place).is_allowed(),
            Self::CreateFor => access.create_for(record.place, record.owner).is_allowed(),
            Self::Relocate(to) => access.relocate(record, to).is_allowed(),
        }
    }

    /// What it depends on, if there is somebody who asks and it can be allowed to anybody.
    pub(super) fn grounds(self, access: &Access<'_>, record: &Record<'_>) -> Option<Grounds> {
        match self {
            Self::Check(action) => {
                let (viewer, place, action) = access.question(record.place, action).ok()?;
                Grounds::of(viewer, place, action, record)
            }
            Self::Create => {
                let (_, place, action) = access.bound(record.place, |rule| rule.creates_by).ok()?;
                Grounds::of_creating(access.snapshot(), place, action)
            }
            Self::CreateFor => {
                let (place, action) = access.creating_for(record.place, record.owner).ok()?;
                Grounds::of_creating(access.snapshot(), place, action)
            }
            Self::Relocate(to) => {
                let (viewer, from, update) = access.bound(record.place, |rule| rule.updates_by).ok()?;
                let to = access.snapshot().places.accept(to)?;
                Grounds::of(viewer, from, update, record)?.with_move(access.snapshot(), from, to)
            }
        }
    }
}

impl Grounds {
    /// What creating at a place depends on.
    fn of_creating(snapshot: &Snapshot, place: Ix<Place>, action: Ix<Action>) -> Option<Self> {
        Some(Self { concerns: vec![Concern::of(snapshot, place, action)?], exit: None })
    }

    /// What an action with a record depends on; through links too.
    fn of(viewer: &Viewer<'_>, place: Ix<Place>, asked: Ix<Action>, record: &Record<'_>) -> Option<Self> {
        let snapshot = viewer.snapshot;
        let mut concerns = vec![Concern::of(snapshot, place, asked)?];
        let requires = snapshot.ask(place, asked)?.rule.requires;
        let own = View::own(*viewer);
        for action in std::iter::once(asked).chain(requires.iter()) {
            for right in snapshot.offers.through(snapshot.places.entity(place), action) {
                let at = record.linked().filter_map(|linked| resolve::linked_place(&own, *right, linked));
                let linked = at.filter_map(|at| Concern::of(snapshot, at, right.1));
                for concern in linked.collect::<Vec<_>>() {
                    if !concerns.contains(&concern) {
                        concerns.push(concern);
                    }
                }
            }
        }
        Some(Self { concerns, exit: None })
    }

    /// What a move depends on besides; nothing, if nobody can make it.
    fn with_move(mut self, snapshot: &Snapshot, from: Ix<Place>, to: Ix<Place>) -> Option<Self> {
        let rule = snapshot.offers.entity(snapshot.places.entity(from));
        match Leap::of(&snapshot.places, from, to) {
            Leap::Nowhere => return None,
            Leap::ToPipeline => self.concerns.push(Concern::of(snapshot, to, rule.creates_by?)?),
            Leap::Within if !rule.moves_freely => {
                self.concerns.extend(Concern::of_settings(snapshot, from));
                self.exit = Exit::of(snapshot, from, to);
            }
            Leap::Within | Leap::Stays => {}
        }
        Some(self)
    }
}

impl Concern {
    fn of(snapshot: &Snapshot, place: Ix<Place>, asked: Ix<Action>) -> Option<Self> {
        let requires = snapshot.ask(place, asked)?.rule.requires;
        let numbers: Vec<Ix<Action>> = std::iter::once(asked).chain(requires.iter()).collect();
        let by_settings =
            numbers.iter().any(|it| snapshot.ask(place, *it).is_some_and(|it| it.rule.by_settings));
        Some(Self {
            upward: upward(snapshot, place),
            actions: numbers.iter().filter_map(|it| snapshot.lexicon.actions.key(*it)).cloned().collect(),
            settings: settings(snapshot, place).filter(|_| by_settings),
        })
    }

    /// The settings right alone, which takes the place of a transition.
    fn of_settings(snapshot: &Snapshot, place: Ix<Place>) -> Option<Self> {
        let settings = Some(settings(snapshot, place)?);
        Some(Self { upward: Vec::new(), actions: Vec::new(), settings })
    }

    /// Whether the question can depend on this right.
    pub(super) fn depends_on(&self, right: &Right) -> bool {
        let entity = self.upward.iter().any(|place| place.entity_key() == right.place.entity_key());
        let settings = |(place, action): &(Place, Key<Action>)| {
            place.entity_key() == right.place.entity_key() && *action == right.action
        };
        entity && self.actions.contains(&right.action) || self.settings.as_ref().is_some_and(settings)
    }

    /// The cells of a role that the answer can depend on. The settings right can be one of the actions in question.
    pub(super) fn cells(&self) -> impl Iterator<Item = (&Place, &Key<Action>)> {
        let here =
            self.upward.iter().flat_map(|place| self.actions.iter().map(move |action| (place, action)));
        let settings = self.settings.iter().map(|(place, action)| (place, action));
        here.chain(
            settings.filter(|(place, action)| !self.upward.contains(place) || !self.actions.contains(action)),
        )
    }
}

impl Exit {
    fn of(snapshot: &Snapshot, from: Ix<Place>, to: Ix<Place>) -> Option<Self> {
        let stages = snapshot.places.stages_of(snapshot.places.pipeline(from)?);
        let key = |stage| snapshot.places.path(stage).and_then(Place::stage_key).cloned();
        Some(Self { from: upward(snapshot, from), to: key(to)?, stages: stages.filter_map(key).collect() })
    }

    /// The least that a role can say from one of the places so that records go where it lets them go, and to the target; nothing,
    /// if it says so already.
    pub(super) fn opened(&self, role: &Role, from: &Place) -> Option<Transition> {
        let said = |at: &Place| role.transitions.iter().find(|it| it.from == *at).map(|it| &it.to);
        let to = match from.upward().find_map(|at| said(&at)) {
            Some(Targets::Any) => Targets::Any,
            Some(Targets::Stages(stages)) => self.with_target(stages, from),
            None => Targets::Stages(vec![self.to.clone()]),
        };
        (said(from) != Some(&to)).then(|| Transition::new(from.clone(), to))
    }

    /// These stages, as far as a transition from there can speak of them, and the target.
    fn with_target(&self, stages: &[Key<Stage>], from: &Place) -> Targets {
        let known = |stage: &&Key<Stage>| from.pipeline_key().is_none() || self.stages.contains(stage);
        let missing = Some(&self.to).filter(|to| !stages.contains(to));
        Targets::Stages(stages.iter().filter(known).chain(missing).cloned().collect())
    }
}

/// A place and what it lies in, the finest first.
fn upward(snapshot: &Snapshot, place: Ix<Place>) -> Vec<Place> {
    snapshot.places.upward(place).filter_map(|it| snapshot.places.path(it)).cloned().collect()
}

/// The settings right of the entity that the place is in.
fn settings(snapshot: &Snapshot, place: Ix<Place>) -> Option<(Place, Key<Action>)> {
    let (entity, action) = snapshot.offers.entity(snapshot.places.entity(place)).settings?;
    let place = snapshot.places.path(snapshot.places.whole(entity))?;
    Some((place.clone(), snapshot.lexicon.actions.key(action)?.clone()))
}
