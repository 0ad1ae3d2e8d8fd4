//! Filters in words, for logs and for people.

use std::fmt;

use crate::filter::{Clause, Condition, DepartmentSpan, Filter, Keeps, Keys, Seating, Within};
use crate::key::Key;
use crate::vocabulary::Party;

/// ```text
/// responsible is 7 or responsible in Sales and below, where stage is one of new, won
/// ```
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.keeps().fmt(f)
    }
}

impl fmt::Display for Keeps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing"),
            Self::Everything => f.write_str("everything"),
            Self::AnyOf(clauses) => join(f, clauses, "; or "),
        }
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, any) in self.all.iter().enumerate() {
            f.write_str(if count > 0 { ", and " } else { "" })?;
            join(f, any, " or ")?;
        }
        if self.all.is_empty() {
            f.write_str("everything")?;
        }
        if !self.within.is_empty() {
            f.write_str(", where ")?;
            join(f, &self.within, " or ")?;
        }
        Ok(())
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::PartyIs(party, user) => write!(f, "{party} is {user}"),
            Self::PartyAmong(party, users) => {
                write!(f, "{party} is one of ")?;
                join(f, users, ", ")
            }
            Self::PartyIn(party, spans) => {
                write!(f, "{party} in ")?;
                join(f, spans, ", ")
            }
            Self::PartySeated(party, seating, spans) => seated(f, party, *seating, spans),
            Self::PartyGroup(party, groups) => {
                write!(f, "{party} is a group among ")?;
                join(f, groups, ", ")
            }
            Self::PartyDepartment(party, spans) => {
                write!(f, "{party} is a department among ")?;
                join(f, spans, ", ")
            }
            Self::Elsewhere { users, departments, spans } => {
                f.write_str("no ")?;
                join(
                    f,
                    users.iter().chain(departments.iter().filter(|party| !users.contains(party))),
                    " or ",
                )?;
                f.write_str(" in ")?;
                join(f, spans, ", ")
            }
            Self::Linked(entity, Keeps::Everything) => write!(f, "linked to a {entity}"),
            Self::Linked(entity, keeps) => write!(f, "linked to a {entity} ({keeps})"),
            Self::HostedBy(groups) => {
                f.write_str("hosted by ")?;
                join(f, groups, " or ")
            }
            Self::Shared(action, with) => {
                write!(f, "shared to {action} with ")?;
                join(f, with, ", ")
            }
        }
    }
}

fn seated(
    f: &mut fmt::Formatter<'_>,
    party: &Key<Party>,
    seating: Seating,
    spans: &[DepartmentSpan],
) -> fmt::Result {
    let outside = |f: &mut fmt::Formatter<'_>| {
        f.write_str(if spans.is_empty() { "" } else { " outside " })?;
        join(f, spans, ", ")
    };
    match seating {
        Seating::OwnHead => {
            write!(f, "{party} heads ")?;
            join(f, spans, ", ")
        }
        Seating::Peer => {
            write!(f, "{party} in ")?;
            join(f, spans, ", ")?;
            f.write_str(" without heading any")
        }
        Seating::OtherHead => {
            write!(f, "{party} heads a department")?;
            outside(f)
        }
        Seating::OtherEmployee => {
            write!(f, "{party} heads none and is in a department")?;
            outside(f)
        }
    }
}

impl fmt::Display for DepartmentSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.root, if self.with_subdepartments { " and below" } else { "" })
    }
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pipeline is {}", self.pipelines)?;
        match self.stages {
            Keys::Any => Ok(()),
            Keys::In(_) | Keys::NotIn(_) => write!(f, " and stage is {}", self.stages),
        }
    }
}

impl<T> fmt::Display for Keys<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("anything"),
            Self::In(keys) => join(f, keys, ", "),
            Self::NotIn(keys) => {
                f.write_str("none or other than ")?;
                join(f, keys, ", ")
            }
        }
    }
}

fn join(
    f: &mut fmt::Formatter<'_>,
    items: impl IntoIterator<Item = impl fmt::Display>,
    by: &str,
) -> fmt::Result {
    for (count, item) in items.into_iter().enumerate() {
        f.write_str(if count > 0 { by } else { "" })?;
        item.fmt(f)?;
    }
    Ok(())
}
