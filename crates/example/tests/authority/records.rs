//! What must be true of any authority: the same bytes every time, unbroken chains, and a truth that fits its returns.

use std::collections::{BTreeMap, BTreeSet};

use super::common::{day, rows, table, tree};
use domain::code::ls;
use domain::{Code, Day};
use example::{Broad, Setting, Settings};
use proptest::prelude::*;

#[test]
fn the_same_settings_give_the_same_bytes_on_any_number_of_threads() {
    let settings = Settings { children: 60, authorities: 3, years: 2, dirt: 0.02, ..Settings::default() };
    let write = |threads| {
        let (folder, truth) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let written = pool.install(|| example::write(folder.path(), &settings, Some(truth.path()))).unwrap();
        (written, tree(folder.path()), tree(truth.path()))
    };
    let (one, three) = (write(1), write(3));
    assert!(one == three);
    assert_eq!(one.0.authorities, ["Exampleshire", "Sampleshire", "Modelshire"]);
    assert_eq!(one.0.files, one.1.len() as u64);
    let other = Settings { seed: 2, ..settings.clone() };
    let folder = tempfile::tempdir().unwrap();
    example::write(folder.path(), &other, None).unwrap();
    assert!(tree(folder.path()) != one.1);
}

/// Walks every child of every year: nights follow each other, nothing overlaps, the year before says the same.
fn check_chains(settings: &Settings) {
    for authority in example::generate(settings) {
        let mut open_before: BTreeMap<String, (String, String)> = BTreeMap::new();
        for year in settings.first_year()..=settings.last_year {
            let (start, end) = (Day::year_start(year), Day::year_end(year));
            let headers = table(&authority, year, "Header");
            let born: BTreeMap<&str, Day> = headers.iter().map(|row| (row["CHILD"].as_str(), day(&row["DOB"]).unwrap())).collect();
            assert_eq!(born.len(), headers.len(), "a child stands once in Header");
            let mut open_now = BTreeMap::new();
            let mut before: Option<super::common::Row> = None;
            let mut with_rows = BTreeSet::new();
            for row in table(&authority, year, "Episodes") {
                let (from, to) = (day(&row["DECOM"]).unwrap(), day(&row["DEC"]));
                let birth = born[row["CHILD"].as_str()];
                assert!(from >= birth && from < birth.anniversary(18), "{row:?}");
                assert!(to.is_none_or(|to| to > from && to <= end && to <= birth.anniversary(18)), "{row:?}");
                assert!(from <= end && to.is_none_or(|to| to >= start), "{row:?}");
                assert_eq!(to.is_none(), row["REC"].is_empty());
                match before.as_ref().filter(|last| last["CHILD"] == row["CHILD"]) {
                    Some(last) if last["REC"] == "X1" => {
                        assert_eq!(last["DEC"], row["DECOM"], "{last:?} {row:?}");
                        assert_ne!(row["RNE"], "S");
                        assert_eq!(last["CIN"], row["CIN"]);
                        assert_eq!(last["HOME_POST"], row["HOME_POST"]);
                    }
                    Some(last) => {
                        assert!(day(&last["DEC"]).unwrap() < from, "{last:?} {row:?}");
                        assert_eq!(row["RNE"], "S");
                    }
                    None => {
                        assert!(with_rows.insert(row["CHILD"].clone()), "a child's rows stand together");
                        if from < start && year > settings.first_year() {
                            assert_eq!(open_before.remove(&row["CHILD"]), Some((row["DECOM"].clone(), row["LS"].clone())), "{row:?}");
                        } else if year > settings.first_year() {
                            assert_eq!(row["RNE"], "S", "{row:?}");
                        }
                    }
                }
                if to.is_none() {
                    open_now.insert(row["CHILD"].clone(), (row["DECOM"].clone(), row["LS"].clone()));
                }
                before = Some(row);
            }
            assert!(open_before.is_empty(), "open in {} and not in {year}: {open_before:?}", year - 1);
            open_before = open_now;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn episodes_are_chains_that_years_agree_on(seed in any::<u64>(), setting in 0..4usize) {
        let setting = [Setting::Stationary, Setting::Growth, Setting::Dip, Setting::Surge][setting];
        check_chains(&Settings { seed, setting, children: 80, years: 4, ..Settings::default() });
    }
}

#[test]
fn true_stock_is_what_the_returns_hold() {
    let settings = Settings { children: 150, authorities: 2, years: 3, ..Settings::default() };
    let (folder, truth) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    example::write(folder.path(), &settings, Some(truth.path())).unwrap();
    let stock = rows(&std::fs::read_to_string(truth.path().join("stock.csv")).unwrap());
    let mut compared = 0;
    for authority in example::generate(&settings) {
        for year in settings.first_year()..=settings.last_year {
            let on = Day::year_end(year);
            let mut counted: BTreeMap<&str, u32> = BTreeMap::new();
            for row in table(&authority, year, "Episodes") {
                let short_break = ls::is_short_break(Code::parse(row["LS"].as_bytes()).unwrap());
                if !short_break && day(&row["DECOM"]).unwrap() <= on && day(&row["DEC"]).is_none_or(|end| end > on) {
                    *counted.entry(Broad::of(Code::parse(row["PLACE"].as_bytes()).unwrap()).name()).or_default() += 1;
                    *counted.entry("Total").or_default() += 1;
                }
            }
            for row in stock.iter().filter(|row| row["authority"] == authority.name && row["date"] == on.to_string()) {
                let children: u32 = row["children"].parse().unwrap();
                assert_eq!(
                    counted.get(row["broad_type"].as_str()).copied().unwrap_or(0),
                    children,
                    "{} {on} {}",
                    authority.name,
                    row["broad_type"]
                );
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 2 * 3 * 5);
    let future = stock.iter().filter(|row| row["known"] == "future" && row["broad_type"] == "Total");
    assert_eq!(future.clone().count(), 2 * 24);
    assert!(future.into_iter().all(|row| row["children"].parse::<u32>().unwrap() > 50));
}

#[test]
fn events_come_at_the_true_rates() {
    let settings = Settings { children: 400, authorities: 3, ..Settings::default() };
    let (folder, truth) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    example::write(folder.path(), &settings, Some(truth.path())).unwrap();
    let (mut cells, mut chi, mut expected, mut events) = (0.0, 0.0, 0.0, 0.0);
    for row in rows(&std::fs::read_to_string(truth.path().join("hazards.csv")).unwrap()) {
        let number = |column: &str| row[column].parse::<f64>().unwrap();
        assert!((number("rate_per_child_day") - number("expected") / number("nights")).abs() < 1e-6);
        expected += number("expected");
        events += number("events");
        if number("expected") >= 5.0 {
            cells += 1.0;
            chi += (number("events") - number("expected")).powi(2) / number("expected");
        }
    }
    println!("{cells} cells, chi square per cell {:.3}, {events} events, {expected:.0} expected", chi / cells);
    assert!(cells > 100.0 && (chi / cells - 1.0).abs() < 5.0 * (2.0_f64 / cells).sqrt(), "{}", chi / cells);
    assert!((events - expected).abs() < 4.0 * expected.sqrt());
}

#[test]
fn every_fault_is_where_the_truth_says() {
    let settings = Settings { children: 200, years: 2, dirt: 0.05, ..Settings::default() };
    let (folder, truth) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    example::write(folder.path(), &settings, Some(truth.path())).unwrap();
    let list = std::fs::read_to_string(truth.path().join("faults.csv")).unwrap();
    let faults = rows(&list);
    let kinds: BTreeSet<&str> = faults.iter().map(|fault| fault["kind"].as_str()).collect();
    assert_eq!(kinds.len(), 12, "{kinds:?}");
    for fault in &faults {
        let text = std::fs::read_to_string(folder.path().join(&fault["authority"]).join(&fault["year"]).join(&fault["file"])).unwrap();
        if fault["kind"] == "header-missing" {
            assert!(rows(&text).iter().all(|row| row["CHILD"] != fault["child"]));
        } else {
            let row = &rows(&text)[fault["line"].parse::<usize>().unwrap() - 2];
            assert_eq!(row["CHILD"], fault["child"]);
            assert_eq!(row[&fault["column"]], fault["value"], "{fault:?}");
        }
    }
    let clean = tempfile::tempdir().unwrap();
    let without = Settings { dirt: 0.0, ..settings };
    example::write(clean.path(), &without, Some(truth.path())).unwrap();
    assert_eq!(std::fs::read_to_string(truth.path().join("faults.csv")).unwrap().lines().count(), 1);
}
