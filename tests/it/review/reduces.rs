//! Roles that take something away, one way after the other, each beside what comes close to it.

use bailiwick::review::{Finding, Lint, lint};
use bailiwick::{
    Assignment, Combining, Department, Directory, Entity, Level, Limit, Moment, Offer, PartyRule, Pipeline,
    Place, Policy, Relations, Role, Subject, Targets, User, Vocabulary,
};

/// Two pipelines of two stages each; who reads anything observes, and to update one must read.
fn vocabulary() -> Vocabulary {
    let levels = ["none", "own", "department", "tree", "all"];
    Vocabulary::new()
        .party(PartyRule::new("owner").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .party(PartyRule::new("observer").counts_for(Relations::OBSERVED))
        .level(Level::new("none", Relations::empty()))
        .level(Level::new("own", Relations::OWN))
        .level(Level::new("department", Relations::OWN | Relations::DEPARTMENT))
        .level(Level::new("tree", Relations::OWN | Relations::DEPARTMENT | Relations::SUBDEPARTMENTS))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read", "create", "update", "configure"])
        .entity(
            Entity::new("deal")
                .offer(Offer::new("read").levels(levels).standing(Relations::OBSERVED))
                .offer(Offer::new("create").levels(levels).standing(Relations::OWN))
                .offer(Offer::new("update").levels(levels).requires("read"))
                .offer(Offer::new("configure").levels(["none", "all"]))
                .pipeline(Pipeline::new("general", ["new", "won"]))
                .pipeline(Pipeline::new("repair", ["new", "won"]))
                .reads_by("read")
                .creates_by("create")
                .updates_by("update")
                .settings("deal", "configure"),
        )
}

fn new() -> Place {
    Place::entity("deal").pipeline("general").stage("new")
}

fn base() -> Role {
    ["read", "create", "update"]
        .into_iter()
        .fold(Role::new("base"), |role, action| role.set("deal", action, "own"))
}

/// What is told, when petr is given all these roles.
fn told(roles: impl IntoIterator<Item = Role>) -> Vec<String> {
    told_after(roles, |_| {})
}

fn told_after(roles: impl IntoIterator<Item = Role>, edit: impl FnOnce(&mut Policy)) -> Vec<String> {
    let directory = Directory::new()
        .with(Department::new("sales"))
        .with(Department::new("repairs"))
        .with(User::new("petr").sits_in("sales"));
    let mut policy = Policy::new(vocabulary());
    for role in roles {
        policy.assignments.push(Assignment::new(&role.key, Subject::User("petr".into())));
        policy.roles.push(role);
    }
    edit(&mut policy);
    let findings = lint(&policy, &directory, Moment::from_unix_seconds(0), &[]);
    let findings = findings.unwrap_or_else(|problems| panic!("{problems}"));
    let reduces = findings.iter().filter(|it| it.lint() == Lint::RoleReduces);
    reduces.map(Finding::message).map(str::to_owned).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn narrower_transitions_of_a_stage_silence_wider_ones() {
    let leads = || base().set_transition("deal", Targets::Any);
    let stays = |to: &[&str]| Role::new("stays").set_transition(new(), Targets::stages(to.to_vec()));
    assert_eq!(
        told([leads(), stays(&[])]),
        ["role `stays`, held beside others, takes something from user `petr`: \
          for example the move from deal/general/new to deal/general/won"]
    );
    // All that there is to lead to.
    assert_eq!(told([leads(), stays(&["won"])]), NOTHING);
    assert_eq!(told([leads(), stays(&[])]), told([stays(&[]), leads()]));
    // Nobody moves what he cannot update, and who sets the entity up needs no transition.
    let reads = Role::new("base").set("deal", "read", "all").set_transition("deal", Targets::Any);
    assert_eq!(told([reads, stays(&[])]), NOTHING);
    assert_eq!(told([leads().set("deal", "configure", "all"), stays(&[])]), NOTHING);
    let permissive = |policy: &mut Policy| policy.combining = Combining::MostPermissive;
    assert_eq!(told_after([leads(), stays(&[])], permissive), NOTHING);
}

#[test]
fn what_is_superseded_comes_back_without_the_role_that_supersedes() {
    let less = |key: &str| Role::new(key).set("deal", "read", "own").supersedes("base");
    assert_eq!(
        told([base(), less("less")]),
        [
            "role `less`, held in place of role `base`, takes something from user `petr`: for example `create` at deal"
        ]
    );
    // It gives everything that the other gave.
    let mut more = base().supersedes("base");
    more.key = "more".into();
    assert_eq!(told([base(), more]), NOTHING);
    // Without either of two, the other is still held in its place.
    assert_eq!(told([base(), less("less"), less("few")]), NOTHING);
    // It would silence the other as well.
    let narrow =
        less("narrow").set(new(), "read", "none").set("deal", "create", "own").set("deal", "update", "own");
    let told = told([base(), narrow]);
    assert_eq!(
        told,
        [
            "role `narrow`, held beside others, takes something from user `petr`: for example `read` at deal/general/new"
        ]
    );
}

/// An explicit "none" at a stage, where what it takes can be had otherwise, or could not be had anyway.
#[test]
fn reach_is_compared_and_not_what_roles_give() {
    let none = |action: &str| Role::new("none").set(new(), action, "none");
    assert_eq!(told([base(), none("update")]).len(), 1);
    let settings = base().set("deal", "configure", "all");
    let includes = |policy: &mut Policy| {
        policy.vocabulary.entities[0]
            .offers
            .iter_mut()
            .for_each(|it| it.by_settings = it.action != "configure".into());
    };
    assert_eq!(told_after([settings.clone(), none("update")], includes), NOTHING);
    assert_eq!(told([settings, none("update")]).len(), 1);
    // Updating requires reading.
    let blind = base().set(Place::entity("deal").pipeline("general"), "read", "none");
    let read = |standing: Relations| {
        move |policy: &mut Policy| policy.vocabulary.entities[0].offers[0].standing = standing
    };
    assert_eq!(told_after([blind.clone(), none("update")], read(Relations::empty())), NOTHING);
    assert_eq!(told_after([blind, none("update")], read(Relations::OBSERVED)).len(), 1);
    // What stands is reached whatever the stage says, and creates nothing.
    assert_eq!(
        told([base(), none("create")]),
        [
            "role `none`, held beside others, takes something from user `petr`: for example `create` at deal/general/new"
        ]
    );
    let standing = |policy: &mut Policy| policy.vocabulary.entities[0].creates_by = None;
    assert_eq!(told_after([base(), none("create")], standing), NOTHING);
}

#[test]
fn an_entity_is_not_entered_any_more_where_a_limit_leaves_too_little() {
    let silent = || Role::new("silent").set(new(), "read", "none");
    let reader = || Role::new("reader").set(new(), "read", "own");
    let superseding = || Role::new("none").supersedes("reader").set("deal", "read", "none");
    let takes = |policy: &mut Policy| {
        policy.vocabulary.entities[0].offers[0].standing = Relations::empty();
        policy.limits.push(Limit::new("shut", Subject::Everyone).actions(["read"]).at([new()]));
    };
    // It is taken where it was given.
    assert_eq!(told_after([reader(), superseding()], takes), NOTHING);
    assert_eq!(told([reader(), superseding()]).len(), 1);
    // Given everywhere, and left at one stage, where another silences it: it is entered by the role that would give it there.
    let only = |policy: &mut Policy| {
        policy.vocabulary.entities[0].offers[0].standing = Relations::empty();
        policy.limits.push(Limit::new("shut", Subject::Everyone).actions(["read"]).everywhere_but([new()]));
    };
    let wide = || Role::new("reader").set("deal", "read", "own");
    assert_eq!(
        told_after([wide(), silent(), superseding()], only),
        [
            "role `none`, held in place of role `reader`, takes something from user `petr`: for example entering `deal`"
        ]
    );
    assert_eq!(told_after([wide(), silent()], only).len(), 1);
}

#[test]
fn views_are_compared_one_by_one() {
    let none = || Role::new("none").set(new(), "read", "none");
    let apart = |within: [Option<&'static str>; 2]| {
        move |policy: &mut Policy| {
            for (it, within) in policy.assignments.iter_mut().zip(within) {
                it.within = within.map(Into::into);
            }
        }
    };
    assert_eq!(told_after([base(), none()], apart([Some("sales"), Some("sales")])).len(), 1);
    assert_eq!(told_after([base(), none()], apart([Some("sales"), None])), NOTHING);
    assert_eq!(told_after([base(), none()], apart([Some("sales"), Some("repairs")])), NOTHING);
    // Within a department, and what lies below it, "tree" is as much as "all".
    let tree = Role::new("tree").set(new(), "read", "tree");
    let all = || Role::new("all").set("deal", "read", "all");
    assert_eq!(told_after([all(), tree.clone()], apart([Some("sales"), Some("sales")])), NOTHING);
    assert_eq!(told([all(), tree]).len(), 1);
    // He sits in sales, so that in repairs nothing can be created that would have to be his.
    let own = || Role::new("own").set("deal", "create", "own");
    let no = || Role::new("no").set(new(), "create", "none");
    let creating = |within: &'static str| {
        move |policy: &mut Policy| {
            policy.vocabulary.entities[0].offers[1].standing = Relations::OWN;
            apart([Some(within), Some(within)])(policy);
        }
    };
    assert_eq!(told_after([own(), no()], creating("sales")).len(), 1);
    assert_eq!(told_after([own(), no()], creating("repairs")), NOTHING);
}

#[test]
fn visitors_lose_what_nobody_else_loses() {
    let everyone =
        |policy: &mut Policy| policy.assignments.iter_mut().for_each(|it| it.to = Subject::Everyone);
    let none = || Role::new("none").set(new(), "read", "none");
    let again = |policy: &mut Policy| {
        everyone(policy);
        policy.roles.push(Role::new("signed").set(new(), "read", "all"));
        policy.assignments.push(Assignment::new("signed", Subject::SignedIn));
    };
    assert_eq!(
        told_after([base(), none()], again),
        [
            "role `none`, held beside others, takes something from visitors: for example `read` at deal/general/new"
        ]
    );
    assert!(told_after([base(), none()], everyone)[0].contains("from user `petr`: "));
    let signed_in =
        |policy: &mut Policy| policy.assignments.iter_mut().for_each(|it| it.to = Subject::SignedIn);
    assert_eq!(told_after([base(), none()], signed_in).len(), 1);
}
