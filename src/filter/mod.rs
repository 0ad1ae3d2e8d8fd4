//! The list: which records may he do this with?
//!
//! A [`Filter`] says it as a value that a database can run. It is read off the same `resolve` as a check, place by place, so
//! it keeps exactly the records that [`Access::check`] allows; nothing here decides what a right means.
//!
//! Its own floor-mate and not part of `check`: neither knows the other, and tests hold them against each other.
//!
//! Deliberately absent: negation, but for two things. A record on a stage that the vocabulary does not know falls back to its
//! pipeline, and "not one of the known stages, or none" cannot be said without it. And what is elsewhere is not in one's own
//! departments.

mod condition;
mod matching;
mod places;
mod several;
mod spans;
#[cfg(feature = "sql")]
pub mod sql;
mod text;

pub use condition::{AnyOf, Condition, Seating};
pub use places::{Keys, Within};
pub use several::{Filters, Permitted};
pub use spans::DepartmentSpan;

use std::hash::{Hash, Hasher};

use smallvec::SmallVec;

use crate::access::Access;
use crate::audience::Operation;
use crate::directory::{Department, SocialGroup};
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::policy::Subject;
use crate::resolve::{self, View, Viewer};
use crate::snapshot::{RightOver, Snapshot};
use crate::vocabulary::{Action, Entity, Place, Relations};

/// Exactly the records of one entity that a viewer may do something with, and until when.
///
/// Equal reach gives equal filters: two are equal if they keep the same records, whatever they are valid until.
#[derive(Clone, Debug)]
#[must_use]
pub struct Filter {
    keeps: Keeps,
    valid_until: Option<Moment>,
}

/// What a filter keeps. `Nothing` and `Everything` are there to be seen: the caller can skip the query, or the condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keeps {
    /// No record at all.
    Nothing,
    /// Every record of the entity.
    Everything,
    /// The records that any of the clauses keeps. Never empty. No two clauses share a place, unless the viewer has other views than
    /// his own: roles that are confined or marked, or people he stands in for.
    AnyOf(Vec<Clause>),
}

/// The records at some places that meet all of some conditions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Clause {
    /// The places, all different; a record must be in one. Empty means everywhere in the entity.
    pub within: Vec<Within>,
    /// What the record must meet, all of it: the action's own condition and those of its prerequisites. Empty means that
    /// every record at these places is kept.
    pub all: Vec<AnyOf>,
}

/// What the roles demand of a record at one place: to be in each of these sets.
type Demands = SmallVec<[Relations; 2]>;

impl Filter {
    /// Keeps no record at all, for good.
    pub const NOTHING: Self = Self { keeps: Keeps::Nothing, valid_until: None };
    /// Keeps every record, for good.
    pub const EVERYTHING: Self = Self { keeps: Keeps::Everything, valid_until: None };

    /// The filter of an action on an entity for a viewer with these views: what any of them keeps.
    fn of<'s>(views: impl Iterator<Item = View<'s>>, entity: Ix<Place>, action: Ix<Action>) -> Self {
        let clauses = views.flat_map(|view| clauses(&view, entity, action, &opened(&view, entity, action)));
        Self { keeps: Keeps::of(clauses.collect()), valid_until: None }
    }

    /// What it keeps.
    pub fn keeps(&self) -> &Keeps {
        &self.keeps
    }

    /// The first moment at which the viewer's answers could be others, if there is one: do not use the filter from then on. It is
    /// that of the access, [`Access::valid_until`].
    pub fn valid_until(&self) -> Option<Moment> {
        self.valid_until
    }

    /// Whether no record is kept.
    pub fn is_nothing(&self) -> bool {
        matches!(self.keeps, Keeps::Nothing)
    }

    /// Whether every record is kept.
    pub fn is_everything(&self) -> bool {
        matches!(self.keeps, Keeps::Everything)
    }

    /// The clauses; none for nothing and for everything.
    pub fn clauses(&self) -> &[Clause] {
        self.keeps.clauses()
    }
}

impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        self.keeps == other.keeps
    }
}

impl Eq for Filter {}

impl Hash for Filter {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.keeps.hash(state);
    }
}

impl Keeps {
    /// The clauses; none for nothing and for everything.
    pub fn clauses(&self) -> &[Clause] {
        match self {
            Self::Nothing | Self::Everything => &[],
            Self::AnyOf(clauses) => clauses,
        }
    }

    /// What any of the clauses keeps; those that say nothing new are left out.
    fn of(mut clauses: Vec<Clause>) -> Self {
        clauses.sort_unstable();
        clauses.dedup();
        condition::drop_spare(&mut clauses, Clause::implies);
        match clauses.as_slice() {
            [] => Self::Nothing,
            [only] if only.within.is_empty() && only.all.is_empty() => Self::Everything,
            _ => Self::AnyOf(clauses),
        }
    }
}

/// What opens an action and each of its prerequisites to a view, beside the rights over the record itself: links, hosts and shares.
/// A list for each, and none at all where nothing opens.
fn opened(view: &View<'_>, entity: Ix<Place>, action: Ix<Action>) -> Vec<Vec<Condition>> {
    let snapshot = view.viewer.snapshot;
    let of = snapshot.places.entity(entity);
    let requires = snapshot.offers.rule(of, action).requires;
    let mut with = None;
    let opened = |action| {
        let mut any = linked(view, snapshot.offers.through(of, action));
        any.extend(snapshot.offers.hosted_by(of, action).and_then(|operation| hosted(view, operation)));
        any.extend(shared(view, of, action, &mut with));
        any
    };
    let opened: Vec<_> = std::iter::once(action).chain(requires.iter()).map(opened).collect();
    if opened.iter().all(Vec::is_empty) { Vec::new() } else { opened }
}

/// Whether the record is shared, if it can be for the action and the view looks at that. `with` is all that the viewer is in, once that is
/// known.
fn shared(
    view: &View<'_>,
    of: Ix<Entity>,
    action: Ix<Action>,
    with: &mut Option<Vec<Subject>>,
) -> Option<Condition> {
    let snapshot = view.viewer.snapshot;
    let can_be = snapshot.offers.rule(of, action).opens.contains(Relations::SHARED);
    if !can_be || view.apart.is_some() {
        return None;
    }
    let with = with.get_or_insert_with(|| resolve::circle_of(&view.viewer).subjects());
    Some(Condition::Shared(snapshot.lexicon.actions.key(action)?.clone(), with.clone()))
}

fn linked(view: &View<'_>, rights: &[RightOver]) -> Vec<Condition> {
    let places = &view.viewer.snapshot.places;
    let linked = rights.iter().filter_map(|(entity, action)| {
        let keeps = Keeps::of(clauses(view, places.whole(*entity), *action, &[]));
        let entity = places.entity_key(*entity)?.clone();
        (keeps != Keeps::Nothing).then_some(Condition::Linked(entity, keeps))
    });
    linked.collect()
}

/// The groups that let somebody do the operation; in the order of their keys.
fn hosted(view: &View<'_>, operation: Ix<Operation>) -> Option<Condition> {
    let snapshot = view.viewer.snapshot;
    let admits = |group: &Ix<SocialGroup>| resolve::admission(&view.viewer, *group, operation).is_admitted();
    let groups = snapshot.hosts.hosts().filter(admits);
    let mut groups: Vec<_> =
        groups.filter_map(|group| snapshot.membership.social_groups.key(group)).cloned().collect();
    groups.sort_unstable();
    (!groups.is_empty()).then_some(Condition::HostedBy(groups))
}

/// What one view keeps; no two clauses share a place.
fn clauses(view: &View<'_>, entity: Ix<Place>, action: Ix<Action>, opened: &[Vec<Condition>]) -> Vec<Clause> {
    let snapshot = view.viewer.snapshot;
    if !snapshot.offers.rule(snapshot.places.entity(entity), action).offered {
        return Vec::new();
    }
    let mut groups: Vec<(Demands, Vec<Ix<Place>>)> = Vec::new();
    for place in snapshot.places.of_entity(entity) {
        let demands: Demands = resolve::demands_in(view, place, action).collect();
        match groups.iter_mut().find(|(other, _)| *other == demands) {
            Some((_, places)) => places.push(place),
            None => groups.push((demands, vec![place])),
        }
    }
    of_groups(&view.viewer, entity, groups, opened)
}

/// Different demands may come to the same conditions for this viewer; those are one clause.
fn of_groups(
    viewer: &Viewer<'_>,
    entity: Ix<Place>,
    groups: Vec<(Demands, Vec<Ix<Place>>)>,
    opened: &[Vec<Condition>],
) -> Vec<Clause> {
    let mut clauses: Vec<(Vec<AnyOf>, Vec<Ix<Place>>)> = Vec::new();
    for (demands, places) in groups {
        let Some(all) = condition::all_of(viewer, &demands, opened) else { continue };
        match clauses.iter_mut().find(|(other, _)| *other == all) {
            Some((_, more)) => more.extend(places),
            None => clauses.push((all, places)),
        }
    }
    let places = &viewer.snapshot.places;
    let clause = |(all, at): (_, Vec<_>)| Clause { within: places::within(places, entity, &at), all };
    clauses.into_iter().map(clause).collect()
}

impl Clause {
    /// Whether the other clause keeps whatever this one keeps, as far as can be told from the two alone.
    fn implies(&self, other: &Self) -> bool {
        let wider = other.within.is_empty() || other.within == self.within;
        wider && other.all.iter().all(|any| self.all.iter().any(|narrower| condition::implies(narrower, any)))
    }
}

impl Access<'_> {
    /// Which records of the entity the viewer may do this with, as a value that a database can run.
    ///
    /// Where the entity, the action or the viewer is unknown, nothing is kept. Takes time in proportion to the places of the
    /// entity; its size depends on how the rights differ from stage to stage, and not on how many users there are.
    ///
    /// ```
    /// use bailiwick::{crm, Assignment, Department, Directory, Moment, Policy, Snapshot, Subject, User};
    ///
    /// let directory = Directory::new()
    ///     .with(Department::new("sales"))
    ///     .with(User::new("anna").sits_in("sales"));
    /// let policy = Policy::new(crm::vocabulary())
    ///     .roles(crm::roles())
    ///     .assign(Assignment::new(crm::MANAGER, Subject::Department("sales".into())));
    /// let snapshot = Snapshot::compile(&policy, &directory)?;
    ///
    /// let access = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
    /// let filter = access.filter(crm::UPDATE, crm::DEAL);
    /// assert_eq!(filter.to_string(), "responsible is anna");
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn filter(&self, action: impl Into<Handle<Action>>, entity: impl Into<Handle<Place>>) -> Filter {
        let snapshot = self.snapshot();
        let place = snapshot.entity_of(entity.into());
        let action = snapshot.lexicon.action(action.into());
        let filter = match (place, action) {
            (Some(place), Some(action)) => Filter::of(self.views(), place, action),
            _ => Filter::NOTHING,
        };
        Filter { valid_until: self.valid_until(), ..filter }
    }
}

impl Snapshot {
    /// The entity that a place is in, as the place that its records are in when they have no pipeline.
    fn entity_of(&self, place: Handle<Place>) -> Option<Ix<Place>> {
        self.places.accept(place).and_then(|place| self.places.upward(place).last())
    }

    /// The numbers of the active departments, depth first: what [`DepartmentSpan`] counts by. A database that holds each
    /// department's number can answer a whole subtree with one range. A department that is switched off, itself or by one
    /// above it, is not listed, and must have no number in the database either: it has no members.
    ///
    /// The numbers belong to this snapshot: export them again whenever departments change.
    pub fn department_numbers(&self) -> impl Iterator<Item = (&Key<Department>, u32)> {
        self.departments.numbers()
    }
}
