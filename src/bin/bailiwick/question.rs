//! A question about one record, as it is put on a command line: who asks, when, and what the record is.
//!
//! Every command that asks about a record takes it from here, so that they all understand the same.

use std::time::SystemTime;

use bailiwick::{
    Access, Action, Circumstance, Department, Flag, Handle, Moment, Participant, Place, Record, Snapshot,
    SocialGroup, User, UserGroup,
};
use clap::Args;
use serde::Serialize;

use crate::complaint::Complaint;
use crate::openings::OpeningArgs;

const WHO: &str = "Who asks, and when";

/// Who asks, on which occasion, about which record.
#[derive(Args)]
pub(crate) struct Question {
    #[command(flatten)]
    viewer: ViewerArgs,
    #[command(flatten)]
    matter: Matter,
}

/// What is asked about, whoever asks: which record, and on which occasion.
#[derive(Args)]
pub(crate) struct Matter {
    /// The moment of the question, such as 2026-08-01T00:00:00+03:00 [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = Moment::from_rfc3339, help_heading = WHO)]
    at: Option<Moment>,
    /// A circumstance in which it is asked. Can be repeated.
    #[arg(long = "circumstance", value_name = "CIRCUMSTANCE", help_heading = WHO)]
    circumstances: Vec<String>,
    #[command(flatten)]
    record: RecordArgs,
}

/// Who asks: one of the two.
#[derive(Args)]
#[command(next_help_heading = WHO)]
#[group(required = true, multiple = false)]
pub(crate) struct ViewerArgs {
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
    #[arg(long, value_name = "ENTITY", required = true)]
    entity: Option<String>,
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
    /// A user group that is a party of it. Can be repeated.
    #[arg(long = "participant-group", value_name = "PARTY=GROUP", value_parser = participant)]
    participant_groups: Vec<(String, String)>,
    /// A department that is a party of it. Can be repeated.
    #[arg(long = "participant-department", value_name = "PARTY=DEPARTMENT", value_parser = participant)]
    participant_departments: Vec<(String, String)>,
    /// What it is flagged as. Can be repeated.
    #[arg(long = "flag", value_name = "FLAG")]
    flags: Vec<String>,
    #[command(flatten)]
    openings: OpeningArgs,
}

fn participant(text: &str) -> Result<(String, String), String> {
    let (party, user) = text.split_once('=').ok_or("a participant is written PARTY=KEY")?;
    Ok((party.to_owned(), user.to_owned()))
}

/// The arguments that bind somebody or something to a record.
pub(crate) const BOUND: [&str; 7] =
    ["participants", "participant_groups", "participant_departments", "flags", "hosts", "linked", "shared"];

/// The question, as it was understood.
#[derive(Serialize)]
pub(crate) struct Asked<'a> {
    user: Option<&'a str>,
    at: String,
    circumstances: Vec<String>,
    place: Option<Spot>,
    pub(crate) notes: &'a [String],
}

/// A place, for programs.
#[derive(Serialize)]
pub(crate) struct Spot {
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

impl Matter {
    /// Looks everything up in the snapshot, and hands on the record, the circumstances, the moment, and the keys that nobody
    /// knows.
    pub(crate) fn put<T>(
        &self,
        snapshot: &Snapshot,
        ask: impl FnOnce(&Record<'_>, Vec<Handle<Circumstance>>, Moment, &[String]) -> T,
    ) -> Result<T, Vec<Complaint>> {
        let mut facts = Facts { snapshot, notes: Vec::new(), problems: Vec::new() };
        let place = self.record.entity.as_deref().map_or(Handle::unknown(), |entity| {
            facts.place(entity, self.record.pipeline.as_deref(), self.record.stage.as_deref())
        });
        let owner = self.record.owner.as_deref().map(|key| facts.user(key, "--owner"));
        let participants = facts.participants(&self.record);
        let flags = facts.flags(&self.record);
        let openings = self.record.openings.look_up(&mut facts);
        let circumstances = facts.circumstances(&self.circumstances);
        if !facts.problems.is_empty() {
            return Err(facts.problems);
        }
        let record = Record::at(place).owner(owner.unwrap_or(Handle::unknown())).participants(&participants);
        let openings = openings.all();
        let record = flags.iter().fold(record, |record, flag| record.flag(*flag)).openings(&openings);
        let at = self.at.unwrap_or_else(|| SystemTime::now().into());
        Ok(ask(&record, circumstances, at, &facts.notes))
    }

    fn spot(&self, snapshot: &Snapshot) -> Option<Spot> {
        snapshot.place_of(self.place(snapshot)).map(Spot::from)
    }

    fn place(&self, snapshot: &Snapshot) -> Handle<Place> {
        let RecordArgs { entity, pipeline, stage, .. } = &self.record;
        let place = |entity| snapshot.place(snapshot.entity(entity), pipeline.as_ref(), stage.as_ref());
        entity.as_ref().map_or(Handle::unknown(), place)
    }
}

impl Question {
    /// Where the record is.
    pub(crate) fn place(&self, snapshot: &Snapshot) -> Handle<Place> {
        self.matter.place(snapshot)
    }

    /// The kind of record, if the question names one.
    pub(crate) fn entity(&self) -> Option<&str> {
        self.matter.record.entity.as_deref()
    }

    /// Whose the record is said to be; somebody whom nobody knows is nobody.
    pub(crate) fn owner(&self, snapshot: &Snapshot) -> Option<Handle<User>> {
        let owner = self.matter.record.owner.as_ref()?;
        Some(snapshot.user(owner).into())
    }

    /// A stage of the record's entity, in a pipeline of it or in the record's own; nothing, if there is none.
    pub(crate) fn stage(
        &self,
        snapshot: &Snapshot,
        pipeline: Option<&str>,
        stage: &str,
    ) -> Option<Handle<Place>> {
        let record = &self.matter.record;
        let pipeline = pipeline.or(record.pipeline.as_deref());
        let place = snapshot.place(snapshot.entity(self.entity()?), pipeline, Some(stage));
        snapshot.place_of(place).is_some_and(|it| it.stage_key().is_some()).then_some(place)
    }

    /// Looks everything up in the snapshot, and hands on who asks, the record, and the question as it was understood.
    pub(crate) fn put<T>(
        &self,
        snapshot: &Snapshot,
        ask: impl FnOnce(&Access<'_>, &Record<'_>, Asked<'_>) -> T,
    ) -> Result<T, Vec<Complaint>> {
        self.matter.put(snapshot, |record, circumstances, at, notes| {
            let access = self.viewer.access(snapshot, at).in_circumstances(circumstances);
            let asked = Asked {
                user: self.viewer.user(),
                at: access.at().to_rfc3339(),
                circumstances: access.circumstances().iter().map(ToString::to_string).collect(),
                place: self.matter.spot(snapshot),
                notes,
            };
            ask(&access, record, asked)
        })
    }
}

impl ViewerArgs {
    /// The key of the user; none, of a visitor.
    pub(crate) fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// What somebody who typed wants to hear of a user whom nobody knows.
    pub(crate) fn unknown(&self, snapshot: &Snapshot) -> Option<String> {
        let key = self.user()?;
        snapshot.user(key).is_none().then(|| format!("the directory has no user `{key}`"))
    }

    pub(crate) fn access<'s>(&self, snapshot: &'s Snapshot, at: Moment) -> Access<'s> {
        match &self.user {
            Some(key) => snapshot.access(snapshot.user(key), at),
            None => snapshot.anonymous_access(at),
        }
    }
}

/// Looks up what was said on the command line. Who or what is not known takes part as nobody, as in an application; but
/// somebody who types wants to hear of it.
pub(crate) struct Facts<'s> {
    pub(crate) snapshot: &'s Snapshot,
    notes: Vec<String>,
    problems: Vec<Complaint>,
}

impl Facts<'_> {
    pub(crate) fn user(&mut self, key: &str, argument: &str) -> Handle<User> {
        let user = self.snapshot.user(key);
        if user.is_none() {
            self.notes.push(format!("the directory has no user `{key}`; as {argument} it is nobody"));
        }
        user.into()
    }

    fn group(&mut self, key: &str, party: &str) -> Handle<UserGroup> {
        let group = self.snapshot.user_group(key);
        if group.is_none() {
            self.notes.push(format!("the directory has no user group `{key}`; as {party} it is nobody"));
        }
        group.into()
    }

    pub(crate) fn social_group(&mut self, key: &str) -> Handle<SocialGroup> {
        let group = self.snapshot.social_group(key);
        if group.is_none() {
            self.notes.push(format!("the directory has no social group `{key}`; it hosts nothing"));
        }
        group.into()
    }

    fn department(&mut self, key: &str, party: &str) -> Handle<Department> {
        let department = self.snapshot.department(key);
        if department.is_none() {
            self.notes.push(format!("the directory has no department `{key}`; as {party} it is nobody's"));
        }
        department.into()
    }

    pub(crate) fn action(&mut self, key: &str, argument: &str) -> Handle<Action> {
        let action = self.snapshot.action(key);
        if action.is_none() {
            self.unknown(argument, "action", key);
        }
        action.into()
    }

    pub(crate) fn place(
        &mut self,
        entity: &str,
        pipeline: Option<&str>,
        stage: Option<&str>,
    ) -> Handle<Place> {
        let place = self.snapshot.place(self.snapshot.entity(entity), pipeline, stage);
        let known = self.snapshot.place_of(place);
        let asked = [Some(entity), pipeline, stage].into_iter().flatten().collect::<Vec<_>>().join("/");
        match known.map(ToString::to_string) {
            None => self.notes.push(format!("the vocabulary has no entity `{entity}`")),
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
        for (party, group) in &record.participant_groups {
            match self.snapshot.party(party) {
                Some(slot) => participants.push(slot.is_group(self.group(group, party))),
                None => self.unknown("--participant-group", "party", party),
            }
        }
        for (party, department) in &record.participant_departments {
            match self.snapshot.party(party) {
                Some(slot) => participants.push(slot.is_department(self.department(department, party))),
                None => self.unknown("--participant-department", "party", party),
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
