//! What stands in one cell of the paper, and what there is to say about it: the same words in every form.

use crate::reason::{Basis, Effect, Listed, Said};
use crate::review::matrix::cell::{Cell, Column, Contrast, Entering, Line, Moves, Origin};
use crate::review::matrix::sheet::{Group, Sheet, Track, lies_in};
use crate::vocabulary::Place;

/// One cell of the paper.
pub(super) struct Shown {
    pub(super) text: String,
    /// Where it comes from, if that is a question.
    pub(super) origin: Option<Origin>,
    /// Relations that stand besides, if any do.
    pub(super) standing: Option<String>,
    /// How much of it is lost: to prerequisites, to limits, or because it is not passed on.
    pub(super) loss: Loss,
    pub(super) contrast: Contrast,
    /// Why it is so, one sentence each.
    pub(super) reasons: Vec<String>,
}

/// How much of what a cell says is lost.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    None,
    Some,
    All,
}

impl Loss {
    /// The mark for it.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Some => "!",
            Self::All => "!!",
        }
    }

    fn of(cell: &Cell) -> Self {
        if losses(cell).is_empty() {
            Self::None
        } else if cell.is_nothing() {
            Self::All
        } else {
            Self::Some
        }
    }
}

/// What is worth saying below the table: in which cell of which line, and what.
pub(super) struct Note {
    pub(super) label: String,
    pub(super) place: Place,
    pub(super) column: String,
    pub(super) text: String,
}

impl Sheet<'_> {
    /// What stands in a column of a line, if anything can stand there.
    pub(super) fn shown(&self, track: &Track<'_>, column: Column) -> Option<Shown> {
        let line = track.line;
        let shown = match column {
            Column::Entering => entering(line.entering.as_ref()?),
            Column::Action(_) => right(line.cell(column)?),
            Column::Moves => moves(line.moves.as_ref()?),
        };
        let contrast = if track.is_own() { self.contrast(track.row, column) } else { Contrast::Same };
        Some(Shown { contrast, ..shown })
    }

    /// What surprises: roles that are silenced, and why a cell comes to less than it says. Each where it is seen first.
    pub(super) fn notes(&self, groups: &[Group<'_>]) -> Vec<Note> {
        let mut notes: Vec<Note> = Vec::new();
        for (track, column) in self.cells(groups) {
            for text in remarks(track.line, column) {
                let (label, column, place) = (track.label(), self.heading(column), &track.row.place);
                let above = |note: &Note| {
                    let same = (&note.label, &note.column, &note.text) == (&label, &column, &text);
                    same && lies_in(place, &note.place)
                };
                if !notes.iter().any(above) {
                    notes.push(Note { label, place: place.clone(), column, text });
                }
            }
        }
        notes
    }
}

fn right(cell: &Cell) -> Shown {
    let origin = cell.origin();
    let text = match (&cell.level, origin) {
        (Some(level), _) => level.to_string(),
        (None, Origin::Nothing) => "-".to_owned(),
        (None, _) => cell.given.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + "),
    };
    let standing = cell.standing.as_ref().map(|it| Listed(&it.relations, "and").to_string());
    let sentences = sentences(&cell.basis, cell.says.as_ref());
    let settings = cell.settings.as_ref().map(ToString::to_string);
    let stands = cell.standing.as_ref().map(ToString::to_string);
    Shown {
        text,
        origin: Some(origin),
        standing,
        loss: Loss::of(cell),
        contrast: Contrast::Same,
        reasons: sentences.into_iter().chain(settings).chain(stands).chain(losses(cell)).collect(),
    }
}

/// Why a cell comes to less than it says.
fn losses(cell: &Cell) -> Vec<String> {
    let required = cell.narrowed.iter().map(|it| match it.reach.as_slice() {
        [] => format!("{} is required as well, and not given", it.action),
        reach => format!("{} is required as well, and reaches only {}", it.action, Listed(reach, "or")),
    });
    let cut = cell.cut.as_ref().map(|cut| format!("limited by {}", Listed(&cut.by, "and")));
    required.chain(held_back(cell.passes)).chain(cut).collect()
}

/// What a substitution does not pass on.
fn held_back(passes: bool) -> Option<String> {
    (!passes).then(|| "not among what is passed on".to_owned())
}

/// Why there are fewer moves than roles and settings rights say.
fn fewer(moves: &Moves) -> impl Iterator<Item = String> {
    held_back(moves.passes).into_iter().chain(limited(moves))
}

fn moves(moves: &Moves) -> Shown {
    let origin = moves.origin();
    let text = if moves.anywhere {
        "any".to_owned()
    } else if origin == Origin::Nothing {
        "-".to_owned()
    } else if moves.stages.is_empty() {
        "none".to_owned()
    } else {
        let mut keys: Vec<String> = Vec::new();
        for key in moves.stages.iter().filter_map(|stage| stage.stage_key()).map(ToString::to_string) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys.join(", ")
    };
    let reasons = sentences(&moves.basis, moves.says.as_ref()).into_iter().chain(fewer(moves)).collect();
    let loss = if moves.passes { Loss::None } else { Loss::All };
    Shown { text, origin: Some(origin), standing: None, loss, contrast: Contrast::Same, reasons }
}

/// Why there are fewer moves than the settings right includes.
fn limited(moves: &Moves) -> Option<String> {
    let by = moves.limits.as_slice();
    (!by.is_empty()).then(|| format!("limited by {}", Listed(by, "and")))
}

/// Where a cell comes from. Who says nothing is left out, and of a role alone there is only what it says: nobody outvotes it.
fn sentences(basis: &Basis, says: Option<&Said>) -> Vec<String> {
    let voices = basis.voices().iter().filter(|voice| voice.said.is_some()).map(ToString::to_string);
    let heard = match basis {
        Basis::Roles(_) if says.is_some() => Vec::new(),
        Basis::Roles(voices) if voices.is_empty() => basis.sentences(),
        Basis::Roles(all) if all.iter().all(|voice| voice.said.is_none()) => {
            vec!["no role says anything of it".to_owned()]
        }
        Basis::Roles(_) => voices.collect(),
        Basis::Administrator | Basis::Settings | Basis::MovesFreely => basis.sentences(),
    };
    heard.into_iter().chain(says.map(ToString::to_string)).collect()
}

fn entering(entering: &Entering) -> Shown {
    let text = if entering.enters { "yes" } else { "no" }.to_owned();
    let reasons = match (entering.by.as_slice(), entering.enters) {
        (_, false) => vec!["reading is given nowhere in the entity".to_owned()],
        ([], true) => Vec::new(),
        (by, true) => vec![format!("reading is given in the entity by {}", Listed(by, "and"))],
    };
    Shown { text, origin: None, standing: None, loss: Loss::None, contrast: Contrast::Same, reasons }
}

/// What surprises in one cell.
fn remarks(line: &Line, column: Column) -> Vec<String> {
    let basis = match column {
        Column::Entering => None,
        Column::Action(_) => line.cell(column).map(|cell| &cell.basis),
        Column::Moves => line.moves.as_ref().map(|moves| &moves.basis),
    };
    let voices = basis.into_iter().flat_map(|basis| basis.voices());
    let silenced = voices.filter(|voice| matches!(voice.effect, Effect::Silenced { .. }));
    let lost = line.cell(column).map(losses).unwrap_or_default();
    let kept = line.moves.iter().filter(|_| column == Column::Moves).flat_map(fewer);
    silenced.map(ToString::to_string).chain(lost).chain(kept).collect()
}
