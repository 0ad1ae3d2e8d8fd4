//! What linked records say to an action that opens through them.

use std::fmt::{self, Formatter};

use crate::access::Access;
use crate::check::Decision;
use crate::explain::text::Demands;
use crate::explain::view::Told;
use crate::explain::{Demand, Tie};
use crate::index::Ix;
use crate::key::Key;
use crate::reason::Teller;
use crate::resolve::{self, Record, View};
use crate::vocabulary::{Action, Flag, Place};

/// A record that the one asked about is linked to, and why the viewer may do with it what would open the action, or why not. It is
/// asked about alone, in the same view.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Link {
    /// What has to be allowed with the linked record.
    pub action: Key<Action>,
    /// Where it is.
    pub place: Place,
    /// How the person as whom the view looks stands to everybody who is bound to it.
    pub ties: Vec<Tie>,
    /// What it is flagged as.
    pub flags: Vec<Key<Flag>>,
    /// What is demanded of it.
    pub demands: Vec<Demand>,
    /// Whether the question is within what a substitution is narrowed to.
    pub passes: bool,
    /// Whether it lies in the department that the roles are confined to, if they are.
    pub inside: Option<bool>,
    /// What it comes to: if it is allowed, the action is open.
    pub decision: Decision,
}

impl Access<'_> {
    /// What the linked records say to an action with the record, in one view.
    pub(super) fn links(
        &self,
        view: &View<'_>,
        place: Ix<Place>,
        action: Ix<Action>,
        record: &Record<'_>,
    ) -> Vec<Link> {
        let snapshot = self.snapshot();
        let rights = snapshot.offers.through(snapshot.places.entity(place), action);
        let pairs = rights.iter().flat_map(|right| record.linked().map(move |linked| (*right, linked)));
        let links = pairs.filter_map(|(right, linked)| {
            let at = resolve::linked_place(view, right, linked)?;
            self.link(view, at, right.1, &linked.alone())
        });
        links.collect()
    }

    fn link(&self, view: &View<'_>, at: Ix<Place>, action: Ix<Action>, linked: &Record<'_>) -> Option<Link> {
        let snapshot = self.snapshot();
        let flags = Teller { snapshot, viewer: &view.viewer, place: at }.flags(linked);
        let Told { ties, demands, passes, inside, decision, .. } = self.told(view, at, action, linked);
        let action = snapshot.lexicon.actions.key(action)?.clone();
        let place = snapshot.places.path(at)?.clone();
        Some(Link { action, place, ties, flags, demands, passes, inside, decision })
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "    linked to a record at {}: {}?", self.place, self.action)?;
        let mut told: String = self.ties.iter().map(ToString::to_string).collect();
        told.extend(self.flags.iter().map(|flag| format!("    flagged {flag}\n")));
        told.push_str(&Demands(&self.demands).to_string());
        told.lines().try_for_each(|line| writeln!(f, "    {line}"))?;
        if !self.passes {
            writeln!(f, "      not among what is passed on")?;
        }
        if self.inside == Some(false) {
            writeln!(f, "      not in the department that the role is confined to")?;
        }
        writeln!(f, "      {}", self.decision)
    }
}
