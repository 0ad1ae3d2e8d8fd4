//! Everybody, sorted otherwise: by where they sit and by the roles that they hold.
//!
//! Apart from the snapshot, which does not need it to answer and would have to carry it. Made once, asked often.

use std::collections::HashMap;
use std::ops::Range;

use crate::directory::User;
use crate::index::{Ix, IxVec};
use crate::key::Handle;
use crate::moment::Moment;
use crate::resolve::Nobody;
use crate::snapshot::{Circumstances, Column, LimitSet, Occasion, RoleSet, Snapshot, Standing, Walk};
use crate::vocabulary::Circumstance;

/// Of so many groups one at most is found by its roles; to look at all takes as long as to sort more.
const FEW: usize = 8;

/// An index of a snapshot for questions that begin with a record: who can?
///
/// Takes time and memory in proportion to the number of users, once. Shared freely between threads.
///
/// ```
/// use bailiwick::{Assignment, Department, Directory, Moment, Policy, Record, Snapshot, Subject, User, crm};
/// use bailiwick::review::Roster;
///
/// let directory = Directory::new()
///     .with(Department::new("sales").head("anna"))
///     .with(User::new("anna"))
///     .with(User::new("boris").sits_in("sales"))
///     .with(User::new("carl").sits_in("sales"));
/// let policy = Policy::new(crm::vocabulary())
///     .roles(crm::roles())
///     .assign(Assignment::new(crm::MANAGER, Subject::Department("sales".into())))
///     .assign(Assignment::new(crm::DIRECTOR, Subject::User("anna".into())));
/// let snapshot = Snapshot::compile(&policy, &directory)?;
///
/// let roster = Roster::of(&snapshot);
/// let deal = Record::at(crm::DEAL).owner(snapshot.user("boris"));
/// let who = roster.who_can(crm::READ, &deal, Moment::from_unix_seconds(0));
/// let keys: Vec<String> = who.users().filter_map(|user| snapshot.user_key(user)).map(ToString::to_string).collect();
/// assert_eq!(keys, ["anna", "boris"]);
/// assert_eq!(who.to_string(), "\
/// 2 users
///   1 by role director: always
///     anna
///   1 by role manager: own
///     boris
/// ");
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Debug)]
pub struct Roster<'s> {
    pub(super) snapshot: &'s Snapshot,
    circumstances: Circumstances,
    unknown_circumstance: bool,
    /// Users who hold the same, of those who can be asked together: no administrators, and nobody with other views.
    pub(super) alike: Vec<Alike>,
    /// Them all, by groups.
    sorted: Vec<Ix<User>>,
    /// By user: with whom he can be asked together.
    group_of: IxVec<User, Option<u32>>,
    /// By role: the groups that hold it, on whatever terms.
    by_role: HashMap<Column, Vec<u32>>,
    members: IxVec<Walk, Vec<Ix<User>>>,
    /// Administrators, and whoever has other views: they are asked one by one.
    pub(super) apart: Vec<Ix<User>>,
}

/// Users who hold the same roles under the same limits.
#[derive(Clone, Debug)]
pub(super) struct Alike {
    pub(super) roles: RoleSet,
    pub(super) limits: LimitSet,
    /// Where they are among all who are sorted.
    users: Range<u32>,
}

impl Alike {
    /// How many users.
    pub(super) fn len(&self) -> usize {
        self.users.len()
    }
}

impl<'s> Roster<'s> {
    /// Sorts the people of a snapshot.
    pub fn of(snapshot: &'s Snapshot) -> Self {
        let mut roster = Self {
            snapshot,
            circumstances: Circumstances::default(),
            unknown_circumstance: false,
            alike: Vec::new(),
            sorted: Vec::new(),
            group_of: IxVec::default(),
            by_role: HashMap::new(),
            members: (0..snapshot.departments.len()).map(|_| Vec::new()).collect(),
            apart: Vec::new(),
        };
        let mut numbers = HashMap::new();
        for (user, row) in snapshot.people.rows() {
            let group = roster.place(user, row.standing(), row.role_set(), &mut numbers);
            roster.group_of.push(group);
        }
        roster.sort();
        roster
    }

    /// The same, asked in these circumstances; see [`Access::in_circumstances`](crate::Access::in_circumstances). Nobody can do
    /// anything in a circumstance that the vocabulary does not have.
    #[must_use]
    pub fn in_circumstances<C: Into<Handle<Circumstance>>>(
        mut self,
        circumstances: impl IntoIterator<Item = C>,
    ) -> Self {
        for circumstance in circumstances {
            match self.snapshot.lexicon.circumstance(circumstance.into()) {
                Some(circumstance) => self.circumstances.insert(circumstance),
                None => self.unknown_circumstance = true,
            }
        }
        self
    }

    /// The occasion of a question at a moment, unless it can have no answer.
    pub(super) fn occasion(&self, at: Moment) -> Result<Occasion, Nobody> {
        let occasion = Occasion { at, circumstances: self.circumstances };
        if self.unknown_circumstance { Err(Nobody::UnknownCircumstance) } else { Ok(occasion) }
    }

    /// Where somebody belongs: the number of a group, unless he is asked alone or never.
    fn place(
        &mut self,
        user: Ix<User>,
        standing: Standing,
        roles: RoleSet,
        numbers: &mut HashMap<(RoleSet, LimitSet), u32>,
    ) -> Option<u32> {
        if standing.is_dismissed() {
            return None;
        }
        self.seat(user, standing);
        if standing.is_administrator() || standing.has_views() {
            self.apart.push(user);
            return None;
        }
        let held = (roles, self.snapshot.limits.of(user));
        let number = *numbers.entry(held).or_insert_with(|| self.open_group(user, held));
        self.alike.get_mut(number as usize)?.users.end += 1;
        Some(number)
    }

    fn seat(&mut self, user: Ix<User>, standing: Standing) {
        for department in self.snapshot.people.departments(standing) {
            if let Some(members) = self.members.get_mut(department) {
                members.push(user);
            }
        }
    }

    fn open_group(&mut self, first: Ix<User>, (roles, limits): (RoleSet, LimitSet)) -> u32 {
        let number = u32::try_from(self.alike.len()).unwrap_or(u32::MAX);
        self.alike.push(Alike { roles, limits, users: 0..0 });
        for role in self.snapshot.people.roles_ever(first) {
            let groups = self.by_role.entry(role).or_default();
            if groups.last() != Some(&number) {
                groups.push(number);
            }
        }
        number
    }

    /// Puts everybody where the rest of his group is. Until now the groups are only counted.
    fn sort(&mut self) {
        let mut start = 0;
        for Alike { users, .. } in &mut self.alike {
            let next = start + users.end;
            *users = start..start;
            start = next;
        }
        self.sorted = vec![Ix::new(0); start as usize];
        for (user, _) in self.snapshot.people.rows() {
            let number = self.group_of.get(user).copied().flatten();
            let Some(group) = number.and_then(|number| self.alike.get_mut(number as usize)) else { continue };
            self.sorted.get_mut(group.users.end as usize).into_iter().for_each(|slot| *slot = user);
            group.users.end += 1;
        }
    }

    /// The users of a group, in the order of the directory.
    pub(super) fn users(&self, alike: &Alike) -> &[Ix<User>] {
        self.sorted.get(alike.users.start as usize..alike.users.end as usize).unwrap_or_default()
    }

    /// The number of the group in which a user can be asked.
    pub(super) fn group_of(&self, user: Ix<User>) -> Option<u32> {
        self.group_of.get(user).copied().flatten()
    }

    /// The groups that hold any of the roles, in order, if they are few. Where they are not, it takes less time to look at every
    /// group than to find these.
    pub(super) fn few_with(&self, roles: &[Column]) -> Option<Vec<u32>> {
        let lists = || roles.iter().filter_map(|role| self.by_role.get(role));
        let found: usize = lists().map(Vec::len).sum();
        (found <= self.alike.len() / FEW).then(|| {
            let mut groups: Vec<u32> = lists().flatten().copied().collect();
            groups.sort_unstable();
            groups.dedup();
            groups
        })
    }

    /// The numbers of all groups.
    pub(super) fn groups(&self) -> Range<u32> {
        0..u32::try_from(self.alike.len()).unwrap_or(u32::MAX)
    }

    /// A group by its number.
    pub(super) fn group(&self, number: u32) -> Option<&Alike> {
        self.alike.get(number as usize)
    }

    /// The active members of a department.
    pub(super) fn members(&self, department: Ix<Walk>) -> &[Ix<User>] {
        self.members.get(department).map(Vec::as_slice).unwrap_or_default()
    }
}
