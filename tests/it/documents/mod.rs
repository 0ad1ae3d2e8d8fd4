//! The JSON documents: what they mean, that they print back, and what is refused.

mod corpus;
mod guide;
mod hostile;
mod located;
mod printed;
mod scenarios;
mod schemas;
mod simulated;
mod strategies;

/// Fails with the first line that differs, for documents are long.
#[track_caller]
fn same_text(got: &str, expected: &str) {
    let line = got.lines().zip(expected.lines()).position(|(got, expected)| got != expected);
    let line = line.unwrap_or(got.lines().count().min(expected.lines().count()));
    let both = (got.lines().nth(line), expected.lines().nth(line));
    assert!(got == expected, "line {}: got, expected: {both:#?}", line + 1);
}
