//! Lists with their subjects looked up.

use thiserror::Error;

use crate::key::{Handle, Tag};
use crate::policy::{Acl, AclEntry, Sign};
use crate::snapshot::{Kind, Noun, Snapshot, Whom};
use crate::vocabulary::Ladder;

/// An object's own list with everything looked up: what questions are asked with. Made by [`Snapshot::acl`].
///
/// Kept by the application with the object; one that says nothing takes 24 bytes and no allocation, an entry 20 bytes. In another
/// snapshot its entries mean the same or nobody: what is not known there at the same position gives nothing, and still
/// cancels. So after a change of the directory make the lists anew, and until then nobody gets more by the old ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrozenAcl {
    /// The negative ones first.
    pairs: Box<[Pair]>,
    negative: u32,
}

/// A rung and a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) whom: Whom,
    /// The mark of the rung.
    pub(crate) rung: Tag,
    /// Where the ladder has it.
    pub(crate) position: u8,
}

impl Pair {
    pub(crate) fn is_same(self, other: Self, snapshot: &Snapshot) -> bool {
        self.rung == other.rung && snapshot.is_same(self.whom, other.whom)
    }
}

impl Pair {
    /// Whether it is about the author of an object.
    pub(crate) fn is_authors(self) -> bool {
        self.whom.kind == Kind::Author
    }
}

impl FrozenAcl {
    /// A list that says nothing, in every snapshot.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Whether the list says nothing.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    pub(super) fn negative(&self) -> &[Pair] {
        self.pairs.get(..self.negative as usize).unwrap_or_default()
    }

    pub(super) fn positive(&self) -> &[Pair] {
        self.pairs.get(self.negative as usize..).unwrap_or_default()
    }
}

impl Snapshot {
    /// Looks up an object's own list. Never fails: an entry about somebody unknown counts for nobody, one at an unknown rung
    /// gives nothing. [`Snapshot::acl_problems`] says which those are.
    ///
    /// Takes one hash an entry.
    pub fn acl(&self, ladder: impl Into<Handle<Ladder>>, acl: &Acl) -> FrozenAcl {
        let Some(ladder) = self.ladders.accept(ladder.into()).filter(|_| !acl.entries.is_empty()) else {
            return FrozenAcl::default();
        };
        let (negative, positive): (Vec<_>, Vec<_>) =
            says(acl).map(|(_, entry)| entry).partition(|entry| entry.sign == Sign::Negative);
        let rule = self.ladders.rule(ladder);
        let pair = |entry: &AclEntry| {
            let position = rule.and_then(|rule| rule.rungs.find((&entry.rung).into()));
            Pair {
                whom: self.whom(&entry.subject),
                rung: rule.map(|rule| rule.mark(&entry.rung)).unwrap_or_default(),
                position: position.and_then(|ix| u8::try_from(ix.position()).ok()).unwrap_or(u8::MAX),
            }
        };
        FrozenAcl {
            negative: u32::try_from(negative.len()).unwrap_or(u32::MAX),
            pairs: negative.into_iter().chain(positive).map(pair).collect(),
        }
    }

    /// What is wrong with a list: entries about somebody whom the snapshot does not know, and at rungs that the ladder does not
    /// have. Asked when an administrator's edit is saved.
    ///
    /// ```
    /// # use bailiwick::{Acl, Directory, Policy, Snapshot, Subject, Vocabulary, disk};
    /// # let policy = Policy::new(Vocabulary::new().ladder(disk::ladder()));
    /// # let snapshot = Snapshot::compile(&policy, &Directory::new())?;
    /// let acl = Acl::new().give(disk::CAN_READ, Subject::SignedIn).give("owner", Subject::User("anna".into()));
    /// let problems = snapshot.acl_problems(disk::DISK, &acl);
    /// let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    /// assert_eq!(told, ["entry 1: there is no rung `owner`", "entry 1: there is no user `anna`"]);
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn acl_problems(&self, ladder: impl Into<Handle<Ladder>>, acl: &Acl) -> Vec<AclProblem> {
        let Some(rule) = self.ladders.accept(ladder.into()).and_then(|ladder| self.ladders.rule(ladder))
        else {
            return vec![AclProblem { entry: None, kind: AclProblemKind::UnknownLadder }];
        };
        let mut problems = Vec::new();
        for (number, entry) in acl.entries.iter().enumerate() {
            let mut report = |noun, key| {
                let kind = AclProblemKind::Unknown { noun, key };
                problems.push(AclProblem { entry: Some(number), kind });
            };
            if rule.rungs.find((&entry.rung).into()).is_none() {
                report(Noun::Rung, entry.rung.to_string());
            }
            if let Some(named) = self.unknown_in(&entry.subject) {
                report(named.noun, named.key);
            }
        }
        problems
    }
}

/// The entries of a list that say something, each with its number: of several that say the same the first one, and none of those
/// whose pair stands there with both signs.
pub(crate) fn says(acl: &Acl) -> impl Iterator<Item = (usize, &AclEntry)> {
    let mut entries: Vec<(usize, &AclEntry)> = acl.entries.iter().enumerate().collect();
    if entries.len() > 1 {
        entries.sort_by(|(one, a), (other, b)| {
            (&a.subject, &a.rung, a.sign, one).cmp(&(&b.subject, &b.rung, b.sign, other))
        });
    }
    let same = |(_, one): &(usize, &AclEntry), (_, other): &(usize, &AclEntry)| {
        one.rung == other.rung && one.subject == other.subject
    };
    let said = entries.chunk_by(same).filter_map(|same| {
        let (first, last) = (same.first()?, same.last()?);
        (first.1.sign == last.1.sign).then_some(*first)
    });
    said.collect::<Vec<_>>().into_iter()
}

/// One thing that is wrong with an object's own list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}{kind}", At(*entry))]
pub struct AclProblem {
    entry: Option<usize>,
    kind: AclProblemKind,
}

struct At(Option<usize>);

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.map_or(Ok(()), |entry| write!(f, "entry {entry}: "))
    }
}

/// What can be wrong with an object's own list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AclProblemKind {
    /// The snapshot does not know the ladder.
    #[error("the ladder is unknown")]
    UnknownLadder,
    /// An entry names something that the ladder or the directory does not have.
    #[error("there is no {noun} `{key}`")]
    Unknown {
        /// What: a rung, a user, a department, a group.
        noun: Noun,
        /// Its key.
        key: String,
    },
}

impl AclProblem {
    /// The number of the entry, from 0; none, if the whole list is concerned.
    pub fn entry(&self) -> Option<usize> {
        self.entry
    }

    /// What is wrong.
    pub fn kind(&self) -> &AclProblemKind {
        &self.kind
    }

    /// The stable code of this kind of problem.
    pub fn code(&self) -> &'static str {
        match &self.kind {
            AclProblemKind::UnknownLadder => "unknown-ladder",
            AclProblemKind::Unknown { .. } => "unknown",
        }
    }
}
