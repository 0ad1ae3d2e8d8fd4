//! Where the parts of a snapshot come from, so that what is wrong with one can be told with its file and line.

use bailiwick::review::Finding;
use bailiwick::{Part, Policy, Problem, ProblemKind, Problems, document_pointer};

use crate::complaint::Complaint;
use crate::text::Text;

/// What the policy's document builds on.
pub(crate) struct Base {
    pub(crate) origin: Origin,
    /// Its vocabulary, and the roles that come before those of the document.
    pub(crate) policy: Policy,
}

/// Where the vocabulary is from.
pub(crate) enum Origin {
    /// The preset of this name.
    Preset(String),
    File(Text),
}

impl Origin {
    /// What stands in messages as the name of the file.
    fn name(&self) -> String {
        match self {
            Self::Preset(name) => format!("preset {name}"),
            Self::File(text) => text.name(),
        }
    }
}

/// Where the parts of a snapshot come from.
pub(crate) struct Sources {
    pub(crate) base: Base,
    pub(crate) directory: Text,
    pub(crate) policy: Text,
}

impl Sources {
    /// The problems of compiling, each with its file and line: first what the policy builds on, then the directory, then
    /// the policy.
    pub(crate) fn complaints(&self, problems: &Problems) -> Vec<Complaint> {
        let (mut base, mut directory, mut policy) = (Vec::new(), Vec::new(), Vec::new());
        for problem in problems {
            let pointer = problem.at().pointer();
            match (problem.at().part(), self.in_document(pointer)) {
                (Part::Vocabulary, _) | (Part::Policy, None) => {
                    base.push(self.complaint(&self.base.origin.name(), problem, pointer.to_owned()));
                }
                (Part::Directory, _) => {
                    directory.push(self.complaint(&self.directory.name(), problem, pointer.to_owned()));
                }
                (Part::Policy, Some(pointer)) => {
                    policy.push(self.complaint(&self.policy.name(), problem, pointer));
                }
            }
        }
        let base = match &self.base.origin {
            Origin::Preset(_) => base,
            Origin::File(text) => text.with_lines(base),
        };
        [base, self.directory.with_lines(directory), self.policy.with_lines(policy)].concat()
    }

    /// A finding, with its file and line.
    pub(crate) fn finding(&self, finding: &Finding) -> Complaint {
        let pointer = finding.at().pointer();
        let complaint = |file: String, pointer: String| Complaint {
            pointer: Some(pointer),
            ..Complaint::whole(file, finding.lint().code(), finding.message())
        };
        let located = match (finding.at().part(), self.in_document(pointer)) {
            (Part::Directory, _) => {
                self.directory.with_lines(vec![complaint(self.directory.name(), pointer.to_owned())])
            }
            (Part::Policy, Some(pointer)) => {
                self.policy.with_lines(vec![complaint(self.policy.name(), pointer)])
            }
            (Part::Vocabulary, _) | (Part::Policy, None) => {
                let whole = vec![complaint(self.base.origin.name(), pointer.to_owned())];
                match &self.base.origin {
                    Origin::Preset(_) => whole,
                    Origin::File(text) => text.with_lines(whole),
                }
            }
        };
        located.into_iter().next().unwrap_or_else(|| complaint(String::new(), String::new()))
    }

    fn complaint(&self, file: &str, problem: &Problem, pointer: String) -> Complaint {
        let mut kind = problem.kind().clone();
        if let (Part::Policy, ProblemKind::Duplicate { first, .. }) = (problem.at().part(), &mut kind) {
            *first = self.in_document(first).unwrap_or_else(|| self.base.origin.name());
        }
        Complaint { pointer: Some(pointer), ..Complaint::whole(file, problem.code(), kind.to_string()) }
    }

    /// Where in the policy's document a pointer into the whole policy leads to.
    fn in_document(&self, pointer: &str) -> Option<String> {
        document_pointer(pointer, self.base.policy.roles.len())
    }
}
