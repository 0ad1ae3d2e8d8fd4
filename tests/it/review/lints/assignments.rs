//! To whom, and when.

use bailiwick::review::Lint;
use bailiwick::{
    Assignment, Department, Directory, Extent, Key, Moment, Subject, Substitution, Unit, User, Window,
};

use crate::oracle::{On, Oracle};
use crate::review::lints::{Found, Scene, law, rows};

impl Scene {
    /// Assignments and substitutions of which this is true.
    fn assigned(&self, is: impl Fn(&Assignment) -> bool) -> Found {
        let all = self.world.policy.assignments.iter().enumerate();
        rows("assignments", all.filter(|(_, it)| is(it)).map(|(at, it)| (at, vec![&it.role])))
    }

    fn substituted(&self, is: impl Fn(&Substitution) -> bool) -> Found {
        let all = self.world.policy.substitutions.iter().enumerate();
        rows("substitutions", all.filter(|(_, it)| is(it)).map(|(at, it)| (at, vec![&it.absent])))
    }

    fn with_window(&self, is: impl Fn(Window) -> bool) -> Found {
        let mut found = self.assigned(|it| is(it.window));
        found.extend(self.substituted(|it| is(it.window)));
        found
    }
}

#[test]
fn what_is_over_contains_no_moment_from_now_on() {
    law(Lint::AssignmentOver, 1, |scene| {
        let moments = scene.moments();
        scene.with_window(|window| !moments.iter().any(|at| *at >= scene.at && window.contains(*at)))
    });
}

#[test]
fn what_is_long_contains_two_moments_more_than_a_year_apart_and_has_both_ends() {
    const SECONDS: i128 = 366 * 24 * 60 * 60;
    law(Lint::WindowLong, 1, |scene| {
        let moments = scene.moments();
        let seconds = |at: &Moment| i128::from(at.unix_seconds());
        scene.with_window(|window| {
            let inside: Vec<i128> = moments.iter().filter(|at| window.contains(**at)).map(seconds).collect();
            let ends = !window.contains(Moment::MIN) && !window.contains(Moment::MAX);
            let first = inside.iter().copied().min().unwrap_or_default();
            let last = window.last().map(|at| seconds(&at)).unwrap_or_default();
            ends && last - first > SECONDS
        })
    });
}

/// At some moment both count, and the later one says nothing that the earlier one does not say.
#[test]
fn what_overlaps_is_there_twice_at_some_moment() {
    law(Lint::WindowsOverlap, 1, |scene| {
        let moments = scene.moments();
        let both =
            |one: Window, other: Window| moments.iter().any(|at| one.contains(*at) && other.contains(*at));
        let policy = &scene.world.policy;
        let twice = |at: usize, it: &Assignment| {
            policy.assignments[..at].iter().any(|other| {
                (&it.role, &it.to, &it.within) == (&other.role, &other.to, &other.within)
                    && (&it.when, &it.audited_as) == (&other.when, &other.audited_as)
                    && it.audits_everything == other.audits_everything
                    && both(it.window, other.window)
            })
        };
        let again = |at: usize, it: &Substitution| {
            policy.substitutions[..at].iter().any(|other| {
                (&it.absent, &it.substitute, &it.only) == (&other.absent, &other.substitute, &other.only)
                    && both(it.window, other.window)
            })
        };
        let all = policy.assignments.iter().enumerate().filter(|(at, it)| twice(*at, it));
        let mut found = rows("assignments", all.map(|(at, it)| (at, vec![&it.role])));
        let all = policy.substitutions.iter().enumerate().filter(|(at, it)| again(*at, it));
        found.extend(rows("substitutions", all.map(|(at, it)| (at, vec![&it.absent]))));
        found
    });
}

#[test]
fn nobody_stands_in_for_himself() {
    law(Lint::StandsInForHimself, 1, |scene| scene.substituted(|it| it.absent == it.substitute));
}

/// In no view of the substitute at any moment, wherever he is no administrator who needs none.
#[test]
fn a_substitution_that_is_never_live_makes_no_view_at_any_moment() {
    law(Lint::SubstitutionNeverLive, 1, |scene| {
        let moments = scene.moments();
        let mut directory = scene.world.directory.clone();
        directory.users.iter_mut().for_each(|user| user.administrator = false);
        let views = |it: &Substitution, at: Moment| {
            let mut policy = scene.world.policy.clone();
            policy.substitutions = vec![it.clone()];
            let oracle = Oracle::new(&policy, &directory, Some(&it.substitute), On { at, asserted: &[] });
            oracle.is_ok_and(|oracle| oracle.views().iter().any(|view| view.absent().is_some()))
        };
        let entities = &scene.world.policy.vocabulary.entities;
        let offered = |it: &Extent| {
            let here = entities.iter().filter(|entity| match &it.place {
                Some(place) => *place.entity_key() == entity.key,
                None => true,
            });
            here.flat_map(|entity| &entity.offers).map(|offer| offer.action.clone()).collect::<Vec<_>>()
        };
        let passes = |it: &Extent| {
            offered(it).iter().any(|action| it.actions.as_ref().is_none_or(|all| all.contains(action)))
        };
        let nothing = |it: &Substitution| it.only.as_ref().is_some_and(|only| !only.iter().any(passes));
        scene.substituted(|it| {
            it.absent != it.substitute && (nothing(it) || !moments.iter().any(|at| views(it, *at)))
        })
    });
}

/// Whether anybody would hold the role by this assignment alone, at any moment and in any circumstances.
fn reaches(scene: &Scene, it: &Assignment) -> bool {
    let mut policy = scene.world.policy.clone();
    let mut alone = Assignment::new(&it.role, it.to.clone());
    alone.window = it.window;
    policy.assignments = vec![alone];
    let users = scene.world.directory.users.iter().map(|user| Some(&user.key)).chain([None]);
    let holds = |who: Option<&Key<User>>, at: Moment| {
        let oracle = Oracle::new(&policy, &scene.world.directory, who, On { at, asserted: &[] });
        oracle.is_ok_and(|oracle| !oracle.own().roles().is_empty())
    };
    let moments = scene.moments();
    users.into_iter().any(|who| moments.iter().any(|at| holds(who, *at)))
}

#[test]
fn an_assignment_that_reaches_nobody_gives_nobody_its_role_at_any_moment() {
    law(Lint::AssignmentReachesNobody, 1, |scene| scene.assigned(|it| !reaches(scene, it)));
}

/// Whether the department, or one above it, is switched off.
fn is_off(directory: &Directory, key: &Key<Department>) -> bool {
    let department = directory.departments.iter().find(|it| it.key == *key).unwrap();
    !department.active || department.parent.as_ref().is_some_and(|parent| is_off(directory, parent))
}

#[test]
fn what_is_given_to_something_switched_off_names_it() {
    law(Lint::SubjectSwitchedOff, 1, |scene| {
        let directory = &scene.world.directory;
        let names = |it: &Assignment, key: &Key<Department>| {
            let unit = || Unit::Of(key.clone());
            let subjects = [
                Subject::Department(key.clone()),
                Subject::DepartmentTree(key.clone()),
                Subject::Heads(unit()),
                Subject::Deputies(unit()),
                Subject::Employees(unit()),
            ];
            subjects.contains(&it.to) || it.within.as_ref() == Some(key)
        };
        let group = |it: &Assignment| {
            directory
                .user_groups
                .iter()
                .any(|group| it.to == Subject::UserGroup(group.key.clone()) && !group.active)
        };
        let off: Vec<_> = directory.departments.iter().filter(|it| is_off(directory, &it.key)).collect();
        scene.assigned(|it| group(it) || off.iter().any(|department| names(it, &department.key)))
    });
}

#[test]
fn what_is_given_to_an_archived_group_names_it() {
    law(Lint::SubjectArchived, 1, |scene| {
        let groups = scene.world.directory.social_groups.iter().filter(|group| group.archived);
        let archived: Vec<_> = groups.map(|group| &group.key).collect();
        scene.assigned(|it| matches!(&it.to, Subject::SocialGroup(key, _) if archived.contains(&key)))
    });
}
