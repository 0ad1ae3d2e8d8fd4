//! The vendor's access codes (section 1.1 of the rights model): another spelling of subjects.
//!
//! Its own file because the spelling has quirks that the subjects do not have.
//!
//! Deliberately absent, because the directory has nothing they could mean: friends (`SU`), chats (`CHAT`), teams (`ATE`
//! `ATD` `ATT` `SNT` `SNTR`), and the second numbering of departments (`SN` `SND` `SNDR`), which only the vendor's own
//! table can translate.

use thiserror::Error;

use crate::key::Key;
use crate::policy::{Rank, Subject, Unit};

/// Why a text is not the code of a subject.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CodeProblem {
    /// No access code looks like this.
    #[error("`{code}` is not an access code")]
    Malformed {
        /// The text.
        code: String,
    },
    /// The vendor has the code, but it names nobody in a directory like ours.
    #[error("access code `{code}` names {what}, which a directory does not have")]
    Foreign {
        /// The code.
        code: String,
        /// What the vendor means by it.
        what: &'static str,
    },
}

impl CodeProblem {
    /// The stable code of this kind of problem.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "code-malformed",
            Self::Foreign { .. } => "code-foreign",
        }
    }
}

const EVERYONE: i64 = 2;
const ADMINISTRATORS: i64 = 1;

impl Subject {
    /// Reads an access code: `U5`, `IU5`, `D3`, `DR3`, `G7`, `SG4_A`, `AE0`, `AD3`, `AT0`, `AU`, `CR`.
    ///
    /// `G1` are the administrators and `G2` is everyone. `SG4` without a rank is refused, because the vendor gives it to
    /// nobody in one module and to all members in another (section 1.5).
    ///
    /// ```
    /// use bailiwick::Subject;
    ///
    /// assert_eq!(Subject::from_code("DR3"), Ok(Subject::DepartmentTree(3.into())));
    /// assert_eq!(Subject::from_code("G2"), Ok(Subject::Everyone));
    /// assert_eq!(Subject::from_code("CHAT8").unwrap_err().code(), "code-foreign");
    /// assert_eq!(Subject::DepartmentTree(3.into()).code().as_deref(), Some("DR3"));
    /// ```
    ///
    /// # Errors
    ///
    /// [`CodeProblem`] for a text that is no code, and for a code that has no counterpart here.
    pub fn from_code(code: &str) -> Result<Self, CodeProblem> {
        let malformed = || CodeProblem::Malformed { code: code.to_owned() };
        let digits = code.find(|c: char| c.is_ascii_digit()).unwrap_or(code.len());
        let (prefix, rest) = code.split_at_checked(digits).ok_or_else(malformed)?;
        let (number, suffix) = match rest.split_once('_') {
            Some((number, suffix)) => (number, Some(suffix)),
            None => (rest, None),
        };
        let id = match number {
            "" => None,
            digits => Some(parse_id(digits).ok_or_else(malformed)?),
        };
        if let Some(what) = foreign(prefix, id, suffix) {
            return Err(CodeProblem::Foreign { code: code.to_owned(), what });
        }
        subject(prefix, id, suffix).ok_or_else(malformed)
    }

    /// The access code of this subject, if it has one: codes name things by non-negative integers only.
    pub fn code(&self) -> Option<String> {
        let id = |number: Option<i64>| number.filter(|id| *id >= 0);
        let coded = |prefix: &str, number| Some(format!("{prefix}{}", id(number)?));
        match self {
            Self::User(key) => coded("U", key.as_number()),
            Self::Employee(key) => coded("IU", key.as_number()),
            Self::Department(key) => coded("D", key.as_number()),
            Self::DepartmentTree(key) => coded("DR", key.as_number()),
            Self::UserGroup(key) => {
                coded("G", key.as_number().filter(|id| ![EVERYONE, ADMINISTRATORS].contains(id)))
            }
            Self::SocialGroup(key, rank) => {
                Some(format!("{}_{}", coded("SG", key.as_number())?, rank.letter()))
            }
            Self::Heads(unit) => unit.code("AD"),
            Self::Deputies(unit) => unit.code("AT"),
            Self::Employees(unit) => unit.code("AE"),
            Self::Administrators => Some("G1".to_owned()),
            Self::SignedIn => Some("AU".to_owned()),
            Self::Everyone => Some("G2".to_owned()),
            Self::Author => Some("CR".to_owned()),
        }
    }
}

/// Only the canonical decimal form, so that two spellings never name one subject.
fn parse_id(digits: &str) -> Option<i64> {
    let canonical = digits == "0" || !digits.starts_with('0');
    if canonical && digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn subject(prefix: &str, id: Option<i64>, suffix: Option<&str>) -> Option<Subject> {
    if let Some(suffix) = suffix {
        let rank = Rank::from_letter(suffix)?;
        return (prefix == "SG").then(|| Some(Subject::SocialGroup(Key::from(id?), rank)))?;
    }
    Some(match (prefix, id) {
        ("U", Some(id)) => Subject::User(id.into()),
        ("IU", Some(id)) => Subject::Employee(id.into()),
        ("D", Some(id)) => Subject::Department(id.into()),
        ("DR", Some(id)) => Subject::DepartmentTree(id.into()),
        ("G", Some(ADMINISTRATORS)) => Subject::Administrators,
        ("G", Some(EVERYONE)) => Subject::Everyone,
        ("G", Some(id)) => Subject::UserGroup(id.into()),
        ("AD", Some(id)) => Subject::Heads(Unit::from_id(id)),
        ("AT", Some(id)) => Subject::Deputies(Unit::from_id(id)),
        ("AE", Some(id)) => Subject::Employees(Unit::from_id(id)),
        ("AU", None) => Subject::SignedIn,
        ("CR", None) => Subject::Author,
        _ => return None,
    })
}

/// What the vendor means by codes that have no counterpart here.
fn foreign(prefix: &str, id: Option<i64>, suffix: Option<&str>) -> Option<&'static str> {
    id?;
    match (prefix, suffix) {
        ("SU", None | Some("M")) => Some("the friends of a user"),
        ("CHAT", None) => Some("the members of a chat"),
        ("ATE" | "ATD" | "ATT" | "SNT" | "SNTR", None) => Some("a team"),
        ("SN" | "SND" | "SNDR", None) => Some("a department by its node number"),
        ("SG", None) => Some("a social group without a rank"),
        _ => None,
    }
}

impl Rank {
    fn letter(self) -> char {
        match self {
            Self::Owner => 'A',
            Self::Moderator => 'E',
            Self::Member => 'K',
        }
    }

    fn from_letter(letter: &str) -> Option<Self> {
        [Self::Owner, Self::Moderator, Self::Member]
            .into_iter()
            .find(|rank| letter == rank.letter().to_string())
    }
}

impl Unit {
    /// Number 0 is the vendor's "anywhere".
    fn from_id(id: i64) -> Self {
        if id == 0 { Self::Anywhere } else { Self::Of(id.into()) }
    }

    fn code(&self, prefix: &str) -> Option<String> {
        let id = match self {
            Self::Anywhere => 0,
            Self::Of(key) => key.as_number().filter(|id| *id > 0)?,
        };
        Some(format!("{prefix}{id}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{CodeProblem, Subject};

    #[test]
    fn every_code_prints_back() {
        for code in [
            "U5", "IU5", "D3", "DR3", "G7", "G1", "G2", "SG4_A", "SG4_E", "SG4_K", "AU", "CR", "AE0", "AE9",
            "AD0", "AD9", "AT0", "AT9", "U0", "G3",
        ] {
            assert_eq!(Subject::from_code(code).map(|s| s.code()), Ok(Some(code.to_owned())), "{code}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for code in [
            "",
            "U",
            "5",
            "u5",
            "U-5",
            "U5 ",
            " U5",
            "U05",
            "D3_A",
            "SG4_B",
            "SG4_",
            "SG_A",
            "AU1",
            "AE",
            "U5_",
            "DR",
            "X1",
            "U99999999999999999999",
            "U٥",
            "SG4_A_A",
            "AUCR",
        ] {
            let malformed = CodeProblem::Malformed { code: code.to_owned() };
            assert_eq!(Subject::from_code(code), Err(malformed), "{code}");
        }
        for code in ["SU1", "SU1_M", "CHAT2", "ATE0", "ATD4", "SN1", "SND1", "SNDR1", "SNT1", "SNTR1", "SG4"]
        {
            assert_eq!(Subject::from_code(code).map_err(|p| p.code()), Err("code-foreign"), "{code}");
        }
    }

    #[test]
    fn a_subject_whose_key_is_no_number_has_no_code() {
        assert_eq!(Subject::User("anna".into()).code(), None);
        assert_eq!(Subject::User((-1).into()).code(), None);
        assert_eq!(Subject::UserGroup(2.into()).code(), None, "G2 would be everyone");
    }
}
