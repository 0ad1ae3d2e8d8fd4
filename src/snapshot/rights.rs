//! What each role says at each place: the cells, with inheritance followed once and for all.
//!
//! For a place and an action there is a *line*: one byte per role, saying at which level that role has the action there
//! and how near it said so. A line costs as many bytes as there are roles, and places that set nothing share their
//! parent's. Two layouts were measured against each other, merged tables per set of roles and bit planes; this is a third
//! that keeps the planes' size, needs nothing per user or set of users, and has no limit of 64 roles.
//!
//! Deliberately absent: how the bytes of several roles combine. That is a meaning, and `resolve` has it.

use crate::index::{Ix, IxVec};
use crate::policy::Role;
use crate::snapshot::offers::Rule;
use crate::vocabulary::{Action, Entity, Grain, Level, Place, Relations};

/// Where a role stands in every line. Column 0 belongs to no role and gives nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Column(pub(crate) u16);

impl Column {
    pub(crate) const NONE: Self = Self(0);
    /// Marks a set of roles that is kept elsewhere.
    pub(crate) const ELSEWHERE: Self = Self(u16::MAX);
    /// The most roles that a policy can have.
    pub(crate) const LIMIT: usize = u16::MAX as usize - 1;

    pub(crate) fn of(role: Ix<Role>) -> Self {
        Self(u16::try_from(role.position()).map_or(u16::MAX, |position| position.saturating_add(1)))
    }

    pub(crate) fn role(self) -> Option<Ix<Role>> {
        self.0.checked_sub(1).map(|position| Ix::new(u32::from(position)))
    }
}

/// One role's right at one place: how near it was said (two bits), whether the role gives the action anywhere in the entity
/// (one), and at which level (five).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell(u8);

impl Cell {
    const LEVEL_BITS: u32 = 5;
    const ANYWHERE: u8 = 1 << Self::LEVEL_BITS;
    const FIRST_NEARNESS: u32 = Self::LEVEL_BITS + 1;

    /// The cell, now with this level. Level 0 of a cell is "nothing said"; the vocabulary's levels follow.
    fn saying(self, nearness: Nearness, level: Ix<Level>) -> Self {
        let level = u8::try_from(level.position() + 1).unwrap_or(0);
        Self(self.0 & Self::ANYWHERE | (nearness as u8) << Self::FIRST_NEARNESS | level)
    }

    fn giving_somewhere(self) -> Self {
        Self(self.0 | Self::ANYWHERE)
    }

    fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).map(Self)
    }

    fn nearness(self) -> u8 {
        self.0 >> Self::FIRST_NEARNESS
    }

    fn level(self) -> Option<Ix<Level>> {
        u32::from(self.0 & (Self::ANYWHERE - 1)).checked_sub(1).map(Ix::new)
    }

    /// What the cell says, if these are the levels.
    fn says(self, levels: &IxVec<Level, Relations>) -> Said {
        let relations = self.level().and_then(|level| levels.get(level));
        let said = relations.map_or(Said::default(), |relations| {
            Said::at(self.nearness(), relations.bits() | Said::SOMETHING)
        });
        said.and(Said::somewhere(self.0 & Self::ANYWHERE != 0))
    }
}

/// How near to a place something was said; nothing said is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Nearness {
    Entity = 1,
    Pipeline = 2,
    Stage = 3,
}

impl From<Grain> for Nearness {
    fn from(grain: Grain) -> Self {
        match grain {
            Grain::Entity => Self::Entity,
            Grain::Pipeline => Self::Pipeline,
            Grain::Stage => Self::Stage,
        }
    }
}

/// One explicit right, numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Explicit {
    pub(crate) place: Ix<Place>,
    pub(crate) action: Ix<Action>,
    pub(crate) role: Ix<Role>,
    pub(crate) level: Ix<Level>,
}

/// A role that gives an action somewhere in an entity, at any level but none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Giver {
    pub(crate) entity: Ix<Entity>,
    pub(crate) action: Ix<Action>,
    pub(crate) role: Ix<Role>,
}

/// All rights of all roles.
#[derive(Debug)]
pub(crate) struct Rights {
    /// By place and action.
    slots: Vec<Slot>,
    cells: Vec<Cell>,
    /// The length of a line.
    columns: u32,
    actions: usize,
    /// What each cell says.
    said: Box<[Said; 1 << u8::BITS]>,
}

/// One action at one place: what the vocabulary says of it, and where its line begins in the cells. Together, so that a
/// question finds both with one look.
#[derive(Clone, Copy, Debug)]
struct Slot {
    rule: Rule,
    line: u32,
}

/// What [`Rights`] are made from besides the explicit cells.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) roles: usize,
    pub(crate) actions: usize,
    /// By place and action.
    pub(crate) rules: Vec<Rule>,
    pub(crate) levels: IxVec<Level, Relations>,
}

impl Rights {
    /// An empty table of this shape.
    pub(crate) fn new(shape: Shape) -> Self {
        let columns = Column::LIMIT.min(shape.roles) + 1;
        let mut said = Box::new([Said::default(); 1 << u8::BITS]);
        said.iter_mut().zip(Cell::all()).for_each(|(said, cell)| *said = cell.says(&shape.levels));
        Self {
            slots: shape.rules.into_iter().map(|rule| Slot { rule, line: 0 }).collect(),
            cells: vec![Cell::default(); columns],
            columns: u32::try_from(columns).unwrap_or(0),
            actions: shape.actions,
            said,
        }
    }

    /// Starts the line of an entity: who gives the action anywhere in it. Comes before all rights of the entity.
    pub(crate) fn start(&mut self, entity: Ix<Place>, action: Ix<Action>, givers: &[Giver]) {
        if givers.is_empty() {
            return;
        }
        let start = self.copy_line(0);
        for giver in givers {
            if let Some(cell) = self.cell_mut(start, giver.role) {
                *cell = cell.giving_somewhere();
            }
        }
        self.set_line(entity, action, start);
    }

    /// Sets the line of a place and action from what holds there without them and the rights set at the place itself.
    /// Parents must have been set before.
    pub(crate) fn set(
        &mut self,
        place: Ix<Place>,
        grain: Grain,
        parent: Option<Ix<Place>>,
        action: Ix<Action>,
        explicit: &[Explicit],
    ) {
        let before = self.line_start(parent.unwrap_or(place), action);
        let start = if explicit.is_empty() { before } else { self.copy_line(before) };
        for right in explicit {
            if let Some(cell) = self.cell_mut(start, right.role) {
                *cell = cell.saying(grain.into(), right.level);
            }
        }
        self.set_line(place, action, start);
    }

    fn cell_mut(&mut self, start: u32, role: Ix<Role>) -> Option<&mut Cell> {
        self.cells.get_mut(start as usize + usize::from(Column::of(role).0))
    }

    fn set_line(&mut self, place: Ix<Place>, action: Ix<Action>, start: u32) {
        if let Some(slot) = self.slots.get_mut(place.as_usize() * self.actions + action.as_usize()) {
            slot.line = start;
        }
    }

    fn copy_line(&mut self, start: u32) -> u32 {
        let copy = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        let start = start as usize;
        self.cells.extend_from_within(start..start + self.columns as usize);
        copy
    }

    #[inline]
    fn slot(&self, place: Ix<Place>, action: Ix<Action>) -> Option<&Slot> {
        self.slots.get(place.as_usize() * self.actions + action.as_usize())
    }

    fn line_start(&self, place: Ix<Place>, action: Ix<Action>) -> u32 {
        self.slot(place, action).map_or(0, |slot| slot.line)
    }

    /// Everything about an action at a place that does not depend on who asks; nothing where the action is not offered.
    #[inline]
    pub(crate) fn ask(&self, place: Ix<Place>, action: Ix<Action>) -> Option<Asked<'_>> {
        let slot = self.slot(place, action).filter(|slot| slot.rule.offered)?;
        let start = slot.line as usize;
        let cells = self.cells.get(start..start + self.columns as usize).unwrap_or_default();
        Some(Asked { place, action, rule: slot.rule, line: Line { cells, said: &self.said } })
    }
}

/// An action at a place: what the vocabulary says of it, and what every role says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) place: Ix<Place>,
    pub(crate) action: Ix<Action>,
    pub(crate) rule: Rule,
    pub(crate) line: Line<'a>,
}

/// What every role says of one action at one place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    cells: &'a [Cell],
    said: &'a [Said; 1 << u8::BITS],
}

impl Line<'_> {
    /// What this role says.
    #[inline]
    pub(crate) fn of(self, role: Column) -> Said {
        let Cell(cell) = self.cells.get(usize::from(role.0)).copied().unwrap_or_default();
        self.said.get(usize::from(cell)).copied().unwrap_or_default()
    }

    /// How near this role spoke; 0 if it said nothing.
    pub(crate) fn nearness(self, role: Column) -> u8 {
        self.cell(role).nearness()
    }

    /// At which level this role spoke, if it said anything.
    pub(crate) fn level(self, role: Column) -> Option<Ix<Level>> {
        self.cell(role).level()
    }

    fn cell(self, role: Column) -> Cell {
        self.cells.get(usize::from(role.0)).copied().unwrap_or_default()
    }
}

/// What one or several roles say of an action at a place: the relations, apart by how near they are said. Three lanes in one
/// word, so that two sayings unite in one step, and above them a bit: whether the action is given anywhere in the entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said(u128);

impl Said {
    /// How wide a lane is.
    const LANE: u32 = 42;
    const IN_LANE: u64 = (1 << Self::LANE) - 1;
    /// Marks what is said, so that an explicit "none" is heard. No relation has this bit.
    const SOMETHING: u64 = 1 << (Self::LANE - 1);
    const SOMEWHERE: u128 = 1 << 127;

    /// These bits, said this near; the nearest is 3.
    fn at(nearness: u8, bits: u64) -> Self {
        Self(u128::from(bits) << (Self::LANE * u32::from(nearness.saturating_sub(1))))
    }

    fn somewhere(given: bool) -> Self {
        Self(if given { Self::SOMEWHERE } else { 0 })
    }

    /// Both.
    #[inline]
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is said of the entity, the pipeline and the stage.
    #[inline]
    fn lanes(self) -> [u64; 3] {
        [0, 1, 2].map(|lane| (self.0 >> (Self::LANE * lane)) as u64 & Self::IN_LANE)
    }

    /// What is said nearest.
    #[inline]
    pub(crate) fn nearest(self) -> Relations {
        let [entity, pipeline, stage] = self.lanes();
        let coarser = if pipeline == 0 { entity } else { pipeline };
        Self::relations(if stage == 0 { coarser } else { stage })
    }

    /// Everything that is said, near or not.
    #[inline]
    pub(crate) fn all(self) -> Relations {
        let [entity, pipeline, stage] = self.lanes();
        Self::relations(entity | pipeline | stage)
    }

    /// Whether the action is given anywhere in the entity, at any level but none.
    #[inline]
    pub(crate) fn given_somewhere(self) -> bool {
        self.0 & Self::SOMEWHERE != 0
    }

    #[inline]
    fn relations(bits: u64) -> Relations {
        Relations::from_bits_retain(bits & !Self::SOMETHING)
    }
}

#[cfg(test)]
mod tests {
    use super::{Relations, Said};

    #[test]
    fn relations_fit_below_what_marks_a_cell() {
        assert!(Relations::all().bits() < Said::SOMETHING);
    }
}
