//! Filters in words, for logs and for people.

use std::fmt;

use crate::filter::condition::{Condition, DepartmentSpan};
use crate::filter::{Clause, Filter, Keeps, Keys, Within};

/// ```text
/// responsible is 7 or responsible in Sales and below, where stage is one of new, won
/// ```
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.keeps() {
            Keeps::Nothing => f.write_str("nothing"),
            Keeps::Everything => f.write_str("everything"),
            Keeps::AnyOf(clauses) => join(f, clauses, "; or "),
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
            Self::PartyIn(party, spans) => {
                write!(f, "{party} in ")?;
                join(f, spans, ", ")
            }
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

fn join(f: &mut fmt::Formatter<'_>, items: &[impl fmt::Display], by: &str) -> fmt::Result {
    for (count, item) in items.iter().enumerate() {
        f.write_str(if count > 0 { by } else { "" })?;
        item.fmt(f)?;
    }
    Ok(())
}
