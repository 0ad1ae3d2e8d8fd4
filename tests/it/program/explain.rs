//! `bailiwick explain`: the same question as to `check`, the same answer, and the reasons.

use serde_json::{Value, json};

use super::{TICKETS, run, says, tempfile};

/// The arguments of a question to `check`, put to `explain`.
fn explained<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["explain"], &TICKETS[1..], more].concat()
}

#[test]
fn the_answer_comes_with_its_reasons_and_the_status_of_a_check() {
    let question = ["--user", "anna", "--action", "update", "--owner", "anna"];
    let (status, text, aside) = run(&explained(&question));
    assert_eq!((status, aside.as_str()), (Some(0), ""));
    assert!(text.starts_with("may anna update at ticket, at 2026-07-31T21:00:00Z?\n  role "), "{text}");
    assert!(text.contains("\n  allowed\n"), "{text}");
    let (status, text, _) = run(&explained(&["--user", "anna", "--action", "update", "--owner", "42"]));
    assert_eq!(status, Some(1));
    assert!(text.contains("\n  denied: the level given does not reach this record\n"), "{text}");
}

#[test]
fn what_nobody_knows_is_mentioned_and_bad_input_is_told_as_by_check() {
    let (status, text, aside) = run(&explained(&["--user", "vera", "--action", "read", "--owner", "oleg"]));
    assert_eq!(status, Some(1));
    assert!(text.contains("\n  denied: the user is unknown\n"), "{text}");
    assert_eq!(aside, "note: the directory has no user `oleg`; as --owner it is nobody\n");
    let flag = ["--user", "anna", "--action", "read", "--flag", "shiny"];
    says(&explained(&flag), 2, "", "--flag: [unknown] the vocabulary has no flag `shiny`\n");
    let (status, _, aside) = run(&explained(&["--user", "anna"]));
    assert_eq!(status, Some(2));
    assert!(aside.contains("--action <ACTION>"), "{aside}");
    let two = ["--user", "anna", "--action", "read", "--create"];
    let (status, _, aside) = run(&explained(&two));
    assert_eq!(status, Some(2));
    assert!(aside.contains("cannot be used with"), "{aside}");
    let to = ["--user", "anna", "--pipeline", "support", "--to", "gone"];
    says(&explained(&to), 2, "", "--to: [unknown] the vocabulary has no stage `gone` there\n");
}

#[test]
fn programs_get_the_document() {
    let arguments = explained(&["--user", "anna", "--action", "update", "--owner", "42", "--json"]);
    let (status, text, aside) = run(&arguments);
    assert_eq!((status, aside.as_str()), (Some(1), ""));
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["format"], "bailiwick/explanation");
    assert_eq!(document["decision"]["denial"], "out-of-reach");
}

#[test]
fn a_denial_names_what_would_allow_it_up_to_as_many_changes_as_are_asked_for() {
    let denied = ["--user", "42", "--action", "read", "--owner", "42"];
    let (_, text, _) = run(&explained(&denied));
    let (_, named) = text.split_once("  it would be allowed by any of these\n").unwrap();
    assert_eq!(named, "    assign role visitor to user 42\n    assign role agent to user 42\n");
    let (_, none, _) = run(&explained(&[&denied[..], &["--changes", "0"]].concat()));
    assert_eq!(format!("{none}  it would be allowed by any of these\n{named}"), text);
    let (_, json, _) = run(&explained(&[&denied[..], &["--changes", "1", "--json"]].concat()));
    let document: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["nearest"]["at_most"], 1);
    let change = &document["nearest"]["grants"][0]["changes"][0];
    assert_eq!(*change, json!({"assign": {"role": "visitor", "to": {"user": 42}}}));
}

#[test]
fn a_move_is_explained_and_what_would_allow_it() {
    let anna =
        ["--user", "anna", "--owner", "anna", "--pipeline", "support", "--stage", "new", "--to", "done"];
    let (status, text, aside) = run(&explained(&anna));
    assert_eq!((status, aside.as_str()), (Some(1), ""));
    assert!(text.starts_with("may anna move from ticket/support/new to ticket/support/done, at "), "{text}");
    let (_, named) = text.split_once("  it would be allowed by any of these\n").unwrap();
    assert_eq!(
        named,
        "    let role agent move from ticket/support/new to done\n\
         \x20   let role agent move from ticket/support to done\n\
         \x20   let role agent move from ticket to done\n"
    );
    let named = [&anna[..], &["--to-pipeline", "support", "--json"]].concat();
    let (_, json, _) = run(&explained(&named));
    let document: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["question"]["code"], "relocate");
    assert!(document["nearest"]["grants"][0]["changes"][0]["set_transition"].is_object(), "{json}");
}

#[test]
fn creating_is_explained_and_what_would_allow_it() {
    let (status, text, aside) = run(&explained(&["--user", "42", "--create"]));
    assert_eq!((status, aside.as_str()), (Some(1), ""));
    assert!(text.starts_with("may 42 create at ticket, at "), "{text}");
    assert!(text.contains("denied: the entity does not admit the action"), "{text}");
    let bound = ["--user", "42", "--create", "--participant", "watcher=anna"];
    let (status, _, aside) = run(&explained(&bound));
    assert_eq!(status, Some(2));
    assert!(aside.contains("cannot be used with"), "{aside}");
}

#[test]
fn creating_for_somebody_is_explained_and_what_would_allow_it() {
    let folder = tempfile(
        "create_for.json",
        r#"{"format": "bailiwick/policy", "version": 1,
        "roles": [{"key": "seller", "rights": [{"place": {"entity": "deal"}, "action": "read", "level": "own"},
            {"place": {"entity": "deal"}, "action": "create", "level": "own"}]}],
        "assignments": [{"role": "seller", "to": {"user": "anna"}}]}"#,
    );
    let policy = folder.to_str().unwrap();
    let for_whom = |owner, more: &[&'static str]| {
        let documents = ["explain", "--preset", "crm", "--directory", "tests/data/program/people.json"];
        let asked = ["--policy", policy, "--user", "anna", "--entity", "deal", "--create", "--owner", owner];
        run(&[&documents, &asked[..], more].concat())
    };
    let (status, text, aside) = for_whom("anna", &[]);
    assert_eq!((status, aside.as_str()), (Some(0), ""), "{text}");
    assert!(text.ends_with("  the record becomes his own\n  allowed\n"), "{text}");
    let (status, text, _) = for_whom("42", &["--changes", "1"]);
    assert_eq!(status, Some(1));
    assert!(text.starts_with("may anna create at deal for 42, at "), "{text}");
    assert!(text.contains("\n  the record becomes his own, and not 42's\n"), "{text}");
    assert!(text.contains("\n    set create at deal of role seller to department\n"), "{text}");
    let (_, text, _) = for_whom("42", &["--changes", "0"]);
    assert!(text.ends_with("  denied: the level given does not reach this record\n"), "{text}");
    let (_, json, _) = for_whom("42", &["--json"]);
    let document: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["question"]["owner"], 42);
    assert_eq!(document["ownership"], json!({"owner": 42, "whose": "author", "holds": false}));
    let (status, _, aside) = for_whom("zoe", &[]);
    assert_eq!(
        (status, aside.as_str()),
        (Some(1), "note: the directory has no user `zoe`; as --owner it is nobody\n")
    );
}
