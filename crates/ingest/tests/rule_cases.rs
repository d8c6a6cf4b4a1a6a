//! Runs the sector's own small cases of the rules: those in `tests/data/rule_cases.jsonl`, or those of the file that the variable
//! `PLACEWELL_RULE_CASES` names. The form is described in `tests/data/rule_cases.md`.
//!
//! `cargo test -p ingest rule_cases -- --nocapture`

use std::collections::{BTreeMap, BTreeSet};

use domain::Day;
use ingest::ssda903::providers::{Provider, ProviderList};
use ingest::ssda903::rules::{self, Context, Inputs, Rule, Tables};
use ingest::table::Table;
use serde_json::Value;

const COMMITTED: &str = include_str!("data/rule_cases.jsonl");
/// The names of tables, as rules use them.
const TABLES: [&str; 12] =
    ["Header", "Episodes", "UASC", "Reviews", "OC2", "OC3", "AD1", "PlacedAdoption", "PrevPerm", "Missing", "SWEpisodes", "DoLo"];

/// What a case flags or should flag: for each table, the labels of its rows.
type Flags = BTreeMap<String, BTreeSet<String>>;

struct Outcome {
    cases: usize,
    not_held: Vec<String>,
    mismatches: Vec<String>,
}

#[test]
fn rule_cases() {
    #[expect(clippy::disallowed_methods, reason = "whoever runs the tests may point them at another file of cases")]
    let other = std::env::var("PLACEWELL_RULE_CASES").ok();
    let outcome = match &other {
        Some(path) => run(&std::fs::read_to_string(path).unwrap_or_else(|why| panic!("PLACEWELL_RULE_CASES names {path}: {why}"))),
        None => run(COMMITTED),
    };
    println!("{} cases", outcome.cases);
    if !outcome.not_held.is_empty() {
        println!("{} not held: {}", outcome.not_held.len(), outcome.not_held.join(" "));
    }
    for mismatch in &outcome.mismatches {
        println!("{mismatch}");
    }
    assert!(outcome.cases > 0, "no case was run");
    assert!(outcome.mismatches.is_empty(), "{} of {} cases differ", outcome.mismatches.len(), outcome.cases);
    assert!(other.is_some() || outcome.not_held.is_empty(), "the committed cases are of rules that are held");
}

fn run(cases: &str) -> Outcome {
    let mut outcome = Outcome { cases: 0, not_held: Vec::new(), mismatches: Vec::new() };
    for (line, text) in cases.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let case: Value = serde_json::from_str(text).unwrap_or_else(|why| panic!("line {}: {why}", line + 1));
        let code = text_of(&case["rule"]);
        let Some(rule) = rules::find(&code) else {
            outcome.not_held.push(code);
            continue;
        };
        outcome.cases += 1;
        let (found, expected) = (flagged(rule, &case["tables"]), expected(&case["expected"]));
        if found != expected {
            outcome.mismatches.push(explain(&case, &found, &expected));
        }
    }
    outcome
}

/// Runs one rule over the tables of a case.
fn flagged(rule: &Rule, tables: &Value) -> Flags {
    let metadata = &tables["metadata"];
    let [this, last] = ["", "_last"].map(|suffix| {
        let held = TABLES.iter().filter_map(|&name| Some((name, table(tables.get(format!("{name}{suffix}"))?))));
        held.collect::<Tables>()
    });
    let providers = metadata.get("provider_info").map(provider_list);
    let authority = metadata.get("localAuthority").map(text_of);
    // A case that states no year is of the newest rules.
    let year = metadata.get("collectionYear").and_then(|year| text_of(year).get(..4)?.parse().ok()).unwrap_or(*rules::HELD.end());
    let inputs = Inputs {
        year,
        tables: &this,
        last: (!last.is_empty()).then_some(&last),
        authority: authority.as_deref(),
        providers: providers.as_ref(),
    };
    let day = |name: &str| metadata.get(name).and_then(|day| Day::parse(text_of(day).as_bytes()));
    let start = day("collection_start").unwrap_or(Day::year_start(year));
    let end = day("collection_end").unwrap_or(Day::year_end(year));
    let mut flags = Flags::new();
    for hit in rule.flagged(&Context::new(&inputs).between(start, end)) {
        let label = tables[hit.table]["index"].get(hit.row as usize).map_or_else(|| hit.row.to_string(), text_of);
        flags.entry(hit.table.to_owned()).or_default().insert(label);
    }
    flags
}

fn expected(tables: &Value) -> Flags {
    let rows = |rows: &Value| rows.as_array().into_iter().flatten().map(text_of).collect::<BTreeSet<_>>();
    let tables = tables.as_object().into_iter().flatten().map(|(table, flags)| (table.clone(), rows(flags)));
    tables.filter(|(_, rows)| !rows.is_empty()).collect()
}

/// A cell as text; blank for null. Text that is there and empty, which no file can hold, stands as a space: it is given, and no code.
fn text_of(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) if text.is_empty() => " ".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn table(given: &Value) -> Table {
    let columns: Vec<String> = given["columns"].as_array().into_iter().flatten().map(text_of).collect();
    let mut table = Table::new("a case", &columns.iter().map(String::as_str).collect::<Vec<_>>());
    for (at, row) in given["rows"].as_array().into_iter().flatten().enumerate() {
        let cells: Vec<String> = row.as_array().into_iter().flatten().map(text_of).collect();
        table.push_exact(at as u32 + 2, cells.iter().map(String::as_str));
    }
    table
}

fn provider_list(given: &Value) -> ProviderList {
    let table = table(given);
    let codes = |row, column| table.get(row, column).into_iter().flat_map(|cell| cell.split(',')).map(str::to_owned).collect();
    let provider = |row| Provider {
        urn: table.get(row, "URN").unwrap_or_default().to_owned(),
        places: codes(row, "PLACE_CODES"),
        providers: codes(row, "PROVIDER_CODES"),
        closed: table.get(row, "REG_END").and_then(|day| Day::parse(day.as_bytes())),
        postcode: table.get(row, "POSTCODE").map(str::to_owned),
        authority: table.get(row, "LA_CODE_INFERRED").map(str::to_owned),
    };
    ProviderList::new((0..table.len()).map(provider).collect())
}

fn explain(case: &Value, found: &Flags, expected: &Flags) -> String {
    let tables = case["tables"].as_object().into_iter().flatten();
    let rows = tables.filter(|(name, _)| *name != "metadata").flat_map(|(name, table)| {
        let rows = table["rows"].as_array().into_iter().flatten().enumerate().map(|(at, row)| format!("\n      {at}: {row}"));
        std::iter::once(format!("\n    {name} {}", table["columns"])).chain(rows).collect::<Vec<_>>()
    });
    format!("rule {}, case {}: expected {expected:?}, found {found:?}{}", case["rule"], case["case"], rows.collect::<String>())
}

#[test]
fn a_wrong_case_is_a_mismatch_and_an_unknown_rule_is_not_held() {
    let right = r#"{"rule": "143", "case": 0, "tables": {"Episodes": {"columns": ["RNE"], "index": [7, 9], "rows": [["S"], ["x"]]}}, "expected": {"Episodes": [9]}}"#;
    let wrong = right.replace("\"Episodes\": [9]", "\"Episodes\": [7]");
    let unknown = right.replace("143", "9999");
    let outcome = run(&[right, &wrong, &unknown].join("\n"));
    assert_eq!((outcome.cases, outcome.mismatches.len(), outcome.not_held), (2, 1, vec!["9999".to_owned()]));
}
