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
use crate::snapshot::said::Said;
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
    said: Box<Sayings>,
}

/// What each cell says, the three words apart: so a cell is a position in each as it stands.
#[derive(Debug)]
struct Sayings {
    entity: Words,
    pipeline: Words,
    stage: Words,
}

type Words = [u64; 1 << u8::BITS];

impl Sayings {
    fn new(levels: &IxVec<Level, Relations>) -> Box<Self> {
        let nothing: Words = [0; 1 << u8::BITS];
        let mut sayings = Box::new(Self { entity: nothing, pipeline: nothing, stage: nothing });
        let Self { entity, pipeline, stage } = &mut *sayings;
        let words = entity.iter_mut().zip(pipeline).zip(stage);
        for (((entity, pipeline), stage), cell) in words.zip(Cell::all()) {
            let said = cell.says(levels);
            (*entity, *pipeline, *stage) = (said.entity, said.pipeline, said.stage);
        }
        sayings
    }

    #[inline]
    fn of(&self, Cell(cell): Cell) -> Said {
        let word = |words: &Words| words.get(usize::from(cell)).copied().unwrap_or_default();
        Said { entity: word(&self.entity), pipeline: word(&self.pipeline), stage: word(&self.stage) }
    }
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
        let said = Sayings::new(&shape.levels);
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
        self.slot(place, action).and_then(|slot| self.asked(place, action, slot))
    }

    /// The same of every action that is offered at the place.
    #[inline]
    pub(crate) fn ask_all(&self, place: Ix<Place>) -> impl Iterator<Item = (Ix<Action>, Asked<'_>)> {
        let first = place.as_usize() * self.actions;
        let slots = self.slots.get(first..first + self.actions).unwrap_or_default();
        let numbered = (0..).map(Ix::new).zip(slots);
        numbered.filter_map(move |(action, slot)| Some((action, self.asked(place, action, slot)?)))
    }

    #[inline]
    fn asked<'a>(&'a self, place: Ix<Place>, action: Ix<Action>, slot: &'a Slot) -> Option<Asked<'a>> {
        let start = slot.line as usize;
        let cells = self.cells.get(start..start + self.columns as usize)?;
        let line = Line { cells, said: &self.said };
        slot.rule.offered.then_some(Asked { place, action, rule: &slot.rule, line })
    }
}

/// An action at a place: what the vocabulary says of it, and what every role says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) place: Ix<Place>,
    pub(crate) action: Ix<Action>,
    pub(crate) rule: &'a Rule,
    pub(crate) line: Line<'a>,
}

/// What every role says of one action at one place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    cells: &'a [Cell],
    said: &'a Sayings,
}

impl Line<'_> {
    /// What this role says.
    #[inline]
    pub(crate) fn of(self, role: Column) -> Said {
        self.said.of(self.cell(role))
    }

    /// What these roles say, all of them.
    #[inline(always)]
    pub(crate) fn of_each(self, roles: [Column; 4]) -> Said {
        let [first, second, third, fourth] = roles.map(|role| self.cells.get(usize::from(role.0)));
        // No line is too short for a role: one look at all four is enough.
        let (Some(first), Some(second), Some(third), Some(fourth)) = (first, second, third, fourth) else {
            return Said::default();
        };
        let said = |cell: &Cell| self.said.of(*cell);
        said(first).and(said(second)).and(said(third)).and(said(fourth))
    }

    /// How near this role spoke; 0 if it said nothing.
    pub(crate) fn nearness(self, role: Column) -> u8 {
        self.cell(role).nearness()
    }

    /// At which level this role spoke, if it said anything.
    pub(crate) fn level(self, role: Column) -> Option<Ix<Level>> {
        self.cell(role).level()
    }

    #[inline]
    fn cell(self, role: Column) -> Cell {
        self.cells.get(usize::from(role.0)).copied().unwrap_or_default()
    }
}
