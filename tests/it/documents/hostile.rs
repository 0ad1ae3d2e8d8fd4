//! What is refused: with which code, on which line and column, at which pointer.

use bailiwick::scenario::Scenario;
use bailiwick::{Change, Directory, DocumentProblem, Policy, Vocabulary};

/// Which document the text claims to be.
#[derive(Clone, Copy)]
pub(super) enum As {
    Vocabulary,
    Directory,
    Policy,
    Scenario,
    Changes,
}

use As::{Changes as C, Directory as D, Policy as P, Scenario as S, Vocabulary as V};

impl As {
    pub(super) fn read(self, text: &str) -> Result<(), DocumentProblem> {
        match self {
            Self::Vocabulary => Vocabulary::from_json(text).map(drop),
            Self::Directory => Directory::from_json(text).map(drop),
            Self::Policy => Policy::from_json(text, Vocabulary::new()).map(drop),
            Self::Scenario => Scenario::from_json(text).map(drop),
            Self::Changes => Change::all_from_json(text).map(drop),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Vocabulary => "vocabulary",
            Self::Directory => "directory",
            Self::Policy => "policy",
            Self::Scenario => "scenario",
            Self::Changes => "changes",
        }
    }

    /// A document whose second line holds these members.
    pub(super) fn with(self, members: &str) -> String {
        format!("{{\"format\": \"bailiwick/{}\", \"version\": 1,\n{members}\n}}", self.name())
    }
}

/// Code, line, column, pointer, and a part of the message.
type Refusal = (&'static str, usize, usize, &'static str, &'static str);

#[track_caller]
fn refused(read: As, text: &str, (code, line, column, pointer, words): Refusal) {
    let problem = read.read(text).expect_err(text);
    let found = (problem.code(), problem.position().line, problem.position().column, problem.pointer());
    assert_eq!(found, (code, line, column, pointer), "{problem}\n{text}");
    assert!(problem.to_string().contains(words), "`{problem}` does not say `{words}`");
}

/// Texts that are no such document as a whole.
#[rustfmt::skip]
pub(super) const WHOLES: &[(As, &str, Refusal)] = &[
    (D, "", ("syntax", 1, 1, "", "EOF")),
    (D, "   \n ", ("syntax", 2, 1, "", "EOF")),
    (D, "[]", ("wrong-type", 1, 1, "", "a document (an object) belongs here, not an array")),
    (D, "null", ("wrong-type", 1, 1, "", "not `null`")),
    (D, " 7", ("wrong-type", 1, 2, "", "not the number 7")),
    (D, "{}", ("missing-member", 1, 1, "", "`format` is missing")),
    (D, r#"{"format": "bailiwick/directory"}"#, ("missing-member", 1, 1, "", "`version` is missing")),
    (D, r#"{"version": 1, "users": []}"#, ("missing-member", 1, 1, "", "`format` is missing")),
    (D, r#"{"format": "bailiwick/policy", "version": 1, "roles": []}"#, ("wrong-format", 1, 12, "/format", "`bailiwick/directory` belongs here, not `bailiwick/policy`")),
    (D, r#"{"users": [], "version": 1, "format": "x"}"#, ("wrong-format", 1, 39, "/format", "not `x`")),
    (D, r#"{"format": "bailiwick/directory", "version": 2}"#, ("wrong-version", 1, 46, "/version", "version 2")),
    (D, r#"{"format": "bailiwick/directory", "version": 2, "teams": []}"#, ("wrong-version", 1, 46, "/version", "version 1 can be read")),
    (D, r#"{"format": "bailiwick/directory", "version": 0}"#, ("wrong-version", 1, 46, "/version", "version 0")),
    (D, r#"{"format": "bailiwick/directory", "version": 1.0}"#, ("wrong-type", 1, 46, "/version", "number 1.0")),
    (D, r#"{"format": "bailiwick/directory", "version": "1"}"#, ("wrong-type", 1, 46, "/version", "the string `1`")),
    (D, r#"{"format": 1, "version": 1}"#, ("wrong-type", 1, 12, "/format", "a string belongs here")),
    (D, r#"{"format": "bailiwick/directory", "version": 1, "version": 1}"#, ("duplicate-member", 1, 49, "/version", "a second time")),
    (D, r#"{"format": "bailiwick/directory", "version": 1, "form\u0061t": "bailiwick/directory"}"#, ("duplicate-member", 1, 49, "/format", "`format` stands here a second time")),
    (D, "\u{feff}{}", ("byte-order-mark", 1, 1, "", "byte order mark")),
    (D, r#"{"format": "bailiwick/directory", "version": 1} {}"#, ("syntax", 1, 49, "", "trailing characters")),
    (D, "{\"format\": \"bailiwick/directory\", \"version\": 1}\n\u{0}", ("syntax", 2, 1, "", "trailing")),
];

/// Members that are wrong, on the second line of a document.
#[rustfmt::skip]
pub(super) const MEMBERS: &[(As, &str, Refusal)] = &[
    // Shapes.
    (D, r#""users": {}"#, ("wrong-type", 2, 10, "/users", "an array belongs here, not an object")),
    (D, r#""users": null"#, ("wrong-type", 2, 10, "/users", "not `null`")),
    (D, r#""users": [["anna", [], false, false]]"#, ("wrong-type", 2, 11, "/users/0", "a user (an object)")),
    (D, r#""users": ["anna"]"#, ("wrong-type", 2, 11, "/users/0", "the string `anna`")),
    (D, r#""users": [{"key": "é"}, {"key": 1, "kéy": 2}]"#, ("unknown-member", 2, 36, "/users/1/kéy", "`key`, `departments`")),
    (D, r#""users": [{"key": 1, "key": 1}]"#, ("duplicate-member", 2, 22, "/users/0/key", "a second time")),
    (D, r#""users": [{"key": 1, "k\u0065y": 2}]"#, ("duplicate-member", 2, 22, "/users/0/key", "a second time")),
    (D, r#""users": [{}]"#, ("missing-member", 2, 11, "/users/0", "`key` is missing")),
    (D, r#""users": [], "users": []"#, ("duplicate-member", 2, 14, "/users", "a second time")),
    (D, r#""roles": []"#, ("unknown-member", 2, 1, "/roles", "`departments`, `users`")),
    (D, r#""a/b~c": 1"#, ("unknown-member", 2, 1, "/a~1b~0c", "`a/b~c`")),
    (D, r#""users": [{"key": 1, "dismissed": 0}]"#, ("wrong-type", 2, 35, "/users/0/dismissed", "a boolean")),
    (D, r#""users": [{"key": 1, "dismissed": "false"}]"#, ("wrong-type", 2, 35, "/users/0/dismissed", "a boolean")),
    (D, r#""departments": [{"key": 1, "parent": null}]"#, ("wrong-type", 2, 38, "/departments/0/parent", "`null`")),
    // Keys.
    (D, r#""users": [{"key": 1.0}]"#, ("invalid-value", 2, 19, "/users/0/key", "not the number 1.0")),
    (D, r#""users": [{"key": 1e2}]"#, ("invalid-value", 2, 19, "/users/0/key", "not the number 100.0")),
    (D, r#""users": [{"key": -0}]"#, ("invalid-value", 2, 19, "/users/0/key", "write it as a string")),
    (D, r#""users": [{"key": 18446744073709551616}]"#, ("invalid-value", 2, 19, "/users/0/key", "64 bits")),
    (D, r#""users": [{"key": -9223372036854775809}]"#, ("invalid-value", 2, 19, "/users/0/key", "64 bits")),
    (D, r#""users": [{"key": true}]"#, ("wrong-type", 2, 19, "/users/0/key", "a key (a string or an integer)")),
    (D, r#""users": [{"key": ["anna"]}]"#, ("wrong-type", 2, 19, "/users/0/key", "not an array")),
    (D, r#""users": [{"key": {"a": 1}}]"#, ("wrong-type", 2, 19, "/users/0/key", "not an object")),
    // JSON itself.
    (D, r#""users": [{"key": 1e999}]"#, ("syntax", 2, 23, "/users/0/key", "out of range")),
    (D, r#""users": [{"key": 01}]"#, ("syntax", 2, 20, "/users/0/key", "invalid number")),
    (D, r#""users": [{"key": NaN}]"#, ("syntax", 2, 19, "/users/0/key", "expected value")),
    (D, r#""users": [{"key": 'anna'}]"#, ("syntax", 2, 19, "/users/0/key", "expected value")),
    (D, r#""users": [{"key": "\ud800"}]"#, ("syntax", 2, 26, "/users/0/key", "hex escape")),
    (D, r#""users": [{"key": "\udc00\ud800"}]"#, ("syntax", 2, 25, "/users/0/key", "surrogate")),
    (D, "\"users\": [{\"key\": \"a\u{1}\"}]", ("syntax", 2, 21, "/users/0/key", "control character")),
    (D, r#""users": [{"key": 1},]"#, ("syntax", 2, 22, "/users/1", "trailing comma")),
    (D, r#""users": [{"key": 1,}]"#, ("syntax", 2, 21, "/users/0", "trailing comma")),
    (D, r#""users": [] // nobody"#, ("syntax", 2, 13, "", "expected `,` or `}`")),
    (D, r#""users": [{"key": "日本"}, x]"#, ("syntax", 2, 26, "/users/1", "expected value")),
    // Instants.
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-08-01"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "the time and the offset are missing")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-08-01T00:00:00"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "the offset is missing")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-08-01T00:00Z"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "the seconds are missing")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-08-01 00:00:00Z"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "no time follows")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-08-01T00:00:00.5Z"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "finer than a second")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-02-29T00:00:00Z"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "no such day")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-13-01T00:00:00Z"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "no such day")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-08-01T24:00:00Z"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "no such time")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-08-01T00:00:60Z"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "no such time")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-08-01T00:00:00+24:00"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "no such offset")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-08-01T00:00:00+0300"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "no offset follows")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-08-01T00:00:00z"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "no offset follows")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "2026-08-01T00:00:00ZZ"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "something follows")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": " 2026-08-01T00:00:00Z"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "does not begin with a date")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "+026-08-01T00:00:00Z"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "does not begin with a date")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": "٢٠٢٦-08-01T00:00:00Z"}]"#, ("invalid-value", 2, 55, "/assignments/0/from", "does not begin with a date")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "from": 1785542400}]"#, ("wrong-type", 2, 55, "/assignments/0/from", "an instant (a string such as")),
    (P, r#""assignments": [{"role": 1, "to": "everyone", "until": null}]"#, ("wrong-type", 2, 56, "/assignments/0/until", "not `null`")),
    // Subjects, targets and other choices.
    (P, r#""assignments": [{"role": 1, "to": "nobody"}]"#, ("unknown-word", 2, 35, "/assignments/0/to", "`user`, `employee`")),
    (P, r#""assignments": [{"role": 1, "to": "user"}]"#, ("invalid-value", 2, 35, "/assignments/0/to", "`user` needs a value")),
    (P, r#""assignments": [{"role": 1, "to": {"everyone": null}}]"#, ("invalid-value", 2, 36, "/assignments/0/to/everyone", "is written as a string")),
    (P, r#""assignments": [{"role": 1, "to": {"user": 1, "employee": 2}}]"#, ("invalid-value", 2, 47, "/assignments/0/to/employee", "has one member")),
    (P, r#""assignments": [{"role": 1, "to": {"user": 1, "user": 2}}]"#, ("invalid-value", 2, 47, "/assignments/0/to/user", "has one member")),
    (P, r#""assignments": [{"role": 1, "to": {}}]"#, ("wrong-type", 2, 35, "/assignments/0/to", "an empty object")),
    (P, r#""assignments": [{"role": 1, "to": ["user", 1]}]"#, ("wrong-type", 2, 35, "/assignments/0/to", "not an array")),
    (P, r#""assignments": [{"role": 1, "to": 7}]"#, ("wrong-type", 2, 35, "/assignments/0/to", "a subject")),
    (P, r#""assignments": [{"role": 1, "to": {"users": [1]}}]"#, ("unknown-word", 2, 36, "/assignments/0/to/users", "`users` cannot stand here")),
    (P, r#""assignments": [{"role": 1, "to": {"code": "SG4"}}]"#, ("invalid-value", 2, 44, "/assignments/0/to/code", "without a rank")),
    (P, r#""assignments": [{"role": 1, "to": {"code": 7}}]"#, ("wrong-type", 2, 44, "/assignments/0/to/code", "a string")),
    (P, r#""assignments": [{"role": 1, "to": {"heads": "all"}}]"#, ("unknown-word", 2, 45, "/assignments/0/to/heads", "`anywhere`, `of`")),
    (P, r#""assignments": [{"role": 1, "to": {"social_group": {"key": 4}}}]"#, ("missing-member", 2, 52, "/assignments/0/to/social_group", "`rank`")),
    (P, r#""assignments": [{"role": 1, "to": {"social_group": {"key": 4, "rank": "K"}}}]"#, ("unknown-word", 2, 71, "/assignments/0/to/social_group/rank", "`moderator`")),
    (P, r#""assignments": [{"role": 1, "to": {"social_group": [4, "owner"]}}]"#, ("wrong-type", 2, 52, "/assignments/0/to/social_group", "an array")),
    (P, r#""assignments": [{"to": "everyone"}]"#, ("missing-member", 2, 17, "/assignments/0", "`role` is missing")),
    (P, r#""assignments": [{"role": 1}]"#, ("missing-member", 2, 17, "/assignments/0", "`to` is missing")),
    (P, r#""combining": "mostSpecific""#, ("unknown-word", 2, 14, "/combining", "`most_specific`, `most_permissive`")),
    (P, r#""combining": {"most_specific": null}"#, ("invalid-value", 2, 15, "/combining/most_specific", "written as a string")),
    (P, r#""roles": [{"key": 1, "transitions": [{"from": {"entity": "deal"}, "to": "none"}]}]"#, ("unknown-word", 2, 73, "/roles/0/transitions/0/to", "`any`, `stages`")),
    (P, r#""roles": [{"key": 1, "transitions": [{"from": {"entity": "deal"}, "to": ["won"]}]}]"#, ("wrong-type", 2, 73, "/roles/0/transitions/0/to", "targets")),
    (P, r#""delegation": "none""#, ("unknown-word", 2, 15, "/delegation", "`free`, `own_rights_only`")),
    // Limits.
    (P, r#""limits": [{"key": 1}]"#, ("missing-member", 2, 12, "/limits/0", "`on` is missing")),
    (P, r#""limits": [{"key": 1, "on": "everyone", "actions": ["read"]}]"#, ("wrong-type", 2, 52, "/limits/0/actions", "a choice")),
    (P, r#""limits": [{"key": 1, "on": "everyone", "actions": "none"}]"#, ("unknown-word", 2, 52, "/limits/0/actions", "`all`, `these`, `all_but`")),
    (P, r#""limits": [{"key": 1, "on": "everyone", "places": {"these": [{"entity": 1, "stage": 2}]}}]"#, ("invalid-value", 2, 62, "/limits/0/places/these/0", "needs its pipeline too")),
    (P, r#""limits": [{"key": 1, "on": "everyone", "places": {"these": [], "all_but": []}}]"#, ("invalid-value", 2, 65, "/limits/0/places/all_but", "has one member")),
    // Places.
    (P, r#""roles": [{"key": 1, "rights": [{"place": {"entity": "deal", "stage": "won"}, "action": 1, "level": 1}]}]"#, ("invalid-value", 2, 43, "/roles/0/rights/0/place", "needs its pipeline too")),
    (P, r#""roles": [{"key": 1, "rights": [{"place": "deal", "action": 1, "level": 1}]}]"#, ("wrong-type", 2, 43, "/roles/0/rights/0/place", "a place")),
    (P, r#""roles": [{"key": 1, "rights": [{"place": {"pipeline": 1}, "action": 1, "level": 1}]}]"#, ("missing-member", 2, 43, "/roles/0/rights/0/place", "`entity`")),
    // Relations.
    (V, r#""levels": [{"key": 1, "relations": ["mine"]}]"#, ("unknown-word", 2, 37, "/levels/0/relations/0", "`own`, `department`")),
    (V, r#""levels": [{"key": 1, "relations": ["own", "own"]}]"#, ("repeated", 2, 44, "/levels/0/relations/1", "twice")),
    (V, r#""levels": [{"key": 1, "relations": "own"}]"#, ("wrong-type", 2, 36, "/levels/0/relations", "an array")),
    (V, r#""levels": [{"key": 1, "relations": ["flag:open"]}], "parties": [{"key": "open"}]"#, ("undeclared", 2, 37, "/levels/0/relations/0", "flag `open` is not declared")),
    (V, r#""flags": ["open"], "levels": [{"key": 1, "relations": ["party:open"]}]"#, ("undeclared", 2, 56, "/levels/0/relations/0", "party `open`")),
    (V, r#""parties": [{"key": 1, "counts_for": ["party:2"]}]"#, ("undeclared", 2, 39, "/parties/0/counts_for/0", "party `2`")),
    (V, r#""flags": [0,1,2,3,4,5,6,7,8], "levels": [{"key": 1, "relations": ["flag:7", "flag:8"]}]"#, ("undeclared", 2, 77, "/levels/0/relations/1", "flag `8`")),
    (V, r#""entities": [{"key": 1}, {"key": 2, "offers": [{"action": 1}, {"action": 2, "standing": ["own", "flag:x"]}]}]"#, ("undeclared", 2, 97, "/entities/1/offers/1/standing/1", "flag `x`")),
    (V, r#""entities": [{"key": 1, "offers": [{"action": 1, "finest": "record"}]}]"#, ("unknown-word", 2, 60, "/entities/0/offers/0/finest", "`pipeline`")),
    (V, r#""entities": [{"key": 1, "settings": {"entity": 1}}]"#, ("missing-member", 2, 37, "/entities/0/settings", "`action`")),
    // Scenarios.
    (S, r#""preset": "x", "directory": {}"#, ("missing-member", 1, 1, "", "`policy` is missing")),
    (S, r#""directory": {}, "policy": {}"#, ("invalid-value", 1, 1, "", "needs a `preset` or a `vocabulary`")),
    (S, r#""preset": "x", "vocabulary": {}, "directory": {}, "policy": {}"#, ("invalid-value", 2, 30, "/vocabulary", "not both")),
    (S, r#""vocabulary": {"version": 1}, "directory": {}, "policy": {}"#, ("unknown-member", 2, 16, "/vocabulary/version", "no member `version`")),
    (S, r#""vocabulary": {"levels": [{"key": 1, "relations": ["flag:x"]}]}, "directory": {}, "policy": {}"#, ("undeclared", 2, 52, "/vocabulary/levels/0/relations/0", "flag `x`")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "records": [{"key": 1, "place": {"entity": 1}}, {"key": "1", "place": {"entity": 1}}]"#, ("repeated", 2, 103, "/records/1/key", "`1` stands in this list twice")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anna", "ask": "enters_application", "expect": "denied"}]"#, ("unknown-word", 2, 69, "/questions/0/who", "`user`, `anonymous`")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anonymous", "ask": "check", "expect": "denied"}]"#, ("invalid-value", 2, 89, "/questions/0/ask", "`check` needs a value")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anonymous", "ask": {"enters_application": {}}, "expect": "denied"}]"#, ("invalid-value", 2, 90, "/questions/0/ask/enters_application", "written as a string")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anonymous", "ask": {"check": {"action": 1, "record": 1, "x": 1}}, "expect": "denied"}]"#, ("unknown-member", 2, 126, "/questions/0/ask/check/x", "`action`, `record`")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anonymous", "ask": {"check": [1, 2]}, "expect": "denied"}]"#, ("wrong-type", 2, 99, "/questions/0/ask/check", "not an array")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anonymous", "ask": {"actions": {"record": 7}}, "expect": {"actions": []}}]"#, ("undeclared", 2, 112, "/questions/0/ask/actions/record", "record `7` is not declared")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anonymous", "ask": {"list": {"action": 1, "entity": 1}}, "expect": {"records": [7]}}]"#, ("undeclared", 2, 150, "/questions/0/expect/records/0", "record `7` is not declared")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anonymous", "ask": "enters_application", "expect": {"denied": null}}]"#, ("wrong-type", 2, 132, "/questions/0/expect/denied", "not `null`")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anonymous", "ask": "enters_application", "expect": {"denied": "out_of_reach"}}]"#, ("unknown-word", 2, 132, "/questions/0/expect/denied", "`out-of-reach`")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anonymous", "ask": "enters_application", "expect": {"allowed": true}}]"#, ("invalid-value", 2, 122, "/questions/0/expect/allowed", "written as a string")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anonymous", "ask": "enters_application", "expect": true}]"#, ("wrong-type", 2, 121, "/questions/0/expect", "an expected answer")),
    (S, r#""preset": "x", "directory": {}, "policy": {}, "questions": [{"who": "anonymous", "ask": "enters_application", "expect": {"records": []}}]"#, ("wrong-expectation", 2, 121, "/questions/0/expect", "it can have `allowed` and `denied`")),
    // Changes.
    (C, r#""changes": {}"#, ("wrong-type", 2, 12, "/changes", "an array belongs here, not an object")),
    (C, r#""edits": []"#, ("unknown-member", 2, 1, "/edits", "there is only `changes`")),
    (C, r#""changes": ["remove_role"]"#, ("invalid-value", 2, 13, "/changes/0", "`remove_role` needs a value")),
    (C, r#""changes": [["remove_role", 1]]"#, ("wrong-type", 2, 13, "/changes/0", "a change (an object with one member")),
    (C, r#""changes": [{}]"#, ("wrong-type", 2, 13, "/changes/0", "not an empty object")),
    (C, r#""changes": [{"remove_role": 1}, {"drop_role": 1}]"#, ("unknown-word", 2, 34, "/changes/1/drop_role", "`set_right`, `clear_right`")),
    (C, r#""changes": [{"remove_role": 1, "assign": {"role": 1, "to": "everyone"}}]"#, ("invalid-value", 2, 32, "/changes/0/assign", "has one member")),
    (C, r#""changes": [{"remove_role": 1, "remove_role": 1}]"#, ("invalid-value", 2, 32, "/changes/0/remove_role", "cannot stand beside it")),
    (C, r#""changes": [{"set_right": {"role": 1, "place": {"entity": 1}, "action": 1}}]"#, ("missing-member", 2, 27, "/changes/0/set_right", "`level` is missing")),
    (C, r#""changes": [{"clear_right": {"role": 1, "place": {"entity": 1}, "action": 1, "level": 1}}]"#, ("unknown-member", 2, 78, "/changes/0/clear_right/level", "`role`, `place`, `action`")),
    (C, r#""changes": [{"sit_in": {"user": 1, "user": 1, "department": 1}}]"#, ("duplicate-member", 2, 36, "/changes/0/sit_in/user", "a second time")),
    (C, r#""changes": [{"join_user_group": {"group": 1, "user": 1, "until": "2026-08-01"}}]"#, ("invalid-value", 2, 66, "/changes/0/join_user_group/until", "the time and the offset are missing")),
    (C, r#""changes": [{"join_social_group": {"group": 1, "user": 1, "rank": "guest"}}]"#, ("unknown-word", 2, 67, "/changes/0/join_social_group/rank", "`moderator`")),
    (C, r#""changes": [{"set_dismissed": {"user": 1, "dismissed": "yes"}}]"#, ("wrong-type", 2, 56, "/changes/0/set_dismissed/dismissed", "a boolean")),
    (C, r#""changes": [{"set_combining": "most"}]"#, ("unknown-word", 2, 31, "/changes/0/set_combining", "`most_specific`")),
    (C, r#""changes": [{"rename_role": {"role": 1}}]"#, ("missing-member", 2, 29, "/changes/0/rename_role", "`to` is missing")),
    (C, r#""changes": [{"put_limit": {"key": 1}}]"#, ("missing-member", 2, 27, "/changes/0/put_limit", "`on` is missing")),
    (C, r#""changes": [{"ban": {"group": 1, "user": 1, "rank": "owner"}}]"#, ("unknown-member", 2, 45, "/changes/0/ban/rank", "`group`, `user`")),
    (C, r#""changes": [{"put_user": {"key": 1, "role": 1}}]"#, ("unknown-member", 2, 37, "/changes/0/put_user/role", "`key`, `departments`")),
    (C, r#""changes": [{"set_transition": {"role": 1, "from": {"entity": 1}, "to": ["won"]}}]"#, ("wrong-type", 2, 73, "/changes/0/set_transition/to", "targets")),
];

#[test]
fn a_text_that_is_no_such_document_is_refused() {
    for (read, text, refusal) in WHOLES {
        refused(*read, text, *refusal);
    }
}

#[test]
fn a_member_that_is_wrong_is_refused_where_it_stands() {
    for (read, members, refusal) in MEMBERS {
        refused(*read, &read.with(members), *refusal);
    }
}

#[test]
fn a_document_that_is_cut_off_anywhere_is_refused() {
    let text = include_str!("../../data/documents/policy.json").trim_end();
    for (end, _) in text.char_indices() {
        let problem = P.read(&text[..end]).expect_err("half a document is none");
        assert_eq!(problem.code(), "syntax", "{end}: {problem}");
    }
}

#[test]
fn a_problem_is_told_once_and_in_order() {
    let text = D.with("\"users\": [{\"key\": 1.5}, {\"key\": 2.5}], \"x\": ]");
    refused(D, &text, ("invalid-value", 2, 19, "/users/0/key", "1.5"));
}

#[test]
fn nesting_is_refused_before_it_costs_anything() {
    for bracket in ["[", "{\"a\":"] {
        let deep = bracket.repeat(200_000);
        for members in [deep.clone(), format!("\"users\": {deep}"), format!("\"users\": [{deep}")] {
            let problem = D.read(&D.with(&members)).expect_err("nothing is nested so deep");
            assert!(["syntax", "wrong-type", "unknown-member"].contains(&problem.code()), "{problem:.200}");
        }
    }
}

#[test]
fn a_document_that_is_too_large_is_refused_unread() {
    let text = " ".repeat(bailiwick::MAX_DOCUMENT_BYTES + 1);
    refused(D, &text, ("too-large", 1, 1, "", "the limit is 268435456"));
}

#[test]
fn what_is_quoted_cannot_act_on_a_terminal_or_fill_it() {
    let long = "x".repeat(1_000_000);
    for text in ["\\u001b[2J\\n\\u202e", long.as_str()] {
        for (read, members) in [
            (D, format!(r#""{text}": 1"#)),
            (D, format!(r#""users": "{text}""#)),
            (P, format!(r#""combining": "{text}""#)),
            (P, format!(r#""assignments": [{{"role": 1, "to": "everyone", "from": "{text}"}}]"#)),
            (P, format!(r#""assignments": [{{"role": 1, "to": {{"code": "{text}"}}}}]"#)),
            (P, format!(r#""assignments": [{{"role": 1, "to": {{"user": 1, "{text}": 2}}}}]"#)),
            (V, format!(r#""levels": [{{"key": 1, "relations": ["flag:{text}"]}}]"#)),
            (D, format!("\"format\": \"{text}\"")),
            (C, format!(r#""changes": [{{"remove_role": 1, "{text}": 2}}]"#)),
            (
                S,
                format!(
                    r#""preset": "x", "directory": {{}}, "policy": {{}}, "records": [{{"key": "{text}",
                "place": {{"entity": 1}}}}, {{"key": "{text}", "place": {{"entity": 1}}}}]"#
                ),
            ),
        ] {
            let problem = read.read(&read.with(&members)).expect_err(&members).to_string();
            assert!(problem.len() < 800, "{} bytes", problem.len());
            assert!(!problem.contains(['\u{1b}', '\n', '\u{202e}']), "{problem:?}");
        }
    }
}

#[test]
fn a_problem_prints_with_its_place() {
    let problem = D.read(&D.with(r#""users": [{"key": 1.5}]"#)).unwrap_err();
    assert_eq!(
        problem.to_string(),
        "2:19: a key is a string or an integer of 64 bits, not the number 1.5; write it as a string (at /users/0/key)"
    );
}
