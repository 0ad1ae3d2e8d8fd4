//! Policies: roles with rights on all grains, at "none" and at the very level they would inherit too, transitions, and
//! assignments to every kind of subject.

use std::collections::BTreeSet;

use bailiwick::{
    Assignment, Combining, Directory, Entity, Extent, Grain, Key, Place, Policy, Rank, Right, Role, Stage,
    Subject, Substitution, Targets, Transition, Unit, Vocabulary,
};

use crate::generate::organisation::window;
use crate::generate::{Dice, Recipe};

pub(crate) fn policy(recipe: &Recipe, vocabulary: Vocabulary, directory: &Directory) -> Policy {
    let mut dice = recipe.dice("policy", 0);
    let combining = *dice.pick(&[Combining::MostSpecific, Combining::MostPermissive]);
    let mut policy = Policy::new(vocabulary).combining(combining);
    for at in 0..recipe.roles {
        policy.roles.push(role(recipe, at, &policy.vocabulary));
    }
    supersede(&mut dice, &mut policy.roles);
    give(recipe, &mut policy, directory);
    policy
}

/// Gives the roles of the policy to somebody, and lets people stand in for each other.
pub(crate) fn give(recipe: &Recipe, policy: &mut Policy, directory: &Directory) {
    for at in 0..recipe.assignments {
        let mut dice = recipe.dice("assignment", at);
        let role = &dice.pick(&policy.roles).key;
        let assignment = Assignment::new(role, subject(&mut dice, directory));
        let when = if dice.percent(30) { dice.some(&policy.vocabulary.circumstances, 2) } else { Vec::new() };
        let assignment = assignment.during(window(&mut dice)).when(when);
        policy.assignments.push(apart(assignment, &mut dice, directory));
    }
    for at in 0..recipe.assignments / 3 {
        let substitution = substitution(recipe, at, &policy.vocabulary, directory);
        policy.substitutions.push(substitution);
    }
}

/// In a third of all worlds the first role takes the place of others.
fn supersede(dice: &mut Dice, roles: &mut [Role]) {
    if let [first, others @ ..] = roles
        && dice.percent(35)
    {
        let others: Vec<Key<Role>> = others.iter().map(|role| role.key.clone()).collect();
        first.supersedes = dice.some(&others, 2);
    }
}

/// Some roles are confined to a department, some are marked.
fn apart(mut assignment: Assignment, dice: &mut Dice, directory: &Directory) -> Assignment {
    if dice.percent(15) {
        assignment.within = dice.maybe(&directory.departments).map(|it| it.key.clone());
    }
    if dice.percent(12) {
        assignment.audited_as = Some(Key::from(["ticket", "7"][dice.below(2)]));
    }
    assignment.audits_everything = dice.percent(40);
    assignment
}

/// Somebody stands in for somebody, in a third of all cases narrowed.
fn substitution(recipe: &Recipe, at: usize, vocabulary: &Vocabulary, directory: &Directory) -> Substitution {
    let mut dice = recipe.dice("substitution", at);
    let (absent, substitute) = (dice.pick(&directory.users), dice.pick(&directory.users));
    let mut substitution = Substitution::new(&absent.key, &substitute.key).during(window(&mut dice));
    if dice.percent(35) {
        substitution.only = Some((0..dice.below(3)).map(|_| extent(&mut dice, vocabulary)).collect());
    }
    substitution
}

/// A place with all its actions, or with one and whatever that one requires.
fn extent(dice: &mut Dice, vocabulary: &Vocabulary) -> Extent {
    let entity = dice.pick(&vocabulary.entities);
    let extent = Extent::at(place(dice, entity, Grain::Stage));
    let Some(offer) = dice.maybe(&entity.offers).filter(|_| dice.percent(50)) else { return extent };
    let mut actions = vec![offer.action.clone()];
    for at in 0.. {
        let Some(action) = actions.get(at).cloned() else { break };
        let offer = entity.offers.iter().find(|offer| offer.action == action);
        actions.extend(offer.into_iter().flat_map(|offer| offer.requires.clone()));
    }
    extent.actions(actions)
}

fn role(recipe: &Recipe, at: usize, vocabulary: &Vocabulary) -> Role {
    let mut dice = recipe.dice("role", at);
    let mut role = Role::new(recipe.naming.key::<Role>("role", at));
    let mut set = BTreeSet::new();
    for _ in 0..recipe.rights {
        if let Some(mut right) = right(&mut dice, vocabulary) {
            // Explicitly what it would be anyway.
            let above = role.rights.iter().find(|above| {
                above.action == right.action && above.place == Place::entity(right.place.entity_key())
            });
            if let Some(above) = above.filter(|_| dice.percent(25)) {
                right.level = above.level.clone();
            }
            if set.insert((right.place.clone(), right.action.clone())) {
                role.rights.push(right);
            }
        }
    }
    let mut left = BTreeSet::new();
    for _ in 0..recipe.rights.min(10) {
        let entity = dice.pick(&vocabulary.entities);
        let from = place(&mut dice, entity, Grain::Stage);
        let to = targets(&mut dice, entity, &from);
        if left.insert(from.clone()) {
            role.transitions.push(Transition::new(from, to));
        }
    }
    role
}

fn right(dice: &mut Dice, vocabulary: &Vocabulary) -> Option<Right> {
    let entity = dice.pick(&vocabulary.entities);
    let offer = dice.maybe(&entity.offers)?;
    let place = place(dice, entity, offer.finest);
    let level = dice.maybe(&offer.levels)?;
    Some(Right::new(place, &offer.action, level))
}

/// A place of the entity, no finer than this; half of them are the entity itself.
pub(crate) fn place(dice: &mut Dice, entity: &Entity, finest: Grain) -> Place {
    let place = Place::entity(&entity.key);
    let Some(pipeline) = dice.maybe(&entity.pipelines).filter(|_| finest > Grain::Entity) else {
        return place;
    };
    if dice.percent(50) {
        return place;
    }
    let place = place.pipeline(&pipeline.key);
    match dice.maybe(&pipeline.stages).filter(|_| finest > Grain::Pipeline) {
        Some(stage) if dice.percent(65) => place.stage(stage),
        _ => place,
    }
}

fn targets(dice: &mut Dice, entity: &Entity, from: &Place) -> Targets {
    match dice.below(10) {
        0..3 => return Targets::Any,
        3..5 => return Targets::Stages(Vec::new()),
        _ => {}
    }
    let within = entity.pipelines.iter().filter(|it| from.pipeline_key().is_none_or(|key| it.key == *key));
    let mut stages: Vec<&Key<Stage>> = Vec::new();
    for stage in within.flat_map(|pipeline| &pipeline.stages) {
        if !stages.contains(&stage) {
            stages.push(stage);
        }
    }
    Targets::stages(dice.some(&stages, 3))
}

pub(crate) fn subject(dice: &mut Dice, directory: &Directory) -> Subject {
    let user = dice.pick(&directory.users).key.clone();
    let department = dice.maybe(&directory.departments).map(|it| it.key.clone());
    let unit = match &department {
        Some(key) if dice.percent(50) => Unit::Of(key.clone()),
        _ => Unit::Anywhere,
    };
    let user_group = dice.maybe(&directory.user_groups).map(|it| it.key.clone());
    let social_group = dice.maybe(&directory.social_groups).map(|it| it.key.clone());
    let rank = *dice.pick(&[Rank::Member, Rank::Moderator, Rank::Owner]);
    let drawn = match dice.below(14) {
        0 => Some(Subject::User(user)),
        1 => Some(Subject::Employee(user)),
        2 => department.map(Subject::Department),
        3 | 4 => department.map(Subject::DepartmentTree),
        5 => user_group.map(Subject::UserGroup),
        6 | 7 => social_group.map(|key| Subject::SocialGroup(key, rank)),
        8 => Some(Subject::Heads(unit)),
        9 => Some(Subject::Deputies(unit)),
        10 => Some(Subject::Employees(unit)),
        11 => Some(Subject::Administrators),
        12 => Some(Subject::Everyone),
        _ => None,
    };
    drawn.unwrap_or(Subject::SignedIn)
}
