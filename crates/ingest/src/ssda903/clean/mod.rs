//! Many years of rows of one authority to one consistent history: who the children are, then their episodes.

mod chain;
mod children;
mod coverage;
mod episodes;
mod others;
mod submissions;

use domain::Day;
use domain::history::{History, RowCount};

use super::cell::Marks;
use super::issue::Note;
use super::kind::Kind;
use super::typed::AuthorityRows;

pub use submissions::Series;
pub(crate) use submissions::{FileFacts, Held};

/// One authority, cleaned.
pub(crate) struct Cleaned {
    pub(crate) history: History,
    pub(crate) notes: Vec<Note>,
    pub(crate) held: Vec<Held>,
}

/// Cleans the rows of one authority. File numbers are those of the rows.
pub(crate) fn authority(mut rows: AuthorityRows, files: &[FileFacts], series: Series) -> Cleaned {
    let mut notes = std::mem::take(&mut rows.notes);
    let held = submissions::choose(&mut rows, files, series, &mut notes);
    let years = covered_years(&rows);
    let mut history = History { authorities: vec![rows.name.clone()], ..History::default() };
    history.covers = years.map(|(first, last)| (Day::year_start(u32::from(first)), Day::year_end(u32::from(last))));
    history.unsent = years.map_or_else(Vec::new, |years| unsent(&rows, years));
    let children = children::choose(&mut rows, &mut notes);
    episodes::clean(&mut rows, &children, years, &mut history, &mut notes);
    coverage::check(&mut history, &held, &mut notes);
    others::clean(&mut rows, &children, &held, &mut history, &mut notes);
    children::write(&rows, &children, &mut history);
    history.rows = count(&rows);
    Cleaned { history, notes, held }
}

/// First and last return year that the Episodes table holds; of any table if there is no episode.
fn covered_years(rows: &AuthorityRows) -> Option<(u16, u16)> {
    let years =
        |episodes: bool| rows.held.iter().filter(move |held| held.1 > 0 && (!episodes || held.0 == Kind::Episodes)).map(|held| held.1);
    let first_last = |episodes: bool| years(episodes).min().zip(years(episodes).max());
    first_last(true).or_else(|| first_last(false))
}

/// The return years between the first and the last of which no episodes are held.
fn unsent(rows: &AuthorityRows, (first, last): (u16, u16)) -> Vec<(Day, Day)> {
    let sent = |year: &u16| rows.held.iter().any(|held| held.1 == *year && held.0 == Kind::Episodes);
    let span = |year: u16| (Day::year_start(u32::from(year)), Day::year_end(u32::from(year)));
    (first..=last).filter(|year| !sent(year)).map(span).collect()
}

/// Every row once, by its marks.
fn count(rows: &AuthorityRows) -> RowCount {
    let mut count = RowCount { read: rows.fallen, set_aside: rows.fallen, ..RowCount::default() };
    // Table after table in loops of their own: a `for` would ask for each row which table it is in.
    rows.places().for_each(|place| {
        let of = |mark: Marks| u64::from(place.marks.has(mark));
        let used = 1 - of(Marks::SET_ASIDE);
        count.read += 1;
        count.set_aside += 1 - used;
        count.used += used;
        count.repaired += used & of(Marks::REPAIRED);
        count.cut += used & of(Marks::CUT);
    });
    count
}
