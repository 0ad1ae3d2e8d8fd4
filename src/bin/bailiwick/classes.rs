//! `bailiwick classes`: the users who have the same rights, class by class.

use bailiwick::Snapshot;
use bailiwick::review::Roster;
use clap::Args;

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::occasion::Occasion;
use crate::output::{Output, notes};

/// List the users who have the same rights, class by class, the largest first.
///
/// Rights are compared by what they come to, and not by the roles that they are from. A class has a fingerprint that is the same
/// wherever the rights are: one that is kept tells later whether somebody may still do the same. Dismissed users are left out.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct ClassesArgs {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    occasion: Occasion,
}

const AFTER: &str = "\
Exit status:
  0  printed
  2  the input cannot be used

With --json, the classes are printed as a document of format bailiwick/classes: of each its fingerprint, how many users it has,
and all of them; with exit status 2, the problems as `check` prints them.";

impl ClassesArgs {
    pub(crate) fn run(&self) -> Output {
        let told = self.documents.compile().and_then(|snapshot| self.tell(&snapshot));
        told.unwrap_or_else(|complaints| Output::unusable(&complaints))
    }

    fn tell(&self, snapshot: &Snapshot) -> Result<Output, Vec<Complaint>> {
        let circumstances = self.occasion.circumstances(|key| snapshot.circumstance(key).is_some())?;
        let circumstances = circumstances.into_iter().map(|key| snapshot.circumstance(key));
        let classes = Roster::of(snapshot).in_circumstances(circumstances).classes(self.occasion.at());
        let nobody = classes.is_empty().then(|| "there is no user who is not dismissed".to_owned());
        let asides = notes(nobody.as_slice());
        Ok(Output { asides, json: classes.to_json(), ..Output::text(&classes.to_string()) })
    }
}
