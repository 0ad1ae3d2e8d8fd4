//! What every explanation must keep, in every world: held against the answers, and reason by reason against the oracle.

use std::collections::BTreeSet;

use bailiwick::explain::{
    Basis, Cell, Demand, Effect, OtherView, Ownership, Relation, Said, Spoken, Standing, Voice,
};
use bailiwick::{
    Action, Assignment, Combining, Creation, Directory, Entity, Explanation, Key, Level, Moment, Offer,
    Party, Pipeline, Place, Policy, Record, Relations, Responsible, Role, Snapshot, Subject, User,
    Vocabulary, Window,
};
use proptest::test_runner::TestCaseResult;
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::{Recipe, World};
use crate::laws::presets::in_every_world_and_preset;
use crate::laws::{access, actions, bind, compile, handle, oracle, places, views};
use crate::oracle::{On, Oracle, Thing, place_of, upward};

type Viewed = (Option<Key<User>>, On);

/// Every explanation of a check in every world, with what was asked.
#[track_caller]
fn for_every_check(law: impl Fn(&World, &Viewed, &Key<Action>, &Thing, &Explanation) -> TestCaseResult) {
    in_every_world_and_preset(|world, snapshot| {
        let bound = bind(snapshot, &world.things);
        for view in views(world) {
            let access = access(snapshot, view.0.as_ref(), view.1);
            for action in actions(&world.policy) {
                for (thing, bound) in world.things.iter().zip(&bound) {
                    let record = bound.record();
                    let explanation = access.explain(snapshot.action(&action), &record);
                    prop_assert_eq!(explanation.decision, access.check(snapshot.action(&action), &record));
                    law(world, &view, &action, thing, &explanation)?;
                }
            }
        }
        Ok(())
    });
}

fn met(demands: &[Demand]) -> bool {
    !demands.is_empty() && demands.iter().all(|it| it.met)
}

/// Whether one of the viewer's other views allows, by what is said of it.
fn passed(view: &OtherView) -> bool {
    met(&view.demands) && view.passes && view.inside != Some(false)
}

/// Whether what is said of the views comes to an allowed answer.
fn follows(explanation: &Explanation) -> bool {
    met(&explanation.demands) || explanation.others.iter().any(passed)
}

#[test]
fn the_decision_is_that_of_the_check_and_follows_from_the_demands() {
    for_every_check(|_, view, action, _, explanation| {
        let demands = &explanation.demands;
        if let Some(first) = demands.first() {
            prop_assert_eq!(&first.action, action);
            prop_assert_eq!(
                explanation.decision.is_allowed(),
                follows(explanation),
                "{:?}\n{}",
                view,
                explanation
            );
        } else {
            prop_assert!(explanation.decision.is_denied());
        }
        for demand in demands {
            prop_assert_eq!(demand.met, !demand.met_by.is_empty());
            prop_assert!(demand.met_by.iter().all(|relation| demand.reach.contains(relation)));
        }
        Ok(())
    });
}

#[test]
fn creating_and_moving_are_explained_as_they_are_answered() {
    in_every_world_and_preset(|world, snapshot| {
        let bound = bind(snapshot, &world.things);
        for (who, at) in views(world) {
            let access = access(snapshot, who.as_ref(), at);
            for place in places(&world.policy.vocabulary) {
                let place = handle(snapshot, &place);
                let explanation = access.explain_create(place);
                let creation = match explanation.decision.denial() {
                    Some(denial) => Creation::Denied(denial),
                    None => {
                        let whose = explanation.responsible.clone();
                        Creation::Allowed(whose.unwrap_or(Responsible::Requested))
                    }
                };
                prop_assert_eq!(creation, access.create(place), "{}", explanation);
                prop_assert_eq!(explanation.decision.is_allowed(), follows(&explanation), "{}", explanation);
                for bound in &bound {
                    let record = bound.record();
                    let explanation = access.explain_relocate(&record, place);
                    prop_assert_eq!(explanation.decision, access.relocate(&record, place), "{}", explanation);
                }
            }
        }
        Ok(())
    });
}

/// Whether what is said of the views comes to an allowed answer, where the record is to be somebody's from the start.
fn follows_for(explanation: &Explanation) -> bool {
    let his = |ownership: &Option<Ownership>| ownership.as_ref().is_some_and(|it| it.holds);
    let other = |view: &OtherView| passed(view) && his(&view.ownership);
    met(&explanation.demands) && his(&explanation.ownership) || explanation.others.iter().any(other)
}

#[test]
fn creating_for_somebody_is_explained_as_it_is_answered() {
    in_every_world_and_preset(|world, snapshot| {
        for (who, at) in views(world) {
            let (access, oracle) = (access(snapshot, who.as_ref(), at), oracle(world, who.as_ref(), at));
            for (number, place) in places(&world.policy.vocabulary).iter().enumerate() {
                let users = &world.directory.users;
                let himself = users.iter().find(|it| Some(&it.key) == who.as_ref());
                for owner in [&users[number % users.len()]].into_iter().chain(himself) {
                    let (at, whose) = (handle(snapshot, place), snapshot.user(&owner.key));
                    let explanation = access.explain_create_for(at, whose);
                    prop_assert_eq!(explanation.decision, access.create_for(at, whose), "{}", explanation);
                    let allowed = explanation.decision.is_allowed();
                    prop_assert_eq!(allowed, follows_for(&explanation), "{}", explanation);
                    let Ok(oracle) = &oracle else { continue };
                    prop_assert_eq!(explanation.decision, oracle.create_for(place, owner), "{}", explanation);
                    let told = explanation.others.iter().map(|it| &it.ownership);
                    let told = std::iter::once(&explanation.ownership).chain(told);
                    for (ownership, view) in told.zip(oracle.views()) {
                        let expected = view.owned(place, owner).map(|(whose, departments, holds)| {
                            (owner.key.clone(), whose, departments, holds)
                        });
                        let told = ownership
                            .clone()
                            .map(|it| (it.owner, it.whose, it.departments.into_iter().collect(), it.holds));
                        prop_assert_eq!(told, expected, "{:?} {:?}", who, explanation);
                    }
                }
                let nobody = access.explain_create_for(handle(snapshot, place), snapshot.user("nobody"));
                let answer = access.create_for(handle(snapshot, place), snapshot.user("nobody"));
                prop_assert_eq!(nobody.decision, answer, "{}", nobody);
                prop_assert!(answer.is_denied() && !follows_for(&nobody), "{}", nobody);
            }
        }
        Ok(())
    });
}

/// A move is allowed when all that the explanation lists is there, and only then.
#[test]
fn a_move_follows_from_what_it_is_said_to_need() {
    use bailiwick::explain::Movement;

    in_every_world_and_preset(|world, snapshot| {
        let bound = bind(snapshot, &world.things);
        for (who, at) in views(world) {
            let access = access(snapshot, who.as_ref(), at);
            for place in places(&world.policy.vocabulary) {
                for bound in &bound {
                    let explanation = access.explain_relocate(&bound.record(), handle(snapshot, &place));
                    let moved = |movement: &Option<Movement>, inside: bool| match movement {
                        Some(Movement::Stays) => true,
                        Some(Movement::Transition { leads, .. }) => *leads,
                        Some(Movement::ToPipeline { demands }) => met(demands) && inside,
                        Some(Movement::Nowhere) | None => false,
                        Some(other) => panic!("{other:?}"),
                    };
                    let own = met(&explanation.demands) && moved(&explanation.movement, true);
                    let others = explanation.others.iter();
                    let other = others.filter(|view| view.decision.is_allowed());
                    let other =
                        other.map(|view| passed(view) && moved(&view.movement, view.inside != Some(false)));
                    prop_assert!(other.clone().all(|follows| follows), "{}", explanation);
                    let expected = own || other.count() > 0;
                    prop_assert_eq!(explanation.decision.is_allowed(), expected, "{}", explanation);
                }
            }
        }
        Ok(())
    });
}

fn held(explanation: &Explanation) -> BTreeSet<&Key<Role>> {
    explanation.roles.iter().filter(|holding| holding.is_held()).map(|holding| &holding.role).collect()
}

/// Held are the roles that the oracle finds and no others; every way is an assignment of the role, open when it says so.
#[test]
fn the_roles_are_those_that_are_held_and_every_way_to_them_is_a_way() {
    for_every_check(|world, (who, on), _, _, explanation| {
        let oracle = oracle(world, who.as_ref(), *on);
        let expected = oracle.iter().flat_map(|it| it.own().roles()).map(|role| &role.key).collect();
        prop_assert_eq!(held(explanation), expected, "{}", explanation);
        for holding in &explanation.roles {
            prop_assert!(!holding.ways.is_empty());
            for way in &holding.ways {
                let assignment = &world.policy.assignments[way.assignment];
                prop_assert_eq!((&assignment.role, &assignment.to), (&holding.role, &way.to));
                let now = way.route.is_open(on.at) && assignment.window.contains(on.at);
                prop_assert_eq!(way.when.code() == "now", now);
                prop_assert_eq!(way.window.contains(on.at), now);
                let missing = way.circumstances.iter().filter(|it| !on.asserted.contains(it));
                prop_assert!(way.missing.iter().eq(missing));
                prop_assert_eq!(way.is_open(), now && way.missing.is_empty());
                let needed: BTreeSet<_> = assignment.when.iter().collect();
                prop_assert_eq!(way.circumstances.iter().collect::<BTreeSet<_>>(), needed);
            }
        }
        for demand in &explanation.demands {
            if let Basis::Roles(voices) = &demand.basis {
                let voices: BTreeSet<_> = voices.iter().map(|voice| &voice.role).collect();
                prop_assert_eq!(voices, held(explanation), "{}", explanation);
            }
        }
        Ok(())
    });
}

/// Without the assignments that are named as ways to a role, it is not held; with one of the open ones alone, it is.
#[test]
fn the_ways_to_a_role_are_all_ways_to_it() {
    in_every_world_and_preset(|world, snapshot| {
        let Some(thing) = bind(snapshot, &world.things).pop() else { return Ok(()) };
        let record = thing.record();
        for (who, at) in views(world) {
            let explanation =
                access(snapshot, who.as_ref(), at).explain(snapshot.action("no action"), &record);
            for holding in &explanation.roles {
                let ways: BTreeSet<usize> = holding.ways.iter().map(|way| way.assignment).collect();
                let is_held = |assignments: Vec<usize>| {
                    let mut world = world.clone();
                    let all = std::mem::take(&mut world.policy.assignments);
                    world.policy.assignments = assignments.iter().map(|at| all[*at].clone()).collect();
                    let oracle = Oracle::new(&world.policy, &world.directory, who.as_ref(), at);
                    oracle.is_ok_and(|it| it.own().roles().iter().any(|role| role.key == holding.role))
                };
                let others = (0..world.policy.assignments.len()).filter(|at| !ways.contains(at));
                prop_assert!(!is_held(others.collect()), "{}", explanation);
                for way in &ways {
                    let open = holding.ways.iter().any(|it| it.assignment == *way && it.is_open());
                    prop_assert_eq!(is_held(vec![*way]), open, "{} {}", way, explanation);
                }
            }
        }
        Ok(())
    });
}

/// What the role says nearest to the place: the naive reading.
pub(crate) fn nearest<'w>(
    role: &'w Role,
    action: &Key<Action>,
    place: &Place,
) -> Option<(usize, &'w bailiwick::Right)> {
    upward(place).iter().enumerate().find_map(|(steps, at)| {
        let right = role.rights.iter().find(|right| right.place == *at && right.action == *action)?;
        Some((steps, right))
    })
}

pub(crate) fn check_voice(
    world: &World,
    action: &Key<Action>,
    place: &Place,
    roles: &[&Role],
    voice: &Voice,
) -> TestCaseResult {
    let role = roles.iter().find(|role| role.key == voice.role).expect("held");
    let said = nearest(role, action, place);
    let steps = roles.iter().filter_map(|role| nearest(role, action, place)).map(|(steps, _)| steps).min();
    let Some((own, right)) = said else {
        prop_assert_eq!((&voice.said, &voice.effect), (&None, &Effect::SaysNothing));
        return Ok(());
    };
    let heard = voice.said.as_ref().expect("something is said");
    prop_assert_eq!((&heard.at, heard.explicit), (&right.place, right.place == *place));
    let is_said = matches!(&heard.what, Spoken::Level { level, .. } if *level == right.level);
    prop_assert!(is_said, "{:?}", heard);
    let silenced = world.policy.combining == Combining::MostSpecific && Some(own) != steps;
    match &voice.effect {
        Effect::Counts => prop_assert!(!silenced, "{:?}", voice),
        Effect::SaysNothing => prop_assert!(false, "{:?}", voice),
        Effect::Silenced { by } => {
            prop_assert!(silenced, "{:?}", voice);
            let cells = roles.iter().filter_map(|role| {
                let (_, right) = nearest(role, action, place).filter(|(near, _)| Some(*near) == steps)?;
                Some((&role.key, &right.place, &right.level))
            });
            let expected: BTreeSet<_> = cells.collect();
            let named = |cell: &Cell| {
                if let Spoken::Level { level, .. } = &cell.what { Some(level.clone()) } else { None }
            };
            let found: Vec<_> = by.iter().map(|cell| (&cell.role, &cell.place, named(cell))).collect();
            let expected: Vec<_> =
                expected.into_iter().map(|(role, place, level)| (role, place, Some(level.clone()))).collect();
            prop_assert_eq!(found.len(), expected.len());
            prop_assert!(expected.iter().all(|cell| found.contains(cell)), "{:?} {:?}", found, expected);
        }
        other => panic!("{other:?}"),
    }
    Ok(())
}

#[test]
fn a_role_is_silenced_exactly_by_nearer_cells_of_others_and_only_under_the_specific_rule() {
    for_every_check(|world, (who, at), _, thing, explanation| {
        let Ok(oracle) = oracle(world, who.as_ref(), *at) else { return Ok(()) };
        let mut entities = world.policy.vocabulary.entities.iter();
        let Some(entity) = entities.find(|entity| entity.key == thing.entity) else { return Ok(()) };
        let place = place_of(entity, thing);
        let roles: Vec<&Role> = oracle.own().roles().to_vec();
        for demand in &explanation.demands {
            if let Basis::Roles(voices) = &demand.basis {
                for voice in voices {
                    check_voice(world, &demand.action, &place, &roles, voice)?;
                }
            }
        }
        Ok(())
    });
}

/// What is seen in an explanation, by its codes.
fn codes(explanation: &Explanation) -> impl Iterator<Item = &'static str> {
    let demands = explanation.demands.iter().flat_map(|demand| {
        let voices = demand.basis.voices().iter();
        let said = |said: &Said| if said.explicit { "explicit" } else { "inherited" };
        let standing = |it: &Standing| if it.applies { "stands" } else { "would stand" };
        let voices =
            voices.flat_map(move |it| [it.effect.code()].into_iter().chain(it.said.as_ref().map(said)));
        [demand.basis.code()].into_iter().chain(voices).chain(demand.standing.as_ref().map(standing))
    });
    let ways = explanation.roles.iter().flat_map(|holding| &holding.ways).map(|way| way.when.code());
    demands.chain(ways).chain([explanation.who.code()])
}

/// What is to be seen in some world: otherwise the law above says nothing. In worlds that are the same in every run, for what is
/// seen in random ones is left to chance.
#[test]
fn silenced_and_inherited_rights_are_seen() {
    let mut seen = BTreeSet::new();
    for world in (0..16).map(|seed| Recipe::largest(seed).bake()) {
        let snapshot = compile(&world);
        let things = bind(&snapshot, &world.things);
        for (who, on) in views(&world) {
            let access = access(&snapshot, who.as_ref(), on);
            for (action, thing) in
                actions(&world.policy).iter().flat_map(|it| things.iter().map(move |thing| (it, thing)))
            {
                seen.extend(codes(&access.explain(snapshot.action(action), &thing.record())));
            }
        }
    }
    let expected = [
        "administrator",
        "settings",
        "roles",
        "counts",
        "silenced",
        "says-nothing",
        "explicit",
        "inherited",
        "stands",
        "would stand",
        "now",
        "later",
        "over",
        "user",
        "dismissed",
        "visitor",
        "unknown",
    ];
    let missing: Vec<_> = expected.iter().filter(|code| !seen.contains(*code)).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}");
}

pub(crate) fn bits(world: &World, relation: &Relation) -> Relations {
    let vocabulary = &world.policy.vocabulary;
    let slot = |at: Option<usize>| u8::try_from(at.expect("declared")).unwrap();
    match relation {
        Relation::Own => Relations::OWN,
        Relation::Department => Relations::DEPARTMENT,
        Relation::Subdepartments => Relations::SUBDEPARTMENTS,
        Relation::Subordinates => Relations::SUBORDINATES,
        Relation::InvolvesSubordinates => Relations::INVOLVES_SUBORDINATES,
        Relation::OwnHeads => Relations::OWN_HEADS,
        Relation::Peers => Relations::PEERS,
        Relation::OtherHeads => Relations::OTHER_HEADS,
        Relation::OtherEmployees => Relations::OTHER_EMPLOYEES,
        Relation::Elsewhere => Relations::ELSEWHERE,
        Relation::Observed => Relations::OBSERVED,
        Relation::Linked => Relations::LINKED,
        Relation::Hosted => Relations::HOSTED,
        Relation::Shared => Relations::SHARED,
        Relation::StaffMates => Relations::STAFF_MATES,
        Relation::ClientMates => Relations::CLIENT_MATES,
        Relation::Always => Relations::ALWAYS,
        Relation::Party(key) => {
            Party::nth(slot(vocabulary.parties.iter().position(|rule| rule.key == *key))).relation()
        }
        Relation::Flag(key) => {
            bailiwick::Flag::nth(slot(vocabulary.flags.iter().position(|flag| flag == key))).relation()
        }
        other => panic!("{other:?}"),
    }
}

pub(crate) fn offer<'w>(world: &'w World, thing: &Thing, action: &Key<Action>) -> &'w Offer {
    let mut entities = world.policy.vocabulary.entities.iter();
    let entity = entities.find(|entity| entity.key == thing.entity).unwrap();
    entity.offers.iter().find(|offer| offer.action == *action).unwrap()
}

/// Ties hold what the oracle finds to hold, person by person; demands are met by what holds and by nothing else.
#[test]
fn relations_are_said_to_hold_when_they_do() {
    for_every_check(|world, (who, at), _, thing, explanation| {
        let Ok(oracle) = oracle(world, who.as_ref(), *at) else { return Ok(()) };
        for tie in &explanation.ties {
            let number = world.policy.vocabulary.parties.iter().position(|rule| rule.key == tie.party);
            let party = Party::nth(u8::try_from(number.unwrap()).unwrap());
            let pairs = tie.departments.iter().flat_map(|shared| &shared.relations);
            let seat = tie.seat.iter().map(|seat| &seat.relation);
            let groups = tie.ticket_groups.iter().flat_map(|shared| &shared.relations);
            let all = tie.himself.iter().chain(pairs).chain(seat).chain(groups);
            let holds = all.fold(Relations::empty(), |all, relation| all | bits(world, relation));
            for relation in (Relations::COUNTABLE | party.relation()).iter() {
                let expected = oracle.own().stands_through(relation, party, &tie.who);
                prop_assert_eq!(holds.contains(relation), expected, "{:?}\n{}", relation, explanation);
            }
        }
        for demand in &explanation.demands {
            let offer = offer(world, thing, &demand.action);
            for relation in &demand.reach {
                let expected = if *relation == Relation::Hosted {
                    oracle.own().is_hosted(offer, thing)
                } else if *relation == Relation::Linked {
                    oracle.own().is_let_by_a_link(offer, thing)
                } else if *relation == Relation::Shared {
                    oracle.own().is_shared_with(offer, thing)
                } else {
                    oracle.own().stands(bits(world, relation), thing)
                };
                prop_assert_eq!(
                    demand.met_by.contains(relation),
                    expected,
                    "{:?}\n{}",
                    relation,
                    explanation
                );
            }
            let let_by = demand.links.iter().any(|link| link.decision.is_allowed());
            prop_assert_eq!(let_by, oracle.own().is_let_by_a_link(offer, thing), "{}", explanation);
            let hosted = demand.hosts.iter().any(|host| host.admission.is_admitted());
            prop_assert_eq!(hosted, oracle.own().is_hosted(offer, thing), "{}", explanation);
            for link in &demand.links {
                let follows = met(&link.demands) && link.passes && link.inside != Some(false);
                prop_assert_eq!(link.decision.is_allowed(), follows, "{}", explanation);
            }
            let shared = demand.shares.iter().any(|share| share.holds);
            prop_assert_eq!(shared, oracle.own().is_shared_with(offer, thing), "{}", explanation);
            for share in &demand.shares {
                prop_assert_eq!(share.holds, !share.routes.is_empty(), "{}", explanation);
                let known = |with: &Subject| thing.shares.iter().any(|(it, _)| it == with);
                prop_assert!(share.with.as_ref().is_none_or(known), "{}", explanation);
            }
            let elsewhere = demand.elsewhere.as_ref().map(|elsewhere| elsewhere.holds);
            let asked = demand.reach.contains(&Relation::Elsewhere);
            let holds = oracle.own().stands(Relations::ELSEWHERE, thing);
            prop_assert_eq!(elsewhere, asked.then_some(holds), "{}", explanation);
        }
        Ok(())
    });
}

#[test]
fn a_role_held_in_two_ways_at_once_speaks_once() {
    let stage = Place::entity("case").pipeline("p").stage("s");
    let levels = ["none", "all"];
    let vocabulary = Vocabulary::new()
        .level(Level::new("none", Relations::empty()))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read"])
        .entity(
            Entity::new("case").offer(Offer::new("read").levels(levels)).pipeline(Pipeline::new("p", ["s"])),
        );
    let from = |second| Window::from(Moment::from_unix_seconds(second));
    let everyone = |role: &str| Assignment::new(role, Subject::Everyone);
    let policy = Policy::new(vocabulary)
        .role(Role::new("wide").set("case", "read", "all"))
        .role(Role::new("closed").set(&stage, "read", "none"))
        .assign(everyone("wide"))
        .assign(everyone("closed").during(from(1)))
        .assign(everyone("closed").during(from(2)));
    let snapshot = Snapshot::compile(&policy, &Directory::new()).expect("sound");
    let access = snapshot.anonymous_access(Moment::from_unix_seconds(9));
    let record = Record::at(snapshot.place(snapshot.entity("case"), "p", "s"));
    let read = snapshot.action("read");
    let explanation = access.explain(read, &record);
    let Some(Basis::Roles(voices)) = explanation.demands.first().map(|demand| &demand.basis) else {
        panic!("{explanation}")
    };
    let by: Vec<_> = voices
        .iter()
        .map(|voice| if let Effect::Silenced { by } = &voice.effect { by.len() } else { 0 })
        .collect();
    assert_eq!(by, [1, 0], "{explanation}");
}
