//! All views of somebody: his own, what he holds apart, and those of the people he stands in for.

use std::collections::BTreeSet;

use bailiwick::{
    Action, Assignment, Creation, Decision, Denial, Department, Directory, Entity, Key, Moment, Place,
    Policy, Relations, Responsible, Role, User,
};

use super::view::{Apart, View, frees, no};
use super::{On, Thing};

/// Who asks.
pub(crate) struct Oracle<'a> {
    views: Vec<View<'a>>,
}

impl<'a> Oracle<'a> {
    /// The views of a user, or of a visitor who has not signed in. Sections 1.3, 1.6, 12.2.4.
    pub(crate) fn new(
        policy: &'a Policy,
        directory: &'a Directory,
        who: Option<&Key<User>>,
        on: On,
    ) -> Result<Self, Denial> {
        let find = |key: &Key<User>| directory.users.iter().find(|user| user.key == *key);
        let viewer = who.map(|key| find(key).ok_or(Denial::UnknownUser)).transpose()?;
        let person = Person { policy, directory, viewer, on };
        let mut views = person.views().ok_or(Denial::Dismissed)?;
        if person.is_free_everywhere() {
            return Ok(Self { views });
        }
        let mut absent: Vec<_> = policy.substitutions.iter().filter(|it| it.window.contains(on.at)).collect();
        absent.retain(|it| Some(&it.substitute) == who && Some(&it.absent) != who);
        absent.sort_by_key(|it| &it.absent);
        for substitution in absent {
            let theirs =
                Person { viewer: find(&substitution.absent), ..person }.views().into_iter().flatten();
            let limits = views[0].limits.clone();
            views.extend(theirs.map(|view| View {
                substitution: Some(substitution),
                limits: [view.limits.as_slice(), &limits].concat(),
                ..view
            }));
        }
        Ok(Self { views })
    }

    /// His own view.
    pub(crate) fn own(&self) -> &View<'a> {
        &self.views[0]
    }

    pub(crate) fn views(&self) -> &[View<'a>] {
        &self.views
    }

    pub(crate) fn check(&self, action: &Key<Action>, thing: &Thing) -> Decision {
        self.any(|view| view.check(action, thing))
    }

    /// The widest answer decides whose it becomes; of several, the first.
    pub(crate) fn create(&self, place: &Place) -> Creation {
        let each = || self.views.iter().map(|view| view.create(place));
        let denials =
            each().filter_map(|it| if let Creation::Denied(denial) = it { Some(denial) } else { None });
        let whose =
            each().filter_map(|it| if let Creation::Allowed(whose) = it { Some(whose) } else { None });
        let narrowness = |whose: &Responsible| match whose {
            Responsible::Requested => 0,
            Responsible::Within(_) => 1,
            Responsible::Author => 2,
            Responsible::Absent(_) => 3,
        };
        let widest = whose.min_by_key(narrowness).map(Creation::Allowed);
        widest.unwrap_or_else(|| Creation::Denied(denials.max().unwrap()))
    }

    pub(crate) fn create_for(&self, place: &Place, owner: &User) -> Decision {
        self.any(|view| match view.create(place) {
            Creation::Denied(denial) => no(denial),
            Creation::Allowed(Responsible::Author | Responsible::Absent(_))
                if view.viewer.is_none_or(|viewer| viewer.key != owner.key) =>
            {
                no(Denial::OutOfReach)
            }
            Creation::Allowed(Responsible::Within(_)) if !view.contains(owner) => no(Denial::OutOfReach),
            Creation::Allowed(_) => Decision::Allowed,
        })
    }

    /// For somebody whom the directory does not have: nobody's level reaches him.
    pub(crate) fn create_for_a_stranger(&self, place: &Place) -> Decision {
        match self.create(place) {
            Creation::Denied(denial @ (Denial::UnknownPlace | Denial::NotOffered)) => no(denial),
            Creation::Denied(_) | Creation::Allowed(_) => no(Denial::UnknownOwner),
        }
    }

    pub(crate) fn relocate(&self, thing: &Thing, to: &Place) -> Decision {
        self.any(|view| view.relocate(thing, to))
    }

    pub(crate) fn update(&self, thing: &Thing) -> Decision {
        self.any(|view| view.update(thing))
    }

    pub(crate) fn enters(&self, entity: &Key<Entity>) -> Decision {
        self.any(|view| view.enters(entity))
    }

    pub(crate) fn enters_application(&self) -> Decision {
        self.any(View::enters_application)
    }

    /// Allowed in any view; else the denial of the one that came furthest.
    fn any(&self, ask: impl Fn(&View<'a>) -> Decision) -> Decision {
        let decisions: Vec<Decision> = self.views.iter().map(ask).collect();
        let denial = decisions.iter().filter_map(|it| it.denial()).max();
        if decisions.contains(&Decision::Allowed) { Decision::Allowed } else { no(denial.unwrap()) }
    }
}

impl View<'_> {
    /// Whose a new record may become, where the owner is (in the department that matters, or else anywhere), and whether it may
    /// become his.
    pub(crate) fn owned(
        &self,
        place: &Place,
        owner: &User,
    ) -> Option<(Responsible, BTreeSet<Key<Department>>, bool)> {
        let Creation::Allowed(whose) = self.create(place) else { return None };
        let keys = |all: Vec<&Department>| all.into_iter().map(|it| it.key.clone()).collect();
        let himself = self.viewer.is_some_and(|it| it.key == owner.key);
        Some(match &whose {
            Responsible::Author | Responsible::Absent(_) => (whose, BTreeSet::new(), himself),
            Responsible::Requested => (whose, BTreeSet::new(), true),
            Responsible::Within(key) => {
                let all = self.departments_of(owner);
                let within: Vec<_> = all.iter().copied().filter(|it| self.is_within(it, key)).collect();
                let holds = !within.is_empty();
                (whose, keys(if holds { within } else { all }), holds)
            }
        })
    }
}

/// What these roles give of an action at a place to somebody who is nobody else, as far as roles go.
pub(crate) fn given_to<'p>(
    policy: &'p Policy,
    directory: &'p Directory,
    roles: &[&'p Role],
    place: &Place,
    action: &Key<Action>,
) -> Relations {
    let (apart, substitution) = (None, None);
    let view = View {
        policy,
        directory,
        at: Moment::from_unix_seconds(0),
        asserted: &[],
        viewer: None,
        roles: roles.to_vec(),
        apart,
        substitution,
        limits: Vec::new(),
    };
    let entity = policy.vocabulary.entities.iter().find(|it| it.key == *place.entity_key()).unwrap();
    let offer = entity.offers.iter().find(|offer| offer.action == *action).unwrap();
    view.given(entity, offer, place)
}

/// Somebody at a moment; a visitor is nobody.
#[derive(Clone, Copy)]
struct Person<'a> {
    policy: &'a Policy,
    directory: &'a Directory,
    viewer: Option<&'a User>,
    on: On,
}

impl<'a> Person<'a> {
    /// An administrator whom nothing binds in any entity.
    fn is_free_everywhere(self) -> bool {
        self.viewer.is_some_and(|viewer| viewer.administrator)
            && self.policy.vocabulary.entities.iter().all(|entity| frees(entity, self.on.asserted))
    }

    /// His own view, then those of what he holds apart, of which an administrator needs none where nothing binds him; unmarked ones first. None, if he is
    /// dismissed.
    fn views(self) -> Option<Vec<View<'a>>> {
        if self.viewer.is_some_and(|viewer| viewer.dismissed) {
            return None;
        }
        let ways: BTreeSet<Option<Apart<'a>>> = self.policy.assignments.iter().map(apart).collect();
        let ways = ways.into_iter().flatten().map(Some).filter(|_| !self.is_free_everywhere());
        Some([None].into_iter().chain(ways).filter_map(|way| self.view(way)).collect())
    }

    fn is_live(self, it: &Assignment) -> bool {
        it.window.contains(self.on.at) && it.when.iter().all(|it| self.on.asserted.contains(it))
    }

    fn view(self, apart: Option<Apart<'a>>) -> Option<View<'a>> {
        let Self { policy, directory, viewer, .. } = self;
        let mut view = View {
            policy,
            directory,
            at: self.on.at,
            asserted: self.on.asserted,
            viewer,
            roles: Vec::new(),
            apart,
            substitution: None,
            limits: Vec::new(),
        };
        let held = policy
            .assignments
            .iter()
            .filter(|it| self.is_live(it) && self::apart(it) == apart && view.is_in(&it.to, self.on.at));
        let given: Vec<&Role> =
            held.flat_map(|it| policy.roles.iter().find(|role| role.key == it.role)).collect();
        let stays = |role: &&Role| !given.iter().any(|other| other.supersedes.contains(&role.key));
        view.roles = given.iter().copied().filter(stays).collect();
        view.limits = view.limits_in_force(self.on);
        let within = apart.and_then(|apart| apart.1);
        let mut departments = directory.departments.iter();
        let department = departments.find(|it| Some(&it.key) == within);
        let usable = department.is_none_or(|it| view.is_active(it));
        (apart.is_none() || usable && !view.roles.is_empty()).then_some(view)
    }
}

/// In what way an assignment is held apart, if it is.
fn apart(assignment: &Assignment) -> Option<Apart<'_>> {
    let mark = assignment.audited_as.as_ref();
    let apart = (mark, assignment.within.as_ref(), assignment.audits_everything && mark.is_some());
    (apart != (None, None, false)).then_some(apart)
}
