//! Taking the time of single questions: passes over many, of which the quickest counts, reported as the time of one.
//!
//! The quickest, because whatever else the machine does can only make a pass slower. A pass is a millisecond or so, short
//! enough that some are left alone.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Bencher;

/// The fewest questions in a pass; a shorter list is gone through several times.
const PASS: usize = 10_000;

/// Times one item. Nothing makes one question wait for another, so a processor overlaps them, as it does when a request asks
/// about many records.
pub(crate) fn each<T>(bencher: &mut Bencher<'_>, items: &[T], ask: impl FnMut(&T) -> usize) {
    each_of(bencher, items, 1, ask);
}

/// The same where one item is several questions: times one question.
pub(crate) fn each_of<T>(
    bencher: &mut Bencher<'_>,
    items: &[T],
    questions: usize,
    mut ask: impl FnMut(&T) -> usize,
) {
    let rounds = PASS.div_ceil(items.len() * questions);
    passes(bencher, rounds * items.len() * questions, || {
        (0..rounds).map(|_| items.iter().map(&mut ask).sum::<usize>()).sum()
    });
}

/// The same for questions that take long: a pass asks each once.
pub(crate) fn once_each<T>(bencher: &mut Bencher<'_>, items: &[T], mut ask: impl FnMut(&T) -> usize) {
    passes(bencher, items.len(), || items.iter().map(&mut ask).sum());
}

/// Times one item where the answer decides which item comes next: nothing overlaps.
pub(crate) fn each_waiting<T>(bencher: &mut Bencher<'_>, items: &[T], mut ask: impl FnMut(&T) -> usize) {
    let mut at = 0;
    passes(bencher, items.len(), || {
        for _ in 0..items.len() {
            at += 1 + black_box(ask(&items[at]));
            at = if at < items.len() { at } else { 0 };
        }
        at
    });
}

/// Times one question of a pass that asks this many.
fn passes(bencher: &mut Bencher<'_>, questions: usize, mut pass: impl FnMut() -> usize) {
    bencher.iter_custom(|count| {
        let timed = (0..(count as usize).div_ceil(questions)).map(|_| {
            let start = Instant::now();
            black_box(pass());
            start.elapsed()
        });
        let quickest = timed.min().unwrap_or(Duration::ZERO);
        quickest.mul_f64(count as f64 / questions as f64)
    });
}
