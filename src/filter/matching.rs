//! A filter applied to records in memory, as a database would apply it to rows.

use smallvec::SmallVec;

use crate::directory::{Department, User};
use crate::filter::{AnyOf, Clause, Condition, DepartmentSpan, Filter, Keeps, Seating};
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::resolve::{Participant, Record};
use crate::snapshot::{Actions, Snapshot, Walk};
use crate::vocabulary::{Party, Place};

impl Filter {
    /// Whether the filter keeps the record. `snapshot` is the one that the filter was made from.
    ///
    /// The caller asks for records of the filter's entity only, as his query reads that entity's table only. A record whose
    /// place the snapshot does not know is not kept.
    pub fn matches(&self, snapshot: &Snapshot, record: &Record<'_>) -> bool {
        self.keeps().matches(snapshot, record)
    }
}

impl Keeps {
    fn matches(&self, snapshot: &Snapshot, record: &Record<'_>) -> bool {
        let Some(place) = snapshot.place_of(record.place) else { return false };
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::AnyOf(clauses) => clauses.iter().any(|clause| clause.matches(snapshot, place, record)),
        }
    }
}

impl Clause {
    fn matches(&self, snapshot: &Snapshot, place: &Place, record: &Record<'_>) -> bool {
        let here = |within: &super::Within| {
            within.pipelines.contains(place.pipeline_key()) && within.stages.contains(place.stage_key())
        };
        (self.within.is_empty() || self.within.iter().any(here))
            && self.all.iter().all(|any| meets(any, snapshot, record))
    }
}

fn meets(any: &AnyOf, snapshot: &Snapshot, record: &Record<'_>) -> bool {
    let bound = |party: &Key<Party>| {
        let party = snapshot.party(party);
        record.parties().filter(move |participant| Some(participant.party) == party)
    };
    let people = |party: &Key<Party>| bound(party).filter_map(Participant::user);
    let departments = |party: &Key<Party>| bound(party).filter_map(Participant::department);
    any.iter().any(|condition| match condition {
        Condition::Flag(key) => {
            let flag = snapshot.flag(key);
            flag.is_some_and(|flag| record.common().contains(flag.relation()))
        }
        Condition::PartyIs(party, user) => people(party).any(|other| snapshot.user_key(other) == Some(user)),
        Condition::PartyAmong(party, users) => people(party)
            .any(|user| snapshot.user_key(user).is_some_and(|user| users.binary_search(user).is_ok())),
        Condition::PartyIn(party, spans) => {
            people(party).any(|user| Posts::of(snapshot, user).sits_in(spans))
        }
        Condition::PartySeated(party, seating, spans) => {
            people(party).any(|user| Posts::of(snapshot, user).seating(spans) == Some(*seating))
        }
        Condition::PartyGroup(party, groups) => {
            let bound = bound(party).filter_map(Participant::user_group);
            bound
                .filter_map(|group| snapshot.user_group_key(group))
                .any(|it| groups.binary_search(it).is_ok())
        }
        Condition::PartyDepartment(party, spans) => {
            departments(party).any(|department| lies_in(snapshot, department, spans))
        }
        Condition::Elsewhere { users, departments: owning, spans } => {
            let mut seated = users.iter().flat_map(people);
            let mut owned = owning.iter().flat_map(departments);
            !seated.any(|user| Posts::of(snapshot, user).sits_in(spans))
                && !owned.any(|department| lies_in(snapshot, department, spans))
        }
        Condition::HostedBy(groups) => record
            .hosts()
            .filter_map(|group| snapshot.social_group_key(group))
            .any(|group| groups.binary_search(group).is_ok()),
        Condition::Linked(entity, keeps) => record.linked().any(|linked| {
            let of = snapshot.place_of(linked.place).map(Place::entity_key);
            of == Some(entity) && keeps.matches(snapshot, &linked.alone())
        }),
        Condition::Shared(key, with) => {
            let asked = snapshot.lexicon.action(snapshot.action(key).into());
            let asked = asked.map(|action| Actions::of_if(action, true)).unwrap_or_default();
            record.shares().filter(|share| !share.opens(snapshot, asked).is_empty()).any(|share| {
                let subject = snapshot.subject(share.with.0);
                subject.is_some_and(|subject| with.binary_search(&subject).is_ok())
            })
        }
    })
}

/// Where somebody sits, and what he heads.
#[derive(Default)]
struct Posts {
    departments: SmallVec<[Ix<Walk>; 4]>,
    headed: SmallVec<[Ix<Walk>; 4]>,
}

impl Posts {
    fn of(snapshot: &Snapshot, user: Handle<User>) -> Self {
        let people = &snapshot.people;
        let standing = people.accept(user).map(|row| row.standing());
        standing.map_or(Self::default(), |standing| Self {
            departments: people.departments(standing),
            headed: people.headed(standing),
        })
    }

    fn sits_in(&self, spans: &[DepartmentSpan]) -> bool {
        any_in(&self.departments, spans)
    }

    fn seating(&self, spans: &[DepartmentSpan]) -> Option<Seating> {
        if any_in(&self.headed, spans) {
            Some(Seating::OwnHead)
        } else if self.sits_in(spans) {
            Some(Seating::Peer)
        } else if self.departments.is_empty() {
            None
        } else {
            Some(if self.headed.is_empty() { Seating::OtherEmployee } else { Seating::OtherHead })
        }
    }
}

/// Whether a department that is switched on is one of these.
fn lies_in(snapshot: &Snapshot, department: Handle<Department>, spans: &[DepartmentSpan]) -> bool {
    let departments = &snapshot.departments;
    let at = departments.accept(department).filter(|at| departments.is_active(*at));
    at.is_some_and(|at| any_in(&[at], spans))
}

fn any_in(departments: &[Ix<Walk>], spans: &[DepartmentSpan]) -> bool {
    let inside = |at: &Ix<Walk>| spans.iter().any(|span| (span.first..=span.last).contains(&at.position()));
    departments.iter().any(inside)
}
