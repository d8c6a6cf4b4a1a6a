//! The compatible mode against the golden figures of the open demand model: the stock exactly; rates, entries and the forecast to 1e-9.
//! The sample and the stock lie with the tests of the `analysis` crate, which reads them too.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop the test where the sample is not as it should be")]

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use analysis::compatible::{EpisodeRow, HeaderRow};
use domain::Day;
use domain::code::Code;
use forecast::kind::Broad;
use forecast::stock_and_flow::compatible::{Compatible, State};

/// The rows of a CSV file without quotes, as maps from column to cell.
fn rows(name: &str) -> Vec<HashMap<String, String>> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = [here.join("tests/data"), here.join("../analysis/tests/data")]
        .map(|folder| folder.join(name))
        .into_iter()
        .find(|path| path.exists());
    let text = std::fs::read_to_string(path.unwrap()).unwrap();
    let mut lines = text.lines().map(|line| line.trim_end_matches('\r').split(','));
    let head: Vec<String> = lines.next().unwrap().map(str::to_owned).collect();
    lines.map(|cells| head.iter().cloned().zip(cells.map(str::to_owned)).collect()).collect()
}

fn model() -> Compatible {
    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut number = |id: &str| {
        let next = ids.len() as u32;
        *ids.entry(id.to_owned()).or_insert(next)
    };
    let day = |text: &str| Day::parse(text.as_bytes());
    let code = |text: &str| Code::parse(text.as_bytes()).unwrap();
    let headers: Vec<HeaderRow> = rows("sample/header.csv")
        .iter()
        .map(|row| HeaderRow { child: number(&row["CHILD"]), year: row["YEAR"].parse().unwrap(), born: day(&row["DOB"]) })
        .collect();
    let episodes: Vec<EpisodeRow> = rows("sample/episodes.csv")
        .iter()
        .map(|row| EpisodeRow {
            child: number(&row["CHILD"]),
            year: row["YEAR"].parse().unwrap(),
            start: day(&row["DECOM"]),
            end: day(&row["DEC"]),
            rne: code(&row["RNE"]),
            legal: code(&row["LS"]),
            place: code(&row["PLACE"]),
        })
        .collect();
    Compatible::fit(&headers, &episodes).unwrap()
}

fn agrees(ours: f64, golden: f64, what: &str) {
    assert!((ours - golden).abs() <= 1e-9 * golden.abs().max(1.0), "{what}: {ours} and {golden}");
    assert!(golden.abs() < 1e-300 || (ours / golden - 1.0).abs() <= 1e-9, "{what}: {ours} and {golden}");
}

#[test]
fn every_rate_is_the_golden_one() {
    let ours: BTreeMap<(String, String), f64> = model().rates.iter().map(|((from, to), rate)| ((from.name(), to.name()), *rate)).collect();
    let golden = rows("base_transition_rates.csv");
    assert_eq!(ours.len(), golden.len());
    for row in &golden {
        let pair = (row["from"].clone(), row["to"].clone());
        agrees(ours[&pair], row["transition_rate"].parse().unwrap(), &format!("{pair:?}"));
    }
}

#[test]
fn every_entry_rate_is_the_golden_one() {
    let ours: BTreeMap<String, f64> = model().entries.iter().map(|(state, rate)| (state.name(), *rate)).collect();
    let golden = rows("base_entry_rates.csv");
    assert_eq!(ours.len(), golden.len());
    for row in &golden {
        agrees(ours[&row["to"]], row["daily_entrants"].parse().unwrap(), &row["to"]);
    }
}

#[test]
fn the_weekly_forecast_is_the_golden_one() {
    let golden = rows("forecast_by_type_weekly.csv");
    assert_eq!(golden.len(), 105);
    let dates: Vec<Day> = golden.iter().map(|row| Day::parse(row["date"].as_bytes()).unwrap()).collect();
    let lines = model().forecast(&dates);
    assert_eq!(lines.len(), 5 * golden.len());
    for (row, lines) in golden.iter().zip(lines.chunks(5)) {
        for line in lines {
            let name = line.broad.map_or("Total", |broad| Broad::ALL[broad].name());
            for (column, ours) in [("pop", line.children), ("lower", line.lower), ("upper", line.upper)] {
                agrees(ours, row[&format!("{name} {column}")].parse().unwrap(), &format!("{} {name} {column}", row["date"]));
            }
        }
    }
}

#[test]
fn the_daily_stock_is_the_golden_one() {
    let model = model();
    assert_eq!((model.first.to_string(), model.last.to_string()), ("2016-04-01".to_owned(), "2022-03-31".to_owned()));
    let golden = rows("stock_daily.csv");
    assert_eq!(model.stock.len(), golden.len());
    for (ours, row) in model.stock.iter().zip(&golden) {
        for (at, &children) in ours.iter().enumerate() {
            let state = State { band: at / 4, broad: Some(at % 4) }.name();
            let expected: f64 = row.get(&state).map_or(0.0, |cell| cell.parse().unwrap());
            assert!((children - expected).abs() < 1e-12, "{} {state}: {children} and {expected}", row["date"]);
        }
    }
    assert!((model.stock.last().unwrap().iter().sum::<f64>() - 86.0).abs() < 1e-12);
}
