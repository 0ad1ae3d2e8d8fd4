//! What everybody is given, and what nobody has.

use bailiwick::review::Lint;
use bailiwick::{Assignment, Entity, Key, Level, Offer, Relations, Role, Subject, Unit};

use crate::oracle::{On, Oracle};
use crate::review::lints::rights::{covers, opens};
use crate::review::lints::{Scene, law, rows};

/// Whether it is one of the subjects that mean everybody, or a group or department that all of several active users are in.
fn everybody(scene: &Scene, it: &Assignment) -> bool {
    let mut policy = scene.world.policy.clone();
    policy.assignments = vec![Assignment::new(&it.role, it.to.clone())];
    let on = On { at: scene.at, asserted: &[] };
    let users = scene.world.directory.users.iter().filter(|user| !user.dismissed);
    let holds = users.map(|user| {
        let oracle = Oracle::new(&policy, &scene.world.directory, Some(&user.key), on).unwrap();
        !oracle.own().roles().is_empty()
    });
    let holds: Vec<bool> = holds.collect();
    match it.to {
        Subject::Everyone | Subject::SignedIn | Subject::Employees(Unit::Anywhere) => true,
        Subject::UserGroup(_)
        | Subject::SocialGroup(..)
        | Subject::Department(_)
        | Subject::DepartmentTree(_)
        | Subject::Employees(_) => holds.len() > 1 && holds.iter().all(|holds| *holds),
        Subject::User(_)
        | Subject::Employee(_)
        | Subject::Heads(_)
        | Subject::Deputies(_)
        | Subject::Administrators
        | Subject::Author => false,
    }
}

/// Whether everybody holds its role, wherever he is, at some moment from now on.
fn to_all(scene: &Scene, it: &Assignment) -> bool {
    let comes = scene.moments().iter().any(|at| *at >= scene.at && it.window.contains(*at));
    comes && it.within.is_none() && everybody(scene, it)
}

fn role<'s>(scene: &'s Scene, it: &Assignment) -> &'s Role {
    scene.world.policy.roles.iter().find(|role| role.key == it.role).unwrap()
}

#[test]
fn settings_for_everybody_are_held_by_a_role_that_everybody_is_given() {
    law(Lint::SettingsForEverybody, 2, |scene| {
        let policy = &scene.world.policy;
        let mut found = Vec::new();
        for (at, it) in policy.assignments.iter().enumerate().filter(|(_, it)| to_all(scene, it)) {
            let rights = policy.vocabulary.entities.iter().filter_map(|entity| entity.settings.as_ref());
            let held = rights.filter(|right| scene.anywhere(role(scene, it), &right.entity, &right.action));
            found.extend(held.map(|right| (at, vec![it.role.to_string(), right.entity.to_string()])));
        }
        rows("assignments", found)
    });
}

#[test]
fn everybody_reaches_all_where_no_record_is_out_of_reach() {
    law(Lint::EverybodyReachesAll, 1, |scene| {
        let levels = &scene.world.policy.vocabulary.levels;
        let relations = |key: &Key<Level>| levels.iter().find(|level| level.key == *key).unwrap().relations;
        let all = |relations| covers(relations, Relations::ALWAYS);
        let graded = |offer: &Offer| {
            let mut relations = offer.levels.iter().map(relations);
            relations.any(|it| !it.is_empty() && !all(it))
        };
        let cells = scene.cells();
        let reaches = |it: &Assignment| {
            let mut cells = cells.iter().filter(|(_, offer)| graded(offer));
            cells.any(|(place, offer)| all(scene.given(&[role(scene, it)], place, &offer.action)))
        };
        let assignments = scene.world.policy.assignments.iter().enumerate();
        let found = assignments.filter(|(_, it)| to_all(scene, it) && reaches(it));
        rows("assignments", found.map(|(at, it)| (at, vec![&it.role])))
    });
}

#[test]
fn an_entity_without_reader_no_user_enters_in_any_circumstances_and_nothing_opens() {
    law(Lint::EntityWithoutReader, 1, |scene| {
        let (policy, directory) = (&scene.world.policy, &scene.world.directory);
        let opened = |entity: &Entity| {
            entity.offers.iter().any(|offer| Some(&offer.action) == entity.reads_by.as_ref() && opens(offer))
        };
        let read = |entity: &Entity| {
            let mut users = directory.users.iter().filter(|user| !user.dismissed && !user.administrator);
            users.any(|user| {
                let mut anyhow = scene.in_all_circumstances(user);
                anyhow.any(|oracle| oracle.enters(&entity.key).is_allowed())
            })
        };
        let all = policy.vocabulary.entities.iter().enumerate();
        let unread = all.filter(|(_, it)| it.reads_by.is_some() && !opened(it) && !read(it));
        rows("entities", unread.map(|(at, it)| (at, vec![&it.key])))
    });
}
