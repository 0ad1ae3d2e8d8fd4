//! The lint about roles that take something away.
//!
//! There are two ways to: under the specific rule what a role says below an entity keeps others from counting, and a role can take the place
//! of others. So a set of roles is compared with itself without one of them, in which case those come back of which
//! it alone took the place.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::directory::User;
use crate::index::Ix;
use crate::policy::Role;
use crate::reason::Listed;
use crate::resolve::{self, Loss, View, Viewer};
use crate::review::lint::rights::at_role;
use crate::review::lint::{Finding, Ground, Lint};
use crate::review::roster::Roster;
use crate::snapshot::{Column, LimitSet, Occasion, Part, Snapshot};

/// Somebody's view, the roles that he is given in it, and all whose view is the same. A visitor's is nobody's.
struct Class<'s> {
    view: View<'s>,
    given: Vec<Column>,
    users: Vec<Ix<User>>,
}

/// What a role takes away, from whom, and the roles that it takes the place of if it does so by that.
struct Reduced {
    loss: Loss,
    instead_of: Vec<Column>,
    users: BTreeSet<Ix<User>>,
}

/// A role with which somebody, in a view of his own, can do less than without it.
pub(super) fn role_reduces(ground: &Ground<'_>) -> Vec<Finding> {
    let mut reduced: BTreeMap<Column, Reduced> = BTreeMap::new();
    for class in classes(ground) {
        for (role, found) in ground.reduced_in(&class) {
            let known = reduced.entry(role).or_insert(found);
            known.users.extend(&class.users);
        }
    }
    let finding = |(role, reduced): (Column, Reduced)| ground.reduces(role.role()?, &reduced);
    reduced.into_iter().filter_map(finding).collect()
}

/// All views that people have of themselves in any circumstances, each once.
fn classes<'a>(ground: &Ground<'a>) -> Vec<Class<'a>> {
    let snapshot = ground.given;
    let viewer = |user, on| Viewer::new(snapshot, snapshot.people.handle(user)?, on).ok();
    let class = |view: View<'a>, users| Class { given: view.viewer.held_roles(), view, users };
    let roster = Roster::of(snapshot);
    let mut classes: Vec<Class<'_>> = Vec::new();
    let mut numbers = HashMap::new();
    for alike in &roster.alike {
        let users = roster.users(alike);
        let Some(first) = users.first() else { continue };
        // Without limits nothing but the roles that are held depends on circumstances.
        let under =
            |on: Occasion| (alike.limits != LimitSet::NONE).then_some((alike.limits, on.circumstances));
        let viewers = ground.occasions.iter().filter_map(|on| Some((viewer(*first, *on)?, under(*on))));
        let different: BTreeMap<_, _> = viewers.map(|(it, under)| ((it.held_roles(), under), it)).collect();
        for (key, viewer) in different {
            let number = *numbers.entry(key).or_insert(classes.len());
            match classes.get_mut(number) {
                Some(known) => known.users.extend(users),
                None => classes.push(class(View::own(viewer), users.to_vec())),
            }
        }
    }
    for on in &ground.occasions {
        let apart = roster.apart.iter().filter_map(|user| Some((viewer(*user, *on)?, vec![*user])));
        let visitor = (Viewer::anonymous(snapshot, *on), Vec::new());
        for (own, users) in apart.chain([visitor]) {
            let others = resolve::others(own).into_iter().filter(|view| view.stand_in.is_none());
            let views = [View::own(own)].into_iter().chain(others);
            classes.extend(views.map(|view| class(view, users.clone())));
        }
    }
    classes
}

impl Ground<'_> {
    /// The roles that take something away in a view, with the first thing that each takes.
    fn reduced_in(&self, class: &Class<'_>) -> Vec<(Column, Reduced)> {
        let superseding = &self.snapshot.roles.superseding;
        let held = |given: &[Column]| superseding.left_of(given).collect::<Vec<_>>();
        let with = held(&class.given);
        let reduced = |role: Column| {
            let said = self.policy.roles.get(role.role()?.as_usize())?;
            if said.supersedes.is_empty() && !self.silences(said) {
                return None;
            }
            let others: Vec<Column> = class.given.iter().copied().filter(|it| *it != role).collect();
            let without = held(&others);
            let loss = resolve::losses(&class.view, [&without, &with]).next()?;
            let back: Vec<Column> = without.iter().copied().filter(|it| !with.contains(it)).collect();
            // If it did not take their place, would it silence them?
            let all = [with.as_slice(), &back].concat();
            let silenced = resolve::losses(&class.view, [&without, &all]).any(|other| other == loss);
            let instead_of = if silenced { Vec::new() } else { back };
            Some((role, Reduced { loss, instead_of, users: BTreeSet::new() }))
        };
        with.iter().filter_map(|role| reduced(*role)).collect()
    }

    fn reduces(&self, number: Ix<Role>, reduced: &Reduced) -> Option<Finding> {
        let role = self.snapshot.roles.names.key(number)?;
        let (what, mut keys) = self.lost(reduced.loss);
        let whom = whom(self.snapshot, &reduced.users);
        let instead = reduced.instead_of.iter().filter_map(|it| self.snapshot.roles.names.key(it.role()?));
        let instead: Vec<String> = instead.map(|role| format!("`{role}`")).collect();
        let held = match instead.as_slice() {
            [] => "beside others".to_owned(),
            roles => format!("in place of role {}", Listed(roles, "and")),
        };
        let message = format!("role `{role}`, held {held}, takes something from {whom}: for example {what}");
        keys.insert(0, role.to_string());
        Some(Finding::new(Lint::RoleReduces, Part::Policy, at_role(number), keys, message))
    }

    /// What is lost, in words and as keys.
    fn lost(&self, loss: Loss) -> (String, Vec<String>) {
        match loss {
            Loss::Right { place, action } => {
                let (place, action) = (self.place(place), self.action(action));
                (format!("`{action}` at {place}"), vec![place, action])
            }
            Loss::Move { from, to } => {
                let (from, to) = (self.place(from), self.place(to));
                (format!("the move from {from} to {to}"), vec![from, to])
            }
            Loss::Entry { entity, action } => {
                let entity = self.snapshot.places.entity_key(entity);
                let entity = entity.map(ToString::to_string).unwrap_or_default();
                (format!("entering `{entity}`"), vec![entity, self.action(action)])
            }
        }
    }
}

/// How many there are, and the first of them.
fn whom(snapshot: &Snapshot, users: &BTreeSet<Ix<User>>) -> String {
    let first = users.first().and_then(|user| snapshot.people.key(snapshot.people.handle(*user)?));
    match (first, users.len()) {
        (None, _) => "visitors".to_owned(),
        (Some(user), 1) => format!("user `{user}`"),
        (Some(user), several) => format!("{several} users, such as `{user}`"),
    }
}
