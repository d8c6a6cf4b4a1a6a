use domain::code::Code;
use domain::history::{Adoption, AdoptionDecision, CareLeaver, Health, History, Missing, Review, Uasc};
use domain::{Day, Postcode, Value};
use reference::AreaId;
use reference::postcode::{Country, Located, Place, Precision};

use super::{Keep, Locality, Measured, Member, Settings, card, cards};
use crate::facts::{Facts, Population};
use crate::field::Field;
use crate::filter::Filter;
use crate::profile;
use crate::publish;
use crate::story::{child, day, story};
use crate::timeline::Timeline;
use crate::view::{Question, View};

const NOTTINGHAM: AreaId = AreaId(892);
const HOME: &str = "NG11AA";

/// A line of places along the grid, by the outward part: NG1 at its start, in Nottingham; the next exactly 20.0 miles on.
fn place(postcode: Postcode) -> Place {
    let (tenths, area) = match &postcode.outward() {
        b"NG1 " => (0, Some(NOTTINGHAM)),
        b"DE1 " => (200, Some(AreaId(831))),
        b"S1  " => (201, Some(AreaId(373))),
        b"CF10" => (1400, None),
        _ => return Place::NotHeld,
    };
    let precision = if postcode.is_sector() { Precision::Sector } else { Precision::Unit };
    // A tenth of a mile is 160.93 metres.
    let easting = 400_000 + (f64::from(tenths) * 160.93).round() as u32;
    Place::Located(Located { easting, northing: 300_000, precision, area, ons_code: "", country: Country::England })
}

fn facts() -> Facts<'static> {
    Facts { place: &place, authorities: &[Some(NOTTINGHAM)], population: &[Some(Population { residents: 50_000, mid_year: 2020 })] }
}

fn ask(history: &History, question: Question, id: &str, settings: &Settings) -> Measured {
    let timeline = Timeline::build(history);
    let view = View::new(history, &timeline, facts(), question);
    card(id).unwrap().measure(&view, settings, Keep::Members)
}

/// A card at 31 March 2021.
fn at_year_end(history: &History, id: &str) -> Measured {
    ask(history, Question::at(day("2021-03-31")), id, &Settings::default())
}

fn counts(measured: &Measured) -> (Option<u64>, Option<u64>, u64) {
    (measured.numerator, measured.denominator, measured.unknown)
}

/// A history of children with one episode each since 1 May 2020.
fn since_may(rows: &[&str]) -> History {
    let mut history = story();
    for row in rows {
        child(&mut history, "2010-01-01", &[&format!("2020-05-01 - S C2 {row}")]);
    }
    history
}

#[test]
fn every_card_has_its_own_id_and_a_definition() {
    let ids: Vec<&str> = cards().map(|card| card.id).collect();
    let contract = [
        "M01a", "M01b", "M02a", "M02b", "M02c", "M02d", "M03", "M04", "M05", "M05d", "M06", "M07", "M08", "M09", "M11a", "M11b", "M19a",
        "M19b", "M26a", "M26b", "M26c", "M27a", "M27b", "M27c", "M27d", "M28a", "M28b", "M28c", "M31a", "M31b", "M31c", "M31d", "M31e",
    ];
    assert_eq!(ids, contract);
    assert!(cards().all(|card| card.definition.ends_with('.') && !card.definition.contains("  ") && !card.label.is_empty()));
}

#[test]
fn nobody_is_no_ratio_and_an_absent_table_is_no_nought() {
    let history = story();
    for card in cards() {
        let measured = at_year_end(&history, card.id);
        match card.id {
            "M01a" | "M02a" | "M02b" | "M01b" | "M02c" | "M02d" => assert_eq!(measured.value.0, Value::Known(0.0), "{}", card.id),
            "M19a" | "M19b" | "M26a" | "M26c" | "M27a" | "M27b" | "M27c" | "M27d" | "M28a" | "M28b" | "M28c" | "M31a" | "M31b" | "M31c"
            | "M31d" | "M31e" => {
                assert_eq!((measured.value.0, measured.numerator), (Value::NotAvailable, None), "{}", card.id);
                assert!(measured.why_not.unwrap().contains("table is not held for the return year ending 2021"));
            }
            _ => assert_eq!(measured.value.0, Value::NotApplicable, "{}", card.id),
        }
    }
}

#[test]
fn m01_counts_children_and_rates_them() {
    let history = since_may(&["U6 PR1 - -", "K2 PR4 - -"]);
    assert_eq!(at_year_end(&history, "m01a").value.0, Value::Known(2.0));
    let rate = at_year_end(&history, "M01b");
    assert_eq!((rate.value.0, rate.denominator), (Value::Known(0.4), Some(50_000)));
    assert!(rate.definition.ends_with("Population: mid-2020."));
    let timeline = Timeline::build(&history);
    let view = View::new(&history, &timeline, Facts::none(), Question::at(day("2021-03-31")));
    assert_eq!(card("M01b").unwrap().measure(&view, &Settings::default(), Keep::Counts).value.0, Value::NotAvailable);
}

#[test]
fn m02_knows_a_leaver_without_a_reason_from_none() {
    let mut history = since_may(&["U6 PR1 - -"]);
    child(&mut history, "2010-01-01", &["2019-01-01 2020-06-01 S C2 U6 PR1 E4A -"]);
    child(&mut history, "2010-01-01", &["2019-01-01 2020-06-01 S C2 U6 PR1 X1 -"]);
    assert_eq!(at_year_end(&history, "M02a").value.0, Value::Known(1.0));
    let leavers = at_year_end(&history, "M02b");
    assert_eq!(counts(&leavers), (Some(1), None, 1));
    assert_eq!(leavers.counted, [Member::Child { child: 1, episode: 1 }]);
    assert_eq!(leavers.not_known, [Member::Child { child: 2, episode: 2 }]);
}

#[test]
fn m03_counts_the_placement_open_on_1_april_and_each_new_carer_since() {
    let mut history = story();
    // Three: open on 1 April, and two moves. The return from hospital and the move with the carer add none.
    let moves = [
        "2019-01-01 2020-05-01 S C2 U6 PR1 X1 CARPL NG11AA NG11AA",
        "2020-05-01 2020-06-01 P C2 K2 PR4 X1 CARPL NG11AA S11AA",
        "2020-06-01 2020-06-08 P C2 T1 - X1 - - -",
        "2020-06-08 2020-07-01 P C2 K2 PR4 X1 CARPL NG11AA S11AA",
        "2020-07-01 2020-08-01 B C1 U6 PR1 X1 - NG11AA DE11AA",
        "2020-08-01 - T C1 U6 PR1 - - NG11AA NG11AB",
    ];
    child(&mut history, "2010-01-01", &moves);
    // Two: the first ended on 1 April, so it is not open on that day.
    let two = ["2019-01-01 2020-04-01 S C2 U6 PR1 X1 -", "2020-04-01 2020-05-01 P C2 K2 PR4 X1 -", "2020-05-01 - P C2 U6 PR1 - -"];
    child(&mut history, "2010-01-01", &two);
    let measured = at_year_end(&history, "M03");
    assert_eq!((measured.value.0, counts(&measured)), (Value::Known(0.5), (Some(1), Some(2), 0)));
    assert_eq!(measured.counted, [Member::Child { child: 0, episode: 5 }]);
}

#[test]
fn m04_takes_its_boundaries_from_the_date() {
    let mut history = story();
    let mut add = |born: &str, rows: &[&str]| child(&mut history, born, rows);
    // In care since 30 September 2018 and placed since 31 March 2019: the last days that count.
    add("2010-01-01", &["2018-09-30 2019-03-31 S C2 U6 PR1 X1 CARPL", "2019-03-31 - P C2 U4 PR1 - -"]);
    // A day later each: not in the cohort; in it and not settled.
    add("2010-01-01", &["2018-10-01 - S C2 U6 PR1 - -"]);
    add("2010-01-01", &["2018-09-30 2019-04-01 S C2 U6 PR1 X1 CARPL", "2019-04-01 - P C2 U4 PR1 - -"]);
    // Sixteen on the date (test set vii).
    add("2005-03-31", &["2015-01-01 - S C2 U4 PR1 - -"]);
    // Placed for adoption, with the placement before it two years together.
    add("2018-01-01", &["2018-02-01 2020-09-01 S E1 U5 PR1 X1 CARPL", "2020-09-01 - P E1 A6 PR1 - -"]);
    // First seen in the middle of a placement after the boundary: nobody knows.
    add("2010-01-01", &["2019-05-01 - L C2 U4 PR1 - -"]);
    let measured = at_year_end(&history, "M04");
    assert_eq!(counts(&measured), (Some(2), Some(3), 1));
    assert_eq!(measured.not_known, [Member::Child { child: 5, episode: 8 }]);
}

#[test]
fn m05_to_m07_know_far_from_outside_and_both_from_unknown() {
    let mut history = since_may(&[
        &format!("U6 PR1 - - {HOME} NG11AB"),
        &format!("U6 PR4 - - {HOME} DE11AA"),
        &format!("K2 PR4 - - {HOME} S11AA"),
        &format!("K2 PR4 - - {HOME} CF101AA"),
        "K2 PR4 - - - S11AA",
        &format!("U6 PR1 - - {HOME} LS11AA"),
        &format!("U6 PR1 - - {HOME} S11AA"),
    ]);
    history.children.uasc[6] = Uasc::Until(Some(day("2020-01-01")));
    // 20.0 miles is not over 20; the former unaccompanied child, the child without a home and the one not located are unknown.
    let over = at_year_end(&history, "M05");
    assert_eq!((over.value.0, counts(&over)), (Value::Known(0.5), (Some(2), Some(4), 3)));
    let published = at_year_end(&history, "M05d");
    assert_eq!((published.value.0, counts(&published)), (Value::Known(2.0 / 7.0), (Some(2), Some(7), 3)));
    let outside = at_year_end(&history, "M06");
    assert_eq!(counts(&outside), (Some(5), Some(7), 1));

    let local = |locality| {
        let settings = Settings { locality, ..Settings::default() };
        let measured = ask(&history, Question::at(day("2021-03-31")), "M07", &settings);
        (counts(&measured), measured.definition.into_owned())
    };
    assert_eq!(local(Locality::FromHome { tenths: 200 }).0, (Some(2), Some(4), 3));
    assert_eq!(local(Locality::InsideBoundary).0, (Some(1), Some(6), 1));
    let centre = Postcode::parse(b"NG1 5DT").unwrap();
    let (counted, definition) = local(Locality::FromCentre { centre, tenths: 200 });
    assert_eq!(counted, (Some(2), Some(6), 1));
    assert!(definition.ends_with("Local: no more than 20.0 miles from NG1 5DT."));
}

#[test]
fn m08_and_m09_look_at_fostering_only() {
    let history = since_may(&["U4 PR1", "U5 PR4", "U6 PR5", "U6 PR2", "U6 -", "U1 PR1", "K2 PR4"]);
    assert_eq!(counts(&at_year_end(&history, "M08")), (Some(1), Some(3), 1));
    assert_eq!(counts(&at_year_end(&history, "M09")), (Some(1), Some(6), 0));
}

#[test]
fn m11_tells_unplanned_from_planned_and_unexplained() {
    let mut history = story();
    let rows = [
        "2020-01-01 2020-05-01 S C2 U6 PR1 X1 CREQB",
        "2020-05-01 2020-06-01 P C2 U6 PR1 X1 CARPL",
        "2020-06-01 2020-07-01 P C2 U6 PR1 X1 LIIAF",
        "2020-07-01 2021-01-01 P C2 U6 PR1 E4A -",
    ];
    child(&mut history, "2010-01-01", &rows);
    // A placement that broke down after a temporary stay: the reason stands on the stay's row.
    let rows = [
        "2020-01-01 2020-05-01 S C2 U6 PR1 X1 - NG11AA NG11AA",
        "2020-05-01 2020-05-05 P C2 T4 - X1 ALLEG - -",
        "2020-05-05 - P C2 K2 PR4 - - NG11AA S11AA",
    ];
    child(&mut history, "2010-01-01", &rows);
    let share = at_year_end(&history, "M11a");
    assert_eq!((share.value.0, counts(&share)), (Value::Known(0.5), (Some(2), Some(4), 1)));
    // April to December is 275 nights, April to March 365.
    let per_nights = at_year_end(&history, "M11b");
    assert_eq!((per_nights.denominator, per_nights.value.0), (Some(275 + 365), Value::Known(2.0 / 640.0 * 1000.0)));
    let planned = Settings { unplanned: vec![Code::of("CARPL")], ..Settings::default() };
    assert_eq!(ask(&history, Question::at(day("2021-03-31")), "M11a", &planned).numerator, Some(1));
    // With a filter that admits everyone the nights are the same.
    let everyone = Filter::parse(["sex=female"], &[]).unwrap();
    assert_eq!(ask(&history, Question::of(day("2021-03-31"), everyone), "M11b", &Settings::default()).denominator, Some(640));
}

#[test]
fn m19_follows_the_chain_of_reviews() {
    let mut history = since_may(&["U6 PR1"; 5]);
    let mut review = |child: u32, on: &str, code: &str| {
        history.reviews.push(Review { child, on: day(on), participation: Code::of(code) });
    };
    // 20 working days from Friday 1 May 2020 end on 2 June (two bank holidays between); then 3 months; then 6.
    for (on, code) in [("2020-06-02", "PN1"), ("2020-09-02", "PN7"), ("2021-03-02", "PN0")] {
        review(0, on, code);
    }
    for (on, code) in [("2020-06-03", "PN2"), ("2020-08-29", "PN4")] {
        review(1, on, code);
    }
    for on in ["2020-05-29", "2020-08-30", "2021-02-01"] {
        review(2, on, "PN3");
    }
    // The third is missing.
    for (on, code) in [("2020-05-29", "PN5"), ("2020-08-29", "PN6")] {
        review(3, on, code);
    }
    history.tables_held = vec![("Reviews", 2021)];
    let on_time = at_year_end(&history, "M19a");
    assert_eq!((on_time.value.0, counts(&on_time)), (Value::Known(0.2), (Some(1), Some(5), 0)));
    let taking_part = at_year_end(&history, "M19b");
    assert_eq!(counts(&taking_part), (Some(7), Some(9), 0));
}

#[test]
fn m19_is_patient_where_earlier_reviews_are_not_held() {
    let mut history = story();
    for _ in 0..2 {
        child(&mut history, "2010-01-01", &["2016-05-01 - S C2 U6 PR1 - -"]);
    }
    let mut review = |child: u32, on: &str| history.reviews.push(Review { child, on: day(on), participation: Code::BLANK });
    review(0, "2020-09-30");
    review(0, "2021-03-30");
    review(1, "2020-10-02");
    review(1, "2021-03-30");
    history.tables_held = vec![("Reviews", 2021)];
    assert_eq!(counts(&at_year_end(&history, "M19a")), (Some(1), Some(2), 0));
    assert_eq!(at_year_end(&history, "M19b").value.0, Value::Unknown);
}

#[test]
fn m26_measures_the_way_to_adoption() {
    let mut history = story();
    // Adopted by others; by the foster carer; with a match before the order; not yet placed; reversed.
    child(&mut history, "2018-01-01", &["2019-01-01 2020-01-01 S E1 U6 PR1 X1 CARPL", "2020-01-01 2020-10-01 P E1 A6 PR1 E12 -"]);
    child(
        &mut history,
        "2018-01-01",
        &[
            "2019-01-01 2019-02-01 S C1 K2 PR1 X1 CARPL",
            "2019-02-01 2020-01-01 P C1 U5 PR1 X1 PLACE",
            "2020-01-01 2020-10-01 U E1 A5 PR1 E12 -",
        ],
    );
    child(&mut history, "2018-01-01", &["2018-01-01 - S E1 U6 PR1 - -"]);
    child(&mut history, "2018-01-01", &["2018-01-01 - S E1 U6 PR1 - -"]);
    let decision =
        |child, decided: &str, reversed: Option<Day>| AdoptionDecision { child, decided: day(decided), reversed, reason: Code::BLANK };
    history.adoption_decisions = vec![
        decision(0, "2019-06-01", None),
        decision(1, "2019-01-01", None),
        decision(2, "2019-06-01", None),
        decision(3, "2019-06-01", Some(day("2019-09-01"))),
    ];
    let adoption =
        |child, matched: &str| Adoption { child, year: 2021, in_interest: None, matched: Some(day(matched)), by_foster_carer: None };
    history.adoptions = vec![adoption(0, "2019-12-01"), adoption(1, "2019-12-15")];
    history.tables_held = vec![("PlacedAdoption", 2021), ("AD1", 2021)];
    // The second decision's twelve months ran out before the range.
    assert_eq!(counts(&at_year_end(&history, "M26a")), (Some(1), Some(2), 0));
    // 365 days to the adopters; 31 days to the foster carer who adopted.
    let days = at_year_end(&history, "M26b");
    assert_eq!((days.value.0, counts(&days)), (Value::Known(198.0), (Some(396), Some(2), 0)));
    // 334 days from the order to the match; the match came before the order.
    assert_eq!(counts(&at_year_end(&history, "M26c")), (Some(334), Some(2), 0));
}

#[test]
fn m27_leaves_out_the_dead_and_keeps_the_unknown_among_all() {
    let mut history = story();
    let mut leaver = |born: &str, in_touch: &str, activity: &str, accommodation: &str| {
        let id = history.other_ids.push("leaver");
        let code = |text: &str| Code::parse(text.as_bytes()).unwrap();
        let (in_touch, activity, accommodation) = (code(in_touch), code(activity), code(accommodation));
        history.care_leavers.push(CareLeaver { authority: 0, id, year: 2021, born: Some(day(born)), in_touch, activity, accommodation });
    };
    leaver("2001-06-01", "YES", "F1", "Z1");
    leaver("2001-06-01", "YES", "G5", "U2");
    leaver("2001-06-01", "NO", "0", "0");
    leaver("2001-06-01", "DIED", "0", "0");
    leaver("2001-06-01", "RHOM", "0", "0");
    // Aged 17 and 22 at the end of the year.
    leaver("2003-06-01", "REFU", "P5", "D1");
    leaver("1998-06-01", "YES", "F5", "U1");
    history.tables_held = vec![("OC3", 2021)];
    assert_eq!(counts(&at_year_end(&history, "M27a")), (Some(2), Some(4), 0));
    assert_eq!(counts(&at_year_end(&history, "M27b")), (Some(2), Some(4), 1));
    assert_eq!(counts(&at_year_end(&history, "M27c")), (Some(2), Some(4), 1));
    assert_eq!(counts(&at_year_end(&history, "M27d")), (Some(1), Some(3), 1));
    // In the middle of a year the last complete one is meant.
    let midyear = ask(&history, Question::at(day("2021-09-30")), "M27a", &Settings::default());
    assert_eq!(midyear.denominator, Some(4));
    let filter = Filter::parse(["sex=female"], &[]).unwrap();
    let filtered = ask(&history, Question::of(day("2021-03-31"), filter), "M27a", &Settings::default());
    assert!(filtered.why_not.unwrap().contains("filter by authority only"));
}

#[test]
fn m28_keeps_missing_and_away_apart() {
    let mut history = since_may(&["U6 PR1", "U6 PR1", "U6 PR1"]);
    let missing = |child, kind: &str, start: &str| Missing { child, kind: Code::of(kind), start: day(start), end: None };
    history.missing =
        vec![missing(0, "M", "2020-06-01"), missing(0, "M", "2020-07-01"), missing(1, "A", "2020-07-01"), missing(2, "M", "2021-05-01")];
    history.tables_held = vec![("Missing", 2021)];
    assert_eq!(counts(&at_year_end(&history, "M28a")), (Some(1), Some(3), 0));
    let incidents = at_year_end(&history, "M28b");
    assert_eq!((incidents.value.0, incidents.counted), (Value::Known(2.0), vec![Member::Missing(0), Member::Missing(1)]));
    assert_eq!(counts(&at_year_end(&history, "M28c")), (Some(1), Some(3), 0));
}

#[test]
fn m31_asks_those_in_care_all_year() {
    let mut history = story();
    child(&mut history, "2010-01-01", &["2020-04-01 - S C2 U6 PR1 - -"]);
    child(&mut history, "2010-01-01", &["2020-04-02 - S C2 U6 PR1 - -"]);
    child(&mut history, "2018-01-01", &["2019-04-02 - S C2 U6 PR1 - -"]);
    child(&mut history, "2010-01-01", &["2020-04-02 - L C2 U6 PR1 - -"]);
    let health = |child, sdq_score, sdq_reason: &str, teeth_check| Health {
        child,
        year: 2021,
        sdq_score,
        sdq_reason: Code::parse(sdq_reason.as_bytes()).unwrap(),
        convicted: None,
        health_check: None,
        immunisations: None,
        teeth_check,
        health_assessment: Some(true),
        substance_misuse: None,
        intervention_received: None,
        intervention_offered: None,
    };
    history.health = vec![health(0, Some(18), "", Some(false)), health(1, Some(3), "", None), health(2, None, "SDQ1", Some(true))];
    history.tables_held = vec![("OC2", 2021)];
    assert_eq!(counts(&at_year_end(&history, "M31a")), (Some(2), Some(2), 1));
    assert_eq!(counts(&at_year_end(&history, "M31b")), (Some(1), Some(2), 1));
    assert_eq!(at_year_end(&history, "M31c").value.0, Value::Unknown);
    assert_eq!(counts(&at_year_end(&history, "M31d")), (Some(1), Some(1), 1));
    assert_eq!(at_year_end(&history, "M31e").value.0, Value::Known(18.0));
}

#[test]
fn the_profile_adds_up_and_a_filter_narrows_it() {
    let mut history = since_may(&[&format!("U6 PR1 - - {HOME} NG11AB"), &format!("K2 PR4 - - {HOME} S11AA"), "T1 -", "R5 PR3", "Z1 -"]);
    history.children.sex[1] = Code::of("U");
    history.children.ethnicity[2] = Code::of("REFU");
    let timeline = Timeline::build(&history);
    let view = View::new(&history, &timeline, facts(), Question::at(day("2021-03-31")));
    for breakdown in profile::breakdowns(&view) {
        assert_eq!(breakdown.rows.iter().map(|row| row.count).sum::<u64>() + breakdown.unknown, breakdown.total, "{}", breakdown.by);
        assert_eq!(breakdown.total, 5, "{}", breakdown.by);
    }
    let shown = |field| {
        let breakdown = profile::breakdown(&view, field);
        let rows: Vec<String> = breakdown.rows.iter().filter(|row| row.count > 0).map(|row| format!("{} {}", row.key, row.count)).collect();
        format!("{}; unknown {}", rows.join(", "), breakdown.unknown)
    };
    assert_eq!(shown(Field::Sex), "female 4; unknown 1");
    assert_eq!(shown(Field::EthnicGroup), "white 4; unknown 1");
    assert_eq!(shown(Field::PlacementGroup), "foster 1, homes 1, other_residential 1, other 1; unknown 1");
    assert_eq!(shown(Field::BroadType), "Fostering 1, Residential 1, Other 3; unknown 0");
    assert_eq!(shown(Field::ProviderGroup), "own 1, other_public 1, private 1; unknown 2");
    assert_eq!(shown(Field::DistanceBand), "le20 1, gt20 1; unknown 3");
    assert_eq!(shown(Field::Authority), "Nottingham 5; unknown 0");
    assert_eq!(shown(Field::AgeBand), "10_15 5; unknown 0");

    let cross = profile::cross(&view, Field::PlacementGroup, Field::ProviderGroup);
    assert_eq!(cross.counts.iter().flatten().sum::<u64>(), 5);
    assert_eq!(cross.rows.iter().map(|row| row.count).sum::<u64>() + cross.counts.last().unwrap().iter().sum::<u64>(), 5);

    // Five ones in all: even their total would tell what each of them is.
    assert_eq!(cross.published(publish::Rule::default()).total, Value::Suppressed);
    // Four women and one unknown: the one is small, and so is the four.
    let published = profile::breakdown(&view, Field::Sex).published(publish::Rule::default());
    assert_eq!(published.cells, [Value::Suppressed, Value::Known(0.0), Value::Suppressed]);

    let filter = Filter::parse(["placement_group=foster", "placement_group=homes", "distance_band=gt20"], &history.authorities).unwrap();
    let narrow = View::new(&history, &timeline, facts(), Question::of(day("2021-03-31"), filter));
    assert_eq!(narrow.stock().iter().map(|at| at.child).collect::<Vec<_>>(), [1]);
}

#[test]
fn flows_add_up_too() {
    let mut history = since_may(&["U6 PR1", "U6 PR1"]);
    child(&mut history, "2003-04-20", &["2020-01-01 2020-05-01 S V2 U6 PR1 X1 CREQB", "2020-05-01 2021-03-31 P C2 K2 PR4 E17 -"]);
    let timeline = Timeline::build(&history);
    let view = View::new(&history, &timeline, facts(), Question::at(day("2021-03-31")));
    let flows = profile::flows(&view);
    for breakdown in &flows {
        assert_eq!(breakdown.rows.iter().map(|row| row.count).sum::<u64>() + breakdown.unknown, breakdown.total, "{}", breakdown.by);
    }
    let one = |by: &str| {
        let breakdown = flows.iter().find(|breakdown| breakdown.by == by).unwrap();
        breakdown.rows.iter().filter(|row| row.count > 0).map(|row| format!("{} {}", row.key, row.count)).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(one("starters_by_legal_status"), "full_care 2");
    assert_eq!(one("leavers_by_reason"), "stayed_18 1");
    assert_eq!(one("leavers_by_age"), "17 1");
    assert_eq!(one("change_reasons"), "creqb 1");
}
