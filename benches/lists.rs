//! Objects with lists of their own: a listing of one folder, which shares the walk along the chain, beside the same questions
//! asked one by one. The time of one object.
//!
//! A page is fifty objects of one folder, five lists deep with four entries each, about users, departments, trees and groups; one
//! object in eight has two entries of its own.

use bailiwick::{
    Acl, Directory, FrozenAcl, Handle, Object, Policy, Snapshot, Subject, User, UserGroup, Vocabulary, disk,
};
use criterion::Criterion;

use crate::support::measure;
use crate::support::organisation::{NOW, Organisation, Size};
use crate::support::random::Random;

const PAGES: usize = 500;
const PAGE: usize = 50;
const DEPTH: usize = 5;

struct Page {
    user: Handle<User>,
    chain: Vec<FrozenAcl>,
    rows: Vec<(FrozenAcl, Handle<User>)>,
}

pub(crate) fn run(criterion: &mut Criterion) {
    let organisation = Organisation::new(Size::LARGE);
    let snapshot = snapshot(&organisation);
    let mut random = Random::new(0x0f01_de25);
    let pages: Vec<Page> = (0..PAGES).map(|_| page(&mut random, &organisation, &snapshot)).collect();
    let together = |page: &Page| {
        let acl = snapshot.access(page.user, NOW).acl(disk::DISK);
        let rows = page.rows.iter().map(|(list, author)| Object::new(list).author(*author));
        acl.below(&page.chain).check_each(disk::READ, rows).filter(|decision| decision.is_allowed()).count()
    };
    let singly = |page: &Page| {
        let rows = page.rows.iter();
        rows.filter(|(list, author)| {
            let acl = snapshot.access(page.user, NOW).acl(disk::DISK);
            acl.below(&page.chain).check(disk::READ, &Object::new(list).author(*author)).is_allowed()
        })
        .count()
    };
    let counts = |ask: &dyn Fn(&Page) -> usize| pages.iter().map(ask).sum::<usize>();
    let allowed = counts(&together);
    assert_eq!(allowed, counts(&singly));
    assert!(allowed > PAGES && allowed < PAGES * PAGE * 9 / 10, "{allowed} of {} allowed", PAGES * PAGE);
    let mut group = criterion.benchmark_group("lists, 100 000 users");
    group.bench_function("one of 50 in a folder", |b| measure::each_of(b, &pages, PAGE, together));
    group.bench_function("one by one", |b| measure::each_of(b, &pages, PAGE, singly));
    group.bench_function("making the access", |b| {
        measure::each(b, &pages, |page| {
            std::hint::black_box(&snapshot.access(page.user, NOW).acl(disk::DISK));
            0
        });
    });
    group.finish();
}

fn snapshot(organisation: &Organisation) -> Snapshot {
    let mut directory: Directory = organisation.directory();
    for group in 0..200_usize {
        let members = organisation.people.iter().skip(group).step_by(200);
        let group = UserGroup::new(group as i64);
        directory.add(members.fold(group, |group, person| group.member(person.key)));
    }
    let policy = Policy::new(Vocabulary::new().ladder(disk::ladder()));
    Snapshot::compile(&policy, &directory).expect("the facts are sound")
}

fn page(random: &mut Random, organisation: &Organisation, snapshot: &Snapshot) -> Page {
    let number = random.below(organisation.people.len());
    let list = |random: &mut Random, entries| {
        let acl = (0..entries).fold(Acl::new(), |acl, _| {
            let rung = if random.percent(60) { disk::CAN_READ } else { disk::CAN_EDIT };
            let subject = subject(random, organisation, number);
            if random.percent(15) { acl.cancel(rung, subject) } else { acl.give(rung, subject) }
        });
        snapshot.acl(disk::DISK, &acl)
    };
    Page {
        user: snapshot.user(organisation.people[number].key).into(),
        chain: (0..DEPTH).map(|_| list(random, 4)).collect(),
        rows: (0..PAGE)
            .map(|_| {
                let entries = if random.percent(12) { 2 } else { 0 };
                let author = organisation.people[random.below(organisation.people.len())].key;
                (list(random, entries), Handle::from(snapshot.user(author)))
            })
            .collect(),
    }
}

/// Mostly somebody else, or others; sometimes the viewer, his department or one of his groups.
fn subject(random: &mut Random, organisation: &Organisation, viewer: usize) -> Subject {
    let number = if random.percent(5) { viewer } else { random.below(organisation.people.len()) };
    let person = &organisation.people[number];
    let department = 1 + person.department as i64;
    match random.below(4) {
        0 => Subject::User(person.key.into()),
        1 => Subject::Department(department.into()),
        2 => Subject::DepartmentTree(department.into()),
        _ => Subject::UserGroup(((number % 200) as i64).into()),
    }
}
