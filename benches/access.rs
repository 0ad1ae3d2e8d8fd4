//! Making an access and asking it nothing: of a user whose roles have no dates, and of one who also holds a role for an
//! hour.

use std::hint::black_box;

use bailiwick::Snapshot;
use criterion::Criterion;

use crate::support::company::Company;
use crate::support::measure;
use crate::support::organisation::NOW;

pub(crate) fn run(criterion: &mut Criterion, companies: &[Company]) {
    for company in companies {
        let organisation = &company.organisation;
        let dated = Snapshot::compile(&organisation.dated_policy(), &organisation.directory())
            .expect("the facts are sound");
        let mut group = criterion.benchmark_group(format!("access, {}", company.name));
        for (name, snapshot) in [("plain", &company.snapshot), ("dated", &dated)] {
            group.bench_function(name, |b| {
                measure::each(b, &company.handled, |asked| {
                    black_box(&snapshot.access(asked.user, NOW));
                    0
                });
            });
        }
        group.finish();
    }
}
