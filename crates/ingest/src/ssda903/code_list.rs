//! The codes of the columns that cleaning reads, each with the return years in which it is valid, in a table that finds one in a few
//! nanoseconds: a return has seven coded cells a row.

use std::sync::LazyLock;

use domain::{Code, word};
use reference::codes::Status;

/// A code and the first and last return year (the year in which it ends) that knows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) code: Code,
    pub(crate) from: u16,
    pub(crate) to: u16,
}

impl Known {
    /// What stands where no code does.
    const NONE: Self = Self { code: Code::BLANK, from: 0, to: 0 };

    /// Whether some return years do not know the code.
    pub(crate) const fn is_dated(&self) -> bool {
        self.from > 0 || self.to < u16::MAX
    }
}

/// Codes of one column, each at a place that its word alone says: a multiplier is sought that gives no two of them the same.
pub(crate) struct CodeList {
    multiplier: u64,
    places: Box<[Known; PLACES]>,
}

/// Eight times the longest list, so that a multiplier without a clash is among the first few.
const PLACES: usize = 256;

impl CodeList {
    /// The codes of a column, as the reference data has them.
    fn of(column: &str) -> Self {
        let entries = reference::codes::set(column).into_iter().flat_map(reference::codes::Set::entries);
        let year = |year: Option<u32>, none| year.and_then(|year| u16::try_from(year).ok()).unwrap_or(none);
        let known: Vec<Known> = entries
            .filter(|entry| entry.status != Status::Rejected)
            .map(|entry| Known { code: entry.code, from: year(entry.first_year, 0), to: year(entry.last_year, u16::MAX) })
            .collect();
        let mut multiplier: u64 = 0x9E37_79B9_7F4A_7C15;
        loop {
            if let Some(places) = placed(&known, multiplier) {
                return Self { multiplier, places };
            }
            multiplier = multiplier.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(2);
        }
    }

    /// The code that a cell holds exactly as the list writes it.
    #[inline]
    pub(crate) fn find(&self, cell: &[u8]) -> Option<&Known> {
        self.find_word(word::of(cell)?)
    }

    /// As [`CodeList::find`], by the word of the text.
    #[inline]
    pub(crate) fn find_word(&self, word: u64) -> Option<&Known> {
        let known = &self.places[place(word, self.multiplier)];
        (known.code.word() == word && word != 0).then_some(known)
    }
}

/// All codes at their places, if no two have the same.
fn placed(known: &[Known], multiplier: u64) -> Option<Box<[Known; PLACES]>> {
    let mut places = Box::new([Known::NONE; PLACES]);
    for code in known {
        let at = &mut places[place(code.code.word(), multiplier)];
        if at.code.is_blank() {
            *at = *code;
        } else if at.code != code.code {
            return None;
        }
    }
    Some(places)
}

#[inline]
const fn place(word: u64, multiplier: u64) -> usize {
    (word.wrapping_mul(multiplier) >> (u64::BITS - PLACES.ilog2())) as usize
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
            assert_eq!(
                list.places.iter().filter(|known| !known.code.is_blank()).count(),
                count,
                "the column is in the reference data, whole"
            );
        }
        for other in [&b"u6"[..], b"", b"U7", b" U6", b"far too long"] {
            assert!(PLACE.find(other).is_none());
        }
    }
}
