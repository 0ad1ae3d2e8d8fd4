//! Who holds what: from subjects down to users. Roles are held, and limits are.
//!
//! Works by subject and not by user: a role for a tree of ten thousand departments is noted once per department, and every
//! user then gathers what lies where he sits.

use std::collections::BTreeMap;

use crate::directory::User;
use crate::index::{Ix, IxVec};
use crate::moment::Window;
use crate::snapshot::departments::{Departments, Walk};
use crate::snapshot::rights::Column;
use crate::snapshot::terms::Terms;
use crate::snapshot::views::Apart;

/// A role, on which terms it is held, and in what way it is held apart from other roles, if it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Held {
    pub(crate) apart: Option<Ix<Apart>>,
    pub(crate) role: Column,
    pub(crate) terms: Terms,
}

/// Something that a subject can be given.
pub(crate) trait Handed: Copy + Ord {
    /// The same, cut to a window.
    fn within(self, window: Window) -> Self;

    /// Whether nobody ever has it.
    fn is_never(&self) -> bool;
}

impl Handed for Held {
    fn within(self, window: Window) -> Self {
        Self { terms: self.terms.within(window), ..self }
    }

    fn is_never(&self) -> bool {
        self.terms.window.is_empty()
    }
}

/// What is given to every kind of subject that a user can be in.
#[derive(Debug)]
pub(crate) struct Holdings<H> {
    pub(crate) everyone: Vec<H>,
    pub(crate) signed_in: Vec<H>,
    pub(crate) administrators: Vec<H>,
    pub(crate) employees: Vec<H>,
    /// By department: what its members hold, what trees hold included once [`Holdings::spread`] has run.
    members: IxVec<Walk, Vec<H>>,
    trees: IxVec<Walk, Vec<H>>,
    /// What single users hold, by whatever route.
    users: Vec<(Ix<User>, H)>,
}

impl<H: Handed> Holdings<H> {
    pub(crate) fn new(departments: &Departments) -> Self {
        let none = || (0..departments.len()).map(|_| Vec::new()).collect();
        Self {
            everyone: Vec::new(),
            signed_in: Vec::new(),
            administrators: Vec::new(),
            employees: Vec::new(),
            members: none(),
            trees: none(),
            users: Vec::new(),
        }
    }

    pub(crate) fn give_members(&mut self, department: Ix<Walk>, held: H) {
        if let Some(list) = self.members.get_mut(department) {
            list.push(held);
        }
    }

    pub(crate) fn give_tree(&mut self, department: Ix<Walk>, held: H) {
        if let Some(list) = self.trees.get_mut(department) {
            list.push(held);
        }
    }

    pub(crate) fn give_user(&mut self, user: Ix<User>, held: H) {
        if !held.is_never() {
            self.users.push((user, held));
        }
    }

    /// Hands what trees hold to every department in them, and sorts: afterwards users can gather.
    pub(crate) fn spread(&mut self, departments: &Departments) {
        for root in self.trees.positions() {
            let Some(held) = self.trees.get_mut(root).map(std::mem::take).filter(|held| !held.is_empty())
            else {
                continue;
            };
            for department in departments.tree(root) {
                if let Some(list) = self.members.get_mut(department) {
                    list.extend(&held);
                }
            }
        }
        for department in self.members.positions() {
            if let Some(list) = self.members.get_mut(department) {
                list.sort_unstable();
                list.dedup();
            }
        }
        self.users.sort_unstable();
    }

    /// Everything that an active user holds, told to `each`. Users must be asked for in ascending order; `rest` keeps the
    /// place between calls.
    pub(crate) fn gather(&self, user: Ix<User>, of: &Kind<'_>, rest: &mut usize, mut each: impl FnMut(&[H])) {
        each(&self.everyone);
        each(&self.signed_in);
        if of.administrator {
            each(&self.administrators);
        }
        if !of.member.is_empty() {
            each(&self.employees);
        }
        for department in of.member {
            each(self.members.get(*department).map(Vec::as_slice).unwrap_or_default());
        }
        let ahead = self.users.get(*rest..).unwrap_or_default();
        let skipped = ahead.iter().take_while(|(other, _)| *other < user).count();
        let mine = ahead.iter().skip(skipped).take_while(|(other, _)| *other == user);
        *rest += skipped;
        for (_, held) in mine {
            each(&[*held]);
            *rest += 1;
        }
    }
}

/// What a user is, as far as holdings depend on it.
#[derive(Debug)]
pub(crate) struct Kind<'a> {
    pub(crate) administrator: bool,
    pub(crate) member: &'a [Ix<Walk>],
}

/// The roles of one user.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) own: Roles,
    /// What he holds apart, by the way in which.
    pub(crate) apart: BTreeMap<Ix<Apart>, Roles>,
}

/// Some roles: those that are always held, and those that are held on terms.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roles {
    pub(crate) always: Vec<Column>,
    pub(crate) on_terms: Vec<(Column, Terms)>,
}

impl Gathered {
    pub(crate) fn clear(&mut self) {
        self.own.clear();
        self.apart.clear();
    }

    pub(crate) fn add(&mut self, held: &[Held]) {
        for held in held {
            match held.apart {
                None => self.own.add(held),
                Some(apart) => self.apart.entry(apart).or_default().add(held),
            }
        }
    }

    /// Each role once, and none on terms that is held anyway in the same way.
    pub(crate) fn settle(&mut self) {
        self.own.settle();
        self.apart.values_mut().for_each(Roles::settle);
    }
}

impl Roles {
    fn clear(&mut self) {
        self.always.clear();
        self.on_terms.clear();
    }

    fn add(&mut self, held: &Held) {
        if held.terms.are_none() {
            self.always.push(held.role);
        } else {
            self.on_terms.push((held.role, held.terms));
        }
    }

    fn settle(&mut self) {
        self.always.sort_unstable();
        self.always.dedup();
        self.on_terms.retain(|(role, _)| self.always.binary_search(role).is_err());
        self.on_terms.sort_unstable();
        self.on_terms.dedup();
    }
}
