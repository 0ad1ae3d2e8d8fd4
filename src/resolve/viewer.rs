//! Who is asking, and how he stands to a record.

use smallvec::SmallVec;

use crate::directory::{Department, TicketGroup, User, UserGroup};
use crate::index::Ix;
use crate::key::Handle;
use crate::moment::Moment;
use crate::resolve::record::{Bearer, Participant, Record};
use crate::resolve::when;
use crate::snapshot::{
    Circumstances, Column, Groups, HeldRoles, LimitSet, Limited, Occasion, OnTerms, Snapshot, Standing, Walk,
};
use crate::vocabulary::{Party, Place, Relations};

/// One user on one occasion: his roles, and where he sits.
///
/// What is called in rare cases only takes it by value, so that in all others it never has to be laid out in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Viewer<'s> {
    pub(crate) snapshot: &'s Snapshot,
    handle: Handle<User>,
    standing: Standing,
    pub(super) roles: HeldRoles,
    limits: Limiting,
}

/// The limits on a viewer of which any is in force: on himself, and on whoever stands in for him.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Limiting {
    own: LimitSet,
    substitute: LimitSet,
}

/// Why there is no viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nobody {
    Unknown,
    Dismissed,
    /// He is somewhere; but in circumstances of which one is unknown.
    UnknownCircumstance,
}

impl<'s> Viewer<'s> {
    #[inline(always)]
    pub(crate) fn new(snapshot: &'s Snapshot, user: Handle<User>, on: Occasion) -> Result<Self, Nobody> {
        let row = snapshot.people.accept(user).ok_or(Nobody::Unknown)?;
        let (standing, roles) = (row.standing(), snapshot.people.roles(row, on));
        let mut limits = Limiting::NONE;
        if standing.is_special() {
            if standing.is_dismissed() {
                return Err(Nobody::Dismissed);
            }
            limits = Limiting::own(snapshot, snapshot.limits.of(Ix::new(user.position)), on);
        }
        Ok(Self { snapshot, handle: user, standing, roles, limits })
    }

    /// Nobody's viewer, who sits nowhere and holds no role.
    #[inline]
    pub(crate) fn without_anything(snapshot: &'s Snapshot, on: Occasion) -> Self {
        let (standing, roles) = (Standing::NOWHERE.special(), HeldRoles::none(on));
        Self { snapshot, handle: Handle::unknown(), standing, roles, limits: Limiting::NONE }
    }

    /// A visitor who has not signed in: he holds what everyone holds, and no record is his.
    pub(crate) fn anonymous(snapshot: &'s Snapshot, on: Occasion) -> Self {
        let roles = snapshot.people.anonymous_roles(on);
        let none = snapshot.views.anonymous_parts().is_empty();
        let standing = if none { Standing::NOWHERE.special() } else { Standing::NOWHERE.with_views() };
        let limits = Limiting::own(snapshot, snapshot.limits.of_visitors(), on);
        Self { snapshot, handle: Handle::unknown(), standing, roles, limits }
    }

    /// The same person, measured otherwise and over other roles.
    pub(super) fn apart(&self, standing: Standing, roles: HeldRoles) -> Self {
        Self { standing: standing.special(), roles, ..*self }
    }

    /// Whether anything sets him apart from an ordinary viewer, who is no administrator, is not limited, has no other views and holds
    /// a few roles, none of them on terms. Of a special one nothing follows.
    #[inline(always)]
    pub(crate) fn is_special(&self) -> bool {
        self.standing.is_special()
    }

    pub(super) fn standing(&self) -> Standing {
        self.standing
    }

    /// Whether the user has other views than this one.
    #[inline]
    pub(crate) fn has_views(&self) -> bool {
        self.is_special() && self.standing.has_views()
    }

    /// Nobody in particular, who holds these roles under these limits, and to whom a record is what it is to everybody.
    pub(crate) fn anybody(snapshot: &'s Snapshot, roles: HeldRoles, limits: LimitSet) -> Self {
        let limits = Limiting::own(snapshot, limits, roles.occasion);
        let standing = Standing::NOWHERE.special();
        Self { snapshot, handle: Handle::unknown(), standing, roles, limits }
    }

    /// The same viewer on another occasion.
    pub(crate) fn on(self, occasion: Occasion) -> Self {
        match Self::new(self.snapshot, self.handle, occasion) {
            Ok(viewer) => viewer,
            Err(_) => Self::anonymous(self.snapshot, occasion),
        }
    }

    /// The same viewer, as if there were no limits.
    pub(crate) fn without_limits(&self) -> Self {
        Self { limits: Limiting::NONE, ..*self }
    }

    /// Whether any limit is in force for him.
    #[inline]
    pub(crate) fn is_limited(&self) -> bool {
        self.limits != Limiting::NONE
    }

    /// The same viewer, looked at by whoever stands in for him, whose limits come on top.
    pub(super) fn stood_in_for_by(self, substitute: &Self) -> Self {
        let limits = Limiting { substitute: substitute.limits.own, ..self.limits };
        Self { limits, standing: self.standing.special(), ..self }
    }

    /// The limits on him, in force or not, and on whoever stands in for him; nothing, if none is in force.
    pub(super) fn limited(&self) -> impl Iterator<Item = &'s Limited> {
        let limits = &self.snapshot.limits;
        limits.set(self.limits.own).iter().chain(limits.set(self.limits.substitute))
    }

    /// Every limit on him, in force or not.
    pub(super) fn all_limits(&self) -> &'s [Limited] {
        let limits = &self.snapshot.limits;
        let user = self.snapshot.people.accept(self.handle).map(|_| Ix::new(self.handle.position));
        limits.set(user.map_or(limits.of_visitors(), |user| limits.of(user)))
    }

    pub(super) fn occasion(&self) -> Occasion {
        self.roles.occasion
    }

    /// The roles that would be held at another moment in these circumstances, sorted.
    pub(super) fn roles_held(&self, at: Moment, circumstances: Circumstances) -> Vec<Column> {
        let then = self.roles.at(at).in_circumstances(circumstances);
        let mut roles: Vec<Column> = self.snapshot.people.all_of(then).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// The roles that he does not always hold.
    pub(super) fn roles_on_terms(&self) -> &'s [OnTerms] {
        self.snapshot.people.on_terms(self.roles)
    }

    #[inline]
    pub(crate) fn is_administrator(&self) -> bool {
        self.standing.is_administrator()
    }

    /// Whether he is an administrator, and free in the entity that the place is in: allowed everything there, whatever his roles.
    pub(crate) fn is_free(&self, place: Ix<Place>) -> bool {
        let frees = || self.snapshot.offers.entity(self.snapshot.places.entity(place)).frees;
        self.is_administrator() && frees().holds_in(self.occasion().circumstances)
    }

    /// Whether he is an administrator who is free in every entity, so that no role of his and no other view counts.
    pub(super) fn is_free_everywhere(&self) -> bool {
        self.would_be_free_everywhere_in(self.occasion().circumstances)
    }

    pub(super) fn would_be_free_everywhere_in(&self, circumstances: Circumstances) -> bool {
        self.is_administrator() && self.snapshot.offers.free_everywhere_in(circumstances)
    }

    pub(crate) fn handle(&self) -> Handle<User> {
        self.handle
    }

    /// Whether he is a user, and not a visitor.
    pub(super) fn is_signed_in(&self) -> bool {
        self.snapshot.people.position(self.handle).is_some()
    }

    /// Whether the user, as whom anything is measured, is a member of a department.
    pub(super) fn is_employee(&self) -> bool {
        !self.snapshot.people.departments_of(self.handle).is_empty()
    }

    /// Where the viewer stands among all users. Of one who is not special: he is a user, and holds what his row says.
    #[inline]
    pub(super) fn position(&self) -> Ix<User> {
        Ix::new(self.handle.position)
    }

    /// The active departments that the viewer sits in or heads.
    pub(crate) fn departments(&self) -> SmallVec<[Ix<Walk>; 4]> {
        self.snapshot.people.departments(self.standing)
    }

    /// The active departments that the viewer heads.
    pub(crate) fn headed(&self) -> SmallVec<[Ix<Walk>; 4]> {
        self.snapshot.people.headed(self.standing)
    }

    /// The roles that the viewer holds.
    pub(crate) fn roles(&self) -> impl Iterator<Item = Column> + use<'s> {
        self.snapshot.people.all_of(self.roles)
    }

    /// The roles that the viewer holds, each once.
    pub(crate) fn held_roles(&self) -> Vec<Column> {
        let mut roles: Vec<Column> = self.roles().filter(|role| *role != Column::NONE).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// Whether the viewer holds any role at all.
    pub(super) fn holds_any_role(&self) -> bool {
        self.roles().any(|role| role != Column::NONE)
    }

    /// What a head has through those below him.
    const OF_HEADS: Relations = Relations::SUBORDINATES.union(Relations::INVOLVES_SUBORDINATES);

    /// All the relations in which the viewer stands to the record.
    #[inline(always)]
    pub(crate) fn stands_to(&self, record: &Record<'_>) -> Relations {
        let mut stands = record.common() | self.through_user(Party::OWNER, record.owner);
        if !record.participants.is_empty() {
            stands |= through_all(*self, record.participants);
        }
        stands | when(!stands.contains(Relations::DEPARTMENT), Relations::ELSEWHERE)
    }

    /// The relations that hold through one party.
    pub(super) fn through(&self, participant: Participant) -> Relations {
        match participant.who {
            Bearer::User(user) => self.through_user(participant.party, user),
            Bearer::UserGroup(group) => self.through_group(participant.party, group),
            Bearer::Department(department) => self.through_department(participant.party, department),
        }
    }

    #[inline(always)]
    fn through_user(&self, party: Party, user: Handle<User>) -> Relations {
        let Some(row) = self.snapshot.people.accept(user) else { return Relations::empty() };
        let counts_for = self.snapshot.lexicon.counts_for(party);
        // Both are accepted: so they are the same user where they have the same position.
        let himself = user.position == self.handle.position;
        let personal = when(himself, Relations::PERSONAL);
        let mut through = personal | self.by_department(row.standing());
        if counts_for.intersects(Relations::BY_SEAT.union(Relations::BY_TICKET_GROUP)) {
            through |= self.seldom_asked(user, row.standing());
        }
        counts_for & through
    }

    /// The user groups that he is in; sorted. Takes time in proportion to his memberships.
    pub(crate) fn user_groups(&self) -> Groups {
        self.snapshot.groups_of(self.handle, self.occasion().at)
    }

    /// Whoever is in a group is the party that it is.
    #[inline(never)]
    fn through_group(&self, party: Party, group: Handle<UserGroup>) -> Relations {
        let counts_for = self.snapshot.lexicon.counts_for_group(party);
        let group = self.snapshot.membership.user_groups.accept(group);
        let is_in = || group.is_some_and(|group| self.user_groups().binary_search(&group).is_ok());
        when(!counts_for.is_empty() && is_in(), counts_for)
    }

    /// As through somebody who sits in the department alone.
    #[inline(never)]
    fn through_department(&self, party: Party, department: Handle<Department>) -> Relations {
        let departments = &self.snapshot.departments;
        let at = departments.accept(department).filter(|at| departments.is_active(*at));
        let Some(at) = at else { return Relations::empty() };
        let lies = self.departments().iter().fold(Relations::empty(), |all, mine| all | self.lies(*mine, at));
        self.snapshot.lexicon.counts_for_department(party) & lies
    }

    /// How the departments of another user lie to the viewer's.
    #[inline(always)]
    fn by_department(&self, other: Standing) -> Relations {
        match (self.standing.only_department(), other.only_department()) {
            (Some(mine), Some(others)) => self.one_to_one(mine, others),
            _ => many_to_many(*self, other),
        }
    }

    /// The ordinary case, free of branches. Who sits nowhere is in a department that contains nothing, not even itself.
    #[inline(always)]
    fn one_to_one(&self, mine: Ix<Walk>, others: Ix<Walk>) -> Relations {
        let depth = others.position().wrapping_sub(mine.position());
        let span = self.snapshot.departments.end(mine).saturating_sub(mine.position());
        let lies = if depth == 0 { Relations::DEPARTMENT } else { Relations::SUBDEPARTMENTS };
        let heads = when(self.standing.heads_only_department(), Self::OF_HEADS);
        when(depth < span, lies | heads)
    }

    /// How one department of another user lies to one of the viewer's.
    pub(super) fn lies(&self, mine: Ix<Walk>, others: Ix<Walk>) -> Relations {
        let inside = mine <= others && others.position() < self.snapshot.departments.end(mine);
        let same = mine == others;
        when(same, Relations::DEPARTMENT)
            | when(inside && !same, Relations::SUBDEPARTMENTS)
            | when(inside && self.headed().contains(&mine), Self::OF_HEADS)
    }

    /// How another user is seated, and through which ticket groups he is seen. Apart, because few vocabularies ask.
    #[cold]
    #[inline(never)]
    fn seldom_asked(self, other: Handle<User>, standing: Standing) -> Relations {
        let seat = self.seat(standing).map(|(seat, _)| seat).unwrap_or_default();
        self.mates(other).fold(seat, |all, (_, relation)| all | relation)
    }

    /// The ticket groups through which the viewer sees the tickets of another user.
    pub(super) fn mates(
        &self,
        other: Handle<User>,
    ) -> impl Iterator<Item = (Ix<TicketGroup>, Relations)> + use<'s> {
        let (people, mates) = (&self.snapshot.people, &self.snapshot.mates);
        let both = people.position(self.handle).zip(people.position(other));
        both.into_iter().flat_map(|(viewer, other)| mates.between(viewer, other))
    }

    /// Everybody whose tickets the viewer sees, as far as the relations ask; some more than once.
    pub(crate) fn all_mates(&self, relations: Relations) -> impl Iterator<Item = Ix<User>> + use<'s> {
        let mates = &self.snapshot.mates;
        let seen = self.snapshot.people.position(self.handle).into_iter().flat_map(|user| mates.seen(user));
        let seen = seen.filter(move |(_, relation)| relations.contains(*relation));
        seen.flat_map(|(group, _)| mates.members(group).iter().map(|(user, _)| *user))
    }

    /// How another user is seated, seen from the viewer, and in which department; nothing, if he is in none.
    pub(super) fn seat(&self, other: Standing) -> Option<(Relations, Ix<Walk>)> {
        let people = &self.snapshot.people;
        let (mine, theirs, headed) = (self.departments(), people.departments(other), people.headed(other));
        let own = |list: &[Ix<Walk>]| list.iter().find(|at| mine.contains(at)).copied();
        let seats = [
            (Relations::OWN_HEADS, own(&headed)),
            (Relations::PEERS, own(&theirs)),
            (Relations::OTHER_HEADS, headed.first().copied()),
            (Relations::OTHER_EMPLOYEES, theirs.first().copied()),
        ];
        seats.into_iter().find_map(|(seat, at)| Some((seat, at?)))
    }
}

/// Apart, so that records that only have an owner stay short.
#[inline(never)]
fn through_all(viewer: Viewer<'_>, participants: &[Participant]) -> Relations {
    participants.iter().fold(Relations::empty(), |stands, participant| stands | viewer.through(*participant))
}

#[cold]
#[inline(never)]
fn many_to_many(viewer: Viewer<'_>, other: Standing) -> Relations {
    let others = viewer.snapshot.people.departments(other);
    let mine = viewer.departments();
    let pairs = mine.iter().flat_map(|mine| others.iter().map(move |others| (*mine, *others)));
    pairs.fold(Relations::empty(), |relations, (mine, others)| relations | viewer.lies(mine, others))
}

impl Limiting {
    const NONE: Self = Self { own: LimitSet::NONE, substitute: LimitSet::NONE };

    /// The limits, unless none of them is in force.
    #[inline(never)]
    fn own(snapshot: &Snapshot, own: LimitSet, on: Occasion) -> Self {
        let is_in_force = || {
            let mut limited = snapshot.limits.set(own).iter();
            limited.any(|limited| snapshot.limits.in_force(limited, on).is_some())
        };
        if own == LimitSet::NONE || !is_in_force() { Self::NONE } else { Self { own, ..Self::NONE } }
    }
}
