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

/// One role's right at one place: how near it was said, and at which level. Two bits and six.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell(u8);

impl Cell {
    const LEVEL_BITS: u32 = 6;

    /// Level 0 of a cell is "nothing said"; the vocabulary's levels follow.
    fn new(nearness: Nearness, level: Ix<Level>) -> Self {
        let level = u8::try_from(level.position() + 1).unwrap_or(0);
        Self((nearness as u8) << Self::LEVEL_BITS | level)
    }

    #[inline]
    pub(crate) fn nearness(self) -> u8 {
        self.0 >> Self::LEVEL_BITS
    }

    #[inline]
    fn level(self) -> usize {
        usize::from(self.0 & ((1 << Self::LEVEL_BITS) - 1))
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

/// All rights of all roles.
#[derive(Debug)]
pub(crate) struct Rights {
    /// By place and action: where the line begins in `cells`.
    lines: Vec<u32>,
    cells: Vec<Cell>,
    /// The length of a line.
    columns: usize,
    actions: usize,
    /// What the levels in cells reach; the unused end reaches nothing.
    reach: [Relations; 1 << Cell::LEVEL_BITS],
    /// By entity and action: which columns give it at any place of the entity, as bits.
    anywhere: Vec<u64>,
    words: usize,
}

/// What [`Rights`] are made from besides the explicit cells.
#[derive(Debug)]
pub(crate) struct Shape<'a> {
    pub(crate) roles: usize,
    pub(crate) actions: usize,
    pub(crate) entities: usize,
    pub(crate) places: usize,
    pub(crate) levels: &'a IxVec<Level, Relations>,
}

impl Rights {
    /// An empty table of this shape.
    pub(crate) fn new(shape: &Shape<'_>) -> Self {
        let columns = shape.roles + 1;
        let words = columns.div_ceil(64);
        let mut reach = [Relations::empty(); 1 << Cell::LEVEL_BITS];
        for (slot, relations) in reach.iter_mut().skip(1).zip(shape.levels.values()) {
            *slot = *relations;
        }
        Self {
            lines: vec![0; shape.places * shape.actions],
            cells: vec![Cell::default(); columns],
            columns,
            actions: shape.actions,
            reach,
            anywhere: vec![0; shape.entities * shape.actions * words],
            words,
        }
    }

    /// Sets the line of a place and action from the line of what the place lies in and the rights set at the place itself.
    /// Parents must have been set before.
    pub(crate) fn set(
        &mut self,
        place: Ix<Place>,
        grain: Grain,
        parent: Option<Ix<Place>>,
        action: Ix<Action>,
        explicit: &[Explicit],
    ) {
        let inherited = parent.map_or(0, |parent| self.line_start(parent, action));
        let start = if explicit.is_empty() { inherited } else { self.copy_line(inherited) };
        for right in explicit {
            let column = usize::from(Column::of(right.role).0);
            if let Some(cell) = self.cells.get_mut(start as usize + column) {
                *cell = Cell::new(grain.into(), right.level);
            }
        }
        let slot = place.as_usize() * self.actions + action.as_usize();
        if let Some(line) = self.lines.get_mut(slot) {
            *line = start;
        }
    }

    /// Remembers that the role gives the action somewhere in the entity, unless its level gives nothing.
    pub(crate) fn note_anywhere(&mut self, entity: Ix<Entity>, right: Explicit) {
        let relations = self.reach.get(right.level.as_usize() + 1).copied().unwrap_or_default();
        let column = Column::of(right.role).0;
        let at = self.words_start(entity, right.action) + usize::from(column / 64);
        if let Some(word) = self.anywhere.get_mut(at).filter(|_| !relations.is_empty()) {
            *word |= 1 << (column % 64);
        }
    }

    fn copy_line(&mut self, start: u32) -> u32 {
        let copy = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        let start = start as usize;
        self.cells.extend_from_within(start..start + self.columns);
        copy
    }

    #[inline]
    fn line_start(&self, place: Ix<Place>, action: Ix<Action>) -> u32 {
        self.lines.get(place.as_usize() * self.actions + action.as_usize()).copied().unwrap_or(0)
    }

    fn words_start(&self, entity: Ix<Entity>, action: Ix<Action>) -> usize {
        (entity.as_usize() * self.actions + action.as_usize()) * self.words
    }

    /// What every role says of the action at the place.
    #[inline]
    pub(crate) fn line(&self, place: Ix<Place>, action: Ix<Action>) -> Line<'_> {
        let start = self.line_start(place, action) as usize;
        let cells = self.cells.get(start..start + self.columns).unwrap_or_default();
        Line { cells, reach: &self.reach }
    }

    /// Whether the role gives the action at any place of the entity.
    pub(crate) fn anywhere(&self, entity: Ix<Entity>, action: Ix<Action>, role: Column) -> bool {
        let at = self.words_start(entity, action) + usize::from(role.0 / 64);
        self.anywhere.get(at).is_some_and(|word| word >> (role.0 % 64) & 1 == 1)
    }
}

/// What every role says of one action at one place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    cells: &'a [Cell],
    reach: &'a [Relations; 1 << Cell::LEVEL_BITS],
}

impl Line<'_> {
    /// How near this role spoke, and what it gives.
    #[inline]
    pub(crate) fn of(self, role: Column) -> (u8, Relations) {
        let cell = self.cells.get(usize::from(role.0)).copied().unwrap_or_default();
        (cell.nearness(), self.reach.get(cell.level()).copied().unwrap_or_default())
    }

    /// How near this role spoke and at which level, if it said anything.
    pub(crate) fn level_of(self, role: Column) -> Option<(u8, Ix<Level>)> {
        let cell = self.cells.get(usize::from(role.0)).copied().unwrap_or_default();
        let level = u32::try_from(cell.level().checked_sub(1)?).ok()?;
        Some((cell.nearness(), Ix::new(level)))
    }
}
