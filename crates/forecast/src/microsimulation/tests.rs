//! The simulation as a whole, on histories whose rates are known because they were made here.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};

use analysis::timeline::Timeline;
use domain::Day;
use domain::history::History;
use proptest::prelude::*;

use super::chance::{Chance, Purpose};
use super::*;
use crate::known::Known;
use crate::paths::{Groups, Paths};
use crate::scenario::{self, Change, Lever, Scenario, Sector, What, When, Whom};
use crate::story::{child, day, story};

/// Mean nights in care of the children made below: the rate of leaving is the same on every night.
const MEAN_STAY: f64 = 500.0;

/// Returns from April 2016 to March 2024: children come at random days, stay for exponential times in one home, go home. One in four lives in a
/// children's home; ages are such that none comes near 18.
fn steady(children: usize) -> History {
    let mut history = story();
    let mut chance = Chance::new(11, 0, Purpose::Life, 0);
    let first = day("2012-04-01");
    for _ in 0..children {
        let start = first.plus(chance.below(12 * 365) as i32);
        let end = start.plus((chance.exponential() * MEAN_STAY).ceil() as i32);
        // Who left before the first return is not in it.
        if end < day("2016-04-01") || start > day("2024-03-31") {
            continue;
        }
        let born = start.plus(-(365 + chance.below(5 * 365) as i32)).to_string();
        let home = if chance.below(4) == 0 { "K2 PR4" } else { "U6 PR1" };
        let row = if end <= day("2024-03-31") { format!("{start} {end} S C2 {home} E4A -") } else { format!("{start} - S C2 {home} - -") };
        child(&mut history, &born, &[&row]);
    }
    history.covers = Some((day("2016-04-01"), day("2024-03-31")));
    history
}

fn fitted(history: &History) -> Fit {
    fit(history, &Timeline::build(history), day("2024-03-31")).unwrap()
}

fn question(paths: usize) -> Question {
    let from = day("2024-03-31");
    Question { dates: [0, 91, 182, 365, 730].map(|days| from.plus(days)).to_vec(), paths, seed: 5, groups: Groups::Broad }
}

/// The futures under a scenario.
fn under(fit: &Fit, question: &Question, scenario: &Scenario) -> Paths {
    simulate_while(fit, question, scenario, &|| ControlFlow::Continue(())).unwrap()
}

fn totals(paths: &Paths, date: usize) -> Vec<u32> {
    (0..paths.paths).map(|path| (0..paths.authorities.len()).map(|at| paths.at(path, at, date).iter().sum::<u32>()).sum()).collect()
}

/// Everything told about a path.
#[derive(Default)]
struct Ledger {
    arrivals: Vec<Arrival>,
    exits: Vec<(u64, Day, End)>,
    stays: Vec<Stay>,
}

impl Watch for Ledger {
    fn stay(&mut self, stay: &Stay) {
        self.stays.push(*stay);
    }

    fn arrival(&mut self, arrival: &Arrival) {
        self.arrivals.push(*arrival);
    }

    fn exit(&mut self, _: usize, child: u64, on: Day, end: End) {
        self.exits.push((child, on, end));
    }
}

fn ledgers(fit: &Fit, scenario: &Scenario, days: i32, paths: usize) -> Vec<Ledger> {
    watch_while(fit, scenario, fit.from.plus(days), (paths, 5), &|| ControlFlow::Continue(()), Ledger::default).unwrap()
}

#[test]
fn a_constant_rate_gives_exponential_stays() {
    let fit = fitted(&steady(3000));
    let (mut stayed, mut all) = (0.0, 0.0);
    for ledger in ledgers(&fit, &Scenario::default(), 730, 100) {
        let stock = 1 << 63;
        let left: HashMap<u64, Day> = ledger.exits.iter().filter(|exit| exit.0 >= stock).map(|exit| (exit.0, exit.1)).collect();
        let here: std::collections::BTreeSet<u64> = ledger.stays.iter().map(|stay| stay.child).filter(|child| *child >= stock).collect();
        all += here.len() as f64;
        stayed += here.iter().filter(|child| left.get(child).is_none_or(|on| *on > fit.from.plus(500))).count() as f64;
    }
    let expected = (-1.0f64).exp();
    assert!((stayed / all - expected).abs() < 0.03, "after {MEAN_STAY} nights {} of {expected} are still there", stayed / all);
}

#[test]
fn children_come_as_often_as_they_came() {
    let history = steady(3000);
    let came = (0..history.children.len()).filter(|&child| history.episodes.start[child] > day("2021-03-31")).count() as f64 / 3.0;
    let fit = fitted(&history);
    let ahead = ledgers(&fit, &Scenario::default(), 365, 200).iter().map(|ledger| ledger.arrivals.len()).sum::<usize>() as f64 / 200.0;
    assert!((ahead / came - 1.0).abs() < 0.1, "{ahead} a year after {came}");
}

#[test]
fn stock_is_the_start_and_who_came_less_who_left() {
    let fit = fitted(&steady(800));
    let paths = simulate(&fit, &question(20));
    for (path, ledger) in ledgers(&fit, &Scenario::default(), 730, 20).iter().enumerate() {
        for (at, date) in question(1).dates.into_iter().enumerate() {
            let came = ledger.arrivals.iter().filter(|arrival| arrival.on <= date).count();
            let left = ledger.exits.iter().filter(|exit| exit.1 <= date).count();
            let now: u32 = paths.at(path, 0, at).iter().sum();
            assert_eq!(now as usize + left, totals(&paths, 0)[path] as usize + came, "path {path} on {date}");
        }
    }
}

#[test]
fn the_first_date_is_what_was_counted() {
    let history = steady(800);
    let paths = simulate(&fitted(&history), &question(3));
    let counted = Timeline::build(&history).stock(&history, day("2024-03-31")).len() as u32;
    assert_eq!(totals(&paths, 0), [counted; 3]);
}

#[test]
fn nobody_is_in_care_on_the_eighteenth_birthday() {
    let mut history = steady(600);
    for days in 0..40 {
        let born = day("2006-03-31").plus(days * 15 + 1).to_string();
        child(&mut history, &born, &["2019-05-01 - S C2 U6 PR1 - -"]);
    }
    // A leap-day child turns on 1 March (dossier B5).
    child(&mut history, "2008-02-29", &["2019-05-01 - S C2 U6 PR1 - -"]);
    let fit = fitted(&history);
    let mut birthdays = 0;
    for ledger in ledgers(&fit, &Scenario::default(), 730, 30) {
        let born: HashMap<u64, Day> = ledger.stays.iter().map(|stay| (stay.child, stay.born)).collect();
        assert!(ledger.stays.iter().all(|stay| stay.until <= stay.born.anniversary(18)));
        for (child, on, end) in ledger.exits {
            let adult_on = born[&child].anniversary(18);
            assert_eq!(end == End::Birthday, on == adult_on, "{child} {on}");
            birthdays += 1;
        }
    }
    assert!(birthdays > 100);
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let history = steady(600);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| simulate(&fitted(&history), &question(40)))
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(8));
    assert_ne!(one.children, simulate(&fitted(&history), &Question { seed: 6, ..question(40) }).children);
}

#[test]
fn what_came_later_changes_nothing() {
    let history = steady(800);
    let from = day("2022-09-30");
    let asked = Question { dates: vec![from.plus(365)], ..question(30) };
    let whole = fit(&history, &Timeline::build(&history), from).unwrap();
    let known = Known::at(&history, from);
    let cut = fit(&known.history, &known.timeline, from).unwrap();
    assert_eq!(simulate(&whole, &asked), simulate(&cut, &asked));
}

fn lever(what: What) -> Scenario {
    Scenario { levers: vec![Lever { what, when: When::since(day("2024-06-01")) }] }
}

#[test]
fn levers_that_do_nothing_change_no_byte() {
    let fit = fitted(&steady(600));
    let base = simulate(&fit, &question(30));
    for what in [
        What::Exits { route: None, factor: 1.0 },
        What::Entries { whom: Whom::All, change: Change::Factor(1.0) },
        What::Entries { whom: Whom::All, change: Change::AMonth(0.0) },
        What::StepDown { a_month: 0.0 },
    ] {
        assert_eq!(under(&fit, &question(30), &lever(what.clone())), base, "{what:?}");
    }
}

#[test]
fn a_lever_acts_one_way_on_every_path() {
    let fit = fitted(&steady(800));
    let asked = question(40);
    let base = simulate(&fit, &asked);
    let home = Some(scenario::Route::ReturnHome);
    let cases = [
        (What::Exits { route: home, factor: 1.5 }, std::cmp::Ordering::Less),
        (What::Exits { route: home, factor: 0.5 }, std::cmp::Ordering::Greater),
        (What::Entries { whom: Whom::All, change: Change::Factor(0.5) }, std::cmp::Ordering::Less),
        (What::Entries { whom: Whom::All, change: Change::Factor(2.5) }, std::cmp::Ordering::Greater),
        (What::Entries { whom: Whom::All, change: Change::AMonth(-3.0) }, std::cmp::Ordering::Less),
        (What::Entries { whom: Whom::All, change: Change::AMonth(3.0) }, std::cmp::Ordering::Greater),
    ];
    for (what, expected) in cases {
        let scenario = under(&fit, &asked, &lever(what.clone()));
        assert_eq!(totals(&scenario, 0), totals(&base, 0));
        let pairs: Vec<(u32, u32)> = totals(&scenario, 4).into_iter().zip(totals(&base, 4)).collect();
        assert!(pairs.iter().all(|(with, without)| with == without || with.cmp(without) == expected), "{what:?} {pairs:?}");
        assert!(pairs.iter().filter(|(with, without)| with != without).count() > 35, "{what:?}");
    }
}

#[test]
fn so_many_more_a_month_are_so_many_more() {
    let fit = fitted(&steady(800));
    let base: usize = ledgers(&fit, &Scenario::default(), 365, 100).iter().map(|ledger| ledger.arrivals.len()).sum();
    let more = lever(What::Entries { whom: Whom::All, change: Change::AMonth(4.0) });
    let with: usize = ledgers(&fit, &more, 365, 100).iter().map(|ledger| ledger.arrivals.len()).sum();
    // From 1 June: ten months.
    assert!(((with - base) as f64 / 100.0 - 40.0).abs() < 3.0, "{}", (with - base) as f64 / 100.0);
}

#[test]
fn a_path_is_broken_off_when_it_is_asked() {
    let fit = fitted(&steady(600));
    let base = Scenario::default();
    let whole = simulate_while(&fit, &question(30), &base, &|| ControlFlow::Continue(()));
    assert_eq!(whole, Some(simulate(&fit, &question(30))));
    let asked = AtomicU32::new(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let third = || if asked.fetch_add(1, Ordering::Relaxed) < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    assert_eq!(pool.install(|| simulate_while(&fit, &question(30), &base, &third)), None);
    assert_eq!(asked.swap(0, Ordering::Relaxed), 3, "nothing is drawn after the answer");
    let watched = pool.install(|| watch_while(&fit, &base, fit.from.plus(30), (30, 5), &third, Ledger::default));
    assert_eq!((watched.is_none(), asked.into_inner()), (true, 3), "nor watched");
}

/// Returns in which children come in pairs, alike in all but age: brother and sister.
fn pairs() -> History {
    let mut history = story();
    for at in 0..400 {
        let start = day("2016-05-01").plus(at * 7);
        for years in [3, 12] {
            let born = start.plus(-(years * 366)).to_string();
            child(&mut history, &born, &[&format!("{start} {} S C2 U6 PR1 E4A -", start.plus(300))]);
        }
    }
    history.covers = Some((day("2016-04-01"), day("2024-03-31")));
    history
}

#[test]
fn brothers_and_sisters_come_or_stay_away_together() {
    let fit = fitted(&pairs());
    for factor in [0.5, 1.6] {
        let ledgers = ledgers(&fit, &lever(What::Entries { whom: Whom::All, change: Change::Factor(factor) }), 730, 30);
        let mut families = 0.0;
        for ledger in &ledgers {
            let mut sizes: HashMap<u64, u32> = HashMap::new();
            for arrival in &ledger.arrivals {
                *sizes.entry(arrival.family).or_default() += 1;
                assert_eq!(arrival.together, 2, "{arrival:?}");
            }
            assert!(sizes.values().all(|&size| size == 2), "{factor}: {sizes:?}");
            families += sizes.len() as f64;
        }
        let before = super::tests::ledgers(&fit, &Scenario::default(), 730, 30);
        let before: usize = before.iter().map(|ledger| ledger.arrivals.len() / 2).sum();
        // The lever begins two months after the returns end.
        let expected = (2.0 + 22.0 * factor) / 24.0;
        assert!((families / before as f64 - expected).abs() < 0.05, "{factor}: {}", families / before as f64);
    }
    // Where a lever means only one of the two, the other comes alone, and says so.
    let young = What::Entries { whom: Whom::Ages(scenario::Ages { from: 0, to: 5 }), change: Change::Factor(0.0) };
    for ledger in ledgers(&fit, &lever(young), 730, 5) {
        assert!(ledger.arrivals.iter().filter(|arrival| arrival.on > day("2024-06-01")).all(|arrival| arrival.together == 1));
    }
}

#[test]
fn two_a_month_step_down_and_nobody_else_moves() {
    let fit = fitted(&steady(1500));
    let base = ledgers(&fit, &Scenario::default(), 365, 30);
    let with = ledgers(&fit, &lever(What::StepDown { a_month: 2.0 }), 365, 30);
    for (base, with) in base.iter().zip(&with) {
        assert_eq!(base.arrivals, with.arrivals);
        let before: Vec<u64> = base.stays.iter().map(|stay| stay.child).collect();
        let moved = with.stays.len() - before.len();
        assert!((17..=22).contains(&moved), "ten months of two: {moved}");
    }
}

#[test]
fn the_authoritys_own_homes_take_the_share_that_is_asked() {
    let fit = fitted(&steady(1500));
    let all = lever(What::InHouse { sector: Sector::Residential, share: 1.0 });
    for ledger in ledgers(&fit, &all, 365, 10) {
        for arrival in ledger.arrivals.iter().filter(|arrival| arrival.on >= day("2024-06-01")) {
            assert_ne!(arrival.kind, crate::kind::Kind::ExternalHome);
        }
    }
    // Whatever the share was, the one that is asked for comes.
    let part = lever(What::InHouse { sector: Sector::Fostering, share: 0.6 });
    let (mut own, mut bought) = (0.0, 0.0);
    for ledger in ledgers(&fit, &part, 365, 40) {
        for arrival in ledger.arrivals.iter().filter(|arrival| arrival.on >= day("2024-06-01")) {
            match arrival.kind {
                crate::kind::Kind::InHouseFostering => own += 1.0,
                crate::kind::Kind::AgencyFostering => bought += 1.0,
                _ => {}
            }
        }
    }
    let all: f64 = own + bought;
    assert!(all > 500.0 && (own / all - 0.6).abs() < 4.0 * (0.24 / all).sqrt(), "{own} of {all}");
}

#[test]
fn too_little_is_refused_and_little_is_said() {
    let mut history = steady(600);
    let timeline = Timeline::build(&history);
    let at = |text: &str| fit(&history, &timeline, day(text));
    assert_eq!(at("2016-09-30").unwrap_err(), Refusal::TooShort { from: day("2016-09-30"), days: 182 });
    assert!(matches!(at("2024-04-01").unwrap_err(), Refusal::AfterData { .. }));
    assert!(matches!(at("2010-04-01").unwrap_err(), Refusal::Nobody { .. }));
    let short = at("2018-03-31").unwrap();
    assert!(short.warnings.iter().any(|warning| matches!(warning, Warning::ShortHistory { days: 729, .. })), "{:?}", short.warnings);
    assert!(at("2024-03-31").unwrap().warnings.is_empty());
    history.authorities.push("Rutland".to_owned());
    let beside = fitted(&history);
    assert!(beside.warnings.iter().any(|warning| matches!(warning, Warning::NobodyInCare { name, .. } if name == "Rutland")));
    assert!(beside.warnings.iter().all(|warning| warning.to_string().len() > 80), "a sentence with the way out");
}

#[test]
fn a_short_history_has_wider_bands() {
    let history = steady(2000);
    let timeline = Timeline::build(&history);
    let width = |years: u32| {
        let mut short = history.clone();
        short.covers = Some((Day::year_start(2025 - years), day("2024-03-31")));
        let fit = fit(&short, &timeline, day("2024-03-31")).unwrap();
        let mut draws = totals(&simulate(&fit, &question(300)), 4);
        draws.sort_unstable();
        draws[285] - draws[15]
    };
    assert!(width(1) > width(8), "{} {}", width(1), width(8));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn rows_in_any_disorder_are_no_panic(rows in proptest::collection::vec((0..3000i32, 1..900i32, 0..8usize, 0..6600i32), 1..40)) {
        let mut history = story();
        for (start, nights, place, age) in rows {
            let start = day("2016-04-01").plus(start);
            let end = start.plus(nights);
            let place = ["U6 PR1", "U6 PR4", "K2 PR4", "K3 PR4", "T1 -", "A5 PR1", "P1 -", "Z11 PR4"][place];
            let born = start.plus(-age).to_string();
            child(&mut history, &born, &[
                &format!("{start} {end} P C1 {place} X1 -"),
                &format!("{end} - B C2 U3 PR1 - -"),
            ]);
        }
        history.covers = Some((day("2016-04-01"), day("2024-03-31")));
        if let Ok(fit) = fit(&history, &Timeline::build(&history), day("2024-03-31")) {
            let paths = simulate(&fit, &question(3));
            prop_assert!(totals(&paths, 4).iter().all(|&total| total < 10_000));
        }
    }
}
