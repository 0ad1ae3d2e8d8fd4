//! The occasion of a review: a moment, and circumstances.

use std::time::SystemTime;

use bailiwick::{KeyRef, Moment};
use clap::Args;

use crate::complaint::Complaint;

/// When, and in which circumstances.
#[derive(Args)]
#[command(next_help_heading = "When")]
pub(crate) struct Occasion {
    /// The moment, such as 2026-08-01T00:00:00+03:00 [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = Moment::from_rfc3339)]
    at: Option<Moment>,
    /// A circumstance in which rights are looked at. Can be repeated.
    #[arg(long = "circumstance", value_name = "CIRCUMSTANCE")]
    circumstances: Vec<String>,
}

impl Occasion {
    pub(crate) fn at(&self) -> Moment {
        self.at.unwrap_or_else(|| SystemTime::now().into())
    }

    /// The circumstances, if all of them are known.
    pub(crate) fn circumstances(
        &self,
        is_known: impl Fn(KeyRef<'_>) -> bool,
    ) -> Result<Vec<KeyRef<'_>>, Vec<Complaint>> {
        let keys: Vec<KeyRef<'_>> = self.circumstances.iter().map(|key| KeyRef::from(key.as_str())).collect();
        let unknown =
            self.circumstances.iter().zip(&keys).filter(|(_, key)| !is_known(**key)).map(|(text, _)| {
                let message = format!("the vocabulary has no circumstance `{text}`");
                Complaint::whole("--circumstance", "unknown", message)
            });
        let unknown: Vec<Complaint> = unknown.collect();
        if unknown.is_empty() { Ok(keys) } else { Err(unknown) }
    }
}
