//! The same walk, heard: how a reach came about.
//!
//! The functions of `resolve` take a [`Witness`] along. A check's is `()`, which the compiler leaves out; an explanation's is
//! a [`Trace`]. There is no second walk, so the two cannot come to different ends.
//!
//! Deliberately absent: any decision. A witness is told and has no say.

use crate::index::Ix;
use crate::policy::{Combining, Limit};
use crate::resolve::{Viewer, counts_from, demanded, destinations_heard, given, limit, reach};
use crate::snapshot::{Asked, Column, Destinations};
use crate::vocabulary::{Action, Place, Relations};

/// Hears how a reach comes about, while it does.
pub(crate) trait Witness {
    /// The roles are not asked, because this comes first.
    fn bypasses(&mut self, _: Bypass) {}

    /// The roles speak, each this near to the place; nearness 0 is nothing said.
    fn hears(&mut self, _said: impl Iterator<Item = (Column, u8)>, _: Combining) {}

    /// This is given, by the roles or by what bypasses them.
    fn gives(&mut self, _: Relations) {}

    /// These relations suffice, because the action is held somewhere in the entity.
    fn stands(&mut self, _: Relations) {}
}

impl Witness for () {}

/// What can make the rights of roles unnecessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Bypass {
    Administrator,
    Settings,
    /// The entity's records move to any stage; speaks of transitions only.
    MovesFreely,
}

/// How one reach came about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    pub(crate) bypass: Option<Bypass>,
    /// Every role of the viewer, in the order of the policy; none where they were not asked.
    pub(crate) heard: Vec<Heard>,
    /// What is given here, before limits.
    pub(crate) given: Relations,
    /// What was added because it stands whatever the place says.
    pub(crate) standing: Relations,
    /// What it came to before limits.
    pub(crate) granted: Relations,
    /// What it came to.
    pub(crate) reach: Relations,
    /// The limits because of which the one is less than the other.
    pub(crate) limits: Vec<Ix<Limit>>,
}

/// What one role had to say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard {
    pub(crate) role: Column,
    /// How near it spoke; 0 if it said nothing.
    pub(crate) nearness: u8,
    /// Whether it took part.
    pub(crate) counts: bool,
}

impl Witness for Trace {
    fn bypasses(&mut self, bypass: Bypass) {
        self.bypass = Some(bypass);
    }

    fn hears(&mut self, said: impl Iterator<Item = (Column, u8)>, combining: Combining) {
        // A role that is held in two ways at once speaks once.
        let mut said: Vec<_> = said.filter(|(role, _)| *role != Column::NONE).collect();
        said.sort_unstable();
        said.dedup();
        let nearest = said.iter().map(|(_, nearness)| *nearness).max().unwrap_or(0);
        let from = counts_from(combining, nearest);
        let heard = said.into_iter().map(|(role, nearness)| Heard {
            role,
            nearness,
            counts: nearness > 0 && nearness >= from,
        });
        self.heard = heard.collect();
    }

    fn gives(&mut self, relations: Relations) {
        self.given = relations;
    }

    fn stands(&mut self, relations: Relations) {
        self.standing = relations;
    }
}

/// How [`decide`](super::decide) comes to what it does, for the action and for each of its prerequisites.
pub(crate) fn traced(viewer: &Viewer<'_>, place: Ix<Place>, action: Ix<Action>) -> Vec<(Ix<Action>, Trace)> {
    traces(viewer, place, action, |viewer, asked, trace| reach(*viewer, asked, trace))
}

/// How [`decide_new`](super::decide_new) comes to what it does, for the action and for each of its prerequisites.
pub(crate) fn traced_new(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
) -> Vec<(Ix<Action>, Trace)> {
    traces(viewer, place, action, |viewer, asked, trace| given(*viewer, asked, trace).here)
}

fn traces<'s>(
    viewer: &Viewer<'s>,
    place: Ix<Place>,
    action: Ix<Action>,
    walk: impl Fn(&Viewer<'s>, Asked<'s>, &mut Trace) -> Relations,
) -> Vec<(Ix<Action>, Trace)> {
    let requires = viewer.snapshot.ask(place, action).map(|asked| asked.rule.requires).unwrap_or_default();
    let actions = std::iter::once(action).chain(requires.iter());
    let walked = actions.zip(demanded(viewer, place, action)).map(|(action, asked)| {
        let mut trace = Trace::default();
        trace.granted = walk(&viewer.without_limits(), asked, &mut trace);
        trace.reach = trace.granted;
        if viewer.is_limited() {
            trace.reach = walk(viewer, asked, &mut Trace::default());
        }
        if trace.reach != trace.granted {
            trace.limits = limit::behind(viewer, asked);
        }
        (action, trace)
    });
    walked.collect()
}

/// [`destinations`](super::destinations), and how it came to that; the reach is empty, for there is none.
pub(crate) fn traced_destinations(viewer: &Viewer<'_>, from: Ix<Place>) -> (Destinations, Trace) {
    let mut trace = Trace::default();
    let destinations = destinations_heard(*viewer, from, &mut trace);
    if viewer.is_limited() && destinations != destinations_heard(viewer.without_limits(), from, &mut ()) {
        trace.limits = limit::behind_settings(viewer, viewer.snapshot.places.entity(from));
    }
    (destinations, trace)
}
