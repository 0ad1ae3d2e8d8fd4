//! `bailiwick filter`: the records of a list.

use serde_json::{Value, json};

use super::{TICKETS, run, says, says_json};

fn asked<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["filter"], &TICKETS[1..], more].concat()
}

const ENDS: &str = "note: another answer is possible from 2031-01-01T00:00:00Z on\n";

#[test]
fn what_is_kept_is_told_in_words_with_a_status() {
    let anna = |more: &[&'static str]| asked(&[&["--user", "anna"], more].concat());
    says(&anna(&["--action", "update"]), 0, "responsible is anna\n", ENDS);
    let both = "update: responsible is anna\nread: open or observer is anna or responsible is anna\n";
    says(&anna(&["--action", "update", "--action", "read"]), 0, both, ENDS);
    says(&asked(&["--user", "42", "--action", "read"]), 1, "nothing\n", "");
    let office = ["--user", "42", "--action", "read", "--circumstance", "office"];
    says(&asked(&office), 0, "open or observer is 42 or responsible is 42\n", "");
    says(&asked(&["--anonymous", "--action", "read", "--circumstance", "office"]), 0, "open\n", "");
}

#[test]
fn somebody_unknown_gets_nothing_and_what_is_not_there_is_refused() {
    let note = "note: the directory has no user `vera`\n";
    says(&asked(&["--user", "vera", "--action", "read"]), 1, "nothing\n", note);
    let mut castle = asked(&["--user", "anna", "--action", "sing", "--action", "read"]);
    let entity = castle.iter().position(|word| *word == "ticket").unwrap();
    castle[entity] = "castle";
    let expected = "--entity: [unknown] the vocabulary has no entity `castle`\n\
        --action: [unknown] the vocabulary has no action `sing`\n";
    says(&castle, 2, "", expected);
    let rain = "--circumstance: [unknown] the vocabulary has no circumstance `rain`\n";
    says(&asked(&["--user", "anna", "--action", "read", "--circumstance", "rain"]), 2, "", rain);
    let (status, _, aside) = run(&asked(&["--user", "anna"]));
    assert_eq!(status, Some(2));
    assert!(aside.contains("--action <ACTION>"), "{aside}");
}

#[test]
fn programs_get_the_documents() {
    let filter = json!({
        "format": "bailiwick/filter", "version": 1, "valid_until": "2031-01-01T00:00:00Z",
        "keeps": {"any_of": [{"all": [[{"party_is": {"party": "responsible", "user": "anna"}}]]}]}
    });
    let answer = json!({
        "user": "anna", "at": "2026-07-31T21:00:00Z", "circumstances": [], "entity": "ticket",
        "filters": [{"action": "update", "filter": filter}],
        "notes": ["another answer is possible from 2031-01-01T00:00:00Z on"]
    });
    says_json(&asked(&["--user", "anna", "--action", "update"]), 0, &answer);
    let (status, text, _) = run(&asked(&["--anonymous", "--action", "read", "--action", "update", "--json"]));
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, &value["user"], &value["notes"]), (Some(1), &Value::Null, &json!([])));
    let keeps = value["filters"].as_array().unwrap().iter().map(|it| it["filter"]["keeps"].clone());
    assert_eq!(keeps.collect::<Vec<_>>(), ["nothing", "nothing"]);
}

#[cfg(feature = "sql")]
mod sql {
    use serde_json::json;

    use super::{ENDS, asked, run, says, says_json};
    use crate::program::tempfile;

    const MAPPED: &[&str] = &[
        "--sql",
        "postgres",
        "--table",
        "tickets",
        "--record",
        "id:integer",
        "--only-pipeline",
        "support",
        "--stage",
        "stage",
        "--party",
        "responsible=responsible_id:byte_text",
        "--party",
        "observer=observers(ticket_id:integer, user_id)",
        "--flag",
        "open=opened",
    ];

    fn mapped<'a>(more: &[&'a str]) -> Vec<&'a str> {
        asked(&[more, MAPPED].concat())
    }

    #[test]
    fn the_condition_stands_below_the_words() {
        let update =
            "responsible is anna\n  (\"tickets\".\"responsible_id\" = CAST($1 AS text))\n  bound: \"anna\"\n";
        says(&mapped(&["--user", "anna", "--action", "update"]), 0, update, ENDS);
        let nothing = "nothing\n  (FALSE)\n";
        says(&mapped(&["--user", "42", "--action", "read"]), 1, nothing, "");
        let (_, text, _) = run(&mapped(&["--user", "anna", "--action", "read", "--json"]));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let sql = value["filters"][0]["sql"]["text"].as_str().unwrap();
        for part in
            ["\"tickets\".\"opened\"", "\"tickets\".\"id\"", "\"observers\".\"user_id\"", "\"ticket_id\""]
        {
            assert!(sql.contains(part), "{sql}");
        }
        assert_eq!(value["filters"][0]["sql"]["values"], json!(["anna", "anna"]));
    }

    /// The departments of the CRM preset need a table of members.
    #[test]
    fn departments_are_looked_up_in_their_tables() {
        let policy = r#"{"format": "bailiwick/policy", "version": 1,
            "assignments": [{"role": "department_head", "to": {"user": "anna"}}]}"#;
        let policy = tempfile("a_head.json", policy);
        let question = ["--user", "anna", "--entity", "deal", "--action", "update"];
        let columns = ["--sql", "sqlite", "--table", "deals", "--pipeline", "pipeline", "--stage", "stage"];
        let parties = ["--party", "responsible=owner:integer", "--without-party", "observer"];
        let flags = ["--flag", "open=opened", "--flag", "always_readable=public"];
        let documents = ["--preset", "crm", "--directory", "tests/data/program/people.json", "--policy"];
        let start = [&["filter"], &documents[..], &[policy.to_str().unwrap()]].concat();
        let asked = [&start[..], &question, &columns, &parties, &flags].concat();
        let (status, _, aside) = run(&asked);
        assert_eq!(status, Some(2));
        assert!(aside.starts_with("--sql: [departments-missing] "), "{aside}");
        let members = ["--members", "members(user_id:integer,department_id)"];
        let (status, text, _) = run(&[&asked[..], &members].concat());
        assert_eq!(status, Some(0));
        assert!(text.starts_with("responsible is anna or responsible in sales\n  ("), "{text}");
        assert!(text.contains(r#""members"."department_id""#) && text.contains("\n  bound: "), "{text}");
    }

    #[test]
    fn what_the_mapping_lacks_is_told_at_once() {
        let mut arguments = mapped(&["--user", "anna", "--action", "update"]);
        let flag = arguments.iter().position(|argument| *argument == "--flag").unwrap();
        arguments.drain(flag..flag + 2);
        arguments.extend(["--without-party", "king"]);
        let (status, text, aside) = run(&arguments);
        assert_eq!((status, text.as_str()), (Some(2), ""));
        let codes: Vec<&str> = aside.lines().filter_map(|line| line.split(['[', ']']).nth(1)).collect();
        assert_eq!(codes, ["unknown", "flag-missing"], "{aside}");
        let bare = ["--user", "anna", "--action", "update", "--sql", "mysql", "--table", "tickets"];
        let more = ["--pipeline", "p", "--stage", "s", "--party", "responsible=r", "--party", "observer=o"];
        let message = "no column is mapped for the flag `open`";
        let problem = json!({"file": "--sql", "code": "flag-missing", "message": message});
        says_json(&asked(&[&bare[..], &more].concat()), 2, &json!({"problems": [problem]}));
    }

    #[test]
    fn arguments_that_make_no_sense_are_refused_with_a_word_why() {
        for (argument, word) in [
            (["--members", "members"], "TABLE(COLUMN,COLUMN)"),
            (["--record", "id:uuid"], "`uuid` is no type of keys"),
            (["--party", "responsible"], "PARTY=COLUMN"),
            (["--flag", "open"], "FLAG=NAME"),
            (["--pipeline", "p"], "mapped twice"),
        ] {
            let more = ["--user", "anna", "--action", "update"];
            let (status, _, aside) = run(&mapped(&[&more[..], &argument].concat()));
            assert_eq!(status, Some(2));
            assert!(aside.contains(word), "{argument:?}\n{aside}");
        }
        let (status, _, aside) = run(&asked(&["--user", "anna", "--action", "update", "--stage", "s"]));
        assert_eq!(status, Some(2));
        assert!(aside.contains("--sql <DIALECT>"), "{aside}");
    }
}
