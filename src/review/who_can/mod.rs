//! Who can do something with a record, and by what.
//!
//! Nobody is asked who cannot be touched. To most people a record is what it is to a visitor: they stand to it only in what
//! holds for all, its flags, "always", and that it is none of their departments'. Of those, all who hold the same roles get the same answer, which is asked for once; and only
//! of groups with a role that could give it. The others, who are bound to the record or sit with or above somebody who is, are few,
//! and are asked one by one. Both get their answer from `resolve`.

mod by;
mod text;

pub use by::By;

use std::collections::{BTreeSet, HashMap};

use by::Found;

use crate::directory::User;
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::reason::Perspective;
use crate::resolve::{self, Bearer, Lets, Outcome, Record, Stance, View, Viewer};
use crate::review::roster::{Alike, Roster};
use crate::snapshot::{Actions, Column, Occasion, Snapshot, Walk};
use crate::vocabulary::{Action, Place, Relations};

/// Exactly the users who may do something with a record, and whether visitors may.
#[derive(Clone, Debug)]
pub struct WhoCan<'r> {
    snapshot: &'r Snapshot,
    /// What was asked, unless it can have no answer.
    asked: Option<Asked>,
    /// Who was asked together, by what they hold.
    together: Vec<(u32, &'r Alike)>,
    /// Who was asked alone, in order.
    alone: Vec<(Ix<User>, Found)>,
    /// Who is among those asked together, and was asked alone.
    except: BTreeSet<Ix<User>>,
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
        let together: usize = self.together.iter().map(|(_, alike)| alike.users.len()).sum();
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
        self.visitors.clone().map(|found| By::of(self.snapshot, found))
    }

    /// Whether anybody may: a user, or visitors.
    pub fn anybody_may(&self) -> bool {
        !self.is_empty() || self.visitors.is_some()
    }

    /// All users who may, in the order of the directory. Takes time in proportion to their number, and sorts them.
    pub fn users(&self) -> impl Iterator<Item = Handle<User>> + use<'r> {
        let alone = self.alone.iter().map(|(user, _)| *user);
        self.handles(
            self.together.iter().flat_map(|(_, alike)| self.without_exceptions(alike)).chain(alone).collect(),
        )
    }

    /// The users of one group, in the order of the directory.
    pub fn users_of(&self, group: &Group) -> impl Iterator<Item = Handle<User>> + use<'r> {
        self.handles(group.users.clone())
    }

    /// The keys of the users of one group, in the order of the directory.
    pub fn keys_of(&self, group: &Group) -> impl Iterator<Item = &'r Key<User>> + use<'r> {
        let snapshot = self.snapshot;
        self.users_of(group).filter_map(|user| snapshot.user_key(user))
    }

    /// The users, by what lets them; every user is in one group. Takes time in proportion to their number.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: HashMap<Found, Vec<Ix<User>>> = HashMap::new();
        for (_, alike) in &self.together {
            let lets = self.asked.and_then(|asked| asked.lets(self.snapshot, alike));
            let users = lets.map(|lets| groups.entry(lets.into()).or_default());
            users.into_iter().for_each(|users| users.extend(self.without_exceptions(alike)));
        }
        for (user, found) in &self.alone {
            groups.entry(found.clone()).or_default().push(*user);
        }
        let group = |(found, users)| Group { by: By::of(self.snapshot, found), users };
        let mut groups: Vec<Group> =
            groups.into_iter().map(group).filter(|group| !group.is_empty()).collect();
        groups.sort_by(|one, other| one.by.cmp(&other.by));
        groups
    }

    fn without_exceptions(&self, alike: &'r Alike) -> impl Iterator<Item = Ix<User>> {
        alike.users.iter().copied().filter(|user| !self.except.contains(user))
    }

    fn handles(&self, mut users: Vec<Ix<User>>) -> impl Iterator<Item = Handle<User>> + use<'r> {
        users.sort_unstable();
        let people = &self.snapshot.people;
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
            snapshot,
            asked: None,
            together: Vec::new(),
            alone: Vec::new(),
            except: BTreeSet::new(),
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

/// One question, and what the record is to everybody.
#[derive(Clone, Copy, Debug)]
struct Asked {
    on: Occasion,
    place: Ix<Place>,
    action: Ix<Action>,
    common: Relations,
}

impl Asked {
    /// Whoever holds what these users hold, and no one of them.
    fn anybody<'s>(&self, snapshot: &'s Snapshot, alike: &Alike) -> Viewer<'s> {
        Viewer::anybody(snapshot, snapshot.people.roles_apart(alike.roles, self.on), alike.limits)
    }

    /// Whether these users may, each as anybody who holds what they hold.
    fn allows<'s>(&self, snapshot: &'s Snapshot, record: &Record<'_>) -> impl Fn(&Alike) -> bool {
        let few = resolve::allows_holders_of_few(snapshot, self.place, self.action, self.common);
        move |alike| {
            if alike.ordinary && record.openings.is_empty() {
                return few(alike.roles);
            }
            let anybody = View::own(self.anybody(snapshot, alike));
            resolve::decide_in(&anybody, self.place, self.action, record) == Outcome::Allowed
        }
    }

    fn lets(&self, snapshot: &Snapshot, alike: &Alike) -> Option<Lets> {
        resolve::lets(&self.anybody(snapshot, alike), self.place, self.action, self.common)
    }
}

/// One question, put to everybody.
struct Asking<'r, 'q, 's> {
    roster: &'r Roster<'s>,
    asked: Asked,
    record: &'q Record<'q>,
}

impl<'r> Asking<'r, '_, '_> {
    fn ask(&self, who: &mut WhoCan<'r>) {
        let Self { roster, asked, .. } = self;
        let mut could = resolve::roles_that_could(roster.snapshot, asked.place, asked.action, asked.common);
        could.extend(self.roles_through_links());
        could.sort_unstable();
        could.dedup();
        let groups = roster.groups_with(&could);
        let allows = asked.allows(roster.snapshot, self.record);
        who.together = groups.filter(|(_, alike)| allows(alike)).collect();
        let tied = self.tied();
        for user in &tied {
            let together = roster.group_of(*user).filter(|number| who.asked_together(*number));
            if together.is_some() {
                who.except.insert(*user);
            }
        }
        let apart = roster.apart.iter().filter(|user| !tied.contains(user));
        let alone = tied.iter().chain(apart).filter_map(|user| Some((*user, self.ask_alone(*user)?)));
        who.alone = alone.collect();
    }

    /// The roles that could let anybody do with linked records what opens the action, or one that it requires.
    fn roles_through_links(&self) -> Vec<Column> {
        let (snapshot, asked) = (self.roster.snapshot, self.asked);
        let requires = snapshot.ask(asked.place, asked.action).map(|it| it.rule.requires).unwrap_or_default();
        let entity = snapshot.places.entity(asked.place);
        let anybody = Viewer::anonymous(snapshot, asked.on);
        let mut roles = Vec::new();
        for action in std::iter::once(asked.action).chain(requires.iter()) {
            for right in snapshot.offers.through(entity, action) {
                for linked in self.record.linked() {
                    let at = resolve::linked_place(&View::own(anybody), *right, linked);
                    let could = at.map(|at| {
                        let common = anybody.stands_to(linked);
                        resolve::roles_that_could(snapshot, at, right.1, common)
                    });
                    roles.extend(could.into_iter().flatten());
                }
            }
        }
        roles
    }

    /// Everybody to whom the record, or one that it is linked to, can be more than to everybody else, and who is active: who is bound
    /// to it, whoever sees their tickets, and whoever is a member of a department of theirs or of one above.
    fn tied(&self) -> BTreeSet<Ix<User>> {
        let snapshot = self.roster.snapshot;
        let mut tied = BTreeSet::new();
        for participant in self.record.parties().chain(self.record.linked().flat_map(Record::parties)) {
            match participant.who {
                Bearer::User(user) => {
                    let Some(position) = snapshot.people.position(user) else { continue };
                    tied.insert(position);
                    tied.extend(snapshot.mates.seeing(position));
                    tied.extend(snapshot.people.departments_of(user).iter().flat_map(|at| self.above(*at)));
                }
                Bearer::UserGroup(group) => {
                    let group = snapshot.membership.user_groups.accept(group);
                    let members = group.map(|group| snapshot.membership.of_user_group(group));
                    tied.extend(members.into_iter().flatten().map(|(user, _)| user));
                }
                Bearer::Department(department) => {
                    let at = snapshot.departments.accept(department);
                    tied.extend(at.into_iter().flat_map(|at| self.above(at)));
                }
            }
        }
        tied.extend(self.guests());
        tied.extend(self.shared_with());
        tied
    }

    /// The members of a department and of those above it.
    fn above(&self, department: Ix<Walk>) -> impl Iterator<Item = Ix<User>> {
        let above = self.roster.snapshot.departments.upward(department);
        above.flat_map(|at| self.roster.members(at).iter().copied())
    }

    /// Everybody whom the social groups that host the record could let do what is asked or required: their members, or everybody who
    /// is active, if one has such an audience.
    fn guests(&self) -> Vec<Ix<User>> {
        let (snapshot, asked) = (self.roster.snapshot, self.asked);
        let requires = snapshot.ask(asked.place, asked.action).map(|it| it.rule.requires).unwrap_or_default();
        let entity = snapshot.places.entity(asked.place);
        let actions = std::iter::once(asked.action).chain(requires.iter());
        let operations: Vec<_> =
            actions.filter_map(|action| snapshot.offers.hosted_by(entity, action)).collect();
        let groups = self.record.hosts().filter_map(|group| snapshot.membership.social_groups.accept(group));
        let mut guests = Vec::new();
        for host in groups.filter_map(|group| snapshot.hosts.host(group)) {
            if operations.iter().any(|operation| resolve::could_admit_outsiders(host, *operation)) {
                let active = snapshot.people.rows().filter(|(_, row)| !row.standing().is_dismissed());
                return active.map(|(user, _)| user).collect();
            }
            guests.extend(host.people());
        }
        guests
    }

    /// Everybody with whom the record is shared for the action, or for one that it requires.
    fn shared_with(&self) -> Vec<Ix<User>> {
        let (snapshot, Asked { on, place, action, .. }) = (self.roster.snapshot, self.asked);
        let asked = snapshot.ask(place, action).map(|it| it.rule.requires).unwrap_or_default();
        let asked = asked.union(Actions::of_if(action, true));
        let shareable = snapshot.offers.shareable(snapshot.places.entity(place));
        let shares = self.record.shares().filter(|it| !it.opens(snapshot, shareable).is_empty());
        let open: Vec<_> = shares.filter(|it| !it.opens(snapshot, asked).is_empty()).collect();
        if open.is_empty() {
            return Vec::new();
        }
        let is_among = |user: &Handle<User>| {
            let circle = snapshot.circle(*user, on.at);
            open.iter().any(|share| circle.contains(share.with.0))
        };
        let among = snapshot.users().filter(is_among);
        among.filter_map(|user| snapshot.people.position(user)).collect()
    }

    fn ask_alone(&self, user: Ix<User>) -> Option<Found> {
        let (snapshot, on) = (self.roster.snapshot, self.asked.on);
        self.found(Viewer::new(snapshot, snapshot.people.handle(user)?, on).ok()?)
    }

    /// What lets this viewer, in the first view that does: his own, or another.
    fn found(&self, viewer: Viewer<'_>) -> Option<Found> {
        let (snapshot, Asked { place, action, .. }) = (self.roster.snapshot, self.asked);
        let allows =
            |view: &View<'_>| resolve::decide_in(view, place, action, self.record) == Outcome::Allowed;
        let lets = |view: &View<'_>| {
            let stance = Stance::of(view, place, Actions::of_if(action, true), self.record);
            resolve::lets(&view.viewer, place, action, stance.to(action))
        };
        let own = View::own(viewer);
        if allows(&own) {
            return lets(&own).map(Found::from);
        }
        let other = resolve::others(viewer).into_iter().find(allows)?;
        let perspective = Perspective { reason: None, ..Perspective::of(&other, snapshot) };
        Some(Found { lets: lets(&other)?, other: Some(perspective) })
    }
}

impl WhoCan<'_> {
    fn asked_together(&self, number: u32) -> bool {
        self.together.binary_search_by_key(&number, |(number, _)| *number).is_ok()
    }
}
