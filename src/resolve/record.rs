//! The facts about one record that the rules may look at.

use crate::directory::{Department, Principal, SocialGroup, User, UserGroup};
use crate::key::Handle;
use crate::resolve::opening::Opening;
use crate::resolve::share::Share;
use crate::snapshot::Snapshot;
use crate::vocabulary::{Flag, Party, Place, Relations};

/// One record, as far as access depends on it: where it is, whose it is, what it is flagged as.
///
/// Built on the spot from a row and thrown away; nothing is allocated. What is not said does not help anybody: a record
/// without an owner is nobody's own and in nobody's department.
///
/// ```
/// use bailiwick::{crm, Directory, Policy, Record, Snapshot, User};
///
/// let directory = Directory::new().with(User::new(42)).with(User::new(43));
/// let snapshot = Snapshot::compile(&Policy::new(crm::vocabulary()), &directory)?;
///
/// let (pipeline, stage, owner, open) = ("general", Some("won"), Some(42), true); // a row of the database
/// let observers = [crm::OBSERVER.is(snapshot.user(43))];
/// let deal = Record::at(snapshot.place(crm::DEAL, pipeline, stage))
///     .owner(snapshot.user(owner))
///     .flag_if(crm::OPEN, open)
///     .participants(&observers);
/// # let _ = deal;
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    pub(crate) place: Handle<Place>,
    pub(crate) owner: Handle<User>,
    pub(crate) participants: &'a [Participant],
    pub(crate) openings: &'a [Opening<'a>],
    flags: u8,
}

/// Somebody bound to a record as one of its parties: a user, a user group or a department. Made with [`Party::is`],
/// [`Party::is_group`] and [`Party::is_department`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    pub(crate) party: Party,
    pub(crate) who: Bearer,
}

/// Who is bound to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bearer {
    User(Handle<User>),
    UserGroup(Handle<UserGroup>),
    Department(Handle<Department>),
}

impl Party {
    /// This user as this party of a record. An unknown user is nobody.
    pub fn is(self, user: impl Into<Handle<User>>) -> Participant {
        Participant { party: self, who: Bearer::User(user.into()) }
    }

    /// This user group as this party of a record, and so everybody who is in it. An unknown group is nobody, and so is any group where
    /// [user groups cannot be](crate::Principals::USER_GROUPS) this party.
    pub fn is_group(self, group: impl Into<Handle<UserGroup>>) -> Participant {
        Participant { party: self, who: Bearer::UserGroup(group.into()) }
    }

    /// This department as this party of a record: the record is the department's, whoever else is bound to it. One that is unknown or
    /// switched off is nobody's, and so is any where [departments cannot be](crate::Principals::DEPARTMENTS) this party.
    ///
    /// ```
    /// use bailiwick::{
    ///     Assignment, Department, Directory, Entity, Level, Moment, Offer, PartyRule, Policy, Principals, Record,
    ///     Relations, Role, Snapshot, Subject, User, Vocabulary,
    /// };
    ///
    /// // A contract is its branch's, wherever the lawyer sits who wrote it.
    /// let branch = PartyRule::new("branch").principals(Principals::DEPARTMENTS).counts_for(Relations::BY_DEPARTMENT);
    /// let vocabulary = Vocabulary::new()
    ///     .party(PartyRule::new("author").counts_for(Relations::OWN))
    ///     .party(branch)
    ///     .actions(["read"])
    ///     .level(Level::new("department", Relations::OWN | Relations::DEPARTMENT))
    ///     .entity(Entity::new("contract").offer(Offer::new("read").levels(["department"])));
    /// let reader = Role::new("reader").set("contract", "read", "department");
    /// let policy = Policy::new(vocabulary).role(reader).assign(Assignment::new("reader", Subject::SignedIn));
    /// let directory = Directory::new()
    ///     .with(Department::new("north"))
    ///     .with(Department::new("lawyers"))
    ///     .with(User::new("anna").sits_in("lawyers"))
    ///     .with(User::new("boris").sits_in("lawyers"))
    ///     .with(User::new("clara").sits_in("north"));
    /// let snapshot = Snapshot::compile(&policy, &directory)?;
    ///
    /// let branch = snapshot.party("branch").map(|it| it.is_department(snapshot.department("north")));
    /// let branch: Vec<_> = branch.into_iter().collect();
    /// let contract = Record::at(snapshot.entity("contract")).owner(snapshot.user("anna")).participants(&branch);
    /// let may_read = |user: &str| {
    ///     let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
    ///     access.check(snapshot.action("read"), &contract).is_allowed()
    /// };
    /// assert!(may_read("anna")); // her own
    /// assert!(may_read("clara")); // her department's
    /// assert!(!may_read("boris")); // not his, although he sits where the author sits
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn is_department(self, department: impl Into<Handle<Department>>) -> Participant {
        Participant { party: self, who: Bearer::Department(department.into()) }
    }
}

impl Participant {
    /// The user, if it is one.
    pub(crate) fn user(self) -> Option<Handle<User>> {
        match self.who {
            Bearer::User(user) => Some(user),
            Bearer::UserGroup(_) | Bearer::Department(_) => None,
        }
    }

    /// The user group, if it is one.
    pub(crate) fn user_group(self) -> Option<Handle<UserGroup>> {
        match self.who {
            Bearer::UserGroup(group) => Some(group),
            Bearer::User(_) | Bearer::Department(_) => None,
        }
    }

    /// The department, if it is one.
    pub(crate) fn department(self) -> Option<Handle<Department>> {
        match self.who {
            Bearer::Department(department) => Some(department),
            Bearer::User(_) | Bearer::UserGroup(_) => None,
        }
    }

    /// Who it is, by key; nothing, if the snapshot does not know.
    pub(crate) fn principal(self, snapshot: &Snapshot) -> Option<Principal> {
        match self.who {
            Bearer::User(user) => snapshot.user_key(user).cloned().map(Principal::User),
            Bearer::UserGroup(group) => snapshot.user_group_key(group).cloned().map(Principal::UserGroup),
            Bearer::Department(at) => snapshot.department_key(at).cloned().map(Principal::Department),
        }
    }

    /// The same, looked up.
    pub(crate) fn found(party: Party, principal: &Principal, snapshot: &Snapshot) -> Self {
        match principal {
            Principal::User(key) => party.is(snapshot.user(key)),
            Principal::UserGroup(key) => party.is_group(snapshot.user_group(key)),
            Principal::Department(key) => party.is_department(snapshot.department(key)),
        }
    }
}

impl<'a> Record<'a> {
    /// A record at this place: an entity's or stage's constant, or what [`Snapshot::place`](crate::Snapshot::place) found.
    #[inline]
    pub fn at(place: impl Into<Handle<Place>>) -> Self {
        Self { place: place.into(), owner: Handle::unknown(), participants: &[], openings: &[], flags: 0 }
    }

    /// Says who the record's owner is: the first party of the vocabulary. An unknown user is nobody.
    #[inline]
    #[must_use]
    pub fn owner(mut self, user: impl Into<Handle<User>>) -> Self {
        self.owner = user.into();
        self
    }

    /// Says who else is bound to the record, replacing what was said before. Several users, groups and departments may be the same
    /// party, and one of them several; the owner need not be repeated, and further owners are participants.
    #[inline]
    #[must_use]
    pub fn participants<'b>(self, participants: &'b [Participant]) -> Record<'b>
    where
        'a: 'b,
    {
        Record { participants, ..self }
    }

    /// Says what else is bound to the record and may open it to people, replacing what was said before: records that it is linked
    /// to, social groups that host it, and with whom it is shared.
    ///
    /// ```
    /// use bailiwick::{Opening, Record, crm, open_lines};
    ///
    /// let deal = Record::at(crm::DEAL);
    /// let links = [Opening::Linked(&deal)];
    /// let conversation = Record::at(open_lines::CONVERSATION).openings(&links);
    /// # let _ = conversation;
    /// ```
    #[inline]
    #[must_use]
    pub fn openings<'b>(self, openings: &'b [Opening<'b>]) -> Record<'b>
    where
        'a: 'b,
    {
        Record { openings, ..self }
    }

    /// The same record, without what else is bound to it.
    pub(crate) fn alone(&self) -> Self {
        Self { openings: &[], ..*self }
    }

    /// The records that it is linked to.
    pub(crate) fn linked(&self) -> impl Iterator<Item = &'a Record<'a>> + use<'a> {
        self.openings.iter().filter_map(|opening| match opening {
            Opening::Linked(linked) => Some(*linked),
            Opening::Hosted(_) | Opening::Shared(_) => None,
        })
    }

    /// The social groups that host it.
    pub(crate) fn hosts(&self) -> impl Iterator<Item = Handle<SocialGroup>> + use<'a> {
        self.openings.iter().filter_map(|opening| match opening {
            Opening::Hosted(group) => Some(*group),
            Opening::Linked(_) | Opening::Shared(_) => None,
        })
    }

    /// With whom it is shared, and for what.
    pub(crate) fn shares(&self) -> impl Iterator<Item = &'a Share<'a>> + use<'a> {
        self.openings.iter().filter_map(|opening| match opening {
            Opening::Linked(_) | Opening::Hosted(_) => None,
            Opening::Shared(share) => Some(share),
        })
    }

    /// Flags the record.
    #[inline]
    #[must_use]
    pub fn flag(self, flag: Flag) -> Self {
        self.flag_if(flag, true)
    }

    /// Flags the record if the condition holds, such as a column of the row.
    #[inline]
    #[must_use]
    pub fn flag_if(mut self, flag: Flag, condition: bool) -> Self {
        self.flags |= u8::from(condition) << flag.number();
        self
    }

    /// The relations in which everybody stands to the record.
    #[inline]
    pub(crate) fn common(&self) -> Relations {
        Relations::of_flags(self.flags) | Relations::ALWAYS
    }

    /// Everybody who is bound to the record.
    pub(crate) fn parties(&self) -> impl Iterator<Item = Participant> {
        std::iter::once(Party::OWNER.is(self.owner)).chain(self.participants.iter().copied())
    }
}
