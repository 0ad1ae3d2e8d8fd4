//! Diffs of rights that open through links, social groups and shares: what differs is told by what decides it, and what openings are
//! measured by is on the ground.

use bailiwick::review::{Diff, Fingerprint, Ground, Roster, diff, what_if};
use bailiwick::{
    Assignment, Audience, Change, Department, Directory, Entity, FeatureRule, Level, Membership, Moment,
    Offer, OperationRule, PartyRule, Policy, Rank, Relations, Right, Role, Snapshot, SocialGroup, Subject,
    User, UserGroup, Vocabulary, Window,
};

fn vocabulary() -> Vocabulary {
    let levels = ["own", "all"];
    let deal = Entity::new("deal").offer(Offer::new("read").levels(levels));
    let call = Entity::new("call")
        .offer(Offer::new("read").levels(levels).through("deal", "read").hosted_by("calls.view").shareable())
        .offer(Offer::new("update").levels(levels).requires("read").hosted_by("calls.edit").shareable());
    let calls = FeatureRule::new("calls")
        .operation(OperationRule::new("calls.view", Audience::Members).for_viewing())
        .operation(OperationRule::new("calls.edit", Audience::Moderators));
    Vocabulary::new()
        .party(PartyRule::new("owner").counts_for(Relations::OWN))
        .level(Level::new("own", Relations::OWN))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read", "update"])
        .entity(deal)
        .entity(call)
        .feature(calls)
}

fn policy(vocabulary: Vocabulary) -> Policy {
    let clerk = Role::new("clerk").set("deal", "read", "own").set("call", "update", "own");
    Policy::new(vocabulary).role(clerk).assign(Assignment::new("clerk", Subject::User("anna".into())))
}

fn directory() -> Directory {
    Directory::new()
        .with(Department::new("sales").deputy("anna"))
        .with(User::new("anna"))
        .with(User::new("boris"))
        .with(UserGroup::new("team"))
        .with(SocialGroup::new("club", "boris").banned("anna"))
}

fn after(vocabulary: Vocabulary, change: Change) -> Diff {
    what_if(&policy(vocabulary), &directory(), &[change], Moment::from_unix_seconds(0), []).unwrap()
}

/// Both demands say "own, hosted or shared", for different actions: raising one leaves the other.
#[test]
fn what_opens_different_actions_is_told_apart() {
    let read =
        |level: &str| Change::SetRight { role: "clerk".into(), right: Right::new("call", "read", level) };
    let found = after(vocabulary(), read("all"));
    assert_eq!(
        found.to_string(),
        "the rights of 1 user change
anna
  gain
    read at call: linked (read deal), hosted (calls.view) or shared (read), then all
    update at call: own, hosted (calls.edit) or shared (update), and linked (read deal), hosted (calls.view) or shared (read), then own, hosted (calls.edit) or shared (update)
"
    );
}

/// The vocabulary without anything that opens.
fn shut() -> Vocabulary {
    let mut vocabulary = vocabulary();
    for offer in vocabulary.entities.iter_mut().flat_map(|entity| &mut entity.offers) {
        offer.through.clear();
        offer.hosted_by = None;
        offer.shareable = false;
    }
    vocabulary
}

/// The vocabulary in which this alone opens.
fn opened_by(keep: impl Fn(&mut Offer, &Offer)) -> Vocabulary {
    let mut opened = shut();
    for (entity, whole) in opened.entities.iter_mut().zip(vocabulary().entities) {
        entity.offers.iter_mut().zip(&whole.offers).for_each(|(offer, whole)| keep(offer, whole));
    }
    opened
}

fn hosted() -> Vocabulary {
    opened_by(|offer, whole| offer.hosted_by = whole.hosted_by.clone())
}

fn shared() -> Vocabulary {
    opened_by(|offer, whole| offer.shareable = whole.shareable)
}

#[test]
fn what_openings_are_measured_by_is_on_the_ground_where_something_opens() {
    let in_team = Membership::new("boris", Window::ALWAYS);
    let joins = Change::JoinUserGroup { group: "team".into(), membership: in_team };
    let member =
        |user: &str| Change::JoinSocialGroup { group: "club".into(), user: user.into(), rank: Rank::Member };
    let unbanned = Change::LeaveSocialGroup { group: "club".into(), user: "anna".into() };
    let deputy = Change::PutDepartment(Department::new("sales"));
    let archived = Change::PutSocialGroup(SocialGroup::new("club", "boris").banned("anna").archived());
    let administrator = Change::SetAdministrator { user: "boris".into(), administrator: true };
    let club = || Some(Ground::SocialGroup("club".into()));
    let cases = [
        (joins, None, Some(Ground::UserGroups("boris".into()))),
        (member("anna"), club(), club()),
        (unbanned, club(), None),
        (archived, club(), None),
        (deputy, None, Some(Ground::Deputy("anna".into()))),
        (
            administrator,
            Some(Ground::Administrator("boris".into())),
            Some(Ground::Administrator("boris".into())),
        ),
    ];
    for (change, where_hosted, where_shared) in cases {
        let ground = |vocabulary| after(vocabulary, change.clone()).ground;
        assert_eq!(ground(shut()), [], "{change:?}");
        assert_eq!(ground(hosted()), Vec::from_iter(where_hosted), "{change:?}");
        assert_eq!(ground(shared()), Vec::from_iter(where_shared), "{change:?}");
    }
}

/// What is for viewing is still done in an archived group, by the same audience.
#[test]
fn an_operation_that_means_something_else_is_on_the_ground() {
    let mut other = hosted();
    other.features[0].operations[0].for_viewing = false;
    let snapshot = |vocabulary| Snapshot::compile(&policy(vocabulary), &directory()).unwrap();
    let between = |one, other| diff(&snapshot(one), &snapshot(other), Moment::from_unix_seconds(0), []);
    assert_eq!(between(hosted(), other.clone()).ground, [Ground::Operation("calls.view".into())]);
    assert!(between(hosted(), hosted()).is_empty());
    other.entities[1].offers[0].hosted_by = None;
    let mut none = hosted();
    none.entities[1].offers[0].hosted_by = None;
    assert!(between(none, other).is_empty(), "nothing opens by it");
}

/// Two demands that open by the same are open together, whichever actions they are of.
#[test]
fn what_opens_by_the_same_is_the_same() {
    let mut vocabulary = hosted();
    vocabulary.entities[1].offers[1].hosted_by = Some("calls.view".into());
    let own = Change::SetRight { role: "clerk".into(), right: Right::new("call", "read", "own") };
    let policy = policy(vocabulary);
    let with_own = what_if(&policy, &directory(), &[own], Moment::from_unix_seconds(0), []).unwrap();
    let told = with_own.to_string();
    assert!(
        told.contains("update at call: hosted (calls.view), then own or hosted (calls.view)\n"),
        "{told}"
    );
}

/// Whoever is given a role apart has one view more, in which links and groups open what they open. They open nothing there that is not
/// open without it, as long as the role gives nothing: no right over a deal to read the call by.
#[test]
fn a_role_held_apart_that_gives_nothing_makes_no_difference() {
    let with = |role: Role, apart: fn(Assignment) -> Assignment| {
        let given = apart(Assignment::new("visit", Subject::User("anna".into())));
        let policy = policy(vocabulary()).role(role).assign(given);
        Snapshot::compile(&policy, &directory()).unwrap()
    };
    let without = Snapshot::compile(&policy(vocabulary()), &directory()).unwrap();
    let class = |snapshot: &Snapshot| -> Option<Fingerprint> {
        let roster = Roster::of(snapshot);
        let classes = roster.classes(Moment::from_unix_seconds(0));
        classes.class_of(snapshot.user("anna")).map(|class| class.fingerprint())
    };
    let changes = |with: &Snapshot| {
        let differs = !diff(with, &without, Moment::from_unix_seconds(0), []).is_empty();
        assert_eq!(differs, class(with) != class(&without));
        differs
    };
    for apart in [|it: Assignment| it.audited_as("4711"), |it: Assignment| it.within("sales")] {
        assert!(!changes(&with(Role::new("visit"), apart)));
        assert!(changes(&with(Role::new("visit").set("deal", "read", "own"), apart)));
    }
}
