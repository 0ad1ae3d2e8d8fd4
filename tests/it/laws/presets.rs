//! Every preset in generated organisations: its vocabulary and its roles, given to whom the product gives them and to others. What
//! their data say is what the oracle reads in them.

use bailiwick::Snapshot;
use bailiwick::preset::{self, Preset};
use proptest::strategy::Strategy;
use proptest::test_runner::TestCaseResult;

use crate::generate::{Recipe, World, recipes};
use crate::laws::agreement::{checks_agree, creations_agree, entering_agrees, moves_agree};
use crate::laws::consistency::filters_agree;
use crate::laws::{access, bind, compile, in_every_world, try_in};

/// How many worlds of each preset, unless `PROPTEST_CASES` says otherwise.
const WORLDS: u32 = 12;
/// The same, of a law that is tried in every world as well.
const FEW: u32 = 1;

/// Those that have records; objects with lists of their own have laws of their own.
fn presets() -> impl Iterator<Item = &'static Preset> {
    preset::ALL.iter().filter(|preset| !preset.vocabulary().entities.is_empty())
}

/// Tries a law of every world in those of the presets, too.
#[track_caller]
pub(crate) fn in_every_world_and_preset(law: impl Fn(&World, &Snapshot) -> TestCaseResult) {
    in_every_world(&law);
    for preset in presets() {
        try_in(FEW, recipes().prop_map(|recipe: Recipe| recipe.install(preset)), &law);
    }
}

#[test]
fn every_answer_of_a_preset_is_the_oracles() {
    for preset in presets() {
        try_in(WORLDS, recipes().prop_map(|recipe: Recipe| recipe.install(preset)), |world, snapshot| {
            checks_agree(world, snapshot)?;
            creations_agree(world, snapshot)?;
            entering_agrees(world, snapshot)
        });
    }
}

/// Otherwise the law above says little. In worlds that are the same in every run, for random ones leave it to chance.
#[test]
fn somebody_may_do_something_with_every_preset() {
    for preset in presets() {
        let worlds = (0..WORLDS).map(|seed| Recipe::largest(seed.into()).install(preset));
        let allowed: usize = worlds.map(|world| some_allowed(&world, &compile(&world))).sum();
        assert!(allowed > 0, "{}: nobody may do anything", preset.name());
    }
}

/// How many actions people who are no administrators may do with the records of the world.
fn some_allowed(world: &World, snapshot: &Snapshot) -> usize {
    let [on, _] = world.occasions();
    let plain = world.directory.users.iter().filter(|user| !user.administrator);
    let accesses = plain.map(|user| access(snapshot, Some(&user.key), on)).collect::<Vec<_>>();
    let records = bind(snapshot, &world.things);
    let each = records.iter().flat_map(|it| accesses.iter().map(|access| access.actions(&it.record()).len()));
    each.sum()
}

#[test]
fn every_move_within_a_preset_is_the_oracles() {
    for preset in presets() {
        try_in(WORLDS / 2, recipes().prop_map(|recipe: Recipe| recipe.install(preset)), moves_agree);
    }
}

#[test]
fn every_filter_of_a_preset_keeps_what_check_allows() {
    for preset in presets() {
        try_in(WORLDS, recipes().prop_map(|recipe: Recipe| recipe.install(preset)), filters_agree);
    }
}
