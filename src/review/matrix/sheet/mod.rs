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
        let moves = |(line, above): (&Line, &Line)| {
            let inherited = above.moves.iter().flat_map(|moves| &moves.stages);
            let inherited = inherited.filter(|stage| is_move(&row.place, stage));
            line.moves.iter().flat_map(|moves| &moves.stages).eq(inherited)
        };
        let same = |(line, above): (&Line, &Line)| {
            !line.says_something() && line.equals(above) && line.views().zip(above.views()).all(moves)
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

    /// The lines of a row: of each side, first his own and then his other views.
    fn tracks(&self, row: &'m Row) -> Vec<Track<'m>> {
        let sides = self.matrix.sides.iter().zip(&row.lines);
        let tracks = sides.flat_map(|(side, line)| line.views().map(move |line| Track { row, side, line }));
        tracks.collect()
    }

    /// Whether a row has several lines.
    fn is_several(&self) -> bool {
        self.matrix.rows.first().is_some_and(|row| self.tracks(row).len() > 1)
    }

    /// Every cell of every line, row by row.
    fn cells(&self, groups: &[Group<'m>]) -> Vec<(Track<'m>, Column)> {
        let columns = self.columns();
        let tracks = groups.iter().flat_map(|group| self.tracks(group.row));
        tracks.flat_map(|track| columns.iter().map(move |column| (track, *column))).collect()
    }

    /// How the sides compare, as far as it is worth a mark: only between roles does it matter where something is set.
    fn contrast(&self, row: &Row, column: Column) -> Contrast {
        let roles = self.matrix.sides.iter().all(|side| matches!(side.of, Whose::Role(_)));
        let contrast = row.contrast(column);
        if contrast == Contrast::Said && !roles { Contrast::Same } else { contrast }
    }

    fn heading(&self, column: Column) -> String {
        match column {
            Column::Entering => "enters".to_owned(),
            Column::Action(at) => self.matrix.actions.get(at).map(ToString::to_string).unwrap_or_default(),
            Column::Moves => "moves to".to_owned(),
        }
    }
}

/// One line of a row: what one side has through one view.
#[derive(Clone, Copy)]
struct Track<'m> {
    row: &'m Row,
    side: &'m Side,
    line: &'m Line,
}

impl Track<'_> {
    fn is_own(&self) -> bool {
        self.line.perspective.is_none()
    }

    /// What the line is called beside others.
    fn label(&self) -> String {
        self.line.perspective.as_ref().map_or(self.side.label.clone(), ToString::to_string)
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
    /// What the side is called, if that is not its key.
    fn called(&self) -> Option<&str> {
        let key = match &self.of {
            Whose::Role(key) => key.to_string(),
            Whose::User { who, .. } => who.to_string(),
        };
        (self.label != key).then_some(&self.label)
    }

    /// Whose rights it shows, in words; first what it is called.
    fn title(&self) -> String {
        let called = self.called().map(|label| format!("{label}: ")).unwrap_or_default();
        format!("{called}{}", self.of.name())
    }

    /// The same, and when.
    fn heading(&self) -> String {
        let called = self.called().map(|label| format!("{label}: ")).unwrap_or_default();
        let occasion = self.of.occasion();
        let comma = if occasion.is_empty() { "" } else { ", " };
        format!("{called}rights of {}{comma}{occasion}", self.of.name())
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
