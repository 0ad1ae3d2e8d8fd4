//! Everybody, in sixteen bytes each.
//!
//! What a check needs of a user fits one row: where he sits and which roles he always holds. Users who sit in several
//! departments or head another than the one they sit in point into a side table, as do those whose roles do not fit
//! ([`RoleSets`]).
//!
//! Invariant: a row that does not say "several" is complete, so the ordinary user costs one load.

use std::ops::Range;

use smallvec::SmallVec;

use crate::directory::User;
use crate::index::{Ix, IxVec, Names};
use crate::key::{Handle, Key, KeyRef, Tag};
use crate::snapshot::departments::Walk;
use crate::snapshot::rights::Column;
use crate::snapshot::role_sets::{HeldRoles, OnTerms, RoleSet, RoleSets, RoleSetsBuilder};
use crate::snapshot::superseding::Superseding;
use crate::snapshot::terms::{Occasion, Terms};

/// The users of a snapshot.
#[derive(Debug, Default)]
pub(crate) struct People {
    names: Names<User>,
    rows: IxVec<User, Row>,
    sites: Vec<Sites>,
    departments: Vec<Ix<Walk>>,
    role_sets: RoleSets,
    anonymous: RoleSet,
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
    const HEAD: u32 = 1 << 28;
    const VIEWS: u32 = 1 << 27;
    const SPECIAL: u32 = 1 << 26;
    const SITE: u32 = Self::SPECIAL - 1;

    /// Sits nowhere, and is nothing in particular.
    pub(crate) const NOWHERE: Self = Self(Self::SITE);

    /// Whether anything at all sets him apart from an ordinary user: that he is an administrator, dismissed, limited, has
    /// views, more than a few roles or some on terms. One look for all of it.
    #[inline]
    pub(crate) fn is_special(self) -> bool {
        self.0 & Self::SPECIAL != 0
    }

    /// The same, of somebody who is not to be taken for ordinary.
    #[must_use]
    pub(crate) fn special(self) -> Self {
        Self(self.0 | Self::SPECIAL)
    }

    #[inline]
    pub(crate) fn is_administrator(self) -> bool {
        self.0 & Self::ADMINISTRATOR != 0
    }

    #[inline]
    pub(crate) fn is_dismissed(self) -> bool {
        self.0 & Self::DISMISSED != 0
    }

    /// Whether the user holds anything apart from the roles in his row, or stands in for somebody.
    #[inline]
    pub(crate) fn has_views(self) -> bool {
        self.0 & Self::VIEWS != 0
    }

    /// The same, of somebody who has views.
    #[must_use]
    pub(crate) fn with_views(self) -> Self {
        Self(self.0 | Self::VIEWS).special()
    }

    /// The standing of somebody who sits in this department alone.
    pub(crate) fn seated(at: Ix<Walk>, heads: bool) -> Self {
        Self(at.position() & Self::SITE | if heads { Self::HEAD } else { 0 }).special()
    }

    /// The same, without the freedom of an administrator.
    #[must_use]
    pub(crate) fn without_freedom(self) -> Self {
        Self(self.0 & !Self::ADMINISTRATOR).special()
    }

    /// Whether the user heads his only department.
    #[inline]
    pub(crate) fn heads_only_department(self) -> bool {
        self.0 & Self::HEAD != 0
    }

    /// The only department, if the user sits in at most one and heads no other. A user without departments has one that no
    /// other department contains or is contained in, and that does not contain itself.
    #[inline]
    pub(crate) fn only_department(self) -> Option<Ix<Walk>> {
        (self.0 & Self::SEVERAL == 0).then_some(Ix::new(self.0 & Self::SITE))
    }

    fn is_nowhere(self) -> bool {
        self.0 & (Self::SEVERAL | Self::SITE) == Self::SITE
    }
}

/// The departments of a user who has several or heads another than his own. Both lists are sorted.
#[derive(Clone, Debug, Default)]
struct Sites {
    member: Range<u32>,
    headed: Range<u32>,
}

/// One user as the compiler hands him over.
#[derive(Debug, Default)]
pub(crate) struct Person<'a> {
    pub(crate) administrator: bool,
    pub(crate) dismissed: bool,
    pub(crate) views: bool,
    pub(crate) limited: bool,
    pub(crate) member: &'a [Ix<Walk>],
    pub(crate) headed: &'a [Ix<Walk>],
    pub(crate) roles: &'a [Column],
    pub(crate) on_terms: &'a [(Column, Terms)],
}

impl People {
    #[inline]
    pub(crate) fn accept(&self, handle: Handle<User>) -> Option<&Row> {
        self.rows.get(Ix::new(handle.position)).filter(|row| row.tag == handle.tag)
    }

    #[inline]
    pub(crate) fn find(&self, key: KeyRef<'_>) -> Option<Handle<User>> {
        let user = self.names.find(key)?;
        Some(Handle::new(user.position(), self.rows.get(user)?.tag))
    }

    pub(crate) fn key(&self, handle: Handle<User>) -> Option<&Key<User>> {
        self.names.key(self.position(handle)?)
    }

    /// The key of the user at a position.
    pub(crate) fn key_at(&self, user: Ix<User>) -> Option<&Key<User>> {
        self.names.key(user)
    }

    /// Everybody's row, in the order of the directory.
    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = (Ix<User>, &Row)> {
        self.rows.iter()
    }

    /// The handle of the user at a position.
    pub(crate) fn handle(&self, user: Ix<User>) -> Option<Handle<User>> {
        self.rows.get(user).map(|row| Handle::new(user.position(), row.tag))
    }

    /// The roles that a user holds on whatever terms.
    pub(crate) fn roles_ever(&self, user: Ix<User>) -> Vec<Column> {
        self.rows.get(user).map(|row| self.role_sets.ever(row.roles)).unwrap_or_default()
    }

    /// The position of a known user.
    pub(crate) fn position(&self, handle: Handle<User>) -> Option<Ix<User>> {
        self.accept(handle).map(|_| Ix::new(handle.position))
    }

    /// The position of the user with this key.
    pub(crate) fn position_of(&self, key: &Key<User>) -> Option<Ix<User>> {
        self.names.find(key.borrow())
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn handles(&self) -> impl ExactSizeIterator<Item = Handle<User>> {
        self.rows.iter().map(|(ix, row)| Handle::new(ix.position(), row.tag))
    }

    /// The active departments that the user sits in or heads, sorted.
    pub(crate) fn departments(&self, standing: Standing) -> SmallVec<[Ix<Walk>; 4]> {
        match standing.only_department() {
            Some(_) if standing.is_nowhere() => SmallVec::new(),
            Some(only) => SmallVec::from_slice(&[only]),
            None => self.listed(standing, |sites| &sites.member),
        }
    }

    /// The active departments that a user sits in or heads; an unknown one in none.
    pub(crate) fn departments_of(&self, user: Handle<User>) -> SmallVec<[Ix<Walk>; 4]> {
        self.accept(user).map(|row| self.departments(row.standing())).unwrap_or_default()
    }

    /// The active departments that the user heads, sorted.
    pub(crate) fn headed(&self, standing: Standing) -> SmallVec<[Ix<Walk>; 4]> {
        match standing.only_department() {
            Some(only) if standing.heads_only_department() => SmallVec::from_slice(&[only]),
            Some(_) => SmallVec::new(),
            None => self.listed(standing, |sites| &sites.headed),
        }
    }

    fn listed(&self, standing: Standing, list: impl Fn(&Sites) -> &Range<u32>) -> SmallVec<[Ix<Walk>; 4]> {
        let sites = self.sites.get((standing.0 & Standing::SITE) as usize);
        let range = sites.map(list).map(|range| range.start as usize..range.end as usize);
        SmallVec::from_slice(range.and_then(|range| self.departments.get(range)).unwrap_or_default())
    }

    /// The roles that a user holds on an occasion.
    #[inline]
    pub(crate) fn roles(&self, row: &Row, occasion: Occasion) -> HeldRoles {
        HeldRoles::new(row.roles, occasion)
    }

    /// Roles that are held apart, on an occasion.
    pub(crate) fn roles_apart(&self, roles: RoleSet, occasion: Occasion) -> HeldRoles {
        HeldRoles::new(roles, occasion)
    }

    /// The roles of everyone, which are all that an unknown visitor holds.
    pub(crate) fn anonymous_roles(&self, occasion: Occasion) -> HeldRoles {
        HeldRoles::new(self.anonymous, occasion)
    }

    /// All of these roles, one by one.
    pub(crate) fn all_of(&self, roles: HeldRoles) -> impl Iterator<Item = Column> {
        self.role_sets.all(roles)
    }

    /// Those of them that are not always held, sorted, and on which terms they are.
    pub(crate) fn on_terms(&self, roles: HeldRoles) -> &[OnTerms] {
        self.role_sets.on_terms(roles)
    }
}

impl Row {
    /// The roles, as a value that is equal for users who hold the same, unless some are held on terms.
    pub(crate) fn role_set(&self) -> RoleSet {
        self.roles
    }

    #[inline]
    pub(crate) fn standing(&self) -> Standing {
        self.standing
    }
}

/// Fills [`People`], user by user in the order of their names.
#[derive(Debug, Default)]
pub(crate) struct PeopleBuilder {
    people: People,
    role_sets: RoleSetsBuilder,
}

impl PeopleBuilder {
    pub(crate) fn new(superseding: Superseding) -> Self {
        Self { role_sets: RoleSetsBuilder::new(superseding), ..Self::default() }
    }

    pub(crate) fn add(&mut self, tag: Tag, person: &Person<'_>) {
        let mut standing = self.site(person);
        for (is, bit) in [
            (person.administrator, Standing::ADMINISTRATOR),
            (person.dismissed, Standing::DISMISSED),
            (person.views, Standing::VIEWS),
        ] {
            standing |= if is { bit } else { 0 };
        }
        let roles = self.role_sets.add(person.roles, person.on_terms);
        let special = person.administrator | person.dismissed | person.views | person.limited;
        standing |= if special | roles.is_elsewhere() { Standing::SPECIAL } else { 0 };
        self.people.rows.push(Row { tag, standing: Standing(standing), roles });
    }

    pub(crate) fn anonymous(&mut self, roles: &[Column], on_terms: &[(Column, Terms)]) {
        self.people.anonymous = self.role_sets.add(roles, on_terms);
    }

    /// Roles that are held apart from those of a row.
    pub(crate) fn role_set(&mut self, roles: &[Column], on_terms: &[(Column, Terms)]) -> RoleSet {
        self.role_sets.add(roles, on_terms)
    }

    pub(crate) fn finish(mut self, names: Names<User>) -> People {
        self.people.names = names;
        self.people.role_sets = self.role_sets.finish();
        self.people
    }

    fn site(&mut self, person: &Person<'_>) -> u32 {
        match (person.member, person.headed) {
            ([], []) => Standing::NOWHERE.0,
            ([only], []) => only.position() & Standing::SITE,
            ([only], [headed]) if only == headed => only.position() & Standing::SITE | Standing::HEAD,
            (member, headed) => {
                let number = u32::try_from(self.people.sites.len()).unwrap_or(u32::MAX);
                let sites = Sites { member: self.departments(member), headed: self.departments(headed) };
                self.people.sites.push(sites);
                number & Standing::SITE | Standing::SEVERAL
            }
        }
    }

    fn departments(&mut self, numbers: &[Ix<Walk>]) -> Range<u32> {
        let pool = &mut self.people.departments;
        let count = |pool: &Vec<_>| u32::try_from(pool.len()).unwrap_or(u32::MAX);
        let start = count(pool);
        pool.extend_from_slice(numbers);
        start..count(pool)
    }
}

#[cfg(test)]
mod tests {
    use super::Row;

    #[test]
    fn a_user_is_sixteen_bytes() {
        assert_eq!(size_of::<Row>(), 16);
    }
}
