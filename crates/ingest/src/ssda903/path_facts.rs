//! What the path of a file says: the authority's folder, the return year, when it was filed. Said, never trusted over the file's own columns.

use domain::Day;

/// What a path says about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PathFacts {
    /// The deepest folder that is neither a year nor a word such as `returns`.
    pub(crate) authority: Option<String>,
    /// Year in which the return ends: `2025`, `2024-25`, `2024_2025`, `202425` are 2025.
    pub(crate) year: Option<u16>,
    /// A whole date in the path is the day of filing: `2025-06-30`, `20250630`.
    pub(crate) filed: Option<Day>,
    /// 2 for `v2`; 1 for words of a second filing such as `resubmission`; 0 otherwise.
    pub(crate) edition: u32,
}

/// Words that name a kind of folder, not an authority.
const GENERIC: [&str; 14] = [
    "returns", "return", "ssda903", "903", "csv", "data", "files", "upload", "uploads", "submission", "submissions", "submitted", "input", "inputs",
];

/// Words of a filing after the first.
const LATER: [&str; 5] = ["resub", "amend", "revis", "correct", "final"];

impl PathFacts {
    /// Reads a path from the folder given, with `/` between its parts.
    pub(crate) fn of(name: &str) -> Self {
        let (folders, file) = name.rsplit_once('/').unwrap_or(("", name));
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let mut facts = Self::default();
        // The deepest folder knows best, and a folder better than the file's name.
        for part in std::iter::once(stem).chain(folders.split('/').filter(|part| !part.is_empty())) {
            let found = Numbers::of(part);
            facts.year = found.year.or(facts.year);
            facts.filed = found.filed.or(facts.filed);
            facts.edition = facts.edition.max(edition(part));
        }
        facts.authority = folders.split('/').rfind(|part| names_authority(part)).map(str::to_owned);
        facts
    }
}

fn names_authority(part: &str) -> bool {
    let word = part.to_ascii_lowercase();
    let found = Numbers::of(part);
    part.chars().any(char::is_alphabetic) && found.year.is_none() && found.filed.is_none() && edition(part) == 0 && !GENERIC.contains(&word.as_str())
}

fn edition(part: &str) -> u32 {
    let word = part.to_ascii_lowercase();
    let bytes = word.as_bytes();
    for (at, pair) in bytes.windows(2).enumerate() {
        let starts = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        if starts && pair[0] == b'v' && pair[1].is_ascii_digit() {
            let digits: String = word[at + 1..].chars().take_while(char::is_ascii_digit).take(4).collect();
            return digits.parse().unwrap_or(0);
        }
    }
    u32::from(LATER.iter().any(|later| word.contains(later)))
}

/// The year and the date among the digits of one part of a path.
#[derive(Default)]
struct Numbers {
    year: Option<u16>,
    filed: Option<Day>,
}

impl Numbers {
    fn of(part: &str) -> Self {
        let runs: Vec<&str> = part.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
        let mut found = Self::default();
        let mut rest = runs.as_slice();
        while let Some((run, after)) = rest.split_first() {
            let number = |text: &str| text.parse::<u32>().ok();
            let year = run.get(..4).and_then(number).filter(|year| (1991..2100).contains(year));
            let mut used = 0;
            match (run.len(), year, after) {
                (4, Some(year), [month, day, ..]) if month.len() == 2 && day.len() == 2 => {
                    found.filed = number(month).zip(number(day)).and_then(|(month, day)| Day::from_ymd(year, month, day));
                    used = if found.filed.is_some() { 2 } else { 0 };
                }
                (4, Some(year), [next, ..]) if number(next).is_some_and(|next| next == year + 1 || (next == (year + 1) % 100 && run.len() == 4)) => {
                    found.year = Some(year as u16 + 1);
                    used = 1;
                }
                (4, Some(year), _) => found.year = Some(year as u16),
                (6, Some(year), _) if run.get(4..).and_then(number) == Some((year + 1) % 100) => found.year = Some(year as u16 + 1),
                (8, Some(year), _) => {
                    let part = |range| run.get(range).and_then(number);
                    found.filed = part(4..6).zip(part(6..8)).and_then(|(month, day)| Day::from_ymd(year, month, day));
                    if found.filed.is_none() && part(4..8) == Some(year + 1) {
                        found.year = Some(year as u16 + 1);
                    }
                }
                _ => {}
            }
            rest = &after[used..];
        }
        found
    }
}

/// The return year that a cell of a YEAR column or an option names: `2025`, `2025.0`, and `2024-25` or `2024/25` (which say their end).
/// The flag tells whether both years are written, so that nothing is left to guess.
pub(crate) fn year_cell(cell: &[u8]) -> Option<(u16, YearForm)> {
    let text = std::str::from_utf8(cell).ok()?.trim();
    let text = text.strip_suffix(".0").unwrap_or(text);
    let year = Numbers::of(text).year?;
    Some((year, if text.len() == 4 { YearForm::One } else { YearForm::Both }))
}

/// How a year is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearForm {
    /// `2025`: the year in which the return ends, or the one in which it starts.
    One,
    /// `2024-25`.
    Both,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_say_authority_year_and_filing() {
        let of = |name: &str| {
            let facts = PathFacts::of(name);
            (facts.authority.unwrap_or_default(), facts.year.unwrap_or(0), facts.filed.map(|day| day.to_string()).unwrap_or_default(), facts.edition)
        };
        let s = String::from;
        assert_eq!(of("Alderbrook/2025/episodes.csv"), (s("Alderbrook"), 2025, s(""), 0));
        assert_eq!(of("2024-25/Episodes.csv"), (s(""), 2025, s(""), 0));
        assert_eq!(of("returns/SSDA903 2023_2024/header v2.csv"), (s(""), 2024, s(""), 2));
        assert_eq!(of("Alderbrook/2024 resubmission 2024-09-30/uasc.csv"), (s("Alderbrook"), 2024, s("2024-09-30"), 1));
        assert_eq!(of("episodes_202425_20250630.csv"), (s(""), 2025, s("2025-06-30"), 0));
        assert_eq!(of("903_episodes.csv"), (s(""), 0, s(""), 0));
    }

    #[test]
    fn year_cells_say_whether_they_leave_a_guess() {
        assert_eq!(year_cell(b" 2017 "), Some((2017, YearForm::One)));
        assert_eq!(year_cell(b"2017.0"), Some((2017, YearForm::One)));
        assert_eq!(year_cell(b"2017/18"), Some((2018, YearForm::Both)));
        assert_eq!(year_cell(b"last"), None);
    }
}
