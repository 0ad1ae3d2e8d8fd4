//! Business processes: lists and their elements, the documents that processes work on, and the states that they are in, as
//! Bitrix24 protects them.
//!
//! Section 7 of the rights model. Lists are data: one [ladder](lists), whose entries stand on a block, on its sections and on
//! their elements, and are passed on in this order.
//!
//! | rung | vendor | gives |
//! |---|---|---|
//! | [`NONE`] | `D` | nothing |
//! | [`CAN_READ`] | `R` | [`READ_SECTION`], [`READ_ELEMENT`] |
//! | [`CAN_ADD`] | `E` | [`CREATE`] and nothing else: it stands aside |
//! | [`CAN_READ_IN_PANEL`] | `S` | as `R`, and [`SHOW_PANEL`] |
//! | [`CAN_ADD_IN_PANEL`] | `T` | … and [`CREATE`] |
//! | [`CAN_CHANGE_WITH_LIMITS`] | `U` | … and [`EDIT_ELEMENT`], [`EDIT_PRICE`], [`DELETE_ELEMENT`], [`START_PROCESS`] |
//! | [`CAN_CHANGE`] | `W` | … and [`EDIT_SECTION`], [`DELETE_SECTION`], [`NEST_SECTION`], [`EDIT_IN_ANY_STATUS`] |
//! | [`FULL`] | `X` | … and [`EDIT_BLOCK`], [`DELETE_BLOCK`], [`EXPORT`], [`EDIT_RIGHTS`] |
//!
//! `D` gives nothing and forbids nothing: an entry at it is a note. What a process may do with its document is asked in
//! terms of the document: [`Operation`] says how for CRM, [`may_with_virtual`] for documents that no module keeps. Processes
//! that are state machines restrict it further: [`in_states`].

mod operation;
mod states;

pub use operation::{CrmRight, Operation, may_with_record, may_with_type};
pub use states::{in_states, may_with_virtual};

use crate::directory::Directory;
use crate::key::Name;
use crate::policy::Policy;
use crate::preset::Preset;
use crate::vocabulary::{Action, Ladder, Rung, Vocabulary};

/// The ladder of lists: of blocks, sections and elements.
pub const LISTS: Name<Ladder> = Name::new("lists");
/// The ladder of the permissions that a state of a process carries.
pub const STATES: Name<Ladder> = Name::new("process_states");

/// Seeing a section.
pub const READ_SECTION: Name<Action> = Name::new("read_section");
/// Seeing an element.
pub const READ_ELEMENT: Name<Action> = Name::new("read_element");
/// Binding elements to a section, which is how they are created.
pub const CREATE: Name<Action> = Name::new("create");
/// Being shown in the control panel.
pub const SHOW_PANEL: Name<Action> = Name::new("show_panel");
/// Changing an element.
pub const EDIT_ELEMENT: Name<Action> = Name::new("edit_element");
/// Changing an element's price.
pub const EDIT_PRICE: Name<Action> = Name::new("edit_price");
/// Deleting an element.
pub const DELETE_ELEMENT: Name<Action> = Name::new("delete_element");
/// Starting a process on an element.
pub const START_PROCESS: Name<Action> = Name::new("start_process");
/// Changing a section.
pub const EDIT_SECTION: Name<Action> = Name::new("edit_section");
/// Deleting a section.
pub const DELETE_SECTION: Name<Action> = Name::new("delete_section");
/// Binding sections to a section.
pub const NEST_SECTION: Name<Action> = Name::new("nest_section");
/// Changing an element whatever status its process has given it.
pub const EDIT_IN_ANY_STATUS: Name<Action> = Name::new("edit_in_any_status");
/// Changing a block.
pub const EDIT_BLOCK: Name<Action> = Name::new("edit_block");
/// Deleting a block.
pub const DELETE_BLOCK: Name<Action> = Name::new("delete_block");
/// Exporting.
pub const EXPORT: Name<Action> = Name::new("export");
/// Changing the list of an object.
pub const EDIT_RIGHTS: Name<Action> = Name::new("edit_rights");
/// Reading a document that is in a state.
pub const READ: Name<Action> = Name::new("read");

/// Nothing. The vendor's `D`.
pub const NONE: Name<Rung> = Name::new("none");
/// Reading. The vendor's `R`; also of a state.
pub const CAN_READ: Name<Rung> = Name::new("read");
/// Adding, and not reading. The vendor's `E`; also of a state.
pub const CAN_ADD: Name<Rung> = Name::new("add");
/// Reading in the control panel. The vendor's `S`.
pub const CAN_READ_IN_PANEL: Name<Rung> = Name::new("read_in_panel");
/// Adding in the control panel. The vendor's `T`.
pub const CAN_ADD_IN_PANEL: Name<Rung> = Name::new("add_in_panel");
/// Changing with limits. The vendor's `U`.
pub const CAN_CHANGE_WITH_LIMITS: Name<Rung> = Name::new("change_with_limits");
/// Changing. The vendor's `W`.
pub const CAN_CHANGE: Name<Rung> = Name::new("change");
/// Everything. The vendor's `X`.
pub const FULL: Name<Rung> = Name::new("full");

/// The preset: two ladders, for nothing of it is given by roles.
pub(super) const PRESET: Preset = Preset {
    name: "bizproc",
    about: "lists of business processes and the states of processes: two ladders and no roles",
    policy: || Policy::new(Vocabulary::new().ladder(lists()).ladder(states())),
    assignments: Vec::new,
    directory: Directory::new,
};

/// What the entries of blocks, sections and elements can give.
pub fn lists() -> Ladder {
    let read = [READ_SECTION, READ_ELEMENT];
    let panel_read = || Rung::new(CAN_READ_IN_PANEL).gives(read).gives([SHOW_PANEL]);
    let panel_add = || widened(CAN_ADD_IN_PANEL, panel_read(), &[CREATE]);
    let limited = [EDIT_ELEMENT, EDIT_PRICE, DELETE_ELEMENT, START_PROCESS];
    let limited = || widened(CAN_CHANGE_WITH_LIMITS, panel_add(), &limited);
    let change = [EDIT_SECTION, DELETE_SECTION, NEST_SECTION, EDIT_IN_ANY_STATUS];
    let change = || widened(CAN_CHANGE, limited(), &change);
    Ladder::new(LISTS)
        .rung(Rung::new(NONE))
        .rung(Rung::new(CAN_READ).gives(read))
        .rung(Rung::new(CAN_ADD).gives([CREATE]))
        .rung(panel_read())
        .rung(panel_add())
        .rung(limited())
        .rung(change())
        .rung(widened(FULL, change(), &[EDIT_BLOCK, DELETE_BLOCK, EXPORT, EDIT_RIGHTS]))
}

/// A rung that gives all that another one gives, and more.
fn widened(key: Name<Rung>, below: Rung, more: &[Name<Action>]) -> Rung {
    Rung::new(key).gives(below.gives).gives(more.iter().copied())
}

/// What the permissions of a state can give.
pub fn states() -> Ladder {
    Ladder::new(STATES).rung(Rung::new(CAN_READ).gives([READ])).rung(Rung::new(CAN_ADD).gives([CREATE]))
}
