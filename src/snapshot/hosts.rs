//! Social groups as hosts: their features' operations, checked and numbered, and who stands in them how.
//!
//! Deliberately absent: who may do an operation. That is a meaning, and `resolve` has it.

use crate::audience::{Audience, Feature, Operation};
use crate::directory::{Directory, OwnAudience, SocialGroup, User};
use crate::index::{Ix, IxVec, Names};
use crate::key::Key;
use crate::policy::Rank;
use crate::snapshot::lexicon::Lexicon;
use crate::snapshot::membership::Membership;
use crate::snapshot::names::Declared;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};
use crate::snapshot::terms::Frees;
use crate::vocabulary::{OperationRule, Vocabulary};

/// All operations, and all social groups.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    operations: IxVec<Operation, Rule>,
    hosts: IxVec<SocialGroup, Host>,
}

/// What the vocabulary says of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) for_viewing: bool,
    pub(crate) frees: Frees,
}

/// One social group.
#[derive(Debug)]
pub(crate) struct Host {
    pub(crate) visible: bool,
    pub(crate) archived: bool,
    pub(crate) extranet: bool,
    /// For each operation, unless its feature is off.
    audiences: Box<[Option<Audience>]>,
    /// Sorted by user; no rank is a ban.
    people: Box<[(Ix<User>, Option<Rank>)]>,
}

/// How somebody stands in a social group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Belonging {
    Member(Rank),
    Banned,
    /// Not at all, or he asked to join, or was asked.
    Outside,
}

impl Host {
    pub(crate) fn audience(&self, operation: Ix<Operation>) -> Option<Audience> {
        self.audiences.get(operation.as_usize()).copied().flatten()
    }

    pub(crate) fn belonging(&self, user: Ix<User>) -> Belonging {
        let found = self.people.binary_search_by_key(&user, |(user, _)| *user);
        let found = found.ok().and_then(|at| self.people.get(at));
        match found {
            Some((_, Some(rank))) => Belonging::Member(*rank),
            Some((_, None)) => Belonging::Banned,
            None => Belonging::Outside,
        }
    }

    /// Everybody who is a member or banned.
    pub(crate) fn people(&self) -> impl Iterator<Item = Ix<User>> {
        self.people.iter().map(|(user, _)| *user)
    }
}

impl Hosts {
    pub(crate) fn rule(&self, operation: Ix<Operation>) -> Option<Rule> {
        self.operations.get(operation).copied()
    }

    pub(crate) fn host(&self, group: Ix<SocialGroup>) -> Option<&Host> {
        self.hosts.get(group)
    }

    /// All social groups, in the order of the directory.
    pub(crate) fn hosts(&self) -> impl Iterator<Item = Ix<SocialGroup>> {
        self.hosts.positions()
    }

    pub(crate) fn compile(
        vocabulary: &Vocabulary,
        directory: &Directory,
        lexicon: &Lexicon,
        membership: &Membership,
        findings: &mut Findings,
    ) -> Self {
        let reader = Reader { vocabulary, lexicon, membership };
        let operations = reader.rules(findings);
        let groups = directory.social_groups.iter().enumerate();
        let hosts = groups.map(|(at, group)| reader.host(at, group, findings)).collect();
        Self { operations, hosts }
    }
}

/// The keys of features and operations, each numbered in the order in which it stands.
pub(crate) fn names(vocabulary: &Vocabulary, findings: &mut Findings) -> (Names<Feature>, Names<Operation>) {
    let features = Declared { part: Part::Vocabulary, noun: Noun::Feature, list: "/features", key: "/key" };
    let features = features.number(vocabulary.features.iter().map(|feature| &feature.key), findings);
    let all = all_operations(vocabulary).map(|(_, operation)| operation.key.clone()).collect();
    let (operations, twice) = Names::new(all);
    let pointer = |number: usize| {
        let at = places(vocabulary).nth(number);
        at.map(|(of, to)| format!("/features/{of}/operations/{to}/key")).unwrap_or_default()
    };
    for (number, (_, operation)) in all_operations(vocabulary).enumerate() {
        findings.key(Part::Vocabulary, Noun::Operation, || pointer(number), &operation.key);
    }
    for pair in twice {
        let key = operations.key(Ix::from_count(pair.again)).map(Key::to_string).unwrap_or_default();
        let kind = ProblemKind::Duplicate { noun: Noun::Operation, key, first: pointer(pair.first) };
        findings.add(Part::Vocabulary, pointer(pair.again), kind);
    }
    (features, operations)
}

/// Every operation, with the number of its feature.
fn all_operations(vocabulary: &Vocabulary) -> impl Iterator<Item = (usize, &OperationRule)> {
    let features = vocabulary.features.iter().enumerate();
    features.flat_map(|(of, feature)| feature.operations.iter().map(move |operation| (of, operation)))
}

/// Where each stands: its feature's number, and its own there.
fn places(vocabulary: &Vocabulary) -> impl Iterator<Item = (usize, usize)> {
    let features = vocabulary.features.iter().enumerate();
    features.flat_map(|(of, feature)| (0..feature.operations.len()).map(move |to| (of, to)))
}

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    lexicon: &'a Lexicon,
    membership: &'a Membership,
}

impl Reader<'_> {
    fn rules(&self, findings: &mut Findings) -> IxVec<Operation, Rule> {
        let mut rules = IxVec::default();
        for (of, feature) in self.vocabulary.features.iter().enumerate() {
            let pointer = format!("/features/{of}/administrators/when");
            let frees = self.lexicon.frees(&feature.administrators, pointer, findings);
            for (to, operation) in feature.operations.iter().enumerate() {
                let defaults =
                    [("default", Some(operation.default)), ("default_in_open", operation.default_in_open)];
                for (field, audience) in defaults {
                    let pointer = format!("/features/{of}/operations/{to}/{field}");
                    hold_offer(operation, audience, (Part::Vocabulary, pointer), findings);
                }
                rules.push(Rule { for_viewing: operation.for_viewing, frees });
            }
        }
        rules
    }

    fn host(&self, at: usize, group: &SocialGroup, findings: &mut Findings) -> Host {
        let mut audiences: Vec<Option<Audience>> = Vec::new();
        for (_, operation) in all_operations(self.vocabulary) {
            let lifted = operation.default_in_open.filter(|_| group.visible && group.open);
            audiences.push(Some(lifted.unwrap_or(operation.default)));
        }
        self.choose(at, group, &mut audiences, findings);
        for (to, key) in group.without.iter().enumerate() {
            let pointer = format!("/social_groups/{at}/without/{to}");
            let Some(feature) = self.lexicon.features.find(key.borrow()) else {
                let kind = ProblemKind::Unknown { noun: Noun::Feature, key: key.to_string() };
                findings.add(Part::Directory, pointer, kind);
                continue;
            };
            if let Some(first) =
                group.without.iter().position(|other| other == key).filter(|first| *first < to)
            {
                let first = format!("/social_groups/{at}/without/{first}");
                let kind = ProblemKind::Duplicate { noun: Noun::Feature, key: key.to_string(), first };
                findings.add(Part::Directory, pointer, kind);
            }
            let of = all_operations(self.vocabulary).map(|(of, _)| of == feature.as_usize());
            audiences.iter_mut().zip(of).filter(|(_, off)| *off).for_each(|(audience, _)| *audience = None);
        }
        Host {
            visible: group.visible,
            archived: group.archived,
            extranet: group.extranet,
            audiences: audiences.into(),
            people: self.people(at, group),
        }
    }

    /// The group's own choices.
    fn choose(
        &self,
        at: usize,
        group: &SocialGroup,
        audiences: &mut [Option<Audience>],
        findings: &mut Findings,
    ) {
        for (to, own) in group.audiences.iter().enumerate() {
            let pointer = |field: &str| format!("/social_groups/{at}/audiences/{to}/{field}");
            let Some(operation) = self.lexicon.operations.find(own.operation.borrow()) else {
                let kind = ProblemKind::Unknown { noun: Noun::Operation, key: own.operation.to_string() };
                findings.add(Part::Directory, pointer("operation"), kind);
                continue;
            };
            let same = |other: &OwnAudience| other.operation == own.operation;
            if let Some(first) = group.audiences.iter().position(same).filter(|first| *first < to) {
                let (noun, key) = (Noun::Operation, own.operation.to_string());
                let first = format!("/social_groups/{at}/audiences/{first}/operation");
                findings.add(
                    Part::Directory,
                    pointer("operation"),
                    ProblemKind::Duplicate { noun, key, first },
                );
            }
            if let Some((_, rule)) = all_operations(self.vocabulary).nth(operation.as_usize()) {
                hold_offer(rule, Some(own.audience), (Part::Directory, pointer("audience")), findings);
            }
            if let Some(audience) = audiences.get_mut(operation.as_usize()) {
                *audience = Some(own.audience);
            }
        }
    }

    fn people(&self, at: usize, group: &SocialGroup) -> Box<[(Ix<User>, Option<Rank>)]> {
        let ranks = self.membership.ranks_in(Ix::from_count(at)).map(|(user, rank)| (user, Some(rank)));
        let banned = group.banned.iter().filter_map(|key| self.membership.users.find(key.borrow()));
        let mut people: Vec<_> = ranks.chain(banned.map(|user| (user, None))).collect();
        people.sort_unstable();
        people.into()
    }
}

fn hold_offer(
    operation: &OperationRule,
    audience: Option<Audience>,
    (part, pointer): (Part, String),
    findings: &mut Findings,
) {
    if let Some(audience) = audience.filter(|audience| !operation.audiences.contains(audience)) {
        let (operation, audience) = (operation.key.to_string(), audience.code().to_owned());
        findings.add(part, pointer, ProblemKind::AudienceNotOffered { operation, audience });
    }
}
