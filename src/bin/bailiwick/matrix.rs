//! `bailiwick matrix`: everything that a user may do or that a role gives, or two of them side by side.

use std::time::SystemTime;

use bailiwick::{Entity, Key, Matrix, Moment, Snapshot};
use clap::Args;

use crate::complaint::Complaint;
use crate::documents::Documents;
use crate::output::Output;

/// Show everything that a user may do, or that a role gives, place by place and action by action.
///
/// A pipeline or stage at which nothing of its own is set is folded into the place above it. With a second user or role the two
/// stand side by side, and what differs is marked.
#[derive(Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct MatrixArgs {
    #[command(flatten)]
    documents: Documents,
    #[command(flatten)]
    whose: Whose,
    #[command(flatten)]
    against: Against,
    /// The moment, such as 2026-08-01T00:00:00+03:00 [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = Moment::from_rfc3339, help_heading = WHOSE)]
    at: Option<Moment>,
    /// A circumstance in which it is asked. Can be repeated.
    #[arg(long = "circumstance", value_name = "CIRCUMSTANCE", help_heading = WHOSE)]
    circumstances: Vec<String>,
    /// Show this entity alone.
    #[arg(long, value_name = "ENTITY", help_heading = FORM)]
    entity: Option<String>,
    /// Give every pipeline and stage a row.
    #[arg(long, help_heading = FORM)]
    unfolded: bool,
    /// List the reasons of every cell below the table.
    #[arg(long, help_heading = FORM)]
    why: bool,
    /// Print a table in Markdown.
    #[arg(long, help_heading = FORM, conflicts_with = "html")]
    markdown: bool,
    /// Print a page of HTML that needs nothing else; a cell shows its reasons when it is pointed at.
    #[arg(long, help_heading = FORM)]
    html: bool,
}

const AFTER: &str = "\
Exit status:
  0  printed
  2  the input cannot be used, or names somebody or something that is not there

With --json, one object is printed: format bailiwick/matrix, the sides, the actions, and the rows with every cell and its
reasons; or, with exit status 2:
  {\"problems\": [{\"file\", \"line\"?, \"column\"?, \"code\", \"message\", \"pointer\"?}, ...]}";

const WHOSE: &str = "Whose rights, and when";
const FORM: &str = "What to show, and how";

/// Whose rights: one of the three.
#[derive(Args)]
#[command(next_help_heading = WHOSE)]
#[group(required = true, multiple = false)]
struct Whose {
    /// Everything that this user may do.
    #[arg(long, value_name = "USER")]
    user: Option<String>,
    /// Everything that this role gives.
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Everything that a visitor who has not signed in may do.
    #[arg(long)]
    anonymous: bool,
}

/// Whom to set beside: one at most.
#[derive(Args)]
#[command(next_help_heading = WHOSE)]
#[group(multiple = false)]
struct Against {
    /// Set this user beside.
    #[arg(long, value_name = "USER")]
    against_user: Option<String>,
    /// Set this role beside.
    #[arg(long, value_name = "ROLE")]
    against_role: Option<String>,
}

impl MatrixArgs {
    pub(crate) fn run(&self) -> Output {
        let matrix = self.documents.compile().and_then(|snapshot| self.matrix(&snapshot));
        matrix.map_or_else(|problems| Output::unusable(&problems), |matrix| self.print(&matrix))
    }

    fn matrix(&self, snapshot: &Snapshot) -> Result<Matrix, Vec<Complaint>> {
        let at = self.at.unwrap_or_else(|| SystemTime::now().into());
        let asked = Asked { snapshot, at, circumstances: &self.circumstances };
        let Whose { user, role, .. } = &self.whose;
        let one = asked.side(user.as_deref(), "--user", role.as_deref(), "--role");
        let one = one.unwrap_or_else(|| asked.visitor());
        let Against { against_user: user, against_role: role } = &self.against;
        let other =
            asked.side(user.as_deref(), "--against-user", role.as_deref(), "--against-role").transpose();
        let entity = self.entity.as_ref().map(|key| asked.entity(key)).transpose();
        match (one, other, entity) {
            (Ok(one), Ok(other), Ok(entity)) => {
                let matrix = other.iter().fold(one, Matrix::beside);
                Ok(entity.iter().fold(matrix, Matrix::about))
            }
            (one, other, entity) => {
                Err([one.err(), other.err(), entity.err()].into_iter().flatten().flatten().collect())
            }
        }
    }

    fn print(&self, matrix: &Matrix) -> Output {
        let sheet = matrix.sheet();
        let sheet = if self.unfolded { sheet.unfolded() } else { sheet };
        let sheet = if self.why { sheet.with_reasons() } else { sheet };
        let text = match (self.html, self.markdown) {
            (true, _) => sheet.to_html(),
            (_, true) => sheet.to_markdown(),
            _ => sheet.to_text(),
        };
        Output { json: matrix.to_json(), ..Output::text(&text) }
    }
}

/// What was asked: in which snapshot, when, and in which circumstances.
struct Asked<'a> {
    snapshot: &'a Snapshot,
    at: Moment,
    circumstances: &'a [String],
}

impl Asked<'_> {
    /// The matrix of the user or of the role, whichever is named.
    fn side(
        &self,
        user: Option<&str>,
        user_argument: &str,
        role: Option<&str>,
        role_argument: &str,
    ) -> Option<Result<Matrix, Vec<Complaint>>> {
        match (user, role) {
            (Some(key), _) => Some(self.user(key, user_argument)),
            (None, Some(key)) => Some(self.role(key, role_argument)),
            (None, None) => None,
        }
    }

    fn user(&self, key: &str, argument: &str) -> Result<Matrix, Vec<Complaint>> {
        let user = self.snapshot.user(key).ok_or_else(|| unknown(argument, "directory", "user", key))?;
        self.in_circumstances(self.snapshot.access(user, self.at))
    }

    fn visitor(&self) -> Result<Matrix, Vec<Complaint>> {
        self.in_circumstances(self.snapshot.anonymous_access(self.at))
    }

    fn in_circumstances(&self, access: bailiwick::Access<'_>) -> Result<Matrix, Vec<Complaint>> {
        let mut circumstances = Vec::new();
        for key in self.circumstances {
            let circumstance = self.snapshot.circumstance(key);
            let missing = || unknown("--circumstance", "vocabulary", "circumstance", key);
            circumstances.push(circumstance.ok_or_else(missing)?);
        }
        Ok(access.in_circumstances(circumstances).matrix())
    }

    fn role(&self, key: &str, argument: &str) -> Result<Matrix, Vec<Complaint>> {
        self.snapshot.role_matrix(key).ok_or_else(|| unknown(argument, "policy", "role", key))
    }

    fn entity(&self, key: &str) -> Result<Key<Entity>, Vec<Complaint>> {
        let known = self.snapshot.entity(key).is_some();
        known.then(|| Key::new(key)).ok_or_else(|| unknown("--entity", "vocabulary", "entity", key))
    }
}

fn unknown(argument: &str, part: &str, noun: &str, key: &str) -> Vec<Complaint> {
    vec![Complaint::whole(argument, "unknown", format!("the {part} has no {noun} `{key}`"))]
}
