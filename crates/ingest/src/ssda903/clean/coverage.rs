//! Whether the newest return reaches to its last day. One that was extracted in September shows nobody leaving or coming after that, and
//! every count and rate over the whole year would be silently too low. So the returns then cover the days up to its last event, and no more.

use domain::Day;
use domain::history::History;

use super::super::issue::{self, Note};
use super::super::kind::Kind;
use super::submissions::Held;

/// So many events would be expected after the last one, at the pace before it, were the return whole. Chance leaves a silence of eight once in
/// three thousand times.
const EXPECTED_IN_SILENCE: u64 = 8;

/// Of fewer events than these nobody can tell a pace.
const FEWEST: u64 = 10;

/// Ends what the returns cover where the events of the newest one end long before it does, and says so.
pub(super) fn check(history: &mut History, held: &[Held], notes: &mut Vec<Note>) {
    let (Some((first, end)), Some(last)) = (history.covers, history.last_event) else { return };
    let year = end.return_year();
    let start = Day::year_start(year);
    if last < start {
        return;
    }
    let episodes = &history.episodes;
    let days = episodes.start.iter().copied().chain(episodes.end.iter().copied().flatten());
    let events = days.filter(|day| (start..=last).contains(day)).count() as u64;
    let span = |from: Day, to: Day| u64::try_from(to.since(from)).unwrap_or(0);
    if events < FEWEST || events * span(last, end) < EXPECTED_IN_SILENCE * (span(start, last) + 1) {
        return;
    }
    let of_year = |held: &&Held| held.kind == Kind::Episodes && held.used && u32::from(held.year) == year;
    let Some(held) = held.iter().find(of_year) else { return };
    let message = format!(
        "The last of the {events} starts and ends of episodes in the return of {year} is on {}: the return seems to stop there. \
         Nothing is counted after that day, and forecasts begin on it. Give the whole year's return to go on to its end.",
        last.statutory()
    );
    history.covers = Some((first, last));
    notes.push(issue::DATA_ENDS_EARLY.of_file(held.file, Some(Kind::Episodes), held.year, "DECOM, DEC", message));
}
