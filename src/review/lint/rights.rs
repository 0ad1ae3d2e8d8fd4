//! Lints about what roles give.

use std::collections::HashSet;

use crate::index::Ix;
use crate::key::Key;
use crate::policy::{Assignment, Combining, Role};
use crate::resolve::{self, Viewer};
use crate::review::lint::{Finding, Ground, Lint};
use crate::snapshot::{Circumstances, Column, Destinations, LimitSet, Occasion, Part, RoleSet};
use crate::vocabulary::{Action, Entity, Grain, Place, Relations};

impl Ground<'_> {
    pub(super) fn occasion(&self) -> Occasion {
        Occasion { at: self.at, circumstances: Circumstances::default() }
    }

    pub(super) fn roles(&self) -> impl Iterator<Item = (Ix<Role>, &Role)> {
        self.policy.roles.iter().enumerate().map(|(at, role)| (Ix::from_count(at), role))
    }

    /// Somebody who holds this role and nothing else.
    pub(super) fn holder_of(&self, role: Ix<Role>) -> Viewer<'_> {
        let roles = self.snapshot.people.roles_apart(RoleSet::of_one(Column::of(role)), self.occasion());
        Viewer::anybody(self.snapshot, roles, LimitSet::NONE)
    }

    pub(super) fn holder_of_key(&self, role: &Key<Role>) -> Option<Viewer<'_>> {
        Some(self.holder_of(self.snapshot.roles.names.find(role.borrow())?))
    }

    fn gives_nothing(&self, role: Ix<Role>) -> bool {
        resolve::gives_nothing(&self.holder_of(role))
    }

    /// Whether what the role says may keep other roles from counting: below an entity, where the nearest counts alone.
    pub(super) fn silences(&self, role: &Role) -> bool {
        let rights = role.rights.iter().map(|right| right.place.grain());
        let mut grains = rights.chain(role.transitions.iter().map(|it| it.from.grain()));
        self.policy.combining == Combining::MostSpecific && grains.any(|grain| grain != Grain::Entity)
    }

    /// Every action at every place where it is offered.
    pub(super) fn cells(&self) -> impl Iterator<Item = (Ix<Place>, Ix<Action>)> {
        let snapshot = self.snapshot;
        snapshot
            .places
            .positions()
            .flat_map(move |place| snapshot.ask_all(place).map(move |(action, _)| (place, action)))
    }

    /// Whether an action can be given further or less far, so that it is about records and not just allowed or not.
    pub(super) fn is_graded(&self, entity: Ix<Entity>, action: Ix<Action>) -> bool {
        let lexicon = &self.snapshot.lexicon;
        let entity = self.policy.vocabulary.entities.get(entity.as_usize());
        let offers = entity.map(|entity| entity.offers.as_slice()).unwrap_or_default();
        let offer = offers.iter().find(|offer| lexicon.actions.find(offer.action.borrow()) == Some(action));
        let levels = offer.map(|offer| offer.levels.as_slice()).unwrap_or_default().iter();
        let mut relations =
            levels.filter_map(|level| Some(lexicon.relations(lexicon.levels.find(level.borrow())?)));
        relations.any(|relations| !relations.is_empty() && !resolve::reaches_all(relations))
    }

    pub(super) fn place(&self, place: Ix<Place>) -> String {
        self.snapshot.places.path(place).map(ToString::to_string).unwrap_or_default()
    }

    pub(super) fn action(&self, action: Ix<Action>) -> String {
        self.snapshot.lexicon.actions.key(action).map(ToString::to_string).unwrap_or_default()
    }
}

/// An action at a place.
pub(super) type Cell = (Ix<Place>, Ix<Action>);

/// What the viewer is given of an action at a place, by his roles and without what stands.
pub(super) fn given(viewer: &Viewer<'_>, (place, action): (Ix<Place>, Ix<Action>)) -> Relations {
    resolve::given_here(viewer, place, action)
}

pub(super) fn at_role(number: Ix<Role>) -> String {
    format!("/roles/{}", number.position())
}

/// Who holds a role with a mark on everything is recorded under it, whatever the role gives: taking it away would leave no trace of what
/// he does.
pub(super) fn gives_nothing(ground: &Ground<'_>) -> Vec<Finding> {
    let marks = |it: &&Assignment| it.audits_everything && it.audited_as.is_some();
    let marking: HashSet<&Key<Role>> =
        ground.policy.assignments.iter().filter(marks).map(|it| &it.role).collect();
    let does =
        |role: &Role| !role.supersedes.is_empty() || ground.silences(role) || marking.contains(&role.key);
    let empty = ground.roles().filter(|(number, role)| !does(role) && ground.gives_nothing(*number));
    let finding = |(number, role): (Ix<Role>, &Role)| {
        let message = format!("role `{}` gives nothing anywhere", role.key);
        Finding::new(Lint::RoleGivesNothing, Part::Policy, at_role(number), [role.key.to_string()], message)
    };
    empty.map(finding).collect()
}

/// Of two roles that give the same, the later one is contained in the earlier.
pub(super) fn contained(ground: &Ground<'_>) -> Vec<Finding> {
    let holders: Vec<_> =
        ground.roles().map(|(number, role)| (number, role, ground.holder_of(number))).collect();
    let contains = |outer: &Viewer<'_>, inner: &Viewer<'_>| {
        let moves = |place| {
            let (inner, outer) =
                (resolve::destinations_by_roles(inner, place), resolve::destinations_by_roles(outer, place));
            match inner {
                Destinations::Any => outer == Destinations::Any,
                Destinations::Stages(stages) => stages.iter().all(|stage| outer.contains(*stage)),
            }
        };
        ground.cells().all(|cell| resolve::is_within(given(inner, cell), given(outer, cell)))
            && ground.snapshot.places.positions().all(moves)
    };
    let mut findings = Vec::new();
    for (number, role, inner) in &holders {
        let others = holders.iter().filter(|(other, ..)| other != number);
        let outer = others
            .into_iter()
            .find(|(other, _, outer)| contains(outer, inner) && (other < number || !contains(inner, outer)));
        // A role that drops others does something that no other does.
        let counts = role.supersedes.is_empty() && !ground.gives_nothing(*number);
        if let Some((_, other, _)) = outer.filter(|_| counts) {
            let keys = [role.key.to_string(), other.key.to_string()];
            let message =
                format!("role `{}` gives nothing that role `{}` does not give", role.key, other.key);
            findings.push(Finding::new(Lint::RoleContained, Part::Policy, at_role(*number), keys, message));
        }
    }
    findings
}

pub(super) fn wider_than_read(ground: &Ground<'_>) -> Vec<Finding> {
    let snapshot = ground.snapshot;
    let mut findings = Vec::new();
    for (number, role) in ground.roles() {
        let viewer = ground.holder_of(number);
        let mut told: Vec<(u32, Ix<Action>)> = Vec::new();
        for (place, action) in ground.cells() {
            let entity = snapshot.places.entity(place);
            let rule = snapshot.offers.entity(entity);
            let Some(read) = rule.reads_by.filter(|read| *read != action) else { continue };
            let level = given(&viewer, (place, action));
            let covered = resolve::is_within(level, given(&viewer, (place, read)));
            let about_records = rule.creates_by != Some(action) && ground.is_graded(entity, action);
            if covered || !about_records || told.contains(&(entity.position(), action)) {
                continue;
            }
            told.push((entity.position(), action));
            let (at, action) = (ground.place(place), ground.action(action));
            let message = format!("role `{}` gives `{action}` at {at} further than reading", role.key);
            let keys = [role.key.to_string(), at, action];
            findings.push(Finding::new(Lint::WiderThanRead, Part::Policy, at_role(number), keys, message));
        }
    }
    findings
}

pub(super) fn create_without_read(ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, role) in ground.roles() {
        let viewer = ground.holder_of(number);
        for (entity, rule) in ground.snapshot.offers.entities() {
            let (Some(create), Some(read)) = (rule.creates_by, rule.reads_by) else { continue };
            let gives = |action| resolve::holds_anywhere(viewer, entity, action);
            if gives(create) && !gives(read) {
                let entity = ground.snapshot.places.entity_key(entity);
                let entity = entity.map(ToString::to_string).unwrap_or_default();
                let message = format!("role `{}` creates in `{entity}` and reads nothing there", role.key);
                let keys = [role.key.to_string(), entity];
                findings.push(Finding::new(
                    Lint::CreateWithoutRead,
                    Part::Policy,
                    at_role(number),
                    keys,
                    message,
                ));
            }
        }
    }
    findings
}
