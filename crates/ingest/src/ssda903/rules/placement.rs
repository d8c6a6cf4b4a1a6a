//! Whether two episodes are the same placement, as rules 434 to 436 compare them.

use super::context::Sheet;

/// Whether placement type, postcode, URN and provider are all the same. Two blanks are: a foster carer without a URN has not moved.
pub(super) fn is_same<'a>(episodes: &'a Sheet) -> impl Fn(u32, u32) -> bool + 'a {
    let columns = ["PLACE", "PL_POST", "URN", "PLACE_PROVIDER"].map(|column| episodes.text(column));
    move |one, other| columns.iter().all(|column| column.same(one, other))
}
