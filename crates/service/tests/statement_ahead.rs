//! Sections 12 and 13 with returns: what is expected, how wrong that was, what is short, and what may not be printed of it.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up fails")]

use report::block::{Block, Kind, Raw, Report, Row, Table};
use service::App;
use service::forecasts::{self, Groups};
use service::holdings::{self, Folder, Holding};
use service::plans::Named;
use service::statements::{self, About, Ahead, AheadRequest, Request};
use service::work::Progress;

/// Returns of a fictitious authority over some years that end in 2026.
fn open(years: u32, children: u32) -> (tempfile::TempDir, Holding) {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { seed: 5, years, children, future_years: 0, ..example::Settings::default() };
    example::write(folder.path(), &settings, None).unwrap();
    let holding = holdings::open(Folder { path: folder.path().to_owned(), authority: None, year: None }).unwrap();
    (folder, holding)
}

fn ahead(holding: &Holding, request: &AheadRequest<'_>) -> Ahead {
    statements::look_ahead(holding, None, request, &Progress::default()).unwrap()
}

fn compose(holding: &Holding, ahead: &Ahead) -> Report {
    statements::compose(&App::new(), &Request { about: About::Holding(holding), as_of: None, ahead: Some(ahead) }).unwrap()
}

fn table<'r>(report: &'r Report, id: &str) -> &'r Table {
    report.tables().map(|(_, table)| table).find(|table| table.id == id).unwrap_or_else(|| panic!("no table {id}"))
}

fn words(report: &Report, section: &str) -> String {
    format!("{:?}", report.sections.iter().find(|known| known.id == section).unwrap().blocks)
}

fn number(row: &Row, column: usize) -> f64 {
    match row.cells[column].raw {
        Raw::Number(number) => number,
        _ => panic!("{:?} is no number", row.cells[column]),
    }
}

const SUPPLY: Named<'_> = Named {
    name: "supply.csv",
    bytes: b"setting,type,sector,area,age_from,age_to,registered,usable,vehicle,available_from,available_to,notice\n\
Elm,Children's home,Own,in,8,17,6,5,own,,,planned\n\
Oak,Specialist children's home,Private,in,8,17,4,4,block,2024-04-01,2026-06-30,planned\n\
Carers,In-house fostering,Own,in,0,17,30,25,own,,,planned\n\
Mill,Supported accommodation,Private,in,16,17,9,8,framework,,,planned\n",
};

const SCENARIO: Named<'_> = Named {
    name: "more.toml",
    bytes: b"name = \"More of all\"\n[[lever]]\nkind = \"entries\"\ngroup = \"all\"\nchange = \"+20%\"\nfrom = 2026-07-01\n",
};

#[test]
fn the_forecast_stands_with_its_bands_its_record_and_its_reasons() {
    let (_folder, holding) = open(6, 140);
    let looked = ahead(&holding, &AheadRequest::default());
    let report = compose(&holding, &looked);
    for block in report.sections.iter().flat_map(|section| &section.blocks) {
        assert!(block.figures().iter().all(|figure| report.figures.why(figure).is_some()), "{block:?}");
    }
    let fan = table(&report, "forecast-fan-table");
    assert_eq!(fan.kinds(), [Kind::Actual, Kind::Forecast]);
    let counted = number(fan.rows.iter().rfind(|row| !row.cells[1].shown.is_empty()).unwrap(), 1);
    let ahead_rows: Vec<&Row> = fan.rows.iter().filter(|row| !row.cells[2].shown.is_empty()).collect();
    assert_eq!(ahead_rows.len(), 12, "quarters of three years");
    for row in ahead_rows {
        let [middle, low80, high80, low95, high95] = [2, 3, 4, 5, 6].map(|column| number(row, column));
        assert!(low95 <= low80 && low80 <= middle && middle <= high80 && high80 <= high95, "{row:?}");
    }
    let last = table(&report, "forecast-last-year");
    assert!((number(&last.rows[0], 4) - counted).abs() < 1e-9, "what came is what is counted");
    assert!((number(&last.rows[0], 5) - (number(&last.rows[0], 1) - counted)).abs() < 1e-9);
    assert_eq!(table(&report, "forecast-record").rows.len() % 2, 0, "the total and the kinds of each horizon");
    let (id, why) = report.figures.iter().find(|(id, _)| id.as_str() == "forecast.total.2027-03-31.middle").unwrap();
    assert!(why.definition.contains("31 March 2027") && why.rows == "1,000 futures, seed 1", "{id}: {why:?}");
    assert!(why.snapshot.contains(holding.fingerprint().unwrap()), "{why:?}");
    assert!(words(&report, "gap").contains("No gap is stated"));
    assert!(words(&report, "demand").contains("a price list: what a week costs"), "what is not costed is said");
    let again = compose(&holding, &ahead(&holding, &AheadRequest::default()));
    assert_eq!(format!("{report:?}"), format!("{again:?}"), "the same inputs, the same statement");
}

#[test]
fn files_bring_scenario_plan_target_and_gap_each_as_its_own() {
    let (_folder, holding) = open(5, 90);
    let request = AheadRequest {
        scenarios: vec![SCENARIO],
        supply: Some(SUPPLY),
        plan: Some(Named { name: "plan.csv", bytes: b"period,type,children\n2026-27,Fostering,60\n2026-27,Homes,20\n" }),
        target: Some(Named { name: "target.csv", bytes: b"period,type,children\n2026-27,All,75\n" }),
        prices: Some(Named {
            name: "prices.csv",
            bytes: b"type,weekly_price,price_date,source\nIn-house fostering,560,2026-04-01,Finance\nAgency fostering,1080,2026-04-01,Finance\n",
        }),
        ..AheadRequest::default()
    };
    let report = compose(&holding, &ahead(&holding, &request));
    let money = table(&report, "money-ahead");
    assert_eq!(money.rows.iter().map(|row| row.cells[0].shown.as_str()).collect::<Vec<_>>(), ["2026-27", "2027-28", "2028-29"]);
    for row in &money.rows {
        assert_eq!(row.cells[1].shown, if row.cells[0].shown == "2027-28" { "366" } else { "365" });
        assert!(number(row, 2) > 0.0 && number(row, 3) <= number(row, 2) && number(row, 2) <= number(row, 4), "{row:?}");
        assert!(number(row, 6) > 5.0, "children in homes without a price are counted, not costed");
    }
    let note = format!("{:?}", money.note);
    assert!(note.contains("External children's home") && note.contains("unknown, not nothing"), "{note}");
    let missing = table(&report, "gap-cost");
    let of = |home: &str| missing.rows.iter().find(|row| row.cells[0].shown == home).unwrap();
    assert!(of("Children's home").cells[3..].iter().all(|cell| cell.shown == "not costed"), "{:?}", of("Children's home"));
    let foster = of("Foster home");
    assert_eq!((foster.cells[3].shown.as_str(), foster.cells[4].shown.as_str()), ("£560", "£1,080"));
    if let (Raw::Number(short), Raw::Number(cost)) = (&foster.cells[2].raw, &foster.cells[5].raw) {
        assert!((cost - short * 560.0 * 52.0).abs() < 1e-6);
    }
    let fan = table(&report, "forecast-fan-table");
    assert_eq!(fan.kinds(), [Kind::Actual, Kind::Forecast, Kind::Plan, Kind::Target]);
    let year = fan.rows.iter().find(|row| row.cells[0].shown == "31 March 2027").unwrap();
    assert_eq!((number(year, 7), number(year, 8)), (80.0, 75.0), "types of a plan add up, and neither is the forecast");
    let scenario = table(&report, "scenario-1");
    let total = scenario.rows.iter().rfind(|row| row.cells[0].shown.starts_with("All children")).unwrap();
    assert!(number(total, 5) > 0.0 && number(total, 6) >= 0.0, "a fifth more who come are fewer in no future: {total:?}");
    for (id, columns) in [("gap-homes", vec![3, 4, 5, 8, 9]), ("gap-cohorts", vec![1, 3, 4]), ("gap-topics", vec![1, 3])] {
        let table = table(&report, id);
        for row in &table.rows {
            for &column in &columns {
                if let Raw::Number(children) = row.cells[column].raw {
                    assert!(!(0.5..5.0).contains(&children), "{id}: {:?} is small", row.cells[column]);
                }
            }
        }
    }
    let gap = words(&report, "gap");
    assert!(gap.contains("History holds where children lived, not what they needed"), "{gap}");
    assert!(gap.contains("Specialist children's home: 4 places until 30 June 2026."));
    assert!(!gap.contains("Elm") && !gap.contains("Oak"), "no home is named");
}

#[test]
fn a_kind_that_holds_few_children_is_withheld_at_every_date() {
    let (_folder, holding) = open(5, 40);
    let now =
        forecasts::forecast(&holding, &forecasts::Request::ahead(holding.newest_year_end().unwrap(), 1), &Progress::default()).unwrap();
    let now = now.past.last().unwrap();
    let small: Vec<usize> = (0..4).filter(|&group| (1..5).contains(&now.children[group])).collect();
    assert!(!small.is_empty(), "the example has a kind with few children: {now:?} of {:?}", Groups::Broad.names());
    let report = compose(&holding, &ahead(&holding, &AheadRequest { scenarios: vec![SCENARIO], ..AheadRequest::default() }));
    let kinds = table(&report, "forecast-kinds");
    let withheld = |group: usize| kinds.rows.iter().skip(group).step_by(5).all(|row| row.cells[2..].iter().all(|cell| cell.shown == "[c]"));
    assert!(small.iter().all(|&group| withheld(group)), "{kinds:?}");
    assert!((0..4).filter(|&group| withheld(group)).count() > 1, "another one with it, or it would follow from the rest");
    let of_scenario = table(&report, "scenario-1").rows.len();
    assert!(of_scenario > 0 && of_scenario < kinds.rows.len(), "and in no scenario");
}

#[test]
fn too_little_history_is_said_with_the_way_out() {
    let (_folder, holding) = open(1, 40);
    let looked = ahead(&holding, &AheadRequest::default());
    let report = compose(&holding, &looked);
    let demand = words(&report, "demand");
    assert!(report.sections.len() == 15 && matches!(report.sections[11].blocks[0], Block::Paragraph(_)));
    assert!(
        demand.contains("How wrong forecasts from these returns would have been") && demand.contains("add earlier returns"),
        "{demand}"
    );
}

#[test]
fn what_cannot_be_used_is_refused_by_name() {
    let (_folder, holding) = open(3, 60);
    let refused = |request: &AheadRequest<'_>, words: &[&str]| {
        let said = statements::look_ahead(&holding, None, request, &Progress::default()).unwrap_err().to_string();
        for word in words {
            assert!(said.contains(word), "“{word}” is missing in: {said}");
        }
    };
    let named = |name: &'static str, text: &'static str| Named { name, bytes: text.as_bytes() };
    refused(
        &AheadRequest { plan: Some(named("p.csv", "period,children\n2026-27,5\n")), ..AheadRequest::default() },
        &["p.csv", "period,type,children"],
    );
    refused(
        &AheadRequest { supply: Some(named("s.csv", "setting\n")), ..AheadRequest::default() },
        &["s.csv has no line that can be used", "vehicle"],
    );
    let before = "[[lever]]\nkind = \"step-down\"\nchange = 2\nfrom = 2020-01-01\n";
    refused(&AheadRequest { scenarios: vec![named("l.toml", before)], ..AheadRequest::default() }, &["l.toml, lever 1", "already known"]);
}
