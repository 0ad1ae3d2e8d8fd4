//! What the entries of objects' own lists mean. With `resolve` beside it, the only place that says so.
//!
//! A meaning of its own, because nothing of it is shared with roles: there are no places, no levels and no silencing. Section 6
//! of the rights model. From the root down to the object that is asked about, each list in turn
//!
//! 1. takes away the pairs of rung and subject that its negative entries name,
//! 2. adds the pairs of its positive entries;
//!
//! a pair that stands in one list with both signs says nothing there. In the end the viewer may do what the rungs give that are
//! left and whose subjects he is in; whose subject is the author counts if he is the author of the object that is asked about.
//! Pairs whose subject the viewer is not in are left out from the beginning: nothing can make them count.
//!
//! An administrator is allowed everything that the ladder has, and no list is asked. Limits come after all of it, here as
//! elsewhere.
//!
//! Deliberately absent: a "no" that beats everything. And the walk's own memory: [`Listed`] is a value, and the next list makes
//! another one of it, so that a folder's can be kept for all that lies in it.

mod frozen;
mod settle;

pub use frozen::{AclProblem, AclProblemKind, FrozenAcl};
pub use settle::{Dropped, Needless};

pub(crate) use frozen::{Pair, says};

use smallvec::SmallVec;

use crate::directory::User;
use crate::index::Ix;
use crate::key::Handle;
use crate::resolve::limit;
use crate::resolve::viewer::Viewer;
use crate::snapshot::{Actions, Circle, LadderRule, Snapshot};
use crate::vocabulary::Action;

/// Who asks about objects of one ladder.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'s> {
    snapshot: &'s Snapshot,
    pub(crate) ladder: &'s LadderRule,
    pub(crate) circle: Circle<'s>,
    administrator: bool,
    /// What limits take, whoever gave it.
    taken: Actions,
}

/// The pairs that are left for the viewer at some point of the chain.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listed {
    pairs: SmallVec<[Pair; 4]>,
    /// What they give to whoever is not the author, and to the author.
    gives: [Actions; 2],
}

/// Hears what comes of the entries of one list, while it does.
pub(crate) trait Witness {
    /// The negative pair at this number of the list takes this one away.
    fn cancels(&mut self, _by: usize, _pair: Pair) {}

    /// The positive pair at this number of the list is added.
    fn adds(&mut self, _number: usize, _pair: Pair) {}

    /// The viewer is not in the subject of the positive pair at this number.
    fn passes_by(&mut self, _number: usize) {}
}

impl Witness for () {}

impl<'s> Reader<'s> {
    pub(crate) fn new(viewer: &Viewer<'s>, ladder: &'s LadderRule) -> Self {
        let snapshot = viewer.snapshot;
        let circle = snapshot.circle(viewer.handle(), viewer.occasion().at);
        let taken = limit::taken_from_lists(viewer);
        Self { snapshot, ladder, circle, administrator: viewer.is_administrator(), taken }
    }

    /// Whether no list is asked, because everything is allowed.
    pub(crate) fn bypasses(&self) -> bool {
        self.administrator
    }

    /// What is left after one more list.
    pub(crate) fn then(&self, above: &Listed, list: &FrozenAcl, witness: &mut impl Witness) -> Listed {
        let mut below = Listed::default();
        self.walk(above, list, witness, |pair| {
            if !below.pairs.contains(&pair) {
                below.pairs.push(pair);
            }
        });
        below.gives = [false, true].map(|author| self.given(below.pairs.iter().copied(), author));
        below
    }

    /// What the viewer is given with an object that has this list of its own, before limits.
    #[inline]
    pub(crate) fn allows(&self, above: &Listed, list: &FrozenAcl, author: bool) -> Actions {
        let [others, authors] = above.gives;
        if self.administrator {
            self.ladder.offered
        } else if list.is_empty() {
            if author { authors } else { others }
        } else {
            let mut all = Actions::default();
            self.walk(above, list, &mut (), |pair| all = all.union(self.given([pair], author)));
            all
        }
    }

    /// The walk over one list. `keep` is handed what is left.
    fn walk(&self, above: &Listed, list: &FrozenAcl, witness: &mut impl Witness, mut keep: impl FnMut(Pair)) {
        for pair in &above.pairs {
            let same = |negative: &Pair| negative.is_same(*pair, self.snapshot);
            match list.negative().iter().position(same) {
                Some(by) => witness.cancels(by, *pair),
                None => keep(*pair),
            }
        }
        for (number, pair) in list.positive().iter().enumerate() {
            if pair.is_authors() || self.circle.contains(pair.whom) {
                witness.adds(number, *pair);
                keep(*pair);
            } else {
                witness.passes_by(number);
            }
        }
    }

    /// What these pairs give.
    fn given(&self, pairs: impl IntoIterator<Item = Pair>, author: bool) -> Actions {
        let count = pairs.into_iter().filter(|pair| author || !pair.is_authors());
        count.fold(Actions::default(), |all, pair| all.union(self.gives(pair)))
    }

    /// What the rung of a pair gives.
    pub(crate) fn gives(&self, pair: Pair) -> Actions {
        self.ladder.gives(Ix::new(u32::from(pair.position)), pair.rung)
    }

    /// Whether the viewer is this user: nobody is an unknown one.
    #[inline]
    pub(crate) fn is_author(&self, author: Handle<User>) -> bool {
        self.circle.is(author)
    }
}

/// How a question about one action comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judged {
    Allowed,
    NotOffered,
    NotSignedIn,
    NotListed,
    Limited,
}

impl Reader<'_> {
    /// Whether all these actions are among those that are given, and left by limits.
    pub(crate) fn judge(&self, actions: Actions, given: Actions) -> Judged {
        if actions.is_empty() || !self.ladder.offered.contains_all(actions) {
            Judged::NotOffered
        } else if self.ladder.signed_in_only && !self.circle.is_signed_in() {
            Judged::NotSignedIn
        } else if !given.contains_all(actions) {
            Judged::NotListed
        } else if given.without(self.taken).contains_all(actions) {
            Judged::Allowed
        } else {
            Judged::Limited
        }
    }

    /// All that is allowed of what is given: what limits leave, unless a visitor is refused altogether.
    pub(crate) fn admitted(&self, given: Actions) -> Actions {
        let refused = self.ladder.signed_in_only && !self.circle.is_signed_in();
        if refused { Actions::default() } else { given.without(self.taken) }
    }

    /// Whether a single action is.
    pub(crate) fn judge_one(&self, action: Ix<Action>, given: Actions) -> Judged {
        self.judge([action].into_iter().collect(), given)
    }
}
