//! A matrix on paper: which of its rows and columns are shown, whatever the form.
//!
//! Deliberately absent: colours in the text, and scripts in the page.

mod html;
mod legend;
mod markdown;
mod shown;
mod text;

use std::fmt;

use crate::reason::Listed;
use crate::review::matrix::cell::{Column, Contrast, Line, Row};
use crate::review::matrix::{Matrix, Side, Whose};
use crate::vocabulary::{Grain, Place};

/// A [`Matrix`] as it is put on paper.
///
/// ```
/// use bailiwick::{crm, Directory, Policy, Snapshot};
///
/// let policy = Policy::new(crm::vocabulary()).roles(crm::roles());
/// let snapshot = Snapshot::compile(&policy, &Directory::new())?;
/// let reader = snapshot.role_matrix(crm::READER).expect("a default role").about(&crm::QUOTE.into());
/// assert_eq!(reader.sheet().to_text(), "\
/// rights of role reader
///   enters the application
///
///                      enters  read  create  update  delete  export  import  show_sums  personalize  moves to
/// quote (and 6 below)  yes     own*  -       -       -       -       -       -          -            -
///
///   own  set at this place
///   -    nothing is said
///   *    and what stands for whoever has the action anywhere in the entity: observed and flag:always_readable
/// ");
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'m> {
    matrix: &'m Matrix,
    unfolded: bool,
    reasons: bool,
    width: usize,
}

impl<'m> Sheet<'m> {
    const WIDTH: usize = 110;

    pub(super) fn new(matrix: &'m Matrix) -> Self {
        Self { matrix, unfolded: false, reasons: false, width: Self::WIDTH }
    }

    /// Gives every place a row. Otherwise a pipeline or stage at which nothing of its own is set, and at which everything
    /// comes to the same as above it, is only named there.
    #[must_use]
    pub fn unfolded(self) -> Self {
        Self { unfolded: true, ..self }
    }

    /// Lists the reasons of every cell below the table. A page of HTML has them at the cells in any case.
    #[must_use]
    pub fn with_reasons(self) -> Self {
        Self { reasons: true, ..self }
    }

    /// How many characters a line of text should have at most; 110 unless this is said. A wider table is split into several.
    #[must_use]
    pub fn width(self, characters: usize) -> Self {
        Self { width: characters, ..self }
    }

    /// As text for a terminal.
    ///
    /// Columns are laid out by counting characters; a terminal that draws some twice as wide shows their rows shifted.
    pub fn to_text(&self) -> String {
        text::render(self)
    }

    /// As a table in Markdown, as GitHub has it.
    pub fn to_markdown(&self) -> String {
        markdown::render(self)
    }

    /// As one page of HTML that needs nothing else: no network and no script. Light and dark, for a phone, a desk and paper; the
    /// reasons of a cell appear where it is pointed at, tapped or focused with the keyboard.
    pub fn to_html(&self) -> String {
        html::render(self)
    }

    /// The rows that are shown, each with the places that are folded into it.
    fn groups(&self) -> Vec<Group<'m>> {
        let mut groups: Vec<Group<'m>> = Vec::new();
        for row in &self.matrix.rows {
            let above = groups.iter().rposition(|group| lies_in(&row.place, &group.row.place));
            match above.and_then(|at| groups.get_mut(at)).filter(|above| self.folds(row, above.row)) {
                Some(above) => above.below.push(&row.place),
                None => groups.push(Group { row, below: Vec::new() }),
            }
        }
        groups
    }

    fn folds(&self, row: &Row, above: &Row) -> bool {
        let same = |(line, above): (&Line, &Line)| {
            let inherited = above.moves.iter().flat_map(|moves| &moves.stages);
            let inherited = inherited.filter(|stage| is_move(&row.place, stage));
            let moves = line.moves.iter().flat_map(|moves| &moves.stages);
            !line.says_something() && line.equals(above) && moves.eq(inherited)
        };
        !self.unfolded && row.lines.iter().zip(&above.lines).all(same)
    }

    /// The columns in which anything stands.
    fn columns(&self) -> Vec<Column> {
        let lines = || self.matrix.rows.iter().flat_map(|row| &row.lines);
        let entering = lines().any(|line| line.entering.is_some()).then_some(Column::Entering);
        let moves = lines().any(|line| line.moves.is_some()).then_some(Column::Moves);
        let actions = (0..self.matrix.actions.len()).map(Column::Action);
        entering.into_iter().chain(actions).chain(moves).collect()
    }

    /// How the sides compare, as far as it is worth a mark: only between roles does it matter where something is set.
    fn contrast(&self, row: &Row, column: Column) -> Contrast {
        let roles = self.matrix.sides.iter().all(|side| matches!(side.of, Whose::Role(_)));
        match row.contrast(column) {
            Contrast::Said if !roles => Contrast::Same,
            contrast => contrast,
        }
    }

    /// Every cell of every side, row by row.
    fn cells(&self, groups: &[Group<'m>]) -> Vec<(&'m Row, &'m Side, &'m Line, Column)> {
        let columns = self.columns();
        let mut cells = Vec::new();
        for row in groups.iter().map(|group| group.row) {
            for (side, line) in self.matrix.sides.iter().zip(&row.lines) {
                cells.extend(columns.iter().map(|column| (row, side, line, *column)));
            }
        }
        cells
    }

    fn heading(&self, column: Column) -> String {
        match column {
            Column::Entering => "enters".to_owned(),
            Column::Action(at) => self.matrix.actions.get(at).map(ToString::to_string).unwrap_or_default(),
            Column::Moves => "moves to".to_owned(),
        }
    }
}

/// A row that is shown, and the places that are folded into it.
struct Group<'m> {
    row: &'m Row,
    below: Vec<&'m Place>,
}

impl Group<'_> {
    /// What the row is called: the entity's key, or what of the place is finer.
    fn name(&self) -> String {
        finer(&self.row.place).unwrap_or_else(|| self.row.place.to_string())
    }

    fn is_entity(&self) -> bool {
        self.row.place.grain() == Grain::Entity
    }
}

/// The place without its entity.
fn finer(place: &Place) -> Option<String> {
    let pipeline = place.pipeline_key()?;
    Some(place.stage_key().map_or(pipeline.to_string(), |stage| format!("{pipeline}/{stage}")))
}

fn lies_in(place: &Place, other: &Place) -> bool {
    let same_pipeline = other.pipeline_key().is_none() || other.pipeline_key() == place.pipeline_key();
    other.entity_key() == place.entity_key() && other.grain() < place.grain() && same_pipeline
}

/// Whether a record at the place can be moved to the stage by a transition.
fn is_move(from: &Place, to: &Place) -> bool {
    let same_pipeline = from.pipeline_key().is_none() || from.pipeline_key() == to.pipeline_key();
    same_pipeline && from != to
}

impl Side {
    /// What the side shows, in words; first what it is called, if that is something else.
    fn title(&self) -> String {
        let name = self.of.name();
        let called = match &self.of {
            Whose::Role(key) => key.to_string(),
            Whose::User { .. } => name.clone(),
        };
        if self.label == called { name } else { format!("{}: {name}", self.label) }
    }

    /// Whether the application is entered, in words.
    fn door(&self) -> Option<&'static str> {
        let words = |enters| if enters { "enters the application" } else { "does not enter the application" };
        self.enters_application.map(words)
    }
}

impl Whose {
    fn name(&self) -> String {
        match self {
            Self::Role(key) => format!("role {key}"),
            Self::User { who, .. } => who.to_string(),
        }
    }

    /// When, and in which circumstances; nothing for a role.
    fn occasion(&self) -> String {
        match self {
            Self::User { at, circumstances, .. } if circumstances.is_empty() => format!("at {at}"),
            Self::User { at, circumstances, .. } => format!("at {at}, in {}", Listed(circumstances, "and")),
            Self::Role(_) => String::new(),
        }
    }
}

/// The [`Sheet`], as text.
impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sheet().to_text())
    }
}
