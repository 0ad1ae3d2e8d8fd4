//! Social groups: people at ranks, and what the group's features let them do.

use crate::audience::{Audience, Feature, Operation};
use crate::directory::User;
use crate::key::Key;

/// A workgroup or project: people who joined, at a rank.
///
/// A user stands in a social group at most once: listing him twice, at whatever ranks, is a problem.
///
/// What its *features* let people do is said by audiences: the group's own where it has one, or else the vocabulary's default
/// ([`FeatureRule`](crate::FeatureRule)). Section 8 of the rights model.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SocialGroup {
    /// Its key.
    pub key: Key<SocialGroup>,
    /// Who owns it.
    pub owner: Key<User>,
    /// Who moderates it.
    pub moderators: Vec<Key<User>>,
    /// The other members.
    pub members: Vec<Key<User>>,
    /// Who asked to join, or was asked. They hold nothing through the group.
    pub pending: Vec<Key<User>>,
    /// Who was put out. They hold nothing through the group.
    pub banned: Vec<Key<User>>,
    /// Whether outsiders find it. Extranet users find extranet groups only.
    pub visible: bool,
    /// Whether outsiders join at once, and not by request or invitation.
    pub open: bool,
    /// An archived group lets people do what is for viewing, and nothing else.
    pub archived: bool,
    /// Whether it is for extranet users as well.
    pub extranet: bool,
    /// The features that are switched off. Nobody does anything in them.
    pub without: Vec<Key<Feature>>,
    /// Where the group says otherwise than the default.
    pub audiences: Vec<OwnAudience>,
}

/// What a social group says of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnAudience {
    /// The operation.
    pub operation: Key<Operation>,
    /// Who may do it.
    pub audience: Audience,
}

impl OwnAudience {
    /// This operation for this audience.
    pub fn new(operation: impl Into<Key<Operation>>, audience: Audience) -> Self {
        Self { operation: operation.into(), audience }
    }
}

impl SocialGroup {
    /// A group of its owner alone: visible, joined by request, with every feature as the vocabulary has it.
    pub fn new(key: impl Into<Key<SocialGroup>>, owner: impl Into<Key<User>>) -> Self {
        Self {
            key: key.into(),
            owner: owner.into(),
            moderators: Vec::new(),
            members: Vec::new(),
            pending: Vec::new(),
            banned: Vec::new(),
            visible: true,
            open: false,
            archived: false,
            extranet: false,
            without: Vec::new(),
            audiences: Vec::new(),
        }
    }

    /// Adds a moderator.
    #[must_use]
    pub fn moderator(mut self, user: impl Into<Key<User>>) -> Self {
        self.moderators.push(user.into());
        self
    }

    /// Adds a plain member.
    #[must_use]
    pub fn member(mut self, user: impl Into<Key<User>>) -> Self {
        self.members.push(user.into());
        self
    }

    /// Adds somebody whose request or invitation is not answered yet.
    #[must_use]
    pub fn pending(mut self, user: impl Into<Key<User>>) -> Self {
        self.pending.push(user.into());
        self
    }

    /// Bans somebody.
    #[must_use]
    pub fn banned(mut self, user: impl Into<Key<User>>) -> Self {
        self.banned.push(user.into());
        self
    }

    /// Hides it from outsiders.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.visible = false;
        self
    }

    /// Lets outsiders join at once.
    #[must_use]
    pub fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// Archives it.
    #[must_use]
    pub fn archived(mut self) -> Self {
        self.archived = true;
        self
    }

    /// Makes it a group for extranet users as well.
    #[must_use]
    pub fn extranet(mut self) -> Self {
        self.extranet = true;
        self
    }

    /// Switches a feature off.
    #[must_use]
    pub fn without(mut self, feature: impl Into<Key<Feature>>) -> Self {
        self.without.push(feature.into());
        self
    }

    /// Says who may do an operation here.
    #[must_use]
    pub fn audience(mut self, operation: impl Into<Key<Operation>>, audience: Audience) -> Self {
        self.audiences.push(OwnAudience::new(operation, audience));
        self
    }
}
