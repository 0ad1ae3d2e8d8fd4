//! Subjects, looked up: what the entries of objects' lists hold in place of keys.

use crate::directory::Department;
use crate::key::{Handle, Key, Tag};
use crate::policy::{Rank, Subject, Unit};

pub(crate) use crate::policy::SubjectKind as Kind;
use crate::snapshot::Snapshot;
use crate::snapshot::problem::Noun;

/// A subject in twelve bytes. Like a handle it is a position and a tag, so that in another snapshot it means the same or is
/// unknown; one that is unknown contains nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Whom {
    pub(crate) kind: Kind,
    tag: Tag,
    position: u32,
}

impl Whom {
    fn new<T>(kind: Kind, handle: Handle<T>) -> Self {
        Self { kind, tag: handle.tag, position: handle.position }
    }

    pub(crate) fn handle<T>(self) -> Handle<T> {
        Handle::new(self.position, self.tag)
    }
}

/// What the key of a subject names, with the key.
pub(crate) struct Named {
    pub(crate) noun: Noun,
    pub(crate) key: String,
}

impl Snapshot {
    /// The subject, looked up. What is unknown keeps the tag of its key: two entries about one unknown subject are still about
    /// the same.
    pub(crate) fn whom(&self, subject: &Subject) -> Whom {
        let user = |kind, key| Whom::new(kind, found(self.people.find(Key::borrow(key)), key));
        let department =
            |kind, key: &Key<Department>| Whom::new(kind, found(self.departments.handle(key.borrow()), key));
        let bare = |kind| Whom::new(kind, Handle::<()>::unknown());
        match subject {
            Subject::User(key) => user(Kind::User, key),
            Subject::Employee(key) => user(Kind::Employee, key),
            Subject::Department(key) => department(Kind::Department, key),
            Subject::DepartmentTree(key) => department(Kind::DepartmentTree, key),
            Subject::UserGroup(key) => {
                Whom::new(Kind::UserGroup, found(self.membership.user_groups.handle(key.borrow()), key))
            }
            Subject::SocialGroup(key, rank) => {
                let kind = match rank {
                    Rank::Member => Kind::Members,
                    Rank::Moderator => Kind::Moderators,
                    Rank::Owner => Kind::Owner,
                };
                Whom::new(kind, found(self.membership.social_groups.handle(key.borrow()), key))
            }
            Subject::Heads(Unit::Anywhere) => bare(Kind::Heads),
            Subject::Heads(Unit::Of(key)) => department(Kind::HeadsOf, key),
            Subject::Deputies(Unit::Anywhere) => bare(Kind::Deputies),
            Subject::Deputies(Unit::Of(key)) => department(Kind::DeputiesOf, key),
            Subject::Employees(Unit::Anywhere) => bare(Kind::Employees),
            Subject::Employees(Unit::Of(key)) => department(Kind::EmployeesOf, key),
            Subject::Administrators => bare(Kind::Administrators),
            Subject::SignedIn => bare(Kind::SignedIn),
            Subject::Everyone => bare(Kind::Everyone),
            Subject::Author => bare(Kind::Author),
        }
    }

    /// The subject with its key, if it is known here.
    pub(crate) fn subject(&self, whom: Whom) -> Option<Subject> {
        let user = || self.people.key(whom.handle()).map(Key::cast);
        let department = || {
            let at = self.departments.accept(whom.handle())?;
            self.departments.key(at).map(Key::cast)
        };
        let key = match whom.kind {
            Kind::User | Kind::Employee => user(),
            Kind::Department
            | Kind::DepartmentTree
            | Kind::HeadsOf
            | Kind::DeputiesOf
            | Kind::EmployeesOf => department(),
            Kind::UserGroup => {
                let groups = &self.membership.user_groups;
                groups.accept(whom.handle()).and_then(|group| groups.key(group)).map(Key::cast)
            }
            Kind::Members | Kind::Moderators | Kind::Owner => {
                let groups = &self.membership.social_groups;
                groups.accept(whom.handle()).and_then(|group| groups.key(group)).map(Key::cast)
            }
            Kind::Heads
            | Kind::Deputies
            | Kind::Employees
            | Kind::Administrators
            | Kind::SignedIn
            | Kind::Everyone
            | Kind::Author => Some(Key::from(0)),
        };
        key.map(|key| Subject::of_kind(whom.kind, &key))
    }

    /// Whether both are the same subject. Where one of them is unknown here, perhaps because it is from another snapshot, the
    /// tags decide.
    pub(crate) fn is_same(&self, one: Whom, other: Whom) -> bool {
        let same = (one.kind, one.tag) == (other.kind, other.tag);
        same && (one.position == other.position || !self.knows(one) || !self.knows(other))
    }

    /// Whether the subject is known here.
    pub(crate) fn knows(&self, whom: Whom) -> bool {
        match whom.kind {
            Kind::User | Kind::Employee => self.people.accept(whom.handle()).is_some(),
            Kind::Department
            | Kind::DepartmentTree
            | Kind::HeadsOf
            | Kind::DeputiesOf
            | Kind::EmployeesOf => self.departments.accept(whom.handle()).is_some(),
            Kind::UserGroup => self.membership.user_groups.accept(whom.handle()).is_some(),
            Kind::Members | Kind::Moderators | Kind::Owner => {
                self.membership.social_groups.accept(whom.handle()).is_some()
            }
            Kind::Heads
            | Kind::Deputies
            | Kind::Employees
            | Kind::Administrators
            | Kind::SignedIn
            | Kind::Everyone
            | Kind::Author => true,
        }
    }

    /// What the subject names and the snapshot does not know.
    pub(crate) fn unknown_in(&self, subject: &Subject) -> Option<Named> {
        if self.knows(self.whom(subject)) {
            return None;
        }
        let (noun, key) = match subject {
            Subject::User(key) | Subject::Employee(key) => (Noun::User, key.to_string()),
            Subject::UserGroup(key) => (Noun::UserGroup, key.to_string()),
            Subject::SocialGroup(key, _) => (Noun::SocialGroup, key.to_string()),
            Subject::Department(key)
            | Subject::DepartmentTree(key)
            | Subject::Heads(Unit::Of(key))
            | Subject::Deputies(Unit::Of(key))
            | Subject::Employees(Unit::Of(key)) => (Noun::Department, key.to_string()),
            Subject::Heads(Unit::Anywhere)
            | Subject::Deputies(Unit::Anywhere)
            | Subject::Employees(Unit::Anywhere)
            | Subject::Administrators
            | Subject::SignedIn
            | Subject::Everyone
            | Subject::Author => return None,
        };
        Some(Named { noun, key })
    }
}

fn found<T>(handle: Option<Handle<T>>, key: &Key<T>) -> Handle<T> {
    handle.unwrap_or(Handle::anywhere(key.tag()))
}
