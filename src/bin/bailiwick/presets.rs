//! `bailiwick preset`: the ready-made vocabularies and roles, listed and printed as documents.

use bailiwick::Directory;
use bailiwick::preset::{self, Preset};
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

use crate::output::{Output, json, strong};

/// List the ready-made vocabularies and roles, or print one as documents.
#[derive(Args)]
pub(crate) struct Presets {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the presets: their names, and what each is.
    List,
    Show(Show),
}

/// Print a preset as documents: what there is to protect, and the default roles.
///
/// Without a document's name all are printed, the vocabulary first; a directory only if the product is installed with groups. Save
/// one to start from it:
///
///   bailiwick preset show telephony policy > roles.json
#[derive(Args)]
#[command(after_long_help = AFTER)]
struct Show {
    /// The preset.
    #[arg(value_parser = names())]
    name: String,
    /// Only this document.
    document: Option<Document>,
    /// Give the roles to those who have them when the product is installed. Departments and user groups among them are
    /// examples, to be replaced by your own.
    #[arg(long)]
    assigned: bool,
}

const AFTER: &str = "\
With --json, one document is printed as it is; all are printed as one object:
  {\"name\": TEXT, \"about\": TEXT, \"vocabulary\": DOCUMENT, \"policy\": DOCUMENT, \"directory\": DOCUMENT}
without a directory where there is none.";

#[derive(Clone, Copy, ValueEnum)]
enum Document {
    Vocabulary,
    Policy,
    Directory,
}

/// One preset of the list, for programs.
#[derive(Serialize)]
struct Listed {
    name: &'static str,
    about: &'static str,
}

/// What an argument that names a preset can be.
pub(crate) fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(preset::ALL.iter().map(Preset::name))
}

impl Presets {
    pub(crate) fn run(&self) -> Output {
        match &self.command {
            Command::List => list(),
            Command::Show(show) => show.run(),
        }
    }
}

fn list() -> Output {
    let width = preset::ALL.iter().map(|preset| preset.name().len()).max().unwrap_or(0);
    let line = |preset: &Preset| {
        let space = " ".repeat(width - preset.name().len());
        format!("{}{space}  {}\n", strong(preset.name()), preset.about())
    };
    let listed: Vec<Listed> =
        preset::ALL.iter().map(|it| Listed { name: it.name(), about: it.about() }).collect();
    Output { json: json(&listed), ..Output::text(&preset::ALL.iter().map(line).collect::<String>()) }
}

impl Show {
    fn run(&self) -> Output {
        // The parser has seen to it that there is such a preset.
        let Some(preset) = preset::find(&self.name) else { return Output::unusable(&[]) };
        let mut policy = preset.policy();
        if self.assigned {
            policy.assignments = preset.assignments();
        }
        let (vocabulary, policy) = (policy.vocabulary.to_json(), policy.to_json());
        match self.document {
            Some(Document::Vocabulary) => Output::text(&vocabulary),
            Some(Document::Policy) => Output::text(&policy),
            Some(Document::Directory) => Output::text(&preset.directory().to_json()),
            None => {
                let directory = Some(preset.directory()).filter(|it| *it != Directory::new());
                let mut all = vec![("vocabulary", vocabulary), ("policy", policy)];
                all.extend(directory.map(|it| ("directory", it.to_json())));
                let text: String = all.iter().map(|(_, document)| document.as_str()).collect();
                Output { json: whole(preset, &all), ..Output::text(&text) }
            }
        }
    }
}

/// All documents in one object. Put together as text, so that each stays the document that it is by itself.
fn whole(preset: &Preset, documents: &[(&str, String)]) -> String {
    let text = |text: &str| json(&text).trim_end().to_owned();
    let (name, about) = (text(preset.name()), text(preset.about()));
    let each = documents.iter().map(|(name, document)| format!(", \"{name}\": {}", document.trim_end()));
    format!("{{\"name\": {name}, \"about\": {about}{}}}\n", each.collect::<String>())
}
