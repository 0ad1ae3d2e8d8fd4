//! Where lints have been deaf, or called out for nothing.

use bailiwick::review::{LintProblem, lint};
use bailiwick::{
    Assignment, Extent, Key, Limit, Moment, Place, Right, Role, Subject, Substitution, Targets, User,
    UserGroup, Window,
};

use crate::review::lint::{Draft, NOW, codes, draft};

fn assign(draft: &mut Draft, role: Role, to: Subject, window: Window) {
    draft.policy.assignments.push(Assignment::new(&role.key, to).during(window));
    draft.policy.roles.push(role);
}

fn told(draft: &Draft, code: &str) -> Vec<String> {
    let findings = draft.findings();
    findings.iter().filter(|it| it.lint().code() == code).map(|it| it.message().to_owned()).collect()
}

/// The draft with a role that boris holds in the office alone, and one that everybody has.
fn office(conflict: (&str, &str)) -> Draft {
    let mut draft = draft();
    draft.policy.vocabulary = draft.policy.vocabulary.circumstances(["office", "night"]);
    let pays = Role::new("pays").set("deal", "export", "own").set("deal", "read", "own");
    let boris = || Subject::User("boris".into());
    draft.policy.assignments.push(Assignment::new("pays", boris()).when(["office"]));
    draft.policy.roles.push(pays);
    let guards = Role::new("guards").set("deal", "read", "open").set("deal", "create", "open");
    draft.policy.assignments.push(Assignment::new("guards", boris()).when(["night"]));
    draft.policy.roles.push(guards);
    draft.conflicts = vec![(conflict.0.into(), conflict.1.into())];
    draft
}

#[test]
fn roles_conflict_that_are_held_together_in_some_circumstances() {
    let code = "conflicting-roles";
    assert_eq!(told(&office(("boss", "pays")), code), [""; 0]);
    let found = ["user `boris` holds both role `seller` and role `pays`, in circumstances `office`"];
    assert_eq!(told(&office(("seller", "pays")), code), found);
    let both = ["user `boris` holds both role `guards` and role `pays`, in circumstances `office`, `night`"];
    assert_eq!(told(&office(("guards", "pays")), code), both);
    // In both circumstances at once the one takes the place of the other, and in either alone he holds one of them.
    let mut instead = office(("guards", "pays"));
    instead.policy.roles.iter_mut().find(|it| it.key == "guards".into()).unwrap().supersedes =
        vec!["pays".into()];
    assert_eq!(told(&instead, code), [""; 0]);
}

#[test]
fn a_role_that_is_held_in_some_circumstances_can_reduce() {
    let mut draft = office(("seller", "pays"));
    assert_eq!(told(&draft, "role-reduces"), [""; 0]);
    let won = || Place::entity("deal").pipeline("general").stage("won");
    let pays = draft.policy.roles.iter_mut().find(|it| it.key == "pays".into()).unwrap();
    pays.rights.push(Right::new(won(), "read", "own"));
    let found = [
        "role `pays`, held beside others, takes something from user `boris`: for example `read` at deal/general/won",
    ];
    assert_eq!(told(&draft, "role-reduces"), found);
}

#[test]
fn what_is_held_in_some_circumstances_is_held() {
    let mut draft = draft();
    draft.policy.vocabulary = draft.policy.vocabulary.circumstances(["office"]);
    for it in &mut draft.policy.assignments {
        it.when = vec!["office".into()];
    }
    assert_eq!(codes(&draft.findings()), [""; 0]);
    draft.directory.users.push(User::new("carl"));
    assert_eq!(codes(&draft.findings()), ["user-without-roles"]);
    // Reading is taken away but in the office, or everywhere.
    draft.directory.users.pop();
    let limit = |it: Limit| it.actions(["read"]);
    draft.policy.limits = vec![limit(Limit::new("outside", Subject::Everyone).unless(["office"]))];
    assert_eq!(codes(&draft.findings()), [""; 0]);
    draft.policy.limits = vec![limit(Limit::new("all", Subject::Everyone))];
    assert_eq!(codes(&draft.findings()), ["entity-without-reader"]);
}

#[test]
fn what_everybody_is_given_is_told_with_its_time() {
    let at = Moment::from_unix_seconds;
    let all = || UserGroup::new("all").member("anna").member("boris").member("root");
    let sees = || Role::new("sees").set("deal", "read", "all").set("deal", "configure", "all");
    for to in [Subject::SignedIn, Subject::UserGroup("all".into())] {
        let given = |window: Window| {
            let mut draft = draft();
            draft.directory.user_groups.push(all());
            assign(&mut draft, sees(), to.clone(), window);
            draft
        };
        for (code, what) in [
            ("settings-for-everybody", "holds the settings right of `deal`"),
            ("everybody-reaches-all", "reaches all records with `read` at deal"),
        ] {
            assert_eq!(told(&given(Window::ALWAYS.until(at(999))), code), [""; 0]);
            let now = format!("role `sees`, given to {to}, {what}");
            assert_eq!(told(&given(Window::ALWAYS.until(NOW)), code), std::slice::from_ref(&now));
            assert_eq!(told(&given(Window::from(NOW)), code), [now]);
            let later = format!("role `sees`, given to {to} from 1970-01-01T00:16:41Z on, {what}");
            assert_eq!(told(&given(Window::from(at(1001))), code), [later]);
            let mut confined = given(Window::ALWAYS);
            confined.policy.assignments.last_mut().unwrap().within = Some("sales".into());
            assert_eq!(told(&confined, code), [""; 0]);
        }
    }
}

/// Those who sell may update and lead nowhere, and nobody configures.
fn without_transitions() -> Draft {
    let mut draft = draft();
    draft.policy.roles[0].transitions.clear();
    draft.policy.roles[1].rights.retain(|right| right.action != "configure".into());
    draft
}

fn mover() -> Role {
    Role::new("mover").set("deal", "read", "own").set_transition("deal", Targets::Any)
}

#[test]
fn a_stage_is_left_by_whoever_may_both_update_and_move() {
    let code = "stage-without-exit";
    let stages = ["new", "won"].map(|stage| {
        format!("nobody but administrators can both update a record at deal/general/{stage} and move it on")
    });
    assert_eq!(told(&without_transitions(), code), stages);
    let mut nobody = without_transitions();
    nobody.policy.roles.push(mover());
    assert_eq!(told(&nobody, code), stages);
    let held_by = |user: &str| {
        let mut draft = without_transitions();
        assign(&mut draft, mover(), Subject::User(user.into()), Window::ALWAYS);
        draft
    };
    assert_eq!(told(&held_by("boris"), code), [""; 0], "who sells");
    let mut elsewhere = held_by("root");
    assert_eq!(told(&elsewhere, code), stages, "an administrator needs no role");
    elsewhere.policy.roles.last_mut().unwrap().rights.push(Right::new("deal", "update", "own"));
    assert_eq!(told(&elsewhere, code), [""; 0], "a role that does both by itself");
    let mut office = held_by("boris");
    office.policy.vocabulary = office.policy.vocabulary.circumstances(["office"]);
    office.policy.assignments.last_mut().unwrap().when = vec!["office".into()];
    assert_eq!(told(&office, code), [""; 0], "in the office");
    office.policy.assignments.last_mut().unwrap().within = Some("sales".into());
    assert_eq!(told(&office, code), stages, "what is held apart does not combine");
}

#[test]
fn a_prerequisite_is_looked_for_at_the_place() {
    let code = "prerequisite-nowhere";
    let won = Place::entity("deal").pipeline("general").stage("won");
    let draft = |rights: &[(Place, &str, &str)]| {
        let mut draft = draft();
        let add = |role: Role, (place, action, level): &(Place, &str, &str)| {
            role.set(place.clone(), *action, *level)
        };
        draft.policy.roles = vec![rights.iter().fold(Role::new("seller"), add)];
        draft.policy.assignments.truncate(1);
        draft
    };
    let deal = Place::entity("deal");
    let told_at = |place: &str| {
        [format!("role `seller` gives `update` at {place}, which requires `read`, which no role gives there")]
    };
    let update = |place: &Place| (place.clone(), "update", "all");
    let read = |place: &Place, level| (place.clone(), "read", level);
    assert_eq!(told(&draft(&[update(&deal), read(&deal, "own")]), code), [""; 0]);
    assert_eq!(told(&draft(&[update(&won), read(&won, "own")]), code), [""; 0]);
    assert_eq!(told(&draft(&[update(&deal), read(&won, "all")]), code), told_at("deal"));
    let none_there = draft(&[update(&deal), read(&deal, "all"), read(&won, "none")]);
    assert_eq!(told(&none_there, code), told_at("deal/general/won"));
    let mut another = none_there;
    another.policy.roles.push(Role::new("reader").set("deal", "read", "own"));
    assert_eq!(told(&another, code), [""; 0]);
}

/// Its holder may do nothing by it; but it says under what everything is recorded that he may do otherwise.
#[test]
fn a_role_that_marks_everything_is_no_dead_weight() {
    let given = |assignment: Assignment| {
        let mut draft = draft();
        draft.policy.roles.push(Role::new("visit"));
        draft.policy.assignments.extend([assignment, Assignment::new("visit", Subject::SignedIn)]);
        told(&draft, "role-gives-nothing")
    };
    let boris = || Assignment::new("visit", Subject::User("boris".into()));
    let found = ["role `visit` gives nothing anywhere"];
    assert_eq!(given(boris()), found);
    assert_eq!(given(boris().audited_as("4711")), found);
    assert_eq!(given(boris().audits_everything()), found, "without a mark there is none on everything");
    assert_eq!(given(boris().audited_as("4711").audits_everything()), [""; 0]);
    let another = Assignment::new("seller", Subject::User("boris".into()));
    assert_eq!(given(another.audited_as("4711").audits_everything()), found);
}

#[test]
fn a_substitution_is_dead_weight_where_nothing_passes_it() {
    let narrowed = |only: Vec<Extent>| {
        let mut draft = draft();
        draft.policy.vocabulary.actions.push("idle".into());
        let mut substitution = Substitution::new("anna", "boris");
        substitution.only = Some(only);
        draft.policy.substitutions.push(substitution);
        told(&draft, "substitution-never-live")
    };
    let found = ["the substitution of `anna` by `boris` is narrowed to nothing"];
    let deals = || Extent::at(Place::entity("deal"));
    assert_eq!(narrowed(vec![]), found);
    assert_eq!(narrowed(vec![deals().actions([""; 0]), Extent::everywhere().actions([""; 0])]), found);
    assert_eq!(narrowed(vec![Extent::everywhere().actions(["idle"])]), found, "no entity admits it");
    assert_eq!(narrowed(vec![deals().actions([""; 0]), deals().actions(["read"])]), [""; 0]);
    assert_eq!(narrowed(vec![deals()]), [""; 0]);
}

/// A department, a group or the heads of something are a place that others will fill; a person is not.
#[test]
fn a_role_is_for_one_user_where_it_names_him() {
    let code = "role-for-one-user";
    let mut named = draft();
    named.policy.assignments[1].to = Subject::Employee("anna".into());
    named.policy.assignments.push(Assignment::new("boss", Subject::User("anna".into())));
    assert_eq!(told(&named, code), ["role `boss` is given to user `anna` and to nobody else"]);
    let mut headed = draft();
    headed.policy.assignments[0].to = Subject::UserGroup("night".into());
    assert_eq!(told(&headed, code), [""; 0]);
}

#[test]
fn roles_that_nobody_knows_do_not_conflict_in_silence() {
    let draft = draft();
    let ask = |one: &str, other: &str| {
        let conflicts = [(Key::from(one), Key::from(other)), (Key::from("boss"), Key::from(one))];
        lint(&draft.policy, &draft.directory, NOW, &conflicts)
    };
    assert_eq!(ask("seller", "boss").map(|found| found.len()), Ok(2), "anna holds both, told for each pair");
    let problem = ask("seler", "bos").unwrap_err();
    assert_eq!(problem, LintProblem::UnknownRoles(vec!["bos".into(), "seler".into()]));
    assert_eq!(problem.to_string(), "there is no role `bos`\nthere is no role `seler`");
}
