//! The substitutions of a policy, checked and numbered.

use crate::directory::User;
use crate::index::{Ix, IxVec, Names};
use crate::key::{Handle, Key};
use crate::policy::{Extent, Policy, Substitution};
use crate::snapshot::actions::Actions;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};
use crate::snapshot::roles::Words;
use crate::snapshot::views::StandIn;
use crate::vocabulary::{Action, Entity, Place};

/// Who stands in for whom: sorted by the substitute, and then by the key of the absent person.
pub(crate) fn compile(
    policy: &Policy,
    users: &Names<User>,
    words: &Words<'_>,
    findings: &mut Findings,
) -> Vec<(Ix<User>, StandIn)> {
    let mut stand_ins = Vec::new();
    for (number, substitution) in policy.substitutions.iter().enumerate() {
        let mut reader = Reader { number, users, words, findings: &mut *findings };
        stand_ins.extend(reader.substitution(substitution));
    }
    let absent = |stand_in: &StandIn| users.key(Ix::new(stand_in.absent.position));
    stand_ins.sort_by(|(one, a), (other, b)| (one, absent(a)).cmp(&(other, absent(b))));
    stand_ins
}

/// Reads one substitution, reporting what is wrong with it.
struct Reader<'a, 'f> {
    number: usize,
    users: &'a Names<User>,
    words: &'a Words<'a>,
    findings: &'f mut Findings,
}

impl Reader<'_, '_> {
    fn report(&mut self, pointer: &str, kind: ProblemKind) {
        self.findings.add(Part::Policy, format!("/substitutions/{}{pointer}", self.number), kind);
    }

    fn unknown<T>(&mut self, pointer: &str, noun: Noun, key: &Key<T>) {
        self.report(pointer, ProblemKind::Unknown { noun, key: key.to_string() });
    }

    fn substitution(&mut self, substitution: &Substitution) -> Option<(Ix<User>, StandIn)> {
        if substitution.window.is_empty() {
            self.report("", ProblemKind::WindowEmpty);
        }
        let absent = self.user("/absent", &substitution.absent);
        let substitute = self.user("/substitute", &substitution.substitute);
        let only = substitution.only.as_ref().map(|extents| self.extents(extents));
        let (absent, substitute) = (absent?, substitute?);
        let stand_in = StandIn {
            absent: Handle::new(absent.position(), substitution.absent.tag()),
            window: substitution.window,
            only,
            reason: substitution.reason.clone(),
        };
        // Whoever stands in for himself has nothing by it.
        (absent != substitute).then_some((substitute, stand_in))
    }

    fn user(&mut self, pointer: &str, key: &Key<User>) -> Option<Ix<User>> {
        let user = self.users.find(key.borrow());
        if user.is_none() {
            self.unknown(pointer, Noun::User, key);
        }
        user
    }

    /// By place: the actions that pass.
    fn extents(&mut self, extents: &[Extent]) -> IxVec<Place, Actions> {
        let mut passing: IxVec<Place, Actions> =
            self.words.places.positions().map(|_| Actions::default()).collect();
        for (at, extent) in extents.iter().enumerate() {
            let Some((place, actions)) = self.extent(&format!("/only/{at}"), extent) else { continue };
            for covered in self.words.places.positions() {
                let inside =
                    place.is_none_or(|place| self.words.places.upward(covered).any(|at| at == place));
                if let Some(slot) = passing.get_mut(covered).filter(|_| inside) {
                    *slot = slot.union(actions);
                }
            }
        }
        self.report_left_out(&passing);
        passing
    }

    fn extent(&mut self, pointer: &str, extent: &Extent) -> Option<(Option<Ix<Place>>, Actions)> {
        let place = match &extent.place {
            None => None,
            Some(place) => match self.words.places.exact(place) {
                Some(place) => Some(place),
                None => {
                    let kind = ProblemKind::Unknown { noun: Noun::Place, key: place.to_string() };
                    self.report(&format!("{pointer}/place"), kind);
                    return None;
                }
            },
        };
        let Some(keys) = &extent.actions else { return Some((place, Actions::ALL)) };
        let mut actions = Actions::default();
        for (to, key) in keys.iter().enumerate() {
            let pointer = format!("{pointer}/actions/{to}");
            match self.words.lexicon.actions.find(key.borrow()) {
                Some(action) => {
                    actions.insert(action);
                    self.report_not_offered(&pointer, place, action, key);
                }
                None => self.unknown(&pointer, Noun::Action, key),
            }
        }
        Some((place, actions))
    }

    fn report_not_offered(
        &mut self,
        pointer: &str,
        place: Option<Ix<Place>>,
        action: Ix<Action>,
        key: &Key<Action>,
    ) {
        let Some(entity) = place.map(|place| self.words.places.entity(place)) else { return };
        if !self.words.offers.rule(entity, action).offered {
            let entity = self.words.places.entity_key(entity).map(Key::<Entity>::to_string);
            let (entity, action) = (entity.unwrap_or_default(), key.to_string());
            self.report(pointer, ProblemKind::ActionNotOffered { entity, action });
        }
    }

    /// An action passes only together with what it requires. Reported once for an action, at the first place.
    fn report_left_out(&mut self, passing: &IxVec<Place, Actions>) {
        let mut reported = Actions::default();
        for (place, actions) in passing.iter() {
            for action in actions.iter().filter(|action| !reported.contains(*action)).collect::<Vec<_>>() {
                let requires = self.words.offers.rule(self.words.places.entity(place), action).requires;
                let Some(missing) = requires.iter().find(|required| !actions.contains(*required)) else {
                    continue;
                };
                reported.insert(action);
                let name = |action| self.words.lexicon.actions.key(action).map(Key::to_string);
                let kind = ProblemKind::PrerequisiteLeftOut {
                    place: self.words.places.path(place).map(ToString::to_string).unwrap_or_default(),
                    action: name(action).unwrap_or_default(),
                    requires: name(missing).unwrap_or_default(),
                };
                self.report("/only", kind);
            }
        }
    }
}
