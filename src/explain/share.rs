//! With whom a record is shared, and by what somebody is among them.

use std::fmt::{self, Formatter};

use crate::access::Access;
use crate::index::Ix;
use crate::policy::Subject;
use crate::reason::Listed;
use crate::resolve::{Record, View, circle_of};
use crate::snapshot::{Actions, Route};
use crate::vocabulary::{Action, Place};

/// A share of the record that is for the action, and whether it is with the person as whom the view looks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedWith {
    /// With whom. Nothing, if the snapshot does not know him or it.
    pub with: Option<Subject>,
    /// The ways in which he is in it, at this moment; none, if he is not.
    pub routes: Vec<Route>,
    /// Whether he is in it: if he is, the action is open.
    pub holds: bool,
}

impl Access<'_> {
    /// The shares for an action with a record, in one view; none where a view does not look at them.
    pub(super) fn shares(
        &self,
        view: &View<'_>,
        place: Ix<Place>,
        action: Ix<Action>,
        record: &Record<'_>,
    ) -> Vec<SharedWith> {
        let snapshot = self.snapshot();
        let shareable = snapshot.offers.shareable(snapshot.places.entity(place));
        let asked = Actions::of_if(action, shareable.contains(action) && view.apart.is_none());
        let mut shares = record.shares().filter(|it| !it.opens(snapshot, asked).is_empty()).peekable();
        if shares.peek().is_none() {
            return Vec::new();
        }
        let circle = circle_of(&view.viewer);
        let traveller = snapshot.traveller(view.viewer.handle());
        let told = shares.map(|share| {
            let with = snapshot.subject(share.with.0);
            let mut routes = with.as_ref().map(|it| snapshot.routes(traveller, it)).unwrap_or_default();
            routes.retain(|route| route.is_open(self.at()));
            SharedWith { with, routes, holds: circle.contains(share.with.0) }
        });
        told.collect()
    }
}

impl fmt::Display for SharedWith {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.with {
            Some(with) => write!(f, "    shared with {with}: ")?,
            None => write!(f, "    shared with somebody unknown: ")?,
        }
        if self.holds {
            writeln!(f, "{}", Listed(&self.routes, "and"))
        } else {
            writeln!(f, "is not among them")
        }
    }
}
