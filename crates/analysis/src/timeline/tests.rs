use domain::Day;
use domain::code::ls;
use domain::history::History;
use proptest::prelude::*;

use super::{Kind, Opening, Role, Timeline};
use crate::story::{child, day, story};

/// The main placements of the only child: first and last day.
fn mains(history: &History) -> Vec<(String, String)> {
    let timeline = Timeline::build(history);
    (0..timeline.placements.len())
        .filter(|&at| timeline.placements.is_main(at))
        .map(|at| (timeline.placements.start[at].to_string(), timeline.placements.end[at].map_or("…".to_owned(), |end| end.to_string())))
        .collect()
}

fn count(episodes: &[&str]) -> usize {
    let mut history = story();
    child(&mut history, "2010-01-01", episodes);
    mains(&history).len()
}

#[test]
fn i_a_change_of_legal_status_is_no_move() {
    assert_eq!(count(&["2020-01-01 2020-06-01 S C1 U6 PR1 X1 -", "2020-06-01 - L C2 U6 PR1 - -"]), 1);
}

#[test]
fn ii_a_change_of_status_with_the_same_carer_is_no_move() {
    assert_eq!(count(&["2020-01-01 2020-06-01 S C2 U3 PR1 X1 PLACE", "2020-06-01 - T C2 U1 PR1 - -"]), 1);
    assert_eq!(count(&["2020-01-01 2020-06-01 S E1 U5 PR1 X1 PLACE", "2020-06-01 - U E1 A5 PR1 - -"]), 1);
}

#[test]
fn iii_hospital_and_return_is_no_move() {
    let rows = ["2020-01-01 2020-06-01 S C2 U6 PR1 X1 -", "2020-06-01 2020-06-09 P C2 T1 - X1 -", "2020-06-09 - P C2 U6 PR1 - -"];
    let mut history = story();
    child(&mut history, "2010-01-01", &rows);
    assert_eq!(mains(&history), [("2020-01-01".to_owned(), "…".to_owned())]);
    let timeline = Timeline::build(&history);
    assert_eq!(timeline.placements.role[1], Role::Temporary { within: 0 });
    assert_eq!((timeline.placements.start[1], timeline.placements.end[1]), (day("2020-06-01"), Some(day("2020-06-09"))));
    // In hospital the child still lives with the carer.
    let standing = timeline.standing(&history, 0, day("2020-06-05")).unwrap();
    assert_eq!((standing.episode, standing.home_episode, standing.placement), (1, 0, 0));
    // Eight nights are the hospital's.
    assert_eq!(timeline.nights_of_placement(1, day("2020-01-01"), day("2020-12-31")), 8);
    assert_eq!(timeline.nights_of_placement(0, day("2020-01-01"), day("2020-12-31")), 366 - 8);
}

#[test]
fn iv_carers_who_move_house_keep_the_placement() {
    assert_eq!(count(&["2020-01-01 2020-06-01 S C2 U6 PR1 X1 OTHER NG11AA NG12AA", "2020-06-01 - T C2 U6 PR1 - - NG11AA NG99AA"]), 1);
}

#[test]
fn v_two_stays_with_the_same_carer_and_one_between_are_three() {
    let rows = [
        "2020-01-01 2020-06-01 S C2 U6 PR1 X1 CARPL NG11AA NG12AA",
        "2020-06-01 2020-07-01 P C2 K2 PR4 X1 CARPL NG11AA NG55AA",
        "2020-07-01 - P C2 U6 PR1 - - NG11AA NG12AA",
    ];
    assert_eq!(count(&rows), 3);
}

#[test]
fn vi_short_breaks_are_not_care() {
    let mut history = story();
    child(&mut history, "2010-01-01", &["2020-01-01 2020-01-03 S V3 U6 PR1 E4A -", "2020-02-01 - S V4 K2 PR1 - -"]);
    let timeline = Timeline::build(&history);
    assert_eq!(timeline.periods.kind, [Kind::ShortBreaks, Kind::ShortBreaks]);
    assert!(timeline.stock(&history, day("2020-02-05")).is_empty());
    assert!(timeline.starters(&history, day("2020-01-01"), day("2020-12-31")).is_empty());
    assert!(timeline.leavers(&history, day("2020-01-01"), day("2020-12-31")).is_empty());
    assert_eq!(timeline.placements_open(day("2020-02-05")).count(), 0);
}

#[test]
fn viii_going_missing_is_no_placement() {
    // Missing is a table of its own; the episode goes on.
    let mut history = story();
    child(&mut history, "2010-01-01", &["2020-01-01 - S C2 K2 PR4 - -"]);
    history.missing.push(domain::history::Missing {
        child: 0,
        kind: domain::Code::of("M"),
        start: day("2020-02-01"),
        end: Some(day("2020-02-11")),
    });
    assert_eq!(mains(&history).len(), 1);
}

#[test]
fn a_move_out_of_a_temporary_stay_to_somewhere_else_is_a_move() {
    let rows = [
        "2020-01-01 2020-06-01 S C2 U6 PR1 X1 - NG11AA NG12AA",
        "2020-06-01 2020-06-09 P C2 T4 - X1 - NG11AA NG15DT",
        "2020-06-09 - P C2 K2 PR4 - - NG11AA NG55AA",
    ];
    let mut history = story();
    child(&mut history, "2010-01-01", &rows);
    // The first placement goes on until the child is known not to come back.
    assert_eq!(mains(&history), [("2020-01-01".to_owned(), "2020-06-09".to_owned()), ("2020-06-09".to_owned(), "…".to_owned())]);
}

#[test]
fn a_period_ends_at_an_end_at_a_gap_and_at_a_start() {
    let periods = |rows: &[&str]| {
        let mut history = story();
        child(&mut history, "2010-01-01", rows);
        let timeline = Timeline::build(&history);
        timeline.periods.start.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    // Home and back in six months (trap F24); home and back on the same day; a gap behind X1.
    assert_eq!(periods(&["2020-01-01 2020-02-01 S C2 U6 PR1 E4A -", "2020-06-01 - S C2 U6 PR1 - -"]), ["2020-01-01", "2020-06-01"]);
    assert_eq!(periods(&["2020-01-01 2020-02-01 S C2 U6 PR1 E4A -", "2020-02-01 - S C2 U6 PR1 - -"]).len(), 2);
    assert_eq!(periods(&["2020-01-01 2020-02-01 S C2 U6 PR1 X1 -", "2020-02-02 - P C2 U6 PR1 - -"]).len(), 2);
    assert_eq!(periods(&["2020-01-01 2020-02-01 S C2 U6 PR1 X1 -", "2020-02-01 - P C2 K2 PR4 - -"]).len(), 1);
}

#[test]
fn a_beginning_that_is_not_on_record_is_flagged() {
    let mut history = story();
    child(&mut history, "2010-01-01", &["2016-04-01 - L C2 U6 PR1 - -"]);
    child(&mut history, "2010-01-01", &["2016-05-01 - S C2 U6 PR1 - -"]);
    child(&mut history, "2010-01-01", &["2016-05-01 - P C2 U6 PR1 - -"]);
    let timeline = Timeline::build(&history);
    assert_eq!(timeline.periods.opening, [Opening::BeforeRecords, Opening::Recorded, Opening::BeforeRecords]);
    assert_eq!(timeline.placements.opening, [Opening::BeforeRecords, Opening::Recorded, Opening::Recorded]);
    assert_eq!(timeline.starters(&history, day("2016-04-01"), day("2017-03-31")).len(), 1);
}

#[test]
fn the_end_date_is_no_night_and_no_count() {
    let mut history = story();
    child(&mut history, "2010-01-01", &["2021-03-01 2021-03-31 S C2 U6 PR1 E4A -"]);
    let timeline = Timeline::build(&history);
    assert_eq!(timeline.stock(&history, day("2021-02-28")).len(), 0);
    assert_eq!(timeline.stock(&history, day("2021-03-01")).len(), 1);
    assert_eq!(timeline.stock(&history, day("2021-03-30")).len(), 1);
    assert_eq!(timeline.stock(&history, day("2021-03-31")).len(), 0);
    assert_eq!(timeline.nights_of_period(0, day("2021-01-01"), day("2021-12-31")), 30);
    assert_eq!(timeline.leavers(&history, day("2021-03-31"), day("2021-03-31")).len(), 1);
}

#[test]
fn an_eighteenth_birthday_ends_the_count_but_not_the_placement() {
    let mut history = story();
    child(&mut history, "2004-02-29", &["2020-01-01 - S C2 U4 PR1 - -"]);
    let timeline = Timeline::build(&history);
    assert_eq!(timeline.adult_on[0], day("2022-03-01"));
    assert_eq!(timeline.stock(&history, day("2022-02-28")).len(), 1);
    assert!(timeline.stock(&history, day("2022-03-01")).is_empty());
    assert_eq!(timeline.placements.end[0], None);
    assert_eq!(timeline.exits(day("2022-03-01"), day("2022-03-01")).count(), 1);
}

#[test]
fn who_comes_and_goes_twice_counts_once() {
    let mut history = story();
    let rows = ["2020-05-01 2020-06-01 S C2 U6 PR1 E4A -", "2020-08-01 2020-09-01 S C2 K2 PR1 E4B -"];
    child(&mut history, "2010-01-01", &rows);
    let timeline = Timeline::build(&history);
    let (from, to) = (day("2020-04-01"), day("2021-03-31"));
    assert_eq!(timeline.starters(&history, from, to)[0].on, day("2020-05-01"));
    assert_eq!(timeline.starters(&history, from, to).len(), 1);
    let leavers = timeline.leavers(&history, from, to);
    assert_eq!((leavers.len(), leavers[0].on, leavers[0].episode), (1, day("2020-09-01"), 1));
    assert_eq!((timeline.entries(from, to).count(), timeline.exits(from, to).count()), (2, 2));
}

/// A child's rows at random: every code that joins or parts, gaps, temporary stays, short breaks, an open end, births from 1999 to 2019.
fn any_child() -> impl Strategy<Value = (u32, Vec<String>)> {
    let row = (
        1..400i32,
        prop_oneof![4 => Just(0), 1 => 1..200i32],
        prop::sample::select(&["S", "L", "P", "T", "B", "U"][..]),
        prop::sample::select(&["C1", "C2", "V2", "E1", "V3"][..]),
        prop::sample::select(&["U6", "U3", "K2", "K3", "A6", "T1", "T4", "P1"][..]),
        prop::sample::select(&["X1", "X1", "X1", "E4A", "-"][..]),
        prop::sample::select(&["NG11AA", "NG12AA", "-"][..]),
    );
    (0..7300u32, 0..3000i32, prop::collection::vec(row, 1..8), any::<bool>()).prop_map(|(born, start, rows, open)| {
        let born = Day::from_ymd(1999, 1, 1).unwrap().plus(born as i32).number();
        let mut from = Day::from_ymd(2014, 1, 1).unwrap().plus(start);
        let last = rows.len() - 1;
        let lines = rows.into_iter().enumerate().map(|(at, (nights, gap, rne, legal, place, rec, placed))| {
            let until = from.plus(nights);
            let end = if at == last && open { "-".to_owned() } else { until.to_string() };
            let line = format!("{from} {end} {rne} {legal} {place} PR1 {rec} - NG11AA {placed}");
            from = until.plus(gap);
            line
        });
        (born, lines.collect())
    })
}

fn history_of(children: &[(u32, Vec<String>)]) -> History {
    let mut history = story();
    for (born, rows) in children {
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        child(&mut history, &Day::from_number(*born).unwrap().to_string(), &rows);
    }
    history
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Periods of a child, and main placements of a period, follow each other; main placements fill their period; temporary ones lie within.
    #[test]
    fn nothing_overlaps_and_nothing_is_lost(children in prop::collection::vec(any_child(), 1..5)) {
        let history = history_of(&children);
        let timeline = Timeline::build(&history);
        let never = day("9999-12-31");
        prop_assert_eq!(timeline.placement_of.len(), history.episodes.len());
        for child in 0..timeline.children() {
            let periods = timeline.periods_of(child);
            for (before, after) in periods.clone().zip(periods.clone().skip(1)) {
                prop_assert!(timeline.periods.end[before].unwrap() <= timeline.periods.start[after]);
            }
            let rows: usize = periods.clone().map(|period| timeline.periods.episodes(period).len()).sum();
            prop_assert_eq!(rows, history.children.episodes(child).len());
            for period in periods {
                let mut until = timeline.periods.start[period];
                for placement in timeline.periods.placements(period) {
                    let (start, end) = (timeline.placements.start[placement], timeline.placements.end[placement]);
                    match timeline.placements.role[placement] {
                        Role::Main => {
                            prop_assert_eq!(start, until);
                            until = end.unwrap_or(never);
                        }
                        Role::Temporary { within } => {
                            let main = within as usize;
                            prop_assert!(timeline.placements.start[main] <= start);
                            prop_assert!(end.unwrap_or(never) <= timeline.placements.end[main].unwrap_or(never));
                        }
                    }
                }
                prop_assert_eq!(until, timeline.periods.end[period].unwrap_or(never));
            }
        }
    }

    /// Dossier B1 as one would count it in a spreadsheet: rows that cover the day, short breaks out, under 18.
    #[test]
    fn the_stock_is_the_plain_count_of_rows(children in prop::collection::vec(any_child(), 1..8), on in 0..4500i32) {
        let history = history_of(&children);
        let on = day("2013-06-01").plus(on);
        let episodes = &history.episodes;
        let mut plain = Vec::new();
        for child in 0..history.children.len() {
            for row in history.children.episodes(child) {
                let covers = episodes.start[row] <= on && episodes.end[row].is_none_or(|end| end > on);
                if covers && !ls::is_short_break(episodes.legal[row]) && history.children.born[child].age_at(on) < 18 {
                    plain.push((child as u32, row as u32));
                }
            }
        }
        let stock: Vec<(u32, u32)> = Timeline::build(&history).stock(&history, on).iter().map(|at| (at.child, at.episode)).collect();
        prop_assert_eq!(stock, plain);
    }

    #[test]
    fn nights_are_conserved(children in prop::collection::vec(any_child(), 1..5), from in 0..4000i32, days in 0..2000i32) {
        let history = history_of(&children);
        let timeline = Timeline::build(&history);
        let from = day("2013-01-01").plus(from);
        let to = from.plus(days);
        let mut all = 0;
        for period in 0..timeline.periods.len() {
            let nights: u32 = timeline.periods.placements(period).map(|at| timeline.nights_of_placement(at, from, to)).sum();
            prop_assert_eq!(nights, timeline.nights_of_period(period, from, to));
            if timeline.counts(period) {
                all += nights;
            }
        }
        // The nights of a range are the sum of its daily stocks.
        if days < 60 {
            let stocks: usize = (0..=days).map(|n| timeline.stock(&history, from.plus(n)).len()).sum();
            prop_assert_eq!(stocks, all as usize);
        }
    }

    #[test]
    fn stock_is_entries_less_exits(children in prop::collection::vec(any_child(), 1..5), from in 0..4000i32, days in 0..2000i32) {
        let history = history_of(&children);
        let timeline = Timeline::build(&history);
        let from = day("2013-01-01").plus(from);
        let to = from.plus(days);
        let (entries, exits) = (timeline.entries(from.plus(1), to).count(), timeline.exits(from.plus(1), to).count());
        prop_assert_eq!(timeline.stock(&history, to).len() + exits, timeline.stock(&history, from).len() + entries);
        prop_assert_eq!(timeline.placements_open(to).count(), timeline.stock(&history, to).len());
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    // More children than one task takes.
    let mut history = story();
    for n in 0..10_000 {
        let start = day("2016-01-01").plus(n % 1500);
        let rows = [format!("{start} {} S C2 U6 PR1 X1 -", start.plus(50)), format!("{} - P C2 T1 - - -", start.plus(50))];
        child(&mut history, "2010-01-01", &[&rows[0], &rows[1]]);
    }
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let timeline = Timeline::build(&history);
            let stock = timeline.stock(&history, day("2018-03-31"));
            (format!("{timeline:?}"), stock)
        })
    };
    let one = on(1);
    // Starts lie on 1,500 days in turn; 821 of them are on or before the date.
    assert_eq!(one.1.len(), 7 * 821);
    assert!(one == on(2) && one == on(8));
}
