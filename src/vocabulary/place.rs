//! Places: where a right can be set. An entity, a pipeline of it, or a stage of that.

use std::fmt;

use crate::key::{Handle, Key, Tag};
use crate::vocabulary::{Entity, Pipeline, Stage};

/// How fine a place is. Finer is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// A whole entity.
    Entity,
    /// One pipeline of an entity.
    Pipeline,
    /// One stage of a pipeline.
    Stage,
}

/// Where a right is set, and where a record is.
///
/// ```
/// use bailiwick::Place;
///
/// let won = Place::entity("deal").pipeline("general").stage("won");
/// assert_eq!(won.to_string(), "deal/general/won");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    entity: Key<Entity>,
    finer: Option<(Key<Pipeline>, Option<Key<Stage>>)>,
}

impl Place {
    /// The whole entity.
    pub fn entity(key: impl Into<Key<Entity>>) -> Self {
        Self { entity: key.into(), finer: None }
    }

    /// The pipeline of the same entity.
    #[must_use]
    pub fn pipeline(self, key: impl Into<Key<Pipeline>>) -> Self {
        Self { finer: Some((key.into(), None)), ..self }
    }

    /// The stage of the same pipeline. A stage needs a pipeline: without one the place stays what it was.
    #[must_use]
    pub fn stage(self, key: impl Into<Key<Stage>>) -> Self {
        Self { finer: self.finer.map(|(pipeline, _)| (pipeline, Some(key.into()))), ..self }
    }

    /// The key of the entity.
    pub fn entity_key(&self) -> &Key<Entity> {
        &self.entity
    }

    /// The key of the pipeline, if the place is that fine.
    pub fn pipeline_key(&self) -> Option<&Key<Pipeline>> {
        self.finer.as_ref().map(|(pipeline, _)| pipeline)
    }

    /// The key of the stage, if the place is that fine.
    pub fn stage_key(&self) -> Option<&Key<Stage>> {
        self.finer.as_ref().and_then(|(_, stage)| stage.as_ref())
    }

    /// How fine the place is.
    pub fn grain(&self) -> Grain {
        match self.finer {
            None => Grain::Entity,
            Some((_, None)) => Grain::Pipeline,
            Some((_, Some(_))) => Grain::Stage,
        }
    }

    /// The place and all that it lies in, the finest first.
    pub(crate) fn upward(&self) -> impl Iterator<Item = Self> {
        let entity = Self::entity(self.entity.clone());
        let pipeline = self.pipeline_key().map(|key| entity.clone().pipeline(key.clone()));
        let stage = self.stage_key().map(|_| self.clone());
        stage.into_iter().chain(pipeline).chain([entity])
    }

    pub(crate) fn tag(&self) -> Tag {
        let mut tag = self.entity.tag();
        for key in [self.pipeline_key().map(Key::text), self.stage_key().map(Key::text)].into_iter().flatten()
        {
            tag = tag.below(&key);
        }
        tag
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entity.fmt(f)?;
        if let Some(pipeline) = self.pipeline_key() {
            write!(f, "/{pipeline}")?;
        }
        if let Some(stage) = self.stage_key() {
            write!(f, "/{stage}")?;
        }
        Ok(())
    }
}

/// A place that is known when the program is compiled, as [`Name`](crate::Name) is for keys: the presets' entities and
/// stages. Stands wherever a [`Place`] or its handle is asked for.
///
/// ```
/// use bailiwick::{Place, PlaceName};
///
/// const INVOICE: PlaceName = PlaceName::entity("invoice");
/// const PAID: PlaceName = INVOICE.pipeline("general").stage("paid");
/// assert_eq!(Place::from(PAID).to_string(), "invoice/general/paid");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PlaceName {
    entity: &'static str,
    pipeline: Option<&'static str>,
    stage: Option<&'static str>,
    tag: Tag,
}

impl PlaceName {
    /// The whole entity.
    pub const fn entity(key: &'static str) -> Self {
        let tag = crate::key::Name::<Entity>::new(key).tag();
        Self { entity: key, pipeline: None, stage: None, tag }
    }

    /// The pipeline of the same entity.
    #[must_use]
    pub const fn pipeline(self, key: &'static str) -> Self {
        let tag = Self::entity(self.entity).tag.below(key);
        Self { entity: self.entity, pipeline: Some(key), stage: None, tag }
    }

    /// The stage of the same pipeline. A stage needs a pipeline: without one the place stays what it was.
    #[must_use]
    pub const fn stage(self, key: &'static str) -> Self {
        match self.pipeline {
            None => self,
            Some(pipeline) => {
                let above = Self::entity(self.entity).pipeline(pipeline);
                Self { stage: Some(key), tag: above.tag.below(key), ..above }
            }
        }
    }

    /// The key of the entity.
    pub const fn entity_key(self) -> &'static str {
        self.entity
    }
}

impl From<PlaceName> for Place {
    fn from(name: PlaceName) -> Self {
        let finer = name.pipeline.map(|pipeline| (Key::new(pipeline), name.stage.map(Key::new)));
        Self { entity: Key::new(name.entity), finer }
    }
}

impl From<&Place> for Place {
    fn from(place: &Place) -> Self {
        place.clone()
    }
}

impl From<PlaceName> for Handle<Place> {
    fn from(name: PlaceName) -> Self {
        Self::anywhere(name.tag)
    }
}

impl From<PlaceName> for Key<Entity> {
    fn from(name: PlaceName) -> Self {
        Self::new(name.entity)
    }
}

/// A bare key is the place of a whole entity.
impl From<&str> for Place {
    fn from(entity: &str) -> Self {
        Self::entity(entity)
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, PlaceName};

    #[test]
    fn a_constant_has_the_tag_of_its_place() {
        const ENTITY: PlaceName = PlaceName::entity("deal");
        const PIPELINE: PlaceName = ENTITY.pipeline("7");
        const STAGE: PlaceName = PIPELINE.stage("won");
        for name in [ENTITY, PIPELINE, STAGE, STAGE.pipeline("8"), STAGE.stage("lost"), ENTITY.stage("x")] {
            assert_eq!(Place::from(name).tag(), name.tag);
        }
        assert_eq!(ENTITY.stage("x").tag, ENTITY.tag, "a stage without a pipeline is no place");
        assert_ne!(PIPELINE.stage("won").tag, ENTITY.pipeline("7won").tag);
    }
}
