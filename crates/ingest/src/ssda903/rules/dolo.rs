//! Where a child lived while a court order allowed that it be deprived of its liberty (rules 709, 710).

use super::Hit;
use super::context::Context;

/// Every pair of an order that has both dates and an episode that meets it in a placement that is `wrong`: both rows are flagged.
/// An open episode reaches as far as any order.
pub(super) fn in_placement(cx: &Context, wrong: impl Fn(Option<&str>) -> bool) -> Vec<Hit> {
    let (orders, episodes) = (&cx.this.dolo, &cx.this.episodes);
    let (from, to) = (orders.dates("DOLO_START"), orders.dates("DOLO_END"));
    let (start, end) = (episodes.dates("DECOM"), episodes.dates("DEC"));
    let place = episodes.text("PLACE");
    let mut hits = Vec::new();
    for order in 0..orders.len() {
        let (Some(child), Some(from), Some(to)) = (orders.child(order), from.day(order), to.day(order)) else { continue };
        for &episode in episodes.rows_of(child) {
            let begins_in_time = start.day(episode).is_some_and(|start| start <= to);
            let ends_in_time = end.is_blank(episode) || end.day(episode).is_some_and(|end| from <= end);
            if begins_in_time && ends_in_time && wrong(place.get(episode)) {
                hits.extend([orders.hit(order), episodes.hit(episode)]);
            }
        }
    }
    hits
}
