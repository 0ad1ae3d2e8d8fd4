//! What an edit changes, and for whom: two snapshots, right by right.
//!
//! Users who hold the same before and the same after are compared once. What is compared is what a matrix shows: the effect of every
//! right in its shortest form, and not the roles that it comes from; so a role that is renamed, split or put together of others
//! does not show, as long as it comes to the same.
//!
//! Deliberately absent: records. A right says to which records it reaches, as seen from its holder; where people sit is compared beside
//! it.

mod compare;
mod ground;
mod held;
mod openings;
mod passing;
mod text;

pub use ground::Ground;

use std::collections::{BTreeMap, HashMap};

use crate::access::Access;
use crate::check::Responsible;
use crate::directory::User;
use crate::key::{Key, KeyRef};
use crate::moment::Moment;
use crate::reason::{Claim, Perspective};
use crate::review::diff::compare::compare;
use crate::review::diff::held::Held;
use crate::review::diff::openings::Side;
use crate::snapshot::Snapshot;
use crate::vocabulary::{Action, Place};

/// Everything that differs between two snapshots, on one occasion. [`diff`] makes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diff {
    /// Users whose rights differ, those together for whom the same differs; the most first.
    pub groups: Vec<Affected>,
    /// What differs in what rights are measured by: where people sit and what parties count for.
    pub ground: Vec<Ground>,
}

/// Users for whom the same differs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Affected {
    /// The users, in the order of their keys; somebody who is in one of the snapshots only has nothing in the other.
    pub users: Vec<Key<User>>,
    /// Whether visitors who have not signed in are among them.
    pub visitors: bool,
    /// What differs, in the order of the vocabulary. Never empty.
    pub differences: Vec<Difference>,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Difference {
    /// What it is about.
    pub about: About,
    /// What there was.
    pub before: Has,
    /// What there is.
    pub after: Has,
}

/// What a difference is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum About {
    /// Getting into the application.
    Application,
    /// Entering an entity.
    Entering(Place),
    /// Doing something with the records at a place.
    Doing(Place, Key<Action>),
    /// Creating records at a place.
    Creating(Place),
    /// Moving records from a place, if they may be updated.
    Moving(Place),
}

/// What somebody has, view by view: each by as whom he looks, if not as himself. Why he stands in for somebody is left out; what two
/// substitutions of the same person give alike is had once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Has {
    /// Whether he gets in.
    Entry(bool),
    /// Which records are reached: they are claimed by one thing of each list. A view that reaches none is not here.
    Reach(Vec<(Option<Perspective>, Vec<Vec<Claim>>)>),
    /// Whose a new record becomes, if he may create it.
    Creation(Option<Responsible>),
    /// To which stages. A view that leads to none is not here.
    Stages(Vec<(Option<Perspective>, Leads)>),
}

/// Where records may go from a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Leads {
    /// Whether these are all other stages there are, of either snapshot: of the pipeline, or of the entity if the place is that.
    pub anywhere: bool,
    /// The stages.
    pub stages: Vec<Place>,
}

/// Which way something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Nothing that was there is lost.
    Gain,
    /// Nothing is there that was not.
    Loss,
    /// Some of it is lost, and something else gained.
    Both,
}

/// Everything that differs between two snapshots for their users and for visitors, at a moment in circumstances.
///
/// An empty diff proves that nothing changes on this occasion: whatever user or visitor asks, every check of every action with every
/// record that is described by the same keys, whatever is linked to it, hosts it or shares it, has the same answer, and so have
/// `actions`, `create`, `relocate`, `enters` and filters. Reasons of denials, objects' own lists and
/// who may hand on which role are not compared; of the last, only the rule is.
///
/// Where an action opens through linked records, only the right over these is told when that is what changes.
///
/// A circumstance that one of the snapshots does not have denies everything there, as always.
///
/// Takes time in proportion to the users, and to what users hold differently times the places times the actions.
///
/// ```
/// use bailiwick::review::{diff, Direction};
/// use bailiwick::{crm, Assignment, Directory, Moment, Policy, Role, Snapshot, Subject, User};
///
/// let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
/// let policy = |level| {
///     Policy::new(crm::vocabulary())
///         .role(Role::new("seller").set(crm::DEAL, crm::EXPORT, level))
///         .assign(Assignment::new("seller", Subject::SignedIn))
/// };
/// let before = Snapshot::compile(&policy(crm::OWN), &directory)?;
/// let after = Snapshot::compile(&policy(crm::ALL), &directory)?;
///
/// let diff = diff(&before, &after, Moment::from_unix_seconds(0), []);
/// assert_eq!(diff.groups.len(), 1); // for both it is the same
/// assert_eq!(diff.groups[0].users.len(), 2);
/// assert!(diff.groups[0].differences.iter().all(|it| it.direction() == Direction::Gain));
/// # Ok::<(), bailiwick::Problems>(())
/// ```
pub fn diff<'k>(
    before: &Snapshot,
    after: &Snapshot,
    at: impl Into<Moment>,
    circumstances: impl IntoIterator<Item = KeyRef<'k>>,
) -> Diff {
    let circumstances: Vec<KeyRef<'k>> = circumstances.into_iter().collect();
    let on = Occasion { at: at.into(), circumstances: &circumstances };
    let keys = |snapshot: &Snapshot| {
        let users = snapshot.users().filter_map(|user| snapshot.user_key(user).cloned());
        users.collect::<Vec<_>>()
    };
    let mut users: Vec<Option<Key<User>>> =
        keys(before).into_iter().chain(keys(after)).map(Some).chain([None]).collect();
    users.sort_unstable();
    users.dedup();
    let mut alike: BTreeMap<(Held, Held), Vec<Option<Key<User>>>> = BTreeMap::new();
    for user in users {
        let held = (Held::of(&on.access(before, user.as_ref())), Held::of(&on.access(after, user.as_ref())));
        alike.entry(held).or_default().push(user);
    }
    let mut for_whom: HashMap<Vec<Difference>, Vec<Option<Key<User>>>> = HashMap::new();
    for users in alike.into_values() {
        let first = users.first().and_then(Option::as_ref);
        let differences = compare(&on.access(before, first), &on.access(after, first));
        if !differences.is_empty() {
            for_whom.entry(differences).or_default().extend(users);
        }
    }
    let mut groups: Vec<Affected> =
        for_whom.into_iter().map(|(differences, users)| Affected::new(users, differences)).collect();
    groups.sort_by(|one, other| {
        let size = |group: &Affected| std::cmp::Reverse(group.users.len());
        (size(one), &one.users, one.visitors).cmp(&(size(other), &other.users, other.visitors))
    });
    let mut ground = ground::compare(before, after, on.at);
    let (before, after) = (on.side(before), on.side(after));
    ground.extend(openings::compare(&before, &after));
    ground.extend(passing::compare(&before, &after));
    Diff { groups, ground }
}

/// When it is asked, and in which circumstances.
struct Occasion<'k> {
    at: Moment,
    circumstances: &'k [KeyRef<'k>],
}

impl Occasion<'_> {
    fn side<'s>(&self, snapshot: &'s Snapshot) -> Side<'s> {
        Side::new(snapshot, self.access(snapshot, None).occasion())
    }

    fn access<'s>(&self, snapshot: &'s Snapshot, user: Option<&Key<User>>) -> Access<'s> {
        let access = match user {
            Some(key) => snapshot.access(snapshot.user(key), self.at),
            None => snapshot.anonymous_access(self.at),
        };
        access.in_circumstances(self.circumstances.iter().map(|key| snapshot.circumstance(*key)))
    }
}

impl Diff {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.ground.is_empty()
    }

    /// How many users gain or lose a right; visitors are not counted.
    pub fn people(&self) -> usize {
        self.groups.iter().map(|group| group.users.len()).sum()
    }

    /// Whether visitors who have not signed in gain or lose a right.
    pub fn visitors(&self) -> bool {
        self.groups.iter().any(|group| group.visitors)
    }
}

impl Affected {
    /// For these users, and for visitors if nobody is among them.
    fn new(users: Vec<Option<Key<User>>>, differences: Vec<Difference>) -> Self {
        let visitors = users.contains(&None);
        let mut users: Vec<Key<User>> = users.into_iter().flatten().collect();
        users.sort_unstable();
        Self { users, visitors, differences }
    }

    /// What differs in this direction.
    pub fn in_direction(&self, direction: Direction) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(move |it| it.direction() == direction)
    }
}
