//! What a command has to say, and how it gets out: text for people, or JSON for programs.

use std::fmt::Display;
use std::io::Write;
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Style};
use serde::Serialize;

use crate::complaint::Complaint;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// Allowed, or passed.
    Yes,
    /// Denied, or failed.
    No,
    /// There was no question to answer.
    Unusable,
}

impl From<bool> for Verdict {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// What a command has to say.
pub(crate) struct Output {
    pub(crate) verdict: Verdict,
    /// For the standard output.
    pub(crate) text: String,
    /// For the standard error: what somebody who reads the text should know too.
    pub(crate) asides: String,
    /// The whole of it for programs.
    pub(crate) json: String,
}

/// What programs get when there is no answer.
#[derive(Serialize)]
struct Unusable<'a> {
    problems: &'a [Complaint],
}

impl Output {
    /// A text that is the same for people and programs.
    pub(crate) fn text(text: &str) -> Self {
        let text = text.to_owned();
        Self { verdict: Verdict::Yes, json: text.clone(), text, asides: String::new() }
    }

    /// There is no answer, for these reasons.
    pub(crate) fn unusable(problems: &[Complaint]) -> Self {
        let asides = problems.iter().map(|problem| format!("{}\n", problem.painted())).collect();
        Self { verdict: Verdict::Unusable, text: String::new(), asides, json: json(&Unusable { problems }) }
    }

    /// Prints it. Who closes the pipe has read enough.
    pub(crate) fn print(&self, as_json: bool) -> ExitCode {
        let (out, err) = if as_json { (&self.json, "") } else { (&self.text, self.asides.as_str()) };
        let written = anstream::stdout()
            .write_all(out.as_bytes())
            .and_then(|()| anstream::stdout().flush())
            .and_then(|()| anstream::stderr().write_all(err.as_bytes()));
        match written {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::from(2),
            Err(_) | Ok(()) => ExitCode::from(self.verdict as u8),
        }
    }
}

/// One line of JSON, or several for people who look all the same.
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// What somebody who typed wants to hear of, besides the answer.
pub(crate) fn notes(notes: &[String]) -> String {
    notes.iter().map(|note| format!("{} {}\n", faint("note:"), plain(note))).collect()
}

/// A text from a document, for a terminal: without line breaks and without anything that would act on it.
pub(crate) fn plain(text: &str) -> String {
    let acts = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if acts(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const FAINT: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();

fn painted(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

pub(crate) fn good(text: impl Display) -> String {
    painted(GOOD, text)
}

pub(crate) fn bad(text: impl Display) -> String {
    painted(BAD, text)
}

pub(crate) fn faint(text: impl Display) -> String {
    painted(FAINT, text)
}

pub(crate) fn strong(text: impl Display) -> String {
    painted(STRONG, text)
}
