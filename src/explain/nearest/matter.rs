//! The question in keys, so that it can be put to another snapshot.

use crate::access::Access;
use crate::directory::{SocialGroup, User};
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::policy::{Right, Role, Subject};
use crate::resolve::{self, Opening, Participant, Record, Share, View};
use crate::snapshot::{Column, Snapshot};
use crate::vocabulary::{Action, Party, Place};

/// A question that is denied, and all that it depends on.
#[derive(Debug)]
pub(super) struct Matter<'a> {
    pub(super) access: &'a Access<'a>,
    pub(super) user: Key<User>,
    action: Handle<Action>,
    own: Bound<'a>,
    linked: Vec<Bound<'a>>,
    /// The social groups that host the record, if they open what is asked.
    pub(super) hosts: Vec<Key<SocialGroup>>,
    /// With whom it is shared, as far as that is known, and for what.
    shares: Vec<(Subject, &'a [Handle<Action>])>,
    /// What is asked of the record first, then what is asked of those that it is linked to.
    pub(super) concerns: Vec<Concern>,
}

/// What is asked of one record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Concern {
    /// Where the record is, and what that lies in, the finest first.
    upward: Vec<Place>,
    /// The action and its prerequisites.
    actions: Vec<Key<Action>>,
    /// The settings right, if it includes one of them.
    settings: Option<(Place, Key<Action>)>,
}

/// A record, with the keys of everybody who is bound to it.
#[derive(Debug)]
struct Bound<'a> {
    record: Record<'a>,
    owner: Option<Key<User>>,
    participants: Vec<(Party, Key<User>)>,
}

impl Concern {
    fn of(snapshot: &Snapshot, place: Ix<Place>, asked: Ix<Action>) -> Option<Self> {
        let requires = snapshot.ask(place, asked)?.rule.requires;
        let numbers: Vec<Ix<Action>> = std::iter::once(asked).chain(requires.iter()).collect();
        let by_settings =
            numbers.iter().any(|it| snapshot.ask(place, *it).is_some_and(|it| it.rule.by_settings));
        let settings = snapshot.offers.entity(snapshot.places.entity(place)).settings.filter(|_| by_settings);
        let upward = snapshot.places.upward(place).filter_map(|it| snapshot.places.path(it));
        Some(Self {
            upward: upward.cloned().collect(),
            actions: numbers.iter().filter_map(|it| snapshot.lexicon.actions.key(*it)).cloned().collect(),
            settings: settings.and_then(|(entity, action)| {
                let place = snapshot.places.path(snapshot.places.whole(entity))?;
                Some((place.clone(), snapshot.lexicon.actions.key(action)?.clone()))
            }),
        })
    }

    /// Whether the question can depend on this right.
    fn depends_on(&self, right: &Right) -> bool {
        let entity = self.upward.iter().any(|place| place.entity_key() == right.place.entity_key());
        let settings = |(place, action): &(Place, Key<Action>)| {
            place.entity_key() == right.place.entity_key() && *action == right.action
        };
        entity && self.actions.contains(&right.action) || self.settings.as_ref().is_some_and(settings)
    }

    /// The cells of a role that the answer can depend on. The settings right can be one of the actions in question.
    pub(super) fn cells(&self) -> impl Iterator<Item = (&Place, &Key<Action>)> {
        let here =
            self.upward.iter().flat_map(|place| self.actions.iter().map(move |action| (place, action)));
        let settings = self.settings.iter().map(|(place, action)| (place, action));
        here.chain(
            settings.filter(|(place, action)| !self.upward.contains(place) || !self.actions.contains(action)),
        )
    }
}

impl<'a> Bound<'a> {
    fn of(snapshot: &Snapshot, record: &Record<'a>) -> Self {
        let key = |user| snapshot.user_key(user).cloned();
        let participants = record.participants.iter();
        Self {
            record: record.alone(),
            owner: key(record.owner),
            participants: participants.filter_map(|it| Some((it.party, key(it.user)?))).collect(),
        }
    }

    fn people(&self) -> impl Iterator<Item = &Key<User>> {
        self.owner.iter().chain(self.participants.iter().map(|(_, user)| user))
    }

    fn participants_in(&self, snapshot: &Snapshot) -> Vec<Participant> {
        self.participants.iter().map(|(party, user)| party.is(snapshot.user(user))).collect()
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
    /// The question, if there is somebody who asks it and the entity admits the action.
    pub(super) fn of(access: &'a Access<'a>, action: Handle<Action>, record: &Record<'a>) -> Option<Self> {
        let snapshot = access.snapshot();
        let (viewer, place, asked) = access.question(record.place, action).ok()?;
        let mut concerns = vec![Concern::of(snapshot, place, asked)?];
        let requires = snapshot.ask(place, asked)?.rule.requires;
        let own = View::own(*viewer);
        for action in std::iter::once(asked).chain(requires.iter()) {
            for right in snapshot.offers.through(snapshot.places.entity(place), action) {
                let at = record.linked().filter_map(|linked| resolve::linked_place(&own, *right, linked));
                let linked = at.filter_map(|at| Concern::of(snapshot, at, right.1));
                for concern in linked.collect::<Vec<_>>() {
                    if !concerns.contains(&concern) {
                        concerns.push(concern);
                    }
                }
            }
        }
        Some(Self {
            access,
            user: snapshot.user_key(access.user()).cloned()?,
            action,
            own: Bound::of(snapshot, record),
            linked: record.linked().map(|linked| Bound::of(snapshot, linked)).collect(),
            hosts: record.hosts().filter_map(|group| snapshot.social_group_key(group)).cloned().collect(),
            shares: record
                .shares()
                .filter_map(|it| Some((snapshot.subject(it.with.0)?, it.actions)))
                .collect(),
            concerns,
        })
    }

    /// Whether the question can depend on this right.
    pub(super) fn depends_on(&self, right: &Right) -> bool {
        self.concerns.iter().any(|concern| concern.depends_on(right))
    }

    /// Everybody who is bound to the record, or to one that it is linked to.
    pub(super) fn bound(&self) -> impl Iterator<Item = &Key<User>> {
        self.own.people().chain(self.linked.iter().flat_map(Bound::people))
    }

    /// With whom the record is shared.
    pub(super) fn shared_with(&self) -> impl Iterator<Item = &Subject> {
        self.shares.iter().map(|(with, _)| with)
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
        self.access_in(snapshot).check(self.action, &record).is_allowed()
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
