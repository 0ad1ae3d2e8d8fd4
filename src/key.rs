//! Names. Outside, everything has a *key*; inside, everything has a position; a *handle* is the bridge.
//!
//! A [`Key`] is what the application already calls the thing: text, or an integer, which is the same key as its
//! decimal text (databases have `bigint` ids, JSON and access codes have text). A [`Handle`] is a key that one
//! snapshot has already looked up: eight bytes, `Copy`, asked with in constant time. A [`Name`] is a key that is
//! known when the program is compiled, such as the constants of the presets; it can be used as either.
//!
//! Invariant: a handle is a position *and* a tag, a hash of the key. A snapshot accepts a handle only when the thing at
//! that position carries that tag, so a handle from another snapshot either means the same key or is unknown, and
//! unknown means deny. (Two different keys share a tag once in four thousand million. The tag guards against mistakes and
//! not against keys that somebody chose to collide: across a border of trust, carry keys.)
//!
//! Deliberately absent: case folding, trimming and Unicode normalisation. Keys are equal when their bytes are.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

/// The longest key that compiles, in bytes.
pub const MAX_KEY_BYTES: usize = 255;

/// The name of a `T`: text, or an integer that equals its own decimal text.
///
/// Making a key never fails. A key that is not usable (empty, too long, surrounded by blanks, holding control or
/// direction-changing characters) is reported when a snapshot is compiled, with the place where it stands.
///
/// Integers sort before texts, and by value.
///
/// ```
/// use bailiwick::{Key, User};
///
/// assert_eq!(Key::<User>::from(42), Key::from("42"));
/// assert_ne!(Key::<User>::from(42), Key::from("042"));
/// ```
pub struct Key<T> {
    repr: Repr,
    of: PhantomData<fn() -> T>,
}

/// Invariant: text that is the canonical decimal form of an `i64` is always `Number`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Repr {
    Number(i64),
    Text(Arc<str>),
}

/// What is wrong with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFlaw {
    /// The key is the empty text.
    Empty,
    /// The key is longer than [`MAX_KEY_BYTES`].
    TooLong,
    /// The key begins or ends with white space.
    Blanks,
    /// The key holds a control character, a zero-width space or a character that changes the writing direction:
    /// two keys that look alike would be different.
    Invisible,
}

impl fmt::Display for KeyFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty",
            Self::TooLong => "is longer than 255 bytes",
            Self::Blanks => "begins or ends with white space",
            Self::Invisible => "holds an invisible character",
        })
    }
}

impl<T> Key<T> {
    /// The key with this text.
    pub fn new(text: &str) -> Self {
        let repr = canonical_number(text).map_or_else(|| Repr::Text(Arc::from(text)), Repr::Number);
        Self { repr, of: PhantomData }
    }

    /// The same key, of something else.
    pub(crate) fn cast<U>(&self) -> Key<U> {
        Key { repr: self.repr.clone(), of: PhantomData }
    }

    /// The integer, if the key is one.
    pub fn as_number(&self) -> Option<i64> {
        match &self.repr {
            Repr::Number(number) => Some(*number),
            Repr::Text(_) => None,
        }
    }

    /// The text of the key; the decimal text of an integer.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.repr {
            Repr::Number(number) => Cow::Owned(number.to_string()),
            Repr::Text(text) => Cow::Borrowed(text),
        }
    }

    /// What makes this key unusable, if anything does.
    pub fn flaw(&self) -> Option<KeyFlaw> {
        let Repr::Text(text) = &self.repr else { return None };
        if text.is_empty() {
            Some(KeyFlaw::Empty)
        } else if text.len() > MAX_KEY_BYTES {
            Some(KeyFlaw::TooLong)
        } else if text.chars().any(is_invisible) {
            Some(KeyFlaw::Invisible)
        } else if text.trim().len() != text.len() {
            Some(KeyFlaw::Blanks)
        } else {
            None
        }
    }

    pub(crate) fn tag(&self) -> Tag {
        match &self.repr {
            Repr::Number(number) => Tag::of_number(*number),
            Repr::Text(text) => Tag::of_text(text),
        }
    }

    pub(crate) fn borrow(&self) -> KeyRef<'_> {
        match &self.repr {
            Repr::Number(number) => KeyRef(RefRepr::Number(*number)),
            Repr::Text(text) => KeyRef(RefRepr::Text(text)),
        }
    }
}

/// Zero-width joiners stay allowed: emoji and several scripts need them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The number whose decimal text this is, to the letter: no plus sign, no leading zeros, no `-0`.
fn canonical_number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let leading_zero = digits.starts_with('0') && text.len() > 1;
    if leading_zero || !digits.starts_with(|c: char| c.is_ascii_digit()) { None } else { text.parse().ok() }
}

/// A key borrowed for a look-up: from text, an integer, a [`Key`] or a [`Name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyRef<'a>(RefRepr<'a>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum RefRepr<'a> {
    Number(i64),
    Text(&'a str),
    Absent,
}

impl KeyRef<'_> {
    /// The key of nothing, as an empty column of a database gives it; no look-up finds it.
    pub const ABSENT: Self = Self(RefRepr::Absent);

    #[inline]
    pub(crate) fn number(self) -> Option<i64> {
        match self.0 {
            RefRepr::Number(number) => Some(number),
            RefRepr::Text(_) | RefRepr::Absent => None,
        }
    }
}

/// An empty column is the key of nothing.
impl<'a, K: Into<KeyRef<'a>>> From<Option<K>> for KeyRef<'a> {
    fn from(column: Option<K>) -> Self {
        column.map_or(Self::ABSENT, Into::into)
    }
}

impl<'a> From<&'a str> for KeyRef<'a> {
    fn from(text: &'a str) -> Self {
        Self(canonical_number(text).map_or(RefRepr::Text(text), RefRepr::Number))
    }
}

impl<'a> From<&'a String> for KeyRef<'a> {
    fn from(text: &'a String) -> Self {
        Self::from(text.as_str())
    }
}

impl<'a, T> From<&'a Key<T>> for KeyRef<'a> {
    fn from(key: &'a Key<T>) -> Self {
        key.borrow()
    }
}

impl<T> From<Name<T>> for KeyRef<'static> {
    fn from(name: Name<T>) -> Self {
        Self::from(name.text)
    }
}

macro_rules! from_small_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for KeyRef<'_> {
            fn from(number: $integer) -> Self {
                Self(RefRepr::Number(i64::from(number)))
            }
        }

        impl<T> From<$integer> for Key<T> {
            fn from(number: $integer) -> Self {
                Self { repr: Repr::Number(i64::from(number)), of: PhantomData }
            }
        }
    )*};
}
from_small_integers!(i64 i32 u32 u16);

/// An identifier above `i64::MAX` is its decimal text, as everywhere else.
impl<T> From<u64> for Key<T> {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or_else(|_| Self::new(&number.to_string()), Self::from)
    }
}

impl<T> From<&str> for Key<T> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl<T> From<String> for Key<T> {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl<T> From<&Key<T>> for Key<T> {
    fn from(key: &Key<T>) -> Self {
        key.clone()
    }
}

impl<T> From<Name<T>> for Key<T> {
    fn from(name: Name<T>) -> Self {
        Self::new(name.text)
    }
}

// Written by hand: deriving would ask the same of `T`, which is only a marker here.
impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        Self { repr: self.repr.clone(), of: PhantomData }
    }
}

impl<T> PartialEq for Key<T> {
    fn eq(&self, other: &Self) -> bool {
        self.repr == other.repr
    }
}

impl<T> Eq for Key<T> {}

impl<T> PartialOrd for Key<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Key<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.repr.cmp(&other.repr)
    }
}

impl<T> Hash for Key<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.repr.hash(state);
    }
}

impl<T> fmt::Display for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.repr {
            Repr::Number(number) => number.fmt(f),
            Repr::Text(text) => text.fmt(f),
        }
    }
}

impl<T> fmt::Debug for Key<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.repr {
            Repr::Number(number) => number.fmt(f),
            Repr::Text(text) => text.fmt(f),
        }
    }
}

/// A hash of a key, the same for every way of writing it, and computable in a constant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Tag(pub(crate) u32);

impl Tag {
    const START: u32 = 0x811c_9dc5;

    /// One step of FNV-1a.
    const fn step(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u32).wrapping_mul(0x0100_0193))
    }

    const fn of_text(text: &str) -> Self {
        Self(Self::START).then_text(text).of_something()
    }

    /// Tag 0 is the unknown handle's: no key has it.
    const fn of_something(self) -> Self {
        if self.0 == 0 { Self(1) } else { self }
    }

    const fn then_text(self, text: &str) -> Self {
        let mut tag = self;
        let mut rest = text.as_bytes();
        while let [first, more @ ..] = rest {
            tag = tag.step(*first);
            rest = more;
        }
        tag
    }

    /// The tag of the number's decimal text, without writing the text.
    fn of_number(number: i64) -> Self {
        let mut tag = Self(Self::START);
        if number < 0 {
            tag = tag.step(b'-');
        }
        let size = number.unsigned_abs();
        let mut unit = 1_u64;
        while size / unit >= 10 {
            unit *= 10;
        }
        while unit > 0 {
            tag = tag.step(b'0' + (size / unit % 10) as u8);
            unit /= 10;
        }
        tag.of_something()
    }

    /// The tag of a path: of `self`, then of `part` below it. The separator occurs in no usable key.
    pub(crate) const fn below(self, part: &str) -> Self {
        self.step(0).then_text(part).of_something()
    }
}

/// A key that a snapshot has already looked up. Small, `Copy`, and safe to keep: in another snapshot it either means
/// the same key or is unknown, and what is unknown is denied.
pub struct Handle<T> {
    pub(crate) position: u32,
    pub(crate) tag: Tag,
    of: PhantomData<fn() -> T>,
}

impl<T> Handle<T> {
    /// A position that no snapshot has: the handle is found by its tag, if at all.
    const ANYWHERE: u32 = u32::MAX;

    pub(crate) const fn new(position: u32, tag: Tag) -> Self {
        Self { position, tag, of: PhantomData }
    }

    pub(crate) const fn anywhere(tag: Tag) -> Self {
        Self::new(Self::ANYWHERE, tag)
    }

    /// The handle of nothing: unknown in every snapshot.
    pub const fn unknown() -> Self {
        Self::new(Self::ANYWHERE, Tag(0))
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Handle<T> {}

impl<T> PartialEq for Handle<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.position, self.tag) == (other.position, other.tag)
    }
}

impl<T> Eq for Handle<T> {}

impl<T> Hash for Handle<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.position, self.tag).hash(state);
    }
}

impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({}, {:08x})", self.position, self.tag.0)
    }
}

/// A look-up that found nothing is the unknown handle, so that the answer is a denial and not a missing question.
impl<T> From<Option<Handle<T>>> for Handle<T> {
    fn from(found: Option<Handle<T>>) -> Self {
        found.unwrap_or(Self::unknown())
    }
}

/// A key that is known when the program is compiled. Stands wherever a [`Key`] or a [`Handle`] is asked for, in every
/// snapshot whose vocabulary has it.
///
/// ```
/// use bailiwick::{Action, Key, Name};
///
/// const APPROVE: Name<Action> = Name::new("approve");
/// assert_eq!(Key::from(APPROVE), Key::new("approve"));
/// ```
pub struct Name<T> {
    text: &'static str,
    tag: Tag,
    of: PhantomData<fn() -> T>,
}

impl<T> Name<T> {
    /// The name with this text.
    pub const fn new(text: &'static str) -> Self {
        Self { text, tag: Tag::of_text(text), of: PhantomData }
    }

    /// The text.
    pub const fn text(self) -> &'static str {
        self.text
    }

    pub(crate) const fn tag(self) -> Tag {
        self.tag
    }
}

impl<T> Clone for Name<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Name<T> {}

impl<T> fmt::Debug for Name<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text, f)
    }
}

impl<T> From<Name<T>> for Handle<T> {
    fn from(name: Name<T>) -> Self {
        Self::anywhere(name.tag)
    }
}

#[cfg(test)]
mod tests;
