//! Who can do something with a record, and by what.
//!
//! Nobody is asked who cannot be touched. To most people a record is what it is to a visitor: they stand to it only in what
//! holds for all, its flags, "always", and that it is none of their departments'. Of those, all who hold the same roles get the same answer, which is asked for once; and only
//! of groups with a role that could give it. The others, who are bound to the record or sit with or above somebody who is, are few,
//! and are asked one by one. Both get their answer from `resolve`.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use crate::directory::{Department, User};
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::policy::{AuditMark, Role};
use crate::reason::{Listed, Relation, named};
use crate::resolve::{self, Bearer, Bypass, Lets, Outcome, Record, Stance, View, Viewer};
use crate::review::roster::{Alike, Roster};
use crate::snapshot::{Actions, Column, Occasion, Snapshot, Walk};
use crate::vocabulary::{Action, Place, Relations};

/// Exactly the users who may do something with a record.
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
}

/// Users who may do it by the same.
#[derive(Clone, Debug)]
pub struct Group {
    by: By,
    users: Vec<Ix<User>>,
}

/// What lets users do something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum By {
    /// They are administrators.
    Administrator,
    /// They hold the settings right, which includes it.
    Settings,
    /// These roles count, and reach the record by these relations.
    Roles {
        /// The roles.
        roles: Vec<Key<Role>>,
        /// The relations that hold.
        relations: Vec<Relation>,
    },
    /// These relations suffice, because these roles give the action somewhere in the entity.
    Standing {
        /// The roles.
        roles: Vec<Key<Role>>,
        /// The relations that hold.
        relations: Vec<Relation>,
    },
    /// They may do with a linked record what opens it.
    Linked,
    /// They are in the audience of a social group that hosts the record.
    Hosted,
    /// The record is shared with them.
    Shared,
    /// Another view than their own allows it.
    OtherView {
        /// The department that its roles are confined to.
        within: Option<Key<Department>>,
        /// Under what it is recorded for the audit.
        audited_as: Option<Key<AuditMark>>,
        /// Whom they stand in for.
        absent: Option<Key<User>>,
    },
}

impl By {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Settings => "settings",
            Self::Roles { .. } => "roles",
            Self::Standing { .. } => "standing",
            Self::Linked => "linked",
            Self::Hosted => "hosted",
            Self::Shared => "shared",
            Self::OtherView { .. } => "other-view",
        }
    }
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

    /// Whether nobody may.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
            let users = lets.map(|lets| groups.entry(Found::Lets(lets)).or_default());
            users.into_iter().for_each(|users| users.extend(self.without_exceptions(alike)));
        }
        for (user, found) in &self.alone {
            groups.entry(found.clone()).or_default().push(*user);
        }
        let group = |(found, users)| Group { by: by(self.snapshot, found), users };
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
    /// allows it.
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
        };
        if let (Ok(on), Some(place), Some(action)) = (self.occasion(at), place, action) {
            let common = Viewer::anonymous(snapshot, on).stands_to(record);
            let asked = Asked { on, place, action, common };
            Asking { roster: self, asked, record }.ask(&mut who);
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

    fn allows(&self, snapshot: &Snapshot, alike: &Alike, record: &Record<'_>) -> bool {
        let anybody = View::own(self.anybody(snapshot, alike));
        resolve::decide_in(&anybody, self.place, self.action, record) == Outcome::Allowed
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

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Found {
    Lets(Lets),
    Other(By),
}

impl<'r> Asking<'r, '_, '_> {
    fn ask(&self, who: &mut WhoCan<'r>) {
        let Self { roster, asked, .. } = self;
        let mut could = resolve::roles_that_could(roster.snapshot, asked.place, asked.action, asked.common);
        could.extend(self.roles_through_links());
        could.sort_unstable();
        could.dedup();
        let groups = roster.groups_with(&could);
        let allowed = groups.filter(|(_, alike)| asked.allows(roster.snapshot, alike, self.record));
        who.together = allowed.collect();
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
        let snapshot = self.roster.snapshot;
        let Asked { on, place, action, .. } = self.asked;
        let viewer = Viewer::new(snapshot, snapshot.people.handle(user)?, on).ok()?;
        let allows =
            |view: &View<'_>| resolve::decide_in(view, place, action, self.record) == Outcome::Allowed;
        if allows(&View::own(viewer)) {
            let asked = Actions::of_if(action, true);
            let stands = Stance::of(&View::own(viewer), place, asked, self.record).to(action);
            return resolve::lets(&viewer, place, action, stands).map(Found::Lets);
        }
        let view = resolve::others(viewer).into_iter().find(allows)?;
        let absent = view.stand_in.and_then(|it| snapshot.user_key(it.absent));
        Some(Found::Other(By::OtherView {
            within: view
                .apart
                .and_then(|apart| apart.within.as_ref())
                .map(|(department, _)| department.clone()),
            audited_as: view.apart.and_then(|apart| apart.audited_as.clone()),
            absent: absent.cloned(),
        }))
    }
}

impl WhoCan<'_> {
    fn asked_together(&self, number: u32) -> bool {
        self.together.binary_search_by_key(&number, |(number, _)| *number).is_ok()
    }
}

fn by(snapshot: &Snapshot, found: Found) -> By {
    let keys = |roles: &[Column]| -> Vec<Key<Role>> {
        let roles = roles.iter().filter_map(|role| snapshot.roles.names.key(role.role()?));
        roles.cloned().collect()
    };
    match found {
        Found::Other(by) => by,
        Found::Lets(Lets::Bypass(Bypass::Settings)) => By::Settings,
        Found::Lets(Lets::Bypass(Bypass::Administrator | Bypass::MovesFreely)) => By::Administrator,
        Found::Lets(Lets::Linked) => By::Linked,
        Found::Lets(Lets::Hosted) => By::Hosted,
        Found::Lets(Lets::Shared) => By::Shared,
        Found::Lets(Lets::Roles(roles, met)) => {
            By::Roles { roles: keys(&roles), relations: named(snapshot, met) }
        }
        Found::Lets(Lets::Standing(roles, met)) => {
            By::Standing { roles: keys(&roles), relations: named(snapshot, met) }
        }
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Administrator => f.write_str("as administrators"),
            Self::Settings => f.write_str("by the settings right"),
            Self::Linked => f.write_str("through a linked record"),
            Self::Hosted => f.write_str("through a social group that hosts the record"),
            Self::Shared => f.write_str("because the record is shared with them"),
            Self::Roles { roles, relations } => {
                write!(f, "by role {}: {}", Listed(roles, "and"), Listed(relations, "and"))
            }
            Self::Standing { roles, relations } => {
                let relations = Listed(relations, "and");
                write!(f, "by {relations}, because role {} gives it somewhere", Listed(roles, "and"))
            }
            Self::OtherView { within, audited_as, absent } => {
                let absent = absent.as_ref().map(|absent| format!("in the place of {absent}"));
                let within = within.as_ref().map(|it| format!("by a role confined to {it} and below"));
                let mark = audited_as.as_ref().map(|mark| format!("recorded as {mark}"));
                f.write_str(&[absent, within, mark].into_iter().flatten().collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// The number of users, then group by group what lets them, and who they are; of large groups the first few.
impl fmt::Display for WhoCan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 20;
        let count = self.len();
        writeln!(f, "{count} {}", if count == 1 { "user" } else { "users" })?;
        for group in &self.groups() {
            writeln!(f, "  {} {}", group.len(), group.by)?;
            self.keys_of(group).take(MOST).try_for_each(|key| writeln!(f, "    {key}"))?;
            if group.len() > MOST {
                writeln!(f, "    and {} more", group.len() - MOST)?;
            }
        }
        Ok(())
    }
}
