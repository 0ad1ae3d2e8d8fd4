//! Reading to the letter: a deserializer around the one of `serde_json` that accepts less and says more.
//!
//! What `serde` and `serde_json` let pass by themselves, and this does not: an array in place of an object, `null` in place of
//! a member that is left out, an enum's word written as an object, further members beside an enum's one. What they do not
//! tell, and this does: which kind of problem it is, as a value, and which way leads to it.
//!
//! Invariant: every value is asked for as "any", so that `serde_json` never judges a value itself; it finds syntax errors, and
//! every other problem is raised as a [`Fault::Ours`].
//!
//! Deliberately absent: strings kept for the way. It is a list of numbers while reading; when something is wrong, the
//! names and the position are found again in the text.

mod choice;
mod fault;
mod trail;
mod watched;

pub(super) use trail::{Site, Step};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::locate;
use super::problem::{DocumentProblem, DocumentProblemKind};
use choice::Choice;
use fault::Fault;
use trail::Trail;
use watched::Watched;

/// Reads a whole text as one value.
pub(super) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, DocumentProblem> {
    let mut trail = Trail::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(Strict { inner: &mut json, trail: &mut trail });
    let value = value.and_then(|value| json.end().map_err(Fault::Inner).map(|()| value));
    value.map_err(|fault| problem(text, fault, trail))
}

fn problem(text: &str, fault: Fault<serde_json::Error>, trail: Trail) -> DocumentProblem {
    let (steps, noted) = trail.into_parts();
    let found = locate::follow(text, &steps);
    let (kind, offset) = match (noted, fault) {
        (Some(kind), _) | (None, Fault::Ours(kind)) => (kind, found.offset),
        (None, Fault::Inner(error)) => {
            let offset = locate::offset(text, error.line(), error.column());
            (DocumentProblemKind::Syntax { message: message(&error) }, offset)
        }
    };
    DocumentProblem { kind, position: locate::position(text, offset), pointer: found.pointer }
}

/// The message without the place, which is told apart from it.
fn message(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    whole.strip_suffix(&place).unwrap_or(&whole).to_owned()
}

/// A deserializer that accepts less.
struct Strict<'t, D> {
    inner: D,
    trail: &'t mut Trail,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<'_, D> {
    type Error = Fault<D::Error>;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let watched = Watched { visitor, trail: self.trail, arrays: true };
        self.inner.deserialize_any(watched).map_err(Fault::Inner)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let watched = Watched { visitor, trail: self.trail, arrays: false };
        self.inner.deserialize_any(watched).map_err(Fault::Inner)
    }

    /// A member that is not left out has a value: `null` is none.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.inner.deserialize_any(Choice { visitor, trail: self.trail }).map_err(Fault::Inner)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf unit unit_struct seq tuple tuple_struct identifier ignored_any
    }
}

/// A value inside another.
struct Seed<'t, S> {
    seed: S,
    trail: &'t mut Trail,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Seed<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        let trail = self.trail;
        let value = self.seed.deserialize(Strict { inner, trail: &mut *trail });
        trail.settle(value)
    }
}

/// The members of an object.
struct Members<'t, A> {
    inner: A,
    trail: &'t mut Trail,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<'_, A> {
    type Error = Fault<A::Error>;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        self.trail.advance(Site::Name);
        let key = self.inner.next_key_seed(Seed { seed, trail: self.trail }).map_err(Fault::Inner)?;
        if key.is_none() {
            self.trail.stand(Site::Whole);
        }
        Ok(key)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        self.trail.stand(Site::Value);
        self.inner.next_value_seed(Seed { seed, trail: self.trail }).map_err(Fault::Inner)
    }
}

/// The items of an array.
struct Items<'t, A> {
    inner: A,
    trail: &'t mut Trail,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<'_, A> {
    type Error = Fault<A::Error>;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Self::Error> {
        self.trail.advance(Site::Value);
        let item = self.inner.next_element_seed(Seed { seed, trail: self.trail }).map_err(Fault::Inner)?;
        if item.is_none() {
            self.trail.stand(Site::Whole);
        }
        Ok(item)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}
