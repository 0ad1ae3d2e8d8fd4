//! The baseline: what a competent team writes in an afternoon, with the same rule and the same answers.
//!
//! Hash maps of the standard library by integer key, as the tables of the database are: the roles and the department of a
//! user, the level of a role at a place, the parent of a department. A question merges the viewer's roles and, if the level
//! needs it, walks up from the owner's department. It knows this workload and no more: no dates, no groups, no pipelines'
//! own rights, one department a user, levels that form a ladder.

use std::collections::HashMap;

use crate::support::organisation::{Organisation, READ, REQUIRING, STAGES_EACH};
use crate::support::questions::Question;

/// The maps.
pub(crate) struct Baseline {
    roles: HashMap<i64, Vec<u32>>,
    departments: HashMap<i64, u32>,
    parents: HashMap<u32, u32>,
    /// By role, entity, action and stage.
    levels: HashMap<(u32, u32, u32, Option<u32>), u8>,
}

/// A question in the baseline's terms: integers as they stand in the row.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    user: i64,
    action: u32,
    entity: u32,
    stage: u32,
    owner: i64,
    open: bool,
}

impl Asked {
    pub(crate) fn new(organisation: &Organisation, question: &Question) -> Self {
        Self {
            user: organisation.people[question.user].key,
            action: question.action as u32,
            entity: (question.stage / STAGES_EACH) as u32,
            stage: question.stage as u32,
            owner: organisation.people[question.owner].key,
            open: question.open,
        }
    }

    pub(crate) fn with_action(self, action: usize) -> Self {
        Self { action: action as u32, ..self }
    }
}

impl Baseline {
    pub(crate) fn new(organisation: &Organisation) -> Self {
        let people = organisation.people.iter();
        let numbers = |roles: &[usize]| roles.iter().map(|role| *role as u32).collect();
        let parent =
            |department| Organisation::parent(department).map(|above| (department as u32, above as u32));
        let cells = organisation.cells.iter().map(|cell| {
            let stage = cell.stage.map(|stage| stage as u32);
            ((cell.role as u32, cell.entity as u32, cell.action as u32, stage), cell.level as u8)
        });
        Self {
            roles: people.clone().map(|person| (person.key, numbers(&person.roles))).collect(),
            departments: people.map(|person| (person.key, person.department as u32)).collect(),
            parents: (0..organisation.size.departments).filter_map(parent).collect(),
            levels: cells.collect(),
        }
    }

    pub(crate) fn check(&self, asked: &Asked) -> bool {
        let requires = REQUIRING.contains(&(asked.action as usize));
        self.reaches(asked, asked.action) && (!requires || self.reaches(asked, READ as u32))
    }

    fn reaches(&self, asked: &Asked, action: u32) -> bool {
        match self.level(asked, action) {
            0 => false,
            1 => asked.owner == asked.user,
            2 => asked.owner == asked.user || self.shares_department(asked),
            3 => asked.owner == asked.user || self.is_above(asked),
            4 => asked.open || asked.owner == asked.user || self.is_above(asked),
            _ => true,
        }
    }

    /// The greatest level that the roles set at the stage, or else at the entity.
    fn level(&self, asked: &Asked, action: u32) -> u8 {
        let Some(roles) = self.roles.get(&asked.user) else { return 0 };
        let greatest = |stage| {
            roles.iter().filter_map(|role| self.levels.get(&(*role, asked.entity, action, stage))).max()
        };
        greatest(Some(asked.stage)).or_else(|| greatest(None)).copied().unwrap_or(0)
    }

    fn shares_department(&self, asked: &Asked) -> bool {
        self.departments.get(&asked.user) == self.departments.get(&asked.owner)
    }

    /// Whether the owner sits in the viewer's department or anywhere below.
    fn is_above(&self, asked: &Asked) -> bool {
        let Some(viewers) = self.departments.get(&asked.user) else { return false };
        let mut at = self.departments.get(&asked.owner);
        while let Some(department) = at {
            if department == viewers {
                return true;
            }
            at = self.parents.get(department);
        }
        false
    }
}
