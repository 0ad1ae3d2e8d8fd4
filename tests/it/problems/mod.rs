//! What can be wrong with a policy and a directory: each mistake yields exactly its problem, with its code, its keys and
//! the place where it stands, and what comes close to it compiles.

mod audiences;
mod circles;
mod everything;
mod keys;
mod ladders;
mod limiting;
mod limits;
mod references;
mod single;
mod views;

use bailiwick::{
    Assignment, Department, Directory, Entity, Extent, Flag, Grain, Level, Limit, Moment, Offer, PartyRule,
    Pipeline, Place, Policy, Problem, Rank, Relations, Right, Role, Snapshot, SocialGroup, Subject,
    Substitution, Targets, TicketGroup, TicketMember, Unit, User, UserGroup, Vocabulary, Window,
};

/// A policy and a directory that compile, with a little of everything.
struct Draft {
    policy: Policy,
    directory: Directory,
}

impl Draft {
    fn new() -> Self {
        Self { policy: policy(), directory: directory() }
    }

    fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut draft = Self::new();
        change(&mut draft);
        draft
    }

    fn vocabulary(&mut self) -> &mut Vocabulary {
        &mut self.policy.vocabulary
    }

    fn entity(&mut self) -> &mut Entity {
        &mut self.policy.vocabulary.entities[0]
    }

    fn problems(&self) -> Vec<Problem> {
        match Snapshot::compile(&self.policy, &self.directory) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().cloned().collect(),
        }
    }
}

/// Code, keys and place of a problem in one line.
fn line(problem: &Problem) -> String {
    let words = [problem.code()].into_iter().chain(problem.keys()).collect::<Vec<_>>();
    format!("{} at {}", words.join(" "), problem.at())
}

#[track_caller]
fn assert_problems(draft: &Draft, expected: &[&str]) {
    let found: Vec<String> = draft.problems().iter().map(line).collect();
    assert_eq!(found, expected);
}

/// A mistake, what is said of it, and something close to it that is no mistake.
type Case = (fn(&mut Draft), &'static str, fn(&mut Draft));

#[track_caller]
fn assert_cases(cases: &[Case]) {
    for (mistake, expected, near_miss) in cases {
        assert_problems(&Draft::with(mistake), &[expected]);
        let near_miss = Draft::with(near_miss).problems();
        assert!(near_miss.is_empty(), "close to {expected}: {near_miss:?}");
    }
}

fn directory() -> Directory {
    Directory::new()
        .with(Department::new("company"))
        .with(Department::new("sales").below("company").head("anna").deputy("boris"))
        .with(Department::new("store").below("company").switched_off())
        .with(User::new("anna"))
        .with(User::new("boris").sits_in("sales").sits_in("store"))
        .with(User::new("vera").dismissed())
        .with(User::new("zoe").administrator())
        .with(User::new("karl"))
        .with(UserGroup::new("staff").member("anna").member_during("boris", august()))
        .with(UserGroup::new("all").including("staff"))
        .with(SocialGroup::new("club", "anna").moderator("boris").member("vera").pending("zoe"))
        .with(TicketGroup::of_staff("desk").member(TicketMember::new("anna").sees()))
}

fn august() -> Window {
    Window::from(Moment::from_unix_seconds(100)).until(Moment::from_unix_seconds(200))
}

fn policy() -> Policy {
    let vocabulary = Vocabulary::new()
        .party(PartyRule::new("responsible").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .party(PartyRule::new("observer").counts_for(Relations::OBSERVED))
        .flag("open")
        .level(Level::new("none", Relations::empty()))
        .level(Level::new("own", Relations::OWN))
        .level(Level::new("open", Relations::OWN | Flag::nth(0).relation()))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read", "create", "update", "configure"])
        .circumstances(["office", "phone"])
        .entity(deal())
        .entity(Entity::new("task").offer(Offer::new("read").levels(["all"])).settings("deal", "configure"));
    let stage = |pipeline: &str, key: &str| Place::entity("deal").pipeline(pipeline).stage(key);
    Policy::new(vocabulary)
        .role(
            Role::new("clerk")
                .set("deal", "read", "open")
                .set(stage("general", "won"), "read", "none")
                .set(Place::entity("deal").pipeline("general"), "update", "own")
                .set_transition("deal", Targets::stages(["won"]))
                .set_transition(stage("general", "new"), Targets::Any),
        )
        .role(Role::new("boss").set("deal", "configure", "all").set("task", "read", "all"))
        .assign(Assignment::new("clerk", Subject::SignedIn))
        .assign(Assignment::new("clerk", Subject::UserGroup("all".into())).during(august()))
        .assign(Assignment::new("boss", Subject::Heads(Unit::Of("sales".into()))).when(["office"]))
        .assign(Assignment::new("boss", Subject::SocialGroup("club".into(), Rank::Owner)))
        .limit(
            Limit::new("phone", Subject::SignedIn)
                .when(["phone"])
                .actions(["update"])
                .at([stage("general", "won")]),
        )
        .limit(
            Limit::new("outside", Subject::UserGroup("staff".into()))
                .unless(["office"])
                .everywhere_but(["task"]),
        )
        .assign(Assignment::new("clerk", Subject::SignedIn).within("sales").audited_as("visits"))
        .substitute(
            Substitution::new("anna", "boris")
                .during(august())
                .only(Extent::at(general()))
                .only(Extent::at("task")),
        )
}

fn deal() -> Entity {
    let levels = ["none", "own", "open", "all"];
    Entity::new("deal")
        .offer(Offer::new("read").levels(levels).standing(Relations::OBSERVED))
        .offer(Offer::new("create").levels(levels).by_settings())
        .offer(Offer::new("update").levels(levels).requires("read").finest(Grain::Pipeline))
        .offer(Offer::new("configure").levels(["none", "all"]).finest(Grain::Entity))
        .pipeline(Pipeline::new("general", ["new", "won"]))
        .pipeline(Pipeline::new("partner", ["new"]))
        .reads_by("read")
        .creates_by("create")
        .updates_by("update")
        .settings("deal", "configure")
}

fn right(place: impl Into<Place>, action: &str, level: &str) -> Right {
    Right::new(place, action, level)
}

fn general() -> Place {
    Place::entity("deal").pipeline("general")
}

#[test]
fn the_draft_compiles() {
    assert_problems(&Draft::new(), &[]);
}
