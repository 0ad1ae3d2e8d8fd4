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

    /// Parties of different kinds that stand in the same place, where a user and a group with the same key could not be told apart.
    pub(super) fn mixed_parties(&self) -> Vec<MappingProblem> {
        let Collectives { groups, departments } = &self.collectives;
        let kinds = [&self.parties, groups, departments];
        let all = || kinds.iter().enumerate().flat_map(|(kind, of)| of.iter().map(move |it| (kind, it)));
        let pairs = all().flat_map(|one| all().map(move |other| (one, other)));
        let mixed = pairs.filter_map(|((kind, (party, one)), (other_kind, (of, other)))| {
            let mixed = kind < other_kind && stand_together(one, other);
            mixed.then(|| MappingProblem::PartiesMixed { party: party.to_string(), other: of.to_string() })
        });
        mixed.collect()
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

/// Whether one row can say who both are.
fn stand_together(one: &PartySource, other: &PartySource) -> bool {
    match (one, other) {
        (PartySource::Column(one), PartySource::Column(other)) => one.name == other.name,
        (PartySource::Participants(one), PartySource::Participants(other)) => {
            let apart = match (&one.only, &other.only) {
                (Some((column, value)), Some((other_column, other_value))) => {
                    column.name == other_column.name && value != other_value
                }
                _ => false,
            };
            one.table == other.table && one.user.name == other.user.name && !apart
        }
        _ => false,
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
