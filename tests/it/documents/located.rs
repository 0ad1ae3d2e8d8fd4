//! Problems of compiling are found again in the text of the documents.

use bailiwick::{Directory, Part, Policy, Position, Snapshot, Vocabulary, locate, locate_all};
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use serde_json::Value;

use super::strategies;

fn at(position: Position) -> (usize, usize) {
    (position.line, position.column)
}

#[test]
fn a_value_is_found_by_its_pointer() {
    let text = "{\"a\": [1,\n  {\"b/c\": \"ü\", \"~\": [ ]}],\n \"\\u0065\": \"}\\\"]\", \"z\" : null}";
    for (pointer, place) in [
        ("", (1, 1)),
        ("/a", (1, 7)),
        ("/a/0", (1, 8)),
        ("/a/1", (2, 3)),
        ("/a/1/b~1c", (2, 11)),
        ("/a/1/~0", (2, 21)),
        ("/e", (3, 12)),
        ("/z", (3, 26)),
    ] {
        assert_eq!(locate(text, pointer).map(at), Some(place), "{pointer}");
    }
    for pointer in ["a", "/", "/b", "/a/2", "/a/00", "/a/-", "/a/0/0", "/a/1/~0/0", "/e/0", "/a/1/b", "/ a"] {
        assert_eq!(locate(text, pointer), None, "{pointer}");
    }
}

#[test]
fn what_stands_before_a_break_is_found() {
    let text = "{\"a\": [1, 2, }";
    assert_eq!(locate(text, "/a/1").map(at), Some((1, 11)));
    assert_eq!(locate(text, "/a/9"), None);
    assert_eq!(locate(&"[".repeat(100_000), &"/0".repeat(100_000)), None);
}

#[test]
fn every_problem_of_compiling_has_a_line() {
    let vocabulary = "{\"format\": \"bailiwick/vocabulary\", \"version\": 1, \"levels\": [{\"key\": \"all\"}],\n\
        \"actions\": [\"read\"],\n\
        \"entities\": [{\"key\": \"deal\", \"offers\": [{\"action\": \"read\"}]}]}";
    let directory = "{\"format\": \"bailiwick/directory\", \"version\": 1,\n\
        \"users\": [{\"key\": 1},\n {\"key\": 1}]}";
    let policy = "{\"format\": \"bailiwick/policy\", \"version\": 1, \"roles\": [{\"key\": \"r\", \"rights\": [\n\
        {\"place\": {\"entity\": \"deal\"}, \"action\": \"read\", \"level\": \"all\"}]}],\n\
        \"assignments\": [{\"role\": \"q\", \"to\": \"everyone\"}]}";
    let parsed = Policy::from_json(policy, Vocabulary::from_json(vocabulary).unwrap()).unwrap();
    let problems = Snapshot::compile(&parsed, &Directory::from_json(directory).unwrap()).unwrap_err();
    let places: Vec<_> = problems
        .iter()
        .map(|problem| {
            let text = match problem.at().part() {
                Part::Vocabulary => vocabulary,
                Part::Directory => directory,
                Part::Policy => policy,
            };
            (problem.code(), locate(text, problem.at().pointer()).map(at))
        })
        .collect();
    assert_eq!(
        places,
        [("duplicate", Some((3, 10))), ("level-not-offered", Some((2, 58))), ("unknown", Some((3, 26))),]
    );
}

/// Every pointer into a value, with the value.
fn pointers(value: &Value, pointer: &str, all: &mut Vec<(String, Value)>) {
    all.push((pointer.to_owned(), value.clone()));
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                pointers(item, &format!("{pointer}/{at}"), all);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                pointers(member, &format!("{pointer}/{name}"), all);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_what_the_pointer_means(policy in strategies::policy()) {
        let text = policy.to_json();
        let mut all = Vec::new();
        pointers(&serde_json::from_str(&text).unwrap(), "", &mut all);
        let found = locate_all(&text, all.iter().map(|(pointer, _)| pointer.as_str()));
        for ((pointer, value), position) in all.iter().zip(found) {
            prop_assert_eq!(position, locate(&text, pointer));
            let Position { line, column, .. } = position.unwrap();
            let line_start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let rest = &text[line_start..];
            let start = rest.char_indices().nth(column - 1).unwrap().0;
            let there = serde_json::Deserializer::from_str(&rest[start..]).into_iter::<Value>().next();
            prop_assert_eq!(&there.unwrap().unwrap(), value);
        }
    }
}
