//! Links: a column that says which record of another table a record is linked to.

use crate::filter::Keeps;
use crate::filter::sql::compare::Finds;
use crate::filter::sql::mapping::Mapping;
use crate::filter::sql::needs::Needs;
use crate::filter::sql::problem::MappingProblem;
use crate::filter::sql::render::{Renderer, select};
use crate::filter::sql::schema::{Column, Table};
use crate::filter::sql::truth::Truth;
use crate::key::Key;
use crate::vocabulary::Entity;

/// A column of the record's own table that holds the key of a record that it is linked to, and the mapping of that one's table.
///
/// The mapping needs its [`record`](crate::sql::MappingBuilder::record), and its table is known by its own name: filters read it in a
/// sub-select. NULL, and the key of a record that is not there, link to nothing.
///
/// ```
/// use bailiwick::sql::{Column, Linked, Mapping};
///
/// fn bound_to(deals: Mapping) -> Linked {
///     // One pair of columns that can hold the key of a deal, a lead or a contact.
///     Linked::new(Column::integer("crm_id"), deals).only(Column::text("crm_type"), "deal")
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Linked {
    pub(super) column: Column,
    pub(super) mapping: Mapping,
    pub(super) only: Option<(Column, Key<()>)>,
}

impl Linked {
    /// The column, and where the linked records stand.
    pub fn new(column: Column, mapping: Mapping) -> Self {
        Self { column, mapping, only: None }
    }

    /// Counts only in the rows with this value in this column of the record's own table, for keys of several kinds of record in one
    /// column.
    #[must_use]
    pub fn only(mut self, column: Column, value: impl Into<Key<()>>) -> Self {
        self.only = Some((column, value.into()));
        self
    }

    /// The entity of the linked records.
    pub(super) fn entity(&self) -> Option<&Key<Entity>> {
        self.mapping.entity.as_ref()
    }

    pub(super) fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// The columns of the record's own table.
    pub(super) fn columns(&self) -> impl Iterator<Item = &Column> {
        std::iter::once(&self.column).chain(self.only.as_ref().map(|(column, _)| column))
    }

    /// The column beside the one that it is compared with.
    pub(super) fn compared(&self) -> Option<(&Column, &Column)> {
        Some((&self.column, self.mapping.record.as_ref()?))
    }
}

impl Mapping {
    /// The links to records of an entity.
    pub(super) fn links_to<'a>(&'a self, entity: &'a Key<Entity>) -> impl Iterator<Item = &'a Linked> {
        self.links.iter().filter(move |link| link.entity() == Some(entity))
    }

    /// What is wrong with the links, for an entity that needs these.
    pub(super) fn problems_of_links(&self, needs: &Needs) -> Vec<MappingProblem> {
        let mapped = |entity: &&String| {
            self.links.iter().any(|link| link.entity().is_some_and(|key| key.text() == entity.as_str()))
        };
        let missing = needs.links.iter().filter(|entity| !mapped(entity));
        let mut problems: Vec<_> =
            missing.map(|entity| MappingProblem::LinkMissing { entity: entity.clone() }).collect();
        for link in &self.links {
            let entity = link.entity().map(Key::to_string).unwrap_or_default();
            if link.mapping.record.is_none() {
                problems.push(MappingProblem::LinkedRecordMissing { entity: entity.clone() });
            }
            if link.mapping.dialect != self.dialect {
                problems.push(MappingProblem::DialectsDiffer { entity });
            }
        }
        problems
    }
}

impl Renderer<'_> {
    /// Whether a record of the entity that this one is linked to is kept.
    pub(super) fn linked(self, entity: &Key<Entity>, keeps: &Keeps) -> Result<Truth, MappingProblem> {
        let any: Result<Vec<_>, _> =
            self.mapping.links_to(entity).map(|link| self.linked_by(link, keeps)).collect();
        match any? {
            none if none.is_empty() => Err(MappingProblem::LinkMissing { entity: entity.to_string() }),
            any => Ok(Truth::any(any)),
        }
    }

    fn linked_by(self, link: &Linked, keeps: &Keeps) -> Result<Truth, MappingProblem> {
        let (own, linked) = (self.mapping, &link.mapping);
        let missing = || MappingProblem::LinkedRecordMissing {
            entity: link.entity().map(Key::to_string).unwrap_or_default(),
        };
        let record = linked.record.as_ref().ok_or_else(missing)?;
        let such = Renderer::new(linked, self.snapshot).keeps(keeps)?;
        let from: &Table = &linked.table;
        let query = |key| select(key, from, such.clone());
        let column = own.table.column(&link.column);
        let kept = column.found(own.dialect, Finds::Some, from.column(record), query);
        let counts = link
            .only
            .as_ref()
            .map_or(Truth::Always, |(column, value)| own.table.column(column).among(own.dialect, [value]));
        Ok(Truth::all([counts, kept]))
    }
}
