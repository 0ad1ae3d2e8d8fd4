//! Walking over the text of a document without reading it: from value to value, over whatever they hold.
//!
//! Its own file because it serves two ends, positions in messages and the layout of printed documents, and knows neither.
//! It judges nothing. What it is given has been read before, or is known to be broken further on; where a text makes no
//! sense it stops with `None`.

use std::borrow::Cow;

/// A place in a text, between two tokens.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Where the next token begins.
    pub(super) fn offset(&mut self) -> usize {
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        self.at
    }

    /// The first byte of the next token.
    pub(super) fn peek(&mut self) -> Option<u8> {
        self.offset();
        self.byte()
    }

    /// Goes past this byte, if the next token is it.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Goes into the container that comes next, if it is of this kind and holds anything.
    pub(super) fn open(&mut self, bracket: u8) -> bool {
        self.eat(bracket) && self.peek() != Some(closing(bracket))
    }

    /// Goes to the next member or item, if there is one more.
    pub(super) fn more(&mut self) -> bool {
        self.eat(b',')
    }

    /// Goes past the name of a member, and gives it as it is written, quotes included.
    pub(super) fn name(&mut self) -> Option<&'t str> {
        let name = (self.peek() == Some(b'"')).then(|| self.value()).flatten();
        if self.eat(b':') { name } else { None }
    }

    /// Goes past a value, and gives it as it is written.
    pub(super) fn value(&mut self) -> Option<&'t str> {
        let start = self.offset();
        match self.peek()? {
            b'"' => self.string()?,
            b'{' | b'[' => self.container()?,
            _ => self.word(),
        }
        self.text.get(start..self.at).filter(|value| !value.is_empty())
    }

    /// Goes back to an offset that it gave.
    pub(super) fn back_to(&mut self, offset: usize) {
        self.at = offset;
    }

    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.byte()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }

    fn container(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.byte()? {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                    if depth == 0 {
                        return Some(());
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    fn word(&mut self) {
        let ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b':' | b'"' | b']' | b'}');
        while self.byte().is_some_and(|byte| !ends(byte)) {
            self.at += 1;
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

/// The bracket that closes this one.
pub(super) fn closing(bracket: u8) -> u8 {
    if bracket == b'{' { b'}' } else { b']' }
}

/// The text that a string of JSON stands for.
pub(super) fn unquoted(string: &str) -> Option<Cow<'_, str>> {
    let inner = string.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        serde_json::from_str(string).map(Cow::Owned).ok()
    } else {
        Some(Cow::Borrowed(inner))
    }
}
