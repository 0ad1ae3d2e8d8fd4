//! Lints about what is given in vain, because nobody is given what goes with it.

use std::collections::HashSet;

use crate::index::Ix;
use crate::policy::Role;
use crate::resolve::{self, Viewer};
use crate::review::lint::rights::{Cell, at_role, given};
use crate::review::lint::{Finding, Ground, Lint};
use crate::snapshot::Part;
use crate::vocabulary::{Action, Place};

/// Told at the first place where it is so, once for each action of a role.
pub(super) fn prerequisite_nowhere(ground: &Ground<'_>) -> Vec<Finding> {
    let holders: Vec<_> =
        ground.roles().map(|(number, role)| (number, role, ground.holder_of(number))).collect();
    let cells = |viewer: &Viewer<'_>| -> HashSet<Cell> {
        ground.cells().filter(|cell| !given(viewer, *cell).is_empty()).collect()
    };
    let by_role: Vec<HashSet<Cell>> = holders.iter().map(|(.., viewer)| cells(viewer)).collect();
    let by_any: HashSet<Cell> = by_role.iter().flatten().copied().collect();
    let mut findings = Vec::new();
    for ((number, role, _), gives) in holders.iter().zip(&by_role) {
        let mut told = HashSet::new();
        for (place, action) in ground.cells().filter(|cell| gives.contains(cell)) {
            let Some(required) = ground.missing(place, action, &by_any) else { continue };
            if told.insert((ground.snapshot.places.entity(place), action)) {
                findings.push(ground.in_vain((*number, role), (place, action), required));
            }
        }
    }
    findings
}

impl Ground<'_> {
    /// What the action requires at the place that is not given there, and that nothing opens.
    fn missing(&self, place: Ix<Place>, action: Ix<Action>, given: &HashSet<Cell>) -> Option<Ix<Action>> {
        let (offers, entity) = (&self.snapshot.offers, self.snapshot.places.entity(place));
        let opens = |required| !offers.rule(entity, required).opens.is_empty();
        let mut requires = offers.rule(entity, action).requires.iter();
        requires.find(|required| !opens(*required) && !given.contains(&(place, *required)))
    }

    fn in_vain(
        &self,
        (number, role): (Ix<Role>, &Role),
        (place, action): Cell,
        required: Ix<Action>,
    ) -> Finding {
        let (place, action, required) = (self.place(place), self.action(action), self.action(required));
        let message = format!(
            "role `{}` gives `{action}` at {place}, which requires `{required}`, which no role gives there",
            role.key
        );
        let keys = [role.key.to_string(), place, action, required];
        Finding::new(Lint::PrerequisiteNowhere, Part::Policy, at_role(number), keys, message)
    }
}

/// A stage of several, with the pointer to it.
struct Stage {
    at: Ix<Place>,
    /// All of its pipeline, this one included.
    among: Vec<Ix<Place>>,
    update: Ix<Action>,
    pointer: String,
}

impl Ground<'_> {
    /// The stages from which a right of transition is needed to go on.
    fn stages(&self) -> Vec<Stage> {
        let places = &self.snapshot.places;
        let mut all = Vec::new();
        for (entity, rule) in self.snapshot.offers.entities() {
            let Some(update) = rule.updates_by.filter(|_| !rule.moves_freely) else { continue };
            for (pipeline, at) in places.pipelines(places.whole(entity)).enumerate() {
                let among: Vec<_> = places.stages_of(at).collect();
                let several = among.iter().enumerate().filter(|_| among.len() > 1);
                all.extend(several.map(|(stage, at)| {
                    let entity = entity.position();
                    let pointer = format!("/entities/{entity}/pipelines/{pipeline}/stages/{stage}");
                    Stage { at: *at, among: among.clone(), update, pointer }
                }));
            }
        }
        all
    }

    /// Whether somebody may both update a record at the stage and move it to another.
    fn leaves(&self, viewer: &Viewer<'_>, stage: &Stage) -> bool {
        let entity = self.snapshot.places.entity(stage.at);
        let opens = !self.snapshot.offers.rule(entity, stage.update).opens.is_empty();
        let destinations = resolve::destinations(viewer, stage.at);
        let on = stage.among.iter().any(|other| *other != stage.at && destinations.contains(*other));
        on && (opens || !given(viewer, (stage.at, stage.update)).is_empty())
    }
}

/// A role by itself is enough, whoever holds it: who will is not the policy's business.
pub(super) fn stage_without_exit(ground: &Ground<'_>) -> Vec<Finding> {
    let alone: Vec<_> = ground.roles().map(|(number, _)| ground.holder_of(number)).collect();
    let mut stages = ground.stages();
    stages.retain(|stage| !alone.iter().any(|viewer| ground.leaves(viewer, stage)));
    if stages.is_empty() {
        return Vec::new();
    }
    let held = ground.sets_held();
    stages.retain(|stage| !held.iter().any(|viewer| ground.leaves(viewer, stage)));
    let finding = |stage: Stage| {
        let place = ground.place(stage.at);
        let message = format!("nobody but administrators can both update a record at {place} and move it on");
        Finding::new(Lint::StageWithoutExit, Part::Vocabulary, stage.pointer, [place], message)
    };
    stages.into_iter().map(finding).collect()
}
