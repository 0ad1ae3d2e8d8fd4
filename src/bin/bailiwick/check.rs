//! `bailiwick check`: one question about one record, or about what can be done without one.

use bailiwick::{
    Access, ActionSet, Creation, Decision, Denial, Handle, Place, Record, Responsible, Snapshot,
};
use clap::Args;
use serde::Serialize;
use serde_json::{Value, json as value};

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::output::{Output, bad, good, json, notes};
use crate::question::{Asked, BOUND, Question, Spot};
use crate::wanted::{Wanted, Wish};

/// Ask what a user may do: with a record, or to make one, or at all.
///
/// With --action, --create, --to, --reassign or --enter, says whether he may, and why not. With --stages, lists where he may move the record. With
/// none of them, lists all that he may do with it.
///
/// The record is described on the command line: where it is, whose it is, who else is bound to it, what it is flagged as. What is
/// not said helps nobody: a record without an owner is nobody's own.
#[derive(Args)]
#[command(after_long_help = AFTER)]
#[command(mut_arg("entity", |entity| entity.required(false).required_unless_present("enter")))]
pub(crate) struct Check {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    wanted: Wanted,
    #[command(flatten)]
    other: Other,
}

/// What only a check is asked.
#[derive(Args)]
#[command(next_help_heading = "Question")]
struct Other {
    /// List the stages that the record may be moved to.
    #[arg(long, group = "wanted")]
    stages: bool,
    /// Ask whether the record may be given to somebody else.
    #[arg(long, group = "wanted")]
    reassign: bool,
    /// Ask whether the entity is shown to him at all; without --entity, whether he gets into the application.
    #[arg(long, group = "wanted", conflicts_with_all = ["pipeline", "stage", "owner"], conflicts_with_all = BOUND)]
    enter: bool,
}

const AFTER: &str = "\
Examples, after --preset crm --directory people.json --policy roles.json --user anna:
  --entity deal --owner boris                      what may she do with a deal of boris's?
  --entity deal --owner boris --action update      may she edit it?
  --entity deal --pipeline general --stage new --owner anna --to won
                                                   may she move her deal from one stage to another?
  --entity deal --create                           may she make one, and whose will it be?
  --entity deal --create --owner boris             may she make one that is his from the start?
  --entity deal --enter                            is she shown the section of deals?
  --enter                                          does she get into the application?

Exit status:
  0  allowed; where something is listed: something is allowed
  1  denied; where something is listed: nothing is allowed
  2  the input cannot be used

With --json, one object is printed:
  {\"allowed\": true | false,                             where nothing is listed
   \"denial\": CODE, \"reason\": TEXT,                      if denied
   \"responsible\": \"author\" | \"requested\"              with --create and without --owner, if allowed: whose it becomes
     | {\"within\": DEPARTMENT} | {\"absent\": USER},
   \"actions\": [KEY, ...],                               without a question of the above
   \"stages\": [PLACE, ...],                              with --stages
   \"user\": KEY | null, \"at\": INSTANT,                   who asked (null is a visitor), and when
   \"circumstances\": [KEY, ...],                         in which circumstances
   \"place\": PLACE | null,                               where the record is (null is nowhere, or the application)
   \"notes\": [TEXT, ...]}                                keys that were given and that nobody knows
where a PLACE is {\"entity\": KEY, \"pipeline\"?: KEY, \"stage\"?: KEY}; or, with exit status 2:
  {\"problems\": [{\"file\", \"line\"?, \"column\"?, \"code\", \"message\", \"pointer\"?}, ...]}";

/// The answer, for programs.
#[derive(Default, Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    denial: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    responsible: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stages: Option<Vec<Spot>>,
}

/// An answer to one question.
struct Told {
    yes: bool,
    text: String,
    answer: Answer,
}

/// An answer with its question.
#[derive(Serialize)]
struct Both<'a> {
    #[serde(flatten)]
    answer: Answer,
    #[serde(flatten)]
    asked: Asked<'a>,
}

impl Check {
    pub(crate) fn run(&self) -> Output {
        let answer = self.documents.compile().and_then(|snapshot| self.ask(&snapshot));
        answer.unwrap_or_else(|problems| Output::unusable(&problems))
    }

    fn ask(&self, snapshot: &Snapshot) -> Result<Output, Vec<Complaint>> {
        let wanted = self.wanted.is_said().then(|| self.wanted.find(snapshot, &self.question));
        let wish = wanted.transpose()?;
        self.question.put(snapshot, |access, record, asked| {
            let told = match &wish {
                Some(wish) => self.wished(wish, access, record),
                None => self.other(access, record),
            };
            let asides = notes(asked.notes);
            let json = json(&Both { answer: told.answer, asked });
            Output { verdict: told.yes.into(), text: told.text + "\n", asides, json }
        })
    }

    fn wished(&self, wish: &Wish, access: &Access<'_>, record: &Record<'_>) -> Told {
        match *wish {
            Wish::Act(action) => one(access.check(action, record)),
            Wish::Create(place) => creation(&access.create(place)),
            Wish::CreateFor(place, owner) => one(access.create_for(place, owner)),
            Wish::Move(to) => one(access.relocate(record, to)),
        }
    }

    fn other(&self, access: &Access<'_>, record: &Record<'_>) -> Told {
        let snapshot = access.snapshot();
        match self.other {
            Other { enter: true, .. } => one(match self.question.entity() {
                Some(entity) => access.enters(snapshot.entity(entity)),
                None => access.enters_application(),
            }),
            Other { reassign: true, .. } => one(access.may_reassign(record)),
            Other { stages: true, .. } => stages(snapshot, &access.reachable_stages(record)),
            _ => actions(&access.actions(record)),
        }
    }
}

/// May he do this?
fn one(decision: Decision) -> Told {
    let text = match decision {
        Decision::Allowed => good("allowed"),
        Decision::Denied(denial) => format!("{} [{}] {denial}", bad("denied"), denial.code()),
    };
    let answer = Answer {
        allowed: Some(decision.is_allowed()),
        denial: decision.denial().map(Denial::code),
        reason: decision.denial().map(|denial| denial.to_string()),
        ..Answer::default()
    };
    Told { yes: decision.is_allowed(), text, answer }
}

/// May he make one, and whose does it become?
fn creation(creation: &Creation) -> Told {
    let decision = one(creation.clone().into());
    let Creation::Allowed(responsible) = creation else { return decision };
    let text = format!("{}, and {responsible}", decision.text);
    let word = match responsible {
        Responsible::Author => value!("author"),
        Responsible::Requested => value!("requested"),
        Responsible::Within(department) => value!({"within": department.to_string()}),
        Responsible::Absent(absent) => value!({"absent": absent.to_string()}),
    };
    Told { text, answer: Answer { responsible: Some(word), ..decision.answer }, ..decision }
}

/// What may he do?
fn actions(actions: &ActionSet<'_>) -> Told {
    let actions: Vec<String> = actions.keys().map(ToString::to_string).collect();
    let answer = Answer { actions: Some(actions.clone()), ..Answer::default() };
    list(&actions, answer)
}

/// Where may he move it?
fn stages(snapshot: &Snapshot, stages: &[Handle<Place>]) -> Told {
    let places: Vec<&Place> = stages.iter().filter_map(|stage| snapshot.place_of(*stage)).collect();
    let spots = places.iter().map(|place| Spot::from(*place)).collect();
    let places: Vec<String> = places.iter().map(ToString::to_string).collect();
    list(&places, Answer { stages: Some(spots), ..Answer::default() })
}

fn list(lines: &[String], answer: Answer) -> Told {
    let text = if lines.is_empty() { bad("nothing is allowed") } else { lines.join("\n") };
    Told { yes: !lines.is_empty(), text, answer }
}
