//! How explanations read: one file a case. `BAILIWICK_GOLDEN=update cargo test golden` writes them anew.

use std::fs;
use std::path::Path;

use bailiwick::explain::Bound;
use bailiwick::{
    Assignment, Combining, Department, Directory, Explanation, Extent, Limit, Moment, Pipeline, Place,
    Policy, Record, Role, Snapshot, Subject, Substitution, Targets, Unit, User, UserGroup, Window, crm,
};

use crate::golden::compare;

const NOW: Moment = Moment::from_unix_seconds(1_790_000_000);

/// Compares the text with the file of this name, or writes the file.
#[track_caller]
fn golden(name: &str, explanation: &Explanation) {
    compare(&format!("explain/{name}.txt"), &explanation.to_string());
}

/// The same for its JSON.
#[cfg(feature = "document")]
#[track_caller]
fn golden_json(name: &str, explanation: &Explanation) {
    compare(&format!("explain/{name}.json"), &explanation.to_json());
}

#[cfg(not(feature = "document"))]
fn golden_json(_: &str, _: &Explanation) {}

fn stage(stage: &str) -> Place {
    Place::entity(crm::DEAL).pipeline(crm::GENERAL).stage(stage)
}

fn compile(policy: &Policy, directory: &Directory) -> Snapshot {
    Snapshot::compile(policy, directory).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Vera and Petr sell; the department is below the company.
fn company() -> Directory {
    Directory::new()
        .with(Department::new("company").head("igor"))
        .with(Department::new("sales").below("company").head("galina"))
        .with(Department::new("north").below("sales"))
        .with(Department::new("marketing").below("company"))
        .with(User::new("igor"))
        .with(User::new("galina"))
        .with(User::new("vera").sits_in("sales"))
        .with(User::new("petr").sits_in("sales"))
        .with(User::new("nina").sits_in("north"))
        .with(User::new("maria").sits_in("marketing"))
        .with(User::new("root").administrator())
        .with(User::new("oleg").sits_in("sales").dismissed())
}

/// The manager's "own" is inherited, the assistant's "none" is explicit on one stage.
fn assistants(combining: Combining) -> Policy {
    let manager = Role::new("manager").set(crm::DEAL, crm::READ, crm::OWN);
    let assistant = Role::new("assistant").set(crm::DEAL, crm::READ, crm::OWN).set(
        stage("preparation"),
        crm::READ,
        crm::NONE,
    );
    Policy::new(crm::vocabulary())
        .combining(combining)
        .roles([manager, assistant])
        .assign(Assignment::new("assistant", Subject::Department("sales".into())))
        .assign(Assignment::new("manager", Subject::User("vera".into())))
}

fn veras_deal(snapshot: &Snapshot, action: bailiwick::Name<bailiwick::Action>, at: &str) -> Explanation {
    let vera = snapshot.user("vera");
    let deal = Record::at(snapshot.place(crm::DEAL, crm::GENERAL, at)).owner(vera);
    snapshot.access(vera, NOW).explain(action, &deal)
}

#[test]
fn an_explicit_none_silences_an_inherited_right() {
    let snapshot = compile(&assistants(Combining::MostSpecific), &company());
    golden("silenced", &veras_deal(&snapshot, crm::READ, "preparation"));
    golden_json("silenced", &veras_deal(&snapshot, crm::READ, "preparation"));
    golden("not_silenced_elsewhere", &veras_deal(&snapshot, crm::READ, "new"));
}

#[test]
fn the_remedy_is_to_set_it_explicitly_too() {
    let mut policy = assistants(Combining::MostSpecific);
    policy.roles[0] = policy.roles[0].clone().set(stage("preparation"), crm::READ, crm::OWN);
    golden("set_explicitly", &veras_deal(&compile(&policy, &company()), crm::READ, "preparation"));
}

#[test]
fn under_the_permissive_rule_nothing_is_silenced() {
    let snapshot = compile(&assistants(Combining::MostPermissive), &company());
    golden("permissive", &veras_deal(&snapshot, crm::READ, "preparation"));
}

/// Petr's department are managers and he is an administrator of CRM: he has the greater right.
#[test]
fn a_personal_role_beside_the_departments() {
    let policy = Policy::new(crm::vocabulary())
        .roles(crm::roles())
        .assign(Assignment::new(crm::MANAGER, Subject::Department("sales".into())))
        .assign(Assignment::new(crm::ADMINISTRATOR, Subject::User("petr".into())));
    let snapshot = compile(&policy, &company());
    let deal = Record::at(crm::DEAL).owner(snapshot.user("maria"));
    golden(
        "personal_and_department",
        &snapshot.access(snapshot.user("petr"), NOW).explain(crm::DELETE, &deal),
    );
}

/// A marketing specialist who was also given the role of an administrator.
#[test]
fn two_roles_and_the_greater_right() {
    let marketer = Role::new("marketer").set(crm::CONTACT, crm::READ, crm::DEPARTMENT);
    let policy = Policy::new(crm::vocabulary())
        .roles(crm::roles())
        .role(marketer)
        .assign(Assignment::new("marketer", Subject::Department("marketing".into())))
        .assign(Assignment::new(crm::ADMINISTRATOR, Subject::User("maria".into())));
    let snapshot = compile(&policy, &company());
    let contact = Record::at(crm::CONTACT).owner(snapshot.user("vera"));
    golden("two_roles", &snapshot.access(snapshot.user("maria"), NOW).explain(crm::READ, &contact));
}

fn heads_and_trees() -> Policy {
    Policy::new(crm::vocabulary())
        .role(Role::new("reader below").set(crm::DEAL, crm::READ, crm::SUBDEPARTMENTS))
        .role(Role::new("editor").set(crm::DEAL, crm::UPDATE, crm::ALL))
        .assign(Assignment::new("reader below", Subject::DepartmentTree("company".into())))
        .assign(Assignment::new("reader below", Subject::Heads(Unit::Anywhere)))
        .assign(Assignment::new("editor", Subject::Heads(Unit::Of("sales".into()))))
}

#[test]
fn ways_through_departments_and_a_prerequisite_that_fails() {
    let snapshot = compile(&heads_and_trees(), &company());
    let galina = snapshot.access(snapshot.user("galina"), NOW);
    let below = Record::at(crm::DEAL).owner(snapshot.user("nina"));
    golden("below_the_head", &galina.explain(crm::UPDATE, &below));
    let foreign = Record::at(crm::DEAL).owner(snapshot.user("maria"));
    golden("prerequisite", &galina.explain(crm::UPDATE, &foreign));
}

#[test]
fn roles_with_dates() {
    let at = Moment::from_unix_seconds;
    let august = Window::from(at(1_785_542_400)).until(at(1_788_220_799));
    let next_year = Window::from(at(1_798_761_600));
    let directory = company()
        .with(UserGroup::new("night shift").member_during("vera", august))
        .with(UserGroup::new("duty").including("night shift"));
    let policy = Policy::new(crm::vocabulary())
        .role(Role::new("night").set(crm::DEAL, crm::READ, crm::ALL))
        .role(Role::new("trainee").set(crm::DEAL, crm::READ, crm::OWN))
        .assign(Assignment::new("night", Subject::UserGroup("duty".into())))
        .assign(Assignment::new("night", Subject::UserGroup("duty".into())).during(next_year))
        .assign(Assignment::new("trainee", Subject::User("vera".into())).during(next_year));
    let snapshot = compile(&policy, &directory);
    golden_json("dates", &veras_deal(&snapshot, crm::READ, "new"));
    golden("dates", &veras_deal(&snapshot, crm::READ, "new"));
    let vera = snapshot.user("vera");
    let deal = Record::at(crm::DEAL).owner(snapshot.user("petr"));
    golden("dates_in_august", &snapshot.access(vera, at(1_786_000_000)).explain(crm::READ, &deal));
}

#[test]
fn an_observer_reads_whatever_the_stage_says() {
    let snapshot = compile(&assistants(Combining::MostSpecific), &company());
    let vera = snapshot.user("vera");
    let observers = [crm::OBSERVER.is(vera)];
    let deal = Record::at(snapshot.place(crm::DEAL, crm::GENERAL, "preparation"))
        .owner(snapshot.user("petr"))
        .participants(&observers);
    golden("observer", &snapshot.access(vera, NOW).explain(crm::READ, &deal));
    let root = snapshot.access(snapshot.user("maria"), NOW);
    golden("observer_without_the_right", &root.explain(crm::READ, &deal));
}

#[test]
fn administrators_and_the_settings_right() {
    let policy = Policy::new(crm::vocabulary())
        .role(Role::new("configures").set(crm::SETTINGS, crm::UPDATE, crm::ALL))
        .assign(Assignment::new("configures", Subject::User("vera".into())));
    let snapshot = compile(&policy, &company());
    let deal = Record::at(crm::DEAL).flag(crm::OPEN);
    golden("administrator", &snapshot.access(snapshot.user("root"), NOW).explain(crm::UPDATE, &deal));
    golden("settings", &snapshot.access(snapshot.user("vera"), NOW).explain(crm::AUTOMATE, &deal));
    golden("settings_not_held", &snapshot.access(snapshot.user("petr"), NOW).explain(crm::AUTOMATE, &deal));
}

#[test]
fn who_is_nobody_and_what_is_unknown() {
    let snapshot = compile(&assistants(Combining::MostSpecific), &company());
    let deal = Record::at(crm::DEAL);
    golden("dismissed", &snapshot.access(snapshot.user("oleg"), NOW).explain(crm::READ, &deal));
    golden("unknown_user", &snapshot.access(snapshot.user("zoe"), NOW).explain(crm::READ, &deal));
    golden("visitor", &snapshot.anonymous_access(NOW).explain(crm::READ, &deal));
    let vera = snapshot.access(snapshot.user("vera"), NOW);
    golden("unknown_action", &vera.explain(snapshot.action("juggle"), &deal));
    golden(
        "unknown_place",
        &vera.explain(
            crm::READ,
            &Record::at(snapshot.place(crm::DEAL.pipeline("x"), None::<&str>, None::<&str>)),
        ),
    );
    golden("not_offered", &vera.explain(crm::CONFIGURE, &deal));
}

fn movers() -> Policy {
    let partners = Pipeline::new("partners", ["new", "agreed"]);
    let vocabulary = crm::with_pipeline(crm::vocabulary(), crm::DEAL, partners);
    let manager = Role::new("manager")
        .set(crm::DEAL, crm::READ, crm::OWN)
        .set(crm::DEAL, crm::UPDATE, crm::OWN)
        .set(crm::DEAL, crm::CREATE, crm::OWN)
        .set_transition(crm::DEAL, Targets::Any);
    let assistant =
        Role::new("assistant").set_transition(stage("preparation"), Targets::stages(["final_invoice"]));
    Policy::new(vocabulary)
        .roles([manager, assistant])
        .assign(Assignment::new("manager", Subject::User("vera".into())))
        .assign(Assignment::new("assistant", Subject::Department("sales".into())))
}

#[test]
fn creating_and_moving() {
    let snapshot = compile(&movers(), &company());
    let vera = snapshot.user("vera");
    let access = snapshot.access(vera, NOW);
    let petr = snapshot.access(snapshot.user("petr"), NOW);
    golden("create", &access.explain_create(crm::DEAL));
    golden("create_denied", &petr.explain_create(crm::DEAL));
    let deal = Record::at(snapshot.place(crm::DEAL, crm::GENERAL, "preparation")).owner(vera);
    let to = |pipeline: &str, stage: &str| snapshot.place(crm::DEAL, pipeline, stage);
    golden_json("move", &access.explain_relocate(&deal, to("general", "won")));
    golden("move", &access.explain_relocate(&deal, to("general", "won")));
    golden("move_to_pipeline", &access.explain_relocate(&deal, to("partners", "agreed")));
    golden("move_nowhere", &access.explain_relocate(&deal, crm::DEAL));
    golden("move_stays", &access.explain_relocate(&deal, to("general", "preparation")));
}

/// Vera creates for herself; for Nina while she is away, who does the same; and by another role for whoever is in the north.
#[test]
fn creating_for_somebody() {
    let (own, all) = (Role::new("manager"), Role::new("clerk"));
    let own = own.set(crm::DEAL, crm::READ, crm::OWN).set(crm::DEAL, crm::CREATE, crm::OWN);
    let all = all.set(crm::DEAL, crm::READ, crm::ALL).set(crm::DEAL, crm::CREATE, crm::ALL);
    let policy = Policy::new(crm::vocabulary())
        .roles([own, all])
        .assign(Assignment::new("manager", Subject::User("vera".into())))
        .assign(Assignment::new("manager", Subject::User("maria".into())))
        .assign(Assignment::new("clerk", Subject::User("vera".into())).within("north"))
        .substitute(Substitution::new("maria", "vera"));
    let directory = company();
    let snapshot = compile(&policy, &directory);
    let vera = snapshot.access(snapshot.user("vera"), NOW);
    let bound = Bound::new(&policy, &directory).at_most(1);
    let of = |who| vera.explain_create_for_with_grants(crm::DEAL, snapshot.user(who), bound);
    golden("create_for_himself", &of("vera"));
    golden("create_for_the_absent", &of("maria"));
    golden("create_for_somebody_inside", &of("nina"));
    golden("create_for_somebody_outside", &of("petr"));
    golden_json("create_for_somebody_outside", &of("petr"));
    golden("create_for_nobody", &of("zoe"));
}

#[test]
fn other_views() {
    let reader = Role::new("reader").set(crm::DEAL, crm::READ, crm::ALL);
    let seller =
        Role::new("seller").set(crm::DEAL, crm::READ, crm::OWN).set(crm::DEAL, crm::UPDATE, crm::OWN);
    let policy = Policy::new(crm::vocabulary())
        .roles([reader, seller])
        .assign(Assignment::new("seller", Subject::Department("sales".into())))
        .assign(
            Assignment::new("reader", Subject::User("maria".into())).within("north").audited_as("review 7"),
        )
        .substitute(
            Substitution::new("vera", "maria")
                .only(Extent::at(crm::DEAL).actions([crm::READ]))
                .because("holiday"),
        );
    let snapshot = compile(&policy, &company());
    let maria = snapshot.access(snapshot.user("maria"), NOW);
    let of = |user: &str| Record::at(crm::DEAL).owner(snapshot.user(user));
    golden("stands_in", &maria.explain(crm::READ, &of("vera")));
    golden_json("stands_in", &maria.explain(crm::READ, &of("vera")));
    golden("stands_in_narrowly", &maria.explain(crm::UPDATE, &of("vera")));
    golden("confined", &maria.explain(crm::READ, &of("petr")));
}

#[test]
fn nearest_grants_of_a_denial() {
    let (policy, directory) = (assistants(Combining::MostSpecific), company());
    let snapshot = compile(&policy, &directory);
    let vera = snapshot.user("vera");
    let bound = Bound::new(&policy, &directory);
    let deal = Record::at(snapshot.place(crm::DEAL, crm::GENERAL, "preparation")).owner(vera);
    let silenced = snapshot.access(vera, NOW).explain_with_grants(crm::READ, &deal, bound);
    golden("nearest", &silenced);
    golden_json("nearest", &silenced);
    let allowed = snapshot.access(vera, NOW).explain_with_grants(
        crm::READ,
        &deal.owner(vera).flag(crm::ALWAYS_READABLE),
        bound,
    );
    assert_eq!(allowed.nearest, None);
}

#[test]
fn nearest_grants_that_need_two_changes_and_those_that_are_none() {
    let directory = company();
    let policy =
        heads_and_trees().role(Role::new("newcomer")).assign(Assignment::new("newcomer", Subject::SignedIn));
    let snapshot = compile(&policy, &directory);
    let bound = Bound::new(&policy, &directory);
    let deal = Record::at(crm::DEAL).owner(snapshot.user("nina"));
    let maria = snapshot.access(snapshot.user("maria"), NOW);
    golden("nearest_pairs", &maria.explain_with_grants(crm::UPDATE, &deal, bound));
    golden("nearest_none", &maria.explain_with_grants(crm::UPDATE, &deal, bound.at_most(1)));
}

#[test]
fn nearest_grants_of_creating_and_moving() {
    let (policy, directory) = (movers(), company());
    let snapshot = compile(&policy, &directory);
    let bound = Bound::new(&policy, &directory);
    let [vera, petr] = ["vera", "petr"].map(|key| snapshot.user(key));
    let access = snapshot.access(vera, NOW);
    let deal = |owner| Record::at(snapshot.place(crm::DEAL, crm::GENERAL, "preparation")).owner(owner);
    let won = snapshot.place(crm::DEAL, crm::GENERAL, "won");
    golden("nearest_create", &snapshot.access(petr, NOW).explain_create_with_grants(crm::DEAL, bound));
    let silenced = access.explain_relocate_with_grants(&deal(vera), won, bound);
    golden("nearest_move", &silenced);
    golden_json("nearest_move", &silenced);
    // She may neither update it nor move it.
    let petrs = deal(petr).flag(crm::ALWAYS_READABLE);
    golden("nearest_move_pairs", &access.explain_relocate_with_grants(&petrs, won, bound));
    let nowhere = access.explain_relocate_with_grants(&deal(vera), crm::DEAL, bound);
    let none = nowhere.nearest.expect("looked for in a denial");
    assert_eq!(none.to_string(), "  no grant of up to 2 changes would allow it\n");
    let one = access.nearest_grants_to_relocate(&deal(vera), crm::DEAL, bound.at_most(1));
    assert_eq!(one.to_string(), "  no grant of one change would allow it\n");
    let agreed = snapshot.place(crm::DEAL, "partners", "agreed");
    let allowed = access.explain_relocate_with_grants(&deal(vera), agreed, bound);
    assert_eq!((allowed.decision.is_allowed(), allowed.nearest), (true, None));
}

/// A golden file without a test would be kept for nothing.
#[test]
fn every_golden_file_has_its_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/explain");
    let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/explain/golden.rs"));
    let source = source.unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
        assert!(source.contains(&format!("\"{name}\"")), "{name}.txt has no case");
    }
}

/// A limit in force, one that is lifted, and a role that wants a circumstance.
#[test]
fn limits_and_circumstances() {
    let vocabulary = crm::vocabulary().circumstances(["office", "phone"]);
    let directory = company().with(UserGroup::new("contractors").member("vera"));
    let policy = Policy::new(vocabulary)
        .role(Role::new("trainee").set(crm::DEAL, crm::READ, crm::OWN))
        .role(Role::new("clerk").set(crm::DEAL, crm::READ, crm::ALL))
        .assign(Assignment::new("trainee", Subject::User("vera".into())))
        .assign(Assignment::new("clerk", Subject::User("vera".into())).when(["office"]))
        .limit(
            Limit::new("no preparation", Subject::UserGroup("contractors".into())).at([stage("preparation")]),
        )
        .limit(Limit::new("outside", Subject::SignedIn).unless(["phone"]).actions([crm::UPDATE]))
        .limit(Limit::new("on duty", Subject::Everyone).when(["office"]));
    let snapshot = compile(&policy, &directory);
    let vera = snapshot.access(snapshot.user("vera"), NOW).in_circumstances([snapshot.circumstance("phone")]);
    let deal =
        Record::at(snapshot.place(crm::DEAL, crm::GENERAL, "preparation")).owner(snapshot.user("vera"));
    let explanation = vera.explain(crm::READ, &deal);
    golden("limits", &explanation);
    golden_json("limits", &explanation);
}

/// The remedy is no grant: an address in the office lifts the limit. What it takes is said, also where that is not asked.
#[test]
fn what_would_lift_a_limit() {
    let policy = Policy::new(crm::vocabulary().circumstances(["office", "vpn"]))
        .role(Role::new("manager").set(crm::DEAL, crm::READ, crm::ALL).set(crm::DEAL, crm::EXPORT, crm::ALL))
        .assign(Assignment::new("manager", Subject::User("vera".into())))
        .limit(
            Limit::new("noexport", Subject::User("vera".into()))
                .unless(["office", "vpn"])
                .actions([crm::EXPORT]),
        )
        .limit(Limit::new("elsewhere", Subject::Everyone).everywhere_but([crm::DEAL]));
    let snapshot = compile(&policy, &company());
    let vera = snapshot.access(snapshot.user("vera"), NOW);
    let deal = Record::at(crm::DEAL).owner(snapshot.user("vera"));
    let export = vera.explain(crm::EXPORT, &deal);
    golden("limit_lifted", &export);
    golden_json("limit_lifted", &export);
    golden("limit_spares", &vera.explain(crm::READ, &deal));
}
