//! The question in keys, so that it can be put to another snapshot.

use crate::access::Access;
use crate::directory::{Department, Principal, SocialGroup, User};
use crate::explain::nearest::grounds::{Concern, Exit, Grounds, Wish};
use crate::key::{Handle, Key};
use crate::policy::{Right, Role, Subject, Transition};
use crate::resolve::{Opening, Participant, Record, Share};
use crate::snapshot::{Column, Snapshot};
use crate::vocabulary::{Action, Party};

/// A question that is denied, and all that it depends on.
#[derive(Debug)]
pub(super) struct Matter<'a> {
    pub(super) access: &'a Access<'a>,
    pub(super) user: Key<User>,
    wish: Wish,
    own: Bound<'a>,
    linked: Vec<Bound<'a>>,
    /// The social groups that host the record, if they open what is asked.
    pub(super) hosts: Vec<Key<SocialGroup>>,
    /// With whom it is shared, as far as that is known, and for what.
    shares: Vec<(Subject, &'a [Handle<Action>])>,
    /// With whom it is shared, and which groups and departments are parties of it, or of a record that it is linked to.
    named: Vec<Subject>,
    /// What is asked of the record first, then what is asked of those that it is linked to, or where it goes.
    pub(super) concerns: Vec<Concern>,
    /// The way out that a move needs.
    pub(super) exit: Option<Exit>,
}

/// A record, with the keys of everybody who is bound to it.
#[derive(Debug)]
struct Bound<'a> {
    record: Record<'a>,
    owner: Option<Key<User>>,
    participants: Vec<(Party, Principal)>,
}

impl<'a> Bound<'a> {
    fn of(snapshot: &Snapshot, record: &Record<'a>) -> Self {
        let key = |user| snapshot.user_key(user).cloned();
        let participants = record.participants.iter();
        Self {
            record: record.alone(),
            owner: key(record.owner),
            participants: participants.filter_map(|it| Some((it.party, it.principal(snapshot)?))).collect(),
        }
    }

    fn people(&self) -> impl Iterator<Item = &Key<User>> {
        let participants = self.participants.iter().filter_map(|(_, who)| match who {
            Principal::User(user) => Some(user),
            Principal::UserGroup(_) | Principal::Department(_) => None,
        });
        self.owner.iter().chain(participants)
    }

    /// The groups and departments.
    fn named(&self) -> impl Iterator<Item = Subject> {
        self.participants.iter().filter_map(|(_, who)| match who {
            Principal::User(_) => None,
            Principal::UserGroup(key) => Some(Subject::UserGroup(key.clone())),
            Principal::Department(key) => Some(Subject::Department(key.clone())),
        })
    }

    fn participants_in(&self, snapshot: &Snapshot) -> Vec<Participant> {
        self.participants.iter().map(|(party, who)| Participant::found(*party, who, snapshot)).collect()
    }

    /// The same record in another snapshot, with the participants there.
    fn record_in<'p>(&self, snapshot: &Snapshot, participants: &'p [Participant]) -> Record<'p>
    where
        'a: 'p,
    {
        self.record.owner(snapshot.user(self.owner.as_ref())).participants(participants)
    }
}

impl<'a> Matter<'a> {
    /// The question, if there is somebody who asks it and it is one that can be allowed.
    pub(super) fn of(access: &'a Access<'a>, wish: Wish, record: &Record<'a>) -> Option<Self> {
        let snapshot = access.snapshot();
        let Grounds { concerns, exit } = wish.grounds(access, record)?;
        let own = Bound::of(snapshot, record);
        let linked: Vec<_> = record.linked().map(|linked| Bound::of(snapshot, linked)).collect();
        let shared = record.shares().filter_map(|it| snapshot.subject(it.with.0));
        let named = shared.chain(linked.iter().chain([&own]).flat_map(Bound::named)).collect();
        Some(Self {
            access,
            user: snapshot.user_key(access.user()).cloned()?,
            wish,
            own,
            linked,
            hosts: record.hosts().filter_map(|group| snapshot.social_group_key(group)).cloned().collect(),
            shares: record
                .shares()
                .filter_map(|it| Some((snapshot.subject(it.with.0)?, it.actions)))
                .collect(),
            named,
            concerns,
            exit,
        })
    }

    /// Whether the question can depend on this right.
    pub(super) fn depends_on(&self, right: &Right) -> bool {
        self.concerns.iter().any(|concern| concern.depends_on(right))
    }

    /// Whether the question can depend on this transition.
    pub(super) fn leads_by(&self, transition: &Transition) -> bool {
        self.exit.as_ref().is_some_and(|exit| exit.from.contains(&transition.from))
    }

    /// Everybody who is bound to the record, or to one that it is linked to.
    pub(super) fn bound(&self) -> impl Iterator<Item = &Key<User>> {
        self.own.people().chain(self.linked.iter().flat_map(Bound::people))
    }

    /// With whom the record is shared, and which groups and departments are parties.
    pub(super) fn named(&self) -> impl Iterator<Item = &Subject> {
        self.named.iter()
    }

    /// The departments that are parties.
    pub(super) fn departments(&self) -> impl Iterator<Item = &Key<Department>> {
        let all = std::iter::once(&self.own).chain(&self.linked).flat_map(|it| &it.participants);
        all.filter_map(|(_, who)| if let Principal::Department(key) = who { Some(key) } else { None })
    }

    /// The same access in another snapshot.
    fn access_in<'s>(&self, snapshot: &'s Snapshot) -> Access<'s> {
        let asserted = self.access.circumstances();
        let asserted = asserted.iter().map(|key| snapshot.circumstance(key));
        snapshot.access(snapshot.user(&self.user), self.access.at()).in_circumstances(asserted)
    }

    /// Whether another snapshot allows it.
    pub(super) fn is_allowed_by(&self, snapshot: &Snapshot) -> bool {
        let bound: Vec<_> = self.linked.iter().map(|linked| linked.participants_in(snapshot)).collect();
        let linked = self.linked.iter().zip(&bound);
        let linked: Vec<_> = linked.map(|(linked, people)| linked.record_in(snapshot, people)).collect();
        let hosts = self.hosts.iter().filter_map(|group| snapshot.social_group(group)).map(Opening::Hosted);
        let shares = self.shares.iter().map(|(with, actions)| Share::new(snapshot.grantee(with), actions));
        let linked = linked.iter().map(Opening::Linked);
        let openings: Vec<_> = linked.chain(hosts).chain(shares.map(Opening::Shared)).collect();
        let participants = self.own.participants_in(snapshot);
        let record = self.own.record_in(snapshot, &participants).openings(&openings);
        self.wish.is_allowed(&self.access_in(snapshot), &record)
    }

    /// The roles that the viewer himself holds in a snapshot, in whatever way, each once.
    pub(super) fn roles_in(&self, snapshot: &Snapshot) -> Vec<Key<Role>> {
        let access = self.access_in(snapshot);
        let own = access.views().filter(|view| view.stand_in.is_none());
        keys(snapshot, own.flat_map(|view| view.viewer.roles()))
    }

    /// Whether a change of these roles touches the user on this occasion: he holds one of them, or stands in for somebody who does.
    pub(super) fn holds_any(&self, user: Handle<User>, roles: &[Key<Role>]) -> bool {
        let snapshot = self.access.snapshot();
        let asserted = self.access.circumstances();
        let asserted = asserted.iter().map(|key| snapshot.circumstance(key));
        let access = snapshot.access(user, self.access.at()).in_circumstances(asserted);
        let mut held = access.views().flat_map(|view| view.viewer.roles());
        held.any(|role| {
            role.role().and_then(|it| snapshot.roles.names.key(it)).is_some_and(|it| roles.contains(it))
        })
    }

    /// The roles that the viewer holds in his own view.
    pub(super) fn plain_roles(&self) -> Vec<Key<Role>> {
        let own = self.access.views().take(1).flat_map(|view| view.viewer.roles());
        keys(self.access.snapshot(), own)
    }
}

fn keys(snapshot: &Snapshot, roles: impl Iterator<Item = Column>) -> Vec<Key<Role>> {
    let mut roles: Vec<Column> = roles.collect();
    roles.sort_unstable();
    roles.dedup();
    roles.iter().filter_map(|role| snapshot.roles.names.key(role.role()?)).cloned().collect()
}
