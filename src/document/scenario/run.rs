//! Asking the questions of a scenario.
//!
//! They are asked in the way of an application: through the public questions, with the keys of rows.

use super::object::Objects;
use super::problem::{ScenarioProblem, ScenarioProblemKind, ScenarioProblems};
use super::report::{Answer, Outcome, Report};
use super::{Ask, Asker, Question, Recorded, Row, Scenario, Speaks};
use crate::access::Access;
use crate::directory::SocialGroup;
use crate::document::locate::document_pointer;
use crate::key::{Handle, Key};
use crate::policy::Policy;
use crate::resolve::{Grantee, Opening, Participant, Record, Share};
use crate::snapshot::{Noun, Part, Problem, ProblemKind, Snapshot};
use crate::vocabulary::{Action, Flag, Place};

impl Scenario {
    /// Compiles the scenario and asks its questions.
    ///
    /// `presets` says what the name of a preset stands for. Of the policy that it gives, the vocabulary is used, and the
    /// roles, which come before the scenario's own.
    ///
    /// # Errors
    ///
    /// [`ScenarioProblems`]: everything that keeps the scenario from being run, with pointers into its document. A question
    /// that gets another answer than expected is none: it is in the [`Report`].
    pub fn run(&self, presets: impl Fn(&str) -> Option<Policy>) -> Result<Report, ScenarioProblems> {
        let base = self.base(presets).map_err(|problem| ScenarioProblems(vec![problem]))?;
        let roles_before = base.roles.len();
        let snapshot = Snapshot::compile(&self.policy_on(base), &self.directory).map_err(|problems| {
            ScenarioProblems(problems.iter().map(|problem| self.problem(problem, roles_before)).collect())
        })?;
        let (facts, objects) = self.facts(&snapshot)?;
        let rows = self.rows.iter().zip(&facts);
        let alone: Vec<Record<'_>> = rows.map(|(row, facts)| facts.record(row, &snapshot)).collect();
        let rows = self.rows.iter().zip(&facts);
        let openings: Vec<Vec<Opening<'_>>> =
            rows.map(|(row, facts)| self.links(row, &alone).chain(facts.openings()).collect()).collect();
        let records = alone.iter().zip(&openings).map(|(record, openings)| record.openings(openings));
        let world = World { scenario: self, snapshot: &snapshot, records: records.collect(), objects };
        let outcomes = self.questions.iter().enumerate().map(|(number, question)| Outcome {
            number,
            question: question.clone(),
            got: world.answer(question),
        });
        Ok(Report { outcomes: outcomes.collect() })
    }

    /// The records that a row is linked to. Every one is there: reading the document saw to that.
    fn links<'r>(&self, row: &Row, records: &'r [Record<'r>]) -> impl Iterator<Item = Opening<'r>> {
        let record = move |key: &Key<Row>| {
            let mut rows = self.rows.iter().zip(records);
            rows.find(|(row, _)| row.key == *key).map(|(_, record)| Opening::Linked(record))
        };
        row.links.iter().filter_map(record)
    }

    /// The vocabulary, with the roles that come before the scenario's own.
    fn base(&self, presets: impl Fn(&str) -> Option<Policy>) -> Result<Policy, ScenarioProblem> {
        match &self.speaks {
            Speaks::Own(vocabulary) => Ok(Policy::new(vocabulary.clone())),
            Speaks::Preset(name) => presets(name).ok_or_else(|| ScenarioProblem {
                pointer: "/preset".to_owned(),
                kind: ScenarioProblemKind::UnknownPreset { name: name.clone() },
            }),
        }
    }

    fn policy_on(&self, base: Policy) -> Policy {
        let roles = base.roles.into_iter().chain(self.policy.roles.iter().cloned());
        Policy { vocabulary: base.vocabulary, roles: roles.collect(), ..self.policy.clone() }
    }

    /// A problem of compiling, as one of the scenario's document.
    fn problem(&self, problem: &Problem, roles_before: usize) -> ScenarioProblem {
        let place = |part, pointer: &str| self.pointer(part, pointer, roles_before);
        let mut kind = problem.kind().clone();
        if let ProblemKind::Duplicate { first, .. } = &mut kind {
            *first = place(problem.at().part(), first);
        }
        ScenarioProblem {
            pointer: place(problem.at().part(), problem.at().pointer()),
            kind: ScenarioProblemKind::Compile(kind),
        }
    }

    /// Where in the scenario's document a part's pointer leads to.
    fn pointer(&self, part: Part, pointer: &str, roles_before: usize) -> String {
        let preset = || "/preset".to_owned();
        match (part, &self.speaks) {
            (Part::Vocabulary, Speaks::Preset(_)) => preset(),
            (Part::Vocabulary, Speaks::Own(_)) => format!("/vocabulary{pointer}"),
            (Part::Directory, _) => format!("/directory{pointer}"),
            (Part::Policy, _) => document_pointer(pointer, roles_before)
                .map_or_else(preset, |pointer| format!("/policy{pointer}")),
        }
    }

    /// Who and what the records name, looked up.
    fn facts<'s>(&'s self, snapshot: &'s Snapshot) -> Result<(Vec<Facts>, Objects<'s>), ScenarioProblems> {
        let mut problems = Vec::new();
        let rows = self.rows.iter().enumerate();
        let facts = rows.map(|(at, row)| Facts::new(row, at, snapshot, &mut problems)).collect();
        let objects = Objects::new(&self.items, snapshot, &mut problems);
        if problems.is_empty() { Ok((facts, objects)) } else { Err(ScenarioProblems(problems)) }
    }
}

/// What a row says, in the words of a snapshot.
struct Facts {
    place: Handle<Place>,
    participants: Vec<Participant>,
    flags: Vec<Flag>,
    hosts: Vec<Handle<SocialGroup>>,
    shares: Vec<(Grantee, Vec<Handle<Action>>)>,
}

impl Facts {
    fn new(row: &Row, at: usize, snapshot: &Snapshot, problems: &mut Vec<ScenarioProblem>) -> Self {
        let mut facts = Self {
            place: place(snapshot, &row.place),
            participants: Vec::new(),
            flags: Vec::new(),
            hosts: Vec::new(),
            shares: Vec::new(),
        };
        for (number, group) in row.hosts.iter().enumerate() {
            match snapshot.social_group(group) {
                Some(group) => facts.hosts.push(group),
                None => {
                    problems.push(unknown(format!("/records/{at}/hosts/{number}"), Noun::SocialGroup, group));
                }
            }
        }
        for (number, (party, who)) in row.participants.iter().enumerate() {
            match snapshot.party(party) {
                Some(party) => facts.participants.push(Participant::found(party, who, snapshot)),
                None => {
                    let pointer = format!("/records/{at}/participants/{number}/party");
                    problems.push(unknown(pointer, Noun::Party, party));
                }
            }
        }
        for (number, flag) in row.flags.iter().enumerate() {
            match snapshot.flag(flag) {
                Some(flag) => facts.flags.push(flag),
                None => problems.push(unknown(format!("/records/{at}/flags/{number}"), Noun::Flag, flag)),
            }
        }
        for (number, share) in row.shares.iter().enumerate() {
            let mut actions = Vec::new();
            for (to, key) in share.actions.iter().enumerate() {
                let pointer = || format!("/records/{at}/shares/{number}/actions/{to}");
                match snapshot.action(key) {
                    Some(action) => actions.push(action),
                    None => problems.push(unknown(pointer(), Noun::Action, key)),
                }
            }
            facts.shares.push((snapshot.grantee(&share.with), actions));
        }
        facts
    }

    /// The groups that host the record, and with whom it is shared.
    fn openings(&self) -> impl Iterator<Item = Opening<'_>> {
        let shares = self.shares.iter().map(|(with, actions)| Opening::Shared(Share::new(*with, actions)));
        self.hosts.iter().copied().map(Opening::Hosted).chain(shares)
    }

    fn record(&self, row: &Row, snapshot: &Snapshot) -> Record<'_> {
        let owner = row.owner.as_ref().and_then(|owner| snapshot.user(owner));
        let record = Record::at(self.place).owner(owner).participants(&self.participants);
        self.flags.iter().fold(record, |record, flag| record.flag(*flag))
    }
}

fn unknown<T>(pointer: String, noun: Noun, key: &Key<T>) -> ScenarioProblem {
    ScenarioProblem { pointer, kind: ScenarioProblemKind::Unknown { noun, key: key.to_string() } }
}

/// The place, as an application finds it from the columns of a row.
fn place(snapshot: &Snapshot, place: &Place) -> Handle<Place> {
    snapshot.place(snapshot.entity(place.entity_key()), place.pipeline_key(), place.stage_key())
}

/// A scenario that can be asked.
struct World<'s> {
    scenario: &'s Scenario,
    snapshot: &'s Snapshot,
    records: Vec<Record<'s>>,
    objects: Objects<'s>,
}

impl World<'_> {
    fn answer(&self, question: &Question) -> Answer {
        let access = match &question.who {
            Asker::User(key) => self.snapshot.access(self.snapshot.user(key), question.at),
            Asker::Anonymous => self.snapshot.anonymous_access(question.at),
        };
        let circumstances = question.circumstances.iter().map(|key| self.snapshot.circumstance(key));
        let access = access.in_circumstances(circumstances);
        match &question.ask {
            Ask::Check { action, record } => {
                Answer::Decision(access.check(self.snapshot.action(action), &self.record(record)))
            }
            Ask::Actions { record } => {
                Answer::Actions(access.actions(&self.record(record)).keys().cloned().collect())
            }
            Ask::Create { place: at } => Answer::Creation(access.create(place(self.snapshot, at))),
            Ask::CreateFor { place: at, owner } => {
                Answer::Decision(access.create_for(place(self.snapshot, at), self.snapshot.user(owner)))
            }
            Ask::Audit { action, record } => {
                let audit = access.audit(self.snapshot.action(action), &self.record(record));
                Answer::Recorded(
                    audit.map(|audit| Recorded { absent: audit.absent.cloned(), mark: audit.mark.cloned() }),
                )
            }
            Ask::Relocate { record, to } => {
                Answer::Decision(access.relocate(&self.record(record), place(self.snapshot, to)))
            }
            Ask::ReachableStages { record } => self.stages(&access, record),
            Ask::MayReassign { record } => Answer::Decision(access.may_reassign(&self.record(record))),
            Ask::Enters { entity } => Answer::Decision(access.enters(self.snapshot.entity(entity))),
            Ask::EntersApplication => Answer::Decision(access.enters_application()),
            Ask::Object(ask) => self.objects.answer(&access, ask).unwrap_or(Answer::Objects(Vec::new())),
            Ask::MayAssign(assignment) => Answer::Decision((&access.may_assign(assignment)).into()),
            Ask::List { action, entity } => {
                let rows = self.rows().filter(|(row, _)| row.place.entity_key() == entity);
                let action = self.snapshot.action(action);
                let rows = rows.filter(|(_, record)| access.check(action, record).is_allowed());
                Answer::Records(rows.map(|(row, _)| row.key.clone()).collect())
            }
        }
    }

    fn stages(&self, access: &Access<'_>, record: &Key<Row>) -> Answer {
        let stages = access.reachable_stages(&self.record(record));
        Answer::Stages(
            stages.into_iter().filter_map(|stage| self.snapshot.place_of(stage)).cloned().collect(),
        )
    }

    fn rows(&self) -> impl Iterator<Item = (&Row, &Record<'_>)> {
        self.scenario.rows.iter().zip(&self.records)
    }

    /// The record with this key. Every question names one that there is: reading the document saw to that.
    fn record(&self, key: &Key<Row>) -> Record<'_> {
        let row = self.rows().find(|(row, _)| row.key == *key);
        row.map_or(Record::at(Handle::<Place>::unknown()), |(_, record)| *record)
    }
}
