//! The corpus of `tests/scenarios` as a body of text: that it is whole, says what it is about, and can fail.
//!
//! That its answers are right is tested with the documents, which run it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bailiwick::preset;
use bailiwick::scenario::{Answer, Scenario};
use serde_json::Value;

/// Fewer than these would mean that some were lost on the way.
const FEWEST_FILES: usize = 36;
const FEWEST_QUESTIONS: usize = 980;

/// The scenarios, each with the name of its file.
fn corpus() -> Vec<(String, Scenario)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let scenario = Scenario::from_json(&fs::read_to_string(file).unwrap());
        (name.clone(), scenario.unwrap_or_else(|problem| panic!("{name}: {problem}")))
    };
    files.iter().map(read).collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "the counts, for whoever asks with --nocapture")]
fn nothing_of_the_corpus_is_lost() {
    let corpus = corpus();
    for (name, scenario) in &corpus {
        println!("{:>4} questions  {name}", scenario.questions().len());
    }
    let asked: usize = corpus.iter().map(|(_, scenario)| scenario.questions().len()).sum();
    println!("{asked} questions in {} scenarios", corpus.len());
    assert!(corpus.len() >= FEWEST_FILES && asked >= FEWEST_QUESTIONS);
}

#[test]
fn every_scenario_says_what_it_is_about_and_every_question_names_its_rule() {
    for (name, scenario) in corpus() {
        assert!(scenario.about().is_some(), "{name}");
        let mut seen = BTreeSet::new();
        for (number, question) in scenario.questions().iter().enumerate() {
            let about = question.about.as_deref().unwrap_or_default();
            assert!(about.contains(": "), "{name}: question {number} names no rule: {about}");
            let asked = (question.to_string(), question.at, question.circumstances.clone());
            assert!(seen.insert(asked), "{name}: question {number} is asked twice: {question}");
        }
    }
}

/// A scenario that expects one answer only would pass in a library that gives no other.
#[test]
fn every_scenario_expects_both_answers() {
    for (name, scenario) in corpus() {
        let report = scenario.run(preset::by_name).unwrap();
        let allowed = report.outcomes().iter().filter(|outcome| gives_something(outcome.got())).count();
        let denied = report.outcomes().iter().filter(|outcome| outcome.got().denial().is_some()).count();
        assert!(allowed > 0 && denied > 0, "{name}: {allowed} answers give something, {denied} deny");
    }
}

fn gives_something(answer: &Answer) -> bool {
    match answer {
        Answer::Decision(decision) => decision.is_allowed(),
        Answer::Creation(creation) => creation.is_allowed(),
        Answer::Actions(actions) => !actions.is_empty(),
        Answer::Stages(stages) => !stages.is_empty(),
        Answer::Records(records) => !records.is_empty(),
        Answer::Objects(objects) => !objects.is_empty(),
        Answer::Recorded(recorded) => recorded.is_some(),
        other => panic!("an answer of a new kind: {other:?}"),
    }
}

/// Whether the corpus has a question about a right of a preset with this answer: the entity, the action, and whether it is allowed.
type Told = BTreeSet<(String, String, bool)>;

/// What the scenarios on a preset ask and expect, right by right. `create` stands for whatever makes records of an entity.
fn told_of(preset: &str, actions: &[String]) -> Told {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut told = Told::new();
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let scenario: Value = serde_json::from_str(&text).unwrap();
        if scenario["preset"] != preset {
            continue;
        }
        let records = scenario["records"].as_array().cloned().unwrap_or_default();
        for question in scenario["questions"].as_array().unwrap() {
            let [check, create, all] = ["check", "create", "actions"].map(|ask| &question["ask"][ask]);
            let named = [check, all].into_iter().find_map(|ask| ask.get("record"));
            let record = records.iter().find(|record| Some(&record["key"]) == named);
            let place = record.map_or(&create["place"], |record| &record["place"]);
            let Some(entity) = place["entity"].as_str() else { continue };
            let mut tell =
                |action: &str, allowed| told.insert((entity.to_owned(), action.to_owned(), allowed));
            match question["expect"]["actions"].as_array() {
                Some(allowed) => {
                    for action in actions {
                        tell(action, allowed.iter().any(|it| it == action.as_str()));
                    }
                }
                None => {
                    let expected = &question["expect"];
                    let allowed = *expected != "denied" && expected.get("denied").is_none();
                    tell(check["action"].as_str().unwrap_or("create"), allowed);
                }
            }
        }
    }
    told
}

#[test]
fn every_right_of_every_preset_is_allowed_to_somebody_and_denied_to_somebody() {
    // What two presets share is asked in the one that it comes from.
    let presets =
        ["crm", "tasks", "telephony", "open-lines", "help-desk", "portal", "social-groups", "support"];
    for name in presets {
        let words = preset::find(name).unwrap().vocabulary();
        let told = told_of(name, &words.actions.iter().map(ToString::to_string).collect::<Vec<_>>());
        for entity in words.entities {
            for offer in &entity.offers {
                let creates = entity.creates_by.as_ref() == Some(&offer.action);
                let asked = |action: &str, allowed| {
                    told.contains(&(entity.key.to_string(), action.to_owned(), allowed))
                };
                for allowed in [true, false] {
                    let named = asked(&offer.action.to_string(), allowed);
                    let right = format!("{name}: {} {}, allowed: {allowed}", entity.key, offer.action);
                    assert!(named || creates && asked("create", allowed), "{right}");
                }
            }
        }
    }
}
