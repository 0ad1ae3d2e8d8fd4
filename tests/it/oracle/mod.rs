//! The rule, read naively: straight over a policy and a directory, with no index and no cache, to be read beside the
//! rights model and to be slow.
//!
//! It shares nothing with the library but the plain values that people write and the answers. A record is a [`Thing`]
//! here, described by keys. Deliberately absent: handles, numbers, sets of anything, and every shortcut.

mod limits;
pub(crate) mod until;
mod who;

use bailiwick::{
    Action, Assignment, Circumstance, Combining, Creation, Decision, Denial, Department, Directory, Entity,
    Flag, Grain, Key, Level, Limit, Moment, Offer, Party, Pipeline, Place, Policy, Relations, Responsible,
    Role, Stage, Targets, User,
};

use limits::places_of;

/// A record as a row of a database describes it. Every key may be unknown.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub(crate) entity: Key<Entity>,
    pub(crate) pipeline: Option<Key<Pipeline>>,
    pub(crate) stage: Option<Key<Stage>>,
    pub(crate) owner: Option<Key<User>>,
    pub(crate) others: Vec<(Party, Key<User>)>,
    pub(crate) flags: Vec<Flag>,
}

/// Circumstances that are asserted; for the life of the tests, so that questions are copied freely.
pub(crate) type Asserted = &'static [Key<Circumstance>];

/// When something is asked, and in which circumstances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct On {
    pub(crate) at: Moment,
    pub(crate) asserted: Asserted,
}

/// Who asks, and what the rule is read from.
pub(crate) struct Oracle<'a> {
    policy: &'a Policy,
    directory: &'a Directory,
    viewer: Option<&'a User>,
    roles: Vec<&'a Role>,
    limits: Vec<&'a Limit>,
}

impl<'a> Oracle<'a> {
    /// The view of a user, or of a visitor who has not signed in. Sections 1.3, 1.6, 12.2.4.
    pub(crate) fn new(
        policy: &'a Policy,
        directory: &'a Directory,
        who: Option<&Key<User>>,
        on: On,
    ) -> Result<Self, Denial> {
        let viewer = match who {
            Some(key) => Some(directory.users.iter().find(|u| u.key == *key).ok_or(Denial::UnknownUser)?),
            None => None,
        };
        if viewer.is_some_and(|viewer| viewer.dismissed) {
            return Err(Denial::Dismissed);
        }
        let mut oracle = Self { policy, directory, viewer, roles: Vec::new(), limits: Vec::new() };
        let is_live =
            |it: &Assignment| it.window.contains(on.at) && it.when.iter().all(|it| on.asserted.contains(it));
        let held = policy.assignments.iter().filter(|it| is_live(it) && oracle.is_in(&it.to, on.at));
        oracle.roles = held.flat_map(|it| policy.roles.iter().find(|role| role.key == it.role)).collect();
        oracle.limits = oracle.limits_in_force(on);
        Ok(oracle)
    }

    /// The roles that the viewer holds; one that he comes to in two ways is there twice.
    pub(crate) fn roles(&self) -> &[&'a Role] {
        &self.roles
    }

    /// Sections 2.4, 2.7, 12.3.4 and 12.3.5.
    pub(crate) fn check(&self, action: &Key<Action>, thing: &Thing) -> Decision {
        let Some(entity) = self.entity(&thing.entity) else { return no(Denial::UnknownPlace) };
        if !self.policy.vocabulary.actions.contains(action) {
            return no(Denial::UnknownAction);
        }
        let Some(offer) = offer_of(entity, action) else { return no(Denial::NotOffered) };
        let place = place_of(entity, thing);
        let granted = self.without_limits().reached(entity, offer, &place);
        let meets = |reached: Relations| reached.iter().any(|relation| self.stands(relation, thing));
        if granted.is_empty() {
            no(Denial::NothingGiven)
        } else if !meets(granted) {
            no(Denial::OutOfReach)
        } else if !meets(self.reached(entity, offer, &place)) {
            no(Denial::Limited)
        } else if offer.requires.iter().any(|required| self.check(required, thing).is_denied()) {
            no(Denial::Prerequisite)
        } else {
            Decision::Allowed
        }
    }

    /// What is given, and what stands for whoever has the action anywhere.
    fn reached(&self, entity: &Entity, offer: &Offer, place: &Place) -> Relations {
        if self.is_taken(&offer.action, place) {
            Relations::empty()
        } else if self.holds_anywhere(entity, &offer.action) {
            self.given(entity, offer, place) | offer.standing
        } else {
            self.given(entity, offer, place)
        }
    }

    /// Section 2.6. There is no record to stand in a relation to, and so nothing that stands whatever the stage says.
    pub(crate) fn create(&self, place: &Place) -> Creation {
        let Some(entity) = self.entity(place.entity_key()) else {
            return Creation::Denied(Denial::UnknownPlace);
        };
        let Some(offer) = entity.creates_by.as_ref().and_then(|action| offer_of(entity, action)) else {
            return Creation::Denied(Denial::NotOffered);
        };
        let level = self.given(entity, offer, place);
        if self.without_limits().given(entity, offer, place).is_empty() {
            Creation::Denied(Denial::NothingGiven)
        } else if level.is_empty() {
            Creation::Denied(Denial::Limited)
        } else if !self.prerequisites_given(entity, offer, place) {
            Creation::Denied(Denial::Prerequisite)
        } else if level.iter().all(|it| it == Relations::OWN || it == Party::OWNER.relation()) {
            Creation::Allowed(Responsible::Author)
        } else {
            Creation::Allowed(Responsible::Requested)
        }
    }

    /// Section 2.7: the right to update the record as it is, then the transition.
    pub(crate) fn relocate(&self, thing: &Thing, to: &Place) -> Decision {
        if self.entity(to.entity_key()).is_none() {
            return no(Denial::UnknownPlace);
        }
        let update = self.update(thing);
        let Some(entity) = self.entity(&thing.entity).filter(|_| update.is_allowed()) else { return update };
        let from = place_of(entity, thing);
        if to.entity_key() != from.entity_key() || to.grain() != Grain::Stage {
            no(Denial::NoTransition)
        } else if to.pipeline_key() != from.pipeline_key() {
            match self.create(to) {
                Creation::Allowed(_) => Decision::Allowed,
                Creation::Denied(denial) => no(denial),
            }
        } else if *to == from || self.leads(entity, &from, to) {
            Decision::Allowed
        } else if self.without_limits().leads(entity, &from, to) {
            no(Denial::Limited)
        } else {
            no(Denial::NoTransition)
        }
    }

    /// Section 2.7: reassigning is updating.
    pub(crate) fn update(&self, thing: &Thing) -> Decision {
        let Some(entity) = self.entity(&thing.entity) else { return no(Denial::UnknownPlace) };
        entity.updates_by.as_ref().map_or(no(Denial::NotOffered), |action| self.check(action, thing))
    }

    /// Section 2.9.
    pub(crate) fn enters(&self, entity: &Key<Entity>) -> Decision {
        let Some(entity) = self.entity(entity) else { return no(Denial::UnknownPlace) };
        match &entity.reads_by {
            None => no(Denial::NotOffered),
            Some(action) if self.holds_anywhere(entity, action) => Decision::Allowed,
            Some(action) if self.without_limits().holds_anywhere(entity, action) => no(Denial::Limited),
            Some(_) => no(Denial::NothingGiven),
        }
    }

    /// Section 2.9.
    pub(crate) fn enters_application(&self) -> Decision {
        let doors = self.policy.vocabulary.entities.iter().filter(|entity| entity.admits_to_application);
        let entered: Vec<Decision> = doors.map(|entity| self.enters(&entity.key)).collect();
        let best = [Decision::Allowed, no(Denial::Limited)].into_iter().find(|it| entered.contains(it));
        best.unwrap_or(no(Denial::NothingGiven))
    }

    /// The level of an action at a place: sections 2.5, 2.8 and 12.3.7.
    fn given(&self, entity: &Entity, offer: &Offer, place: &Place) -> Relations {
        if self.is_taken(&offer.action, place) {
            return Relations::empty();
        }
        if self.is_administrator() || offer.by_settings && self.holds_settings(entity) {
            return Relations::ALWAYS;
        }
        self.combine(place, |role, at| self.says(role, at, &offer.action))
            .into_iter()
            .fold(Relations::empty(), Relations::union)
    }

    /// What counts of what the roles say, at a place or above it. Section 2.5, and the other rule that a policy can choose.
    fn combine<T>(&self, place: &Place, said: impl Fn(&&'a Role, &Place) -> Option<T>) -> Vec<T> {
        let upward = upward(place);
        match self.policy.combining {
            Combining::MostPermissive => {
                let nearest = |role| upward.iter().find_map(|at| said(role, at));
                self.roles.iter().filter_map(nearest).collect()
            }
            Combining::MostSpecific => {
                let here = |at| self.roles.iter().filter_map(|role| said(role, at)).collect::<Vec<T>>();
                upward.iter().map(here).find(|here| !here.is_empty()).unwrap_or_default()
            }
        }
    }

    fn prerequisites_given(&self, entity: &Entity, offer: &Offer, place: &Place) -> bool {
        let mut required = offer.requires.iter().flat_map(|action| offer_of(entity, action));
        required.all(|offer| {
            !self.given(entity, offer, place).is_empty() && self.prerequisites_given(entity, offer, place)
        })
    }

    /// What a role says at exactly this place.
    fn says(&self, role: &Role, at: &Place, action: &Key<Action>) -> Option<Relations> {
        let right = role.rights.iter().find(|right| right.place == *at && right.action == *action);
        right.map(|right| self.relations_of(&right.level))
    }

    /// Section 2.4, step 2: whether any role by itself gives anything, anywhere that no limit takes it. What administrators and
    /// holders of the settings right have, they have everywhere.
    fn holds_anywhere(&self, entity: &Entity, action: &Key<Action>) -> bool {
        let Some(offer) = offer_of(entity, action) else { return false };
        let free = self.is_administrator() || offer.by_settings && self.holds_settings(entity);
        let gives = |role: &Role, place: &Place| {
            let said = upward(place).iter().find_map(|at| self.says(role, at, action));
            said.is_some_and(|said| !said.is_empty())
        };
        let mut left = places_of(entity).into_iter().filter(|place| !self.is_taken(action, place));
        left.any(|place| free || self.roles.iter().any(|role| gives(role, &place)))
    }

    /// Section 2.8.
    fn holds_settings(&self, entity: &Entity) -> bool {
        entity.settings.as_ref().is_some_and(|right| {
            self.entity(&right.entity).is_some_and(|entity| self.holds_anywhere(entity, &right.action))
        })
    }

    /// Section 2.7: a transition within a pipeline.
    fn leads(&self, entity: &Entity, from: &Place, to: &Place) -> bool {
        let said = |role: &&'a Role, at: &Place| {
            role.transitions.iter().find(|transition| transition.from == *at).map(|transition| &transition.to)
        };
        let free = self.is_administrator() || entity.moves_freely || self.holds_settings(entity);
        free || self.combine(from, said).into_iter().any(|targets| match targets {
            Targets::Any => true,
            Targets::Stages(stages) => to.stage_key().is_some_and(|stage| stages.contains(stage)),
        })
    }

    /// Section 2.4, and the table at [`Relations`].
    pub(crate) fn stands(&self, relation: Relations, thing: &Thing) -> bool {
        let owner = thing.owner.iter().map(|owner| (Party::OWNER, owner));
        let mut parties = owner.chain(thing.others.iter().map(|(party, user)| (*party, user)));
        relation == Relations::ALWAYS
            || thing.flags.iter().any(|flag| relation == flag.relation())
            || parties.any(|(party, user)| self.stands_through(relation, party, user))
    }

    pub(crate) fn stands_through(&self, relation: Relations, party: Party, user: &Key<User>) -> bool {
        let Some(rule) = self.policy.vocabulary.parties.get(usize::from(party.number())) else {
            return false;
        };
        let Some(user) = self.directory.users.iter().find(|other| other.key == *user) else { return false };
        let himself = self.viewer.is_some_and(|viewer| viewer.key == user.key);
        let mine = || self.viewer.into_iter().flat_map(|viewer| self.departments_of(viewer));
        let mut pairs = mine().flat_map(|my| self.departments_of(user).into_iter().map(move |his| (my, his)));
        if relation == party.relation() {
            return himself;
        }
        rule.counts_for.contains(relation)
            && if relation == Relations::DEPARTMENT {
                pairs.any(|(my, his)| my.key == his.key)
            } else if relation == Relations::SUBDEPARTMENTS {
                pairs.any(|(my, his)| my.key != his.key && self.is_within(his, &my.key))
            } else if relation == Relations::SUBORDINATES {
                let heads =
                    |my: &Department| self.viewer.is_some_and(|viewer| my.heads.contains(&viewer.key));
                pairs.any(|(my, his)| heads(my) && self.is_within(his, &my.key))
            } else {
                himself
            }
    }

    fn is_administrator(&self) -> bool {
        self.viewer.is_some_and(|viewer| viewer.administrator)
    }

    fn entity(&self, key: &Key<Entity>) -> Option<&'a Entity> {
        self.policy.vocabulary.entities.iter().find(|entity| entity.key == *key)
    }

    fn relations_of(&self, level: &Key<Level>) -> Relations {
        let level = self.policy.vocabulary.levels.iter().find(|other| other.key == *level);
        level.map(|level| level.relations).unwrap_or_default()
    }
}

fn no(denial: Denial) -> Decision {
    Decision::Denied(denial)
}

fn offer_of<'e>(entity: &'e Entity, action: &Key<Action>) -> Option<&'e Offer> {
    entity.offers.iter().find(|offer| offer.action == *action)
}

/// What of a thing's place exists: a record on a stage that is gone falls back to what the stage would inherit.
pub(crate) fn place_of(entity: &Entity, thing: &Thing) -> Place {
    let place = Place::entity(&entity.key);
    let pipeline = entity.pipelines.iter().find(|pipeline| Some(&pipeline.key) == thing.pipeline.as_ref());
    let Some(pipeline) = pipeline else { return place };
    let place = place.pipeline(&pipeline.key);
    let stage = pipeline.stages.iter().find(|stage| Some(*stage) == thing.stage.as_ref());
    stage.map_or(place.clone(), |stage| place.stage(stage))
}

/// The place and what it lies in, the finest first.
pub(crate) fn upward(place: &Place) -> Vec<Place> {
    let entity = Place::entity(place.entity_key());
    let pipeline = place.pipeline_key().map(|key| entity.clone().pipeline(key));
    let stage = place.stage_key().and(Some(place.clone()));
    [stage, pipeline, Some(entity)].into_iter().flatten().collect()
}
