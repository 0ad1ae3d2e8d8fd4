//! What suffices for a demand, one thing at a time.

use crate::audience::Operation;
use crate::key::Key;
use crate::reason::Relation;
use crate::reason::teller::named;
use crate::resolve::Sufficing;
use crate::snapshot::{RightOver, Snapshot};
use crate::vocabulary::{Action, RightRef};

/// One of the things of which each suffices for a demand: a relation to the record, or something that is bound to it and opens it.
///
/// What opens is told by what decides it, for a link, a group or a share lets somebody do one action and not another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Claim {
    /// How the viewer stands to it. Never [`Relation::Linked`], `Hosted` or `Shared`.
    Relation(Relation),
    /// It is linked to a record that he has one of these rights with.
    Linked(Vec<RightRef>),
    /// A social group hosts it that lets him do this operation.
    Hosted(Key<Operation>),
    /// It is shared with him for this action.
    Shared(Key<Action>),
}

impl Claim {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Relation(relation) => relation.code(),
            Self::Linked(_) => Relation::Linked.code(),
            Self::Hosted(_) => Relation::Hosted.code(),
            Self::Shared(_) => Relation::Shared.code(),
        }
    }

    /// Whether whatever is claimed by this is also claimed by the other.
    pub(crate) fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Linked(few), Self::Linked(more)) => few.iter().all(|right| more.contains(right)),
            _ => self == other,
        }
    }
}

/// What a right comes to, part by part, named; sorted by the names, so that it does not depend on how anything is numbered.
pub(crate) fn all_claims(snapshot: &Snapshot, effect: &[Sufficing]) -> Vec<Vec<Claim>> {
    let mut all: Vec<Vec<Claim>> = effect.iter().map(|it| claims(snapshot, it)).collect();
    all.sort_unstable();
    all
}

/// What suffices, named and sorted.
pub(crate) fn claims(snapshot: &Snapshot, sufficing: &Sufficing) -> Vec<Claim> {
    let lexicon = &snapshot.lexicon;
    let relations = named(snapshot, sufficing.relations).into_iter().map(Claim::Relation);
    let mut rights: Vec<RightRef> =
        sufficing.linked.iter().filter_map(|right| snapshot.right_ref(*right)).collect();
    rights.sort_unstable();
    let linked = (!rights.is_empty()).then_some(Claim::Linked(rights));
    let hosted = sufficing.hosted.and_then(|it| lexicon.operations.key(it)).cloned().map(Claim::Hosted);
    let shared = sufficing.shared.and_then(|it| lexicon.actions.key(it)).cloned().map(Claim::Shared);
    let mut all: Vec<Claim> = relations.chain(linked).chain(hosted).chain(shared).collect();
    all.sort_unstable();
    all
}

impl Snapshot {
    /// The rights over linked records that open any action, named.
    pub(crate) fn opening_rights(&self) -> impl Iterator<Item = RightRef> {
        self.offers.through_any().filter_map(|right| self.right_ref(right))
    }

    fn right_ref(&self, (entity, action): RightOver) -> Option<RightRef> {
        let (entity, action) = (self.places.entity_key(entity)?, self.lexicon.actions.key(action)?);
        Some(RightRef { entity: entity.clone(), action: action.clone() })
    }
}
