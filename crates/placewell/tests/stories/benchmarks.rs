//! `placewell benchmark` with the figures of the issue: Nottingham, 2016 to 2020.

use serde_json::{Value, json};

use crate::stage::{Stage, by_key};

fn nottingham(more: &[&str]) -> Value {
    let mut arguments =
        vec!["benchmark", "Nottingham", "--measure", "children-looked-after", "--from", "2016", "--to", "2020", "--format", "json"];
    arguments.extend(more);
    Stage::new().run(&arguments).json()
}

#[test]
fn nottingham_stands_beside_its_neighbours_region_and_nation() {
    let json = nottingham(&[]);
    assert_eq!((&json["measure"], &json["unit"]), (&json!("children-looked-after"), &json!("children")));
    let kinds: Vec<&str> = json["rows"].as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["authority", "statistical-neighbours", "region", "nation"]);
    let own = by_key(&json["rows"], "kind", "authority");
    assert_eq!(own["values"], json!({"2016": 594, "2017": 622, "2018": 616, "2019": 628, "2020": 656}));
    assert_eq!([&own["change_on_year"], &own["change_over_period"], &own["change_unit"]], [&json!(4.5), &json!(10.4), &json!("percent")]);
    assert_eq!(by_key(&json["rows"], "kind", "nation")["values"]["2016"], 70_410);
    let region = by_key(&json["rows"], "kind", "region");
    assert_eq!((&region["area"], &region["values"]["2016"]), (&json!("East Midlands"), &json!(5_170)));
    assert!(json["rows"].as_array().unwrap().iter().all(|row| row["source"].as_str().unwrap().starts_with("Department for Education")));
}

#[test]
fn neighbours_can_be_the_nearest_or_chosen_and_their_mean_is_unweighted() {
    assert_eq!(nottingham(&[])["members"].as_array().unwrap().len(), 10);
    assert_eq!(by_key(&nottingham(&["--neighbours", "3"])["rows"], "kind", "statistical-neighbours")["n"], 3);
    let chosen = nottingham(&["--neighbours", "Leicester, Derby"]);
    let of = |area: &str| by_key(&chosen["members"], "area", area)["values"]["2020"].as_f64().unwrap();
    let mean = by_key(&chosen["rows"], "kind", "statistical-neighbours");
    assert_eq!(mean["values"]["2020"].as_f64(), Some(of("Leicester").midpoint(of("Derby"))));
}

#[test]
fn an_unknown_name_gets_the_near_matches() {
    let stage = Stage::new();
    let benchmark =
        |authority: &str, measure: &str| stage.run(&["benchmark", authority, "--measure", measure, "--from", "2016", "--to", "2020"]);
    benchmark("Notingham", "children-looked-after").refuses(&["“Notingham”", "Nottingham", "Nottinghamshire"]);
    benchmark("Nottingham", "children-looked").refuses(&["“children-looked”", "children-looked-after"]);
    let as_councils_write_it = benchmark("nottingham city council", "children-looked-after");
    assert!(as_councils_write_it.status == 0 && as_councils_write_it.printed.contains("Nottingham"), "{}", as_councils_write_it.said);
}

#[test]
fn percentages_change_by_percentage_points() {
    let stage = Stage::new();
    let arguments = ["benchmark", "Nottingham", "--measure", "long-term-stability", "--from", "2019", "--to", "2020", "--format", "json"];
    let json = stage.run(&arguments).json();
    assert!(json["rows"].as_array().unwrap().iter().all(|row| row["change_unit"] == "percentage-points"));
}
