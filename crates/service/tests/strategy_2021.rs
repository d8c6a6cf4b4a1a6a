//! The three tables that Nottingham City Council printed in its Children in Care Placements - Commissioning and Sufficiency Strategy
//! 2021-2023 (sections 4.1 and 5.11), beside what the Department publishes for the same years today (dossier A048-A050, A-check).
//!
//! Published figures are revised, and neighbours are chosen anew, so some differ. Every difference is listed here, one by one.

#![expect(clippy::unwrap_used, reason = "a test stops where its story breaks")]

use domain::number::{half_up, percent_change};
use reference::AreaId;
use service::App;
use service::benchmarks::{ChangeUnit, Comparison, Kind, Neighbours, Request, compare};

const PRINTED: &str = include_str!("data/nottingham_strategy_2021.csv");

struct Line {
    table: String,
    area: String,
    values: Vec<f64>,
    on_year: f64,
    five_years: f64,
}

fn printed() -> Vec<Line> {
    let line = |text: &str| {
        let cells: Vec<&str> = text.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        Line {
            table: cells[0].into(),
            area: cells[1].into(),
            values: (2..7).map(number).collect(),
            on_year: number(7),
            five_years: number(8),
        }
    };
    PRINTED.lines().skip(1).map(line).collect()
}

fn today<'a>(app: &'a App, table: &str) -> Comparison<'a> {
    compare(app, &Request { area: AreaId(892), measure: table.into(), from: 2016, to: 2020, neighbours: Neighbours::All }).unwrap()
}

fn kind_of(area: &str) -> Kind {
    match area {
        "Nottingham" => Kind::Authority,
        "Stat. Neighbours" => Kind::StatisticalNeighbours,
        "East Midlands" => Kind::Region,
        _ => Kind::Nation,
    }
}

#[test]
fn each_figure_is_as_printed_or_its_difference_is_known() {
    let app = App::new();
    let mut same = 0;
    let mut differences = Vec::new();
    for line in printed() {
        let comparison = today(&app, &line.table);
        let row = comparison.rows.iter().find(|row| row.kind == kind_of(&line.area)).unwrap();
        for ((year, value), printed) in row.values.iter().zip(&line.values) {
            let now = half_up(value.known().unwrap(), 1);
            if (now - printed).abs() < 1e-9 {
                same += 1;
            } else {
                differences.push(format!("{} | {} | {year} | printed {printed} | published today {now}", line.table, line.area));
            }
        }
    }
    println!("{same} figures are as printed; {} differ:", differences.len());
    for difference in &differences {
        println!("  {difference}");
    }
    let known: Vec<&str> =
        include_str!("data/nottingham_strategy_2021_differences.txt").lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(differences, known, "the published vintage inside the product changed");
    assert_eq!(same + differences.len(), 60);
}

#[test]
fn changes_are_computed_unrounded_and_five_printed_ones_are_not() {
    // From the printed inputs: half-up once gives eleven of the sixteen printed percentages, and all eight changes in points.
    let mut off = Vec::new();
    for line in printed() {
        let points = line.table == "inside-area-or-within-20-miles";
        let change = |from: f64, to: f64| if points { to - from } else { half_up(percent_change(from, to).unwrap(), 1) };
        for (name, computed, printed) in [
            ("on year", change(line.values[3], line.values[4]), line.on_year),
            ("2016 to 2020", change(line.values[0], line.values[4]), line.five_years),
        ] {
            if (computed - printed).abs() > 1e-9 {
                off.push(format!("{} {} {name}: printed {printed}, exact {computed}", line.table, line.area));
            }
        }
    }
    assert_eq!(
        off,
        [
            "children-looked-after East Midlands 2016 to 2020: printed 18, exact 18.2",
            "children-looked-after-rate Nottingham 2016 to 2020: printed 5.5, exact 5.6",
            "children-looked-after-rate East Midlands 2016 to 2020: printed 15, exact 15.1",
            "children-looked-after-rate England on year: printed 3, exact 3.1",
            "children-looked-after-rate England 2016 to 2020: printed 11.6, exact 11.7",
        ]
    );
}

#[test]
fn nottinghams_own_row_is_the_contracts() {
    let app = App::new();
    let children = today(&app, "children-looked-after");
    let own = &children.rows[0];
    assert_eq!(own.values.values().map(|value| value.known().unwrap()).collect::<Vec<_>>(), [594.0, 622.0, 616.0, 628.0, 656.0]);
    assert!((half_up(own.change_on_year.unwrap(), 1) - 4.5).abs() < 1e-9);
    assert!((half_up(own.change_over_period.unwrap(), 1) - 10.4).abs() < 1e-9);
    assert_eq!(children.change_unit, ChangeUnit::Percent);
    assert_eq!(children.rows[2].values[&2016].known(), Some(5170.0));
    assert_eq!(children.rows[3].values[&2016].known(), Some(70_410.0));
    // The strategy's "within 20 miles", under its true name.
    let near = today(&app, "inside-area-or-within-20-miles");
    assert_eq!(near.change_unit, ChangeUnit::PercentagePoints);
    assert_eq!(near.rows[0].values.values().map(|value| value.known().unwrap()).collect::<Vec<_>>(), [79.0, 84.0, 83.0, 82.0, 84.0]);
    assert!(near.indicator.title().contains("inside the area's boundary or within 20 miles"));
}

#[test]
fn neighbours_can_be_the_nearest_or_chosen_and_never_oneself() {
    let app = App::new();
    let with = |neighbours| {
        let request = Request { area: AreaId(891), measure: "children-looked-after".into(), from: 2024, to: 2025, neighbours };
        compare(&app, &request)
    };
    let ten = with(Neighbours::All).unwrap();
    let three = with(Neighbours::Nearest(3)).unwrap();
    assert_eq!(ten.members.len(), 10);
    assert_eq!(three.members.iter().map(|row| row.id).collect::<Vec<_>>(), ten.members[..3].iter().map(|row| row.id).collect::<Vec<_>>());
    let mean: f64 = three.members.iter().map(|row| row.values[&2025].known().unwrap()).sum::<f64>() / 3.0;
    assert!((three.rows[1].values[&2025].known().unwrap() - mean).abs() < 1e-9);
    assert!(with(Neighbours::Chosen(vec![AreaId(891)])).is_err());
    let too_many = with(Neighbours::Nearest(40)).unwrap_err().to_string();
    assert_eq!(too_many, "Nottinghamshire has 10 statistical neighbours, so the nearest 40 cannot be compared.");
}

#[test]
fn an_unknown_measure_gets_the_near_ones_and_empty_years_are_said() {
    let app = App::new();
    let ask = |measure: &str, from, to| {
        let request = Request { area: AreaId(892), measure: measure.into(), from, to, neighbours: Neighbours::All };
        compare(&app, &request).unwrap_err().to_string()
    };
    assert!(ask("children-loked-after", 2016, 2020).contains("Did you mean children-looked-after"));
    let none_near = ask("foo", 2016, 2020);
    assert!(none_near.contains("Those there are: ") && none_near.contains(" children-looked-after, "), "{none_near}");
    assert!(ask("started", 2001, 2004).contains("is held for 2016 to 2025"));
    assert!(ask("started", 2020, 2016).contains("comes after"));
}
