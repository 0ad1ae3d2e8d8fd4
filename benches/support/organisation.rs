//! Organisations: plain facts from a fixed seed, from which the crate and the baseline are built alike.
//!
//! The workload is that of a CRM: 8 entities with one pipeline of 5 stages each, 6 actions of which update and delete
//! require read, roles that say something of 70 % of the entities' actions and set 20 % of the stages' explicitly, and 3 to 4
//! roles a user. Every department has a head who sits in it, because every organisation has heads.

use bailiwick::{
    Assignment, Department, Directory, Entity, Flag, Level, Moment, Offer, PartyRule, Pipeline, Place,
    Policy, Relations, Role, Snapshot, Subject, User, Vocabulary, Window,
};

use crate::support::random::Random;

pub(crate) const ENTITIES: usize = 8;
pub(crate) const STAGES_EACH: usize = 5;
pub(crate) const STAGES: usize = ENTITIES * STAGES_EACH;
pub(crate) const ACTIONS: [&str; 6] = ["read", "create", "update", "delete", "export", "import"];
pub(crate) const READ: usize = 0;
/// The actions that require reading the same record.
pub(crate) const REQUIRING: [usize; 2] = [2, 3];
/// The ladder of levels: each reaches all that the former reaches.
pub(crate) const LEVELS: [&str; 6] = ["none", "own", "department", "subdepartments", "open", "all"];
pub(crate) const PIPELINE: i64 = 1;
/// The flag of a record that is open to everybody.
pub(crate) const OPEN: Flag = Flag::nth(0);
/// When the questions are asked.
pub(crate) const NOW: Moment = Moment::from_unix_seconds(1_790_000_000);

/// How large an organisation is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) users: usize,
    pub(crate) departments: usize,
    pub(crate) roles: usize,
}

impl Size {
    pub(crate) const SMALL: Self = Self { users: 100, departments: 8, roles: 30 };
    pub(crate) const MIDDLE: Self = Self { users: 2_000, departments: 120, roles: 30 };
    pub(crate) const LARGE: Self = Self { users: 100_000, departments: 3_000, roles: 30 };
    pub(crate) const MILLION: Self = Self { users: 1_000_000, departments: 10_000, roles: 1_000 };
}

/// One user.
pub(crate) struct Person {
    pub(crate) key: i64,
    pub(crate) department: usize,
    pub(crate) roles: Vec<usize>,
}

/// One explicit right of a role.
pub(crate) struct Cell {
    pub(crate) role: usize,
    pub(crate) action: usize,
    pub(crate) entity: usize,
    /// The number of the stage among all stages; none for the whole entity.
    pub(crate) stage: Option<usize>,
    pub(crate) level: usize,
}

/// The facts.
pub(crate) struct Organisation {
    pub(crate) size: Size,
    pub(crate) people: Vec<Person>,
    pub(crate) members: Vec<Vec<usize>>,
    pub(crate) cells: Vec<Cell>,
}

impl Organisation {
    pub(crate) fn new(size: Size) -> Self {
        let mut random = Random::new(0x0bad_cafe);
        let mut key = 0;
        let mut members = vec![Vec::new(); size.departments];
        let mut people = Vec::with_capacity(size.users);
        for number in 0..size.users {
            key += 1 + random.below(5) as i64;
            // The first ones head their departments, so that none is empty.
            let department = if number < size.departments { number } else { random.below(size.departments) };
            members[department].push(number);
            people.push(Person { key, department, roles: roles(&mut random, size.roles) });
        }
        Self { size, people, members, cells: cells(&mut random, size.roles) }
    }

    /// The department right above. Four below each, so three thousand are six deep.
    pub(crate) fn parent(department: usize) -> Option<usize> {
        department.checked_sub(1).map(|before| before / 4)
    }

    pub(crate) fn directory(&self) -> Directory {
        let mut directory = Directory::new();
        directory.departments.reserve_exact(self.size.departments);
        directory.users.reserve_exact(self.size.users);
        for number in 0..self.size.departments {
            let department = Department::new(department_key(number)).head(self.people[number].key);
            directory.add(match Self::parent(number) {
                Some(parent) => department.below(department_key(parent)),
                None => department,
            });
        }
        for person in &self.people {
            directory.add(User::new(person.key).sits_in(department_key(person.department)));
        }
        directory
    }

    pub(crate) fn policy(&self) -> Policy {
        let mut roles: Vec<Role> = (0..self.size.roles).map(|role| Role::new(role_key(role))).collect();
        for cell in &self.cells {
            let right = bailiwick::Right::new(place(cell), ACTIONS[cell.action], LEVELS[cell.level]);
            roles[cell.role].rights.push(right);
        }
        let mut policy = Policy::new(vocabulary()).roles(roles);
        policy.assignments.reserve_exact(self.people.iter().map(|person| person.roles.len()).sum());
        for person in &self.people {
            let held = person.roles.iter();
            policy
                .assignments
                .extend(held.map(|role| Assignment::new(role_key(*role), Subject::User(person.key.into()))));
        }
        policy
    }

    /// The policy with one more role for everybody, of which each user holds a part for a while.
    pub(crate) fn dated_policy(&self) -> Policy {
        let mut random = Random::new(0x00da_7ed0);
        let mut policy = self.policy();
        let running = Window::from(NOW).until(Moment::from_unix_seconds(NOW.unix_seconds() + 3_600));
        for person in &self.people {
            let role = role_key(random.below(self.size.roles));
            let dated = Assignment::new(role, Subject::User(person.key.into())).during(running);
            policy.assignments.push(dated);
        }
        policy
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot::compile(&self.policy(), &self.directory()).expect("the facts are sound")
    }
}

/// The key of a stage that stands in a column of a row.
pub(crate) fn stage_key(stage: usize) -> i64 {
    100 + stage as i64
}

pub(crate) fn entity_key(entity: usize) -> String {
    format!("entity-{entity}")
}

pub(crate) fn department_key(department: usize) -> i64 {
    1 + department as i64
}

pub(crate) fn role_key(role: usize) -> i64 {
    1 + role as i64
}

fn place(cell: &Cell) -> Place {
    let entity = Place::entity(entity_key(cell.entity));
    match cell.stage {
        Some(stage) => entity.pipeline(PIPELINE).stage(stage_key(stage)),
        None => entity,
    }
}

/// Three roles, four for 18 users in a hundred: a hundred thousand users have some 17,000 different sets of thirty roles.
fn roles(random: &mut Random, of: usize) -> Vec<usize> {
    let count = 3 + usize::from(random.percent(18));
    let mut roles = Vec::with_capacity(count);
    while roles.len() < count {
        let role = random.below(of);
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

fn cells(random: &mut Random, roles: usize) -> Vec<Cell> {
    let mut cells = Vec::new();
    for role in 0..roles {
        for entity in 0..ENTITIES {
            let stages = (entity * STAGES_EACH..(entity + 1) * STAGES_EACH).map(Some);
            for stage in std::iter::once(None).chain(stages) {
                let chance = if stage.is_none() { 70 } else { 20 };
                for action in 0..ACTIONS.len() {
                    let explicit = random.percent(chance);
                    let level = random.below(LEVELS.len());
                    cells.extend(explicit.then_some(Cell { role, action, entity, stage, level }));
                }
            }
        }
    }
    cells
}

fn vocabulary() -> Vocabulary {
    let ladder = [
        Relations::empty(),
        Relations::OWN,
        Relations::DEPARTMENT,
        Relations::SUBDEPARTMENTS,
        OPEN.relation(),
        Relations::ALWAYS,
    ];
    let mut vocabulary = Vocabulary::new()
        .party(PartyRule::new("responsible").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .flag("open")
        .actions(ACTIONS);
    let mut reach = Relations::empty();
    for (key, relations) in LEVELS.into_iter().zip(ladder) {
        reach |= relations;
        vocabulary = vocabulary.level(Level::new(key, reach));
    }
    (0..ENTITIES).fold(vocabulary, |vocabulary, number| vocabulary.entity(entity(number)))
}

fn entity(number: usize) -> Entity {
    let stages = number * STAGES_EACH..(number + 1) * STAGES_EACH;
    let entity = Entity::new(entity_key(number))
        .pipeline(Pipeline::new(PIPELINE, stages.map(stage_key)))
        .reads_by(ACTIONS[READ]);
    ACTIONS.iter().enumerate().fold(entity, |entity, (action, key)| {
        let offer = Offer::new(*key).levels(LEVELS);
        entity.offer(if REQUIRING.contains(&action) { offer.requires(ACTIONS[READ]) } else { offer })
    })
}
