//! What is bound to a record besides people, on the command line: `--host`, `--linked`, `--shared`.

use super::{run, says, tempfile};

const WORDS: &str = r#"{"format": "bailiwick/vocabulary", "version": 1,
    "parties": [{"key": "responsible", "counts_for": ["own"]}],
    "levels": [{"key": "own", "relations": ["own"]}],
    "actions": ["read"],
    "features": [{"key": "tasks", "operations": [{"key": "tasks.view", "default": "members"}]}],
    "entities": [
        {"key": "deal", "offers": [{"action": "read", "levels": ["own"]}], "pipelines": [{"key": "general", "stages": ["new"]}]},
        {"key": "task", "offers": [{"action": "read", "levels": ["own"], "shareable": true, "hosted_by": "tasks.view",
            "through": [{"entity": "deal", "action": "read"}]}]}
    ]}"#;
const PEOPLE: &str = r#"{"format": "bailiwick/directory", "version": 1,
    "departments": [{"key": "sales"}],
    "users": [{"key": "anna", "departments": ["sales"]}, {"key": "boris"}],
    "user_groups": [{"key": "auditors", "members": [{"user": "anna"}]}],
    "social_groups": [{"key": "launch", "owner": "boris", "members": ["anna"]}, {"key": "board", "owner": "boris"}]}"#;
const ROLES: &str = r#"{"format": "bailiwick/policy", "version": 1,
    "roles": [{"key": "reader", "rights": [
        {"place": {"entity": "task"}, "action": "read", "level": "own"},
        {"place": {"entity": "deal"}, "action": "read", "level": "own"}]}],
    "assignments": [{"role": "reader", "to": "signed_in"}]}"#;

/// Arguments of a question about one of boris's tasks. Anna asks.
fn asked<'a>(command: &'a str, files: &'a [String; 3], more: &[&'a str]) -> Vec<&'a str> {
    let [words, people, roles] = files;
    let documents = [command, "--vocabulary", words, "--directory", people, "--policy", roles];
    let question = ["--entity", "task", "--owner", "boris", "--action", "read"];
    let who: &[&str] = if command == "who-can" { &[] } else { &["--user", "anna"] };
    [&documents[..], &question, who, more].concat()
}

fn files() -> [String; 3] {
    let file = |name, text| tempfile(name, text).to_str().unwrap().to_owned();
    [
        file("openings_vocabulary.json", WORDS),
        file("openings_directory.json", PEOPLE),
        file("openings_policy.json", ROLES),
    ]
}

const OUT_OF_REACH: &str = "denied [out-of-reach] the level given does not reach this record\n";

#[test]
fn what_is_bound_to_a_record_opens_it() {
    let files = files();
    let check = |more: &[&str], allowed: bool, note: &str| {
        let (status, answer) = if allowed { (0, "allowed\n") } else { (1, OUT_OF_REACH) };
        says(&asked("check", &files, more), status, answer, note);
    };
    check(&[], false, "");
    for (opens, does_not) in [
        (["--host", "launch"], ["--host", "board"]),
        (["--linked", "deal/general/new=anna"], ["--linked", "deal/general/new=boris"]),
        (["--linked", "deal=anna"], ["--linked", "task=anna"]),
        (["--shared", "user:anna=read"], ["--shared", "user:boris=read"]),
        (["--shared", "department:sales=read"], ["--shared", "department:nowhere=read"]),
        (["--shared", "department_tree:sales=read"], ["--shared", "social_group:board=read"]),
        (["--shared", "user_group:auditors=read"], ["--shared", "user_group:others=read"]),
        (["--shared", "social_group:launch=read"], ["--linked", "deal"]),
    ] {
        check(&opens, true, "");
        check(&does_not, false, "");
        check(&[does_not, opens].concat(), true, "");
    }
    check(&["--shared", "signed_in=read"], true, "");
    check(&["--shared", "everyone=read"], true, "");
    check(
        &["--host", "nobody"],
        false,
        "note: the directory has no social group `nobody`; it hosts nothing\n",
    );
    check(&["--linked", "lead=anna"], false, "note: the vocabulary has no entity `lead`\n");
    let unknown = "note: the directory has no user `vera`; as --linked it is nobody\n";
    check(&["--linked", "deal=vera"], false, unknown);
}

#[test]
fn explanations_and_who_can_know_of_it() {
    let files = files();
    let (status, text, _) = run(&asked("explain", &files, &["--host", "launch"]));
    assert_eq!(status, Some(0));
    assert!(text.contains("hosted by launch: tasks.view is for members, he is a member"), "{text}");
    let (_, text, _) = run(&asked("explain", &files, &["--linked", "deal/general/new=anna"]));
    assert!(text.contains("linked to a record at deal/general/new: read?"), "{text}");
    let (_, text, _) = run(&asked("who-can", &files, &[]));
    assert!(text.contains("boris") && !text.contains("anna"), "{text}");
    let (_, text, _) = run(&asked("who-can", &files, &["--shared", "user_group:auditors=read"]));
    assert!(text.contains("boris") && text.contains("anna"), "{text}");
}

#[test]
fn what_makes_no_sense_is_refused_with_a_word_why() {
    let files = files();
    for (wrong, why) in [
        ("user:anna", "a share is written SUBJECT=ACTION"),
        ("users:anna=read", "there is no kind of subject `users`"),
        ("user=read", "`user` names nobody"),
    ] {
        let (status, _, aside) = run(&asked("check", &files, &["--shared", wrong]));
        assert_eq!(status, Some(2));
        assert!(aside.contains(why), "{aside}");
    }
    let unknown = "--shared: [unknown] the vocabulary has no action `fly`\n";
    says(&asked("check", &files, &["--shared", "everyone=fly"]), 2, "", unknown);
}
