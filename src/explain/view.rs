//! The views of a viewer besides his own, as they answered.

use std::fmt::{self, Formatter};

use crate::check::Decision;
use crate::explain::text::{Demands, TieOf};
use crate::explain::{Demand, Explanation, Holding, Movement, Ownership, Tie};
use crate::reason::Perspective;
use crate::resolve::View;
use crate::snapshot::Snapshot;

/// What one of the viewer's other views says to the same question. It is asked where his own view denies, and what it allows
/// is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherView {
    /// What makes it another.
    pub perspective: Perspective,
    /// The roles that belong to it: of the viewer, or of the absent person.
    pub roles: Vec<Holding>,
    /// How the person as whom it looks stands to everybody who is bound to the record.
    pub ties: Vec<Tie>,
    /// What is demanded, as in the explanation itself.
    pub demands: Vec<Demand>,
    /// What else a move needs, if moving was asked about.
    pub movement: Option<Movement>,
    /// Whose the record may become, if creating for somebody was asked about and this view allows creating.
    pub ownership: Option<Ownership>,
    /// Whether the question is within what the substitution is narrowed to.
    pub passes: bool,
    /// Whether the record lies in the department that the roles are confined to, if they are; of a new record, whether it would.
    pub inside: Option<bool>,
    /// What this view by itself comes to.
    pub decision: Decision,
}

/// One view's part of an explanation, before it is known which part it will be.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) roles: Vec<Holding>,
    pub(super) ties: Vec<Tie>,
    pub(super) demands: Vec<Demand>,
    pub(super) movement: Option<Movement>,
    pub(super) ownership: Option<Ownership>,
    pub(super) passes: bool,
    pub(super) inside: Option<bool>,
    pub(super) decision: Decision,
}

impl Told {
    fn into_other(self, perspective: Perspective) -> OtherView {
        let Self { roles, ties, demands, movement, ownership, passes, inside, decision } = self;
        OtherView { perspective, roles, ties, demands, movement, ownership, passes, inside, decision }
    }
}

impl Explanation {
    /// Tells the question in the viewer's own view, and in the others where that denies.
    pub(super) fn tell<'s>(
        &mut self,
        snapshot: &Snapshot,
        views: impl Iterator<Item = View<'s>>,
        tell: impl Fn(&View<'s>) -> Told,
    ) {
        for (number, view) in views.enumerate() {
            let told = tell(&view);
            if number > 0 {
                self.decision = self.decision.better(told.decision);
                self.others.push(told.into_other(Perspective::of(&view, snapshot)));
                continue;
            }
            self.decision = told.decision;
            (self.roles, self.ties) = (told.roles, told.ties);
            (self.demands, self.movement, self.ownership) = (told.demands, told.movement, told.ownership);
            if self.decision.is_allowed() {
                return;
            }
        }
    }
}

impl fmt::Display for OtherView {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {}", self.perspective)?;
        let mut told: String = self.roles.iter().map(ToString::to_string).collect();
        if !self.ties.is_empty() {
            told.push_str("  record\n");
        }
        told.extend(self.ties.iter().map(|tie| match &self.perspective.absent {
            Some(absent) => TieOf(tie, absent).to_string(),
            None => tie.to_string(),
        }));
        told.push_str(&Demands(&self.demands).to_string());
        told.extend(self.movement.iter().map(ToString::to_string));
        told.extend(self.ownership.iter().map(ToString::to_string));
        told.lines().try_for_each(|line| writeln!(f, "  {line}"))?;
        if !self.passes {
            writeln!(f, "    not among what is passed on")?;
        }
        match (self.inside, &self.perspective.within) {
            (Some(true), Some(department)) => writeln!(f, "    the record is in {department} or below")?,
            (Some(false), Some(department)) => writeln!(f, "    the record is not in {department} or below")?,
            _ => {}
        }
        writeln!(f, "    {}", self.decision)
    }
}
