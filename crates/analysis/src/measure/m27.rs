//! M27: care leavers.

use domain::Day;
use domain::code::Code;
use domain::history::CareLeaver;

use super::{Card, Direction, Member, Over, Settings, Tally, Unit, last_complete_year};
use crate::field::Field;
use crate::view::View;

const SOURCE: &str = "Department for Education, care leavers (OC3)";
const WHO: &str = "Care leavers in the OC3 table of the last return year complete on the date, aged 17 to 21 at its end; those who died and those who went \
                   home for six months or more are left out (transfers to another authority cannot be told from the return).";

macro_rules! leavers_card {
    ($id:literal, $label:literal, $what:literal, $count:ident) => {
        Card {
            id: $id,
            label: $label,
            unit: Unit::Ratio,
            direction: Direction::High,
            definition: $what,
            source: SOURCE,
            needs: Some(("OC3", Over::LastCompleteYear)),
            count: $count,
        }
    };
}

pub(super) static CARDS: [Card; 4] = [
    leavers_card!(
        "M27a",
        "Care leavers in touch with the authority",
        "Care leavers with whom the authority is in touch (YES), over all of them, those who refuse contact or need no service any more among them.",
        in_touch
    ),
    leavers_card!(
        "M27b",
        "Care leavers in suitable accommodation",
        "Care leavers whose accommodation is considered suitable, over all of them as published: where it is not known they are in the denominator.",
        suitable
    ),
    leavers_card!(
        "M27c",
        "Care leavers in education, employment or training",
        "Care leavers in education, employment or training, full or part time (F1-F5, P1-P5), over all of them as published: where it is not known they \
         are in the denominator.",
        in_education
    ),
    leavers_card!(
        "M27d",
        "Care leavers living with former foster carers",
        "Care leavers aged 18 to 20 at the end of the return year who live with former foster carers (accommodation Z), over all of that age. The return \
         does not say who was fostered at 18, so this is not the share of foster placements that went on.",
        staying_put
    ),
];

/// Died, and went home for six months or more.
const LEFT_OUT: [Code; 2] = [Code::of("DIED"), Code::of("RHOM")];

/// The rows that count in the year, with what is known of them.
fn each(view: &View, ages: std::ops::RangeInclusive<u32>, tally: &mut Tally, judge: impl Fn(&CareLeaver) -> Option<bool>) {
    if Field::ALL.into_iter().any(|field| field != Field::Authority && view.filter().limit(field).is_some()) {
        tally.not_available("Care leavers' rows do not hold what the filter asks for: filter by authority only.");
        return;
    }
    tally.remark(WHO);
    let year = last_complete_year(view.on);
    let authorities = view.filter().limit(Field::Authority);
    for (row, leaver) in view.history.care_leavers.iter().enumerate() {
        let meant = u32::from(leaver.year) == year
            && authorities.is_none_or(|limit| limit.contains(&leaver.authority))
            && !LEFT_OUT.contains(&leaver.in_touch);
        if !meant {
            continue;
        }
        let who = Member::CareLeaver(row as u32);
        match leaver.born.map(|born| born.age_at(Day::year_end(year))) {
            Some(age) if !ages.contains(&age) => {}
            Some(_) => match judge(leaver) {
                Some(true) => tally.yes(who),
                Some(false) => tally.no(),
                None => tally.unknown_among_all(who),
            },
            None => tally.unknown(who),
        }
    }
}

fn in_touch(view: &View, _: &Settings, tally: &mut Tally) {
    each(view, 17..=21, tally, |leaver| (!leaver.in_touch.is_blank()).then(|| leaver.in_touch == Code::of("YES")));
}

fn suitable(view: &View, _: &Settings, tally: &mut Tally) {
    each(view, 17..=21, tally, |leaver| match leaver.accommodation.to_string().as_bytes() {
        [_, b'1'] => Some(true),
        [_, b'2'] => Some(false),
        _ => None,
    });
}

fn in_education(view: &View, _: &Settings, tally: &mut Tally) {
    each(view, 17..=21, tally, |leaver| match leaver.activity.first() {
        b'F' | b'P' => Some(true),
        b'G' => Some(false),
        _ => None,
    });
}

fn staying_put(view: &View, _: &Settings, tally: &mut Tally) {
    each(view, 18..=20, tally, |leaver| match leaver.accommodation.first() {
        b'Z' => Some(true),
        0 | b'0' => None,
        _ => Some(false),
    });
}
