//! The code lists that rules name, by return year, as the rules of that year name them.
//!
//! They are kept apart from `reference::codes`, which says when a code was valid: a rule's text may name a code a year longer or shorter.

/// Adoption placements.
pub(super) const ADOPTION: [&str; 4] = ["A3", "A4", "A5", "A6"];
/// Foster placements.
pub(super) const FOSTERING: [&str; 6] = ["U1", "U2", "U3", "U4", "U5", "U6"];
/// Temporary stays away from the placement.
pub(super) const TEMPORARY: [&str; 5] = ["T0", "T1", "T2", "T3", "T4"];
/// "Other" placements from 2025-26; before, there was one: Z1.
pub(super) const OTHER: [&str; 4] = ["Z11", "Z12", "Z13", "Z14"];
/// Agreed series of short breaks.
pub(super) const SHORT_BREAKS: [&str; 2] = ["V3", "V4"];
/// Placement authorities that lie outside England.
pub(super) const OUTSIDE_ENGLAND: [&str; 5] = ["CON", "NIR", "SCO", "WAL", "NUK"];
/// Placement types that no register of Ofsted holds, in every year.
const UNREGISTERED: [&str; 5] = ["P1", "P3", "R1", "R2", "R5"];
/// Placement types that every return year held has.
const EVERY_YEAR: [&str; 9] = ["K1", "K2", "P1", "P3", "R1", "R2", "R3", "R5", "S1"];

/// An "other" placement, in the codes of a return year.
pub(super) fn is_other(code: &str, year: u32) -> bool {
    if year < 2026 { code == "Z1" } else { OTHER.contains(&code) }
}

/// A placement type of a return year: K3 took the place of H5 and P2 in 2024-25, Z11 to Z14 that of Z1 in 2025-26.
pub(super) fn is_place(code: &str, year: u32) -> bool {
    EVERY_YEAR.contains(&code)
        || ADOPTION.contains(&code)
        || FOSTERING.contains(&code)
        || TEMPORARY.contains(&code)
        || is_other(code, year)
        || (year < 2025 && ["H5", "P2"].contains(&code))
        || (year >= 2025 && code == "K3")
}

/// A placement type that has no URN in any year, and the "other" placements of this one.
pub(super) fn has_no_register(code: &str, year: u32) -> bool {
    UNREGISTERED.contains(&code) || TEMPORARY.contains(&code) || is_other(code, year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_and_go_with_the_years() {
        let years = |code: &str| (2023..=2027).filter(|&year| is_place(code, year)).collect::<Vec<_>>();
        assert_eq!(years("K2"), [2023, 2024, 2025, 2026, 2027]);
        assert_eq!(years("H5"), [2023, 2024]);
        assert_eq!(years("K3"), [2025, 2026, 2027]);
        assert_eq!(years("Z1"), [2023, 2024, 2025]);
        assert_eq!(years("Z14"), [2026, 2027]);
        assert_eq!(years("T5"), [0u32; 0]);
    }
}
