//! A filter turned inside out: for each condition where it counts, in place of for each place what counts there.
//!
//! A clause says "on these stages: mine, or my department's". A database finds rows by whose they are, through an index, and
//! then looks at the stage; and it does so for an OR only if every arm of it, at the top, begins with something that an index
//! serves. So "mine, anywhere; or my department's, on these stages". The same records, and shorter where the
//! stages on which a condition counts come to all of them.

use crate::filter::{AnyOf, Clause, Condition, Keys, Within};
use crate::key::Key;

/// Records that meet a condition, if one is asked, and all of the rest, at some places.
#[derive(Debug)]
pub(super) struct Arm<'f> {
    pub(super) condition: Option<&'f Condition>,
    pub(super) rest: Vec<&'f AnyOf>,
    /// None is everywhere.
    pub(super) within: Option<Vec<Within>>,
}

/// The arms of an OR that keeps what the clauses keep.
pub(super) fn arms(clauses: &[Clause]) -> Vec<Arm<'_>> {
    let mut arms: Vec<Arm<'_>> = Vec::new();
    for clause in clauses {
        // Any of the conditions' lists can be the one that is taken apart; the shortest gives the fewest arms.
        let shortest = clause.all.iter().min_by_key(|any| any.len());
        let rest: Vec<&AnyOf> = clause.all.iter().filter(|any| Some(*any) != shortest).collect();
        let within = (!clause.within.is_empty()).then(|| clause.within.clone());
        let conditions: Vec<_> = shortest.map_or_else(|| vec![None], |any| any.iter().map(Some).collect());
        for condition in conditions {
            let same = |arm: &&mut Arm<'_>| arm.condition == condition && arm.rest == rest;
            match arms.iter_mut().find(same) {
                Some(arm) => arm.within = joined(arm.within.take(), within.clone()),
                None => arms.push(Arm { condition, rest: rest.clone(), within: within.clone() }),
            }
        }
    }
    arms
}

/// Both places together.
fn joined(one: Option<Vec<Within>>, other: Option<Vec<Within>>) -> Option<Vec<Within>> {
    let mut all = one?;
    all.extend(other?);
    while let Some((first, second, union)) = mergeable(&all) {
        all.remove(second);
        if let Some(slot) = all.get_mut(first) {
            *slot = union;
        }
    }
    let whole = all.iter().any(|within| within.pipelines == Keys::Any && within.stages == Keys::Any);
    (!whole).then_some(all)
}

/// Two that differ in their pipelines only, or in their stages only, and both as one.
fn mergeable(all: &[Within]) -> Option<(usize, usize, Within)> {
    let pairs = all.iter().enumerate().flat_map(|(at, one)| {
        let later = all.iter().enumerate().skip(at + 1);
        later.map(move |(to, other)| (at, to, one, other))
    });
    let mut unions = pairs.filter_map(|(at, to, one, other)| Some((at, to, union(one, other)?)));
    unions.next()
}

fn union(one: &Within, other: &Within) -> Option<Within> {
    if one.pipelines == other.pipelines {
        let (pipelines, stages) = (one.pipelines.clone(), either(&one.stages, &other.stages));
        Some(Within { pipelines, stages })
    } else if one.stages == other.stages {
        let (pipelines, stages) = (either(&one.pipelines, &other.pipelines), one.stages.clone());
        Some(Within { pipelines, stages })
    } else {
        None
    }
}

/// The keys that are in one or the other.
fn either<T>(one: &Keys<T>, other: &Keys<T>) -> Keys<T> {
    let without = |keys: &[Key<T>], out: &[Key<T>]| -> Vec<Key<T>> {
        keys.iter().filter(|key| !out.contains(key)).cloned().collect()
    };
    let all_but = |keys: Vec<Key<T>>| if keys.is_empty() { Keys::Any } else { Keys::NotIn(keys) };
    match (one, other) {
        (Keys::Any, _) | (_, Keys::Any) => Keys::Any,
        (Keys::In(some), Keys::In(others)) => {
            let mut all = without(some, others);
            all.extend(others.iter().cloned());
            all.sort_unstable();
            Keys::In(all)
        }
        (Keys::NotIn(not), Keys::In(some)) | (Keys::In(some), Keys::NotIn(not)) => {
            all_but(without(not, some))
        }
        (Keys::NotIn(not), Keys::NotIn(nor)) => {
            all_but(not.iter().filter(|key| nor.contains(key)).cloned().collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{either, joined};
    use crate::filter::{Keys, Within};
    use crate::key::Key;
    use crate::vocabulary::Stage;

    /// Every set over three keys and all that is unknown.
    fn every() -> Vec<Keys<Stage>> {
        let subset = |bits: usize| -> Vec<Key<Stage>> {
            ["a", "b", "c"]
                .into_iter()
                .enumerate()
                .filter(|(at, _)| bits & 1 << at != 0)
                .map(|(_, key)| Key::from(key))
                .collect()
        };
        let within = (0..8).map(|bits| Keys::In(subset(bits)));
        within.chain((1..8).map(|bits| Keys::NotIn(subset(bits)))).chain([Keys::Any]).collect()
    }

    fn holds(keys: &Keys<Stage>) -> Vec<bool> {
        let asked = ["a", "b", "c", "d"].map(|key| Some(Key::from(key)));
        asked.iter().chain([&None]).map(|key| keys.contains(key.as_ref())).collect()
    }

    #[test]
    fn the_union_of_two_sets_of_keys_holds_what_either_holds() {
        for one in every() {
            for other in every() {
                let union = either(&one, &other);
                let both: Vec<bool> =
                    holds(&one).into_iter().zip(holds(&other)).map(|(a, b)| a || b).collect();
                assert_eq!(holds(&union), both, "{one:?} {other:?}");
                assert!(!matches!(&union, Keys::NotIn(keys) if keys.is_empty()));
            }
        }
    }

    #[test]
    fn places_that_come_to_all_are_everywhere() {
        let at = |pipelines, stages| Within { pipelines, stages };
        let won = || Keys::In(vec![Key::from("won")]);
        let general = || Keys::In(vec![Key::from("general")]);
        let but_won = || Keys::NotIn(vec![Key::from("won")]);
        let elsewhere = at(Keys::NotIn(vec![Key::from("general")]), Keys::Any);
        let open = vec![at(general(), but_won()), elsewhere.clone()];
        assert_eq!(joined(Some(open.clone()), Some(vec![at(general(), won())])), None);
        assert_eq!(joined(Some(open), None), None);
        let apart = joined(Some(vec![elsewhere.clone()]), Some(vec![at(general(), won())]));
        assert_eq!(apart, Some(vec![elsewhere, at(general(), won())]));
    }
}
