//! Features of social groups, what groups say of them, and which groups host which records.

use bailiwick::{Audience, Directory, Feature, FeatureRule, Key, OperationRule, OwnAudience, Vocabulary};

use crate::generate::words::freedom;
use crate::generate::{Dice, Recipe};
use crate::oracle::Thing;

pub(crate) fn features(recipe: &Recipe, vocabulary: &mut Vocabulary) {
    let mut dice = recipe.dice("features", 0);
    for at in 0..dice.below(4) {
        let mut feature = FeatureRule::new(recipe.naming.key::<Feature>("feature", at));
        feature.administrators = freedom(&mut dice, vocabulary);
        for number in 0..dice.below(4) {
            let default = *dice.pick(&Audience::ALL);
            let mut operation = OperationRule::new(recipe.naming.key("operation", at * 4 + number), default);
            operation.default_in_open = dice.percent(30).then(|| *dice.pick(&Audience::ALL));
            operation.for_viewing = dice.percent(40);
            feature.operations.push(operation);
        }
        vocabulary.features.push(feature);
    }
    let operations: Vec<_> = vocabulary.features.iter().flat_map(|feature| &feature.operations).collect();
    let operations: Vec<_> = operations.into_iter().map(|operation| operation.key.clone()).collect();
    for offer in vocabulary.entities.iter_mut().flat_map(|entity| &mut entity.offers) {
        offer.hosted_by = dice.maybe(&operations).filter(|_| dice.percent(35)).cloned();
    }
}

pub(crate) fn settings(recipe: &Recipe, vocabulary: &Vocabulary, directory: &mut Directory) {
    let features: Vec<Key<Feature>> = vocabulary.features.iter().map(|feature| feature.key.clone()).collect();
    for (at, group) in directory.social_groups.iter_mut().enumerate() {
        let mut dice = recipe.dice("host", at);
        group.visible = dice.percent(70);
        group.open = dice.percent(40);
        group.archived = dice.percent(25);
        group.extranet = dice.percent(35);
        group.without = if dice.percent(25) { dice.some(&features, 1) } else { Vec::new() };
        for operation in vocabulary.features.iter().flat_map(|feature| &feature.operations) {
            if dice.percent(35) {
                group.audiences.push(OwnAudience::new(&operation.key, *dice.pick(&operation.audiences)));
            }
        }
    }
}

/// A few are hosted by groups, and hardly any by one that there is not.
pub(crate) fn host(recipe: &Recipe, at: usize, directory: &Directory, thing: &mut Thing) {
    let mut dice: Dice = recipe.dice("hosts of thing", at);
    let groups: Vec<_> = directory.social_groups.iter().map(|group| group.key.clone()).collect();
    if dice.percent(50) {
        thing.hosts = dice.some(&groups, 2);
    }
    if dice.percent(4) {
        thing.hosts.push(recipe.naming.key("social", 90));
    }
}
