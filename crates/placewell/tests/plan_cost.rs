//! `placewell plan cost` as its user sees it: the Nottinghamshire Placement Commissioning Plan 2014 (dossier A064-A073).

#![expect(clippy::unwrap_used, reason = "a test stops where its story breaks")]

use std::process::{Command, Output};

fn placewell(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_placewell"))
        .args(args)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data"))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_plan_is_costed_with_its_coverage() {
    let output = placewell(&["plan", "cost", "nottinghamshire_plan.csv", "--prices", "nottinghamshire_prices.csv", "--format", "json"]);
    assert!(output.status.success());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let column = |key: &str| json["periods"].as_array().unwrap().iter().map(|period| period[key].as_i64().unwrap()).collect::<Vec<_>>();
    assert_eq!(column("children"), [875, 871, 895, 898]);
    assert_eq!(column("costed_children"), [766, 756, 776, 761]);
    assert_eq!(column("uncosted_children"), [109, 115, 119, 137]);
    assert_eq!(column("days"), [365, 365, 366, 365]);
    assert_eq!(column("weekly_pence"), [68_035_400, 67_471_200, 66_101_000, 60_414_300]);
    assert_eq!(column("annual_52_weeks_pence"), [3_537_840_800, 3_508_502_400, 3_437_252_000, 3_141_543_600]);
    assert_eq!(column("annual_by_days_pence")[0], 3_547_560_143);
    assert_eq!(column("annual_by_days_pence")[2], 3_456_138_000);
    // The plan as printed has two stray full stops; both are said, on standard error.
    assert_eq!(text(&output.stderr).lines().count(), 2);
}

#[test]
fn what_is_not_costed_stands_under_the_table() {
    let output = placewell(&["plan", "cost", "nottinghamshire_plan.csv", "--prices", "nottinghamshire_prices.csv"]);
    let shown = text(&output.stdout);
    assert!(shown.contains("Placed for adoption") && shown.contains("unknown, not zero"), "{shown}");
    assert!(shown.contains("£35,378,408.00") && shown.contains("£35,475,601.43"), "{shown}");
    assert!(shown.lines().take_while(|line| !line.is_empty()).all(|line| line.chars().count() <= 100));
}

#[test]
fn a_missing_file_is_named_and_the_status_is_one() {
    let output = placewell(&["plan", "cost", "nowhere.csv", "--prices", "nottinghamshire_prices.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr).trim(), "nowhere.csv cannot be read: there is no such file or folder.");
    assert_eq!(placewell(&["plan", "price"]).status.code(), Some(2));
}
