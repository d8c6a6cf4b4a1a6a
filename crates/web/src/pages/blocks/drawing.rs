//! Cost by number of beds: the valley, its floor, and the numbers behind it.

use domain::Money;
use domain::number::half_up;
use report::block::{Cell, Chart, Column, Kind, Row, Table, Text};
use report::chart::{Band, Drawing, Line, Marker, Series, Unit, Words};
use service::blocks::{self, Chosen};

use crate::shown;

/// The best number with those as good.
pub(super) fn finding(chosen: &Chosen) -> String {
    let answer = &chosen.answer;
    let best = answer.lines[answer.best].beds;
    let (first, last) = (answer.lines[answer.plateau.0].beds, answer.lines[answer.plateau.1].beds);
    if first == last { format!("{best} beds cost least") } else { format!("{best} beds cost least, and {first} to {last} are as good") }
}

pub(super) fn cost(chosen: &Chosen) -> Chart {
    let answer = &chosen.answer;
    let thousands = |pence: f64| Some(half_up(pence / 100_000.0, 0));
    let spot = answer.lines.iter().map(|_| thousands(answer.all_spot.mean)).collect();
    let line = Line {
        x: answer.lines.iter().map(|line| line.beds.to_string()).collect(),
        series: vec![
            Series::subject("Expected cost", answer.lines.iter().map(|line| thousands(line.cost.mean)).collect()),
            Series::others("All on the spot", spot),
        ],
        bands: vec![Band {
            name: "4 in 5".to_owned(),
            low: answer.lines.iter().map(|line| thousands(line.cost.eighty.0)).collect(),
            high: answer.lines.iter().map(|line| thousands(line.cost.eighty.1)).collect(),
        }],
        unit: Unit { suffix: "k".to_owned(), ..Unit::pounds(0) },
        marker: Some(Marker { at: answer.best, label: "costs least".to_owned() }),
        ..Line::default()
    };
    let best = &answer.lines[answer.best];
    let saves = if best.saving >= 0.0 { "less" } else { "more" };
    let summary = format!(
        "With {} beds the nights are expected to cost {}, {} {saves} than buying every bed on the spot; in one future of twenty more than {}.",
        best.beds,
        shown::thousands(best.cost.mean),
        shown::thousands(best.saving.abs()),
        shown::thousands(best.at_risk),
    );
    line.block(Words { id: "cost".to_owned(), title: "What each number of beds is expected to cost".to_owned(), summary }, numbers(chosen))
}

/// The numbers of the drawing.
fn numbers(chosen: &Chosen) -> Table {
    let money = |pence: f64| Cell::number(pence / 100.0, shown::thousands(pence));
    let row = |line: &blocks::Line| {
        let cells = [
            Cell::number(line.beds.into(), line.beds.to_string()),
            money(line.cost.mean),
            money(line.cost.eighty.0),
            money(line.cost.eighty.1),
        ];
        Row::new(cells.to_vec())
    };
    Table {
        id: "cost-numbers".to_owned(),
        caption: format!("Numbers in the chart; all on the spot: {}", shown::thousands(chosen.answer.all_spot.mean)),
        columns: ["Beds", "Expected cost", "4 in 5: from", "to"].map(Column::number).to_vec(),
        rows: chosen.answer.lines.iter().map(row).collect(),
        note: None,
        source: None,
    }
}

/// Every number of beds.
pub(super) fn table(chosen: &Chosen) -> Table {
    let answer = &chosen.answer;
    let plateau = answer.plateau.0..=answer.plateau.1;
    let money = |pence: f64| Cell::number(pence / 100.0, shown::thousands(pence));
    let share = |share: Option<f64>| share.map_or_else(|| Cell::words("–"), |share| Cell::number(share * 100.0, shown::share_of(share)));
    let row = |(at, line): (usize, &blocks::Line)| {
        let mark = if at == answer.best {
            ", costs least"
        } else if plateau.contains(&at) {
            ", as good"
        } else {
            ""
        };
        let unit = line
            .unit_weekly
            .map_or_else(|| Cell::words("–"), |pence| Cell::number(pence / 100.0, Money::from_pence(half_up(pence, 0) as i64).to_string()));
        Row::new(vec![
            Cell::words(format!("{}{mark}", line.beds)),
            money(line.cost.mean),
            money(line.saving),
            money(line.at_risk),
            share(Some(line.chance_dearer)),
            share(line.occupancy),
            money(line.void_cost),
            unit,
            share(line.break_even),
        ])
        .of(Kind::Forecast)
    };
    let heads = [
        "Expected cost",
        "Saves against the spot",
        "Cost at risk (95%)",
        "Dearer than the spot",
        "Occupied",
        "Empty beds cost",
        "An occupied bed a week",
        "Breaks even at",
    ]
    .map(Column::number);
    Table {
        id: "beds".to_owned(),
        caption: "Every number of beds that was tried".to_owned(),
        columns: [Column::header("Beds")].into_iter().chain(heads).collect(),
        rows: answer.lines.iter().enumerate().map(row).collect(),
        note: Some(Text::plain(
            "Cost is that of the beds and of buying elsewhere for the children who do not live in them. As good: within the tolerance, or nearer than chance can tell apart.",
        )),
        source: Some("Own returns and prices as entered; worked out by Placewell".to_owned()),
    }
}
