//! Taking the time of single questions: a loop over many, reported as the time of one.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Bencher;

/// Times one item at a time, going round the items. Nothing makes one question wait for another, so a processor overlaps
/// them, as it does when a request asks about many records.
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
    let mut at = 0;
    bencher.iter_custom(|count| {
        let runs = (count as usize).div_ceil(questions);
        let (mut left, mut allowed) = (runs, 0);
        let start = Instant::now();
        while left > 0 {
            let run = &items[at..items.len().min(at + left)];
            allowed += run.iter().map(&mut ask).sum::<usize>();
            left -= run.len();
            at = (at + run.len()) % items.len();
        }
        black_box(allowed);
        scaled(start.elapsed(), count, runs * questions)
    });
}

/// Times one item at a time where the answer decides which item comes next: nothing overlaps.
pub(crate) fn each_waiting<T>(bencher: &mut Bencher<'_>, items: &[T], mut ask: impl FnMut(&T) -> usize) {
    let mut at = 0;
    bencher.iter_custom(|count| {
        let start = Instant::now();
        for _ in 0..count {
            at += 1 + black_box(ask(&items[at]));
            at = if at < items.len() { at } else { 0 };
        }
        black_box(at);
        start.elapsed()
    });
}

/// What `count` questions took, if `asked` questions took this long.
fn scaled(elapsed: Duration, count: u64, asked: usize) -> Duration {
    elapsed.mul_f64(count as f64 / asked as f64)
}
