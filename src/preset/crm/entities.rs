//! What each kind of record admits: section 2.1 of the rights model, line by line.

use std::fmt::Display;

use crate::key::{Key, Name};
use crate::preset::crm::stages::{self, deal, invoice, lead, quote, smart_invoice};
use crate::preset::crm::{
    ALL, ALL_OPEN, ALWAYS_READABLE, AUTOMATE, CALL_ASSESSMENT, COMPANY, CONFIGURE, CONTACT,
    CONTRACTOR_SETTINGS, CREATE, DEAL, DELETE, DEPARTMENT, DEPARTMENT_AND_OPEN, EXCLUSION, EXPORT, GENERAL,
    IMPORT, INVOICE, LEAD, NONE, ORDER, OWN, OWN_AND_OPEN, PERSONALIZE, QUOTE, READ, REPEAT_SALES,
    SALES_TARGET, SETTINGS, SHOW_SUMS, SMART_INVOICE, SOLUTION_LIST, SUBDEPARTMENTS, UPDATE, WEB_FORM,
    WEB_FORM_SETTINGS, WIDGET, WIDGET_SETTINGS,
};
use crate::vocabulary::{Action, Entity, Grain, Level, Offer, Pipeline, Relations};

/// What the picker offers for records: the ladder, and the two sets of switches that no letter can express.
const LADDER: [Name<Level>; 8] =
    [NONE, OWN, DEPARTMENT, SUBDEPARTMENTS, ALL_OPEN, ALL, OWN_AND_OPEN, DEPARTMENT_AND_OPEN];

const NO_OR_YES: [Name<Level>; 2] = [NONE, ALL];

/// Plans belong to people and are never open.
const PLANS: [Name<Level>; 5] = [NONE, OWN, DEPARTMENT, SUBDEPARTMENTS, ALL];

/// All entities that an installation starts with.
pub(super) fn all() -> Vec<Entity> {
    let mut entities = vec![
        board(LEAD, Grain::Stage).pipeline(general(lead::STAGES)).admits_to_application(),
        board(DEAL, Grain::Stage).pipeline(general(deal::STAGES)).admits_to_application(),
        card(CONTACT, Grain::Pipeline).pipeline(general(&[])).admits_to_application(),
        card(COMPANY, Grain::Pipeline).pipeline(general(&[])).admits_to_application(),
        quotes(),
        card(INVOICE, Grain::Entity)
            .pipeline(general(invoice::STAGES))
            .moves_freely()
            .admits_to_application(),
        board(SMART_INVOICE, Grain::Stage).pipeline(general(smart_invoice::STAGES)).admits_to_application(),
        board(ORDER, Grain::Entity).moves_freely(),
        area(SALES_TARGET, &PLANS),
    ];
    let areas = [EXCLUSION, WEB_FORM, WIDGET, CALL_ASSESSMENT, REPEAT_SALES];
    entities.extend(areas.map(|of| area(of, &NO_OR_YES)));
    entities.extend([SETTINGS, WEB_FORM_SETTINGS, WIDGET_SETTINGS, CONTRACTOR_SETTINGS].map(settings));
    entities.push(settings(SOLUTION_LIST).offer(choice(CONFIGURE)));
    entities
}

/// A smart process: a kind of record that the administrators have made up (`DYNAMIC_130`), with one pipeline to start with.
/// Add it to the vocabulary; [`roles_for`](crate::preset::crm::roles_for) teaches it to the default roles.
pub fn smart_process(key: impl Into<Key<Entity>>) -> Entity {
    board(key, Grain::Stage).pipeline(general(stages::SMART_PROCESS)).admits_to_application()
}

/// A smart process inside an automated solution. It does not let anybody into CRM, and its administrators are those of the
/// solution, not those of CRM: the vocabulary needs the [`solution_settings`] too.
pub fn smart_process_of_solution(key: impl Into<Key<Entity>>, solution: impl Display) -> Entity {
    board(key, Grain::Stage)
        .pipeline(general(stages::SMART_PROCESS))
        .settings(solution_settings_key(&solution), UPDATE)
}

/// The settings of an automated solution (`AS_CONFIG_7`); their key is `solution_settings_7`. Whoever may update them is
/// the administrator of the smart processes in it.
pub fn solution_settings(solution: impl Display) -> Entity {
    settings(solution_settings_key(&solution))
}

fn solution_settings_key(solution: &impl Display) -> Key<Entity> {
    Key::from(format!("solution_settings_{solution}"))
}

/// Records with the six rights of records and a card.
fn card(key: impl Into<Key<Entity>>, finest: Grain) -> Entity {
    let right = |action: Name<Action>| Offer::new(action).levels(LADDER).finest(finest);
    Entity::new(key)
        .reads_by(READ)
        .creates_by(CREATE)
        .updates_by(UPDATE)
        .settings(SETTINGS, UPDATE)
        .offer(right(READ).standing(Relations::OBSERVED | ALWAYS_READABLE.relation()))
        .offer(right(CREATE))
        .offer(right(UPDATE).requires(READ))
        .offer(right(DELETE).requires(READ))
        .offer(right(EXPORT))
        .offer(right(IMPORT))
        .offer(choice(PERSONALIZE).finest(finest.min(Grain::Pipeline)).by_settings())
}

/// Records that also stand on a board, with robots and sums.
fn board(key: impl Into<Key<Entity>>, finest: Grain) -> Entity {
    card(key, finest)
        .offer(choice(AUTOMATE).finest(finest.min(Grain::Pipeline)).by_settings())
        .offer(choice(SHOW_SUMS).finest(finest).by_settings())
}

/// Quotes have a board without robots, and stages that only transitions speak of.
fn quotes() -> Entity {
    card(QUOTE, Grain::Entity)
        .offer(choice(SHOW_SUMS).finest(Grain::Entity).by_settings())
        .pipeline(general(quote::STAGES))
        .admits_to_application()
}

/// Something without owners and stages, or with few: it is read and updated, and updating includes the rest.
fn area(key: impl Into<Key<Entity>>, readable: &[Name<Level>]) -> Entity {
    Entity::new(key)
        .reads_by(READ)
        .updates_by(UPDATE)
        .offer(Offer::new(READ).levels(readable.iter().copied()).finest(Grain::Entity))
        .offer(choice(UPDATE).requires(READ))
}

fn settings(key: impl Into<Key<Entity>>) -> Entity {
    Entity::new(key).updates_by(UPDATE).offer(choice(UPDATE))
}

fn choice(action: Name<Action>) -> Offer {
    Offer::new(action).levels(NO_OR_YES).finest(Grain::Entity)
}

fn general(stages: &[&str]) -> Pipeline {
    Pipeline::new(GENERAL, stages.iter().copied())
}
