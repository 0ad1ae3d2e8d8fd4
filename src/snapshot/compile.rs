//! From a policy and a directory to a snapshot, or to everything that is wrong with them.

use std::collections::BTreeSet;

use crate::directory::{Department, Directory, User};
use crate::index::Ix;
use crate::key::Key;
use crate::policy::{Assignment, Policy, Subject, Unit};
use crate::snapshot::Snapshot;
use crate::snapshot::circles::Circles;
use crate::snapshot::departments::{Departments, Walk};
use crate::snapshot::digest::Digest;
use crate::snapshot::grants::{Grant, Grants};
use crate::snapshot::holdings::{Gathered, Handed, Held, Holdings, Kind};
use crate::snapshot::hosts::Hosts;
use crate::snapshot::ladders::Ladders;
use crate::snapshot::lexicon::Lexicon;
use crate::snapshot::limits::{self, LimitSet, Limited, Limits, LimitsBuilder};
use crate::snapshot::mates::Mates;
use crate::snapshot::membership::Membership;
use crate::snapshot::offers::Offers;
use crate::snapshot::people::{People, PeopleBuilder, Person};
use crate::snapshot::places::Places;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind, Problems};
use crate::snapshot::rights::Column;
use crate::snapshot::roles::{Roles, Words};
use crate::snapshot::substitutions;
use crate::snapshot::superseding::Superseding;
use crate::snapshot::terms::Terms;
use crate::snapshot::views::{Apart, Part as ViewPart, Views, ViewsBuilder};

impl Snapshot {
    /// Everything but what `resolve` is to be asked about first. No question is asked of it before it is whole.
    pub(crate) fn freeze(policy: &Policy, directory: &Directory) -> Result<Self, Problems> {
        let mut findings = Findings::default();
        let lexicon = Lexicon::compile(&policy.vocabulary, &mut findings);
        let places = Places::compile(&policy.vocabulary, &mut findings);
        let offers = Offers::compile(&policy.vocabulary, &lexicon, &places, &mut findings);
        let ladders = Ladders::compile(&policy.vocabulary, &lexicon, &mut findings);
        let departments = Departments::compile(directory, &mut findings);
        let mut membership = Membership::compile(directory, &departments, &mut findings);
        let hosts = Hosts::compile(&policy.vocabulary, directory, &lexicon, &membership, &mut findings);
        let mates = Mates::compile(directory, &membership, &mut findings);
        let roles = Roles::compile(policy, &lexicon, &places, &offers, &mut findings);
        let spread =
            Spread { lexicon: &lexicon, roles: &roles, departments: &departments, membership: &membership };
        let ways = spread.ways(policy);
        let holdings = spread.assignments(policy, &ways, &mut findings);
        let limits = limits::compile(policy, &lexicon, &places, &mut findings);
        let limited = spread.limits(policy, &mut findings);
        let words = Words { lexicon: &lexicon, places: &places, offers: &offers };
        let stand_ins = substitutions::compile(policy, &membership.users, &words, &mut findings);
        findings.finish()?;
        let circles = Circles::compile(&membership);
        let limits = limited.map(|limited| on_users(directory, &limited, limits, &membership));
        let limits = limits.unwrap_or_default();
        let views = ViewsBuilder::new(ways, stand_ins);
        let (people, views) =
            people(directory, &holdings, &limits, &mut membership, &roles.superseding, views);
        let grants = grants(policy, &roles, &lexicon, &departments, &people);
        let combining = policy.combining;
        Ok(Self {
            combining,
            delegation: policy.delegation,
            lexicon,
            places,
            offers,
            ladders,
            departments,
            people,
            views,
            roles,
            membership,
            circles,
            mates,
            limits,
            grants,
            hosts,
            digest: Digest::default(),
        })
    }
}

/// The assignments as they stand in the policy; a role that is unknown has been reported.
fn grants(
    policy: &Policy,
    roles: &Roles,
    lexicon: &Lexicon,
    departments: &Departments,
    people: &People,
) -> Grants {
    let numbered = policy.assignments.iter().enumerate().filter_map(|(number, assignment)| {
        let role = roles.names.find(assignment.role.borrow())?;
        let when = lexicon.known_circumstances(&assignment.when);
        let terms = Terms { window: assignment.window, when };
        let apart = way(assignment, departments).ok()?;
        let grant = Grant { role, to: assignment.to.clone(), terms, apart };
        let user = grant.to_user_on_no_terms().and_then(|key| people.position_of(key));
        Some((number, grant, user))
    });
    Grants::new(people.len(), numbered)
}

/// Hands the limits to users. Comes before their departments are forgotten.
fn on_users(
    directory: &Directory,
    holdings: &Holdings<Limited>,
    limits: Limits,
    membership: &Membership,
) -> Limits {
    let mut builder = LimitsBuilder::new(limits);
    let (mut member, mut members, mut rest) = (Vec::new(), membership.members.as_slice(), 0);
    for (at, user) in directory.users.iter().enumerate() {
        take(&mut members, Ix::from_count(at), &mut member);
        let kind = Kind { administrator: user.administrator, member: &member };
        let mut limited = Vec::new();
        holdings.gather(Ix::from_count(at), &kind, &mut rest, |more| limited.extend(more));
        builder.add(limited, user.administrator);
    }
    builder.anonymous(holdings.everyone.clone());
    builder.finish()
}

/// Lays out everybody. Who sits where is then known to the people, and the membership forgets it.
fn people(
    directory: &Directory,
    holdings: &Holdings<Held>,
    limits: &Limits,
    membership: &mut Membership,
    superseding: &Superseding,
    mut views: ViewsBuilder,
) -> (People, Views) {
    let mut builder = PeopleBuilder::new(superseding.clone());
    let mut gathered = Gathered::default();
    let (mut member, mut headed) = (Vec::new(), Vec::new());
    let (mut members, mut heads) = (membership.members.as_slice(), membership.heads.as_slice());
    let mut rest = 0;
    for (at, user) in directory.users.iter().enumerate() {
        let ix = Ix::from_count(at);
        take(&mut members, ix, &mut member);
        take(&mut heads, ix, &mut headed);
        gathered.clear();
        let kind = Kind { administrator: user.administrator, member: &member };
        holdings.gather(ix, &kind, &mut rest, |held| gathered.add(held));
        gathered.settle();
        if user.dismissed {
            gathered.clear();
        }
        views.add(ix, parts(&gathered, &mut builder));
        let person = Person {
            administrator: user.administrator,
            dismissed: user.dismissed,
            views: views.has(ix),
            limited: limits.of(ix) != LimitSet::NONE,
            member: &member,
            headed: &headed,
            roles: &gathered.own.always,
            on_terms: &gathered.own.on_terms,
        };
        builder.add(user.key.tag(), &person);
    }
    gathered.clear();
    gathered.add(&holdings.everyone);
    gathered.settle();
    views.anonymous(parts(&gathered, &mut builder));
    builder.anonymous(&gathered.own.always, &gathered.own.on_terms);
    membership.members = Vec::new();
    membership.heads = Vec::new();
    (builder.finish(std::mem::take(&mut membership.users)), views.finish())
}

/// What was gathered apart, laid out.
fn parts(gathered: &Gathered, builder: &mut PeopleBuilder) -> Vec<ViewPart> {
    let parts = gathered.apart.iter().map(|(apart, roles)| ViewPart {
        apart: *apart,
        roles: builder.role_set(&roles.always, &roles.on_terms),
    });
    parts.collect()
}

/// Moves the user's departments from the front of the sorted pairs to `into`.
fn take(pairs: &mut &[(Ix<User>, Ix<Walk>)], user: Ix<User>, into: &mut Vec<Ix<Walk>>) {
    let mine = pairs.iter().take_while(|(other, _)| *other == user).count();
    let (taken, rest) = pairs.split_at_checked(mine).unwrap_or_default();
    into.clear();
    into.extend(taken.iter().map(|(_, department)| *department));
    *pairs = rest;
}

/// Hands assignments to their subjects, reporting subjects that are not there.
struct Spread<'a> {
    lexicon: &'a Lexicon,
    roles: &'a Roles,
    departments: &'a Departments,
    membership: &'a Membership,
}

impl Spread<'_> {
    /// The ways in which roles are held apart, sorted; a department that is unknown is reported with its assignment.
    fn ways(&self, policy: &Policy) -> Vec<Apart> {
        let ways = policy.assignments.iter().filter_map(|it| way(it, self.departments).ok()?);
        ways.collect::<BTreeSet<Apart>>().into_iter().collect()
    }

    fn assignments(&self, policy: &Policy, ways: &[Apart], findings: &mut Findings) -> Holdings<Held> {
        let mut holdings = Holdings::new(self.departments);
        for (at, assignment) in policy.assignments.iter().enumerate() {
            if assignment.window.is_empty() {
                findings.add(Part::Policy, format!("/assignments/{at}"), ProblemKind::WindowEmpty);
            }
            let role = self.roles.names.find(assignment.role.borrow());
            if role.is_none() {
                let kind = ProblemKind::Unknown { noun: Noun::Role, key: assignment.role.to_string() };
                findings.add(Part::Policy, format!("/assignments/{at}/role"), kind);
            }
            let way = way(assignment, self.departments).unwrap_or_else(|kind| {
                findings.add(Part::Policy, format!("/assignments/{at}/within"), kind);
                None
            });
            if let Some(mark) = &assignment.audited_as {
                let pointer = || format!("/assignments/{at}/audited_as");
                findings.key(Part::Policy, Noun::AuditMark, pointer, mark);
            }
            // Column 0 gives nothing: an unknown role has been reported, and its subject is still looked at.
            let pointer = || format!("/assignments/{at}/when");
            let when = self.lexicon.read_circumstances(&assignment.when, pointer, findings);
            let held = Held {
                apart: way.and_then(|way| ways.binary_search(&way).ok()).map(Ix::from_count),
                role: role.map_or(Column::NONE, Column::of),
                terms: Terms { window: assignment.window, when },
            };
            let author = || ProblemKind::AuthorNotAssignable { role: assignment.role.to_string() };
            if let Err(kind) = self.give(&assignment.to, held, &mut holdings, author) {
                findings.add(Part::Policy, format!("/assignments/{at}/to"), kind);
            }
        }
        holdings.spread(self.departments);
        holdings
    }

    /// Whom the limits are on; nothing, if there are none.
    fn limits(&self, policy: &Policy, findings: &mut Findings) -> Option<Holdings<Limited>> {
        if policy.limits.is_empty() {
            return None;
        }
        let mut holdings = Holdings::new(self.departments);
        for (at, limit) in policy.limits.iter().enumerate() {
            let limited = Limited { limit: Ix::from_count(at), window: limit.window };
            let author = || ProblemKind::AuthorNotLimitable { limit: limit.key.to_string() };
            if let Err(kind) = self.give(&limit.on, limited, &mut holdings, author) {
                findings.add(Part::Policy, format!("/limits/{at}/on"), kind);
            }
        }
        holdings.spread(self.departments);
        Some(holdings)
    }

    fn give<H: Handed>(
        &self,
        to: &Subject,
        held: H,
        holdings: &mut Holdings<H>,
        author: impl Fn() -> ProblemKind,
    ) -> Result<(), ProblemKind> {
        match to {
            Subject::User(key) => holdings.give_user(self.user(key)?, held),
            Subject::Employee(key) => {
                let user = self.user(key)?;
                let members = &self.membership.members;
                let first = members.partition_point(|(other, _)| *other < user);
                if members.get(first).is_some_and(|(other, _)| *other == user) {
                    holdings.give_user(user, held);
                }
            }
            Subject::Department(key) => holdings.give_members(self.department(key)?, held),
            Subject::DepartmentTree(key) => holdings.give_tree(self.department(key)?, held),
            Subject::UserGroup(key) => {
                let group = self.membership.user_groups.find(key.borrow());
                let group = group.ok_or_else(|| unknown(Noun::UserGroup, key))?;
                for (user, window) in self.membership.of_user_group(group) {
                    holdings.give_user(user, held.within(window));
                }
            }
            Subject::SocialGroup(key, rank) => {
                let group = self.membership.social_groups.find(key.borrow());
                let group = group.ok_or_else(|| unknown(Noun::SocialGroup, key))?;
                for user in self.membership.of_social_group(group, *rank) {
                    holdings.give_user(user, held);
                }
            }
            Subject::Heads(unit) => self.unit(unit, &self.membership.heads, held, holdings)?,
            Subject::Deputies(unit) => self.unit(unit, &self.membership.deputies, held, holdings)?,
            Subject::Employees(Unit::Anywhere) => holdings.employees.push(held),
            Subject::Employees(Unit::Of(key)) => holdings.give_members(self.department(key)?, held),
            Subject::Administrators => holdings.administrators.push(held),
            Subject::SignedIn => holdings.signed_in.push(held),
            Subject::Everyone => holdings.everyone.push(held),
            Subject::Author => return Err(author()),
        }
        Ok(())
    }

    /// Gives to those of the people, each with his department, who are in the unit.
    fn unit<H: Handed>(
        &self,
        unit: &Unit,
        people: &[(Ix<User>, Ix<Walk>)],
        held: H,
        holdings: &mut Holdings<H>,
    ) -> Result<(), ProblemKind> {
        let department = match unit {
            Unit::Anywhere => None,
            Unit::Of(key) => Some(self.department(key)?),
        };
        let here =
            people.iter().filter(|(_, other)| department.is_none_or(|department| department == *other));
        here.for_each(|(user, _)| holdings.give_user(*user, held));
        Ok(())
    }

    fn user(&self, key: &Key<User>) -> Result<Ix<User>, ProblemKind> {
        self.membership.users.find(key.borrow()).ok_or_else(|| unknown(Noun::User, key))
    }

    fn department(&self, key: &Key<Department>) -> Result<Ix<Walk>, ProblemKind> {
        department(key, self.departments)
    }
}

fn department(key: &Key<Department>, departments: &Departments) -> Result<Ix<Walk>, ProblemKind> {
    departments.find(key).ok_or_else(|| unknown(Noun::Department, key))
}

/// The way in which an assignment is held apart from others, if it is.
fn way(assignment: &Assignment, departments: &Departments) -> Result<Option<Apart>, ProblemKind> {
    let number = |key: &Key<Department>| Ok((key.clone(), department(key, departments)?));
    let within = assignment.within.as_ref().map(number).transpose()?;
    let audited_as = assignment.audited_as.clone();
    let audits_everything = assignment.audits_everything && audited_as.is_some();
    let apart = Apart { audited_as, within, audits_everything };
    Ok((apart != Apart::default()).then_some(apart))
}

fn unknown<T>(noun: Noun, key: &Key<T>) -> ProblemKind {
    ProblemKind::Unknown { noun, key: key.to_string() }
}
