//! What makes lints fire that would seldom fire in generated worlds.

use bailiwick::{
    Action, Assignment, Extent, Grain, Key, Level, Moment, Role, Subject, Substitution, User, UserGroup,
    Window,
};

use crate::generate::{Dice, World, place, subject, window};

const A_YEAR: i64 = 366 * 24 * 60 * 60;

/// The world, with things in it that look wrong.
pub(super) fn spiced(mut world: World) -> World {
    let mut dice = world.recipe.dice("spice", 0);
    only_reading(&mut dice, &mut world);
    again(&mut dice, &mut world);
    about_a_year(&mut dice, &mut world);
    hollow(&mut dice, &mut world);
    part(&mut dice, &mut world);
    all_in_a_group(&mut dice, &mut world);
    himself(&mut dice, &mut world);
    one_after_the_other(&mut dice, &mut world);
    group_for_a_while(&mut dice, &mut world);
    one_user(&mut dice, &mut world);
    also(&mut dice, &mut world);
    for group in &mut world.directory.social_groups {
        group.archived = dice.percent(40);
    }
    narrowed(&mut dice, &mut world);
    marked(&mut dice, &mut world);
    if dice.percent(40) {
        world.directory.users.push(User::new("newcomer"));
    }
    world
}

/// An assignment and a substitution a second time, at other times, confined, or in other circumstances.
fn again(dice: &mut Dice, world: &mut World) {
    let mut again = dice.pick(&world.policy.assignments).clone();
    match dice.below(3) {
        0 => {}
        1 => again.window = window(dice),
        _ => again.when = dice.some(&world.policy.vocabulary.circumstances, 2),
    }
    if dice.percent(50) {
        world.policy.assignments.push(again.because("again"));
    }
    if let Some(again) = dice.maybe(&world.policy.substitutions).cloned().filter(|_| dice.percent(50)) {
        let window = window(dice);
        world.policy.substitutions.push(again.during(window).because("again"));
    }
}

/// A window that lasts a year, or a second more.
fn about_a_year(dice: &mut Dice, world: &mut World) {
    let first = dice.below(3) as i64;
    let last = first + A_YEAR + dice.below(2) as i64;
    let at = Moment::from_unix_seconds;
    let window = Window::from(at(first)).until(at(last));
    if dice.percent(30) {
        let number = dice.below(world.policy.assignments.len());
        world.policy.assignments[number].window = window;
    }
    if dice.percent(30) {
        let pair = [(); 2].map(|()| dice.pick(&world.directory.users).key.clone());
        world.policy.substitutions.push(Substitution::new(&pair[0], &pair[1]).during(window));
    }
}

/// The same assignment twice, for times that touch or have a moment in common.
fn one_after_the_other(dice: &mut Dice, world: &mut World) {
    let at = Moment::from_unix_seconds;
    let it = dice.pick(&world.policy.assignments).clone();
    if dice.percent(60) {
        let second = at(100 + dice.below(2) as i64);
        let halves = [Window::ALWAYS.until(at(100)), Window::from(second)];
        let halves = halves.map(|window| it.clone().during(window));
        world.policy.assignments.retain(|other| other.role != it.role);
        world.policy.assignments.extend(halves);
    }
}

/// An assignment to a group, over before its only member joins, or at that very moment.
fn group_for_a_while(dice: &mut Dice, world: &mut World) {
    let user = dice.pick(&world.directory.users).key.clone();
    let role = dice.pick(&world.policy.roles).key.clone();
    if dice.percent(60) {
        let last = Moment::from_unix_seconds(99 + dice.below(2) as i64);
        let joins = Window::from(Moment::from_unix_seconds(100));
        world.directory.user_groups.push(UserGroup::new("late").member_during(&user, joins));
        let to = Subject::UserGroup("late".into());
        world.policy.assignments.push(Assignment::new(role, to).during(Window::ALWAYS.until(last)));
    }
}

fn himself(dice: &mut Dice, world: &mut World) {
    let user = dice.pick(&world.directory.users);
    if dice.percent(25) {
        world.policy.substitutions.push(Substitution::new(&user.key, &user.key).during(window(dice)));
    }
}

/// A role whose assignments all name the same user, but for one in some worlds.
fn one_user(dice: &mut Dice, world: &mut World) {
    let users = dice.some(&world.directory.users, 2);
    let role = dice.pick(&world.policy.roles).key.clone();
    if users.is_empty() || dice.percent(50) {
        return;
    }
    for it in world.policy.assignments.iter_mut().filter(|it| it.role == role) {
        let user = dice.pick(&users).key.clone();
        it.to = if dice.percent(50) { Subject::User(user) } else { Subject::Employee(user) };
    }
}

/// A role that says "nothing", here and there below an entity, and takes the place of another here and there.
fn hollow(dice: &mut Dice, world: &mut World) {
    if dice.percent(40) {
        return;
    }
    let vocabulary = &world.policy.vocabulary;
    let nothing = |key: &Key<Level>| {
        vocabulary.levels.iter().any(|level| level.key == *key && level.relations.is_empty())
    };
    let mut role = Role::new("hollow");
    for entity in &vocabulary.entities {
        let offer = dice.maybe(&entity.offers);
        let said = offer.and_then(|offer| Some((offer, offer.levels.iter().find(|it| nothing(it))?)));
        if let Some((offer, level)) = said {
            let finest = if dice.percent(30) { offer.finest } else { Grain::Entity };
            role = role.set(place(dice, entity, finest), &offer.action, level);
        }
    }
    if dice.percent(20) {
        role.supersedes.push(world.policy.roles[0].key.clone());
        world.policy.roles[0].supersedes.clear();
    }
    world.policy.roles.push(role);
}

/// A second role that takes the place of the same ones, for the same people.
fn also(dice: &mut Dice, world: &mut World) {
    let policy = &mut world.policy;
    let Some(first) = policy.roles.iter().find(|it| !it.supersedes.is_empty()).filter(|_| dice.percent(40))
    else {
        return;
    };
    let (key, mut also) = (first.key.clone(), first.clone());
    also.key = "also".into();
    policy.roles.push(also);
    let mut same: Vec<_> = policy.assignments.iter().filter(|it| it.role == key).cloned().collect();
    same.iter_mut().for_each(|it| it.role = "also".into());
    policy.assignments.extend(same);
}

/// A role with some of what another has, or all.
fn part(dice: &mut Dice, world: &mut World) {
    if dice.percent(40) {
        return;
    }
    let mut role = dice.pick(&world.policy.roles).clone();
    role.key = "part".into();
    role.supersedes.retain(|_| dice.percent(50));
    if dice.percent(40) {
        role.rights.truncate(dice.below(4));
    }
    let to = subject(dice, &world.directory);
    world.policy.roles.push(role);
    world.policy.assignments.push(Assignment::new("part", to));
}

/// A group of all active users, or of all but one.
fn all_in_a_group(dice: &mut Dice, world: &mut World) {
    let role = dice.pick(&world.policy.roles).key.clone();
    let active = world.directory.users.iter().filter(|user| !user.dismissed);
    let active: Vec<Key<User>> = active.map(|user| user.key.clone()).collect();
    let but = dice.below(2);
    let late = dice.percent(30).then(|| window(dice));
    let when = |at: usize| late.filter(|_| at == 0).unwrap_or(Window::ALWAYS);
    let members = active.iter().enumerate().skip(but);
    let group = members.fold(UserGroup::new("all"), |group, (at, user)| group.member_during(user, when(at)));
    world.directory.user_groups.push(group);
    world.policy.assignments.push(Assignment::new(role, Subject::UserGroup("all".into())));
}

/// In some worlds roles read and create, and do nothing else.
fn only_reading(dice: &mut Dice, world: &mut World) {
    if dice.percent(75) {
        return;
    }
    let entities = &world.policy.vocabulary.entities;
    let kept: Vec<_> = entities.iter().flat_map(|it| [&it.reads_by, &it.creates_by]).flatten().collect();
    for role in &mut world.policy.roles {
        role.rights.retain(|right| kept.contains(&&right.action));
    }
}

/// A substitution that is narrowed to no action, or to one that may be on offer nowhere.
fn narrowed(dice: &mut Dice, world: &mut World) {
    let pair = [(); 2].map(|()| dice.pick(&world.directory.users).key.clone());
    let vocabulary = &world.policy.vocabulary;
    let free = |key: &&Key<Action>| {
        let mut offers = vocabulary.entities.iter().flat_map(|entity| &entity.offers);
        offers.all(|offer| offer.action != **key || offer.requires.is_empty())
    };
    let free: Vec<Key<Action>> = vocabulary.actions.iter().filter(free).cloned().collect();
    if dice.percent(40) {
        let actions = dice.some(&free, 1);
        let only = Extent::everywhere().actions(actions);
        world.policy.substitutions.push(Substitution::new(&pair[0], &pair[1]).only(only));
    }
}

/// Roles that say "nothing" are given with a mark, on everything or not.
fn marked(dice: &mut Dice, world: &mut World) {
    if dice.percent(50) {
        let to = subject(dice, &world.directory);
        let mut marked = Assignment::new("hollow", to).audited_as("4711");
        marked.audits_everything = dice.percent(60);
        if world.policy.roles.iter().any(|role| role.key == marked.role) {
            world.policy.assignments.push(marked);
        }
    }
}
