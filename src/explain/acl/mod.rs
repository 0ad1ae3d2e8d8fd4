//! Why an object's list gives something or not: every entry along the chain, and what became of it.
//!
//! Made from the lists as the application keeps them, because frozen ones have forgotten names. They are frozen on the spot and
//! walked by the walk of a check, which a witness hears; nothing here decides.

mod text;

use crate::acl::AclAccess;
use crate::answer::{Decision, Denial};
use crate::directory::User;
use crate::explain::Who;
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::policy::{Acl, AclEntry, Limit, Sign, Subject};
use crate::resolve::acl::{Listed, Pair, Reader, Witness, says};
use crate::resolve::limit;
use crate::snapshot::{Route, Snapshot};
use crate::vocabulary::{Action, Ladder};

/// Why a viewer may do something with an object that has a list of its own, or why not.
///
/// ```
/// use bailiwick::{Acl, Directory, Handle, Moment, Policy, Snapshot, Subject, User, Vocabulary, disk};
///
/// let directory = Directory::new().with(User::new("anna"));
/// let policy = Policy::new(Vocabulary::new().ladder(disk::ladder()));
/// let snapshot = Snapshot::compile(&policy, &directory)?;
/// let anna = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(1_790_000_000));
///
/// let storage = Acl::new().give(disk::CAN_EDIT, Subject::SignedIn).give(disk::CAN_READ, Subject::SignedIn);
/// let folder = Acl::new().cancel(disk::CAN_EDIT, Subject::SignedIn);
/// let why = anna.acl(disk::DISK).explain(disk::EDIT, [&storage, &folder], Handle::unknown());
/// assert_eq!(why.to_string(), "\
/// may anna edit by lists of disk, at 2026-09-21T14:13:20Z?
///   list 0
///     edit to every signed-in user: is signed in; cancelled by entry 0 of list 1
///     read to every signed-in user: is signed in; counts, and does not give it
///   list 1, the object's own
///     not edit to every signed-in user: cancels entry 0 of list 0
///   denied: no entry of the lists gives the action
/// ");
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AclExplanation {
    /// Who asked.
    pub who: Who,
    /// When.
    pub at: Moment,
    /// Of which ladder the lists are; none, if the snapshot does not know it.
    pub ladder: Option<Key<Ladder>>,
    /// What he wants to do; none, if the snapshot does not know it.
    pub action: Option<Key<Action>>,
    /// Whether he is the author of the object.
    pub author: bool,
    /// The answer.
    pub decision: Decision,
    /// When it could become another one, if that can be foreseen; see [`AclAccess::valid_until`].
    pub valid_until: Option<Moment>,
    /// The limits that take the action away, whoever gave it.
    pub limits: Vec<Key<Limit>>,
    /// What the entries say, list by list, the root's first. Empty if no list was asked, because he is an administrator or
    /// denied everything.
    pub lists: Vec<Vec<AclVoice>>,
}

/// One entry, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AclVoice {
    /// The entry.
    pub entry: AclEntry,
    /// The ways in which the viewer is in its subject at the moment.
    pub routes: Vec<Route>,
    /// What became of it.
    pub effect: AclEffect,
}

/// Where an entry stands: the number of the list, the root's being 0, and that of the entry in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct AclPlace {
    /// The list.
    pub list: usize,
    /// The entry.
    pub entry: usize,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AclEffect {
    /// It counts, and its rung gives the action or does not.
    Counts {
        /// Whether it gives the action.
        gives: bool,
    },
    /// An entry below cancels it.
    Cancelled {
        /// Which.
        by: AclPlace,
    },
    /// It cancels these.
    Cancels(Vec<AclPlace>),
    /// It is negative, and nothing that would be the viewer's stands above it.
    CancelsNothing,
    /// The viewer is not in its subject.
    NotHis,
    /// Its subject is unknown, and so nobody.
    UnknownSubject,
    /// The ladder does not have its rung.
    UnknownRung,
    /// The same list says the opposite, and the two annul each other.
    Annulled,
    /// The same list says so already.
    Repeated,
}

impl AclEffect {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Counts { .. } => "counts",
            Self::Cancelled { .. } => "cancelled",
            Self::Cancels(_) => "cancels",
            Self::CancelsNothing => "cancels-nothing",
            Self::NotHis => "not-his",
            Self::UnknownSubject => "unknown-subject",
            Self::UnknownRung => "unknown-rung",
            Self::Annulled => "annulled",
            Self::Repeated => "repeated",
        }
    }
}

impl AclAccess<'_> {
    /// Why the viewer may do this with an object, or why not: [`Inherited::check`](crate::Inherited::check) with all its reasons.
    /// The lists are those from the root down to the object, whose own comes last.
    ///
    /// Takes time in proportion to the entries, and some looking up of names for each.
    pub fn explain<'l>(
        &self,
        action: impl Into<Handle<Action>>,
        lists: impl IntoIterator<Item = &'l Acl>,
        author: impl Into<Handle<User>>,
    ) -> AclExplanation {
        let (action, snapshot) = (action.into(), self.snapshot());
        let lists: Vec<&Acl> = lists.into_iter().collect();
        let mut explanation = AclExplanation {
            who: Who::asks(self.access()),
            at: self.access().at(),
            ladder: snapshot.ladder_key(self.ladder()).cloned(),
            action: snapshot.lexicon.action(action).and_then(|it| snapshot.lexicon.actions.key(it)).cloned(),
            author: false,
            decision: Decision::Denied(Denial::UnknownAction),
            valid_until: self.valid_until(),
            limits: Vec::new(),
            lists: Vec::new(),
        };
        match self.question(action) {
            Err(denial) => explanation.decision = Decision::Denied(denial),
            Ok((reader, action)) => {
                explanation.author = reader.is_author(author.into());
                let mut teller = Teller::new(self, reader, action, explanation.author);
                explanation.decision = teller.walk(&lists);
                explanation.lists = teller.lists;
                explanation.limits = self.limits(action);
            }
        }
        explanation
    }
}

impl AclAccess<'_> {
    fn limits(&self, action: Ix<Action>) -> Vec<Key<Limit>> {
        let viewer = self.access().viewer();
        let limits = viewer.map(|viewer| limit::taking_from_lists(viewer, action)).unwrap_or_default();
        limits.into_iter().filter_map(|it| self.snapshot().limits.names.key(it)).cloned().collect()
    }
}

/// Hears the walk and keeps what became of every entry.
struct Teller<'a, 's> {
    acl: &'a AclAccess<'s>,
    reader: &'a Reader<'s>,
    action: Ix<Action>,
    author: bool,
    lists: Vec<Vec<AclVoice>>,
    /// The pairs that were added, each with the entry that it is from.
    added: Vec<(Pair, AclPlace)>,
    /// The entries behind the negative and the positive pairs of the list that is walked.
    numbers: [Vec<usize>; 2],
}

impl<'a, 's> Teller<'a, 's> {
    fn new(acl: &'a AclAccess<'s>, reader: &'a Reader<'s>, action: Ix<Action>, author: bool) -> Self {
        Self {
            acl,
            reader,
            action,
            author,
            lists: Vec::new(),
            added: Vec::new(),
            numbers: Default::default(),
        }
    }

    /// Walks all lists, and says what comes of it.
    fn walk(&mut self, lists: &[&Acl]) -> Decision {
        let (snapshot, reader) = (self.acl.snapshot(), self.reader);
        let mut listed = Listed::default();
        if !reader.bypasses() {
            for acl in lists {
                let said: Vec<usize> = says(acl).map(|(number, _)| number).collect();
                self.lists
                    .push(acl.entries.iter().enumerate().map(|it| self.voice(acl, it, &said)).collect());
                self.numbers = [Sign::Negative, Sign::Positive].map(|sign| {
                    let numbers = says(acl).filter(|(_, entry)| entry.sign == sign);
                    numbers.map(|(number, _)| number).collect()
                });
                listed = reader.then(&listed, &snapshot.acl(self.acl.ladder(), acl), self);
            }
        }
        let none = snapshot.acl(self.acl.ladder(), &Acl::new());
        reader.judge_one(self.action, reader.allows(&listed, &none, self.author)).into()
    }

    /// An entry before the walk: what it is whatever stands above.
    fn voice(&self, acl: &Acl, (number, entry): (usize, &AclEntry), said: &[usize]) -> AclVoice {
        let same = |other: &&AclEntry| other.rung == entry.rung && other.subject == entry.subject;
        let annulled = acl.entries.iter().filter(same).any(|other| other.sign != entry.sign);
        let snapshot = self.acl.snapshot();
        let effect = if annulled {
            AclEffect::Annulled
        } else if !said.contains(&number) {
            AclEffect::Repeated
        } else if self.reader.ladder.rungs.find((&entry.rung).into()).is_none() {
            AclEffect::UnknownRung
        } else if !snapshot.knows(snapshot.whom(&entry.subject)) {
            AclEffect::UnknownSubject
        } else if entry.sign == Sign::Negative {
            AclEffect::CancelsNothing
        } else {
            AclEffect::NotHis
        };
        AclVoice { entry: entry.clone(), routes: self.routes(snapshot, &entry.subject), effect }
    }

    fn routes(&self, snapshot: &Snapshot, subject: &Subject) -> Vec<Route> {
        let traveller = snapshot.traveller(self.acl.access().user());
        let mut routes = snapshot.routes(traveller, subject);
        routes.retain(|route| route.is_open(self.acl.access().at()));
        routes
    }

    fn place(&self, sign: Sign, number: usize) -> Option<AclPlace> {
        let [negative, positive] = &self.numbers;
        let numbers = if sign == Sign::Negative { negative } else { positive };
        Some(AclPlace { list: self.lists.len().checked_sub(1)?, entry: *numbers.get(number)? })
    }

    fn tell(&mut self, at: AclPlace, tell: impl FnOnce(&mut AclEffect)) {
        let voice = self.lists.get_mut(at.list).and_then(|list| list.get_mut(at.entry));
        if let Some(voice) = voice {
            tell(&mut voice.effect);
        }
    }
}

impl Witness for Teller<'_, '_> {
    fn cancels(&mut self, by: usize, pair: Pair) {
        let Some(by) = self.place(Sign::Negative, by) else { return };
        let snapshot = self.acl.snapshot();
        let (cancelled, left): (Vec<_>, _) = std::mem::take(&mut self.added)
            .into_iter()
            .partition(|(other, _)| pair.is_same(*other, snapshot));
        self.added = left;
        let places: Vec<AclPlace> = cancelled.iter().map(|(_, at)| *at).collect();
        places.iter().for_each(|at| self.tell(*at, |effect| *effect = AclEffect::Cancelled { by }));
        self.tell(by, |effect| *effect = AclEffect::Cancels(places));
    }

    fn adds(&mut self, number: usize, pair: Pair) {
        let Some(at) = self.place(Sign::Positive, number) else { return };
        let counts = self.author || !pair.is_authors();
        let gives = self.reader.gives(pair).contains(self.action);
        self.added.push((pair, at));
        self.tell(at, |effect| {
            if *effect == AclEffect::NotHis && counts {
                *effect = AclEffect::Counts { gives };
            }
        });
    }
}
