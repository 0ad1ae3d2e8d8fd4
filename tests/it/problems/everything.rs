//! Every kind of problem once, with all that it says; and all mistakes of a large and careless edit at once.

use std::collections::BTreeSet;

use bailiwick::{
    Assignment, Audience, Department, Entity, Extent, FeatureRule, Flag, KeyFlaw, Level, Noun, Offer, Part,
    ProblemKind, Relations, Right, Role, Subject, Targets, Transition, User, Window,
};

use crate::problems::{Draft, assert_problems};

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(ToOwned::to_owned).to_vec()
}

/// A mistake, where it stands, what kind of problem it is, and the message.
type Example = (fn(&mut Draft), Part, &'static str, ProblemKind, &'static str);

fn examples() -> Vec<Example> {
    let text = ToOwned::to_owned;
    vec![
        (
            |it| it.directory.add(User::new(" x")),
            Part::Directory,
            "/users/5/key",
            ProblemKind::KeyUnusable { noun: Noun::User, key: text(" x"), flaw: KeyFlaw::Blanks },
            "directory/users/5/key: the key ` x` of a user begins or ends with white space",
        ),
        (
            |it| it.directory.add(User::new("anna")),
            Part::Directory,
            "/users/5/key",
            ProblemKind::Duplicate { noun: Noun::User, key: text("anna"), first: text("/users/0/key") },
            "directory/users/5/key: user `anna` stands here a second time; the first is at /users/0/key",
        ),
        (
            |it| it.policy.substitutions[0].only = Some(vec![Extent::at("deal").actions(["update"])]),
            Part::Policy,
            "/substitutions/0/only",
            ProblemKind::PrerequisiteLeftOut {
                place: text("deal"),
                action: text("update"),
                requires: text("read"),
            },
            "policy/substitutions/0/only: action `update` is passed on at `deal` without `read`, which it requires",
        ),
        (
            |it| it.policy.roles[1].supersedes.push("boss".into()),
            Part::Policy,
            "/roles/1/supersedes",
            ProblemKind::SupersededRole { role: text("boss"), by: text("boss") },
            "policy/roles/1/supersedes: role `boss` supersedes others, and is itself superseded by role `boss`",
        ),
        (
            |it| it.policy.assignments[0].to = Subject::User("nobody".into()),
            Part::Policy,
            "/assignments/0/to",
            ProblemKind::Unknown { noun: Noun::User, key: text("nobody") },
            "policy/assignments/0/to: there is no user `nobody`",
        ),
        (
            |it| it.directory.departments[0].heads.push("nobody".into()),
            Part::Directory,
            "/departments/0/heads/0",
            ProblemKind::Dangling { noun: Noun::User, key: text("nobody") },
            "directory/departments/0/heads/0: user `nobody` is referred to and not declared",
        ),
        (
            |it| it.directory.departments[0].parent = Some("sales".into()),
            Part::Directory,
            "/departments/0/parent",
            ProblemKind::DepartmentCycle { path: texts(["company", "sales", "company"]) },
            "directory/departments/0/parent: departments hang in a circle: company < sales < company",
        ),
        (
            |it| it.entity().offers[0].requires.push("update".into()),
            Part::Vocabulary,
            "/entities/0/offers",
            ProblemKind::PrerequisiteCycle { entity: text("deal"), path: texts(["read", "update", "read"]) },
            "vocabulary/entities/0/offers: actions of entity `deal` require each other in a circle: \
             read > update > read",
        ),
        (
            |it| {
                it.vocabulary().entities[1] =
                    it.policy.vocabulary.entities[1].clone().settings("deal", "create")
            },
            Part::Vocabulary,
            "/entities/1/settings",
            ProblemKind::SettingsNested { entity: text("task") },
            "vocabulary/entities/1/settings: the settings right of entity `task` is itself included in a settings right",
        ),
        (
            |it| it.policy.roles[1].rights.push(Right::new("task", "update", "all")),
            Part::Policy,
            "/roles/1/rights/2/action",
            ProblemKind::ActionNotOffered { entity: text("task"), action: text("update") },
            "policy/roles/1/rights/2/action: entity `task` does not admit action `update`",
        ),
        (
            |it| it.policy.roles[1].rights[1].level = "own".into(),
            Part::Policy,
            "/roles/1/rights/1/level",
            ProblemKind::LevelNotOffered { entity: text("task"), action: text("read"), level: text("own") },
            "policy/roles/1/rights/1/level: level `own` is not on offer for action `read` of entity `task`",
        ),
        (
            |it| {
                let rule = bailiwick::OperationRule::new("look", Audience::Owner).audiences([]);
                it.vocabulary().features.push(FeatureRule::new("door").operation(rule));
            },
            Part::Vocabulary,
            "/features/0/operations/0/default",
            ProblemKind::AudienceNotOffered { operation: text("look"), audience: text("owner") },
            "vocabulary/features/0/operations/0/default: audience `owner` is not on offer for operation `look`",
        ),
        (
            |it| it.policy.roles[1].rights[0].place = bailiwick::Place::entity("deal").pipeline("partner"),
            Part::Policy,
            "/roles/1/rights/0/place",
            ProblemKind::PlaceTooFine { place: text("deal/partner"), action: text("configure") },
            "policy/roles/1/rights/0/place: action `configure` cannot be set at `deal/partner`, which is too fine",
        ),
        (
            |it| it.vocabulary().parties[0].counts_for = Relations::ALWAYS,
            Part::Vocabulary,
            "/parties/0/counts_for",
            ProblemKind::RelationNotCountable { party: text("responsible") },
            "vocabulary/parties/0/counts_for: party `responsible` cannot count for that relation",
        ),
        (
            |it| it.vocabulary().parties[0].principals = bailiwick::Principals::empty(),
            Part::Vocabulary,
            "/parties/0/principals",
            ProblemKind::PartyOfNobody { party: text("responsible") },
            "vocabulary/parties/0/principals: nobody can be party `responsible`",
        ),
        (
            |it| it.entity().offers[1].standing = Flag::nth(1).relation(),
            Part::Vocabulary,
            "/entities/0/offers/1/standing",
            ProblemKind::RelationUndeclared { noun: Noun::Action, key: text("create") },
            "vocabulary/entities/0/offers/1/standing: action `create` uses the relation of a party or flag that is not \
             declared, or that of links, hosts or shares",
        ),
        (
            |it| it.policy.assignments[1].window = empty(),
            Part::Policy,
            "/assignments/1",
            ProblemKind::WindowEmpty,
            "policy/assignments/1: the window ends before it begins",
        ),
        (
            |it| it.policy.assignments[3].to = Subject::Author,
            Part::Policy,
            "/assignments/3/to",
            ProblemKind::AuthorNotAssignable { role: text("boss") },
            "policy/assignments/3/to: role `boss` cannot be assigned to the author of a record",
        ),
        (
            |it| it.policy.limits[0].on = Subject::Author,
            Part::Policy,
            "/limits/0/on",
            ProblemKind::AuthorNotLimitable { limit: text("phone") },
            "policy/limits/0/on: limit `phone` cannot be on the author of a record",
        ),
        (
            |it| it.policy.limits[1].when.push("office".into()),
            Part::Policy,
            "/limits/1/unless/0",
            ProblemKind::CircumstanceContradicted { circumstance: text("office") },
            "policy/limits/1/unless/0: circumstance `office` is needed and lifts the limit",
        ),
        (
            |it| (0..8).for_each(|number| it.vocabulary().flags.push(number.into())),
            Part::Vocabulary,
            "/flags",
            ProblemKind::LimitExceeded { noun: Noun::Flag, limit: 8, found: 9 },
            "vocabulary/flags: 9 flag entries are more than the limit of 8",
        ),
    ]
}

fn empty() -> Window {
    let at = bailiwick::Moment::from_unix_seconds;
    Window::from(at(1)).until(at(0))
}

#[test]
fn every_kind_says_what_is_wrong_and_where() {
    let mut codes = BTreeSet::new();
    for (mistake, part, pointer, kind, message) in examples() {
        let problems = Draft::with(mistake).problems();
        let [problem] = problems.as_slice() else { panic!("one problem, not {problems:?}") };
        assert_eq!((problem.at().part(), problem.at().pointer()), (part, pointer));
        assert_eq!((problem.kind(), problem.code()), (&kind, kind.code()));
        assert_eq!(problem.to_string(), message);
        codes.insert(problem.code());
    }
    let expected = [
        "action-not-offered",
        "audience-not-offered",
        "author-not-assignable",
        "author-not-limitable",
        "circumstance-contradicted",
        "dangling",
        "department-cycle",
        "duplicate",
        "key-unusable",
        "level-not-offered",
        "limit-exceeded",
        "party-of-nobody",
        "place-too-fine",
        "prerequisite-cycle",
        "prerequisite-left-out",
        "relation-not-countable",
        "relation-undeclared",
        "settings-nested",
        "superseded-role",
        "unknown",
        "window-empty",
    ];
    assert!(codes.iter().eq(expected.iter()), "{codes:?}");
}

#[test]
fn all_mistakes_are_told_at_once_in_a_stable_order() {
    let mistakes = |it: &mut Draft| {
        it.policy.roles.push(Role::new("clerk").set("house", "fly", "some"));
        it.policy.roles[1].rights.push(Right::new("task", "update", "own"));
        it.policy.roles[1].rights.push(Right::new("deal", "configure", "own"));
        it.policy.roles[0].transitions.push(Transition::new("deal", Targets::stages(["gone"])));
        it.policy.assignments.push(Assignment::new("king", Subject::User("nobody".into())).during(empty()));
        it.policy.assignments.push(Assignment::new("boss", Subject::Author));
        it.directory.add(Department::new("attic").below("attic").head("nobody"));
        it.directory.add(User::new("anna").sits_in("cellar"));
        it.directory.user_groups[1].includes.push("none".into());
        it.vocabulary().levels.push(Level::new("odd", Flag::nth(3).relation()));
        it.vocabulary().entities.push(Entity::new("").offer(Offer::new("read").requires("read")));
    };
    assert_problems(
        &Draft::with(mistakes),
        &[
            "relation-undeclared odd at vocabulary/levels/4/relations",
            "key-unusable  at vocabulary/entities/2/key",
            "prerequisite-cycle  read read at vocabulary/entities/2/offers",
            "department-cycle attic attic at directory/departments/3/parent",
            "duplicate anna at directory/users/5/key",
            "dangling cellar at directory/users/5/departments/0",
            "dangling nobody at directory/departments/3/heads/0",
            "dangling none at directory/user_groups/1/includes/1",
            "duplicate clerk at policy/roles/2/key",
            "duplicate deal at policy/roles/0/transitions/2",
            "action-not-offered task update at policy/roles/1/rights/2/action",
            "duplicate deal configure at policy/roles/1/rights/3",
            "unknown house at policy/roles/2/rights/0/place",
            "unknown fly at policy/roles/2/rights/0/action",
            "unknown some at policy/roles/2/rights/0/level",
            "window-empty at policy/assignments/5",
            "unknown king at policy/assignments/5/role",
            "unknown nobody at policy/assignments/5/to",
            "author-not-assignable boss at policy/assignments/6/to",
        ],
    );
    let text = bailiwick::Snapshot::compile(&Draft::with(mistakes).policy, &Draft::with(mistakes).directory);
    assert_eq!(text.err().map(|problems| problems.to_string().lines().count()), Some(19));
}
