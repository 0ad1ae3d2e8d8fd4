//! Findings, and the table of lints.

use std::fmt;

use crate::snapshot::{Location, Part};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing comes of it: it could be removed, and nobody would be answered otherwise; of two that overlap the later one, once the
    /// earlier is widened to both. What is over is so from now on.
    DeadWeight,
    /// It works, and is hard to keep or not what people expect.
    Advice,
    /// Somebody may more or less than he seems to.
    Risk,
}

/// What is looked for, in the order in which findings are told.
///
/// What roles give is compared relation by relation: two relations that happen to hold for the same records are two. Links, hosts
/// and shares depend on records, which no lint sees: an action that opens through them counts as one that somebody may have.
///
/// `role-reduces` asks of everybody, visitors too, and of each role that he holds at the moment in some circumstances: is there an
/// action at a place, a record to create or to move, or an entity to enter, that would be possible if he were not given this
/// role, everything else the same? What it alone takes the place of comes back then. Views are asked one by one: one's own, and
/// those of what one holds apart, confined or marked; whatever another view would make up for. Whom somebody stands in for is
/// asked himself. What is compared is what is reached: with prerequisites, within limits, with what settings rights include and
/// what stands. One loss is told of each role, and how many people lose anything. What somebody may hand on is not compared, and
/// roles that only together take something away are not found.
///
/// Everybody means everyone, everyone signed in, all employees, and any group or department that each of several active users is in.
/// What everybody is given is told while it lasts and before it begins, with the date, and not where it is confined to a
/// department.
///
/// No lint knows in which circumstances the application will ask. Whoever holds a role, or reads something, in some circumstances
/// does so for these lints: in none, in those that any two of the assignments, limits and freedoms of administrators need or are lifted by,
/// or in all of them. So two roles conflict that somebody holds together in the office alone, and he is not one without roles.
///
/// `role-for-one-user` looks at whom assignments name. A department, a group or the heads of something are a place that another
/// may fill tomorrow, even if one person does today; a person is not.
///
/// No group makes anybody an administrator, who is one by his own flag; how a group of everybody could come near to it the two lints
/// about everybody tell: by a settings right, or by reaching all.
///
/// | code | severity | finds |
/// |---|---|---|
/// | `role-reduces` | risk | a role without which somebody who holds it could do more: it silences others, or is held in their place |
/// | `wider-than-read` | risk | a role that gives an action further than reading, so that exporting shows what reading hides |
/// | `settings-for-everybody` | risk | a settings right that everybody is given, or a group that everybody is in |
/// | `everybody-reaches-all` | risk | an assignment by which everybody, or a group that everybody is in, reaches all records with some action |
/// | `conflicting-roles` | risk | a user who holds two roles that were said to conflict, in some circumstances |
/// | `prerequisite-nowhere` | risk | an action that is given at a place where no role gives what it requires, and nothing opens it |
/// | `stage-without-exit` | advice | a stage that nobody can leave within its pipeline: neither a role by itself nor what somebody but an administrator holds together both updates there and leads on |
/// | `entity-without-reader` | advice | an entity that no user but administrators reads anything of at the moment in any circumstances, and whose records nothing opens |
/// | `subject-switched-off` | dead weight | an assignment to a department or group that is switched off |
/// | `subject-archived` | advice | an assignment to a social group that is archived, through which its members hold the role all the same |
/// | `assignment-reaches-nobody` | dead weight | an assignment that nobody comes to, at any moment |
/// | `assignment-over` | dead weight | an assignment or substitution whose time is over |
/// | `substitution-never-live` | dead weight | a substitution in which one of the two is dismissed, or that is narrowed to nothing: no action passes it that any entity admits |
/// | `window-long` | advice | an assignment or substitution "for a while" that lasts longer than a year |
/// | `windows-overlap` | dead weight | the same role given to the same subject, or the same substitution arranged, twice, at times that overlap |
/// | `stands-in-for-himself` | dead weight | a substitution of somebody by himself |
/// | `role-for-one-user` | advice | a role whose assignments all name one and the same user |
/// | `user-without-roles` | advice | an active user who holds no role at the moment in any circumstances |
/// | `create-without-read` | advice | a role that creates records in an entity of which it reads none |
/// | `role-gives-nothing` | dead weight | a role that gives no action and no move anywhere, takes the place of no other, silences none, and is given to nobody with a mark on everything |
/// | `role-contained` | advice | a role that gives nothing that another does not give as well, by itself |
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the table above says what each finds")]
pub enum Lint {
    RoleReduces,
    WiderThanRead,
    SettingsForEverybody,
    EverybodyReachesAll,
    ConflictingRoles,
    PrerequisiteNowhere,
    StageWithoutExit,
    EntityWithoutReader,
    SubjectSwitchedOff,
    SubjectArchived,
    AssignmentReachesNobody,
    AssignmentOver,
    SubstitutionNeverLive,
    WindowLong,
    WindowsOverlap,
    StandsInForHimself,
    RoleForOneUser,
    UserWithoutRoles,
    CreateWithoutRead,
    RoleGivesNothing,
    RoleContained,
}

impl Lint {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 21] = [
        Self::RoleReduces,
        Self::WiderThanRead,
        Self::SettingsForEverybody,
        Self::EverybodyReachesAll,
        Self::ConflictingRoles,
        Self::PrerequisiteNowhere,
        Self::StageWithoutExit,
        Self::EntityWithoutReader,
        Self::SubjectSwitchedOff,
        Self::SubjectArchived,
        Self::AssignmentReachesNobody,
        Self::AssignmentOver,
        Self::SubstitutionNeverLive,
        Self::WindowLong,
        Self::WindowsOverlap,
        Self::StandsInForHimself,
        Self::RoleForOneUser,
        Self::UserWithoutRoles,
        Self::CreateWithoutRead,
        Self::RoleGivesNothing,
        Self::RoleContained,
    ];

    /// The lint with this code, if there is one.
    ///
    /// ```
    /// use bailiwick::review::Lint;
    ///
    /// assert_eq!(Lint::from_code("role-reduces"), Some(Lint::RoleReduces));
    /// assert_eq!(Lint::from_code("role-reduce"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lint| lint.code() == code)
    }

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::RoleReduces => "role-reduces",
            Self::WiderThanRead => "wider-than-read",
            Self::SettingsForEverybody => "settings-for-everybody",
            Self::EverybodyReachesAll => "everybody-reaches-all",
            Self::ConflictingRoles => "conflicting-roles",
            Self::PrerequisiteNowhere => "prerequisite-nowhere",
            Self::StageWithoutExit => "stage-without-exit",
            Self::EntityWithoutReader => "entity-without-reader",
            Self::SubjectSwitchedOff => "subject-switched-off",
            Self::SubjectArchived => "subject-archived",
            Self::AssignmentReachesNobody => "assignment-reaches-nobody",
            Self::AssignmentOver => "assignment-over",
            Self::SubstitutionNeverLive => "substitution-never-live",
            Self::WindowLong => "window-long",
            Self::WindowsOverlap => "windows-overlap",
            Self::StandsInForHimself => "stands-in-for-himself",
            Self::RoleForOneUser => "role-for-one-user",
            Self::UserWithoutRoles => "user-without-roles",
            Self::CreateWithoutRead => "create-without-read",
            Self::RoleGivesNothing => "role-gives-nothing",
            Self::RoleContained => "role-contained",
        }
    }

    /// How bad it is.
    pub const fn severity(self) -> Severity {
        match self {
            Self::RoleReduces
            | Self::WiderThanRead
            | Self::SettingsForEverybody
            | Self::EverybodyReachesAll
            | Self::ConflictingRoles
            | Self::PrerequisiteNowhere => Severity::Risk,
            Self::StageWithoutExit
            | Self::EntityWithoutReader
            | Self::SubjectArchived
            | Self::WindowLong
            | Self::RoleForOneUser
            | Self::UserWithoutRoles
            | Self::CreateWithoutRead
            | Self::RoleContained => Severity::Advice,
            Self::SubjectSwitchedOff
            | Self::AssignmentReachesNobody
            | Self::AssignmentOver
            | Self::SubstitutionNeverLive
            | Self::WindowsOverlap
            | Self::StandsInForHimself
            | Self::RoleGivesNothing => Severity::DeadWeight,
        }
    }
}

impl Severity {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Risk => "risk",
            Self::Advice => "advice",
            Self::DeadWeight => "dead-weight",
        }
    }
}

/// One thing that looks wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    lint: Lint,
    at: Location,
    keys: Vec<String>,
    message: String,
}

impl Finding {
    pub(super) fn new(
        lint: Lint,
        part: Part,
        pointer: impl Into<String>,
        keys: impl IntoIterator<Item = String>,
        message: String,
    ) -> Self {
        Self { lint, at: Location::new(part, pointer), keys: keys.into_iter().collect(), message }
    }

    /// What was looked for.
    pub fn lint(&self) -> Lint {
        self.lint
    }

    /// Where it stands; the pointer is valid in the JSON document too.
    pub fn at(&self) -> &Location {
        &self.at
    }

    /// The keys concerned, the most important first: what an exception from a lint names.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// What was found, in plain words.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: [{}] {}", self.at, self.lint.code(), self.message)
    }
}
