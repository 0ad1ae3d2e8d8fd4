//! What things are called. The same world can be had under several namings, and must answer alike.

use bailiwick::Key;

/// A way of making keys from a noun and a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// `user3`: no two things of a world share a key.
    Words,
    /// The integer 3, for the third of every noun.
    Integers,
    /// The text "3": the same keys as the integers.
    Decimals,
    /// Keys that look alike, or like something else.
    Odd,
}

impl Naming {
    pub(crate) const ALL: [Self; 4] = [Self::Words, Self::Integers, Self::Decimals, Self::Odd];

    pub(crate) fn key<T>(self, noun: &str, number: usize) -> Key<T> {
        match self {
            Self::Words => Key::new(&format!("{noun}{number}")),
            Self::Integers => Key::from(integer(number)),
            Self::Decimals => Key::new(&integer(number).to_string()),
            Self::Odd => Key::new(&odd(noun, number)),
        }
    }
}

fn integer(number: usize) -> i64 {
    match number {
        3 => i64::MAX,
        4 => i64::MIN,
        5 => -1,
        _ => number as i64,
    }
}

fn odd(noun: &str, number: usize) -> String {
    const ODD: [&str; 12] = [
        "a",
        "A",
        "0",
        "-0",
        "9223372036854775808",
        "á",
        "a\u{301}",
        "a/b",
        "a~1b",
        "' or ''='",
        "👩\u{200d}👩\u{200d}👧",
        "%00",
    ];
    ODD.get(number).map_or_else(|| format!("{noun}:{number}"), ToString::to_string)
}
