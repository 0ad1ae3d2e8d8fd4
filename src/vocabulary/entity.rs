//! Entities: the kinds of record, with the actions they admit and the pipelines they move through.

use crate::audience::Operation;
use crate::key::Key;
use crate::vocabulary::{Action, Circumstance, Grain, Level, Relations};

/// A kind of record (deal, ticket, folder) or an area without records (settings).
///
/// `reads_by`, `creates_by` and `updates_by` say which of its actions the questions of those names ask for: entering needs
/// the reading action anywhere in the entity, [`Access::create`](crate::Access::create) the creating one,
/// [`Access::relocate`](crate::Access::relocate) and reassigning the updating one. What is not named is denied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entity {
    /// Its key.
    pub key: Key<Entity>,
    /// The actions it admits, each with the levels on offer.
    pub offers: Vec<Offer>,
    /// Its pipelines.
    pub pipelines: Vec<Pipeline>,
    /// The action that reading is.
    pub reads_by: Option<Key<Action>>,
    /// The action that creating is.
    pub creates_by: Option<Key<Action>>,
    /// The action that updating, moving and reassigning is.
    pub updates_by: Option<Key<Action>>,
    /// Whether reading anything here lets a user into the application (section 2.9 of the rights model).
    pub admits_to_application: bool,
    /// Whether a record may be moved to any stage by whoever may update it. Otherwise a transition right is needed, and
    /// where no role says anything of transitions there is no move (section 2.7).
    pub moves_freely: bool,
    /// The settings right: whoever holds it anywhere also holds the offers that say so, and every transition, but no
    /// right over any record (section 2.8).
    pub settings: Option<RightRef>,
    /// Whether administrators are free here.
    pub administrators: Freedom,
}

/// Where an administrator is *free*: allowed everything, whatever his roles say. Where he is not, he is a user like any other, by
/// his own roles and relations, and nothing that is his own is closed to him.
///
/// Bitrix24 asks for its *admin mode* in social matters (foreign groups, the feed, calendars and disks of others), does not ask
/// for it in CRM, tasks, telephony and open lines, and keeps private chats and network accounts closed even to administrators
/// (section 9 of the rights model).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Freedom {
    /// He is free.
    #[default]
    Always,
    /// He is free in this circumstance, and otherwise bound.
    When(Key<Circumstance>),
    /// He is bound like everybody.
    Never,
}

/// An action of an entity, named from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RightRef {
    /// The entity.
    pub entity: Key<Entity>,
    /// Its action.
    pub action: Key<Action>,
}

/// An action that an entity admits: what an administrator may choose for it, and on what else it depends.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Offer {
    /// The action.
    pub action: Key<Action>,
    /// The levels that may be chosen. A right at any other level is a problem.
    pub levels: Vec<Key<Level>>,
    /// The finest place where the right may be set.
    pub finest: Grain,
    /// Actions of the same entity that are needed as well, on the same record. They may have prerequisites of their own.
    pub requires: Vec<Key<Action>>,
    /// Relations that suffice for whoever holds the action *anywhere* in the entity, whatever the record's stage says:
    /// observers, always-readable records (section 2.4, step 3).
    pub standing: Relations,
    /// Whether the entity's settings right includes this action, with every record.
    pub by_settings: bool,
    /// Rights over records that are linked to one of this entity: whoever may do one of these with such a record may do this
    /// with the one that it is linked to. It only adds (section 5 of the rights model: conversations and the deals they are
    /// about).
    pub through: Vec<RightRef>,
    /// The operation of social groups that opens this action with records that a group hosts: to whoever is in the group's
    /// audience for it. It only adds (section 8 of the rights model: tasks, files and calendar of a group).
    pub hosted_by: Option<Key<Operation>>,
    /// Whether a single record can be shared for this action, by [`Opening::Shared`](crate::Opening::Shared). It only adds.
    pub shareable: bool,
}

/// An ordered list of stages.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pipeline {
    /// Its key, unique in the entity.
    pub key: Key<Pipeline>,
    /// The keys of its stages, each unique in the pipeline.
    pub stages: Vec<Key<Stage>>,
}

/// Marks the keys of stages ("new", "won").
#[derive(Debug)]
pub enum Stage {}

impl Entity {
    /// An entity that admits nothing yet.
    pub fn new(key: impl Into<Key<Entity>>) -> Self {
        Self {
            key: key.into(),
            offers: Vec::new(),
            pipelines: Vec::new(),
            reads_by: None,
            creates_by: None,
            updates_by: None,
            admits_to_application: false,
            moves_freely: false,
            settings: None,
            administrators: Freedom::Always,
        }
    }

    /// Admits an action.
    #[must_use]
    pub fn offer(mut self, offer: Offer) -> Self {
        self.offers.push(offer);
        self
    }

    /// Adds a pipeline.
    #[must_use]
    pub fn pipeline(mut self, pipeline: Pipeline) -> Self {
        self.pipelines.push(pipeline);
        self
    }

    /// Says which action reading is.
    #[must_use]
    pub fn reads_by(mut self, action: impl Into<Key<Action>>) -> Self {
        self.reads_by = Some(action.into());
        self
    }

    /// Says which action creating is.
    #[must_use]
    pub fn creates_by(mut self, action: impl Into<Key<Action>>) -> Self {
        self.creates_by = Some(action.into());
        self
    }

    /// Says which action updating is.
    #[must_use]
    pub fn updates_by(mut self, action: impl Into<Key<Action>>) -> Self {
        self.updates_by = Some(action.into());
        self
    }

    /// Makes reading anything here enough to enter the application.
    #[must_use]
    pub fn admits_to_application(mut self) -> Self {
        self.admits_to_application = true;
        self
    }

    /// Lets whoever may update a record move it to any stage.
    #[must_use]
    pub fn moves_freely(mut self) -> Self {
        self.moves_freely = true;
        self
    }

    /// Names the settings right of this entity.
    #[must_use]
    pub fn settings(mut self, entity: impl Into<Key<Entity>>, action: impl Into<Key<Action>>) -> Self {
        self.settings = Some(RightRef { entity: entity.into(), action: action.into() });
        self
    }

    /// Leaves administrators free here only in this circumstance, such as an admin mode that they switch on.
    #[must_use]
    pub fn frees_administrators_when(mut self, circumstance: impl Into<Key<Circumstance>>) -> Self {
        self.administrators = Freedom::When(circumstance.into());
        self
    }

    /// Binds administrators here as everybody else.
    #[must_use]
    pub fn binds_administrators(mut self) -> Self {
        self.administrators = Freedom::Never;
        self
    }
}

impl Offer {
    /// The offer of this action: no levels yet, to be set on any place, without prerequisites.
    pub fn new(action: impl Into<Key<Action>>) -> Self {
        Self {
            action: action.into(),
            levels: Vec::new(),
            finest: Grain::Stage,
            requires: Vec::new(),
            standing: Relations::empty(),
            by_settings: false,
            through: Vec::new(),
            hosted_by: None,
            shareable: false,
        }
    }

    /// Puts levels on offer.
    #[must_use]
    pub fn levels<K: Into<Key<Level>>>(mut self, levels: impl IntoIterator<Item = K>) -> Self {
        self.levels.extend(levels.into_iter().map(Into::into));
        self
    }

    /// Allows the right to be set on places up to this fine.
    #[must_use]
    pub fn finest(mut self, grain: Grain) -> Self {
        self.finest = grain;
        self
    }

    /// Adds a prerequisite.
    #[must_use]
    pub fn requires(mut self, action: impl Into<Key<Action>>) -> Self {
        self.requires.push(action.into());
        self
    }

    /// Makes these relations suffice for whoever holds the action anywhere in the entity.
    #[must_use]
    pub fn standing(mut self, relations: Relations) -> Self {
        self.standing |= relations;
        self
    }

    /// Includes the action in the entity's settings right.
    #[must_use]
    pub fn by_settings(mut self) -> Self {
        self.by_settings = true;
        self
    }

    /// Opens the action through linked records: to whoever may do that action with a record of that entity which is linked to
    /// the one that is asked about.
    ///
    /// ```
    /// use bailiwick::{Entity, Offer};
    ///
    /// let conversation = Entity::new("conversation")
    ///     .offer(Offer::new("join").levels(["own", "all"]).through("deal", "read").through("lead", "read"));
    /// assert_eq!(conversation.offers[0].through.len(), 2);
    /// ```
    #[must_use]
    pub fn through(mut self, entity: impl Into<Key<Entity>>, action: impl Into<Key<Action>>) -> Self {
        self.through.push(RightRef { entity: entity.into(), action: action.into() });
        self
    }

    /// Opens the action with records that a social group hosts, to whoever is in the group's audience for the operation.
    ///
    /// ```
    /// use bailiwick::{Entity, Offer};
    ///
    /// let task = Entity::new("task").offer(Offer::new("read").levels(["own", "all"]).hosted_by("tasks.view_all"));
    /// assert!(task.offers[0].hosted_by.is_some());
    /// ```
    #[must_use]
    pub fn hosted_by(mut self, operation: impl Into<Key<Operation>>) -> Self {
        self.hosted_by = Some(operation.into());
        self
    }

    /// Lets single records be shared for the action, with people who have no right to them otherwise. What is not shareable no share
    /// opens, whatever it says.
    ///
    /// ```
    /// use bailiwick::{Entity, Offer};
    ///
    /// let report = Entity::new("report")
    ///     .offer(Offer::new("read").levels(["own", "all"]).shareable())
    ///     .offer(Offer::new("delete").levels(["own", "all"]));
    /// assert_eq!(report.offers.iter().map(|offer| offer.shareable).collect::<Vec<_>>(), [true, false]);
    /// ```
    #[must_use]
    pub fn shareable(mut self) -> Self {
        self.shareable = true;
        self
    }
}

impl Pipeline {
    /// A pipeline with these stages, in order.
    pub fn new<K: Into<Key<Stage>>>(
        key: impl Into<Key<Pipeline>>,
        stages: impl IntoIterator<Item = K>,
    ) -> Self {
        Self { key: key.into(), stages: stages.into_iter().map(Into::into).collect() }
    }
}
