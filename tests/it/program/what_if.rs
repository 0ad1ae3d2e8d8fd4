//! `bailiwick what-if`: what edits would change.

use serde_json::{Value, json};

use super::{TICKETS, run, says, says_json, tempfile};

const CHANGES: &str = "tests/data/program/changes.json";

fn asked<'a>(changes: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let at = ["--at", "2026-08-01T00:00:00+03:00", "--changes", changes];
    [&["what-if"], &TICKETS[1..7], &at, more].concat()
}

#[test]
fn what_edits_change_is_told_as_a_diff_is() {
    let expected = "the rights of 3 users change
42, vera
  gain
    enter ticket: no, then yes
    read at ticket and 3 places below: none, then own, observed or flag:open
anna
  lose
    update at ticket and 3 places below: own, then none
vera sits or heads elsewhere
";
    says(&asked(CHANGES, &[]), 1, expected, "");
    // In the office everybody is a visitor already, and user 42 gains nothing.
    let office = "the rights of 2 users change
anna
  lose
    update at ticket and 3 places below: own, then none
vera
  gain
    enter ticket: no, then yes
    read at ticket and 3 places below: none, then own, observed or flag:open
vera sits or heads elsewhere
";
    says(&asked(CHANGES, &["--circumstance", "office"]), 1, office, "");
}

#[test]
fn edits_that_come_to_nothing_are_proven_to() {
    says(&asked("tests/data/program/changes_none.json", &[]), 0, "nothing changes\n", "");
    let none = tempfile("no_changes.json", r#"{"format": "bailiwick/changes", "version": 1}"#);
    says(&asked(none.to_str().unwrap(), &[]), 0, "nothing changes\n", "");
}

#[test]
fn programs_get_the_diff() {
    let (status, text, aside) = run(&asked(CHANGES, &["--json"]));
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, aside.as_str(), &value["people"]), (Some(1), "", &json!(3)));
    assert_eq!(value["format"], "bailiwick/diff");
    assert_eq!(value["groups"][1]["users"], json!(["anna"]));
    assert_eq!(value["ground"], json!([{"code": "seat", "key": "vera"}]));
}

#[test]
fn an_edit_that_cannot_be_made_is_told_with_its_line() {
    let file = "tests/data/program/changes_in_vain.json";
    let words = "there is no role `nobody`";
    says(&asked(file, &[]), 2, "", &format!("{file}:6:5: [change-unknown] {words} (at /changes/1)\n"));
    let problem = json!({
        "file": file, "line": 6, "column": 5, "code": "change-unknown", "message": words, "pointer": "/changes/1"
    });
    says_json(&asked(file, &[]), 2, &json!({"problems": [problem]}));
}

/// A department that a later edit brings is no problem; a level that is not on offer and a user who never comes are.
#[test]
fn what_edits_leave_wrong_is_told_at_the_edit() {
    let file = "tests/data/program/changes_broken.json";
    let expected = format!(
        "\
{file}:6:5: [level-not-offered] after this, at policy/roles/0/rights/1/level: level `seen` is not on offer for action `update` of entity `ticket` (at /changes/1)
{file}:8:5: [unknown] after this, at policy/assignments/2/to: there is no user `oleg` (at /changes/3)
"
    );
    says(&asked(file, &[]), 2, "", &expected);
}

#[test]
fn what_cannot_be_used_is_told_where_it_stands() {
    let (status, text, aside) = run(&asked("tests/data/program/roles.json", &[]));
    assert_eq!((status, text.as_str()), (Some(2), ""));
    assert!(aside.starts_with("tests/data/program/roles.json:2:13: [wrong-format] "), "{aside}");
    let unknown = "--circumstance: [unknown] the vocabulary has no circumstance `rain`\n";
    says(&asked(CHANGES, &["--circumstance", "rain"]), 2, "", unknown);
    let mut arguments = asked(CHANGES, &[]);
    let policy = arguments.iter().position(|argument| argument.ends_with("/roles.json")).unwrap();
    arguments[policy] = "tests/data/program/broken_roles.json";
    let (status, _, aside) = run(&arguments);
    assert_eq!(status, Some(2));
    assert!(!aside.is_empty() && aside.lines().all(|line| line.contains("broken_roles.json:")), "{aside}");
}

/// A preset's roles can be edited like others.
#[test]
fn edits_reach_the_roles_of_a_preset() {
    let policy = tempfile(
        "managers.json",
        r#"{"format": "bailiwick/policy", "version": 1, "assignments": [{"role": "manager", "to": {"user": "anna"}}]}"#,
    );
    let changes = tempfile(
        "no_export.json",
        r#"{"format": "bailiwick/changes", "version": 1, "changes": [
            {"set_right": {"role": "manager", "place": {"entity": "deal"}, "action": "update", "level": "none"}}]}"#,
    );
    let (status, text, aside) = run(&[
        "what-if",
        "--preset",
        "crm",
        "--directory",
        "tests/data/program/people.json",
        "--policy",
        policy.to_str().unwrap(),
        "--changes",
        changes.to_str().unwrap(),
    ]);
    assert_eq!((status, aside.as_str()), (Some(1), ""));
    assert!(text.starts_with("the rights of 1 user change\nanna\n  lose\n    update at deal and "), "{text}");
}
