//! From positions to names: what `resolve` has heard, told with keys.
//!
//! Deliberately absent: judgement. What counts has been marked by the walk itself.

use std::collections::BTreeSet;

use crate::index::Ix;
use crate::key::Key;
use crate::policy::{Limit, Role};
use crate::reason::basis::{Basis, Cell, Effect, Said, SettingsRight, Spoken, Standing, Voice};
use crate::reason::relation::Relation;
use crate::reason::restraint::Cut;
use crate::resolve::{self, Bypass, Trace, Viewer};
use crate::snapshot::{Column, Destinations, Snapshot};
use crate::vocabulary::{Action, Entity, Flag, Party, Place, Relations};

/// Knows the names of everything that a walk for this viewer from this place can hear.
pub(crate) struct Teller<'a, 's> {
    pub(crate) snapshot: &'s Snapshot,
    pub(crate) viewer: &'a Viewer<'s>,
    pub(crate) place: Ix<Place>,
}

impl Teller<'_, '_> {
    fn entity(&self) -> Ix<Entity> {
        self.snapshot.places.entity(self.place)
    }

    /// From where the viewer has an action.
    pub(crate) fn basis(&self, action: Ix<Action>, trace: &Trace) -> Basis {
        self.heard(trace, |role| self.said(action, role))
    }

    fn heard(&self, trace: &Trace, said: impl Fn(Column) -> Option<Said>) -> Basis {
        match trace.bypass {
            Some(Bypass::Administrator) => Basis::Administrator,
            Some(Bypass::Settings) => Basis::Settings,
            Some(Bypass::MovesFreely) => Basis::MovesFreely,
            None => Basis::Roles(self.voices(trace, said)),
        }
    }

    /// From where the viewer has transitions.
    pub(crate) fn basis_of_moves(&self, trace: &Trace) -> Basis {
        self.heard(trace, |role| self.said_of_moves(role))
    }

    /// What each role said, and what became of it.
    fn voices(&self, trace: &Trace, said: impl Fn(Column) -> Option<Said>) -> Vec<Voice> {
        let counting = trace.heard.iter().filter(|heard| heard.counts);
        let cells: Vec<Cell> =
            counting.filter_map(|heard| self.cell(heard.role, said(heard.role)?)).collect();
        let voices = trace.heard.iter().filter_map(|heard| {
            let effect = if heard.counts {
                Effect::Counts
            } else if heard.nearness > 0 {
                Effect::Silenced { by: cells.clone() }
            } else {
                Effect::SaysNothing
            };
            Some(Voice { role: self.role(heard.role)?.clone(), said: said(heard.role), effect })
        });
        voices.collect()
    }

    fn cell(&self, role: Column, said: Said) -> Option<Cell> {
        Some(Cell { role: self.role(role)?.clone(), place: said.at, what: said.what })
    }

    fn role(&self, role: Column) -> Option<&Key<Role>> {
        self.snapshot.roles.names.key(role.role()?)
    }

    /// The roles that give the viewer an action anywhere in an entity.
    pub(crate) fn givers(&self, entity: Ix<Entity>, action: Ix<Action>) -> Vec<Key<Role>> {
        self.roles(resolve::givers(self.viewer, entity, action))
    }

    fn roles(&self, roles: impl Iterator<Item = Column>) -> Vec<Key<Role>> {
        let each: BTreeSet<Column> = roles.collect();
        each.into_iter().filter_map(|role| self.role(role)).cloned().collect()
    }

    /// What the role says of an action at the place, or inherits there.
    pub(crate) fn said(&self, action: Ix<Action>, role: Column) -> Option<Said> {
        let line = self.snapshot.ask(self.place, action)?.line;
        let (nearness, level) = (line.nearness(role), line.level(role)?);
        let places = &self.snapshot.places;
        let at = places.upward(self.place).find(|place| places.nearness(*place) == nearness)?;
        let reaches = self.relations(self.snapshot.lexicon.relations(level));
        let level = self.snapshot.lexicon.levels.key(level)?.clone();
        self.said_at(at, Spoken::Level { level, reaches })
    }

    /// What the role says of moving records from the place.
    pub(crate) fn said_of_moves(&self, role: Column) -> Option<Said> {
        let places = &self.snapshot.places;
        let said = |at| Some((at, self.snapshot.roles.transitions.get(at, role.role()?)?));
        let (at, to) = places.upward(self.place).find_map(said)?;
        let what = match to {
            Destinations::Any => Spoken::LeadsAnywhere,
            Destinations::Stages(stages) => {
                Spoken::LeadsTo(stages.iter().filter_map(|stage| places.path(*stage)).cloned().collect())
            }
        };
        self.said_at(at, what)
    }

    fn said_at(&self, at: Ix<Place>, what: Spoken) -> Option<Said> {
        Some(Said { what, at: self.snapshot.places.path(at)?.clone(), explicit: at == self.place })
    }

    /// The settings right that includes the action, if one does.
    pub(crate) fn settings(&self, action: Ix<Action>) -> Option<SettingsRight> {
        let offers = &self.snapshot.offers;
        if !offers.rule(self.entity(), action).by_settings {
            return None;
        }
        let (entity, right) = offers.entity(self.entity()).settings?;
        Some(SettingsRight {
            entity: self.snapshot.places.entity_key(entity)?.clone(),
            action: self.snapshot.lexicon.actions.key(right)?.clone(),
            held: resolve::holds_settings(self.viewer.without_limits(), self.place),
            by: self.givers(entity, right),
        })
    }

    /// What stands, unless it would change nothing.
    pub(crate) fn standing(&self, action: Ix<Action>, trace: &Trace) -> Option<Standing> {
        let relations = self.snapshot.offers.rule(self.entity(), action).standing;
        let applies = !trace.standing.is_empty();
        if relations.is_empty() || trace.bypass.is_some() || !applies && trace.granted.contains(relations) {
            return None;
        }
        let by = self.givers(self.entity(), action);
        Some(Standing { relations: self.relations(relations), applies, by })
    }

    /// What limits take of it, if they do.
    pub(crate) fn cut(&self, trace: &Trace) -> Option<Cut> {
        let cut = || Cut { by: self.limits(&trace.limits), granted: self.relations(trace.granted) };
        (!trace.limits.is_empty()).then(cut)
    }

    /// The keys of limits.
    pub(crate) fn limits(&self, limits: &[Ix<Limit>]) -> Vec<Key<Limit>> {
        limits.iter().filter_map(|limit| self.snapshot.limits.names.key(*limit)).cloned().collect()
    }

    pub(crate) fn party(&self, party: Party) -> Option<&Key<Party>> {
        self.snapshot.lexicon.parties.key(Ix::new(u32::from(party.number())))
    }

    pub(crate) fn named_flags(&self, relations: Relations) -> impl Iterator<Item = &Key<Flag>> {
        let flags = self.snapshot.lexicon.flags.iter().zip(0..);
        flags.filter(move |(_, n)| relations.contains(Flag::nth(*n).relation())).map(|((_, key), _)| key)
    }

    /// A set of relations, named one by one.
    pub(crate) fn relations(&self, relations: Relations) -> Vec<Relation> {
        named(self.snapshot, relations)
    }
}

/// A set of relations, named one by one.
pub(crate) fn named(snapshot: &Snapshot, relations: Relations) -> Vec<Relation> {
    let words = [
        (Relations::OWN, Relation::Own),
        (Relations::DEPARTMENT, Relation::Department),
        (Relations::SUBDEPARTMENTS, Relation::Subdepartments),
        (Relations::SUBORDINATES, Relation::Subordinates),
        (Relations::INVOLVES_SUBORDINATES, Relation::InvolvesSubordinates),
        (Relations::OWN_HEADS, Relation::OwnHeads),
        (Relations::PEERS, Relation::Peers),
        (Relations::OTHER_HEADS, Relation::OtherHeads),
        (Relations::OTHER_EMPLOYEES, Relation::OtherEmployees),
        (Relations::ELSEWHERE, Relation::Elsewhere),
        (Relations::OBSERVED, Relation::Observed),
        (Relations::LINKED, Relation::Linked),
        (Relations::HOSTED, Relation::Hosted),
        (Relations::SHARED, Relation::Shared),
        (Relations::STAFF_MATES, Relation::StaffMates),
        (Relations::CLIENT_MATES, Relation::ClientMates),
        (Relations::ALWAYS, Relation::Always),
    ];
    let words = words.into_iter().filter(|(bit, _)| relations.contains(*bit)).map(|(_, word)| word);
    let parties = snapshot.lexicon.parties.iter().zip(0..);
    let parties = parties.filter(|(_, n)| relations.contains(Party::nth(*n).relation()));
    let parties = parties.map(|((_, key), _)| Relation::Party(key.clone()));
    let flags = snapshot.lexicon.flags.iter().zip(0..);
    let flags = flags.filter(|(_, n)| relations.contains(Flag::nth(*n).relation()));
    words.chain(parties).chain(flags.map(|((_, key), _)| Relation::Flag(key.clone()))).collect()
}
