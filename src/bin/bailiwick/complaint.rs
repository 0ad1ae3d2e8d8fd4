//! What is wrong with the input, in the form of compilers: `policy.json:12:9: [level-not-offered] … (at /roles/0/…)`.

use bailiwick::{DocumentProblem, Position};
use serde::Serialize;

use crate::output::{bad, faint, plain, strong};

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Complaint {
    /// The file, or the preset or argument that stands in its place.
    pub(crate) file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) column: Option<usize>,
    pub(crate) code: String,
    pub(crate) message: String,
    /// The JSON pointer, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pointer: Option<String>,
}

impl Complaint {
    /// A complaint about a file as a whole, or about what was said on the command line.
    pub(crate) fn whole(file: impl Into<String>, code: &str, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: None,
            column: None,
            code: code.to_owned(),
            message: message.into(),
            pointer: None,
        }
    }

    /// A document that is not as it should be.
    pub(crate) fn document(file: &str, problem: &DocumentProblem) -> Self {
        let pointer = problem.pointer();
        let pointer = (!pointer.is_empty()).then(|| pointer.to_owned());
        let whole = Self::whole(file, problem.code(), problem.kind().to_string());
        Self { pointer, ..whole }.at(Some(problem.position()))
    }

    /// The same complaint, with its place in the file.
    pub(crate) fn at(self, position: Option<Position>) -> Self {
        let line = position.map(|position| position.line);
        Self { line, column: position.map(|position| position.column), ..self }
    }

    pub(crate) fn painted(&self) -> String {
        let numbers = [self.line, self.column].into_iter().flatten().map(|number| format!(":{number}"));
        let place = strong(format_args!("{}{}:", self.file, numbers.collect::<String>()));
        let code = bad(format_args!("[{}]", self.code));
        let pointer = self.pointer.as_ref().map(|pointer| faint(format_args!(" (at {})", plain(pointer))));
        format!("{place} {code} {}{}", plain(&self.message), pointer.unwrap_or_default())
    }
}
