//! The roles that users hold: four in a user's own row; more, and those held on terms, in a side table.
//!
//! Apart from the users because it is a layout of its own: most rows are complete, so the ordinary user costs no second
//! look.

use std::collections::HashMap;
use std::ops::Range;

use crate::moment::Moment;
use crate::snapshot::rights::Column;
use crate::snapshot::superseding::Superseding;
use crate::snapshot::terms::{Circumstances, Occasion, Terms};

/// The roles of one user, in eight bytes: up to four that he always holds, or the number of an [`Overflow`]. Unused slots hold
/// the column that gives nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct RoleSet(u64);

/// The roles of a user who has more than four, or some on terms.
#[derive(Clone, Debug)]
struct Overflow {
    first: [Column; 4],
    more: Range<u32>,
    on_terms: Range<u32>,
}

/// A role that a user holds for a while, or in some circumstances.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OnTerms {
    pub(crate) role: Column,
    pub(crate) terms: Terms,
}

/// What does not fit the rows of the users.
#[derive(Debug, Default)]
pub(crate) struct RoleSets {
    overflows: Vec<Overflow>,
    columns: Vec<Column>,
    on_terms: Vec<OnTerms>,
    superseding: Superseding,
}

/// The roles of one user on one occasion. More than a few are known only to the [`RoleSets`] that they come from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeldRoles {
    set: RoleSet,
    pub(crate) occasion: Occasion,
}

impl RoleSet {
    /// This role and no other.
    pub(crate) fn of_one(role: Column) -> Self {
        Self::of([role, Column::NONE, Column::NONE, Column::NONE])
    }

    fn of([first, second, third, fourth]: [Column; 4]) -> Self {
        let place = |column: Column, at: u32| u64::from(column.0) << (u16::BITS * at);
        Self(place(first, 0) | place(second, 1) | place(third, 2) | place(fourth, 3))
    }

    /// Whether the roles are not here, because they are more than a few or some are on terms.
    #[inline(always)]
    pub(crate) fn is_elsewhere(self) -> bool {
        let [mark, ..] = self.columns();
        mark == Column::ELSEWHERE
    }

    /// The roles, unless they are kept elsewhere: then a mark and the place.
    #[inline(always)]
    pub(crate) fn columns(self) -> [Column; 4] {
        [0, 1, 2, 3].map(|at| Column((self.0 >> (u16::BITS * at)) as u16))
    }

    fn overflow(number: usize) -> Self {
        let [low_0, low_1, high_0, high_1] = u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
        let [low, high] = [[low_0, low_1], [high_0, high_1]].map(u16::from_le_bytes);
        Self::of([Column::ELSEWHERE, Column(low), Column(high), Column::NONE])
    }
}

impl RoleSets {
    /// The roles of this set that are held on whatever terms.
    pub(crate) fn ever(&self, set: RoleSet) -> Vec<Column> {
        let nowhere = Occasion { at: Moment::MIN, circumstances: Circumstances::default() };
        let held = HeldRoles::new(set, nowhere);
        let on_terms = self.on_terms(held).iter().map(|it| it.role);
        self.given(held).chain(on_terms).filter(|role| *role != Column::NONE).collect()
    }

    /// All the roles that are held: of those that were given, without those that others of them drop.
    pub(crate) fn all(&self, held: HeldRoles) -> impl Iterator<Item = Column> {
        let drops = !self.superseding.is_empty() && held.few().is_none();
        self.given(held).filter(move |role| !(drops && self.is_dropped(*role, held)))
    }

    /// Among few roles that are always held nothing is left to drop.
    fn is_dropped(&self, role: Column, held: HeldRoles) -> bool {
        self.superseding.by(role).any(|by| self.given(held).any(|given| given == by))
    }

    /// All the roles that were given on terms that hold.
    fn given(&self, held: HeldRoles) -> impl Iterator<Item = Column> {
        let rest = self.overflow(held);
        let few = held.few().map(RoleSet::columns);
        let first = few.or(rest.map(|rest| rest.first)).unwrap_or_default();
        let more = rest.and_then(|rest| self.columns.get(as_usize(&rest.more))).unwrap_or_default();
        let live = self.on_terms(held).iter().filter(move |it| it.terms.allow(held.occasion));
        first.into_iter().chain(more.iter().copied()).chain(live.map(|it| it.role))
    }

    /// The roles of this set that are not always held, sorted, and on which terms they are.
    pub(crate) fn on_terms(&self, held: HeldRoles) -> &[OnTerms] {
        let range = self.overflow(held).map(|rest| as_usize(&rest.on_terms));
        range.and_then(|range| self.on_terms.get(range)).unwrap_or_default()
    }

    fn overflow(&self, held: HeldRoles) -> Option<&Overflow> {
        let [mark, low, high, _] = held.set.columns();
        let number = usize::from(low.0) | usize::from(high.0) << 16;
        self.overflows.get(number).filter(|_| mark == Column::ELSEWHERE)
    }
}

impl HeldRoles {
    /// This role and no other.
    pub(crate) fn only(role: Column, occasion: Occasion) -> Self {
        Self { set: RoleSet::of([role, Column::NONE, Column::NONE, Column::NONE]), occasion }
    }

    #[inline]
    pub(crate) fn new(set: RoleSet, occasion: Occasion) -> Self {
        Self { set, occasion }
    }

    /// No roles.
    #[inline]
    pub(crate) fn none(occasion: Occasion) -> Self {
        Self { set: RoleSet::default(), occasion }
    }

    /// The roles of whoever is not special: they are few. Of others a mark that stands for no role.
    #[inline(always)]
    pub(crate) fn set(self) -> RoleSet {
        self.set
    }

    /// What is held of the same at another moment.
    pub(crate) fn at(self, at: Moment) -> Self {
        Self { occasion: Occasion { at, ..self.occasion }, ..self }
    }

    /// The same in these circumstances.
    pub(crate) fn in_circumstances(self, circumstances: Circumstances) -> Self {
        Self { occasion: Occasion { circumstances, ..self.occasion }, ..self }
    }

    /// All of them, if they are as few as most users have and none of them is on terms.
    #[inline(always)]
    pub(crate) fn few(self) -> Option<RoleSet> {
        (!self.set.is_elsewhere()).then_some(self.set)
    }
}

/// Fills [`RoleSets`]. Users who hold the same roles share what does not fit their rows.
#[derive(Debug, Default)]
pub(crate) struct RoleSetsBuilder {
    sets: RoleSets,
    known: HashMap<Box<[Column]>, RoleSet>,
}

impl RoleSetsBuilder {
    pub(crate) fn new(superseding: Superseding) -> Self {
        Self { sets: RoleSets { superseding, ..RoleSets::default() }, ..Self::default() }
    }

    /// What is always dropped is left out.
    pub(crate) fn add(&mut self, always: &[Column], on_terms: &[(Column, Terms)]) -> RoleSet {
        let superseding = &self.sets.superseding;
        if superseding.is_empty() {
            return self.add_settled(always, on_terms);
        }
        let stay: Vec<Column> = superseding.left_of(always).collect();
        self.add_settled(&stay, on_terms)
    }

    fn add_settled(&mut self, always: &[Column], on_terms: &[(Column, Terms)]) -> RoleSet {
        let mut first = [Column::NONE; 4];
        first.iter_mut().zip(always).for_each(|(slot, role)| *slot = *role);
        let more = always.get(first.len()..).unwrap_or_default();
        if more.is_empty() && on_terms.is_empty() {
            return RoleSet::of(first);
        }
        if let Some(known) = self.known.get(always).filter(|_| on_terms.is_empty()) {
            return *known;
        }
        let here = on_terms.iter().map(|(role, terms)| OnTerms { role: *role, terms: *terms });
        let set = RoleSet::overflow(self.sets.overflows.len());
        self.sets.overflows.push(Overflow {
            first,
            more: append(&mut self.sets.columns, more.iter().copied()),
            on_terms: append(&mut self.sets.on_terms, here),
        });
        if on_terms.is_empty() {
            self.known.insert(always.into(), set);
        }
        set
    }

    pub(crate) fn finish(mut self) -> RoleSets {
        self.sets.overflows.shrink_to_fit();
        self.sets.columns.shrink_to_fit();
        self.sets.on_terms.shrink_to_fit();
        self.sets
    }
}

fn append<T>(pool: &mut Vec<T>, values: impl Iterator<Item = T>) -> Range<u32> {
    let count = |pool: &Vec<T>| u32::try_from(pool.len()).unwrap_or(u32::MAX);
    let start = count(pool);
    pool.extend(values);
    start..count(pool)
}

fn as_usize(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}
