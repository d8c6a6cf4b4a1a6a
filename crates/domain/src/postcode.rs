//! Postcodes as they stand in returns: whole units, or sectors where a regional extract has cut the last two letters.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use crate::word;

/// A postcode in one machine word: outward part in four bytes, inward part in three, upper case.
/// Its form is checked, not that it exists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode(NonZeroU64);

impl Postcode {
    /// `NG1 5DT`, `ng15dt`, or a sector `NG1 5`. Spaces and case do not matter; nothing if the form is not a postcode's.
    /// A sector must have the space or four or fewer outward characters before its last digit.
    #[inline]
    pub fn parse(text: &[u8]) -> Option<Self> {
        Self::parse_usual(text).or_else(|| Self::parse_any(text))
    }

    /// The form in which nearly all are written, `NG1 5DT`, checked as one word: a return holds two a row.
    #[inline]
    fn parse_usual(text: &[u8]) -> Option<Self> {
        const SPACES: u64 = word::all(b' ');
        /// High bits of digits, and the bits below them of capitals, in each form of the two parts.
        const FORMS: [u64; 6] =
            [form(*b"A9  9AA\0"), form(*b"AA9 9AA\0"), form(*b"A99 9AA\0"), form(*b"A9A 9AA\0"), form(*b"AA999AA\0"), form(*b"AA9A9AA\0")];
        if !(6..=8).contains(&text.len()) {
            return None;
        }
        let (word, unused) = (word::of(text)?, 64 - 8 * text.len());
        let inward = word >> unused & 0xFFFF_FFFF;
        let outward = u64::MAX << unused << 32;
        // The outward part filled up with spaces, the space that follows it left out, the inward part moved up to it.
        let packed = (word & outward | SPACES & !outward) >> 32 << 32 | (inward & 0xFF_FFFF) << 8;
        let usual =
            inward >> 24 == u64::from(b' ') && FORMS.contains(&(word::within(packed, b'0', b'9') | word::within(packed, b'A', b'Z') >> 1));
        NonZeroU64::new(packed).filter(|_| usual).map(Self)
    }

    /// Any case and spacing, and sectors.
    fn parse_any(text: &[u8]) -> Option<Self> {
        let mut squeezed = [0u8; 7];
        let mut length = 0;
        for &byte in text {
            if byte == b' ' {
                continue;
            }
            if length == 7 || !byte.is_ascii_alphanumeric() {
                return None;
            }
            squeezed[length] = byte.to_ascii_uppercase();
            length += 1;
        }
        let squeezed = &squeezed[..length];
        let (outward, inward) = match squeezed {
            [outward @ .., d, a, b] if d.is_ascii_digit() && a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && outward.len() >= 2 => {
                (outward, [*d, *a, *b])
            }
            [outward @ .., d] if d.is_ascii_digit() && outward.len() >= 2 => (outward, [*d, b' ', b' ']),
            _ => return None,
        };
        // Newport was NPT, without a digit, until the 1990s; such postcodes are still in the directory.
        let shape = outward[0].is_ascii_alphabetic() && outward.len() <= 4 && (outward.iter().any(u8::is_ascii_digit) || outward == b"NPT");
        if !shape {
            return None;
        }
        let mut bytes = [b' '; 8];
        bytes[..outward.len()].copy_from_slice(outward);
        bytes[4..7].copy_from_slice(&inward);
        bytes[7] = 0;
        NonZeroU64::new(u64::from_be_bytes(bytes)).map(Self)
    }

    /// Whether only the sector is held, so that distances are to its centre.
    pub fn is_sector(self) -> bool {
        self.0.get().to_be_bytes()[5] == b' '
    }

    /// Outward part, padded with spaces: `NG1 `.
    pub fn outward(self) -> [u8; 4] {
        let b = self.0.get().to_be_bytes();
        [b[0], b[1], b[2], b[3]]
    }

    /// Inward part; the two letters are spaces for a sector: `5DT`, `5  `.
    pub fn inward(self) -> [u8; 3] {
        let b = self.0.get().to_be_bytes();
        [b[4], b[5], b[6]]
    }

    /// The sector this postcode lies in: `NG1 5`.
    pub fn sector(self) -> Self {
        let mut bytes = self.0.get().to_be_bytes();
        bytes[5] = b' ';
        bytes[6] = b' ';
        NonZeroU64::new(u64::from_be_bytes(bytes)).map_or(self, Self)
    }
}

/// What [`Postcode::parse_usual`] makes of a packed postcode of this form.
const fn form(packed: [u8; 8]) -> u64 {
    let packed = u64::from_be_bytes(packed);
    word::within(packed, b'0', b'9') | word::within(packed, b'A', b'Z') >> 1
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outward = self.outward();
        let inward = self.inward();
        let text = |bytes: &[u8]| bytes.iter().filter(|&&b| b != b' ').map(|&b| b as char).collect::<String>();
        write!(f, "{} {}", text(&outward), text(&inward))
    }
}

/// A text that is no postcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPostcode(pub String);

impl fmt::Display for NoPostcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a postcode such as NG1 5DT", self.0)
    }
}

impl std::error::Error for NoPostcode {}

impl FromStr for Postcode {
    type Err = NoPostcode;

    fn from_str(text: &str) -> Result<Self, NoPostcode> {
        Self::parse(text.as_bytes()).ok_or_else(|| NoPostcode(text.to_owned()))
    }
}

impl fmt::Debug for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_sectors_are_told_apart() {
        for (text, shown, sector) in [
            ("NG1 5DT", "NG1 5DT", false),
            ("ng15dt", "NG1 5DT", false),
            ("EC1A 1BB", "EC1A 1BB", false),
            ("W1A0AX", "W1A 0AX", false),
            ("NG1 5", "NG1 5", true),
            ("M1 1", "M1 1", true),
            ("M1 1AA", "M1 1AA", false),
            ("N1C 4AG", "N1C 4AG", false),
            ("W1A 0AX", "W1A 0AX", false),
            ("NPT 2AB", "NPT 2AB", false),
        ] {
            assert_eq!(Postcode::parse(text.as_bytes()), Postcode::parse_any(text.as_bytes()), "the usual form is no other postcode");
            let postcode = Postcode::parse(text.as_bytes()).unwrap();
            assert_eq!(postcode.to_string(), shown);
            assert_eq!(postcode.is_sector(), sector, "{text}");
        }
        for bad in ["", "NG", "12345", "NG1 5D!", "NG1555DTX", "ABC DEF"] {
            assert_eq!(Postcode::parse(bad.as_bytes()), None, "{bad}");
        }
        assert_eq!(Postcode::parse(b"NG1 5DT").unwrap().sector(), Postcode::parse(b"NG1 5").unwrap());
    }
}
