//! What is wrong in a document that has been read, before its place in the text is looked up.

use super::locate;
use super::problem::{DocumentProblem, DocumentProblemKind};

/// A problem and the pointer to it, from the value that is being converted.
pub(super) struct Flaw {
    pointer: String,
    kind: DocumentProblemKind,
}

impl Flaw {
    pub(super) fn new(pointer: impl Into<String>, kind: DocumentProblemKind) -> Self {
        Self { pointer: pointer.into(), kind }
    }

    /// The same flaw, seen from further above.
    pub(super) fn below(self, way: &str) -> Self {
        Self { pointer: format!("{way}{}", self.pointer), kind: self.kind }
    }

    /// The same flaw, with its place in the document's text.
    pub(super) fn in_text(self, text: &str) -> DocumentProblem {
        let position = locate::nearest(text, &self.pointer);
        DocumentProblem { kind: self.kind, position, pointer: self.pointer }
    }
}

/// Converts each item of a list, and says of a flaw in which item of which list it is.
pub(super) fn each<W, D>(
    list: &str,
    items: Vec<W>,
    convert: impl Fn(W) -> Result<D, Flaw>,
) -> Result<Vec<D>, Flaw> {
    let items = items.into_iter().enumerate();
    items.map(|(at, item)| convert(item).map_err(|flaw| flaw.below(&format!("/{list}/{at}")))).collect()
}
