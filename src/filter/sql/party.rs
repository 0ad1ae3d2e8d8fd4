//! Where parties stand that are user groups or departments, and not users.

use std::collections::BTreeMap;

use crate::directory::UserGroup;
use crate::filter::DepartmentSpan;
use crate::filter::sql::mapping::{Mapping, MappingBuilder};
use crate::filter::sql::needs::Needs;
use crate::filter::sql::problem::MappingProblem;
use crate::filter::sql::render::Renderer;
use crate::filter::sql::schema::PartySource;
use crate::filter::sql::truth::Truth;
use crate::key::Key;
use crate::vocabulary::Party;

/// Where the groups and departments stand that are parties.
#[derive(Clone, Debug, Default)]
pub(super) struct Collectives {
    pub(super) groups: BTreeMap<Key<Party>, PartySource>,
    pub(super) departments: BTreeMap<Key<Party>, PartySource>,
}

impl MappingBuilder<'_> {
    /// Where the user groups stand that are this party of the record: a column that holds their keys, or a table of participants whose
    /// column of the user does.
    pub fn party_group(mut self, party: impl Into<Key<Party>>, source: impl Into<PartySource>) -> Self {
        let party = party.into();
        let again = self.mapping.collectives.groups.insert(party.clone(), source.into()).is_some();
        self.once("group party", &party.text(), again);
        self
    }

    /// Where the departments stand that are this party of the record: a column that holds their keys, or a table of participants whose
    /// column of the user does.
    pub fn party_department(mut self, party: impl Into<Key<Party>>, source: impl Into<PartySource>) -> Self {
        let party = party.into();
        let again = self.mapping.collectives.departments.insert(party.clone(), source.into()).is_some();
        self.once("department party", &party.text(), again);
        self
    }
}

impl Mapping {
    /// Where parties of all kinds stand.
    pub(super) fn party_sources(&self) -> impl Iterator<Item = &PartySource> {
        self.parties
            .values()
            .chain(self.collectives.groups.values())
            .chain(self.collectives.departments.values())
    }

    pub(super) fn problems_of_collectives(&self, needs: &Needs) -> Vec<MappingProblem> {
        let Collectives { groups, departments } = &self.collectives;
        let missing = |needed: &[String], known: &BTreeMap<Key<Party>, PartySource>| -> Vec<String> {
            needed.iter().filter(|party| !known.contains_key(&Key::new(party))).cloned().collect()
        };
        let groups = missing(&needs.groups, groups).into_iter();
        let groups = groups.map(|party| MappingProblem::GroupPartyMissing { party });
        let departments = missing(&needs.owning, departments).into_iter();
        groups.chain(departments.map(|party| MappingProblem::DepartmentPartyMissing { party })).collect()
    }
}

impl Renderer<'_> {
    pub(super) fn party_group(
        self,
        party: &Key<Party>,
        groups: &[Key<UserGroup>],
    ) -> Result<Truth, MappingProblem> {
        let missing = || MappingProblem::GroupPartyMissing { party: party.to_string() };
        let source = self.mapping.collectives.groups.get(party).ok_or_else(missing)?;
        self.at(source, &|operand| Ok(operand.among(self.mapping.dialect, groups)))
    }

    pub(super) fn party_department(
        self,
        party: &Key<Party>,
        spans: &[DepartmentSpan],
    ) -> Result<Truth, MappingProblem> {
        let missing = || MappingProblem::DepartmentPartyMissing { party: party.to_string() };
        let source = self.mapping.collectives.departments.get(party).ok_or_else(missing)?;
        self.at(source, &|operand| self.department_in(operand, spans))
    }
}
