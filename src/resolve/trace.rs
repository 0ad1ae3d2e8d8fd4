//! The same walk, heard: how a reach came about.
//!
//! The functions of `resolve` take a [`Witness`] along. A check's is `()`, which the compiler leaves out; an explanation's is
//! a [`Trace`]. There is no second walk, so the two cannot come to different ends.
//!
//! Deliberately absent: any decision. A witness is told and has no say.

use crate::index::Ix;
use crate::resolve::{
    NewRecord, Outcome, Viewer, demanded, destinations_heard, held, is_offered, judge, judge_new, reach_heard,
};
use crate::snapshot::{Column, Destinations};
use crate::vocabulary::{Action, Place, Relations};

/// Hears how a reach comes about, while it does.
pub(crate) trait Witness {
    /// The roles are not asked, because this comes first.
    fn bypasses(&mut self, _: Bypass) {}

    /// A role speaks this near to the place; nearness 0 is nothing said.
    fn says(&mut self, _role: Column, _nearness: u8) {}

    /// All roles have been asked; this says whether what was said so near counts.
    fn counted(&mut self, _counts: impl Fn(u8) -> bool) {}

    /// These relations suffice, because the action is held somewhere in the entity.
    fn stands(&mut self, _: Relations) {}
}

impl Witness for () {}

/// What can make the rights of roles unnecessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// What was added because it stands whatever the place says.
    pub(crate) standing: Relations,
    /// What it came to.
    pub(crate) reach: Relations,
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

    fn says(&mut self, role: Column, nearness: u8) {
        if role != Column::NONE {
            self.heard.push(Heard { role, nearness, counts: false });
        }
    }

    fn counted(&mut self, counts: impl Fn(u8) -> bool) {
        for heard in &mut self.heard {
            heard.counts = heard.nearness > 0 && counts(heard.nearness);
        }
    }

    fn stands(&mut self, relations: Relations) {
        self.standing = relations;
    }
}

/// [`decide`](super::decide), and how it came to that for the action and for each of its prerequisites.
pub(crate) fn traced(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    stands: Relations,
) -> (Outcome, Vec<(Ix<Action>, Trace)>) {
    if !is_offered(viewer, place, action) {
        return (Outcome::NotOffered, Vec::new());
    }
    let traces = traces(viewer, place, action, |action, trace| reach_heard(viewer, place, action, trace));
    (judge(traces.iter().map(|(_, trace)| trace.reach), stands), traces)
}

/// [`decide_new`](super::decide_new), and how it came to that for the action and for each of its prerequisites.
pub(crate) fn traced_new(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
) -> (NewRecord, Vec<(Ix<Action>, Trace)>) {
    let traces = traces(viewer, place, action, |action, trace| held(viewer, place, action, trace));
    (judge_new(traces.iter().map(|(_, trace)| trace.reach)), traces)
}

fn traces(
    viewer: &Viewer<'_>,
    place: Ix<Place>,
    action: Ix<Action>,
    walk: impl Fn(Ix<Action>, &mut Trace) -> Relations,
) -> Vec<(Ix<Action>, Trace)> {
    let walked = demanded(viewer, place, action).map(|action| {
        let mut trace = Trace::default();
        trace.reach = walk(action, &mut trace);
        (action, trace)
    });
    walked.collect()
}

/// [`destinations`](super::destinations), and how it came to that; the reach is empty, for there is none.
pub(crate) fn traced_destinations(viewer: &Viewer<'_>, from: Ix<Place>) -> (Destinations, Trace) {
    let mut trace = Trace::default();
    let destinations = destinations_heard(viewer, from, &mut trace);
    (destinations, trace)
}
