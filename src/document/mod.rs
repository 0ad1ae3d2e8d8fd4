//! The JSON documents: vocabularies, directories and policies as text that is stored, reviewed and tested.
//!
//! A document says what its value says, no more and no less: reading what was printed gives an equal value, and printing it
//! again the same bytes. Reading is strict. What a document cannot mean is refused, with its line, before anything is made of it;
//! what a value cannot mean is left to compiling, whose problems carry pointers that [`locate`] finds in the text.
//!
//! Deliberately absent: what any of it means, and files. A document is a text that the caller has.

mod acl_explanation;
mod answer;
mod classes;
mod diff;
mod explanation;
mod filter;
mod flaw;
mod format;
mod layout;
mod lint;
mod locate;
mod matrix;
mod nearest;
mod problem;
mod scan;
pub mod scenario;
mod strict;
mod who_can;
mod wire;

pub use format::Format;
pub use locate::{document_pointer, locate, locate_all};
pub use problem::{DocumentProblem, DocumentProblemKind, Position, Words};
pub use wire::InstantProblem;

use crate::change::Change;
use crate::directory::Directory;
use crate::policy::Policy;
use crate::vocabulary::Vocabulary;
use wire::change::WireChanges;
use wire::directory::WireDirectory;
use wire::policy::WirePolicy;
use wire::vocabulary::WireVocabulary;

/// The longest document that is read, in bytes: 256 MiB. An organisation of a million users takes about a sixth of it.
pub const MAX_DOCUMENT_BYTES: usize = 256 << 20;

impl Vocabulary {
    /// Reads a vocabulary from its document.
    ///
    /// ```
    /// use bailiwick::Vocabulary;
    ///
    /// let vocabulary = Vocabulary::from_json(r#"{
    ///     "format": "bailiwick/vocabulary", "version": 1,
    ///     "flags": ["open"],
    ///     "levels": [{"key": "none"}, {"key": "open", "relations": ["own", "flag:open"]}]
    /// }"#)?;
    /// assert_eq!(vocabulary.levels.len(), 2);
    /// assert_eq!(Vocabulary::from_json(&vocabulary.to_json())?, vocabulary);
    /// # Ok::<(), bailiwick::DocumentProblem>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DocumentProblem`]: the first thing in the text that is not as it should be, with its place.
    pub fn from_json(text: &str) -> Result<Self, DocumentProblem> {
        let wire: WireVocabulary = format::read(text, Format::Vocabulary)?;
        wire.into_domain().map_err(|flaw| flaw.in_text(text))
    }

    /// Prints the vocabulary as a document, always in the same way.
    ///
    /// What has its default value is left out. A level or offer that speaks of a party or flag without a name, which no
    /// snapshot accepts, prints a document that does not read back.
    pub fn to_json(&self) -> String {
        format::print(WireVocabulary::from(self), Format::Vocabulary)
    }
}

impl Directory {
    /// Reads a directory from its document.
    ///
    /// ```
    /// use bailiwick::Directory;
    ///
    /// let problem = Directory::from_json(r#"{
    ///     "format": "bailiwick/directory", "version": 1,
    ///     "users": [{"key": 7, "name": "Anna"}]
    /// }"#).unwrap_err();
    /// assert_eq!(problem.code(), "unknown-member");
    /// assert_eq!((problem.position().line, problem.pointer()), (3, "/users/0/name"));
    /// ```
    ///
    /// # Errors
    ///
    /// [`DocumentProblem`]: the first thing in the text that is not as it should be, with its place.
    pub fn from_json(text: &str) -> Result<Self, DocumentProblem> {
        format::read::<WireDirectory>(text, Format::Directory).map(Self::from)
    }

    /// Prints the directory as a document, always in the same way.
    ///
    /// What has its default value is left out. Instants print in UTC; one outside the years 0000 to 9999, which have a text,
    /// prints as the nearest inside.
    pub fn to_json(&self) -> String {
        format::print(WireDirectory::from(self), Format::Directory)
    }
}

impl Policy {
    /// Reads the roles and assignments of a policy from their document. The vocabulary that they speak is a document of
    /// its own, or a preset's.
    ///
    /// # Errors
    ///
    /// [`DocumentProblem`]: the first thing in the text that is not as it should be, with its place.
    pub fn from_json(text: &str, vocabulary: Vocabulary) -> Result<Self, DocumentProblem> {
        let wire: WirePolicy = format::read(text, Format::Policy)?;
        Ok(wire.into_domain(vocabulary))
    }

    /// Prints the roles and assignments as a document, always in the same way. The vocabulary prints itself.
    ///
    /// What has its default value is left out. Instants print in UTC; one outside the years 0000 to 9999, which have a text,
    /// prints as the nearest inside.
    pub fn to_json(&self) -> String {
        format::print(WirePolicy::from(self), Format::Policy)
    }
}

impl Change {
    /// Reads changes from their document, in the order in which they are made.
    ///
    /// ```
    /// use bailiwick::Change;
    ///
    /// let changes = Change::all_from_json(r#"{
    ///     "format": "bailiwick/changes", "version": 1,
    ///     "changes": [
    ///         {"set_right": {"role": "seller", "place": {"entity": "deal"}, "action": "export", "level": "none"}},
    ///         {"withdraw": {"role": "seller", "to": {"user": "anna"}}}
    ///     ]
    /// }"#)?;
    /// assert_eq!(changes[0].to_string(), "set export at deal of role seller to none");
    /// assert_eq!(Change::all_from_json(&Change::all_to_json(&changes))?, changes);
    /// # Ok::<(), bailiwick::DocumentProblem>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DocumentProblem`]: the first thing in the text that is not as it should be, with its place. Whether a change can be
    /// made is asked when it is applied.
    pub fn all_from_json(text: &str) -> Result<Vec<Self>, DocumentProblem> {
        format::read::<WireChanges>(text, Format::Changes).map(WireChanges::into_domain)
    }

    /// Prints changes as a document, one a line, always in the same way.
    ///
    /// What has its default value is left out. Instants print in UTC; one outside the years 0000 to 9999, which have a text,
    /// prints as the nearest inside.
    pub fn all_to_json(changes: &[Self]) -> String {
        format::print(WireChanges::from(changes), Format::Changes)
    }
}
