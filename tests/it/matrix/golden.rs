//! How matrices read: one file a case. `BAILIWICK_GOLDEN=update cargo test golden` writes them anew.

use bailiwick::review::matrix::Matrix;
use bailiwick::{
    Assignment, Department, Directory, Limit, Moment, Place, Policy, Role, Snapshot, Subject, Substitution,
    Targets, User, crm,
};

use crate::golden::compare;

const NOW: Moment = Moment::from_unix_seconds(1_790_000_000);

/// Compares every form of the matrix with the files of this name, or writes the files.
#[track_caller]
fn golden(name: &str, matrix: &Matrix) {
    compare(&format!("matrix/{name}.txt"), &matrix.to_string());
    compare(&format!("matrix/{name}.md"), &matrix.sheet().to_markdown());
    compare(&format!("matrix/{name}.html"), &without_styles(&matrix.sheet().to_html()));
}

/// The page without its styles, which are the same in all: one file has them.
#[track_caller]
fn without_styles(page: &str) -> String {
    let (head, rest) = page.split_once("<style>\n").expect("a style sheet");
    let (_, body) = rest.split_once("</style>\n").expect("its end");
    format!("{head}{body}")
}

fn stage(stage: &str) -> Place {
    Place::entity(crm::DEAL).pipeline(crm::GENERAL).stage(stage)
}

fn policy() -> Policy {
    let assistant = Role::new("assistant")
        .set(crm::DEAL, crm::READ, crm::OWN)
        .set(stage("preparation"), crm::READ, crm::NONE)
        .set(stage("won"), crm::UPDATE, crm::ALL)
        .set_transition(stage("new"), Targets::stages(["preparation", "won"]));
    Policy::new(crm::vocabulary())
        .roles(crm::roles())
        .role(assistant)
        .assign(Assignment::new(crm::MANAGER, Subject::Department("sales".into())))
        .assign(Assignment::new("assistant", Subject::User("vera".into())))
        .assign(Assignment::new(crm::ADMINISTRATOR, Subject::User("maria".into())))
        .substitute(Substitution::new("vera", "petr"))
}

fn compile(policy: &Policy) -> Snapshot {
    let directory = Directory::new()
        .with(Department::new("sales"))
        .with(User::new("vera").sits_in("sales"))
        .with(User::new("petr").sits_in("sales"))
        .with(User::new("maria"))
        .with(User::new("root").administrator())
        .with(User::new("oleg").sits_in("sales").dismissed());
    Snapshot::compile(policy, &directory).unwrap_or_else(|problems| panic!("{problems}"))
}

fn user(snapshot: &Snapshot, key: &str) -> Matrix {
    snapshot.access(snapshot.user(key), NOW).matrix()
}

fn role(snapshot: &Snapshot, key: &str) -> Matrix {
    snapshot.role_matrix(key).expect("a role of the policy")
}

fn deals(matrix: Matrix) -> Matrix {
    matrix.about(&crm::DEAL.into())
}

#[test]
fn a_user_with_two_roles_of_which_one_silences_the_other() {
    golden("user", &deals(user(&compile(&policy()), "vera")));
}

#[test]
fn the_whole_of_a_default_role() {
    golden("role", &role(&compile(&policy()), "manager"));
}

#[test]
fn a_page_with_its_styles() {
    let visitor = deals(compile(&policy()).anonymous_access(NOW).matrix());
    compare("matrix/whole_page.html", &visitor.sheet().to_html());
}

#[test]
fn two_roles_side_by_side() {
    let snapshot = compile(&policy());
    golden("two_roles", &deals(role(&snapshot, "manager").beside(&role(&snapshot, "department_head"))));
}

#[test]
fn a_role_beside_a_user() {
    let snapshot = compile(&policy());
    golden("role_and_user", &deals(role(&snapshot, "manager").beside(&user(&snapshot, "vera"))));
}

#[test]
fn a_user_before_an_edit_and_after_it() {
    let before = compile(&policy());
    let mut edited = policy();
    edited.assignments.retain(|assignment| assignment.role != "assistant".into());
    let after = compile(&edited);
    let both = user(&before, "vera").labelled("before").beside(&user(&after, "vera").labelled("after"));
    golden("before_and_after", &deals(both));
}

#[test]
fn a_user_who_stands_in_for_another() {
    golden("stand_in", &deals(user(&compile(&policy()), "petr")));
}

#[test]
fn somebody_who_holds_the_settings_right() {
    let snapshot = compile(&policy());
    let settings = Role::new("settings only").set(crm::SETTINGS, crm::UPDATE, crm::ALL);
    let policy = policy().role(settings);
    golden("settings", &deals(role(&compile(&policy), "settings only")));
    golden("settings_said", &deals(user(&snapshot, "maria")));
}

#[test]
fn an_administrator_a_dismissed_user_and_a_visitor() {
    let snapshot = compile(&policy());
    golden("administrator", &deals(user(&snapshot, "root")));
    golden("dismissed", &deals(user(&snapshot, "oleg")));
    golden("visitor", &deals(snapshot.anonymous_access(NOW).matrix()));
}

#[test]
fn every_place_and_every_reason() {
    let matrix = deals(user(&compile(&policy()), "vera"));
    let sheet = matrix.sheet().unfolded().with_reasons().width(70);
    compare("matrix/unfolded.txt", &sheet.to_text());
    compare("matrix/unfolded.md", &sheet.to_markdown());
}

#[cfg(feature = "document")]
#[test]
fn as_json() {
    let snapshot = compile(&policy());
    let exclusions = |matrix: Matrix| matrix.about(&crm::EXCLUSION.into());
    compare(
        "matrix/role.json",
        &exclusions(role(&snapshot, "manager").beside(&role(&snapshot, "director"))).to_json(),
    );
    compare("matrix/stand_in.json", &exclusions(user(&snapshot, "petr")).to_json());
}

#[test]
fn somebody_under_a_limit() {
    let limit = Limit::new("outside", Subject::Department("sales".into())).actions([crm::READ, crm::IMPORT]);
    golden("limited", &deals(user(&compile(&policy().limit(limit)), "vera")));
}
