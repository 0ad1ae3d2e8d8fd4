//! The vocabulary's names: parties, flags, levels and actions, with what they stand for.

use crate::audience::{Feature, Operation};
use crate::index::{Ix, IxVec, Names, Tags};
use crate::key::{Handle, Key, KeyRef, Tag};
use crate::snapshot::hosts;
use crate::snapshot::names::Declared;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};
use crate::snapshot::terms::{Circumstances, Frees};
use crate::vocabulary::{
    Action, Circumstance, Flag, Freedom, Level, MAX_ACTIONS, MAX_CIRCUMSTANCES, MAX_LEVELS, Party,
    Principals, Relations, Vocabulary,
};

/// Names and numbers of everything in a vocabulary but its places.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) parties: Names<Party>,
    pub(crate) flags: Names<Flag>,
    pub(crate) levels: Names<Level>,
    pub(crate) actions: Names<Action>,
    pub(crate) circumstances: Names<Circumstance>,
    pub(crate) features: Names<Feature>,
    pub(crate) operations: Names<Operation>,
    /// Apart from the names, because every check asks for one.
    action_tags: IxVec<Action, Tag>,
    by_tag: Tags<Action>,
    circumstances_by_tag: Tags<Circumstance>,
    level_relations: IxVec<Level, Relations>,
    /// What parties count for where users are they.
    of_users: [Relations; Party::COUNT],
    of_user_groups: [Relations; Party::COUNT],
    of_departments: [Relations; Party::COUNT],
}

impl Lexicon {
    pub(crate) fn compile(vocabulary: &Vocabulary, findings: &mut Findings) -> Self {
        let declared = |noun, list, key| Declared { part: Part::Vocabulary, noun, list, key };
        let parties = declared(Noun::Party, "/parties", "/key")
            .number(vocabulary.parties.iter().map(|rule| &rule.key), findings);
        let flags = declared(Noun::Flag, "/flags", "").number(vocabulary.flags.iter(), findings);
        let levels = declared(Noun::Level, "/levels", "/key")
            .number(vocabulary.levels.iter().map(|level| &level.key), findings);
        let actions = declared(Noun::Action, "/actions", "").number(vocabulary.actions.iter(), findings);
        let circumstances = declared(Noun::Circumstance, "/circumstances", "")
            .number(vocabulary.circumstances.iter(), findings);
        let part = Part::Vocabulary;
        findings.limit(part, "/parties", Noun::Party, Party::COUNT, parties.len());
        findings.limit(part, "/flags", Noun::Flag, Flag::COUNT, flags.len());
        findings.limit(part, "/levels", Noun::Level, MAX_LEVELS, levels.len());
        findings.limit(part, "/actions", Noun::Action, MAX_ACTIONS, actions.len());
        let (noun, limit) = (Noun::Circumstance, MAX_CIRCUMSTANCES);
        findings.limit(part, "/circumstances", noun, limit, circumstances.len());
        check_relations(vocabulary, findings);
        let (features, operations) = hosts::names(vocabulary, findings);
        Self {
            action_tags: vocabulary.actions.iter().map(Key::tag).collect(),
            by_tag: Tags::new(&vocabulary.actions.iter().map(Key::tag).collect()),
            circumstances_by_tag: Tags::new(&vocabulary.circumstances.iter().map(Key::tag).collect()),
            level_relations: vocabulary.levels.iter().map(|level| level.relations).collect(),
            of_users: counted(vocabulary, Principals::USERS, Relations::all()),
            of_user_groups: counted(vocabulary, Principals::USER_GROUPS, Relations::PERSONAL),
            of_departments: counted(vocabulary, Principals::DEPARTMENTS, Relations::BY_LYING),
            parties,
            flags,
            levels,
            actions,
            circumstances,
            features,
            operations,
        }
    }

    #[inline]
    pub(crate) fn action(&self, handle: Handle<Action>) -> Option<Ix<Action>> {
        let ix = Ix::new(handle.position);
        let known = self.action_tags.get(ix) == Some(&handle.tag);
        if known { Some(ix) } else { self.by_tag.find(handle.tag) }
    }

    pub(crate) fn circumstance(&self, handle: Handle<Circumstance>) -> Option<Ix<Circumstance>> {
        self.circumstances.accept(handle).or_else(|| self.circumstances_by_tag.find(handle.tag))
    }

    /// The circumstances of a list in a policy; unknown and repeated ones are reported.
    pub(crate) fn read_circumstances(
        &self,
        list: &[Key<Circumstance>],
        pointer: impl Fn() -> String,
        findings: &mut Findings,
    ) -> Circumstances {
        for (to, key) in list.iter().enumerate() {
            let (noun, named) = (Noun::Circumstance, key.to_string());
            let first = list.iter().position(|other| other == key).unwrap_or(to);
            if self.circumstances.find(key.borrow()).is_none() {
                let kind = ProblemKind::Unknown { noun, key: named };
                findings.add(Part::Policy, format!("{}/{to}", pointer()), kind);
            } else if first != to {
                let kind =
                    ProblemKind::Duplicate { noun, key: named, first: format!("{}/{first}", pointer()) };
                findings.add(Part::Policy, format!("{}/{to}", pointer()), kind);
            }
        }
        self.known_circumstances(list)
    }

    /// Those of these circumstances that the vocabulary has.
    pub(crate) fn known_circumstances(&self, list: &[Key<Circumstance>]) -> Circumstances {
        let mut all = Circumstances::default();
        let known = list.iter().filter_map(|key| self.circumstances.find(key.borrow()));
        known.for_each(|circumstance| all.insert(circumstance));
        all
    }

    /// When administrators are free. A circumstance that is not declared is reported, and does not free.
    pub(crate) fn frees(&self, freedom: &Freedom, pointer: String, findings: &mut Findings) -> Frees {
        match freedom {
            Freedom::Always => Frees::default(),
            Freedom::Never => Frees::Never,
            Freedom::When(key) if self.circumstances.find(key.borrow()).is_none() => {
                let kind = ProblemKind::Dangling { noun: Noun::Circumstance, key: key.to_string() };
                findings.add(Part::Vocabulary, pointer, kind);
                Frees::Never
            }
            Freedom::When(key) => Frees::In(self.known_circumstances(std::slice::from_ref(key))),
        }
    }

    /// The keys of these circumstances, in the order of the vocabulary.
    pub(crate) fn circumstance_keys(&self, of: Circumstances) -> Vec<Key<Circumstance>> {
        let among = self.circumstances.iter().filter(|(ix, _)| of.contains(*ix));
        among.map(|(_, key)| key.clone()).collect()
    }

    pub(crate) fn party(&self, key: KeyRef<'_>) -> Option<Party> {
        let ix = self.parties.find(key)?;
        u8::try_from(ix.position()).ok().map(Party::nth)
    }

    pub(crate) fn flag(&self, key: KeyRef<'_>) -> Option<Flag> {
        let ix = self.flags.find(key)?;
        u8::try_from(ix.position()).ok().map(Flag::nth)
    }

    /// The records that a level reaches.
    pub(crate) fn relations(&self, level: Ix<Level>) -> Relations {
        self.level_relations.get(level).copied().unwrap_or_default()
    }

    /// What a party counts for if a user is it, its own relation included.
    #[inline]
    pub(crate) fn counts_for(&self, party: Party) -> Relations {
        of(&self.of_users, party)
    }

    /// The same if a user group is it, for whoever is in the group.
    pub(crate) fn counts_for_group(&self, party: Party) -> Relations {
        of(&self.of_user_groups, party)
    }

    /// The same if a department is it.
    pub(crate) fn counts_for_department(&self, party: Party) -> Relations {
        of(&self.of_departments, party)
    }

    /// Whether user groups can be parties of records at all.
    pub(crate) fn has_groups_as_parties(&self) -> bool {
        self.of_user_groups.iter().any(|relations| !relations.is_empty())
    }
}

#[inline]
fn of(relations: &[Relations; Party::COUNT], party: Party) -> Relations {
    relations.get(usize::from(party.number())).copied().unwrap_or_default()
}

/// What parties count for, as far as such principals can be they, and among these relations.
fn counted(vocabulary: &Vocabulary, principals: Principals, among: Relations) -> [Relations; Party::COUNT] {
    let mut relations = [Relations::empty(); Party::COUNT];
    for (number, (slot, rule)) in relations.iter_mut().zip(&vocabulary.parties).enumerate() {
        let own = u8::try_from(number).map(|number| Party::nth(number).relation()).unwrap_or_default();
        if rule.principals.contains(principals) {
            *slot = (rule.counts_for | own) & among;
        }
    }
    relations
}

/// Levels, offers and parties may speak only of relations that this vocabulary can decide.
fn check_relations(vocabulary: &Vocabulary, findings: &mut Findings) {
    let declared = declared_relations(vocabulary);
    let part = Part::Vocabulary;
    for (at, rule) in vocabulary.parties.iter().enumerate() {
        if !Relations::COUNTABLE.contains(rule.counts_for) {
            let kind = ProblemKind::RelationNotCountable { party: rule.key.to_string() };
            findings.add(part, format!("/parties/{at}/counts_for"), kind);
        }
        if rule.principals.is_empty() {
            let kind = ProblemKind::PartyOfNobody { party: rule.key.to_string() };
            findings.add(part, format!("/parties/{at}/principals"), kind);
        }
    }
    for (at, level) in vocabulary.levels.iter().enumerate() {
        if !declared.contains(level.relations) {
            let kind = ProblemKind::RelationUndeclared { noun: Noun::Level, key: level.key.to_string() };
            findings.add(part, format!("/levels/{at}/relations"), kind);
        }
    }
    for (of, entity) in vocabulary.entities.iter().enumerate() {
        for (at, offer) in entity.offers.iter().enumerate() {
            if !declared.contains(offer.standing) {
                let kind =
                    ProblemKind::RelationUndeclared { noun: Noun::Action, key: offer.action.to_string() };
                findings.add(part, format!("/entities/{of}/offers/{at}/standing"), kind);
            }
        }
    }
}

fn declared_relations(vocabulary: &Vocabulary) -> Relations {
    let parties = (0..).take(vocabulary.parties.len().min(Party::COUNT)).map(|n| Party::nth(n).relation());
    let flags = (0..).take(vocabulary.flags.len().min(Flag::COUNT)).map(|n| Flag::nth(n).relation());
    parties
        .chain(flags)
        .fold(Relations::COUNTABLE | Relations::ELSEWHERE | Relations::ALWAYS, Relations::union)
}
