//! Nearest grants, held against trying every set of the changes that are listed for them, on the whole policy and directory, with
//! the oracle as the judge.

mod denied;

use std::collections::BTreeSet;

use bailiwick::explain::{Bound, NearestGrants};
use bailiwick::{
    Access, Assignment, Change, Department, Directory, Entity, Key, Moment, Pipeline, Place, Policy, Record,
    Role, Snapshot, Subject, Targets, Unit, User, crm,
};
use proptest::test_runner::TestCaseResult;
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::World;
use crate::laws::{access, bind, handle, in_every_world, places};
use crate::oracle::{Oracle, Thing};
use denied::{Denied, Wish, thing_at, told};

/// More candidates than this are tried one by one only: every pair of them would take minutes.
const MOST_IN_PAIRS: usize = 24;

/// The wishes that a law is about, with every thing of a world.
type Wishes = fn(&World) -> Vec<(Wish, Thing)>;

/// Every kind of question.
const ALL: [Wishes; 4] = [checks, creations, creations_for_somebody, moves];

fn entity_of<'w>(world: &'w World, thing: &Thing) -> Option<&'w Entity> {
    world.policy.vocabulary.entities.iter().find(|it| it.key == thing.entity)
}

fn checks(world: &World) -> Vec<(Wish, Thing)> {
    let of = |thing: &Thing| {
        let offers = entity_of(world, thing).map(|it| it.offers.clone()).unwrap_or_default();
        offers.into_iter().map(|it| (Wish::Check(it.action), thing.clone())).collect::<Vec<_>>()
    };
    world.things.iter().flat_map(of).collect()
}

fn creations(world: &World) -> Vec<(Wish, Thing)> {
    let things = places(&world.policy.vocabulary).into_iter().map(|at| thing_at(&at));
    let admits = |thing: &Thing| entity_of(world, thing).is_some_and(|it| it.creates_by.is_some());
    things.filter(admits).map(|thing| (Wish::Create, thing)).collect()
}

/// A record of everybody, at every place.
fn creations_for_somebody(world: &World) -> Vec<(Wish, Thing)> {
    let owners = world.directory.users.iter().map(|it| Some(it.key.clone()));
    let of = |owner: Option<Key<User>>| {
        let all = creations(world).into_iter();
        all.map(move |(_, thing)| (Wish::CreateFor, Thing { owner: owner.clone(), ..thing }))
    };
    owners.flat_map(of).collect()
}

/// Every move of a thing in its entity, and one that is none.
fn moves(world: &World) -> Vec<(Wish, Thing)> {
    let known = |thing: &&Thing| entity_of(world, thing).is_some_and(|it| it.updates_by.is_some());
    let targets = |thing: &Thing| {
        let all = places(&world.policy.vocabulary).into_iter();
        all.filter(|to| *to.entity_key() == thing.entity).collect::<Vec<Place>>()
    };
    let of = |thing: &Thing| {
        targets(thing).into_iter().map(|to| (Wish::Move(to), thing.clone())).collect::<Vec<_>>()
    };
    world.things.iter().filter(known).flat_map(of).collect()
}

/// One denied question of each world that has any, with the library's answer and the bound up to which it was looked for.
#[track_caller]
fn for_a_denial(wishes: Wishes, law: impl Fn(&Denied<'_>, usize, &NearestGrants) -> TestCaseResult) {
    in_every_world(|world, snapshot| {
        let wishes = wishes(world);
        let mut denied = Vec::new();
        for on in world.occasions() {
            for user in world.directory.users.iter().filter(|it| !it.dismissed).map(|it| &it.key) {
                let all = wishes.iter().map(|(wish, thing)| Denied { world, user, on, wish, thing });
                denied.extend(all.filter(|question| !question.is_allowed_with(&[])));
            }
        }
        let chosen = world.recipe.seed as usize % denied.len().max(1);
        let Some(question) = denied.get(chosen) else { return Ok(()) };
        let at_most = if question.tries().len() > MOST_IN_PAIRS { 1 } else { 2 };
        law(question, at_most, &answer(question, snapshot, at_most))
    });
}

/// What the library says to it.
fn answer(question: &Denied<'_>, snapshot: &Snapshot, at_most: usize) -> NearestGrants {
    let Denied { world, user, on, .. } = *question;
    let bound = Bound::new(&world.policy, &world.directory).at_most(at_most);
    let access = access(snapshot, Some(user), on);
    let bound_to = bind(snapshot, std::slice::from_ref(question.thing));
    let record = bound_to[0].record();
    match question.wish {
        Wish::Check(action) => access.nearest_grants(snapshot.action(action), &record, bound),
        Wish::Create => access.nearest_grants_to_create(handle(snapshot, &question.place()), bound),
        Wish::CreateFor => {
            let owner = snapshot.user(question.thing.owner.as_ref());
            access.nearest_grants_to_create_for(handle(snapshot, &question.place()), owner, bound)
        }
        Wish::Move(to) => access.nearest_grants_to_relocate(&record, handle(snapshot, to), bound),
    }
}

#[track_caller]
fn are_the_smallest_sets_that_allow_and_all_of_them(wishes: Wishes) {
    for_a_denial(wishes, |question, at_most, nearest| {
        let found: BTreeSet<_> = nearest.grants.iter().map(|it| told(it.changes.iter())).collect();
        prop_assert_eq!(found.len(), nearest.grants.len(), "one twice");
        let expected = question.smallest(at_most);
        let asked = format!("{} {:?} {:?} {:?}", question.user, question.wish, question.thing, question.on);
        prop_assert_eq!(found, expected, "{}", asked);
        Ok(())
    });
}

#[test]
fn the_nearest_grants_are_the_smallest_sets_that_allow_and_all_of_them() {
    are_the_smallest_sets_that_allow_and_all_of_them(checks);
}

#[test]
fn those_of_creating_too() {
    are_the_smallest_sets_that_allow_and_all_of_them(creations);
}

#[test]
fn those_of_creating_for_somebody_too() {
    are_the_smallest_sets_that_allow_and_all_of_them(creations_for_somebody);
}

#[test]
fn those_of_moving_too() {
    are_the_smallest_sets_that_allow_and_all_of_them(moves);
}

fn changed_role(change: &Change) -> Option<&Key<Role>> {
    if let Change::SetRight { role, .. } | Change::SetTransition { role, .. } = change {
        Some(role)
    } else {
        None
    }
}

#[test]
fn they_are_ranked_and_count_whom_they_touch() {
    for wishes in ALL {
        for_a_denial(wishes, are_ranked_and_count_whom_they_touch);
    }
}

fn are_ranked_and_count_whom_they_touch(
    question: &Denied<'_>,
    _: usize,
    nearest: &NearestGrants,
) -> TestCaseResult {
    let ranks: Vec<_> = nearest.grants.iter().map(|it| (it.changes.len(), it.people)).collect();
    prop_assert!(ranks.is_sorted(), "{:?}", ranks);
    for grant in &nearest.grants {
        let roles: Vec<_> = grant.changes.iter().filter_map(changed_role).collect();
        let users = question.world.directory.users.iter();
        let touched = users.filter(|user| {
            let views = question.oracle(&user.key);
            let holds = |view: &Oracle<'_>| {
                view.views().iter().flat_map(|it| it.roles()).any(|role| roles.contains(&&role.key))
            };
            user.key == *question.user || views.is_some_and(|views| holds(&views))
        });
        prop_assert_eq!(grant.people, touched.count(), "{}", grant);
    }
    Ok(())
}

/// "agreed" is a stage of another pipeline: no transition from a place of this one can speak of it.
#[test]
fn a_way_out_that_is_set_below_keeps_the_stages_that_are_known_there() {
    let partners = Pipeline::new("partners", ["agreed"]);
    let role = Role::new("seller")
        .set(crm::DEAL, crm::READ, crm::ALL)
        .set(crm::DEAL, crm::UPDATE, crm::ALL)
        .set_transition(crm::DEAL, Targets::stages(["agreed", "preparation"]));
    let policy = Policy::new(crm::with_pipeline(crm::vocabulary(), crm::DEAL, partners))
        .role(role)
        .assign(Assignment::new("seller", Subject::SignedIn));
    let directory = Directory::new().with(User::new("tim"));
    let snapshot = Snapshot::compile(&policy, &directory).expect("a sound policy");
    let access = snapshot.access(snapshot.user("tim"), Moment::from_unix_seconds(0));
    let general = crm::DEAL.pipeline("general");
    let bound = Bound::new(&policy, &directory).at_most(1);
    let nearest =
        access.nearest_grants_to_relocate(&Record::at(general.stage("new")), general.stage("won"), bound);
    let told: Vec<String> = nearest.grants.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "let role seller move from deal/general/new to preparation, won",
            "let role seller move from deal/general to preparation, won",
            "let role seller move from deal to agreed, preparation, won",
            "set update at settings of role seller to all",
        ]
    );
}

#[test]
fn of_two_roles_the_one_that_gives_less_is_the_nearer() {
    let directory = Directory::new()
        .with(Department::new("sales"))
        .with(User::new("sara").sits_in("sales"))
        .with(User::new("tim").sits_in("sales"));
    let policy = Policy::new(crm::vocabulary()).roles(crm::roles());
    let snapshot = Snapshot::compile(&policy, &directory).expect("a sound policy");
    let access = snapshot.access(snapshot.user("tim"), Moment::from_unix_seconds(0));
    let deal = Record::at(crm::DEAL).owner(snapshot.user("sara"));
    let nearest = access.nearest_grants(crm::DELETE, &deal, Bound::new(&policy, &directory).at_most(1));
    let roles = nearest.grants.iter().flat_map(|grant| &grant.changes).filter_map(assigned_role);
    let roles: Vec<_> = roles.map(ToString::to_string).collect();
    assert_eq!(roles, ["department_head", "director", "administrator"]);
}

fn assigned_role(change: &Change) -> Option<&Key<Role>> {
    if let Change::Assign(assignment) = change { Some(&assignment.role) } else { None }
}

/// "No grant would allow it" would be a claim about changes that nobody made.
#[test]
fn nothing_is_said_for_whom_nothing_is_tried() {
    let policy = Policy::new(crm::vocabulary())
        .role(Role::new("public").set(crm::DEAL, crm::READ, crm::NONE))
        .assign(Assignment::new("public", Subject::Everyone));
    let directory = Directory::new().with(User::new("anna")).with(User::new("gone").dismissed());
    let snapshot = Snapshot::compile(&policy, &directory).expect("a sound policy");
    let now = Moment::from_unix_seconds(0);
    let of = |user| snapshot.access(snapshot.user(user), now);
    let (record, bound) = (Record::at(crm::DEAL), Bound::new(&policy, &directory));
    let is_told = |access: Access<'_>| {
        let told = access.explain_with_grants(crm::READ, &record, bound);
        assert!(told.decision.is_denied());
        told.nearest.is_some()
    };
    assert!(is_told(of("anna")));
    assert!(![of("gone"), of("nobody"), snapshot.anonymous_access(now)].into_iter().any(is_told));
}

/// Where a role of somebody else alone is confined to is not named for the viewer: any seat would do as well.
#[test]
fn a_seat_where_somebody_else_is_confined_is_no_candidate() {
    let policy = Policy::new(crm::vocabulary())
        .role(Role::new("creator").set(crm::DEAL, crm::CREATE, crm::ALL))
        .assign(Assignment::new("creator", Subject::Employees(Unit::Anywhere)))
        .assign(Assignment::new("creator", Subject::Employee("sara".into())).within("north"))
        .assign(Assignment::new("creator", Subject::User("tom".into())).within("south"))
        .assign(Assignment::new("creator", Subject::User("tim".into())).within("west"));
    let departments = ["sales", "north", "south", "west", "east"].map(Department::new);
    let directory = departments
        .into_iter()
        .fold(Directory::new(), Directory::with)
        .with(User::new("sara").sits_in("sales"))
        .with(User::new("tom"))
        .with(User::new("tim"));
    let snapshot = Snapshot::compile(&policy, &directory).expect("a sound policy");
    let access = snapshot.access(snapshot.user("tim"), Moment::from_unix_seconds(0));
    let bound = Bound::new(&policy, &directory).at_most(1);
    let nearest = access.nearest_grants_to_create_for(crm::DEAL, snapshot.user("sara"), bound);
    let told: Vec<String> = nearest.grants.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["assign role creator to user tim", "seat tim in department sales", "seat tim in department west"]
    );
}
