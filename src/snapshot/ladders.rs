//! The ladders of a vocabulary, numbered: what each rung gives.

use crate::index::{Ix, IxVec, Names, Tags};
use crate::key::{Handle, Key, Tag};
use crate::snapshot::actions::Actions;
use crate::snapshot::lexicon::Lexicon;
use crate::snapshot::names::Declared;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};
use crate::vocabulary::{Action, Ladder, MAX_RUNGS, Rung, Vocabulary};

/// All ladders.
#[derive(Debug)]
pub(crate) struct Ladders {
    pub(crate) names: Names<Ladder>,
    by_tag: Tags<Ladder>,
    rules: IxVec<Ladder, LadderRule>,
}

/// What the vocabulary says of one ladder.
#[derive(Debug)]
pub(crate) struct LadderRule {
    tag: Tag,
    pub(crate) rungs: Names<Rung>,
    /// What each rung gives, behind its mark.
    gives: IxVec<Rung, (Tag, Actions)>,
    /// Everything that any rung gives.
    pub(crate) offered: Actions,
    pub(crate) signed_in_only: bool,
    pub(crate) moved_by: Actions,
    pub(crate) received_by: Actions,
    pub(crate) shared_by: Option<Ix<Action>>,
}

impl Ladders {
    pub(crate) fn compile(vocabulary: &Vocabulary, lexicon: &Lexicon, findings: &mut Findings) -> Self {
        let declared = Declared { part: Part::Vocabulary, noun: Noun::Ladder, list: "/ladders", key: "/key" };
        let keys = || vocabulary.ladders.iter().map(|ladder| &ladder.key);
        let names = declared.number(keys(), findings);
        let rules = vocabulary.ladders.iter().enumerate();
        let rules = rules.map(|(of, ladder)| Reader { of, lexicon, findings: &mut *findings }.ladder(ladder));
        Self { rules: rules.collect(), by_tag: Tags::new(&keys().map(Key::tag).collect()), names }
    }

    pub(crate) fn accept(&self, handle: Handle<Ladder>) -> Option<Ix<Ladder>> {
        self.names.accept(handle).or_else(|| self.by_tag.find(handle.tag))
    }

    pub(crate) fn rule(&self, ladder: Ix<Ladder>) -> Option<&LadderRule> {
        self.rules.get(ladder)
    }
}

impl LadderRule {
    /// A mark of a rung of this ladder, the same in every snapshot and for no rung of another ladder.
    pub(crate) fn mark(&self, rung: &Key<Rung>) -> Tag {
        mark(self.tag, rung)
    }

    /// What the rung at this position gives, if it is still the one with this mark.
    pub(crate) fn gives(&self, rung: Ix<Rung>, mark: Tag) -> Actions {
        self.gives.get(rung).filter(|(own, _)| *own == mark).map(|(_, gives)| *gives).unwrap_or_default()
    }

    /// What the rung at this position gives.
    pub(crate) fn given(&self, rung: Ix<Rung>) -> Actions {
        self.gives.get(rung).map(|(_, gives)| *gives).unwrap_or_default()
    }

    /// The rung that a handle means; a constant means the rung with its key.
    pub(crate) fn rung(&self, handle: Handle<Rung>) -> Option<Ix<Rung>> {
        let by_tag = || {
            let mut same = self.rungs.iter().filter(|(_, key)| key.tag() == handle.tag);
            same.next().filter(|_| same.next().is_none()).map(|(ix, _)| ix)
        };
        self.rungs.accept(handle).or_else(by_tag)
    }
}

fn mark(ladder: Tag, rung: &Key<Rung>) -> Tag {
    ladder.below(&rung.text())
}

struct Reader<'a, 'f> {
    of: usize,
    lexicon: &'a Lexicon,
    findings: &'f mut Findings,
}

impl Reader<'_, '_> {
    fn ladder(&mut self, ladder: &Ladder) -> LadderRule {
        let list = format!("/ladders/{}/rungs", self.of);
        let declared = Declared { part: Part::Vocabulary, noun: Noun::Rung, list: &list, key: "/key" };
        let rungs = declared.number(ladder.rungs.iter().map(|rung| &rung.key), self.findings);
        self.findings.limit(Part::Vocabulary, &list, Noun::Rung, MAX_RUNGS, rungs.len());
        let tag = ladder.key.tag();
        let gives = ladder.rungs.iter().enumerate().map(|(at, rung)| {
            (mark(tag, &rung.key), self.actions(&format!("/rungs/{at}/gives"), &rung.gives))
        });
        let gives: IxVec<Rung, (Tag, Actions)> = gives.collect();
        LadderRule {
            tag,
            rungs,
            offered: gives.values().iter().fold(Actions::default(), |all, (_, gives)| all.union(*gives)),
            gives,
            signed_in_only: ladder.signed_in_only,
            moved_by: self.actions("/moved_by", &ladder.moved_by),
            received_by: self.actions("/received_by", &ladder.received_by),
            shared_by: ladder.shared_by.as_ref().and_then(|key| self.action("/shared_by", key)),
        }
    }

    fn actions(&mut self, pointer: &str, keys: &[Key<Action>]) -> Actions {
        let mut all = Actions::default();
        for (to, key) in keys.iter().enumerate() {
            let first = keys.iter().position(|other| other == key).unwrap_or(to);
            if first != to {
                let first = format!("/ladders/{}{pointer}/{first}", self.of);
                let kind = ProblemKind::Duplicate { noun: Noun::Action, key: key.to_string(), first };
                self.report(&format!("{pointer}/{to}"), kind);
            } else if let Some(action) = self.action(&format!("{pointer}/{to}"), key) {
                all.insert(action);
            }
        }
        all
    }

    fn action(&mut self, pointer: &str, key: &Key<Action>) -> Option<Ix<Action>> {
        let action = self.lexicon.actions.find(key.borrow());
        if action.is_none() {
            self.report(pointer, ProblemKind::Dangling { noun: Noun::Action, key: key.to_string() });
        }
        action
    }

    fn report(&mut self, pointer: &str, kind: ProblemKind) {
        self.findings.add(Part::Vocabulary, format!("/ladders/{}{pointer}", self.of), kind);
    }
}
