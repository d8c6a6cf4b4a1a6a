//! Legal statuses that the Children Act 1989 allows for a few days only (rules 361, 362).

use domain::Day;

use super::Hit;
use super::context::Context;

/// Every episode of an unbroken run of one legal status that lasted longer than `days`. An open run lasts to the end of the year.
pub(super) fn longer_than(cx: &Context, status: &str, days: i32) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let ls = episodes.text("LS");
    let (start, end) = (episodes.dates("DECOM"), episodes.dates("DEC"));
    // An end that cannot be read tells nothing about the length, so it ends the run where the episode starts.
    let ended = |row| if end.is_blank(row) { Some(cx.end) } else { end.day(row).or(start.day(row)) };
    let goes_on = |one, next| ls.is(one, status) && ls.is(next, status) && ended(one) == start.day(next);
    let lasted = |run: &[u32]| {
        let first = run.iter().filter_map(|&row| start.day(row)).min();
        let last = run.iter().filter_map(|&row| ended(row)).max();
        first.zip(last).map(|(first, last): (Day, Day)| last.since(first))
    };
    cx.chain
        .children()
        .flat_map(|rows| rows.chunk_by(|&one, &next| goes_on(one, next)))
        .filter(|run| ls.is(run[0], status) && lasted(run).is_some_and(|lasted| lasted > days))
        .flatten()
        .map(|&row| episodes.hit(row))
        .collect()
}
