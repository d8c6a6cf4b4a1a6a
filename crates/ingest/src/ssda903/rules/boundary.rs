//! The night of 31 March: last year's open episode and this year's first are the same (rules 503B, 503D).

use super::Hit;
use super::context::Context;

/// This year's first episode of each child whose latest one of last year was open, where the two break the rule.
pub(super) fn flag(cx: &Context, breaks: impl Fn(u32, u32) -> bool) -> Vec<Hit> {
    let episodes = &cx.this.episodes;
    let end = cx.last.episodes.dates("DEC");
    let pairs = cx.chain.children().filter_map(|rows| {
        let latest = *cx.chain_last.of_child(episodes.child(rows[0])?).last()?;
        end.is_blank(latest).then_some((rows[0], latest))
    });
    pairs.filter(|&(first, latest)| breaks(first, latest)).map(|(first, _)| episodes.hit(first)).collect()
}
