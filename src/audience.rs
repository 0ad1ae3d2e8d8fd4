//! Audiences: for whom in a social group something is, and the marks of what it can be.
//!
//! Known to directories, where a group says otherwise than the default, and to vocabularies, which have the defaults.

/// Who in a social group, or around it, may do something. Section 8 of the rights model has them as letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// The owner. `A`.
    Owner,
    /// The owner and the moderators. `E`.
    Moderators,
    /// All members. `K`.
    Members,
    /// All members who are employees. `J`.
    Employees,
    /// Every signed-in user; of a group that is not extranet, who is an employee or a member. `L`.
    SignedIn,
    /// Everyone, if the group is visible to him; otherwise all members. `N`.
    Everyone,
}

/// Marks the keys of features ("tasks", "calendar"): what a social group can have switched on or off.
#[derive(Debug)]
pub enum Feature {}

/// Marks the keys of operations ("tasks.view_all"): what a feature lets an audience do.
#[derive(Debug)]
pub enum Operation {}

impl Audience {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Owner, Self::Moderators, Self::Members, Self::Employees, Self::SignedIn, Self::Everyone];

    /// The vendor's letter.
    pub const fn letter(self) -> char {
        match self {
            Self::Owner => 'A',
            Self::Moderators => 'E',
            Self::Members => 'K',
            Self::Employees => 'J',
            Self::SignedIn => 'L',
            Self::Everyone => 'N',
        }
    }

    /// The audience with this letter of the vendor's.
    ///
    /// ```
    /// use bailiwick::Audience;
    ///
    /// assert_eq!(Audience::from_letter('E'), Some(Audience::Moderators));
    /// assert_eq!(Audience::from_letter('Z'), None, "a request is no audience");
    /// ```
    pub fn from_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.letter() == letter)
    }

    /// Its word in documents and explanations.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Moderators => "moderators",
            Self::Members => "members",
            Self::Employees => "employees",
            Self::SignedIn => "signed_in",
            Self::Everyone => "everyone",
        }
    }
}
