//! The reasons of an explanation.

use serde::Serialize;

use super::hosting::WireHosting;
use super::instant::ends;
use super::link::WireLink;
use super::restraint::WireCut;
use super::route::WireRoute;
use super::share::WireSharedWith;
use super::subject::WireSubject;
use super::{WireInstant, WireKey, WirePlace, wire_keys};
use crate::directory::{Department, Principal, TicketGroup, User, UserGroup};
use crate::explain::{
    Cell, Demand, Effect, Elsewhere, Holding, Question, Relation, Said, Seat, SettingsRight,
    SharedDepartment, SharedTicketGroup, Spoken, Standing, Tie, Voice, Way, Who,
};
use crate::policy::Role;
use crate::vocabulary::{Action, Circumstance, Entity, Level, Party};

#[derive(Serialize)]
pub(in crate::document) struct WireWho {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<WireKey<User>>,
}

impl From<&Who> for WireWho {
    fn from(who: &Who) -> Self {
        let user = match who {
            Who::User(key) | Who::Dismissed(key) => Some(key.into()),
            Who::Visitor | Who::Unknown => None,
        };
        Self { code: who.code(), user }
    }
}

#[derive(Serialize)]
pub(in crate::document) struct WireQuestion {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<WireKey<Action>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<WirePlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<WirePlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<WireKey<User>>,
}

impl From<&Question> for WireQuestion {
    fn from(question: &Question) -> Self {
        let (action, place, to, owner) = match question {
            Question::Check { action, place } => (action.as_ref(), place, &None, &None),
            Question::Create { place } => (None, place, &None, &None),
            Question::CreateFor { place, owner } => (None, place, &None, owner),
            Question::Relocate { from, to } => (None, from, to, &None),
        };
        let printed = |place: &Option<_>| place.as_ref().map(WirePlace::from);
        Self {
            code: question.code(),
            action: action.map(WireKey::from),
            place: printed(place),
            to: printed(to),
            owner: owner.as_ref().map(WireKey::from),
        }
    }
}

#[derive(Serialize)]
pub(in crate::document) struct WireHolding {
    role: WireKey<Role>,
    held: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    superseded_by: Vec<WireKey<Role>>,
    ways: Vec<WireWay>,
}

#[derive(Serialize)]
struct WireWay {
    assignment: usize,
    to: WireSubject,
    route: WireRoute,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<WireInstant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<WireInstant>,
    when: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    circumstances: Vec<WireKey<Circumstance>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<WireKey<Circumstance>>,
}

impl From<&Holding> for WireHolding {
    fn from(holding: &Holding) -> Self {
        let ways = holding.ways.iter().map(WireWay::from).collect();
        let superseded_by = wire_keys(&holding.superseded_by);
        Self { role: (&holding.role).into(), held: holding.is_held(), superseded_by, ways }
    }
}

impl From<&Way> for WireWay {
    fn from(way: &Way) -> Self {
        let (from, until) = ends(way.window);
        Self {
            assignment: way.assignment,
            to: (&way.to).into(),
            route: (&way.route).into(),
            from,
            until,
            when: way.when.code(),
            circumstances: wire_keys(&way.circumstances),
            missing: wire_keys(&way.missing),
        }
    }
}

#[derive(Serialize)]
pub(in crate::document) struct WireTie {
    party: WireKey<Party>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<WireKey<User>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_group: Option<WireKey<UserGroup>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<WireKey<Department>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    himself: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    routes: Vec<WireRoute>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    departments: Vec<WireShared>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seat: Option<WireSeat>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ticket_groups: Vec<WireTicketGroup>,
}

#[derive(Serialize)]
struct WireTicketGroup {
    group: WireKey<TicketGroup>,
    relations: Vec<String>,
}

#[derive(Serialize)]
struct WireSeat {
    department: WireKey<Department>,
    relation: String,
}

#[derive(Serialize)]
struct WireShared {
    his: WireKey<Department>,
    theirs: WireKey<Department>,
    relations: Vec<String>,
}

impl From<&Tie> for WireTie {
    fn from(tie: &Tie) -> Self {
        let bare = Self {
            party: (&tie.party).into(),
            user: None,
            user_group: None,
            department: None,
            himself: relations(&tie.himself),
            routes: tie.routes.iter().map(WireRoute::from).collect(),
            departments: tie.departments.iter().map(WireShared::from).collect(),
            seat: tie.seat.as_ref().map(WireSeat::from),
            ticket_groups: tie.ticket_groups.iter().map(WireTicketGroup::from).collect(),
        };
        match &tie.who {
            Principal::User(key) => Self { user: Some(key.into()), ..bare },
            Principal::UserGroup(key) => Self { user_group: Some(key.into()), ..bare },
            Principal::Department(key) => Self { department: Some(key.into()), ..bare },
        }
    }
}

impl From<&SharedTicketGroup> for WireTicketGroup {
    fn from(shared: &SharedTicketGroup) -> Self {
        Self { group: (&shared.group).into(), relations: relations(&shared.relations) }
    }
}

impl From<&Seat> for WireSeat {
    fn from(seat: &Seat) -> Self {
        Self { department: (&seat.department).into(), relation: seat.relation.to_string() }
    }
}

impl From<&SharedDepartment> for WireShared {
    fn from(shared: &SharedDepartment) -> Self {
        let relations = relations(&shared.relations);
        Self { his: (&shared.his).into(), theirs: (&shared.theirs).into(), relations }
    }
}

/// Relations, as vocabularies write them.
pub(in crate::document) fn relations(relations: &[Relation]) -> Vec<String> {
    relations.iter().map(ToString::to_string).collect()
}

#[derive(Serialize)]
pub(in crate::document) struct WireDemand {
    action: WireKey<Action>,
    met: bool,
    basis: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    voices: Vec<WireVoice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<WireSettings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<WireStanding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<WireCut>,
    reach: Vec<String>,
    met_by: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    elsewhere: Option<WireElsewhere>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<WireLink>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hosts: Vec<WireHosting>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shares: Vec<WireSharedWith>,
}

#[derive(Serialize)]
struct WireElsewhere {
    holds: bool,
    parties: Vec<WireKey<Party>>,
    departments: Vec<WireKey<Department>>,
}

impl From<&Elsewhere> for WireElsewhere {
    fn from(elsewhere: &Elsewhere) -> Self {
        let (parties, departments) = (wire_keys(&elsewhere.parties), wire_keys(&elsewhere.departments));
        Self { holds: elsewhere.holds, parties, departments }
    }
}

#[derive(Serialize)]
pub(super) struct WireSettings {
    entity: WireKey<Entity>,
    action: WireKey<Action>,
    held: bool,
    by: Vec<WireKey<Role>>,
}

#[derive(Serialize)]
pub(super) struct WireStanding {
    relations: Vec<String>,
    applies: bool,
    by: Vec<WireKey<Role>>,
}

impl From<&Demand> for WireDemand {
    fn from(demand: &Demand) -> Self {
        Self {
            action: (&demand.action).into(),
            met: demand.met,
            basis: demand.basis.code(),
            voices: demand.basis.voices().iter().map(WireVoice::from).collect(),
            settings: demand.settings.as_ref().map(WireSettings::from),
            standing: demand.standing.as_ref().map(WireStanding::from),
            cut: demand.cut.as_ref().map(WireCut::from),
            reach: relations(&demand.reach),
            met_by: relations(&demand.met_by),
            elsewhere: demand.elsewhere.as_ref().map(WireElsewhere::from),
            links: demand.links.iter().map(WireLink::from).collect(),
            hosts: demand.hosts.iter().map(WireHosting::from).collect(),
            shares: demand.shares.iter().map(WireSharedWith::from).collect(),
        }
    }
}

impl From<&SettingsRight> for WireSettings {
    fn from(right: &SettingsRight) -> Self {
        let (entity, action) = ((&right.entity).into(), (&right.action).into());
        Self { entity, action, held: right.held, by: wire_keys(&right.by) }
    }
}

impl From<&Standing> for WireStanding {
    fn from(standing: &Standing) -> Self {
        let relations = relations(&standing.relations);
        Self { relations, applies: standing.applies, by: wire_keys(&standing.by) }
    }
}

#[derive(Serialize)]
pub(super) struct WireVoice {
    role: WireKey<Role>,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<WireSaid>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by: Vec<WireCell>,
}

#[derive(Serialize)]
pub(super) struct WireSaid {
    at: WirePlace,
    explicit: bool,
    what: WireSpoken,
}

#[derive(Serialize)]
struct WireCell {
    role: WireKey<Role>,
    at: WirePlace,
    what: WireSpoken,
}

#[derive(Serialize)]
struct WireSpoken {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<WireKey<Level>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reaches: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stages: Option<Vec<WirePlace>>,
}

impl From<&Voice> for WireVoice {
    fn from(voice: &Voice) -> Self {
        let by = match &voice.effect {
            Effect::Silenced { by } => by.iter().map(WireCell::from).collect(),
            Effect::Counts | Effect::SaysNothing => Vec::new(),
        };
        let said = voice.said.as_ref().map(WireSaid::from);
        Self { role: (&voice.role).into(), code: voice.effect.code(), said, by }
    }
}

impl From<&Said> for WireSaid {
    fn from(said: &Said) -> Self {
        Self { at: (&said.at).into(), explicit: said.explicit, what: (&said.what).into() }
    }
}

impl From<&Cell> for WireCell {
    fn from(cell: &Cell) -> Self {
        Self { role: (&cell.role).into(), at: (&cell.place).into(), what: (&cell.what).into() }
    }
}

impl From<&Spoken> for WireSpoken {
    fn from(spoken: &Spoken) -> Self {
        let bare = Self { code: spoken.code(), level: None, reaches: None, stages: None };
        match spoken {
            Spoken::LeadsAnywhere => bare,
            Spoken::LeadsTo(stages) => {
                Self { stages: Some(stages.iter().map(WirePlace::from).collect()), ..bare }
            }
            Spoken::Level { level, reaches } => {
                Self { level: Some(level.into()), reaches: Some(relations(reaches)), ..bare }
            }
        }
    }
}
