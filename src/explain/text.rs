//! Explanations for a terminal: one fact a line, the verdict last.

use std::fmt::{self, Formatter};

use crate::check::Responsible;
use crate::explain::demand::{Basis, Demand, Effect, Spoken, Voice};
use crate::explain::holding::{Holding, Way, When};
use crate::explain::movement::Movement;
use crate::explain::tie::{Relation, Tie};
use crate::explain::{Explanation, Question, Who};
use crate::moment::Window;
use crate::policy::{Rank, Subject, Unit};
use crate::snapshot::Route;
use crate::vocabulary::Place;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "may {} {}, at {}", self.who, self.question, self.at)?;
        if !self.circumstances.is_empty() {
            write!(f, ", in {}", Listed(&self.circumstances, "and"))?;
        }
        writeln!(f, "?")?;
        self.roles.iter().try_for_each(|holding| write!(f, "{holding}"))?;
        if !self.ties.is_empty() || !self.flags.is_empty() {
            writeln!(f, "  record")?;
        }
        self.ties.iter().try_for_each(|tie| write!(f, "{tie}"))?;
        self.flags.iter().try_for_each(|flag| writeln!(f, "    flagged {flag}"))?;
        demands(f, &self.demands)?;
        self.movement.iter().try_for_each(|movement| write!(f, "{movement}"))?;
        match self.responsible {
            None => writeln!(f, "  {}", self.decision),
            Some(Responsible::Author) => writeln!(f, "  {}, and the record becomes his own", self.decision),
            Some(Responsible::Requested) => {
                writeln!(f, "  {}, and the record may become anybody's", self.decision)
            }
        }?;
        self.valid_until.iter().try_for_each(|then| writeln!(f, "  this can change at {then}"))
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
            Self::Transition { basis, leads } => {
                writeln!(f, "  transition")?;
                write!(f, "{basis}")?;
                writeln!(f, "    {}", if *leads { "leads there" } else { "does not lead there" })
            }
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Administrator => writeln!(f, "    an administrator is allowed it, and no role is asked"),
            Self::Settings => writeln!(f, "    the settings right includes it, and no role is asked"),
            Self::MovesFreely => writeln!(f, "    its records move freely, and no role is asked"),
            Self::Roles(voices) if voices.is_empty() => writeln!(f, "    no role is held"),
            Self::Roles(voices) => voices.iter().try_for_each(|voice| writeln!(f, "    {voice}")),
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(key) => key.fmt(f),
            Self::Dismissed(key) => write!(f, "{key} (dismissed)"),
            Self::Visitor => f.write_str("a visitor"),
            Self::Unknown => f.write_str("a user who is unknown"),
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Check { action: Some(action), place } => write!(f, "{action} at {}", At(place)),
            Self::Check { action: None, place } => write!(f, "do something unknown at {}", At(place)),
            Self::Create { place } => write!(f, "create at {}", At(place)),
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

impl fmt::Display for Holding {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "  role {}, {}", self.role, if self.is_held() { "held" } else { "not held now" })?;
        self.ways.iter().try_for_each(|way| writeln!(f, "    {way}"))
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "assignment {} to {}", self.assignment, self.to)?;
        if self.when != When::Never {
            window(f, self.window)?;
        }
        if !self.circumstances.is_empty() {
            write!(f, ", in {}", Listed(&self.circumstances, "and"))?;
        }
        write!(f, ": {}", self.route)?;
        match self.when {
            When::Now if self.missing.is_empty() => Ok(()),
            When::Now => write!(f, "; not without {}", Listed(&self.missing, "and")),
            When::Later => f.write_str("; not yet"),
            When::Over => f.write_str("; no longer"),
            When::Never => f.write_str("; never, for the two times do not meet"),
        }
    }
}

fn window(f: &mut Formatter<'_>, window: Window) -> fmt::Result {
    if let Some(first) = window.first() {
        write!(f, ", from {first}")?;
    }
    match window.last() {
        Some(last) => write!(f, ", until {last}"),
        None => Ok(()),
    }
}

impl fmt::Display for Tie {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let bound = |f: &mut Formatter<'_>| write!(f, "    {} {}", self.party, self.user);
        if self.is_none() {
            bound(f)?;
            writeln!(f, ": no relation")?;
        }
        if !self.himself.is_empty() {
            bound(f)?;
            let evident = Relation::Party(self.party.clone());
            let rest: Vec<&Relation> = self.himself.iter().filter(|it| **it != evident).collect();
            let rest = if rest.is_empty() { vec![&evident] } else { rest };
            writeln!(f, " is the viewer: {}", Listed(&rest, "and"))?;
        }
        for shared in &self.departments {
            bound(f)?;
            write!(f, " is in {}, the viewer in {}", shared.theirs, shared.his)?;
            writeln!(f, ": {}", Listed(&shared.relations, "and"))?;
        }
        Ok(())
    }
}

impl fmt::Display for Demand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.basis)?;
        if let Some(right) = &self.settings {
            write!(f, "    the right to {} {} includes it", right.action, right.entity)?;
            match right.by.as_slice() {
                [] if !right.held => writeln!(f, " and is not held")?,
                [] => writeln!(f, " and is held")?,
                by => writeln!(f, " and is held by {}", Listed(by, "and"))?,
            }
        }
        if let Some(standing) = &self.standing {
            let relations = Listed(&standing.relations, "and");
            let suffice = if standing.relations.len() > 1 { "suffice" } else { "suffices" };
            if standing.applies {
                writeln!(f, "    {relations} {suffice} here, because the action is held in the entity")?;
            } else {
                writeln!(
                    f,
                    "    {relations} {suffice} for whoever holds the action in the entity: not held"
                )?;
            }
        }
        if self.reach.contains(&Relation::Always) {
            writeln!(f, "    looked for: {}", Relation::Always)?;
        } else {
            writeln!(f, "    looked for: {}", Listed(&self.reach, "or"))?;
        }
        match (self.met, self.met_by.as_slice()) {
            (false, _) => writeln!(f, "    not met"),
            (true, []) => writeln!(f, "    met"),
            (true, by) if by.contains(&Relation::Always) => writeln!(f, "    met: {}", Relation::Always),
            (true, by) => writeln!(f, "    met: {}", Listed(by, "and")),
        }
    }
}

impl fmt::Display for Voice {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.role)?;
        if let Some(said) = &self.said {
            let how = if said.explicit { "explicit" } else { "inherited" };
            write!(f, "{} set at {}, {how}; ", said.what, said.at)?;
        }
        match &self.effect {
            Effect::Counts => f.write_str("counts"),
            Effect::SaysNothing => f.write_str("says nothing of it"),
            Effect::Silenced { by } => {
                f.write_str("silenced by ")?;
                by.iter().enumerate().try_for_each(|(count, cell)| {
                    f.write_str(if count > 0 { " and " } else { "" })?;
                    write!(f, "{}'s {} set at {}", cell.role, cell.what, cell.place)
                })
            }
        }
    }
}

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level { level, .. } => write!(f, "\"{level}\""),
            Self::LeadsAnywhere => f.write_str("\"to any stage\""),
            Self::LeadsTo(stages) => write!(f, "\"to {}\"", Listed(stages, "and")),
        }
    }
}

/// Several things in a row; "nothing", if there are none.
struct Listed<'a, T>(&'a [T], &'static str);

impl<T: fmt::Display> fmt::Display for Listed<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Some((last, rest)) = self.0.split_last() else { return f.write_str("nothing") };
        for (count, item) in rest.iter().enumerate() {
            write!(f, "{}{item}", if count > 0 { ", " } else { "" })?;
        }
        if !rest.is_empty() {
            write!(f, " {} ", self.1)?;
        }
        last.fmt(f)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Himself => f.write_str("is that user"),
            Self::SitsIn(key) => write!(f, "sits in {key}"),
            Self::Heads(key) => write!(f, "heads {key}"),
            Self::Deputy(key) => write!(f, "is a deputy of {key}"),
            Self::Below(way) => {
                let mut way = way.iter();
                write!(f, "belongs to {}", way.next().map(ToString::to_string).unwrap_or_default())?;
                way.try_for_each(|above| write!(f, ", below {above}"))
            }
            Self::UserGroup(way, _) => {
                let mut way = way.iter().rev();
                write!(f, "is a member of {}", way.next().map(ToString::to_string).unwrap_or_default())?;
                way.try_for_each(|above| write!(f, ", which {above} includes"))
            }
            Self::SocialGroup(key, rank) => write!(f, "is {} of {key}", rank_name(*rank)),
            Self::Administrator => f.write_str("is an administrator"),
            Self::SignedIn => f.write_str("is signed in"),
            Self::Everyone => f.write_str("is somebody"),
        }
    }
}

fn rank_name(rank: Rank) -> &'static str {
    match rank {
        Rank::Member => "a member",
        Rank::Moderator => "a moderator",
        Rank::Owner => "the owner",
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(key) => write!(f, "user {key}"),
            Self::Employee(key) => write!(f, "employee {key}"),
            Self::Department(key) => write!(f, "department {key}"),
            Self::DepartmentTree(key) => write!(f, "department {key} and below"),
            Self::UserGroup(key) => write!(f, "user group {key}"),
            Self::SocialGroup(key, Rank::Member) => write!(f, "the members of social group {key}"),
            Self::SocialGroup(key, Rank::Moderator) => {
                write!(f, "the moderators and the owner of social group {key}")
            }
            Self::SocialGroup(key, Rank::Owner) => write!(f, "the owner of social group {key}"),
            Self::Heads(unit) => write!(f, "the heads of {}", Of(unit)),
            Self::Deputies(unit) => write!(f, "the deputies of {}", Of(unit)),
            Self::Employees(Unit::Anywhere) => f.write_str("all employees"),
            Self::Employees(unit) => write!(f, "the employees of {}", Of(unit)),
            Self::Administrators => f.write_str("the administrators"),
            Self::SignedIn => f.write_str("every signed-in user"),
            Self::Everyone => f.write_str("everyone"),
            Self::Author => f.write_str("the author"),
        }
    }
}

struct Of<'a>(&'a Unit);

impl fmt::Display for Of<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unit::Anywhere => f.write_str("all departments"),
            Unit::Of(key) => write!(f, "department {key}"),
        }
    }
}

/// As documents write it.
impl fmt::Display for Relation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Party(key) => write!(f, "party:{key}"),
            Self::Flag(key) => write!(f, "flag:{key}"),
            Self::Own
            | Self::Department
            | Self::Subdepartments
            | Self::Subordinates
            | Self::Observed
            | Self::Always => f.write_str(self.code()),
        }
    }
}
