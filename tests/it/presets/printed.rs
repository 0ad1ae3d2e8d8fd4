//! The presets as the program prints them: documents that read back.

use bailiwick::{Directory, Policy, Snapshot, Vocabulary, preset};
use serde_json::Value;

use crate::program::run;

fn printed(arguments: &[&str]) -> String {
    let (status, stdout, stderr) = run(&[&["preset"], arguments].concat());
    assert_eq!((status, stderr.as_str()), (Some(0), ""), "{arguments:?}");
    stdout
}

#[test]
fn the_list_names_every_preset_in_order() {
    let text = printed(&["list"]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), preset::ALL.len());
    for (line, preset) in lines.iter().zip(preset::ALL) {
        let (name, about) = line.split_once(' ').unwrap();
        assert_eq!((name, about.trim_start()), (preset.name(), preset.about()));
    }
    let json: Value = serde_json::from_str(&printed(&["list", "--json"])).unwrap();
    let listed = json.as_array().unwrap().iter().map(|it| (it["name"].as_str(), it["about"].as_str()));
    assert!(listed.eq(preset::ALL.iter().map(|it| (Some(it.name()), Some(it.about())))));
}

#[test]
fn each_document_reads_back_as_the_preset() {
    for preset in preset::ALL {
        let vocabulary = printed(&["show", preset.name(), "vocabulary"]);
        let vocabulary = Vocabulary::from_json(&vocabulary).unwrap();
        assert_eq!(vocabulary, preset.vocabulary());
        let policy = printed(&["show", preset.name(), "policy"]);
        assert_eq!(Policy::from_json(&policy, vocabulary.clone()).unwrap(), preset.policy());
        let assigned = printed(&["show", preset.name(), "policy", "--assigned"]);
        let assigned = Policy::from_json(&assigned, vocabulary).unwrap();
        assert_eq!(assigned.assignments, preset.assignments());
        let directory = printed(&["show", preset.name(), "directory"]);
        assert_eq!(Directory::from_json(&directory).unwrap(), preset.directory());
        assert!(Snapshot::compile(&preset.policy(), &Directory::new()).is_ok());
    }
}

#[test]
fn both_documents_are_printed_where_none_is_named() {
    let (vocabulary, policy) = (printed(&["show", "crm", "vocabulary"]), printed(&["show", "crm", "policy"]));
    assert_eq!(printed(&["show", "crm"]), format!("{vocabulary}{policy}"));
    let whole: Value = serde_json::from_str(&printed(&["show", "crm", "--json"])).unwrap();
    assert_eq!(whole["name"], "crm");
    assert_eq!(whole["vocabulary"], serde_json::from_str::<Value>(&vocabulary).unwrap());
    assert_eq!(whole["policy"], serde_json::from_str::<Value>(&policy).unwrap());
    assert_eq!(printed(&["show", "crm", "policy", "--json"]), policy);
}

#[test]
fn a_directory_is_printed_where_the_product_is_installed_with_groups() {
    let each = ["vocabulary", "policy", "directory"].map(|document| printed(&["show", "portal", document]));
    assert_eq!(printed(&["show", "portal"]), each.concat());
    let whole: Value = serde_json::from_str(&printed(&["show", "portal", "--json"])).unwrap();
    assert_eq!(whole["directory"], serde_json::from_str::<Value>(&each[2]).unwrap());
    assert!(!printed(&["show", "crm"]).contains("bailiwick/directory"));
}

#[test]
fn a_preset_that_there_is_not_is_refused_with_those_that_there_are() {
    let (status, stdout, stderr) = run(&["preset", "show", "erp"]);
    assert_eq!((status, stdout.as_str()), (Some(2), ""));
    assert!(preset::ALL.iter().all(|preset| stderr.contains(preset.name())), "{stderr}");
}
