//! Records to ask about: mostly whole ones, some without an owner, on a stage that is gone, or nowhere.

use bailiwick::{Action, Directory, Flag, Key, Party, Principal, Subject, User, Vocabulary};

use crate::generate::roles::subject;
use crate::generate::{Dice, Recipe, hosts};
use crate::oracle::Thing;

/// The number of something that no world has.
const NONE_SUCH: usize = 90;

pub(crate) fn things(recipe: &Recipe, vocabulary: &Vocabulary, directory: &Directory) -> Vec<Thing> {
    (0..recipe.things).map(|at| thing(recipe, "thing", at, vocabulary, directory)).collect()
}

fn thing(recipe: &Recipe, of: &str, at: usize, vocabulary: &Vocabulary, directory: &Directory) -> Thing {
    let mut dice = recipe.dice(of, at);
    let entity = dice.pick(&vocabulary.entities);
    let pipeline = dice.maybe(&entity.pipelines).filter(|_| dice.percent(85));
    let stage = pipeline.and_then(|pipeline| dice.maybe(&pipeline.stages).filter(|_| dice.percent(85)));
    let mut thing = Thing {
        entity: entity.key.clone(),
        pipeline: pipeline.map(|pipeline| pipeline.key.clone()),
        stage: stage.cloned(),
        owner: dice.percent(92).then(|| somebody(&mut dice, recipe, directory)),
        others: Vec::new(),
        flags: Vec::new(),
        links: Vec::new(),
        hosts: Vec::new(),
        shares: Vec::new(),
    };
    if dice.percent(3) {
        thing.entity = recipe.naming.key("entity", NONE_SUCH);
    }
    if dice.percent(6) {
        thing.pipeline = Some(recipe.naming.key("pipeline", NONE_SUCH));
    }
    if dice.percent(6) {
        thing.stage = Some(recipe.naming.key("stage", NONE_SUCH));
    }
    for _ in 0..dice.below(4) {
        let party = Party::nth(dice.below(vocabulary.parties.len() + 1) as u8);
        thing.others.push((party, Principal::User(somebody(&mut dice, recipe, directory))));
    }
    thing.flags = (0..3).map(Flag::nth).filter(|_| dice.percent(30)).collect();
    if of == "thing" {
        hosts::host(recipe, at, directory, &mut thing);
    }
    // What is linked is linked to something in turn, which nobody should look at.
    let deeper = if of == "thing" { "linked" } else { "linked to linked" };
    if of != deeper {
        let links = (0..dice.below(3)).filter(|_| dice.percent(60)).collect::<Vec<_>>();
        let link = |number| self::thing(recipe, deeper, at * 3 + number, vocabulary, directory);
        thing.links = links.into_iter().map(link).collect();
    }
    let mut dice = recipe.dice("collectives", at);
    for _ in 0..dice.below(3) {
        let party = Party::nth(dice.below(vocabulary.parties.len() + 1) as u8);
        thing.others.push((party, collective(&mut dice, recipe, directory)));
    }
    let mut dice = recipe.dice("shares", at);
    thing.shares = (0..dice.below(4)).map(|_| share(&mut dice, recipe, vocabulary, directory)).collect();
    thing
}

/// Shared with somebody, sometimes unknown, for a few actions, some of which may not be shareable or not be there.
fn share(
    dice: &mut Dice,
    recipe: &Recipe,
    vocabulary: &Vocabulary,
    directory: &Directory,
) -> (Subject, Vec<Key<Action>>) {
    let with = match dice.below(20) {
        0 => Subject::User(recipe.naming.key("user", NONE_SUCH)),
        1 => Subject::UserGroup(recipe.naming.key("user group", NONE_SUCH)),
        2 => Subject::Author,
        _ => subject(dice, directory),
    };
    let mut actions = dice.some(&vocabulary.actions, 4);
    if dice.percent(10) {
        actions.push(recipe.naming.key("action", NONE_SUCH));
    }
    (with, actions)
}

/// A group or a department, whether or not such can be parties; sometimes unknown.
fn collective(dice: &mut Dice, recipe: &Recipe, directory: &Directory) -> Principal {
    let unknown = dice.percent(5);
    let group = dice.maybe(&directory.user_groups).filter(|_| !unknown).map(|it| it.key.clone());
    let department = dice.maybe(&directory.departments).filter(|_| !unknown).map(|it| it.key.clone());
    if dice.percent(50) {
        Principal::UserGroup(group.unwrap_or_else(|| recipe.naming.key("user group", NONE_SUCH)))
    } else {
        Principal::Department(department.unwrap_or_else(|| recipe.naming.key("department", NONE_SUCH)))
    }
}

fn somebody(dice: &mut Dice, recipe: &Recipe, directory: &Directory) -> Key<User> {
    if dice.percent(5) {
        return recipe.naming.key("user", NONE_SUCH);
    }
    dice.pick(&directory.users).key.clone()
}
