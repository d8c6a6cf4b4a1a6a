//! `placewell reference`: what is inside, and a newer release laid over it.

use serde_json::Value;

use crate::stage::{Stage, by_key};

const RELEASE: &str = "area,year_end,measure_id,value,symbol\n892,2026,lacnum,701,\n891,2026,lacnum,,c\n970,2026,lacnum,x,\n";

fn nottingham(stage: &Stage, measure: &str) -> Value {
    stage.run(&["benchmark", "Nottingham", "--measure", measure, "--from", "2025", "--to", "2026", "--format", "json"]).json()
}

#[test]
fn every_table_says_where_it_comes_from() {
    let json = Stage::new().run(&["reference", "list", "--format", "json"]).json();
    let sources = json["sources"].as_array().unwrap();
    assert!(sources.len() > 10);
    for source in sources {
        for key in ["name", "holds", "publisher", "title", "licence", "page"] {
            assert!(!source[key].as_str().unwrap().is_empty(), "{key} of {source}");
        }
        assert!(!source["vintages"].as_array().unwrap().is_empty(), "{source}");
    }
}

#[test]
fn a_newer_release_is_used_from_then_on_and_says_its_vintage() {
    let stage = Stage::new();
    stage.write("measures_2026.csv", RELEASE);
    let loaded = stage.run(&["reference", "load", "measures_2026.csv", "--vintage", "release of November 2026"]);
    assert_eq!(loaded.status, 0, "{}", loaded.said);
    assert!(loaded.said.contains("2 figures of measures") && loaded.said.contains("measures_2026.csv, line 4: "), "{}", loaded.said);

    let own = nottingham(&stage, "children-looked-after");
    let own = by_key(&own["rows"], "kind", "authority");
    assert_eq!(own["values"]["2026"], 701);
    assert_eq!(own["vintage"], "2025: as updated 2025-11-01; 2026: release of November 2026");
    let before = own["values"]["2025"].as_f64().unwrap();
    assert!(before > 0.0, "what the release does not hold stays");

    let list = stage.run(&["reference", "list", "--format", "json"]).json();
    let vintages = by_key(&list["sources"], "name", "measures")["vintages"].as_array().unwrap().clone();
    assert_eq!(vintages.last().unwrap(), "release of November 2026");
}

#[test]
fn a_mark_in_a_release_stays_a_mark() {
    let stage = Stage::new();
    stage.write("measures_2026.csv", RELEASE);
    assert_eq!(stage.run(&["reference", "load", "measures_2026.csv"]).status, 0);
    let arguments =
        ["benchmark", "Nottinghamshire", "--measure", "children-looked-after", "--from", "2025", "--to", "2026", "--format", "json"];
    let own = stage.run(&arguments).json();
    assert_eq!(by_key(&own["rows"], "kind", "authority")["values"]["2026"]["symbol"], "c");
}

#[test]
fn a_release_that_is_none_leaves_nothing_behind() {
    let stage = Stage::new();
    stage.write("holiday.csv", "a,b\n1,2\n");
    stage.write("measures.csv", "a,b\n1,2\n");
    stage.run(&["reference", "load", "holiday.csv"]).refuses(&["holiday.csv", "measures", "cla_31_march"]);
    stage.run(&["reference", "load", "measures.csv"]).refuses(&["measures.csv", "lacks the column"]);
    stage.run(&["reference", "load", "nowhere.csv"]).refuses(&["nowhere.csv", "no such file"]);
    assert_eq!(stage.names(), ["holiday.csv", "measures.csv"]);
}
