//! What callers may rely on without reading the code: sizes, copies, threads.

use bailiwick::{Access, Action, Decision, Handle, Key, Record, Snapshot, User};

fn shared<T: Send + Sync>() {}
fn copied<T: Copy>() {}

#[test]
fn snapshots_and_answers_are_shared_between_threads() {
    shared::<Snapshot>();
    shared::<Access<'_>>();
    shared::<Decision>();
    shared::<Record<'_>>();
    shared::<Key<User>>();
}

#[test]
fn handles_and_records_are_small_and_copied() {
    copied::<Handle<User>>();
    copied::<Record<'_>>();
    assert_eq!(size_of::<Handle<Action>>(), 8);
    assert_eq!(size_of::<Decision>(), 1);
    assert!(size_of::<Record<'_>>() <= 56);
    assert!(size_of::<Key<User>>() <= 24);
}
