//! Explanations of objects' lists for a terminal: one entry a line, the verdict last.

use std::fmt::{self, Formatter};

use crate::explain::acl::{AclEffect, AclExplanation, AclPlace, AclVoice};
use crate::policy::{AclEntry, Sign, Subject};
use crate::reason::Listed;

impl fmt::Display for AclExplanation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "may {} ", self.who)?;
        match &self.action {
            Some(action) => write!(f, "{action} by lists of ")?,
            None => f.write_str("do something unknown by lists of ")?,
        }
        match &self.ladder {
            Some(ladder) => write!(f, "{ladder}")?,
            None => f.write_str("a ladder that is unknown")?,
        }
        writeln!(f, ", at {}?", self.at)?;
        for (number, list) in self.lists.iter().enumerate() {
            let own = if number + 1 == self.lists.len() { ", the object's own" } else { "" };
            writeln!(f, "  list {number}{own}{}", if list.is_empty() { ": no entries" } else { "" })?;
            list.iter().try_for_each(|voice| writeln!(f, "    {voice}"))?;
        }
        if self.author {
            writeln!(f, "  he is the author of the object")?;
        }
        if !self.limits.is_empty() {
            writeln!(f, "  limited by {}", Listed(&self.limits, "and"))?;
        }
        if self.lists.is_empty() && self.decision.is_allowed() {
            writeln!(f, "  an administrator is allowed it, and no list is asked")?;
        }
        writeln!(f, "  {}", self.decision)
    }
}

impl fmt::Display for AclVoice {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.entry)?;
        if !self.routes.is_empty() && self.entry.sign == Sign::Positive {
            write!(f, "{}; ", Listed(&self.routes, "and"))?;
        }
        match (&self.effect, &self.entry.subject) {
            (AclEffect::NotHis, Subject::Author) => f.write_str("he is not the author"),
            (effect, _) => effect.fmt(f),
        }
    }
}

/// `read to user anna (sharing)`; a negative one begins with "not".
impl fmt::Display for AclEntry {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let not = if self.sign == Sign::Negative { "not " } else { "" };
        write!(f, "{not}{} to {}", self.rung, self.subject)?;
        self.origin.iter().try_for_each(|origin| write!(f, " ({origin})"))
    }
}

impl fmt::Display for AclPlace {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "entry {} of list {}", self.entry, self.list)
    }
}

impl fmt::Display for AclEffect {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Counts { gives: true } => f.write_str("counts, and gives it"),
            Self::Counts { gives: false } => f.write_str("counts, and does not give it"),
            Self::Cancelled { by } => write!(f, "cancelled by {by}"),
            Self::Cancels(places) => write!(f, "cancels {}", Listed(places, "and")),
            Self::CancelsNothing => f.write_str("cancels nothing of his"),
            Self::NotHis => f.write_str("he is not in it"),
            Self::UnknownSubject => f.write_str("nobody is known by that name"),
            Self::UnknownRung => f.write_str("the ladder has no such rung"),
            Self::Annulled => f.write_str("annulled, for the list says the opposite too"),
            Self::Repeated => f.write_str("said already"),
        }
    }
}
