//! The stock as the open demand model for regions (cs-demand-model-regional, 2026-05) derives it, faults included.
//!
//! Written from the published description of its figures, for two uses: to walk from its stock to ours line by line, and to forecast in its
//! way where somebody asks for that (`--compatible`). What differs from [`crate::timeline`]: short breaks count, nobody leaves at 18, a change
//! of placement type with the same carer is lost, ages are days over 365.24, and overlaps are cut by rules of its own. The numbers
//! of the steps are those of the description.

use domain::Day;
use domain::code::{Code, rne};

use crate::field::{self, Field};

/// A row of the Header table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderRow {
    /// Number of the child, the same for all of its rows.
    pub child: u32,
    /// The YEAR column.
    pub year: u16,
    /// Date of birth.
    pub born: Option<Day>,
}

/// A row of the Episodes table, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpisodeRow {
    /// Number of the child.
    pub child: u32,
    /// The YEAR column.
    pub year: u16,
    /// DECOM.
    pub start: Option<Day>,
    /// DEC.
    pub end: Option<Day>,
    /// Reason for the new episode.
    pub rne: Code,
    /// Legal status; not used by the model, kept so that a bridge can find short breaks.
    pub legal: Code,
    /// Placement type.
    pub place: Code,
}

/// A stay: what is left of rows after cleaning and merging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Number of the child.
    pub child: u32,
    /// Its date of birth.
    pub born: Day,
    /// First day.
    pub start: Day,
    /// Day it ended; nothing while it is open.
    pub end: Option<Day>,
    /// Placement type of its first row.
    pub place: Code,
    /// Position of its first row among the rows given.
    pub row: usize,
}

impl Stay {
    /// Whether it counts on a day: on its first day and not on its last.
    pub fn covers(&self, on: Day) -> bool {
        self.start <= on && self.end.is_none_or(|end| on < end)
    }
}

/// Whether rows that continue a placement with the same carer are merged into the row before (step 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameCarer {
    /// As the model does: the placement type of the later row is lost.
    Merged,
    /// Left as rows, for a bridge.
    Apart,
}

/// Age bands, upper bound excluded.
pub const BANDS: [&str; 5] = ["Birth to 1", "1 to 5", "5 to 10", "10 to 16", "16 to 18+"];

/// First year of age of each band but the first.
const BOUNDS: [u32; 4] = [1, 5, 10, 16];

/// A stay, or the part of it in one age band (step 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Number of the child.
    pub child: u32,
    /// First day.
    pub start: Day,
    /// Day it ended; nothing while it is open.
    pub end: Option<Day>,
    /// Position in [`BANDS`].
    pub band: usize,
    /// Position in the categories of [`Field::BroadType`].
    pub broad_type: usize,
}

impl Part {
    /// `10 to 16 - Fostering`.
    pub fn state(&self) -> String {
        format!("{} - {}", BANDS[self.band], Field::BroadType.categories()[self.broad_type].key)
    }
}

/// Steps 1 to 4: rows to stays, sorted by child and start.
pub fn stays(headers: &[HeaderRow], rows: &[EpisodeRow], same_carer: SameCarer) -> Vec<Stay> {
    let mut stays = with_birth(headers, rows);
    // 2. Sorted with an empty end first; of one start the last row counts, then of one end the first.
    stays.sort_by_key(|stay| (stay.child, stay.start, stay.end, stay.row));
    stays = last_of_each(stays, |a, b| (a.child, a.start) == (b.child, b.start));
    first_of_each_end(&mut stays);
    // 3. An end that is missing or too late is the next start.
    for at in 1..stays.len() {
        let (next_child, next_start) = (stays[at].child, stays[at].start);
        let stay = &mut stays[at - 1];
        if stay.child == next_child && stay.end.is_none_or(|end| end > next_start) {
            stay.end = Some(next_start);
        }
    }
    match same_carer {
        SameCarer::Merged => merge_same_carer(stays, rows),
        SameCarer::Apart => stays,
    }
}

/// 1. The newest header row of a child gives its birth; rows without a start or a birth fall out.
fn with_birth(headers: &[HeaderRow], rows: &[EpisodeRow]) -> Vec<Stay> {
    let children = headers.iter().map(|row| row.child).chain(rows.iter().map(|row| row.child)).max().map_or(0, |most| most as usize + 1);
    let mut newest: Vec<Option<HeaderRow>> = vec![None; children];
    for header in headers {
        let known = &mut newest[header.child as usize];
        if known.is_none_or(|known| known.year < header.year) {
            *known = Some(*header);
        }
    }
    let stay = |(at, row): (usize, &EpisodeRow)| {
        let born = newest[row.child as usize]?.born?;
        Some(Stay { child: row.child, born, start: row.start?, end: row.end, place: row.place, row: at })
    };
    rows.iter().enumerate().filter_map(stay).collect()
}

fn last_of_each(stays: Vec<Stay>, same: impl Fn(&Stay, &Stay) -> bool) -> Vec<Stay> {
    let mut kept: Vec<Stay> = Vec::with_capacity(stays.len());
    for stay in stays {
        match kept.last_mut() {
            Some(last) if same(last, &stay) => *last = stay,
            _ => kept.push(stay),
        }
    }
    kept
}

fn first_of_each_end(stays: &mut Vec<Stay>) {
    let mut ends: Vec<Option<Day>> = Vec::new();
    let mut child = None;
    stays.retain(|stay| {
        if child != Some(stay.child) {
            child = Some(stay.child);
            ends.clear();
        }
        let new = !ends.contains(&stay.end);
        ends.push(stay.end);
        new
    });
}

/// 4. A row that says "same carer" and touches the row before is merged into it.
fn merge_same_carer(stays: Vec<Stay>, rows: &[EpisodeRow]) -> Vec<Stay> {
    let mut merged: Vec<Stay> = Vec::with_capacity(stays.len());
    for stay in stays {
        let continues = matches!(rows[stay.row].rne, rne::L | rne::T | rne::U);
        match merged.last_mut() {
            Some(last) if continues && last.child == stay.child && last.end == Some(stay.start) => last.end = stay.end,
            _ => merged.push(stay),
        }
    }
    merged
}

/// Step 5: stays cut where the child grows out of a band. An open stay is followed to `until`.
pub fn parts(stays: &[Stay], until: Day) -> Vec<Part> {
    let mut parts = Vec::with_capacity(stays.len() + stays.len() / 4);
    for stay in stays {
        let broad_type = field::broad_type(stay.place) as usize;
        let (first, last) = (band(stay.born, stay.start), band(stay.born, stay.end.unwrap_or(until)));
        if last < first {
            // It ends before it starts: nothing is left of it.
            continue;
        }
        let mut start = stay.start;
        for (band, &bound) in BOUNDS.iter().enumerate().take(last).skip(first) {
            let end = birthday(stay.born, bound);
            parts.push(Part { child: stay.child, start, end: Some(end), band, broad_type });
            start = end;
        }
        parts.push(Part { child: stay.child, start, end: stay.end, band: last, broad_type });
    }
    parts
}

/// The band of an age in days over 365.24.
fn band(born: Day, on: Day) -> usize {
    let age = f64::from(on.since(born)) / 365.24;
    BOUNDS.iter().filter(|&&bound| age >= f64::from(bound)).count()
}

/// The birthday as the model has it: 29 February becomes 28 February in common years.
fn birthday(born: Day, years: u32) -> Day {
    let (year, month, day) = born.ymd();
    Day::from_ymd(year + years, month, day).unwrap_or_else(|| born.anniversary(years).plus(-1))
}

/// Steps 6 and 7 at the end of a day: parts begun on or before it less parts ended on or before it, by band and type.
pub fn stock(parts: &[Part], on: Day) -> [[i64; 4]; 5] {
    let mut stock = [[0; 4]; 5];
    for part in parts {
        let begun = i64::from(part.start <= on);
        let ended = i64::from(part.end.is_some_and(|end| end <= on));
        stock[part.band][part.broad_type] += begun - ended;
    }
    stock
}

/// First and last day of history: 1 April before the smallest YEAR, and the 31 March on or after the latest date.
pub fn history(rows: &[EpisodeRow]) -> Option<(Day, Day)> {
    let first = rows.iter().map(|row| row.year).min()?;
    let last = rows.iter().flat_map(|row| [row.start, row.end]).flatten().max()?;
    Some((Day::year_start(u32::from(first)), Day::year_end(last.return_year())))
}
