//! The way from the top of the document to the value that is being read.

use serde::de::Error;

use super::fault::Fault;
use crate::document::problem::DocumentProblemKind;

/// One container on the way, and where in it the reading stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::document) struct Step {
    /// Which member or item, counted from 1 in the order of the text.
    pub(in crate::document) nth: usize,
    pub(in crate::document) site: Site,
}

/// What of a container is being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum Site {
    /// The container itself.
    Whole,
    /// The name of the member.
    Name,
    /// The value of the member or item.
    Value,
}

/// Where the reading stands, and the first problem of ours.
///
/// Invariant: once a problem is noted the steps stay as they are, for everything above returns at once.
#[derive(Debug, Default)]
pub(super) struct Trail {
    steps: Vec<Step>,
    noted: Option<DocumentProblemKind>,
}

impl Trail {
    /// Steps into a container.
    pub(super) fn enter(&mut self) {
        self.steps.push(Step { nth: 0, site: Site::Whole });
    }

    /// Steps out of a container that was read to its end.
    pub(super) fn leave(&mut self) {
        self.steps.pop();
    }

    /// Goes on to the next member or item.
    pub(super) fn advance(&mut self, site: Site) {
        if let Some(step) = self.steps.last_mut() {
            *step = Step { nth: step.nth + 1, site };
        }
    }

    /// Looks at something else of the same member or item.
    pub(super) fn stand(&mut self, site: Site) {
        if let Some(step) = self.steps.last_mut() {
            step.site = site;
        }
    }

    /// Hands a result to the deserializer below, which cannot carry a problem of ours: that is noted here.
    pub(super) fn settle<T, E: Error>(&mut self, result: Result<T, Fault<E>>) -> Result<T, E> {
        result.map_err(|fault| match fault {
            Fault::Inner(error) => error,
            Fault::Ours(kind) => {
                let error = E::custom(&kind);
                self.noted.get_or_insert(kind);
                error
            }
        })
    }

    pub(super) fn into_parts(self) -> (Vec<Step>, Option<DocumentProblemKind>) {
        (self.steps, self.noted)
    }
}
