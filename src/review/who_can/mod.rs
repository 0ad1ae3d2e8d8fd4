//! Who can do something with a record, and by what.
//!
//! Nobody is asked who cannot be touched. To most people a record is what it is to a visitor: they stand to it only in what
//! holds for all, its flags, "always", and that it is none of their departments'. Of those, all who hold the same roles get the
//! same answer, and so do all whose roles come down to the same for this question; that is asked for once. The others, who are
//! bound to the record or sit with or above somebody who is, are few, and are asked one by one. Both get their answer from
//! `resolve`.

mod asking;
mod by;
mod text;

pub use by::By;

use std::collections::HashMap;

use asking::{Asked, Asking};
use by::Found;

use crate::directory::User;
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::resolve::{Record, Viewer};
use crate::review::roster::{Alike, Roster};
use crate::vocabulary::Action;

/// Exactly the users who may do something with a record, and whether visitors may.
#[derive(Clone, Debug)]
pub struct WhoCan<'r> {
    roster: &'r Roster<'r>,
    /// What was asked, unless it can have no answer.
    asked: Option<Asked>,
    /// The groups of those who were asked together and may, in order.
    together: Vec<u32>,
    /// Who was asked alone and may, in order.
    alone: Vec<(Ix<User>, Found)>,
    /// Who is in one of these groups, and was asked alone; in order.
    except: Vec<Ix<User>>,
    /// What lets visitors, if they may.
    visitors: Option<Found>,
}

/// Users who may do it by the same.
#[derive(Clone, Debug)]
pub struct Group {
    by: By,
    users: Vec<Ix<User>>,
}

impl Group {
    /// What lets them.
    pub fn by(&self) -> &By {
        &self.by
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether there is nobody; never, in an answer.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }
}

impl<'r> WhoCan<'r> {
    /// How many users may. Takes time in proportion to the sets of roles among them.
    pub fn len(&self) -> usize {
        let together: usize = self.groups_together().map(Alike::len).sum();
        together + self.alone.len() - self.except.len()
    }

    /// Whether no user may. Visitors are not counted: see [`WhoCan::anybody_may`].
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What lets visitors who have not signed in, if they may: exactly if an
    /// [anonymous access](crate::Snapshot::anonymous_access) is allowed it.
    ///
    /// ```
    /// use bailiwick::review::{By, Roster};
    /// use bailiwick::{Assignment, Directory, Moment, Policy, Record, Role, Snapshot, Subject, crm};
    ///
    /// let policy = Policy::new(crm::vocabulary())
    ///     .role(Role::new("pub").set(crm::DEAL, crm::READ, crm::ALL))
    ///     .assign(Assignment::new("pub", Subject::Everyone));
    /// let snapshot = Snapshot::compile(&policy, &Directory::new())?;
    /// let roster = Roster::of(&snapshot);
    ///
    /// let who = roster.who_can(crm::READ, &Record::at(crm::DEAL), Moment::from_unix_seconds(0));
    /// assert!(who.is_empty() && who.anybody_may());
    /// assert!(matches!(who.visitors(), Some(By::Roles { roles, .. }) if roles == ["pub".into()]));
    /// assert_eq!(who.to_string(), "0 users, and visitors\n  visitors by role pub: always\n");
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn visitors(&self) -> Option<By> {
        self.visitors.clone().map(|found| By::of(self.roster.snapshot, found))
    }

    /// Whether anybody may: a user, or visitors.
    pub fn anybody_may(&self) -> bool {
        !self.is_empty() || self.visitors.is_some()
    }

    /// All users who may, in the order of the directory. Takes time in proportion to their number, and sorts them.
    pub fn users(&self) -> impl Iterator<Item = Handle<User>> + use<'r> {
        let together = self.groups_together().flat_map(|alike| self.without_exceptions(alike));
        self.handles(together.chain(self.alone.iter().map(|(user, _)| *user)).collect())
    }

    /// The users of one group, in the order of the directory.
    pub fn users_of(&self, group: &Group) -> impl Iterator<Item = Handle<User>> + use<'r> {
        self.handles(group.users.clone())
    }

    /// The keys of the users of one group, in the order of the directory.
    pub fn keys_of(&self, group: &Group) -> impl Iterator<Item = &'r Key<User>> + use<'r> {
        let snapshot = self.roster.snapshot;
        self.users_of(group).filter_map(|user| snapshot.user_key(user))
    }

    /// The users, by what lets them; every user is in one group. Takes time in proportion to their number.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: HashMap<Found, Vec<Ix<User>>> = HashMap::new();
        let snapshot = self.roster.snapshot;
        for alike in self.groups_together() {
            let lets = self.asked.and_then(|asked| asked.lets(snapshot, alike));
            let users = lets.map(|lets| groups.entry(lets.into()).or_default());
            users.into_iter().for_each(|users| users.extend(self.without_exceptions(alike)));
        }
        for (user, found) in &self.alone {
            groups.entry(found.clone()).or_default().push(*user);
        }
        let group = |(found, users)| Group { by: By::of(snapshot, found), users };
        let mut groups: Vec<Group> =
            groups.into_iter().map(group).filter(|group| !group.is_empty()).collect();
        groups.sort_by(|one, other| one.by.cmp(&other.by));
        groups
    }

    fn groups_together(&self) -> impl Iterator<Item = &'r Alike> {
        self.together.iter().filter_map(|number| self.roster.group(*number))
    }

    fn without_exceptions(&self, alike: &Alike) -> impl Iterator<Item = Ix<User>> {
        let users = self.roster.users(alike).iter().copied();
        users.filter(|user| self.except.binary_search(user).is_err())
    }

    fn handles(&self, mut users: Vec<Ix<User>>) -> impl Iterator<Item = Handle<User>> + use<'r> {
        users.sort_unstable();
        let people = &self.roster.snapshot.people;
        users.into_iter().filter_map(move |user| people.handle(user))
    }
}

impl Roster<'_> {
    /// Who may do this with the record at this moment: exactly the users to whom [`Access::check`](crate::Access::check)
    /// allows it, and visitors if it allows it to them.
    ///
    /// Takes time in proportion to the number of people who are bound to the record or sit with or above them or are members of
    /// social groups that host it or of user groups that it belongs to, and of different sets of roles; not to the number of users, unless the record is shared or such
    /// a group lets in every signed-in user.
    pub fn who_can<'r>(
        &'r self,
        action: impl Into<Handle<Action>>,
        record: &Record<'_>,
        at: Moment,
    ) -> WhoCan<'r> {
        let snapshot = self.snapshot;
        let place = snapshot.places.accept(record.place);
        let action = snapshot.lexicon.action(action.into());
        let mut who = WhoCan {
            roster: self,
            asked: None,
            together: Vec::new(),
            alone: Vec::new(),
            except: Vec::new(),
            visitors: None,
        };
        if let (Ok(on), Some(place), Some(action)) = (self.occasion(at), place, action) {
            let common = Viewer::anonymous(snapshot, on).stands_to(record);
            let asked = Asked { on, place, action, common };
            let asking = Asking { roster: self, asked, record };
            asking.ask(&mut who);
            who.visitors = asking.found(Viewer::anonymous(snapshot, on));
            who.asked = Some(asked);
        }
        who
    }
}
