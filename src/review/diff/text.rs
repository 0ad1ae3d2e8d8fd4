//! A diff in words.

use std::fmt::{self, Formatter};

use crate::check::Responsible;
use crate::reason::{Listed, Perspective};
use crate::review::diff::{About, Affected, Diff, Difference, Direction, Ground, Has, Leads};
use crate::vocabulary::Place;

/// How many users of a group are named.
const MOST: usize = 12;

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return writeln!(f, "nothing changes");
        }
        let people = self.people();
        let users = format!("{people} {}", if people == 1 { "user" } else { "users" });
        match (people, self.visitors()) {
            (0, false) => writeln!(f, "no rights change, but what some are measured by")?,
            (0, true) => writeln!(f, "the rights of visitors change")?,
            (_, false) => writeln!(f, "the rights of {users} change")?,
            (_, true) => writeln!(f, "the rights of {users} and of visitors change")?,
        }
        self.groups.iter().try_for_each(|group| write!(f, "{group}"))?;
        self.ground.iter().try_for_each(|ground| writeln!(f, "{ground}"))
    }
}

impl fmt::Display for Affected {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let named: Vec<String> = self.users.iter().take(MOST).map(ToString::to_string).collect();
        f.write_str(&named.join(", "))?;
        if self.users.len() > MOST {
            write!(f, " and {} more", self.users.len() - MOST)?;
        }
        if self.visitors {
            f.write_str(if named.is_empty() { "visitors" } else { ", and visitors" })?;
        }
        writeln!(f)?;
        for (direction, title) in
            [(Direction::Loss, "lose"), (Direction::Gain, "gain"), (Direction::Both, "lose and gain")]
        {
            let mut rest = self.in_direction(direction).filter(|it| !self.follows(it)).peekable();
            if rest.peek().is_some() {
                writeln!(f, "  {title}")?;
            }
            rest.try_for_each(|difference| {
                let Difference { about, before, after } = difference;
                writeln!(f, "    {about}{}: {before}, then {after}", Below(self.below(difference)))
            })?;
        }
        Ok(())
    }
}

impl Affected {
    /// Whether the same differs at the place above.
    fn follows(&self, difference: &Difference) -> bool {
        let above = difference.about.above();
        above.is_some_and(|above| self.differences.iter().any(|it| it.about == above && same(it, difference)))
    }

    /// At how many places below the same differs.
    fn below(&self, top: &Difference) -> usize {
        let under = |it: &&Difference| {
            let mut up = std::iter::successors(it.about.above(), About::above);
            same(it, top) && self.follows(it) && up.any(|above| above == top.about)
        };
        self.differences.iter().filter(under).count()
    }
}

fn same(one: &Difference, other: &Difference) -> bool {
    alike(&one.before, &other.before) && alike(&one.after, &other.after)
}

/// Whether both are told in the same words: anywhere is somewhere else from every stage.
fn alike(one: &Has, other: &Has) -> bool {
    let (Has::Stages(here), Has::Stages(there)) = (one, other) else { return one == other };
    let pairs = here.iter().zip(there);
    let leads = |(one, other): (&Leads, &Leads)| one.anywhere && other.anywhere || one == other;
    here.len() == there.len()
        && pairs.into_iter().all(|((as_whom, one), (others, other))| as_whom == others && leads((one, other)))
}

/// How many places below are meant too.
struct Below(usize);

impl fmt::Display for Below {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            1 => f.write_str(" and 1 place below"),
            count => write!(f, " and {count} places below"),
        }
    }
}

impl About {
    /// The same at the place above.
    fn above(&self) -> Option<Self> {
        Some(match self {
            Self::Application | Self::Entering(_) => return None,
            Self::Doing(place, action) => Self::Doing(above(place)?, action.clone()),
            Self::Creating(place) => Self::Creating(above(place)?),
            Self::Moving(place) => Self::Moving(above(place)?),
        })
    }
}

fn above(place: &Place) -> Option<Place> {
    let entity = Place::entity(place.entity_key());
    let pipeline = place.pipeline_key()?;
    Some(if place.stage_key().is_some() { entity.pipeline(pipeline) } else { entity })
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, then {}", self.about, self.before, self.after)
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Application => f.write_str("enter the application"),
            Self::Entering(place) => write!(f, "enter {place}"),
            Self::Doing(place, action) => write!(f, "{action} at {place}"),
            Self::Creating(place) => write!(f, "new records at {place}"),
            Self::Moving(place) => write!(f, "moves from {place}"),
        }
    }
}

impl fmt::Display for Has {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let views = |f: &mut Formatter<'_>, views: Vec<(&Option<Perspective>, String)>| {
            if views.is_empty() {
                return f.write_str("none");
            }
            let told = views.into_iter().map(|(as_whom, what)| match as_whom {
                Some(as_whom) => format!("{what} ({as_whom})"),
                None => what,
            });
            f.write_str(&told.collect::<Vec<_>>().join("; "))
        };
        match self {
            Self::Entry(enters) => f.write_str(if *enters { "yes" } else { "no" }),
            Self::Reach(all) => {
                let one = |lists: &Vec<Vec<_>>| {
                    let lists: Vec<String> = lists.iter().map(|any| Listed(any, "or").to_string()).collect();
                    if lists.is_empty() { "all".to_owned() } else { lists.join(", and ") }
                };
                views(f, all.iter().map(|(as_whom, lists)| (as_whom, one(lists))).collect())
            }
            Self::Stages(all) => {
                let one = |leads: &Leads| match leads.anywhere {
                    true => "every other stage".to_owned(),
                    false => Listed(&leads.stages, "and").to_string(),
                };
                views(f, all.iter().map(|(as_whom, leads)| (as_whom, one(leads))).collect())
            }
            Self::Creation(None) => f.write_str("no"),
            Self::Creation(Some(Responsible::Author)) => f.write_str("one's own"),
            Self::Creation(Some(Responsible::Requested)) => f.write_str("anybody's"),
            Self::Creation(Some(Responsible::Within(department))) => {
                write!(f, "anybody's in {department} and below")
            }
            Self::Creation(Some(Responsible::Absent(user))) => write!(f, "those of {user}"),
        }
    }
}

impl fmt::Display for Ground {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seat(user) => write!(f, "{user} sits or heads elsewhere"),
            Self::Department(key) => {
                write!(f, "department {key} hangs elsewhere, or is new, gone or switched")
            }
            Self::UserGroups(user) => write!(f, "{user} is in other user groups"),
            Self::TicketGroup(key) => {
                write!(f, "ticket group {key} has other members, or others see its tickets")
            }
            Self::Party(key) => {
                write!(f, "party {key} counts otherwise, or is new, gone or numbered otherwise")
            }
            Self::Flag(key) => write!(f, "flag {key} is new, gone or numbered otherwise"),
            Self::Operation(key) => {
                write!(
                    f,
                    "operation {key} is for viewing or free to administrators otherwise, or opens records otherwise"
                )
            }
            Self::SocialGroup(key) => {
                write!(f, "social group {key} has other members, or lets others do something")
            }
            Self::Deputy(user) => write!(f, "{user} deputises elsewhere"),
            Self::Substitutions(user) => {
                write!(f, "{user} stands in for somebody by substitutions that pass other things together")
            }
            Self::Delegation => f.write_str("what may be handed on is decided otherwise"),
            Self::Administrator(user) => write!(f, "{user} is an administrator now, or no longer"),
        }
    }
}
