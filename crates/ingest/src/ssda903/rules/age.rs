//! Placements that are for children of some age only (rules 371, 372).

use super::Hit;
use super::context::Context;

/// Every episode in this placement type that starts before the child's birthday of so many years.
pub(super) fn younger_than(cx: &Context, place: &str, years: u32) -> Vec<Hit> {
    let (header, episodes) = (&cx.this.header, &cx.this.episodes);
    let (born, start, places) = (header.dates("DOB"), episodes.dates("DECOM"), episodes.text("PLACE"));
    let too_young =
        |row, start| header.rows_about(episodes, row).iter().any(|&row| born.day(row).is_some_and(|born| start < born.anniversary(years)));
    episodes.flag(|row| places.is(row, place) && start.day(row).is_some_and(|start| too_young(row, start)))
}
