//! The architecture, read from the sources: floors, ceilings, head comments.
//!
//! `lib.rs` lists the modules floor by floor, lowest first, with a blank line between floors. A module may name only
//! modules of lower floors. This test is what makes that a fact.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const MOST_CODE_LINES_IN_A_FILE: usize = 400;
const MOST_LINES_IN_A_FUNCTION: usize = 60;

struct Source {
    path: PathBuf,
    /// The module right below the crate root that the file belongs to.
    module: String,
    text: String,
}

fn sources(below: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(below);
    let mut open = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let first = path.strip_prefix(&root).unwrap().components().next().unwrap();
                let module = Path::new(&first).with_extension("").to_string_lossy().into_owned();
                found.push(Source { text: fs::read_to_string(&path).unwrap(), path, module });
            }
        }
    }
    assert!(!found.is_empty(), "no sources below {below}");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The modules of `lib.rs`, floor by floor.
fn floors() -> Vec<Vec<String>> {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let name = |line: &str| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    };
    let groups = lib.split("\n\n").map(|group| group.lines().filter_map(name).collect::<Vec<_>>());
    groups.filter(|group| !group.is_empty()).collect()
}

fn without_comments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(number, line)| (number + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// What a line of code imports or names by `crate::`.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let end = |rest: &str| rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    line.split("crate::").skip(1).map(move |rest| &rest[..end(rest)])
}

#[test]
fn a_module_names_only_modules_of_lower_floors() {
    let floors = floors();
    let floor = |module: &str| floors.iter().position(|names| names.iter().any(|name| name == module));
    assert!(floors.len() >= 6, "lib.rs lists its floors: {floors:?}");
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| !["lib", "bin"].contains(&source.module.as_str())) {
        let own = floor(&source.module).unwrap_or_else(|| panic!("{} is on no floor", source.module));
        for (number, line) in without_comments(&source.text) {
            for name in named(line).filter(|name| *name != source.module) {
                if floor(name).is_none_or(|other| other >= own) {
                    wrong.push(format!("{}:{number}: {} names {name}", source.path.display(), source.module));
                }
            }
            if line.contains("super::super") {
                wrong.push(format!("{}:{number}: climbs two modules", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn json_is_known_to_documents_alone_and_nothing_knows_a_clock() {
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| source.module != "bin") {
        for (number, line) in without_comments(&source.text) {
            let json =
                ["serde", "jiff"].iter().any(|word| line.contains(word)) && source.module != "document";
            let forbidden =
                ["SystemTime::now", "Instant::now", "std::fs", "std::net", "Mutex", "RwLock", "RefCell"];
            if json || forbidden.iter().any(|word| line.contains(word)) {
                wrong.push(format!("{}:{number}: {}", source.path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_with_what_it_is() {
    for source in sources("src").iter().chain(&sources("tests/it")).chain(&sources("benches")) {
        assert!(source.text.starts_with("//!"), "{} has no head comment", source.path.display());
    }
}

#[test]
fn files_and_functions_stay_small() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let code = source.text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = without_comments(code).filter(|(_, line)| !line.trim().is_empty()).count();
        if lines > MOST_CODE_LINES_IN_A_FILE {
            wrong.push(format!("{}: {lines} lines of code", source.path.display()));
        }
        for (number, length) in
            functions(&source.text).filter(|(_, length)| *length > MOST_LINES_IN_A_FUNCTION)
        {
            wrong.push(format!("{}:{number}: a function of {length} lines", source.path.display()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Where each function begins and how long it is, by the indentation that rustfmt gives.
fn functions(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        if words.trim_start_matches("const ").starts_with("fn ") && !line.ends_with([';', '}']) {
            let close = format!("{}}}", " ".repeat(indent));
            let length = lines[at..].iter().position(|line| *line == close).unwrap_or(0);
            found.push((at + 1, length + 1));
        }
    }
    found.into_iter()
}

#[test]
fn nothing_is_exported_or_imported_by_glob() {
    for source in sources("src").iter().chain(&sources("tests/it")) {
        for (number, line) in without_comments(&source.text) {
            let imports = line.trim_start().trim_start_matches("pub ").starts_with("use ");
            assert!(!(imports && line.contains("::*")), "{}:{number}: a glob", source.path.display());
            assert!(!line.trim_start().starts_with("#[path"), "{}:{number}: a path", source.path.display());
        }
    }
}

#[test]
fn the_library_page_defines_nothing() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for (number, line) in without_comments(&lib) {
        let defines = ["fn ", "struct ", "enum ", "trait ", "impl ", "const ", "static ", "type "];
        let line = line.trim_start().trim_start_matches("pub ");
        assert!(!defines.iter().any(|word| line.starts_with(word)), "lib.rs:{number}: {line}");
    }
}

#[test]
fn a_climbing_import_would_be_seen() {
    assert_eq!(named("use crate::check::Access;").collect::<Vec<_>>(), ["check"]);
    assert_eq!(named("fn f(x: crate::key::Key<crate::policy::Role>)").collect::<Vec<_>>(), ["key", "policy"]);
    let long = format!("fn f() {{\n{}}}\n", "    x();\n".repeat(80));
    assert_eq!(functions(&long).collect::<Vec<_>>(), [(1, 82)]);
}

/// What a type is asked, by the names of its public methods.
fn questions_of(of: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources("src") {
        let mut inside = false;
        for line in source.text.lines() {
            if let Some(header) = line.strip_prefix("impl") {
                let named = header.split_once("> ").filter(|_| header.starts_with('<'));
                let name = named.map_or(header, |(_, name)| name).trim_start();
                inside = name.split(['<', ' ']).next() == Some(of) && !name.contains(" for ");
            } else if inside && let Some(method) = line.strip_prefix("    pub fn ") {
                found.insert(method.split(['(', '<']).next().unwrap_or_default().to_owned());
            }
        }
    }
    found
}

/// Whoever adds a question adds it for other eyes, too.
#[test]
fn whatever_an_access_is_asked_can_be_asked_through_other_eyes() {
    let pairs =
        [("Access", "ViewAs", 30), ("AclAccess", "AclViewAs", 4), ("Inherited", "InheritedViewAs", 6)];
    for (real, eyes, at_least) in pairs {
        let asked = questions_of(real);
        assert!(asked.len() >= at_least, "{real} is asked {asked:?}");
        let missing: Vec<_> = asked.difference(&questions_of(eyes)).cloned().collect();
        assert!(missing.is_empty(), "{eyes} is not asked {missing:?}");
    }
}
