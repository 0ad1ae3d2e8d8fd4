//! The program, run as people and pipelines run it.

mod check;
mod classes;
mod diff;
mod examples;
mod explain;
mod filter;
#[cfg(feature = "sql")]
mod mapping;
mod openings;
mod what_if;

use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn bailiwick(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bailiwick"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    told(&bailiwick(arguments).output().unwrap())
}

pub(crate) fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[track_caller]
fn says(arguments: &[&str], status: i32, stdout: &str, stderr: &str) {
    assert_eq!(run(arguments), (Some(status), stdout.to_owned(), stderr.to_owned()), "{arguments:?}");
}

#[track_caller]
fn says_json(arguments: &[&str], status: i32, expected: &Value) {
    let arguments = [arguments, &["--json"]].concat();
    let (code, stdout, stderr) = run(&arguments);
    assert_eq!(serde_json::from_str::<Value>(&stdout).unwrap(), *expected, "{arguments:?}");
    assert_eq!((code, stderr.as_str()), (Some(status), ""), "{arguments:?}");
}

const TICKETS: &[&str] = &[
    "check",
    "--vocabulary",
    "tests/data/program/vocabulary.json",
    "--directory",
    "tests/data/program/people.json",
    "--policy",
    "tests/data/program/roles.json",
    "--entity",
    "ticket",
    "--at",
    "2026-08-01T00:00:00+03:00",
];

fn tickets<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [TICKETS, more].concat()
}

const OUT_OF_REACH: &str = "denied [out-of-reach] the level given does not reach this record\n";
const NOTHING_GIVEN: &str = "denied [nothing-given] no role gives the action here\n";

#[test]
fn a_question_has_an_answer_a_reason_and_a_status() {
    let anna = |more: &[&'static str]| tickets(&[&["--user", "anna"], more].concat());
    says(&anna(&["--action", "update", "--owner", "anna"]), 0, "allowed\n", "");
    says(&anna(&["--action", "update", "--owner", "42"]), 1, OUT_OF_REACH, "");
    says(&anna(&["--action", "update"]), 1, OUT_OF_REACH, "");
    says(&anna(&["--action", "read", "--participant", "observer=anna"]), 0, "allowed\n", "");
    says(&anna(&["--action", "read", "--participant", "observer=42"]), 1, OUT_OF_REACH, "");
    says(&anna(&["--action", "read", "--flag", "open"]), 0, "allowed\n", "");
    says(&anna(&["--action", "sing"]), 1, "denied [unknown-action] the action is unknown\n", "");
    says(&tickets(&["--user", "42", "--action", "read", "--owner", "42"]), 1, NOTHING_GIVEN, "");
    says(
        &tickets(&["--user", "gone", "--action", "read"]),
        1,
        "denied [dismissed] the user is dismissed\n",
        "",
    );
    says(
        &tickets(&["--user", "vera", "--action", "read"]),
        1,
        "denied [unknown-user] the user is unknown\n",
        "",
    );
    says(&tickets(&["--anonymous", "--action", "read", "--flag", "open"]), 1, NOTHING_GIVEN, "");
}

#[test]
fn without_an_action_all_that_are_allowed_are_listed() {
    says(&tickets(&["--user", "anna", "--owner", "anna"]), 0, "read\nupdate\n", "");
    says(&tickets(&["--user", "anna", "--flag", "open"]), 0, "read\n", "");
    says(&tickets(&["--user", "42", "--flag", "open"]), 1, "nothing is allowed\n", "");
}

#[test]
fn the_moment_decides_over_dated_assignments() {
    let mut arguments = tickets(&["--user", "anna", "--owner", "anna", "--action", "read"]);
    let at = arguments.iter().position(|argument| *argument == "--at").unwrap() + 1;
    arguments[at] = "2030-12-31T23:59:59Z";
    says(&arguments, 0, "allowed\n", "");
    arguments[at] = "2031-01-01T00:00:00Z";
    says(&arguments, 1, NOTHING_GIVEN, "");
    arguments.drain(at - 1..=at);
    arguments.push("--json");
    let (_, stdout, _) = run(&arguments);
    let answer: Value = serde_json::from_str(&stdout).unwrap();
    assert!(answer["at"].as_str().unwrap() > "2026-01-01", "without a moment it is now");
}

#[test]
fn who_can_is_told_by_what_lets_them() {
    let mut arguments =
        tickets(&["--owner", "anna", "--flag", "open", "--circumstance", "office", "--action", "read"]);
    arguments[0] = "who-can";
    says(
        &arguments,
        0,
        "2 users, and visitors\n  1 by role agent and visitor: own and flag:open\n    anna\n  1 by role visitor: flag:open\n    42\n  visitors by role visitor: flag:open\n",
        "",
    );
    let update = arguments.len() - 1;
    arguments[update] = "sing";
    says(&arguments, 1, "0 users\n", "");
}

#[test]
fn who_can_tells_what_lets_visitors_and_whoever_has_another_view() {
    let vocabulary = r#"{"format": "bailiwick/vocabulary", "version": 1,
        "parties": [{"key": "responsible", "counts_for": ["own"]}],
        "levels": [{"key": "own", "relations": ["own"]}, {"key": "all", "relations": ["always"]}],
        "actions": ["read"],
        "entities": [{"key": "deal", "offers": [{"action": "read", "levels": ["own", "all"]}]}]}"#;
    let directory =
        r#"{"format": "bailiwick/directory", "version": 1, "users": [{"key": "vera"}, {"key": "petr"}]}"#;
    let policy = |assignments: &str| {
        let role = |key, level| {
            let right = format!(r#"{{"place": {{"entity": "deal"}}, "action": "read", "level": "{level}"}}"#);
            format!(r#"{{"key": "{key}", "rights": [{right}]}}"#)
        };
        let roles = [role("a", "all"), role("b", "own")].join(", ");
        format!(
            r#"{{"format": "bailiwick/policy", "version": 1, "roles": [{roles}], "assignments": [{assignments}]}}"#
        )
    };
    let file = |name, text: &str| tempfile(name, text).to_str().unwrap().to_owned();
    let words = file("who_can_vocabulary.json", vocabulary);
    let people = file("who_can_directory.json", directory);
    let marked = r#"{"role": "a", "to": {"user": "petr"}, "audited_as": "m"},
        {"role": "b", "to": {"user": "vera"}, "audited_as": "m"}"#;
    let marked = file("who_can_marked.json", &policy(marked));
    let open = file("who_can_open.json", &policy(r#"{"role": "a", "to": "everyone"}"#));
    let nobody = file("who_can_nobody.json", r#"{"format": "bailiwick/directory", "version": 1}"#);
    let run = |people: &str, policy: &str, more: &[&str]| {
        let documents = ["who-can", "--vocabulary", &words, "--directory", people, "--policy", policy];
        let question = ["--entity", "deal", "--owner", "vera", "--action", "read"];
        let arguments = [&documents[..], &question, more].concat();
        let (status, text, _) = run(&arguments);
        (status, text)
    };
    let text = "2 users\n  1 recorded as m, by role a: always\n    petr\n  1 recorded as m, by role b: own\n    vera\n";
    assert_eq!(run(&people, &marked, &[]), (Some(0), text.to_owned()));
    let (_, json) = run(&people, &marked, &["--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let lets = serde_json::json!({"code": "roles", "roles": ["b"], "relations": ["own"]});
    let vera = serde_json::json!({"code": "other-view", "audited_as": "m", "lets": lets, "users": ["vera"]});
    assert_eq!((&json["groups"][1], &json["visitors"]), (&vera, &Value::Null));

    let text = "0 users, and visitors\n  visitors by role a: always\n";
    assert_eq!(run(&nobody, &open, &[]), (Some(0), text.to_owned()));
    let (_, json) = run(&nobody, &open, &["--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let visitors = serde_json::json!({"code": "roles", "roles": ["a"], "relations": ["always"]});
    assert_eq!((&json["count"], &json["visitors"]), (&Value::from(0), &visitors));
    let closed = file("who_can_closed.json", &policy(""));
    assert_eq!(run(&nobody, &closed, &[]), (Some(1), "0 users\n".to_owned()));
}

const LINT: &[&str] = &[
    "lint",
    "--vocabulary",
    "tests/data/program/vocabulary.json",
    "--directory",
    "tests/data/program/people.json",
    "--policy",
    "tests/data/program/roles.json",
    "--at",
    "2026-08-01T00:00:00+03:00",
];

#[test]
fn findings_have_a_place_a_code_and_can_be_accepted() {
    let lint = |more: &[&'static str]| [LINT, more].concat();
    let (status, stdout, stderr) = run(&lint(&[]));
    assert_eq!((status, stderr.as_str()), (Some(1), ""), "{stdout}");
    assert!(
        stdout.contains("roles.json:5:5: [role-for-one-user] role `agent` is given to user `anna`"),
        "{stdout}"
    );
    assert!(!stdout.contains("user-without-roles"), "user 42 holds a role in the office: {stdout}");
    let accepted = ["stage-without-exit", "role-for-one-user=agent", "user-without-roles", "role-contained"];
    let accepted: Vec<&str> = accepted.iter().flat_map(|code| ["--allow", code]).collect();
    let (status, stdout, _) = run(&lint(&accepted));
    assert_eq!((status, stdout.as_str()), (Some(0), "nothing found\n"));
    let (_, stdout, _) = run(&lint(&["--json", "--allow", "role-contained=visitor"]));
    let answer: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(answer["allowed"], json!(1));
    assert!(answer["findings"].as_array().unwrap().iter().all(|finding| finding["code"] != "role-contained"));
    let finding = &answer["findings"][0];
    assert_eq!((&answer["format"], &answer["version"]), (&json!("bailiwick/findings"), &json!(1)));
    assert!(finding["file"].as_str().is_some_and(|file| file.ends_with(".json")) && finding["line"].is_u64());
    assert!(finding["severity"].is_string() && finding["part"].is_string() && finding["keys"].is_array());
    assert_eq!(run(&lint(&["--conflict", "agent"])).0, Some(2));
}

/// A slip in an exception or in a pair would be an answer to another question.
#[test]
fn exceptions_and_pairs_name_what_there_is() {
    let lint = |more: &[&'static str]| [LINT, more].concat();
    let no_lint = "--allow: [unknown] there is no lint `user-without-role`\n";
    says(&lint(&["--allow", "user-without-role"]), 2, "", no_lint);
    says(&lint(&["--allow", "user-without-role=42"]), 2, "", no_lint);
    let no_role = "--conflict: [unknown] there is no role `agnt`\n";
    says(&lint(&["--conflict", "agnt=agent"]), 2, "", no_role);
    let (status, stdout, _) = run(&lint(&["--json", "--conflict", "agent=agnt"]));
    let answer: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((status, &answer["problems"][0]["code"]), (Some(2), &json!("unknown")));
}

/// All of a policy takes part: a limit that got lost on the way would allow.
#[test]
fn substitutions_and_limits_decide_too() {
    let mut arguments = tickets(&["--owner", "anna", "--action", "update"]);
    let policy = arguments.iter().position(|argument| argument.ends_with("roles.json")).unwrap();
    arguments[policy] = "tests/data/program/holidays.json";
    let ask = |more: &[&'static str]| [arguments.as_slice(), more].concat();
    let limited = "denied [limited] a limit takes it away\n";
    says(&ask(&["--user", "anna"]), 1, limited, "");
    says(&ask(&["--user", "anna", "--circumstance", "office"]), 0, "allowed\n", "");
    says(&ask(&["--user", "42", "--circumstance", "office"]), 0, "allowed\n", "");
    says(&ask(&["--user", "42"]), 1, limited, "");
}

#[test]
fn circumstances_decide_over_assignments_that_need_them() {
    let ask = |more: &[&'static str]| {
        tickets(&[&["--anonymous", "--action", "read", "--flag", "open"], more].concat())
    };
    says(&ask(&[]), 1, NOTHING_GIVEN, "");
    says(&ask(&["--circumstance", "office"]), 0, "allowed\n", "");
    let (_, stdout, _) = run(&ask(&["--circumstance", "office", "--circumstance", "office", "--json"]));
    let answer: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(answer["circumstances"], json!(["office"]));
    let unknown = "--circumstance: [unknown] the vocabulary has no circumstance `offise`\n";
    says(&ask(&["--circumstance", "offise"]), 2, "", unknown);
}

#[test]
fn a_preset_stands_in_place_of_a_vocabulary() {
    let folder = tempfile(
        "policy.json",
        r#"{"format": "bailiwick/policy", "version": 1,
        "assignments": [{"role": "manager", "to": {"user": "anna"}}]}"#,
    );
    let policy = folder.to_str().unwrap();
    let arguments = |owner| {
        let directory = "tests/data/program/people.json";
        [
            "check",
            "--preset",
            "crm",
            "--directory",
            directory,
            "--policy",
            policy,
            "--user",
            "anna",
            "--entity",
            "deal",
            "--action",
            "update",
            "--owner",
            owner,
        ]
    };
    says(&arguments("anna"), 0, "allowed\n", "");
    says(&arguments("42"), 1, OUT_OF_REACH, "");
}

/// A file of this test run. Tests that write the same one at once do not see it half written.
fn tempfile(name: &str, text: &str) -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("program");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    let writing = folder.join(format!("{name}.{:?}", std::thread::current().id()));
    std::fs::write(&writing, text).unwrap();
    std::fs::rename(writing, &path).unwrap();
    path
}

#[test]
fn programs_get_the_answer_as_json() {
    let question = json!({"user": "anna", "at": "2026-07-31T21:00:00Z", "place": {"entity": "ticket", "pipeline": "support", "stage": "done"}, "circumstances": [], "notes": []});
    let with = |more: Value| {
        let mut answer = question.clone();
        answer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        answer
    };
    let anna = |more: &[&'static str]| {
        tickets(&[&["--user", "anna", "--pipeline", "support", "--stage", "done"], more].concat())
    };
    says_json(&anna(&["--action", "read", "--owner", "anna"]), 0, &with(json!({"allowed": true})));
    says_json(
        &anna(&["--action", "read"]),
        1,
        &with(json!({
            "allowed": false,
            "denial": "out-of-reach",
            "reason": "the level given does not reach this record"
        })),
    );
    says_json(&anna(&["--owner", "anna"]), 0, &with(json!({"actions": ["read", "update"]})));
    says_json(&anna(&[]), 1, &with(json!({"actions": []})));
    says_json(
        &tickets(&["--anonymous", "--action", "read", "--owner", "vera"]),
        1,
        &json!({
            "allowed": false, "denial": "nothing-given", "reason": "no role gives the action here",
            "user": null, "at": "2026-07-31T21:00:00Z", "circumstances": [], "place": {"entity": "ticket"},
            "notes": ["the directory has no user `vera`; as --owner it is nobody"]
        }),
    );
}

#[test]
fn what_nobody_knows_takes_part_as_nobody_and_is_mentioned() {
    let read = |more: &[&'static str]| tickets(&[&["--user", "anna", "--action", "read"], more].concat());
    says(
        &read(&["--owner", "vera", "--participant", "observer=oleg"]),
        1,
        OUT_OF_REACH,
        "note: the directory has no user `vera`; as --owner it is nobody\n\
         note: the directory has no user `oleg`; as observer it is nobody\n",
    );
    says(
        &read(&["--owner", "anna", "--pipeline", "support", "--stage", "lost"]),
        0,
        "allowed\n",
        "note: the vocabulary has no `ticket/support/lost`; the record counts as one at `ticket/support`\n",
    );
    let castle: Vec<_> =
        read(&[]).into_iter().map(|word| if word == "ticket" { "castle" } else { word }).collect();
    says(
        &castle,
        1,
        "denied [unknown-place] the record's entity is unknown\n",
        "note: the vocabulary has no entity `castle`\n",
    );
    says(
        &read(&["--participant", "author=anna", "--flag", "closed"]),
        2,
        "",
        "--participant: [unknown] the vocabulary has no party `author`\n\
         --flag: [unknown] the vocabulary has no flag `closed`\n",
    );
}

const BROKEN: &[&str] = &[
    "check",
    "--preset",
    "crm",
    "--directory",
    "tests/data/program/broken_people.json",
    "--policy",
    "tests/data/program/broken_roles.json",
    "--user",
    "anna",
    "--entity",
    "deal",
];

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_line() {
    says(
        BROKEN,
        2,
        "",
        "\
tests/data/program/broken_people.json:6:13: [duplicate] user `anna` stands here a second time; the first is at /users/0/key (at /users/1/key)
tests/data/program/broken_people.json:5:37: [dangling] department `sales` is referred to and not declared (at /users/0/departments/0)
tests/data/program/broken_roles.json:12:13: [duplicate] role `manager` stands here a second time; the first is at preset crm (at /roles/1/key)
tests/data/program/broken_roles.json:8:66: [unknown] there is no level `everything` (at /roles/0/rights/0/level)
tests/data/program/broken_roles.json:9:19: [unknown] there is no entity `castle` (at /roles/0/rights/1/place)
tests/data/program/broken_roles.json:15:29: [unknown] there is no user `oleg` (at /assignments/0/to)
",
    );
}

#[test]
fn programs_get_the_problems_as_json() {
    let (status, stdout, stderr) = run(&[BROKEN, &["--json"]].concat());
    let answer: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((status, stderr.as_str()), (Some(2), ""));
    assert_eq!(answer["problems"].as_array().unwrap().len(), 6);
    assert_eq!(
        answer["problems"][3],
        json!({
            "file": "tests/data/program/broken_roles.json", "line": 8, "column": 66, "code": "unknown",
            "message": "there is no level `everything`", "pointer": "/roles/0/rights/0/level"
        })
    );
}

#[test]
fn every_file_that_cannot_be_read_is_told() {
    let latin = tempfile("latin1.json", "");
    std::fs::write(&latin, b"{\"caf\xe9\"}").unwrap();
    let (status, stdout, stderr) = run(&[
        "check",
        "--vocabulary",
        latin.to_str().unwrap(),
        "--directory",
        "tests/data/program/nowhere.json",
        "--policy",
        "tests/data/program/unreadable_roles.json",
        "--anonymous",
        "--entity",
        "deal",
    ]);
    assert_eq!((status, stdout.as_str()), (Some(2), ""));
    let lines: Vec<&str> = stderr.lines().collect();
    assert!(
        lines[0].ends_with("latin1.json: [not-utf-8] this is not UTF-8: no character begins at byte 5"),
        "{stderr}"
    );
    assert!(lines[1].starts_with("tests/data/program/nowhere.json: [unreadable] "), "{stderr}");
    let policy =
        "tests/data/program/unreadable_roles.json:5:31: [unknown-word] `everybody` cannot stand here; ";
    assert!(lines[2].starts_with(policy) && lines[2].ends_with(" (at /assignments/0/to)"), "{stderr}");
    assert_eq!(lines.len(), 3);
}

#[test]
fn a_command_line_that_makes_no_sense_is_refused_with_a_word_why() {
    for (arguments, word) in [
        (tickets(&[]), "<--user <USER>|--anonymous>"),
        (tickets(&["--user", "anna", "--anonymous"]), "cannot be used with"),
        (tickets(&["--anonymous", "--preset", "crm"]), "cannot be used with"),
        (tickets(&["--anonymous", "--stage", "done"]), "--pipeline <PIPELINE>"),
        (tickets(&["--anonymous", "--participant", "anna"]), "PARTY=USER"),
        (vec!["check", "--at", "2026-08-01"], "the time and the offset are missing"),
        (vec!["check", "--preset", "erp"], "[possible values: crm, crm-classic, "),
        (vec!["test"], "<FILE>"),
        (vec!["schema", "deal"], "[possible values: vocabulary, directory, policy, scenario, changes]"),
        (vec!["chekc"], "similar subcommands exist"),
        (vec![], "Usage: bailiwick"),
    ] {
        let (status, stdout, stderr) = run(&arguments);
        assert_eq!((status, stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(stderr.contains(word), "{arguments:?}\n{stderr}");
    }
}

#[test]
fn scenarios_that_pass_are_counted() {
    says(
        &["test", "tests/data/documents/scenario.json", "tests/data/documents/scenario.json"],
        0,
        "ok  tests/data/documents/scenario.json: 30 questions\n\
         ok  tests/data/documents/scenario.json: 30 questions\n\
         2 files, 60 questions: passed\n",
        "",
    );
}

#[test]
fn a_question_that_fails_is_printed_with_its_line() {
    says(
        &["test", "tests/data/program/failing.json", "tests/data/documents/scenario.json"],
        1,
        "\
no  tests/data/program/failing.json: 2 of 3 questions failed
  tests/data/program/failing.json:11:5: may an anonymous visitor `read` record `hers`?
      Visitors read nothing.
      expected allowed
      got      denied (nothing-given): no role gives the action here
  tests/data/program/failing.json:13:5: which records of `deal` may anna `read`?
      expected no records
      got      records hers
ok  tests/data/documents/scenario.json: 30 questions
2 files, 33 questions: 2 failed
",
        "",
    );
}

#[test]
fn a_scenario_that_cannot_be_used_does_not_keep_the_others_from_running() {
    says(
        &["test", "tests/data/program/unusable.json", "tests/data/program/failing.json", "tests/data/program/people.json"],
        2,
        "\
no  tests/data/program/unusable.json: cannot be used, 2 problems
no  tests/data/program/failing.json: 2 of 3 questions failed
  tests/data/program/failing.json:11:5: may an anonymous visitor `read` record `hers`?
      Visitors read nothing.
      expected allowed
      got      denied (nothing-given): no role gives the action here
  tests/data/program/failing.json:13:5: which records of `deal` may anna `read`?
      expected no records
      got      records hers
no  tests/data/program/people.json: cannot be used, 1 problem
3 files, 3 questions: 2 failed, 2 files unusable
",
        "\
tests/data/program/unusable.json:7:14: [unknown] there is no role `king` (at /policy/assignments/0/role)
tests/data/program/unusable.json:8:14: [unknown] there is no role `queen` (at /policy/assignments/1/role)
tests/data/program/people.json:2:13: [wrong-format] a document of format `bailiwick/scenario` belongs here, not `bailiwick/directory` (at /format)
",
    );
}

#[test]
fn programs_get_the_outcome_of_scenarios_as_json() {
    says_json(
        &["test", "tests/data/program/failing.json", "tests/data/program/people.json"],
        2,
        &json!({
            "passed": false, "questions": 3, "failed": 2,
            "files": [
                {
                    "file": "tests/data/program/failing.json", "about": "Two answers that are not so.", "questions": 3,
                    "failures": [
                        {
                            "line": 11, "column": 5, "pointer": "/questions/1", "about": "Visitors read nothing.",
                            "question": "may an anonymous visitor `read` record `hers`?",
                            "expected": "allowed", "got": {"denied": "nothing-given"}
                        },
                        {
                            "line": 13, "column": 5, "pointer": "/questions/2",
                            "question": "which records of `deal` may anna `read`?",
                            "expected": {"records": []}, "got": {"records": ["hers"]}
                        }
                    ]
                },
                {
                    "file": "tests/data/program/people.json",
                    "problems": [{
                        "file": "tests/data/program/people.json", "line": 2, "column": 13, "code": "wrong-format",
                        "message": "a document of format `bailiwick/scenario` belongs here, not `bailiwick/directory`",
                        "pointer": "/format"
                    }]
                }
            ]
        }),
    );
}

#[test]
fn colours_are_for_terminals_and_for_whoever_asks() {
    let question = tickets(&["--user", "anna", "--action", "read"]);
    let coloured = |arguments: &[&str], name: &str, value: &str| {
        let output = bailiwick(arguments).env(name, value).output().unwrap();
        told(&output).1.contains('\u{1b}')
    };
    assert!(!coloured(&question, "TERM", "xterm-256color"), "a pipe is no terminal");
    let always = [question.as_slice(), &["--color", "always"]].concat();
    assert!(coloured(&always, "NO_COLOR", "1"), "who says always means it");
    assert!(coloured(&question, "CLICOLOR_FORCE", "1"));
    let never = [question.as_slice(), &["--color", "never"]].concat();
    assert!(!coloured(&never, "CLICOLOR_FORCE", "1"));
    let json = [always.as_slice(), &["--json"]].concat();
    assert!(!coloured(&json, "TERM", "xterm"), "JSON has no colours");
}

#[test]
fn keys_from_documents_do_not_act_on_the_terminal() {
    let people = tempfile(
        "acting.json",
        r#"{"format": "bailiwick/directory", "version": 1, "users": [{"key": 1, "departments": ["\u001b[2J\n\u202eevil"]}]}"#,
    );
    let (status, _, stderr) = run(&[
        "check",
        "--preset",
        "crm",
        "--directory",
        people.to_str().unwrap(),
        "--policy",
        "tests/data/program/roles.json",
        "--anonymous",
        "--entity",
        "deal",
    ]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains(r"department `\u{1b}[2J\u{a}\u{202e}evil` is referred to"), "{stderr}");
    assert!(!stderr.contains(['\u{1b}', '\u{202e}']), "{stderr}");
}

#[test]
fn the_schemas_are_printed() {
    for format in bailiwick::Format::ALL {
        let kind = format.name().trim_start_matches("bailiwick/");
        says(&["schema", kind], 0, format.schema(), "");
    }
}

#[test]
fn help_is_there_for_whoever_begins() {
    for (arguments, words) in [
        (&["--help"] as &[&str], ["A first look", "Exit status", "check", "test"]),
        (
            &["check", "--help"],
            ["--participant <PARTY=USER>", "Exit status", "With --json", "[default: now]"],
        ),
        (&["what-if", "--help"], ["--changes <FILE>", "Exit status", "With --json", "[default: now]"]),
        (&["test", "--help"], ["Exit status", "With --json", "<FILE>...", "failures"]),
    ] {
        let (status, stdout, stderr) = run(arguments);
        assert_eq!((status, stderr.as_str()), (Some(0), ""));
        for word in words {
            assert!(stdout.contains(word), "{arguments:?} does not say {word}\n{stdout}");
        }
    }
    assert_eq!(run(&["--version"]).1, format!("bailiwick {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn who_closes_the_pipe_has_read_enough() {
    let mut child =
        bailiwick(&["schema", "policy"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(told(&output), (Some(0), String::new(), String::new()));
}

const DOCUMENTS: [&str; 6] = [
    "--vocabulary",
    "tests/data/program/vocabulary.json",
    "--directory",
    "tests/data/program/people.json",
    "--policy",
    "tests/data/program/roles.json",
];

fn matrix(arguments: &[&str]) -> (Option<i32>, String, String) {
    run(&[&["matrix", "--at", "2026-08-01T00:00:00Z"], DOCUMENTS.as_slice(), arguments].concat())
}

#[test]
fn a_matrix_is_printed_in_every_form() {
    let (status, text, _) = matrix(&["--role", "agent", "--against-role", "visitor"]);
    assert_eq!(status, Some(0));
    assert_eq!(
        text,
        "\
rights of role agent
rights of role visitor

                      enters  read  update  moves to
ticket (and 3 below)
    agent             yes     seen  own ≠   -
    visitor           yes     seen  - ≠     -

  own  set at this place
  -    nothing is said
  ≠    the sides may do different things
"
    );
    let starts = |form: &str, with: &str| {
        let (status, text, _) = matrix(&["--user", "anna", "--entity", "ticket", form]);
        assert_eq!(status, Some(0));
        assert!(text.starts_with(with), "{text}");
    };
    starts("--markdown", "### rights of anna");
    starts("--html", "<!doctype html>");
    starts("--json", "{\n  \"format\": \"bailiwick/matrix\"");
    starts("--why", "rights of anna");
    starts("--unfolded", "rights of anna");
    assert!(matrix(&["--anonymous"]).1.starts_with("rights of a visitor"));
    assert!(matrix(&["--user", "anna", "--circumstance", "office"]).1.contains("in office\n"));
}

#[test]
fn a_matrix_of_what_is_not_there_is_refused_with_everything_that_is_not() {
    let (status, out, err) = matrix(&["--user", "nobody", "--against-role", "x", "--entity", "y"]);
    assert_eq!((status, out.as_str()), (Some(2), ""));
    for missing in ["no user `nobody`", "no role `x`", "no entity `y`"] {
        assert!(err.contains(missing), "{err}");
    }
    assert_eq!(matrix(&["--user", "anna", "--circumstance", "z"]).0, Some(2));
    assert_eq!(matrix(&[]).0, Some(2));
    assert_eq!(matrix(&["--user", "anna", "--html", "--markdown"]).0, Some(2));
}
