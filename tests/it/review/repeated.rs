//! What is arranged twice is had once, and what does not pass a substitution is not told of it.

use std::collections::BTreeSet;

use bailiwick::review::matrix::{Column, Contrast};
use bailiwick::review::{By, Diff, Roster, diff};
use bailiwick::{
    Assignment, Directory, Extent, Key, Matrix, Moment, Policy, Record, Role, Snapshot, Subject,
    Substitution, Targets, User, Window, crm,
};

const NOW: Moment = Moment::from_unix_seconds(100);

/// Anna reads, updates and moves all deals; boris and carl have nothing but by standing in for her.
fn company(substitutions: &[Substitution]) -> Snapshot {
    let people = ["anna", "boris", "carl"].map(User::new);
    let directory = people.into_iter().fold(Directory::new(), Directory::with);
    let seller = Role::new("seller")
        .set(crm::DEAL, crm::READ, crm::ALL)
        .set(crm::DEAL, crm::UPDATE, crm::ALL)
        .set_transition(crm::DEAL, Targets::Any);
    let policy = Policy::new(crm::vocabulary())
        .role(seller)
        .assign(Assignment::new("seller", Subject::User("anna".into())));
    let policy = substitutions.iter().cloned().fold(policy, Policy::substitute);
    Snapshot::compile(&policy, &directory).unwrap_or_else(|problems| panic!("{problems}"))
}

fn by_boris() -> Substitution {
    Substitution::new("anna", "boris")
}

fn reading() -> Extent {
    Extent::everywhere().actions([crm::READ])
}

/// The same once more, from another day on and for another reason; and a part of it beside.
fn again() -> [Substitution; 2] {
    let again = by_boris().during(Window::from(Moment::from_unix_seconds(50))).because("again");
    [again, by_boris().only(reading())]
}

fn between(before: &[Substitution], after: &[Substitution]) -> Diff {
    diff(&company(before), &company(after), NOW, [])
}

#[test]
fn a_substitution_that_is_arranged_twice_makes_no_difference() {
    for again in again() {
        for both in [[by_boris(), again.clone()], [again, by_boris()]] {
            let found = between(&both, &[by_boris()]);
            assert!(found.is_empty(), "{both:?}: {found}");
        }
    }
    let found = between(&[by_boris().because("ill")], &[by_boris()]);
    assert!(found.is_empty(), "another reason is no other right: {found}");
    let narrow = by_boris().only(reading());
    let found = between(&[narrow.clone(), by_boris()], &[narrow]);
    assert_eq!(found.people(), 1, "what passes the wider one alone is lost: {found}");
}

fn classes(substitutions: &[Substitution]) -> BTreeSet<Vec<String>> {
    let snapshot = company(substitutions);
    let classes = Roster::of(&snapshot).classes(NOW);
    classes.iter().map(|class| classes.keys_of(class).map(Key::to_string).collect()).collect()
}

#[test]
fn a_substitution_that_is_arranged_twice_makes_no_class() {
    let by_carl = Substitution::new("anna", "carl");
    let expected = BTreeSet::from([vec!["anna".to_owned()], vec!["boris".to_owned(), "carl".to_owned()]]);
    for again in again() {
        for both in [[by_boris(), again.clone()], [again, by_boris()]] {
            let [one, other] = both;
            assert_eq!(classes(&[one, other, by_carl.clone()]), expected);
        }
    }
    let narrow = by_boris().only(reading());
    assert_eq!(classes(&[narrow, by_carl]).len(), 3, "less than all of it is less");
}

/// Every column of every row in which two matrices of boris side by side may do different things.
fn unlike(before: &[Substitution], after: &[Substitution]) -> Vec<String> {
    let [before, after] = [before, after].map(company);
    let boris = |snapshot: &Snapshot| snapshot.access(snapshot.user("boris"), NOW).matrix();
    let both = boris(&before).beside(&boris(&after));
    let columns = (0..both.actions.len()).map(Column::Action).chain([Column::Entering, Column::Moves]);
    let columns: Vec<Column> = columns.collect();
    let cells = both.rows.iter().flat_map(|row| columns.iter().map(move |column| (row, *column)));
    let unlike = cells.filter(|(row, column)| row.contrast(*column) == Contrast::Effect);
    unlike.map(|(row, column)| format!("{} {column:?}", row.place)).collect()
}

#[test]
fn a_substitution_that_is_arranged_twice_marks_nothing_in_a_matrix() {
    for again in again() {
        assert_eq!(unlike(&[by_boris(), again], &[by_boris()]), [""; 0]);
    }
    assert!(!unlike(&[by_boris().only(reading())], &[by_boris()]).is_empty());
}

#[test]
fn whoever_stands_in_twice_is_told_once_among_those_who_can() {
    let who_can = |substitutions: &[Substitution]| {
        let snapshot = company(substitutions);
        let deal = Record::at(crm::DEAL);
        let roster = Roster::of(&snapshot);
        let found = roster.who_can(crm::READ, &deal, NOW);
        let others = found.groups().into_iter().filter(|group| matches!(group.by(), By::OtherView { .. }));
        assert_eq!(others.count(), 1);
        found.to_string()
    };
    for again in again() {
        assert_eq!(who_can(&[by_boris(), again]), who_can(&[by_boris()]));
    }
}

/// What the matrix of boris says of moves from deals, in the place of anna.
fn moves(only: Extent) -> (bool, bool, usize) {
    let snapshot = company(&[by_boris().only(only)]);
    let matrix = snapshot.access(snapshot.user("boris"), NOW).matrix();
    let row = matrix.row(&crm::DEAL.into()).unwrap();
    let moves = row.lines[0].others[0].moves.as_ref().unwrap();
    (moves.passes, moves.anywhere, moves.stages.len())
}

#[test]
fn nobody_moves_in_a_place_where_updating_does_not_pass() {
    let nothing = Extent::everywhere().actions([""; 0]);
    assert!(between(&[by_boris().only(nothing.clone())], &[]).is_empty());
    assert_eq!(classes(&[by_boris().only(nothing.clone())]), classes(&[]));
    assert_eq!((moves(nothing), moves(reading())), ((false, false, 0), (false, false, 0)));
    let (passes, anywhere, stages) = moves(Extent::everywhere().actions([crm::READ, crm::UPDATE]));
    assert!(passes && anywhere && stages > 0);
    let told = |only| between(&[by_boris().only(only)], &[]).to_string();
    assert!(!told(reading()).contains("moves from"), "{}", told(reading()));
    assert!(told(Extent::everywhere()).contains("moves from"));
}

/// Boris in the place of anna, whose reading alone is passed on to him.
fn reader() -> Matrix {
    let snapshot = company(&[by_boris().only(reading())]);
    snapshot.access(snapshot.user("boris"), NOW).matrix().about(&crm::DEAL.into())
}

#[test]
fn a_matrix_says_that_moving_is_not_passed_on() {
    let text = reader().sheet().to_text();
    assert!(text.contains("\n    in the place of anna  -!!          none!!\n"), "{text}");
    assert!(text.contains("deal moves to: not among what is passed on\n"), "{text}");
}

#[cfg(feature = "document")]
#[test]
fn its_json_says_that_moving_is_not_passed_on() {
    let json: serde_json::Value = serde_json::from_str(&reader().to_json()).unwrap();
    let line = &json["rows"][0]["lines"][0];
    assert_eq!(line["moves"].get("passes"), None, "his own view passes all");
    assert_eq!(line["others"][0]["moves"]["passes"], false);
}
