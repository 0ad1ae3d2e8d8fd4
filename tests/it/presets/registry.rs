//! The presets by name.

use std::collections::BTreeSet;

use bailiwick::{Department, Directory, Snapshot, UserGroup, crm, preset, telephony};

#[test]
fn presets_are_found_by_name() {
    let mut names = BTreeSet::new();
    for preset in preset::ALL {
        let policy = preset.policy();
        assert!(names.insert(preset.name()), "{} is there twice", preset.name());
        assert!(!preset.about().is_empty() && !preset.about().contains('\n'), "{}", preset.name());
        assert!(policy.assignments.is_empty());
        assert!(!policy.roles.is_empty() || !policy.vocabulary.ladders.is_empty());
        assert_eq!(preset.vocabulary(), policy.vocabulary);
        assert_eq!(preset::find(preset.name()).map(preset::Preset::name), Some(preset.name()));
        assert_eq!(preset::by_name(preset.name()), Some(policy));
    }
    assert_eq!(preset::by_name("crm").unwrap().roles, crm::roles());
    assert_eq!(preset::by_name("crm-classic").unwrap().roles, crm::classic_roles());
    assert_eq!(preset::by_name("telephony").unwrap().roles, telephony::roles());
    assert_eq!(preset::by_name("CRM"), None);
}

/// The keys that are examples are those that the documentation names.
#[test]
fn presets_compile_as_their_products_are_installed() {
    let directory = Directory::new()
        .with(Department::new("company"))
        .with(UserGroup::new("direction"))
        .with(UserGroup::new("marketing_and_sales"));
    for preset in preset::ALL {
        let mut directory = directory.clone();
        directory.user_groups.extend(preset.directory().user_groups);
        let mut policy = preset.policy();
        policy.assignments = preset.assignments();
        assert_eq!(policy.assignments.is_empty(), policy.roles.is_empty(), "{}", preset.name());
        let compiled = Snapshot::compile(&policy, &directory);
        assert!(compiled.is_ok(), "{}: {compiled:?}", preset.name());
    }
}
