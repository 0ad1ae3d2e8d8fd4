//! `bailiwick check`: creating, moving, giving away and entering, asked as an action is.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::{run, says, says_json, tempfile};

const WORDS: &str = r#"{"format": "bailiwick/vocabulary", "version": 1,
    "parties": [{"key": "responsible", "counts_for": ["own", "department"]}],
    "levels": [{"key": "own", "relations": ["own"]}, {"key": "all", "relations": ["always"]}],
    "actions": ["read", "add", "update"],
    "circumstances": ["office"],
    "entities": [
        {"key": "deal", "admits_to_application": true,
         "offers": [{"action": "read", "levels": ["own", "all"]}, {"action": "add", "levels": ["own", "all"]},
                    {"action": "update", "levels": ["own", "all"]}],
         "pipelines": [{"key": "new", "stages": ["first", "talks", "won"]}, {"key": "renewal", "stages": ["first"]}],
         "reads_by": "read", "creates_by": "add", "updates_by": "update"},
        {"key": "call", "admits_to_application": true, "offers": [{"action": "read", "levels": ["all"]}], "reads_by": "read"},
        {"key": "note", "offers": [{"action": "read", "levels": ["all"]}], "reads_by": "read"}
    ]}"#;
const PEOPLE: &str = r#"{"format": "bailiwick/directory", "version": 1,
    "departments": [{"key": "sales"}, {"key": "east", "parent": "sales"}],
    "users": [{"key": "anna"}, {"key": "boris"}, {"key": "clara"}, {"key": "dora", "departments": ["east"]}, {"key": "egor"}, {"key": "filip"},
              {"key": "gone", "dismissed": true}]}"#;
/// Anna sells, Boris may everything, Clara stands in for Anna, Dora may everything in her department, Egor reads notes, Filip calls.
const ROLES: &str = r#"{"format": "bailiwick/policy", "version": 1,
    "roles": [
        {"key": "seller", "rights": [
            {"place": {"entity": "deal"}, "action": "read", "level": "own"},
            {"place": {"entity": "deal", "pipeline": "new"}, "action": "add", "level": "own"},
            {"place": {"entity": "deal"}, "action": "update", "level": "own"}],
         "transitions": [{"from": {"entity": "deal", "pipeline": "new", "stage": "first"}, "to": {"stages": ["talks"]}}]},
        {"key": "boss", "rights": [
            {"place": {"entity": "deal"}, "action": "read", "level": "all"},
            {"place": {"entity": "deal"}, "action": "add", "level": "all"},
            {"place": {"entity": "deal"}, "action": "update", "level": "all"}]},
        {"key": "caller", "rights": [{"place": {"entity": "call"}, "action": "read", "level": "all"}]},
        {"key": "reader", "rights": [{"place": {"entity": "note"}, "action": "read", "level": "all"}]}],
    "assignments": [
        {"role": "seller", "to": {"user": "anna"}}, {"role": "boss", "to": {"user": "boris"}},
        {"role": "boss", "to": {"user": "dora"}, "within": "sales"}, {"role": "reader", "to": {"user": "egor"}},
        {"role": "caller", "to": {"user": "filip"}}],
    "substitutions": [{"absent": "anna", "substitute": "clara"}],
    "limits": [{"key": "outside", "on": {"user": "boris"}, "unless": ["office"], "actions": {"these": ["add", "read"]}}]}"#;

/// The documents as arguments, in files that are written once.
static DOCUMENTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let file = |name: &str, text| tempfile(name, text).to_str().unwrap().to_owned();
    let documents = [
        ("--vocabulary", file("check_vocabulary.json", WORDS)),
        ("--directory", file("check_directory.json", PEOPLE)),
        ("--policy", file("check_policy.json", ROLES)),
        ("--at", "2026-08-01T00:00:00Z".to_owned()),
    ];
    documents.into_iter().flat_map(|(name, file)| [name.to_owned(), file]).collect()
});

/// The arguments of a question, with the documents.
fn asked(command: &str, question: &str) -> Vec<String> {
    let question = question.split(' ').map(str::to_owned);
    std::iter::once(command.to_owned()).chain(DOCUMENTS.clone()).chain(question).collect()
}

fn words(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

/// What is said of a question; whoever is denied is told why.
#[track_caller]
fn answers(question: &str, status: i32, text: &str) {
    says(&words(&asked("check", question)), status, &format!("{text}\n"), "");
}

#[track_caller]
fn refused(command: &str, question: &str, word: &str) {
    let (status, text, aside) = run(&words(&asked(command, question)));
    assert_eq!((status, text.as_str()), (Some(2), ""), "{question}");
    assert!(aside.contains(word), "{question}\n{aside}");
}

const NOTHING_GIVEN: &str = "denied [nothing-given] no role gives the action here";
const OUT_OF_REACH: &str = "denied [out-of-reach] the level given does not reach this record";
const UNKNOWN_OWNER: &str = "denied [unknown-owner] the owner of the new record is unknown";
const NO_TRANSITION: &str = "denied [no-transition] no transition leads to that stage";
const LIMITED: &str = "denied [limited] a limit takes it away";

#[test]
fn creating_says_whose_the_record_becomes() {
    answers(
        "--user anna --entity deal --pipeline new --create",
        0,
        "allowed, and the record becomes his own",
    );
    answers("--user anna --entity deal --create", 1, NOTHING_GIVEN);
    answers(
        "--user boris --circumstance office --entity deal --create",
        0,
        "allowed, and the record may become anybody's",
    );
    answers("--user boris --entity deal --create", 1, LIMITED);
    answers(
        "--user clara --entity deal --pipeline new --create",
        0,
        "allowed, and the record becomes anna's",
    );
    answers(
        "--user dora --entity deal --create",
        0,
        "allowed, and the record may become anybody's in sales or below",
    );
    answers(
        "--user egor --entity note --create",
        1,
        "denied [not-offered] the entity does not admit the action",
    );
    answers("--user gone --entity deal --create", 1, "denied [dismissed] the user is dismissed");
}

#[test]
fn creating_for_somebody_asks_whether_it_is_his_from_the_start() {
    let create = |user: &str, owner: &str| {
        format!("--user {user} --entity deal --pipeline new --create --owner {owner}")
    };
    for (user, owner, allowed) in [
        ("anna", "anna", true),
        ("anna", "boris", false),
        ("clara", "anna", true),
        ("clara", "clara", false),
        ("dora", "dora", true),
        ("dora", "anna", false),
        ("boris --circumstance office", "egor", true),
    ] {
        let (status, text) = if allowed { (0, "allowed") } else { (1, OUT_OF_REACH) };
        answers(&create(user, owner), status, text);
    }
    let note = "note: the directory has no user `vera`; as --owner it is nobody\n";
    let nobody = asked("check", &create("anna", "vera"));
    says(&words(&nobody), 1, &format!("{UNKNOWN_OWNER}\n"), note);
    let anybodys = asked("check", &create("boris --circumstance office", "vera"));
    says(&words(&anybodys), 1, &format!("{UNKNOWN_OWNER}\n"), note);
}

#[test]
fn moves_are_asked_as_of_explain() {
    let annas = "--entity deal --pipeline new --stage first --owner anna";
    answers(&format!("--user anna {annas} --to talks"), 0, "allowed");
    answers(&format!("--user anna {annas} --to won"), 1, NO_TRANSITION);
    answers(&format!("--user anna {annas} --to first"), 0, "allowed");
    answers(&format!("--user anna {annas} --to first --to-pipeline renewal"), 1, NOTHING_GIVEN);
    answers(&format!("--user dora {annas} --to talks"), 1, OUT_OF_REACH);
    answers(&format!("--user anna {annas} --stages"), 0, "deal/new/first\ndeal/new/talks");
    answers(&format!("--user dora {annas} --stages"), 1, "nothing is allowed");
    answers(&format!("--user anna {annas} --reassign"), 0, "allowed");
    answers(&format!("--user dora {annas} --reassign"), 1, OUT_OF_REACH);
    refused("check", &format!("--user anna {annas} --to lost"), "the vocabulary has no stage `lost` there");
    for question in ["--to talks", "--to won", "--to first --to-pipeline renewal"] {
        let question = format!("--user anna {annas} {question}");
        let status = |command| run(&words(&asked(command, &question))).0;
        assert_eq!(status("check"), status("explain"), "{question}");
    }
}

#[test]
fn entering_is_asked_of_an_entity_or_of_the_application() {
    answers("--user anna --entity deal --enter", 0, "allowed");
    answers("--user anna --entity note --enter", 1, NOTHING_GIVEN);
    answers("--user egor --entity note --enter", 0, "allowed");
    answers("--user boris --entity deal --enter", 1, LIMITED);
    answers("--user anna --enter", 0, "allowed");
    answers("--user filip --enter", 0, "allowed");
    answers("--user egor --enter", 1, NOTHING_GIVEN);
    answers("--user boris --enter", 1, LIMITED);
    answers("--user boris --circumstance office --enter", 0, "allowed");
    answers("--anonymous --enter", 1, NOTHING_GIVEN);
    let castle = asked("check", "--user anna --entity castle --enter");
    let note = "note: the vocabulary has no entity `castle`\n";
    says(&words(&castle), 1, "denied [unknown-place] the record's entity is unknown\n", note);
}

#[test]
fn programs_get_whose_it_becomes_and_where_it_may_go() {
    let json = |question: &str, status: i32, place: Value, more: Value| {
        let user = question.split(' ').nth(1).unwrap();
        let circumstances = if question.contains("office") { json!(["office"]) } else { json!([]) };
        let mut answer =
            json!({"user": user, "at": "2026-08-01T00:00:00Z", "circumstances": circumstances, "notes": []});
        answer["place"] = place;
        answer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        says_json(&words(&asked("check", question)), status, &answer);
    };
    let created = |who: &str, responsible: Value| {
        let question = format!("--user {who} --entity deal --pipeline new --create");
        let place = json!({"entity": "deal", "pipeline": "new"});
        json(&question, 0, place, json!({"allowed": true, "responsible": responsible}));
    };
    created("anna", json!("author"));
    created("boris --circumstance office", json!("requested"));
    created("dora", json!({"within": "sales"}));
    created("clara", json!({"absent": "anna"}));
    let denied =
        json!({"allowed": false, "denial": "nothing-given", "reason": "no role gives the action here"});
    json("--user egor --entity deal --create", 1, json!({"entity": "deal"}), denied.clone());
    json("--user egor --enter", 1, Value::Null, denied);
    let stage = |stage: &str| json!({"entity": "deal", "pipeline": "new", "stage": stage});
    let stages = json!({"stages": [stage("first"), stage("talks")]});
    let annas = "--user anna --entity deal --pipeline new --stage first --owner anna";
    json(&format!("{annas} --stages"), 0, stage("first"), stages);
    json(&format!("{annas} --to talks"), 0, stage("first"), json!({"allowed": true}));
}

#[test]
fn questions_that_do_not_go_together_are_refused() {
    let anna = "--user anna --entity deal";
    refused("check", "--user anna --create", "--entity <ENTITY>");
    for wrong in [
        "--create --action read",
        "--create --enter",
        "--enter --owner anna",
        "--enter --pipeline new",
        "--enter --participant responsible=anna",
        "--stages --reassign",
        "--stages --to talks",
        "--create --host launch",
        "--create --shared everyone=read",
    ] {
        refused("check", &format!("{anna} {wrong}"), "cannot be used with");
    }
    refused("explain", &format!("{anna} --enter"), "unexpected argument '--enter'");
}
