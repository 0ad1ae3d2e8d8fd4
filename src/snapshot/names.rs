//! Numbering the keys of a list, with its problems: the same for every list that declares keys.

use crate::index::Names;
use crate::key::Key;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};

/// A list that declares keys: what stands in it, and where it stands.
pub(crate) struct Declared<'a> {
    pub(crate) part: Part,
    pub(crate) noun: Noun,
    /// The pointer to the list.
    pub(crate) list: &'a str,
    /// The way from an entry to its key; empty if the entry is the key.
    pub(crate) key: &'a str,
}

impl Declared<'_> {
    /// Numbers the keys in their order, and reports unusable and repeated ones.
    pub(crate) fn number<'k, T: 'k>(
        &self,
        keys: impl Iterator<Item = &'k Key<T>>,
        findings: &mut Findings,
    ) -> Names<T> {
        let keys: Vec<Key<T>> = keys.cloned().collect();
        for (count, key) in keys.iter().enumerate() {
            findings.key(self.part, self.noun, || self.pointer(count), key);
        }
        let (names, twice) = Names::new(keys);
        for pair in twice {
            let key =
                names.key(crate::index::Ix::from_count(pair.again)).map(Key::to_string).unwrap_or_default();
            let kind = ProblemKind::Duplicate { noun: self.noun, key, first: self.pointer(pair.first) };
            findings.add(self.part, self.pointer(pair.again), kind);
        }
        names
    }

    fn pointer(&self, count: usize) -> String {
        format!("{}/{count}{}", self.list, self.key)
    }
}
