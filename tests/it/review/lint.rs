//! Every lint fires on its example and is silent on what comes close to it.

use std::collections::BTreeSet;

use bailiwick::review::{Finding, Lint, lint};
use bailiwick::{
    Assignment, Department, Directory, Entity, Flag, Key, Level, Moment, Offer, PartyRule, Pipeline, Place,
    Policy, Rank, Relations, Role, SocialGroup, Subject, Substitution, Targets, Unit, User, UserGroup,
    Vocabulary, Window,
};

pub(super) const NOW: Moment = Moment::from_unix_seconds(1000);

/// A policy and a directory with which nothing is wrong.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) policy: Policy,
    pub(super) directory: Directory,
    pub(super) conflicts: Vec<(Key<Role>, Key<Role>)>,
}

pub(super) fn draft() -> Draft {
    let levels = ["none", "own", "open", "all"];
    let vocabulary = Vocabulary::new()
        .party(PartyRule::new("owner").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .flag("open")
        .level(Level::new("none", Relations::empty()))
        .level(Level::new("own", Relations::OWN))
        .level(Level::new("open", Relations::OWN | Flag::nth(0).relation()))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read", "create", "update", "export", "configure"])
        .entity(
            Entity::new("deal")
                .offer(Offer::new("read").levels(levels))
                .offer(Offer::new("create").levels(levels))
                .offer(Offer::new("update").levels(levels).requires("read"))
                .offer(Offer::new("export").levels(levels))
                .offer(Offer::new("configure").levels(["none", "all"]))
                .pipeline(Pipeline::new("general", ["new", "won"]))
                .reads_by("read")
                .creates_by("create")
                .updates_by("update")
                .settings("deal", "configure"),
        );
    let seller = Role::new("seller")
        .set("deal", "read", "open")
        .set("deal", "create", "own")
        .set("deal", "update", "own")
        .set_transition("deal", Targets::Any);
    let boss = Role::new("boss").set("deal", "export", "all").set("deal", "read", "all").set(
        "deal",
        "configure",
        "all",
    );
    let directory = Directory::new()
        .with(Department::new("sales").head("anna"))
        .with(Department::new("closed").switched_off())
        .with(User::new("anna"))
        .with(User::new("boris").sits_in("sales"))
        .with(User::new("root").administrator())
        .with(User::new("gone").dismissed())
        .with(UserGroup::new("night").member("boris"))
        .with(UserGroup::new("off").member("boris").switched_off())
        .with(SocialGroup::new("club", "anna").member("boris"));
    let policy = Policy::new(vocabulary)
        .roles([seller, boss])
        .assign(Assignment::new("seller", Subject::Department("sales".into())))
        .assign(Assignment::new("boss", Subject::Heads(Unit::Of("sales".into()))));
    Draft { policy, directory, conflicts: Vec::new() }
}

impl Draft {
    pub(super) fn findings(&self) -> Vec<Finding> {
        lint(&self.policy, &self.directory, NOW, &self.conflicts)
            .unwrap_or_else(|problems| panic!("{problems}"))
    }
}

pub(super) fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.lint().code()).collect()
}

/// A lint, what it finds, and what comes close and is nothing.
type Case = (&'static str, fn(&mut Draft), fn(&mut Draft));

fn assign(draft: &mut Draft, assignment: Assignment) {
    draft.policy.assignments.push(assignment);
}

fn role(draft: &mut Draft, role: Role) {
    let key = role.key.clone();
    draft.policy.roles.push(role);
    assign(draft, Assignment::new(key, Subject::UserGroup("night".into())));
}

fn cases() -> Vec<Case> {
    vec![
        (
            "role-reduces",
            |it| {
                let won = Place::entity("deal").pipeline("general").stage("won");
                role(it, Role::new("strict").set(won, "read", "own").set("deal", "export", "own"));
            },
            |it| {
                let won = Place::entity("deal").pipeline("general").stage("won");
                let wide = Role::new("wide").set(won.clone(), "read", "all").set(won, "export", "all");
                role(it, wide);
            },
        ),
        (
            "wider-than-read",
            |it| role(it, Role::new("leak").set("deal", "read", "open").set("deal", "export", "all")),
            |it| role(it, Role::new("leak").set("deal", "read", "all").set("deal", "export", "open")),
        ),
        (
            "settings-for-everybody",
            |it| {
                it.policy.roles.push(Role::new("sets").set("deal", "configure", "all"));
                assign(it, Assignment::new("sets", Subject::SignedIn).during(NOW));
            },
            |it| {
                it.policy.roles.push(Role::new("sets").set("deal", "configure", "all"));
                let over = Window::ALWAYS.until(Moment::from_unix_seconds(999));
                assign(it, Assignment::new("sets", Subject::SignedIn).during(over));
                assign(it, Assignment::new("boss", Subject::Department("sales".into())));
            },
        ),
        (
            "everybody-reaches-all",
            |it| {
                it.policy.roles.push(Role::new("sees").set("deal", "read", "all"));
                assign(it, Assignment::new("sees", Subject::Everyone).during(NOW));
            },
            |it| {
                it.policy.roles.push(Role::new("sees").set("deal", "read", "all"));
                let over = Window::ALWAYS.until(Moment::from_unix_seconds(999));
                assign(it, Assignment::new("sees", Subject::Everyone).during(over));
                assign(it, Assignment::new("seller", Subject::Everyone));
            },
        ),
        (
            "conflicting-roles",
            |it| {
                role(it, Role::new("auditor").set("deal", "export", "own").set("deal", "read", "own"));
                it.conflicts.push(("seller".into(), "auditor".into()));
            },
            |it| {
                role(it, Role::new("auditor").set("deal", "export", "own").set("deal", "read", "own"));
                it.conflicts.push(("boss".into(), "auditor".into()));
            },
        ),
        (
            "prerequisite-nowhere",
            |it| {
                it.policy.roles[0].rights.retain(|right| right.action != "read".into());
                it.policy.roles[1].rights.retain(|right| right.action != "read".into());
            },
            |it| it.policy.roles[1].rights.retain(|right| right.action != "export".into()),
        ),
        (
            "stage-without-exit",
            |it| {
                let won = Place::entity("deal").pipeline("general").stage("won");
                let role = it.policy.roles.remove(0);
                it.policy.roles.insert(0, role.set_transition(won, Targets::stages(["won"])));
                it.policy.roles[1].rights.retain(|right| right.action != "configure".into());
            },
            |it| {
                let won = Place::entity("deal").pipeline("general").stage("won");
                let role = it.policy.roles.remove(0);
                it.policy.roles.insert(0, role.set_transition(won, Targets::stages(["new"])));
            },
        ),
        (
            "entity-without-reader",
            |it| {
                let task = Entity::new("task").offer(Offer::new("read").levels(["all"])).reads_by("read");
                it.policy.vocabulary.entities.push(task);
            },
            |it| {
                let task = Entity::new("task").offer(Offer::new("read").levels(["all"]));
                it.policy.vocabulary.entities.push(task);
            },
        ),
        (
            "subject-switched-off",
            |it| assign(it, Assignment::new("seller", Subject::UserGroup("off".into()))),
            |it| assign(it, Assignment::new("seller", Subject::UserGroup("night".into()))),
        ),
        (
            "subject-archived",
            |it| {
                it.directory.social_groups[0].archived = true;
                assign(it, Assignment::new("seller", Subject::SocialGroup("club".into(), Rank::Member)));
            },
            |it| assign(it, Assignment::new("seller", Subject::SocialGroup("club".into(), Rank::Member))),
        ),
        (
            "assignment-reaches-nobody",
            |it| assign(it, Assignment::new("seller", Subject::User("gone".into()))),
            |it| assign(it, Assignment::new("seller", Subject::SocialGroup("club".into(), Rank::Owner))),
        ),
        (
            "assignment-over",
            |it| it.policy.assignments[1].window = Window::ALWAYS.until(Moment::from_unix_seconds(999)),
            |it| it.policy.assignments[1].window = Window::ALWAYS.until(Moment::from_unix_seconds(1000)),
        ),
        (
            "substitution-never-live",
            |it| it.policy.substitutions.push(Substitution::new("gone", "boris")),
            |it| it.policy.substitutions.push(Substitution::new("anna", "boris")),
        ),
        (
            "window-long",
            |it| {
                let year = Window::from(Moment::from_unix_seconds(0))
                    .until(Moment::from_unix_seconds(366 * 86_400 + 1));
                it.policy.substitutions.push(Substitution::new("anna", "boris").during(year));
            },
            |it| {
                let year =
                    Window::from(Moment::from_unix_seconds(0)).until(Moment::from_unix_seconds(366 * 86_400));
                it.policy.substitutions.push(Substitution::new("anna", "boris").during(year));
            },
        ),
        (
            "windows-overlap",
            |it| {
                let again = it.policy.assignments[1].clone();
                assign(it, again.during(Moment::from_unix_seconds(5)));
            },
            |it| {
                it.policy.assignments[1].window = Window::from(Moment::from_unix_seconds(1000));
                let again = it.policy.assignments[1].clone().because("again").within("sales");
                assign(it, again);
            },
        ),
        (
            "stands-in-for-himself",
            |it| it.policy.substitutions.push(Substitution::new("anna", "anna")),
            |it| it.policy.substitutions.push(Substitution::new("anna", "boris")),
        ),
        (
            "role-for-one-user",
            |it| it.policy.assignments[1].to = Subject::User("anna".into()),
            |it| assign(it, Assignment::new("boss", Subject::User("anna".into()))),
        ),
        (
            "user-without-roles",
            |it| it.directory.users.push(User::new("new")),
            |it| it.directory.users.push(User::new("new").dismissed()),
        ),
        (
            "create-without-read",
            |it| role(it, Role::new("writer").set("deal", "create", "all")),
            |it| role(it, Role::new("writer").set("deal", "create", "all").set("deal", "read", "all")),
        ),
        (
            "role-gives-nothing",
            |it| {
                role(
                    it,
                    Role::new("empty")
                        .set("deal", "read", "none")
                        .set_transition("deal", Targets::stages([""; 0])),
                )
            },
            |it| role(it, Role::new("moves").set_transition("deal", Targets::stages(["won"]))),
        ),
        (
            "role-contained",
            |it| role(it, Role::new("less").set("deal", "read", "own")),
            |it| {
                role(it, Role::new("less").set("deal", "read", "own").set("deal", "create", "open"));
            },
        ),
    ]
}

#[test]
fn nothing_is_wrong_with_the_draft() {
    assert_eq!(codes(&draft().findings()), [""; 0]);
}

#[test]
fn every_lint_fires_on_its_example_and_is_silent_on_what_comes_close() {
    let mut fired = BTreeSet::new();
    for (code, example, near_miss) in cases() {
        let mut with = draft();
        example(&mut with);
        let findings = with.findings();
        assert!(codes(&findings).contains(&code), "{code}: {:?}", codes(&findings));
        fired.insert(code);
        let finding = findings.iter().find(|finding| finding.lint().code() == code).unwrap();
        assert!(!finding.keys().is_empty() && finding.to_string().contains(code), "{finding}");
        let mut without = draft();
        near_miss(&mut without);
        assert!(!codes(&without.findings()).contains(&code), "{code} near miss: {:?}", without.findings());
    }
    assert_eq!(Lint::ALL.map(Lint::code).into_iter().collect::<BTreeSet<_>>(), fired, "all are listed");
    assert!(Lint::ALL.is_sorted() && Lint::ALL.iter().all(|it| Lint::from_code(it.code()) == Some(*it)));
    let table = include_str!("../../../src/review/lint/finding.rs");
    let listed = table.lines().filter_map(|line| line.strip_prefix("/// | `")?.split('`').next());
    assert_eq!(listed.collect::<BTreeSet<_>>(), fired, "the table lists every code");
}
