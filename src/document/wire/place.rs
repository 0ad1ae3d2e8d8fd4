//! Places.

use serde::{Deserialize, Serialize};

use super::WireKey;
use crate::vocabulary::{Entity, Pipeline, Place, Stage};

/// A place in a document.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub(in crate::document) struct WirePlace(pub(in crate::document) Place);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a place (an object with an `entity`)")]
struct Parts {
    entity: WireKey<Entity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pipeline: Option<WireKey<Pipeline>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stage: Option<WireKey<Stage>>,
}

impl TryFrom<Parts> for WirePlace {
    type Error = &'static str;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        let entity = Place::entity(parts.entity.0);
        Ok(Self(match (parts.pipeline, parts.stage) {
            (None, None) => entity,
            (Some(pipeline), None) => entity.pipeline(pipeline.0),
            (Some(pipeline), Some(stage)) => entity.pipeline(pipeline.0).stage(stage.0),
            (None, Some(_)) => return Err("a place with a stage needs its pipeline too"),
        }))
    }
}

impl From<WirePlace> for Parts {
    fn from(WirePlace(place): WirePlace) -> Self {
        Self {
            entity: place.entity_key().into(),
            pipeline: place.pipeline_key().map(WireKey::from),
            stage: place.stage_key().map(WireKey::from),
        }
    }
}

impl From<&Place> for WirePlace {
    fn from(place: &Place) -> Self {
        Self(place.clone())
    }
}

pub(in crate::document) fn places(places: Vec<WirePlace>) -> Vec<Place> {
    places.into_iter().map(|place| place.0).collect()
}

pub(in crate::document) fn wire_places(places: &[Place]) -> Vec<WirePlace> {
    places.iter().map(WirePlace::from).collect()
}
