//! M19: reviews on time, and children taking part in them.

use domain::Day;
use domain::code::Code;
use domain::history::Review;
use reference::calendar::working_days_after;

use super::{Card, Direction, Member, Over, Settings, Tally, Unit};
use crate::timeline::{Opening, Standing};
use crate::view::{Days, View};

pub(super) static CARDS: [Card; 2] = [
    Card {
        id: "M19a",
        label: "Children whose reviews were all on time",
        unit: Unit::Ratio,
        direction: Direction::High,
        definition: "Children looked after on the date for whom at least one review was due or held in the twelve months to it, and none of them late; over \
                     all such children. Due: the first within 20 working days of the day after becoming looked after, the second within three months of \
                     the first, later ones within six months of the one before. Where the reviews before the returns' first day are not held, the first \
                     one held counts as on time within six months of that day.",
        source: "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33",
        needs: Some(("Reviews", Over::YearToDate)),
        count: on_time,
    },
    Card {
        id: "M19b",
        label: "Reviews in which the child took part",
        unit: Unit::Ratio,
        direction: Direction::High,
        definition: "Reviews in the range of days in which the child gave its views in any way (PN1, PN2, PN3, PN5, PN6), over all reviews of children aged \
                     four or over: PN4 (came and said nothing) and PN7 (neither came nor gave views) are in the denominator only, PN0 (under four) in \
                     neither. Unknown: no code.",
        source: "Department for Education codes; reading by Placewell",
        needs: Some(("Reviews", Over::Range)),
        count: taking_part,
    },
];

fn on_time(view: &View, _: &Settings, tally: &mut Tally) {
    let year = Days::year_to(view.on);
    let held_from = held_from(view);
    for at in view.stock() {
        match verdict(view, at, year, held_from) {
            Some(Verdict::OnTime) => tally.yes(at),
            Some(Verdict::Late) => tally.no(),
            None => {}
        }
    }
}

enum Verdict {
    OnTime,
    Late,
}

/// Nothing where no review was due or held in the year.
fn verdict(view: &View, at: &Standing, year: Days, held_from: Day) -> Option<Verdict> {
    let period = at.period as usize;
    let started = view.timeline.periods.start[period];
    let whole_chain = view.timeline.periods.opening[period] == Opening::Recorded && started >= held_from;
    let (mut due, mut held) = if whole_chain {
        (working_days_after(started, 20), 0)
    } else {
        // Two or more are taken as held: the longest interval, so that nobody is called late on what is not known.
        (held_from.plus_months(6), 2)
    };
    let mut concerned = false;
    for review in reviews_of(view, at.child).iter().filter(|review| review.on >= started.max(held_from) && review.on <= view.on) {
        let in_year = review.on >= year.from;
        concerned |= in_year || due >= year.from;
        if review.on > due && in_year {
            return Some(Verdict::Late);
        }
        held += 1;
        due = review.on.plus_months(if held == 1 { 3 } else { 6 });
    }
    if due <= view.on {
        return Some(Verdict::Late);
    }
    concerned.then_some(Verdict::OnTime)
}

fn taking_part(view: &View, _: &Settings, tally: &mut Tally) {
    const TOOK_PART: [Code; 5] = [Code::of("PN1"), Code::of("PN2"), Code::of("PN3"), Code::of("PN5"), Code::of("PN6")];
    const SILENT: [Code; 2] = [Code::of("PN4"), Code::of("PN7")];
    for (row, review) in view.history.reviews.iter().enumerate() {
        if review.on < view.range.from || review.on > view.range.to || review.participation == Code::of("PN0") {
            continue;
        }
        let Some(at) = view.timeline.standing(view.history, review.child as usize, review.on) else { continue };
        if !view.admits(&at) {
            continue;
        }
        let who = Member::Review(row as u32);
        match review.participation {
            code if TOOK_PART.contains(&code) => tally.yes(who),
            code if SILENT.contains(&code) => tally.no(),
            _ => tally.unknown(who),
        }
    }
}

fn reviews_of<'a>(view: &View<'a>, child: u32) -> &'a [Review] {
    let reviews = &view.history.reviews;
    let from = reviews.partition_point(|review| review.child < child);
    let until = from + reviews[from..].partition_point(|review| review.child == child);
    &reviews[from..until]
}

/// First day from which reviews are held without a gap to the date.
fn held_from(view: &View) -> Day {
    let held = |year: u32| view.history.tables_held.contains(&("Reviews", year as u16));
    let mut year = view.on.return_year();
    while held(year - 1) {
        year -= 1;
    }
    Day::year_start(year)
}
