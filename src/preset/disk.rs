//! Disk: storages, folders and files with lists of their own, as Bitrix24 protects them.
//!
//! Section 6 of the rights model, as data: one [ladder], and the lists of new storages.
//!
//! | rung | vendor | gives |
//! |---|---|---|
//! | [`CAN_READ`] | `disk_access_read`, `R` | [`READ`] |
//! | [`CAN_ADD`] | `disk_access_add`, `T` | … and [`ADD`] |
//! | [`CAN_EDIT`] | `disk_access_edit`, `W` | … and [`EDIT`], [`DELETE`], [`START_PROCESS`] |
//! | [`FULL`] | `disk_access_full`, `X` | … and [`DESTROY`], [`RESTORE`], [`SETTINGS`], [`RIGHTS`], [`SHARE`], [`CREATE_PROCESS`] |
//! | [`CAN_SHARE`] | `disk_access_sharing`, `S` | [`SHARE`] and nothing else |
//!
//! Renaming and changing are [`EDIT`]. Deleting is two things: [`DELETE`] moves to the recycle bin, [`DESTROY`] is for good.
//! Moving takes [`READ`] and [`DELETE`] on the object and [`ADD`] on the target; see
//! [`Inherited::may_move`](crate::Inherited::may_move). Sharing takes [`SHARE`] and whatever is handed out; see
//! [`Inherited::may_share`](crate::Inherited::may_share). A right on a child does not open its parent.
//!
//! # Where this differs from the product
//!
//! What is given to an employee is not given to his heads, nor is his storage: the vendor's `IU` reaches every head above him.
//! The administrators of social networks, who need a mode to be switched on, are not administrators here.
//!
//! Deliberately absent: links. Whoever is given an object meets it through a link on his own disk, once he has accepted the
//! invitation; that is a matter of the application and no right.

use crate::directory::{Directory, SocialGroup, User};
use crate::key::{Key, Name};
use crate::policy::{Acl, Origin, Policy, Rank, Subject};
use crate::preset::Preset;
use crate::vocabulary::{Action, Ladder, Rung, Vocabulary};

/// The ladder of storages, folders and files.
pub const DISK: Name<Ladder> = Name::new("disk");

/// Seeing an object and what it holds.
pub const READ: Name<Action> = Name::new("read");
/// Adding to a folder.
pub const ADD: Name<Action> = Name::new("add");
/// Changing and renaming.
pub const EDIT: Name<Action> = Name::new("edit");
/// Moving to the recycle bin.
pub const DELETE: Name<Action> = Name::new("delete");
/// Starting a business process.
pub const START_PROCESS: Name<Action> = Name::new("start_process");
/// Deleting for good.
pub const DESTROY: Name<Action> = Name::new("destroy");
/// Taking out of the recycle bin.
pub const RESTORE: Name<Action> = Name::new("restore");
/// Changing the settings of an object.
pub const SETTINGS: Name<Action> = Name::new("settings");
/// Changing the list of an object.
pub const RIGHTS: Name<Action> = Name::new("rights");
/// Sharing an object with others.
pub const SHARE: Name<Action> = Name::new("share");
/// Making business processes.
pub const CREATE_PROCESS: Name<Action> = Name::new("create_process");

/// Reading.
pub const CAN_READ: Name<Rung> = Name::new("read");
/// Reading and adding.
pub const CAN_ADD: Name<Rung> = Name::new("add");
/// Reading, adding, changing, deleting to the recycle bin.
pub const CAN_EDIT: Name<Rung> = Name::new("edit");
/// Sharing, and not even reading.
pub const CAN_SHARE: Name<Rung> = Name::new("sharing");
/// Everything.
pub const FULL: Name<Rung> = Name::new("full");

/// The origin of entries that sharing has made.
pub const SHARING: Name<Origin> = Name::new("sharing");
/// The origin of entries that a business process has made.
pub const BUSINESS_PROCESS: Name<Origin> = Name::new("business_process");

/// The preset: the ladder alone, for nothing of a disk is given by roles.
pub(super) const PRESET: Preset = Preset {
    name: "disk",
    about: "storages, folders and files with lists of their own: one ladder and no roles",
    policy: || Policy::new(Vocabulary::new().ladder(ladder())),
    assignments: Vec::new,
    directory: Directory::new,
};

/// What the entries of a disk can give. Visitors are refused.
pub fn ladder() -> Ladder {
    let read = [READ];
    let add = [READ, ADD];
    let edit = [READ, ADD, EDIT, DELETE, START_PROCESS];
    let only_full = [DESTROY, RESTORE, SETTINGS, RIGHTS, SHARE, CREATE_PROCESS];
    Ladder::new(DISK)
        .rung(Rung::new(CAN_READ).gives(read))
        .rung(Rung::new(CAN_ADD).gives(add))
        .rung(Rung::new(CAN_EDIT).gives(edit))
        .rung(Rung::new(CAN_SHARE).gives([SHARE]))
        .rung(Rung::new(FULL).gives(edit).gives(only_full))
        .moved_by([READ, DELETE], [ADD])
        .shared_by(SHARE)
        .signed_in_only()
}

/// The list of a user's new storage: it is his and nobody else's, his heads' neither.
pub fn user_storage(user: impl Into<Key<User>>) -> Acl {
    Acl::new().give(FULL, Subject::User(user.into()))
}

/// The list of a social group's new storage: its owner has everything, the moderators and members edit.
pub fn workgroup_storage(group: impl Into<Key<SocialGroup>>) -> Acl {
    let group = group.into();
    let from = |rank| Subject::SocialGroup(group.clone(), rank);
    Acl::new()
        .give(FULL, from(Rank::Owner))
        .give(CAN_EDIT, from(Rank::Moderator))
        .give(CAN_EDIT, from(Rank::Member))
}

/// The list of an application's new storage: every signed-in user has everything. The list of a common storage is whatever
/// its creator writes.
pub fn application_storage() -> Acl {
    Acl::new().give(FULL, Subject::SignedIn)
}
