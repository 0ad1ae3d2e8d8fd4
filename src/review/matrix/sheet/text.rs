//! Text for a terminal: columns of characters, split into several tables where one would be too wide.
//!
//! Deliberately absent: colours, and the widths that terminals draw characters at. What is inherited stands in parentheses.

use std::fmt;

use crate::review::matrix::cell::{Column, Contrast, Origin};
use crate::review::matrix::sheet::shown::{Note, Shown};
use crate::review::matrix::sheet::{Group, Sheet, Track, legend};

/// The most characters of a name or a value; longer ones are cut.
const LONGEST_NAME: usize = 40;
const LONGEST_VALUE: usize = 18;
const BETWEEN: &str = "  ";

/// The whole sheet.
pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let groups = sheet.groups();
    let mut text = String::new();
    for side in &sheet.matrix.sides {
        text += &format!("{}\n", side.heading());
        side.roles.iter().for_each(|holding| text += &holding.to_string());
        side.limits.iter().for_each(|restraint| text += &restraint.to_string());
        for other in &side.others {
            text += &format!("  {}\n", other.perspective);
            let roles: String = other.roles.iter().map(ToString::to_string).collect();
            roles.lines().for_each(|line| text += &format!("  {line}\n"));
        }
        side.door().into_iter().for_each(|door| text += &format!("  {door}\n"));
    }
    for table in tables(sheet, &groups) {
        text += "\n";
        text += &table;
    }
    let marks = legend::marks(sheet, &groups);
    text += if marks.is_empty() { "" } else { "\n" };
    let widest = marks.iter().map(|mark| count(mark.text_sign)).max().unwrap_or(0);
    marks
        .iter()
        .for_each(|mark| text += &format!("  {}{BETWEEN}{}\n", padded(mark.text_sign, widest), mark.meaning));
    text += &notes(sheet, &groups);
    text += &reasons(sheet, &groups);
    text
}

/// A table of characters. The first cell of each line is its name.
struct Table {
    heading: Vec<String>,
    /// The lines of each place.
    places: Vec<Vec<Vec<String>>>,
}

/// As many tables as it takes for none to be too wide.
fn tables(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> Vec<String> {
    let whole = whole(sheet, groups);
    let mut widths = whole.widths().into_iter();
    let name = widths.next().unwrap_or(0);
    let mut parts: Vec<(usize, Vec<usize>)> = Vec::new();
    for (column, width) in widths.enumerate() {
        let wider = BETWEEN.len() + width;
        match parts.last_mut().filter(|(taken, _)| taken + wider <= sheet.width) {
            Some((taken, columns)) => {
                *taken += wider;
                columns.push(column + 1);
            }
            None => parts.push((name + wider, vec![0, column + 1])),
        }
    }
    parts.iter().map(|(_, columns)| whole.part(columns).to_string()).collect()
}

fn whole(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> Table {
    let columns = sheet.columns();
    let headings = columns.iter().map(|column| cut(&sheet.heading(*column), LONGEST_VALUE));
    let lines = |group: &Group<'_>| {
        let cells =
            |it: &Track<'_>| columns.iter().map(|column| cell(sheet, it, *column)).collect::<Vec<_>>();
        let tracks = sheet.tracks(group.row);
        if let [only] = tracks.as_slice() {
            return vec![[vec![name(group)], cells(only)].concat()];
        }
        let labelled = |track: &Track<'_>| {
            let label = format!("    {}", cut(&track.label(), LONGEST_NAME));
            [vec![label], cells(track)].concat()
        };
        std::iter::once(vec![name(group)]).chain(tracks.iter().map(labelled)).collect()
    };
    Table {
        heading: std::iter::once(String::new()).chain(headings).collect(),
        places: groups.iter().map(lines).collect(),
    }
}

fn name(group: &Group<'_>) -> String {
    let name = cut(&group.name(), LONGEST_NAME);
    let indent = if group.is_entity() { "" } else { "  " };
    let below = match group.below.len() {
        0 => String::new(),
        count => format!(" (and {count} below)"),
    };
    format!("{indent}{name}{below}")
}

fn cell(sheet: &Sheet<'_>, track: &Track<'_>, column: Column) -> String {
    sheet.shown(track, column).map(|shown| value(&shown)).unwrap_or_default()
}

fn value(shown: &Shown) -> String {
    let text = cut(&shown.text, LONGEST_VALUE);
    let text = match shown.origin {
        None | Some(Origin::Explicit | Origin::Nothing) => text,
        Some(Origin::Inherited) => format!("({text})"),
        Some(Origin::Administrator | Origin::Settings | Origin::MovesFreely) => format!("[{text}]"),
    };
    let stands = if shown.standing.is_some() { "*" } else { "" };
    let loss = shown.loss.sign();
    let contrast = match shown.contrast {
        Contrast::Same => "",
        Contrast::Said => " ~",
        Contrast::Effect => " ≠",
    };
    format!("{text}{stands}{loss}{contrast}")
}

impl Table {
    fn lines(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.heading).chain(self.places.iter().flatten())
    }

    fn widths(&self) -> Vec<usize> {
        let width = |at: usize| self.lines().filter_map(|line| line.get(at)).map(|cell| count(cell)).max();
        (0..self.heading.len()).map(|at| width(at).unwrap_or(0)).collect()
    }

    /// These columns, with the places for which anything stands in them.
    fn part(&self, columns: &[usize]) -> Self {
        let pick =
            |line: &Vec<String>| columns.iter().filter_map(|at| line.get(*at)).cloned().collect::<Vec<_>>();
        let places = self.places.iter().map(|lines| lines.iter().map(pick).collect::<Vec<_>>());
        let says_something = |lines: &Vec<Vec<String>>| {
            lines.iter().any(|line| line.iter().skip(1).any(|cell| !cell.is_empty()))
        };
        Self { heading: pick(&self.heading), places: places.filter(says_something).collect() }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        self.lines().try_for_each(|line| {
            let cells: Vec<String> =
                line.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
            writeln!(f, "{}", cells.join(BETWEEN).trim_end())
        })
    }
}

fn notes(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> String {
    let line = |note: &Note| {
        let whose = if sheet.is_several() { format!("{}: ", note.label) } else { String::new() };
        format!("  {whose}{} {}: {}\n", note.place, note.column, note.text)
    };
    let lines: String = sheet.notes(groups).iter().map(line).collect();
    if lines.is_empty() { lines } else { format!("\nnotes\n{lines}") }
}

/// Every cell with all that there is to say of it, if that is wanted.
fn reasons(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> String {
    let mut text = String::new();
    for (track, column) in sheet.cells(groups).into_iter().filter(|_| sheet.reasons) {
        let Some(shown) = sheet.shown(&track, column) else { continue };
        let whose = if sheet.is_several() { format!("{}: ", track.label()) } else { String::new() };
        text += &format!("  {whose}{} {}: {}\n", track.row.place, sheet.heading(column), value(&shown));
        shown.reasons.iter().for_each(|reason| text += &format!("    {reason}\n"));
    }
    if text.is_empty() { text } else { format!("\nreasons\n{text}") }
}

fn count(text: &str) -> usize {
    text.chars().count()
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(count(text))))
}

/// The text, with an ellipsis where it is too long.
fn cut(text: &str, longest: usize) -> String {
    if count(text) <= longest {
        return text.to_owned();
    }
    text.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
}
