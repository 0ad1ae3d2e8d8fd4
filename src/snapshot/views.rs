//! What users hold apart from the rest: roles confined to a department or marked for the audit, and other people's rights.
//!
//! A side table, because hardly anybody has any of it. A user's row says whether he is in here, so that all others pay
//! nothing.
//!
//! Deliberately absent: what a view reaches. `resolve` measures it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::directory::{Department, User};
use crate::index::{Ix, IxVec};
use crate::key::{Handle, Key};
use crate::moment::Window;
use crate::policy::AuditMark;
use crate::snapshot::actions::Actions;
use crate::snapshot::departments::Walk;
use crate::snapshot::role_sets::RoleSet;
use crate::vocabulary::{Action, Place};

/// In what way some roles are held apart from a user's other roles.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Apart {
    /// Marked ones come after unmarked ones, so that what needs no mark is found first.
    pub(crate) audited_as: Option<Key<AuditMark>>,
    /// The department that they are confined to. By its key, so that the order of a directory plays no part.
    pub(crate) within: Option<(Key<Department>, Ix<Walk>)>,
    /// Whether the mark is on everything else that their holder may do.
    pub(crate) audits_everything: bool,
}

impl Apart {
    /// The department that they are confined to.
    pub(crate) fn within(&self) -> Option<Ix<Walk>> {
        self.within.as_ref().map(|(_, within)| *within)
    }
}

/// The roles that one user holds in one such way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) apart: Ix<Apart>,
    pub(crate) roles: RoleSet,
}

/// One user standing in for another.
#[derive(Debug)]
pub(crate) struct StandIn {
    pub(crate) absent: Handle<User>,
    pub(crate) window: Window,
    /// By place: the actions that pass. Not narrowed, if there is none.
    pub(crate) only: Option<IxVec<Place, Actions>>,
    pub(crate) reason: Option<String>,
}

impl StandIn {
    /// Whether an action at a place passes.
    pub(crate) fn passes(&self, place: Ix<Place>, action: Ix<Action>) -> bool {
        let narrowed = self.only.as_ref();
        narrowed.is_none_or(|only| only.get(place).is_some_and(|actions| actions.contains(action)))
    }
}

/// What everybody holds apart.
#[derive(Debug, Default)]
pub(crate) struct Views {
    ways: IxVec<Apart, Apart>,
    parts: Vec<Part>,
    stand_ins: Vec<StandIn>,
    /// Only users who have any.
    by_user: BTreeMap<Ix<User>, Mine>,
    anonymous: Range<usize>,
}

/// The parts and the substitutions of one user.
#[derive(Clone, Debug, Default)]
struct Mine {
    parts: Range<usize>,
    stand_ins: Range<usize>,
}

impl Views {
    pub(crate) fn way(&self, apart: Ix<Apart>) -> Option<&Apart> {
        self.ways.get(apart)
    }

    /// What the user holds apart, unmarked first.
    pub(crate) fn parts(&self, user: Ix<User>) -> &[Part] {
        let mine = self.by_user.get(&user).map(|mine| mine.parts.clone());
        mine.and_then(|mine| self.parts.get(mine)).unwrap_or_default()
    }

    /// What a visitor who has not signed in holds apart.
    pub(crate) fn anonymous_parts(&self) -> &[Part] {
        self.parts.get(self.anonymous.clone()).unwrap_or_default()
    }

    /// Whom the user stands in for, in the order of their keys.
    pub(crate) fn stand_ins(&self, substitute: Ix<User>) -> &[StandIn] {
        let mine = self.by_user.get(&substitute).map(|mine| mine.stand_ins.clone());
        mine.and_then(|mine| self.stand_ins.get(mine)).unwrap_or_default()
    }

    /// Whether the user has anything here.
    pub(crate) fn has(&self, user: Ix<User>) -> bool {
        self.by_user.contains_key(&user)
    }
}

/// Fills [`Views`].
#[derive(Debug, Default)]
pub(crate) struct ViewsBuilder {
    views: Views,
}

impl ViewsBuilder {
    /// `ways` must be sorted, and `stand_ins` sorted by substitute.
    pub(crate) fn new(ways: Vec<Apart>, stand_ins: Vec<(Ix<User>, StandIn)>) -> Self {
        let mut views = Views { ways: IxVec::from(ways), ..Views::default() };
        for (substitute, stand_in) in stand_ins {
            let at = views.stand_ins.len();
            views.stand_ins.push(stand_in);
            let mine = views.by_user.entry(substitute).or_default();
            mine.stand_ins =
                if mine.stand_ins.is_empty() { at..at + 1 } else { mine.stand_ins.start..at + 1 };
        }
        Self { views }
    }

    pub(crate) fn add(&mut self, user: Ix<User>, parts: impl IntoIterator<Item = Part>) {
        let range = self.append(parts);
        if !range.is_empty() {
            self.views.by_user.entry(user).or_default().parts = range;
        }
    }

    pub(crate) fn anonymous(&mut self, parts: impl IntoIterator<Item = Part>) {
        self.views.anonymous = self.append(parts);
    }

    /// Whether the user stands in for anybody.
    pub(crate) fn has(&self, user: Ix<User>) -> bool {
        self.views.has(user)
    }

    pub(crate) fn finish(self) -> Views {
        self.views
    }

    fn append(&mut self, parts: impl IntoIterator<Item = Part>) -> Range<usize> {
        let start = self.views.parts.len();
        self.views.parts.extend(parts);
        start..self.views.parts.len()
    }
}
