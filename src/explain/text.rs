//! Explanations for a terminal: one fact a line, the verdict last.

use std::fmt::{self, Formatter};

use crate::directory::Principal;
use crate::directory::User;
use crate::explain::demand::{Demand, Elsewhere};
use crate::explain::movement::Movement;
use crate::explain::tie::{Seat, Tie};
use crate::explain::{Explanation, Question};
use crate::key::Key;
use crate::reason::{Basis, Listed, Relation};
use crate::vocabulary::Place;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "may {} {}, at {}", self.who, self.question, self.at)?;
        if !self.circumstances.is_empty() {
            write!(f, ", in {}", Listed(&self.circumstances, "and"))?;
        }
        writeln!(f, "?")?;
        self.roles.iter().try_for_each(|holding| write!(f, "{holding}"))?;
        self.limits.iter().try_for_each(|restraint| write!(f, "{restraint}"))?;
        if !self.ties.is_empty() || !self.flags.is_empty() {
            writeln!(f, "  record")?;
        }
        self.ties.iter().try_for_each(|tie| write!(f, "{tie}"))?;
        self.flags.iter().try_for_each(|flag| writeln!(f, "    flagged {flag}"))?;
        demands(f, &self.demands)?;
        self.movement.iter().try_for_each(|movement| write!(f, "{movement}"))?;
        self.ownership.iter().try_for_each(|ownership| write!(f, "{ownership}"))?;
        self.others.iter().try_for_each(|view| write!(f, "{view}"))?;
        match &self.responsible {
            None => writeln!(f, "  {}", self.decision),
            Some(responsible) => writeln!(f, "  {}, and {responsible}", self.decision),
        }?;
        self.valid_until.iter().try_for_each(|then| writeln!(f, "  this can change at {then}"))?;
        self.nearest.iter().try_for_each(|nearest| write!(f, "{nearest}"))
    }
}

/// Demands one after the other, as they stand in an explanation.
pub(super) struct Demands<'a>(pub(super) &'a [Demand]);

impl fmt::Display for Demands<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        demands(f, self.0)
    }
}

fn demands(f: &mut Formatter<'_>, demands: &[Demand]) -> fmt::Result {
    demands.iter().enumerate().try_for_each(|(count, demand)| {
        writeln!(f, "  {}{}", demand.action, if count > 0 { ", which is required" } else { "" })?;
        write!(f, "{demand}")
    })
}

impl fmt::Display for Movement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stays => writeln!(f, "  the record stays where it is"),
            Self::Nowhere => writeln!(f, "  the target is no stage of the record's entity"),
            Self::ToPipeline { demands: on_arrival } => {
                writeln!(f, "  the target is in another pipeline, where the record must be created")?;
                demands(f, on_arrival)
            }
            Self::Transition { basis, limits, leads } => {
                writeln!(f, "  transition")?;
                write!(f, "{basis}")?;
                if !limits.is_empty() {
                    writeln!(f, "    the settings right is limited by {}", Listed(limits, "and"))?;
                }
                writeln!(f, "    {}", if *leads { "leads there" } else { "does not lead there" })
            }
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.sentences().iter().try_for_each(|sentence| writeln!(f, "    {sentence}"))
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Check { action: Some(action), place } => write!(f, "{action} at {}", At(place)),
            Self::Check { action: None, place } => write!(f, "do something unknown at {}", At(place)),
            Self::Create { place } => write!(f, "create at {}", At(place)),
            Self::CreateFor { place, owner: Some(owner) } => {
                write!(f, "create at {} for {owner}", At(place))
            }
            Self::CreateFor { place, owner: None } => {
                write!(f, "create at {} for somebody unknown", At(place))
            }
            Self::Relocate { from, to } => write!(f, "move from {} to {}", At(from), At(to)),
        }
    }
}

struct At<'a>(&'a Option<Place>);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(place) => place.fmt(f),
            None => f.write_str("a place that is unknown"),
        }
    }
}

impl fmt::Display for Tie {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.tell(f, &"the viewer")
    }
}

/// A tie of somebody else than the viewer.
pub(super) struct TieOf<'a>(pub(super) &'a Tie, pub(super) &'a Key<User>);

impl fmt::Display for TieOf<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.tell(f, self.1)
    }
}

impl Tie {
    fn tell(&self, f: &mut Formatter<'_>, whose: &dyn fmt::Display) -> fmt::Result {
        let bound = |f: &mut Formatter<'_>| write!(f, "    {} {}", self.party, self.who);
        if self.is_none() {
            bound(f)?;
            writeln!(f, ": no relation")?;
        }
        if !self.himself.is_empty() {
            bound(f)?;
            let evident = Relation::Party(self.party.clone());
            let rest: Vec<&Relation> = self.himself.iter().filter(|it| **it != evident).collect();
            let rest = if rest.is_empty() { vec![&evident] } else { rest };
            match &self.who {
                Principal::UserGroup(_) => write!(f, ", {whose} {}", Listed(&self.routes, "and"))?,
                Principal::User(_) | Principal::Department(_) => write!(f, " is {whose}")?,
            }
            writeln!(f, ": {}", Listed(&rest, "and"))?;
        }
        for shared in &self.departments {
            bound(f)?;
            match &self.who {
                Principal::Department(_) => write!(f, ", {whose} in {}", shared.his)?,
                Principal::User(_) | Principal::UserGroup(_) => {
                    write!(f, " is in {}, {whose} in {}", shared.theirs, shared.his)?;
                }
            }
            writeln!(f, ": {}", Listed(&shared.relations, "and"))?;
        }
        for shared in &self.ticket_groups {
            bound(f)?;
            write!(f, " is in ticket group {}, whose tickets {whose} sees", shared.group)?;
            writeln!(f, ": {}", Listed(&shared.relations, "and"))?;
        }
        let Some(Seat { department, relation }) = &self.seat else { return Ok(()) };
        bound(f)?;
        if *relation == Relation::OwnHeads {
            write!(f, " heads {department}, where {whose} is")?;
        } else if *relation == Relation::Peers {
            write!(f, " is in {department}, where {whose} is, and heads nothing of his")?;
        } else if *relation == Relation::OtherHeads {
            write!(f, " heads {department}, and is where {whose} is not")?;
        } else {
            write!(f, " is in {department}, heads nothing, and is where {whose} is not")?;
        }
        writeln!(f, ": {relation}")
    }
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.holds { "elsewhere: " } else { "not elsewhere: " })?;
        match (self.parties.as_slice(), self.departments.as_slice()) {
            ([], _) => f.write_str("no party counts for a department"),
            (_, []) => f.write_str("there is no department to share"),
            (parties, departments) => {
                f.write_str(if self.holds { "no " } else { "some " })?;
                write!(f, "{} is in {}", Listed(parties, "or"), Listed(departments, "or"))
            }
        }
    }
}

/// Relations of which any will do.
struct AnyOf<'a>(&'a [Relation]);

impl fmt::Display for AnyOf<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0.contains(&Relation::Always) { Relation::Always.fmt(f) } else { Listed(self.0, "or").fmt(f) }
    }
}

impl fmt::Display for Demand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.basis)?;
        self.settings.iter().try_for_each(|right| writeln!(f, "    {right}"))?;
        self.standing.iter().try_for_each(|standing| writeln!(f, "    {standing}"))?;
        if let Some(cut) = &self.cut {
            writeln!(f, "    granted: {}", AnyOf(&cut.granted))?;
            writeln!(f, "    limited by {}", Listed(&cut.by, "and"))?;
        }
        writeln!(f, "    looked for: {}", AnyOf(&self.reach))?;
        self.elsewhere.iter().try_for_each(|elsewhere| writeln!(f, "    {elsewhere}"))?;
        self.links.iter().try_for_each(|link| write!(f, "{link}"))?;
        self.hosts.iter().try_for_each(|host| write!(f, "{host}"))?;
        self.shares.iter().try_for_each(|share| write!(f, "{share}"))?;
        match (self.met, self.met_by.as_slice()) {
            (false, _) => writeln!(f, "    not met"),
            (true, []) => writeln!(f, "    met"),
            (true, by) if by.contains(&Relation::Always) => writeln!(f, "    met: {}", Relation::Always),
            (true, by) => writeln!(f, "    met: {}", Listed(by, "and")),
        }
    }
}
