//! Which roles drop which others.
//!
//! One step and no more: a role that drops others is not dropped itself. So what is dropped does not depend on the order in which
//! one looks.

use std::collections::BTreeMap;

use crate::index::Names;
use crate::key::Key;
use crate::policy::{Policy, Role};
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};
use crate::snapshot::rights::Column;

/// Pairs of a role and one that drops it; sorted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Superseding(Vec<(Column, Column)>);

impl Superseding {
    pub(crate) fn compile(policy: &Policy, names: &Names<Role>, findings: &mut Findings) -> Self {
        let mut pairs = Vec::new();
        let by: BTreeMap<&Key<Role>, &Key<Role>> = policy.roles.iter().flat_map(drops).collect();
        for (at, role) in policy.roles.iter().enumerate() {
            if let Some(by) = by.get(&role.key).filter(|_| !role.supersedes.is_empty()) {
                let kind = ProblemKind::SupersededRole { role: role.key.to_string(), by: by.to_string() };
                findings.add(Part::Policy, format!("/roles/{at}/supersedes"), kind);
            }
            for (to, key) in role.supersedes.iter().enumerate() {
                let pointer = format!("/roles/{at}/supersedes/{to}");
                let first = role.supersedes.iter().position(|other| other == key).filter(|first| *first < to);
                match (first, names.find(key.borrow()), names.find(role.key.borrow())) {
                    (Some(first), _, _) => {
                        let first = format!("/roles/{at}/supersedes/{first}");
                        let kind = ProblemKind::Duplicate { noun: Noun::Role, key: key.to_string(), first };
                        findings.add(Part::Policy, pointer, kind);
                    }
                    (None, None, _) => {
                        let kind = ProblemKind::Unknown { noun: Noun::Role, key: key.to_string() };
                        findings.add(Part::Policy, pointer, kind);
                    }
                    (None, Some(dropped), Some(role)) => pairs.push((Column::of(dropped), Column::of(role))),
                    (None, Some(_), None) => {}
                }
            }
        }
        pairs.sort_unstable();
        Self(pairs)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The roles that drop a role.
    pub(crate) fn by(&self, role: Column) -> impl Iterator<Item = Column> {
        let start = self.0.partition_point(|(dropped, _)| *dropped < role);
        let pairs = self.0.get(start..).unwrap_or_default().iter();
        pairs.take_while(move |(dropped, _)| *dropped == role).map(|(_, by)| *by)
    }

    /// Of roles that are given together, those that are held.
    pub(crate) fn left_of<'a>(&'a self, given: &'a [Column]) -> impl Iterator<Item = Column> + 'a {
        given.iter().copied().filter(|role| !self.by(*role).any(|by| given.contains(&by)))
    }
}

fn drops(role: &Role) -> impl Iterator<Item = (&Key<Role>, &Key<Role>)> {
    role.supersedes.iter().map(|dropped| (dropped, &role.key))
}
