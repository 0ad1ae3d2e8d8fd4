//! Features of social groups: what a group can let an audience do.

use crate::audience::{Audience, Feature, Operation};
use crate::key::Key;
use crate::vocabulary::Freedom;

/// What a vocabulary says of one feature of social groups ("tasks", "calendar").
///
/// Whether somebody may do an operation in a group is decided in this order (section 8 of the rights model):
///
/// | | then |
/// |---|---|
/// | the feature is switched off in the group | no |
/// | he is banned | no |
/// | the group is archived, and the operation is not for viewing | no |
/// | he is an administrator, and free in the feature | yes |
/// | the audience is everyone, and the group is visible to him | yes |
/// | the audience is everyone and the group is not visible to him | as for all members |
/// | the audience is every signed-in user | if he is signed in; in a group that is not extranet an extranet user must be a member |
/// | the audience is all members who are employees | if he is both |
/// | he has no rank | no |
/// | the audience is from a rank up | if he has it |
///
/// Who asked to join or was invited has no rank yet.
///
/// ```
/// use bailiwick::{Audience, FeatureRule, OperationRule};
///
/// let calendar = FeatureRule::new("calendar")
///     .operation(OperationRule::new("calendar.view", Audience::Members).for_viewing())
///     .operation(OperationRule::new("calendar.write", Audience::Moderators).never(Audience::Everyone));
/// assert_eq!(calendar.operations.len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FeatureRule {
    /// Its key.
    pub key: Key<Feature>,
    /// Its operations.
    pub operations: Vec<OperationRule>,
    /// Whether administrators are free in it.
    pub administrators: Freedom,
}

/// What a vocabulary says of one operation of a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationRule {
    /// Its key, which no other feature has.
    pub key: Key<Operation>,
    /// Who may do it in a group that does not say otherwise.
    pub default: Audience,
    /// Who may do it in a group that is both visible and open and does not say otherwise, if that is somebody else.
    pub default_in_open: Option<Audience>,
    /// Whether it is for viewing only, and so left in an archived group.
    pub for_viewing: bool,
    /// The audiences that a group may choose. Any other is a problem.
    pub audiences: Vec<Audience>,
}

impl FeatureRule {
    /// A feature without operations.
    pub fn new(key: impl Into<Key<Feature>>) -> Self {
        Self { key: key.into(), operations: Vec::new(), administrators: Freedom::Always }
    }

    /// Adds an operation.
    #[must_use]
    pub fn operation(mut self, operation: OperationRule) -> Self {
        self.operations.push(operation);
        self
    }

    /// Says where administrators are free.
    #[must_use]
    pub fn administrators(mut self, freedom: Freedom) -> Self {
        self.administrators = freedom;
        self
    }
}

impl OperationRule {
    /// An operation with this default, for which a group may choose any audience.
    pub fn new(key: impl Into<Key<Operation>>, default: Audience) -> Self {
        Self {
            key: key.into(),
            default,
            default_in_open: None,
            for_viewing: false,
            audiences: Audience::ALL.to_vec(),
        }
    }

    /// Leaves it in archived groups.
    #[must_use]
    pub fn for_viewing(mut self) -> Self {
        self.for_viewing = true;
        self
    }

    /// Gives it another default in groups that are visible and open.
    #[must_use]
    pub fn default_in_open(mut self, audience: Audience) -> Self {
        self.default_in_open = Some(audience);
        self
    }

    /// Takes an audience off the offer.
    #[must_use]
    pub fn never(mut self, audience: Audience) -> Self {
        self.audiences.retain(|offered| *offered != audience);
        self
    }

    /// Puts exactly these audiences on offer.
    #[must_use]
    pub fn audiences(mut self, audiences: impl IntoIterator<Item = Audience>) -> Self {
        self.audiences = audiences.into_iter().collect();
        self
    }
}
