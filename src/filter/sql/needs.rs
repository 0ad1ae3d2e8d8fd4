//! What an entity's vocabulary makes possible, and so what a mapping must be able to answer.

use crate::index::Ix;
use crate::key::Key;
use crate::snapshot::Snapshot;
use crate::vocabulary::{Flag, Grain, Party, Place, Relations};

/// The facts about a record that some filter of the entity can ask for.
#[derive(Debug)]
pub(super) struct Needs {
    pub(super) pipeline: bool,
    pub(super) stage: bool,
    pub(super) flags: Vec<String>,
    /// Parties that the viewer can be.
    pub(super) parties: Vec<String>,
    /// Parties whose departments count.
    pub(super) departments: Vec<String>,
    /// Parties of whom it counts whether they head departments.
    pub(super) heads: Vec<String>,
    /// Parties that groups of the viewer's can be.
    pub(super) groups: Vec<String>,
    /// Parties that departments can be.
    pub(super) owning: Vec<String>,
    /// Entities of linked records.
    pub(super) links: Vec<String>,
    /// Whether any action opens by social groups that host the record.
    pub(super) host: bool,
    /// Whether records can be shared.
    pub(super) shares: bool,
}

impl Needs {
    pub(super) fn of(snapshot: &Snapshot, entity: Ix<Place>) -> Self {
        let rule = snapshot.offers.entity(snapshot.places.entity(entity));
        let finest = rule.finest.unwrap_or(Grain::Entity);
        let lexicon = &snapshot.lexicon;
        let elsewhere = rule.relations.contains(Relations::ELSEWHERE);
        let negated = if elsewhere { Relations::DEPARTMENT } else { Relations::empty() };
        let asked = rule.relations | negated;
        let those = |counts: &dyn Fn(Party) -> bool| {
            let counted = (0..).map(Party::nth).zip(lexicon.parties.iter());
            counted.filter(|(party, _)| counts(*party)).map(|(_, (_, key))| key.to_string()).collect()
        };
        let parties = |holds: fn(Relations) -> bool| those(&|party| holds(lexicon.counts_for(party) & asked));
        let flags = (0..).map(Flag::nth).zip(lexicon.flags.iter());
        let flags = flags.filter(|(flag, _)| rule.relations.contains(flag.relation()));
        let mut links: Vec<String> = snapshot
            .offers
            .opening(snapshot.places.entity(entity))
            .filter_map(|(linked, _)| snapshot.places.entity_key(*linked))
            .map(Key::to_string)
            .collect();
        links.sort_unstable();
        links.dedup();
        Self {
            pipeline: finest >= Grain::Pipeline && snapshot.places.pipelines(entity).next().is_some(),
            stage: finest >= Grain::Stage && snapshot.places.stages(entity).next().is_some(),
            flags: flags.map(|(_, (_, key))| key.to_string()).collect(),
            parties: parties(|through| !through.difference(Relations::BY_STRUCTURE).is_empty()),
            departments: parties(|through| through.intersects(Relations::BY_STRUCTURE)),
            heads: parties(|through| through.intersects(Relations::BY_SEAT)),
            groups: those(&|party| lexicon.counts_for_group(party).intersects(asked)),
            owning: those(&|party| lexicon.counts_for_department(party).intersects(asked)),
            links,
            host: snapshot.offers.has_hosted(snapshot.places.entity(entity)),
            shares: !snapshot.offers.shareable(snapshot.places.entity(entity)).is_empty(),
        }
    }
}
