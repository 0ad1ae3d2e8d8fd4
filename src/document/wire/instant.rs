//! Instants: RFC 3339 in the document, seconds inside.
//!
//! Read by hand because documents take less than date libraries do: one spelling, whole seconds, an offset always. What then
//! remains is the arithmetic of the calendar, which a test here compares with a date library's month by month.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use thiserror::Error;

use crate::document::problem::Quoted;
use crate::moment::calendar::{SECONDS_A_DAY, days_before, days_in};
use crate::moment::{Moment, Window};

/// An instant in a document.
///
/// Moments outside the years 0000 to 9999 have no such text. They print as the nearest that has.
#[derive(Clone, Copy)]
pub(in crate::document) struct WireInstant(pub(in crate::document) Moment);

impl Serialize for WireInstant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for WireInstant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for WireInstant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(AnInstant)
    }
}

struct AnInstant;

impl Visitor<'_> for AnInstant {
    type Value = WireInstant;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an instant (a string such as \"2026-08-01T00:00:00+03:00\")")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<WireInstant, E> {
        Moment::from_rfc3339(text).map(WireInstant).map_err(E::custom)
    }
}

/// The window between two instants of a document; what is left out is open.
pub(super) fn window(from: Option<WireInstant>, until: Option<WireInstant>) -> Window {
    let first = from.map_or(Moment::MIN, |instant| instant.0);
    Window::from(first).until(until.map_or(Moment::MAX, |instant| instant.0))
}

/// The ends of a window, as [`window`] takes them.
pub(super) fn ends(window: Window) -> (Option<WireInstant>, Option<WireInstant>) {
    (window.first().map(WireInstant), window.last().map(WireInstant))
}

/// Why a text is not an instant.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{}` is no instant: {flaw}; one is written {EXAMPLE}", Quoted(text))]
pub struct InstantProblem {
    text: String,
    flaw: &'static str,
}

const EXAMPLE: &str = "2026-08-01T00:00:00+03:00 or 2026-07-31T21:00:00Z";

impl Moment {
    /// Reads the text that instants have in documents: a date, a time in whole seconds, and `Z` or an offset.
    ///
    /// ```
    /// use bailiwick::Moment;
    ///
    /// let moment = Moment::from_rfc3339("1970-01-01T03:00:00+03:00")?;
    /// assert_eq!(moment, Moment::from_unix_seconds(0));
    /// assert_eq!(moment.to_rfc3339(), "1970-01-01T00:00:00Z");
    /// assert!(Moment::from_rfc3339("1970-01-01").is_err());
    /// # Ok::<(), bailiwick::InstantProblem>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InstantProblem`], which says what is missing or wrong.
    pub fn from_rfc3339(text: &str) -> Result<Self, InstantProblem> {
        parse(text).map_err(|flaw| InstantProblem { text: text.to_owned(), flaw })
    }

    /// The text that the moment has in documents, in UTC. A moment outside the years 0000 to 9999, which have a text, gets
    /// that of the nearest inside.
    pub fn to_rfc3339(self) -> String {
        WireInstant(self).to_string()
    }
}

/// Reads `YYYY-MM-DDThh:mm:ss` with `Z` or an offset.
fn parse(text: &str) -> Result<Moment, &'static str> {
    let mut rest = Rest(text);
    let date = rest.date()?;
    if rest.0.is_empty() {
        return Err("the time and the offset are missing");
    }
    let time = rest.time()?;
    let offset = rest.offset()?;
    let local = date * SECONDS_A_DAY + time;
    if rest.0.is_empty() {
        Ok(Moment::from_unix_seconds(local - offset))
    } else {
        Err("something follows it")
    }
}

/// What is left of the text.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    /// Days since 1970-01-01.
    fn date(&mut self) -> Result<i64, &'static str> {
        const SHAPE: &str = "it does not begin with a date";
        let year = self.number(4).ok_or(SHAPE)?;
        let month = self.eat("-").and_then(|()| self.number(2)).ok_or(SHAPE)?;
        let day = self.eat("-").and_then(|()| self.number(2)).ok_or(SHAPE)?;
        if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
            return Err("there is no such day");
        }
        Ok(days_before(year, month) + day - 1)
    }

    /// Seconds since midnight.
    fn time(&mut self) -> Result<i64, &'static str> {
        const SHAPE: &str = "no time follows the date";
        let hour = self.eat("T").and_then(|()| self.number(2)).ok_or(SHAPE)?;
        let minute = self.eat(":").and_then(|()| self.number(2)).ok_or(SHAPE)?;
        let second = self.eat(":").and_then(|()| self.number(2)).ok_or("the seconds are missing")?;
        if self.0.starts_with(['.', ',']) {
            return Err("it is finer than a second");
        }
        if hour > 23 || minute > 59 || second > 59 {
            return Err("there is no such time of day");
        }
        Ok(hour * 3600 + minute * 60 + second)
    }

    /// Seconds by which the local time is ahead.
    fn offset(&mut self) -> Result<i64, &'static str> {
        if self.0.is_empty() {
            return Err("the offset is missing, so it could be any of many instants");
        }
        if self.eat("Z").is_some() {
            return Ok(0);
        }
        const SHAPE: &str = "no offset follows the time";
        let sign = self.eat("+").map(|()| 1).or_else(|| self.eat("-").map(|()| -1)).ok_or(SHAPE)?;
        let hours = self.number(2).ok_or(SHAPE)?;
        let minutes = self.eat(":").and_then(|()| self.number(2)).ok_or(SHAPE)?;
        if hours > 23 || minutes > 59 {
            return Err("there is no such offset");
        }
        Ok(sign * (hours * 3600 + minutes * 60))
    }

    fn eat(&mut self, token: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(token)?;
        Some(())
    }

    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        number.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::{SECONDS_A_DAY, WireInstant, days_before, parse};
    use crate::moment::Moment;
    use crate::moment::calendar::date;

    /// The days between the first and the last of a month are counted alike on both sides.
    #[test]
    fn every_month_is_the_month_of_the_calendar() {
        let mut day = days_before(0, 1);
        for year in 0..=9999 {
            for month in 1..=12 {
                let first = Date::new(year, month, 1).ok();
                let days = first.map(|first| i64::from(first.days_in_month())).unwrap_or_default();
                let (year, month) = (i64::from(year), i64::from(month));
                assert_eq!(days_before(year, month), day);
                assert_eq!(date(day), (year, month, 1));
                assert_eq!(date(day + days - 1), (year, month, days));
                day += days;
            }
        }
        assert_eq!(days_before(1970, 1), 0);
    }

    #[test]
    fn every_second_of_a_day_prints_as_it_is_read() {
        for day in [-1, 0, 20_000] {
            for second in 0..SECONDS_A_DAY {
                let moment = Moment::from_unix_seconds(day * SECONDS_A_DAY + second);
                assert_eq!(parse(&WireInstant(moment).to_string()), Ok(moment));
            }
        }
    }
}
