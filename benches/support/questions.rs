//! Questions: who wants to do what with which record.
//!
//! A quarter of the records is the viewer's own, a quarter a colleague's of his department, a quarter somebody's right
//! below it, a quarter anybody's; one in eight is open. So no branch can guess the answer.

use bailiwick::{Action, Handle, Place, Record, Snapshot, User};

use crate::support::organisation::{
    ACTIONS, OPEN, Organisation, PIPELINE, STAGES, STAGES_EACH, entity_key, stage_key,
};
use crate::support::random::Random;

/// One question, in numbers.
#[derive(Clone, Copy)]
pub(crate) struct Question {
    pub(crate) user: usize,
    pub(crate) action: usize,
    pub(crate) owner: usize,
    pub(crate) stage: usize,
    pub(crate) open: bool,
}

/// The same question in handles.
#[derive(Clone, Copy)]
pub(crate) struct Handled {
    pub(crate) user: Handle<User>,
    pub(crate) action: Handle<Action>,
    pub(crate) record: Record<'static>,
}

/// The same question as a request handler has it: the user of the session, and a row of the database.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    pub(crate) user: i64,
    pub(crate) action: Handle<Action>,
    pub(crate) entity: Handle<Place>,
    /// Where the record is, looked up.
    pub(crate) place: Handle<Place>,
    pub(crate) stage: i64,
    pub(crate) owner: i64,
    pub(crate) open: bool,
}

/// So many questions about the organisation.
pub(crate) fn ask(organisation: &Organisation, count: usize) -> Vec<Question> {
    let mut random = Random::new(0x0a5c_0a5c);
    (0..count).map(|_| question(organisation, &mut random)).collect()
}

/// Fifty records that one user looks at, so many times.
pub(crate) fn pages(organisation: &Organisation, count: usize) -> Vec<Vec<Question>> {
    let mut random = Random::new(0x0009_a6e5);
    let mut page = |_| {
        let first = question(organisation, &mut random);
        let mut row = |_| record(organisation, first.user, first.action, &mut random);
        (0..50).map(&mut row).collect()
    };
    (0..count).map(&mut page).collect()
}

fn question(organisation: &Organisation, random: &mut Random) -> Question {
    let (user, action) = (random.below(organisation.size.users), random.below(ACTIONS.len()));
    record(organisation, user, action, random)
}

fn record(organisation: &Organisation, user: usize, action: usize, random: &mut Random) -> Question {
    let anybody = random.below(organisation.size.users);
    let department = organisation.people[user].department;
    let among = |random: &mut Random, department: usize| {
        let members = organisation.members.get(department).map(Vec::as_slice).unwrap_or_default();
        random.pick(members).copied().unwrap_or(anybody)
    };
    let owner = match random.below(4) {
        0 => user,
        1 => among(random, department),
        2 => {
            let below = department * 4 + 1 + random.below(4);
            among(random, below)
        }
        _ => anybody,
    };
    Question { user, action, owner, stage: random.below(STAGES), open: random.below(8) == 0 }
}

/// Looks everything up.
pub(crate) fn handles(snapshot: &Snapshot, organisation: &Organisation, asked: &[Question]) -> Vec<Handled> {
    let rows = rows(snapshot, organisation, asked);
    let handled = rows.iter().map(|row| Handled {
        user: snapshot.user(row.user).into(),
        action: row.action,
        record: Record::at(row.place).owner(snapshot.user(row.owner)).flag_if(OPEN, row.open),
    });
    handled.collect()
}

/// Looks up what a program looks up when it starts: the entities and actions, and here also the place.
pub(crate) fn rows(snapshot: &Snapshot, organisation: &Organisation, asked: &[Question]) -> Vec<Row> {
    let row = |question: &Question| {
        let entity = entity_key(question.stage / STAGES_EACH);
        let entity = snapshot.entity(entity.as_str()).expect("declared");
        let stage = stage_key(question.stage);
        Row {
            user: organisation.people[question.user].key,
            action: snapshot.action(ACTIONS[question.action]).expect("declared"),
            entity,
            place: snapshot.place(entity, PIPELINE, stage),
            stage,
            owner: organisation.people[question.owner].key,
            open: question.open,
        }
    };
    asked.iter().map(row).collect()
}
