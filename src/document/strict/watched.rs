//! A visitor between the parser and the visitor that was asked for: it keeps the trail and refuses what may not stand here.

use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::fault::Fault;
use super::trail::Trail;
use super::{Items, Members};

/// Passes on what the parser found.
pub(super) struct Watched<'t, V> {
    pub(super) visitor: V,
    pub(super) trail: &'t mut Trail,
    /// Whether an array may stand here.
    pub(super) arrays: bool,
}

impl<'de, V: Visitor<'de>> Watched<'_, V> {
    fn pass<E: Error>(self, on: impl FnOnce(V) -> Result<V::Value, Fault<E>>) -> Result<V::Value, E> {
        let value = on(self.visitor);
        self.trail.settle(value)
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Watched<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<V::Value, E> {
        self.pass(|visitor| visitor.visit_bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<V::Value, E> {
        self.pass(|visitor| visitor.visit_i64(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<V::Value, E> {
        self.pass(|visitor| visitor.visit_u64(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<V::Value, E> {
        self.pass(|visitor| visitor.visit_f64(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.pass(|visitor| visitor.visit_str(text))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.pass(|visitor| visitor.visit_borrowed_str(text))
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.pass(|visitor| visitor.visit_unit())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        if !self.arrays {
            return self.pass(|visitor| Err(Fault::invalid_type(Unexpected::Seq, &visitor)));
        }
        let trail = self.trail;
        trail.enter();
        let value = self.visitor.visit_seq(Items { inner, trail: &mut *trail });
        let value = trail.settle(value)?;
        trail.leave();
        Ok(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let trail = self.trail;
        trail.enter();
        let value = self.visitor.visit_map(Members { inner, trail: &mut *trail });
        let value = trail.settle(value)?;
        trail.leave();
        Ok(value)
    }
}
