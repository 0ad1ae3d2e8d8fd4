//! From where somebody has an action at a place, and what every role had to say in that.

use crate::key::Key;
use crate::policy::Role;
use crate::reason::Relation;
use crate::vocabulary::{Action, Entity, Level, Place};

/// From where a viewer has an action at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// He is an administrator. No role is asked.
    Administrator,
    /// He holds the settings right, which includes it. No role is asked.
    Settings,
    /// The records of the entity move freely. No role is asked; speaks of moves only.
    MovesFreely,
    /// What his roles say: every role that he holds at the moment, in the order of the policy.
    Roles(Vec<Voice>),
}

/// What one role says of one action at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Voice {
    /// The role.
    pub role: Key<Role>,
    /// What it says there, or inherits; nothing, if it says nothing at the place or above.
    pub said: Option<Said>,
    /// What became of it.
    pub effect: Effect,
}

/// One right of a role, as it is found from a place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Said {
    /// What it says.
    pub what: Spoken,
    /// Where it says so.
    pub at: Place,
    /// Whether that is the place that was asked about, and not one that it lies in.
    pub explicit: bool,
}

/// What an explicit cell of a role says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Spoken {
    /// A right.
    Level {
        /// The level it is given at.
        level: Key<Level>,
        /// The relations that the level reaches.
        reaches: Vec<Relation>,
    },
    /// A transition to every stage of the same pipeline.
    LeadsAnywhere,
    /// A transition to these stages.
    LeadsTo(Vec<Place>),
}

/// What became of what a role says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// It took part: what counts unites.
    Counts,
    /// Other roles have rights nearer to the record, and only those count.
    Silenced {
        /// The rights that count instead.
        by: Vec<Cell>,
    },
    /// The role says nothing of the action here.
    SaysNothing,
}

/// One explicit cell of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cell {
    /// The role.
    pub role: Key<Role>,
    /// Where it says so.
    pub place: Place,
    /// What it says.
    pub what: Spoken,
}

/// The settings right of an entity, which includes some of its actions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettingsRight {
    /// The entity that it is a right of.
    pub entity: Key<Entity>,
    /// Its action.
    pub action: Key<Action>,
    /// Whether the viewer holds it.
    pub held: bool,
    /// The roles that give it to him.
    pub by: Vec<Key<Role>>,
}

/// Relations that suffice whatever the record's place says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// The relations.
    pub relations: Vec<Relation>,
    /// Whether the viewer holds the action anywhere in the entity, which they need.
    pub applies: bool,
    /// The roles that give it to him somewhere.
    pub by: Vec<Key<Role>>,
}

impl Basis {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Settings => "settings",
            Self::MovesFreely => "moves-freely",
            Self::Roles(_) => "roles",
        }
    }

    /// What the roles say, if they were asked.
    pub fn voices(&self) -> &[Voice] {
        match self {
            Self::Roles(voices) => voices,
            Self::Administrator | Self::Settings | Self::MovesFreely => &[],
        }
    }
}

impl Spoken {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Level { .. } => "level",
            Self::LeadsAnywhere => "leads-anywhere",
            Self::LeadsTo(_) => "leads-to",
        }
    }
}

impl Effect {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Silenced { .. } => "silenced",
            Self::SaysNothing => "says-nothing",
        }
    }
}
