//! `bailiwick classes`: who has the same rights.

use serde_json::{Value, json};

use super::{TICKETS, run, says, tempfile};

fn asked<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["classes"], &TICKETS[1..7], more].concat()
}

const AUGUST: [&str; 2] = ["--at", "2026-08-01T00:00:00+03:00"];

/// Each class without its fingerprint, and the fingerprints.
fn told(arguments: &[&str]) -> (Vec<String>, Vec<String>) {
    let (status, text, aside) = run(arguments);
    assert_eq!((status, aside.as_str()), (Some(0), ""), "{text}");
    let classes = text.lines().map(|line| line.split_once(' ').unwrap());
    classes.map(|(fingerprint, rest)| (rest.to_owned(), fingerprint.to_owned())).unzip()
}

#[test]
fn users_stand_together_who_have_the_same_rights() {
    let (mut classes, prints) = told(&asked(&AUGUST));
    classes.sort();
    assert_eq!(classes, ["1 user: 42", "1 user: anna"]);
    assert!(prints.iter().all(|print| print.len() == 32 && print.chars().all(|c| c.is_ascii_hexdigit())));
    let (classes, _) = told(&asked(&["--at", "2031-01-01T00:00:00Z"]));
    assert_eq!(classes, ["2 users: anna, 42"]); // her role has ended
}

/// In the office 42 reads as a visitor; in the edited policy, in which the role is called otherwise, anna does no more than that.
#[test]
fn a_fingerprint_is_the_same_where_the_rights_are() {
    let office = asked(&["--at", "2026-08-01T00:00:00+03:00", "--circumstance", "office"]);
    let (classes, prints) = told(&office);
    let of_42 = &prints[classes.iter().position(|it| it == "1 user: 42").unwrap()];
    let policy = office.iter().position(|argument| argument.ends_with("/roles.json")).unwrap();
    let mut edited = office.clone();
    edited[policy] = "tests/data/program/roles_edited.json";
    let (classes, prints) = told(&edited);
    assert_eq!((classes, &prints), (vec!["2 users: anna, 42".to_owned()], &vec![of_42.clone()]));
}

#[test]
fn programs_get_the_document() {
    let (status, text, _) = run(&asked(&[&AUGUST[..], &["--json"]].concat()));
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, &value["format"]), (Some(0), &json!("bailiwick/classes")));
    let (_, prints) = told(&asked(&AUGUST));
    let classes = value["classes"].as_array().unwrap();
    let of = |member: &str| classes.iter().map(|class| class[member].clone()).collect::<Vec<_>>();
    assert_eq!(
        (of("fingerprint"), of("count")),
        (prints.into_iter().map(Value::from).collect(), vec![json!(1), json!(1)])
    );
    assert!(of("users").contains(&json!(["anna"])) && of("users").contains(&json!([42])));
}

#[test]
fn what_cannot_be_used_is_told_and_nobody_is_no_class() {
    let unknown = "--circumstance: [unknown] the vocabulary has no circumstance `rain`\n";
    says(&asked(&["--circumstance", "rain"]), 2, "", unknown);
    let people = tempfile("nobody.json", r#"{"format": "bailiwick/directory", "version": 1}"#);
    let policy = tempfile("no_roles.json", r#"{"format": "bailiwick/policy", "version": 1}"#);
    let (people, policy) = (people.to_str().unwrap(), policy.to_str().unwrap());
    let arguments = ["classes", "--preset", "crm", "--directory", people, "--policy", policy];
    says(&arguments, 0, "", "note: there is no user who is not dismissed\n");
}
