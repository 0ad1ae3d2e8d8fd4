//! `bailiwick diff`: what another policy or directory would change.

use serde_json::{Value, json};

use super::{TICKETS, run, says};

fn compared<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["diff"], &TICKETS[1..7], &["--at", "2026-08-01T00:00:00+03:00"], more].concat()
}

const EDITED: &str = "tests/data/program/roles_edited.json";

#[test]
fn what_changes_is_told_person_by_person() {
    // The role is called otherwise, which does not show, and has lost a right.
    let (status, text, aside) = run(&compared(&["--to-policy", EDITED]));
    assert_eq!((status, aside.as_str()), (Some(1), ""));
    let expected = "the rights of 1 user change\nanna\n  lose\n    update at ticket and 3 places below: own, then none\n";
    assert_eq!(text, expected);
    let people = "tests/data/program/people.json";
    let policy = "tests/data/program/roles.json";
    says(&compared(&["--to-policy", policy, "--to-directory", people]), 0, "nothing changes\n", "");
    // When her role has ended, nothing is left to lose.
    let late = [&["diff"], &TICKETS[1..7], &["--at", "2031-01-01T00:00:00Z", "--to-policy", EDITED]].concat();
    says(&late, 0, "nothing changes\n", "");
}

#[test]
fn programs_get_every_difference() {
    let (status, text, _) = run(&compared(&["--to-policy", EDITED, "--json"]));
    assert_eq!(status, Some(1));
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["format"], "bailiwick/diff");
    let difference = json!({
        "about": "doing", "place": {"entity": "ticket"}, "action": "update", "direction": "loss",
        "before": [{"all_of": [["own"]]}], "after": []
    });
    let group = &value["groups"][0];
    assert_eq!((&group["users"], &group["visitors"]), (&json!(["anna"]), &json!(false)));
    assert_eq!(group["differences"][0], difference);
    assert_eq!(group["differences"].as_array().map(Vec::len), Some(4)); // the pipeline and its stages too
}

#[test]
fn what_cannot_be_used_is_told_once() {
    let (status, text, aside) = run(&compared(&["--to-policy", "tests/data/program/broken_roles.json"]));
    assert_eq!((status, text.as_str()), (Some(2), ""));
    assert!(aside.starts_with("tests/data/program/broken_roles.json:"), "{aside}");
    let (status, _, aside) = run(&compared(&["--to-policy", EDITED, "--circumstance", "rain"]));
    assert_eq!(
        (status, aside.as_str()),
        (Some(2), "--circumstance: [unknown] the vocabulary has no circumstance `rain`\n")
    );
    let (status, _, aside) = run(&compared(&[]));
    assert_eq!(status, Some(2));
    assert!(aside.contains("--to-policy"), "{aside}");
}
