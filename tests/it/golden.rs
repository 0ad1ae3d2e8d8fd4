//! Texts that are kept in files. `BAILIWICK_GOLDEN=update cargo test golden` writes them anew.

use std::fs;
use std::path::Path;

/// Compares the text with the file of this name, or writes the file.
#[track_caller]
pub(crate) fn compare(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file);
    if std::env::var("BAILIWICK_GOLDEN").is_ok_and(|value| value == "update") {
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "\n{} reads\n{text}", path.display());
}
