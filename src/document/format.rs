//! The kinds of document, and what every one of them begins with.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::MAX_DOCUMENT_BYTES;
use super::flaw::Flaw;
use super::problem::{DocumentProblem, DocumentProblemKind, Position};
use super::scan::{Scanner, unquoted};
use super::{layout, strict};

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// What rights can speak of.
    Vocabulary,
    /// An organisation.
    Directory,
    /// Roles, and who holds them.
    Policy,
    /// A small world with questions and expected answers.
    Scenario,
    /// Edits of a policy and a directory, in the order in which they are made.
    Changes,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] =
        [Self::Vocabulary, Self::Directory, Self::Policy, Self::Scenario, Self::Changes];

    /// The version that is written and read.
    pub const VERSION: u64 = 1;

    /// What the member `format` of such a document holds.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vocabulary => "bailiwick/vocabulary",
            Self::Directory => "bailiwick/directory",
            Self::Policy => "bailiwick/policy",
            Self::Scenario => "bailiwick/scenario",
            Self::Changes => "bailiwick/changes",
        }
    }

    /// The JSON Schema (draft 2020-12) of such a document.
    ///
    /// A schema refers to its siblings by their file names, `vocabulary.json`, `directory.json` and `policy.json`: whoever
    /// validates with one gives the validator all of them.
    pub const fn schema(self) -> &'static str {
        match self {
            Self::Vocabulary => include_str!("../../schema/vocabulary.json"),
            Self::Directory => include_str!("../../schema/directory.json"),
            Self::Policy => include_str!("../../schema/policy.json"),
            Self::Scenario => include_str!("../../schema/scenario.json"),
            Self::Changes => include_str!("../../schema/changes.json"),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Reads a document of this format. The order of its members does not matter: databases that store JSON may change it.
pub(super) fn read<'de, B: Deserialize<'de>>(text: &'de str, format: Format) -> Result<B, DocumentProblem> {
    check_whole(text)?;
    match strict::read::<Headed<B>>(text) {
        Ok(document) => match mismatch(format, &document.format, document.version) {
            Some(flaw) => Err(flaw.in_text(text)),
            None => Ok(document.body),
        },
        // A document of another kind is full of unknown members. That it is another one says more.
        Err(problem) => {
            let (name, version) = peek(text);
            let name = name.unwrap_or_else(|| format.name().to_owned());
            let flaw = mismatch(format, &name, version.unwrap_or(Format::VERSION));
            Err(flaw.map_or(problem, |flaw| flaw.in_text(text)))
        }
    }
}

/// What is wrong with the text before it is looked into.
fn check_whole(text: &str) -> Result<(), DocumentProblem> {
    let kind = if text.len() > MAX_DOCUMENT_BYTES {
        DocumentProblemKind::TooLarge { limit: MAX_DOCUMENT_BYTES, found: text.len() }
    } else if text.starts_with('\u{feff}') {
        DocumentProblemKind::ByteOrderMark
    } else {
        return Ok(());
    };
    Err(DocumentProblem { kind, position: Position::START, pointer: String::new() })
}

/// Prints a document of this format.
pub(super) fn print<B: Serialize>(body: B, format: Format) -> String {
    let document = Printed { format: format.name(), version: Format::VERSION, body };
    // It cannot fail: no value of ours has a form that JSON has not.
    layout::lay_out(&serde_json::to_string(&document).unwrap_or_default())
}

fn mismatch(format: Format, name: &str, version: u64) -> Option<Flaw> {
    if name != format.name() {
        let kind = DocumentProblemKind::WrongFormat { expected: format.name(), found: name.to_owned() };
        Some(Flaw::new("/format", kind))
    } else if version != Format::VERSION {
        let kind = DocumentProblemKind::WrongVersion { expected: Format::VERSION, found: version };
        Some(Flaw::new("/version", kind))
    } else {
        None
    }
}

/// What a text that could not be read says of itself, as far as it can be walked.
fn peek(text: &str) -> (Option<String>, Option<u64>) {
    let (mut format, mut version) = (None, None);
    let mut scanner = Scanner::new(text);
    let mut more = scanner.open(b'{');
    while more {
        let (Some(name), Some(value)) = (scanner.name(), scanner.value()) else { break };
        match unquoted(name).as_deref() {
            Some("format") => format = format.or_else(|| Some(unquoted(value)?.into_owned())),
            Some("version") => version = version.or_else(|| value.parse().ok()),
            _ => {}
        }
        more = scanner.more() && (format.is_none() || version.is_none());
    }
    (format, version)
}

#[derive(Serialize)]
struct Printed<B> {
    format: &'static str,
    version: u64,
    #[serde(flatten)]
    body: B,
}

/// A document with its header. Read by hand, because `serde` reads flattened members less strictly.
struct Headed<B> {
    format: String,
    version: u64,
    body: B,
}

impl<'de, B: Deserialize<'de>> Deserialize<'de> for Headed<B> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ADocument(PhantomData))
    }
}

struct ADocument<B>(PhantomData<B>);

impl<'de, B: Deserialize<'de>> Visitor<'de> for ADocument<B> {
    type Value = Headed<B>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document (an object)")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Headed<B>, A::Error> {
        let mut header = Header { format: None, version: None };
        let body = B::deserialize(MapAccessDeserializer::new(Rest { members, header: &mut header }))?;
        Ok(Headed {
            format: header.format.ok_or_else(|| A::Error::missing_field("format"))?,
            version: header.version.ok_or_else(|| A::Error::missing_field("version"))?,
            body,
        })
    }
}

struct Header {
    format: Option<String>,
    version: Option<u64>,
}

/// The members of a document without those of its header, which are put aside.
struct Rest<'h, A> {
    members: A,
    header: &'h mut Header,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Rest<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(name) = self.members.next_key::<String>()? {
            match name.as_str() {
                "format" if self.header.format.is_some() => return Err(A::Error::duplicate_field("format")),
                "version" if self.header.version.is_some() => {
                    return Err(A::Error::duplicate_field("version"));
                }
                "format" => self.header.format = Some(self.members.next_value()?),
                "version" => self.header.version = Some(self.members.next_value::<Version>()?.0),
                _ => return seed.deserialize(StringDeserializer::new(name)).map(Some),
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.members.next_value_seed(seed)
    }
}

struct Version(u64);

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_u64(AVersion)
    }
}

struct AVersion;

impl Visitor<'_> for AVersion {
    type Value = Version;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a version (the integer {})", Format::VERSION)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Version, E> {
        Ok(Version(number))
    }
}
