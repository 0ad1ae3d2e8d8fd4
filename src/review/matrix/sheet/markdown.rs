//! A table in Markdown. What is set here is bold, what is inherited stands in parentheses, for there is no grey.

use crate::review::matrix::cell::{Column, Contrast, Line, Origin};
use crate::review::matrix::sheet::shown::{Note, Shown};
use crate::review::matrix::sheet::{Group, Sheet, legend};

/// The whole sheet.
pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let groups = sheet.groups();
    let mut text = String::new();
    for side in &sheet.matrix.sides {
        let heading = [side.title(), side.of.occasion()].join(", ");
        text += &format!("### Rights of {}\n\n", escaped(heading.trim_end_matches(", ")));
        for holding in &side.roles {
            let held = if holding.is_held() { "held" } else { "not held now" };
            let ways: Vec<String> = holding.ways.iter().map(ToString::to_string).collect();
            text += &format!(
                "- role {}, {held}: {}\n",
                code(&holding.role.to_string()),
                escaped(&ways.join("; "))
            );
        }
        side.door().into_iter().for_each(|door| text += &format!("- {door}\n"));
        text += "\n";
    }
    text += &table(sheet, &groups);
    let marks = legend::marks(sheet, &groups);
    text += if marks.is_empty() { "" } else { "\n" };
    marks.iter().for_each(|mark| text += &format!("- {} {}\n", mark.markdown_sign, escaped(&mark.meaning)));
    text += &notes(sheet, &groups);
    text += &reasons(sheet, &groups);
    text
}

fn table(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> String {
    let columns = sheet.columns();
    let several = sheet.matrix.sides.len() > 1;
    let mut heading = vec!["place".to_owned()];
    heading.extend(several.then(|| "side".to_owned()));
    heading.extend(columns.iter().map(|column| escaped(&sheet.heading(*column))));
    let mut text = line(&heading) + &line(&vec!["---".to_owned(); heading.len()]);
    for group in groups {
        for (at, (side, cells)) in sheet.matrix.sides.iter().zip(&group.row.lines).enumerate() {
            let mut row = vec![if at == 0 { name(group) } else { String::new() }];
            row.extend(several.then(|| escaped(&side.label)));
            row.extend(columns.iter().map(|column| cell(sheet, group, cells, *column)));
            text += &line(&row);
        }
    }
    text
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn name(group: &Group<'_>) -> String {
    let place = code(&group.row.place.to_string());
    match group.below.len() {
        0 => place,
        count => format!("{place} and {count} below"),
    }
}

fn cell(sheet: &Sheet<'_>, group: &Group<'_>, line: &Line, column: Column) -> String {
    sheet.shown(group.row, line, column).map(|shown| value(&shown)).unwrap_or_default()
}

fn value(shown: &Shown) -> String {
    let text = escaped(&shown.text);
    let text = match shown.origin {
        Some(Origin::Explicit) => format!("**{text}**"),
        Some(Origin::Inherited) => format!("({text})"),
        None | Some(Origin::Nothing) => text,
        Some(Origin::Administrator | Origin::Settings | Origin::MovesFreely) => format!("_{text}_"),
    };
    let stands = if shown.standing.is_some() { "\\*" } else { "" };
    let narrowed = if shown.narrowed { "!" } else { "" };
    let contrast = match shown.contrast {
        Contrast::Same => "",
        Contrast::Said => " \\~",
        Contrast::Effect => " ≠",
    };
    format!("{text}{stands}{narrowed}{contrast}")
}

fn notes(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> String {
    let several = sheet.matrix.sides.len() > 1;
    let line = |note: &Note| {
        let side = if several { format!("{}: ", escaped(&note.side)) } else { String::new() };
        format!(
            "- {side}{} {}: {}\n",
            code(&note.place.to_string()),
            escaped(&note.column),
            escaped(&note.text)
        )
    };
    let lines: String = sheet.notes(groups).iter().map(line).collect();
    if lines.is_empty() { lines } else { format!("\n#### Notes\n\n{lines}") }
}

fn reasons(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> String {
    let mut text = String::new();
    for (row, side, line, column) in sheet.cells(groups).into_iter().filter(|_| sheet.reasons) {
        let Some(shown) = sheet.shown(row, line, column) else { continue };
        let side =
            if sheet.matrix.sides.len() > 1 { format!("{}: ", escaped(&side.label)) } else { String::new() };
        let (place, column) = (code(&row.place.to_string()), escaped(&sheet.heading(column)));
        let reasons: Vec<String> = shown.reasons.iter().map(|reason| escaped(reason)).collect();
        text += &format!("- {side}{place} {column} {}: {}\n", value(&shown), reasons.join("; "));
    }
    if text.is_empty() {
        return text;
    }
    format!("\n<details><summary>Reasons</summary>\n\n{text}\n</details>\n")
}

/// Text in which nothing acts as Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '|' | '~' | '#' | '$' | '!' | ':' | '@' => {
                escaped.extend(['\\', c]);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

/// A key as code: fenced by more backticks than stand in it, and with the bars that would end a cell escaped.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", text.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn code_is_fenced_by_more_than_stands_in_it() {
        assert_eq!(code("deal"), "`deal`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("``x|y"), "``` ``x\\|y ```");
    }

    #[test]
    fn nothing_in_a_text_acts() {
        assert_eq!(escaped("<b>|*x*"), "&lt;b&gt;\\|\\*x\\*");
    }
}
