//! The sample of a regional extract against the golden figures of the open demand model, and the bridge from its stock to ours.

use std::collections::HashMap;
use std::path::PathBuf;

use analysis::compatible::{self, EpisodeRow, HeaderRow, SameCarer};
use domain::Day;
use domain::code::Code;

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The rows of a CSV file without quotes, as maps from column to cell.
fn rows(name: &str) -> Vec<HashMap<String, String>> {
    let text = std::fs::read_to_string(data(name)).unwrap();
    let mut lines = text.lines().map(|line| line.trim_end_matches('\r').split(','));
    let head: Vec<String> = lines.next().unwrap().map(str::to_owned).collect();
    lines.map(|cells| head.iter().cloned().zip(cells.map(str::to_owned)).collect()).collect()
}

/// The sample as it stands: header rows, episode rows, and the identifier of each child's number.
fn sample() -> (Vec<HeaderRow>, Vec<EpisodeRow>, Vec<String>) {
    let mut ids: Vec<String> = Vec::new();
    let mut number = |id: &str| match ids.iter().position(|known| known == id) {
        Some(at) => at as u32,
        None => {
            ids.push(id.to_owned());
            ids.len() as u32 - 1
        }
    };
    let day = |text: &str| Day::parse(text.as_bytes());
    let code = |text: &str| Code::parse(text.as_bytes()).unwrap();
    let headers = rows("sample/header.csv")
        .iter()
        .map(|row| HeaderRow { child: number(&row["CHILD"]), year: row["YEAR"].parse().unwrap(), born: day(&row["DOB"]) })
        .collect();
    let episodes = rows("sample/episodes.csv")
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
    (headers, episodes, ids)
}

#[test]
fn the_compatible_stock_is_the_golden_one_on_every_day() {
    let (headers, episodes, _) = sample();
    let (first, last) = compatible::history(&episodes).unwrap();
    assert_eq!((first.to_string(), last.to_string()), ("2016-04-01".to_owned(), "2022-03-31".to_owned()));
    let stays = compatible::stays(&headers, &episodes, SameCarer::Merged);
    let parts = compatible::parts(&stays, last);
    assert_eq!(parts.len(), 2110);

    let golden = rows("stock_daily.csv");
    assert_eq!(golden.len(), 2191);
    for row in &golden {
        let stock = compatible::stock(&parts, Day::parse(row["date"].as_bytes()).unwrap());
        let mut children = 0;
        for (band, types) in compatible::BANDS.iter().zip(stock) {
            for (broad_type, count) in ["Fostering", "Residential", "Supported", "Other"].iter().zip(types) {
                let expected = row.get(&format!("{band} - {broad_type}")).map_or(0.0, |cell| cell.parse().unwrap());
                assert!((expected - count as f64).abs() < 1e-9, "{} {band} {broad_type}: {expected} and {count}", row["date"]);
                children += count;
            }
        }
        assert!(row["date"] != "2022-03-31" || children == 86);
    }
}
