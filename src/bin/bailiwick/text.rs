//! The text of a file, and what is wrong with it.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use bailiwick::{DocumentProblem, MAX_DOCUMENT_BYTES, locate_all};

use crate::complaint::Complaint;

/// A file's text.
pub(crate) struct Text {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl Text {
    pub(crate) fn read(path: &Path) -> Result<Self, Vec<Complaint>> {
        let complaint = |code, message| vec![Complaint::whole(path.display().to_string(), code, message)];
        let mut bytes = Vec::new();
        // One byte more than a document can have is enough for the library to say so.
        let most = MAX_DOCUMENT_BYTES as u64 + 1;
        File::open(path)
            .and_then(|file| file.take(most).read_to_end(&mut bytes))
            .map_err(|error| complaint("unreadable", error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let good = error.utf8_error().valid_up_to();
            complaint("not-utf-8", format!("this is not UTF-8: no character begins at byte {good}"))
        })?;
        Ok(Self { path: path.to_owned(), text })
    }

    /// The name of the file, for messages.
    pub(crate) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Reads the text as a document.
    pub(crate) fn parse<T>(
        &self,
        parse: impl FnOnce(&str) -> Result<T, DocumentProblem>,
    ) -> Result<T, Vec<Complaint>> {
        parse(&self.text).map_err(|problem| vec![Complaint::document(&self.name(), &problem)])
    }

    /// Gives complaints with pointers into this text their lines.
    pub(crate) fn with_lines(&self, complaints: Vec<Complaint>) -> Vec<Complaint> {
        let pointers = complaints.iter().map(|complaint| complaint.pointer.as_deref().unwrap_or_default());
        let positions = locate_all(&self.text, pointers);
        complaints.into_iter().zip(positions).map(|(complaint, position)| complaint.at(position)).collect()
    }
}
