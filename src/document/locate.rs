//! Where in the text of a document something stands.
//!
//! Positions are not kept while reading, for nearly all documents are right; they are found again when they are needed.

use std::collections::HashMap;

use super::problem::Position;
use super::scan::{Scanner, unquoted};
use super::strict::{Site, Step};

/// Finds in a document's text the value that a JSON pointer (RFC 6901) leads to, such as that of a
/// [`Location`](crate::Location). Nothing, if there is no such value.
///
/// ```
/// use bailiwick::locate;
///
/// let text = "{\n  \"users\": [{\"key\": 7}, {\"key\": 7}]\n}";
/// let second = locate(text, "/users/1/key").unwrap();
/// assert_eq!((second.line, second.column), (2, 33));
/// assert_eq!(locate(text, "/users/2/key"), None);
/// ```
pub fn locate(text: &str, pointer: &str) -> Option<Position> {
    locate_all(text, [pointer]).pop().flatten()
}

/// Finds many values at once, in the order of their pointers. Takes one walk over the text, however many there are.
pub fn locate_all<'p>(text: &str, pointers: impl IntoIterator<Item = &'p str>) -> Vec<Option<Position>> {
    let targets: Vec<Option<Vec<String>>> = pointers.into_iter().map(tokens).collect();
    let mut search = Search { scanner: Scanner::new(text), offsets: vec![None; targets.len()] };
    let wanted = targets.iter().enumerate().filter_map(|(at, tokens)| Some((at, tokens.as_deref()?)));
    search.value(wanted.collect());
    positions(text, &search.offsets)
}

/// Where in a policy's document the pointer of a [`Location`](crate::Location) leads to, when the compiled policy held
/// other roles in front of the document's, such as those of a preset. Nothing, if it leads into one of those.
///
/// ```
/// use bailiwick::document_pointer;
///
/// assert_eq!(document_pointer("/roles/7/rights/0", 5).as_deref(), Some("/roles/2/rights/0"));
/// assert_eq!(document_pointer("/roles/4/rights/0", 5), None);
/// assert_eq!(document_pointer("/assignments/7", 5).as_deref(), Some("/assignments/7"));
/// ```
pub fn document_pointer(pointer: &str, roles_before: usize) -> Option<String> {
    let Some(way) = pointer.strip_prefix("/roles/") else { return Some(pointer.to_owned()) };
    let (number, rest) = way.find('/').and_then(|slash| way.split_at_checked(slash)).unwrap_or((way, ""));
    let number = number.parse::<usize>().ok()?.checked_sub(roles_before)?;
    Some(format!("/roles/{number}{rest}"))
}

/// The position of the value, or of the nearest one around it that is there: a pointer may lead to a member that was left out.
pub(super) fn nearest(text: &str, pointer: &str) -> Position {
    let ways = std::iter::successors(Some(pointer), |way| way.rsplit_once('/').map(|(above, _)| above));
    let found = locate_all(text, ways);
    found.into_iter().flatten().next().unwrap_or(Position::START)
}

/// The longest way that is walked. Documents are far flatter; the limit keeps the recursion small.
const MAX_TOKENS: usize = 64;

fn tokens(pointer: &str) -> Option<Vec<String>> {
    let mut parts = pointer.split('/');
    let rooted = parts.next() == Some("");
    let tokens: Vec<String> = parts.map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    (rooted && tokens.len() <= MAX_TOKENS).then_some(tokens)
}

/// A pointer by its number, and what of its way is still to go.
type Wanted<'w> = (usize, &'w [String]);

struct Search<'t> {
    scanner: Scanner<'t>,
    offsets: Vec<Option<usize>>,
}

impl Search<'_> {
    /// Goes past a value and notes what is found in it. Stops where the text makes no sense.
    fn value(&mut self, wanted: Vec<Wanted<'_>>) -> Option<()> {
        let offset = self.scanner.offset();
        let mut inside: HashMap<&str, Vec<Wanted<'_>>> = HashMap::new();
        for (at, way) in wanted {
            match way.split_first() {
                None => self.note(at, offset),
                Some((first, rest)) => inside.entry(first).or_default().push((at, rest)),
            }
        }
        match self.scanner.peek()? {
            b'{' if !inside.is_empty() => self.members(&mut inside),
            b'[' if !inside.is_empty() => self.items(&mut inside),
            _ => self.scanner.value().map(drop),
        }
    }

    fn members(&mut self, inside: &mut HashMap<&str, Vec<Wanted<'_>>>) -> Option<()> {
        let mut more = self.scanner.open(b'{');
        while more {
            let name = unquoted(self.scanner.name()?)?;
            self.value(inside.remove(name.as_ref()).unwrap_or_default())?;
            more = self.scanner.more();
        }
        self.scanner.eat(b'}').then_some(())
    }

    fn items(&mut self, inside: &mut HashMap<&str, Vec<Wanted<'_>>>) -> Option<()> {
        let mut more = self.scanner.open(b'[');
        let mut count = 0_usize;
        while more {
            self.value(inside.remove(count.to_string().as_str()).unwrap_or_default())?;
            count += 1;
            more = self.scanner.more();
        }
        self.scanner.eat(b']').then_some(())
    }

    fn note(&mut self, at: usize, offset: usize) {
        if let Some(slot) = self.offsets.get_mut(at) {
            *slot = Some(offset);
        }
    }
}

/// Where steps lead to.
pub(super) struct Found {
    pub(super) offset: usize,
    pub(super) pointer: String,
}

/// Follows the steps of a reading as far as the text can be walked.
pub(super) fn follow(text: &str, steps: &[Step]) -> Found {
    let mut scanner = Scanner::new(text);
    let mut found = Found { offset: scanner.offset(), pointer: String::new() };
    for step in steps {
        let reached = match scanner.peek() {
            Some(b'{') => member(&mut scanner, step, &mut found),
            Some(b'[') => item(&mut scanner, step, &mut found),
            _ => None,
        };
        if reached.is_none() {
            break;
        }
    }
    found
}

/// Goes to a member; nothing, if the way ends before its value.
fn member(scanner: &mut Scanner<'_>, step: &Step, found: &mut Found) -> Option<()> {
    (step.site != Site::Whole && scanner.open(b'{')).then_some(())?;
    for _ in 1..step.nth {
        scanner.name()?;
        scanner.value()?;
        scanner.more().then_some(())?;
    }
    found.offset = scanner.offset();
    let name = unquoted(scanner.name()?)?;
    found.pointer.push('/');
    found.pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
    (step.site == Site::Value).then_some(())?;
    found.offset = scanner.offset();
    Some(())
}

/// Goes to an item.
fn item(scanner: &mut Scanner<'_>, step: &Step, found: &mut Found) -> Option<()> {
    (step.site == Site::Value && scanner.open(b'[')).then_some(())?;
    for _ in 1..step.nth {
        scanner.value()?;
        scanner.more().then_some(())?;
    }
    found.offset = scanner.offset();
    found.pointer.push_str(&format!("/{}", step.nth.saturating_sub(1)));
    Some(())
}

/// The offset of a line and a column of bytes, both counted from 1; the end of the text, if it ends before.
pub(super) fn offset(text: &str, line: usize, column: usize) -> usize {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let start = starts.take(line.max(1)).last().unwrap_or(0);
    (start + column.saturating_sub(1)).min(text.len())
}

/// The position of one offset.
pub(super) fn position(text: &str, offset: usize) -> Position {
    positions(text, &[Some(offset)]).pop().flatten().unwrap_or(Position::START)
}

/// The positions of many offsets, in one walk over the text.
fn positions(text: &str, offsets: &[Option<usize>]) -> Vec<Option<Position>> {
    let mut order: Vec<(usize, usize)> =
        offsets.iter().enumerate().filter_map(|(at, offset)| Some(((*offset)?, at))).collect();
    order.sort_unstable();
    let mut positions = vec![None; offsets.len()];
    let mut characters = text.char_indices().peekable();
    let mut here = Position::START;
    for (offset, at) in order {
        while let Some((_, c)) = characters.next_if(|(start, c)| start + c.len_utf8() <= offset) {
            here = if c == '\n' {
                Position { line: here.line + 1, column: 1 }
            } else {
                Position { column: here.column + 1, ..here }
            };
        }
        if let Some(slot) = positions.get_mut(at) {
            *slot = Some(here);
        }
    }
    positions
}
