//! One page of HTML that needs nothing else.
//!
//! Everything that a key could have written goes through [`Text`]. Own code and not a crate: what is escaped stands between
//! tags or in a quoted attribute and nowhere else, for which five characters matter, and templates would bring a compiler
//! of their own.
//!
//! Deliberately absent: scripts. The reasons of a cell are a box that the style sheet shows while the cell is pointed at or
//! has the focus, which a tap gives it too. Without a script the tab key cannot walk in two directions, so it stops only at
//! cells that have something new to say.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use crate::reason::Holding;
use crate::review::matrix::cell::{Column, Contrast, Origin};
use crate::review::matrix::sheet::shown::{Loss, Note, Shown};
use crate::review::matrix::sheet::{Group, Sheet, Track, finer, legend};
use crate::review::matrix::{Matrix, Side};

const STYLE: &str = include_str!("page.css");

/// Text between tags or in a quoted attribute.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            _ => f.write_char(c),
        })
    }
}

/// The whole page.
pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let groups = sheet.groups();
    let mut page = Page { sheet, html: String::new(), boxes: 0, said: BTreeMap::new() };
    // Writing to a string does not fail.
    let _ = page.whole(&groups);
    page.html
}

/// A page that is being written.
struct Page<'a, 'm> {
    sheet: &'a Sheet<'m>,
    html: String,
    /// How many boxes of reasons there are so far.
    boxes: usize,
    /// What the last cell said, by its entity, its line and its column.
    said: BTreeMap<(String, String, String), (Contrast, Vec<String>)>,
}

impl Page<'_, '_> {
    fn whole(&mut self, groups: &[Group<'_>]) -> fmt::Result {
        let title = title(self.sheet.matrix);
        write!(
            self.html,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
            Text(&title)
        )?;
        self.header()?;
        self.html.write_str("<main>\n")?;
        self.legend(groups)?;
        self.table(groups)?;
        self.notes(groups)?;
        self.html.write_str("</main>\n</body>\n</html>\n")
    }

    fn header(&mut self) -> fmt::Result {
        self.html.write_str("<header>\n<h1>Rights of ")?;
        let sides = &self.sheet.matrix.sides;
        for (at, side) in sides.iter().enumerate() {
            let between = if at > 0 { " <span class=\"and\">and</span> " } else { "" };
            let name = if sides.len() > 1 { &side.label } else { &side.title() };
            write!(self.html, "{between}<bdi>{}</bdi>", Text(name))?;
        }
        self.html.write_str("</h1>\n<div class=\"sides\">\n")?;
        sides.iter().try_for_each(|side| self.side(side))?;
        self.html.write_str("</div>\n</header>\n")
    }

    fn side(&mut self, side: &Side) -> fmt::Result {
        self.html.write_str("<section class=\"side\">\n")?;
        if self.sheet.matrix.sides.len() > 1 {
            writeln!(self.html, "<h2><bdi>{}</bdi></h2>", Text(&side.title()))?;
        }
        write!(self.html, "<p>{}</p>\n<ul>\n", Text(&side.of.occasion()))?;
        self.roles(&side.roles)?;
        for restraint in &side.limits {
            let restraint = restraint.to_string();
            let lines: Vec<&str> = restraint.lines().map(str::trim).collect();
            writeln!(self.html, "<li>{}</li>", Text(&lines.join(": ")))?;
        }
        for other in &side.others {
            write!(self.html, "<li>{}<ul>", Text(&other.perspective.to_string()))?;
            self.roles(&other.roles)?;
            self.html.write_str("</ul></li>\n")?;
        }
        side.door().iter().try_for_each(|door| writeln!(self.html, "<li>{door}</li>"))?;
        self.html.write_str("</ul>\n</section>\n")
    }

    fn roles(&mut self, roles: &[Holding]) -> fmt::Result {
        roles.iter().try_for_each(|holding| {
            let held = if holding.is_held() { "" } else { ", not held now" };
            let ways: Vec<String> = holding.ways.iter().map(ToString::to_string).collect();
            write!(self.html, "<li>role <b><bdi>{}</bdi></b>{held} ", Text(&holding.role.to_string()))?;
            writeln!(self.html, "<small>{}</small></li>", Text(&ways.join("; ")))
        })
    }

    fn legend(&mut self, groups: &[Group<'_>]) -> fmt::Result {
        self.html.write_str("<ul class=\"legend\" aria-label=\"Legend\">\n")?;
        for mark in legend::marks(self.sheet, groups) {
            let (sign, class) = mark.page_sign;
            writeln!(self.html, "<li><b class=\"{class}\">{sign}</b> {}</li>", Text(&mark.meaning))?;
        }
        self.html.write_str("</ul>\n")
    }

    fn table(&mut self, groups: &[Group<'_>]) -> fmt::Result {
        let columns = self.sheet.columns();
        self.html.write_str(
            "<p class=\"hint\">Point at a cell, tap it or move the focus to it to see where it comes from. \
             The tab key stops where there is something new.</p>\n\
             <div class=\"scroll\" role=\"region\" aria-labelledby=\"caption\" tabindex=\"0\">\n<table>\n\
             <caption id=\"caption\">How far each action reaches at each place</caption>\n\
             <thead>\n<tr><th scope=\"col\">place</th>",
        )?;
        for column in &columns {
            write!(self.html, "<th scope=\"col\"><bdi>{}</bdi></th>", Text(&self.sheet.heading(*column)))?;
        }
        self.html.write_str("</tr>\n</thead>\n")?;
        let several = self.sheet.is_several();
        let together = |one: &Group<'_>, other: &Group<'_>| {
            !several && one.row.place.entity_key() == other.row.place.entity_key()
        };
        for groups in groups.chunk_by(together) {
            self.html.write_str("<tbody>\n")?;
            for group in groups {
                match self.sheet.tracks(group.row).as_slice() {
                    [only] => self.only_line(group, only, &columns)?,
                    several => self.lines(group, several, &columns)?,
                }
            }
            self.html.write_str("</tbody>\n")?;
        }
        self.html.write_str("</table>\n</div>\n")
    }

    /// The line of a place, which carries its name.
    fn only_line(&mut self, group: &Group<'_>, track: &Track<'_>, columns: &[Column]) -> fmt::Result {
        write!(self.html, "<tr class=\"{}\"><th scope=\"row\">", grain(group))?;
        self.name(group)?;
        self.html.write_str("</th>")?;
        columns.iter().try_for_each(|column| self.cell(track, *column))?;
        self.html.write_str("</tr>\n")
    }

    /// The name of a place, and its lines.
    fn lines(&mut self, group: &Group<'_>, tracks: &[Track<'_>], columns: &[Column]) -> fmt::Result {
        let across = columns.len() + 1;
        let class = grain(group);
        write!(self.html, "<tr class=\"{class} place\"><th scope=\"rowgroup\" colspan=\"{across}\"><div>")?;
        self.name(group)?;
        self.html.write_str("</div></th></tr>\n")?;
        tracks.iter().try_for_each(|track| {
            let class = if track.is_own() { "line" } else { "line other" };
            write!(
                self.html,
                "<tr class=\"{class}\"><th scope=\"row\"><bdi>{}</bdi></th>",
                Text(&track.label())
            )?;
            columns.iter().try_for_each(|column| self.cell(track, *column))?;
            self.html.write_str("</tr>\n")
        })
    }

    fn name(&mut self, group: &Group<'_>) -> fmt::Result {
        write!(self.html, "<bdi>{}</bdi>", Text(&group.name()))?;
        if group.below.is_empty() {
            return Ok(());
        }
        let count = group.below.len();
        write!(self.html, "<details><summary>and {count} below</summary>")?;
        self.names(group)?;
        write!(self.html, "</details><p class=\"below\">and {count} below: ")?;
        self.names(group)?;
        self.html.write_str("</p>")
    }

    /// The places that a line stands for besides its own.
    fn names(&mut self, group: &Group<'_>) -> fmt::Result {
        for (at, place) in group.below.iter().enumerate() {
            let between = if at > 0 { ", " } else { "" };
            write!(self.html, "{between}<bdi>{}</bdi>", Text(&finer(place).unwrap_or_default()))?;
        }
        Ok(())
    }

    fn cell(&mut self, track: &Track<'_>, column: Column) -> fmt::Result {
        let Some(shown) = self.sheet.shown(track, column) else {
            return self.html.write_str("<td class=\"absent\"></td>");
        };
        self.boxes += 1;
        let stop = if self.is_news(track, column, &shown) { 0 } else { -1 };
        let (classes, text) = (classes(&shown), if shown.text == "-" { "–" } else { &shown.text });
        write!(
            self.html,
            "<td class=\"{classes}\" tabindex=\"{stop}\" aria-describedby=\"b{}\">",
            self.boxes
        )?;
        write!(self.html, "<bdi>{}</bdi>{}", Text(text), signs(&shown))?;
        write!(self.html, "<div class=\"box\" role=\"tooltip\" id=\"b{}\">", self.boxes)?;
        let (place, column) = (track.row.place.to_string(), self.sheet.heading(column));
        write!(self.html, "<p><bdi>{}</bdi> · <bdi>{}</bdi></p><ul>", Text(&place), Text(&column))?;
        shown.reasons.iter().try_for_each(|reason| write!(self.html, "<li>{}</li>", Text(reason)))?;
        self.html.write_str("</ul></div></td>")
    }

    /// Whether the keyboard stops at a cell: not where the box would say what that of a cell above in the entity says, or that
    /// nobody says anything. Every reason is still come by.
    fn is_news(&mut self, track: &Track<'_>, column: Column, shown: &Shown) -> bool {
        let (entity, heading) = (track.row.place.entity_key().to_string(), self.sheet.heading(column));
        let said = (shown.contrast, shown.reasons.clone());
        let before = self.said.insert((entity, track.label(), heading), said.clone());
        let is_silent = shown.origin == Some(Origin::Nothing) && shown.contrast == Contrast::Same;
        !is_silent && before != Some(said)
    }

    fn notes(&mut self, groups: &[Group<'_>]) -> fmt::Result {
        let notes = self.sheet.notes(groups);
        if notes.is_empty() {
            return Ok(());
        }
        self.html.write_str("<section class=\"notes\">\n<h2>Notes</h2>\n<ul>\n")?;
        notes.iter().try_for_each(|note| self.note(note))?;
        self.html.write_str("</ul>\n</section>\n")
    }

    fn note(&mut self, note: &Note) -> fmt::Result {
        self.html.write_str("<li>")?;
        if self.sheet.is_several() {
            write!(self.html, "<bdi>{}</bdi> · ", Text(&note.label))?;
        }
        write!(
            self.html,
            "<b><bdi>{}</bdi> · <bdi>{}</bdi></b> ",
            Text(&note.place.to_string()),
            Text(&note.column)
        )?;
        writeln!(self.html, "{}</li>", Text(&note.text))
    }
}

fn title(matrix: &Matrix) -> String {
    let labels: Vec<&str> = matrix.sides.iter().map(|side| side.label.as_str()).collect();
    format!("Rights of {}", labels.join(" and "))
}

fn grain(group: &Group<'_>) -> &'static str {
    if group.is_entity() { "entity" } else { "finer" }
}

fn classes(shown: &Shown) -> String {
    let origin = match shown.origin {
        None => "entering",
        Some(Origin::Explicit) => "explicit",
        Some(Origin::Inherited) => "inherited",
        Some(Origin::Nothing) => "nothing",
        Some(Origin::Administrator | Origin::Settings | Origin::MovesFreely) => "unasked",
    };
    let contrast = match shown.contrast {
        Contrast::Same => "",
        Contrast::Said => " said",
        Contrast::Effect => " differs",
    };
    let loss = if shown.loss == Loss::All { " lost" } else { "" };
    format!("{origin}{contrast}{loss}")
}

/// The marks behind the text of a cell, each with its meaning for who does not see it.
fn signs(shown: &Shown) -> String {
    let contrast = match shown.contrast {
        Contrast::Same => None,
        Contrast::Said => Some(("~", "set elsewhere".to_owned())),
        Contrast::Effect => Some(("≠", "differs".to_owned())),
    };
    let stands = shown.standing.as_ref().map(|relations| ("*", format!("also enough: {relations}")));
    let loss = match shown.loss {
        Loss::None => None,
        Loss::Some => Some((shown.loss.sign(), "less than it says".to_owned())),
        Loss::All => Some((shown.loss.sign(), "nothing in the end".to_owned())),
    };
    let signs = [stands, loss, contrast].into_iter().flatten();
    signs
        .map(|(sign, words)| format!("<abbr class=\"sign\" title=\"{}\">{sign}</abbr>", Text(&words)))
        .collect()
}
