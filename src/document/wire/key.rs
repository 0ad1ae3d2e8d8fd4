//! Keys: a text, or an integer that stands for its decimal text.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::key::Key;

/// A key in a document. Whether it can be used is not asked here; compiling a snapshot reports that.
pub(in crate::document) struct WireKey<T>(pub(in crate::document) Key<T>);

/// The largest integer that every reader of JSON takes for what it is: above it, a reader that keeps numbers as doubles
/// would confuse two keys.
const LARGEST_EXACT: u64 = (1 << 53) - 1;

impl<T> Serialize for WireKey<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_number() {
            Some(number) if number.unsigned_abs() <= LARGEST_EXACT => serializer.serialize_i64(number),
            Some(_) | None => serializer.serialize_str(&self.0.text()),
        }
    }
}

impl<'de, T> Deserialize<'de> for WireKey<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AKey(PhantomData)).map(Self)
    }
}

struct AKey<T>(PhantomData<T>);

impl<T> Visitor<'_> for AKey<T> {
    type Value = Key<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key (a string or an integer)")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Key<T>, E> {
        Ok(Key::new(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Key<T>, E> {
        Ok(Key::from(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Key<T>, E> {
        Ok(Key::from(number))
    }

    /// Also what is written as an integer and is too large for one: the parser hands it on as a float.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Key<T>, E> {
        Err(E::custom(format_args!(
            "a key is a string or an integer of 64 bits, not the number {number:?}; write it as a string"
        )))
    }
}

pub(in crate::document) fn keys<T>(keys: Vec<WireKey<T>>) -> Vec<Key<T>> {
    keys.into_iter().map(|key| key.0).collect()
}

pub(in crate::document) fn wire_keys<T>(keys: &[Key<T>]) -> Vec<WireKey<T>> {
    keys.iter().map(WireKey::from).collect()
}

impl<T> From<&Key<T>> for WireKey<T> {
    fn from(key: &Key<T>) -> Self {
        Self(key.clone())
    }
}
