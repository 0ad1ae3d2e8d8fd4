//! What the marks on the paper mean: those that are on it, and no others.

use crate::review::matrix::cell::{Contrast, Origin};
use crate::review::matrix::sheet::shown::{Loss, Shown};
use crate::review::matrix::sheet::{Group, Sheet};

/// One mark and what it means.
pub(super) struct Mark {
    /// How the text shows it.
    pub(super) text_sign: &'static str,
    /// How Markdown shows it.
    pub(super) markdown_sign: &'static str,
    /// How a page shows it, and in which class.
    pub(super) page_sign: (&'static str, &'static str),
    pub(super) meaning: String,
}

/// The marks that occur, in a fixed order.
pub(super) fn marks(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> Vec<Mark> {
    let shown = all(sheet, groups);
    let has = |is: &dyn Fn(&Shown) -> bool| shown.iter().any(is);
    let origin = |origin: Origin| has(&|it| it.origin == Some(origin));
    let mut marks = Vec::new();
    let mut add = |occurs: bool, text_sign, markdown_sign, page_sign, meaning: &str| {
        if occurs {
            marks.push(Mark { text_sign, markdown_sign, page_sign, meaning: meaning.to_owned() });
        }
    };
    add(origin(Origin::Explicit), "own", "**own**", ("own", "explicit"), "set at this place");
    add(origin(Origin::Inherited), "(own)", "(own)", ("own", "inherited"), "inherited from a place above");
    add(origin(Origin::Nothing), "-", "-", ("–", "nothing"), "nothing is said");
    let unasked = [
        (Origin::Administrator, "as an administrator"),
        (Origin::Settings, "included in the settings right"),
        (Origin::MovesFreely, "free for whoever may update the record"),
    ];
    let unasked = unasked.iter().filter(|(it, _)| origin(*it)).map(|(_, words)| *words).collect::<Vec<_>>();
    add(!unasked.is_empty(), "[all]", "_all_", ("all", "unasked"), &unasked.join(", or "));
    let mut standing: Vec<&String> = shown.iter().filter_map(|it| it.standing.as_ref()).collect();
    standing.sort_unstable();
    standing.dedup();
    let standing: Vec<String> = standing.into_iter().cloned().collect();
    let stands = "and what stands for whoever has the action anywhere in the entity: ";
    add(!standing.is_empty(), "*", "\\*", ("*", "sign"), &format!("{stands}{}", standing.join("; ")));
    let less = "less than it says: see the notes";
    add(has(&|it| it.loss == Loss::Some), "!", "!", ("!", "sign"), less);
    let nothing = "nothing in the end: see the notes";
    add(has(&|it| it.loss == Loss::All), "!!", "!!", ("!!", "sign"), nothing);
    add(
        has(&|it| it.contrast == Contrast::Effect),
        "≠",
        "≠",
        ("≠", "sign"),
        "the sides may do different things",
    );
    let said = "the sides come to the same, and one of them sets it here";
    add(has(&|it| it.contrast == Contrast::Said), "~", "\\~", ("~", "sign"), said);
    marks
}

fn all(sheet: &Sheet<'_>, groups: &[Group<'_>]) -> Vec<Shown> {
    sheet.cells(groups).iter().filter_map(|(track, column)| sheet.shown(track, *column)).collect()
}
