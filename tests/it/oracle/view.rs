//! One view: whose relations, over which roles, confined to where.

use bailiwick::{
    Action, AuditMark, Combining, Creation, Decision, Denial, Department, Directory, Entity, Freedom, Grain,
    Key, Level, Limit, Moment, Offer, Party, Place, Policy, Principal, Relations, Responsible, Role, Subject,
    Substitution, Targets, User,
};

use super::limits::places_of;
use super::{Asserted, Thing};

/// The mark, the department that the roles are confined to, and whether the mark is on everything.
pub(super) type Apart<'a> = (Option<&'a Key<AuditMark>>, Option<&'a Key<Department>>, bool);

/// Who looks, and what the rule is read from.
pub(crate) struct View<'a> {
    pub(super) policy: &'a Policy,
    pub(super) directory: &'a Directory,
    pub(super) at: Moment,
    pub(super) asserted: Asserted,
    /// As whom the relations are measured.
    pub(super) viewer: Option<&'a User>,
    pub(super) roles: Vec<&'a Role>,
    /// In what way the roles are held apart, if they are: confined to a department, marked.
    pub(super) apart: Option<Apart<'a>>,
    /// Whose place is taken, if anybody's.
    pub(super) substitution: Option<&'a Substitution>,
    /// The limits in force: on the viewer, and on whoever takes his place.
    pub(super) limits: Vec<&'a Limit>,
}

impl<'a> View<'a> {
    /// The roles that the viewer holds; one that he comes to in two ways is there twice.
    pub(crate) fn roles(&self) -> &[&'a Role] {
        &self.roles
    }

    pub(crate) fn is_confined(&self) -> bool {
        self.apart.is_some_and(|apart| apart.1.is_some())
    }

    pub(crate) fn absent(&self) -> Option<&'a Key<User>> {
        self.substitution.map(|it| &it.absent)
    }

    /// The department that the view is confined to.
    pub(crate) fn within(&self) -> Option<&'a Key<Department>> {
        self.apart.and_then(|apart| apart.1)
    }

    pub(crate) fn mark(&self) -> Option<&'a Key<AuditMark>> {
        self.apart.and_then(|apart| apart.0)
    }

    pub(crate) fn marks_everything(&self) -> bool {
        self.apart.is_some_and(|apart| apart.2)
    }

    /// Whether an action at a place passes a substitution.
    pub(crate) fn passes(&self, action: &Key<Action>, place: &Place) -> bool {
        let Some(only) = self.substitution.and_then(|it| it.only.as_ref()) else { return true };
        only.iter().any(|extent| {
            extent.place.as_ref().is_none_or(|at| upward(place).contains(at))
                && extent.actions.as_ref().is_none_or(|actions| actions.contains(action))
        })
    }

    /// Whether a record is in the department that the view is confined to, or below it.
    pub(crate) fn is_inside(&self, thing: &Thing) -> bool {
        self.apart.and_then(|apart| apart.1).is_none()
            || self.stands(Relations::DEPARTMENT, thing)
            || self.stands(Relations::SUBDEPARTMENTS, thing)
    }

    /// [`View::judge`], as far as it passes and stays inside.
    pub(crate) fn check(&self, action: &Key<Action>, thing: &Thing) -> Decision {
        let decision = self.judge(action, thing);
        let passes = self.entity(&thing.entity).is_some_and(|it| self.passes(action, &place_of(it, thing)));
        match decision {
            Decision::Denied(Denial::UnknownPlace | Denial::UnknownAction | Denial::NotOffered) => decision,
            _ if !passes => no(Denial::NothingGiven),
            Decision::Allowed | Decision::Denied(Denial::Limited) if !self.is_inside(thing) => {
                no(Denial::OutOfReach)
            }
            Decision::Allowed | Decision::Denied(_) => decision,
        }
    }

    /// Sections 2.4, 2.7, 12.3.4 and 12.3.5.
    fn judge(&self, action: &Key<Action>, thing: &Thing) -> Decision {
        let Some(entity) = self.entity(&thing.entity) else { return no(Denial::UnknownPlace) };
        if !self.policy.vocabulary.actions.contains(action) {
            return no(Denial::UnknownAction);
        }
        let Some(offer) = offer_of(entity, action) else { return no(Denial::NotOffered) };
        let place = place_of(entity, thing);
        let granted = self.without_limits().reached(entity, offer, &place);
        let meets = |reached: Relations| {
            reached.iter().any(|relation| {
                self.stands(relation, thing)
                    || relation == Relations::LINKED && self.is_let_by_a_link(offer, thing)
                    || relation == Relations::HOSTED && self.is_hosted(offer, thing)
                    || relation == Relations::SHARED && self.is_shared_with(offer, thing)
            })
        };
        if granted.is_empty() {
            no(Denial::NothingGiven)
        } else if !meets(granted) {
            no(Denial::OutOfReach)
        } else if !meets(self.reached(entity, offer, &place)) {
            no(Denial::Limited)
        } else if offer.requires.iter().any(|required| self.judge(required, thing).is_denied()) {
            no(Denial::Prerequisite)
        } else {
            Decision::Allowed
        }
    }

    /// What is given, and what stands for whoever has the action anywhere.
    pub(crate) fn reached(&self, entity: &Entity, offer: &Offer, place: &Place) -> Relations {
        if self.is_taken(&offer.action, place) {
            return Relations::empty();
        }
        let free = self.is_free(entity) || offer.by_settings && self.holds_settings(entity);
        let when = |opens: bool, it| if opens && !free { it } else { Relations::empty() };
        let links = when(!offer.through.is_empty(), Relations::LINKED);
        let hosts = when(offer.hosted_by.is_some(), Relations::HOSTED);
        let shares = when(offer.shareable, Relations::SHARED);
        let given = self.given(entity, offer, place) | links | hosts | shares;
        if self.holds_anywhere(entity, &offer.action) { given | offer.standing } else { given }
    }

    /// Section 5: whoever has the right over a linked record, looked at by itself, needs no other.
    pub(crate) fn is_let_by_a_link(&self, offer: &Offer, thing: &Thing) -> bool {
        offer.through.iter().any(|right| {
            let mut links = thing.links.iter().filter(|linked| linked.entity == right.entity);
            links.any(|linked| {
                let alone =
                    Thing { links: Vec::new(), hosts: Vec::new(), shares: Vec::new(), ..linked.clone() };
                self.check(&right.action, &alone).is_allowed()
            })
        })
    }

    /// Whether the thing is shared with the person whose view it is, for the action; what is held apart does not look at shares.
    pub(crate) fn is_shared_with(&self, offer: &Offer, thing: &Thing) -> bool {
        let mut shares = thing.shares.iter().filter(|(_, actions)| actions.contains(&offer.action));
        offer.shareable && self.apart.is_none() && shares.any(|(with, _)| self.is_in(with, self.at))
    }

    /// Whether the person whose view it is is in the subject.
    pub(crate) fn is_among(&self, subject: &Subject) -> bool {
        self.is_in(subject, self.at)
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
        let granted = self.without_limits().given(entity, offer, place);
        if granted.is_empty() || !self.passes(&offer.action, place) {
            Creation::Denied(Denial::NothingGiven)
        } else if level.is_empty() {
            Creation::Denied(Denial::Limited)
        } else if !self.prerequisites_given(entity, offer, place) {
            Creation::Denied(Denial::Prerequisite)
        } else if level.iter().all(|it| it == Relations::OWN || it == Party::OWNER.relation()) {
            match self.substitution {
                _ if !self.contains_viewer() => Creation::Denied(Denial::OutOfReach),
                Some(it) => Creation::Allowed(Responsible::Absent(it.absent.clone())),
                None => Creation::Allowed(Responsible::Author),
            }
        } else {
            let within = self.apart.and_then(|apart| apart.1);
            Creation::Allowed(within.map_or(Responsible::Requested, |it| Responsible::Within(it.clone())))
        }
    }

    fn contains_viewer(&self) -> bool {
        self.viewer.map_or(self.apart.is_none_or(|apart| apart.1.is_none()), |it| self.contains(it))
    }

    /// Whether the user sits in what the view is confined to.
    pub(super) fn contains(&self, user: &User) -> bool {
        let within = self.apart.and_then(|apart| apart.1);
        within.is_none_or(|key| self.departments_of(user).iter().any(|it| self.is_within(it, key)))
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
            Some(action) if !self.passes_anywhere(entity, action) => no(Denial::NothingGiven),
            Some(action) if self.holds_anywhere(entity, action) => Decision::Allowed,
            Some(action) if self.without_limits().holds_anywhere(entity, action) => no(Denial::Limited),
            Some(_) => no(Denial::NothingGiven),
        }
    }

    fn passes_anywhere(&self, entity: &Entity, action: &Key<Action>) -> bool {
        places_of(entity).iter().any(|place| self.passes(action, place))
    }

    /// Section 2.9.
    pub(crate) fn enters_application(&self) -> Decision {
        let doors = self.policy.vocabulary.entities.iter().filter(|entity| entity.admits_to_application);
        let entered: Vec<Decision> = doors.map(|entity| self.enters(&entity.key)).collect();
        let best = [Decision::Allowed, no(Denial::Limited)].into_iter().find(|it| entered.contains(it));
        best.unwrap_or(no(Denial::NothingGiven))
    }

    /// The level of an action at a place: sections 2.5, 2.8 and 12.3.7.
    pub(crate) fn given(&self, entity: &Entity, offer: &Offer, place: &Place) -> Relations {
        if self.is_taken(&offer.action, place) {
            return Relations::empty();
        }
        if self.is_free(entity) || offer.by_settings && self.holds_settings(entity) {
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
        let free = self.is_free(entity) || offer.by_settings && self.holds_settings(entity);
        let gives = |role: &Role, place: &Place| {
            let said = upward(place).iter().find_map(|at| self.says(role, at, action));
            said.is_some_and(|said| !said.is_empty())
        };
        let mut left = places_of(entity).into_iter().filter(|place| !self.is_taken(action, place));
        left.any(|place| free || self.roles.iter().any(|role| gives(role, &place)))
    }

    /// Whether it is a view of roles held apart that give nothing: what opens records is in one's own as well.
    pub(crate) fn is_idle(&self) -> bool {
        let leads = |role: &&Role| role.transitions.iter().any(|it| it.to != Targets::Stages(Vec::new()));
        let holds =
            |entity: &Entity| entity.offers.iter().any(|offer| self.holds_anywhere(entity, &offer.action));
        let gives = self.roles.iter().any(leads) || self.policy.vocabulary.entities.iter().any(holds);
        self.apart.is_some() && !gives
    }

    /// Section 2.8.
    pub(crate) fn holds_settings(&self, entity: &Entity) -> bool {
        entity.settings.as_ref().is_some_and(|right| {
            self.entity(&right.entity).is_some_and(|entity| self.holds_anywhere(entity, &right.action))
        })
    }

    /// Section 2.7: a transition within a pipeline.
    pub(crate) fn leads(&self, entity: &Entity, from: &Place, to: &Place) -> bool {
        let said = |role: &&'a Role, at: &Place| {
            role.transitions.iter().find(|transition| transition.from == *at).map(|transition| &transition.to)
        };
        let free = self.is_free(entity) || entity.moves_freely || self.holds_settings(entity);
        free || self.combine(from, said).into_iter().any(|targets| match targets {
            Targets::Any => true,
            Targets::Stages(stages) => to.stage_key().is_some_and(|stage| stages.contains(stage)),
        })
    }

    /// The same, as far as a substitution passes it on: with updating, without which nothing moves.
    pub(crate) fn moves(&self, entity: &Entity, from: &Place, to: &Place) -> bool {
        let whole = self.substitution.is_none_or(|it| it.only.is_none());
        let passes = entity.updates_by.as_ref().map_or(whole, |update| self.passes(update, from));
        passes && self.leads(entity, from, to)
    }

    /// Section 2.4, and the table at [`Relations`].
    pub(crate) fn stands(&self, relation: Relations, thing: &Thing) -> bool {
        let owner = thing.owner.iter().map(|owner| (Party::OWNER, Principal::User(owner.clone())));
        let mut parties = owner.chain(thing.others.iter().cloned());
        relation == Relations::ALWAYS
            || relation == Relations::ELSEWHERE && !self.stands(Relations::DEPARTMENT, thing)
            || thing.flags.iter().any(|flag| relation == flag.relation())
            || parties.any(|(party, who)| self.stands_through(relation, party, &who))
    }

    /// The departments that relations are measured from.
    pub(super) fn seats(&self) -> Vec<&'a Department> {
        match self.apart.and_then(|apart| apart.1) {
            Some(key) => self.directory.departments.iter().filter(|it| it.key == *key).collect(),
            None => self.viewer.map(|viewer| self.departments_of(viewer)).unwrap_or_default(),
        }
    }

    /// Whether he needs no role here: an administrator, where nothing binds him.
    pub(crate) fn is_free(&self, entity: &Entity) -> bool {
        self.is_administrator() && frees(entity, self.asserted)
    }

    /// What is held apart is held without an administrator's freedom.
    pub(super) fn is_administrator(&self) -> bool {
        self.apart.is_none() && self.viewer.is_some_and(|viewer| viewer.administrator)
    }

    pub(super) fn is_free_everywhere(&self) -> bool {
        self.policy.vocabulary.entities.iter().all(|entity| self.is_free(entity))
    }

    fn entity(&self, key: &Key<Entity>) -> Option<&'a Entity> {
        self.policy.vocabulary.entities.iter().find(|entity| entity.key == *key)
    }

    fn relations_of(&self, level: &Key<Level>) -> Relations {
        let level = self.policy.vocabulary.levels.iter().find(|other| other.key == *level);
        level.map(|level| level.relations).unwrap_or_default()
    }
}

/// Whether an administrator is free in the entity.
pub(super) fn frees(entity: &Entity, asserted: Asserted) -> bool {
    frees_in(&entity.administrators, asserted)
}

pub(super) fn frees_in(freedom: &Freedom, asserted: Asserted) -> bool {
    match freedom {
        Freedom::Always => true,
        Freedom::When(key) => asserted.contains(key),
        Freedom::Never => false,
        other => panic!("a freedom of a new kind: {other:?}"),
    }
}

pub(super) fn no(denial: Denial) -> Decision {
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
