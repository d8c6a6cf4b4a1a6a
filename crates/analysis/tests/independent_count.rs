//! A clean example authority, counted a second time straight from the cells of its files, as one would in a spreadsheet.
//!
//! Nothing of the timeline is used for the second count: no periods, no placements, no columns of `History`.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop the test where the example is not as it should be")]

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use analysis::facts::Facts;
use analysis::field::Field;
use analysis::measure::{Keep, Settings, card};
use analysis::profile;
use analysis::timeline::Timeline;
use analysis::view::{Days, Question, View};
use domain::{Code, Day};
use reference::codes;

type Row = HashMap<String, String>;

/// The rows of every file of this name below a folder, older years first.
fn rows(folder: &Path, name: &str) -> Vec<Row> {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut rows = Vec::new();
    for path in entries {
        if path.is_dir() {
            rows.extend(self::rows(&path, name));
        } else if path.file_name().unwrap() == name {
            let text = std::fs::read_to_string(path).unwrap();
            let mut lines = text.lines().map(|line| line.trim_end_matches('\r').split(',').map(str::to_owned).collect::<Vec<_>>());
            let head = lines.next().unwrap();
            rows.extend(lines.map(|cells| head.iter().cloned().zip(cells).collect::<Row>()));
        }
    }
    rows
}

fn date(cell: &str) -> Option<Day> {
    Day::parse(cell.as_bytes())
}

/// Whether the row's placement is a temporary one.
fn away(row: &Row) -> bool {
    row["PLACE"].starts_with('T')
}

/// The spreadsheet: each child's rows of care in order of DECOM, the newest return's row where several years hold one, and its header.
struct Sheet {
    care: BTreeMap<String, Vec<Row>>,
    headers: HashMap<String, Row>,
    unaccompanied: HashMap<String, Option<Day>>,
}

impl Sheet {
    fn new(folder: &Path) -> Self {
        let mut newest: BTreeMap<(String, Option<Day>), Row> = BTreeMap::new();
        for row in rows(folder, "episodes.csv") {
            newest.insert((row["CHILD"].clone(), date(&row["DECOM"])), row);
        }
        let mut care: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for ((child, _), row) in newest {
            if !["V3", "V4"].contains(&row["LS"].as_str()) {
                care.entry(child).or_default().push(row);
            }
        }
        let headers = rows(folder, "header.csv").into_iter().map(|row| (row["CHILD"].clone(), row)).collect();
        let unaccompanied = rows(folder, "uasc.csv").into_iter().map(|row| (row["CHILD"].clone(), date(&row["DUC"]))).collect();
        Self { care, headers, unaccompanied }
    }

    /// Every figure at a date under the name of the measure or breakdown.
    fn count(&self, on: Day, year: Days) -> BTreeMap<String, u64> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut add = |name: &str, holds: bool| *counts.entry(name.to_owned()).or_default() += u64::from(holds);
        let in_year = |cell: &str| date(cell).is_some_and(|day| year.from <= day && day <= year.to);
        let category = |set: &str, cell: &str| {
            let code = Code::parse(cell.as_bytes()).unwrap();
            codes::published_category(set, code).unwrap_or("unknown").to_owned()
        };
        for (child, rows) in &self.care {
            add("M02a", rows.iter().any(|row| row["RNE"] == "S" && in_year(&row["DECOM"])));
            add("M02b", rows.iter().any(|row| row["REC"] != "X1" && in_year(&row["DEC"])));
            for (at, row) in rows.iter().enumerate().filter(|(_, row)| in_year(&row["DEC"]) && !away(row)) {
                let moves = rows.get(at + 1).is_some_and(|next| !away(next) && ["S", "P", "B"].contains(&next["RNE"].as_str()));
                let unplanned = ["CREQB", "CREQO", "CHILD", "ALLEG", "STAND", "APPRR", "CLOSE", "LAREQ"];
                add("M11a of", row["REC"] != "X1" || moves);
                add("M11a", row["REC"] == "X1" && moves && unplanned.contains(&row["REASON_PLACE_CHANGE"].as_str()));
            }
            let header = &self.headers[child];
            let age = date(&header["DOB"]).unwrap().age_at(on);
            let covers = |row: &Row| date(&row["DECOM"]).unwrap() <= on && date(&row["DEC"]).is_none_or(|end| end > on);
            let Some(at) = rows.iter().position(covers).filter(|_| age < 18) else { continue };
            let today = &rows[at];
            let home = rows[..=at].iter().rev().find(|row| !away(row)).unwrap_or(today);

            add("M01a", true);
            add("M03", placements_since(rows, year.from, on) >= 3);
            let (place, provider) = (home["PLACE"].as_str(), home["PLACE_PROVIDER"].as_str());
            add("M09 of", place.starts_with('U'));
            add("M09", ["U1", "U2", "U3"].contains(&place));
            add("M08 of", ["U4", "U5", "U6"].contains(&place) && ["PR1", "PR4", "PR5"].contains(&provider));
            add("M08", ["U4", "U5", "U6"].contains(&place) && provider == "PR1");

            let band = ["0", "1_4", "5_9", "10_15", "16_plus"][[1, 5, 10, 16].iter().filter(|&&bound| age >= bound).count()];
            let sex = if ["1", "M"].contains(&header["SEX"].as_str()) { "male" } else { "female" };
            let broad_type = match today["PLACE"].as_str() {
                "U1" | "U2" | "U3" | "U4" | "U5" | "U6" => "Fostering",
                "K2" | "R1" | "P3" | "S1" => "Residential",
                "H5" | "K3" | "P2" => "Supported",
                _ => "Other",
            };
            let unaccompanied = self.unaccompanied.get(child).is_some_and(|until| until.is_none_or(|until| until > year.from));
            for (by, key) in [
                ("age", age.to_string()),
                ("age_band", band.to_owned()),
                ("sex", sex.to_owned()),
                ("broad_type", broad_type.to_owned()),
                ("uasc", if unaccompanied { "uasc" } else { "not_uasc" }.to_owned()),
                ("ethnic_group", category("ETHNIC", &header["ETHNIC"])),
                ("legal_status_group", category("LS", &today["LS"])),
                ("category_of_need", category("CIN", &today["CIN"])),
                ("placement_group", category("PLACE", place)),
                ("provider_group", category("PLACE_PROVIDER", provider)),
            ] {
                add(&format!("{by} {key}"), true);
            }
        }
        counts.retain(|_, count| *count > 0);
        counts
    }
}

/// The placement open on the first day, and each that began later with a new carer (dossier B3).
fn placements_since(rows: &[Row], from: Day, on: Day) -> usize {
    let begins = |at: usize| {
        let row = &rows[at];
        let comes_back = at > 0 && away(&rows[at - 1]) && rows[at - 1]["DEC"] == row["DECOM"];
        !away(row) && !comes_back && (at == 0 || ["S", "P", "B"].contains(&row["RNE"].as_str()))
    };
    let ends = |begun: usize| {
        let last = (begun..rows.len()).find(|&at| rows[at]["REC"] != "X1" || at + 1 == rows.len() || begins(at + 1)).unwrap();
        date(&rows[last]["DEC"])
    };
    let begun = (0..rows.len()).filter(|&at| begins(at) && date(&rows[at]["DECOM"]).unwrap() <= on);
    begun.filter(|&at| ends(at).is_none_or(|end| end > from)).count()
}

#[test]
fn measures_of_a_clean_authority_equal_a_spreadsheet_at_ten_dates() {
    let folder = tempfile::tempdir().unwrap();
    example::write(folder.path(), &example::Settings { children: 300, ..example::Settings::default() }, None).unwrap();
    let sheet = Sheet::new(folder.path());
    let read = ingest::read(&ingest::Source::open(folder.path()).unwrap(), &ingest::Options::default()).unwrap();
    let timeline = Timeline::build(&read.history);

    let dates = "2019-03-31 2020-02-29 2020-03-31 2021-03-31 2022-01-15 2022-09-30 2023-03-31 2024-03-31 2025-07-01 2026-03-31";
    for on in dates.split(' ').map(|text| date(text).unwrap()) {
        let view = View::new(&read.history, &timeline, Facts::none(), Question::at(on));
        let mut ours: BTreeMap<String, u64> = BTreeMap::new();
        for id in ["M01a", "M02a", "M02b", "M03", "M08", "M09", "M11a"] {
            let measured = card(id).unwrap().measure(&view, &Settings::default(), Keep::Counts);
            ours.insert(id.to_owned(), measured.numerator.unwrap());
            if id >= "M08" {
                ours.insert(format!("{id} of"), measured.denominator.unwrap());
            }
        }
        let not_in_files = [Field::DistanceBand, Field::Locality, Field::Authority];
        for breakdown in Field::ALL.into_iter().filter(|field| !not_in_files.contains(field)).map(|field| profile::breakdown(&view, field))
        {
            ours.extend(breakdown.rows.iter().map(|row| (format!("{} {}", breakdown.by, row.key), row.count)));
            ours.insert(format!("{} unknown", breakdown.by), breakdown.unknown);
        }
        ours.retain(|_, count| *count > 0);
        assert_eq!(sheet.count(on, view.range), ours, "{on}");
        assert!(ours["M01a"] > 100);
    }
}
