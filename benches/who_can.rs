//! Who can do something with a record: from the index of people, beside asking everybody with a check.

use criterion::Criterion;

use bailiwick::review::Roster;

use crate::support::company::Company;
use crate::support::measure;
use crate::support::organisation::NOW;
use crate::support::questions::Handled;

/// Different questions, few enough to ask everybody.
const QUESTIONS: usize = 24;

pub(crate) fn run(criterion: &mut Criterion, companies: &[Company]) {
    for company in companies {
        let roster = Roster::of(&company.snapshot);
        let asked = &company.handled[..QUESTIONS];
        let by_roster = |asked: &Handled| roster.who_can(asked.action, &asked.record, NOW).len();
        let by_scan = |asked: &Handled| {
            let may =
                |user| company.snapshot.access(user, NOW).check(asked.action, &asked.record).is_allowed();
            company.snapshot.users().filter(|user| may(*user)).count()
        };
        for asked in asked {
            assert_eq!(by_roster(asked), by_scan(asked), "{}", company.name);
        }
        let mut group = criterion.benchmark_group(format!("who can, {}", company.name));
        group.bench_function("roster", |b| measure::once_each(b, asked, by_roster));
        group.bench_function("scan", |b| measure::once_each(b, asked, by_scan));
        group.bench_function("making a roster", |b| b.iter(|| Roster::of(&company.snapshot)));
        group.finish();
    }
}
