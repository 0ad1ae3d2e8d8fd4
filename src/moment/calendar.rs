//! The Gregorian calendar: what is needed to print an instant and to read one, and no more.
//!
//! Its own file because moments are printed for people and read from documents, and both must count alike. A test of the
//! documents compares it with a date library's month by month.

use std::fmt;

use crate::moment::Moment;

pub(crate) const SECONDS_A_DAY: i64 = 86_400;

/// In UTC, as RFC 3339 writes it. A moment outside the years 0000 to 9999, which have such a text, prints as the nearest inside.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = days_before(0, 1) * SECONDS_A_DAY;
        let last = days_before(10_000, 1) * SECONDS_A_DAY - 1;
        let seconds = self.unix_seconds().clamp(first, last);
        let (year, month, day) = date(seconds.div_euclid(SECONDS_A_DAY));
        let time = seconds.rem_euclid(SECONDS_A_DAY);
        let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(crate) fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days from 1970-01-01 to the first of the month; for years from 0.
pub(crate) fn days_before(year: i64, month: i64) -> i64 {
    const YEARS_TO_1970: i64 = 719_528;
    let leaps = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    let months: i64 = (1..month).map(|month| days_in(year, month)).sum();
    year * 365 + leaps + months - YEARS_TO_1970
}

/// The year, month and day of a day since 1970-01-01; for years from 0.
pub(crate) fn date(day: i64) -> (i64, i64, i64) {
    // 400 years have 146,097 days, and no year begins a year early or late by that measure.
    let guess = (day - days_before(0, 1)) * 400 / 146_097 - 1;
    let year = (guess..).take_while(|year| days_before(*year, 1) <= day).last().unwrap_or(guess);
    let month = (1..=12).take_while(|month| days_before(year, *month) <= day).last().unwrap_or(1);
    (year, month, day - days_before(year, month) + 1)
}
