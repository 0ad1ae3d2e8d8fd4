//! Enums: a word by itself (`"any"`), or an object with one member (`{"user": 7}`). A variant has one of the two forms, and
//! the other one is refused; only a variant whose value is an option has both.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::Members;
use super::fault::Fault;
use super::trail::Trail;
use crate::document::problem::Quoted;

/// Reads an enum from what the parser found.
pub(super) struct Choice<'t, V> {
    pub(super) visitor: V,
    pub(super) trail: &'t mut Trail,
}

impl<'de, V: Visitor<'de>> Choice<'_, V> {
    fn refuse<E: Error>(self, found: Unexpected<'_>) -> Result<V::Value, E> {
        self.trail.settle(Err(Fault::invalid_type(found, &self.visitor)))
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Choice<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<V::Value, E> {
        self.refuse(Unexpected::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<V::Value, E> {
        self.refuse(Unexpected::Signed(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<V::Value, E> {
        self.refuse(Unexpected::Unsigned(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<V::Value, E> {
        self.refuse(Unexpected::Float(number))
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.refuse(Unexpected::Unit)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<V::Value, A::Error> {
        self.refuse(Unexpected::Seq)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        let value = self.visitor.visit_enum(Word::<Fault<E>> { text, error: PhantomData });
        self.trail.settle(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let trail = self.trail;
        trail.enter();
        let value = one_member(self.visitor, Members { inner, trail: &mut *trail });
        let value = trail.settle(value)?;
        trail.leave();
        Ok(value)
    }
}

fn one_member<'de, V: Visitor<'de>, A: MapAccess<'de>>(
    visitor: V,
    mut members: A,
) -> Result<V::Value, A::Error> {
    let Some(name) = members.next_key::<String>()? else {
        return Err(A::Error::invalid_type(Unexpected::Other("an empty object"), &visitor));
    };
    let value = visitor.visit_enum(Member { name: &name, members: &mut members })?;
    match members.next_key::<String>()? {
        None => Ok(value),
        Some(second) => Err(A::Error::custom(format_args!(
            "the object has one member, which is `{name}`; `{}` cannot stand beside it",
            Quoted(&second)
        ))),
    }
}

/// A variant written as a string.
struct Word<'a, E> {
    text: &'a str,
    error: PhantomData<E>,
}

impl<'de, E: Error> EnumAccess<'de> for Word<'_, E> {
    type Error = E;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), E> {
        Ok((seed.deserialize(StrDeserializer::new(self.text))?, self))
    }
}

impl<E: Error> Word<'_, E> {
    fn lacks_value<T>(self) -> Result<T, E> {
        Err(E::custom(format_args!("`{0}` needs a value: {{\"{0}\": …}}", self.text)))
    }
}

impl<'de, E: Error> VariantAccess<'de> for Word<'_, E> {
    type Error = E;

    fn unit_variant(self) -> Result<(), E> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, E> {
        seed.deserialize(NoValue(self))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, E> {
        self.lacks_value()
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, E> {
        self.lacks_value()
    }
}

/// The value of a variant that was written without one.
struct NoValue<'a, E>(Word<'a, E>);

impl<'de, E: Error> Deserializer<'de> for NoValue<'_, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        self.0.lacks_value()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A variant written as the one member of an object.
struct Member<'a, A> {
    name: &'a str,
    members: &'a mut A,
}

impl<'de, A: MapAccess<'de>> EnumAccess<'de> for Member<'_, A> {
    type Error = A::Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), A::Error> {
        Ok((seed.deserialize(StrDeserializer::new(self.name))?, self))
    }
}

impl<'de, A: MapAccess<'de>> VariantAccess<'de> for Member<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        Err(A::Error::custom(format_args!(
            "`{0}` takes no value and is written as a string: \"{0}\"",
            self.name
        )))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.members.next_value_seed(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, A::Error> {
        Err(A::Error::invalid_type(Unexpected::Map, &visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.members.next_value_seed(Fields { fields, visitor })
    }
}

/// The members of a variant that has some of its own.
struct Fields<V> {
    fields: &'static [&'static str],
    visitor: V,
}

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Fields<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        inner.deserialize_struct("", self.fields, self.visitor)
    }
}
