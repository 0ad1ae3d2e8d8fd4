//! Who has the same rights: users in classes, and a number that stands for what a class may do.
//!
//! Users are sorted by what they hold, and every different holding is evaluated once; then by what came of it.
//!
//! Deliberately absent: records. A right says which records it reaches as seen from whoever has it, and is compared as such.

mod fold;
mod rights;

use std::collections::HashMap;
use std::fmt;

use crate::directory::User;
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::review::Roster;
use crate::review::classes::rights::{Evaluation, Rights};
use crate::snapshot::Snapshot;

/// The users of a snapshot who are not dismissed, in classes of equal rights. [`Roster::classes`] makes it.
#[derive(Clone, Debug)]
pub struct Classes<'s> {
    snapshot: &'s Snapshot,
    list: Vec<Class>,
}

/// Users who have the same rights.
#[derive(Clone, Debug)]
pub struct Class {
    fingerprint: Fingerprint,
    users: Vec<Ix<User>>,
}

/// A number that stands for rights: the same for equal rights, whatever the roles that give them are called and in whichever order
/// anything is declared, in this snapshot or another one.
///
/// Different rights have different ones with all likelihood, as long as nobody aims at the contrary: it is not a cryptographic
/// hash. Classes themselves are told apart by the rights, not by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The number.
    pub const fn as_u128(self) -> u128 {
        self.0
    }
}

/// Thirty-two hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Class {
    /// What stands for the rights.
    pub const fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// How many users have them.
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether nobody has them; never, of a class that was made.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }
}

impl<'s> Classes<'s> {
    /// The classes, the largest first, and of equally large ones the one with the smaller fingerprint.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Class> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none, because there is no user who is not dismissed.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The users of a class, in the order of the directory.
    pub fn users_of(&self, class: &Class) -> impl Iterator<Item = Handle<User>> + use<'s> {
        let people = &self.snapshot.people;
        class.users.clone().into_iter().filter_map(move |user| people.handle(user))
    }

    /// The keys of the users of a class, in the order of the directory.
    pub fn keys_of(&self, class: &Class) -> impl Iterator<Item = &'s Key<User>> + use<'s> {
        let snapshot = self.snapshot;
        self.users_of(class).filter_map(|user| snapshot.user_key(user))
    }

    /// The class of a user; none, if he is unknown or dismissed. Takes time in proportion to the number of classes.
    pub fn class_of(&self, user: impl Into<Handle<User>>) -> Option<&Class> {
        let user = self.snapshot.people.position(user.into())?;
        self.list.iter().find(|class| class.users.binary_search(&user).is_ok())
    }
}

impl<'s> Roster<'s> {
    /// Users in classes of equal rights at a moment, in the roster's circumstances.
    ///
    /// Rights are equal if all of this is:
    ///
    /// - whether he is an administrator,
    /// - which entities he enters, and whether he gets into the application,
    /// - in each of his views, at every place: which records each action reaches, its prerequisites and limits included, in the shortest
    ///   form; whether he may create, and whether for himself only; to which stages a record may go. Views are matched by the
    ///   department that they are confined to, by the mark for the audit, and by the person who is stood in for; another view
    ///   than his own that gives nothing is none.
    ///
    /// Left out on purpose: who he is, where he sits and what he heads, from which relations are measured, so that all
    /// who have their own deals are one class; objects with lists of their own; reasons of denials; what he may assign; how long it
    /// stays so. In a circumstance that the vocabulary does not have nobody has any right, and all are one class.
    ///
    /// Takes time in proportion to the number of users, and to different sets of roles and limits times places and actions.
    ///
    /// ```
    /// use bailiwick::review::Roster;
    /// use bailiwick::{Assignment, Directory, Moment, Policy, Role, Snapshot, Subject, User, crm};
    ///
    /// let directory = Directory::new().with(User::new("anna")).with(User::new("boris")).with(User::new("carl"));
    /// let reader = |key| Role::new(key).set(crm::DEAL, crm::READ, crm::OWN);
    /// let policy = Policy::new(crm::vocabulary())
    ///     .role(reader("seller"))
    ///     .role(reader("buyer"))
    ///     .assign(Assignment::new("seller", Subject::User("anna".into())))
    ///     .assign(Assignment::new("buyer", Subject::User("boris".into())));
    /// let snapshot = Snapshot::compile(&policy, &directory)?;
    ///
    /// let classes = Roster::of(&snapshot).classes(Moment::from_unix_seconds(0));
    /// let sizes: Vec<usize> = classes.iter().map(|class| class.len()).collect();
    /// assert_eq!(sizes, [2, 1]);
    /// let of = |key| classes.class_of(snapshot.user(key)).map(|class| class.fingerprint());
    /// assert!(of("anna") == of("boris") && of("anna") != of("carl"));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn classes(&self, at: Moment) -> Classes<'s> {
        let snapshot = self.snapshot;
        let mut evaluation = self.occasion(at).ok().map(|on| Evaluation::new(snapshot, on));
        let mut classes: HashMap<Rights, Vec<Ix<User>>> = HashMap::new();
        for (user, row) in snapshot.people.rows().filter(|(_, row)| !row.standing().is_dismissed()) {
            let rights = evaluation.as_mut().map(|it| it.rights(user, row.standing())).unwrap_or_default();
            match classes.get_mut(&rights) {
                Some(users) => users.push(user),
                None => drop(classes.insert(rights, vec![user])),
            }
        }
        let class = |(rights, users): (Rights, Vec<Ix<User>>)| {
            let fingerprint = evaluation.as_ref().map(|it| it.fingerprint(&rights)).unwrap_or_default();
            Class { fingerprint: Fingerprint(fingerprint), users }
        };
        let mut list: Vec<Class> = classes.into_iter().map(class).collect();
        list.sort_by_key(|class| {
            (std::cmp::Reverse(class.len()), class.fingerprint, class.users.first().copied())
        });
        Classes { snapshot, list }
    }
}

/// The classes with their numbers of users, and the first few of these.
impl fmt::Display for Classes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 5;
        for class in self.iter() {
            let count = class.len();
            let people = if count == 1 { "user" } else { "users" };
            let keys: Vec<String> = self.keys_of(class).take(MOST).map(ToString::to_string).collect();
            write!(f, "{} {count} {people}: {}", class.fingerprint, keys.join(", "))?;
            if count > MOST {
                write!(f, " and {} more", count - MOST)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
