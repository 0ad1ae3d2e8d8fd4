//! What the vocabulary says of each action of each entity.

use crate::audience::Operation;
use crate::index::{Ix, IxVec};
use crate::key::Key;
use crate::snapshot::actions::Actions;
use crate::snapshot::lexicon::Lexicon;
use crate::snapshot::places::Places;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};
use crate::snapshot::terms::{Circumstances, Frees};
use crate::vocabulary::{Action, Entity, Grain, Offer, Relations, RightRef, Vocabulary};

/// What the vocabulary says of one action of one entity.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rule {
    pub(crate) offered: bool,
    /// All actions needed as well, directly or not; never this one.
    pub(crate) requires: Actions,
    pub(crate) standing: Relations,
    pub(crate) by_settings: bool,
    /// What opens it with single records: linked ones, social groups that host the record, shares.
    pub(crate) opens: Relations,
}

/// What the vocabulary says of one entity.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EntityRule {
    /// The actions that have prerequisites.
    requiring: Actions,
    pub(crate) reads_by: Option<Ix<Action>>,
    pub(crate) creates_by: Option<Ix<Action>>,
    pub(crate) updates_by: Option<Ix<Action>>,
    pub(crate) admits_to_application: bool,
    pub(crate) moves_freely: bool,
    pub(crate) settings: Option<(Ix<Entity>, Ix<Action>)>,
    pub(crate) frees: Frees,
    /// Every relation that any right over its records can ask for.
    #[cfg_attr(not(feature = "sql"), expect(dead_code, reason = "only mappings to tables ask"))]
    pub(crate) relations: Relations,
    /// The finest place where any right can be set.
    #[cfg_attr(not(feature = "sql"), expect(dead_code, reason = "only mappings to tables ask"))]
    pub(crate) finest: Option<Grain>,
}

/// The rules of all entities.
#[derive(Debug)]
pub(crate) struct Offers {
    /// When administrators are free everywhere.
    frees: Frees,
    rules: Vec<Rule>,
    entities: IxVec<Entity, EntityRule>,
    actions: usize,
    /// The actions that open through linked records; few, or none.
    through: Vec<(Ix<Entity>, Ix<Action>, Vec<RightOver>)>,
    /// The operations of social groups that open actions; few, or none.
    hosted_by: Vec<(RightOver, Ix<Operation>)>,
    /// Whether any record can be shared at all.
    sharing: bool,
}

/// What opens an offered action with single records.
fn opens(offer: &Offer) -> Relations {
    let mut opens = Relations::empty();
    opens.set(Relations::LINKED, !offer.through.is_empty());
    opens.set(Relations::HOSTED, offer.hosted_by.is_some());
    opens.set(Relations::SHARED, offer.shareable);
    opens
}

/// An action of an entity.
pub(crate) type RightOver = (Ix<Entity>, Ix<Action>);

impl Offers {
    pub(crate) fn compile(
        vocabulary: &Vocabulary,
        lexicon: &Lexicon,
        places: &Places,
        findings: &mut Findings,
    ) -> Self {
        let actions = lexicon.actions.len();
        let mut offers = Self {
            frees: Frees::default(),
            rules: vec![Rule::default(); places.entity_count() * actions],
            entities: IxVec::default(),
            actions,
            through: Vec::new(),
            hosted_by: Vec::new(),
            sharing: vocabulary.entities.iter().flat_map(|it| &it.offers).any(|offer| offer.shareable),
        };
        for (of, entity) in vocabulary.entities.iter().enumerate() {
            let reader = Reader { of, entity, lexicon, findings: &mut *findings };
            offers.add_entity(reader);
        }
        for (of, entity) in vocabulary.entities.iter().enumerate() {
            let mut reader = Reader { of, entity, lexicon, findings: &mut *findings };
            let settings = reader.settings(places, &offers);
            let through = reader.through(places, &offers);
            offers.through.extend(through);
            offers.hosted_by.extend(reader.hosted_by());
            if let Some(rule) = offers.entities.get_mut(Ix::from_count(of)) {
                rule.settings = settings;
            }
        }
        offers
    }

    fn add_entity(&mut self, mut reader: Reader<'_, '_>) {
        let entity = Ix::from_count(reader.of);
        let mut offered = Actions::default();
        let (mut relations, mut finest) = (Relations::empty(), None);
        for (at, offer) in reader.entity.offers.iter().enumerate() {
            let Some(action) = reader.offer(at, offer) else { continue };
            offered.insert(action);
            relations |= reader.relations(offer);
            finest = finest.max(Some(offer.finest));
            let requires = reader.requires(at, offer);
            let (standing, by_settings, opens) = (offer.standing, offer.by_settings, opens(offer));
            if let Some(rule) = self.rule_mut(entity, action) {
                *rule = Rule { offered: true, requires, standing, by_settings, opens };
            }
        }
        self.close_requirements(entity, offered, &mut reader);
        let role = reader.entity;
        let requiring = offered.iter().filter(|action| !self.rule(entity, *action).requires.is_empty());
        let pointer = format!("/entities/{}/administrators/when", reader.of);
        let frees = reader.lexicon.frees(&role.administrators, pointer, reader.findings);
        let rule = EntityRule {
            requiring: requiring.collect(),
            reads_by: reader.bound("reads_by", role.reads_by.as_ref(), offered),
            creates_by: reader.bound("creates_by", role.creates_by.as_ref(), offered),
            updates_by: reader.bound("updates_by", role.updates_by.as_ref(), offered),
            admits_to_application: role.admits_to_application,
            moves_freely: role.moves_freely,
            settings: None,
            frees,
            relations,
            finest,
        };
        self.frees = self.frees.and(rule.frees);
        self.entities.push(rule);
    }

    /// Replaces direct prerequisites by all prerequisites, and reports circles.
    fn close_requirements(&mut self, entity: Ix<Entity>, offered: Actions, reader: &mut Reader<'_, '_>) {
        let direct: Vec<(Ix<Action>, Actions)> =
            offered.iter().map(|action| (action, self.rule(entity, action).requires)).collect();
        let of = |action| {
            direct
                .iter()
                .find(|(other, _)| *other == action)
                .map(|(_, requires)| *requires)
                .unwrap_or_default()
        };
        let mut reported = Actions::default();
        for (action, requires) in &direct {
            let mut all = *requires;
            loop {
                let wider = all.iter().fold(all, |wider, action| Actions(wider.0 | of(action).0));
                if wider == all {
                    break;
                }
                all = wider;
            }
            if all.contains(*action) && !reported.contains(*action) {
                let path = circle(*action, &of);
                path.iter().for_each(|action| reported.insert(*action));
                reader.report_circle(&path);
            }
            if let Some(rule) = self.rule_mut(entity, *action) {
                rule.requires = all;
            }
        }
    }

    #[inline]
    pub(crate) fn rule(&self, entity: Ix<Entity>, action: Ix<Action>) -> Rule {
        self.rules.get(entity.as_usize() * self.actions + action.as_usize()).copied().unwrap_or_default()
    }

    fn rule_mut(&mut self, entity: Ix<Entity>, action: Ix<Action>) -> Option<&mut Rule> {
        self.rules.get_mut(entity.as_usize() * self.actions + action.as_usize())
    }

    #[inline]
    pub(crate) fn entity(&self, entity: Ix<Entity>) -> EntityRule {
        self.entities.get(entity).copied().unwrap_or_default()
    }

    /// The rights over linked records that open this action.
    pub(crate) fn through(&self, entity: Ix<Entity>, action: Ix<Action>) -> &[RightOver] {
        let found = self.through.iter().find(|(of, to, _)| (*of, *to) == (entity, action));
        found.map_or(&[], |(_, _, rights)| rights)
    }

    /// The operation of social groups that opens this action.
    pub(crate) fn hosted_by(&self, entity: Ix<Entity>, action: Ix<Action>) -> Option<Ix<Operation>> {
        let found = self.hosted_by.iter().find(|(right, _)| *right == (entity, action));
        found.map(|(_, operation)| *operation)
    }

    /// Whether an operation of social groups opens any action of the entity.
    #[cfg_attr(not(feature = "sql"), expect(dead_code, reason = "only mappings to tables ask"))]
    pub(crate) fn has_hosted(&self, entity: Ix<Entity>) -> bool {
        self.hosted_by.iter().any(|((of, _), _)| *of == entity)
    }

    /// The actions for which records of the entity can be shared.
    pub(crate) fn shareable(&self, entity: Ix<Entity>) -> Actions {
        let all = (0..self.actions).map(Ix::from_count);
        all.filter(|action| self.rule(entity, *action).opens.contains(Relations::SHARED)).collect()
    }

    /// The operations of social groups that open anything.
    pub(crate) fn hosting(&self) -> impl Iterator<Item = Ix<Operation>> {
        self.hosted_by.iter().map(|(_, operation)| *operation)
    }

    /// The rights over linked records that open anything.
    pub(crate) fn through_any(&self) -> impl Iterator<Item = RightOver> {
        self.through.iter().flat_map(|(.., rights)| rights).copied()
    }

    /// Whether records of any entity can be shared.
    pub(crate) fn sharing(&self) -> bool {
        self.sharing
    }

    /// The rights over linked records that open any action of the entity.
    #[cfg_attr(not(feature = "sql"), expect(dead_code, reason = "only mappings to tables ask"))]
    pub(crate) fn opening(&self, entity: Ix<Entity>) -> impl Iterator<Item = &RightOver> {
        self.through.iter().filter(move |(of, ..)| *of == entity).flat_map(|(.., rights)| rights)
    }

    /// The actions of the entity that have prerequisites.
    #[inline]
    pub(crate) fn requiring(&self, entity: Ix<Entity>) -> Actions {
        self.entities.get(entity).map_or(Actions::default(), |rule| rule.requiring)
    }

    /// Whether administrators are free in every entity, in these circumstances.
    pub(crate) fn free_everywhere_in(&self, circumstances: Circumstances) -> bool {
        self.frees.holds_in(circumstances)
    }

    pub(crate) fn entities(&self) -> impl Iterator<Item = (Ix<Entity>, &EntityRule)> {
        self.entities.iter()
    }
}

/// From an action through what it requires and back to it: the shortest such way.
fn circle(start: Ix<Action>, requires: &impl Fn(Ix<Action>) -> Actions) -> Vec<Ix<Action>> {
    let mut ways: std::collections::VecDeque<Vec<Ix<Action>>> = [vec![start]].into();
    let mut seen = Actions::default();
    while let Some(way) = ways.pop_front() {
        for next in way.last().map(|last| requires(*last)).unwrap_or_default().iter() {
            let longer = || way.iter().copied().chain([next]).collect();
            if next == start {
                return longer();
            }
            if !seen.contains(next) {
                seen.insert(next);
                ways.push_back(longer());
            }
        }
    }
    vec![start]
}

/// Reads one entity of the vocabulary, reporting what is wrong with it.
struct Reader<'a, 'f> {
    of: usize,
    entity: &'a Entity,
    lexicon: &'a Lexicon,
    findings: &'f mut Findings,
}

impl Reader<'_, '_> {
    fn report(&mut self, pointer: &str, kind: ProblemKind) {
        self.findings.add(Part::Vocabulary, format!("/entities/{}{pointer}", self.of), kind);
    }

    fn dangling<T>(&mut self, pointer: &str, noun: Noun, key: &Key<T>) {
        self.report(pointer, ProblemKind::Dangling { noun, key: key.to_string() });
    }

    fn not_offered(&mut self, pointer: &str, entity: &Key<Entity>, action: &Key<Action>) {
        let (entity, action) = (entity.to_string(), action.to_string());
        self.report(pointer, ProblemKind::ActionNotOffered { entity, action });
    }

    /// The action of an offer, unless it is unknown or was offered before.
    fn offer(&mut self, at: usize, offer: &Offer) -> Option<Ix<Action>> {
        for (to, level) in offer.levels.iter().enumerate() {
            if self.lexicon.levels.find(level.borrow()).is_none() {
                self.dangling(&format!("/offers/{at}/levels/{to}"), Noun::Level, level);
            }
        }
        let first = self.entity.offers.iter().position(|other| other.action == offer.action).unwrap_or(at);
        if first != at {
            let key = offer.action.to_string();
            let first = format!("/entities/{}/offers/{first}/action", self.of);
            let kind = ProblemKind::Duplicate { noun: Noun::Action, key, first };
            self.report(&format!("/offers/{at}/action"), kind);
            return None;
        }
        let action = self.lexicon.actions.find(offer.action.borrow());
        if action.is_none() {
            self.dangling(&format!("/offers/{at}/action"), Noun::Action, &offer.action);
        }
        action.filter(|action| action.as_usize() < crate::vocabulary::MAX_ACTIONS)
    }

    /// The relations that an offer can ask for: those of its levels, and those that stand.
    fn relations(&self, offer: &Offer) -> Relations {
        let levels = offer.levels.iter().filter_map(|level| self.lexicon.levels.find(level.borrow()));
        levels.fold(offer.standing, |all, level| all | self.lexicon.relations(level))
    }

    fn requires(&mut self, at: usize, offer: &Offer) -> Actions {
        let mut required = Actions::default();
        for (to, key) in offer.requires.iter().enumerate() {
            let offered = self.entity.offers.iter().any(|other| other.action == *key);
            match self.lexicon.actions.find(key.borrow()).filter(|_| offered) {
                Some(action) => required.insert(action),
                None => {
                    let entity = self.entity.key.clone();
                    self.not_offered(&format!("/offers/{at}/requires/{to}"), &entity, key);
                }
            }
        }
        required
    }

    fn bound(&mut self, field: &str, key: Option<&Key<Action>>, offered: Actions) -> Option<Ix<Action>> {
        let key = key?;
        let action = self.lexicon.actions.find(key.borrow()).filter(|action| offered.contains(*action));
        if action.is_none() {
            let entity = self.entity.key.clone();
            self.not_offered(&format!("/{field}"), &entity, key);
        }
        action
    }

    fn report_circle(&mut self, path: &[Ix<Action>]) {
        let path =
            path.iter().filter_map(|action| self.lexicon.actions.key(*action)).map(Key::to_string).collect();
        let entity = self.entity.key.to_string();
        self.report("/offers", ProblemKind::PrerequisiteCycle { entity, path });
    }

    fn settings(&mut self, places: &Places, offers: &Offers) -> Option<RightOver> {
        let right = self.right(self.entity.settings.as_ref()?, "/settings", places, offers)?;
        if offers.rule(right.0, right.1).by_settings {
            let entity = self.entity.key.to_string();
            self.report("/settings", ProblemKind::SettingsNested { entity });
        }
        Some(right)
    }

    /// What each offer opens through, where one does.
    fn through(&mut self, places: &Places, offers: &Offers) -> Vec<(Ix<Entity>, Ix<Action>, Vec<RightOver>)> {
        let (of, mut all) = (Ix::from_count(self.of), Vec::new());
        for (at, offer) in
            self.entity.offers.iter().enumerate().filter(|(_, offer)| !offer.through.is_empty())
        {
            let mut rights = Vec::new();
            for (to, right) in offer.through.iter().enumerate() {
                let pointer = format!("/offers/{at}/through/{to}");
                match offer.through.iter().position(|other| other == right).filter(|first| *first < to) {
                    Some(first) => self.listed_twice(at, &pointer, right, first),
                    None => rights.extend(self.right(right, &pointer, places, offers)),
                }
            }
            let action = self.lexicon.actions.find(offer.action.borrow());
            all.extend(action.map(|action| (of, action, rights)));
        }
        all
    }

    /// The operation that opens each offer, where one does.
    fn hosted_by(&mut self) -> Vec<(RightOver, Ix<Operation>)> {
        let mut all = Vec::new();
        for (at, offer) in self.entity.offers.iter().enumerate() {
            let Some(key) = &offer.hosted_by else { continue };
            let operation = self.lexicon.operations.find(key.borrow());
            if operation.is_none() {
                self.dangling(&format!("/offers/{at}/hosted_by"), Noun::Operation, key);
            }
            let action = self.lexicon.actions.find(offer.action.borrow());
            all.extend(action.zip(operation).map(|(action, it)| ((Ix::from_count(self.of), action), it)));
        }
        all
    }

    fn listed_twice(&mut self, at: usize, pointer: &str, right: &RightRef, first: usize) {
        let key = format!("{} {}", right.entity, right.action);
        let first = format!("/entities/{}/offers/{at}/through/{first}", self.of);
        self.report(pointer, ProblemKind::Duplicate { noun: Noun::Right, key, first });
    }

    /// The right that is named, unless the entity does not have it.
    fn right(
        &mut self,
        RightRef { entity, action }: &RightRef,
        pointer: &str,
        places: &Places,
        offers: &Offers,
    ) -> Option<RightOver> {
        let Some(place) = places.entity_place(entity.borrow()) else {
            self.dangling(&format!("{pointer}/entity"), Noun::Entity, entity);
            return None;
        };
        let found = self.lexicon.actions.find(action.borrow());
        let right = found.map(|action| (places.entity(place), action));
        let right = right.filter(|(entity, action)| offers.rule(*entity, *action).offered);
        if right.is_none() {
            self.not_offered(&format!("{pointer}/action"), entity, action);
        }
        right
    }
}
