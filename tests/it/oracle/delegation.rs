//! Whether somebody may hand a role on: every place, every action, every move, at every moment.

use bailiwick::{
    Assignment, Delegation, Denial, Directory, Entity, Key, Moment, Place, Policy, Relations, User,
};

use super::limits::places_of;
use super::view::View;
use super::{On, Oracle, until};

pub(crate) fn may_assign(
    (policy, directory): (&Policy, &Directory),
    who: Option<&Key<User>>,
    now: Moment,
    assignment: &Assignment,
) -> Result<(), Denial> {
    Oracle::new(policy, directory, who, On { at: now, asserted: &[] })?;
    let role = policy.roles.iter().find(|role| role.key == assignment.role).ok_or(Denial::UnknownRole)?;
    if !assignment.when.iter().all(|it| policy.vocabulary.circumstances.contains(it)) {
        return Err(Denial::UnknownCircumstance);
    }
    let asserted = &*assignment.when.clone().leak();
    let begins = assignment.window.first().unwrap_or(Moment::MIN).max(now);
    let mut moments = until::boundaries(policy, directory);
    moments.retain(|at| *at > begins);
    moments.insert(0, begins);
    for at in moments.into_iter().filter(|at| assignment.window.contains(*at)) {
        let giver = Oracle::new(policy, directory, who, On { at, asserted })?;
        let own = giver.own();
        let alone = View { viewer: None, roles: vec![role], limits: Vec::new(), ..*own };
        let has_all = policy.vocabulary.entities.iter().all(|entity| has_all(own, &alone, entity));
        if policy.delegation == Delegation::OwnRightsOnly && !has_all {
            return Err(Denial::ExceedsOwnRights);
        }
    }
    Ok(())
}

/// Whether the one has all that the other has of an entity.
fn has_all(own: &View<'_>, alone: &View<'_>, entity: &Entity) -> bool {
    let places = places_of(entity);
    let rights = places.iter().all(|place| {
        entity.offers.iter().all(|offer| {
            let covers =
                |has: Relations, gives: Relations| has.contains(Relations::ALWAYS) || has.contains(gives);
            let creates = entity.creates_by.as_ref() == Some(&offer.action);
            covers(own.reached(entity, offer, place), alone.reached(entity, offer, place))
                && (!creates || covers(own.given(entity, offer, place), alone.given(entity, offer, place)))
        })
    });
    let within = |from: &Place, to: &Place| {
        to.stage_key().is_some() && from.pipeline_key() == to.pipeline_key() && from != to
    };
    let moves = places.iter().all(|from| {
        let mut others = places.iter().filter(|to| within(from, to));
        others.all(|to| !alone.leads(entity, from, to) || own.leads(entity, from, to))
    });
    rights && moves
}
