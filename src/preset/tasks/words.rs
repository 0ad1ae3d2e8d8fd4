//! The vocabulary of tasks: its levels, which are what sets of permissions come to, and its entities.

use crate::key::Name;
use crate::preset::tasks::{ACCOMPLICE, AUDITOR};
use crate::preset::tasks::{
    ADD_CHECKLISTS, ASSIGN_OTHERS, ASSIGNEE, CHANGE_RESPONSIBLE, CREATE, DELEGATE, DELETE, DIRECTOR, EDIT,
    EDIT_CHECKLISTS, EXPORT, FLOW, GIVE, GROUP_MATE, GUEST, IMPORT, MEMBER, PERSON, READ, RESPONSIBLE,
    ROBOTS, SELF_ASSIGNED, SETTINGS, TASK, TEMPLATE, VIEW,
};
use crate::vocabulary::{
    Action, Entity, Grain, Level, Offer, PartyRule, Pipeline, PlaceName, Relations, Vocabulary,
};

pub(super) const ACTIONS: [Name<Action>; 13] = [
    READ,
    CREATE,
    EDIT,
    DELETE,
    DELEGATE,
    ASSIGN_OTHERS,
    EDIT_CHECKLISTS,
    ADD_CHECKLISTS,
    CHANGE_RESPONSIBLE,
    GIVE,
    EXPORT,
    IMPORT,
    VIEW,
];

/// What is a part of editing: whoever may edit a task may do these with it.
pub const PARTS: [Name<Action>; 5] =
    [DELEGATE, ASSIGN_OTHERS, EDIT_CHECKLISTS, ADD_CHECKLISTS, CHANGE_RESPONSIBLE];

const RESPONSIBLE_IS: Relations = RESPONSIBLE.relation();
const DIRECTOR_IS: Relations = DIRECTOR.relation();
const DEPARTMENT: Relations = Relations::DEPARTMENT;
const ELSEWHERE: Relations = Relations::ELSEWHERE;
const OWN_HEADS: Relations = Relations::OWN_HEADS;
const PEERS: Relations = Relations::PEERS;
const OTHER_HEADS: Relations = Relations::OTHER_HEADS;
const OTHERS: Relations = Relations::OTHER_EMPLOYEES;

/// Being bound to a task in any way.
const MEMBER_IS: Relations =
    DIRECTOR_IS.union(RESPONSIBLE_IS).union(ACCOMPLICE.relation()).union(AUDITOR.relation());
const FLAGGED: Relations = GUEST.relation().union(MEMBER.relation()).union(GROUP_MATE.relation());

type Reach = (Name<Level>, Relations);

const fn level(key: &'static str, relations: Relations) -> Reach {
    (Name::new(key), relations)
}

/// Everything: also what "in my department" and "not in my department" come to together.
pub(super) const ALL: Reach = level("all", Relations::ALWAYS);

/// What needs no permission.
pub(super) const INVOLVED: Reach = level("involved", MEMBER_IS.union(Relations::INVOLVES_SUBORDINATES));
pub(super) const DIRECTED: Reach = level("directed", DIRECTOR_IS.union(Relations::SUBORDINATES));
pub(super) const DIRECTED_BELOW: Reach = level("directed_below", Relations::SUBORDINATES);
pub(super) const SELF_ASSIGNED_OR_BELOW: Reach =
    level("self_assigned_or_directed_below", SELF_ASSIGNED.relation().union(Relations::SUBORDINATES));
pub(super) const CLOSE: Reach =
    level("close", PERSON.relation().union(Relations::SUBORDINATES).union(FLAGGED));
pub(super) const MADE: Reach = level("director", DIRECTOR_IS);

/// What permissions to see, edit and delete come to.
pub(super) const OF_TASKS: [Reach; 9] = [
    level("responsible", RESPONSIBLE_IS),
    MADE,
    level("department", DEPARTMENT),
    level("elsewhere", ELSEWHERE),
    ALL,
    level("responsible_and_department", RESPONSIBLE_IS.union(DEPARTMENT)),
    level("responsible_and_elsewhere", RESPONSIBLE_IS.union(ELSEWHERE)),
    level("director_and_department", DIRECTOR_IS.union(DEPARTMENT)),
    level("director_and_elsewhere", DIRECTOR_IS.union(ELSEWHERE)),
];

/// What permissions to give tasks come to.
pub(super) const OF_GIVING: [Reach; 15] = [
    level("own_heads", OWN_HEADS),
    level("peers", PEERS),
    level("other_heads", OTHER_HEADS),
    level("other_employees", OTHERS),
    level("own_department", OWN_HEADS.union(PEERS)),
    level("heads", OWN_HEADS.union(OTHER_HEADS)),
    level("own_heads_and_other_employees", OWN_HEADS.union(OTHERS)),
    level("peers_and_other_heads", PEERS.union(OTHER_HEADS)),
    level("peers_and_other_employees", PEERS.union(OTHERS)),
    level("other_departments", OTHER_HEADS.union(OTHERS)),
    level("own_department_and_other_heads", OWN_HEADS.union(PEERS).union(OTHER_HEADS)),
    level("own_department_and_other_employees", OWN_HEADS.union(PEERS).union(OTHERS)),
    level("own_heads_and_other_departments", OWN_HEADS.union(OTHER_HEADS).union(OTHERS)),
    level("peers_and_other_departments", PEERS.union(OTHER_HEADS).union(OTHERS)),
    level("every_department", Relations::BY_SEAT),
];

const OF_EVERYBODY: [Reach; 5] = [INVOLVED, DIRECTED, DIRECTED_BELOW, SELF_ASSIGNED_OR_BELOW, CLOSE];

/// The level that reaches exactly these.
pub(super) fn reaching(relations: Relations) -> Option<Name<Level>> {
    let everything = relations.contains(DEPARTMENT | ELSEWHERE) || relations.contains(Relations::ALWAYS);
    let relations = if everything { Relations::ALWAYS } else { relations };
    let mut levels = OF_TASKS.iter().chain(&OF_GIVING);
    levels.find_map(|(key, reached)| (*reached == relations).then_some(*key))
}

/// What tasks protect.
///
/// There is no level "none": a permission that a role lacks is a right that it does not set. Twenty-nine of the thirty-one levels that
/// a vocabulary can have are used, because the four permissions to give tasks are independent.
pub fn vocabulary() -> Vocabulary {
    let member = DEPARTMENT | Relations::INVOLVES_SUBORDINATES;
    let words = Vocabulary::new()
        .party(PartyRule::new("director").counts_for(member | Relations::SUBORDINATES))
        .party(PartyRule::new("responsible").counts_for(member))
        .party(PartyRule::new("accomplice").counts_for(member))
        .party(PartyRule::new("auditor").counts_for(Relations::INVOLVES_SUBORDINATES))
        .party(PartyRule::new("self_assigned"))
        .party(PartyRule::new("person").counts_for(Relations::BY_SEAT | Relations::SUBORDINATES))
        .flag("guest")
        .flag("member")
        .flag("group_mate")
        .actions(ACTIONS);
    let levels = OF_TASKS.iter().chain(&OF_GIVING).chain(&OF_EVERYBODY);
    let words = levels.map(|(key, relations)| Level::new(*key, *relations)).fold(words, Vocabulary::level);
    let flow = Entity::new(FLOW).creates_by(CREATE).offer(yes(CREATE));
    let entities = [task(), assignee(), template(), area(ROBOTS), flow, area(SETTINGS)];
    entities.into_iter().fold(words, Vocabulary::entity)
}

fn task() -> Entity {
    let entity = Entity::new(TASK)
        .pipeline(Pipeline::new("general", ["open", "closed"]))
        .reads_by(READ)
        .creates_by(CREATE)
        .updates_by(EDIT)
        .admits_to_application()
        .moves_freely()
        .offer(offer(READ, &OF_TASKS, &[INVOLVED]).finest(Grain::Entity))
        .offer(yes(CREATE))
        .offer(offer(DELETE, &OF_TASKS, &[SELF_ASSIGNED_OR_BELOW]).finest(Grain::Entity))
        .offer(yes(EXPORT).requires(READ))
        .offer(yes(IMPORT));
    let edits = [EDIT].into_iter().chain(PARTS);
    edits.map(|action| offer(action, &OF_TASKS, &[DIRECTED, DIRECTED_BELOW])).fold(entity, Entity::offer)
}

fn assignee() -> Entity {
    Entity::new(ASSIGNEE).offer(offer(GIVE, &OF_GIVING, &[CLOSE]).finest(Grain::Entity))
}

fn template() -> Entity {
    let right = |action| offer(action, &OF_TASKS, &[]).finest(Grain::Entity);
    Entity::new(TEMPLATE)
        .reads_by(VIEW)
        .creates_by(CREATE)
        .updates_by(EDIT)
        .offer(yes(CREATE))
        .offer(yes(VIEW))
        .offer(right(READ).requires(VIEW))
        .offer(right(EDIT).requires(READ))
        .offer(right(DELETE).requires(EDIT))
}

fn area(key: PlaceName) -> Entity {
    Entity::new(key).updates_by(EDIT).offer(yes(EDIT))
}

fn yes(action: Name<Action>) -> Offer {
    offer(action, &[ALL], &[]).finest(Grain::Entity)
}

fn offer(action: Name<Action>, permitted: &[Reach], everybodys: &[Reach]) -> Offer {
    Offer::new(action).levels(permitted.iter().chain(everybodys).map(|(key, _)| *key))
}
