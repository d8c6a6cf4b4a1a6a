//! `placewell example` and `placewell measures`: from nothing to a measured cohort.

use serde_json::Value;

use crate::stage::{Stage, by_key};

/// Ids of the contract, dossier B13, lettered.
const IDS: [&str; 31] = [
    "M01a", "M01b", "M02a", "M02b", "M02c", "M02d", "M03", "M04", "M05", "M05d", "M06", "M07", "M08", "M09", "M11a", "M11b", "M19a",
    "M19b", "M26a", "M26b", "M26c", "M27a", "M27b", "M27c", "M27d", "M28a", "M28b", "M28c", "M31a", "M31b", "M31d",
];

/// Breakdowns of the contract.
const BREAKDOWNS: [&str; 10] = [
    "age_band",
    "sex",
    "ethnic_group",
    "legal_status_group",
    "placement_group",
    "broad_type",
    "provider_group",
    "category_of_need",
    "distance_band",
    "authority",
];

fn counts(breakdown: &Value) -> u64 {
    breakdown["rows"].as_array().unwrap().iter().map(|row| row["count"].as_u64().unwrap()).sum()
}

#[test]
fn an_example_is_made_and_measured() {
    let stage = Stage::new();
    let made = stage.run(&["example", "made", "--seed", "3", "--children", "50", "--years", "2"]);
    assert_eq!((made.status, made.printed.as_str()), (0, ""), "{}", made.said);
    assert!(made.said.contains("All of it is made up"), "{}", made.said);

    let json = stage.run(&["measures", "made", "--on", "31/03/2026", "--format", "json"]).json();
    assert_eq!([&json["on"], &json["from"], &json["to"]], ["2026-03-31", "2025-04-01", "2026-03-31"]);
    let rows = |key: &str| json["rows"][key].as_u64().unwrap();
    assert!(rows("read") > 0);
    assert_eq!(rows("read"), rows("used") + rows("set_aside"));
    for id in IDS {
        let measure = by_key(&json["measures"], "id", id);
        assert!(!measure["label"].as_str().unwrap().is_empty() && !measure["definition"].as_str().unwrap().is_empty(), "{id}");
    }
    for name in BREAKDOWNS {
        by_key(&json["breakdowns"], "by", name);
    }
    for breakdown in json["breakdowns"].as_array().unwrap() {
        assert_eq!(counts(breakdown) + breakdown["unknown"].as_u64().unwrap(), breakdown["total"].as_u64().unwrap(), "{}", breakdown["by"]);
    }
    let children = &by_key(&json["measures"], "id", "M01a")["value"];
    assert!(children.as_u64().unwrap() > 20);
    assert_eq!(&by_key(&json["breakdowns"], "by", "sex")["total"], children);
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    let stage = Stage::new();
    for folder in ["one", "two"] {
        assert_eq!(stage.run(&["example", folder, "--seed", "5", "--children", "20", "--years", "1", "--dirt", "0.1"]).status, 0);
    }
    let episodes = |folder: &str| {
        let authority = std::fs::read_dir(stage.path(folder)).unwrap().next().unwrap().unwrap().path();
        std::fs::read(authority.join("2026/episodes.csv")).unwrap()
    };
    assert_eq!(episodes("one"), episodes("two"));
}

#[test]
fn a_part_of_the_children_is_measured_by_itself() {
    let stage = Stage::with_returns();
    let measure = |filters: &[&str]| {
        let mut arguments = vec!["measures", "returns", "--on", "2026-03-31", "--format", "json"];
        arguments.extend(filters);
        stage.run(&arguments).json()
    };
    let children = |json: &Value| by_key(&json["measures"], "id", "M01a")["value"].as_u64().unwrap();
    let all = measure(&[]);
    let girls = measure(&["--where", "sex=female"]);
    let sexes = &by_key(&all["breakdowns"], "by", "sex")["rows"];
    assert_eq!(Some(children(&girls)), by_key(sexes, "key", "female")["count"].as_u64());
    assert!(children(&girls) < children(&all));
    assert_eq!(children(&measure(&["--where", "sex=F"])), children(&girls), "the return's own code does as well");
    // Two values of one field are alternatives; two fields are both wanted.
    assert_eq!(children(&measure(&["--where", "sex=female", "--where", "sex=male"])), children(&all));
    let teenage_girls = measure(&["--where", "sex=female", "--where", "age_band=10_15"]);
    assert!(children(&teenage_girls) < children(&girls));
}

#[test]
fn flows_follow_the_range_asked_for() {
    let stage = Stage::with_returns();
    let year = stage.run(&["measures", "returns", "--on", "2026-03-31", "--format", "json"]).json();
    let half = ["measures", "returns", "--on", "2026-03-31", "--from", "2025-10-01", "--to", "2026-03-31", "--format", "json"];
    let half = stage.run(&half).json();
    assert_eq!([&half["from"], &half["to"]], ["2025-10-01", "2026-03-31"]);
    let starters = |json: &Value| by_key(&json["measures"], "id", "M02a")["value"].as_u64().unwrap();
    assert!(starters(&half) < starters(&year), "{} {}", starters(&half), starters(&year));
    let unpaired = stage.run(&["measures", "returns", "--on", "2026-03-31", "--from", "2025-10-01"]);
    assert_eq!(unpaired.status, 2, "{}", unpaired.said);
}

#[test]
fn the_three_formats_say_the_same() {
    let stage = Stage::with_returns();
    let run = |format: &str| stage.run(&["measures", "returns", "--on", "2026-03-31", "--format", format]);
    let json = run("json").json();
    let children = by_key(&json["measures"], "id", "M01a")["value"].as_u64().unwrap();
    let csv = run("csv").printed;
    assert_eq!(csv.lines().next(), Some("by,key,label,value,numerator,denominator,unknown,unit"));
    assert!(csv.contains(&format!("\nmeasure,M01a,Children looked after,{children},")), "{csv}");
    let table = run("table").printed;
    let line = table.lines().find(|line| line.starts_with("M01a")).unwrap();
    assert!(line.split_whitespace().any(|word| word == children.to_string()), "{line}");
    let (tables, words) = table.rsplit_once("\n\n").unwrap();
    assert!(tables.lines().all(|line| line.chars().count() <= 100), "a terminal is 100 columns wide");
    assert!(words.starts_with("Rows: "), "{words}");
}

#[test]
fn a_date_beyond_the_returns_is_warned_about() {
    let stage = Stage::with_returns();
    let late = stage.run(&["measures", "returns", "--on", "2026-09-30", "--format", "json"]);
    assert!(late.said.contains("end on 31 March 2026"), "{}", late.said);
    assert_eq!(late.json()["warnings"].as_array().unwrap().len(), 1);
}
