//! Organisations, policies and schemas made from a seed, with keys that databases confuse.

use bailiwick::{
    Action, Assignment, Audience, Combining, Department, Directory, Entity, FeatureRule, Flag, Grain, Key,
    Level, Offer, OperationRule, Party, PartyRule, Pipeline, Place, PlaceName, Policy, Principals, Relations,
    Role, Snapshot, SocialGroup, Stage, Subject, TicketGroup, TicketMember, User, UserGroup, Vocabulary,
};

/// The entity that all worlds have.
pub const DEAL: PlaceName = PlaceName::entity("deal");
/// The entity whose records deals are linked to, with the action `read` alone.
pub const CLIENT: PlaceName = PlaceName::entity("client");
/// The actions with deals.
pub const ACTIONS: [&str; 4] = ["read", "update", "delete", "export"];

/// Numbers that follow from a seed. SplitMix64 (Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A number below the limit; zero below nothing.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let bits = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ bits >> 31).checked_rem(limit as u64).unwrap_or(0) as usize
    }

    /// Happens this often in a hundred times.
    pub fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// What keys look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// 64-bit integers, negative ones and the ends among them.
    Integers,
    /// Texts that differ in case, accent or quoting only.
    Texts,
}

const TEXTS: [&str; 16] = [
    "u1",
    "U1",
    "ú1",
    "u1'",
    "it's",
    "100%",
    "u_1",
    "\"quoted\"",
    "back\\slash",
    "👩\u{200d}👧",
    "-5",
    "7",
    "07",
    "9223372036854775808",
    "' OR ''='",
    "straße",
];

const INTEGERS: [i64; 16] = [
    1,
    2,
    -1,
    i64::MAX,
    i64::MIN,
    1 << 32,
    -(1 << 32),
    0,
    7,
    42,
    255,
    256,
    65_536,
    1 << 53,
    (1 << 53) + 1,
    99,
];

impl Naming {
    /// The key with this number.
    pub fn key<T>(self, number: usize) -> Key<T> {
        match (self, TEXTS.get(number), INTEGERS.get(number)) {
            (Self::Texts, Some(text), _) => Key::new(text),
            (Self::Integers, _, Some(integer)) => Key::from(*integer),
            (Self::Texts, None, _) => Key::new(&format!("user-{number}")),
            (Self::Integers, _, None) => Key::from(number as i64 * 1_000),
        }
    }

    fn keys<T>(self, count: usize) -> Vec<Key<T>> {
        (0..count).map(|number| self.key(number)).collect()
    }
}

/// A directory, a policy, and the snapshot of both.
#[derive(Debug)]
pub struct World {
    /// The seed.
    pub seed: u64,
    /// What keys look like.
    pub naming: Naming,
    /// Who.
    pub directory: Directory,
    /// Rights.
    pub policy: Policy,
    /// Both, frozen.
    pub snapshot: Snapshot,
}

impl World {
    /// The world of a seed. `only_pipeline` leaves one pipeline; `one_department` lets everybody sit in one at most.
    pub fn new(seed: u64, naming: Naming, only_pipeline: bool, one_department: bool) -> Self {
        let mut dice = Dice(seed);
        let directory = directory(&mut dice, naming, one_department);
        let vocabulary = vocabulary(&mut dice, naming, only_pipeline);
        let policy = policy(&mut dice, vocabulary, &directory);
        let snapshot = Snapshot::compile(&policy, &directory).expect("a generated world compiles");
        Self { seed, naming, directory, policy, snapshot }
    }
}

fn directory(dice: &mut Dice, naming: Naming, one_department: bool) -> Directory {
    let (departments, users) = (naming.keys::<Department>(8), naming.keys::<User>(14));
    let mut directory = Directory::new();
    let mut busy = vec![false; users.len()];
    for (at, key) in departments.iter().enumerate() {
        let mut department = Department::new(key);
        if at > 0 && dice.percent(80) {
            department = department.below(&departments[dice.below(at)]);
        }
        if dice.percent(15) {
            department = department.switched_off();
        }
        let head = dice.below(users.len());
        if dice.percent(50) && !(one_department && busy[head]) {
            busy[head] = true;
            department = department.head(&users[head]);
        }
        directory.add(department);
    }
    for (at, key) in users.iter().enumerate() {
        let mut user = User::new(key);
        let many = if one_department {
            usize::from(!busy[at] && dice.percent(80))
        } else {
            *dice.pick(&[0, 1, 1, 2, 3])
        };
        for _ in 0..many {
            let department = dice.pick(&departments);
            if !user.departments.contains(department) {
                user = user.sits_in(department);
            }
        }
        user.dismissed = dice.percent(10);
        user.administrator = at > 0 && dice.percent(5);
        directory.add(user);
    }
    for group in [TicketGroup::of_staff("staff"), TicketGroup::of_clients("clients")] {
        let mut group = group;
        for user in &users {
            let member = TicketMember::new(user);
            if dice.percent(30) {
                group = group.member(if dice.percent(50) { member.sees() } else { member });
            }
        }
        directory.add(group);
    }
    add_groups(&mut Dice(dice.0), naming, &mut directory, &users);
    directory
}

/// Groups that records can be shared with, some of which host deals.
fn add_groups(dice: &mut Dice, naming: Naming, directory: &mut Directory, users: &[Key<User>]) {
    for at in 0..3 {
        let some: Vec<_> = users.iter().filter(|_| dice.percent(25)).cloned().collect();
        let group = UserGroup::new(naming.key::<UserGroup>(at));
        directory.add(some.iter().fold(group, |group, user| group.member(user)));
        let mut group = SocialGroup::new(naming.key::<SocialGroup>(at), dice.pick(users));
        group.members = some.into_iter().filter(|user| *user != group.owner).collect();
        host(dice, &mut group);
        directory.add(group);
    }
}

fn host(dice: &mut Dice, group: &mut SocialGroup) {
    for _ in 0..dice.below(3) {
        if let Some(banned) = group.members.pop() {
            group.banned.push(banned);
        }
    }
    group.visible = dice.percent(70);
    group.archived = dice.percent(20);
    group.extranet = dice.percent(40);
    for operation in ["work.view", "work.edit"] {
        if dice.percent(60) {
            group.audiences.push(bailiwick::OwnAudience::new(operation, *dice.pick(&Audience::ALL)));
        }
    }
}

/// The levels of all worlds, by number.
pub fn levels() -> Vec<Level> {
    let open = Flag::nth(0).relation();
    let ladder = [
        Relations::empty(),
        Relations::OWN,
        Relations::OWN | Relations::DEPARTMENT,
        Relations::OWN | Relations::DEPARTMENT | Relations::SUBDEPARTMENTS,
        Relations::OWN | Relations::BY_DEPARTMENT | open,
        Relations::ALWAYS,
        Relations::OWN | open,
        Relations::SUBDEPARTMENTS,
        Relations::SUBORDINATES,
        Relations::DEPARTMENT,
        Relations::ELSEWHERE,
        Relations::OWN | Relations::SUBORDINATES | Relations::ELSEWHERE,
        Relations::OWN_HEADS | Relations::OTHER_EMPLOYEES,
        Relations::PEERS,
        Relations::OTHER_HEADS | Relations::INVOLVES_SUBORDINATES,
        Relations::BY_SEAT,
        Relations::STAFF_MATES,
        Relations::DEPARTMENT | Relations::CLIENT_MATES,
        Party::nth(2).relation() | Flag::nth(1).relation(),
    ];
    ladder
        .into_iter()
        .enumerate()
        .map(|(at, relations)| Level::new(format!("level{at}"), relations))
        .collect()
}

/// A vocabulary of deals, which groups host and which are linked to clients.
pub fn vocabulary(dice: &mut Dice, naming: Naming, only_pipeline: bool) -> Vocabulary {
    let author =
        Relations::OWN | Relations::DEPARTMENT | Relations::INVOLVES_SUBORDINATES | Relations::BY_SEAT;
    let mut vocabulary = Vocabulary::new()
        .party(
            PartyRule::new("responsible")
                .counts_for(Relations::OWN | Relations::BY_DEPARTMENT | Relations::CLIENT_MATES)
                .principals(Principals::USERS | Principals::USER_GROUPS),
        )
        .party(
            PartyRule::new("observer")
                .counts_for(Relations::OBSERVED | Relations::BY_SEAT | Relations::STAFF_MATES),
        )
        .party(PartyRule::new("author").counts_for(author))
        .party(
            PartyRule::new("branch")
                .counts_for(Relations::BY_DEPARTMENT | Relations::INVOLVES_SUBORDINATES)
                .principals(Principals::DEPARTMENTS),
        )
        .flag("open")
        .flag("public")
        .actions(ACTIONS);
    vocabulary.levels = levels();
    let offer = |action: &str| Offer::new(action).levels(vocabulary.levels.iter().map(|level| &level.key));
    let mut deal = Entity::new(DEAL)
        .offer(
            offer("read")
                .standing(Relations::OBSERVED | Flag::nth(1).relation())
                .shareable()
                .hosted_by("work.view")
                .through(CLIENT, "read"),
        )
        .offer(offer("update").requires("read").shareable().hosted_by("work.edit"))
        .offer(offer("delete").requires("update").finest(Grain::Pipeline))
        .offer(offer("export").through(CLIENT, "read"))
        .reads_by("read");
    let client = Entity::new(CLIENT).offer(offer("read")).reads_by("read");
    vocabulary.features.push(
        FeatureRule::new("work")
            .operation(OperationRule::new("work.view", Audience::Members).for_viewing())
            .operation(OperationRule::new("work.edit", Audience::Moderators)),
    );
    for at in 0..if only_pipeline { 1 } else { 3 } {
        let stages: Vec<Key<Stage>> = (0..dice.below(5)).map(|stage| naming.key((stage + at) % 12)).collect();
        deal = deal.pipeline(Pipeline::new(naming.key::<Pipeline>(at), stages));
    }
    vocabulary.entity(deal).entity(client)
}

fn policy(dice: &mut Dice, vocabulary: Vocabulary, directory: &Directory) -> Policy {
    let mut places = vec![Place::from(DEAL)];
    for pipeline in &vocabulary.entities[0].pipelines {
        let at = Place::from(DEAL).pipeline(&pipeline.key);
        places.extend(pipeline.stages.iter().map(|stage| at.clone().stage(stage)));
        places.push(at);
    }
    let mut policy = Policy::new(vocabulary);
    policy.combining = *dice.pick(&[Combining::MostSpecific, Combining::MostPermissive]);
    for number in 0..5 {
        let mut role = Role::new(format!("role{number}"));
        for place in &places {
            for action in ACTIONS {
                let whole = place.pipeline_key().is_none();
                let too_fine = action == "delete" && place.stage_key().is_some();
                if !too_fine && dice.percent(if whole { 75 } else { 20 }) {
                    let level = dice.pick(&policy.vocabulary.levels).key.clone();
                    role = role.set(place, Key::<Action>::from(action), level);
                }
            }
        }
        if dice.percent(60) {
            role = role.set(CLIENT, "read", dice.pick(&policy.vocabulary.levels).key.clone());
        }
        policy = policy.role(role);
    }
    for user in &directory.users {
        for number in 0..5 {
            if dice.percent(30) {
                let role = format!("role{number}");
                policy = policy.assign(Assignment::new(role, Subject::User(user.key.clone())));
            }
        }
    }
    policy.assign(Assignment::new("role0", Subject::Everyone))
}
