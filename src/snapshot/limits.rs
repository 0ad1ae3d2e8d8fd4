//! The limits of a policy, checked and numbered, and whom they are on.
//!
//! Most policies have none, and then nothing is here. Otherwise a user costs four bytes: the number of his set of limits, which
//! he shares with everybody who is limited alike.
//!
//! Deliberately absent: what a limit leaves of a right. That is a meaning, and `resolve` has it.

use std::collections::HashMap;
use std::ops::Range;

use crate::directory::User;
use crate::index::{Ix, IxVec, Names};
use crate::key::Key;
use crate::moment::Window;
use crate::policy::{Among, Limit, Policy, Subject};
use crate::snapshot::actions::Actions;
use crate::snapshot::holdings::Handed;
use crate::snapshot::lexicon::Lexicon;
use crate::snapshot::names::Declared;
use crate::snapshot::places::Places;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};
use crate::snapshot::terms::{Circumstances, Occasion};
use crate::vocabulary::{Action, MAX_ACTIONS, Place};

/// All limits.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    pub(crate) names: Names<Limit>,
    rules: IxVec<Limit, LimitRule>,
    /// The number of each user's set; nothing, if there are no limits.
    by_user: IxVec<User, LimitSet>,
    sets: Vec<Range<u32>>,
    limited: Vec<Limited>,
    anonymous: LimitSet,
}

/// The number of a set of limits, all those on one user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LimitSet(u32);

impl LimitSet {
    /// Nothing limits.
    pub(crate) const NONE: Self = Self(0);
}

/// A limit that is on a user, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Limited {
    pub(crate) limit: Ix<Limit>,
    pub(crate) window: Window,
}

impl Handed for Limited {
    fn within(self, window: Window) -> Self {
        Self { window: self.window.intersection(window), ..self }
    }

    fn is_never(&self) -> bool {
        self.window.is_empty()
    }
}

/// One limit, numbered.
#[derive(Debug)]
pub(crate) struct LimitRule {
    pub(crate) on: Subject,
    pub(crate) window: Window,
    pub(crate) when: Circumstances,
    pub(crate) unless: Circumstances,
    pub(crate) spares_administrators: bool,
    /// What it takes and where, as the policy says it.
    pub(crate) said: (Among<Key<Action>>, Among<Place>),
    actions: Actions,
    /// Sorted.
    named: Vec<Ix<Place>>,
    /// Whether it takes at what it names; otherwise everywhere else.
    at_named: bool,
}

impl LimitRule {
    /// Whether it is in force in these circumstances, at some time.
    pub(crate) fn holds_in(&self, circumstances: Circumstances) -> bool {
        let lifted = self.unless.without(circumstances) != self.unless;
        self.when.without(circumstances).is_empty() && !lifted
    }

    /// What it takes from objects with lists of their own, which are at no place: nothing, if it takes at places that it names.
    pub(crate) fn taken_nowhere_in_particular(&self) -> Actions {
        if self.at_named { Actions::default() } else { self.actions }
    }

    /// Whether it takes this action at any place.
    pub(crate) fn takes(&self, action: Ix<Action>) -> bool {
        self.actions.contains(action)
    }

    /// Whether it takes this action at this place.
    pub(crate) fn covers(&self, places: &Places, place: Ix<Place>, action: Ix<Action>) -> bool {
        let named = || places.upward(place).any(|place| self.named.binary_search(&place).is_ok());
        self.takes(action) && named() == self.at_named
    }
}

impl Limits {
    /// The limits on a user: [`LimitSet::NONE`] for most users of most policies.
    #[inline]
    pub(crate) fn of(&self, user: Ix<User>) -> LimitSet {
        self.by_user.get(user).copied().unwrap_or_default()
    }

    /// The limits on a visitor who has not signed in.
    pub(crate) fn of_visitors(&self) -> LimitSet {
        self.anonymous
    }

    /// The limits of a set, sorted.
    pub(crate) fn set(&self, LimitSet(set): LimitSet) -> &[Limited] {
        let range = self.sets.get(set as usize).map(|range| range.start as usize..range.end as usize);
        range.and_then(|range| self.limited.get(range)).unwrap_or_default()
    }

    pub(crate) fn rule(&self, limit: Ix<Limit>) -> Option<&LimitRule> {
        self.rules.get(limit)
    }

    pub(crate) fn rules(&self) -> impl Iterator<Item = (Ix<Limit>, &LimitRule)> {
        self.rules.iter()
    }

    /// The rule of a limit that is in force on this occasion.
    pub(crate) fn in_force(&self, limited: &Limited, on: Occasion) -> Option<&LimitRule> {
        let rule = self.rule(limited.limit).filter(|_| limited.window.contains(on.at));
        rule.filter(|rule| rule.holds_in(on.circumstances))
    }
}

/// Reads the limits of a policy; whom they are on is added by [`LimitsBuilder`].
pub(crate) fn compile(
    policy: &Policy,
    lexicon: &Lexicon,
    places: &Places,
    findings: &mut Findings,
) -> Limits {
    let declared = Declared { part: Part::Policy, noun: Noun::Limit, list: "/limits", key: "/key" };
    let names = declared.number(policy.limits.iter().map(|limit| &limit.key), findings);
    let limits = policy.limits.iter().enumerate();
    let rules =
        limits.map(|(at, limit)| Reader { at, lexicon, places, findings: &mut *findings }.read(limit));
    Limits { rules: rules.collect(), names, ..Limits::default() }
}

/// Reads one limit, reporting what is wrong with it.
struct Reader<'a, 'f> {
    at: usize,
    lexicon: &'a Lexicon,
    places: &'a Places,
    findings: &'f mut Findings,
}

impl Reader<'_, '_> {
    fn read(&mut self, limit: &Limit) -> LimitRule {
        let pointer = |field: &str| format!("/limits/{}/{field}", self.at);
        if limit.window.is_empty() {
            self.findings.add(Part::Policy, format!("/limits/{}", self.at), ProblemKind::WindowEmpty);
        }
        let when = self.lexicon.read_circumstances(&limit.when, || pointer("when"), self.findings);
        let unless = self.lexicon.read_circumstances(&limit.unless, || pointer("unless"), self.findings);
        if let Some(to) = limit.unless.iter().position(|key| limit.when.contains(key)) {
            let circumstance = limit.unless.get(to).map(ToString::to_string).unwrap_or_default();
            let kind = ProblemKind::CircumstanceContradicted { circumstance };
            self.findings.add(Part::Policy, format!("{}/{to}", pointer("unless")), kind);
        }
        LimitRule {
            on: limit.on.clone(),
            window: limit.window,
            when,
            unless,
            spares_administrators: limit.spares_administrators,
            said: (limit.actions.clone(), limit.places.clone()),
            actions: self.actions(limit),
            named: self.named(limit),
            at_named: limit.places.chooses_named(),
        }
    }

    fn actions(&mut self, limit: &Limit) -> Actions {
        let mut named = Actions::default();
        for (to, key) in limit.actions.named().iter().enumerate() {
            match self.lexicon.actions.find(key.borrow()) {
                Some(action) if action.as_usize() < MAX_ACTIONS => named.insert(action),
                Some(_) => {}
                None => {
                    let kind = ProblemKind::Unknown { noun: Noun::Action, key: key.to_string() };
                    self.findings.add(
                        Part::Policy,
                        format!("/limits/{}/actions/{}/{to}", self.at, limit.actions.word()),
                        kind,
                    );
                }
            }
        }
        if limit.actions.chooses_named() { named } else { Actions(!named.0) }
    }

    fn named(&mut self, limit: &Limit) -> Vec<Ix<Place>> {
        let mut named = Vec::new();
        for (to, place) in limit.places.named().iter().enumerate() {
            let pointer = format!("/limits/{}/places/{}/{to}", self.at, limit.places.word());
            named.extend(self.places.read(place, &pointer, self.findings));
        }
        named.sort_unstable();
        named.dedup();
        named
    }
}

/// Adds whom the limits are on, user by user in their order.
#[derive(Debug)]
pub(crate) struct LimitsBuilder {
    limits: Limits,
    known: HashMap<Box<[Limited]>, LimitSet>,
}

impl LimitsBuilder {
    pub(crate) fn new(limits: Limits) -> Self {
        let mut builder = Self { limits, known: HashMap::new() };
        // The empty set comes first: it is the one that is `NONE`.
        builder.set(Vec::new());
        builder
    }

    /// The limits on the next user.
    pub(crate) fn add(&mut self, mut limited: Vec<Limited>, administrator: bool) {
        let spared =
            |limited: &Limited| self.limits.rule(limited.limit).is_none_or(|rule| rule.spares_administrators);
        if administrator {
            limited.retain(|limited| !spared(limited));
        }
        let set = self.set(limited);
        self.limits.by_user.push(set);
    }

    pub(crate) fn anonymous(&mut self, limited: Vec<Limited>) {
        self.limits.anonymous = self.set(limited);
    }

    pub(crate) fn finish(self) -> Limits {
        self.limits
    }

    fn set(&mut self, mut limited: Vec<Limited>) -> LimitSet {
        limited.sort_unstable();
        limited.dedup();
        if let Some(known) = self.known.get(limited.as_slice()) {
            return *known;
        }
        let count = |pool: usize| u32::try_from(pool).unwrap_or(u32::MAX);
        let (set, start) = (LimitSet(count(self.limits.sets.len())), count(self.limits.limited.len()));
        self.limits.limited.extend(&limited);
        self.limits.sets.push(start..count(self.limits.limited.len()));
        self.known.insert(limited.into(), set);
        set
    }
}
