//! The words as text: plain English, one fact at a time.

use std::fmt::{self, Formatter};

use crate::moment::Window;
use crate::policy::{Among, Rank, Subject, Unit};
use crate::reason::basis::{Basis, Effect, Said, SettingsRight, Spoken, Standing, Voice};
use crate::reason::claim::Claim;
use crate::reason::holding::{Holding, Way, When};
use crate::reason::relation::Relation;
use crate::reason::restraint::{Bearing, Caught, Restraint};
use crate::reason::who::Who;
use crate::snapshot::Route;

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

impl fmt::Display for Holding {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "  role {}, ", self.role)?;
        match self.superseded_by.as_slice() {
            [] => f.write_str(if self.is_held() { "held" } else { "not held now" })?,
            by => write!(f, "superseded by role {}", Listed(by, "and"))?,
        }
        writeln!(f)?;
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
            When::Now if !self.missing.is_empty() => {
                write!(f, "; not without {}", Listed(&self.missing, "and"))
            }
            When::Now | When::Later | When::Over | When::Never => when(f, self.when),
        }
    }
}

impl fmt::Display for Restraint {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "  limit {} on {}", self.limit, self.on)?;
        if !self.circumstances.is_empty() {
            write!(f, ", in {}", Listed(&self.circumstances, "and"))?;
        }
        if self.is_in_force() && self.unless.is_empty() {
            writeln!(f, ", in force")?;
        } else if self.is_in_force() {
            writeln!(f, ", in force; {} would lift it", Listed(&self.unless, "or"))?;
        } else if !self.lifted_by.is_empty() {
            writeln!(f, ", lifted by {}", Listed(&self.lifted_by, "and"))?;
        } else if !self.missing.is_empty() {
            writeln!(f, ", not without {}", Listed(&self.missing, "and"))?;
        } else {
            writeln!(f, ", not in force now")?;
        }
        self.taken(f)?;
        self.ways.iter().try_for_each(|way| writeln!(f, "    {way}"))
    }
}

impl Restraint {
    /// What it takes, where, and whether that is asked.
    fn taken(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_in_force() { "    takes " } else { "    would take " })?;
        match &self.actions {
            Among::All => f.write_str("every action")?,
            Among::These(these) => write!(f, "{}", Listed(these, "and"))?,
            Among::AllBut(these) if these.is_empty() => f.write_str("every action")?,
            Among::AllBut(these) => write!(f, "every action but {}", Listed(these, "and"))?,
        }
        match &self.places {
            Among::All => f.write_str(" everywhere")?,
            Among::These(these) if these.is_empty() => f.write_str(" nowhere")?,
            Among::These(these) => write!(f, " at {}", Listed(these, "and"))?,
            Among::AllBut(these) if these.is_empty() => f.write_str(" everywhere")?,
            Among::AllBut(these) => write!(f, " everywhere but at {}", Listed(these, "and"))?,
        }
        writeln!(f, "{}", self.bearing.map_or("", Bearing::words))
    }
}

impl Bearing {
    fn words(self) -> &'static str {
        match self {
            Self::Takes => ", and with that what is asked",
            Self::Narrows => ", which can narrow what is asked",
            Self::Spares => ", which is not asked",
        }
    }
}

impl fmt::Display for Caught {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.route)?;
        if self.when != When::Never {
            window(f, self.window)?;
        }
        when(f, self.when)
    }
}

fn when(f: &mut Formatter<'_>, when: When) -> fmt::Result {
    f.write_str(match when {
        When::Now => "",
        When::Later => "; not yet",
        When::Over => "; no longer",
        When::Never => "; never, for the two times do not meet",
    })
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

impl Basis {
    /// One sentence, or one for each role.
    pub(crate) fn sentences(&self) -> Vec<String> {
        let only = match self {
            Self::Administrator => "an administrator is allowed it, and no role is asked",
            Self::Settings => "the settings right includes it, and no role is asked",
            Self::MovesFreely => "its records move freely, and no role is asked",
            Self::Roles(voices) if voices.is_empty() => "no role is held",
            Self::Roles(voices) => return voices.iter().map(ToString::to_string).collect(),
        };
        vec![only.to_owned()]
    }
}

impl fmt::Display for SettingsRight {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "the right to {} {} includes it", self.action, self.entity)?;
        match self.by.as_slice() {
            [] if !self.held => f.write_str(" and is not held"),
            [] => f.write_str(" and is held"),
            by => write!(f, " and is held by {}", Listed(by, "and")),
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let suffice = if self.relations.len() > 1 { "suffice" } else { "suffices" };
        write!(f, "{} {suffice} ", Listed(&self.relations, "and"))?;
        f.write_str(if self.applies {
            "here, because the action is held in the entity"
        } else {
            "for whoever holds the action in the entity: not held"
        })
    }
}

impl fmt::Display for Voice {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.role)?;
        self.said.iter().try_for_each(|said| write!(f, "{said}; "))?;
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

impl fmt::Display for Said {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let how = if self.explicit { "explicit" } else { "inherited" };
        write!(f, "{} set at {}, {how}", self.what, self.at)
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
pub(crate) struct Listed<'a, T>(pub(crate) &'a [T], pub(crate) &'static str);

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
/// A relation as its code; what opens, with what decides it in brackets.
impl fmt::Display for Claim {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let code = self.code();
        match self {
            Self::Relation(relation) => relation.fmt(f),
            Self::Linked(rights) => {
                let rights: Vec<String> =
                    rights.iter().map(|it| format!("{} {}", it.action, it.entity)).collect();
                write!(f, "{code} ({})", Listed(&rights, "or"))
            }
            Self::Hosted(operation) => write!(f, "{code} ({operation})"),
            Self::Shared(action) => write!(f, "{code} ({action})"),
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Party(key) => write!(f, "party:{key}"),
            Self::Flag(key) => write!(f, "flag:{key}"),
            Self::Own
            | Self::Department
            | Self::Subdepartments
            | Self::Subordinates
            | Self::InvolvesSubordinates
            | Self::OwnHeads
            | Self::Peers
            | Self::OtherHeads
            | Self::OtherEmployees
            | Self::Elsewhere
            | Self::Observed
            | Self::Linked
            | Self::Hosted
            | Self::Shared
            | Self::StaffMates
            | Self::ClientMates
            | Self::Always => f.write_str(self.code()),
        }
    }
}
