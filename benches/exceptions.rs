//! What dates, limits, substitutes and confined roles cost: those who have them, and the others of the same company, who
//! should pay nothing. *others, nobody has any* and *others* are the same questions of the same users, once in a company
//! without any of these, once in one in which four users of forty have one each.

use bailiwick::{Assignment, Limit, Moment, Snapshot, Subject, Substitution, Window};
use criterion::Criterion;

use crate::support::company::Company;
use crate::support::measure;
use crate::support::organisation::{ACTIONS, NOW, Organisation, department_key, role_key};
use crate::support::questions::{self, Handled};

/// Of so many users in turn one is dated, one limited, one stands in and one is confined.
const TURN: usize = 40;
/// The action that limits take.
const TAKEN: usize = 4;

/// What a user has that most have not; the number is his place in the turn.
#[derive(Clone, Copy, PartialEq)]
enum Exception {
    Dated = 0,
    Limited = 10,
    StandsIn = 20,
    Confined = 30,
}

impl Exception {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Dated, "with a dated role"),
        (Self::Limited, "limited"),
        (Self::StandsIn, "standing in"),
        (Self::Confined, "with a confined role"),
    ];

    fn of(user: usize) -> Option<Self> {
        Self::ALL.map(|(exception, _)| exception).into_iter().find(|it| user % TURN == *it as usize)
    }
}

pub(crate) fn run(criterion: &mut Criterion, companies: &[Company]) {
    for company in companies {
        let snapshot = with_exceptions(&company.organisation);
        let handled = questions::handles(&snapshot, &company.organisation, &company.questions);
        let asked = |of| -> Vec<Handled> {
            let users = company.questions.iter().map(|question| Exception::of(question.user));
            users.zip(&handled).filter(|(has, _)| *has == of).map(|(_, handled)| *handled).collect()
        };
        verify(company, &snapshot, &handled);
        let others = asked(None);
        let mut group = criterion.benchmark_group(format!("check beside exceptions, {}", company.name));
        let mut time = |name: &str, snapshot: &Snapshot, asked: &[Handled]| {
            group.bench_function(name, |b| {
                measure::each(b, asked, |asked| usize::from(check(snapshot, asked)));
            });
        };
        time("others, nobody has any", &company.snapshot, &others);
        time("others", &snapshot, &others);
        for (exception, name) in Exception::ALL {
            time(name, &snapshot, &asked(Some(exception)));
        }
        group.finish();
    }
}

fn check(snapshot: &Snapshot, asked: &Handled) -> bool {
    snapshot.access(asked.user, NOW).check(asked.action, &asked.record).is_allowed()
}

fn with_exceptions(organisation: &Organisation) -> Snapshot {
    let mut policy = organisation.policy();
    let today = Window::from(NOW).until(Moment::from_unix_seconds(NOW.unix_seconds() + 3_600));
    for (number, person) in organisation.people.iter().enumerate() {
        let himself = || Subject::User(person.key.into());
        let role = role_key(person.roles[0]);
        let next = &organisation.people[(number + 1) % organisation.people.len()];
        policy = match Exception::of(number) {
            Some(Exception::Dated) => policy.assign(Assignment::new(role, himself()).during(today)),
            Some(Exception::Limited) => {
                policy.limit(Limit::new(person.key, himself()).actions([ACTIONS[TAKEN]]))
            }
            Some(Exception::StandsIn) => {
                policy.substitute(Substitution::new(next.key, person.key).during(today))
            }
            Some(Exception::Confined) => {
                policy.assign(Assignment::new(role, himself()).within(department_key(next.department)))
            }
            None => policy,
        };
    }
    Snapshot::compile(&policy, &organisation.directory()).expect("the facts are sound")
}

/// A second assignment of a role that is held changes nothing, a limit takes its action, and what comes besides only adds.
fn verify(company: &Company, snapshot: &Snapshot, handled: &[Handled]) {
    for (number, (question, asked)) in company.questions.iter().zip(handled).enumerate() {
        let (before, now) = (company.check(&company.handled[number]), check(snapshot, asked));
        let right = match Exception::of(question.user) {
            None | Some(Exception::Dated) => now == before,
            Some(Exception::Limited) => now == (before && question.action != TAKEN),
            Some(Exception::StandsIn | Exception::Confined) => now >= before,
        };
        assert!(right, "{}, question {number}", company.name);
    }
}
