//! A page of fifty records for one user and one action: the time of one record, the access included. Once of one entity, as a
//! list is, and once of all eight mixed, where hardly two records share a place.

use bailiwick::{Action, Handle, Record, User};
use criterion::Criterion;

use crate::support::company::Company;
use crate::support::measure;
use crate::support::organisation::{NOW, STAGES_EACH};
use crate::support::questions::{self, Question};

const PAGES: usize = 2_000;

type Page = (Handle<User>, Handle<Action>, Vec<Record<'static>>);

pub(crate) fn run(criterion: &mut Criterion, companies: &[Company]) {
    for company in companies {
        let mixed = questions::pages(&company.organisation, PAGES);
        let one_entity: Vec<_> = mixed.iter().map(|page| of_one_entity(page)).collect();
        let mut group = criterion.benchmark_group(format!("page, {}", company.name));
        for (name, pages) in [("one of 50 records", &one_entity), ("one of 50 mixed records", &mixed)] {
            let pages: Vec<_> = pages.iter().map(|page| handle(company, page)).collect();
            verify(company, &pages);
            group.bench_function(name, |b| {
                measure::each_of(b, &pages, 50, |(user, action, records)| {
                    let access = company.snapshot.access(*user, NOW);
                    access.check_each(*action, records).filter(|decision| decision.is_allowed()).count()
                });
            });
        }
        group.finish();
    }
}

/// The same records on the stages of the first one's entity.
fn of_one_entity(page: &[Question]) -> Vec<Question> {
    let first = page[0].stage / STAGES_EACH * STAGES_EACH;
    page.iter().map(|asked| Question { stage: first + asked.stage % STAGES_EACH, ..*asked }).collect()
}

fn handle(company: &Company, page: &[Question]) -> Page {
    let rows = questions::handles(&company.snapshot, &company.organisation, page);
    (rows[0].user, rows[0].action, rows.iter().map(|row| row.record).collect())
}

fn verify(company: &Company, pages: &[Page]) {
    for (user, action, records) in pages {
        let access = company.snapshot.access(*user, NOW);
        let singly = records.iter().map(|record| access.check(*action, record));
        assert!(access.check_each(*action, records).eq(singly), "a page differs from its records");
    }
}
