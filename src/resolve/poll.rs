//! One question, put to many who are nobody in particular: to each, a record is what it is to all of them, so that only
//! their roles make a difference.
//!
//! Deliberately absent: an answer of its own. What a role says comes down to a [`Gist`], and whoever's roles come down to the same
//! gets the same answer; the first of them is asked as everybody is.

use smallvec::SmallVec;

use crate::index::Ix;
use crate::resolve::holder::{Holder, Ordinary};
use crate::resolve::reach;
use crate::resolve::viewer::Viewer;
use crate::snapshot::{Asked, Column, Gist, RoleSet, Snapshot};
use crate::vocabulary::{Action, Place, Relations};

/// Whether somebody may do an action with a record at a place, to which he stands in these relations and no others:
/// [`decide`](super::decide), for whoever is not limited.
pub(crate) struct Poll<'s> {
    snapshot: &'s Snapshot,
    /// The action first, then its prerequisites; nothing, if the entity does not admit it.
    questions: SmallVec<[Question<'s>; 2]>,
}

/// One action of which all are needed.
struct Question<'s> {
    asked: Asked<'s>,
    stands: Relations,
    /// What each role comes down to, by column.
    gists: Vec<Gist>,
    /// What was answered to whom these are all the gists of.
    answers: Box<[Option<bool>; Gist::COUNT]>,
}

impl<'s> Poll<'s> {
    /// Takes time in proportion to the roles.
    pub(crate) fn new(
        snapshot: &'s Snapshot,
        place: Ix<Place>,
        action: Ix<Action>,
        stands: Relations,
    ) -> Self {
        let asked = snapshot.ask(place, action);
        let requires = asked.map(|asked| asked.rule.requires).unwrap_or_default();
        let required = requires.iter().filter_map(|action| snapshot.ask(place, action));
        let all = asked.into_iter().chain(required);
        Self { snapshot, questions: all.map(|asked| Question::new(snapshot, asked, stands)).collect() }
    }

    /// The roles without which nobody may, each of which alone would do for the action itself: everybody who may holds one of them, since
    /// what several roles give together, one of them gives. Not everybody who holds one may.
    pub(crate) fn roles_that_could(&mut self) -> Vec<Column> {
        let Self { snapshot, questions } = self;
        let Some(question) = questions.first_mut() else { return Vec::new() };
        let all = snapshot.roles.names.iter().map(|(role, _)| Column::of(role));
        all.filter(|role| question.is_met_by(Ordinary::holding(snapshot, RoleSet::of_one(*role)))).collect()
    }

    /// Whether somebody may who holds these roles, which are few.
    #[inline(always)]
    pub(crate) fn allows_holder_of(&mut self, roles: RoleSet) -> bool {
        let holder = Ordinary::holding(self.snapshot, roles);
        self.allows(holder)
    }

    /// Whether this viewer may, who is not limited, no administrator, and to whom the record is no more than to everybody.
    #[inline(never)]
    pub(crate) fn allows_viewer(&mut self, viewer: Viewer<'s>) -> bool {
        self.allows(viewer)
    }

    /// Every question is asked, also where one has failed: whether one does is a guess that fails too often.
    #[inline(always)]
    fn allows(&mut self, holder: impl Holder<'s>) -> bool {
        let offered = !self.questions.is_empty();
        self.questions.iter_mut().fold(offered, |allowed, question| allowed & question.is_met_by(holder))
    }
}

impl<'s> Question<'s> {
    fn new(snapshot: &'s Snapshot, asked: Asked<'s>, stands: Relations) -> Self {
        let rule = snapshot.offers.entity(snapshot.places.entity(asked.place));
        let settings = rule.settings.filter(|_| asked.rule.by_settings);
        let settings =
            settings.and_then(|(entity, action)| snapshot.ask(snapshot.places.whole(entity), action));
        let gist = |role| {
            let settings = settings.is_some_and(|settings| settings.line.of(role).given_somewhere());
            asked.line.of(role).gist(stands).with_settings(settings)
        };
        let roles = snapshot.roles.names.iter().map(|(role, _)| Column::of(role));
        let gists = std::iter::once(Column::NONE).chain(roles).map(gist);
        Self { asked, stands, gists: gists.collect(), answers: Box::new([None; Gist::COUNT]) }
    }

    #[inline(always)]
    fn is_met_by(&mut self, holder: impl Holder<'s>) -> bool {
        let gist = |role: Column| self.gists.get(usize::from(role.0)).copied().unwrap_or_default();
        let gist = holder.roles().fold(Gist::default(), |all, role| all.and(gist(role)));
        let answer = self.answers.get(gist.position()).copied().flatten();
        answer.unwrap_or_else(|| self.ask(gist, holder))
    }

    /// Kept apart from what is done for all others.
    #[cold]
    #[inline(never)]
    fn ask(&mut self, gist: Gist, holder: impl Holder<'s>) -> bool {
        let answer = reach(holder, self.asked, &mut ()).intersects(self.stands);
        self.answers.get_mut(gist.position()).into_iter().for_each(|known| *known = Some(answer));
        answer
    }
}
