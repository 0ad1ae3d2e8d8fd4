//! The program `bailiwick`: asks the library about documents, on a command line or in a pipeline.
//!
//! It reads files and the clock, which the library does not. Everything else is the library's: no rule is known here.

mod check;
mod classes;
#[cfg(feature = "sql")]
mod columns;
mod complaint;
mod diff;
mod documents;
mod explain;
mod filter;
mod lint;
#[cfg(feature = "sql")]
mod mapping;
mod matrix;
mod occasion;
mod openings;
mod output;
mod presets;
mod question;
mod run_tests;
mod sources;
mod text;
mod wanted;
mod what_if;
mod who_can;

use std::process::ExitCode;

use anstream::ColorChoice;
use clap::{Parser, Subcommand, ValueEnum};

use output::Output;

/// Who may do what, with which record, now?
///
/// Bailiwick decides from documents: a directory (who there is), a vocabulary (what there is to protect), and a policy
/// (which role gives what, and who holds it). This program asks such documents one question, or holds them against a table of
/// questions with expected answers.
#[derive(Parser)]
#[command(name = "bailiwick", version, arg_required_else_help = true)]
#[command(after_help = "\
Exit status:
  0  allowed, printed, or every test passed
  1  denied, or a test failed
  2  the input cannot be used; what is wrong is on the standard error

A first look, in the folder examples/documents of the sources, with the ready-made CRM vocabulary and its roles:
  bailiwick check --preset crm --directory people.json --policy roles.json \\
      --user anna --entity deal --owner boris --action update")]
struct Program {
    #[command(subcommand)]
    command: Command,
    /// Print JSON for programs in place of text for people. Everything goes to the standard output.
    #[arg(long, global = true)]
    json: bool,
    /// When to use colours; `auto` does on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: When,
}

#[derive(Clone, Copy, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Command {
    Check(Box<check::Check>),
    Classes(Box<classes::ClassesArgs>),
    Diff(Box<diff::DiffArgs>),
    Explain(Box<explain::Explain>),
    Filter(Box<filter::FilterArgs>),
    Lint(Box<lint::Lint>),
    Matrix(Box<matrix::MatrixArgs>),
    WhatIf(Box<what_if::WhatIf>),
    WhoCan(Box<who_can::WhoCan>),
    Test(run_tests::Test),
    Preset(presets::Presets),
    Schema(Schema),
}

/// Print the JSON Schema of a kind of document.
///
/// The schemas refer to each other by file name: `vocabulary.json`, `directory.json`, `policy.json`.
#[derive(clap::Args)]
struct Schema {
    /// The kind of document.
    format: Kind,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Vocabulary,
    Directory,
    Policy,
    Scenario,
    Changes,
}

impl Schema {
    fn run(&self) -> Output {
        let format = match self.format {
            Kind::Vocabulary => bailiwick::Format::Vocabulary,
            Kind::Directory => bailiwick::Format::Directory,
            Kind::Policy => bailiwick::Format::Policy,
            Kind::Scenario => bailiwick::Format::Scenario,
            Kind::Changes => bailiwick::Format::Changes,
        };
        Output::text(format.schema())
    }
}

fn main() -> ExitCode {
    let program = Program::parse();
    match program.color {
        When::Auto => {}
        When::Always => ColorChoice::Always.write_global(),
        When::Never => ColorChoice::Never.write_global(),
    }
    let output = match &program.command {
        Command::Check(check) => check.run(),
        Command::Classes(classes) => classes.run(),
        Command::Diff(diff) => diff.run(),
        Command::Explain(explain) => explain.run(),
        Command::Filter(filter) => filter.run(),
        Command::Lint(lint) => lint.run(),
        Command::Matrix(matrix) => matrix.run(),
        Command::WhatIf(what_if) => what_if.run(),
        Command::WhoCan(who_can) => who_can.run(),
        Command::Test(test) => test.run(),
        Command::Preset(presets) => presets.run(),
        Command::Schema(schema) => schema.run(),
    };
    output.print(program.json)
}
