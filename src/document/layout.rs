//! How a printed document looks: made for reading, and for reviewing what changed line by line.
//!
//! An array of objects has one object a line, so that a new right or user is a new line. Everything else stands on one line
//! where it fits. The result depends on the values alone.

use super::scan::{Scanner, closing};

/// The widest line that something is put on which could also be broken.
const WIDTH: usize = 120;
const INDENT: usize = 2;

/// Lays out a text of JSON that has no white space between its tokens. Ends with a line break.
pub(super) fn lay_out(compact: &str) -> String {
    let mut out = String::with_capacity(compact.len() + compact.len() / 4);
    let whole = Page { scanner: Scanner::new(compact), out: &mut out }.broken(0);
    // The text was printed a moment ago and makes sense. Were it otherwise, plain would be better than half.
    if whole.is_none() {
        out.clear();
        out.push_str(compact);
    }
    out.push('\n');
    out
}

struct Page<'t, 'o> {
    scanner: Scanner<'t>,
    out: &'o mut String,
}

impl Page<'_, '_> {
    /// Writes a container with one member or item a line, or a scalar.
    fn broken(&mut self, indent: usize) -> Option<()> {
        let bracket = self.scanner.peek()?;
        if !matches!(bracket, b'{' | b'[') {
            self.out.push_str(self.scanner.value()?);
            return Some(());
        }
        self.out.push(char::from(bracket));
        let mut more = self.scanner.open(bracket);
        let filled = more;
        while more {
            self.new_line(indent + INDENT);
            self.name(bracket)?;
            self.item(indent + INDENT)?;
            more = self.scanner.more();
            self.out.push_str(if more { "," } else { "" });
        }
        if filled {
            self.new_line(indent);
        }
        self.scanner.eat(closing(bracket)).then(|| self.out.push(char::from(closing(bracket))))
    }

    fn name(&mut self, bracket: u8) -> Option<()> {
        if bracket == b'{' {
            self.out.push_str(self.scanner.name()?);
            self.out.push_str(": ");
        }
        Some(())
    }

    /// Writes a value on one line if it may stand on one and fits.
    fn item(&mut self, indent: usize) -> Option<()> {
        let start = self.scanner.offset();
        let value = self.scanner.value()?;
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        let room = WIDTH.saturating_sub(line.chars().count() + ",".len());
        if let Some(line) = one_line(value, room) {
            self.out.push_str(&line);
            return Some(());
        }
        self.scanner.back_to(start);
        self.broken(indent)
    }

    fn new_line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
    }
}

/// The value on one line, with a space after every colon and comma; nothing if it is too wide or lists objects.
fn one_line(value: &str, room: usize) -> Option<String> {
    let mut line = String::new();
    let (mut quoted, mut escaped, mut width) = (false, false, 0_usize);
    let mut before = None;
    for c in value.chars() {
        let lists_objects = !quoted && before == Some('[') && c == '{';
        line.push(c);
        width += 1;
        if !quoted && matches!(c, ':' | ',') {
            line.push(' ');
            width += 1;
        }
        if lists_objects || width > room {
            return None;
        }
        quoted ^= c == '"' && !escaped;
        escaped = quoted && c == '\\' && !escaped;
        before = Some(c);
    }
    Some(line)
}
