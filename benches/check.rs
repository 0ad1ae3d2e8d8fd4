//! May this user do this with that record? The viewer is looked up anew for every question, as in a request handler that
//! asks one.

use std::hint::black_box;

use criterion::Criterion;

use crate::support::company::{Company, REPEATED};
use crate::support::measure;
use crate::support::organisation::NOW;

pub(crate) fn run(criterion: &mut Criterion, companies: &[Company]) {
    for company in companies {
        random(criterion, company);
        held(criterion, company);
    }
}

fn random(criterion: &mut Criterion, company: &Company) {
    let mut group = criterion.benchmark_group(format!("check, {}", company.name));
    let check = |asked: &_| usize::from(company.check(asked));
    group.bench_function("random", |b| measure::each(b, &company.handled, check));
    group.bench_function("repeated", |b| measure::each(b, &company.handled[..REPEATED], check));
    group.bench_function("waiting", |b| measure::each_waiting(b, &company.handled, check));
    let check = |asked: &_| usize::from(company.baseline.check(asked));
    group.bench_function("baseline random", |b| measure::each(b, &company.asked, check));
    group.bench_function("baseline repeated", |b| measure::each(b, &company.asked[..REPEATED], check));
    group.finish();
}

/// One access that answers many questions.
fn held(criterion: &mut Criterion, company: &Company) {
    let access = company.snapshot.access(black_box(company.handled[0].user), NOW);
    let mut group = criterion.benchmark_group(format!("check, {}", company.name));
    group.bench_function("access held", |b| {
        measure::each(b, &company.handled, |asked| {
            usize::from(access.check(asked.action, &asked.record).is_allowed())
        });
    });
    group.finish();
}
