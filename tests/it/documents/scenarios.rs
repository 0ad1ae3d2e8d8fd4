//! Scenarios: that their questions are asked as they stand, and that a wrong answer does not pass.

use bailiwick::scenario::{Ask, Expectation, Report, Scenario, ScenarioProblem};
use bailiwick::{Entity, Level, Offer, Policy, Relations, Role, Vocabulary};

use super::hostile::As;
use super::{same_text, schemas};

const SCENARIO: &str = include_str!("../../data/documents/scenario.json");

fn no_presets(_: &str) -> Option<Policy> {
    None
}

/// A preset of one entity, one action and one role.
fn notes(name: &str) -> Option<Policy> {
    let vocabulary = Vocabulary::new()
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read"])
        .entity(Entity::new("note").offer(Offer::new("read").levels(["all"])).reads_by("read"));
    let policy = Policy::new(vocabulary).role(Role::new("reader").set("note", "read", "all"));
    (name == "notes").then_some(policy)
}

#[track_caller]
fn run(text: &str) -> Report {
    Scenario::from_json(text).unwrap().run(no_presets).unwrap()
}

#[test]
fn every_kind_of_question_is_asked() {
    let report = run(SCENARIO);
    let failures: Vec<_> = report
        .failures()
        .map(|outcome| {
            let question = outcome.question();
            format!("{}: {question} {}, not {}", outcome.pointer(), question.expect, outcome.got())
        })
        .collect();
    assert_eq!(failures, Vec::<String>::new());
    assert_eq!(report.outcomes().len(), 30);
    for outcome in report.outcomes() {
        assert!(outcome.got().as_expectation().is_met_by(outcome.got()), "{}", outcome.pointer());
    }
    let got: Vec<String> = report.outcomes().iter().map(|o| o.got().as_expectation().to_json()).collect();
    assert_eq!(got[0], "\"allowed\"");
    assert_eq!(got[3], "{\"denied\":\"out-of-reach\"}");
    assert_eq!(got[28], "{\"records\":[\"mine\",\"watched\",\"open\"]}");
    assert!(report.passed());
}

#[test]
fn a_scenario_prints_back_to_the_byte() {
    let scenario = Scenario::from_json(SCENARIO).unwrap();
    same_text(&scenario.to_json(), SCENARIO);
    assert_eq!(scenario.about(), Some("Every kind of question, and every kind of answer."));
}

/// Every answer in the file, turned into one that is wrong.
#[test]
fn an_answer_that_is_not_expected_fails() {
    let turned = [
        ("\"expect\": \"allowed\"", "\"expect\": \"denied\""),
        ("\"expect\": \"denied\"", "\"expect\": \"allowed\""),
        ("{\"denied\": \"nothing-given\"}", "{\"denied\": \"dismissed\"}"),
        ("{\"denied\": \"prerequisite\"}", "\"allowed\""),
        ("{\"denied\": \"out-of-reach\"}", "{\"denied\": \"nothing-given\"}"),
        ("{\"denied\": \"not-offered\"}", "{\"denied\": \"unknown-action\"}"),
        ("{\"denied\": \"unknown-action\"}", "{\"denied\": \"not-offered\"}"),
        ("{\"denied\": \"unknown-place\"}", "{\"denied\": \"out-of-reach\"}"),
        ("{\"denied\": \"unknown-user\"}", "{\"denied\": \"dismissed\"}"),
        ("{\"denied\": \"dismissed\"}", "{\"denied\": \"unknown-user\"}"),
        ("{\"denied\": \"no-transition\"}", "{\"denied\": \"unknown-place\"}"),
        ("{\"actions\": [\"update\", \"read\", \"create\"]}", "{\"actions\": [\"update\", \"read\"]}"),
        ("{\"actions\": []}", "{\"actions\": [\"read\"]}"),
        ("{\"creates_for\": \"author\"}", "{\"creates_for\": \"requested\"}"),
        ("{\"creates_for\": \"requested\"}", "{\"creates_for\": \"author\"}"),
        ("\"pipeline\": \"sales\", \"stage\": \"new\"}\n        ]", "\"pipeline\": \"sales\"}\n        ]"),
        ("{\"stages\": []}", "{\"stages\": [{\"entity\": \"ticket\"}]}"),
        ("{\"records\": [\"open\", \"watched\", \"mine\"]}", "{\"records\": [\"open\", \"mine\"]}"),
        (
            "{\"records\": [\"open\", \"watched\", \"mine\"]}",
            "{\"records\": [\"open\", \"watched\", \"mine\", \"mine\"]}",
        ),
        ("{\"records\": []}", "{\"records\": [\"memo\"]}"),
    ];
    let mut failed = std::collections::BTreeSet::new();
    for (right, wrong) in turned {
        let pieces: Vec<&str> = SCENARIO.split(right).collect();
        assert!(pieces.len() > 1, "{right}");
        let report = run(&pieces.join(wrong));
        assert_eq!(report.failures().count(), pieces.len() - 1, "{right}");
        failed.extend(report.failures().map(bailiwick::scenario::Outcome::pointer));
    }
    assert_eq!(failed.len(), 30, "every question was made to fail once");
}

#[test]
fn a_preset_brings_its_vocabulary_and_its_roles() {
    let text = r#"{"format": "bailiwick/scenario", "version": 1, "preset": "notes",
        "directory": {"users": [{"key": 1}]},
        "policy": {"assignments": [{"role": "reader", "to": "everyone"}]},
        "questions": [{"who": "anonymous", "ask": {"enters": {"entity": "note"}}, "expect": "allowed"}]}"#;
    let scenario = Scenario::from_json(text).unwrap();
    assert_eq!(scenario.preset(), Some("notes"));
    assert!(scenario.run(notes).unwrap().passed());
    assert_eq!(Scenario::from_json(&scenario.to_json()), Ok(scenario));
}

#[track_caller]
fn problems(text: &str) -> Vec<(String, String, String)> {
    let problems = Scenario::from_json(text).unwrap().run(notes).unwrap_err();
    let told = |problem: &ScenarioProblem| {
        (problem.code().to_owned(), problem.pointer().to_owned(), problem.kind().to_string())
    };
    problems.iter().map(told).collect()
}

fn expected(problems: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    let owned = |(code, at, what): &(&str, &str, &str)| ((*code).into(), (*at).into(), (*what).into());
    problems.iter().map(owned).collect()
}

#[test]
fn problems_of_compiling_stand_in_the_scenario() {
    let text = r#"{"format": "bailiwick/scenario", "version": 1,
        "vocabulary": {"entities": [{"key": "a"}, {"key": "a"}]},
        "directory": {"users": [{"key": 1, "departments": [3]}]},
        "policy": {"roles": [{"key": "r"}, {"key": "r"}], "assignments": [{"role": "q", "to": "everyone"}]}}"#;
    assert_eq!(
        problems(text),
        expected(&[
            (
                "duplicate",
                "/vocabulary/entities/1/key",
                "entity `a` stands here a second time; the first is at /vocabulary/entities/0/key"
            ),
            (
                "dangling",
                "/directory/users/0/departments/0",
                "department `3` is referred to and not declared"
            ),
            (
                "duplicate",
                "/policy/roles/1/key",
                "role `r` stands here a second time; the first is at /policy/roles/0/key"
            ),
            ("unknown", "/policy/assignments/0/role", "there is no role `q`"),
        ])
    );
}

#[test]
fn roles_of_a_preset_do_not_shift_the_places_of_ones_own() {
    let text = r#"{"format": "bailiwick/scenario", "version": 1, "preset": "notes",
        "directory": {},
        "policy": {"roles": [
            {"key": "writer", "rights": [{"place": {"entity": "book"}, "action": "read", "level": "all"}]},
            {"key": "reader"}
        ]}}"#;
    assert_eq!(
        problems(text),
        expected(&[
            (
                "duplicate",
                "/policy/roles/1/key",
                "role `reader` stands here a second time; the first is at /preset"
            ),
            ("unknown", "/policy/roles/0/rights/0/place", "there is no entity `book`"),
        ])
    );
}

#[test]
fn a_preset_or_a_party_or_a_flag_that_nobody_knows_is_a_problem() {
    let text =
        r#"{"format": "bailiwick/scenario", "version": 1, "preset": "erp", "directory": {}, "policy": {}}"#;
    assert_eq!(problems(text), expected(&[("unknown-preset", "/preset", "there is no preset `erp`")]));
    let text = r#"{"format": "bailiwick/scenario", "version": 1, "preset": "notes", "directory": {}, "policy": {},
        "records": [{"key": 1, "place": {"entity": "note"}}, {"key": 2, "place": {"entity": "note"},
            "participants": [{"party": "author", "user": 7}], "flags": ["open"]}]}"#;
    assert_eq!(
        problems(text),
        expected(&[
            ("unknown", "/records/1/participants/0/party", "there is no party `author`"),
            ("unknown", "/records/1/flags/0", "there is no flag `open`"),
        ])
    );
}

/// Whatever kind of answer one kind of question may have is told apart from what it may not have.
#[test]
fn an_answer_of_the_wrong_kind_is_refused() {
    let asks = [
        (r#"{"check": {"action": "read", "record": 1}}"#, vec!["allowed", "denied", "because"]),
        (r#"{"relocate": {"record": 1, "to": {"entity": "note"}}}"#, vec!["allowed", "denied", "because"]),
        (r#"{"may_reassign": {"record": 1}}"#, vec!["allowed", "denied", "because"]),
        (r#"{"enters": {"entity": "note"}}"#, vec!["allowed", "denied", "because"]),
        (r#""enters_application""#, vec!["allowed", "denied", "because"]),
        (r#"{"create": {"place": {"entity": "note"}}}"#, vec!["allowed", "denied", "because", "creates_for"]),
        (r#"{"actions": {"record": 1}}"#, vec!["actions"]),
        (r#"{"reachable_stages": {"record": 1}}"#, vec!["stages"]),
        (r#"{"list": {"action": "read", "entity": "note"}}"#, vec!["records"]),
        (r#"{"check_object": {"action": "read", "object": 1}}"#, vec!["allowed", "denied", "because"]),
        (r#"{"move_object": {"object": 1, "into": 1}}"#, vec!["allowed", "denied", "because"]),
        (r#"{"share_object": {"object": 1, "rung": "read"}}"#, vec!["allowed", "denied", "because"]),
        (r#"{"object_actions": {"object": 1}}"#, vec!["actions"]),
        (r#"{"list_objects": {"action": "read", "inside": 1}}"#, vec!["objects"]),
    ];
    let answers = [
        ("allowed", r#""allowed""#),
        ("denied", r#""denied""#),
        ("because", r#"{"denied": "dismissed"}"#),
        ("creates_for", r#"{"creates_for": "author"}"#),
        ("actions", r#"{"actions": []}"#),
        ("stages", r#"{"stages": []}"#),
        ("records", r#"{"records": []}"#),
        ("objects", r#"{"objects": []}"#),
    ];
    for (ask, possible) in &asks {
        for (name, answer) in answers {
            let text = As::Scenario.with(&format!(
                r#""preset": "notes", "directory": {{}}, "policy": {{}}, "records": [{{"key": 1, "place": {{"entity": "note"}}}}],
                "objects": [{{"key": 1, "ladder": "shelf"}}], "questions": [{{"who": "anonymous", "ask": {ask}, "expect": {answer}}}]"#
            ));
            let read = Scenario::from_json(&text).map(drop).map_err(|problem| problem.code());
            let expected = if possible.contains(&name) { Ok(()) } else { Err("wrong-expectation") };
            assert_eq!(read, expected, "{ask} {answer}");
            assert_eq!(schemas::accepts(As::Scenario, &text), expected.is_ok(), "{text}");
        }
    }
}

#[test]
fn questions_are_told_in_plain_words() {
    let scenario = Scenario::from_json(SCENARIO).unwrap();
    let told: Vec<String> = scenario.questions().iter().map(ToString::to_string).collect();
    assert_eq!(told[0], "may 7 `update` record `mine`?");
    assert_eq!(told[13], "may an anonymous visitor `read` record `open`?");
    assert_eq!(told[20], "may 7 move record `mine` to ticket/support/done?");
    assert!(matches!(scenario.questions()[27].ask, Ask::EntersApplication));
    assert_eq!(scenario.questions()[15].expect, Expectation::Actions(Vec::new()));
    assert_eq!(scenario.questions()[15].expect.to_string(), "no actions");
}
