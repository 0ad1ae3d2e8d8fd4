//! The vocabulary.

use serde::{Deserialize, Serialize};

use super::feature::WireFeature;
use super::freedom::WireFreedom;
use super::ladder::WireLadder;
use super::relation::{Slots, WireRelation};
use super::{WireKey, is_default, is_false, keys, wire_keys};
use crate::audience::Operation;
use crate::document::flaw::{Flaw, each};
use crate::document::problem::DocumentProblemKind;
use crate::vocabulary::{
    Action, Circumstance, Entity, FeatureRule, Flag, Grain, Ladder, Level, Offer, Party, PartyRule, Pipeline,
    Principals, RightRef, Stage, Vocabulary,
};

/// A vocabulary in a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a vocabulary (an object)")]
pub(in crate::document) struct WireVocabulary {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parties: Vec<WireParty>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    flags: Vec<WireKey<Flag>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    levels: Vec<WireLevel>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    actions: Vec<WireKey<Action>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    entities: Vec<WireEntity>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    circumstances: Vec<WireKey<Circumstance>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ladders: Vec<WireLadder>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    features: Vec<WireFeature>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a party (an object)")]
struct WireParty {
    key: WireKey<Party>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    counts_for: Vec<WireRelation>,
    #[serde(default = "users", skip_serializing_if = "is_users")]
    principals: Vec<WirePrincipal>,
}

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    expecting = "who can be a party (\"users\", \"user_groups\" or \"departments\")"
)]
enum WirePrincipal {
    Users,
    UserGroups,
    Departments,
}

const PRINCIPALS: [(WirePrincipal, &str, Principals); 3] = [
    (WirePrincipal::Users, "users", Principals::USERS),
    (WirePrincipal::UserGroups, "user_groups", Principals::USER_GROUPS),
    (WirePrincipal::Departments, "departments", Principals::DEPARTMENTS),
];

fn users() -> Vec<WirePrincipal> {
    vec![WirePrincipal::Users]
}

fn is_users(principals: &[WirePrincipal]) -> bool {
    *principals == users()
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a level (an object)")]
struct WireLevel {
    key: WireKey<Level>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relations: Vec<WireRelation>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an entity (an object)")]
struct WireEntity {
    key: WireKey<Entity>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    offers: Vec<WireOffer>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pipelines: Vec<WirePipeline>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reads_by: Option<WireKey<Action>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    creates_by: Option<WireKey<Action>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updates_by: Option<WireKey<Action>>,
    #[serde(default, skip_serializing_if = "is_false")]
    admits_to_application: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    moves_freely: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    settings: Option<WireRightRef>,
    #[serde(default, skip_serializing_if = "WireFreedom::is_always")]
    administrators: WireFreedom,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an offer (an object with an `action`)")]
struct WireOffer {
    action: WireKey<Action>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    levels: Vec<WireKey<Level>>,
    #[serde(default, skip_serializing_if = "is_default")]
    finest: WireGrain,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    requires: Vec<WireKey<Action>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    standing: Vec<WireRelation>,
    #[serde(default, skip_serializing_if = "is_false")]
    by_settings: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    through: Vec<WireRightRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hosted_by: Option<WireKey<Operation>>,
    #[serde(default, skip_serializing_if = "is_false")]
    shareable: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "a grain (\"entity\", \"pipeline\" or \"stage\")")]
enum WireGrain {
    Entity,
    Pipeline,
    #[default]
    Stage,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a pipeline (an object)")]
struct WirePipeline {
    key: WireKey<Pipeline>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stages: Vec<WireKey<Stage>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a right (an object with an `entity` and an `action`)")]
pub(in crate::document) struct WireRightRef {
    entity: WireKey<Entity>,
    action: WireKey<Action>,
}

impl WireVocabulary {
    /// The vocabulary, unless it refers to parties or flags that it does not declare.
    pub(in crate::document) fn into_domain(self) -> Result<Vocabulary, Flaw> {
        let flags = keys(self.flags);
        let slots = Slots::new(self.parties.iter().map(|party| &party.key.0), &flags);
        Ok(Vocabulary {
            parties: each("parties", self.parties, |party| party.into_domain(&slots))?,
            levels: each("levels", self.levels, |level| level.into_domain(&slots))?,
            actions: keys(self.actions),
            entities: each("entities", self.entities, |entity| entity.into_domain(&slots))?,
            flags,
            circumstances: keys(self.circumstances),
            ladders: self.ladders.into_iter().map(Ladder::from).collect(),
            features: self.features.into_iter().map(FeatureRule::from).collect(),
        })
    }
}

impl From<&Vocabulary> for WireVocabulary {
    fn from(vocabulary: &Vocabulary) -> Self {
        let slots = Slots::new(vocabulary.parties.iter().map(|rule| &rule.key), &vocabulary.flags);
        Self {
            parties: vocabulary.parties.iter().map(|rule| WireParty::new(rule, &slots)).collect(),
            flags: wire_keys(&vocabulary.flags),
            levels: vocabulary.levels.iter().map(|level| WireLevel::new(level, &slots)).collect(),
            actions: wire_keys(&vocabulary.actions),
            entities: vocabulary.entities.iter().map(|entity| WireEntity::new(entity, &slots)).collect(),
            circumstances: wire_keys(&vocabulary.circumstances),
            ladders: vocabulary.ladders.iter().map(WireLadder::from).collect(),
            features: vocabulary.features.iter().map(WireFeature::from).collect(),
        }
    }
}

impl WireParty {
    fn into_domain(self, slots: &Slots) -> Result<PartyRule, Flaw> {
        let mut principals = Principals::empty();
        for (at, named) in self.principals.iter().enumerate() {
            for (_, word, one) in PRINCIPALS.into_iter().filter(|(wire, ..)| wire == named) {
                if principals.contains(one) {
                    let kind = DocumentProblemKind::Repeated { word: word.to_owned() };
                    return Err(Flaw::new(format!("/principals/{at}"), kind));
                }
                principals |= one;
            }
        }
        Ok(PartyRule { key: self.key.0, counts_for: slots.read("counts_for", &self.counts_for)?, principals })
    }

    fn new(rule: &PartyRule, slots: &Slots) -> Self {
        let named = PRINCIPALS.into_iter().filter(|(_, _, one)| rule.principals.contains(*one));
        Self {
            key: (&rule.key).into(),
            counts_for: slots.print(rule.counts_for),
            principals: named.map(|(wire, ..)| wire).collect(),
        }
    }
}

impl WireLevel {
    fn into_domain(self, slots: &Slots) -> Result<Level, Flaw> {
        Ok(Level { key: self.key.0, relations: slots.read("relations", &self.relations)? })
    }

    fn new(level: &Level, slots: &Slots) -> Self {
        Self { key: (&level.key).into(), relations: slots.print(level.relations) }
    }
}

impl WireEntity {
    fn into_domain(self, slots: &Slots) -> Result<Entity, Flaw> {
        Ok(Entity {
            key: self.key.0,
            offers: each("offers", self.offers, |offer| offer.into_domain(slots))?,
            pipelines: self.pipelines.into_iter().map(Pipeline::from).collect(),
            reads_by: self.reads_by.map(|key| key.0),
            creates_by: self.creates_by.map(|key| key.0),
            updates_by: self.updates_by.map(|key| key.0),
            admits_to_application: self.admits_to_application,
            moves_freely: self.moves_freely,
            settings: self.settings.map(RightRef::from),
            administrators: self.administrators.into(),
        })
    }

    fn new(entity: &Entity, slots: &Slots) -> Self {
        Self {
            key: (&entity.key).into(),
            offers: entity.offers.iter().map(|offer| WireOffer::new(offer, slots)).collect(),
            pipelines: entity.pipelines.iter().map(WirePipeline::from).collect(),
            reads_by: entity.reads_by.as_ref().map(WireKey::from),
            creates_by: entity.creates_by.as_ref().map(WireKey::from),
            updates_by: entity.updates_by.as_ref().map(WireKey::from),
            admits_to_application: entity.admits_to_application,
            moves_freely: entity.moves_freely,
            settings: entity.settings.as_ref().map(WireRightRef::from),
            administrators: (&entity.administrators).into(),
        }
    }
}

impl WireOffer {
    fn into_domain(self, slots: &Slots) -> Result<Offer, Flaw> {
        Ok(Offer {
            action: self.action.0,
            levels: keys(self.levels),
            finest: self.finest.into(),
            requires: keys(self.requires),
            standing: slots.read("standing", &self.standing)?,
            by_settings: self.by_settings,
            through: self.through.into_iter().map(RightRef::from).collect(),
            hosted_by: self.hosted_by.map(|key| key.0),
            shareable: self.shareable,
        })
    }

    fn new(offer: &Offer, slots: &Slots) -> Self {
        Self {
            action: (&offer.action).into(),
            levels: wire_keys(&offer.levels),
            finest: offer.finest.into(),
            requires: wire_keys(&offer.requires),
            standing: slots.print(offer.standing),
            by_settings: offer.by_settings,
            through: offer.through.iter().map(WireRightRef::from).collect(),
            hosted_by: offer.hosted_by.as_ref().map(WireKey::from),
            shareable: offer.shareable,
        }
    }
}

impl From<WireRightRef> for RightRef {
    fn from(wire: WireRightRef) -> Self {
        Self { entity: wire.entity.0, action: wire.action.0 }
    }
}

impl From<&RightRef> for WireRightRef {
    fn from(right: &RightRef) -> Self {
        Self { entity: (&right.entity).into(), action: (&right.action).into() }
    }
}

impl From<WirePipeline> for Pipeline {
    fn from(wire: WirePipeline) -> Self {
        Self { key: wire.key.0, stages: keys(wire.stages) }
    }
}

impl From<&Pipeline> for WirePipeline {
    fn from(pipeline: &Pipeline) -> Self {
        Self { key: (&pipeline.key).into(), stages: wire_keys(&pipeline.stages) }
    }
}

impl From<WireGrain> for Grain {
    fn from(wire: WireGrain) -> Self {
        match wire {
            WireGrain::Entity => Self::Entity,
            WireGrain::Pipeline => Self::Pipeline,
            WireGrain::Stage => Self::Stage,
        }
    }
}

impl From<Grain> for WireGrain {
    fn from(grain: Grain) -> Self {
        match grain {
            Grain::Entity => Self::Entity,
            Grain::Pipeline => Self::Pipeline,
            Grain::Stage => Self::Stage,
        }
    }
}
