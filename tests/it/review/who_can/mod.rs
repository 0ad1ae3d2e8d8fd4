//! Who can is the check turned round, and what is said to let them does.

mod company;

use std::collections::BTreeSet;

use bailiwick::explain::{Perspective, Relation};
use bailiwick::review::{By, Roster, WhoCan};
use bailiwick::{
    Action, AuditMark, Combining, Department, Entity, Handle, Key, Offer, Place, Relations, Right, Role,
    Snapshot, User,
};
use proptest::test_runner::TestCaseResult;
use proptest::{prop_assert, prop_assert_eq};

use crate::explain::laws::{bits, nearest, offer};
use crate::generate::{Recipe, World};
use crate::laws::presets::in_every_world_and_preset;
use crate::laws::{access, actions, bind, compile, oracle, places};
use crate::oracle::{On, Oracle, Thing, View, place_of};

fn keys(snapshot: &Snapshot, users: impl Iterator<Item = Handle<User>>) -> Vec<Key<User>> {
    users.filter_map(|user| snapshot.user_key(user)).cloned().collect()
}

fn roster<'s>(snapshot: &'s Snapshot, on: On) -> Roster<'s> {
    Roster::of(snapshot).in_circumstances(on.asserted.iter().map(|key| snapshot.circumstance(key)))
}

/// Tries the law of every question.
#[track_caller]
fn for_every_question(
    law: impl Fn(&World, &Snapshot, On, &Key<Action>, &Thing, &WhoCan<'_>) -> TestCaseResult,
) {
    in_every_world_and_preset(|world, snapshot| {
        for on in world.occasions() {
            let roster = roster(snapshot, on);
            for action in actions(&world.policy) {
                for (thing, bound) in world.things.iter().zip(bind(snapshot, &world.things)) {
                    let who = roster.who_can(snapshot.action(&action), &bound.record(), on.at);
                    law(world, snapshot, on, &action, thing, &who)?;
                }
            }
        }
        Ok(())
    });
}

#[test]
fn who_can_is_check_turned_round() {
    for_every_question(|world, snapshot, on, action, thing, who| {
        let bound = bind(snapshot, std::slice::from_ref(thing)).pop().unwrap();
        let (asked, record) = (snapshot.action(action), bound.record());
        let may = |user: &Handle<User>| {
            let key = snapshot.user_key(*user);
            access(snapshot, key, on).check(asked, &record).is_allowed()
        };
        let expected = keys(snapshot, snapshot.users().filter(may));
        prop_assert_eq!((who.len(), who.is_empty()), (expected.len(), expected.is_empty()));
        prop_assert_eq!(&keys(snapshot, who.users()), &expected, "{} {:?}", action, thing);

        let visitors = oracle(world, None, on).unwrap().check(action, thing).is_allowed();
        prop_assert_eq!(access(snapshot, None, on).check(asked, &record).is_allowed(), visitors);
        prop_assert_eq!(who.visitors().is_some(), visitors, "{} {:?}", action, thing);
        prop_assert_eq!(who.anybody_may(), visitors || !expected.is_empty());
        Ok(())
    });
}

/// Every user is in one group, no group is empty, and no two are let by the same.
fn grouped(snapshot: &Snapshot, who: &WhoCan<'_>) -> bool {
    let (mut seen, mut reasons) = (BTreeSet::new(), BTreeSet::new());
    who.groups().iter().all(|group| {
        let users = keys(snapshot, who.users_of(group));
        let once = reasons.insert(group.by().clone()) && users.into_iter().all(|user| seen.insert(user));
        once && !group.is_empty() && keys(snapshot, who.users_of(group)).len() == group.len()
    })
}

/// What makes a view another: within what, marked, in whose place.
type Seen = (Option<Key<Department>>, Option<Key<AuditMark>>, Option<Key<User>>);

/// What lets somebody, worked out from what the oracle knows of one view: roles and relations as sets.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Expected {
    other: Option<Seen>,
    code: &'static str,
    roles: BTreeSet<Key<Role>>,
    relations: Relations,
}

/// What was said, in the same form.
fn said(world: &World, by: &By) -> Expected {
    let all = |relations: &[Relation]| {
        relations.iter().fold(Relations::empty(), |all, relation| all | bits(world, relation))
    };
    match by {
        By::OtherView { perspective, lets } => {
            let Perspective { within, audited_as, absent, .. } = perspective.clone();
            Expected { other: Some((within, audited_as, absent)), ..said(world, lets) }
        }
        By::Roles { roles, relations } | By::Standing { roles, relations } => Expected {
            other: None,
            code: by.code(),
            roles: roles.iter().cloned().collect(),
            relations: all(relations),
        },
        By::Administrator | By::Settings | By::Linked | By::Hosted | By::Shared => {
            Expected { other: None, code: by.code(), roles: BTreeSet::new(), relations: Relations::empty() }
        }
        _ => panic!("{by:?} is new"),
    }
}

/// One question, as the oracle reads it.
struct Question<'w> {
    world: &'w World,
    entity: &'w Entity,
    offer: &'w Offer,
    place: Place,
    thing: &'w Thing,
}

impl<'w> Question<'w> {
    fn new(world: &'w World, action: &Key<Action>, thing: &'w Thing) -> Self {
        let entity = world.policy.vocabulary.entities.iter().find(|it| it.key == thing.entity).unwrap();
        Self { world, entity, offer: offer(world, thing, action), place: place_of(entity, thing), thing }
    }

    fn relations_of(&self, said: &Right) -> Relations {
        let level = self.world.policy.vocabulary.levels.iter().find(|level| level.key == said.level);
        level.unwrap().relations
    }

    fn said<'r>(&self, role: &'r Role) -> Option<(usize, &'r Right)> {
        nearest(role, &self.offer.action, &self.place)
    }

    fn standing(&self, relations: Relations, view: &View<'_>) -> Relations {
        let holds = relations.iter().filter(|relation| view.stands(*relation, self.thing));
        holds.fold(Relations::empty(), Relations::union)
    }

    /// The first view that allows it, and what lets whoever has it.
    fn expected(&self, oracle: &Oracle<'_>) -> Option<Expected> {
        let allows = |view: &&View<'_>| view.check(&self.offer.action, self.thing).is_allowed();
        let view = oracle.views().iter().find(allows)?;
        let mut expected = self.lets(view);
        if !std::ptr::eq(view, oracle.own()) {
            expected.other = Some((view.within().cloned(), view.mark().cloned(), view.absent().cloned()));
        }
        Some(expected)
    }

    /// In the order of the rights model: freedom, settings, roles that count, what stands, what opens.
    fn lets(&self, view: &View<'_>) -> Expected {
        let expected = |code, roles: &[&Role], relations| {
            let roles = roles.iter().map(|role| role.key.clone()).collect();
            Expected { other: None, code, roles, relations }
        };
        if view.is_free(self.entity) {
            return expected("administrator", &[], Relations::empty());
        }
        if self.offer.by_settings && view.holds_settings(self.entity) {
            return expected("settings", &[], Relations::empty());
        }
        let steps = view.roles().iter().filter_map(|role| self.said(role)).map(|(steps, _)| steps).min();
        let permissive = self.world.policy.combining == Combining::MostPermissive;
        let reaches = |role: &&Role| {
            let counts = self.said(role).filter(|(own, _)| permissive || Some(*own) == steps);
            counts.map_or(Relations::empty(), |(_, right)| self.standing(self.relations_of(right), view))
        };
        let counting: Vec<&Role> =
            view.roles().iter().copied().filter(|role| !reaches(role).is_empty()).collect();
        if !counting.is_empty() {
            let met = counting.iter().map(reaches).fold(Relations::empty(), Relations::union);
            return expected("roles", &counting, met);
        }
        let gives = |role: &&Role| {
            let mut places = places(&self.world.policy.vocabulary).into_iter();
            places.any(|at| {
                let said = nearest(role, &self.offer.action, &at);
                at.entity_key() == &self.entity.key
                    && said.is_some_and(|(_, right)| !self.relations_of(right).is_empty())
            })
        };
        let givers: Vec<&Role> = view.roles().iter().copied().filter(gives).collect();
        let stands = self.standing(self.offer.standing, view);
        if !givers.is_empty() && !stands.is_empty() {
            return expected("standing", &givers, stands);
        }
        let opens = [
            ("linked", view.is_let_by_a_link(self.offer, self.thing)),
            ("hosted", view.is_hosted(self.offer, self.thing)),
            ("shared", view.is_shared_with(self.offer, self.thing)),
        ];
        let code = opens.into_iter().find_map(|(code, lets)| lets.then_some(code));
        expected(code.unwrap_or("nothing"), &[], Relations::empty())
    }
}

/// So of two members of one group the same is true, and of members of two something else.
#[test]
fn what_is_said_to_let_users_and_visitors_does_and_it_alone() {
    for_every_question(|world, snapshot, on, action, thing, who| {
        prop_assert!(grouped(snapshot, who), "{}", who);
        if !who.anybody_may() {
            return Ok(());
        }
        let question = Question::new(world, action, thing);
        let check = |user: Option<&Key<User>>, by: &By| {
            let oracle = oracle(world, user, on).unwrap();
            let (said, expected) = (said(world, by), question.expected(&oracle));
            prop_assert_eq!(Some(&said), expected.as_ref(), "{:?} {} {:?}\n{}", user, action, thing, who);
            Ok(())
        };
        for group in &who.groups() {
            keys(snapshot, who.users_of(group)).iter().try_for_each(|user| check(Some(user), group.by()))?;
        }
        who.visitors().iter().try_for_each(|by| check(None, by))
    });
}

/// In which kind of view what lets somebody.
fn kind(is_user: bool, by: &By) -> String {
    let By::OtherView { perspective, lets } = by else {
        return format!("{}{}", if is_user { "" } else { "visitors: " }, by.code());
    };
    let view = match perspective {
        _ if !is_user => "visitors, in another view",
        Perspective { absent: Some(_), .. } => "absent",
        Perspective { within: Some(_), .. } => "within",
        _ => "marked",
    };
    format!("{view}: {}", lets.code())
}

/// In worlds that are the same in every run, for random ones leave it to chance.
#[test]
fn the_law_of_what_lets_somebody_sees_all_of_it() {
    let mut seen = BTreeSet::new();
    for world in (0..60).map(|seed| Recipe::largest(seed).bake()) {
        let snapshot = compile(&world);
        for on in world.occasions() {
            let roster = roster(&snapshot, on);
            let bound = bind(&snapshot, &world.things);
            for (action, bound) in
                actions(&world.policy).iter().flat_map(|it| bound.iter().map(move |b| (it, b)))
            {
                let who = roster.who_can(snapshot.action(action), &bound.record(), on.at);
                seen.extend(who.groups().iter().map(|group| kind(true, group.by())));
                seen.extend(who.visitors().iter().map(|by| kind(false, by)));
            }
        }
    }
    let expected = [
        "administrator",
        "settings",
        "roles",
        "standing",
        "linked",
        "hosted",
        "shared",
        "visitors: roles",
        "visitors, in another view: roles",
        "absent: roles",
        "within: roles",
        "marked: roles",
    ];
    let missing: Vec<_> = expected.iter().filter(|it| !seen.contains(**it)).collect();
    assert!(missing.is_empty(), "never seen: {missing:?} but {seen:?}");
}
