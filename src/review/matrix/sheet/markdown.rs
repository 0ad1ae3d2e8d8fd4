//! A table in Markdown. What is set here is bold, what is inherited stands in parentheses, for there is no grey.

use crate::reason::Holding;
use crate::review::matrix::cell::{Column, Contrast, Origin};
use crate::review::matrix::sheet::shown::{Note, Shown};
use crate::review::matrix::sheet::{Group, Sheet, Track, legend};

/// The whole sheet.
pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let groups = sheet.groups();
    let mut text = String::new();
    for side in &sheet.matrix.sides {
        text += &format!("### {}\n\n", escaped(&side.heading()));
        text += &roles(&side.roles, "");
        for restraint in &side.limits {
            let restraint = restraint.to_string();
            let lines: Vec<&str> = restraint.lines().map(str::trim).collect();
            text += &format!("- {}\n", escaped(&lines.join(": ")));
        }
        for other in &side.others {
            text += &format!("- {}\n{}", escaped(&other.perspective.to_string()), roles(&other.roles, "  "));
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

fn roles(roles: &[Holding], indent: &str) -> String {
    let role = |holding: &Holding| {
        let held = if holding.is_held() { "held" } else { "not held now" };
        let ways: Vec<String> = holding.ways.iter().map(ToString::to_string).collect();
        let role = code(&holding.role.to_string());
        format!("{indent}- role {role}, {held}: {}\n", escaped(&ways.join("; ")))
    };
    roles.iter().map(role).collect()
}

fn table(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> String {
    let columns = sheet.columns();
    let several = sheet.is_several();
    let mut heading = vec!["place".to_owned()];
    heading.extend(several.then(|| "whose".to_owned()));
    heading.extend(columns.iter().map(|column| escaped(&sheet.heading(*column))));
    let mut text = line(&heading) + &line(&vec!["---".to_owned(); heading.len()]);
    for group in groups {
        for (at, track) in sheet.tracks(group.row).iter().enumerate() {
            let mut row = vec![if at == 0 { name(group) } else { String::new() }];
            row.extend(several.then(|| escaped(&track.label())));
            row.extend(columns.iter().map(|column| cell(sheet, track, *column)));
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

fn cell(sheet: &Sheet<'_>, track: &Track<'_>, column: Column) -> String {
    sheet.shown(track, column).map(|shown| value(&shown)).unwrap_or_default()
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
    let loss = shown.loss.sign();
    let contrast = match shown.contrast {
        Contrast::Same => "",
        Contrast::Said => " \\~",
        Contrast::Effect => " ≠",
    };
    format!("{text}{stands}{loss}{contrast}")
}

fn notes(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> String {
    let line = |note: &Note| {
        let whose = if sheet.is_several() { format!("{}: ", escaped(&note.label)) } else { String::new() };
        let place = code(&note.place.to_string());
        format!("- {whose}{place} {}: {}\n", escaped(&note.column), escaped(&note.text))
    };
    let lines: String = sheet.notes(groups).iter().map(line).collect();
    if lines.is_empty() { lines } else { format!("\n#### Notes\n\n{lines}") }
}

fn reasons(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> String {
    let mut text = String::new();
    for (track, column) in sheet.cells(groups).into_iter().filter(|_| sheet.reasons) {
        let Some(shown) = sheet.shown(&track, column) else { continue };
        let whose = if sheet.is_several() { format!("{}: ", escaped(&track.label())) } else { String::new() };
        let (place, column) = (code(&track.row.place.to_string()), escaped(&sheet.heading(column)));
        let reasons: Vec<String> = shown.reasons.iter().map(|reason| escaped(reason)).collect();
        text += &format!("- {whose}{place} {column} {}: {}\n", value(&shown), reasons.join("; "));
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

/// A key as code; as plain text, if something in it would end the code or the cell.
fn code(text: &str) -> String {
    if text.contains(['`', '|', '\\', '<', '&']) { escaped(text) } else { format!("`{text}`") }
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn what_would_end_the_code_is_no_code() {
        assert_eq!(code("deal"), "`deal`");
        assert_eq!(code("a`b"), "a\\`b");
        assert_eq!(code("x\\|y"), "x\\\\\\|y");
    }

    #[test]
    fn nothing_in_a_text_acts() {
        assert_eq!(escaped("<b>|*x*"), "&lt;b&gt;\\|\\*x\\*");
    }
}
