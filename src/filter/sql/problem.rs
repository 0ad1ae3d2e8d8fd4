//! What can be wrong with a mapping.

use std::fmt;

use thiserror::Error;

/// Everything that is wrong with a mapping; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct MappingProblems(pub(super) Vec<MappingProblem>);

impl MappingProblems {
    /// The problems.
    pub fn iter(&self) -> std::slice::Iter<'_, MappingProblem> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a MappingProblems {
    type Item = &'a MappingProblem;
    type IntoIter = std::slice::Iter<'a, MappingProblem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for MappingProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, problem) in self.0.iter().enumerate() {
            f.write_str(if count > 0 { "\n" } else { "" })?;
            problem.fmt(f)?;
        }
        Ok(())
    }
}

/// One thing that keeps a mapping from answering a filter. The codes are stable.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MappingProblem {
    /// The vocabulary does not have the entity.
    #[error("there is no such entity")]
    UnknownEntity,
    /// Something is mapped that the vocabulary does not have.
    #[error("{what} `{key}` is mapped, and the vocabulary does not have it")]
    Unknown {
        /// The kind of thing.
        what: &'static str,
        /// Its key.
        key: String,
    },
    /// Something is mapped twice.
    #[error("{what} `{key}` is mapped twice")]
    Twice {
        /// The kind of thing.
        what: &'static str,
        /// Its key.
        key: String,
    },
    /// A name of a table or column is empty or holds a NUL.
    #[error("`{}` cannot name a table or a column", name.escape_debug())]
    UnusableName {
        /// The name.
        name: String,
    },
    /// The entity has pipelines, and no column says which one a record is in.
    #[error("no column is mapped for the pipeline, nor is it said that there is only one")]
    PipelineMissing,
    /// The entity has stages, and no column says which one a record is on.
    #[error("no column is mapped for the stage")]
    StageMissing,
    /// A level asks for a party, and nothing says who that is.
    #[error("nothing is mapped for the party `{party}`")]
    PartyMissing {
        /// Its key.
        party: String,
    },
    /// Two parties stand in the same place, and one is a user where the other is a group or a department.
    #[error(
        "`{party}` and `{other}` stand in the same place and are of different kinds, so that a user and a group or department \
         with the same key could not be told apart"
    )]
    PartiesMixed {
        /// The key of the one.
        party: String,
        /// The key of the other.
        other: String,
    },
    /// User groups can be a party that a level asks for, and nothing says which are.
    #[error("nothing is mapped for user groups that are the party `{party}`")]
    GroupPartyMissing {
        /// Its key.
        party: String,
    },
    /// Departments can be a party that a level asks for, and nothing says which are.
    #[error("nothing is mapped for departments that are the party `{party}`")]
    DepartmentPartyMissing {
        /// Its key.
        party: String,
    },
    /// A level asks for a flag, and nothing says whether it is set.
    #[error("no column is mapped for the flag `{flag}`")]
    FlagMissing {
        /// Its key.
        flag: String,
    },
    /// A level asks for the departments of a party, and nothing says which those are.
    #[error("nothing is mapped for the departments of the party `{party}`")]
    DepartmentsMissing {
        /// The key of the party.
        party: String,
    },
    /// A level asks whether a party is a head, and nothing says which departments he heads.
    #[error(
        "nothing is mapped for the heads of departments, which the party `{party}` is asked to be or not to be"
    )]
    HeadsMissing {
        /// The key of the party.
        party: String,
    },
    /// Participants stand in a table of their own, and no column says which record is which.
    #[error("no column is mapped for the record's own key, which the participants' table refers to")]
    RecordMissing,
    /// An action opens through linked records, and nothing says which records those are.
    #[error("nothing is mapped for the link to a record of `{entity}`")]
    LinkMissing {
        /// The key of the linked records' entity.
        entity: String,
    },
    /// An action opens by social groups that host the record, and nothing says which one does.
    #[error("no column is mapped for the social group that hosts a record")]
    HostMissing,
    /// Records are linked to others whose mapping has no column for their own key.
    #[error("no column is mapped for the own key of `{entity}`, which links refer to")]
    LinkedRecordMissing {
        /// The key of the linked records' entity.
        entity: String,
    },
    /// A mapping and that of linked records write different dialects.
    #[error("the mapping of linked records of `{entity}` writes another dialect")]
    DialectsDiffer {
        /// The key of the linked records' entity.
        entity: String,
    },
    /// Records can be shared, and nothing says with whom they are, or what stands for any kind of subject.
    #[error("nothing is mapped for shares, nor is it said that there are none")]
    SharesMissing,
    /// Columns that are compared with each other hold different types of keys.
    #[error("`{one}` and `{other}` are compared, and hold different types of keys")]
    TypesDiffer {
        /// One column.
        one: String,
        /// The other.
        other: String,
    },
    /// The filter was made from another snapshot than the one given, and its departments are not there.
    #[error("the filter is from another snapshot: department `{department}` does not have its number here")]
    OtherSnapshot {
        /// The department.
        department: String,
    },
}

impl MappingProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownEntity => "unknown-entity",
            Self::Unknown { .. } => "unknown",
            Self::Twice { .. } => "twice",
            Self::UnusableName { .. } => "unusable-name",
            Self::PipelineMissing => "pipeline-missing",
            Self::StageMissing => "stage-missing",
            Self::PartyMissing { .. } => "party-missing",
            Self::PartiesMixed { .. } => "parties-mixed",
            Self::GroupPartyMissing { .. } => "group-party-missing",
            Self::DepartmentPartyMissing { .. } => "department-party-missing",
            Self::FlagMissing { .. } => "flag-missing",
            Self::DepartmentsMissing { .. } => "departments-missing",
            Self::HeadsMissing { .. } => "heads-missing",
            Self::RecordMissing => "record-missing",
            Self::LinkMissing { .. } => "link-missing",
            Self::HostMissing => "host-missing",
            Self::LinkedRecordMissing { .. } => "linked-record-missing",
            Self::DialectsDiffer { .. } => "dialects-differ",
            Self::SharesMissing => "shares-missing",
            Self::TypesDiffer { .. } => "types-differ",
            Self::OtherSnapshot { .. } => "other-snapshot",
        }
    }
}
