//! The codes of the columns that cleaning reads, each with the return years in which it is valid, in a table that finds one in a few
//! nanoseconds: a return has seven coded cells a row.

use std::sync::LazyLock;

use domain::Code;

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

/// Codes of one column, in a table of 128 places with open addressing.
pub(crate) struct CodeList {
    places: Vec<Option<Known>>,
}

const PLACES: usize = 128;

impl CodeList {
    fn new(codes: &[(&str, u16, u16)]) -> Self {
        let mut places = vec![None; PLACES];
        for &(text, from, to) in codes {
            let (Some(word), Some(code)) = (word(text.as_bytes()), Code::parse(text.as_bytes())) else { continue };
            let mut at = place(word);
            while places[at].is_some() {
                at = (at + 1) % PLACES;
            }
            places[at] = Some(Known { word, code, from, to: if to == 0 { u16::MAX } else { to } });
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

fn always(codes: &'static str) -> Vec<(&'static str, u16, u16)> {
    codes.split(' ').map(|code| (code, 0, 0)).collect()
}

fn with(codes: &'static str, dated: &[(&'static str, u16, u16)]) -> CodeList {
    let mut all = always(codes);
    all.extend_from_slice(dated);
    CodeList::new(&all)
}

pub(crate) static SEX: LazyLock<CodeList> = LazyLock::new(|| with("M F U", &[("1", 0, 2024), ("2", 0, 2024)]));
pub(crate) static ETHNIC: LazyLock<CodeList> =
    LazyLock::new(|| with("WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH CHNE BCRB BAFR BOTH OOTH REFU NOBT", &[]));
pub(crate) static RNE: LazyLock<CodeList> = LazyLock::new(|| with("S L P T B U", &[]));
pub(crate) static LS: LazyLock<CodeList> = LazyLock::new(|| with("C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3", &[]));
pub(crate) static CIN: LazyLock<CodeList> = LazyLock::new(|| with("N1 N2 N3 N4 N5 N6 N7 N8", &[]));
pub(crate) static PLACE: LazyLock<CodeList> = LazyLock::new(|| {
    with(
        "A3 A4 A5 A6 K1 K2 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6",
        &[
            ("K3", 2025, 0),
            ("Z11", 2026, 0),
            ("Z12", 2026, 0),
            ("Z13", 2026, 0),
            ("Z14", 2026, 0),
            ("H5", 0, 2024),
            ("P2", 0, 2024),
            ("Z1", 0, 2025),
        ],
    )
});
pub(crate) static PROVIDER: LazyLock<CodeList> = LazyLock::new(|| with("PR0 PR1 PR2 PR3 PR4 PR5", &[]));
pub(crate) static REC: LazyLock<CodeList> = LazyLock::new(|| {
    with(
        "X1 E11 E12 E13 E14 E15 E16 E17 E2 E3 E41 E4A E4B E5 E6 E7 E8 E9",
        &[("E45", 2019, 0), ("E46", 2019, 0), ("E47", 2019, 0), ("E48", 2019, 0), ("E43", 0, 2018), ("E44", 0, 2018)],
    )
});
pub(crate) static CHANGE: LazyLock<CodeList> =
    LazyLock::new(|| with("CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE OTHER", &[("CUSTOD", 2019, 0)]));
pub(crate) static REVIEW_CODE: LazyLock<CodeList> = LazyLock::new(|| with("PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7", &[]));
pub(crate) static MISSING: LazyLock<CodeList> = LazyLock::new(|| with("M A", &[]));
pub(crate) static SDQ_REASON: LazyLock<CodeList> = LazyLock::new(|| with("SDQ1 SDQ2 SDQ3 SDQ4 SDQ5", &[]));
pub(crate) static IN_TOUCH: LazyLock<CodeList> = LazyLock::new(|| with("YES NO DIED REFU NREQ RHOM", &[]));
pub(crate) static ACTIV: LazyLock<CodeList> =
    LazyLock::new(|| with("F1 P1 F2 P2 G4 G5 G6 0", &[("F4", 2022, 0), ("P4", 2022, 0), ("F5", 2022, 0), ("P5", 2022, 0), ("F3", 0, 2021), ("P3", 0, 2021)]));
pub(crate) static ACCOM: LazyLock<CodeList> = LazyLock::new(|| {
    with("B1 B2 C1 C2 D1 D2 E1 E2 G1 G2 H1 H2 K1 K2 R1 R2 S1 S2 T1 T2 U1 U2 V1 V2 W1 W2 X1 X2 Y1 Y2 Z1 Z2 0", &[])
});
pub(crate) static REASON_PLACED_CEASED: LazyLock<CodeList> = LazyLock::new(|| with("RD1 RD2 RD3 RD4", &[]));
pub(crate) static PREV_PERM: LazyLock<CodeList> = LazyLock::new(|| with("P1 P2 P3 P4 Z1", &[]));
pub(crate) static SW_REASON: LazyLock<CodeList> =
    LazyLock::new(|| with("ABSENC CHCHAN FCONTA LEFTRL MANAGE ORGRST OTHERS PCCHAN SWDIED TSPROC", &[]));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_as_written_only() {
        assert_eq!(PLACE.find(b"U6").map(|known| known.code), Some(domain::code::place::U6));
        assert_eq!(PLACE.find(b"H5").map(|known| known.to), Some(2024));
        for other in [&b"u6"[..], b"", b"U7", b" U6", b"far too long"] {
            assert!(PLACE.find(other).is_none());
        }
    }
}
