//! Every command line of the README and the guide, run on the documents in `examples/documents`, says what is printed there.

use std::fs;
use std::path::Path;

use super::{bailiwick, told};

/// A command line with what stands below it.
struct Example {
    file: String,
    words: Vec<String>,
    said: String,
}

/// The words of a command line, without what its output is led to. Words in single quotes may hold blanks.
fn words(line: &str) -> Vec<String> {
    let line = line.split(" > ").next().unwrap_or_default();
    let quoted = line.split('\'').enumerate();
    quoted.fold(Vec::new(), |mut words, (number, part)| {
        if number % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
        words
    })
}

/// The examples of a page: in each block, the lines after `$ ` that `\` leads on, and what is printed until the next one.
fn examples(page: &Path) -> Vec<Example> {
    let text = fs::read_to_string(page).unwrap().replace("\\\n", " ");
    let file = page.file_name().unwrap().to_string_lossy().into_owned();
    let mut found: Vec<Example> = Vec::new();
    let (mut inside, mut open) = (false, false);
    for line in text.lines() {
        if line.starts_with("```") {
            (inside, open) = (!inside && line == "```text", false);
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ bailiwick ")) {
            found.push(Example { file: file.clone(), words: words(command), said: String::new() });
            open = true;
        } else if let (true, Some(example)) = (open, found.last_mut()) {
            example.said += &format!("{line}\n");
        }
    }
    found
}

fn pages() -> Vec<Example> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_dir(root.join("guide")).unwrap().map(|entry| entry.unwrap().path());
    guide.chain([root.join("README.md")]).flat_map(|page| examples(&page)).collect()
}

/// A fingerprint is as good as another: it changes with what classes are told apart by.
fn without_fingerprints(text: &str) -> String {
    let is_one = |word: &str| word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let line = |line: &str| match line.split_once(' ') {
        Some((word, rest)) if is_one(word) => format!("FINGERPRINT {rest}\n"),
        _ => format!("{line}\n"),
    };
    text.trim_end().lines().map(line).collect()
}

#[test]
fn every_example_says_what_is_printed_below_it() {
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/documents");
    let (mut run, mut compared) = (0, 0);
    for Example { file, words, said } in pages() {
        if cfg!(not(feature = "sql")) && words.iter().any(|word| word == "--sql") {
            continue;
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (status, out, aside) = told(&bailiwick(&words).current_dir(&documents).output().unwrap());
        run += 1;
        let said = said.trim_end();
        if said.is_empty() {
            assert_eq!(status, Some(0), "{file}: {words:?}\n{aside}");
        } else {
            compared += 1;
            assert_eq!(
                without_fingerprints(&(out + &aside)),
                without_fingerprints(said),
                "{file}: {words:?}"
            );
        }
    }
    assert!(run >= 12 && compared >= 10, "{run} examples, {compared} with an answer");
}
