//! The statement of every authority: whole, traceable, and never a mark turned into a number.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up fails")]

use std::collections::BTreeSet;

use domain::Day;
use reference::{AreaId, authority};
use report::block::{Block, Raw, Report, Table};
use service::App;
use service::statements::{self, About, Request};

fn of(app: &App, area: AreaId, as_of: Option<Day>) -> Report {
    statements::compose(app, &Request { about: About::Area(area), as_of, ahead: None }).unwrap()
}

fn named(name: &str) -> AreaId {
    authority::find(name).unwrap().id
}

fn table<'r>(report: &'r Report, id: &str) -> &'r Table {
    report.tables().map(|(_, table)| table).find(|table| table.id == id).unwrap_or_else(|| panic!("no table {id}"))
}

fn row(table: &Table, first: &str) -> Vec<String> {
    let row = table.rows.iter().find(|row| row.cells[0].shown == first).unwrap_or_else(|| panic!("no row {first}"));
    row.cells.iter().map(|cell| cell.shown.clone()).collect()
}

fn words(report: &Report) -> String {
    format!("{report:?}")
}

/// What holds of every statement.
fn is_sound(report: &Report) {
    let name = &report.authority;
    assert_eq!(report.sections.len(), 15, "{name}");
    let mut ids = BTreeSet::new();
    for section in &report.sections {
        assert!(ids.insert(section.id.clone()) && !section.blocks.is_empty(), "{name}: {}", section.title);
        assert!(matches!(section.blocks[0], Block::Paragraph(_) | Block::NotKnown(_)), "{name}: {} opens with its finding", section.title);
        for block in &section.blocks {
            for figure in block.figures() {
                assert!(report.figures.why(figure).is_some(), "{name}: {figure} has no entry");
            }
            if let Block::Chart(chart) = block {
                assert!(ids.insert(chart.id.clone()), "{name}: {} twice", chart.id);
                assert!(!chart.title.is_empty() && !chart.summary.is_empty() && chart.svg.starts_with("<svg"), "{name}: {}", chart.id);
            }
        }
    }
    for (_, table) in report.tables() {
        assert!(ids.insert(table.id.clone()), "{name}: table {} twice", table.id);
        assert!(!table.rows.is_empty() && !table.caption.is_empty(), "{name}: {} is empty", table.id);
        for row in &table.rows {
            assert_eq!(row.cells.len(), table.columns.len(), "{name}: {}", table.id);
            for cell in &row.cells {
                match &cell.raw {
                    Raw::Number(number) => assert!(number.is_finite() && !cell.shown.starts_with('['), "{name}: {} {cell:?}", table.id),
                    Raw::Mark(_) => assert!(cell.shown.starts_with('['), "{name}: {} {cell:?}", table.id),
                    Raw::Words => {}
                }
            }
        }
    }
    for (id, why) in report.figures.iter() {
        assert!(!why.name.is_empty() && !why.definition.is_empty(), "{name}: {id}");
    }
    for never in ["NaN", "None", " ,", " .", "  ", "..", "()", "LAC"] {
        let text = report.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Paragraph(text) | Block::Note(text) => Some(text.to_string()),
            Block::Chart(chart) => Some(format!("{} {}", chart.title, chart.summary)),
            _ => None,
        });
        for text in text {
            assert!(!text.contains(never), "{name}: “{never}” in “{text}”");
        }
    }
}

#[test]
fn every_authority_has_a_whole_statement_from_published_figures_alone() {
    let app = App::new();
    let mut made = 0;
    for authority in authority::current() {
        is_sound(&of(&app, authority.id, None));
        made += 1;
    }
    assert_eq!(made, 153);
}

#[test]
fn every_authority_has_one_at_an_early_date_too() {
    let app = App::new();
    for name in
        ["Nottingham", "Cumberland", "West Northamptonshire", "City of London", "Isles of Scilly", "Bournemouth, Christchurch and Poole"]
    {
        for year in [2016, 2019, 2020, 2021, 2023] {
            is_sound(&of(&app, named(name), Some(Day::year_end(year))));
        }
    }
}

/// The Department's figures (measure lacnum; table T1 of Nottingham's strategy for 2021-23 printed the same ones).
#[test]
fn nottingham_in_2020_says_what_its_strategy_said() {
    let report = of(&App::new(), named("Nottingham"), Day::from_ymd(2020, 3, 31));
    assert_eq!(row(table(&report, "number"), "Nottingham"), ["Nottingham", "594", "622", "616", "628", "656", "+4.5%", "+10.4%"]);
    assert_eq!(row(table(&report, "number"), "England")[1], "70,410");
    assert_eq!(row(table(&report, "number"), "East Midlands")[1], "5,170");
    let Block::Paragraph(finding) = &report.sections[3].blocks[0] else { panic!("a finding first") };
    assert!(
        finding
            .to_string()
            .starts_with("656 children were in the care of Nottingham on 31 March 2020, 28 more than a year before (4.5%), "),
        "{finding}"
    );
    // 100 less the published 21, 16, 17, 18, 16%: the strategy's row "within 20 miles from home".
    assert_eq!(row(table(&report, "inside-or-near"), "Nottingham")[1..6], ["79%", "84%", "83%", "82%", "84%"]);
}

/// Tables cla_31_march and measures, release of 2025.
#[test]
fn nottingham_in_2025_shows_the_published_figures_and_their_marks() {
    let report = of(&App::new(), named("Nottingham"), None);
    assert_eq!(report.as_of.to_string(), "2025-03-31");
    let Block::Paragraph(finding) = &report.sections[3].blocks[0] else { panic!("a finding first") };
    assert!(finding.to_string().starts_with("639 children were in the care of Nottingham on 31 March 2025, "), "{finding}");
    assert_eq!(row(table(&report, "placement"), "Foster placements")[..3], ["Foster placements", "392", "61%"]);
    // Withheld by the Department, and never a nought.
    assert_eq!(row(table(&report, "legal-status"), "Youth justice legal statuses")[..3], ["Youth justice legal statuses", "[c]", "[c]"]);
    let rows = &table(&report, "import-export").rows;
    let newest: Vec<&str> = rows.last().unwrap().cells.iter().map(|cell| cell.shown.as_str()).collect();
    assert_eq!(newest, ["2025", "246", "248", "494", "393", "−145"]);
    assert_eq!(row(table(&report, "foster-places"), "Nottingham")[1..5], ["275", "205", "190", "155"]);
}

#[test]
fn the_same_inputs_give_the_same_statement() {
    let app = App::new();
    let [first, second] = [0, 1].map(|_| of(&app, named("Nottingham"), None));
    assert_eq!(words(&first), words(&second));
    assert_eq!(report::html::write(&first), report::html::write(&of(&App::new(), named("Nottingham"), None)));
}

#[test]
fn a_question_without_an_answer_is_refused_in_a_sentence() {
    let app = App::new();
    let ask = |area: u16, as_of: Option<Day>| {
        statements::compose(&app, &Request { about: About::Area(AreaId(area)), as_of, ahead: None }).unwrap_err().to_string()
    };
    assert_eq!(ask(970, None), "Area 970 is not an authority of today.");
    assert_eq!(
        ask(892, Day::from_ymd(2015, 6, 30)),
        "Published figures are held from 31 March 2016: choose a date from then on, not 30 June 2015."
    );
}

/// Three very different authorities as pages, to be looked at: a city, a county that began in 2023, and one too small to publish.
#[test]
fn pages_are_written_whole() {
    let app = App::new();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("statements");
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["Nottingham", "Cumberland", "Isles of Scilly"] {
        let page = report::html::write(&of(&app, named(name), None));
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"), "{name}");
        assert_eq!(page.matches("<section id=").count(), 16, "{name}: fifteen sections and how figures were made");
        std::fs::write(folder.join(format!("{name}.html")), page).unwrap();
    }
}
