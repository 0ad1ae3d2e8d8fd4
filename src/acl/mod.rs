//! The questions about objects that have lists of their own: folders and files, documents of business processes.
//!
//! What the entries mean is `resolve::acl`'s; this floor turns handles into positions and holds what can be shared: an
//! [`AclAccess`] knows once what the viewer is in, an [`Inherited`] once what a folder passes on to all that lies in it.
//!
//! Deliberately absent: the objects. The application has them, millions of them, and hands over the lists along one chain. And
//! substitutes: an object's list is about persons, so nobody gets at anybody's files by standing in for him.

use crate::access::Access;
use crate::answer::{ActionSet, Decision, Denial};
use crate::directory::User;
use crate::index::Ix;
use crate::key::Handle;
use crate::moment::Moment;
use crate::resolve::acl::{FrozenAcl, Listed, Reader};
use crate::snapshot::{Actions, Snapshot};
use crate::vocabulary::{Action, Ladder, Rung};

/// An object that is asked about: its own list, and who made it.
///
/// Built on the spot and thrown away, like a [`Record`](crate::Record).
#[derive(Clone, Copy, Debug)]
pub struct Object<'a> {
    acl: &'a FrozenAcl,
    author: Handle<User>,
}

impl<'a> Object<'a> {
    /// An object with this list of its own. Nobody knows who made it.
    #[inline]
    pub fn new(acl: &'a FrozenAcl) -> Self {
        Self { acl, author: Handle::unknown() }
    }

    /// Says who made it: for him entries count whose subject is the author, also those that stand in lists above. An unknown user
    /// is nobody.
    #[inline]
    #[must_use]
    pub fn author(mut self, user: impl Into<Handle<User>>) -> Self {
        self.author = user.into();
        self
    }
}

/// One viewer's access to objects whose lists are of one ladder. Made by [`Access::acl`].
#[derive(Clone, Debug)]
pub struct AclAccess<'s> {
    access: Access<'s>,
    ladder: Handle<Ladder>,
    reader: Result<Reader<'s>, Denial>,
}

/// What the lists of a chain of objects pass on to whatever lies below: made once for a folder, asked for everything in it.
#[derive(Clone, Debug)]
pub struct Inherited<'a, 's> {
    of: &'a AclAccess<'s>,
    listed: Listed,
}

impl<'s> Access<'s> {
    /// The viewer's access to objects whose own lists are of this ladder.
    ///
    /// Finds out what he is in, in time in proportion to his own memberships, so that no question has to. Only one's own
    /// rights count here, and not those of people one stands in for.
    pub fn acl(&self, ladder: impl Into<Handle<Ladder>>) -> AclAccess<'s> {
        let ladder = ladder.into();
        AclAccess { access: self.clone(), ladder, reader: self.reader(ladder) }
    }

    fn reader(&self, ladder: Handle<Ladder>) -> Result<Reader<'s>, Denial> {
        let ladders = &self.snapshot().ladders;
        let rule = ladders.accept(ladder).and_then(|ladder| ladders.rule(ladder));
        Ok(Reader::new(self.viewer()?, rule.ok_or(Denial::UnknownLadder)?))
    }
}

impl<'s> AclAccess<'s> {
    /// What these lists pass on, the root's first. Without any, what is asked about is a root itself.
    ///
    /// Takes time in proportion to their entries.
    pub fn below<'l>(&self, chain: impl IntoIterator<Item = &'l FrozenAcl>) -> Inherited<'_, 's> {
        let none = Inherited { of: self, listed: Listed::default() };
        chain.into_iter().fold(none, |above, acl| above.below(acl))
    }

    /// The first moment after that of the access at which an answer could be another one because the viewer is in other user
    /// groups, if nothing is changed in the meantime. [`Access::valid_until`] is the
    /// same for his roles and for limits.
    pub fn valid_until(&self) -> Option<Moment> {
        let reader = self.reader.as_ref().ok().filter(|reader| !reader.bypasses())?;
        reader.circle.first_change(self.access.at())
    }

    /// The snapshot that is asked.
    pub fn snapshot(&self) -> &'s Snapshot {
        self.access.snapshot()
    }

    /// The access that it was made of.
    pub(crate) fn access(&self) -> &Access<'s> {
        &self.access
    }

    /// The ladder that was asked for, known or not.
    pub(crate) fn ladder(&self) -> Handle<Ladder> {
        self.ladder
    }

    /// What reads the lists for the viewer, or why he is denied everything.
    pub(crate) fn reads(&self) -> Result<&Reader<'s>, Denial> {
        self.reader.as_ref().map_err(|denial| *denial)
    }

    /// The action, if all of the question is known.
    pub(crate) fn question(&self, action: Handle<Action>) -> Result<(&Reader<'s>, Ix<Action>), Denial> {
        let reader = self.reads()?;
        Ok((reader, self.snapshot().lexicon.action(action).ok_or(Denial::UnknownAction)?))
    }
}

impl<'a, 's> Inherited<'a, 's> {
    /// What is passed on one level deeper, below an object with this list.
    #[must_use]
    pub fn below(&self, acl: &FrozenAcl) -> Self {
        let reader = self.of.reader.as_ref().ok().filter(|reader| !acl.is_empty() && !reader.bypasses());
        let listed = reader.map(|reader| reader.then(&self.listed, acl, &mut ()));
        Self { of: self.of, listed: listed.unwrap_or_else(|| self.listed.clone()) }
    }

    /// Whether the viewer may do this with an object that lies here.
    ///
    /// Takes constant time for an object without entries, as most are; else time in proportion to its own.
    #[inline]
    pub fn check(&self, action: impl Into<Handle<Action>>, object: &Object<'_>) -> Decision {
        match self.of.question(action.into()) {
            Ok((reader, action)) => reader.judge_one(action, self.given(reader, object)).into(),
            Err(denial) => Decision::Denied(denial),
        }
    }

    /// Whether he may do this with each of the objects that lie here, such as the rows of a listing.
    pub fn check_each<'o>(
        &self,
        action: impl Into<Handle<Action>>,
        objects: impl IntoIterator<Item = Object<'o>>,
    ) -> impl Iterator<Item = Decision> {
        let question = self.of.question(action.into());
        objects.into_iter().map(move |object| match question {
            Ok((reader, action)) => reader.judge_one(action, self.given(reader, &object)).into(),
            Err(denial) => Decision::Denied(denial),
        })
    }

    /// Everything that he may do with an object that lies here.
    pub fn actions(&self, object: &Object<'_>) -> ActionSet<'s> {
        let allowed = self.of.reads().map(|reader| reader.admitted(self.given(reader, object)));
        ActionSet::new(self.of.snapshot(), allowed.unwrap_or_default())
    }

    /// Whether he may move an object that lies here into a target that lies there: what the ladder says that moving takes, on the
    /// one and on the other. A denial by the target is [`Denial::Prerequisite`].
    pub fn may_move(&self, object: &Object<'_>, there: &Inherited<'_, '_>, target: &Object<'_>) -> Decision {
        let taken = self.takes(object, |reader| reader.ladder.moved_by);
        let received = there.takes(target, |reader| reader.ladder.received_by);
        match (taken, received) {
            (Decision::Allowed, Decision::Denied(Denial::NotListed)) => {
                Decision::Denied(Denial::Prerequisite)
            }
            (Decision::Allowed, received) => received,
            (denied, _) => denied,
        }
    }

    /// Whether he may hand out an entry at this rung for an object that lies here: whether he may share it, and may himself all
    /// that the rung gives. A denial of the latter is [`Denial::Prerequisite`].
    pub fn may_share(&self, object: &Object<'_>, rung: impl Into<Handle<Rung>>) -> Decision {
        let rung = rung.into();
        let sharing = |reader: &Reader<'s>| reader.ladder.shared_by.into_iter().collect();
        let gives = |reader: &Reader<'s>| Some(reader.ladder.given(reader.ladder.rung(rung)?));
        match (self.takes(object, sharing), self.of.reads().map(gives)) {
            (Decision::Allowed, Ok(None)) => Decision::Denied(Denial::NotOffered),
            (Decision::Allowed, Ok(Some(gives))) if !self.has(object, gives) => {
                Decision::Denied(Denial::Prerequisite)
            }
            (decision, _) => decision,
        }
    }

    /// Whether he may do all of what the ladder names for a purpose.
    fn takes(&self, object: &Object<'_>, purpose: impl Fn(&Reader<'s>) -> Actions) -> Decision {
        match self.of.reads() {
            Ok(reader) => reader.judge(purpose(reader), self.given(reader, object)).into(),
            Err(denial) => Decision::Denied(denial),
        }
    }

    fn has(&self, object: &Object<'_>, actions: Actions) -> bool {
        self.of.reads().is_ok_and(|reader| reader.admitted(self.given(reader, object)).contains_all(actions))
    }

    #[inline]
    fn given(&self, reader: &Reader<'s>, object: &Object<'_>) -> Actions {
        reader.allows(&self.listed, object.acl, reader.is_author(object.author))
    }
}
