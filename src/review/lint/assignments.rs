//! Lints about assignments and substitutions: to whom, and when.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use crate::directory::Department;
use crate::key::Key;
use crate::moment::Window;
use crate::policy::{Assignment, Subject, Unit};
use crate::resolve;
use crate::review::lint::{Finding, Ground, Lint};
use crate::snapshot::Part;

/// Longer than any year.
const A_YEAR: i64 = 366 * 24 * 60 * 60;

impl Ground<'_> {
    fn assignments(&self) -> impl Iterator<Item = (String, &Assignment)> {
        let assignments = self.policy.assignments.iter().enumerate();
        assignments.map(|(at, assignment)| (format!("/assignments/{at}"), assignment))
    }

    /// The pointers and windows of assignments and substitutions, with what they are.
    fn windows(&self) -> impl Iterator<Item = (String, Window, String, String)> {
        let assignments = self.assignments().map(|(pointer, it)| {
            (
                pointer,
                it.window,
                it.role.to_string(),
                format!("the assignment of role `{}` to {}", it.role, it.to),
            )
        });
        let substitutions = self.policy.substitutions.iter().enumerate().map(|(at, it)| {
            let words = format!("the substitution of `{}` by `{}`", it.absent, it.substitute);
            (format!("/substitutions/{at}"), it.window, it.absent.to_string(), words)
        });
        assignments.chain(substitutions)
    }

    /// Whether the subject holds whoever comes: one that means everybody, or a group or department that every active user
    /// is in at the moment, of several.
    fn is_everybody(&self, subject: &Subject) -> bool {
        match subject {
            Subject::Everyone | Subject::SignedIn | Subject::Employees(Unit::Anywhere) => true,
            Subject::UserGroup(_)
            | Subject::SocialGroup(..)
            | Subject::Department(_)
            | Subject::DepartmentTree(_)
            | Subject::Employees(Unit::Of(_)) => self.crowds.are_all_in(subject),
            Subject::User(_)
            | Subject::Employee(_)
            | Subject::Heads(_)
            | Subject::Deputies(_)
            | Subject::Administrators
            | Subject::Author => false,
        }
    }

    /// The assignments by which everybody holds a role wherever he is, now or later.
    fn to_everybody(&self) -> impl Iterator<Item = (String, &Assignment)> {
        let lasts = |it: &Assignment| it.within.is_none() && !self.is_over(it.window);
        self.assignments().filter(move |(_, it)| lasts(it) && self.is_everybody(&it.to))
    }

    /// To whom, and from when on, if that is still to come.
    fn recipient(&self, it: &Assignment) -> String {
        match it.window.first().filter(|first| *first > self.at) {
            Some(first) => format!("{} from {first} on", it.to),
            None => it.to.to_string(),
        }
    }

    fn is_over(&self, window: Window) -> bool {
        window.last().is_some_and(|last| last < self.at)
    }

    fn is_off(&self, department: &Key<Department>) -> bool {
        let departments = &self.snapshot.departments;
        departments.find(department).is_some_and(|department| !departments.is_active(department))
    }
}

pub(super) fn settings_for_everybody(ground: &Ground<'_>) -> Vec<Finding> {
    let snapshot = ground.snapshot;
    let mut findings = Vec::new();
    for (pointer, assignment) in ground.to_everybody() {
        let Some(viewer) = ground.holder_of_key(&assignment.role) else { continue };
        let settings = snapshot.offers.entities().filter_map(|(_, rule)| rule.settings);
        let held = settings.filter(|(entity, action)| resolve::holds_anywhere(viewer, *entity, *action));
        for entity in held.map(|(entity, _)| entity).collect::<BTreeSet<_>>() {
            let entity = snapshot.places.entity_key(entity).map(ToString::to_string).unwrap_or_default();
            let message = format!(
                "role `{}`, given to {}, holds the settings right of `{entity}`",
                assignment.role,
                ground.recipient(assignment)
            );
            let keys = [assignment.role.to_string(), entity];
            findings.push(Finding::new(Lint::SettingsForEverybody, Part::Policy, &*pointer, keys, message));
        }
    }
    findings
}

pub(super) fn everybody_reaches_all(ground: &Ground<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (pointer, assignment) in ground.to_everybody() {
        let Some(viewer) = ground.holder_of_key(&assignment.role) else { continue };
        let reaches = |(place, action): &(_, _)| {
            let records = ground.is_graded(ground.snapshot.places.entity(*place), *action);
            records && resolve::reaches_all(resolve::given_here(&viewer, *place, *action))
        };
        if let Some((place, action)) = ground.cells().find(reaches) {
            let (place, action) = (ground.place(place), ground.action(action));
            let message = format!(
                "role `{}`, given to {}, reaches all records with `{action}` at {place}",
                assignment.role,
                ground.recipient(assignment)
            );
            let keys = [assignment.role.to_string(), place, action];
            findings.push(Finding::new(Lint::EverybodyReachesAll, Part::Policy, pointer, keys, message));
        }
    }
    findings
}

pub(super) fn switched_off(ground: &Ground<'_>) -> Vec<Finding> {
    let groups = ground.directory.user_groups.iter().filter(|it| !it.active);
    let groups: HashSet<_> = groups.map(|it| &it.key).collect();
    let off = |subject: &Subject| match subject {
        Subject::Department(key) | Subject::DepartmentTree(key) => ground.is_off(key),
        Subject::Heads(Unit::Of(key))
        | Subject::Deputies(Unit::Of(key))
        | Subject::Employees(Unit::Of(key)) => ground.is_off(key),
        Subject::UserGroup(key) => groups.contains(key),
        Subject::User(_)
        | Subject::Employee(_)
        | Subject::SocialGroup(..)
        | Subject::Heads(Unit::Anywhere)
        | Subject::Deputies(Unit::Anywhere)
        | Subject::Employees(Unit::Anywhere)
        | Subject::Administrators
        | Subject::SignedIn
        | Subject::Everyone
        | Subject::Author => false,
    };
    let within = |it: &Assignment| it.within.as_ref().is_some_and(|key| ground.is_off(key));
    let found = ground.assignments().filter(|(_, it)| off(&it.to) || within(it));
    let finding = |(pointer, it): (String, &Assignment)| {
        let message =
            format!("role `{}` is given to {}, and what is named there is switched off", it.role, it.to);
        Finding::new(Lint::SubjectSwitchedOff, Part::Policy, pointer, [it.role.to_string()], message)
    };
    found.map(finding).collect()
}

/// What is archived still gives its members their roles, so that this is no dead weight.
pub(super) fn archived(ground: &Ground<'_>) -> Vec<Finding> {
    let groups = ground.directory.social_groups.iter().filter(|it| it.archived);
    let groups: HashSet<_> = groups.map(|it| &it.key).collect();
    let mut findings = Vec::new();
    for (pointer, it) in ground.assignments() {
        let Subject::SocialGroup(key, _) = &it.to else { continue };
        if groups.contains(key) {
            let message = format!(
                "role `{}` is given to {}, which is archived; they hold it all the same",
                it.role, it.to
            );
            let keys = [it.role.to_string()];
            findings.push(Finding::new(Lint::SubjectArchived, Part::Policy, pointer, keys, message));
        }
    }
    findings
}

pub(super) fn reaches_nobody(ground: &Ground<'_>) -> Vec<Finding> {
    let found = ground.assignments().filter(|(_, it)| !ground.crowds.is_anybody_in(&it.to, it.window));
    let finding = |(pointer, it): (String, &Assignment)| {
        let message = format!("the assignment of role `{}` to {} reaches nobody", it.role, it.to);
        Finding::new(Lint::AssignmentReachesNobody, Part::Policy, pointer, [it.role.to_string()], message)
    };
    found.map(finding).collect()
}

pub(super) fn over(ground: &Ground<'_>) -> Vec<Finding> {
    let found = ground.windows().filter(|(_, window, ..)| ground.is_over(*window));
    let finding = |(pointer, _, key, words): (String, Window, String, String)| {
        Finding::new(Lint::AssignmentOver, Part::Policy, pointer, [key], format!("{words} is over"))
    };
    found.map(finding).collect()
}

pub(super) fn long(ground: &Ground<'_>) -> Vec<Finding> {
    let is_long = |window: &Window| match (window.first(), window.last()) {
        (Some(first), Some(last)) => last.unix_seconds().saturating_sub(first.unix_seconds()) > A_YEAR,
        _ => false,
    };
    let found = ground.windows().filter(|(_, window, ..)| is_long(window));
    let finding = |(pointer, _, key, words): (String, Window, String, String)| {
        Finding::new(
            Lint::WindowLong,
            Part::Policy,
            pointer,
            [key],
            format!("{words} lasts longer than a year"),
        )
    };
    found.map(finding).collect()
}

/// Which of these are there a second time: after others that are alike, at times that overlap.
pub(super) fn repeated<T: Eq + Hash>(all: impl Iterator<Item = (T, Window)>) -> Vec<bool> {
    let mut before: HashMap<T, Vec<Window>> = HashMap::new();
    let again = all.map(|(it, window)| {
        let windows = before.entry(it).or_default();
        let again = windows.iter().any(|other| !other.intersection(window).is_empty());
        windows.push(window);
        again
    });
    again.collect()
}

/// The later of two assignments that are alike but for their times, which overlap.
pub(super) fn overlapping(ground: &Ground<'_>) -> Vec<Finding> {
    let but_time = |it: &Assignment| Assignment { window: Window::ALWAYS, reason: None, ..it.clone() };
    let again = repeated(ground.policy.assignments.iter().map(|it| (but_time(it), it.window)));
    let found = ground.assignments().zip(again).filter(|(_, again)| *again);
    let finding = |((pointer, it), _): ((String, &Assignment), bool)| {
        let message =
            format!("role `{}` is given to {} a second time, at times that overlap", it.role, it.to);
        Finding::new(Lint::WindowsOverlap, Part::Policy, pointer, [it.role.to_string()], message)
    };
    found.map(finding).collect()
}
