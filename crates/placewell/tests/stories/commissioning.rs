//! What a commissioner decides from futures: how many beds, what a plan's change is made of, what is missing.

use serde_json::Value;

use crate::stage::{Stage, by_key};

/// Futures of need for children's homes: 10 in half of them, 14 in the other half.
fn futures(stage: &Stage) {
    let mut lines = vec!["path,date,authority,group,children\n".to_owned()];
    for path in 1..=200 {
        for date in ["2026-04-30", "2026-05-31", "2026-06-30"] {
            let homes = if path % 2 == 0 { 10 } else { 14 };
            lines.push(format!("{path},{date},Exampleshire,Residential,{homes}\n{path},{date},Exampleshire,Fostering,60\n"));
        }
    }
    stage.write("paths.csv", &lines.concat());
}

const BLOCK: [&str; 9] = ["block-contract", "--demand", "paths.csv", "--beds", "6..16", "--block-price", "4000", "--spot-price", "5000"];

fn block(stage: &Stage, more: &[&str]) -> Value {
    stage.run(&[&BLOCK[..], more, &["--format", "json"]].concat()).json()
}

#[test]
fn so_many_beds_are_bought_as_are_surely_used() {
    let stage = Stage::new();
    futures(&stage);
    let answer = block(&stage, &[]);
    // A bed beyond the tenth is used in half of the futures and pays from 4,000 ÷ 5,000 = 80%.
    assert_eq!(answer["best"], 10);
    let ten = answer["rows"].as_array().unwrap().iter().find(|row| row["beds"] == 10).unwrap();
    // 31 + 30 days, and as many again for the last date; ten beds at £4,000, and two children on the spot at £5,000 on average.
    assert_eq!(answer["days"], 91);
    assert_eq!(ten["cost"]["expected_weekly_pence"], 5_000_000);
    assert!((ten["occupancy"].as_f64().unwrap() - 1.0).abs() < 1e-9);
    assert!((ten["break_even_occupancy"].as_f64().unwrap() - 0.8).abs() < 1e-9);
    // With cheap voids more beds pay.
    assert_eq!(block(&stage, &["--void-price", "500"])["best"], 14);
    assert_eq!(
        block(&stage, &["--fit", "0.5"]).to_string(),
        block(&stage, &["--fit", "0.5"]).to_string(),
        "the same question has the same answer"
    );
}

#[test]
fn own_homes_pay_from_the_24th_bed() {
    let stage = Stage::new();
    futures(&stage);
    let asked =
        ["block-contract", "--demand", "paths.csv", "--beds", "8..14", "--fixed-cost", "63232", "--spot-price", "2711", "--format", "json"];
    let answer = stage.run(&asked).json();
    assert_eq!(answer["break_even_beds"]["beds"], 24);
}

#[test]
fn questions_about_blocks_that_make_no_sense_are_refused() {
    let stage = Stage::new();
    futures(&stage);
    let asked = |beds: &str, more: &[&str]| {
        stage.run(&[&["block-contract", "--demand", "paths.csv", "--beds", beds, "--spot-price", "5000"][..], more].concat())
    };
    asked("16..6", &["--block-price", "4000"]).refuses(&["--beds 16..6 ends before it begins", "--beds 6..16"]);
    asked("some", &["--block-price", "4000"]).refuses(&["--beds “some”", "4..12"]);
    asked("6..16", &[]).refuses(&["--block-price", "--fixed-cost"]);
    asked("6..16", &["--block-price", "dear"]).refuses(&["--block-price “dear”", "pounds"]);
    asked("6..16", &["--block-price", "4000", "--group", "Secure"]).refuses(&["no group “Secure”", "Residential, Fostering"]);
    stage.write("paths.csv", "path,date,authority,children\n1,2026-04-30,A,3\n");
    asked("6..16", &["--block-price", "4000"]).refuses(&["paths.csv", "group", "path,date,authority,group,children"]);
}

#[test]
fn a_plan_is_explained_to_the_pound() {
    // Dossier A071, A072, A074: the Nottinghamshire plan of 2014.
    let stage = Stage::new();
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data");
    let plan = format!("{data}/nottinghamshire_plan.csv");
    let prices = format!("{data}/nottinghamshire_prices.csv");
    let costed = stage.run(&["plan", "cost", &plan, "--prices", &prices, "--format", "json"]).json();
    assert_eq!(costed["bridge"]["change_pence"], -396_297_200);
    let parts: i64 =
        ["volume_pence", "mix_pence", "price_pence", "inflation_pence"].iter().map(|part| costed["bridge"][part].as_i64().unwrap()).sum();
    assert_eq!(parts, -396_297_200);
    assert_eq!(by_key(&costed["average_stock"], "period", "2015-16")["annual_52_weeks_pence"], 3_472_877_200_i64);
    assert_eq!(by_key(&costed["average_stock"], "period", "2016-17")["annual_52_weeks_pence"], 3_289_397_800_i64);
    let worth: Vec<i64> =
        costed["step_downs"].as_array().unwrap().iter().filter_map(|pair| pair["annual_52_weeks_pence"].as_i64()).collect();
    for value in [11_679_200, 9_786_400, 1_892_800] {
        assert!(worth.contains(&value), "{value} is not among {worth:?}");
    }
}

#[test]
fn money_spent_on_carers_comes_back_in_its_month() {
    // Dossier A074 and A083: a child a month from agency to in-house carers saves £364 a week; £120,000 at once and £8,000 a month are back in month 18.
    let stage = Stage::new();
    stage.write(
        "prices.csv",
        "type,weekly_price,price_date,source\nAgency fostering,829,2013-12-01,plan\nIn-house fostering,465,2012-12-01,plan\n",
    );
    let case = ["plan", "save", "--once", "120000", "--a-month", "8000", "--moves", "1", "--lasts-months", "36", "--months", "36"];
    let types = ["--from-type", "Agency fostering", "--to-type", "In-house fostering", "--prices", "prices.csv"];
    let saved = stage.run(&[&case[..], &types, &["--format", "json"]].concat()).json();
    assert_eq!((&saved["case"]["payback_month"], &saved["case"]["saving_weekly_pence"]), (&Value::from(18), &Value::from(36_400)));
    assert_eq!(saved["case"]["prices"][1]["price_date"], "2012-12-01");
    assert_eq!(saved["case"]["months"].as_array().unwrap().len(), 36);
    let shown = stage.run(&[&case[..], &types].concat());
    assert!(shown.printed.contains("back by the end of month 18") && shown.printed.contains("2012-12-01; plan"), "{}", shown.printed);
    stage
        .run(&[&case[..], &["--from-type", "Boats", "--to-type", "In-house fostering", "--prices", "prices.csv"]].concat())
        .refuses(&["prices.csv has no price for Boats"]);
    stage.run(&case).refuses(&["--saving", "--from-type"]);
    stage.run(&[&case[..], &["--saving", "much"]].concat()).refuses(&["--saving “much” is not an amount"]);
}

/// Four years of a small authority's returns, which is enough to forecast from, and its homes.
pub(crate) fn with_history() -> Stage {
    let stage = Stage::new();
    stage.run(&["example", "returns", "--children", "60", "--years", "4"]);
    supply(&stage);
    stage
}

/// Homes of an authority that has too few.
fn supply(stage: &Stage) {
    stage.write(
        "supply.csv",
        "setting,type,sector,area,age_from,age_to,registered,usable,vehicle,available_from,available_to,notice\n\
         Elm,Children's home,Own,in,10,17,4,3,own,,,planned\n\
         Oak,Specialist children's home,Private,Elsewhere,8,17,2,2,block,2026-04-01,2026-06-30,planned\n\
         Carers,In-house fostering,Own,in,0,17,12,10,own,,,planned\n\
         Crash pad,Emergency foster home,Own,in,0,17,1,1,own,,,same day\n\
         Mill,Supported accommodation,Private,in,16,17,5,5,framework,,,planned\n",
    );
}

#[test]
fn the_gap_is_ranked_and_says_what_would_close_it() {
    let stage = with_history();
    let asked = ["gap", "returns", "--supply", "supply.csv", "--from", "2026-03-31", "--months", "6", "--paths", "50", "--format", "json"];
    let gap = stage.run(&asked).json();
    let lines = gap["lines"].as_array().unwrap();
    assert!(lines.iter().any(|line| line["probability"].as_f64().unwrap() > 0.5), "sixty children and some twenty places");
    let short = |line: &Value| line["shortfall"]["mean"].as_f64().unwrap();
    assert!(lines.windows(2).all(|pair| short(&pair[0]) >= short(&pair[1])), "the greatest shortfall first");
    assert!(
        lines
            .iter()
            .filter(|line| line["shortfall"]["hi80"].as_f64().unwrap() > 0.0)
            .all(|line| !line["closes"].as_array().unwrap().is_empty())
    );
    assert!(gap["constrained_history"]["words"].as_str().unwrap().contains("No requests tell how many"));
    assert!(stage.run(&asked[..asked.len() - 2]).printed.contains("(--requests)"), "a person is told what would tell it");
    assert_eq!(gap["moves_ahead"]["supply_ending"][0]["setting"], "Oak");
    assert_eq!(gap["topics"].as_array().unwrap().len(), 7);
    assert_eq!(stage.run(&asked).json(), gap, "the same question has the same answer");
}

#[test]
fn supply_that_cannot_be_read_is_refused_or_said() {
    let stage = with_history();
    let asked = |more: &[&str]| {
        stage.run(
            &[&["gap", "returns", "--supply", "supply.csv", "--from", "2026-03-31", "--months", "3", "--paths", "20"][..], more].concat(),
        )
    };
    asked(&["--market-share", "3"]).refuses(&["--market-share 3", "0 to 1"]);
    let text = stage.read("supply.csv");
    stage.write("supply.csv", &text.replace("Elm,Children's home,Own,in,10,17,4,3,own", "Elm,Children's home,Own,in,17,10,4,3,own"));
    let ran = asked(&[]);
    assert_eq!(ran.status, 0, "{}", ran.said);
    assert!(ran.said.contains("Line 2 of supply.csv: age_from “17” is above age_to: exchange the two."), "{}", ran.said);
    stage.write("supply.csv", "setting,kind\nElm,home\n");
    asked(&[]).refuses(&["supply.csv has no line that can be used", "vehicle"]);
}
