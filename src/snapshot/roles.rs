//! The roles of a policy, checked against the vocabulary and numbered.

use std::collections::BTreeMap;

use crate::index::{Ix, Names};
use crate::key::Key;
use crate::policy::{Policy, Right, Role, Targets, Transition};
use crate::snapshot::lexicon::Lexicon;
use crate::snapshot::names::Declared;
use crate::snapshot::offers::Offers;
use crate::snapshot::places::Places;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};
use crate::snapshot::rights::{Column, Explicit, Giver, Rights, Shape};
use crate::snapshot::superseding::Superseding;
use crate::snapshot::transitions::{Destinations, Transitions};
use crate::vocabulary::{Entity, Place};

/// What the roles of a policy come to.
#[derive(Debug)]
pub(crate) struct Roles {
    pub(crate) names: Names<Role>,
    pub(crate) rights: Rights,
    pub(crate) transitions: Transitions,
    pub(crate) superseding: Superseding,
}

impl Roles {
    pub(crate) fn compile(
        policy: &Policy,
        lexicon: &Lexicon,
        places: &Places,
        offers: &Offers,
        findings: &mut Findings,
    ) -> Self {
        let declared = Declared { part: Part::Policy, noun: Noun::Role, list: "/roles", key: "/key" };
        let names = declared.number(policy.roles.iter().map(|role| &role.key), findings);
        findings.limit(Part::Policy, "/roles", Noun::Role, Column::LIMIT, names.len());
        let mut explicit = Vec::new();
        let mut transitions = Transitions::default();
        for (at, role) in policy.roles.iter().enumerate() {
            let mut reader = Reader { at, policy, lexicon, places, findings: &mut *findings };
            explicit.extend(reader.rights(role));
            reader.transitions(role, &mut transitions);
        }
        explicit.sort_unstable();
        let rights = lay_out(&explicit, &names, &Words { lexicon, places, offers }, findings);
        let superseding = Superseding::compile(policy, &names, findings);
        Self { names, rights, transitions, superseding }
    }
}

/// What rights speak of.
pub(crate) struct Words<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) places: &'a Places,
    pub(crate) offers: &'a Offers,
}

impl Words<'_> {
    fn shape(&self, roles: usize) -> Shape {
        let Self { lexicon, places, offers } = self;
        let rules = places.positions().flat_map(|place| {
            lexicon.actions.iter().map(move |(action, _)| offers.rule(places.entity(place), action))
        });
        Shape {
            roles,
            actions: lexicon.actions.len(),
            rules: rules.collect(),
            levels: lexicon.levels.iter().map(|(level, _)| lexicon.relations(level)).collect(),
        }
    }
}

/// Lays out the lines of all places, parents first.
fn lay_out(explicit: &[Explicit], names: &Names<Role>, words: &Words<'_>, findings: &mut Findings) -> Rights {
    let Words { lexicon, places, .. } = words;
    let mut rights = Rights::new(words.shape(names.len()));
    let givers = givers(explicit, lexicon, places);
    let by_entity = || givers.chunk_by(|a, b| (a.entity, a.action) == (b.entity, b.action));
    let by_place = || explicit.chunk_by(|a, b| (a.place, a.action) == (b.place, b.action));
    let lines = 1 + by_entity().count() + by_place().count();
    let (limit, found) = (u32::MAX as usize, lines.saturating_mul(names.len() + 1));
    if found > limit {
        findings.limit(Part::Policy, "/roles", Noun::Right, limit, found);
        return rights;
    }
    for here in by_entity() {
        if let [first, ..] = here {
            rights.start(places.whole(first.entity), first.action, here);
        }
    }
    let mut rest = explicit;
    for place in places.positions() {
        let grain = places.path(place).map(Place::grain).unwrap_or(crate::vocabulary::Grain::Entity);
        for (action, _) in lexicon.actions.iter() {
            let here = rest.iter().take_while(|right| (right.place, right.action) == (place, action)).count();
            let (set, later) = rest.split_at_checked(here).unwrap_or_default();
            rights.set(place, grain, places.parent(place), action, set);
            rest = later;
        }
    }
    rights
}

/// Who gives what in which entity, at any level but none; sorted.
fn givers(explicit: &[Explicit], lexicon: &Lexicon, places: &Places) -> Vec<Giver> {
    let gives = |right: &&Explicit| !lexicon.relations(right.level).is_empty();
    let giver = |right: &Explicit| Giver {
        entity: places.entity(right.place),
        action: right.action,
        role: right.role,
    };
    let mut givers: Vec<Giver> = explicit.iter().filter(gives).map(giver).collect();
    givers.sort_unstable();
    givers.dedup();
    givers
}

/// Reads one role, reporting what is wrong with it.
struct Reader<'a, 'f> {
    at: usize,
    policy: &'a Policy,
    lexicon: &'a Lexicon,
    places: &'a Places,
    findings: &'f mut Findings,
}

impl Reader<'_, '_> {
    fn report(&mut self, pointer: &str, kind: ProblemKind) {
        self.findings.add(Part::Policy, format!("/roles/{}{pointer}", self.at), kind);
    }

    fn rights(&mut self, role: &Role) -> Vec<Explicit> {
        let mut first = BTreeMap::new();
        let mut explicit = Vec::new();
        for (to, right) in role.rights.iter().enumerate() {
            let earlier = *first.entry((&right.place, &right.action)).or_insert(to);
            if earlier != to {
                let key = format!("{} {}", right.place, right.action);
                self.report_repeat(Noun::Right, key, "rights", earlier, to);
            } else if let Some(right) = self.right(to, right) {
                explicit.push(right);
            }
        }
        explicit
    }

    fn report_repeat(&mut self, noun: Noun, key: String, list: &str, first: usize, again: usize) {
        let first = format!("/roles/{}/{list}/{first}", self.at);
        self.report(&format!("/{list}/{again}"), ProblemKind::Duplicate { noun, key, first });
    }

    fn right(&mut self, to: usize, right: &Right) -> Option<Explicit> {
        let pointer = |field: &str| format!("/rights/{to}{field}");
        let place = self.place(&pointer("/place"), &right.place);
        let action = self.lexicon.actions.find(right.action.borrow());
        if action.is_none() {
            self.unknown(&pointer("/action"), Noun::Action, &right.action);
        }
        let level = self.lexicon.levels.find(right.level.borrow());
        if level.is_none() {
            self.unknown(&pointer("/level"), Noun::Level, &right.level);
        }
        let (place, action, level) = (place?, action?, level?);
        self.offered(to, right, self.places.entity(place)).then_some(())?;
        Some(Explicit { place, action, role: Ix::from_count(self.at), level })
    }

    /// Whether the vocabulary lets the right be set like this.
    fn offered(&mut self, to: usize, right: &Right, entity: Ix<Entity>) -> bool {
        let entity_key = right.place.entity_key().to_string();
        let entity = self.policy.vocabulary.entities.get(entity.as_usize());
        let offer = entity.and_then(|entity| entity.offers.iter().find(|offer| offer.action == right.action));
        let action = right.action.to_string();
        let Some(offer) = offer else {
            let kind = ProblemKind::ActionNotOffered { entity: entity_key, action };
            self.report(&format!("/rights/{to}/action"), kind);
            return false;
        };
        let fine = right.place.grain() <= offer.finest;
        if !fine {
            let kind = ProblemKind::PlaceTooFine { place: right.place.to_string(), action: action.clone() };
            self.report(&format!("/rights/{to}/place"), kind);
        }
        let on_offer = offer.levels.contains(&right.level);
        if !on_offer {
            let level = right.level.to_string();
            let kind = ProblemKind::LevelNotOffered { entity: entity_key, action, level };
            self.report(&format!("/rights/{to}/level"), kind);
        }
        fine && on_offer
    }

    fn transitions(&mut self, role: &Role, into: &mut Transitions) {
        let mut first = BTreeMap::new();
        for (to, transition) in role.transitions.iter().enumerate() {
            let earlier = *first.entry(&transition.from).or_insert(to);
            if earlier != to {
                self.report_repeat(Noun::Transition, transition.from.to_string(), "transitions", earlier, to);
            } else if let Some((from, destinations)) = self.transition(to, transition) {
                into.insert(from, Ix::from_count(self.at), destinations);
            }
        }
    }

    fn transition(&mut self, to: usize, transition: &Transition) -> Option<(Ix<Place>, Destinations)> {
        let from = self.place(&format!("/transitions/{to}/from"), &transition.from)?;
        let Targets::Stages(keys) = &transition.to else { return Some((from, Destinations::Any)) };
        let mut stages = Vec::new();
        for (number, key) in keys.iter().enumerate() {
            let found = self.places.stages_with_key(from, key.borrow());
            if found.is_empty() {
                self.unknown(&format!("/transitions/{to}/to/stages/{number}"), Noun::Stage, key);
            }
            stages.extend(found);
        }
        stages.sort_unstable();
        stages.dedup();
        Some((from, Destinations::Stages(stages)))
    }

    fn place(&mut self, pointer: &str, place: &Place) -> Option<Ix<Place>> {
        self.places.read(place, &format!("/roles/{}{pointer}", self.at), self.findings)
    }

    fn unknown<T>(&mut self, pointer: &str, noun: Noun, key: &Key<T>) {
        self.report(pointer, ProblemKind::Unknown { noun, key: key.to_string() });
    }
}
