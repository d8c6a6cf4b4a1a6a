//! The codes of the columns that cleaning reads, each with the return years in which it is valid, in a table that finds one in a few
//! nanoseconds: a return has seven coded cells a row.

use std::sync::LazyLock;

use domain::Code;
use reference::codes::Status;

/// A code and the first and last return year (the year in which it ends) that knows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    word: u64,
    pub(crate) code: Code,
    pub(crate) from: u16,
    pub(crate) to: u16,
}

impl Known {
    /// Whether some return years do not know the code.
    pub(crate) const fn is_dated(&self) -> bool {
        self.from > 0 || self.to < u16::MAX
    }
}

/// Codes of one column, in a table with open addressing that is four times as large as the longest list.
pub(crate) struct CodeList {
    places: Vec<Option<Known>>,
}

const PLACES: usize = 128;

impl CodeList {
    /// The codes of a column, as the reference data has them.
    fn of(column: &str) -> Self {
        let mut places = vec![None; PLACES];
        for entry in reference::codes::set(column).into_iter().flat_map(reference::codes::Set::entries) {
            let Some(word) = word(entry.code.to_string().as_bytes()).filter(|_| entry.status != Status::Rejected) else { continue };
            let mut at = place(word);
            while places[at].is_some() {
                at = (at + 1) % PLACES;
            }
            let year = |year: Option<u32>, none| year.and_then(|year| u16::try_from(year).ok()).unwrap_or(none);
            places[at] = Some(Known { word, code: entry.code, from: year(entry.first_year, 0), to: year(entry.last_year, u16::MAX) });
        }
        Self { places }
    }

    /// The code that a cell holds exactly as the list writes it.
    #[inline]
    pub(crate) fn find(&self, cell: &[u8]) -> Option<&Known> {
        let word = word(cell)?;
        let mut at = place(word);
        while let Some(known) = &self.places[at] {
            if known.word == word {
                return Some(known);
            }
            at = (at + 1) % PLACES;
        }
        None
    }
}

#[inline]
fn word(cell: &[u8]) -> Option<u64> {
    (!cell.is_empty() && cell.len() <= 8).then(|| cell.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)))
}

#[inline]
const fn place(word: u64) -> usize {
    (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 57) as usize
}

macro_rules! lists {
    ($($name:ident = $column:literal),+ $(,)?) => { $(
        pub(crate) static $name: LazyLock<CodeList> = LazyLock::new(|| CodeList::of($column));
    )+ };
}

lists! {
    SEX = "SEX",
    ETHNIC = "ETHNIC",
    RNE = "RNE",
    LS = "LS",
    CIN = "CIN",
    PLACE = "PLACE",
    PROVIDER = "PLACE_PROVIDER",
    REC = "REC",
    CHANGE = "REASON_PLACE_CHANGE",
    REVIEW_CODE = "REVIEW_CODE",
    MISSING = "MISSING",
    SDQ_REASON = "SDQ_REASON",
    IN_TOUCH = "IN_TOUCH",
    ACTIV = "ACTIV",
    ACCOM = "ACCOM",
    REASON_PLACED_CEASED = "REASON_PLACED_CEASED",
    PREV_PERM = "PREV_PERM",
    SW_REASON = "SW_REASON",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_as_written_only() {
        assert_eq!(PLACE.find(b"U6").map(|known| known.code), Some(domain::code::place::U6));
        assert_eq!(PLACE.find(b"H5").map(|known| known.to), Some(2024));
        for (list, count) in [
            (&SEX, 5),
            (&ETHNIC, 20),
            (&RNE, 6),
            (&LS, 13),
            (&CIN, 8),
            (&PLACE, 32),
            (&PROVIDER, 6),
            (&REC, 24),
            (&CHANGE, 12),
            (&SW_REASON, 10),
        ] {
            assert_eq!(list.places.iter().flatten().count(), count, "the column is in the reference data, whole");
        }
        for other in [&b"u6"[..], b"", b"U7", b" U6", b"far too long"] {
            assert!(PLACE.find(other).is_none());
        }
    }
}
