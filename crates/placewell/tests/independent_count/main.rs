//! `placewell measures` beside a count in plain SQL, written from the definitions alone (`cohort.sql`), on clean example data: every breakdown and
//! the measures that a count can give, at ten dates. On SQLite always, and on PostgreSQL where `TEST_POSTGRES` names one.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

mod engine;
mod returns;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use engine::Engine;
use example::Settings;
use serde_json::Value;

/// The dates, each with the first day of the twelve months that end on it: year ends, the days about them, a 29 February, days on which someone
/// who is looked after has a birthday, and days in the middle of a year.
const DATES: [[&str; 2]; 10] = [
    ["2022-12-25", "2021-12-26"],
    ["2023-03-31", "2022-04-01"],
    ["2023-09-30", "2022-10-01"],
    ["2024-02-29", "2023-03-01"],
    ["2024-03-31", "2023-04-01"],
    ["2024-07-17", "2023-07-18"],
    ["2025-01-01", "2024-01-02"],
    ["2025-03-31", "2024-04-01"],
    ["2025-10-26", "2024-10-27"],
    ["2026-03-31", "2025-04-01"],
];

/// Breakdowns of the flows, by their name on the command line: the table and the column of `cohort.sql`. Those of the stock have a column each of
/// their own name.
const FLOWS: [(&str, &str, &str); 10] = [
    ("starters_by_age_band", "starter", "age_band"),
    ("starters_by_sex", "starter", "sex"),
    ("starters_by_need", "starter", "need"),
    ("starters_by_legal_status", "starter", "legal_status"),
    ("starters_by_uasc", "starter", "uasc"),
    ("leavers_by_age", "leaver", "age"),
    ("leavers_by_sex", "leaver", "sex"),
    ("leavers_by_reason", "leaver", "reason"),
    ("leavers_by_uasc", "leaver", "uasc"),
    ("change_reasons", "move", "reason"),
];

/// Measures that are counts or shares of children: numerator and denominator as conditions on a table. Without a second one it is a plain count.
const MEASURES: [(&str, &str, &str, Option<&str>); 6] = [
    ("M01a", "stock", "1 = 1", None),
    ("M02a", "starter", "1 = 1", None),
    ("M02b", "leaver", "1 = 1", None),
    ("M05d", "stock", "distance_band = 'gt20'", Some("1 = 1")),
    (
        "M08",
        "stock",
        "home_place IN ('U4', 'U5', 'U6') AND home_provider = 'PR1'",
        Some("home_place IN ('U4', 'U5', 'U6') AND home_provider IN ('PR1', 'PR4', 'PR5')"),
    ),
    ("M09", "stock", "home_place IN ('U1', 'U2', 'U3')", Some("home_place IN ('U1', 'U2', 'U3', 'U4', 'U5', 'U6')")),
];

/// Clean returns of two authorities over four years.
fn settings() -> Settings {
    Settings { seed: 7, children: 300, years: 4, authorities: 2, dirt: 0.0, last_year: 2026, ..Settings::default() }
}

#[tokio::test]
async fn every_breakdown_equals_a_count_in_plain_sql() {
    let folder = tempfile::tempdir().unwrap();
    example::write(folder.path(), &settings(), None).unwrap();
    let load = returns::to_sql(folder.path(), &DATES);
    let measured: Vec<Value> = DATES.iter().map(|[on, _]| measures(folder.path(), on)).collect();
    let mut engines = vec![Engine::sqlite().await];
    engines.extend(Engine::postgres().await);
    for mut engine in engines {
        for text in [include_str!("tables.sql"), &load, include_str!("cohort.sql")] {
            engine.run(text).await;
        }
        the_data_holds_what_is_hard(&mut engine).await;
        for ([on, from], json) in DATES.iter().zip(&measured) {
            assert_eq!((json["on"].as_str(), json["from"].as_str()), (Some(*on), Some(*from)));
            compare_breakdowns(&mut engine, on, json).await;
            compare_measures(&mut engine, on, json).await;
        }
        engine.close().await;
    }
}

fn measures(returns: &Path, on: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_placewell"))
        .args(["measures", "--on", on, "--format", "json"])
        .arg(returns)
        .env("PLACEWELL_HOME", returns.join("no-home"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Agreement would show little if the data never came near the edges of the definitions.
async fn the_data_holds_what_is_hard(engine: &mut Engine) {
    let born_that_day = "SELECT COUNT(*) FROM asked a JOIN person p ON SUBSTR(p.dob, 6) = SUBSTR(a.on_day, 6)
        JOIN in_care e ON e.child = p.child AND e.decom <= a.on_day AND (e.dec IS NULL OR e.dec >= a.on_day)";
    let away =
        "SELECT COUNT(*) FROM asked a JOIN housed e ON e.decom <= a.on_day AND e.dec > a.on_day AND e.away = 1 AND e.lives_since < e.decom";
    let ended_that_day = "SELECT COUNT(*) FROM asked a JOIN in_care e ON e.dec = a.on_day AND e.rec <> 'X1'";
    let began_that_day = "SELECT COUNT(*) FROM asked a JOIN in_care e ON e.decom = a.on_day";
    let short_breaks = "SELECT COUNT(*) FROM known WHERE ls IN ('V3', 'V4')";
    let unaccompanied = "SELECT COUNT(*) FROM stock WHERE uasc = 'uasc' AND distance_band IS NULL AND locality = 'in'";
    let unknown = "SELECT COUNT(*) FROM stock WHERE ethnic_group IS NULL";
    for query in [born_that_day, away, ended_that_day, began_that_day, short_breaks, unaccompanied, unknown] {
        assert!(engine.number(query).await > 0, "{query}");
    }
}

async fn compare_breakdowns(engine: &mut Engine, on: &str, json: &Value) {
    let breakdowns = json["breakdowns"].as_array().unwrap();
    assert_eq!(breakdowns.len(), 23, "thirteen of the stock and ten of the flows");
    for breakdown in breakdowns {
        let by = breakdown["by"].as_str().unwrap();
        let (table, column) = FLOWS.iter().find(|(name, ..)| *name == by).map_or(("stock", by), |(_, table, column)| (*table, *column));
        let query = format!(
            "SELECT COALESCE({column}, 'unknown') AS key, COUNT(*) AS children FROM {table} WHERE on_day = '{on}' GROUP BY {column}"
        );
        let counted = engine.counts(&query).await;
        let total: i64 = counted.values().sum();
        assert_eq!(placewells(breakdown), counted, "{by} on {on}");
        assert_eq!(breakdown["total"].as_i64(), Some(total), "{by} on {on}");
    }
}

/// The categories that have children, and those not known.
fn placewells(breakdown: &Value) -> BTreeMap<String, i64> {
    let rows = breakdown["rows"].as_array().unwrap().iter().map(|row| (row["key"].as_str().unwrap(), row["count"].as_i64().unwrap()));
    let all = rows.chain([("unknown", breakdown["unknown"].as_i64().unwrap())]);
    all.filter(|(_, count)| *count > 0).map(|(key, count)| (key.to_owned(), count)).collect()
}

async fn compare_measures(engine: &mut Engine, on: &str, json: &Value) {
    let measures = json["measures"].as_array().unwrap();
    for (id, table, counted, among) in MEASURES {
        let measure = measures.iter().find(|measure| measure["id"] == id).unwrap();
        let query = |condition: &str| format!("SELECT COUNT(*) FROM {table} WHERE on_day = '{on}' AND {condition}");
        let numerator = engine.number(&query(counted)).await;
        assert_eq!(measure["numerator"].as_i64(), Some(numerator), "{id} on {on}");
        let Some(among) = among else {
            assert_eq!(measure["value"].as_i64(), Some(numerator), "{id} on {on}");
            continue;
        };
        let denominator = engine.number(&query(among)).await;
        assert_eq!(measure["denominator"].as_i64(), Some(denominator), "{id} on {on}");
        let share = numerator as f64 / denominator as f64;
        assert!((measure["value"].as_f64().unwrap() - share).abs() < 1e-12, "{id} on {on}");
    }
    distance_of_those_known(engine, on, measures).await;
}

/// M05 divides by those of known distance; the others are its unknown, and M05d's.
async fn distance_of_those_known(engine: &mut Engine, on: &str, measures: &[Value]) {
    let known = engine.number(&format!("SELECT COUNT(distance_band) FROM stock WHERE on_day = '{on}'")).await;
    let all = engine.number(&format!("SELECT COUNT(*) FROM stock WHERE on_day = '{on}'")).await;
    let of = |id: &str| measures.iter().find(|measure| measure["id"] == id).unwrap();
    assert_eq!(of("M05")["denominator"].as_i64(), Some(known), "M05 on {on}");
    assert_eq!([of("M05")["unknown"].as_i64(), of("M05d")["unknown"].as_i64()], [Some(all - known); 2], "M05 on {on}");
}
