//! The documents that the guide shows are documents.

use bailiwick::review::what_if;
use bailiwick::{Change, Directory, Moment, Policy, Snapshot, Vocabulary};

use super::hostile::As;
use super::schemas;

const GUIDE: &str = include_str!("../../../guide/documents.md");

/// The block of JSON that is of this format.
fn shown(format: &str) -> &'static str {
    let blocks = GUIDE.split("```json\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let named = format!("\"format\": \"{format}\"");
    let mut found = blocks.filter(|block| block.contains(&named));
    found.next().unwrap_or_else(|| panic!("the guide shows no {format}"))
}

#[test]
fn the_documents_of_the_guide_make_a_snapshot() {
    let (vocabulary, directory, policy) =
        (shown("bailiwick/vocabulary"), shown("bailiwick/directory"), shown("bailiwick/policy"));
    assert!(schemas::accepts(As::Vocabulary, vocabulary));
    assert!(schemas::accepts(As::Directory, directory));
    assert!(schemas::accepts(As::Policy, policy));
    let policy = Policy::from_json(policy, Vocabulary::from_json(vocabulary).unwrap()).unwrap();
    let directory = Directory::from_json(directory).unwrap();
    let snapshot = Snapshot::compile(&policy, &directory);
    assert!(snapshot.is_ok(), "{}", snapshot.unwrap_err());
    let changes = shown("bailiwick/changes");
    assert!(schemas::accepts(As::Changes, changes));
    let changes = Change::all_from_json(changes).unwrap();
    let diff = what_if(&policy, &directory, &changes, Moment::from_unix_seconds(0), []).unwrap();
    assert!(!diff.is_empty());
}
