//! Which buttons to show: all six actions on a record, against one check of the same record in the same run.

use criterion::Criterion;

use crate::support::company::Company;
use crate::support::measure;
use crate::support::organisation::NOW;

pub(crate) fn run(criterion: &mut Criterion, companies: &[Company]) {
    for company in companies {
        let mut group = criterion.benchmark_group(format!("actions, {}", company.name));
        group.bench_function("all six", |b| {
            measure::each(b, &company.handled, |asked| {
                let access = company.snapshot.access(asked.user, NOW);
                usize::from(access.actions(&asked.record).contains(asked.action))
            });
        });
        group.bench_function("one check", |b| {
            measure::each(b, &company.handled, |asked| usize::from(company.check(asked)));
        });
        group.finish();
    }
}
