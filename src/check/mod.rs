//! The questions: may he do this, with this record, now?
//!
//! Answers come from `resolve`; this floor turns handles into positions, and outcomes into decisions. Nothing here can
//! fail: what is unknown is denied, with the reason.

mod assign;
mod audit;
mod create;
mod enter;
mod relocate;

pub use assign::{Assigning, Exceeding, Excess};
pub use audit::Audit;
pub use create::{Creation, Responsible};

/// A check answers in these words, so they can be had from here.
pub(crate) use crate::answer::{ActionSet, Decision, Denial};
pub(crate) use create::{created, created_for};
pub(crate) use relocate::{Leap, moves};

use crate::access::Access;
use crate::index::Ix;
use crate::key::Handle;
use crate::resolve::{self, Page, Record, View, Viewer};
use crate::snapshot::{Actions, EntityRule};
use crate::vocabulary::{Action, Place};

impl<'s> Access<'s> {
    /// Whether the viewer may do this with the record.
    ///
    /// Takes constant time: the number of users, roles, rights and assignments plays no part, only how many roles the
    /// viewer holds and how many people are bound to the record.
    #[inline(always)]
    pub fn check(&self, action: impl Into<Handle<Action>>, record: &Record<'_>) -> Decision {
        match self.positions(record.place, action.into()) {
            Ok((place, action)) => self.decide(place, action, record),
            Err(denial) => Decision::Denied(denial),
        }
    }

    /// There must be a viewer. He is not handed on by reference here or below, so that an access that is made for one question is
    /// never laid out in memory.
    #[inline(always)]
    fn decide(&self, place: Ix<Place>, action: Ix<Action>, record: &Record<'_>) -> Decision {
        let own = if record.openings.is_empty() {
            resolve::decide(self.whoever(), place, action, self.whoever().stands_to(record)).into()
        } else {
            resolve::decide_opened(&View::own(*self.whoever()), place, action, record).into()
        };
        self.or_elsewhere(own, place, action, record)
    }

    /// The answer in one's own view, or in another where that is better.
    #[inline(always)]
    fn or_elsewhere(
        &self,
        own: Decision,
        place: Ix<Place>,
        action: Ix<Action>,
        record: &Record<'_>,
    ) -> Decision {
        if self.whoever().has_views() {
            decide_elsewhere(own, self.others(), place, action, record)
        } else {
            own
        }
    }

    /// Whether the viewer may do this with each of the records, such as the rows of a page. What the records of one place
    /// have in common is worked out once.
    #[inline]
    pub fn check_each<'r, 'd: 'r>(
        &'r self,
        action: impl Into<Handle<Action>>,
        records: impl IntoIterator<Item = &'r Record<'d>> + 'r,
    ) -> impl Iterator<Item = Decision> + 'r {
        let action = self.snapshot().lexicon.action(action.into());
        let mut page = action.map(|action| Page::new(*self.whoever(), action));
        records.into_iter().map(move |record| match (self.place(record.place), &mut page) {
            (Ok(place), Some(page)) if !record.openings.is_empty() => {
                self.decide(place, page.action(), record)
            }
            (Ok(place), Some(page)) => {
                let own = page.decide(place, self.whoever().stands_to(record)).into();
                self.or_elsewhere(own, place, page.action(), record)
            }
            (Ok(_), None) => Decision::Denied(Denial::UnknownAction),
            (Err(denial), _) => Decision::Denied(denial),
        })
    }

    /// Every action that the viewer may do with the record: which buttons to show. Empty where everything is denied.
    #[inline]
    pub fn actions(&self, record: &Record<'_>) -> ActionSet<'s> {
        let allowed = self.place(record.place).map(|place| self.decide_all(place, record));
        ActionSet::new(self.snapshot(), allowed.unwrap_or_default())
    }

    /// There must be a viewer.
    #[inline(always)]
    fn decide_all(&self, place: Ix<Place>, record: &Record<'_>) -> Actions {
        let own = if record.openings.is_empty() {
            resolve::decide_all(self.whoever(), place, self.whoever().stands_to(record))
        } else {
            resolve::decide_all_in(&View::own(*self.whoever()), place, record)
        };
        if self.whoever().has_views() { decide_all_elsewhere(own, self.others(), place, record) } else { own }
    }

    /// Whether the viewer may give the record to somebody else: whether he may update it as it is. Whom he gives it to is
    /// not asked, so he may give away what he then no longer sees (section 2.7 of the rights model).
    pub fn may_reassign(&self, record: &Record<'_>) -> Decision {
        self.bound(record.place, |rule| rule.updates_by)
            .map(|(_, place, action)| self.decide(place, action, record))
            .unwrap_or_else(Decision::Denied)
    }

    /// The place, if there is a viewer.
    #[inline(always)]
    fn place(&self, place: Handle<Place>) -> Result<Ix<Place>, Denial> {
        let place = self.snapshot().places.accept(place).ok_or(Denial::UnknownPlace);
        self.known()?;
        place
    }

    /// What is asked about, if all of it is known and there is a viewer.
    #[inline(always)]
    fn positions(
        &self,
        place: Handle<Place>,
        action: Handle<Action>,
    ) -> Result<(Ix<Place>, Ix<Action>), Denial> {
        let place = self.place(place)?;
        Ok((place, self.snapshot().lexicon.action(action).ok_or(Denial::UnknownAction)?))
    }

    #[inline(always)]
    fn viewer_at(&self, place: Handle<Place>) -> Result<(&Viewer<'s>, Ix<Place>), Denial> {
        let place = self.place(place)?;
        Ok((self.whoever(), place))
    }

    /// The question, if all of it is known.
    #[inline(always)]
    pub(crate) fn question(
        &self,
        place: Handle<Place>,
        action: Handle<Action>,
    ) -> Result<(&Viewer<'s>, Ix<Place>, Ix<Action>), Denial> {
        let (place, action) = self.positions(place, action)?;
        Ok((self.whoever(), place, action))
    }

    /// The question about the action that the vocabulary has bound to a purpose.
    pub(crate) fn bound(
        &self,
        place: Handle<Place>,
        purpose: impl Fn(EntityRule) -> Option<Ix<Action>>,
    ) -> Result<(&Viewer<'s>, Ix<Place>, Ix<Action>), Denial> {
        let (viewer, place) = self.viewer_at(place)?;
        let rule = self.snapshot().offers.entity(self.snapshot().places.entity(place));
        Ok((viewer, place, purpose(rule).ok_or(Denial::NotOffered)?))
    }
}

#[cold]
#[inline(never)]
fn decide_elsewhere(
    own: Decision,
    others: &[View<'_>],
    place: Ix<Place>,
    action: Ix<Action>,
    record: &Record<'_>,
) -> Decision {
    let others = others.iter().map(|view| resolve::decide_in(view, place, action, record).into());
    others.fold(own, Decision::better)
}

#[cold]
#[inline(never)]
fn decide_all_elsewhere(own: Actions, others: &[View<'_>], place: Ix<Place>, record: &Record<'_>) -> Actions {
    let others = others.iter().map(|view| resolve::decide_all_in(view, place, record));
    others.fold(own, Actions::union)
}
