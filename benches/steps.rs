//! The mode `steps`: asks each question once and ends, for a tool that counts instructions. Counts do not move with the load
//! of the machine. *Counted* as they are asked of a small company; *walked* without what is worked out beforehand, as of a large one.

use std::hint::black_box;

use crate::support::company::Company;
use crate::support::organisation::{NOW, Size};

pub(crate) fn run() {
    let mut company = Company::new(Size::SMALL);
    black_box(counted_checks(&company));
    black_box(counted_actions(&company));
    company.snapshot = company.snapshot.undigested();
    black_box(walked_checks(&company));
    black_box(walked_actions(&company));
}

#[inline(never)]
fn walked_checks(company: &Company) -> usize {
    black_box(company).handled.iter().filter(|asked| company.check(asked)).count()
}

#[inline(never)]
fn walked_actions(company: &Company) -> usize {
    counted_actions(black_box(company))
}

#[inline(never)]
fn counted_checks(company: &Company) -> usize {
    company.handled.iter().filter(|asked| company.check(asked)).count()
}

#[inline(never)]
fn counted_actions(company: &Company) -> usize {
    let all = company
        .handled
        .iter()
        .map(|asked| company.snapshot.access(asked.user, NOW).actions(&asked.record).contains(asked.action));
    all.filter(|contained| *contained).count()
}
