//! An organisation with everything that is asked of it, and the proof that all answers are right.

use bailiwick::Snapshot;

use crate::support::baseline::{Asked, Baseline};
use crate::support::memory;
use crate::support::organisation::{ACTIONS, NOW, Organisation, Size};
use crate::support::questions::{self, Handled, Question, Row};

/// How many different questions are asked in turn.
const QUESTIONS: usize = 100_000;
/// How many of them make up the small set that stays in the cache.
pub(crate) const REPEATED: usize = 512;

/// An organisation, frozen twice: by the crate and by the baseline.
pub(crate) struct Company {
    pub(crate) name: String,
    pub(crate) organisation: Organisation,
    pub(crate) snapshot: Snapshot,
    pub(crate) baseline: Baseline,
    pub(crate) questions: Vec<Question>,
    pub(crate) handled: Vec<Handled>,
    pub(crate) rows: Vec<Row>,
    pub(crate) asked: Vec<Asked>,
}

impl Company {
    /// # Panics
    ///
    /// If any answer differs from the baseline's.
    pub(crate) fn new(size: Size) -> Self {
        let organisation = Organisation::new(size);
        let snapshot = organisation.snapshot();
        let questions = questions::ask(&organisation, QUESTIONS);
        let company = Self {
            name: format!("{} users", size.users),
            handled: questions::handles(&snapshot, &organisation, &questions),
            rows: questions::rows(&snapshot, &organisation, &questions),
            asked: questions.iter().map(|question| Asked::new(&organisation, question)).collect(),
            baseline: Baseline::new(&organisation),
            questions,
            snapshot,
            organisation,
        };
        company.verify();
        company
    }

    /// Whether the crate allows it.
    #[inline]
    pub(crate) fn check(&self, asked: &Handled) -> bool {
        self.snapshot.access(asked.user, NOW).check(asked.action, &asked.record).is_allowed()
    }

    fn verify(&self) {
        let before = memory::allocations();
        let allowed = self.handled.iter().filter(|asked| self.check(asked)).count();
        assert_eq!(memory::allocations(), before, "a check allocates");
        assert!(
            (QUESTIONS / 4..QUESTIONS / 4 * 3).contains(&allowed),
            "{allowed} of {QUESTIONS} allowed: the questions are too easy"
        );
        for (number, (handled, asked)) in self.handled.iter().zip(&self.asked).enumerate() {
            let (ours, theirs) = (self.check(handled), self.baseline.check(asked));
            assert_eq!(ours, theirs, "{}, question {number}", self.name);
        }
        for (handled, asked) in self.handled.iter().zip(&self.asked).take(QUESTIONS / 10) {
            let actions = self.snapshot.access(handled.user, NOW).actions(&handled.record);
            for (number, key) in ACTIONS.iter().enumerate() {
                let ours = actions.contains(self.snapshot.action(*key));
                assert_eq!(ours, self.baseline.check(&asked.with_action(number)), "{}, {key}", self.name);
            }
        }
    }
}
