//! The codes of answers and the members of their JSON stand in the guide: all of them, and no others.
//!
//! What there is, is read from the sources, where the compiler sees to it that every variant has its code. So whoever adds a
//! variant adds a line to the guide, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Codes = BTreeMap<String, BTreeSet<String>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(below: &Path) -> Vec<String> {
    let mut open = vec![below.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
        open.extend(folders);
        found.extend(files.iter().map(|file| fs::read_to_string(file).unwrap()));
    }
    found
}

/// The words that stand in quotes.
fn quoted<'t>(text: &'t str, quote: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(quote).skip(1).step_by(2)
}

/// The codes of every type, from the functions `code`. A type that hands on the codes of another has none of its own.
fn codes_in(source: &str) -> Codes {
    let mut codes = Codes::new();
    let (mut of, mut inside) = ("", false);
    for line in source.lines() {
        if let Some(name) = line.strip_prefix("impl ") {
            of = name.split(['<', ' ']).next().unwrap_or_default();
        } else if line.starts_with("    ") && line.contains(" fn code(") && line.contains("-> &'static str") {
            inside = true;
        } else if line == "    }" {
            inside = false;
        } else if inside {
            let found = quoted(line, "\"").map(ToOwned::to_owned);
            codes.entry(of.to_owned()).or_default().extend(found);
        }
    }
    codes.retain(|_, codes| !codes.is_empty());
    codes
}

/// The tables of a page: by heading, the code of every line. A line that says nothing of its code is no line.
fn tables_in(page: &str) -> Codes {
    let mut tables = Codes::new();
    let mut of = "";
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            of = heading.trim_matches('`');
        } else if let Some(cells) = line.strip_prefix("| `") {
            let (code, meaning) = cells.split_once("` | ").unwrap_or_default();
            let sentence =
                meaning.strip_suffix(" |").is_some_and(|text| text.ends_with('.') && text.len() > 5);
            assert!(sentence, "no sentence: {line}");
            let new = tables.entry(of.to_owned()).or_default().insert(code.to_owned());
            assert!(new, "a second time in {of}: {line}");
        }
    }
    tables
}

#[test]
fn the_guide_has_every_code_of_every_answer_and_no_other() {
    let mut expected = Codes::new();
    for source in sources(&root().join("src")) {
        for (of, codes) in codes_in(&source) {
            expected.entry(of).or_default().extend(codes);
        }
    }
    // Problems bring their messages; lints have a table of their own.
    expected.retain(|of, _| !of.contains("Problem") && of != "Lint");
    assert!(expected.len() > 15 && expected["Denial"].contains("nothing-given"), "{expected:?}");
    let tables = tables_in(&fs::read_to_string(root().join("guide/codes.md")).unwrap());
    for (of, codes) in &expected {
        let none = BTreeSet::new();
        let told = tables.get(of).unwrap_or(&none);
        let missing: Vec<_> = codes.difference(told).collect();
        let gone: Vec<_> = told.difference(codes).collect();
        assert!(missing.is_empty() && gone.is_empty(), "{of}: missing {missing:?}, gone {gone:?}");
    }
    assert!(tables.keys().eq(expected.keys()), "tables of what has no codes: {:?}", tables.keys());
}

/// The names that values have in JSON: members, and choices that are written as `{"choice": …}` or `"choice"`. Of types that are
/// printed and never read, which are the parts of answers.
fn members_in(source: &str) -> BTreeSet<String> {
    let mut members = BTreeSet::new();
    let (mut printed, mut inside) = (false, false);
    for line in source.lines() {
        let word = line.trim_start().trim_start_matches("pub ").split([':', '(', ' ', ',']).next();
        match line {
            "#[derive(Serialize)]" => printed = true,
            "}" => (printed, inside) = (false, false),
            _ if line.starts_with("struct ") || line.starts_with("pub(") || line.starts_with("enum ") => {
                inside = printed && line.ends_with('{');
                printed &= inside;
            }
            _ if inside && !line.trim_start().starts_with(['#', '/', '}']) => {
                members.extend(word.map(snake_case));
            }
            _ => {}
        }
    }
    members
}

fn snake_case(word: &str) -> String {
    let mut text = String::new();
    for (at, c) in word.char_indices() {
        if c.is_uppercase() && at > 0 {
            text.push('_');
        }
        text.extend(c.to_lowercase());
    }
    text
}

#[test]
fn the_guide_names_every_member_of_every_answer() {
    // A flattened part has no name, a relation is written as its code, and what somebody has is told by its form.
    const NAMELESS: [&str; 4] = ["body", "creation", "perspective", "relation"];
    let sources = sources(&root().join("src/document"));
    let members: BTreeSet<String> = sources.iter().flat_map(|source| members_in(source)).collect();
    let page = fs::read_to_string(root().join("guide/documents.md")).unwrap();
    let section = page.split("\n## ").find(|section| section.starts_with("Answers")).unwrap_or_default();
    let told: BTreeSet<String> = quoted(section, "`").map(|word| word.trim_matches('"').to_owned()).collect();
    for expected in
        ["format", "simulated", "met_by", "party_seated", "not_in", "fingerprint", "with_subdepartments"]
    {
        assert!(members.contains(expected), "{expected} was not read from the sources: {members:?}");
    }
    let missing: Vec<_> =
        members.difference(&told).filter(|member| !NAMELESS.contains(&member.as_str())).collect();
    assert!(missing.is_empty(), "the guide does not name {missing:?}");
}

#[test]
fn a_code_without_a_line_would_be_seen() {
    let source =
        "impl A {\n    pub const fn code(self) -> &'static str {\n        Self::X => \"a-b\",\n    }\n}\n";
    assert_eq!(codes_in(source)["A"], BTreeSet::from(["a-b".to_owned()]));
    assert_eq!(tables_in("## `A`\n| `a-b` | It is so. |\n")["A"], BTreeSet::from(["a-b".to_owned()]));
    let source = "#[derive(Serialize)]\nstruct A {\n    one: u8,\n}\n#[derive(Serialize, Deserialize)]\nstruct B {\n    two: u8,\n}\n";
    assert_eq!(members_in(source), BTreeSet::from(["one".to_owned()]));
    assert_eq!(
        members_in("#[derive(Serialize)]\nenum A {\n    NotIn(u8),\n}\n"),
        BTreeSet::from(["not_in".to_owned()])
    );
}
