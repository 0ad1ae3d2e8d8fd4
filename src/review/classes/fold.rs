//! A hash that is the same on every machine and in every version: FNV-1a with 128 bits.
//!
//! Its own, because the hasher of the standard library may change. Not cryptographic.

/// Bytes, folded.
#[derive(Clone, Copy)]
pub(super) struct Fold(u128);

impl Fold {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

    pub(super) const fn new() -> Self {
        Self(Self::BASIS)
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(Self::PRIME);
        }
        self
    }

    /// A text, and where it ends.
    #[must_use]
    pub(super) fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes()).bytes(&[0xff])
    }

    #[must_use]
    pub(super) fn number(self, number: u128) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    /// Something that may not be there.
    #[must_use]
    pub(super) fn maybe(self, text: Option<&impl ToString>) -> Self {
        match text {
            Some(text) => self.bytes(&[1]).text(&text.to_string()),
            None => self.bytes(&[0]),
        }
    }

    /// Several, in whichever order.
    #[must_use]
    pub(super) fn each(self, all: impl Iterator<Item = Self>) -> Self {
        self.number(all.fold(0, |sum, one| sum.wrapping_add(one.finish())))
    }

    /// With every bit spread over all.
    pub(super) const fn finish(self) -> u128 {
        let mixed = (self.0 ^ self.0 >> 67).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        mixed ^ mixed >> 61
    }
}

#[cfg(test)]
mod tests {
    use super::Fold;

    #[test]
    fn it_stays_as_it_is() {
        assert_eq!(Fold::new().bytes(b"a").0, 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }

    #[test]
    fn texts_do_not_run_into_each_other() {
        let of = |one: &str, other: &str| Fold::new().text(one).text(other).finish();
        assert_ne!(of("ab", "c"), of("a", "bc"));
    }
}
