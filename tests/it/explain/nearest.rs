//! Nearest grants, held against trying every set of the changes that are listed for them, on the whole policy and directory, with
//! the oracle as the judge.

use std::collections::BTreeSet;

use bailiwick::explain::{Bound, NearestGrants};
use bailiwick::{
    Action, Assignment, Change, Department, Directory, Entity, Key, Level, Membership, Moment, Offer, Place,
    Policy, Rank, Record, Relations, Right, Role, Snapshot, Subject, Unit, User, Window, crm,
};
use proptest::{prop_assert, prop_assert_eq};

use crate::generate::World;
use crate::laws::{access, bind, in_every_world};
use crate::oracle::{On, Oracle, Thing, place_of, upward};

/// More candidates than this are tried one by one only: every pair of them would take minutes.
const MOST_IN_PAIRS: usize = 24;

/// A change with what it changes, and how far it goes beside others that change the same.
struct Try {
    change: Change,
    slot: String,
    size: Relations,
}

/// A denied question, as the rule sees it.
struct Denied<'w> {
    world: &'w World,
    user: &'w Key<User>,
    on: On,
    action: &'w Key<Action>,
    thing: &'w Thing,
}

impl Denied<'_> {
    fn oracle(&self, user: &Key<User>) -> Option<Oracle<'_>> {
        Oracle::new(&self.world.policy, &self.world.directory, Some(user), self.on).ok()
    }

    fn is_allowed_with(&self, changes: &[&Try]) -> bool {
        let (mut policy, mut directory) = (self.world.policy.clone(), self.world.directory.clone());
        for it in changes {
            // A role that another takes the place of is not held, and cannot be given once more either.
            if it.change.apply(&mut policy, &mut directory).is_err() {
                return false;
            }
        }
        let oracle = Oracle::new(&policy, &directory, Some(self.user), self.on);
        oracle.is_ok_and(|oracle| oracle.check(self.action, self.thing).is_allowed())
    }

    fn entity(&self) -> &Entity {
        let mut entities = self.world.policy.vocabulary.entities.iter();
        entities.find(|it| it.key == self.thing.entity).unwrap()
    }

    fn offer(&self, action: &Key<Action>) -> &Offer {
        self.entity().offers.iter().find(|it| it.action == *action).unwrap()
    }

    fn actions(&self) -> BTreeSet<Key<Action>> {
        let mut all = BTreeSet::from([self.action.clone()]);
        loop {
            let more: Vec<_> = all.iter().flat_map(|it| self.offer(it).requires.clone()).collect();
            let before = all.len();
            all.extend(more);
            if all.len() == before {
                return all;
            }
        }
    }

    /// The rights that the question is about: where, and what; those over linked records that open one of the actions too.
    fn rights(&self) -> BTreeSet<(Place, Key<Action>)> {
        let mut rights = self.rights_here();
        for action in self.actions() {
            for right in &self.offer(&action).through {
                for thing in self.thing.links.iter().filter(|linked| linked.entity == right.entity) {
                    rights.extend(Denied { action: &right.action, thing, ..*self }.rights_here());
                }
            }
        }
        rights
    }

    fn rights_here(&self) -> BTreeSet<(Place, Key<Action>)> {
        let actions = self.actions();
        let settings =
            self.entity().settings.iter().filter(|_| actions.iter().any(|it| self.offer(it).by_settings));
        let settings = settings.map(|it| (Place::entity(&it.entity), it.action.clone()));
        let places = upward(&place_of(self.entity(), self.thing));
        let here = places.into_iter().flat_map(|at| actions.iter().map(move |it| (at.clone(), it.clone())));
        here.chain(settings).collect()
    }

    fn speaks(&self, role: &Role) -> bool {
        let rights = self.rights();
        let same = |right: &Right| {
            rights.iter().any(|(at, it)| at.entity_key() == right.place.entity_key() && *it == right.action)
        };
        role.rights.iter().any(same)
    }

    /// The subjects of assignments that hold and give a role that says something here.
    fn subjects(&self) -> Vec<&Subject> {
        let policy = &self.world.policy;
        let holds = |it: &&Assignment| {
            it.window.contains(self.on.at) && it.when.iter().all(|key| self.on.asserted.contains(key))
        };
        let speaks =
            |it: &&Assignment| policy.roles.iter().any(|role| role.key == it.role && self.speaks(role));
        let assigned = policy.assignments.iter().filter(holds).filter(speaks).map(|it| &it.to);
        let known = |it: &&Subject| {
            let directory = &self.world.directory;
            department(it).is_none_or(|key| directory.departments.iter().any(|it| it.key == *key))
        };
        assigned.chain(self.thing.shares.iter().map(|(with, _)| with).filter(known)).collect()
    }

    fn tries(&self) -> Vec<Try> {
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

    fn memberships(&self) -> Vec<Change> {
        let directory = &self.world.directory;
        let (user, subjects) = (self.user.clone(), self.subjects());
        let here = directory.users.iter().find(|it| it.key == user).unwrap();
        let mut near: BTreeSet<Key<Department>> =
            subjects.iter().filter_map(|it| department(it)).cloned().collect();
        near.extend(self.near());
        let seats = near.into_iter().filter(|it| !here.departments.contains(it));
        let seats = seats.map(|department| Change::SitIn { user: user.clone(), department });
        let membership = Membership::new(user.clone(), Window::ALWAYS);
        let groups =
            directory.user_groups.iter().filter(|it| subjects.contains(&&Subject::UserGroup(it.key.clone())));
        let groups = groups.filter(|it| !it.members.contains(&membership));
        let groups =
            groups.map(|it| Change::JoinUserGroup { group: it.key.clone(), membership: membership.clone() });
        seats.chain(groups).collect()
    }

    /// The departments of whoever is bound to the record, and what is above.
    fn near(&self) -> Vec<Key<Department>> {
        let directory = &self.world.directory;
        let things = std::iter::once(self.thing).chain(&self.thing.links);
        let bound: Vec<_> =
            things.flat_map(|it| it.owner.iter().chain(it.others.iter().map(|(_, it)| it))).collect();
        let sits =
            directory.users.iter().filter(|it| bound.contains(&&it.key)).flat_map(|it| &it.departments);
        let heads = directory.departments.iter().filter(|it| bound.iter().any(|key| it.heads.contains(key)));
        let mut near: Vec<_> = sits.chain(heads.map(|it| &it.key)).cloned().collect();
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
    fn smallest(&self, at_most: usize) -> BTreeSet<Vec<String>> {
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

fn changed_role(change: &Change) -> Option<&Key<Role>> {
    if let Change::SetRight { role, .. } = change { Some(role) } else { None }
}

fn is_smaller(one: &[&Try], other: &[&Try]) -> bool {
    let covers = |wide: Relations, narrow| wide.contains(Relations::ALWAYS) || wide.contains(narrow);
    let below = |a: &Try, b: &Try| covers(b.size, a.size) && !covers(a.size, b.size);
    let within = |a: &Try, b: &Try| a.slot == b.slot && (a.change == b.change || below(a, b));
    let told_of = |set: &[&Try]| told(set.iter().map(|it| &it.change));
    one.iter().all(|a| other.iter().any(|b| within(a, b))) && told_of(one) != told_of(other)
}

fn told<'c>(changes: impl Iterator<Item = &'c Change>) -> Vec<String> {
    let mut told: Vec<String> = changes.map(ToString::to_string).collect();
    told.sort();
    told
}

/// One denied question of each world that has any, with the library's answer and the bound up to which it was looked for.
#[track_caller]
fn for_a_denial(law: impl Fn(&Denied<'_>, usize, &NearestGrants) -> proptest::test_runner::TestCaseResult) {
    in_every_world(|world, snapshot| {
        let bound = bind(snapshot, &world.things);
        let mut denied = Vec::new();
        for on in world.occasions() {
            for user in world.directory.users.iter().filter(|it| !it.dismissed).map(|it| &it.key) {
                for (number, thing) in world.things.iter().enumerate() {
                    let entity = world.policy.vocabulary.entities.iter().find(|it| it.key == thing.entity);
                    for action in entity.into_iter().flat_map(|it| &it.offers).map(|it| &it.action) {
                        let question = Denied { world, user, on, action, thing };
                        if !question.is_allowed_with(&[]) {
                            denied.push((question, number));
                        }
                    }
                }
            }
        }
        let chosen = world.recipe.seed as usize % denied.len().max(1);
        let Some((question, number)) = denied.get(chosen) else { return Ok(()) };
        let at_most = if question.tries().len() > MOST_IN_PAIRS { 1 } else { 2 };
        let limits = Bound::new(&world.policy, &world.directory).at_most(at_most);
        let access = access(snapshot, Some(question.user), question.on);
        let action = snapshot.action(question.action);
        let nearest = access.nearest_grants(action, &bound[*number].record(), limits);
        law(question, at_most, &nearest)
    });
}

#[test]
fn the_nearest_grants_are_the_smallest_sets_that_allow_and_all_of_them() {
    for_a_denial(|question, at_most, nearest| {
        let found: BTreeSet<_> = nearest.grants.iter().map(|it| told(it.changes.iter())).collect();
        prop_assert_eq!(found.len(), nearest.grants.len(), "one twice");
        let expected = question.smallest(at_most);
        let asked = format!("{} {} {:?} {:?}", question.user, question.action, question.thing, question.on);
        prop_assert_eq!(found, expected, "{}", asked);
        Ok(())
    });
}

#[test]
fn they_are_ranked_and_count_whom_they_touch() {
    for_a_denial(|question, _, nearest| {
        let ranks: Vec<_> = nearest.grants.iter().map(|it| (it.changes.len(), it.people)).collect();
        prop_assert!(ranks.is_sorted(), "{:?}", ranks);
        for grant in &nearest.grants {
            let roles: Vec<_> = grant.changes.iter().filter_map(changed_role).collect();
            let users = question.world.directory.users.iter();
            let touched = users.filter(|user| {
                let views = question.oracle(&user.key);
                let holds = |view: &Oracle<'_>| {
                    view.views().iter().flat_map(|it| it.roles()).any(|role| roles.contains(&&role.key))
                };
                user.key == *question.user || views.is_some_and(|views| holds(&views))
            });
            prop_assert_eq!(grant.people, touched.count(), "{}", grant);
        }
        Ok(())
    });
}

#[test]
fn of_two_roles_the_one_that_gives_less_is_the_nearer() {
    let directory = Directory::new()
        .with(Department::new("sales"))
        .with(User::new("sara").sits_in("sales"))
        .with(User::new("tim").sits_in("sales"));
    let policy = Policy::new(crm::vocabulary()).roles(crm::roles());
    let snapshot = Snapshot::compile(&policy, &directory).expect("a sound policy");
    let access = snapshot.access(snapshot.user("tim"), Moment::from_unix_seconds(0));
    let deal = Record::at(crm::DEAL).owner(snapshot.user("sara"));
    let nearest = access.nearest_grants(crm::DELETE, &deal, Bound::new(&policy, &directory).at_most(1));
    let roles = nearest.grants.iter().flat_map(|grant| &grant.changes).filter_map(assigned_role);
    let roles: Vec<_> = roles.map(ToString::to_string).collect();
    assert_eq!(roles, ["department_head", "director", "administrator"]);
}

fn assigned_role(change: &Change) -> Option<&Key<Role>> {
    if let Change::Assign(assignment) = change { Some(&assignment.role) } else { None }
}
