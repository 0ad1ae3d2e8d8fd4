//! What the mapped columns hold, for whoever fills them: the test kit.

use std::collections::BTreeMap;

use crate::filter::sql::linked::Linked;
use crate::filter::sql::mapping::{Mapping, PipelineSource};
use crate::filter::sql::schema::{KeyType, PartySource};
use crate::key::Key;
use crate::policy::SubjectKind;
use crate::vocabulary::{Flag, Party, Pipeline};

impl Mapping {
    /// The pipeline that all records are in, if that is said.
    pub(crate) fn only_pipeline(&self) -> Option<&Key<Pipeline>> {
        match self.pipeline.as_ref()? {
            PipelineSource::Only(key) => Some(key),
            PipelineSource::Column(_) => None,
        }
    }

    pub(crate) fn pipeline_keys(&self) -> Option<KeyType> {
        match self.pipeline.as_ref()? {
            PipelineSource::Column(column) => Some(column.keys),
            PipelineSource::Only(_) => None,
        }
    }

    pub(crate) fn stage_keys(&self) -> Option<KeyType> {
        self.stage.as_ref().map(|column| column.keys)
    }

    /// The parties, what their columns hold, and whether several users can be one.
    pub(crate) fn party_keys(&self) -> impl Iterator<Item = (&Key<Party>, KeyType, bool)> {
        held(&self.parties)
    }

    /// The same of parties that are user groups.
    pub(crate) fn group_party_keys(&self) -> impl Iterator<Item = (&Key<Party>, KeyType, bool)> {
        held(&self.collectives.groups)
    }

    /// The same of parties that are departments.
    pub(crate) fn department_party_keys(&self) -> impl Iterator<Item = (&Key<Party>, KeyType, bool)> {
        held(&self.collectives.departments)
    }

    /// What the column of the group that hosts a record holds.
    pub(crate) fn host_keys(&self) -> Option<KeyType> {
        self.host.as_ref().map(|column| column.keys)
    }

    /// Where linked records stand.
    pub(crate) fn linked(&self) -> &[Linked] {
        &self.links
    }

    /// What the columns of kinds, subjects and actions hold in the table of shares, if there is one.
    pub(crate) fn share_keys(&self) -> Option<[KeyType; 3]> {
        let shares = self.shares()?;
        Some([&shares.kind, &shares.subject, &shares.action].map(|column| column.keys))
    }

    /// The kind of subject that a value stands for.
    pub(crate) fn subject_kind(&self, value: &Key<()>) -> Option<SubjectKind> {
        self.shares()?.kinds.iter().find(|(_, of)| of == value).map(|(kind, _)| *kind)
    }

    /// A value that stands for a kind of subject.
    pub(crate) fn kind_value(&self, kind: SubjectKind) -> Option<&Key<()>> {
        self.shares()?.kinds.iter().find(|(of, _)| *of == kind).map(|(_, value)| value)
    }

    pub(crate) fn flag_keys(&self) -> impl Iterator<Item = &Key<Flag>> {
        self.flags.keys()
    }

    /// The parties whose department is in a column of the record.
    pub(crate) fn departments_of(&self) -> impl Iterator<Item = &Key<Party>> {
        self.departments_of.keys()
    }
}

fn held(parties: &BTreeMap<Key<Party>, PartySource>) -> impl Iterator<Item = (&Key<Party>, KeyType, bool)> {
    parties.iter().filter_map(|(party, source)| match source {
        PartySource::Column(column) => Some((party, column.keys, false)),
        PartySource::Participants(at) => Some((party, at.user.keys, true)),
        PartySource::Nowhere => None,
    })
}

impl Linked {
    /// The name of the column of keys, and what it holds.
    pub(crate) fn key_column(&self) -> (&str, KeyType) {
        (&self.column.name, self.column.keys)
    }

    /// The column that must hold a value for the link to count.
    pub(crate) fn only_column(&self) -> Option<(&str, KeyType, &Key<()>)> {
        let (column, value) = self.only.as_ref()?;
        Some((&column.name, column.keys, value))
    }

    /// Whether the linked records are those of this mapping.
    pub(crate) fn leads_to(&self, mapping: &Mapping) -> bool {
        self.mapping.entity == mapping.entity && self.mapping.table == mapping.table
    }
}
