//! Features, operations and audiences: one mistake, one problem.

use bailiwick::{Audience, Feature, FeatureRule, Key, OperationRule, OwnAudience};

use crate::problems::{Draft, assert_cases};

fn feature(key: &str, operations: &[(&str, Audience)]) -> FeatureRule {
    let operations = operations.iter().map(|(key, audience)| OperationRule::new(*key, *audience));
    operations.map(|it| it.never(Audience::Everyone)).fold(FeatureRule::new(key), FeatureRule::operation)
}

fn with_tasks(draft: &mut Draft) {
    draft.vocabulary().features.push(feature("tasks", &[("tasks.view", Audience::Members)]));
}

fn own(draft: &mut Draft, operation: &str, audience: Audience) {
    with_tasks(draft);
    draft.directory.social_groups[0].audiences.push(OwnAudience::new(operation, audience));
}

fn off(draft: &mut Draft, features: &[&str]) {
    with_tasks(draft);
    let keys = features.iter().map(|key| Key::<Feature>::from(*key));
    draft.directory.social_groups[0].without.extend(keys);
}

#[test]
fn mistakes_with_features_and_audiences() {
    assert_cases(&[
        (
            |it| own(it, "tasks.fly", Audience::Members),
            "unknown tasks.fly at directory/social_groups/0/audiences/0/operation",
            |it| own(it, "tasks.view", Audience::Owner),
        ),
        (
            |it| own(it, "tasks.view", Audience::Everyone),
            "audience-not-offered tasks.view everyone at directory/social_groups/0/audiences/0/audience",
            |it| own(it, "tasks.view", Audience::SignedIn),
        ),
        (
            |it| {
                own(it, "tasks.view", Audience::Owner);
                let again = OwnAudience::new("tasks.view", Audience::Owner);
                it.directory.social_groups[0].audiences.push(again);
            },
            "duplicate tasks.view at directory/social_groups/0/audiences/1/operation",
            |it| own(it, "tasks.view", Audience::Owner),
        ),
        (
            |it| off(it, &["photo"]),
            "unknown photo at directory/social_groups/0/without/0",
            |it| off(it, &["tasks"]),
        ),
        (
            |it| off(it, &["tasks", "tasks"]),
            "duplicate tasks at directory/social_groups/0/without/1",
            |it| off(it, &["tasks"]),
        ),
        (
            |it| it.vocabulary().features.push(feature("tasks", &[("tasks.view", Audience::Everyone)])),
            "audience-not-offered tasks.view everyone at vocabulary/features/0/operations/0/default",
            with_tasks,
        ),
        (
            |it| {
                with_tasks(it);
                let operation = &mut it.vocabulary().features[0].operations[0];
                operation.default_in_open = Some(Audience::Everyone);
            },
            "audience-not-offered tasks.view everyone at vocabulary/features/0/operations/0/default_in_open",
            |it| {
                with_tasks(it);
                let operation = &mut it.vocabulary().features[0].operations[0];
                operation.default_in_open = Some(Audience::SignedIn);
            },
        ),
        (
            |it| {
                with_tasks(it);
                it.vocabulary().features.push(feature("more", &[("tasks.view", Audience::Owner)]));
            },
            "duplicate tasks.view at vocabulary/features/1/operations/0/key",
            |it| {
                with_tasks(it);
                it.vocabulary().features.push(feature("more", &[("more.view", Audience::Owner)]));
            },
        ),
        (
            |it| {
                with_tasks(it);
                it.vocabulary().features.push(feature("tasks", &[]));
            },
            "duplicate tasks at vocabulary/features/1/key",
            with_tasks,
        ),
        (
            |it| it.vocabulary().features.push(FeatureRule::new(" x")),
            "key-unusable  x at vocabulary/features/0/key",
            |it| it.vocabulary().features.push(FeatureRule::new("x")),
        ),
        (
            |it| it.vocabulary().features.push(feature("x", &[("", Audience::Owner)])),
            "key-unusable  at vocabulary/features/0/operations/0/key",
            |it| it.vocabulary().features.push(feature("x", &[("y", Audience::Owner)])),
        ),
        (
            |it| {
                with_tasks(it);
                it.entity().offers[0].hosted_by = Some("tasks.fly".into());
            },
            "dangling tasks.fly at vocabulary/entities/0/offers/0/hosted_by",
            |it| {
                with_tasks(it);
                it.entity().offers[0].hosted_by = Some("tasks.view".into());
            },
        ),
        (
            |it| {
                let free = bailiwick::Freedom::When("moon".into());
                it.vocabulary().features.push(feature("tasks", &[]).administrators(free));
            },
            "dangling moon at vocabulary/features/0/administrators/when",
            |it| {
                let free = bailiwick::Freedom::When("phone".into());
                it.vocabulary().features.push(feature("tasks", &[]).administrators(free));
            },
        ),
    ]);
}
