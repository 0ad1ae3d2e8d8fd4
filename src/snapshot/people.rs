//! Everybody, in sixteen bytes each.
//!
//! What a check needs of a user fits one row: where he sits and which roles he always holds. Users who sit in several
//! departments or head one, who hold more than four roles, or whose roles have dates, point into side tables.
//!
//! Invariant: a row that does not say "several" is complete, so the ordinary user costs one load.

use std::collections::HashMap;
use std::ops::Range;

use smallvec::SmallVec;

use crate::directory::User;
use crate::index::{Ix, IxVec, Names};
use crate::key::{Handle, Key, KeyRef, Tag};
use crate::moment::{Moment, Window};
use crate::snapshot::departments::Walk;
use crate::snapshot::rights::Column;

/// The users of a snapshot.
#[derive(Debug, Default)]
pub(crate) struct People {
    names: Names<User>,
    rows: IxVec<User, Row>,
    sites: Vec<Sites>,
    departments: Vec<Ix<Walk>>,
    role_sets: Vec<Range<u32>>,
    roles: Vec<Column>,
    /// Sorted by user.
    dated: Vec<Dated>,
    anonymous: RoleSet,
    anonymous_dated: Vec<Dated>,
}

/// One user.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    tag: Tag,
    standing: Standing,
    roles: RoleSet,
}

/// Where a user sits, and what he is, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing(u32);

impl Standing {
    const SEVERAL: u32 = 1 << 31;
    const ADMINISTRATOR: u32 = 1 << 30;
    const DISMISSED: u32 = 1 << 29;
    const DATED: u32 = 1 << 28;
    const SITE: u32 = Self::DATED - 1;

    /// Sits nowhere, and is nothing in particular.
    pub(crate) const NOWHERE: Self = Self(Self::SITE);

    #[inline]
    pub(crate) fn is_administrator(self) -> bool {
        self.0 & Self::ADMINISTRATOR != 0
    }

    #[inline]
    pub(crate) fn is_dismissed(self) -> bool {
        self.0 & Self::DISMISSED != 0
    }

    #[inline]
    pub(crate) fn is_dated(self) -> bool {
        self.0 & Self::DATED != 0
    }

    /// The only department, if the user sits in at most one and heads none. A user without departments has one that no
    /// other department equals, contains or is contained in.
    #[inline]
    pub(crate) fn only_department(self) -> Option<Ix<Walk>> {
        (self.0 & Self::SEVERAL == 0).then_some(Ix::new(self.0 & Self::SITE))
    }

    #[inline]
    pub(crate) fn is_nowhere(self) -> bool {
        self.0 & (Self::SEVERAL | Self::SITE) == Self::SITE
    }
}

/// The departments of a user who has several or heads one. Both lists are sorted.
#[derive(Clone, Debug, Default)]
struct Sites {
    member: Range<u32>,
    headed: Range<u32>,
}

/// The roles that a user always holds: up to four here, more elsewhere. Unused slots hold the column that gives nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct RoleSet([Column; 4]);

/// A role that a user holds for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dated {
    pub(crate) user: Ix<User>,
    pub(crate) role: Column,
    pub(crate) window: Window,
}

/// One user as the compiler hands him over.
#[derive(Debug, Default)]
pub(crate) struct Person<'a> {
    pub(crate) administrator: bool,
    pub(crate) dismissed: bool,
    pub(crate) member: &'a [Ix<Walk>],
    pub(crate) headed: &'a [Ix<Walk>],
    pub(crate) roles: &'a [Column],
    pub(crate) dated: &'a [(Column, Window)],
}

impl People {
    #[inline]
    pub(crate) fn accept(&self, handle: Handle<User>) -> Option<&Row> {
        self.rows.get(Ix::new(handle.position)).filter(|row| row.tag == handle.tag)
    }

    #[inline]
    pub(crate) fn find(&self, key: KeyRef<'_>) -> Option<Handle<User>> {
        self.names.handle(key)
    }

    pub(crate) fn key(&self, handle: Handle<User>) -> Option<&Key<User>> {
        self.names.key(self.names.accept(handle)?)
    }

    pub(crate) fn handles(&self) -> impl ExactSizeIterator<Item = Handle<User>> {
        self.rows.iter().map(|(ix, row)| Handle::new(ix.position(), row.tag))
    }

    /// The active departments that the user sits in or heads, sorted.
    pub(crate) fn departments(&self, standing: Standing) -> SmallVec<[Ix<Walk>; 4]> {
        match standing.only_department() {
            Some(_) if standing.is_nowhere() => SmallVec::new(),
            Some(only) => SmallVec::from_slice(&[only]),
            None => {
                let member =
                    self.sites(standing).and_then(|sites| self.departments.get(as_usize(&sites.member)));
                SmallVec::from_slice(member.unwrap_or_default())
            }
        }
    }

    /// The active departments that the user heads, sorted.
    pub(crate) fn headed(&self, standing: Standing) -> &[Ix<Walk>] {
        self.sites(standing)
            .and_then(|sites| self.departments.get(as_usize(&sites.headed)))
            .unwrap_or_default()
    }

    fn sites(&self, standing: Standing) -> Option<&Sites> {
        let several = standing.0 & Standing::SEVERAL != 0;
        if several { self.sites.get((standing.0 & Standing::SITE) as usize) } else { None }
    }

    /// The roles that are always held.
    #[inline]
    pub(crate) fn roles<'a>(&'a self, set: &'a RoleSet) -> &'a [Column] {
        let [first, low, high, _] = set.0;
        if first != Column::ELSEWHERE {
            return &set.0;
        }
        let number = usize::from(low.0) | usize::from(high.0) << 16;
        self.role_sets.get(number).and_then(|range| self.roles.get(as_usize(range))).unwrap_or_default()
    }

    /// The roles that are held for a while, and now.
    pub(crate) fn live(
        &self,
        user: Ix<User>,
        standing: Standing,
        at: Moment,
    ) -> impl Iterator<Item = Column> {
        let all: &[Dated] = if standing.is_dated() { &self.dated } else { &[] };
        let first = all.partition_point(|dated| dated.user < user);
        let mine = all.get(first..).unwrap_or_default().iter().take_while(move |dated| dated.user == user);
        live(mine, at)
    }

    /// The roles of everyone, which are all that an unknown visitor holds.
    pub(crate) fn anonymous(&self) -> &RoleSet {
        &self.anonymous
    }

    pub(crate) fn anonymous_live(&self, at: Moment) -> impl Iterator<Item = Column> {
        live(self.anonymous_dated.iter(), at)
    }
}

fn live<'a>(dated: impl Iterator<Item = &'a Dated>, at: Moment) -> impl Iterator<Item = Column> {
    dated.filter(move |dated| dated.window.contains(at)).map(|dated| dated.role)
}

impl Row {
    #[inline]
    pub(crate) fn standing(&self) -> Standing {
        self.standing
    }

    #[inline]
    pub(crate) fn roles(&self) -> &RoleSet {
        &self.roles
    }
}

fn as_usize(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Fills [`People`], user by user in the order of their names.
#[derive(Debug, Default)]
pub(crate) struct PeopleBuilder {
    people: People,
    known_sets: HashMap<Box<[Column]>, u32>,
}

impl PeopleBuilder {
    pub(crate) fn add(&mut self, tag: Tag, person: &Person<'_>) {
        let user = Ix::from_count(self.people.rows.len());
        let mut standing = self.site(person);
        for (is, bit) in [
            (person.administrator, Standing::ADMINISTRATOR),
            (person.dismissed, Standing::DISMISSED),
            (!person.dated.is_empty(), Standing::DATED),
        ] {
            standing |= if is { bit } else { 0 };
        }
        let roles = self.role_set(person.roles);
        self.people.rows.push(Row { tag, standing: Standing(standing), roles });
        let dated = person.dated.iter().map(|(role, window)| Dated { user, role: *role, window: *window });
        self.people.dated.extend(dated);
    }

    pub(crate) fn anonymous(&mut self, roles: &[Column], dated: &[(Column, Window)]) {
        self.people.anonymous = self.role_set(roles);
        let nobody = Ix::new(u32::MAX);
        self.people.anonymous_dated =
            dated.iter().map(|(role, window)| Dated { user: nobody, role: *role, window: *window }).collect();
    }

    pub(crate) fn finish(mut self, names: Names<User>) -> People {
        self.people.names = names;
        self.people.dated.shrink_to_fit();
        self.people
    }

    fn site(&mut self, person: &Person<'_>) -> u32 {
        match (person.member, person.headed) {
            ([], []) => Standing::NOWHERE.0,
            ([only], []) => only.position() & Standing::SITE,
            (member, headed) => {
                let number = u32::try_from(self.people.sites.len()).unwrap_or(u32::MAX);
                let sites = Sites { member: self.departments(member), headed: self.departments(headed) };
                self.people.sites.push(sites);
                number & Standing::SITE | Standing::SEVERAL
            }
        }
    }

    fn departments(&mut self, numbers: &[Ix<Walk>]) -> Range<u32> {
        append(&mut self.people.departments, numbers)
    }

    fn role_set(&mut self, roles: &[Column]) -> RoleSet {
        let mut set = RoleSet::default();
        if roles.len() <= set.0.len() {
            for (slot, role) in set.0.iter_mut().zip(roles) {
                *slot = *role;
            }
            return set;
        }
        let number = match self.known_sets.get(roles) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.people.role_sets.len()).unwrap_or(u32::MAX);
                let range = append(&mut self.people.roles, roles);
                self.people.role_sets.push(range);
                self.known_sets.insert(roles.into(), number);
                number
            }
        };
        let [low_0, low_1, high_0, high_1] = number.to_le_bytes();
        let halves = [[low_0, low_1], [high_0, high_1]].map(u16::from_le_bytes);
        RoleSet([Column::ELSEWHERE, Column(halves[0]), Column(halves[1]), Column::NONE])
    }
}

fn append<T: Copy>(pool: &mut Vec<T>, values: &[T]) -> Range<u32> {
    let count = |pool: &Vec<T>| u32::try_from(pool.len()).unwrap_or(u32::MAX);
    let start = count(pool);
    pool.extend_from_slice(values);
    start..count(pool)
}

#[cfg(test)]
mod tests {
    use super::Row;

    #[test]
    fn a_user_is_sixteen_bytes() {
        assert_eq!(size_of::<Row>(), 16);
    }
}
