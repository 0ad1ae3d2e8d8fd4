//! What keeps a scenario from being run, although its document could be read.

use std::fmt;

use thiserror::Error;

use crate::document::problem::Quoted;
use crate::snapshot::{Noun, ProblemKind};

/// Everything that keeps a scenario from being run; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct ScenarioProblems(pub(super) Vec<ScenarioProblem>);

impl ScenarioProblems {
    /// The problems.
    pub fn iter(&self) -> std::slice::Iter<'_, ScenarioProblem> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a ScenarioProblems {
    type Item = &'a ScenarioProblem;
    type IntoIter = std::slice::Iter<'a, ScenarioProblem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for ScenarioProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, problem) in self.0.iter().enumerate() {
            if count > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

/// One thing that is wrong with a scenario, and where in its document.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{pointer}: {kind}")]
pub struct ScenarioProblem {
    pub(super) pointer: String,
    pub(super) kind: ScenarioProblemKind,
}

impl ScenarioProblem {
    /// The JSON pointer to it in the scenario's document, for [`locate`](crate::locate). What is wrong with a preset stands at
    /// its name.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong.
    pub fn kind(&self) -> &ScenarioProblemKind {
        &self.kind
    }

    /// The stable code of this kind of problem.
    pub fn code(&self) -> &'static str {
        match &self.kind {
            ScenarioProblemKind::UnknownPreset { .. } => "unknown-preset",
            ScenarioProblemKind::Unknown { .. } => "unknown",
            ScenarioProblemKind::Compile(kind) => kind.code(),
        }
    }
}

/// What can be wrong with a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ScenarioProblemKind {
    /// Nobody knows the preset.
    #[error("there is no preset `{}`", Quoted(name))]
    UnknownPreset {
        /// Its name.
        name: String,
    },
    /// A record speaks of a party or flag that the vocabulary does not have.
    #[error("there is no {noun} `{key}`")]
    Unknown {
        /// What.
        noun: Noun,
        /// Its key.
        key: String,
    },
    /// The policy and the directory do not make a snapshot.
    #[error(transparent)]
    Compile(ProblemKind),
}
