//! The code lists of the statutory return, with the years in which each code was valid (dossier F30).
//!
//! A code set is named by its column: `PLACE`, `LS`, `REC`. Years are those in which a return ends.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use domain::Code;

use crate::embedded::{Row, rows};

/// One code of one column of the return.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// What the Department's guide calls it. For Z11-Z14 its words are not known, and the label says so.
    pub label: &'static str,
    /// Our group: `fostering kin`, `residential`, `external`; empty where the set has none.
    pub group: &'static str,
    /// The category under which the published tables count it; empty where that is not known. See [`published_group`].
    pub published_category: &'static str,
    /// First year in which it was valid; nothing if before 2017.
    pub first_year: Option<u32>,
    /// Last year in which it was valid; nothing if still valid.
    pub last_year: Option<u32>,
    /// Whether it may stand in a return.
    pub status: Status,
    /// What a reader must know; may be empty.
    pub note: &'static str,
}

/// What kind of value a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Valid today.
    Current,
    /// Valid in earlier years.
    Retired,
    /// A value with a meaning of its own among values of another form: `999.9`, `XXXXXXX`.
    Special,
    /// Well formed, but never valid.
    Rejected,
}

/// All codes of one column, in the order in which the guide lists them.
#[derive(Debug)]
pub struct Set {
    entries: Vec<Entry>,
    /// Positions of the entries in order of their codes.
    by_code: Vec<usize>,
}

impl Set {
    /// All codes, whether valid or not, in the guide's order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One code.
    pub fn entry(&self, code: Code) -> Option<&Entry> {
        let at = self.by_code.binary_search_by_key(&code, |&at| self.entries[at].code).ok()?;
        Some(&self.entries[self.by_code[at]])
    }
}

impl Entry {
    /// Whether it may stand in the return that ends in this year.
    pub fn is_valid_in(&self, year: u32) -> bool {
        self.status != Status::Rejected
            && self.first_year.is_none_or(|first| first <= year)
            && self.last_year.is_none_or(|last| year <= last)
    }
}

/// The codes of a column; nothing if the column is not coded. Keep the set where many codes are looked up.
pub fn set(name: &str) -> Option<&'static Set> {
    sets().get(name)
}

/// What a code is called.
pub fn label(set: &str, code: Code) -> Option<&'static str> {
    Some(sets().get(set)?.entry(code)?.label)
}

/// Whether a code may stand in the return that ends in `year`. A blank is no code.
pub fn is_valid(set: &str, code: Code, year: u32) -> bool {
    sets().get(set).and_then(|set| set.entry(code)).is_some_and(|entry| entry.is_valid_in(year))
}

/// Our group of a code: `fostering kin`; nothing if the code is unknown or in no group.
pub fn group(set: &str, code: Code) -> Option<&'static str> {
    Some(sets().get(set)?.entry(code)?.group).filter(|group| !group.is_empty())
}

/// The category of [`published_group`] under which the published tables count a code; nothing if it is not counted or not known.
pub fn published_category(set: &str, code: Code) -> Option<&'static str> {
    Some(sets().get(set)?.entry(code)?.published_category).filter(|category| !category.is_empty())
}

/// The published table and group that count by this column.
pub fn published_group(set: &str) -> Option<(&'static str, &'static str)> {
    Some(match set {
        "PLACE" => ("cla_31_march", "placement"),
        "LS" => ("cla_31_march", "legal"),
        "PLACE_PROVIDER" => ("cla_31_march", "provider"),
        "CIN" => ("cla_31_march", "need"),
        "ETHNIC" => ("cla_31_march", "ethnicity"),
        "REC" => ("cla_ceased", "reason"),
        "REASON_PLACE_CHANGE" => ("cla_new_placements", "change_reason"),
        _ => return None,
    })
}

/// The codes that may stand in the return that ends in `year`, in the guide's order.
pub fn all(set: &str, year: u32) -> impl Iterator<Item = &'static Entry> {
    sets().get(set).into_iter().flat_map(|set| &set.entries).filter(move |entry| entry.is_valid_in(year))
}

/// What took a retired code's place: one code that means the same today, or several of which each case was one.
///
/// Supported accommodation became a registered setting: H5 and P2 are K3 from 2024-25. Z1 was divided into Z11-Z14 in 2025-26, SGO reasons
/// by kinship in 2018-19, training and employment into apprenticeship and other in 2021-22. SEX was 1 and 2 until 2023-24.
/// Where there are several, a record of an earlier year keeps its old code: which one it would be today is not known.
pub fn successors(set: &str, code: Code) -> &'static [Code] {
    const fn c(text: &str) -> Code {
        Code::of(text)
    }
    const RULES: [(&str, Code, &[Code]); 9] = [
        ("SEX", c("1"), &[c("M")]),
        ("SEX", c("2"), &[c("F")]),
        ("PLACE", c("H5"), &[c("K3")]),
        ("PLACE", c("P2"), &[c("K3")]),
        ("PLACE", c("Z1"), &[c("Z11"), c("Z12"), c("Z13"), c("Z14")]),
        ("REC", c("E43"), &[c("E45"), c("E46")]),
        ("REC", c("E44"), &[c("E47"), c("E48")]),
        ("ACTIV", c("F3"), &[c("F4"), c("F5")]),
        ("ACTIV", c("P3"), &[c("P4"), c("P5")]),
    ];
    RULES.iter().find(|(in_set, old, _)| *in_set == set && *old == code).map_or(&[], |(.., new)| new)
}

/// A code as it is written today: the one code that took its place, or itself if it is current, unknown, or was divided.
pub fn current_form(set: &str, code: Code) -> Code {
    match successors(set, code) {
        [one] => *one,
        _ => code,
    }
}

fn sets() -> &'static BTreeMap<&'static str, Set> {
    static SETS: OnceLock<BTreeMap<&'static str, Set>> = OnceLock::new();
    SETS.get_or_init(|| {
        let mut sets: BTreeMap<&'static str, Set> = BTreeMap::new();
        for (name, entry) in rows(include_bytes!("../data/ssda903_codes.csv"), read) {
            sets.entry(name).or_insert_with(|| Set { entries: Vec::new(), by_code: Vec::new() }).entries.push(entry);
        }
        for set in sets.values_mut() {
            set.by_code = (0..set.entries.len()).collect();
            set.by_code.sort_by_key(|&at| set.entries[at].code);
        }
        sets
    })
}

fn read(row: &Row<'_>) -> Option<(&'static str, Entry)> {
    let entry = Entry {
        code: Code::parse(row.cell("code").as_bytes())?,
        label: row.text("label"),
        group: row.text("group"),
        published_category: row.text("published_category_id"),
        first_year: row.number("valid_from"),
        last_year: row.number("valid_to"),
        status: match row.cell("status") {
            "retired" => Status::Retired,
            "special" => Status::Special,
            "rejected" => Status::Rejected,
            _ => Status::Current,
        },
        note: row.text("note"),
    };
    Some((row.text("code_set"), entry))
}

#[cfg(test)]
mod tests {
    use domain::code::place;

    use super::*;
    use crate::published;

    #[test]
    fn all_lists_are_held_without_repeats() {
        assert_eq!(sets().len(), 37);
        assert_eq!(sets().values().map(|set| set.entries.len()).sum::<usize>(), 262);
        for (name, set) in sets() {
            for entry in set.entries() {
                assert_eq!(set.entry(entry.code), Some(entry), "{name} {}", entry.code);
                assert!(!entry.label.is_empty(), "{name} {}", entry.code);
                assert!(entry.status != Status::Retired || entry.last_year.is_some(), "{name} {}", entry.code);
            }
        }
    }

    #[test]
    fn codes_are_valid_in_their_years_only() {
        let valid = |code, year| is_valid("PLACE", code, year);
        assert!(valid(place::H5, 2024) && !valid(place::H5, 2025));
        assert!(!valid(place::K3, 2024) && valid(place::K3, 2025));
        assert!(valid(place::Z1, 2025) && !valid(place::Z1, 2026) && valid(place::Z12, 2026) && !valid(place::Z12, 2025));
        assert!(is_valid("SEX", Code::of("1"), 2024) && !is_valid("SEX", Code::of("1"), 2025) && is_valid("SEX", Code::of("U"), 2025));
        assert!(!is_valid("ACCOM", Code::of("S1"), 2025), "homeless is never suitable");
        assert!(!is_valid("PLACE", Code::BLANK, 2025) && !is_valid("NO_SUCH", place::K2, 2025));
        // domain/returns: 29 codes of PLACE for 2025-26.
        assert_eq!(all("PLACE", 2026).count(), 29);
        // In 2023-24 H5, P2 and Z1 stood for K3 and Z11-Z14.
        assert_eq!(all("PLACE", 2024).count(), 29 + 3 - 5);
    }

    #[test]
    fn every_place_named_in_the_domain_has_a_label_and_a_group() {
        for code in
            [place::A3, place::K1, place::K2, place::K3, place::P1, place::R5, place::S1, place::T0, place::U1, place::U6, place::Z11]
        {
            assert!(label("PLACE", code).is_some() && group("PLACE", code).is_some(), "{code}");
        }
        for code in [place::Z11, place::Z12, place::Z13, place::Z14] {
            assert!(label("PLACE", code).unwrap().ends_with("(official label not known)"), "{code}");
        }
        assert_eq!((group("PLACE", place::U2), group("PLACE_PROVIDER", Code::of("PR4"))), (Some("fostering kin"), Some("external")));
        assert_eq!(group("CIN", Code::of("N1")), None);
    }

    #[test]
    fn published_categories_exist_in_the_published_tables() {
        for (name, set) in sets() {
            for entry in set.entries().iter().filter(|entry| !entry.published_category.is_empty()) {
                let (table, group) = published_group(name).unwrap();
                assert!(
                    published::category(table, group, entry.published_category).is_some(),
                    "{name} {} {}",
                    entry.code,
                    entry.published_category
                );
            }
        }
        assert_eq!(published_category("PLACE", place::R5), Some("other_residential"));
        assert_eq!(published_category("PLACE", place::T1), None);
    }

    #[test]
    fn retired_codes_lead_to_valid_ones() {
        assert_eq!(current_form("PLACE", place::P2), place::K3);
        assert_eq!(current_form("SEX", Code::of("2")), Code::of("F"));
        assert_eq!(current_form("PLACE", place::Z1), place::Z1, "divided: which one it is now is not known");
        for (name, set) in sets() {
            for entry in set.entries() {
                for &new in successors(name, entry.code) {
                    assert!(is_valid(name, new, 2026) && entry.status == Status::Retired, "{name} {}", entry.code);
                }
                assert!(entry.status != Status::Retired || !successors(name, entry.code).is_empty(), "{name} {}", entry.code);
            }
        }
    }
}
