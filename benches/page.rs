//! A page of fifty records for one user and one action: the time of one record, the access included.

use criterion::Criterion;

use crate::support::company::Company;
use crate::support::measure;
use crate::support::organisation::NOW;
use crate::support::questions;

const PAGES: usize = 2_000;

pub(crate) fn run(criterion: &mut Criterion, companies: &[Company]) {
    for company in companies {
        let pages = questions::pages(&company.organisation, PAGES);
        let handle = |page: &Vec<_>| {
            let rows = questions::handles(&company.snapshot, &company.organisation, page);
            let records: Vec<_> = rows.iter().map(|row| row.record).collect();
            (rows[0].user, rows[0].action, records)
        };
        let pages: Vec<_> = pages.iter().map(handle).collect();
        let mut group = criterion.benchmark_group(format!("page, {}", company.name));
        group.bench_function("one of 50 records", |b| {
            measure::each_of(b, &pages, 50, |(user, action, records)| {
                let access = company.snapshot.access(*user, NOW);
                access.check_each(*action, records).filter(|decision| decision.is_allowed()).count()
            });
        });
        group.finish();
    }
}
