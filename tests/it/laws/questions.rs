//! Questions as values, so that the same ones can be put to several snapshots.

use bailiwick::{Action, Creation, Decision, Denial, Entity, Key, Place, Snapshot, User};

use crate::generate::World;
use crate::laws::{access, actions, bind, handle, places, views};
use crate::oracle::On;

/// Who asks what, and when.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) who: Option<Key<User>>,
    pub(crate) on: On,
    pub(crate) what: What,
}

/// A question; records by their number among a world's things.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Check(Key<Action>, usize),
    Create(Place),
    Relocate(usize, Place),
    Reassign(usize),
    Enter(Key<Entity>),
    EnterApplication,
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Decision(Decision),
    Creation(Creation),
}

impl Answer {
    pub(crate) fn is_allowed(&self) -> bool {
        self.denial().is_none()
    }

    pub(crate) fn denial(&self) -> Option<Denial> {
        match self {
            Self::Decision(Decision::Allowed) | Self::Creation(Creation::Allowed(_)) => None,
            Self::Decision(Decision::Denied(denial)) | Self::Creation(Creation::Denied(denial)) => {
                Some(*denial)
            }
        }
    }
}

/// Everything that can be asked in a world; of moves, those within the record's entity and one out of it.
pub(crate) fn questions(world: &World) -> Vec<Question> {
    let vocabulary = &world.policy.vocabulary;
    let places = places(vocabulary);
    let mut whats = vec![What::EnterApplication];
    whats.extend(vocabulary.entities.iter().map(|entity| What::Enter(entity.key.clone())));
    whats.extend(places.iter().cloned().map(What::Create));
    for (number, thing) in world.things.iter().enumerate() {
        whats.push(What::Reassign(number));
        whats.extend(actions(&world.policy).into_iter().map(|action| What::Check(action, number)));
        let near = places.iter().filter(|place| *place.entity_key() == thing.entity);
        let far = places.iter().rev().find(|place| *place.entity_key() != thing.entity);
        whats.extend(near.chain(far).map(|place| What::Relocate(number, place.clone())));
    }
    let ask = |(who, on): (Option<Key<User>>, On)| {
        whats.iter().map(move |what| Question { who: who.clone(), on, what: what.clone() })
    };
    views(world).flat_map(ask).collect()
}

/// The snapshot's answers, with the questions' records as this world describes them.
pub(crate) fn answers(world: &World, snapshot: &Snapshot, questions: &[Question]) -> Vec<Answer> {
    let records = bind(snapshot, &world.things);
    let answer = |question: &Question| {
        let access = access(snapshot, question.who.as_ref(), question.on);
        let record = |number: usize| records[number].record();
        match &question.what {
            What::Check(action, of) => Answer::Decision(access.check(snapshot.action(action), &record(*of))),
            What::Create(place) => Answer::Creation(access.create(handle(snapshot, place))),
            What::Relocate(of, to) => Answer::Decision(access.relocate(&record(*of), handle(snapshot, to))),
            What::Reassign(of) => Answer::Decision(access.may_reassign(&record(*of))),
            What::Enter(entity) => Answer::Decision(access.enters(snapshot.entity(entity))),
            What::EnterApplication => Answer::Decision(access.enters_application()),
        }
    };
    questions.iter().map(answer).collect()
}
