//! `bailiwick check`: one question about one record.

use std::time::SystemTime;

use bailiwick::{
    ActionSet, Circumstance, Decision, Denial, Flag, Handle, Moment, Participant, Place, Record, Snapshot,
    User,
};
use clap::Args;
use serde::Serialize;

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::output::{Output, bad, faint, good, json};

/// Ask what a user may do with a record.
///
/// With --action, says whether he may, and why not. Without, lists all that he may do with the record.
///
/// The record is described on the command line: where it is, whose it is, who else is bound to it, what it is flagged as. What is
/// not said helps nobody: a record without an owner is nobody's own.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct Check {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    viewer: ViewerArgs,
    /// The moment of the question, such as 2026-08-01T00:00:00+03:00 [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = Moment::from_rfc3339, help_heading = WHO)]
    at: Option<Moment>,
    /// A circumstance in which it is asked. Can be repeated.
    #[arg(long = "circumstance", value_name = "CIRCUMSTANCE", help_heading = WHO)]
    circumstances: Vec<String>,
    #[command(flatten)]
    record: RecordArgs,
    /// The action to ask about; all that are allowed, if there is none.
    #[arg(long, value_name = "ACTION", help_heading = "Question")]
    action: Option<String>,
}

const AFTER: &str = "\
Exit status:
  0  allowed; without --action: something is allowed
  1  denied; without --action: nothing is allowed
  2  the input cannot be used

With --json, one object is printed:
  {\"allowed\": true | false,                             with --action
   \"denial\": CODE, \"reason\": TEXT,                      with --action, if denied
   \"actions\": [KEY, ...],                               without --action
   \"user\": KEY | null, \"at\": INSTANT,                   who asked (null is a visitor), and when
   \"circumstances\": [KEY, ...],                         in which circumstances
   \"place\": {\"entity\", \"pipeline\"?, \"stage\"?} | null,   where the record is (null is nowhere)
   \"notes\": [TEXT, ...]}                                keys that were given and that nobody knows
or, with exit status 2:
  {\"problems\": [{\"file\", \"line\"?, \"column\"?, \"code\", \"message\", \"pointer\"?}, ...]}";

const WHO: &str = "Who asks, and when";

/// Who asks: one of the two.
#[derive(Args)]
#[command(next_help_heading = WHO)]
#[group(required = true, multiple = false)]
struct ViewerArgs {
    /// The user who asks.
    #[arg(long, value_name = "USER")]
    user: Option<String>,
    /// Ask for a visitor who has not signed in.
    #[arg(long)]
    anonymous: bool,
}

#[derive(Args)]
#[command(next_help_heading = "The record")]
struct RecordArgs {
    /// What kind of record it is.
    #[arg(long, value_name = "ENTITY")]
    entity: String,
    /// The pipeline that it is in.
    #[arg(long, value_name = "PIPELINE")]
    pipeline: Option<String>,
    /// The stage that it is on.
    #[arg(long, value_name = "STAGE", requires = "pipeline")]
    stage: Option<String>,
    /// Who owns it: the first party of the vocabulary.
    #[arg(long, value_name = "USER")]
    owner: Option<String>,
    /// Who else is bound to it, and as what. Can be repeated.
    #[arg(long = "participant", value_name = "PARTY=USER", value_parser = participant)]
    participants: Vec<(String, String)>,
    /// What it is flagged as. Can be repeated.
    #[arg(long = "flag", value_name = "FLAG")]
    flags: Vec<String>,
}

fn participant(text: &str) -> Result<(String, String), String> {
    let (party, user) = text.split_once('=').ok_or("a participant is written PARTY=USER")?;
    Ok((party.to_owned(), user.to_owned()))
}

/// The answer, for programs.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    denial: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<Vec<String>>,
    #[serde(flatten)]
    asked: Asked<'a>,
}

/// The question, as it was understood.
#[derive(Serialize)]
struct Asked<'a> {
    user: Option<&'a str>,
    at: String,
    circumstances: Vec<String>,
    place: Option<Spot>,
    notes: &'a [String],
}

/// A place, for programs.
#[derive(Serialize)]
struct Spot {
    entity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pipeline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
}

impl From<&Place> for Spot {
    fn from(place: &Place) -> Self {
        Self {
            entity: place.entity_key().to_string(),
            pipeline: place.pipeline_key().map(ToString::to_string),
            stage: place.stage_key().map(ToString::to_string),
        }
    }
}

impl Check {
    pub(crate) fn run(&self) -> Output {
        let answer = self.documents.compile().and_then(|snapshot| self.ask(&snapshot));
        answer.unwrap_or_else(|problems| Output::unusable(&problems))
    }

    fn ask(&self, snapshot: &Snapshot) -> Result<Output, Vec<Complaint>> {
        let mut facts = Facts { snapshot, notes: Vec::new(), problems: Vec::new() };
        let place = facts.place(&self.record);
        let owner = self.record.owner.as_deref().map(|key| facts.user(key, "--owner"));
        let participants = facts.participants(&self.record);
        let flags = facts.flags(&self.record);
        let circumstances = facts.circumstances(&self.circumstances);
        if !facts.problems.is_empty() {
            return Err(facts.problems);
        }
        let record = Record::at(place).owner(owner.unwrap_or(Handle::unknown())).participants(&participants);
        let record = flags.iter().fold(record, |record, flag| record.flag(*flag));
        let at = self.at.unwrap_or_else(|| SystemTime::now().into());
        let access = match &self.viewer.user {
            Some(key) => snapshot.access(snapshot.user(key), at),
            None => snapshot.anonymous_access(at),
        };
        let access = access.in_circumstances(circumstances);
        let asked = Asked {
            user: self.viewer.user.as_deref(),
            at: at.to_rfc3339(),
            circumstances: access.circumstances().iter().map(ToString::to_string).collect(),
            place: snapshot.place_of(place).map(Spot::from),
            notes: &facts.notes,
        };
        Ok(match &self.action {
            Some(action) => one(access.check(snapshot.action(action), &record), asked),
            None => all(&access.actions(&record), asked),
        })
    }
}

/// May he do this?
fn one(decision: Decision, asked: Asked<'_>) -> Output {
    let text = match decision {
        Decision::Allowed => good("allowed"),
        Decision::Denied(denial) => format!("{} [{}] {denial}", bad("denied"), denial.code()),
    };
    let answer = Answer {
        allowed: Some(decision.is_allowed()),
        denial: decision.denial().map(Denial::code),
        reason: decision.denial().map(|denial| denial.to_string()),
        actions: None,
        asked,
    };
    output(decision.is_allowed(), text, &answer)
}

/// What may he do?
fn all(actions: &ActionSet<'_>, asked: Asked<'_>) -> Output {
    let actions: Vec<String> = actions.keys().map(ToString::to_string).collect();
    let text = if actions.is_empty() { bad("nothing is allowed") } else { actions.join("\n") };
    let any = !actions.is_empty();
    output(any, text, &Answer { allowed: None, denial: None, reason: None, actions: Some(actions), asked })
}

fn output(yes: bool, text: String, answer: &Answer<'_>) -> Output {
    let notes = answer.asked.notes.iter().map(|note| format!("{} {note}\n", faint("note:")));
    Output { verdict: yes.into(), text: text + "\n", asides: notes.collect(), json: json(answer) }
}

/// Looks up what was said on the command line. Who or what is not known takes part as nobody, as in an application; but
/// somebody who types wants to hear of it.
struct Facts<'s> {
    snapshot: &'s Snapshot,
    notes: Vec<String>,
    problems: Vec<Complaint>,
}

impl Facts<'_> {
    fn user(&mut self, key: &str, argument: &str) -> Handle<User> {
        let user = self.snapshot.user(key);
        if user.is_none() {
            self.notes.push(format!("the directory has no user `{key}`; as {argument} it is nobody"));
        }
        user.into()
    }

    fn place(&mut self, record: &RecordArgs) -> Handle<Place> {
        let entity = self.snapshot.entity(&record.entity);
        let place = self.snapshot.place(entity, record.pipeline.as_ref(), record.stage.as_ref());
        let known = self.snapshot.place_of(place);
        let asked = [Some(&record.entity), record.pipeline.as_ref(), record.stage.as_ref()];
        let asked = asked.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("/");
        match known.map(ToString::to_string) {
            None => self.notes.push(format!("the vocabulary has no entity `{}`", record.entity)),
            Some(known) if known != asked => {
                self.notes
                    .push(format!("the vocabulary has no `{asked}`; the record counts as one at `{known}`"));
            }
            Some(_) => {}
        }
        place
    }

    fn participants(&mut self, record: &RecordArgs) -> Vec<Participant> {
        let mut participants = Vec::new();
        for (party, user) in &record.participants {
            match self.snapshot.party(party) {
                Some(slot) => participants.push(slot.is(self.user(user, party))),
                None => self.unknown("--participant", "party", party),
            }
        }
        participants
    }

    fn flags(&mut self, record: &RecordArgs) -> Vec<Flag> {
        let mut flags = Vec::new();
        for flag in &record.flags {
            match self.snapshot.flag(flag) {
                Some(slot) => flags.push(slot),
                None => self.unknown("--flag", "flag", flag),
            }
        }
        flags
    }

    fn circumstances(&mut self, keys: &[String]) -> Vec<Handle<Circumstance>> {
        let mut circumstances = Vec::new();
        for key in keys {
            match self.snapshot.circumstance(key) {
                Some(circumstance) => circumstances.push(circumstance),
                None => self.unknown("--circumstance", "circumstance", key),
            }
        }
        circumstances
    }

    fn unknown(&mut self, argument: &str, noun: &str, key: &str) {
        let message = format!("the vocabulary has no {noun} `{key}`");
        self.problems.push(Complaint::whole(argument, "unknown", message));
    }
}
