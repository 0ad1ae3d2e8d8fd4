//! The corners of keys: numbers and their texts, tags, flaws.

use super::{Key, KeyFlaw, KeyRef, Name, Tag};

type AnyKey = Key<()>;

#[test]
fn an_integer_is_the_same_key_as_its_decimal_text() {
    for number in [0, 7, -1, 10, 1_000_000, i64::MAX, i64::MIN] {
        let key = AnyKey::from(number);
        assert_eq!(key, AnyKey::new(&number.to_string()));
        assert_eq!(key.tag(), Tag::of_text(&number.to_string()));
        assert_eq!(KeyRef::from(number), KeyRef::from(number.to_string().as_str()));
    }
}

#[test]
fn other_spellings_of_a_number_are_other_keys() {
    for text in ["042", "+42", "-0", "42 ", "4_2", "0x2a", "00", "-01", "4e1", "٤٢"] {
        assert_eq!(AnyKey::new(text).as_number(), None, "{text}");
        assert_eq!(AnyKey::new(text).text(), text);
    }
}

#[test]
fn an_unsigned_identifier_beyond_the_signed_range_is_its_text() {
    assert_eq!(AnyKey::from(u64::MAX), AnyKey::new("18446744073709551615"));
    assert_eq!(AnyKey::from(9_u64), AnyKey::from(9));
}

#[test]
fn flaws_are_found_and_ordinary_oddities_are_not() {
    let flaws = [("", KeyFlaw::Empty), (" a", KeyFlaw::Blanks), ("a\u{a0}", KeyFlaw::Blanks)];
    let invisible = ["a\0", "a\nb", "a\u{61c}b", "a\u{202e}b", "a\u{200b}", "\u{feff}a"]
        .map(|text| (text, KeyFlaw::Invisible));
    for (text, flaw) in flaws.into_iter().chain(invisible) {
        assert_eq!(AnyKey::new(text).flaw(), Some(flaw), "{text:?}");
    }
    assert_eq!(AnyKey::new(&"x".repeat(256)).flaw(), Some(KeyFlaw::TooLong));
    for text in ["x", "a b", "O'Brien", "100%", "\"", "Ümlaut", "👩‍👩‍👧", "U5", "-"] {
        assert_eq!(AnyKey::new(text).flaw(), None, "{text:?}");
    }
}

#[test]
fn a_name_has_the_tag_of_its_key() {
    assert_eq!(Name::<()>::new("read").tag(), AnyKey::new("read").tag());
    assert_eq!(Name::<()>::new("17").tag(), AnyKey::from(17).tag());
    assert_ne!(Tag::of_text("a").below("bc"), Tag::of_text("ab").below("c"));
}

#[test]
fn keys_sort_numbers_first_and_by_value() {
    let mut keys = ["b", "10", "a", "9", "-1"].map(AnyKey::new);
    keys.sort();
    assert_eq!(keys.map(|key| key.to_string()), ["-1", "9", "10", "a", "b"]);
}

#[test]
fn no_key_has_the_tag_of_the_unknown_handle() {
    // The last of these hashes to 0 under 32-bit FNV-1a.
    for text in ["", "0", "read", "ppkttia"] {
        assert_ne!(AnyKey::new(text).tag(), Tag(0), "{text}");
        assert_eq!(AnyKey::new(text).tag(), Name::<()>::new(text).tag());
    }
}
