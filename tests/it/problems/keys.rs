//! Keys that cannot be used, wherever they are declared; and keys that can, and must not be taken for each other.

use bailiwick::{
    Assignment, Department, Directory, Entity, KeyFlaw, Level, MAX_KEY_BYTES, Moment, Offer, PartyRule,
    Pipeline, Place, Policy, ProblemKind, Record, Relations, Role, Snapshot, SocialGroup, Subject, User,
    UserGroup, Vocabulary,
};

use crate::problems::{Draft, assert_problems};

fn flaws() -> Vec<(String, KeyFlaw)> {
    let invisible = [
        "\0",
        "a\0b",
        "a\nb",
        "\ta",
        "a\u{7f}",
        "a\u{85}b",
        "a\u{200b}b",
        "\u{200e}a",
        "a\u{200f}",
        "a\u{61c}b",
        "a\u{202a}b",
        "a\u{202e}b",
        "a\u{2060}b",
        "a\u{2066}b",
        "a\u{2069}",
        "\u{feff}a",
    ];
    let blanks = [" ", " a", "a ", "a\u{a0}", "\u{3000}a", "5 ", " 5"];
    let long =
        ["x".repeat(MAX_KEY_BYTES + 1), "é".repeat(MAX_KEY_BYTES / 2 + 1), "9".repeat(MAX_KEY_BYTES + 1)];
    let texts =
        |texts: &[&str], flaw| texts.iter().map(|text| ((*text).to_owned(), flaw)).collect::<Vec<_>>();
    let mut flaws = texts(&[""], KeyFlaw::Empty);
    flaws.extend(texts(&invisible, KeyFlaw::Invisible));
    flaws.extend(texts(&blanks, KeyFlaw::Blanks));
    flaws.extend(long.map(|text| (text, KeyFlaw::TooLong)));
    flaws
}

/// Keys that look like other keys, numbers, places, codes or commands, and are usable.
fn odd() -> Vec<String> {
    let mut odd: Vec<String> = [
        "a",
        "A",
        "á",
        "a\u{301}",
        "а",
        "ａ",
        "a b",
        "a  b",
        "a/b",
        "a/b/c",
        "b/c",
        "/",
        "~1",
        "a~1b",
        "a|b",
        "a:b",
        "0",
        "-0",
        "00",
        "+0",
        "0.0",
        "1e2",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "NaN",
        "null",
        "true",
        "U5",
        "DR3",
        "AU",
        "*",
        "%",
        "_",
        "a%b",
        "'",
        "\"",
        "' or '1'='1",
        "--",
        ";",
        "\\",
        "$1",
        "?",
        "{}",
        "a\u{200d}b",
        "👩\u{200d}👩\u{200d}👧",
        "ß",
        "ss",
        "ﬁ",
        "fi",
        "I",
        "ı",
        "İ",
        "i̇",
        "٥",
        "５",
    ]
    .map(ToOwned::to_owned)
    .into();
    odd.push("x".repeat(MAX_KEY_BYTES));
    odd.push("x".repeat(MAX_KEY_BYTES - 1));
    odd
}

#[test]
fn every_flaw_is_told_with_the_key() {
    for (key, flaw) in flaws() {
        let draft = Draft::with(|it| it.directory.add(User::new(key.as_str())));
        let kinds: Vec<ProblemKind> = draft.problems().iter().map(|problem| problem.kind().clone()).collect();
        let noun = bailiwick::Noun::User;
        assert_eq!(kinds, [ProblemKind::KeyUnusable { noun, key: key.clone(), flaw }], "{key:?}");
        let text = draft.problems()[0].to_string();
        assert!(!text.chars().any(|c| c.is_control() || ('\u{200b}'..='\u{206f}').contains(&c)), "{text:?}");
    }
}

/// A declaration without a key, and what is said of it.
type Nameless = (fn(&mut Draft), &'static str);

#[test]
fn keys_are_looked_at_wherever_they_are_declared() {
    let places: [Nameless; 12] = [
        (|it| it.directory.add(Department::new("")), "key-unusable  at directory/departments/3/key"),
        (|it| it.directory.add(User::new("")), "key-unusable  at directory/users/5/key"),
        (|it| it.directory.add(UserGroup::new("")), "key-unusable  at directory/user_groups/2/key"),
        (
            |it| it.directory.add(SocialGroup::new("", "zoe")),
            "key-unusable  at directory/social_groups/1/key",
        ),
        (|it| it.vocabulary().parties.push(PartyRule::new("")), "key-unusable  at vocabulary/parties/2/key"),
        (|it| it.vocabulary().flags.push("".into()), "key-unusable  at vocabulary/flags/1"),
        (
            |it| it.vocabulary().levels.push(Level::new("", Relations::OWN)),
            "key-unusable  at vocabulary/levels/4/key",
        ),
        (|it| it.vocabulary().actions.push("".into()), "key-unusable  at vocabulary/actions/4"),
        (|it| it.vocabulary().circumstances.push("".into()), "key-unusable  at vocabulary/circumstances/2"),
        (|it| it.vocabulary().entities.push(Entity::new("")), "key-unusable  at vocabulary/entities/2/key"),
        (
            |it| it.entity().pipelines.push(Pipeline::new("", ["x"])),
            "key-unusable  at vocabulary/entities/0/pipelines/2/key",
        ),
        (
            |it| it.entity().pipelines[1].stages.push("".into()),
            "key-unusable  at vocabulary/entities/0/pipelines/1/stages/1",
        ),
    ];
    for (mistake, expected) in places {
        assert_problems(&Draft::with(mistake), &[expected]);
    }
    let role = Draft::with(|it| it.policy.roles.push(Role::new("")));
    assert_problems(&role, &["key-unusable  at policy/roles/2/key"]);
}

/// Every odd key is a user, a department, a role and a stage of its own, and means nothing else.
#[test]
fn odd_keys_are_not_taken_for_each_other() {
    let odd = odd();
    let keys = || odd.iter().map(String::as_str);
    let mut vocabulary = Vocabulary::new().level(Level::new("all", Relations::ALWAYS)).actions(["read"]);
    for key in keys() {
        let entity = Entity::new(key).offer(Offer::new("read").levels(["all"]));
        vocabulary = vocabulary
            .entity(entity.pipeline(Pipeline::new("b", keys())).pipeline(Pipeline::new("b/c", keys())));
    }
    let mut policy = Policy::new(vocabulary);
    let mut directory = Directory::new();
    for key in keys() {
        let place = Place::entity(key).pipeline("b").stage(key);
        policy = policy.role(Role::new(key).set(place, "read", "all"));
        policy = policy.assign(Assignment::new(key, Subject::Department(key.into())));
        directory = directory.with(Department::new(key)).with(User::new(key).sits_in(key));
    }
    let snapshot = Snapshot::compile(&policy, &directory).unwrap_or_else(|problems| panic!("{problems}"));
    let read = snapshot.action("read");
    for user in keys() {
        let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
        for entity in keys() {
            for (pipeline, stage) in [("b", user), ("b", entity), ("b/c", user), ("b/c", entity)] {
                let place = snapshot.place(snapshot.entity(entity), pipeline, stage);
                let expected = entity == user && pipeline == "b" && stage == user;
                assert_eq!(
                    access.check(read, &Record::at(place)).is_allowed(),
                    expected,
                    "{user} {entity} {stage}"
                );
            }
        }
    }
    for (key, _) in flaws() {
        assert_eq!(snapshot.user(&key).is_some(), odd.contains(&key), "{key:?}");
    }
}
