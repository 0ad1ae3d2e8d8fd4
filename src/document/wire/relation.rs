//! Relations: a list of words in the document, a set inside. Parties and flags are named, and numbered by the vocabulary that
//! the list stands in.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::document::flaw::Flaw;
use crate::document::problem::DocumentProblemKind;
use crate::key::Key;
use crate::vocabulary::{Flag, Party, Relations};

/// The relations that have a word of their own, in the order in which they print.
const WORDS: [(&str, Relations); 17] = [
    ("own", Relations::OWN),
    ("department", Relations::DEPARTMENT),
    ("subdepartments", Relations::SUBDEPARTMENTS),
    ("subordinates", Relations::SUBORDINATES),
    ("involves_subordinates", Relations::INVOLVES_SUBORDINATES),
    ("own_heads", Relations::OWN_HEADS),
    ("peers", Relations::PEERS),
    ("other_heads", Relations::OTHER_HEADS),
    ("other_employees", Relations::OTHER_EMPLOYEES),
    ("elsewhere", Relations::ELSEWHERE),
    ("observed", Relations::OBSERVED),
    ("linked", Relations::LINKED),
    ("hosted", Relations::HOSTED),
    ("shared", Relations::SHARED),
    ("staff_mates", Relations::STAFF_MATES),
    ("client_mates", Relations::CLIENT_MATES),
    ("always", Relations::ALWAYS),
];

/// What can stand in a list of relations, for messages.
const FORMS: &[&str] = &[
    "own",
    "department",
    "subdepartments",
    "subordinates",
    "involves_subordinates",
    "own_heads",
    "peers",
    "other_heads",
    "other_employees",
    "elsewhere",
    "observed",
    "linked",
    "hosted",
    "shared",
    "staff_mates",
    "client_mates",
    "always",
    "party:<key>",
    "flag:<key>",
];

/// One relation in a document.
pub(in crate::document) enum WireRelation {
    Word(&'static str, Relations),
    Party(Key<Party>),
    Flag(Key<Flag>),
}

impl fmt::Display for WireRelation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word, _) => f.write_str(word),
            Self::Party(key) => write!(f, "party:{key}"),
            Self::Flag(key) => write!(f, "flag:{key}"),
        }
    }
}

impl Serialize for WireRelation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WireRelation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(ARelation)
    }
}

struct ARelation;

impl Visitor<'_> for ARelation {
    type Value = WireRelation;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a relation (a string such as \"own\" or \"flag:open\")")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<WireRelation, E> {
        if let Some(key) = text.strip_prefix("party:") {
            Ok(WireRelation::Party(key.into()))
        } else if let Some(key) = text.strip_prefix("flag:") {
            Ok(WireRelation::Flag(key.into()))
        } else {
            let word = WORDS.into_iter().find(|(word, _)| *word == text);
            word.map(|(word, relation)| WireRelation::Word(word, relation))
                .ok_or_else(|| E::unknown_variant(text, FORMS))
        }
    }
}

/// The parties and flags of a vocabulary, by which its lists of relations are read and printed.
pub(super) struct Slots {
    parties: Vec<Key<Party>>,
    flags: Vec<Key<Flag>>,
}

impl Slots {
    pub(super) fn new<'k>(parties: impl IntoIterator<Item = &'k Key<Party>>, flags: &[Key<Flag>]) -> Self {
        Self { parties: parties.into_iter().cloned().collect(), flags: flags.to_vec() }
    }

    /// The set that a list stands for. The list is the member of this name.
    pub(super) fn read(&self, list: &str, words: &[WireRelation]) -> Result<Relations, Flaw> {
        let mut all = Relations::empty();
        for (at, word) in words.iter().enumerate() {
            let relation = self.relation(word);
            let relation = match relation {
                Ok(relation) if all.contains(relation) => {
                    Err(DocumentProblemKind::Repeated { word: word.to_string() })
                }
                other => other,
            };
            all |= relation.map_err(|kind| Flaw::new(format!("/{list}/{at}"), kind))?;
        }
        Ok(all)
    }

    fn relation(&self, word: &WireRelation) -> Result<Relations, DocumentProblemKind> {
        match word {
            WireRelation::Word(_, relation) => Ok(*relation),
            WireRelation::Party(key) => number(&self.parties, key)
                .map(|number| Party::nth(number).relation())
                .ok_or_else(|| undeclared("party", key)),
            WireRelation::Flag(key) => number(&self.flags, key)
                .map(|number| Flag::nth(number).relation())
                .ok_or_else(|| undeclared("flag", key)),
        }
    }

    /// The list that stands for a set. A party or flag that the vocabulary does not name prints as a name that cannot be
    /// read back, for there is no right one; such a vocabulary does not compile either.
    pub(super) fn print(&self, relations: Relations) -> Vec<WireRelation> {
        let words = WORDS.into_iter().filter(|(_, relation)| relations.contains(*relation));
        let words = words.map(|(word, relation)| WireRelation::Word(word, relation));
        let parties = (0..SLOTS).filter(|n| relations.contains(Party::nth(*n).relation()));
        let parties = parties.map(|number| WireRelation::Party(name(&self.parties, number)));
        let flags = (0..SLOTS).filter(|n| relations.contains(Flag::nth(*n).relation()));
        let flags = flags.map(|number| WireRelation::Flag(name(&self.flags, number)));
        words.chain(parties).chain(flags).collect()
    }
}

/// How many parties, and how many flags, a vocabulary can number.
const SLOTS: u8 = Party::COUNT as u8;

/// The number of the first slot with this key.
fn number<T>(slots: &[Key<T>], key: &Key<T>) -> Option<u8> {
    (0..SLOTS).zip(slots).find(|(_, slot)| *slot == key).map(|(number, _)| number)
}

fn name<T>(slots: &[Key<T>], number: u8) -> Key<T> {
    let unnamed = || Key::new(&format!("unnamed {number}"));
    slots.get(usize::from(number)).cloned().unwrap_or_else(unnamed)
}

fn undeclared<T>(noun: &'static str, key: &Key<T>) -> DocumentProblemKind {
    DocumentProblemKind::Undeclared { noun, key: key.to_string() }
}
