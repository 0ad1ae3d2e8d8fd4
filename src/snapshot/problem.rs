//! What can be wrong with a policy and a directory. Compiling reports all of it at once.

use std::fmt;

use thiserror::Error;

use crate::key::{Key, KeyFlaw};

/// Everything that kept a snapshot from being compiled; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The problems, in the order vocabulary, directory, policy.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, problem) in self.0.iter().enumerate() {
            if count > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{at}: {kind}")]
pub struct Problem {
    at: Location,
    kind: ProblemKind,
}

impl Problem {
    /// Where it stands.
    pub fn at(&self) -> &Location {
        &self.at
    }

    /// What is wrong.
    pub fn kind(&self) -> &ProblemKind {
        &self.kind
    }

    /// The stable code of this kind of problem.
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// The keys concerned.
    pub fn keys(&self) -> Vec<&str> {
        self.kind.keys()
    }
}

/// The value that a location is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The vocabulary of the policy.
    Vocabulary,
    /// The directory.
    Directory,
    /// The roles and assignments of the policy.
    Policy,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Vocabulary => "vocabulary",
            Self::Directory => "directory",
            Self::Policy => "policy",
        })
    }
}

/// A place in a vocabulary, directory or policy. The pointer has the form of RFC 6901 and is the same in the JSON document
/// of that value: `/roles/2/rights/5/level`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    part: Part,
    pointer: String,
}

impl Location {
    pub(crate) fn new(part: Part, pointer: impl Into<String>) -> Self {
        Self { part, pointer: pointer.into() }
    }

    /// The value that it is in.
    pub fn part(&self) -> Part {
        self.part
    }

    /// The way to it from the top of that value.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.part, self.pointer)
    }
}

/// The kinds of thing that have keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Noun {
    /// A user.
    User,
    /// A department.
    Department,
    /// A user group.
    UserGroup,
    /// A ticket group.
    TicketGroup,
    /// A social group.
    SocialGroup,
    /// A role.
    Role,
    /// An entity.
    Entity,
    /// A pipeline.
    Pipeline,
    /// A stage.
    Stage,
    /// An action.
    Action,
    /// A level.
    Level,
    /// A party.
    Party,
    /// A flag.
    Flag,
    /// A right: an action at a place.
    Right,
    /// A transition: the way out of a place.
    Transition,
    /// An entity, pipeline or stage.
    Place,
    /// A circumstance.
    Circumstance,
    /// A limit.
    Limit,
    /// The mark of an audit.
    AuditMark,
    /// A ladder.
    Ladder,
    /// A rung of a ladder.
    Rung,
    /// A feature of social groups.
    Feature,
    /// An operation of a feature.
    Operation,
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::User => "user",
            Self::Department => "department",
            Self::UserGroup => "user group",
            Self::SocialGroup => "social group",
            Self::TicketGroup => "ticket group",
            Self::Role => "role",
            Self::Entity => "entity",
            Self::Pipeline => "pipeline",
            Self::Stage => "stage",
            Self::Action => "action",
            Self::Level => "level",
            Self::Party => "party",
            Self::Flag => "flag",
            Self::Right => "right",
            Self::Transition => "transition",
            Self::Place => "place",
            Self::Circumstance => "circumstance",
            Self::Limit => "limit",
            Self::AuditMark => "audit mark",
            Self::Ladder => "ladder",
            Self::Rung => "rung",
            Self::Feature => "feature",
            Self::Operation => "operation",
        })
    }
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A key that cannot be used.
    #[error("the key `{}` of a {noun} {flaw}", key.escape_debug())]
    KeyUnusable {
        /// Whose key.
        noun: Noun,
        /// The key.
        key: String,
        /// What is wrong with it.
        flaw: KeyFlaw,
    },
    /// Something is declared, or listed, twice.
    #[error("{noun} `{key}` stands here a second time; the first is at {first}")]
    Duplicate {
        /// What.
        noun: Noun,
        /// Its key.
        key: String,
        /// The pointer to the first.
        first: String,
    },
    /// A policy names something that the vocabulary or the directory does not have.
    #[error("there is no {noun} `{key}`")]
    Unknown {
        /// What.
        noun: Noun,
        /// The key.
        key: String,
    },
    /// A directory or vocabulary refers to something that it does not declare itself.
    #[error("{noun} `{key}` is referred to and not declared")]
    Dangling {
        /// What.
        noun: Noun,
        /// The key.
        key: String,
    },
    /// Departments hang below each other in a circle.
    #[error("departments hang in a circle: {}", path.join(" < "))]
    DepartmentCycle {
        /// The departments, each below the next, the last one again the first.
        path: Vec<String>,
    },
    /// Actions require each other in a circle.
    #[error("actions of entity `{entity}` require each other in a circle: {}", path.join(" > "))]
    PrerequisiteCycle {
        /// The entity.
        entity: String,
        /// The actions, each requiring the next, the last one again the first.
        path: Vec<String>,
    },
    /// A role that drops others is itself dropped by one.
    #[error("role `{role}` supersedes others, and is itself superseded by role `{by}`")]
    SupersededRole {
        /// The role.
        role: String,
        /// The one that drops it.
        by: String,
    },
    /// The settings right of an entity is itself included in a settings right.
    #[error("the settings right of entity `{entity}` is itself included in a settings right")]
    SettingsNested {
        /// The entity.
        entity: String,
    },
    /// An entity does not admit an action.
    #[error("entity `{entity}` does not admit action `{action}`")]
    ActionNotOffered {
        /// The entity.
        entity: String,
        /// The action.
        action: String,
    },
    /// A level that the vocabulary does not put on offer for this action.
    #[error("level `{level}` is not on offer for action `{action}` of entity `{entity}`")]
    LevelNotOffered {
        /// The entity.
        entity: String,
        /// The action.
        action: String,
        /// The level.
        level: String,
    },
    /// An audience that the vocabulary does not put on offer for this operation.
    #[error("audience `{audience}` is not on offer for operation `{operation}`")]
    AudienceNotOffered {
        /// The operation.
        operation: String,
        /// The audience.
        audience: String,
    },
    /// A right is set at a finer place than the action allows.
    #[error("action `{action}` cannot be set at `{place}`, which is too fine")]
    PlaceTooFine {
        /// The place.
        place: String,
        /// The action.
        action: String,
    },
    /// A party counts for a relation that parties cannot count for.
    #[error("party `{party}` cannot count for that relation")]
    RelationNotCountable {
        /// The party.
        party: String,
    },
    /// Neither users nor groups nor departments can be a party.
    #[error("nobody can be party `{party}`")]
    PartyOfNobody {
        /// Its key.
        party: String,
    },
    /// A level or offer speaks of a party or flag by a number that the vocabulary has not named, or of links, hosts and
    /// shares, of which [`Offer::through`](crate::Offer::through), [`Offer::hosted_by`](crate::Offer::hosted_by) and
    /// [`Offer::shareable`](crate::Offer::shareable) speak.
    #[error(
        "{noun} `{key}` uses the relation of a party or flag that is not declared, or that of links, hosts or shares"
    )]
    RelationUndeclared {
        /// A level, or an action.
        noun: Noun,
        /// Its key.
        key: String,
    },
    /// A window that ends before it begins.
    #[error("the window ends before it begins")]
    WindowEmpty,
    /// A substitution passes an action on without one that it requires, so that nothing comes of it.
    #[error("action `{action}` is passed on at `{place}` without `{requires}`, which it requires")]
    PrerequisiteLeftOut {
        /// Where.
        place: String,
        /// The action.
        action: String,
        /// What it requires.
        requires: String,
    },
    /// A role is assigned to the author of a record, whom only an object's own list can name.
    #[error("role `{role}` cannot be assigned to the author of a record")]
    AuthorNotAssignable {
        /// The role.
        role: String,
    },
    /// A limit is on the author of a record, whom only an object's own list can name.
    #[error("limit `{limit}` cannot be on the author of a record")]
    AuthorNotLimitable {
        /// The limit.
        limit: String,
    },
    /// A limit needs a circumstance that lifts it, so that it is never in force.
    #[error("circumstance `{circumstance}` is needed and lifts the limit")]
    CircumstanceContradicted {
        /// The circumstance.
        circumstance: String,
    },
    /// There is more of something than the crate can hold.
    #[error("{found} {noun} entries are more than the limit of {limit}")]
    LimitExceeded {
        /// What.
        noun: Noun,
        /// How many there can be.
        limit: usize,
        /// How many there are.
        found: usize,
    },
}

impl ProblemKind {
    /// The stable code of this kind of problem.
    pub fn code(&self) -> &'static str {
        match self {
            Self::KeyUnusable { .. } => "key-unusable",
            Self::Duplicate { .. } => "duplicate",
            Self::Unknown { .. } => "unknown",
            Self::Dangling { .. } => "dangling",
            Self::DepartmentCycle { .. } => "department-cycle",
            Self::PrerequisiteCycle { .. } => "prerequisite-cycle",
            Self::SupersededRole { .. } => "superseded-role",
            Self::SettingsNested { .. } => "settings-nested",
            Self::ActionNotOffered { .. } => "action-not-offered",
            Self::LevelNotOffered { .. } => "level-not-offered",
            Self::AudienceNotOffered { .. } => "audience-not-offered",
            Self::PlaceTooFine { .. } => "place-too-fine",
            Self::RelationNotCountable { .. } => "relation-not-countable",
            Self::PartyOfNobody { .. } => "party-of-nobody",
            Self::RelationUndeclared { .. } => "relation-undeclared",
            Self::WindowEmpty => "window-empty",
            Self::PrerequisiteLeftOut { .. } => "prerequisite-left-out",
            Self::AuthorNotAssignable { .. } => "author-not-assignable",
            Self::AuthorNotLimitable { .. } => "author-not-limitable",
            Self::CircumstanceContradicted { .. } => "circumstance-contradicted",
            Self::LimitExceeded { .. } => "limit-exceeded",
        }
    }

    fn keys(&self) -> Vec<&str> {
        match self {
            Self::KeyUnusable { key, .. }
            | Self::Duplicate { key, .. }
            | Self::Unknown { key, .. }
            | Self::Dangling { key, .. }
            | Self::RelationUndeclared { key, .. } => vec![key],
            Self::DepartmentCycle { path } => path.iter().map(String::as_str).collect(),
            Self::PrerequisiteCycle { entity, path } => {
                [entity].into_iter().chain(path).map(String::as_str).collect()
            }
            Self::SupersededRole { role, by } => vec![role, by],
            Self::SettingsNested { entity } => vec![entity],
            Self::ActionNotOffered { entity, action } => vec![entity, action],
            Self::LevelNotOffered { entity, action, level } => vec![entity, action, level],
            Self::AudienceNotOffered { operation, audience } => vec![operation, audience],
            Self::PlaceTooFine { place, action } => vec![place, action],
            Self::RelationNotCountable { party } | Self::PartyOfNobody { party } => vec![party],
            Self::PrerequisiteLeftOut { place, action, requires } => vec![place, action, requires],
            Self::AuthorNotAssignable { role } => vec![role],
            Self::AuthorNotLimitable { limit } => vec![limit],
            Self::CircumstanceContradicted { circumstance } => vec![circumstance],
            Self::WindowEmpty | Self::LimitExceeded { .. } => Vec::new(),
        }
    }
}

/// Collects problems in one part. The only way to a [`Problem`].
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Problem>);

impl Findings {
    pub(crate) fn add(&mut self, part: Part, pointer: impl Into<String>, kind: ProblemKind) {
        self.0.push(Problem { at: Location::new(part, pointer), kind });
    }

    /// Reports the key if it is unusable.
    pub(crate) fn key<T>(&mut self, part: Part, noun: Noun, pointer: impl FnOnce() -> String, key: &Key<T>) {
        if let Some(flaw) = key.flaw() {
            self.add(part, pointer(), ProblemKind::KeyUnusable { noun, key: key.to_string(), flaw });
        }
    }

    pub(crate) fn limit(&mut self, part: Part, pointer: &str, noun: Noun, limit: usize, found: usize) {
        if found > limit {
            self.add(part, pointer, ProblemKind::LimitExceeded { noun, limit, found });
        }
    }

    /// All problems in the stable order, or nothing wrong.
    pub(crate) fn finish(mut self) -> Result<(), Problems> {
        self.0.sort_by_key(|problem| problem.at.part);
        if self.0.is_empty() { Ok(()) } else { Err(Problems(self.0)) }
    }
}
