//! The facts about one record that the rules may look at.

use crate::directory::{SocialGroup, User};
use crate::key::Handle;
use crate::resolve::opening::Opening;
use crate::resolve::share::Share;
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

/// A user bound to a record as one of its parties. Made with [`Party::is`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    pub(crate) party: Party,
    pub(crate) user: Handle<User>,
}

impl Party {
    /// This user as this party of a record. An unknown user is nobody.
    pub fn is(self, user: impl Into<Handle<User>>) -> Participant {
        Participant { party: self, user: user.into() }
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

    /// Says who else is bound to the record, replacing what was said before. Several users may be the same party, and one
    /// user several; the owner need not be repeated.
    #[inline]
    #[must_use]
    pub fn participants<'b>(self, participants: &'b [Participant]) -> Record<'b>
    where
        'a: 'b,
    {
        Record { participants, ..self }
    }

    /// Says what else is bound to the record and may open it to people, replacing what was said before: records that it is linked
    /// to, and with whom it is shared.
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

    /// The owner as a participant.
    #[inline]
    pub(crate) fn owner_party(&self) -> Participant {
        Participant { party: Party::OWNER, user: self.owner }
    }

    /// Everybody who is bound to the record.
    pub(crate) fn parties(&self) -> impl Iterator<Item = Participant> {
        std::iter::once(self.owner_party()).chain(self.participants.iter().copied())
    }
}
