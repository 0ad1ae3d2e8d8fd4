//! Vocabularies: parties that count for this and that, levels that are no ladder, actions that need each other or are
//! included in a settings right, entities with and without pipelines.

use bailiwick::{
    Action, Entity, Flag, Freedom, Grain, Key, Level, Offer, Party, PartyRule, Pipeline, Principals,
    Relations, RightRef, Vocabulary,
};

use crate::generate::{Dice, Recipe, hosts};

const ACTIONS: usize = 6;
const READ: usize = 0;
const CREATE: usize = 1;
const UPDATE: usize = 2;
/// Declared, and offered by no entity.
const GHOST: usize = ACTIONS - 1;

pub(crate) fn vocabulary(recipe: &Recipe) -> Vocabulary {
    let mut dice = recipe.dice("vocabulary", 0);
    let mut vocabulary = Vocabulary::new();
    for at in 0..[3, 3, 3, 2, 1, 0][dice.below(6)] {
        let rule = PartyRule::new(recipe.naming.key::<Party>("party", at));
        let rule = rule.principals(principals(&mut recipe.dice("principals", at)));
        vocabulary.parties.push(rule.counts_for(counts_for(&mut dice, at)));
    }
    vocabulary.flags = (0..dice.up_to(2)).map(|at| recipe.naming.key("flag", at)).collect();
    let levels = levels(&mut dice, vocabulary.parties.len(), vocabulary.flags.len());
    for (at, relations) in levels.into_iter().enumerate() {
        vocabulary.levels.push(Level::new(recipe.naming.key::<Level>("level", at), relations));
    }
    dice.shuffle(&mut vocabulary.levels);
    vocabulary.circumstances = (0..3).map(|at| recipe.naming.key("circumstance", at)).collect();
    vocabulary.actions = (0..ACTIONS).map(|at| recipe.naming.key("action", at)).collect();
    for at in 0..recipe.entities {
        let entity = entity(recipe, at, &vocabulary);
        vocabulary.entities.push(entity);
    }
    settings(&mut dice, &mut vocabulary);
    through(&mut recipe.dice("through", 0), &mut vocabulary);
    hosts::features(recipe, &mut vocabulary);
    let mut shareable = recipe.dice("shareable", 0);
    let any = shareable.percent(70);
    for offer in vocabulary.entities.iter_mut().flat_map(|entity| &mut entity.offers) {
        offer.shareable = any && shareable.percent(40);
    }
    dice.shuffle(&mut vocabulary.actions);
    vocabulary
}

/// Mostly users, in half of the worlds also groups and departments, sometimes these alone.
fn principals(dice: &mut Dice) -> Principals {
    match dice.below(6) {
        0 => Principals::USERS | Principals::USER_GROUPS,
        1 => Principals::USERS | Principals::DEPARTMENTS,
        2 => [Principals::DEPARTMENTS, Principals::USER_GROUPS, Principals::all()][dice.below(3)],
        _ => Principals::USERS,
    }
}

/// Mostly a responsible person, an author and observers.
fn counts_for(dice: &mut Dice, party: usize) -> Relations {
    let structure = Relations::BY_DEPARTMENT | Relations::BY_SEAT;
    let tickets = Relations::BY_TICKET_GROUP;
    let usual = [Relations::OWN | structure | tickets, Relations::OWN, Relations::OBSERVED];
    if dice.percent(75) {
        return usual[party];
    }
    Relations::COUNTABLE.iter().filter(|_| dice.percent(50)).collect()
}

fn levels(dice: &mut Dice, parties: usize, flags: usize) -> Vec<Relations> {
    let department = Relations::OWN | Relations::DEPARTMENT;
    let open = if flags > 0 { Flag::nth(0).relation() } else { Relations::empty() };
    let declared: Relations = Relations::COUNTABLE
        | Relations::ELSEWHERE
        | (0..parties as u8).map(|at| Party::nth(at).relation()).collect::<Relations>()
        | (0..flags as u8).map(|at| Flag::nth(at).relation()).collect::<Relations>();
    vec![
        Relations::empty(),
        Relations::OWN,
        department,
        department | Relations::SUBDEPARTMENTS,
        department | Relations::SUBDEPARTMENTS | open,
        Relations::ALWAYS,
        Relations::OWN | open,
        Relations::OWN | Relations::SUBORDINATES,
        Relations::SUBDEPARTMENTS,
        Relations::OWN | Relations::ELSEWHERE,
        Relations::BY_SEAT.iter().filter(|_| dice.percent(50)).collect(),
        Relations::OWN | if dice.percent(50) { Relations::STAFF_MATES } else { Relations::CLIENT_MATES },
        if parties > 0 { Party::OWNER.relation() } else { Relations::OBSERVED },
        declared.iter().filter(|_| dice.percent(25)).collect(),
    ]
}

fn entity(recipe: &Recipe, at: usize, vocabulary: &Vocabulary) -> Entity {
    let mut dice = recipe.dice("entity", at);
    let mut entity = Entity::new(recipe.naming.key::<Entity>("entity", at));
    let mut order: Vec<usize> = (0..GHOST).filter(|_| dice.percent(92)).collect();
    dice.shuffle(&mut order);
    for (count, action) in order.iter().enumerate() {
        let earlier = order[..count].iter().map(|at| vocabulary.actions[*at].clone()).collect::<Vec<_>>();
        entity.offers.push(offer(&mut dice, vocabulary, &vocabulary.actions[*action], &earlier));
    }
    dice.shuffle(&mut entity.offers);
    let bind = |dice: &mut Dice, action: usize| {
        let key = &vocabulary.actions[action];
        (order.contains(&action) && dice.percent(92)).then(|| key.clone())
    };
    entity.reads_by = bind(&mut dice, READ);
    entity.creates_by = bind(&mut dice, CREATE);
    entity.updates_by = bind(&mut dice, UPDATE);
    entity.admits_to_application = dice.percent(50);
    entity.moves_freely = dice.percent(15);
    entity.administrators = freedom(&mut recipe.dice("freedom", at), vocabulary);
    for at in 0..recipe.pipelines {
        let stages = (0..dice.up_to(3)).map(|at| recipe.naming.key("stage", at)).collect::<Vec<_>>();
        let mut pipeline = Pipeline::new(recipe.naming.key::<Pipeline>("pipeline", at), stages);
        dice.shuffle(&mut pipeline.stages);
        entity.pipelines.push(pipeline);
    }
    entity
}

/// Mostly as where nobody says anything of it.
pub(crate) fn freedom(dice: &mut Dice, vocabulary: &Vocabulary) -> Freedom {
    match dice.below(8) {
        0 => Freedom::Never,
        1 | 2 => dice.maybe(&vocabulary.circumstances).cloned().map_or(Freedom::Never, Freedom::When),
        _ => Freedom::Always,
    }
}

fn offer(dice: &mut Dice, vocabulary: &Vocabulary, action: &Key<Action>, earlier: &[Key<Action>]) -> Offer {
    let mut offer = Offer::new(action);
    offer.levels = vocabulary.levels.iter().map(|level| level.key.clone()).collect();
    if dice.percent(30) {
        offer.levels = dice.some(&offer.levels, 4);
    }
    offer.finest = [Grain::Stage, Grain::Stage, Grain::Stage, Grain::Pipeline, Grain::Entity][dice.below(5)];
    if dice.percent(35) {
        offer.requires = dice.some(earlier, 2);
    }
    if dice.percent(35) {
        offer.standing = vocabulary.levels[dice.below(vocabulary.levels.len())].relations - Relations::ALWAYS;
    }
    offer.by_settings = dice.percent(20);
    offer
}

/// Most entities name a settings right, of themselves or of another; one that is not itself included in one.
fn settings(dice: &mut Dice, vocabulary: &mut Vocabulary) {
    let mut rights = Vec::new();
    for entity in &vocabulary.entities {
        for offer in entity.offers.iter().filter(|offer| !offer.by_settings) {
            rights.push(RightRef { entity: entity.key.clone(), action: offer.action.clone() });
        }
    }
    for entity in &mut vocabulary.entities {
        entity.settings = if dice.percent(50) { dice.maybe(&rights).cloned() } else { None };
    }
}

/// Some actions open through records that are linked, of their own entity or of another.
fn through(dice: &mut Dice, vocabulary: &mut Vocabulary) {
    let mut rights = Vec::new();
    for entity in &vocabulary.entities {
        rights.extend(entity.offers.iter().map(|offer| (entity.key.clone(), offer.action.clone())));
    }
    let rights: Vec<_> = rights.into_iter().map(|(entity, action)| RightRef { entity, action }).collect();
    for offer in vocabulary.entities.iter_mut().flat_map(|entity| &mut entity.offers) {
        if dice.percent(30) {
            offer.through = dice.some(&rights, 3);
        }
    }
}
