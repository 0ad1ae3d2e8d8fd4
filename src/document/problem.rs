//! What can be wrong with the text of a document, and where in the text.
//!
//! Its own type, beside the problems of compiling: those speak of values and their keys, these of a text and its lines.

use std::fmt;

use thiserror::Error;

/// A place in a text. Both numbers begin at 1; columns count characters, as editors do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

impl Position {
    pub(super) const START: Self = Self { line: 1, column: 1 };
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Why a text is not the document that it should be: the first thing that is wrong, and where.
///
/// Printed, it reads `3:14: a key (a string or an integer) belongs here, not an array (at /users/0/key)`. What is quoted from the
/// document is escaped and cut short, so that it can be printed anywhere; the accessors give it whole.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{position}: {kind}{}", Way(pointer))]
pub struct DocumentProblem {
    pub(super) kind: DocumentProblemKind,
    pub(super) position: Position,
    pub(super) pointer: String,
}

/// The pointer in brackets; nothing for the document itself.
struct Way<'a>(&'a str);

impl fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " (at {})", Quoted(self.0)) }
    }
}

/// A text from a document, in a message: without line breaks or anything else that would act on a terminal, and not too long.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl Quoted<'_> {
    const MOST: usize = 120;
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(Self::MOST) {
            None => self.0.escape_debug().fmt(f),
            Some((end, _)) => write!(f, "{}…", self.0.get(..end).unwrap_or_default().escape_debug()),
        }
    }
}

impl DocumentProblem {
    /// What is wrong.
    pub fn kind(&self) -> &DocumentProblemKind {
        &self.kind
    }

    /// The stable code of this kind of problem.
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// Where the text is wrong.
    pub fn position(&self) -> Position {
        self.position
    }

    /// The JSON pointer (RFC 6901) to what is wrong, as far as the text could be read; empty for the document itself.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }
}

/// What can be wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DocumentProblemKind {
    /// The text is longer than [`MAX_DOCUMENT_BYTES`](super::MAX_DOCUMENT_BYTES).
    #[error("the document has {found} bytes; the limit is {limit}")]
    TooLarge {
        /// The limit.
        limit: usize,
        /// How many bytes there are.
        found: usize,
    },
    /// The text begins with a byte order mark.
    #[error("the document begins with a byte order mark; save it as plain UTF-8")]
    ByteOrderMark,
    /// The text is not JSON.
    #[error("this is not JSON: {message}")]
    Syntax {
        /// Why not.
        message: String,
    },
    /// The document says that it is another one.
    #[error("a document of format `{expected}` belongs here, not `{}`", Quoted(found))]
    WrongFormat {
        /// The format asked for.
        expected: &'static str,
        /// The format found.
        found: String,
    },
    /// The document has a version that this crate does not read.
    #[error("this is version {found} of the format; version {expected} can be read")]
    WrongVersion {
        /// The version that can be read.
        expected: u64,
        /// The version found.
        found: u64,
    },
    /// An object has a member that it cannot have.
    #[error("there is no member `{}` here; there {known}", Quoted(name))]
    UnknownMember {
        /// Its name.
        name: String,
        /// Which members there are.
        known: Words,
    },
    /// An object has a member twice.
    #[error("member `{name}` stands here a second time")]
    DuplicateMember {
        /// Its name.
        name: String,
    },
    /// An object lacks a member that it must have.
    #[error("member `{name}` is missing")]
    MissingMember {
        /// Its name.
        name: String,
    },
    /// A value of the wrong kind, such as an array where an object belongs.
    #[error("{expected} belongs here, not {found}")]
    WrongType {
        /// What belongs here.
        expected: String,
        /// What was found.
        found: String,
    },
    /// A word that is none of those that can stand here.
    #[error("`{}` cannot stand here; there {known}", Quoted(word))]
    UnknownWord {
        /// The word.
        word: String,
        /// Which words there are.
        known: Words,
    },
    /// A value of the right kind that cannot stand here.
    #[error("{message}")]
    InvalidValue {
        /// Why not.
        message: String,
    },
    /// A document refers to something that must be declared in it and is not.
    #[error("{noun} `{}` is not declared", Quoted(key))]
    Undeclared {
        /// What: a party, a flag, a record.
        noun: &'static str,
        /// Its key.
        key: String,
    },
    /// Something stands twice in a list that is a set.
    #[error("`{}` stands in this list twice", Quoted(word))]
    Repeated {
        /// What.
        word: String,
    },
    /// A question of a scenario can never have the answer that is expected.
    #[error("a question of kind `{ask}` cannot have this answer; it can have {answers}")]
    WrongExpectation {
        /// The kind of question.
        ask: &'static str,
        /// The answers that it can have.
        answers: &'static str,
    },
}

impl DocumentProblemKind {
    /// The stable code of this kind of problem.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too-large",
            Self::ByteOrderMark => "byte-order-mark",
            Self::Syntax { .. } => "syntax",
            Self::WrongFormat { .. } => "wrong-format",
            Self::WrongVersion { .. } => "wrong-version",
            Self::UnknownMember { .. } => "unknown-member",
            Self::DuplicateMember { .. } => "duplicate-member",
            Self::MissingMember { .. } => "missing-member",
            Self::WrongType { .. } => "wrong-type",
            Self::UnknownWord { .. } => "unknown-word",
            Self::InvalidValue { .. } => "invalid-value",
            Self::Undeclared { .. } => "undeclared",
            Self::Repeated { .. } => "repeated",
            Self::WrongExpectation { .. } => "wrong-expectation",
        }
    }
}

/// The words that can stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub(super) &'static [&'static str]);

impl Words {
    /// The words.
    pub fn iter(self) -> std::slice::Iter<'static, &'static str> {
        self.0.iter()
    }
}

impl IntoIterator for Words {
    type Item = &'static &'static str;
    type IntoIter = std::slice::Iter<'static, &'static str>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => f.write_str("are none"),
            [only] => write!(f, "is only `{only}`"),
            [first, rest @ ..] => {
                write!(f, "are `{first}`")?;
                rest.iter().try_for_each(|word| write!(f, ", `{word}`"))
            }
        }
    }
}
