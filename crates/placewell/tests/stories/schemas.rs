//! What programs read is what `docs/schema` says: every JSON output, with and without its optional parts, against its JSON Schema.

use std::fs;

use jsonschema::Validator;
use serde_json::Value;

use crate::stage::Stage;

const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema");

fn schema(name: &str) -> Validator {
    let text = fs::read_to_string(format!("{SCHEMAS}/{name}.json")).unwrap();
    jsonschema::draft202012::new(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn check(name: &str, output: &Value) {
    let faults: Vec<String> = schema(name).iter_errors(output).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{name}: {faults:#?}");
}

#[test]
fn every_schema_is_one_and_says_which_command_it_is_of() {
    for entry in fs::read_dir(SCHEMAS).unwrap() {
        let schema: Value = serde_json::from_str(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{}", schema["$id"]);
        assert!(schema["title"].as_str().unwrap().starts_with("placewell "), "{}", schema["$id"]);
    }
}

#[test]
fn measures_are_as_documented() {
    let stage = Stage::with_returns();
    let on = |date: &str| stage.run(&["measures", "returns", "--on", date, "--format", "json"]).json();
    check("measures", &on("2026-03-31"));
    // Before the returns begin there is nobody, and so no share of anybody: marks instead of numbers.
    let nobody = on("2001-03-31");
    assert!(nobody["measures"].as_array().unwrap().iter().any(|measure| measure["value"]["symbol"].is_string()), "{nobody}");
    check("measures", &nobody);
}

#[test]
fn benchmarks_are_as_documented() {
    let stage = Stage::new();
    for measure in ["children-looked-after", "long-term-stability", "residential-weekly-cost"] {
        let arguments = ["benchmark", "Rutland", "--measure", measure, "--from", "2016", "--to", "2024", "--format", "json"];
        check("benchmark", &stage.run(&arguments).json());
    }
}

#[test]
fn checks_are_as_documented() {
    let stage = Stage::with_returns();
    let text = stage.read("2026/header.csv");
    stage.write("2026/header.csv", &text.replacen(",F,", ",X,", 1));
    let first = stage.run(&["returns", "check", "2026", "--last", "2025", "--format", "json"]);
    check("returns-check", &first.json());
    stage.write("first.json", &first.printed);
    stage.write("2026/header.csv", &text.replacen(",M,", ",Y,", 1));
    let second = stage.run(&["returns", "check", "2026", "--last", "2025", "--against", "first.json", "--format", "json"]).json();
    assert!(!second["gone"].as_array().unwrap().is_empty(), "so that the shape of what is gone is seen");
    check("returns-check", &second);
}

#[test]
fn costed_plans_are_as_documented() {
    let stage = Stage::new();
    stage.write("plan.csv", "period,type,children\n2025-26,Fostering,10\n2026-03-31,Residential,3\n");
    stage.write("prices.csv", "type,weekly_price,price_date,source\nFostering,500,2025-04-01,Finance\n");
    check("plan-cost", &stage.run(&["plan", "cost", "plan.csv", "--prices", "prices.csv", "--format", "json"]).json());
}

#[test]
fn forecasts_are_as_documented() {
    let stage = Stage::with_returns();
    let ask = ["forecast", "returns", "--from", "2026-03-31", "--months", "2", "--paths", "20", "--format", "json"];
    let with = |more: &[&str]| stage.run(&[&ask, more].concat()).json();
    check("forecast", &with(&["--groups", "detailed", "--paths-out", "paths.csv"]));
    // A line for each future, date and kind of home, and the heading.
    assert_eq!(stage.read("paths.csv").lines().count(), 1 + 20 * 2 * 13);
    check("forecast", &with(&["--model", "stock-and-flow", "--by-authority"]));
    check("forecast", &with(&["--compatible"]));
    check("forecast", &with(&["--model", "blend"]));
    let carried = with(&["--at", "2026-06-30", "--card", "yes", "--exceeds", "0,100000"]);
    check("forecast", &carried);
    let total = carried["points"].as_array().unwrap().last().unwrap();
    assert_eq!((total["exceeds"][0]["chance"].as_f64(), total["exceeds"][1]["chance"].as_f64()), (Some(1.0), Some(0.0)), "{total}");
    assert!(with(&[])["card"].is_null(), "programs ask for the card");
    // The same luck, and a tenth more children who come: no future has fewer.
    stage.write("more.toml", "[[lever]]\nkind = \"entries\"\ngroup = \"all\"\nchange = \"+10%\"\nfrom = 2026-04-01\n");
    let (base, more) = (with(&["--at", "2027-03-31"]), with(&["--at", "2027-03-31", "--scenario", "more.toml"]));
    let middle = |body: &Value| body["points"].as_array().unwrap().last().unwrap()["mean"].as_f64().unwrap();
    assert!(middle(&more) > middle(&base) && more["inputs_sha256"] != base["inputs_sha256"], "{more}");
    // Dossier A041: a committee paper's 643 for March 2016, and the Department's 594.
    let columns = "authority,children,on,growth_percent,until,source\n";
    let lines = "Nottingham,584,2013-09-30,3.9,2016-03-31,committee report of January 2014\n,10,2025-03-31,0,2026-03-31,\n";
    stage.write("claims.csv", &format!("{columns}{lines}"));
    let alone = stage.run(&["backtest", "--claim", "claims.csv", "--format", "json"]).json();
    check("backtest", &alone);
    let claim = &alone["claims"][0];
    assert_eq!((claim["claimed"].as_u64(), claim["came"].as_u64(), claim["came_from"].as_str()), (Some(643), Some(594), Some("published")));
    assert!(claim["says"].as_str().unwrap().contains("49 too many (+8.2%)") && alone["claims"][1]["came"].is_null(), "{alone}");
    let ask = ["backtest", "returns", "--origins", "2025-06-30", "--paths", "20", "--claim", "claims.csv", "--format", "json"];
    let examined = stage.run(&ask).json();
    check("backtest", &examined);
    assert_eq!(examined["claims"][1]["came_from"], "returns", "a line without a name is of the returns beside it");
}

#[test]
fn lists_of_sources_are_as_documented() {
    check("reference-list", &Stage::new().run(&["reference", "list", "--format", "json"]).json());
}

#[test]
fn gaps_and_blocks_are_as_documented() {
    let stage = crate::commissioning::with_history();
    stage.write("requests.csv", "request,kind_wanted,placed_kind\nR1,in-house-fostering,external-home\nR2,external-home,external-home\n");
    let forecast = ["--from", "2026-03-31", "--months", "3", "--paths", "20", "--format", "json"];
    check("gap", &stage.run(&[&["gap", "returns", "--supply", "supply.csv", "--requests", "requests.csv"][..], &forecast].concat()).json());
    let paths = ["forecast", "returns", "--paths-out", "paths.csv"];
    stage.run(&[&paths[..], &forecast].concat()).json();
    let beds = ["block-contract", "--demand", "paths.csv", "--beds", "0..6", "--spot-price", "5000", "--format", "json"];
    check("block-contract", &stage.run(&[&beds[..], &["--block-price", "4000"]].concat()).json());
    check("block-contract", &stage.run(&[&beds[..], &["--fixed-cost", "20000"]].concat()).json());
    stage.write("plan.csv", "period,type,children\n2026-27,Fostering,10\n");
    stage.write("prices.csv", "type,weekly_price,price_date,source\nFostering,500,2025-04-01,Finance\n");
    stage.write(
        "held.csv",
        "type,placements,weekly_price,price_date,until,uplift_date,uplift_percent,source\nFostering,3,450,2026-01-01,2026-06-30,,,contract 7\n",
    );
    let cost = ["plan", "cost", "plan.csv", "--prices", "prices.csv", "--demand", "paths.csv", "--uplift", "2026-06-01=3"];
    let costed = stage.run(&[&cost[..], &["--held", "held.csv", "--format", "json"]].concat()).json();
    assert_eq!(costed["forecast"]["held"][0]["placements"], 3);
    assert!(!costed["forecast"]["uncosted_groups"].as_array().unwrap().is_empty(), "{costed}");
    check("plan-cost", &costed);
    let save =
        ["plan", "save", "--once", "1000", "--demand", "paths.csv", "--with", "paths.csv", "--prices", "prices.csv", "--format", "json"];
    let saved = stage.run(&save).json();
    check("plan-save", &saved);
    assert_eq!(
        (saved["futures"]["probability"].as_f64(), saved["futures"]["payback_by"].is_null()),
        (Some(0.0), true),
        "nothing changes, so nothing comes back"
    );
}

#[test]
fn the_record_is_as_documented() {
    let stage = Stage::with_returns();
    assert_eq!(stage.run(&["migrate"]).status, 0);
    check("record-import", &stage.run(&["record", "import", "returns", "--format", "json"]).json());
    let name =
        stage.run(&["measures", "returns", "--on", "2026-03-31", "--format", "json"]).json()["authority"].as_str().unwrap().to_owned();
    let children = stage.run(&["record", "children", "--authority", &name, "--format", "json"]).json();
    check("record-children", &children);
    let in_care = children["children"].as_array().unwrap().iter().find(|child| child["lives"].is_string()).unwrap();
    let child = in_care["reference"].as_str().unwrap();
    let whose = ["--authority", &name, "--format", "json"];
    let run = |words: &[&str]| stage.run(&[words, &whose[..]].concat()).json();
    assert_eq!(stage.run(&["record", "feed", "night", "--example"]).status, 0);
    let feed = ["record", "feed", "night", "--mapping", "night/mapping.toml"];
    check("record-feed", &run(&feed));
    let sex = stage.read("night/children.csv").replacen("Female", "Male", 1).replacen("EX-1002", "EX-2001", 1);
    stage.write("night/children.csv", &sex);
    let differing = run(&feed);
    assert!(!differing["files"][0]["differences"].as_array().unwrap().is_empty(), "so that the shape of a difference is seen: {differing}");
    check("record-feed", &differing);
    check("record-ofsted", &run(&["record", "ofsted", "settings.csv"]));
    let providers = run(&["record", "providers"]);
    check("record-providers", &providers);
    let owners = run(&["record", "owners", "--sort", "places"]);
    check("record-owners", &owners);
    assert!(owners["owners"][0]["places"].as_u64() > Some(0), "the register's owners are owners: {owners}");
    check("record-documents", &run(&["record", "documents", "--months", "3"]));
    let payee = run(&["record", "payee", providers["providers"][0]["name"].as_str().unwrap()]);
    check("record-payee", &payee);
    assert!(payee["in_force"].is_null() && payee["all"] == serde_json::json!([]), "{payee}");
    let homes = run(&["record", "homes", "--all"]);
    check("record-homes", &homes);
    let urn = homes["homes"][0]["urn"].as_str().unwrap();
    check("record-home", &run(&["record", "home", urn]));
    check("record-capacity", &run(&["record", "capacity", urn, "--from", "2026-01-01", "--to", "2026-01-08"]));
    let loaded = run(&["record", "foster-homes", "--load", "foster_homes.csv"]);
    check("record-foster-homes", &loaded);
    assert_eq!(loaded, run(&["record", "foster-homes"]));
    assert!(loaded["foster_homes"].as_array().unwrap().len() > 10);
    check("record-alerts", &run(&["record", "alerts", "--look"]));
    stage.write(
        "contracts.csv",
        "reference,title,kind,regime,lead,callers,from,to,run_off,notes\nFW-1,Invented,framework,pa-2023,,,2024-04-01,2027-04-01,,\n",
    );
    check("record-contracts", &run(&["record", "contracts", "--load", "contracts.csv"]));
    check("record-contracts-ending", &run(&["record", "contracts", "--ending", "120"]));
    stage.write(
        "prices.csv",
        &format!("lot,provider,urn,tier,from,to,weekly_price,core_hours,hourly_price,source\n,,{urn},,2024-04-01,,4711.00,,,\n"),
    );
    let contract = run(&["record", "contract", "FW-1", "--load-prices", "prices.csv", "--on", "2026-01-01", "--urn", urn]);
    check("record-contract", &contract);
    assert_eq!(contract["price"]["weekly_pence"], 471_100, "{contract}");
    check("record-contract", &run(&["record", "contract", "FW-1"]));
    let looked = run(&["record", "place", child, "--urn", urn, "--from", "2026-06-01", "--look"]);
    check("record-place", &looked);
    assert_eq!(looked["done"], "looked");
    let added = ["user", "add", "Ada Byron", "ada@example.gov.uk", "--role", "placement-officer", "--role", "administrator"];
    assert_eq!(stage.run(&[&added[..], &["--authority", &name]].concat()).status, 0);
    let found = run(&["search", urn]);
    check("search", &found);
    assert_eq!((&found["registers"][1]["hits"][0]["by"], &found["not_searched"]), (&"urn".into(), &serde_json::json!([])), "{found}");
    let hers = run(&["search", child, "--in", "people", "--person", "ada@example.gov.uk"]);
    check("search", &hers);
    let work = run(&["work", "--person", "ada@example.gov.uk"]);
    check("work", &work);
    assert!(work["overdue"].as_array().unwrap().len() >= 3, "nobody is nominated to any office: {work}");
    assert!(!work["unknown"].as_array().unwrap().is_empty(), "{work}");
    let offices = run(&["record", "offices", "--on", "2026-11-22", "--hour", "18", "--nights", "3"]);
    check("record-offices", &offices);
    assert_eq!((offices["nights"].as_array().unwrap().len(), offices["uncovered"].as_array().unwrap().len()), (3, 3), "{offices}");
    for _ in 0..2 {
        check("record-show", &stage.run(&["record", "show", child, "--authority", &name, "--format", "json"]).json());
    }
}
