//! The generated worlds are a healthy mix: no law holds merely because nothing ever happens.

use std::collections::BTreeMap;

use bailiwick::{
    Among, Combining, Creation, Decision, Freedom, Grain, Rank, Relations, Responsible, Role, Subject,
    Targets, Unit, Window,
};

use crate::generate::{Recipe, World};
use crate::laws::compile;
use crate::laws::questions::{Answer, What, answers, questions};

fn worlds(count: u64) -> impl Iterator<Item = World> {
    (0..count).map(|seed| Recipe::largest(seed).bake())
}

fn name(answer: &Answer) -> &'static str {
    match answer {
        Answer::Decision(Decision::Allowed) => "allowed",
        Answer::Creation(Creation::Allowed(Responsible::Author)) => "allowed for himself",
        Answer::Creation(Creation::Allowed(Responsible::Requested)) => "allowed for anybody",
        Answer::Creation(Creation::Allowed(Responsible::Within(_))) => "allowed for anybody in a department",
        Answer::Creation(Creation::Allowed(Responsible::Absent(_))) => "allowed for an absent person",
        Answer::Decision(Decision::Denied(denial)) | Answer::Creation(Creation::Denied(denial)) => {
            denial.code()
        }
    }
}

fn topic(what: &What) -> &'static str {
    match what {
        What::Check(..) => "check",
        What::Create(_) => "create",
        What::Relocate(..) => "relocate",
        What::Reassign(_) => "reassign",
        What::Enter(_) => "enter",
        What::EnterApplication => "enter the application",
    }
}

/// Which answers each question must have, besides "allowed", and how many in a hundred that rights decide are allowed at
/// least and at most.
const EXPECTED: [(&str, &[&str], std::ops::RangeInclusive<usize>); 6] = [
    (
        "check",
        &["unknown-place", "unknown-action", "nothing-given", "limited", "out-of-reach", "prerequisite"],
        15..=85,
    ),
    (
        "create",
        &["nothing-given", "limited", "prerequisite", "allowed for himself", "allowed for anybody"],
        15..=85,
    ),
    (
        "relocate",
        &["unknown-place", "nothing-given", "limited", "out-of-reach", "prerequisite", "no-transition"],
        8..=85,
    ),
    ("reassign", &["unknown-place", "nothing-given", "limited", "out-of-reach", "prerequisite"], 15..=85),
    ("enter", &["nothing-given", "limited"], 15..=85),
    ("enter the application", &["nothing-given", "limited"], 15..=85),
];

#[test]
fn every_answer_occurs_and_neither_side_is_rare() {
    let mut tally = BTreeMap::<&str, BTreeMap<&str, usize>>::new();
    for world in worlds(40) {
        let questions = questions(&world);
        let answers = answers(&world, &compile(&world), &questions);
        for (question, answer) in questions.iter().zip(answers) {
            *tally.entry(topic(&question.what)).or_default().entry(name(&answer)).or_default() += 1;
        }
    }
    for (topic, answers, share) in EXPECTED {
        let counts = &tally[topic];
        for answer in answers.iter().chain(&["unknown-user", "dismissed"]) {
            assert!(counts.contains_key(answer), "{topic} is never answered {answer}: {counts:?}");
        }
        let count =
            |of: &dyn Fn(&str) -> bool| counts.iter().filter(|it| of(it.0)).map(|it| it.1).sum::<usize>();
        let allowed = count(&|answer| answer.starts_with("allowed"));
        let decided = allowed
            + count(&|answer| {
                answers.contains(&answer) && !answer.starts_with("unknown") && !answer.starts_with("allowed")
            });
        let percent = allowed * 100 / decided;
        assert!(share.contains(&percent), "{topic}: {percent} in a hundred are allowed: {counts:?}");
    }
}

/// Something of a world, and what it takes to be without it.
type Ingredient = (&'static str, fn(&mut World));

/// Taking any ingredient out of the worlds changes some answers.
#[test]
fn every_ingredient_matters() {
    let subjects: [Ingredient; 14] = [
        ("a user", |world| without(world, |to| matches!(to, Subject::User(_)))),
        ("an employee", |world| without(world, |to| matches!(to, Subject::Employee(_)))),
        ("a department", |world| without(world, |to| matches!(to, Subject::Department(_)))),
        ("a tree", |world| without(world, |to| matches!(to, Subject::DepartmentTree(_)))),
        ("a group", |world| without(world, |to| matches!(to, Subject::UserGroup(_)))),
        ("an owner", |world| without(world, |to| matches!(to, Subject::SocialGroup(_, Rank::Owner)))),
        ("a moderator", |world| without(world, |to| matches!(to, Subject::SocialGroup(_, Rank::Moderator)))),
        ("a member", |world| without(world, |to| matches!(to, Subject::SocialGroup(_, Rank::Member)))),
        ("heads", |world| without(world, |to| matches!(to, Subject::Heads(_)))),
        ("deputies", |world| without(world, |to| matches!(to, Subject::Deputies(_)))),
        ("employees", |world| without(world, |to| matches!(to, Subject::Employees(_)))),
        ("heads of one", |world| without(world, |to| matches!(to, Subject::Heads(Unit::Of(_))))),
        ("signed in", |world| without(world, |to| *to == Subject::SignedIn)),
        ("everyone", |world| without(world, |to| *to == Subject::Everyone)),
    ];
    let worlds: Vec<World> = worlds(120).collect();
    let before: Vec<_> = worlds
        .iter()
        .map(|world| {
            let mut questions = questions(world);
            questions.retain(|question| question.on == world.occasions()[0]);
            (answers(world, &compile(world), &questions), questions)
        })
        .collect();
    for (name, take_out) in DIRECTORY.iter().chain(&VOCABULARY).chain(&POLICY).chain(&subjects) {
        let changes = worlds.iter().zip(&before).any(|(world, (before, questions))| {
            let mut world = world.clone();
            take_out(&mut world);
            answers(&world, &compile(&world), questions) != *before
        });
        assert!(changes, "no answer depends on {name}");
    }
}

fn without(world: &mut World, subject: impl Fn(&Subject) -> bool) {
    world.policy.assignments.retain(|assignment| !subject(&assignment.to));
}

const DIRECTORY: [Ingredient; 14] = [
    ("administrators", |world| world.directory.users.iter_mut().for_each(|it| it.administrator = false)),
    ("dismissals", |world| world.directory.users.iter_mut().for_each(|it| it.dismissed = false)),
    ("second departments", |world| {
        world.directory.users.iter_mut().for_each(|it| it.departments.truncate(1))
    }),
    ("heads", |world| world.directory.departments.iter_mut().for_each(|it| it.heads.clear())),
    ("deputies", |world| world.directory.departments.iter_mut().for_each(|it| it.deputies.clear())),
    ("parents", |world| world.directory.departments.iter_mut().for_each(|it| it.parent = None)),
    ("departments off", |world| world.directory.departments.iter_mut().for_each(|it| it.active = true)),
    ("groups off", |world| world.directory.user_groups.iter_mut().for_each(|it| it.active = true)),
    ("includes", |world| world.directory.user_groups.iter_mut().for_each(|it| it.includes.clear())),
    ("dated members", |world| {
        let members = world.directory.user_groups.iter_mut().flat_map(|it| &mut it.members);
        members.for_each(|it| it.window = Window::ALWAYS);
        world.directory.user_groups.iter_mut().for_each(|it| it.members.dedup());
    }),
    ("owners", |world| world.things.iter_mut().for_each(|it| it.owner = None)),
    ("participants", |world| world.things.iter_mut().for_each(|it| it.others.clear())),
    ("flags", |world| world.things.iter_mut().for_each(|it| it.flags.clear())),
    ("stages", |world| world.things.iter_mut().for_each(|it| it.stage = None)),
];

const VOCABULARY: [Ingredient; 15] = [
    ("parties", |world| {
        world.policy.vocabulary.parties.iter_mut().for_each(|it| it.counts_for = Relations::empty())
    }),
    ("prerequisites", |world| offers(world, |offer| offer.requires.clear())),
    ("standing", |world| offers(world, |offer| offer.standing = Relations::empty())),
    ("settings rights", |world| offers(world, |offer| offer.by_settings = false)),
    ("free moves", |world| {
        world.policy.vocabulary.entities.iter_mut().for_each(|it| it.moves_freely = false)
    }),
    ("bound administrators", |world| {
        world.policy.vocabulary.entities.iter_mut().for_each(|it| it.administrators = Freedom::Always)
    }),
    ("subordinates", |world| levels(world, Relations::SUBORDINATES)),
    ("elsewhere", |world| levels(world, Relations::ELSEWHERE)),
    ("own heads", |world| levels(world, Relations::OWN_HEADS)),
    ("peers", |world| levels(world, Relations::PEERS)),
    ("other heads", |world| levels(world, Relations::OTHER_HEADS)),
    ("other employees", |world| levels(world, Relations::OTHER_EMPLOYEES)),
    ("subdepartments", |world| levels(world, Relations::SUBDEPARTMENTS)),
    ("department", |world| levels(world, Relations::DEPARTMENT)),
    ("party relations", |world| levels(world, Relations::PARTY_0 | Relations::PARTY_1 | Relations::PARTY_2)),
];

const POLICY: [Ingredient; 19] = [
    ("the rule", |world| {
        world.policy.combining = match world.policy.combining {
            Combining::MostSpecific => Combining::MostPermissive,
            Combining::MostPermissive => Combining::MostSpecific,
        }
    }),
    ("windows", |world| world.policy.assignments.iter_mut().for_each(|it| it.window = Window::ALWAYS)),
    ("circumstances", |world| world.policy.assignments.iter_mut().for_each(|it| it.when.clear())),
    ("limits", |world| world.policy.limits.clear()),
    ("windows of limits", |world| limits(world, |limit| limit.window = Window::ALWAYS)),
    ("circumstances of limits", |world| limits(world, |limit| limit.when.clear())),
    ("circumstances that lift limits", |world| limits(world, |limit| limit.unless.clear())),
    ("places of limits", |world| limits(world, |limit| limit.places = Among::All)),
    ("spared administrators", |world| limits(world, |limit| limit.spares_administrators = false)),
    ("substitutions", |world| world.policy.substitutions.clear()),
    ("narrowed substitutions", |world| world.policy.substitutions.iter_mut().for_each(|it| it.only = None)),
    ("confined roles", |world| world.policy.assignments.iter_mut().for_each(|it| it.within = None)),
    ("marked roles", |world| world.policy.assignments.iter_mut().for_each(|it| it.audited_as = None)),
    ("rights on stages", |world| rights(world, |_, right| right.place.grain() < Grain::Stage)),
    ("rights on pipelines", |world| rights(world, |_, right| right.place.grain() != Grain::Pipeline)),
    ("rights at none", |world| {
        let levels = world.policy.vocabulary.levels.clone();
        let none = move |key| levels.iter().any(|it| it.key == key && it.relations.is_empty());
        rights(world, |_, right| !none(right.level.clone()));
    }),
    ("rights as inherited", |world| {
        rights(world, |role, right| {
            right.place.grain() == Grain::Entity
                || !role.rights.iter().any(|it| {
                    (it.place.to_string(), &it.action)
                        == (right.place.entity_key().to_string(), &right.action)
                        && it.level == right.level
                })
        });
    }),
    ("transitions", |world| world.policy.roles.iter_mut().for_each(|role| role.transitions.clear())),
    ("empty transitions", |world| {
        let nowhere = Targets::Stages(Vec::new());
        world.policy.roles.iter_mut().for_each(|role| role.transitions.retain(|it| it.to != nowhere));
    }),
];

fn offers(world: &mut World, change: impl Fn(&mut bailiwick::Offer)) {
    world.policy.vocabulary.entities.iter_mut().flat_map(|entity| &mut entity.offers).for_each(change);
}

fn limits(world: &mut World, change: impl Fn(&mut bailiwick::Limit)) {
    world.policy.limits.iter_mut().for_each(change);
}

fn levels(world: &mut World, without: Relations) {
    world.policy.vocabulary.levels.iter_mut().for_each(|level| level.relations -= without);
}

fn rights(world: &mut World, keep: impl Fn(&Role, &bailiwick::Right) -> bool) {
    for role in &mut world.policy.roles {
        let before = role.clone();
        role.rights.retain(|right| keep(&before, right));
    }
}
