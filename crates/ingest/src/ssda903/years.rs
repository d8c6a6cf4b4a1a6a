//! Which return year rows belong to, where the files leave it open.

use std::collections::BTreeMap;

use super::issue::{self, Note};
use super::kind::Kind;
use super::typed::{AuthorityRows, EpisodeRow};

/// How a file's year is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearSource {
    /// By a YEAR column, in which single years (`2017`) may be the start or the end of the return year.
    Column {
        /// Whether any row writes a single year.
        single: bool,
    },
    /// By the option or the path.
    Given(u16),
    /// Not yet.
    Unknown,
}

/// What this module needs to know of a file.
#[derive(Clone, Debug)]
pub(crate) struct YearFile {
    pub(crate) kind: Option<Kind>,
    pub(crate) folder: String,
    pub(crate) source: YearSource,
    pub(crate) fit: Fit,
}

/// Settles the year of every row, and says what was guessed; gives what became of each file's years.
pub(crate) fn settle(authorities: &mut [AuthorityRows], files: &[YearFile], notes: &mut Vec<Note>) -> Vec<YearChange> {
    let shift = years_are_starts(authorities, files);
    let guesses = guesses(authorities, files);
    let mut moved = vec![YearChange::Nothing; files.len()];
    for (at, file) in files.iter().enumerate() {
        match file.source {
            YearSource::Column { single: true } if shift => {
                moved[at] = YearChange::Later;
                let message =
                    "YEAR is the year in which the return year starts, as the dates show: 2024 is read as April 2024 to March 2025.";
                notes.push(issue::YEAR_IS_START.of_file(at as u32, file.kind, 0, "YEAR", message));
            }
            // A file that is no table of the return has no rows whose year could matter.
            YearSource::Unknown if file.kind.is_some() => {
                let Some(year) = guesses[at] else { continue };
                moved[at] = YearChange::To(year);
                let message = format!(
                    "The file says no year; its dates show the return of April {} to March {year}. Give the year if that is wrong.",
                    year - 1
                );
                notes.push(issue::YEAR_GUESSED.of_file(at as u32, file.kind, year, "", message));
            }
            _ => {}
        }
    }
    if moved.iter().any(|change| *change != YearChange::Nothing) {
        for rows in authorities.iter_mut() {
            apply(rows, &moved);
        }
        for note in notes.iter_mut() {
            let year = &mut note.finding.year;
            *year = u32::from(moved[note.file as usize].of(*year as u16));
        }
    }
    doubt(files, notes);
    moved
}

/// What becomes of the years that a file writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearChange {
    /// They stand.
    Nothing,
    /// They are starts, so the return year ends one later.
    Later,
    /// The file says none; this is the year.
    To(u16),
}

impl YearChange {
    pub(crate) const fn of(self, year: u16) -> u16 {
        match self {
            Self::Later if year > 0 => year + 1,
            Self::To(to) => to,
            _ => year,
        }
    }
}

fn apply(rows: &mut AuthorityRows, moved: &[YearChange]) {
    rows.each_place(|_, _, place| place.year = moved[place.file as usize].of(place.year));
    for (_, year, file) in &mut rows.held {
        *year = moved[*file as usize].of(*year);
    }
    for note in &mut rows.notes {
        note.finding.year = u32::from(moved[note.file as usize].of(note.finding.year as u16));
    }
}

/// Episodes that end in a return are its surest date: DEC lies in the return year. Where more of them lie in the year after YEAR than in YEAR, it
/// holds the start.
fn years_are_starts(authorities: &[AuthorityRows], files: &[YearFile]) -> bool {
    if !files.iter().any(|file| file.source == (YearSource::Column { single: true })) {
        return false;
    }
    let mut as_start = 0u64;
    let mut as_end = 0u64;
    for row in authorities.iter().flat_map(|rows| &rows.episodes) {
        if let (YearSource::Column { single: true }, Some(end)) = (files[row.place.file as usize].source, row.end) {
            let year = end.return_year();
            as_start += u64::from(year == u32::from(row.place.year) + 1);
            as_end += u64::from(year == u32::from(row.place.year));
        }
    }
    as_start > as_end
}

/// For each file without a year the year of its folder's episodes, else that of all episodes of such files, else nothing.
fn guesses(authorities: &[AuthorityRows], files: &[YearFile]) -> Vec<Option<u16>> {
    let unknown = |file: u32| files[file as usize].source == YearSource::Unknown;
    if !files.iter().any(|file| file.source == YearSource::Unknown) {
        return vec![None; files.len()];
    }
    let rows = || authorities.iter().flat_map(|rows| &rows.episodes).filter(|row| unknown(row.place.file));
    let mut folders: BTreeMap<&str, Vec<&EpisodeRow>> = BTreeMap::new();
    for row in rows() {
        folders.entry(files[row.place.file as usize].folder.as_str()).or_default().push(row);
    }
    let by_folder: BTreeMap<&str, u16> = folders.iter().filter_map(|(folder, rows)| Some((*folder, latest_year(rows)?))).collect();
    let newest = by_folder.values().copied().max();
    files.iter().map(|file| by_folder.get(file.folder.as_str()).copied().or(newest)).collect()
}

/// The latest return year that holds one date in fifty or more: a return holds dates of its own year and before, and a mistyped year must not win.
fn latest_year(rows: &[&EpisodeRow]) -> Option<u16> {
    let mut years: BTreeMap<u32, usize> = BTreeMap::new();
    let dates = rows.iter().flat_map(|row| [Some(row.start), row.end]).flatten();
    let mut all = 0;
    for day in dates {
        *years.entry(day.return_year()).or_default() += 1;
        all += 1;
    }
    let enough = if all > 10 { (all / 50).max(2) } else { 1 };
    let latest = years.iter().rfind(|&(_, &count)| count >= enough).or_else(|| years.iter().next_back());
    latest.and_then(|(&year, _)| u16::try_from(year).ok())
}

/// How the dates of an Episodes file fit the year it was given.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fit {
    /// Dates that should lie in the year: every DEC, and each DECOM after it.
    pub(crate) dates: u64,
    /// Those that do not.
    pub(crate) outside: u64,
}

/// Fewer dates than these outside the year are slips of single rows, which have findings of their own.
const FEW: u64 = 3;

/// Says where most dates of a file do not fit the year it was given.
fn doubt(files: &[YearFile], notes: &mut Vec<Note>) {
    for (at, file) in files.iter().enumerate() {
        let YearSource::Given(year) = file.source else { continue };
        if file.fit.outside >= FEW && file.fit.outside * 2 > file.fit.dates {
            let message = format!(
                "The file is taken as the return of April {} to March {year}, and {} of its {} dates lie outside that year. Give the right year, or move the file.",
                year - 1,
                file.fit.outside,
                file.fit.dates
            );
            notes.push(issue::YEAR_DOUBTFUL.of_file(at as u32, file.kind, year, "DEC", message));
        }
    }
}
