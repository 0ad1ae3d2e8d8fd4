//! The corpus: what the facts say, as scenarios. Every file runs, and every answer is the expected one.

use std::path::{Path, PathBuf};

use bailiwick::scenario::Scenario;
use bailiwick::{locate, preset};

use super::hostile::As;
use super::schemas;

fn corpus() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    assert!(files.len() >= 24, "some of the corpus is gone");
    files
}

#[test]
fn every_answer_is_the_expected_one() {
    let mut asked = 0;
    for (path, text) in corpus() {
        let path = path.display();
        let scenario = Scenario::from_json(&text).unwrap_or_else(|problem| panic!("{path}:{problem}"));
        let report = scenario.run(preset::by_name).unwrap_or_else(|problems| panic!("{path}:\n{problems}"));
        let failures: Vec<String> = report
            .failures()
            .map(|outcome| {
                let line = locate(&text, &outcome.pointer()).unwrap().line;
                let question = outcome.question();
                format!("{path}:{line}: {question} {}, not {}", question.expect, outcome.got())
            })
            .collect();
        assert!(failures.is_empty(), "{failures:#?}");
        asked += report.outcomes().len();
    }
    assert!(asked > 500, "only {asked} questions");
}

#[test]
fn every_scenario_prints_back_and_is_valid() {
    for (path, text) in corpus() {
        let scenario = Scenario::from_json(&text).unwrap();
        assert_eq!(Scenario::from_json(&scenario.to_json()), Ok(scenario), "{}", path.display());
        assert!(schemas::accepts(As::Scenario, &text), "{}", path.display());
    }
}
