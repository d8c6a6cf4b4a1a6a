//! Codes of the return in words, for those who do not have the guide by heart.

use domain::{Code, Day};
use reference::codes;

/// A code with what it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The code.
    pub code: Code,
    /// What the Department's guide calls it.
    pub label: &'static str,
    /// Our group of it; empty where the set has none.
    pub group: &'static str,
}

/// What the guide calls a code of a set (`PLACE`, `LS`, `REC` …); the code itself where it does not know it.
pub fn words(set: &str, code: Code) -> String {
    codes::label(set, code).map_or_else(|| code.to_string(), str::to_owned)
}

/// Our group of a code: `fostering kin`, `residential`; nothing where it has none.
pub fn group(set: &str, code: Code) -> Option<&'static str> {
    codes::group(set, code).filter(|group| !group.is_empty())
}

/// The codes of a set that may stand in the return of the year that a day is in, in the guide's order.
pub fn choices(set: &str, day: Day) -> Vec<Words> {
    codes::all(set, day.return_year()).map(|entry| Words { code: entry.code, label: entry.label, group: entry.group }).collect()
}

/// That a placement code was not in use on a day, and what to do (B4, F30).
pub(in crate::record) fn no_code(kind: Code, day: Day) -> String {
    let Some(entry) = codes::set("PLACE").and_then(|set| set.entry(kind)) else {
        return format!("{kind} is no placement code: choose one of the list.");
    };
    let (from, to) = (entry.first_year, entry.last_year);
    let since = from.map(|year| format!(" from 1 April {}", year - 1)).unwrap_or_default();
    let until = to.map(|year| format!(" until 31 March {year}")).unwrap_or_default();
    format!("{kind} is in use{since}{until}, and the placement begins on {}: choose the code of that time.", day.long())
}

/// Our groups of a set, each with all its codes, those of earlier years too, in the guide's order.
pub fn groups(set: &str) -> Vec<(&'static str, Vec<Code>)> {
    let mut groups: Vec<(&'static str, Vec<Code>)> = Vec::new();
    let entries = codes::set(set).map_or(&[][..], codes::Set::entries);
    for entry in entries.iter().filter(|entry| !entry.group.is_empty()) {
        match groups.iter_mut().find(|(name, _)| *name == entry.group) {
            Some((_, all)) => all.push(entry.code),
            None => groups.push((entry.group, vec![entry.code])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_words_and_groups() {
        let day = Day::from_ymd(2026, 6, 1).unwrap();
        assert_eq!(words("LS", Code::of("C2")), "Full care order");
        assert_eq!(words("LS", Code::of("QQ")), "QQ");
        assert_eq!(group("PLACE", Code::of("U1")), Some("fostering kin"));
        assert!(choices("PLACE", day).iter().any(|one| one.code == Code::of("K3")));
        assert!(
            !choices("PLACE", day).iter().any(|one| one.code == Code::of("H5")),
            "H5 ended when supported accommodation was registered"
        );
        let supported = groups("PLACE").into_iter().find(|(name, _)| *name == "supported accommodation").unwrap().1;
        assert!(supported.contains(&Code::of("H5")) && supported.contains(&Code::of("K3")));
    }
}
