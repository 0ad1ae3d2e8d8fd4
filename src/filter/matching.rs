//! A filter applied to records in memory, as a database would apply it to rows.

use crate::filter::condition::{Condition, DepartmentSpan};
use crate::filter::{AnyOf, Clause, Filter, Keeps};
use crate::index::Ix;
use crate::resolve::{Participant, Record};
use crate::snapshot::{Snapshot, Walk};
use crate::vocabulary::Place;

impl Filter {
    /// Whether the filter keeps the record. `snapshot` is the one that the filter was made from.
    ///
    /// The caller asks for records of the filter's entity only, as his query reads that entity's table only. A record whose
    /// place the snapshot does not know is not kept.
    pub fn matches(&self, snapshot: &Snapshot, record: &Record<'_>) -> bool {
        let Some(place) = snapshot.place_of(record.place) else { return false };
        match self.keeps() {
            Keeps::Nothing => false,
            Keeps::Everything => true,
            Keeps::AnyOf(clauses) => clauses.iter().any(|clause| clause.matches(snapshot, place, record)),
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
    any.iter().any(|condition| match condition {
        Condition::Flag(key) => {
            let flag = snapshot.flag(key);
            flag.is_some_and(|flag| record.common().contains(flag.relation()))
        }
        Condition::PartyIs(party, user) => {
            let party = snapshot.party(party);
            let mut people = record.parties().filter(|participant| Some(participant.party) == party);
            people.any(|participant| snapshot.user_key(participant.user) == Some(user))
        }
        Condition::PartyIn(party, spans) => {
            let party = snapshot.party(party);
            let mut people = record.parties().filter(|participant| Some(participant.party) == party);
            people.any(|participant| sits_in(snapshot, participant, spans))
        }
    })
}

fn sits_in(snapshot: &Snapshot, participant: Participant, spans: &[DepartmentSpan]) -> bool {
    let inside = |at: &Ix<Walk>| spans.iter().any(|span| (span.first..=span.last).contains(&at.position()));
    let row = snapshot.people.accept(participant.user);
    row.is_some_and(|row| snapshot.people.departments(row.standing()).iter().any(inside))
}
