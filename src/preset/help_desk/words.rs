//! What the help desk protects.

use super::{
    ALL, ANSWER, CLIENT_GROUP, CLIENTS, COLLEAGUES, CONFIGURE, CREATE, DELETE, DICTIONARY, JOIN, NONE, OWN,
    RATE, READ, READ_HIDDEN, RESPONSIBLE_FOR, RESPONSIBLE_IS, STAFF_GROUP, TICKET, WORK,
};
use crate::key::Name;
use crate::vocabulary::{Action, Entity, Grain, Level, Offer, PartyRule, Relations, Vocabulary};

const TICKETS: [Name<Level>; 6] = [NONE, OWN, CLIENTS, RESPONSIBLE_FOR, COLLEAGUES, ALL];
const NO_OR_YES: [Name<Level>; 2] = [NONE, ALL];

/// What the help desk protects.
pub fn vocabulary() -> Vocabulary {
    let words = Vocabulary::new()
        .party(PartyRule::new("client").counts_for(Relations::OWN | Relations::CLIENT_MATES))
        .party(PartyRule::new("responsible").counts_for(Relations::STAFF_MATES))
        .party(PartyRule::new("creator"))
        .actions([READ, CREATE, ANSWER, RATE, WORK, READ_HIDDEN, DELETE, CONFIGURE, JOIN]);
    let seen = |action| right(action, &TICKETS).requires(READ);
    let ticket = Entity::new(TICKET)
        .reads_by(READ)
        .creates_by(CREATE)
        .updates_by(WORK)
        .admits_to_application()
        .offer(right(READ, &TICKETS))
        .offer(right(CREATE, &NO_OR_YES));
    let ticket = [ANSWER, RATE, WORK, READ_HIDDEN, DELETE].map(seen).into_iter().fold(ticket, Entity::offer);
    let group = |key| Entity::new(key).binds_administrators().offer(right(JOIN, &NO_OR_YES));
    let dictionary = Entity::new(DICTIONARY).updates_by(CONFIGURE).offer(right(CONFIGURE, &NO_OR_YES));
    let words = words.entity(ticket).entity(dictionary).entity(group(CLIENT_GROUP));
    let words = words.entity(Entity::new(STAFF_GROUP).offer(right(JOIN, &NO_OR_YES)));
    levels().into_iter().fold(words, Vocabulary::level)
}

fn levels() -> [Level; 6] {
    [
        Level::new(NONE, Relations::empty()),
        Level::new(OWN, Relations::OWN),
        Level::new(CLIENTS, Relations::OWN | Relations::CLIENT_MATES),
        Level::new(RESPONSIBLE_FOR, RESPONSIBLE_IS.relation()),
        Level::new(COLLEAGUES, RESPONSIBLE_IS.relation() | Relations::STAFF_MATES),
        Level::new(ALL, Relations::ALWAYS),
    ]
}

fn right(action: Name<Action>, levels: &[Name<Level>]) -> Offer {
    Offer::new(action).levels(levels.iter().copied()).finest(Grain::Entity)
}
