//! Limits: one more than a limit is a problem, and the last that fits works as well as the first.

use bailiwick::{
    Assignment, Department, Directory, Entity, Flag, Level, MAX_ACTIONS, MAX_CIRCUMSTANCES, MAX_LEVELS,
    Moment, Offer, Party, PartyRule, Pipeline, Place, Policy, Record, Relations, Right, Role, Snapshot,
    Subject, Targets, User, Vocabulary,
};

use crate::problems::{Draft, line};

fn at() -> Moment {
    Moment::from_unix_seconds(0)
}

fn names(of: &str, count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("{of} {number}")).collect()
}

fn compile(vocabulary: Vocabulary, role: Role) -> Snapshot {
    let policy = Policy::new(vocabulary).assign(Assignment::new(&role.key, Subject::SignedIn)).role(role);
    let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    Snapshot::compile(&policy, &directory).unwrap_or_else(|problems| panic!("{problems}"))
}

#[track_caller]
fn assert_too_many(vocabulary: Vocabulary, expected: &str, text: &str) {
    let draft = Draft { policy: Policy::new(vocabulary), directory: Directory::new() };
    let found = draft.problems();
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), [expected]);
    assert_eq!(found[0].kind().to_string(), text);
}

#[test]
fn sixty_four_actions_fit() {
    let vocabulary = |count| {
        let actions = names("action", count);
        let offer =
            |entity: Entity, action: &String| entity.offer(Offer::new(action.as_str()).levels(["all"]));
        let mut entity = actions.iter().take(MAX_ACTIONS).fold(Entity::new("case"), offer);
        entity.offers[0] = entity.offers[0].clone().requires("action 64");
        Vocabulary::new().level(Level::new("all", Relations::ALWAYS)).actions(actions).entity(entity)
    };
    assert_too_many(
        vocabulary(MAX_ACTIONS + 1),
        "limit-exceeded at vocabulary/actions",
        "65 action entries are more than the limit of 64",
    );
    for granted in ["action 64", "action 63"] {
        let role = Role::new("r").set("case", "action 1", "all").set("case", granted, "all");
        let snapshot = compile(vocabulary(MAX_ACTIONS), role);
        let access = snapshot.access(snapshot.user("anna"), at());
        let record = Record::at(snapshot.entity("case"));
        let allowed: Vec<String> = access.actions(&record).keys().map(ToString::to_string).collect();
        let last = granted == "action 64";
        assert_eq!(allowed, if last { vec!["action 1", granted] } else { vec![granted] });
        for action in names("action", MAX_ACTIONS) {
            let checked = access.check(snapshot.action(&action), &record).is_allowed();
            assert_eq!(checked, allowed.contains(&action), "{action}");
        }
    }
}

#[test]
fn thirty_one_levels_fit() {
    let vocabulary = |count| {
        let levels = names("level", count);
        let offer = Offer::new("read").levels(levels.iter().map(String::as_str));
        let vocabulary = Vocabulary::new().party(PartyRule::new("responsible").counts_for(Relations::OWN));
        let relations = |number| if number + 1 == MAX_LEVELS { Relations::OWN } else { Relations::empty() };
        let levels =
            levels.iter().enumerate().map(|(number, key)| Level::new(key.as_str(), relations(number)));
        let vocabulary = levels.fold(vocabulary, Vocabulary::level);
        vocabulary
            .actions(["read"])
            .entity(Entity::new("case").offer(offer).pipeline(Pipeline::new("p", ["s"])))
    };
    assert_too_many(
        vocabulary(MAX_LEVELS + 1),
        "limit-exceeded at vocabulary/levels",
        "32 level entries are more than the limit of 31",
    );
    let stage = Place::entity("case").pipeline("p").stage("s");
    for (level, expected) in [("level 31", true), ("level 30", false)] {
        for place in [Place::entity("case"), stage.clone()] {
            let snapshot = compile(vocabulary(MAX_LEVELS), Role::new("r").set(place, "read", level));
            let anna = snapshot.user("anna");
            let record = Record::at(snapshot.place(snapshot.entity("case"), "p", "s"));
            let check =
                |record: &Record<'_>| snapshot.access(anna, at()).check(snapshot.action("read"), record);
            assert_eq!(check(&record.owner(anna)).is_allowed(), expected, "{level}");
            assert!(check(&record.owner(snapshot.user("boris"))).is_denied(), "{level}");
        }
    }
}

#[test]
fn thirty_two_circumstances_fit() {
    let vocabulary = |count| {
        let names = names("circumstance", count);
        Vocabulary::new()
            .level(Level::new("all", Relations::ALWAYS))
            .actions(["read"])
            .entity(Entity::new("case").offer(Offer::new("read").levels(["all"])))
            .circumstances(names.iter().map(String::as_str))
    };
    assert_too_many(
        vocabulary(MAX_CIRCUMSTANCES + 1),
        "limit-exceeded at vocabulary/circumstances",
        "33 circumstance entries are more than the limit of 32",
    );
    let all = names("circumstance", MAX_CIRCUMSTANCES);
    let role = Role::new("r").set("case", "read", "all");
    for (number, needed) in all.iter().enumerate() {
        let assignment = Assignment::new("r", Subject::SignedIn).when([needed.as_str()]);
        let policy = Policy::new(vocabulary(MAX_CIRCUMSTANCES)).role(role.clone()).assign(assignment);
        let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new("anna"))).unwrap();
        let record = Record::at(snapshot.entity("case"));
        let access = snapshot.access(snapshot.user("anna"), at());
        let mut others = all.clone();
        others.remove(number);
        for (asserted, allowed) in [(vec![needed.clone()], true), (others, false), (all.clone(), true)] {
            let asserted = asserted.iter().map(|key| snapshot.circumstance(key));
            let access = access.clone().in_circumstances(asserted);
            assert_eq!(access.check(snapshot.action("read"), &record).is_allowed(), allowed, "{needed}");
        }
    }
}

#[test]
fn eight_parties_and_eight_flags_fit() {
    let vocabulary = |parties: usize, flags: usize| {
        let party = |vocabulary: Vocabulary, key: &String| vocabulary.party(PartyRule::new(key.as_str()));
        let flag = |vocabulary: Vocabulary, key: &String| vocabulary.flag(key.as_str());
        let vocabulary = names("party", parties).iter().fold(Vocabulary::new(), party);
        names("flag", flags)
            .iter()
            .fold(vocabulary, flag)
            .level(Level::new("party", Party::nth(7).relation()))
            .level(Level::new("flag", Flag::nth(7).relation()))
            .actions(["read", "peek"])
            .entity(
                Entity::new("case")
                    .offer(Offer::new("read").levels(["party"]))
                    .offer(Offer::new("peek").levels(["flag"])),
            )
    };
    assert_too_many(
        vocabulary(Party::COUNT + 1, Flag::COUNT),
        "limit-exceeded at vocabulary/parties",
        "9 party entries are more than the limit of 8",
    );
    assert_too_many(
        vocabulary(Party::COUNT, Flag::COUNT + 1),
        "limit-exceeded at vocabulary/flags",
        "9 flag entries are more than the limit of 8",
    );
    let role = Role::new("r").set("case", "read", "party").set("case", "peek", "flag");
    let snapshot = compile(vocabulary(Party::COUNT, Flag::COUNT), role);
    let (anna, record) = (snapshot.user("anna"), Record::at(snapshot.entity("case")));
    let (party, flag) = (snapshot.party("party 8").unwrap(), snapshot.flag("flag 8").unwrap());
    assert_eq!((party, flag), (Party::nth(7), Flag::nth(7)));
    let check = |action: &str, record: &Record<'_>| {
        snapshot.access(anna, at()).check(snapshot.action(action), record).is_allowed()
    };
    for number in 0..8 {
        assert_eq!(check("read", &record.participants(&[Party::nth(number).is(anna)])), number == 7);
        assert_eq!(check("peek", &record.flag(Flag::nth(number))), number == 7);
    }
}

#[test]
fn thousands_of_stages_fit() {
    const STAGES: usize = 5_000;
    let stages = names("stage", STAGES);
    let entity = Entity::new("case")
        .offer(Offer::new("read").levels(["none", "all"]))
        .updates_by("read")
        .pipeline(Pipeline::new("first", ["stage 1"]))
        .pipeline(Pipeline::new("long", stages.iter().map(String::as_str)));
    let vocabulary = Vocabulary::new()
        .level(Level::new("none", Relations::empty()))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read"])
        .entity(entity);
    let stage = |key: &str| Place::entity("case").pipeline("long").stage(key);
    let mut role =
        Role::new("r").set("case", "read", "all").set_transition("case", Targets::stages(["stage 4999"]));
    for key in stages.iter().step_by(2) {
        role = role.set(stage(key), "read", "none");
    }
    let snapshot = compile(vocabulary, role);
    let access = snapshot.access(snapshot.user("anna"), at());
    let record = |key: &str| Record::at(snapshot.place(snapshot.entity("case"), "long", key));
    for (number, key) in stages.iter().enumerate() {
        assert_eq!(
            access.check(snapshot.action("read"), &record(key)).is_allowed(),
            number % 2 == 1,
            "{key}"
        );
    }
    let reachable = access.reachable_stages(&record("stage 5000"));
    let reachable: Vec<_> = reachable.iter().flat_map(|it| snapshot.place_of(*it)).collect();
    assert_eq!(reachable, [&stage("stage 4999"), &stage("stage 5000")]);
}

/// Roles are numbered in two bytes, of which two values are taken.
#[test]
fn sixty_five_thousand_roles_fit() {
    const MOST: usize = u16::MAX as usize - 1;
    let policy = |count: usize| {
        let vocabulary =
            Vocabulary::new().level(Level::new("all", Relations::ALWAYS)).actions(["read", "peek"]).entity(
                Entity::new("case")
                    .offer(Offer::new("read").levels(["all"]))
                    .offer(Offer::new("peek").levels(["all"])),
            );
        let mut policy = Policy::new(vocabulary);
        policy.roles = (1..=count as i64).map(Role::new).collect();
        policy.roles[MOST - 1] = policy.roles[MOST - 1].clone().set("case", "read", "all");
        policy.roles[MOST - 2] = policy.roles[MOST - 2].clone().set("case", "peek", "all");
        let give = |role: usize, user: &str| Assignment::new(role as i64, Subject::User(user.into()));
        policy.assignments = vec![give(MOST, "anna"), give(MOST - 1, "boris")];
        policy.assignments.extend((1..7).map(|role| give(role, "boris")));
        policy
    };
    let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    let draft = Draft { policy: policy(MOST + 1), directory: directory.clone() };
    assert_eq!(draft.problems().iter().map(line).collect::<Vec<_>>(), ["limit-exceeded at policy/roles"]);
    let snapshot =
        Snapshot::compile(&policy(MOST), &directory).unwrap_or_else(|problems| panic!("{problems}"));
    for (user, allowed) in [("anna", "read"), ("boris", "peek")] {
        for action in ["read", "peek"] {
            let access = snapshot.access(snapshot.user(user), at());
            let answer = access.check(snapshot.action(action), &Record::at(snapshot.entity("case")));
            assert_eq!(answer.is_allowed(), action == allowed, "{user} {action}");
        }
    }
}

/// The cells of all roles together have a limit of their own, which is met before they are laid out.
#[test]
fn more_cells_than_can_be_numbered_are_a_problem() {
    const MANY: usize = u16::MAX as usize - 1;
    const STAGES: i64 = 65_538;
    let entity =
        Entity::new("case").offer(Offer::new("read").levels(["all"])).pipeline(Pipeline::new("p", 0..STAGES));
    let vocabulary =
        Vocabulary::new().level(Level::new("all", Relations::ALWAYS)).actions(["read"]).entity(entity);
    let mut policy = Policy::new(vocabulary);
    policy.roles = (0..MANY as i64).map(Role::new).collect();
    let above = Place::entity("case").pipeline("p");
    policy.roles[7].rights =
        (0..STAGES).map(|stage| Right::new(above.clone().stage(stage), "read", "all")).collect();
    let draft = Draft { policy, directory: Directory::new() };
    assert_eq!(draft.problems().iter().map(line).collect::<Vec<_>>(), ["limit-exceeded at policy/roles"]);
}

/// Users who hold the same roles share one list of them, and there may be more lists than two bytes can number.
#[test]
fn users_may_all_hold_different_roles() {
    const ROLES: usize = 17;
    const USERS: usize = (1 << 16) + 300;
    let names = names("role", ROLES);
    let offers = names.iter().map(|key| Offer::new(key.as_str()).levels(["all"]));
    let entity = offers.fold(Entity::new("case"), Entity::offer);
    let vocabulary = Vocabulary::new()
        .level(Level::new("all", Relations::ALWAYS))
        .actions(names.iter().map(String::as_str));
    let mut policy = Policy::new(vocabulary.entity(entity));
    let mut directory = Directory::new();
    for key in names.iter().map(String::as_str) {
        policy = policy.role(Role::new(key).set("case", key, "all"));
        policy = policy.assign(Assignment::new(key, Subject::Department(key.into())));
        directory.add(Department::new(key));
    }
    for number in 0..USERS {
        let mut user = User::new(number as i64);
        user.departments =
            (0..ROLES).filter(|bit| number >> bit & 1 == 1).map(|bit| names[bit].as_str().into()).collect();
        directory.add(user);
    }
    let snapshot = Snapshot::compile(&policy, &directory).unwrap_or_else(|problems| panic!("{problems}"));
    let record = Record::at(snapshot.entity("case"));
    for number in (0..USERS).step_by(61).chain(USERS - 300..USERS) {
        let access = snapshot.access(snapshot.user(number as i64), at());
        let allowed = access.actions(&record).keys().map(|key| key.to_string()).collect::<Vec<_>>();
        let expected = names.iter().enumerate().filter(|(bit, _)| number >> bit & 1 == 1).map(|(_, key)| key);
        assert!(allowed.iter().eq(expected), "{number}: {allowed:?}");
    }
}
