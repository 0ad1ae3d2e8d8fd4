//! The same questions by 64-bit keys from a database row, and the search for the stage apart.

use bailiwick::{Action, Handle, Name, Record};
use criterion::Criterion;

use crate::support::company::Company;
use crate::support::measure;
use crate::support::organisation::{ACTIONS, NOW, OPEN, PIPELINE};
use crate::support::questions::Row;

/// The actions as an application has them: constants, found by their hash.
const CONSTANTS: [Name<Action>; ACTIONS.len()] = {
    let [read, create, update, delete, export, import] = ACTIONS;
    [
        Name::new(read),
        Name::new(create),
        Name::new(update),
        Name::new(delete),
        Name::new(export),
        Name::new(import),
    ]
};

pub(crate) fn run(criterion: &mut Criterion, companies: &[Company]) {
    for company in companies {
        verify(company);
        keys(criterion, company);
    }
}

fn verify(company: &Company) {
    for (number, (row, handled)) in company.rows.iter().zip(&company.handled).enumerate() {
        let expected = company.check(handled);
        assert_eq!(by_key(company, row), expected, "row {number}");
        assert_eq!(by_key_everywhere(company, row), expected, "row {number}");
    }
}

fn keys(criterion: &mut Criterion, company: &Company) {
    let mut group = criterion.benchmark_group(format!("keys, {}", company.name));
    group.bench_function("viewer and owner", |b| {
        measure::each(b, &company.rows, |row| usize::from(by_key(company, row)));
    });
    group.bench_function("viewer, owner and stage", |b| {
        measure::each(b, &company.rows, |row| usize::from(by_key_everywhere(company, row)));
    });
    group.bench_function("stage alone", |b| {
        measure::each(b, &company.rows, |row| usize::from(place(company, row) == row.place));
    });
    group.bench_function("handles, action a constant", |b| {
        let items: Vec<_> = company.handled.iter().zip(&company.questions).collect();
        measure::each(b, &items, |(asked, question)| {
            let access = company.snapshot.access(asked.user, NOW);
            usize::from(access.check(CONSTANTS[question.action], &asked.record).is_allowed())
        });
    });
    group.finish();
}

fn by_key(company: &Company, row: &Row) -> bool {
    ask(company, row, row.place)
}

fn by_key_everywhere(company: &Company, row: &Row) -> bool {
    ask(company, row, place(company, row))
}

fn place(company: &Company, row: &Row) -> Handle<bailiwick::Place> {
    company.snapshot.place(row.entity, PIPELINE, row.stage)
}

#[inline]
fn ask(company: &Company, row: &Row, place: Handle<bailiwick::Place>) -> bool {
    let snapshot = &company.snapshot;
    let record = Record::at(place).owner(snapshot.user(row.owner)).flag_if(OPEN, row.open);
    snapshot.access(snapshot.user(row.user), NOW).check(row.action, &record).is_allowed()
}
