//! An object's own list: who has what with one folder, document or block, and with everything below it.
//!
//! Deliberately absent: what the entries come to. That is `resolve`'s.

use crate::key::Key;
use crate::policy::Subject;
use crate::vocabulary::Rung;

/// An object's own list of access (section 6 of the rights model): a plain value that the application keeps with the object.
///
/// What a viewer may do follows from the lists along the chain of objects from the root down to the one that is asked about. A
/// positive entry adds its pair of rung and subject, a negative one takes exactly that pair away again, and he may do what the
/// rungs give that are left and whose subjects he is in. So a deeper positive entry only widens, and a negative one cancels
/// one rung of one subject and nothing else: no entry is a "no" to everybody, and none beats all others.
///
/// ```
/// use bailiwick::{Acl, Directory, Moment, Object, Policy, Snapshot, Subject, User, Vocabulary, disk};
///
/// let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
/// let policy = Policy::new(Vocabulary::new().ladder(disk::ladder()));
/// let snapshot = Snapshot::compile(&policy, &directory)?;
///
/// // Kept by the application, with its folders; frozen once for a snapshot.
/// let storage = snapshot.acl(disk::DISK, &disk::user_storage("anna"));
/// let plans = Acl::new().give(disk::CAN_READ, Subject::User("boris".into()));
/// let plans = snapshot.acl(disk::DISK, &plans);
///
/// let boris = snapshot.access(snapshot.user("boris"), Moment::from_unix_seconds(1_790_000_000));
/// let disk = boris.acl(disk::DISK);
/// let in_storage = disk.below([&storage]);
/// assert!(in_storage.check(disk::READ, &Object::new(&plans)).is_allowed());
/// assert!(in_storage.check(disk::EDIT, &Object::new(&plans)).is_denied());
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Acl {
    /// The entries. Their order does not matter.
    pub entries: Vec<AclEntry>,
}

/// One entry of an object's own list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct AclEntry {
    /// Whom it is about. [`Subject::Author`] is the author of the object that is asked about, and not of the one whose list it
    /// stands in.
    pub subject: Subject,
    /// At which rung.
    pub rung: Key<Rung>,
    /// Whether it gives or cancels.
    pub sign: Sign,
    /// Where it is from, if it can be revoked together with others from there.
    pub origin: Option<Key<Origin>>,
}

/// What an entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// It gives its rung to its subject.
    Positive,
    /// It cancels what an object above gives to the same subject at the same rung.
    Negative,
}

/// Marks the keys of origins: what made a group of entries, such as "sharing" or one business process. It has no part in what
/// the entries come to.
#[derive(Debug)]
pub enum Origin {}

impl AclEntry {
    /// An entry that gives.
    pub fn positive(rung: impl Into<Key<Rung>>, subject: Subject) -> Self {
        Self { subject, rung: rung.into(), sign: Sign::Positive, origin: None }
    }

    /// An entry that cancels.
    pub fn negative(rung: impl Into<Key<Rung>>, subject: Subject) -> Self {
        Self { sign: Sign::Negative, ..Self::positive(rung, subject) }
    }

    /// Says where it is from.
    #[must_use]
    pub fn from_origin(mut self, origin: impl Into<Key<Origin>>) -> Self {
        self.origin = Some(origin.into());
        self
    }
}

impl Acl {
    /// A list that says nothing, as most objects have.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an entry.
    #[must_use]
    pub fn entry(mut self, entry: AclEntry) -> Self {
        self.entries.push(entry);
        self
    }

    /// Gives a rung to a subject.
    #[must_use]
    pub fn give(self, rung: impl Into<Key<Rung>>, subject: Subject) -> Self {
        self.entry(AclEntry::positive(rung, subject))
    }

    /// Cancels what an object above gives to the subject at the rung.
    #[must_use]
    pub fn cancel(self, rung: impl Into<Key<Rung>>, subject: Subject) -> Self {
        self.entry(AclEntry::negative(rung, subject))
    }

    /// Takes away all entries of one origin, and hands them out. What others gave stays.
    ///
    /// ```
    /// use bailiwick::{Acl, AclEntry, Subject, disk};
    ///
    /// let boris = || Subject::User("boris".into());
    /// let mut acl = Acl::new()
    ///     .give(disk::CAN_READ, boris())
    ///     .entry(AclEntry::positive(disk::CAN_EDIT, boris()).from_origin("sharing"));
    /// assert_eq!(acl.revoke("sharing").len(), 1);
    /// assert_eq!(acl, Acl::new().give(disk::CAN_READ, boris()));
    /// ```
    pub fn revoke(&mut self, origin: impl Into<Key<Origin>>) -> Vec<AclEntry> {
        let origin = Some(origin.into());
        self.entries.extract_if(.., |entry| entry.origin == origin).collect()
    }
}

impl FromIterator<AclEntry> for Acl {
    fn from_iter<I: IntoIterator<Item = AclEntry>>(entries: I) -> Self {
        Self { entries: Vec::from_iter(entries) }
    }
}
