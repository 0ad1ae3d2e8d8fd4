//! Trees of objects with lists of their own, for a world: entries about every kind of subject and about nobody, of which many
//! cancel what stands above.

use std::collections::BTreeSet;

use bailiwick::{Acl, AclEntry, Directory, Key, Ladder, Policy, Rung, Sign, Subject, User, preset};

use crate::generate::roles::subject;
use crate::generate::{Dice, World};

/// A ladder, and objects, each below an earlier one or a root.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub(crate) ladder: Ladder,
    pub(crate) objects: Vec<Item>,
}

/// One object.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) inside: Option<usize>,
    pub(crate) acl: Acl,
    pub(crate) author: Option<Key<User>>,
}

impl Tree {
    /// The objects from the root down to this one.
    pub(crate) fn chain(&self, at: usize) -> Vec<&Item> {
        let up = std::iter::successors(Some(at), |at| self.objects[*at].inside);
        let mut chain: Vec<_> = up.map(|at| &self.objects[at]).collect();
        chain.reverse();
        chain
    }

    pub(crate) fn lists(&self, at: usize) -> Vec<&Acl> {
        self.chain(at).into_iter().map(|item| &item.acl).collect()
    }
}

/// A tree for the world, and the world's policy with the tree's ladder.
pub(crate) fn tree(world: &World) -> (Policy, Tree) {
    let mut dice = world.recipe.dice("ladder", 0);
    let mut policy = world.policy.clone();
    let ladder = ladder(&mut dice, world);
    // The laws ask for what is declared.
    let given: BTreeSet<_> = ladder.rungs.iter().flat_map(|rung| rung.gives.clone()).collect();
    let known = policy.vocabulary.actions.clone();
    policy.vocabulary.actions.extend(given.into_iter().filter(|action| !known.contains(action)));
    policy.vocabulary = policy.vocabulary.ladder(ladder.clone());
    let mut tree = Tree { ladder, objects: Vec::new() };
    for at in 0..world.recipe.things + 2 {
        let mut dice = world.recipe.dice("object", at);
        let inside = if at > 0 && dice.percent(85) { Some(dice.below(at)) } else { None };
        let above = inside.map(|at| tree.lists(at)).unwrap_or_default();
        let above: Vec<AclEntry> = above.into_iter().flat_map(|acl| acl.entries.clone()).collect();
        let entries = (0..dice.below(5)).map(|_| entry(&mut dice, &tree.ladder, &world.directory, &above));
        let acl = entries.collect();
        let author = dice.percent(70).then(|| somebody(&mut dice, &world.directory));
        tree.objects.push(Item { inside, acl, author });
    }
    (policy, tree)
}

/// In some worlds a preset's.
fn ladder(dice: &mut Dice, world: &World) -> Ladder {
    if world.recipe.dice("whose ladder", 0).percent(30) {
        let ladders: Vec<Ladder> = preset::ALL.iter().flat_map(|it| it.vocabulary().ladders).collect();
        return dice.pick(&ladders).clone();
    }
    let mut actions = world.policy.vocabulary.actions.clone();
    actions.extend(["open", "move in"].map(Key::new));
    let mut ladder = Ladder::new("shelf");
    for at in 0..=dice.below(4) {
        let rung = Rung::new(world.recipe.naming.key::<Rung>("rung", at));
        ladder = ladder.rung(rung.gives(dice.some(&actions, 4)));
    }
    let mentioned: Vec<_> = ladder.rungs.iter().flat_map(|rung| rung.gives.clone()).collect();
    ladder = ladder.moved_by(dice.some(&mentioned, 1), dice.some(&mentioned, 1));
    ladder.shared_by = dice.maybe(&mentioned).cloned();
    ladder.signed_in_only = dice.percent(40);
    ladder
}

/// An entry; more often than not about something that stands above, and then mostly against it.
fn entry(dice: &mut Dice, ladder: &Ladder, directory: &Directory, above: &[AclEntry]) -> AclEntry {
    let about = dice.maybe(above).filter(|_| dice.percent(60));
    let mut entry = match about {
        Some(above) => AclEntry::positive(&above.rung, above.subject.clone()),
        None => AclEntry::positive(&dice.pick(&ladder.rungs).key, whom(dice, directory)),
    };
    if dice.percent(if about.is_some() { 75 } else { 12 }) {
        entry.sign = Sign::Negative;
    }
    if dice.percent(3) {
        entry.rung = Key::new("no rung");
    }
    if dice.percent(30) { entry.from_origin("sharing") } else { entry }
}

fn whom(dice: &mut Dice, directory: &Directory) -> Subject {
    match dice.below(12) {
        0 | 1 => Subject::Author,
        2 => Subject::User(Key::new("nobody")),
        3 | 4 => Subject::User(somebody(dice, directory)),
        _ => subject(dice, directory),
    }
}

fn somebody(dice: &mut Dice, directory: &Directory) -> Key<User> {
    if dice.percent(5) { Key::new("nobody") } else { dice.pick(&directory.users).key.clone() }
}
