//! `placewell statement` at the edge of the program: names, endings, bytes. What stands in a statement is told where it is composed.

use std::fs;

use crate::stage::Stage;

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let stage = Stage::new();
    for name in ["one.html", "two.html"] {
        let ran = stage.run(&["statement", "Nottingham", "--out", name, "--as-of", "2026-03-31"]);
        assert_eq!((ran.status, ran.printed.as_str()), (0, ""), "{}", ran.said);
        assert!(ran.said.contains("Nottingham") && ran.said.contains("31 March 2026") && ran.said.contains(name), "{}", ran.said);
    }
    assert_eq!(fs::read(stage.path("one.html")).unwrap(), fs::read(stage.path("two.html")).unwrap());
    assert_eq!(stage.names(), ["one.html", "two.html"], "no temporary file is left");
}

#[test]
fn what_cannot_be_written_is_said_and_leaves_nothing() {
    let stage = Stage::new();
    stage.run(&["statement", "Notingham", "--out", "n.html"]).refuses(&["“Notingham”", "Nottingham"]);
    stage.run(&["statement", "Nottingham", "--out", "n.odt"]).refuses(&["n.odt", ".html, .pdf, .docx or .xlsx"]);
    stage.run(&["statement", "Nottingham", "--out", "n.html", "--as-of", "soon"]).refuses(&["“soon”"]);
    stage.run(&["statement", "Nottingham", "--out", "no-such-folder/n.html"]).refuses(&["no-such-folder", "Nothing was written"]);
    stage.run(&["statement", "Nottingham", "--returns", "nowhere", "--out", "n.html"]).refuses(&["nowhere", "no such file"]);
    assert_eq!(stage.names(), [""; 0]);
}

#[test]
fn files_beside_the_returns_are_looked_at_or_refused_and_nothing_is_half_written() {
    let stage = crate::commissioning::with_history();
    stage.write("plan.csv", "period,type,children\n2026-27,All,58\n");
    stage.write("more.toml", "name = \"More\"\n[[lever]]\nkind = \"entries\"\ngroup = \"all\"\nchange = \"+10%\"\nfrom = 2026-07-01\n");
    let ask = |more: &[&str]| stage.run(&[&["statement", "Exampleshire", "--returns", "returns", "--out", "s.html"][..], more].concat());
    let ran = ask(&["--supply", "supply.csv", "--plan", "plan.csv", "--scenario", "more.toml"]);
    assert_eq!(ran.status, 0, "{}", ran.said);
    let page = stage.read("s.html");
    for id in ["forecast-fan", "forecast-record", "scenario-1", "gap-homes", "gap-topics"] {
        assert!(page.contains(&format!("id=\"{id}")), "{id} is missing");
    }
    fs::remove_file(stage.path("s.html")).unwrap();
    stage.write("empty.csv", "setting,type,sector,area,age_from,age_to,registered,usable,vehicle,available_from,available_to,notice\n");
    ask(&["--supply", "empty.csv"]).refuses(&["empty.csv has no line that can be used"]);
    stage.write("twice.toml", &stage.read("more.toml").replace("2026-07-01", "2020-07-01"));
    ask(&["--scenario", "twice.toml"]).refuses(&["twice.toml, lever 1", "already known"]);
    ask(&["--plan", "supply.csv"]).refuses(&["supply.csv", "period,type,children"]);
    assert_eq!(stage.run(&["statement", "Nottingham", "--supply", "supply.csv", "--out", "s.html"]).status, 2, "a gap needs returns");
    assert!(!stage.names().contains(&"s.html".to_owned()), "nothing is half written");
}
