//! What must hold in every world, one law a test.
//!
//! `PROPTEST_CASES` says how many worlds each law is tried in. A law that fails prints the recipe of the smallest world
//! in which it does.

mod acl;
mod agreement;
mod apart;
pub(crate) mod changes;
mod circumstances;
mod consistency;
mod delegation;
mod digested;
mod hosts;
mod limits;
mod links;
mod mix;
pub(crate) mod naming;
pub(crate) mod presets;
mod questions;
mod roles;
mod shares;
mod simulated;
mod support;
mod until;

use bailiwick::{
    Access, Action, Flag, Handle, Key, Opening, Participant, Place, Policy, Principal, Record, Share,
    Snapshot, User, Vocabulary,
};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseResult, TestError, TestRunner};

use crate::generate::{World, worlds};
use crate::oracle::{On, Oracle, Thing};

/// How many worlds, unless `PROPTEST_CASES` says otherwise.
const WORLDS: u32 = 96;

/// Tries the law in many worlds.
#[track_caller]
pub(crate) fn in_every_world(law: impl Fn(&World, &Snapshot) -> TestCaseResult) {
    try_in(WORLDS, worlds(), law);
}

#[track_caller]
fn try_in(
    cases: u32,
    worlds: impl Strategy<Value = World>,
    law: impl Fn(&World, &Snapshot) -> TestCaseResult,
) {
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    let tried = TestRunner::new(config).run(&worlds, |world| {
        let snapshot = compile(&world);
        law(&world, &snapshot)
    });
    match tried {
        Ok(()) => {}
        Err(TestError::Fail(reason, world)) => panic!("{reason}\nin the world of {:?}", world.recipe),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

/// The world, frozen. Every other one without what is worked out beforehand: so each law holds for both ways to an answer.
pub(crate) fn compile(world: &World) -> Snapshot {
    let snapshot = digested(world);
    if world.recipe.seed.is_multiple_of(2) { snapshot.undigested() } else { snapshot }
}

pub(crate) fn digested(world: &World) -> Snapshot {
    Snapshot::compile(&world.policy, &world.directory)
        .unwrap_or_else(|problems| panic!("{problems}\nin the world of {:?}", world.recipe))
}

/// Who can ask: every user, somebody unknown, a visitor.
pub(crate) fn viewers(world: &World) -> Vec<Option<Key<User>>> {
    let known = world.directory.users.iter().map(|user| Some(user.key.clone()));
    known.chain([Some(Key::new("nobody")), None]).collect()
}

/// Everyone's view on every occasion of the world.
pub(crate) fn views(world: &World) -> impl Iterator<Item = (Option<Key<User>>, On)> {
    let viewers = viewers(world);
    world.occasions().into_iter().flat_map(move |on| viewers.clone().into_iter().map(move |who| (who, on)))
}

pub(crate) fn access<'s>(snapshot: &'s Snapshot, who: Option<&Key<User>>, on: On) -> Access<'s> {
    let access = match who {
        Some(key) => snapshot.access(snapshot.user(key), on.at),
        None => snapshot.anonymous_access(on.at),
    };
    access.in_circumstances(on.asserted.iter().map(|key| snapshot.circumstance(key)))
}

pub(crate) fn oracle<'w>(
    world: &'w World,
    who: Option<&Key<User>>,
    on: On,
) -> Result<Oracle<'w>, bailiwick::Denial> {
    Oracle::new(&world.policy, &world.directory, who, on)
}

/// Every action that there is, and one that there is not.
pub(crate) fn actions(policy: &Policy) -> Vec<Key<Action>> {
    policy.vocabulary.actions.iter().cloned().chain([Key::new("no action")]).collect()
}

/// Every place that there is.
pub(crate) fn places(vocabulary: &Vocabulary) -> Vec<Place> {
    let mut places = Vec::new();
    for entity in &vocabulary.entities {
        let above = Place::entity(&entity.key);
        places.push(above.clone());
        for pipeline in &entity.pipelines {
            let above = above.clone().pipeline(&pipeline.key);
            places.extend(pipeline.stages.iter().map(|stage| above.clone().stage(stage)));
            places.push(above);
        }
    }
    places
}

pub(crate) fn handle(snapshot: &Snapshot, place: &Place) -> Handle<Place> {
    snapshot.place(snapshot.entity(place.entity_key()), place.pipeline_key(), place.stage_key())
}

/// A thing's keys, looked up in a snapshot.
pub(crate) struct Bound {
    place: Handle<Place>,
    owner: Handle<User>,
    participants: Vec<Participant>,
    flags: Vec<Flag>,
    openings: &'static [Opening<'static>],
}

impl Bound {
    fn new(snapshot: &Snapshot, thing: &Thing) -> Self {
        let entity = snapshot.entity(&thing.entity);
        let participants = thing.others.iter().map(|(party, who)| match who {
            Principal::User(key) => party.is(snapshot.user(key)),
            Principal::UserGroup(key) => party.is_group(snapshot.user_group(key)),
            Principal::Department(key) => party.is_department(snapshot.department(key)),
        });
        Self {
            place: snapshot.place(entity, thing.pipeline.as_ref(), thing.stage.as_ref()),
            owner: snapshot.user(thing.owner.as_ref()).into(),
            participants: participants.collect(),
            flags: thing.flags.clone(),
            openings: Self::openings(snapshot, thing).leak(),
        }
    }

    fn openings(snapshot: &Snapshot, thing: &Thing) -> Vec<Opening<'static>> {
        let links = thing.links.iter().map(|link| Self::linked(snapshot, link));
        let shares = thing.shares.iter().map(|(with, actions)| {
            let actions = actions.iter().map(|action| Handle::from(snapshot.action(action)));
            Opening::Shared(Share::new(snapshot.grantee(with), actions.collect::<Vec<_>>().leak()))
        });
        let hosts = thing.hosts.iter().map(|group| Opening::Hosted(snapshot.social_group(group).into()));
        links.chain(hosts).chain(shares).collect()
    }

    /// For the life of the tests, so that a record can be had for the asking.
    fn linked(snapshot: &Snapshot, thing: &Thing) -> Opening<'static> {
        let bound: &'static Self = Box::leak(Box::new(Self::new(snapshot, thing)));
        Opening::Linked(Box::leak(Box::new(bound.record())))
    }

    pub(crate) fn record(&self) -> Record<'_> {
        let record = Record::at(self.place).owner(self.owner).participants(&self.participants);
        let record = record.openings(self.openings);
        self.flags.iter().fold(record, |record, flag| record.flag(*flag))
    }
}

pub(crate) fn bind(snapshot: &Snapshot, things: &[Thing]) -> Vec<Bound> {
    things.iter().map(|thing| Bound::new(snapshot, thing)).collect()
}
