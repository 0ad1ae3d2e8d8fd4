//! The tables find what was put in and nothing else.

use super::{Ix, IxVec, Names, Tags};
use crate::key::{Handle, Key, KeyRef, Tag};

fn names(keys: &[&str]) -> Names<()> {
    Names::new(keys.iter().map(|key| Key::new(key)).collect()).0
}

#[test]
fn every_key_is_found_at_its_position_and_no_other_key_is() {
    let keys: Vec<Key<()>> = (0..1000_i64)
        .map(|n| if n % 2 == 0 { Key::from(n * 4096) } else { Key::new(&format!("k{n}")) })
        .collect();
    let (names, twice) = Names::new(keys.clone());
    assert!(twice.is_empty());
    for (count, key) in keys.iter().enumerate() {
        assert_eq!(names.find(key.borrow()), Some(Ix::from_count(count)));
    }
    assert_eq!(names.find(KeyRef::from(1)), None);
    assert_eq!(names.find(KeyRef::from("k0")), None);
    assert_eq!(Names::<()>::default().find(KeyRef::from("k0")), None);
}

#[test]
fn keys_that_collide_in_one_seed_do_not_make_a_long_probe() {
    // They differ only in high bits, which a single multiplication pushes out of sight.
    let keys: Vec<Key<()>> = (0..2000_i64).map(|n| Key::from(n << 50)).collect();
    let (mut names, _) = Names::new(keys);
    assert!(names.fill(&mut Vec::new()) <= Names::<()>::LONGEST_PROBE);
}

#[test]
fn a_key_declared_twice_is_reported_with_both_places() {
    let (names, twice) =
        Names::<()>::new(["a", "b", "a", "5"].map(Key::new).into_iter().chain([Key::from(5)]).collect());
    let pairs: Vec<_> = twice.iter().map(|t| (t.first, t.again)).collect();
    assert_eq!(pairs, [(0, 2), (3, 4)]);
    assert_eq!(names.find(KeyRef::from("a")), Some(Ix::new(0)));
}

#[test]
fn a_handle_is_accepted_only_where_it_means_the_same_key() {
    let here = names(&["a", "b", "c"]);
    let there = names(&["a", "c", "b", "d"]);
    let handle = |names: &Names<()>, key| Handle::from(names.handle(KeyRef::from(key)));
    assert_eq!(there.accept(handle(&here, "a")), Some(Ix::new(0)));
    assert_eq!(there.accept(handle(&here, "b")), None);
    assert_eq!(here.accept(handle(&there, "d")), None);
    assert_eq!(here.accept(Handle::unknown()), None);
}

#[test]
fn tags_are_found_unless_two_things_share_one() {
    let tags: IxVec<(), Tag> = [7, 9, 7, 0, u32::MAX].map(Tag).into_iter().collect();
    let table = Tags::new(&tags);
    assert_eq!(table.find(Tag(9)), Some(Ix::new(1)));
    assert_eq!(table.find(Tag(7)), None);
    assert_eq!(table.find(Tag(0)), Some(Ix::new(3)));
    assert_eq!(table.find(Tag(u32::MAX)), Some(Ix::new(4)));
    assert_eq!(table.find(Tag(8)), None);
    assert_eq!(Tags::<()>::new(&IxVec::default()).find(Tag(0)), None);
}
