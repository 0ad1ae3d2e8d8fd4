//! The error inside reading: either the syntax error of the parser below, untouched, or a problem of ours as a value.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use crate::document::problem::{DocumentProblemKind, Quoted, Words};

/// What stopped the reading.
#[derive(Debug)]
pub(super) enum Fault<E> {
    /// What the deserializer below says.
    Inner(E),
    /// What we say.
    Ours(DocumentProblemKind),
}

impl<E: fmt::Display> fmt::Display for Fault<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inner(error) => error.fmt(f),
            Self::Ours(kind) => kind.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for Fault<E> {}

impl<E: Error> Error for Fault<E> {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Ours(DocumentProblemKind::InvalidValue { message: message.to_string() })
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        // The one name that serde has for something of its own and JSON has another for.
        let expected = expected.to_string().replace("a sequence", "an array");
        let found = describe(found);
        Self::Ours(DocumentProblemKind::WrongType { expected, found })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("{expected} belongs here, not {}", describe(found)))
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        Self::Ours(DocumentProblemKind::UnknownWord { word: word.to_owned(), known: Words(known) })
    }

    fn unknown_field(name: &str, known: &'static [&'static str]) -> Self {
        Self::Ours(DocumentProblemKind::UnknownMember { name: name.to_owned(), known: Words(known) })
    }

    fn missing_field(name: &'static str) -> Self {
        Self::Ours(DocumentProblemKind::MissingMember { name: name.to_owned() })
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::Ours(DocumentProblemKind::DuplicateMember { name: name.to_owned() })
    }
}

/// The value that was found, in the words of JSON.
fn describe(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(number) => format!("the number {number}"),
        Unexpected::Signed(number) => format!("the number {number}"),
        Unexpected::Float(number) => format!("the number {number:?}"),
        Unexpected::Str(text) => format!("the string `{}`", Quoted(text)),
        Unexpected::Unit | Unexpected::Option => "`null`".to_owned(),
        Unexpected::Seq => "an array".to_owned(),
        Unexpected::Map => "an object".to_owned(),
        other @ (Unexpected::Char(_)
        | Unexpected::Bytes(_)
        | Unexpected::NewtypeStruct
        | Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant
        | Unexpected::Other(_)) => other.to_string(),
    }
}
