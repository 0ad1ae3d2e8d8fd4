//! The published schemas accept what the crate accepts, and refuse what they can see is wrong.

use std::sync::LazyLock;

use bailiwick::{Change, Format};
use boon::{Compiler, SchemaIndex, Schemas};
use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use serde_json::Value;

use super::hostile::{As, MEMBERS, WHOLES};
use super::strategies;

struct Validator {
    schemas: Schemas,
    vocabulary: SchemaIndex,
    directory: SchemaIndex,
    policy: SchemaIndex,
    scenario: SchemaIndex,
    changes: SchemaIndex,
}

fn file(format: Format) -> String {
    format!("https://schemas.test/{}.json", format.name().trim_start_matches("bailiwick/"))
}

impl Validator {
    fn new() -> Self {
        let mut compiler = Compiler::new();
        for format in Format::ALL {
            let schema = serde_json::from_str(format.schema()).unwrap();
            compiler.add_resource(&file(format), schema).unwrap();
        }
        let mut schemas = Schemas::new();
        let mut compile = |format| compiler.compile(&file(format), &mut schemas).unwrap();
        Self {
            vocabulary: compile(Format::Vocabulary),
            directory: compile(Format::Directory),
            policy: compile(Format::Policy),
            scenario: compile(Format::Scenario),
            changes: compile(Format::Changes),
            schemas,
        }
    }

    fn accepts(&self, read: As, text: &str) -> bool {
        let schema = match read {
            As::Vocabulary => self.vocabulary,
            As::Directory => self.directory,
            As::Policy => self.policy,
            As::Scenario => self.scenario,
            As::Changes => self.changes,
        };
        let value: Value = serde_json::from_str(text).unwrap();
        self.schemas.validate(&value, schema).is_ok()
    }
}

/// Whether the published schema accepts the text as such a document.
pub(super) fn accepts(read: As, text: &str) -> bool {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(Validator::new);
    VALIDATOR.accepts(read, text)
}

#[test]
fn the_sample_documents_are_valid() {
    for (read, text) in [
        (As::Vocabulary, include_str!("../../data/documents/vocabulary.json")),
        (As::Directory, include_str!("../../data/documents/directory.json")),
        (As::Policy, include_str!("../../data/documents/policy.json")),
        (As::Scenario, include_str!("../../data/documents/scenario.json")),
        (As::Changes, include_str!("../../data/documents/changes.json")),
    ] {
        assert!(accepts(read, text), "{text}");
    }
}

/// What the crate refuses and no schema can see: how a number is written, which days there are, which members stand twice,
/// what is declared elsewhere, what is an access code.
fn is_unseen(code: &str, text: &str) -> bool {
    let numbers = ["1.0", "1e2", "-0}", "18446744073709551616", "-9223372036854775809"];
    let others =
        ["2026-02-29", "\"SG4\"", "\"user\": 1, \"user\": 2", "\"remove_role\": 1, \"remove_role\": 1"];
    matches!(code, "syntax" | "byte-order-mark" | "duplicate-member" | "undeclared")
        || text.contains("\"key\": \"1\"") && code == "repeated"
        || numbers.iter().chain(&others).any(|words| text.contains(words))
}

#[test]
fn what_a_schema_can_see_is_refused() {
    let wholes = WHOLES.iter().map(|(read, text, refusal)| (*read, (*text).to_owned(), refusal.0));
    let members = MEMBERS.iter().map(|(read, members, refusal)| (*read, read.with(members), refusal.0));
    let mut seen = 0;
    for (read, text, code) in wholes.chain(members).filter(|(_, text, code)| !is_unseen(code, text)) {
        seen += 1;
        assert!(!accepts(read, &text), "{code}: {text}");
    }
    assert!(seen > 60, "only {seen} were left to see");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_printed_is_valid(
        vocabulary in strategies::vocabulary(),
        directory in strategies::directory(),
        policy in strategies::policy(),
        changes in strategies::changes(),
    ) {
        prop_assert!(accepts(As::Vocabulary, &vocabulary.to_json()));
        prop_assert!(accepts(As::Directory, &directory.to_json()));
        prop_assert!(accepts(As::Policy, &policy.to_json()));
        prop_assert!(accepts(As::Changes, &Change::all_to_json(&changes)));
    }
}
