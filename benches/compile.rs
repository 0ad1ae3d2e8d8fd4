//! From a policy and a directory to a snapshot.

use bailiwick::Snapshot;
use criterion::Criterion;

use crate::support::company::Company;

pub(crate) fn run(criterion: &mut Criterion, companies: &[Company]) {
    let mut group = criterion.benchmark_group("compile");
    group.sample_size(10);
    for company in companies {
        let policy = company.organisation.policy();
        let directory = company.organisation.directory();
        group.bench_function(company.name.as_str(), |b| {
            b.iter_with_large_drop(|| Snapshot::compile(&policy, &directory));
        });
    }
    group.finish();
}
