//! How placements end, as far as the return says.

use domain::code::{Code, rec};

use crate::field::UNKNOWN;
use crate::group;
use crate::view::View;

/// How a main placement ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Into another placement, for this reason.
    Moved(Code),
    /// Into another placement, and the return does not say why.
    MovedWithoutReason,
    /// With the period of care.
    LeftCare,
    /// Neither another placement nor a reason for leaving care is on record.
    NotExplained,
}

/// How a main placement that has an end ended. A code that is not in the list, such as a regional extract's LIIAF, is no reason. The reason stands on its last row, or on that of the temporary stay at its end.
pub(crate) fn of(view: &View, placement: usize) -> End {
    let (timeline, episodes) = (view.timeline, &view.history.episodes);
    let period = timeline.placements.period[placement] as usize;
    let next = timeline.periods.placements(period).find(|&next| next > placement && timeline.placements.is_main(next));
    let Some(next) = next else {
        let ceased = timeline.periods.ceased[period];
        return if ceased.is_blank() || ceased == rec::X1 { End::NotExplained } else { End::LeftCare };
    };
    let rows = [timeline.placements.first_episode[next] as usize - 1, timeline.placements.last_episode[placement] as usize];
    let reason = rows.into_iter().map(|row| episodes.change[row]).find(|&code| group::change().category(code) != UNKNOWN);
    reason.map_or(End::MovedWithoutReason, End::Moved)
}
