//! Limits: on all kinds of subject, on few and on many actions and places, lifted and not, few enough that the rights still
//! decide most questions.

use bailiwick::{Among, Directory, Grain, Limit, Place, Vocabulary};

use crate::generate::organisation::window;
use crate::generate::roles::{place, subject};
use crate::generate::{Dice, Recipe};

pub(crate) fn limits(recipe: &Recipe, vocabulary: &Vocabulary, directory: &Directory) -> Vec<Limit> {
    let mut dice = recipe.dice("limits", 0);
    (0..dice.up_to(recipe.limits)).map(|at| limit(recipe, at, vocabulary, directory)).collect()
}

fn limit(recipe: &Recipe, at: usize, vocabulary: &Vocabulary, directory: &Directory) -> Limit {
    let mut dice = recipe.dice("limit", at);
    let mut limit = Limit::new(recipe.naming.key::<Limit>("limit", at), subject(&mut dice, directory));
    limit.window = window(&mut dice);
    for circumstance in &vocabulary.circumstances {
        match dice.below(10) {
            0 | 1 => limit.when.push(circumstance.clone()),
            2 | 3 => limit.unless.push(circumstance.clone()),
            _ => {}
        }
    }
    limit.actions = match dice.below(10) {
        0 => Among::All,
        1 => Among::AllBut(dice.some(&vocabulary.actions, 3)),
        _ => Among::These(dice.some(&vocabulary.actions, 3)),
    };
    limit.places = match dice.below(10) {
        0 => Among::All,
        1 | 2 => Among::AllBut(places(&mut dice, vocabulary)),
        _ => Among::These(places(&mut dice, vocabulary)),
    };
    limit.spares_administrators = dice.percent(40);
    limit
}

fn places(dice: &mut Dice, vocabulary: &Vocabulary) -> Vec<Place> {
    let one = |dice: &mut Dice| {
        let entity = dice.pick(&vocabulary.entities);
        place(dice, entity, Grain::Stage)
    };
    (0..dice.up_to(3)).map(|_| one(dice)).collect()
}
