//! Where rights are set: entities, pipelines and stages, numbered, with the way up.
//!
//! Positions: all entities, then all pipelines, then all stages, each in the order of the vocabulary.

use crate::index::{Ix, IxVec, Names, Tags};
use crate::key::{Handle, Key, KeyRef, Tag};
use crate::snapshot::names::Declared;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};
use crate::snapshot::rights::Nearness;
use crate::vocabulary::{Entity, Grain, MAX_PLACES, Pipeline, Place, Stage, Vocabulary};

/// The places of a vocabulary.
#[derive(Debug)]
pub(crate) struct Places {
    entities: Names<Entity>,
    pipelines: IxVec<Entity, Branch<Pipeline>>,
    stages: IxVec<Pipeline, Branch<Stage>>,
    nodes: IxVec<Place, Node>,
    labels: IxVec<Place, Label>,
    by_tag: Tags<Place>,
}

/// The places right below another: consecutive, the first at `first`.
#[derive(Debug)]
struct Branch<T> {
    first: u32,
    names: Names<T>,
}

impl<T> Branch<T> {
    fn find(&self, key: KeyRef<'_>) -> Option<Ix<Place>> {
        Some(Ix::new(self.first + self.names.find(key)?.position()))
    }

    fn places(&self) -> impl Iterator<Item = Ix<Place>> + use<T> {
        (self.first..).map(Ix::new).take(self.names.len())
    }
}

#[derive(Debug)]
struct Node {
    path: Place,
    parent: Option<Ix<Place>>,
}

/// What every question needs of its place, apart from the rest so that it is one small load.
#[derive(Clone, Copy, Debug)]
struct Label {
    tag: Tag,
    entity: Ix<Entity>,
}

impl Places {
    pub(crate) fn compile(vocabulary: &Vocabulary, findings: &mut Findings) -> Self {
        let entities =
            Declared { part: Part::Vocabulary, noun: Noun::Entity, list: "/entities", key: "/key" }
                .number(vocabulary.entities.iter().map(|entity| &entity.key), findings);
        let mut places = Self {
            pipelines: IxVec::default(),
            stages: IxVec::default(),
            nodes: IxVec::default(),
            labels: IxVec::default(),
            by_tag: Tags::new(&IxVec::default()),
            entities: Names::default(),
        };
        for (entity, key) in entities.iter() {
            places.add_node(Place::entity(key.clone()), entity, None);
        }
        places.entities = entities;
        for (of, entity) in vocabulary.entities.iter().enumerate() {
            places.add_pipelines(of, entity, findings);
        }
        for (of, entity) in vocabulary.entities.iter().enumerate() {
            places.add_stages(of, entity, findings);
        }
        findings.limit(Part::Vocabulary, "/entities", Noun::Place, MAX_PLACES, places.nodes.len());
        places.by_tag = Tags::new(&places.labels.values().iter().map(|label| label.tag).collect());
        places
    }

    fn add_pipelines(&mut self, of: usize, entity: &Entity, findings: &mut Findings) {
        let list = format!("/entities/{of}/pipelines");
        let names = Declared { part: Part::Vocabulary, noun: Noun::Pipeline, list: &list, key: "/key" }
            .number(entity.pipelines.iter().map(|pipeline| &pipeline.key), findings);
        let parent = Ix::from_count(of);
        let first = self.add_nodes(parent, &names, |above, key| above.pipeline(key));
        self.pipelines.push(Branch { first, names });
    }

    fn add_stages(&mut self, of: usize, entity: &Entity, findings: &mut Findings) {
        for (at, pipeline) in entity.pipelines.iter().enumerate() {
            let list = format!("/entities/{of}/pipelines/{at}/stages");
            let names = Declared { part: Part::Vocabulary, noun: Noun::Stage, list: &list, key: "" }
                .number(pipeline.stages.iter(), findings);
            let parent = Ix::from_count(self.entities.len() + self.stages.len());
            let first = self.add_nodes(parent, &names, |above, key| above.stage(key));
            self.stages.push(Branch { first, names });
        }
    }

    fn add_nodes<T>(
        &mut self,
        parent: Ix<Place>,
        names: &Names<T>,
        path: impl Fn(Place, &Key<T>) -> Place,
    ) -> u32 {
        let first = Ix::<Place>::from_count(self.nodes.len()).position();
        let Some(above) = self.path(parent).cloned() else { return first };
        let entity = self.entity(parent);
        for (_, key) in names.iter() {
            self.add_node(path(above.clone(), key), entity, Some(parent));
        }
        first
    }

    fn add_node(&mut self, path: Place, entity: Ix<Entity>, parent: Option<Ix<Place>>) {
        self.labels.push(Label { tag: path.tag(), entity });
        self.nodes.push(Node { path, parent });
    }

    #[inline]
    pub(crate) fn accept(&self, handle: Handle<Place>) -> Option<Ix<Place>> {
        let ix = Ix::new(handle.position);
        let known = self.labels.get(ix).is_some_and(|label| label.tag == handle.tag);
        if known { Some(ix) } else { self.by_tag.find(handle.tag) }
    }

    pub(crate) fn handle(&self, ix: Ix<Place>) -> Handle<Place> {
        self.labels.get(ix).map_or(Handle::unknown(), |label| Handle::new(ix.position(), label.tag))
    }

    pub(crate) fn entity_place(&self, key: KeyRef<'_>) -> Option<Ix<Place>> {
        self.entities.find(key).map(|entity| self.whole(entity))
    }

    /// The place that a whole entity is.
    pub(crate) fn whole(&self, entity: Ix<Entity>) -> Ix<Place> {
        Ix::new(entity.position())
    }

    pub(crate) fn entity_key(&self, entity: Ix<Entity>) -> Option<&Key<Entity>> {
        self.entities.key(entity)
    }

    /// The finest known place that the keys lead to below the entity.
    pub(crate) fn below(&self, entity: Ix<Place>, pipeline: KeyRef<'_>, stage: KeyRef<'_>) -> Ix<Place> {
        let Some(pipeline) = self.pipelines.get(self.entity(entity)).and_then(|branch| branch.find(pipeline))
        else {
            return entity;
        };
        self.branch(pipeline).and_then(|branch| branch.find(stage)).unwrap_or(pipeline)
    }

    /// The place, if all of its keys are known.
    pub(crate) fn exact(&self, place: &Place) -> Option<Ix<Place>> {
        let entity = self.entity_place(place.entity_key().borrow())?;
        let Some(pipeline) = place.pipeline_key() else { return Some(entity) };
        let pipeline = self.pipelines.get(self.entity(entity))?.find(pipeline.borrow())?;
        let Some(stage) = place.stage_key() else { return Some(pipeline) };
        self.branch(pipeline)?.find(stage.borrow())
    }

    /// The number of a place of a policy; what of it is unknown is reported with its own noun.
    pub(crate) fn read(&self, place: &Place, pointer: &str, findings: &mut Findings) -> Option<Ix<Place>> {
        let found = self.exact(place);
        if found.is_none() {
            let entity = Place::entity(place.entity_key());
            let pipeline = place.pipeline_key().map(|key| entity.clone().pipeline(key));
            let (noun, key) = if self.exact(&entity).is_none() {
                (Noun::Entity, place.entity_key().to_string())
            } else if pipeline.as_ref().is_some_and(|pipeline| self.exact(pipeline).is_none()) {
                (Noun::Pipeline, place.to_string())
            } else {
                (Noun::Stage, place.to_string())
            };
            findings.add(Part::Policy, pointer, ProblemKind::Unknown { noun, key });
        }
        found
    }

    /// The entity of the place; an unknown place has an unknown entity.
    #[inline]
    pub(crate) fn entity(&self, place: Ix<Place>) -> Ix<Entity> {
        self.labels.get(place).map_or(Ix::new(u32::MAX), |label| label.entity)
    }

    #[inline]
    pub(crate) fn parent(&self, place: Ix<Place>) -> Option<Ix<Place>> {
        self.nodes.get(place).and_then(|node| node.parent)
    }

    /// The place and all that it lies in, the finest first.
    pub(crate) fn upward(&self, place: Ix<Place>) -> impl Iterator<Item = Ix<Place>> {
        std::iter::successors(Some(place), |place| self.parent(*place))
    }

    /// How near to a record something is said that is said at this place.
    pub(crate) fn nearness(&self, place: Ix<Place>) -> u8 {
        self.nodes.get(place).map_or(0, |node| Nearness::from(node.path.grain()) as u8)
    }

    /// The pipeline that the place is in or is.
    pub(crate) fn pipeline(&self, place: Ix<Place>) -> Option<Ix<Place>> {
        self.upward(place).find(|place| self.branch(*place).is_some())
    }

    pub(crate) fn is_stage(&self, place: Ix<Place>) -> bool {
        self.nodes.get(place).is_some_and(|node| node.path.grain() == Grain::Stage)
    }

    /// All pipelines of the entity that the place is in, in order.
    pub(crate) fn pipelines(&self, place: Ix<Place>) -> impl Iterator<Item = Ix<Place>> {
        self.pipelines.get(self.entity(place)).into_iter().flat_map(Branch::places)
    }

    /// All stages of a pipeline, in order.
    pub(crate) fn stages_of(&self, pipeline: Ix<Place>) -> impl Iterator<Item = Ix<Place>> {
        self.branch(pipeline).into_iter().flat_map(Branch::places)
    }

    /// All stages of the entity that the place is in, in order.
    pub(crate) fn stages(&self, place: Ix<Place>) -> impl Iterator<Item = Ix<Place>> {
        self.pipelines(place).flat_map(|pipeline| self.stages_of(pipeline))
    }

    /// Everywhere that a record of the entity can be: the entity itself, its pipelines, their stages.
    pub(crate) fn of_entity(&self, entity: Ix<Place>) -> impl Iterator<Item = Ix<Place>> {
        std::iter::once(entity).chain(self.pipelines(entity)).chain(self.stages(entity))
    }

    /// The stages with this key in the pipeline, or in all pipelines of the entity.
    pub(crate) fn stages_with_key(&self, within: Ix<Place>, key: KeyRef<'_>) -> Vec<Ix<Place>> {
        let pipelines: Vec<_> = match self.pipeline(within) {
            Some(pipeline) => vec![pipeline],
            None => self.pipelines.get(self.entity(within)).into_iter().flat_map(Branch::places).collect(),
        };
        pipelines.into_iter().filter_map(|pipeline| self.branch(pipeline)?.find(key)).collect()
    }

    pub(crate) fn path(&self, place: Ix<Place>) -> Option<&Place> {
        self.nodes.get(place).map(|node| &node.path)
    }

    pub(crate) fn entity_count(&self) -> usize {
        self.entities.len()
    }

    pub(crate) fn positions(&self) -> impl Iterator<Item = Ix<Place>> + use<> {
        self.nodes.positions()
    }

    /// The stages of a pipeline; nothing for a place that is none.
    fn branch(&self, pipeline: Ix<Place>) -> Option<&Branch<Stage>> {
        let number = pipeline.as_usize().checked_sub(self.entities.len())?;
        self.stages.get(Ix::from_count(number))
    }
}
