//! Objects' own lists: the walk along a chain, and what can be relied on when somebody edits a list.

use bailiwick::explain::AclEffect;
use bailiwick::{
    Acl, AclAccess, AclEntry, ActionSet, Decision, Denial, FrozenAcl, Handle, Key, Ladder, Membership,
    Object, Policy, Sign, Snapshot, Subject, User,
};
use proptest::test_runner::TestCaseResult;
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::lists::{Item, Tree, tree};
use crate::generate::{Dice, Recipe, World};
use crate::laws::{access, actions, in_every_world, viewers, views};
use crate::oracle::{On, Oracle, Placed};

/// A world with a tree of objects.
struct Shelf<'w> {
    world: &'w World,
    policy: Policy,
    tree: Tree,
    snapshot: Snapshot,
}

#[track_caller]
fn in_every_tree(law: impl Fn(&Shelf<'_>) -> TestCaseResult) {
    in_every_tree_of(|_| {}, law);
}

/// Limits hit groups, and come and go by themselves.
#[track_caller]
fn in_every_tree_without_limits(law: impl Fn(&Shelf<'_>) -> TestCaseResult) {
    in_every_tree_of(|policy| policy.limits.clear(), law);
}

#[track_caller]
fn in_every_tree_of(prepare: impl Fn(&mut Policy), law: impl Fn(&Shelf<'_>) -> TestCaseResult) {
    in_every_world(|world, _| law(&Shelf::new(world, &prepare)));
}

impl<'w> Shelf<'w> {
    fn new(world: &'w World, prepare: impl Fn(&mut Policy)) -> Self {
        let (mut policy, tree) = tree(world);
        prepare(&mut policy);
        let snapshot = Snapshot::compile(&policy, &world.directory).unwrap();
        Self { world, policy, tree, snapshot }
    }

    fn dice(&self, of: &str) -> Dice {
        self.world.recipe.dice(of, 0)
    }

    fn ladder(&self) -> Option<Handle<Ladder>> {
        self.snapshot.ladder(&self.tree.ladder.key)
    }

    fn acl<'s>(&'s self, who: Option<&Key<User>>, on: On) -> AclAccess<'s> {
        access(&self.snapshot, who, on).acl(self.ladder())
    }

    /// What somebody may do with an object of a tree that may differ from this one's.
    fn allowed<'s>(&'s self, acl: &AclAccess<'s>, tree: &Tree, at: usize) -> ActionSet<'s> {
        asked(&self.snapshot, acl, tree, at, self.ladder())
    }

    /// The tree, with one list changed.
    fn with(&self, at: usize, change: impl FnOnce(&mut Acl)) -> Tree {
        let mut tree = self.tree.clone();
        change(&mut tree.objects[at].acl);
        tree
    }
}

fn asked<'s>(
    snapshot: &'s Snapshot,
    acl: &AclAccess<'s>,
    tree: &Tree,
    at: usize,
    ladder: Option<Handle<Ladder>>,
) -> ActionSet<'s> {
    let mut chain = frozen(snapshot, &tree.chain(at), ladder);
    let own = chain.pop().unwrap();
    acl.below(&chain).actions(&object(snapshot, &tree.objects[at], &own))
}

fn frozen(snapshot: &Snapshot, chain: &[&Item], ladder: Option<Handle<Ladder>>) -> Vec<FrozenAcl> {
    chain.iter().map(|item| snapshot.acl(ladder, &item.acl)).collect()
}

fn object<'a>(snapshot: &Snapshot, item: &Item, own: &'a FrozenAcl) -> Object<'a> {
    Object::new(own).author(item.author.as_ref().and_then(|author| snapshot.user(author)))
}

/// Whether one set of actions holds the other.
fn holds(wide: ActionSet<'_>, narrow: ActionSet<'_>) -> bool {
    narrow.keys().all(|key| wide.keys().any(|other| other == key))
}

#[test]
fn answers_are_the_oracles() {
    in_every_tree(|shelf| {
        for (who, on) in views(shelf.world) {
            let oracle = Oracle::new(&shelf.policy, &shelf.world.directory, who.as_ref(), on);
            let acl = shelf.acl(who.as_ref(), on);
            for (at, item) in shelf.tree.objects.iter().enumerate() {
                let placed = Placed { chain: shelf.tree.lists(at), author: item.author.as_ref() };
                let mut chain = frozen(&shelf.snapshot, &shelf.tree.chain(at), shelf.ladder());
                let own = chain.pop().unwrap();
                let object = object(&shelf.snapshot, item, &own);
                let below = acl.below(&chain);
                for action in actions(&shelf.policy) {
                    let expected = match &oracle {
                        Ok(oracle) => oracle.own().may(&shelf.tree.ladder, &action, &placed, on.at),
                        Err(denial) => Decision::Denied(*denial),
                    };
                    let got = below.check(shelf.snapshot.action(&action), &object);
                    prop_assert_eq!(got, expected, "{:?} {:?} {:?} {:?}", who, on, action, placed);
                    let listed = below.actions(&object).contains(shelf.snapshot.action(&action));
                    prop_assert_eq!(listed, expected.is_allowed());
                }
            }
        }
        Ok(())
    });
}

/// Otherwise the laws say little. In worlds that are the same in every run, for random ones leave it to chance.
#[test]
fn neither_answer_is_rare() {
    let (mut allowed, mut denied) = (0, 0);
    for world in (0..40).map(|seed| Recipe::largest(seed).bake()) {
        let shelf = Shelf::new(&world, |_| {});
        for (who, on) in views(&world) {
            let acl = shelf.acl(who.as_ref(), on);
            for (at, item) in shelf.tree.objects.iter().enumerate() {
                let mut chain = frozen(&shelf.snapshot, &shelf.tree.chain(at), shelf.ladder());
                let own = chain.pop().unwrap();
                let (below, object) = (acl.below(&chain), object(&shelf.snapshot, item, &own));
                for action in actions(&shelf.policy) {
                    match below.check(shelf.snapshot.action(&action), &object) {
                        Decision::Allowed => allowed += 1,
                        Decision::Denied(Denial::NotListed) => denied += 1,
                        Decision::Denied(_) => {}
                    }
                }
            }
        }
    }
    assert!(allowed * 4 > denied && denied * 4 > allowed, "{allowed} allowed, {denied} denied");
}

/// A listing shares one walk; asked singly, every object has its own.
#[test]
fn a_listing_is_single_questions() {
    in_every_tree(|shelf| {
        for (who, on) in views(shelf.world) {
            let acl = shelf.acl(who.as_ref(), on);
            for parent in 0..shelf.tree.objects.len() {
                let chain = frozen(&shelf.snapshot, &shelf.tree.chain(parent), shelf.ladder());
                let children: Vec<&Item> =
                    shelf.tree.objects.iter().filter(|item| item.inside == Some(parent)).collect();
                let lists = frozen(&shelf.snapshot, &children, shelf.ladder());
                let objects =
                    || children.iter().zip(&lists).map(|(item, own)| object(&shelf.snapshot, item, own));
                let shared = acl.below(&chain);
                for action in actions(&shelf.policy) {
                    let action = Handle::from(shelf.snapshot.action(&action));
                    let listed: Vec<Decision> = shared.check_each(action, objects()).collect();
                    let singly: Vec<Decision> =
                        objects().map(|object| acl.below(&chain).check(action, &object)).collect();
                    prop_assert_eq!(listed, singly);
                }
            }
        }
        Ok(())
    });
}

#[test]
fn one_more_positive_entry_only_widens() {
    in_every_tree(|shelf| {
        let mut dice = shelf.dice("widening");
        let at = dice.below(shelf.tree.objects.len());
        let entries: Vec<_> = shelf.tree.objects.iter().flat_map(|item| item.acl.entries.clone()).collect();
        let Some(entry) = dice.maybe(&entries) else { return Ok(()) };
        let entry = AclEntry::positive(&entry.rung, entry.subject.clone());
        let wider = shelf.with(at, |acl| acl.entries.push(entry));
        for (who, on) in views(shelf.world) {
            let acl = shelf.acl(who.as_ref(), on);
            for below in 0..shelf.tree.objects.len() {
                let (before, after) =
                    (shelf.allowed(&acl, &shelf.tree, below), shelf.allowed(&acl, &wider, below));
                prop_assert!(holds(after, before), "{:?} {:?}: {:?} {:?}", who, below, before, after);
            }
        }
        Ok(())
    });
}

/// Whoever is not in the subject keeps all; whoever is keeps all that another rung, or another subject, gives him.
#[test]
fn a_negative_entry_cancels_one_rung_of_one_subject_and_nothing_else() {
    in_every_tree(|shelf| {
        let mut dice = shelf.dice("cancelling");
        let at = dice.below(shelf.tree.objects.len());
        let above = shelf.tree.lists(at).into_iter().flat_map(|acl| acl.entries.clone());
        let above: Vec<AclEntry> = above.filter(|entry| entry.sign == Sign::Positive).collect();
        let Some(given) = dice.maybe(&above).cloned() else { return Ok(()) };
        let narrower = shelf.with(at, |acl| {
            acl.entries.push(AclEntry::negative(&given.rung, given.subject.clone()));
        });
        // The same, with that pair written out of all lists.
        let mut without = shelf.tree.clone();
        for item in &mut without.objects {
            item.acl.entries.retain(|it| it.rung != given.rung || it.subject != given.subject);
        }
        for (who, on) in views(shelf.world) {
            let acl = shelf.acl(who.as_ref(), on);
            let before = shelf.allowed(&acl, &shelf.tree, at);
            let after = shelf.allowed(&acl, &narrower, at);
            prop_assert!(holds(before, after), "{:?}: a negative entry gave something", who);
            prop_assert!(holds(after, shelf.allowed(&acl, &without, at)), "{:?}: it took another pair", who);
            let only = Acl::new().give(&given.rung, given.subject.clone());
            let alone = shelf.snapshot.acl(shelf.ladder(), &only);
            let his = acl.below([]).actions(&object(&shelf.snapshot, &shelf.tree.objects[at], &alone));
            for taken in before.keys().filter(|key| !after.keys().any(|other| other == *key)) {
                prop_assert!(his.keys().any(|key| key == taken), "{:?}: it took {:?}", who, taken);
            }
        }
        Ok(())
    });
}

#[test]
fn order_repetition_and_origin_of_entries_make_no_difference() {
    in_every_tree(|shelf| {
        let mut dice = shelf.dice("order");
        let mut other = shelf.tree.clone();
        for item in &mut other.objects {
            let again = dice.some(&item.acl.entries, 2);
            item.acl.entries.extend(again.into_iter().map(|entry| entry.from_origin("again")));
            dice.shuffle(&mut item.acl.entries);
        }
        for (who, on) in views(shelf.world) {
            let acl = shelf.acl(who.as_ref(), on);
            for at in 0..shelf.tree.objects.len() {
                prop_assert_eq!(shelf.allowed(&acl, &shelf.tree, at), shelf.allowed(&acl, &other, at));
            }
        }
        Ok(())
    });
}

/// With cancellation too: which pairs are left is the same for every viewer, and a membership only decides which of them
/// are his.
#[test]
fn one_more_membership_never_narrows() {
    in_every_tree_without_limits(|shelf| {
        let mut dice = shelf.dice("joining");
        let mut directory = shelf.world.directory.clone();
        let user = dice.pick(&directory.users).key.clone();
        if let Some(department) = dice.maybe(&directory.departments).map(|it| it.key.clone()) {
            let member = directory.users.iter_mut().find(|it| it.key == user).unwrap();
            if !member.departments.contains(&department) {
                member.departments.push(department);
            }
        }
        let joined = dice.below(directory.user_groups.len());
        if let Some(group) = directory.user_groups.get_mut(joined) {
            let membership = Membership::new(&user, bailiwick::Window::ALWAYS);
            if !group.members.contains(&membership) {
                group.members.push(membership);
            }
        }
        let after = Snapshot::compile(&shelf.policy, &directory).unwrap();
        for on in shelf.world.occasions() {
            let now = shelf.acl(Some(&user), on);
            let ladder = after.ladder(&shelf.tree.ladder.key);
            let then = access(&after, Some(&user), on).acl(ladder);
            for at in 0..shelf.tree.objects.len() {
                let before = shelf.allowed(&now, &shelf.tree, at);
                let after = asked(&after, &then, &shelf.tree, at, ladder);
                prop_assert!(holds(after, before), "{:?} at {:?}: {:?} {:?}", user, at, before, after);
            }
        }
        Ok(())
    });
}

#[test]
fn settling_changes_no_answer_and_leaves_no_orphans() {
    in_every_tree(|shelf| {
        let mut settled = shelf.tree.clone();
        for at in 0..settled.objects.len() {
            let mut acl = settled.objects[at].acl.clone();
            let above = shelf.tree.lists(at);
            acl.settle(&above[..above.len() - 1]);
            let again = acl.clone().settle(&above[..above.len() - 1]);
            prop_assert!(again.is_empty(), "{:?}", again);
            for entry in acl.entries.iter().filter(|entry| entry.sign == Sign::Negative) {
                let given = |acl: &&Acl| {
                    let same = |it: &AclEntry| it.rung == entry.rung && it.subject == entry.subject;
                    acl.entries.iter().any(|it| same(it) && it.sign == Sign::Positive)
                };
                prop_assert!(above[..above.len() - 1].iter().any(given), "an orphan: {:?}", entry);
            }
            settled.objects[at].acl = acl;
        }
        for (who, on) in views(shelf.world) {
            let acl = shelf.acl(who.as_ref(), on);
            for at in 0..shelf.tree.objects.len() {
                prop_assert_eq!(shelf.allowed(&acl, &shelf.tree, at), shelf.allowed(&acl, &settled, at));
            }
        }
        Ok(())
    });
}

/// Whatever mixture of fresh lists and lists of an older snapshot is asked with, nobody gets more than by fresh ones.
#[test]
fn lists_of_another_snapshot_never_give_more() {
    in_every_tree(|shelf| {
        let mut dice = shelf.dice("stale");
        let mut directory = shelf.world.directory.clone();
        dice.shuffle(&mut directory.users);
        dice.shuffle(&mut directory.departments);
        dice.shuffle(&mut directory.user_groups);
        let mut policy = shelf.policy.clone();
        dice.shuffle(&mut policy.vocabulary.ladders[0].rungs);
        let older = Snapshot::compile(&policy, &directory).unwrap();
        let old_ladder = older.ladder(&shelf.tree.ladder.key);
        for (who, on) in views(shelf.world) {
            let acl = shelf.acl(who.as_ref(), on);
            for at in 0..shelf.tree.objects.len() {
                let chain = shelf.tree.chain(at);
                let mut mixed: Vec<FrozenAcl> = Vec::new();
                for item in &chain {
                    mixed.push(match dice.percent(50) {
                        true => older.acl(old_ladder, &item.acl),
                        false => shelf.snapshot.acl(shelf.ladder(), &item.acl),
                    });
                }
                let own = mixed.pop().unwrap();
                let got = acl.below(&mixed).actions(&object(&shelf.snapshot, chain[chain.len() - 1], &own));
                let fresh = shelf.allowed(&acl, &shelf.tree, at);
                prop_assert!(holds(fresh, got), "{:?}: {:?} and not {:?}", who, got, fresh);
            }
        }
        Ok(())
    });
}

/// Moving and sharing are put together from single questions.
#[test]
fn moving_and_sharing_are_what_the_ladder_says() {
    in_every_tree(|shelf| {
        let ladder = &shelf.tree.ladder;
        for (who, on) in views(shelf.world) {
            let acl = shelf.acl(who.as_ref(), on);
            for (at, to) in (0..shelf.tree.objects.len()).zip((0..shelf.tree.objects.len()).rev()) {
                let mut chain = frozen(&shelf.snapshot, &shelf.tree.chain(at), shelf.ladder());
                let mut there = frozen(&shelf.snapshot, &shelf.tree.chain(to), shelf.ladder());
                let (own, target) = (chain.pop().unwrap(), there.pop().unwrap());
                let (here, there) = (acl.below(&chain), acl.below(&there));
                let object_here = object(&shelf.snapshot, &shelf.tree.objects[at], &own);
                let object_there = object(&shelf.snapshot, &shelf.tree.objects[to], &target);
                let may = |key| here.check(shelf.snapshot.action(key), &object_here).is_allowed();
                let receives = |key| there.check(shelf.snapshot.action(key), &object_there).is_allowed();
                let moves = !ladder.moved_by.is_empty() && !ladder.received_by.is_empty();
                let expected =
                    moves && ladder.moved_by.iter().all(may) && ladder.received_by.iter().all(receives);
                let got = here.may_move(&object_here, &there, &object_there);
                prop_assert_eq!(got.is_allowed(), expected, "{:?} {:?}", who, got);
                for rung in &ladder.rungs {
                    let shares = ladder.shared_by.as_ref().is_some_and(may);
                    let handle = shelf.snapshot.rung(shelf.ladder(), &rung.key);
                    let got = here.may_share(&object_here, handle);
                    prop_assert_eq!(got.is_allowed(), shares && rung.gives.iter().all(may), "{:?}", got);
                }
            }
        }
        Ok(())
    });
}

/// Until then he is in the same groups at every boundary, and then in others.
#[test]
fn an_access_to_lists_is_valid_until_the_viewers_groups_change() {
    in_every_tree_without_limits(|shelf| {
        let groups = &shelf.world.directory.user_groups;
        let rung = &shelf.tree.ladder.rungs[0];
        let Some(action) = rung.gives.first() else { return Ok(()) };
        let in_groups = |who: Option<&Key<User>>, on| -> Vec<bool> {
            let acl = shelf.acl(who, on);
            let of = |group: &bailiwick::UserGroup| {
                let acl = Acl::new().give(&rung.key, Subject::UserGroup(group.key.clone()));
                shelf.snapshot.acl(shelf.ladder(), &acl)
            };
            let lists: Vec<FrozenAcl> = groups.iter().map(of).collect();
            let objects = lists.iter().map(Object::new);
            let root = acl.below([]);
            let answers = root.check_each(shelf.snapshot.action(action), objects);
            answers.map(Decision::is_allowed).collect()
        };
        let boundaries = crate::oracle::until::boundaries(&shelf.policy, &shelf.world.directory);
        for who in viewers(shelf.world) {
            let on = shelf.world.occasions()[0];
            let until = shelf.acl(who.as_ref(), on).valid_until();
            let now = in_groups(who.as_ref(), on);
            for at in boundaries.iter().filter(|at| **at > on.at && until.is_none_or(|until| **at < until)) {
                prop_assert_eq!(&in_groups(who.as_ref(), On { at: *at, ..on }), &now, "{:?} {:?}", who, at);
            }
            if let Some(at) = until {
                prop_assert!(
                    at > on.at && in_groups(who.as_ref(), On { at, ..on }) != now,
                    "{:?} {:?}",
                    who,
                    at
                );
            }
        }
        Ok(())
    });
}

/// And it names an entry that gives the action exactly where one does.
#[test]
fn an_explanation_comes_to_the_answer() {
    in_every_tree(|shelf| {
        for (who, on) in views(shelf.world) {
            let acl = shelf.acl(who.as_ref(), on);
            for (at, item) in shelf.tree.objects.iter().enumerate() {
                let mut chain = frozen(&shelf.snapshot, &shelf.tree.chain(at), shelf.ladder());
                let own = chain.pop().unwrap();
                let below = acl.below(&chain);
                for key in actions(&shelf.policy) {
                    let action = Handle::from(shelf.snapshot.action(&key));
                    let author = item.author.as_ref().and_then(|author| shelf.snapshot.user(author));
                    let why = acl.explain(action, shelf.tree.lists(at), author);
                    let decision = below.check(action, &object(&shelf.snapshot, item, &own));
                    prop_assert_eq!(why.decision, decision, "{}", why);
                    let gives = why
                        .lists
                        .iter()
                        .flatten()
                        .any(|voice| voice.effect == AclEffect::Counts { gives: true });
                    let listed = !why.lists.is_empty() && decision.denial() != Some(Denial::NotSignedIn);
                    let limited = decision.denial() == Some(Denial::Limited);
                    if listed {
                        prop_assert_eq!(gives, decision.is_allowed() || limited, "{}", why);
                        prop_assert_eq!(gives && !why.limits.is_empty(), limited, "{}", why);
                    }
                    for voice in why.lists.iter().flatten() {
                        let in_it = !voice.routes.is_empty() || voice.entry.subject == Subject::Author;
                        let counts =
                            matches!(voice.effect, AclEffect::Counts { .. } | AclEffect::Cancelled { .. });
                        prop_assert!(in_it || !counts, "{}", why);
                        prop_assert!(
                            !in_it
                                || voice.effect != AclEffect::NotHis
                                || voice.entry.subject == Subject::Author
                        );
                    }
                }
            }
        }
        Ok(())
    });
}
