//! What every matrix must keep, in every world: cell by cell against the oracle, and reason by reason.

use std::collections::BTreeSet;

use bailiwick::explain::{Basis, Claim, Effect, Relation, Said, Spoken};
use bailiwick::review::matrix::{Cell, Column, Contrast, Line, Matrix, Origin};
use bailiwick::{
    Action, Assignment, Entity, Key, Level, Offer, Place, Relations, RightRef, Role, Snapshot, Subject,
};
use proptest::test_runner::TestCaseResult;
use proptest::{prop_assert, prop_assert_eq};

use crate::explain::laws::{bits, check_voice, nearest};
use crate::generate::{Recipe, World};
use crate::laws::presets::in_every_world_and_preset;
use crate::laws::{access, compile, oracle, places, views};
use crate::oracle::{On, Oracle, Thing, View, place_of, upward};

/// One cell of one line, and the view of the oracle that it belongs to.
struct Seen<'a> {
    world: &'a World,
    view: &'a View<'a>,
    place: &'a Place,
    entity: &'a Entity,
    line: &'a Line,
    matrix: &'a Matrix,
}

/// Every line of everybody's matrix in every world.
#[track_caller]
fn for_every_line(law: impl Fn(&Seen<'_>) -> TestCaseResult) {
    in_every_world_and_preset(|world, snapshot| {
        for (who, on) in views(world) {
            let matrix = access(snapshot, who.as_ref(), on).matrix();
            let Ok(oracle) = oracle(world, who.as_ref(), on) else { continue };
            for_lines(world, &oracle, &matrix, &law)?;
        }
        Ok(())
    });
}

fn for_lines(
    world: &World,
    oracle: &Oracle<'_>,
    matrix: &Matrix,
    law: impl Fn(&Seen<'_>) -> TestCaseResult,
) -> TestCaseResult {
    for row in &matrix.rows {
        let place = &row.place;
        let [line] = row.lines.as_slice() else { panic!("one side") };
        prop_assert_eq!(line.views().count(), oracle.views().len());
        let entities = &world.policy.vocabulary.entities;
        let entity = entities.iter().find(|entity| entity.key == *place.entity_key()).unwrap();
        for (line, view) in line.views().zip(oracle.views()) {
            law(&Seen { world, view, place, entity, line, matrix })?;
        }
    }
    Ok(())
}

impl Seen<'_> {
    /// The cells of actions that are on offer.
    fn cells(&self) -> impl Iterator<Item = (&Offer, &Cell)> {
        self.entity.offers.iter().map(|offer| {
            let column = self.matrix.column(&offer.action).expect("a column for every action");
            (offer, self.line.cell(column).expect("a cell for what is on offer"))
        })
    }

    fn set(&self, relations: &[Relation]) -> Relations {
        set(self.world, relations)
    }

    fn stands(&self, relation: &Relation, offer: &Offer, thing: &Thing) -> bool {
        let relation = bits(self.world, relation);
        self.view.stands(relation, thing)
            || relation == Relations::LINKED && self.view.is_let_by_a_link(offer, thing)
            || relation == Relations::HOSTED && self.view.is_hosted(offer, thing)
            || relation == Relations::SHARED && self.view.is_shared_with(offer, thing)
    }

    /// Asked of an offer that opens by what the claim names, whatever the cell is about.
    fn has_claim(&self, claim: &Claim, offer: &Offer, thing: &Thing) -> bool {
        let opening = |offer: Offer, relation| self.stands(&relation, &offer, thing);
        match claim {
            Claim::Relation(relation) => self.stands(relation, offer, thing),
            Claim::Linked(rights) => {
                let through = |offer: Offer, right: &RightRef| offer.through(&right.entity, &right.action);
                opening(rights.iter().fold(Offer::new(&offer.action), through), Relation::Linked)
            }
            Claim::Hosted(operation) => {
                opening(Offer::new(&offer.action).hosted_by(operation), Relation::Hosted)
            }
            Claim::Shared(action) => opening(Offer::new(action).shareable(), Relation::Shared),
            other => panic!("{other:?}"),
        }
    }

    fn offer(&self, action: &Key<Action>) -> &Offer {
        self.entity.offers.iter().find(|offer| offer.action == *action).expect("admitted")
    }
}

pub(crate) fn set(world: &World, relations: &[Relation]) -> Relations {
    relations.iter().fold(Relations::empty(), |all, relation| all | bits(world, relation))
}

#[test]
fn a_matrix_has_a_row_for_every_place_and_a_cell_for_what_is_on_offer() {
    in_every_world_and_preset(|world, snapshot| {
        let Some((who, on)) = views(world).next() else { return Ok(()) };
        let matrix = access(snapshot, who.as_ref(), on).matrix();
        let rows: BTreeSet<Place> = matrix.rows.iter().map(|row| row.place.clone()).collect();
        prop_assert_eq!(rows.len(), matrix.rows.len());
        prop_assert_eq!(rows, places(&world.policy.vocabulary).into_iter().collect());
        for row in &matrix.rows {
            let entities = &world.policy.vocabulary.entities;
            let entity = entities.iter().find(|it| it.key == *row.place.entity_key()).unwrap();
            for (at, action) in matrix.actions.iter().enumerate() {
                let offered = entity.offers.iter().any(|offer| offer.action == *action);
                prop_assert_eq!(row.lines[0].cell(Column::Action(at)).is_some(), offered);
            }
        }
        Ok(())
    });
}

#[test]
fn every_cell_gives_what_the_oracle_gives() {
    for_every_line(|seen| {
        for (offer, cell) in seen.cells() {
            let free = seen.view.without_limits();
            let given = free.given(seen.entity, offer, seen.place);
            prop_assert_eq!(seen.set(&cell.given), given, "{}", seen.matrix);
            let granted = free.reached(seen.entity, offer, seen.place);
            let reached = seen.view.reached(seen.entity, offer, seen.place);
            let cut = cell.cut.as_ref().map(|cut| seen.set(&cut.granted));
            prop_assert_eq!(cut, (granted != reached).then_some(granted), "{}", seen.matrix);
            prop_assert_eq!(seen.set(&cell.reach), reached, "{}", seen.matrix);
            prop_assert_eq!(cell.passes, seen.view.passes(&offer.action, seen.place));
            for narrowing in &cell.narrowed {
                let required = seen.view.reached(seen.entity, seen.offer(&narrowing.action), seen.place);
                prop_assert_eq!(seen.set(&narrowing.reach), required);
            }
        }
        Ok(())
    });
}

/// What a cell comes to decides about every record as the oracle does: in its shortest form, and by what narrows it.
#[test]
fn a_cell_decides_about_records_as_the_oracle_does() {
    for_every_line(|seen| {
        let things = seen.world.things.iter().filter(|thing| thing.entity == seen.entity.key);
        for thing in things.filter(|thing| place_of(seen.entity, thing) == *seen.place) {
            for (offer, cell) in seen.cells() {
                let expected = seen.view.check(&offer.action, thing).is_allowed();
                let meets =
                    |claims: &Vec<Claim>| claims.iter().any(|claim| seen.has_claim(claim, offer, thing));
                prop_assert_eq!(cell.effect.iter().all(meets), expected, "{}", seen.matrix);
                let within = |offer: &Offer, reach: &[Relation]| {
                    reach.iter().any(|relation| seen.stands(relation, offer, thing))
                };
                let narrowed = cell.narrowed.iter().all(|it| within(seen.offer(&it.action), &it.reach));
                let inside = seen.view.is_inside(thing);
                prop_assert_eq!(within(offer, &cell.reach) && narrowed && cell.passes && inside, expected);
            }
        }
        Ok(())
    });
}

/// Nothing is said to narrow a cell that does not.
#[test]
fn what_narrows_a_cell_leaves_out_some_record() {
    for_every_line(|seen| {
        for (offer, cell) in seen.cells() {
            let suffices = |offer: &Offer| seen.view.suffices(seen.entity, offer, seen.place);
            let alone = suffices(offer);
            for narrowing in &cell.narrowed {
                let narrower = suffices(seen.offer(&narrowing.action));
                let every_record = seen.set(&narrowing.reach).contains(Relations::ALWAYS);
                prop_assert!(!alone.is_empty() && !every_record && !alone.is_subset(&narrower));
            }
        }
        Ok(())
    });
}

#[test]
fn moves_lead_where_the_oracle_says() {
    for_every_line(|seen| {
        let pipelines = seen.entity.pipelines.iter();
        let here = pipelines.filter(|it| seen.place.pipeline_key().is_none_or(|key| *key == it.key));
        let stages = here.flat_map(|pipeline| {
            let at = Place::entity(&seen.entity.key).pipeline(&pipeline.key);
            pipeline.stages.iter().map(move |stage| at.clone().stage(stage))
        });
        let stages: Vec<Place> = stages.collect();
        let Some(moves) = &seen.line.moves else {
            prop_assert!(stages.is_empty());
            return Ok(());
        };
        let leads = |stage: &&Place| *stage != seen.place && seen.view.moves(seen.entity, seen.place, stage);
        let expected: Vec<&Place> = stages.iter().filter(leads).collect();
        prop_assert_eq!(moves.stages.iter().collect::<Vec<_>>(), expected);
        let all = stages.iter().filter(|stage| *stage != seen.place).count();
        prop_assert!(!moves.anywhere || moves.stages.len() == all);
        Ok(())
    });
}

/// Every voice is of a role that is held in the view, says what the role says at the place named, and counts or is silenced as
/// the rule has it; what counts makes up what is given.
#[test]
fn every_reason_is_true_and_together_they_are_all() {
    for_every_line(|seen| {
        let roles = seen.view.roles();
        for (offer, cell) in seen.cells() {
            let Basis::Roles(voices) = &cell.basis else { continue };
            let named: BTreeSet<_> = voices.iter().map(|voice| &voice.role).collect();
            prop_assert_eq!(named, roles.iter().map(|role| &role.key).collect());
            let mut counted = Relations::empty();
            for voice in voices {
                check_voice(seen.world, &offer.action, seen.place, roles, voice)?;
                if let (Effect::Counts, Some(Said { what: Spoken::Level { reaches, .. }, .. })) =
                    (&voice.effect, &voice.said)
                {
                    counted |= seen.set(reaches);
                }
            }
            prop_assert_eq!(counted, seen.set(&cell.given));
        }
        Ok(())
    });
}

/// The level that is named reaches what is given; none is named where nobody says anything, or where none would do.
#[test]
fn the_level_named_says_what_is_given() {
    for_every_line(|seen| {
        let levels = &seen.world.policy.vocabulary.levels;
        let all = |relations: Relations| relations.contains(Relations::ALWAYS);
        for (_, cell) in seen.cells() {
            let given = seen.set(&cell.given);
            let says_it = |level: &&Level| level.relations == given || all(level.relations) && all(given);
            let fitting: Vec<&Key<Level>> = levels.iter().filter(says_it).map(|level| &level.key).collect();
            match &cell.level {
                Some(level) => prop_assert!(fitting.contains(&level)),
                None if cell.origin() == Origin::Nothing => prop_assert!(given.is_empty()),
                None => prop_assert!(fitting.is_empty(), "{:?} {}", cell, seen.matrix),
            }
        }
        Ok(())
    });
}

#[test]
fn entering_is_what_the_oracle_says() {
    in_every_world_and_preset(|world, snapshot| {
        for (who, on) in views(world) {
            let matrix = access(snapshot, who.as_ref(), on).matrix();
            let oracle = oracle(world, who.as_ref(), on);
            for entity in &world.policy.vocabulary.entities {
                let row = matrix.row(&Place::entity(&entity.key)).expect("a row");
                let enters =
                    row.lines[0].views().filter_map(|line| line.entering.as_ref()).any(|it| it.enters);
                let expected = oracle.as_ref().is_ok_and(|oracle| oracle.enters(&entity.key).is_allowed());
                prop_assert_eq!(enters, expected);
                prop_assert_eq!(row.lines[0].entering.is_some(), entity.reads_by.is_some());
            }
            let doors = world.policy.vocabulary.entities.iter().any(|entity| entity.admits_to_application);
            let enters = || oracle.as_ref().is_ok_and(|oracle| oracle.enters_application().is_allowed());
            prop_assert_eq!(matrix.sides[0].enters_application, doors.then(enters));
        }
        Ok(())
    });
}

#[test]
fn nobody_has_nothing() {
    in_every_world_and_preset(|world, snapshot| {
        for (who, on) in views(world).filter(|(who, on)| oracle(world, who.as_ref(), *on).is_err()) {
            let matrix = access(snapshot, who.as_ref(), on).matrix();
            prop_assert!(matrix.sides[0].roles.is_empty() && matrix.sides[0].limits.is_empty());
            for line in matrix.rows.iter().flat_map(|row| &row.lines) {
                prop_assert!(line.cells.iter().flatten().all(Cell::is_nothing));
                prop_assert!(line.moves.iter().all(|moves| moves.stages.is_empty()));
            }
        }
        Ok(())
    });
}

/// The world in which everybody holds this role and no other.
fn with_role_alone(world: &World, role: &Role) -> World {
    let mut alone = world.clone();
    alone.policy.assignments = vec![Assignment::new(role.key.clone(), Subject::Everyone)];
    alone.policy.substitutions.clear();
    alone.policy.limits.clear();
    alone
}

fn visitor<'w>(world: &'w World, on: On) -> Oracle<'w> {
    Oracle::new(&world.policy, &world.directory, None, on).unwrap_or_else(|denial| panic!("{denial}"))
}

#[test]
fn a_role_is_shown_as_a_visitor_who_holds_it_alone() {
    in_every_world_and_preset(|world, snapshot| {
        for role in &world.policy.roles {
            let matrix = snapshot.role_matrix(&role.key).expect("a role of the policy");
            let alone = with_role_alone(world, role);
            let oracle = visitor(&alone, world.occasions()[0]);
            for_lines(&alone, &oracle, &matrix, |seen| {
                for (offer, cell) in seen.cells() {
                    prop_assert_eq!(
                        seen.set(&cell.reach),
                        seen.view.reached(seen.entity, offer, seen.place),
                        "{}",
                        matrix
                    );
                    let said = nearest(role, &offer.action, seen.place).map(|(_, right)| &right.place);
                    prop_assert_eq!(cell.says.as_ref().map(|said| &said.at), said);
                    let here = said.map(|at| at == seen.place);
                    prop_assert_eq!(cell.says.as_ref().map(|said| said.explicit), here);
                }
                Ok(())
            })?;
        }
        Ok(())
    });
}

#[test]
fn roles_differ_where_the_oracle_differs() {
    in_every_world_and_preset(|world, snapshot| {
        let roles = &world.policy.roles;
        for (one, other) in roles.iter().zip(roles.iter().skip(1)) {
            let matrix = |role: &Role| snapshot.role_matrix(&role.key).expect("a role of the policy");
            let both = matrix(one).beside(&matrix(other));
            let worlds = [one, other].map(|role| with_role_alone(world, role));
            let oracles = worlds.each_ref().map(|world| visitor(world, world.occasions()[0]));
            for row in &both.rows {
                let entities = &world.policy.vocabulary.entities;
                let entity = entities.iter().find(|it| it.key == *row.place.entity_key()).unwrap();
                for offer in &entity.offers {
                    let column = both.column(&offer.action).unwrap();
                    let [left, right] =
                        oracles.each_ref().map(|it| it.own().effect(entity, offer, &row.place));
                    let differs = row.contrast(column) == Contrast::Effect;
                    prop_assert_eq!(differs, left != right, "{} {}\n{}", row.place, offer.action, both);
                }
                if row.lines[0].moves.is_some() {
                    let all = places(&world.policy.vocabulary);
                    let leads = oracles.each_ref().map(|it| moves(it.own(), entity, &row.place, &all));
                    prop_assert_eq!(row.contrast(Column::Moves) == Contrast::Effect, leads[0] != leads[1]);
                }
            }
        }
        Ok(())
    });
}

/// The stages that a transition leads to.
fn moves(view: &View<'_>, entity: &Entity, from: &Place, all: &[Place]) -> Vec<Place> {
    let near = |to: &&Place| {
        let same = from.pipeline_key().is_none() || from.pipeline_key() == to.pipeline_key();
        same && to.stage_key().is_some() && *to.entity_key() == entity.key && *to != from
    };
    all.iter().filter(near).filter(|to| view.leads(entity, from, to)).cloned().collect()
}

/// Before and after an edit: where nothing is marked, nobody is answered otherwise about records without links; where a user has no view but his own, what is
/// marked does differ.
#[test]
fn an_edit_shows_where_it_makes_a_difference() {
    in_every_world_and_preset(|world, before| {
        let world = &world.clone().without_openings();
        let mut edited = world.clone();
        edited.policy.assignments.pop();
        let after = compile(&edited);
        for (who, on) in views(world) {
            let matrix = |snapshot: &Snapshot| access(snapshot, who.as_ref(), on).matrix();
            let both = matrix(before).labelled("before").beside(&matrix(&after).labelled("after"));
            let (Ok(old), Ok(new)) = (oracle(world, who.as_ref(), on), oracle(&edited, who.as_ref(), on))
            else {
                continue;
            };
            check_edit(world, &both, &old, &new)?;
        }
        Ok(())
    });
}

fn check_edit(world: &World, both: &Matrix, old: &Oracle<'_>, new: &Oracle<'_>) -> TestCaseResult {
    let only_own = old.views().len() == 1 && new.views().len() == 1;
    for row in &both.rows {
        let entities = &world.policy.vocabulary.entities;
        let entity = entities.iter().find(|it| it.key == *row.place.entity_key()).unwrap();
        for offer in &entity.offers {
            let contrast = row.contrast(both.column(&offer.action).unwrap());
            if only_own {
                let effect = |it: &Oracle<'_>| it.own().effect(entity, offer, &row.place);
                prop_assert_eq!(contrast == Contrast::Effect, effect(old) != effect(new), "{}", both);
            }
            let things = world.things.iter().filter(|thing| thing.entity == entity.key);
            for thing in things.filter(|thing| place_of(entity, thing) == row.place) {
                let same = old.check(&offer.action, thing).is_allowed()
                    == new.check(&offer.action, thing).is_allowed();
                prop_assert!(same || contrast == Contrast::Effect, "{}", both);
            }
        }
    }
    Ok(())
}

/// Where nothing is set, and no limit takes anything, everything comes to the same as at the place above.
#[test]
fn a_place_at_which_nothing_is_set_is_like_the_one_above() {
    in_every_world_and_preset(|world, snapshot| {
        for (who, on) in views(world) {
            let matrix = access(snapshot, who.as_ref(), on).matrix();
            if !matrix.sides[0].limits.is_empty() {
                continue;
            }
            for row in matrix.rows.iter().filter(|row| !row.lines[0].says_something()) {
                let Some(above) = upward(&row.place).get(1).and_then(|above| matrix.row(above)) else {
                    continue;
                };
                for (cell, above) in row.lines[0].cells.iter().zip(&above.lines[0].cells) {
                    let effect = |cell: &Option<Cell>| cell.as_ref().map(|cell| cell.effect.clone());
                    prop_assert_eq!(effect(cell), effect(above));
                }
            }
        }
        Ok(())
    });
}

/// The part about one entity is the whole without the others.
#[test]
fn the_part_about_an_entity_says_what_the_whole_says() {
    in_every_world_and_preset(|world, snapshot| {
        let Some((who, on)) = views(world).next() else { return Ok(()) };
        let matrix = access(snapshot, who.as_ref(), on).matrix();
        for entity in &world.policy.vocabulary.entities {
            let part = matrix.clone().about(&entity.key);
            for row in &part.rows {
                let whole = matrix.row(&row.place).unwrap();
                for action in &matrix.actions {
                    let cell = |matrix: &Matrix, line: &Line| line.cell(matrix.column(action)?).cloned();
                    prop_assert_eq!(cell(&part, &row.lines[0]), cell(&matrix, &whole.lines[0]));
                }
            }
            prop_assert!(part.rows.iter().all(|row| *row.place.entity_key() == entity.key));
        }
        Ok(())
    });
}

/// What is to be seen in some world: otherwise the laws above say nothing.
#[test]
fn every_kind_of_cell_is_seen() {
    let mut seen = BTreeSet::new();
    for world in (0..60).map(|seed| Recipe::largest(seed).bake()) {
        let snapshot = compile(&world);
        for (who, on) in views(&world) {
            let matrix = access(&snapshot, who.as_ref(), on).matrix();
            for line in matrix.rows.iter().flat_map(|row| &row.lines).flat_map(Line::views) {
                for cell in line.cells.iter().flatten() {
                    seen.insert(format!("{:?}", cell.origin()));
                    seen.insert(format!("narrowed {}", !cell.narrowed.is_empty()));
                    seen.insert(format!("stands {}", cell.standing.is_some()));
                    seen.insert(format!("named {}", cell.level.is_some()));
                    seen.insert(format!("passes {}", cell.passes));
                    seen.insert(format!("cut {}", cell.cut.is_some()));
                }
                if let Some(moves) = &line.moves {
                    seen.insert(format!("moves {:?}", moves.origin()));
                    seen.insert(format!("moves limited {}", !moves.limits.is_empty()));
                }
                seen.insert(format!("own {}", line.perspective.is_none()));
            }
        }
    }
    let expected = [
        "Explicit",
        "Inherited",
        "Nothing",
        "Administrator",
        "Settings",
        "moves MovesFreely",
        "moves Explicit",
        "moves Inherited",
        "narrowed true",
        "stands true",
        "named true",
        "named false",
        "passes false",
        "cut true",
        "moves limited true",
        "own false",
    ];
    let missing: Vec<_> = expected.iter().filter(|kind| !seen.contains(**kind)).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}");
}
