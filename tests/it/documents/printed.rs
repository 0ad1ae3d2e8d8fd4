//! Reading and printing undo each other, and a document means what it says.

use bailiwick::{
    Assignment, Change, Combining, Delegation, Department, Directory, Entity, Extent, Flag, Format, Grain,
    Key, Level, Limit, Membership, Moment, Offer, Party, PartyRule, Pipeline, Place, Policy, Rank, Relations,
    Right, Role, SocialGroup, Subject, Substitution, Targets, TicketGroup, TicketMember, Transition, Unit,
    User, UserGroup, Vocabulary, Window,
};
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

use super::{same_text, strategies};

const VOCABULARY: &str = include_str!("../../data/documents/vocabulary.json");
const DIRECTORY: &str = include_str!("../../data/documents/directory.json");
const POLICY: &str = include_str!("../../data/documents/policy.json");
const CHANGES: &str = include_str!("../../data/documents/changes.json");

/// 2026-08-01T00:00:00Z.
const AUGUST: i64 = 1_785_542_400;

fn vocabulary() -> Vocabulary {
    Vocabulary::new()
        .party(PartyRule::new("responsible").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .party(PartyRule::new("observer").counts_for(Relations::OBSERVED))
        .flag("open")
        .flag(17)
        .level(Level::new("none", Relations::empty()))
        .level(Level::new("own", Relations::OWN))
        .level(Level::new(
            "open",
            Relations::OWN | Relations::DEPARTMENT | Flag::nth(0).relation() | Flag::nth(1).relation(),
        ))
        .level(Level::new("watched", Party::nth(1).relation()))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["configure", "read", "create", "update"])
        .entity(
            Entity::new("settings")
                .offer(Offer::new("configure").levels(["none", "all"]).finest(Grain::Entity)),
        )
        .entity(
            Entity::new("ticket")
                .offer(
                    Offer::new("read")
                        .levels(["none", "own", "open", "watched", "all"])
                        .standing(Relations::OBSERVED | Flag::nth(0).relation())
                        .by_settings(),
                )
                .offer(Offer::new("create").levels(["none", "own", "all"]).finest(Grain::Pipeline))
                .offer(
                    Offer::new("update").levels(["none", "own", "open", "watched", "all"]).requires("read"),
                )
                .pipeline(Pipeline::new("support", ["new", "working", "done"]))
                .pipeline(Pipeline::new(2, [21, 22]))
                .reads_by("read")
                .creates_by("create")
                .updates_by("update")
                .admits_to_application()
                .moves_freely()
                .settings("settings", "configure"),
        )
}

fn directory() -> Directory {
    let august = Window::from(Moment::from_unix_seconds(AUGUST));
    let september = Moment::from_unix_seconds(AUGUST + 31 * 86_400);
    Directory::new()
        .with(Department::new("company").head(1))
        .with(Department::new("sales").below("company").head(2).deputy(3))
        .with(Department::new("closed").below("company").switched_off())
        .with(User::new(1).administrator())
        .with(User::new(2))
        .with(User::new(3).sits_in("sales").sits_in("closed"))
        .with(User::new("vera").dismissed())
        .with(UserGroup::new("old").switched_off())
        .with(
            UserGroup::new("night shift")
                .member(1)
                .member_during(2, august)
                .member_during(3, Window::ALWAYS.until(september))
                .including("old"),
        )
        .with(SocialGroup::new(4, 1).moderator(2).member(3).pending("vera").banned("oleg"))
}

fn policy() -> Policy {
    let ticket = Place::entity("ticket");
    let august = Window::from(Moment::from_unix_seconds(AUGUST));
    Policy::new(vocabulary())
        .combining(Combining::MostPermissive)
        .role(
            Role::new("agent")
                .set("ticket", "read", "open")
                .set(ticket.clone().pipeline("support"), "update", "own")
                .set(ticket.clone().pipeline("support").stage("done"), "update", "none")
                .set_transition("ticket", Targets::Any)
                .set_transition(ticket.clone().pipeline("support"), Targets::stages(["working"]))
                .set_transition(ticket.pipeline(2).stage(21), Targets::stages::<Key<_>>([])),
        )
        .role(Role::new("nothing"))
        .assign(Assignment::new("agent", Subject::User(2.into())).during(august))
        .assign(Assignment::new("agent", Subject::Employee("vera".into())))
        .assign(Assignment::new("agent", Subject::Department("sales".into())))
        .assign(Assignment::new("agent", Subject::DepartmentTree("company".into())))
        .assign(Assignment::new("agent", Subject::UserGroup("night shift".into())))
        .assign(Assignment::new("agent", Subject::SocialGroup(4.into(), Rank::Owner)))
        .assign(Assignment::new("agent", Subject::SocialGroup(4.into(), Rank::Moderator)))
        .assign(Assignment::new("agent", Subject::SocialGroup(4.into(), Rank::Member)))
        .assign(Assignment::new("agent", Subject::Heads(Unit::Anywhere)))
        .assign(Assignment::new("agent", Subject::Heads(Unit::Of("sales".into()))))
        .assign(Assignment::new("agent", Subject::Deputies(Unit::Of("sales".into()))))
        .assign(Assignment::new("agent", Subject::Employees(Unit::Anywhere)))
        .assign(Assignment::new("nothing", Subject::Administrators))
        .assign(Assignment::new("nothing", Subject::SignedIn))
        .assign(Assignment::new("nothing", Subject::Everyone))
        .assign(Assignment::new("nothing", Subject::Author))
}

#[test]
fn a_document_means_its_value_and_prints_back_to_the_byte() {
    same_text(&vocabulary().to_json(), VOCABULARY);
    assert_eq!(Vocabulary::from_json(VOCABULARY), Ok(vocabulary()));
    same_text(&directory().to_json(), DIRECTORY);
    assert_eq!(Directory::from_json(DIRECTORY), Ok(directory()));
    same_text(&policy().to_json(), POLICY);
    assert_eq!(Policy::from_json(POLICY, vocabulary()), Ok(policy()));
}

/// One of each kind, made from code.
fn changes() -> Vec<Change> {
    let ticket = || Place::entity("ticket");
    let at = |seconds| Moment::from_unix_seconds(AUGUST + seconds);
    let (august, september) = (Window::from(at(0)), at(31 * 86_400));
    let agent = || Key::from("agent");
    let transition =
        |from, to| Change::SetTransition { role: agent(), transition: Transition::new(from, to) };
    let only = Extent::everywhere().actions(["read"]);
    let mut store = Department::new("store").below("company");
    store.heads.push(5.into());
    vec![
        Change::SetRight { role: agent(), right: Right::new(ticket().pipeline(2), "read", "own") },
        Change::ClearRight { role: agent(), place: ticket(), action: "read".into() },
        transition(ticket().pipeline(2).stage(21), Targets::Any),
        transition(ticket(), Targets::stages([Key::from(21), "done".into()])),
        Change::ClearTransition { role: agent(), from: ticket().pipeline("support") },
        Change::PutRole(Role::new("clerk").set("ticket", "read", "all")),
        Change::RenameRole { role: "clerk".into(), to: 7.into() },
        Change::RemoveRole("nothing".into()),
        Change::Assign(
            Assignment::new("clerk", Subject::Heads(Unit::Anywhere)).during(august).within("sales"),
        ),
        Change::Withdraw(Assignment::new("agent", Subject::SocialGroup(4.into(), Rank::Owner))),
        Change::Substitute(Substitution::new(1, 2).only(only).because("holidays")),
        Change::EndSubstitution(Substitution::new(2, 3).during(Window::ALWAYS.until(september))),
        Change::PutLimit(
            Limit::new("outside", Subject::SignedIn).unless(["office"]).everywhere_but(["ticket"]),
        ),
        Change::RemoveLimit("outside".into()),
        Change::SetCombining(Combining::MostSpecific),
        Change::SetDelegation(Delegation::OwnRightsOnly),
        Change::PutUser(User::new(5).sits_in("sales")),
        Change::PutDepartment(store),
        Change::PutUserGroup(UserGroup::new("old").member(5).switched_off()),
        Change::PutSocialGroup(SocialGroup::new(6, 1).open()),
        Change::PutTicketGroup(TicketGroup::of_staff("first line").member(TicketMember::new(2).sees())),
        Change::RemoveUser("vera".into()),
        Change::RemoveDepartment("closed".into()),
        Change::RemoveUserGroup("old".into()),
        Change::RemoveSocialGroup(4.into()),
        Change::RemoveTicketGroup("first line".into()),
        Change::SitIn { user: 2.into(), department: "sales".into() },
        Change::Leave { user: 3.into(), department: "closed".into() },
        Change::JoinUserGroup {
            group: "old".into(),
            membership: Membership::new(3, august.until(september)),
        },
        Change::LeaveUserGroup {
            group: "night shift".into(),
            membership: Membership::new(1, Window::ALWAYS),
        },
        Change::JoinSocialGroup { group: 4.into(), user: 5.into(), rank: Rank::Moderator },
        Change::LeaveSocialGroup { group: 4.into(), user: 3.into() },
        Change::Ban { group: 4.into(), user: 3.into() },
        Change::JoinTicketGroup { group: 8.into(), member: TicketMember::new(3).sees().told_of_changes() },
        Change::LeaveTicketGroup { group: 8.into(), user: 3.into() },
        Change::SetDismissed { user: "vera".into(), dismissed: false },
        Change::SetAdministrator { user: 2.into(), administrator: true },
    ]
}

#[test]
fn changes_mean_what_they_say_and_print_back_to_the_byte() {
    same_text(&Change::all_to_json(&changes()), CHANGES);
    assert_eq!(Change::all_from_json(CHANGES), Ok(changes()));
    let schema: serde_json::Value = serde_json::from_str(Format::Changes.schema()).unwrap();
    for kind in schema["$defs"]["change"]["properties"].as_object().unwrap().keys() {
        assert!(CHANGES.contains(&format!("\"{kind}\": ")), "the sample has no {kind}");
    }
}

#[test]
fn nothing_prints_as_nothing() {
    let empty = "{\n  \"format\": \"bailiwick/directory\",\n  \"version\": 1\n}\n";
    assert_eq!(Directory::new().to_json(), empty);
    assert_eq!(Directory::from_json(empty), Ok(Directory::new()));
}

#[test]
fn defaults_may_be_written_out_and_members_come_in_any_order() {
    let text = r#"{"users": [{"administrator": false, "departments": [], "dismissed": false, "key": "7"}],
        "version": 1, "departments": [], "format": "bailiwick/directory"}"#;
    assert_eq!(Directory::from_json(text), Ok(Directory::new().with(User::new(7))));
}

#[test]
fn an_access_code_is_another_spelling_of_a_subject() {
    let text = r#"{"format": "bailiwick/policy", "version": 1,
        "assignments": [{"role": 1, "to": {"code": "DR3"}}, {"role": 1, "to": {"code": "SG4_K"}}]}"#;
    let policy = Policy::from_json(text, Vocabulary::new()).unwrap();
    let subjects: Vec<_> = policy.assignments.iter().map(|assignment| assignment.to.clone()).collect();
    assert_eq!(subjects, [Subject::DepartmentTree(3.into()), Subject::SocialGroup(4.into(), Rank::Member)]);
    assert!(!policy.to_json().contains("code"));
}

#[test]
fn keys_that_other_readers_would_confuse_print_as_strings() {
    let exact = (1_i64 << 53) - 1;
    for (key, printed) in [
        (Key::from(exact), "9007199254740991"),
        (Key::from(-exact), "-9007199254740991"),
        (Key::from(exact + 1), "\"9007199254740992\""),
        (Key::from(i64::MIN), "\"-9223372036854775808\""),
        (Key::from(u64::MAX), "\"18446744073709551615\""),
        (Key::from("007"), "\"007\""),
        (Key::from("\u{0}\u{7f}\u{2028}\"\\"), "\"\\u0000\u{7f}\u{2028}\\\"\\\\\""),
    ] {
        let directory = Directory::new().with(User::new(key));
        let text = directory.to_json();
        assert!(text.contains(&format!("{{\"key\": {printed}}}")), "{text}");
        assert_eq!(Directory::from_json(&text), Ok(directory));
    }
}

#[test]
fn an_instant_is_read_at_any_offset_and_printed_in_utc() {
    for (text, seconds) in [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-08-01T00:00:00+03:00", AUGUST - 3 * 3600),
        ("2026-07-31T23:30:00-00:30", AUGUST),
        ("2024-02-29T12:34:56+00:00", 1_709_210_096),
        ("0000-01-01T00:00:00Z", -62_167_219_200),
        ("9999-12-31T23:59:59Z", 253_402_300_799),
        ("1969-12-31T23:59:59Z", -1),
    ] {
        let document = |instant: &str| {
            format!(
                r#"{{"format": "bailiwick/policy", "version": 1,
                    "assignments": [{{"role": 1, "to": "everyone", "from": "{instant}"}}]}}"#
            )
        };
        let policy = Policy::from_json(&document(text), Vocabulary::new()).unwrap();
        assert_eq!(policy.assignments[0].window, Window::from(Moment::from_unix_seconds(seconds)), "{text}");
        assert_eq!(Policy::from_json(&policy.to_json(), Vocabulary::new()), Ok(policy));
    }
}

#[test]
fn a_moment_without_a_text_prints_as_the_nearest_that_has_one() {
    let window = Window::from(Moment::from_unix_seconds(-1 << 60)).until(Moment::from_unix_seconds(1 << 60));
    let assignment = Assignment::new("r", Subject::Everyone).during(window);
    let text = Policy::new(Vocabulary::new()).assign(assignment).to_json();
    assert!(text.contains(r#""from": "0000-01-01T00:00:00Z", "until": "9999-12-31T23:59:59Z""#), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_directory_prints_and_reads_back(directory in strategies::directory()) {
        let text = directory.to_json();
        let read = Directory::from_json(&text);
        prop_assert_eq!(read.as_ref().map(Directory::to_json), Ok(text));
        prop_assert_eq!(read, Ok(directory));
    }

    #[test]
    fn any_policy_prints_and_reads_back(policy in strategies::policy()) {
        let text = policy.to_json();
        let read = Policy::from_json(&text, Vocabulary::new());
        prop_assert_eq!(read.as_ref().map(Policy::to_json), Ok(text));
        prop_assert_eq!(read, Ok(policy));
    }

    #[test]
    fn any_vocabulary_prints_and_reads_back(vocabulary in strategies::vocabulary()) {
        let text = vocabulary.to_json();
        let read = Vocabulary::from_json(&text);
        prop_assert_eq!(read.as_ref().map(Vocabulary::to_json), Ok(text));
        prop_assert_eq!(read, Ok(vocabulary));
    }

    #[test]
    fn any_changes_print_and_read_back(changes in strategies::changes()) {
        let text = Change::all_to_json(&changes);
        let read = Change::all_from_json(&text);
        prop_assert_eq!(read.as_deref().map(Change::all_to_json), Ok(text));
        prop_assert_eq!(read, Ok(changes));
    }
}
