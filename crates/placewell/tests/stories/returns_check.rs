//! `placewell returns check`: rules and findings, what changed since the last check, and the workbook for those who mend the record.

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::stage::{Stage, by_key};

/// Rules that look a setting up in the Department's list of providers. (241 needs it too, and says why in its own words.)
const NEED_PROVIDERS: [&str; 7] = ["1008", "219", "221", "224", "227", "228", "229"];

fn rules(json: &Value) -> &Vec<Value> {
    json["rules"].as_array().unwrap()
}

#[test]
fn every_rule_has_its_status_and_those_without_a_provider_list_say_so() {
    let stage = Stage::with_returns();
    let json = stage.run(&["returns", "check", "2026", "--last", "2025", "--format", "json"]).json();
    assert_eq!((rules(&json).len(), &json["year"]), (81, &Value::from(2026)));
    let skipped: Vec<&str> =
        rules(&json).iter().filter(|rule| rule["why"] == "no provider list").map(|rule| rule["rule"].as_str().unwrap()).collect();
    let mut sorted = skipped.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, NEED_PROVIDERS);
    for rule in rules(&json) {
        match rule["status"].as_str().unwrap() {
            "ran" => assert!(rule["why"].is_null(), "{rule}"),
            "skipped" => assert!(!rule["why"].as_str().unwrap().is_empty(), "{rule}"),
            other => panic!("{other}: {rule}"),
        }
        assert!(!rule["title"].as_str().unwrap().is_empty(), "{rule}");
    }
}

#[test]
fn a_provider_list_lets_the_seven_run() {
    let stage = Stage::with_returns();
    let arguments = ["returns", "check", "2026", "--last", "2025", "--providers", "providers.csv", "--format", "json"];
    let json = stage.run(&arguments).json();
    for code in NEED_PROVIDERS {
        assert_eq!(by_key(&json["rules"], "rule", code)["status"], "ran", "{code}");
    }
}

#[test]
fn without_last_years_files_the_rules_that_need_them_say_so() {
    let stage = Stage::with_returns();
    let json = stage.run(&["returns", "check", "2026", "--format", "json"]).json();
    let without = rules(&json).iter().filter(|rule| rule["why"] == "no last year's files").count();
    assert!(without > 0, "{json}");
    let with = stage.run(&["returns", "check", "2026", "--last", "2025", "--format", "json"]).json();
    assert!(rules(&with).iter().all(|rule| rule["why"] != "no last year's files"));
}

/// Breaks the sex of the first child of the Header, as a slip of the keyboard would; returns the child.
fn break_one_row(stage: &Stage) -> String {
    let text = stage.read("2026/header.csv");
    let line = text.lines().nth(1).unwrap();
    let cells: Vec<&str> = line.split(',').collect();
    let broken = format!("{},X,{}", cells[0], cells[2..].join(","));
    stage.write("2026/header.csv", &text.replacen(line, &broken, 1));
    cells[0].to_owned()
}

#[test]
fn a_fault_is_found_on_its_row_and_gone_when_it_is_mended() {
    let stage = Stage::with_returns();
    let sound = stage.read("2026/header.csv");
    let child = break_one_row(&stage);
    let check = |more: &[&str]| {
        let mut arguments = vec!["returns", "check", "2026", "--last", "2025", "--format", "json"];
        arguments.extend(more);
        stage.run(&arguments)
    };
    let broken = check(&[]);
    stage.write("first.json", &broken.printed);
    let broken = broken.json();
    let findings = broken["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["column"] == "SEX").unwrap();
    assert_eq!([&finding["child"], &finding["value"], &finding["table"]], [child.as_str(), "X", "Header"]);
    assert_eq!((&finding["row"], &finding["file"]), (&Value::from(2), &Value::from("header.csv")));
    assert!(broken.get("gone").is_none() && finding.get("since").is_none(), "nothing was compared");

    let same = check(&["--against", "first.json"]).json();
    assert_eq!(same["findings"].as_array().unwrap().len(), findings.len());
    assert!(same["findings"].as_array().unwrap().iter().all(|finding| finding["since"] == "still"));
    assert_eq!(same["gone"], Value::Array(Vec::new()));

    stage.write("2026/header.csv", &sound);
    let mended = check(&["--against", "first.json"]).json();
    let gone = mended["gone"].as_array().unwrap();
    let slips = findings.iter().filter(|finding| finding["column"] == "SEX").count();
    assert_eq!(gone.len(), slips, "{gone:?}");
    assert!(gone.iter().all(|finding| finding["child"] == child.as_str()));
    assert!(mended["findings"].as_array().unwrap().iter().all(|finding| finding["since"] == "still"));
}

#[test]
fn the_workbook_lists_the_findings_by_child() {
    let stage = Stage::with_returns();
    let child = break_one_row(&stage);
    let arguments = ["returns", "check", "2026", "--format", "xlsx", "--out", "findings.xlsx"];
    let ran = stage.run(&arguments);
    assert_eq!((ran.status, ran.printed.as_str()), (0, ""), "{}", ran.said);
    let mut book: Xlsx<_> = calamine::open_workbook(stage.path("findings.xlsx")).unwrap();
    let sheets: Vec<(String, calamine::Range<Data>)> = book.worksheets();
    let mentions = |range: &calamine::Range<Data>, text: &str| range.used_cells().any(|(_, _, cell)| *cell == *text);
    let sheet = sheets.iter().find(|(_, range)| mentions(range, &child) && mentions(range, "X"));
    assert!(sheet.is_some(), "{:?}", sheets.iter().map(|(name, _)| name).collect::<Vec<_>>());

    let homeless = stage.run(&["returns", "check", "2026", "--format", "xlsx"]);
    homeless.refuses(&["--out findings.xlsx"]);
    stage.run(&["returns", "check", "2026", "--format", "xlsx", "--out", "no-such-folder/findings.xlsx"]).refuses(&["Nothing was written"]);
}

#[test]
fn an_earlier_check_that_is_none_is_named() {
    let stage = Stage::with_returns();
    stage.write("notes.txt", "not a check");
    stage.run(&["returns", "check", "2026", "--against", "notes.txt"]).refuses(&["notes.txt", "earlier check"]);
    stage.run(&["returns", "check", "2026", "--against", "nowhere.json"]).refuses(&["nowhere.json", "no such file"]);
}
