//! The documents that a question is about: which files they are, and what comes of them.

use std::path::{Path, PathBuf};

use bailiwick::{Directory, DocumentProblem, Policy, Snapshot, Vocabulary, preset};
use clap::Args;

use crate::complaint::Complaint;
use crate::presets;
use crate::sources::{Base, Origin, Sources};
use crate::text::Text;

/// The documents to ask.
#[derive(Args, Clone)]
#[command(next_help_heading = "Documents")]
pub(crate) struct Documents {
    #[command(flatten)]
    basis: Basis,
    /// Who there is: a document of format bailiwick/directory.
    #[arg(long, value_name = "FILE")]
    directory: PathBuf,
    /// The roles and who holds them: a document of format bailiwick/policy.
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
}

/// What the policy builds on: one of the two.
#[derive(Args, Clone)]
#[group(required = true, multiple = false)]
struct Basis {
    /// A ready-made vocabulary with its roles, to which those of the policy are added.
    #[arg(long, value_name = "NAME", value_parser = presets::names())]
    preset: Option<String>,
    /// What there is to protect, if no preset says it: a document of format bailiwick/vocabulary.
    #[arg(long, value_name = "FILE")]
    vocabulary: Option<PathBuf>,
}

/// The documents, read.
pub(crate) struct Read {
    pub(crate) policy: Policy,
    pub(crate) directory: Directory,
    pub(crate) sources: Sources,
}

/// The documents, read and compiled.
pub(crate) struct Loaded {
    pub(crate) policy: Policy,
    pub(crate) directory: Directory,
    pub(crate) snapshot: Snapshot,
    pub(crate) sources: Sources,
}

impl Documents {
    /// Reads and compiles the documents, or says everything that is wrong with them.
    pub(crate) fn compile(&self) -> Result<Snapshot, Vec<Complaint>> {
        self.load().map(|loaded| loaded.snapshot)
    }

    /// The same documents, but for those that others stand in the place of.
    pub(crate) fn instead(&self, directory: Option<&Path>, policy: Option<&Path>) -> Self {
        Self {
            directory: directory.unwrap_or(&self.directory).to_owned(),
            policy: policy.unwrap_or(&self.policy).to_owned(),
            ..self.clone()
        }
    }

    /// The same, with what the snapshot was compiled from.
    pub(crate) fn load(&self) -> Result<Loaded, Vec<Complaint>> {
        let Read { policy, directory, sources } = self.read()?;
        match Snapshot::compile(&policy, &directory) {
            Ok(snapshot) => Ok(Loaded { policy, directory, snapshot, sources }),
            Err(problems) => Err(sources.complaints(&problems)),
        }
    }

    /// Reads the documents. Whether they compile is not asked.
    pub(crate) fn read(&self) -> Result<Read, Vec<Complaint>> {
        let people = read(&self.directory, Directory::from_json);
        let (base, ((directory_text, directory), (policy_text, mut policy))) =
            both(self.basis.read(), both(people, self.policy()))?;
        // From the whole of the policy, so that nothing in it can get lost on the way.
        policy.vocabulary = base.policy.vocabulary.clone();
        policy.roles.splice(..0, base.policy.roles.iter().cloned());
        let sources = Sources { base, directory: directory_text, policy: policy_text };
        Ok(Read { policy, directory, sources })
    }

    fn policy(&self) -> Result<(Text, Policy), Vec<Complaint>> {
        read(&self.policy, |text| Policy::from_json(text, Vocabulary::new()))
    }
}

impl Basis {
    fn read(&self) -> Result<Base, Vec<Complaint>> {
        if let Some(path) = &self.vocabulary {
            let (text, vocabulary) = read(path, Vocabulary::from_json)?;
            return Ok(Base { origin: Origin::File(text), policy: Policy::new(vocabulary) });
        }
        let name = self.preset.clone().unwrap_or_default();
        match preset::by_name(&name) {
            Some(policy) => Ok(Base { origin: Origin::Preset(name), policy }),
            None => {
                let message = format!("there is no preset `{name}`");
                Err(vec![Complaint::whole("--preset", "unknown-preset", message)])
            }
        }
    }
}

/// Reads a file as a document.
pub(crate) fn read<T>(
    path: &Path,
    parse: impl FnOnce(&str) -> Result<T, DocumentProblem>,
) -> Result<(Text, T), Vec<Complaint>> {
    let text = Text::read(path)?;
    let value = text.parse(parse)?;
    Ok((text, value))
}

/// Both, or everything that is wrong with them.
pub(crate) fn both<A, B>(
    one: Result<A, Vec<Complaint>>,
    other: Result<B, Vec<Complaint>>,
) -> Result<(A, B), Vec<Complaint>> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => Err([one.err(), other.err()].into_iter().flatten().flatten().collect()),
    }
}
