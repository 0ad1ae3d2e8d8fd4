//! Everybody, sorted otherwise: by where they sit and by the roles that they hold.
//!
//! Apart from the snapshot, which does not need it to answer and would have to carry it. Made once, asked often.

use std::collections::HashMap;

use crate::directory::User;
use crate::index::{Ix, IxVec};
use crate::key::Handle;
use crate::moment::Moment;
use crate::resolve::Nobody;
use crate::snapshot::{Circumstances, Column, LimitSet, Occasion, RoleSet, Snapshot, Standing, Walk};
use crate::vocabulary::Circumstance;

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
    /// By user: with whom he can be asked together.
    group_of: IxVec<User, Option<u32>>,
    /// By role: the groups that hold it, on whatever terms.
    by_role: HashMap<Column, Vec<u32>>,
    members: IxVec<Walk, Vec<Ix<User>>>,
    /// Administrators, and whoever has other views: they are asked one by one.
    pub(super) apart: Vec<Ix<User>>,
}

/// Users who hold the same roles under the same limits.
#[derive(Debug)]
pub(super) struct Alike {
    pub(super) roles: RoleSet,
    pub(super) limits: LimitSet,
    /// Whether they hold a few roles on no terms, and are not limited.
    pub(super) ordinary: bool,
    pub(super) users: Vec<Ix<User>>,
}

impl<'s> Roster<'s> {
    /// Sorts the people of a snapshot.
    pub fn of(snapshot: &'s Snapshot) -> Self {
        let mut roster = Self {
            snapshot,
            circumstances: Circumstances::default(),
            unknown_circumstance: false,
            alike: Vec::new(),
            group_of: IxVec::default(),
            by_role: HashMap::new(),
            members: (0..snapshot.departments.len()).map(|_| Vec::new()).collect(),
            apart: Vec::new(),
        };
        let mut numbers = HashMap::new();
        for (user, row) in snapshot.people.rows() {
            let standing = row.standing();
            if standing.is_dismissed() {
                roster.group_of.push(None);
                continue;
            }
            roster.seat(user, standing);
            if standing.is_administrator() || standing.has_views() {
                roster.group_of.push(None);
                roster.apart.push(user);
                continue;
            }
            let held = (row.role_set(), snapshot.limits.of(user));
            let number =
                *numbers.entry(held).or_insert_with(|| roster.open_group(user, held, !standing.is_special()));
            roster.group_of.push(Some(number));
            roster.alike.get_mut(number as usize).into_iter().for_each(|group| group.users.push(user));
        }
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

    fn seat(&mut self, user: Ix<User>, standing: Standing) {
        for department in self.snapshot.people.departments(standing) {
            if let Some(members) = self.members.get_mut(department) {
                members.push(user);
            }
        }
    }

    fn open_group(&mut self, first: Ix<User>, (roles, limits): (RoleSet, LimitSet), ordinary: bool) -> u32 {
        let number = u32::try_from(self.alike.len()).unwrap_or(u32::MAX);
        self.alike.push(Alike { roles, limits, ordinary, users: Vec::new() });
        for role in self.snapshot.people.roles_ever(first) {
            let groups = self.by_role.entry(role).or_default();
            if groups.last() != Some(&number) {
                groups.push(number);
            }
        }
        number
    }

    /// The number of the group in which a user can be asked.
    pub(super) fn group_of(&self, user: Ix<User>) -> Option<u32> {
        self.group_of.get(user).copied().flatten()
    }

    /// The groups that hold any of the roles, in order.
    pub(super) fn groups_with(&self, roles: &[Column]) -> impl Iterator<Item = (u32, &Alike)> {
        let mut holding = vec![false; self.alike.len()];
        for number in roles.iter().filter_map(|role| self.by_role.get(role)).flatten() {
            holding.get_mut(*number as usize).into_iter().for_each(|holds| *holds = true);
        }
        let numbered = (0_u32..).zip(&self.alike).zip(holding);
        numbered.filter(|(_, holds)| *holds).map(|(group, _)| group)
    }

    /// The active members of a department.
    pub(super) fn members(&self, department: Ix<Walk>) -> &[Ix<User>] {
        self.members.get(department).map(Vec::as_slice).unwrap_or_default()
    }
}
