//! Objects' own lists, read naively from section 6: a set of pairs, changed list by list from the root down.

use bailiwick::{
    Acl, Action, Among, Decision, Denial, Key, Ladder, Limit, Moment, Rung, Sign, Subject, User,
};

use super::view::{View, no};

/// An object as the oracle sees it: the lists from the root down to its own, and who made it.
#[derive(Clone, Debug)]
pub(crate) struct Placed<'a> {
    pub(crate) chain: Vec<&'a Acl>,
    pub(crate) author: Option<&'a Key<User>>,
}

impl View<'_> {
    pub(crate) fn may(
        &self,
        ladder: &Ladder,
        action: &Key<Action>,
        object: &Placed<'_>,
        at: Moment,
    ) -> Decision {
        if !self.policy.vocabulary.actions.contains(action) {
            no(Denial::UnknownAction)
        } else if !ladder.rungs.iter().any(|rung| rung.gives.contains(action)) {
            no(Denial::NotOffered)
        } else if ladder.signed_in_only && self.viewer.is_none() {
            no(Denial::NotSignedIn)
        } else if !self.is_administrator() && !self.is_given(ladder, action, object, at) {
            no(Denial::NotListed)
        } else if self.limits().iter().any(|limit| takes(limit, action)) {
            no(Denial::Limited)
        } else {
            Decision::Allowed
        }
    }

    fn is_given(&self, ladder: &Ladder, action: &Key<Action>, object: &Placed<'_>, at: Moment) -> bool {
        let author = self.viewer.is_some_and(|viewer| object.author == Some(&viewer.key));
        let his = |subject: &Subject| {
            if *subject == Subject::Author { author } else { self.is_in(subject, at) }
        };
        let gives = |rung: &Key<Rung>| {
            ladder.rungs.iter().any(|other| other.key == *rung && other.gives.contains(action))
        };
        left(&object.chain).iter().any(|(rung, subject)| gives(rung) && his(subject))
    }
}

/// An object is at no place: a limit that names where it takes leaves it alone.
fn takes(limit: &Limit, action: &Key<Action>) -> bool {
    let action = match &limit.actions {
        Among::All => true,
        Among::These(these) => these.contains(action),
        Among::AllBut(these) => !these.contains(action),
    };
    action && !matches!(limit.places, Among::These(_))
}

/// The pairs that are left in the end. They are the same for every viewer.
fn left(chain: &[&Acl]) -> Vec<(Key<Rung>, Subject)> {
    let mut left = Vec::new();
    for acl in chain {
        let pairs = |sign| {
            let entries = acl.entries.iter().filter(move |entry| entry.sign == sign);
            entries.map(|entry| (entry.rung.clone(), entry.subject.clone())).collect::<Vec<_>>()
        };
        let (positive, negative) = (pairs(Sign::Positive), pairs(Sign::Negative));
        left.retain(|pair| positive.contains(pair) || !negative.contains(pair));
        left.extend(positive.into_iter().filter(|pair| !negative.contains(pair)));
    }
    left
}
