//! What roles give, by the oracle.

use std::collections::BTreeSet;

use bailiwick::review::Lint;
use bailiwick::{
    Action, Combining, Entity, Grain, Key, Level, Offer, Pipeline, Place, Relations, Role, Targets,
    Transition,
};

use crate::laws::places;
use crate::oracle::{given_to, upward};
use crate::review::lints::{Found, Scene, law, rows};

/// Whether every record that stands in one of the first stands in one of the second. Relations come alone, but that every
/// record is either of the viewer's department or elsewhere.
pub(super) fn covers(second: Relations, first: Relations) -> bool {
    let halves = [Relations::DEPARTMENT, Relations::ELSEWHERE];
    first.iter().all(|relation| {
        let other = |half: &Relations| relation == *half || !halves.contains(&relation);
        let mut stances = halves.iter().filter(|half| other(half));
        stances.all(|half| (Relations::ALWAYS | relation | *half).intersects(second))
    })
}

impl Scene {
    pub(super) fn given(&self, roles: &[&Role], place: &Place, action: &Key<Action>) -> Relations {
        given_to(&self.world.policy, &self.world.directory, roles, place, action)
    }

    pub(super) fn entity(&self, key: &Key<Entity>) -> &Entity {
        self.world.policy.vocabulary.entities.iter().find(|it| it.key == *key).unwrap()
    }

    pub(super) fn places_in(&self, entity: &Key<Entity>) -> Vec<Place> {
        let places = places(&self.world.policy.vocabulary);
        let mut places: Vec<_> = places.into_iter().filter(|place| place.entity_key() == entity).collect();
        places.sort_by_key(Place::grain);
        places
    }

    /// The places with the actions that are offered there.
    pub(super) fn cells(&self) -> Vec<(Place, &Offer)> {
        let places = places(&self.world.policy.vocabulary).into_iter();
        let offers = |place: Place| {
            let offers = &self.entity(place.entity_key()).offers;
            offers.iter().map(move |offer| (place.clone(), offer)).collect::<Vec<_>>()
        };
        places.flat_map(offers).collect()
    }

    pub(super) fn anywhere(&self, role: &Role, entity: &Key<Entity>, action: &Key<Action>) -> bool {
        let places = self.places_in(entity);
        places.iter().any(|place| !self.given(&[role], place, action).is_empty())
    }

    fn by_role<'s>(&'s self, found: impl Fn(&'s Role) -> Vec<Vec<String>>) -> Found {
        let roles = self.world.policy.roles.iter().enumerate();
        rows("roles", roles.flat_map(|(at, role)| found(role).into_iter().map(move |keys| (at, keys))))
    }

    /// The stages of its pipeline that the role leads to from the place; from the entity itself, only everywhere.
    fn leads(&self, role: &Role, from: &Place) -> BTreeSet<String> {
        self.lead(&[role], from)
    }

    /// The same of several roles together.
    fn lead(&self, roles: &[&Role], from: &Place) -> BTreeSet<String> {
        let places = upward(from);
        let nearest = |role: &Role| {
            let said = |at: &Place| role.transitions.iter().find(|it: &&Transition| it.from == *at);
            places.iter().enumerate().find_map(|(way, at)| Some((way, said(at)?.to.clone())))
        };
        let said: Vec<(usize, Targets)> = roles.iter().filter_map(|role| nearest(role)).collect();
        let near = said.iter().map(|(way, _)| *way).min().unwrap_or_default();
        let counts = |way| self.world.policy.combining == Combining::MostPermissive || way == near;
        let entity = self.entity(from.entity_key());
        let pipeline = entity.pipelines.iter().find(|it| Some(&it.key) == from.pipeline_key());
        let all: Vec<_> = pipeline.iter().flat_map(|it: &&Pipeline| &it.stages).collect();
        let counted = said.iter().filter(|(way, _)| counts(*way));
        let lead = counted.flat_map(|(_, to)| match to {
            Targets::Any => all.iter().map(ToString::to_string).chain(["*".to_owned()]).collect(),
            Targets::Stages(to) => {
                all.iter().filter(|it| to.contains(it)).map(ToString::to_string).collect::<Vec<_>>()
            }
        });
        lead.collect()
    }

    /// Each role by itself, and what somebody who is no administrator holds together in some circumstances.
    fn sets(&self) -> Vec<Vec<&Role>> {
        let mut sets: Vec<Vec<&Role>> = self.world.policy.roles.iter().map(|role| vec![role]).collect();
        for user in self.world.directory.users.iter().filter(|it| !it.administrator) {
            for oracle in self.in_all_circumstances(user) {
                sets.extend(oracle.views().iter().map(|view| view.roles().to_vec()));
            }
        }
        sets
    }

    fn gives_nothing(&self, role: &Role) -> bool {
        let cells = self.cells();
        cells.iter().all(|(place, offer)| self.given(&[role], place, &offer.action).is_empty())
            && places(&self.world.policy.vocabulary).iter().all(|from| self.leads(role, from).is_empty())
    }
}

pub(super) fn opens(offer: &Offer) -> bool {
    !offer.through.is_empty() || offer.hosted_by.is_some() || offer.shareable
}

fn of<'e>(entity: &'e Entity, action: &Key<Action>) -> &'e Offer {
    entity.offers.iter().find(|offer| offer.action == *action).unwrap()
}

/// What an offer requires, and what that requires in turn.
fn needed_for<'e>(entity: &'e Entity, offer: &'e Offer) -> BTreeSet<&'e Key<Action>> {
    let in_turn = |key: &'e Key<Action>| needed_for(entity, of(entity, key)).into_iter().chain([key]);
    offer.requires.iter().flat_map(in_turn).collect()
}

/// It takes the place of no role, says nothing below an entity where that would silence others, and is not what puts a mark on everything.
#[test]
fn a_role_that_gives_nothing_does_nothing_else() {
    law(Lint::RoleGivesNothing, 1, |scene| {
        let silences = |role: &Role| {
            let rights = role.rights.iter().map(|right| right.place.grain());
            let mut grains = rights.chain(role.transitions.iter().map(|it| it.from.grain()));
            scene.world.policy.combining == Combining::MostSpecific && grains.any(|it| it != Grain::Entity)
        };
        let marks = |role: &Role| {
            let mut given = scene.world.policy.assignments.iter().filter(|it| it.role == role.key);
            given.any(|it| it.audits_everything && it.audited_as.is_some())
        };
        scene.by_role(|role| {
            let does = !role.supersedes.is_empty() || silences(role) || marks(role);
            let found = !does && scene.gives_nothing(role);
            found.then(|| vec![role.key.to_string()]).into_iter().collect()
        })
    });
}

#[test]
fn a_contained_role_gives_nothing_that_the_other_does_not_give() {
    law(Lint::RoleContained, 2, |scene| {
        let places = places(&scene.world.policy.vocabulary);
        let cells = scene.cells();
        let contains = |outer: &Role, inner: &Role| {
            let cell = |(place, offer): &(Place, &Offer)| {
                let [outer, inner] = [outer, inner].map(|it| scene.given(&[it], place, &offer.action));
                covers(outer, inner)
            };
            cells.iter().all(cell)
                && places.iter().all(|from| scene.leads(inner, from).is_subset(&scene.leads(outer, from)))
        };
        let roles = &scene.world.policy.roles;
        scene.by_role(|role| {
            let at = roles.iter().position(|it| it.key == role.key).unwrap();
            if !role.supersedes.is_empty() || scene.gives_nothing(role) {
                return Vec::new();
            }
            let mut others = roles.iter().enumerate().filter(|(other, _)| *other != at);
            let outer = others
                .find(|(other, outer)| contains(outer, role) && (*other < at || !contains(role, outer)));
            outer.map(|(_, outer)| vec![role.key.to_string(), outer.key.to_string()]).into_iter().collect()
        })
    });
}

/// Each action of an entity, with the first place where some record could be exported or changed, and not read.
#[test]
fn what_is_wider_than_reading_reaches_a_record_that_reading_does_not() {
    law(Lint::WiderThanRead, 3, |scene| {
        let levels = &scene.world.policy.vocabulary.levels;
        let relations = |key: &Key<Level>| levels.iter().find(|level| level.key == *key).unwrap().relations;
        let graded = |offer: &Offer| {
            let mut relations = offer.levels.iter().map(relations);
            relations.any(|it| !it.is_empty() && !covers(it, Relations::ALWAYS))
        };
        let entity = |role: &Role, entity: &Entity| {
            let Some(read) = &entity.reads_by else { return Vec::new() };
            let others = entity.offers.iter().filter(|it| it.action != *read && graded(it));
            let others = others.filter(|it| entity.creates_by.as_ref() != Some(&it.action));
            let first = |offer: &Offer| {
                let mut places = scene.places_in(&entity.key).into_iter();
                let wider = |place: &Place| {
                    let given = |action| scene.given(&[role], place, action);
                    !covers(given(read), given(&offer.action))
                };
                let place = places.find(wider)?;
                Some(vec![role.key.to_string(), place.to_string(), offer.action.to_string()])
            };
            others.filter_map(first).collect()
        };
        let entities = &scene.world.policy.vocabulary.entities;
        scene.by_role(|role| entities.iter().flat_map(|it| entity(role, it)).collect())
    });
}

#[test]
fn who_creates_without_reading_reads_nothing_there() {
    law(Lint::CreateWithoutRead, 2, |scene| {
        let entities = &scene.world.policy.vocabulary.entities;
        scene.by_role(|role| {
            let blind = |it: &&Entity| match (&it.creates_by, &it.reads_by) {
                (Some(create), Some(read)) => {
                    scene.anywhere(role, &it.key, create) && !scene.anywhere(role, &it.key, read)
                }
                _ => false,
            };
            let found = entities.iter().filter(blind);
            found.map(|it| vec![role.key.to_string(), it.key.to_string()]).collect()
        })
    });
}

#[test]
fn a_prerequisite_that_is_nowhere_no_role_gives_at_the_place_and_nothing_opens() {
    law(Lint::PrerequisiteNowhere, 3, |scene| {
        let policy = &scene.world.policy;
        scene.by_role(|role| {
            let mut found = Vec::new();
            for entity in &policy.vocabulary.entities {
                let places = scene.places_in(&entity.key);
                let gives = |role: &Role, place: &Place, action: &Key<Action>| {
                    !scene.given(&[role], place, action).is_empty()
                };
                for offer in &entity.offers {
                    let nowhere = |place: &&Place| {
                        let given = |needed| policy.roles.iter().any(|role| gives(role, place, needed));
                        let mut needed = needed_for(entity, offer).into_iter();
                        gives(role, place, &offer.action)
                            && needed.any(|needed| !given(needed) && !opens(of(entity, needed)))
                    };
                    if let Some(place) = places.iter().find(nowhere) {
                        let keys = [role.key.to_string(), place.to_string(), offer.action.to_string()];
                        found.push(keys.to_vec());
                    }
                }
            }
            found
        })
    });
}

#[test]
fn a_stage_without_exit_no_roles_of_anybody_update_and_lead_on_from() {
    law(Lint::StageWithoutExit, 1, |scene| {
        let policy = &scene.world.policy;
        let sets = scene.sets();
        let mut found = Found::new();
        for (number, entity) in policy.vocabulary.entities.iter().enumerate() {
            let Some(update) = entity.updates_by.as_ref().filter(|_| !entity.moves_freely) else { continue };
            let configure = |roles: &[&Role]| {
                let right = entity.settings.as_ref();
                right.is_some_and(|right| {
                    let mut places = scene.places_in(&right.entity).into_iter();
                    places.any(|place| !scene.given(roles, &place, &right.action).is_empty())
                })
            };
            for (at, pipeline) in entity.pipelines.iter().enumerate() {
                let place = Place::entity(&entity.key).pipeline(&pipeline.key);
                for (to, stage) in pipeline.stages.iter().enumerate() {
                    let from = place.clone().stage(stage);
                    let leaves = |roles: &Vec<&Role>| {
                        let on = scene.lead(roles, &from);
                        let on = on.iter().any(|to| to != "*" && *to != stage.to_string());
                        let updates = !scene.given(roles, &from, update).is_empty();
                        (on || configure(roles)) && (updates || opens(of(entity, update)))
                    };
                    if pipeline.stages.len() > 1 && !sets.iter().any(leaves) {
                        let pointer = format!("/entities/{number}/pipelines/{at}/stages/{to}");
                        found.insert(vec![pointer, from.to_string()]);
                    }
                }
            }
        }
        found
    });
}
