//! A denied question, and every set of the changes that are listed for nearest grants, tried on the whole policy and directory.

use std::collections::BTreeSet;

use bailiwick::{
    Action, Assignment, Change, Department, Entity, Grain, Key, Level, Membership, Offer, Place, Principal,
    Rank, Relations, Right, Role, Stage, Subject, Targets, Transition, Unit, User, UserGroup, Window,
};

use crate::generate::World;
use crate::oracle::{On, Oracle, Thing, place_of, upward};

/// A change with what it changes, and how far it goes beside others that change the same.
pub(super) struct Try {
    change: Change,
    slot: String,
    size: Relations,
}

/// What is wanted with a thing; with one that is where it is, if it is to be created.
#[derive(Clone, Debug)]
pub(super) enum Wish {
    Check(Key<Action>),
    Create,
    /// One that is the thing's owner's from the start.
    CreateFor,
    Move(Place),
}

/// A denied question, as the rule sees it.
#[derive(Clone, Copy)]
pub(super) struct Denied<'w> {
    pub(super) world: &'w World,
    pub(super) user: &'w Key<User>,
    pub(super) on: On,
    pub(super) wish: &'w Wish,
    pub(super) thing: &'w Thing,
}

impl Denied<'_> {
    pub(super) fn oracle(&self, user: &Key<User>) -> Option<Oracle<'_>> {
        Oracle::new(&self.world.policy, &self.world.directory, Some(user), self.on).ok()
    }

    pub(super) fn is_allowed_with(&self, changes: &[&Try]) -> bool {
        let (mut policy, mut directory) = (self.world.policy.clone(), self.world.directory.clone());
        // He can have been given a role already that another takes the place of: to give it again is no change.
        if changes.iter().any(|it| it.change.apply(&mut policy, &mut directory).is_err()) {
            return false;
        }
        let oracle = Oracle::new(&policy, &directory, Some(self.user), self.on);
        oracle.is_ok_and(|oracle| match self.wish {
            Wish::Check(action) => oracle.check(action, self.thing).is_allowed(),
            Wish::Create => oracle.create(&self.place()).is_allowed(),
            Wish::CreateFor => {
                let owner = directory.users.iter().find(|it| self.thing.owner.as_ref() == Some(&it.key));
                owner.is_some_and(|owner| oracle.create_for(&self.place(), owner).is_allowed())
            }
            Wish::Move(to) => oracle.relocate(self.thing, to).is_allowed(),
        })
    }

    pub(super) fn place(&self) -> Place {
        place_of(self.entity(), self.thing)
    }

    fn entity(&self) -> &Entity {
        let mut entities = self.world.policy.vocabulary.entities.iter();
        entities.find(|it| it.key == self.thing.entity).unwrap()
    }

    fn offer(&self, action: &Key<Action>) -> &Offer {
        self.entity().offers.iter().find(|it| it.action == *action).unwrap()
    }

    /// What is asked of the thing as it is, with all that this requires.
    fn actions(&self) -> BTreeSet<Key<Action>> {
        let (creates, updates) = (self.entity().creates_by.clone(), self.entity().updates_by.clone());
        let mut all: BTreeSet<Key<Action>> = match self.wish {
            Wish::Check(action) => Some(action.clone()),
            Wish::Create | Wish::CreateFor => creates,
            Wish::Move(_) => updates,
        }
        .into_iter()
        .collect();
        loop {
            let more: Vec<_> = all.iter().flat_map(|it| self.offer(it).requires.clone()).collect();
            let before = all.len();
            all.extend(more);
            if all.len() == before {
                return all;
            }
        }
    }

    /// The rights that the question is about: where, and what; those over linked records that open one of the actions too, and
    /// what a move needs besides.
    fn rights(&self) -> BTreeSet<(Place, Key<Action>)> {
        let mut rights = self.rights_here();
        for action in self.actions() {
            for right in &self.offer(&action).through {
                for thing in self.thing.links.iter().filter(|linked| linked.entity == right.entity) {
                    let wish = &Wish::Check(right.action.clone());
                    rights.extend(Denied { wish, thing, ..*self }.rights_here());
                }
            }
        }
        match self.wish {
            Wish::Move(to) if self.is_to_another_pipeline(to) => {
                let thing = &thing_at(to);
                rights.extend(Denied { wish: &Wish::Create, thing, ..*self }.rights_here());
            }
            Wish::Move(_) if !self.ways_out().is_empty() => rights.extend(self.settings()),
            Wish::Check(_) | Wish::Create | Wish::CreateFor | Wish::Move(_) => {}
        }
        rights
    }

    fn is_to_another_pipeline(&self, to: &Place) -> bool {
        let from = self.place();
        let stage = to.entity_key() == from.entity_key() && to.grain() == Grain::Stage;
        stage && to.pipeline_key() != from.pipeline_key()
    }

    fn rights_here(&self) -> BTreeSet<(Place, Key<Action>)> {
        let actions = self.actions();
        let settings =
            self.settings().into_iter().filter(|_| actions.iter().any(|it| self.offer(it).by_settings));
        let places = upward(&self.place());
        let here = places.into_iter().flat_map(|at| actions.iter().map(move |it| (at.clone(), it.clone())));
        here.chain(settings).collect()
    }

    fn settings(&self) -> Option<(Place, Key<Action>)> {
        self.entity().settings.as_ref().map(|it| (Place::entity(&it.entity), it.action.clone()))
    }

    /// The places from which a transition has to lead, if the question is whether one does.
    fn ways_out(&self) -> Vec<Place> {
        let Wish::Move(to) = self.wish else { return Vec::new() };
        let from = self.place();
        let within = to.entity_key() == from.entity_key()
            && to.grain() == Grain::Stage
            && to.pipeline_key() == from.pipeline_key();
        if within && *to != from && !self.entity().moves_freely { upward(&from) } else { Vec::new() }
    }

    fn speaks(&self, role: &Role) -> bool {
        let rights = self.rights();
        let same = |right: &Right| {
            rights.iter().any(|(at, it)| at.entity_key() == right.place.entity_key() && *it == right.action)
        };
        let ways = self.ways_out();
        role.rights.iter().any(same) || role.transitions.iter().any(|it| ways.contains(&it.from))
    }

    /// The subjects of assignments that hold and give a role that says something here.
    fn subjects(&self) -> Vec<&Subject> {
        let assigned = self.assignments().into_iter().map(|it| &it.to);
        let known = |it: &&Subject| {
            let directory = &self.world.directory;
            department(it).is_none_or(|key| directory.departments.iter().any(|it| it.key == *key))
        };
        assigned.chain(self.thing.shares.iter().map(|(with, _)| with).filter(known)).collect()
    }

    fn assignments(&self) -> Vec<&Assignment> {
        let policy = &self.world.policy;
        let holds = |it: &&Assignment| {
            it.window.contains(self.on.at) && it.when.iter().all(|key| self.on.asserted.contains(key))
        };
        let speaks =
            |it: &&Assignment| policy.roles.iter().any(|role| role.key == it.role && self.speaks(role));
        policy.assignments.iter().filter(holds).filter(speaks).collect()
    }

    pub(super) fn tries(&self) -> Vec<Try> {
        let whole = |change: Change| Try { slot: change.to_string(), change, size: Relations::empty() };
        let mut all: Vec<Try> = self.memberships().into_iter().map(whole).collect();
        let oracle = self.oracle(self.user).unwrap();
        let plain: Vec<_> = oracle.own().roles().iter().map(|role| &role.key).collect();
        for role in self.world.policy.roles.iter().filter(|it| !plain.contains(&&it.key) && self.speaks(it)) {
            all.push(whole(Change::Assign(Assignment::new(&role.key, Subject::User(self.user.clone())))));
        }
        let own = oracle.views().iter().filter(|view| view.absent().is_none());
        let held: BTreeSet<_> = own.flat_map(|view| view.roles()).map(|role| &role.key).collect();
        for role in self.world.policy.roles.iter().filter(|it| held.contains(&it.key)) {
            for (at, action) in self.rights() {
                all.extend(self.raises(role, &at, &action));
            }
            all.extend(self.ways_out().iter().filter_map(|at| self.leads(role, at)));
        }
        all.extend(self.ranks());
        all
    }

    fn reaches(&self, level: &Key<Level>) -> Relations {
        self.world.policy.vocabulary.levels.iter().find(|it| it.key == *level).unwrap().relations
    }

    fn raises(&self, role: &Role, at: &Place, action: &Key<Action>) -> Vec<Try> {
        let said = |at: &Place| role.rights.iter().find(|it| it.place == *at && it.action == *action);
        let present = upward(at).iter().find_map(said).map(|it| self.reaches(&it.level)).unwrap_or_default();
        let entity =
            self.world.policy.vocabulary.entities.iter().find(|it| it.key == *at.entity_key()).unwrap();
        let offer = entity.offers.iter().find(|it| it.action == *action).unwrap();
        let levels = offer.levels.iter().filter(|_| at.grain() <= offer.finest);
        let levels = levels.filter(|level| said(at).is_none_or(|it| it.level != **level));
        let raise = levels.map(|level| (level, self.reaches(level))).filter(|(_, reaches)| {
            !reaches.is_empty() && (reaches.contains(present) || reaches.contains(Relations::ALWAYS))
        });
        let tries = raise.map(|(level, size)| Try {
            change: Change::SetRight { role: role.key.clone(), right: Right::new(at.clone(), action, level) },
            slot: format!("{} {at} {action}", role.key),
            size,
        });
        tries.collect()
    }

    /// The role leads where it did from here, and to the target.
    fn leads(&self, role: &Role, at: &Place) -> Option<Try> {
        let Wish::Move(to) = self.wish else { return None };
        let said = |at: &Place| role.transitions.iter().find(|it| it.from == *at).map(|it| it.to.clone());
        let pipelines = self.entity().pipelines.iter();
        let pipelines = pipelines.filter(|it| at.pipeline_key().is_none_or(|key| it.key == *key));
        let known: Vec<&Key<Stage>> = pipelines.flat_map(|it| &it.stages).collect();
        let targets = match upward(at).iter().find_map(said) {
            Some(Targets::Any) => Targets::Any,
            Some(Targets::Stages(mut stages)) => {
                stages.retain(|it| known.contains(&it));
                if !stages.contains(to.stage_key().unwrap()) {
                    stages.extend(to.stage_key().cloned());
                }
                Targets::Stages(stages)
            }
            None => Targets::Stages(to.stage_key().cloned().into_iter().collect()),
        };
        if said(at) == Some(targets.clone()) {
            return None;
        }
        let transition = Transition::new(at, targets);
        Some(Try {
            change: Change::SetTransition { role: role.key.clone(), transition },
            slot: format!("{} moves from {at}", role.key),
            size: Relations::empty(),
        })
    }

    fn memberships(&self) -> Vec<Change> {
        let directory = &self.world.directory;
        let (user, subjects) = (self.user.clone(), self.subjects());
        let here = directory.users.iter().find(|it| it.key == user).unwrap();
        let mut near: BTreeSet<Key<Department>> =
            subjects.iter().filter_map(|it| department(it)).cloned().collect();
        let confined = self.assignments().into_iter().filter(|it| !self.is_to_another(&it.to));
        near.extend(confined.filter_map(|it| it.within.clone()));
        near.extend(self.near());
        let seats = near.into_iter().filter(|it| !here.departments.contains(it));
        let seats = seats.map(|department| Change::SitIn { user: user.clone(), department });
        let membership = Membership::new(user.clone(), Window::ALWAYS);
        let groups = directory
            .user_groups
            .iter()
            .filter(|it| subjects.contains(&&Subject::UserGroup(it.key.clone())) || self.is_party(&it.key));
        let groups = groups.filter(|it| !it.members.contains(&membership));
        let groups =
            groups.map(|it| Change::JoinUserGroup { group: it.key.clone(), membership: membership.clone() });
        seats.chain(groups).collect()
    }

    /// Whether it is somebody else alone.
    fn is_to_another(&self, to: &Subject) -> bool {
        matches!(to, Subject::User(key) | Subject::Employee(key) if key != self.user)
    }

    /// Whether a user group is a party of the record, or of one that it is linked to.
    fn is_party(&self, group: &Key<UserGroup>) -> bool {
        let things = std::iter::once(self.thing).chain(&self.thing.links);
        let mut others = things.flat_map(|it| &it.others);
        others.any(|(_, who)| *who == Principal::UserGroup(group.clone()))
    }

    /// The departments of whoever is bound to the record, and what is above.
    fn near(&self) -> Vec<Key<Department>> {
        let directory = &self.world.directory;
        let things = std::iter::once(self.thing).chain(&self.thing.links);
        let others = things.clone().flat_map(|it| &it.others).filter_map(|(_, who)| match who {
            Principal::User(user) => Some(user),
            Principal::UserGroup(_) | Principal::Department(_) => None,
        });
        let bound: Vec<_> = things.clone().flat_map(|it| &it.owner).chain(others).collect();
        let own = things.flat_map(|it| &it.others).filter_map(|(_, who)| match who {
            Principal::Department(key) => directory.departments.iter().find(|it| it.key == *key),
            Principal::User(_) | Principal::UserGroup(_) => None,
        });
        let sits =
            directory.users.iter().filter(|it| bound.contains(&&it.key)).flat_map(|it| &it.departments);
        let heads = directory.departments.iter().filter(|it| bound.iter().any(|key| it.heads.contains(key)));
        let mut near: Vec<_> = sits.chain(heads.chain(own).map(|it| &it.key)).cloned().collect();
        let mut at = 0;
        while let Some(key) = near.get(at).cloned() {
            let department = directory.departments.iter().find(|it| it.key == key).unwrap();
            near.extend(department.parent.clone());
            at += 1;
        }
        near
    }

    fn ranks(&self) -> Vec<Try> {
        let (mut all, subjects) = (Vec::new(), self.subjects());
        for group in &self.world.directory.social_groups {
            for (rank, size) in
                [(Rank::Member, Relations::OWN), (Rank::Moderator, Relations::OWN | Relations::DEPARTMENT)]
            {
                let above = group.owner == *self.user
                    || group.moderators.contains(self.user)
                    || rank == Rank::Member && group.members.contains(self.user);
                let named = subjects.contains(&&Subject::SocialGroup(group.key.clone(), rank));
                if !above && (named || self.thing.hosts.contains(&group.key)) {
                    let change =
                        Change::JoinSocialGroup { group: group.key.clone(), user: self.user.clone(), rank };
                    all.push(Try { change, slot: format!("social group {}", group.key), size });
                }
            }
        }
        all
    }

    /// Every set of at most so many that allows, and no smaller one does.
    pub(super) fn smallest(&self, at_most: usize) -> BTreeSet<Vec<String>> {
        let tries = self.tries();
        let singles = tries.iter().map(|it| vec![it]);
        let pairs = tries
            .iter()
            .enumerate()
            .flat_map(|(at, one)| tries[at + 1..].iter().map(move |other| vec![one, other]));
        let sets = singles.chain(pairs.filter(|pair| at_most > 1 && pair[0].slot != pair[1].slot));
        let allowing: Vec<Vec<&Try>> = sets.filter(|set| self.is_allowed_with(set)).collect();
        let smallest = allowing.iter().filter(|set| !allowing.iter().any(|other| is_smaller(other, set)));
        smallest.map(|set| told(set.iter().map(|it| &it.change))).collect()
    }
}

fn department(to: &Subject) -> Option<&Key<Department>> {
    if let Subject::Department(key)
    | Subject::DepartmentTree(key)
    | Subject::Heads(Unit::Of(key))
    | Subject::Deputies(Unit::Of(key))
    | Subject::Employees(Unit::Of(key)) = to
    {
        Some(key)
    } else {
        None
    }
}

/// Something that is at a place and of which nothing else is known.
pub(super) fn thing_at(place: &Place) -> Thing {
    Thing {
        entity: place.entity_key().clone(),
        pipeline: place.pipeline_key().cloned(),
        stage: place.stage_key().cloned(),
        owner: None,
        others: Vec::new(),
        flags: Vec::new(),
        links: Vec::new(),
        hosts: Vec::new(),
        shares: Vec::new(),
    }
}

fn is_smaller(one: &[&Try], other: &[&Try]) -> bool {
    let covers = |wide: Relations, narrow| wide.contains(Relations::ALWAYS) || wide.contains(narrow);
    let below = |a: &Try, b: &Try| covers(b.size, a.size) && !covers(a.size, b.size);
    let within = |a: &Try, b: &Try| a.slot == b.slot && (a.change == b.change || below(a, b));
    let told_of = |set: &[&Try]| told(set.iter().map(|it| &it.change));
    one.iter().all(|a| other.iter().any(|b| within(a, b))) && told_of(one) != told_of(other)
}

pub(super) fn told<'c>(changes: impl Iterator<Item = &'c Change>) -> Vec<String> {
    let mut told: Vec<String> = changes.map(ToString::to_string).collect();
    told.sort();
    told
}
