//! CRM: leads, deals, contacts and what belongs to them, as Bitrix24 protects them.
//!
//! Section 2 of the rights model, as data. Every constant is a key in plain English; the tables give the vendor's code for
//! it, for whoever brings his roles along.
//!
//! | entity | vendor | rights are set per | admits to the application |
//! |---|---|---|---|
//! | [`LEAD`] | `LEAD` | stage | yes |
//! | [`DEAL`] | `DEAL`, `DEAL_C5` | stage, pipeline | yes |
//! | [`CONTACT`], [`COMPANY`] | `CONTACT`, `COMPANY` | pipeline | yes |
//! | [`QUOTE`] | `QUOTE` | entity | yes |
//! | [`INVOICE`] | `INVOICE` | entity | yes |
//! | [`SMART_INVOICE`] | `SMART_INVOICE` | stage, pipeline | yes |
//! | [`smart_process`] | `DYNAMIC_130`, `DYNAMIC_130_C9` | stage, pipeline | yes |
//! | [`smart_process_of_solution`] | the same, inside an automated solution | stage, pipeline | no |
//! | [`ORDER`] | `ORDER` | entity | no |
//! | [`SALES_TARGET`] | `SALETARGET` | entity | no |
//! | [`EXCLUSION`] | `EXCLUSION` | entity | no |
//! | [`WEB_FORM`], [`WIDGET`] | `WEBFORM`, `BUTTON` | entity | no |
//! | [`CALL_ASSESSMENT`], [`REPEAT_SALES`] | `CCA`, `RS` | entity | no |
//! | [`SETTINGS`] | `CONFIG` | entity | no |
//! | [`WEB_FORM_SETTINGS`], [`WIDGET_SETTINGS`], [`CONTRACTOR_SETTINGS`] | `WEBFORM_CONFIG`, `BUTTON_CONFIG`, `CONTRACTOR_CONFIG` | entity | no |
//! | [`solution_settings`] | `AS_CONFIG_7` | entity | no |
//! | [`SOLUTION_LIST`] | `AUTOMATED_SOLUTION` | entity | no |
//!
//! | action | vendor | levels on offer |
//! |---|---|---|
//! | [`READ`], [`CREATE`], [`UPDATE`], [`DELETE`], [`EXPORT`], [`IMPORT`] | `READ`, `ADD`, `WRITE`, `DELETE`, `EXPORT`, `IMPORT` | of records all, of areas none and all |
//! | [`AUTOMATE`], [`PERSONALIZE`] | `AUTOMATION`, `MYCARDVIEW` | none and all |
//! | [`SHOW_SUMS`] | `HIDE_SUM`, whose name says the opposite | none and all |
//! | [`CONFIGURE`] | `CONFIG` | none and all |
//! | a transition of a role | `TRANSITION` | |
//!
//! | level | vendor | record matches when |
//! |---|---|---|
//! | [`NONE`] | empty | never |
//! | [`OWN`] | `A` | the viewer is responsible |
//! | [`DEPARTMENT`] | `D` | … or somebody of his departments is |
//! | [`SUBDEPARTMENTS`] | `F` | … or of the departments below |
//! | [`ALL_OPEN`] | `O` | … or it is flagged [`OPEN`] |
//! | [`ALL`] | `X` | always |
//! | [`OWN_AND_OPEN`], [`DEPARTMENT_AND_OPEN`] | sets of switches without a letter | |
//!
//! # A right set on an entity
//!
//! holds in all its pipelines, those that are added later included, unless a role says otherwise of one of them. The vendor
//! keeps pipelines apart: his `DEAL` is [`DEAL`] in [`GENERAL`] here, and his `DEAL_C5` a pipeline `5`. Whoever copies his
//! roles sets their rights on pipelines.
//!
//! # Where this differs from the product
//!
//! Changing and deleting need reading, on the same record. Heads see their subordinates' records by level and not by a
//! side effect. A dismissed user holds nothing. (Sections 12.1 to 12.3 of the rights model.)
//!
//! # One more pipeline, one more kind of record
//!
//! ```
//! use bailiwick::{crm, Directory, Pipeline, Policy, Snapshot};
//!
//! let partners = Pipeline::new("partners", crm::deal::STAGES.iter().copied());
//! let delivery = crm::smart_process("delivery");
//! let roles = crm::roles_for([&delivery]);
//! let vocabulary = crm::with_pipeline(crm::vocabulary(), crm::DEAL, partners).entity(delivery);
//! let snapshot = Snapshot::compile(&Policy::new(vocabulary).roles(roles), &Directory::new())?;
//! assert!(snapshot.place_of(crm::DEAL.pipeline("partners").stage("won")).is_some());
//! assert!(snapshot.entity("delivery").is_some());
//! # Ok::<(), bailiwick::Problems>(())
//! ```
//!
//! Deliberately absent: rights over fields and activities, which the product does not have; whoever reads a record reads
//! all of it.

mod classic;
mod entities;
mod roles;
mod stages;

pub use classic::{classic_assignments, classic_roles};
pub use entities::{smart_process, smart_process_of_solution, solution_settings};
pub use roles::{
    default_assignments, form_administrator, roles, roles_for, solution_list_administrator,
    special_assignments, widget_administrator,
};
pub use stages::{deal, invoice, lead, quote, smart_invoice};

use crate::directory::Directory;
use crate::key::{Key, Name};
use crate::policy::{Policy, Role};
use crate::preset::Preset;
use crate::vocabulary::{
    Action, Entity, Flag, Level, Party, PartyRule, Pipeline, PlaceName, Relations, Vocabulary,
};

/// Leads: first contacts.
pub const LEAD: PlaceName = PlaceName::entity("lead");
/// Deals.
pub const DEAL: PlaceName = PlaceName::entity("deal");
/// People.
pub const CONTACT: PlaceName = PlaceName::entity("contact");
/// Companies.
pub const COMPANY: PlaceName = PlaceName::entity("company");
/// Quotes.
pub const QUOTE: PlaceName = PlaceName::entity("quote");
/// The old invoices, which move freely: their kind has no transition right.
pub const INVOICE: PlaceName = PlaceName::entity("invoice");
/// The present invoices.
pub const SMART_INVOICE: PlaceName = PlaceName::entity("smart_invoice");
/// Orders of the shop. They move freely through whatever stages the application gives them with [`with_pipeline`].
pub const ORDER: PlaceName = PlaceName::entity("order");
/// Sales plans. Whoever may update may add and remove them, here and in the areas below.
pub const SALES_TARGET: PlaceName = PlaceName::entity("sales_target");
/// The list of addresses that no leads are made of.
pub const EXCLUSION: PlaceName = PlaceName::entity("exclusion");
/// Forms on the web.
pub const WEB_FORM: PlaceName = PlaceName::entity("web_form");
/// Buttons on web sites, which open a chat or a form.
pub const WIDGET: PlaceName = PlaceName::entity("widget");
/// The automatic assessment of calls.
pub const CALL_ASSESSMENT: PlaceName = PlaceName::entity("call_assessment");
/// Repeated sales.
pub const REPEAT_SALES: PlaceName = PlaceName::entity("repeat_sales");
/// The settings of the whole CRM. Whoever may update them is its administrator: he edits the settings and the roles, he
/// [automates](AUTOMATE), [sees sums](SHOW_SUMS), [personalises cards](PERSONALIZE) and moves records anywhere, and gets at
/// no record by it. Everybody may read them, so there is no right to.
pub const SETTINGS: PlaceName = PlaceName::entity("settings");
/// The settings of forms, with administrators of their own.
pub const WEB_FORM_SETTINGS: PlaceName = PlaceName::entity("web_form_settings");
/// The settings of widgets, with administrators of their own.
pub const WIDGET_SETTINGS: PlaceName = PlaceName::entity("widget_settings");
/// The settings of contractors, with administrators of their own.
pub const CONTRACTOR_SETTINGS: PlaceName = PlaceName::entity("contractor_settings");
/// The list of automated solutions.
pub const SOLUTION_LIST: PlaceName = PlaceName::entity("solution_list");

/// Seeing a record, and all that is in it. Observing a record is enough on any stage, for whoever may read anything of its
/// kind at all.
pub const READ: Name<Action> = Name::new("read");
/// Adding a record. Gives no right to see it afterwards.
pub const CREATE: Name<Action> = Name::new("create");
/// Changing a record that one may read.
pub const UPDATE: Name<Action> = Name::new("update");
/// Deleting a record that one may read.
pub const DELETE: Name<Action> = Name::new("delete");
/// Exporting records. Needs no right to read them: a wider right to export than to read gives the base away.
pub const EXPORT: Name<Action> = Name::new("export");
/// Importing records.
pub const IMPORT: Name<Action> = Name::new("import");
/// Editing the robots of a pipeline.
pub const AUTOMATE: Name<Action> = Name::new("automate");
/// Seeing the sums of the stages on the board.
pub const SHOW_SUMS: Name<Action> = Name::new("show_sums");
/// Switching a card to a layout of one's own.
pub const PERSONALIZE: Name<Action> = Name::new("personalize");
/// Configuring an automated solution.
pub const CONFIGURE: Name<Action> = Name::new("configure");

/// No record.
pub const NONE: Name<Level> = Name::new("none");
/// One's own records.
pub const OWN: Name<Level> = Name::new("own");
/// One's own and one's departments' records.
pub const DEPARTMENT: Name<Level> = Name::new("department");
/// … and those of all departments below.
pub const SUBDEPARTMENTS: Name<Level> = Name::new("subdepartments");
/// … and every record that is flagged open. Its key is `open`.
pub const ALL_OPEN: Name<Level> = Name::new("open");
/// Every record.
pub const ALL: Name<Level> = Name::new("all");
/// One's own records and those that are flagged open.
pub const OWN_AND_OPEN: Name<Level> = Name::new("own_and_open");
/// One's own and one's departments' records and those that are flagged open.
pub const DEPARTMENT_AND_OPEN: Name<Level> = Name::new("department_and_open");

/// Who is responsible for a record: its owner.
pub const RESPONSIBLE: Party = Party::OWNER;
/// Who observes a record.
pub const OBSERVER: Party = Party::nth(1);

/// "Available to everyone": counts for levels that have it, and for nothing else.
pub const OPEN: Flag = Flag::nth(0);
/// Records that whoever may read anything of their kind may read, such as one's own company.
pub const ALWAYS_READABLE: Flag = Flag::nth(1);

/// The pipeline that every kind of record with pipelines has.
pub const GENERAL: Name<Pipeline> = Name::new("general");

/// Everything, and the settings. The vendor's `ADMIN`.
pub const ADMINISTRATOR: Name<Role> = Name::new("administrator");
/// Everything but the settings. The vendor's `HEAD`.
pub const DIRECTOR: Name<Role> = Name::new("director");
/// The records of his department. The vendor's `DEPUTY`.
pub const DEPARTMENT_HEAD: Name<Role> = Name::new("department_head");
/// His own records. The vendor's `MANAGER`.
pub const MANAGER: Name<Role> = Name::new("manager");
/// Reads his own records and those he observes. The vendor's `OBSERVER`.
pub const READER: Name<Role> = Name::new("reader");
/// Forms. The vendor's `ADMIN_WEB_FORM`.
pub const FORM_ADMINISTRATOR: Name<Role> = Name::new("form_administrator");
/// Widgets. The vendor's `ADMIN_SITE_BUTTON`.
pub const WIDGET_ADMINISTRATOR: Name<Role> = Name::new("widget_administrator");
/// The list of automated solutions. The vendor's `ADMIN_AUTOMATED_SOLUTION`.
pub const SOLUTION_LIST_ADMINISTRATOR: Name<Role> = Name::new("solution_list_administrator");

/// The preset with the present roles.
pub(super) const PRESENT: Preset = Preset {
    name: "crm",
    about: "leads, deals, contacts and what belongs to them, with the five present roles",
    policy: || Policy::new(vocabulary()).roles(roles()),
    assignments: default_assignments,
    directory: Directory::new,
};

/// The preset with the classic roles.
pub(super) const CLASSIC: Preset = Preset {
    name: "crm-classic",
    about: "the same records with the four roles of 2012 to 2023",
    policy: || Policy::new(vocabulary()).roles(classic_roles()),
    assignments: || classic_assignments("direction", "marketing_and_sales"),
    directory: Directory::new,
};

const ACTIONS: [Name<Action>; 10] =
    [READ, CREATE, UPDATE, DELETE, EXPORT, IMPORT, AUTOMATE, SHOW_SUMS, PERSONALIZE, CONFIGURE];

/// What CRM protects.
pub fn vocabulary() -> Vocabulary {
    let words = Vocabulary::new()
        .party(PartyRule::new("responsible").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .party(PartyRule::new("observer").counts_for(Relations::OBSERVED))
        .flag("open")
        .flag("always_readable")
        .actions(ACTIONS);
    let words = levels().into_iter().fold(words, Vocabulary::level);
    entities::all().into_iter().fold(words, Vocabulary::entity)
}

fn levels() -> [Level; 8] {
    let department = Relations::OWN | Relations::DEPARTMENT;
    let subdepartments = department | Relations::SUBDEPARTMENTS;
    let open = OPEN.relation();
    [
        Level::new(NONE, Relations::empty()),
        Level::new(OWN, Relations::OWN),
        Level::new(DEPARTMENT, department),
        Level::new(SUBDEPARTMENTS, subdepartments),
        Level::new(ALL_OPEN, subdepartments | open),
        Level::new(ALL, Relations::ALWAYS),
        Level::new(OWN_AND_OPEN, Relations::OWN | open),
        Level::new(DEPARTMENT_AND_OPEN, department | open),
    ]
}

/// The vocabulary with one more pipeline of the entity. An entity that is not there gets none; a role that speaks of the
/// pipeline is then reported when the snapshot is compiled.
#[must_use]
pub fn with_pipeline(
    mut vocabulary: Vocabulary,
    entity: impl Into<Key<Entity>>,
    pipeline: Pipeline,
) -> Vocabulary {
    let key = entity.into();
    if let Some(entity) = vocabulary.entities.iter_mut().find(|entity| entity.key == key) {
        entity.pipelines.push(pipeline);
    }
    vocabulary
}
