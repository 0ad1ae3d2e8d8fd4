//! The features of groups and their default audiences: the table of section 8.

use crate::audience::Audience;
use crate::key::Name;
use crate::preset::social_groups::ADMIN_MODE;
use crate::vocabulary::{FeatureRule, Freedom, OperationRule};

use crate::audience::Operation;

/// Inviting somebody.
pub const GROUP_INVITE: Name<Operation> = Name::new("group.invite");
/// Writing to the whole group.
pub const GROUP_MESSAGE: Name<Operation> = Name::new("group.message");

const A: Audience = Audience::Owner;
const E: Audience = Audience::Moderators;
const K: Audience = Audience::Members;

/// An operation, its default audience, and whether it is for viewing.
type Row = (&'static str, Audience, bool);

const VIEWS: bool = true;
const ACTS: bool = false;

const TABLE: [(&str, &[Row]); 6] = [
    (
        "tasks",
        &[
            ("tasks.view", K, VIEWS),
            ("tasks.view_all", K, VIEWS),
            ("tasks.sort", E, ACTS),
            ("tasks.create_tasks", K, ACTS),
            ("tasks.edit_tasks", E, ACTS),
            ("tasks.delete_tasks", E, ACTS),
        ],
    ),
    ("files", &[("files.view", K, VIEWS), ("files.write_limited", E, ACTS), ("files.write", E, ACTS)]),
    ("calendar", &[("calendar.view", K, VIEWS), ("calendar.write", E, ACTS)]),
    ("photo", &[("photo.view", K, VIEWS), ("photo.write", E, ACTS)]),
    (
        "forum",
        &[
            ("forum.view", K, VIEWS),
            ("forum.answer", K, ACTS),
            ("forum.newtopic", K, ACTS),
            ("forum.full", E, ACTS),
        ],
    ),
    (
        "blog",
        &[
            ("blog.view_post", K, VIEWS),
            ("blog.write_post", K, ACTS),
            ("blog.premoderate_post", K, ACTS),
            ("blog.moderate_post", E, ACTS),
            ("blog.full_post", A, ACTS),
            ("blog.view_comment", K, VIEWS),
            ("blog.write_comment", K, ACTS),
            ("blog.premoderate_comment", K, ACTS),
            ("blog.moderate_comment", E, ACTS),
            ("blog.full_comment", E, ACTS),
        ],
    ),
];

/// What groups let people do. A seventh feature, `group`, is the group itself: who invites, and who writes to everybody in it.
///
/// The facts leave three things to us. Who sorts tasks is a setting: moderators, unless a group says otherwise. Who invites has no
/// default: moderators. The blog of an open, visible group is read by every signed-in user, comments included.
pub fn features() -> Vec<FeatureRule> {
    let free = || Freedom::When(ADMIN_MODE.into());
    let feature = |(key, rows): &(&str, &[Row])| {
        let feature = FeatureRule::new(*key).administrators(free());
        rows.iter().map(operation).fold(feature, FeatureRule::operation)
    };
    let group = FeatureRule::new("group")
        .administrators(free())
        .operation(OperationRule::new(GROUP_INVITE, E).audiences([A, E, K]))
        .operation(OperationRule::new(GROUP_MESSAGE, K).audiences([A, E, K, Audience::Everyone]));
    TABLE.iter().map(feature).chain([group]).collect()
}

fn operation((key, default, views): &Row) -> OperationRule {
    let operation = OperationRule::new(*key, *default);
    let operation = if *views { operation.for_viewing() } else { operation.never(Audience::Everyone) };
    let blog = *views && key.starts_with("blog.");
    if blog { operation.default_in_open(Audience::SignedIn) } else { operation }
}
