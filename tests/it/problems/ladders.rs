//! What can be wrong with ladders, and with the lists that speak of them.

use bailiwick::{
    Acl, Directory, Ladder, MAX_RUNGS, Policy, Rung, Snapshot, Subject, Unit, User, Vocabulary, disk,
};

use crate::problems::{assert_cases, assert_problems};

fn shelf() -> Ladder {
    Ladder::new("shelf").rung(Rung::new("reader").gives(["read", "update"])).shared_by("read")
}

#[test]
fn mistakes_in_ladders() {
    assert_cases(&[
        (
            |it| it.vocabulary().ladders.extend([shelf(), shelf()]),
            "duplicate shelf at vocabulary/ladders/1/key",
            |it| it.vocabulary().ladders.extend([shelf(), Ladder::new("Shelf")]),
        ),
        (
            |it| it.vocabulary().ladders.push(shelf().rung(Rung::new("reader"))),
            "duplicate reader at vocabulary/ladders/0/rungs/1/key",
            |it| it.vocabulary().ladders.push(shelf().rung(Rung::new("writer"))),
        ),
        (
            |it| it.vocabulary().ladders.push(shelf().rung(Rung::new("writer").gives(["read", "read"]))),
            "duplicate read at vocabulary/ladders/0/rungs/1/gives/1",
            |it| it.vocabulary().ladders.push(shelf().rung(Rung::new("writer").gives(["read"]))),
        ),
        (
            |it| it.vocabulary().ladders.push(shelf().rung(Rung::new("writer").gives(["wright"]))),
            "dangling wright at vocabulary/ladders/0/rungs/1/gives/0",
            |it| {
                let vocabulary = std::mem::take(it.vocabulary());
                *it.vocabulary() = vocabulary.ladder(shelf().rung(Rung::new("writer").gives(["wright"])));
            },
        ),
        (
            |it| it.vocabulary().ladders.push(shelf().moved_by(["read"], ["reed"])),
            "dangling reed at vocabulary/ladders/0/received_by/0",
            |it| it.vocabulary().ladders.push(shelf().moved_by(["read"], ["read"])),
        ),
        (
            |it| it.vocabulary().ladders.push(shelf().shared_by("share")),
            "dangling share at vocabulary/ladders/0/shared_by",
            |it| it.vocabulary().ladders.push(shelf().shared_by("update")),
        ),
        (
            |it| it.vocabulary().ladders.push(Ladder::new("")),
            "key-unusable  at vocabulary/ladders/0/key",
            |it| it.vocabulary().ladders.push(Ladder::new("-")),
        ),
    ]);
}

#[test]
fn sixty_four_rungs_fit() {
    let ladder = |count| (0..count).fold(Ladder::new("long"), |ladder, at| ladder.rung(Rung::new(at as i64)));
    let compiled = |count| {
        let policy = Policy::new(Vocabulary::new().ladder(ladder(count)));
        Snapshot::compile(&policy, &Directory::new()).map(drop).map_err(|problems| problems.to_string())
    };
    assert_eq!(compiled(MAX_RUNGS), Ok(()));
    assert_eq!(
        compiled(MAX_RUNGS + 1),
        Err("vocabulary/ladders/0/rungs: 65 rung entries are more than the limit of 64".to_owned())
    );
}

/// A list is asked all the same: what is wrong in it counts for nobody.
#[test]
fn mistakes_in_lists_are_told_and_give_nothing() {
    let policy = Policy::new(Vocabulary::new().ladder(disk::ladder()));
    let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new("anna"))).unwrap();
    let problems = |acl: &Acl| {
        let problems = snapshot.acl_problems(disk::DISK, acl);
        problems.iter().map(|it| (it.entry(), it.code(), it.to_string())).collect::<Vec<_>>()
    };
    let of = |subject| Acl::new().give(disk::CAN_READ, subject);
    assert_eq!(problems(&of(Subject::User("anna".into()))), []);
    for (subject, told) in [
        (Subject::User("zoe".into()), "there is no user `zoe`"),
        (Subject::Employee("zoe".into()), "there is no user `zoe`"),
        (Subject::Department("sales".into()), "there is no department `sales`"),
        (Subject::DepartmentTree("sales".into()), "there is no department `sales`"),
        (Subject::UserGroup("all".into()), "there is no user group `all`"),
        (Subject::SocialGroup("club".into(), bailiwick::Rank::Member), "there is no social group `club`"),
        (Subject::Heads(Unit::Of("sales".into())), "there is no department `sales`"),
        (Subject::Deputies(Unit::Of("sales".into())), "there is no department `sales`"),
        (Subject::Employees(Unit::Of("sales".into())), "there is no department `sales`"),
    ] {
        assert_eq!(problems(&of(subject)), [(Some(0), "unknown", format!("entry 0: {told}"))]);
    }
    let rung = Acl::new().give("reed", Subject::SignedIn);
    assert_eq!(problems(&rung), [(Some(0), "unknown", "entry 0: there is no rung `reed`".to_owned())]);
    let nowhere = snapshot.acl_problems(snapshot.ladder("desk"), &rung);
    assert_eq!((nowhere[0].entry(), nowhere[0].code()), (None, "unknown-ladder"));
    assert_eq!(nowhere[0].to_string(), "the ladder is unknown");
    assert!(snapshot.acl(snapshot.ladder("desk"), &rung).is_empty());
}

#[test]
fn a_draft_with_a_ladder_compiles() {
    assert_problems(&crate::problems::Draft::with(|it| it.vocabulary().ladders.push(shelf())), &[]);
}
