//! Whom a question is put to.

use crate::directory::User;
use crate::index::Ix;
use crate::key::Handle;
use crate::reason::Perspective;
use crate::resolve::{self, Bearer, Lets, Outcome, Poll, Record, Stance, View, Viewer};
use crate::review::roster::{Alike, Roster};
use crate::review::who_can::WhoCan;
use crate::review::who_can::by::Found;
use crate::snapshot::{Actions, Column, LimitSet, Occasion, Snapshot, Walk};
use crate::vocabulary::{Action, Place, Relations};

/// One question, and what the record is to everybody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) on: Occasion,
    pub(super) place: Ix<Place>,
    pub(super) action: Ix<Action>,
    pub(super) common: Relations,
}

impl Asked {
    /// Whoever holds what these users hold, and no one of them.
    fn anybody<'s>(&self, snapshot: &'s Snapshot, alike: &Alike) -> Viewer<'s> {
        Viewer::anybody(snapshot, snapshot.people.roles_apart(alike.roles, self.on), alike.limits)
    }

    pub(super) fn lets(&self, snapshot: &Snapshot, alike: &Alike) -> Option<Lets> {
        resolve::lets(&self.anybody(snapshot, alike), self.place, self.action, self.common)
    }
}

/// One question, put to everybody.
pub(super) struct Asking<'r, 'q, 's> {
    pub(super) roster: &'r Roster<'s>,
    pub(super) asked: Asked,
    pub(super) record: &'q Record<'q>,
}

impl<'r, 's> Asking<'r, '_, 's> {
    pub(super) fn ask(&self, who: &mut WhoCan<'r>) {
        let Self { roster, asked, .. } = self;
        let mut poll = self.poll(asked.place, asked.action, asked.common);
        let mut could = poll.roles_that_could();
        could.extend(self.roles_through_links());
        could.sort_unstable();
        could.dedup();
        let mut allows = |number| roster.group(number).is_some_and(|it| self.allows(it, &mut poll));
        who.together = match roster.few_with(&could) {
            Some(few) => few.into_iter().filter(|number| allows(*number)).collect(),
            None => sifted(roster.groups(), allows),
        };
        let tied = self.tied();
        let is_among = |number| who.together.binary_search(&number).is_ok();
        let except = tied.iter().filter(|user| roster.group_of(**user).is_some_and(is_among));
        who.except = except.copied().collect();
        let apart = roster.apart.iter().filter(|user| tied.binary_search(user).is_err());
        let alone = tied.iter().chain(apart).filter_map(|user| Some((*user, self.ask_alone(*user)?)));
        who.alone = alone.collect();
    }

    fn poll(&self, place: Ix<Place>, action: Ix<Action>, stands: Relations) -> Poll<'s> {
        Poll::new(self.roster.snapshot, place, action, stands)
    }

    /// Whether these users may, each as anybody who holds what they hold. What their roles come to is enough, if nothing but these
    /// makes a difference.
    #[inline(always)]
    fn allows(&self, alike: &Alike, poll: &mut Poll<'s>) -> bool {
        if alike.limits != LimitSet::NONE || !self.record.openings.is_empty() {
            return self.allows_anybody(alike);
        }
        if alike.roles.is_elsewhere() {
            poll.allows_viewer(self.asked.anybody(self.roster.snapshot, alike))
        } else {
            poll.allows_holder_of(alike.roles)
        }
    }

    fn allows_anybody(&self, alike: &Alike) -> bool {
        let anybody = View::own(self.asked.anybody(self.roster.snapshot, alike));
        resolve::decide_in(&anybody, self.asked.place, self.asked.action, self.record) == Outcome::Allowed
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
                        self.poll(at, right.1, common).roles_that_could()
                    });
                    roles.extend(could.into_iter().flatten());
                }
            }
        }
        roles
    }

    /// Everybody to whom the record, or one that it is linked to, can be more than to everybody else, and who is active: who is bound
    /// to it, whoever sees their tickets, and whoever is a member of a department of theirs or of one above.
    fn tied(&self) -> Vec<Ix<User>> {
        let snapshot = self.roster.snapshot;
        let mut tied = Vec::new();
        for participant in self.record.parties().chain(self.record.linked().flat_map(Record::parties)) {
            match participant.who {
                Bearer::User(user) => {
                    let Some(position) = snapshot.people.position(user) else { continue };
                    tied.push(position);
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
        tied.sort_unstable();
        tied.dedup();
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
    pub(super) fn found(&self, viewer: Viewer<'_>) -> Option<Found> {
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

/// The numbers that pass. Whether one does is a guess that fails too often, so each is written down, and written over if it does not.
fn sifted(numbers: impl ExactSizeIterator<Item = u32>, mut passes: impl FnMut(u32) -> bool) -> Vec<u32> {
    let mut all = vec![0; numbers.len()];
    let mut passed = 0;
    for number in numbers {
        all.get_mut(passed).into_iter().for_each(|slot| *slot = number);
        passed += usize::from(passes(number));
    }
    all.truncate(passed);
    all
}
