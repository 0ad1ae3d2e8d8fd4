//! Changes: each does what its words say, and nothing else; what would come to nothing is refused and leaves all as it was.

use bailiwick::{
    Assignment, Change, Combining, Delegation, Department, Directory, Limit, Membership, Place, Policy, Rank,
    Right, Role, SocialGroup, Subject, Substitution, Targets, TicketGroup, TicketMember, Transition, Unit,
    User, UserGroup, Vocabulary, Window,
};

type World = (Policy, Directory);

fn world() -> World {
    let directory = Directory::new()
        .with(Department::new("sales"))
        .with(User::new("anna").sits_in("sales"))
        .with(User::new("boris"))
        .with(UserGroup::new("night").member("anna"))
        .with(SocialGroup::new("club", "anna").member("boris"))
        .with(TicketGroup::of_staff("first line").member(TicketMember::new("anna").sees()));
    let policy = Policy::new(Vocabulary::new())
        .role(Role::new("seller").set("deal", "read", "own").set_transition("deal", Targets::Any))
        .assign(Assignment::new("seller", Subject::SignedIn))
        .limit(Limit::new("read only", Subject::UserGroup("night".into())).actions(["update"]))
        .substitute(Substitution::new("anna", "boris"));
    (policy, directory)
}

fn user(key: &str) -> User {
    User::new(key)
}

/// Every change that can be made in the world, with its words and one that takes it back.
fn changes() -> Vec<(Change, &'static str, Option<Change>)> {
    let read =
        |level: &str| Change::SetRight { role: "seller".into(), right: Right::new("deal", "read", level) };
    let night = |user: &str| Membership::new(user, Window::ALWAYS);
    let (user_group, social_group) = (|| "night".into(), || "club".into());
    let join = |rank| Change::JoinSocialGroup { group: social_group(), user: "boris".into(), rank };
    let assignment = Assignment::new("seller", Subject::User("boris".into())).within("sales").audited_as("7");
    let everything =
        Assignment::new("seller", Subject::User("boris".into())).audited_as("7").audits_everything();
    let substitution = || Substitution::new("boris", "anna");
    let move_to =
        |to| Change::SetTransition { role: "seller".into(), transition: Transition::new("deal", to) };
    let (anna, boris) = (|| "anna".into(), || "boris".into());
    let sales = || "sales".into();
    let role = Role::new("buyer");
    let line = || TicketGroup::of_staff("first line");
    let told = || TicketMember::new("boris").sees().told_of_changes();
    vec![
        (read("all"), "set read at deal of role seller to all", Some(read("own"))),
        (
            Change::ClearRight { role: "seller".into(), place: Place::entity("deal"), action: "read".into() },
            "let read at deal of role seller inherit",
            Some(read("own")),
        ),
        (
            move_to(Targets::stages(["won"])),
            "let role seller move from deal to won",
            Some(move_to(Targets::Any)),
        ),
        (
            Change::ClearTransition { role: "seller".into(), from: Place::entity("deal") },
            "let moves from deal of role seller inherit",
            Some(move_to(Targets::Any)),
        ),
        (Change::PutRole(role), "put role buyer", Some(Change::RemoveRole("buyer".into()))),
        (Change::RemoveRole("seller".into()), "remove role seller", None),
        (
            Change::Assign(assignment.clone()),
            "assign role seller to user boris, within sales, recorded as 7",
            Some(Change::Withdraw(assignment)),
        ),
        (Change::Assign(everything), "assign role seller to user boris, everything recorded as 7", None),
        (
            Change::RenameRole { role: "seller".into(), to: "vendor".into() },
            "rename role seller to vendor",
            Some(Change::RenameRole { role: "vendor".into(), to: "seller".into() }),
        ),
        (
            Change::PutLimit(Limit::new("no export", Subject::Everyone).actions(["export"])),
            "put limit no export",
            Some(Change::RemoveLimit("no export".into())),
        ),
        (
            Change::RemoveLimit("read only".into()),
            "remove limit read only",
            Some(Change::PutLimit(
                Limit::new("read only", Subject::UserGroup("night".into())).actions(["update"]),
            )),
        ),
        (
            Change::SetCombining(Combining::MostPermissive),
            "set combining to most permissive",
            Some(Change::SetCombining(Combining::MostSpecific)),
        ),
        (
            Change::SetDelegation(Delegation::OwnRightsOnly),
            "set delegation to own rights only",
            Some(Change::SetDelegation(Delegation::Free)),
        ),
        (
            Change::Substitute(substitution()),
            "let anna stand in for boris",
            Some(Change::EndSubstitution(substitution())),
        ),
        (Change::PutUser(user("carl")), "put user carl", None),
        (Change::PutDepartment(Department::new("store")), "put department store", None),
        (Change::PutUserGroup(UserGroup::new("day")), "put user group day", None),
        (Change::PutSocialGroup(SocialGroup::new("band", "boris")), "put social group band", None),
        (Change::RemoveUser(boris()), "remove user boris", None),
        (Change::RemoveSocialGroup("club".into()), "remove social group club", None),
        (
            Change::RemoveTicketGroup("first line".into()),
            "remove ticket group first line",
            Some(Change::PutTicketGroup(line().member(TicketMember::new("anna").sees()))),
        ),
        (
            Change::Ban { group: "club".into(), user: boris() },
            "ban boris from social group club",
            Some(join(Rank::Member)),
        ),
        (
            Change::JoinTicketGroup { group: "first line".into(), member: told() },
            "make boris a member of ticket group first line, who sees its tickets, told of changes",
            Some(Change::LeaveTicketGroup { group: "first line".into(), user: boris() }),
        ),
        (
            Change::LeaveTicketGroup { group: "first line".into(), user: anna() },
            "take anna out of ticket group first line",
            Some(Change::JoinTicketGroup {
                group: "first line".into(),
                member: TicketMember::new("anna").sees(),
            }),
        ),
        (
            Change::SitIn { user: boris(), department: sales() },
            "seat boris in department sales",
            Some(Change::Leave { user: boris(), department: sales() }),
        ),
        (
            Change::Leave { user: anna(), department: sales() },
            "take anna out of department sales",
            Some(Change::SitIn { user: anna(), department: sales() }),
        ),
        (
            Change::JoinUserGroup { group: user_group(), membership: night("boris") },
            "make boris a member of user group night",
            Some(Change::LeaveUserGroup { group: user_group(), membership: night("boris") }),
        ),
        (join(Rank::Moderator), "make boris a moderator of social group club", Some(join(Rank::Member))),
        (join(Rank::Owner), "make boris the owner of social group club", None),
        (
            Change::LeaveSocialGroup { group: social_group(), user: "boris".into() },
            "take boris out of social group club",
            Some(join(Rank::Member)),
        ),
        (
            Change::SetDismissed { user: "boris".into(), dismissed: true },
            "dismiss boris",
            Some(Change::SetDismissed { user: "boris".into(), dismissed: false }),
        ),
        (
            Change::SetAdministrator { user: "boris".into(), administrator: true },
            "make boris an administrator",
            Some(Change::SetAdministrator { user: "boris".into(), administrator: false }),
        ),
    ]
}

fn applied(change: &Change, to: &World) -> Result<World, bailiwick::ChangeProblem> {
    let (mut policy, mut directory) = to.clone();
    let outcome = change.apply(&mut policy, &mut directory);
    let after = (policy, directory);
    match outcome {
        Ok(()) => {
            assert_ne!(after, *to, "{change} changes something");
            Ok(after)
        }
        Err(problem) => {
            assert_eq!(after, *to, "{change} was refused");
            Err(problem)
        }
    }
}

#[test]
fn a_change_does_what_it_says_and_can_be_taken_back() {
    let before = world();
    for (change, words, back) in changes() {
        assert_eq!(change.to_string(), words);
        let after = applied(&change, &before).unwrap_or_else(|problem| panic!("{change}: {problem}"));
        if let Some(back) = back {
            assert_eq!(applied(&back, &after), Ok(before.clone()), "{back} takes {change} back");
        }
    }
}

#[test]
fn what_has_been_done_cannot_be_done_again() {
    for (change, ..) in changes() {
        let after = applied(&change, &world()).unwrap();
        let again = applied(&change, &after).unwrap_err();
        assert!(["change-already-there", "change-unknown", "change-owner-stays"].contains(&again.code()));
        assert!(!again.keys().is_empty() && !again.to_string().is_empty(), "{again}");
    }
}

#[test]
fn a_role_that_is_removed_is_nobodys() {
    let (policy, _) = applied(&Change::RemoveRole("seller".into()), &world()).unwrap();
    assert!(policy.roles.is_empty() && policy.assignments.is_empty());
}

#[test]
fn the_owner_of_a_group_stays_until_there_is_another() {
    let club = || "club".into();
    let leave = Change::LeaveSocialGroup { group: club(), user: "anna".into() };
    assert_eq!(applied(&leave, &world()).unwrap_err().code(), "change-owner-stays");
    let moderate = Change::JoinSocialGroup { group: club(), user: "anna".into(), rank: Rank::Moderator };
    assert_eq!(applied(&moderate, &world()).unwrap_err().code(), "change-owner-stays");
    let owner = Change::JoinSocialGroup { group: club(), user: "boris".into(), rank: Rank::Owner };
    let (_, directory) = applied(&owner, &world()).unwrap();
    assert_eq!(
        (&directory.social_groups[0].owner, directory.social_groups[0].members.len()),
        (&"boris".into(), 0)
    );
}

#[test]
fn what_is_still_needed_is_not_removed() {
    let (policy, directory) = world();
    let directory = directory
        .with(Department::new("store").below("sales"))
        .with(UserGroup::new("shifts").including("night"))
        .with(User::new("carl"));
    let policy = policy.limit(Limit::new("no heads", Subject::Heads(Unit::Of("store".into()))));
    let policy = policy.limit(Limit::new("not he", Subject::Employee("carl".into())));
    let policy = policy.limit(Limit::new("no club", Subject::SocialGroup("club".into(), Rank::Owner)));
    for (change, words) in [
        (
            Change::RemoveDepartment("sales".into()),
            "department `sales` is needed by user `anna`, which must go first",
        ),
        (
            Change::RemoveDepartment("store".into()),
            "department `store` is needed by limit `no heads`, which must go first",
        ),
        (
            Change::RemoveUserGroup("night".into()),
            "user group `night` is needed by user group `shifts`, which must go first",
        ),
        (Change::RemoveUser("carl".into()), "user `carl` is needed by limit `not he`, which must go first"),
        (
            Change::RemoveSocialGroup("club".into()),
            "social group `club` is needed by limit `no club`, which must go first",
        ),
        (
            Change::RemoveUser("anna".into()),
            "user `anna` owns social group `club`, and somebody else must own it first",
        ),
        (
            Change::Ban { group: "club".into(), user: "anna".into() },
            "user `anna` owns social group `club`, and somebody else must own it first",
        ),
    ] {
        let problem = applied(&change, &(policy.clone(), directory.clone())).unwrap_err();
        assert_eq!((problem.to_string(), problem.keys().len()), (words.to_owned(), 2));
    }
    let leave = Change::Leave { user: "anna".into(), department: "sales".into() };
    let empty = applied(&leave, &(policy, directory)).unwrap();
    let problem = applied(&Change::RemoveDepartment("sales".into()), &empty).unwrap_err();
    assert_eq!((problem.code(), problem.keys()), ("change-needed", vec!["sales", "store"]));
}

#[test]
fn what_is_said_of_something_alone_goes_with_it() {
    let (policy, directory) = world();
    let mut directory =
        directory.with(Department::new("store").head("boris")).with(UserGroup::new("day").member("boris"));
    directory.ticket_groups[0].members.push(TicketMember::new("boris"));
    let to = |to: Subject| Assignment::new("seller", to);
    let policy = policy
        .assign(to(Subject::User("boris".into())))
        .assign(to(Subject::Department("store".into())))
        .assign(to(Subject::Everyone).within("store"))
        .assign(to(Subject::UserGroup("day".into())))
        .assign(to(Subject::SocialGroup("club".into(), Rank::Member)));
    let mut all = (policy, directory);
    for (change, left) in [
        (Change::RemoveUser("boris".into()), 5),
        (Change::RemoveDepartment("store".into()), 3),
        (Change::RemoveUserGroup("day".into()), 2),
        (Change::RemoveSocialGroup("club".into()), 1),
    ] {
        all = applied(&change, &all).unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(all.0.assignments.len(), left, "{change}");
    }
    let (policy, directory) = all;
    assert!(policy.substitutions.is_empty() && policy.limits.len() == 1);
    assert_eq!(directory.ticket_groups[0].members, [TicketMember::new("anna").sees()]);
    assert_eq!((directory.users.len(), directory.departments.len(), directory.user_groups.len()), (1, 1, 1));
}
