//! The shape of the published figures: shares of steady authorities beside England's (DfE, *Children looked after in England including
//! adoptions*, reporting year 2025; embedded in crate `reference`). Run with `--nocapture` to see the table.

use std::collections::BTreeMap;

use super::common::{day, table};
use domain::code::{ls, place};
use domain::{Code, Day, Postcode};
use example::Settings;

/// Counts of named things, and what they are counted of.
#[derive(Default)]
struct Counts(BTreeMap<&'static str, f64>);

impl Counts {
    fn add(&mut self, name: &'static str) {
        *self.0.entry(name).or_default() += 1.0;
    }

    fn share(&self, part: &str, of: &str) -> f64 {
        self.0.get(part).copied().unwrap_or(0.0) / self.0[of]
    }
}

fn count(settings: &Settings) -> Counts {
    let mut counts = Counts::default();
    for authority in example::generate(settings) {
        for year in settings.last_year - 2..=settings.last_year {
            let on = Day::year_end(year);
            let headers = table(&authority, year, "Header");
            let born: BTreeMap<String, Day> = headers.iter().map(|row| (row["CHILD"].clone(), day(&row["DOB"]).unwrap())).collect();
            let asylum: Vec<String> = table(&authority, year, "UASC").into_iter().map(|row| row["CHILD"].clone()).collect();
            for row in table(&authority, year, "Episodes") {
                let code = |column: &str| Code::parse(row[column].as_bytes()).unwrap();
                if ls::is_short_break(code("LS")) {
                    continue;
                }
                let age = |day: Day| born[&row["CHILD"]].age_at(day);
                let (start, end) = (day(&row["DECOM"]).unwrap(), day(&row["DEC"]));
                if row["RNE"] == "S" && start >= Day::year_start(year) {
                    counts.add("started");
                    counts.add(["started 0", "started 1-4", "started 5-9", "started 10-15", "started 16+"][band(age(start))]);
                }
                if let Some(end) = end.filter(|_| row["REC"] != "X1") {
                    counts.add("ceased");
                    if age(end) >= 18 {
                        counts.add("ceased at 18");
                    }
                    match row["REC"].as_str() {
                        "E11" | "E12" => counts.add("adopted"),
                        "E45" | "E46" | "E47" | "E48" => counts.add("guardianship"),
                        "E4A" | "E4B" | "E13" => counts.add("home"),
                        _ => {}
                    }
                }
                if end.is_some() {
                    continue;
                }
                counts.add("stock");
                counts.add(["stock 0", "stock 1-4", "stock 5-9", "stock 10-15", "stock 16+"][band(age(on))]);
                let place = code("PLACE");
                counts.add(match place.first() {
                    b'U' => "foster",
                    b'A' => "adoption",
                    _ if place == place::P1 => "parents",
                    _ if place == place::K1 || place == place::K2 => "homes",
                    _ if matches!(place, place::K3 | place::H5 | place::P2) => "supported",
                    _ => "other places",
                });
                match row["LS"].as_str() {
                    "C1" => counts.add("interim order"),
                    "C2" => counts.add("full order"),
                    "E1" => counts.add("placement order"),
                    "V2" => counts.add("section 20"),
                    _ => {}
                }
                match row["PLACE_PROVIDER"].as_str() {
                    "PR1" => counts.add("own provision"),
                    "PR4" => counts.add("private"),
                    _ => {}
                }
                if asylum.contains(&row["CHILD"]) {
                    counts.add("unaccompanied");
                }
                let unit = |column: &str| Postcode::parse(row[column].as_bytes());
                let placed = unit("PL_POST").and_then(reference::postcode::locate).unwrap();
                if placed.area != Some(authority.geography.area) {
                    counts.add("outside");
                }
                if let Some(home) = unit("HOME_POST").and_then(reference::postcode::locate) {
                    counts.add("distance known");
                    if home.miles_to(&placed).miles() > 20.0 {
                        counts.add("over 20 miles");
                    }
                }
            }
        }
    }
    counts
}

const fn band(age: u32) -> usize {
    match age {
        0 => 0,
        1..=4 => 1,
        5..=9 => 2,
        10..=15 => 3,
        _ => 4,
    }
}

#[test]
fn shares_are_englands() {
    let counts = count(&Settings { children: 500, authorities: 10, ..Settings::default() });
    // Part, whole, England at 31 March 2025 or in the year to it, and how far a steady run of ten authorities may be from it.
    // England itself is not steady: fewer start than cease, and more teenagers came in the years before.
    let published = [
        ("foster", "stock", 54_820.0 / 81_770.0, 0.04),
        ("homes", "stock", 9_480.0 / 81_770.0, 0.02),
        ("supported", "stock", 7_520.0 / 81_770.0, 0.03),
        ("parents", "stock", 4_970.0 / 81_770.0, 0.015),
        ("adoption", "stock", 1_660.0 / 81_770.0, 0.01),
        ("own provision", "stock", 35_050.0 / 81_770.0, 0.03),
        ("private", "stock", 32_980.0 / 81_770.0, 0.03),
        ("stock 0", "stock", 3_630.0 / 81_770.0, 0.015),
        ("stock 1-4", "stock", 10_030.0 / 81_770.0, 0.02),
        ("stock 5-9", "stock", 15_110.0 / 81_770.0, 0.02),
        ("stock 10-15", "stock", 30_930.0 / 81_770.0, 0.05),
        ("stock 16+", "stock", 22_060.0 / 81_770.0, 0.05),
        ("full order", "stock", 48_090.0 / 81_770.0, 0.04),
        ("interim order", "stock", 13_180.0 / 81_770.0, 0.03),
        ("placement order", "stock", 4_740.0 / 81_770.0, 0.015),
        ("section 20", "stock", 15_540.0 / 81_770.0, 0.03),
        ("unaccompanied", "stock", 6_540.0 / 81_770.0, 0.04),
        ("outside", "stock", 36_350.0 / 81_770.0, 0.05),
        ("over 20 miles", "distance known", 18_120.0 / 74_790.0, 0.05),
        ("started", "stock", 32_270.0 / 81_770.0, 0.05),
        ("ceased", "stock", 34_450.0 / 81_770.0, 0.06),
        ("started 0", "started", 5_140.0 / 32_270.0, 0.03),
        ("started 16+", "started", 9_110.0 / 32_270.0, 0.06),
        ("ceased at 18", "ceased", 13_740.0 / 34_450.0, 0.05),
        ("adopted", "ceased", 3_040.0 / 34_450.0, 0.02),
        ("guardianship", "ceased", 4_110.0 / 34_450.0, 0.03),
        ("home", "ceased", 8_410.0 / 34_450.0, 0.04),
    ];
    let mut far = Vec::new();
    for (part, whole, england, allowed) in published {
        let ours = counts.share(part, whole);
        println!("{part:18} of {whole:16} {ours:.3}  England {england:.3}  {:+.3}", ours - england);
        if (ours - england).abs() > allowed {
            far.push(part);
        }
    }
    assert!(far.is_empty(), "{far:?}");
}

/// Rows of Episodes for each child in stock and year: a child stands in a year's file once for each episode that touches the year.
/// So `--authorities 100 --children 580` is 1.16 million rows over eight years.
const ROWS_A_CHILD_YEAR: f64 = 2.5;

#[test]
fn stock_and_rows_are_what_was_asked_for() {
    let settings = Settings { children: 400, authorities: 12, years: 4, ..Settings::default() };
    let (mut stock, mut rows) = (0, 0);
    for authority in example::generate(&settings) {
        for year in settings.first_year()..=settings.last_year {
            let episodes = table(&authority, year, "Episodes");
            stock += episodes.iter().filter(|row| row["DEC"].is_empty() && row["LS"] != "V3" && row["LS"] != "V4").count();
            rows += episodes.len();
        }
    }
    let (mean, rows) = (stock as f64 / 48.0, rows as f64 / stock as f64);
    println!("stock {mean:.1} of 400, {rows:.3} rows a child and year");
    assert!((mean / 400.0 - 1.0).abs() < 0.08, "{mean}");
    assert!((rows / ROWS_A_CHILD_YEAR - 1.0).abs() < 0.04, "{rows}");
}
