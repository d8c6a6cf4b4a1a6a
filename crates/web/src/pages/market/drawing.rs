//! Children who live in the area: its own and those of other authorities.

use report::block::{Cell, Chart, Column, Row, Table};
use report::chart::{Base, Drawing, Line, Series, Unit, Words};
use service::markets::Market;

use crate::shown;

pub(super) fn living_here(name: &str, market: &Market) -> Option<Chart> {
    let years = &market.living_here;
    let (_, newest) = years.iter().next_back()?;
    let table = Table {
        id: "living-here-by-year".to_owned(),
        caption: format!("Children in care in {name} on 31 March, and its own elsewhere"),
        columns: ["Its own, living here", "Of other authorities, living here", "All living here", "Its own, living outside"]
            .map(Column::number)
            .into_iter()
            .fold(vec![Column::header("Year")], |mut columns, column| {
                columns.push(column);
                columns
            }),
        rows: years
            .iter()
            .map(|(year, here)| {
                let values = [here.own, here.other_authorities, here.total, here.own_outside].map(shown::published);
                Row::new([Cell::words(year.to_string())].into_iter().chain(values).collect())
            })
            .collect(),
        note: None,
        source: Some("Department for Education, children looked after in England, 31 March".to_owned()),
    };
    let line = Line {
        x: years.keys().map(u32::to_string).collect(),
        series: vec![
            Series::subject("Its own, living outside", years.values().map(|here| here.own_outside.known()).collect()),
            Series::others("Of other authorities, living here", years.values().map(|here| here.other_authorities.known()).collect()),
        ],
        unit: Unit::count(),
        base: Base::Zero,
        ..Line::default()
    };
    let title = match newest.balance() {
        Some(balance) if balance > 0.0 => format!("{name} hosts {} more children than it places elsewhere", shown::plain(balance)),
        Some(balance) if balance < 0.0 => format!("{name} places {} more children elsewhere than it hosts", shown::plain(-balance)),
        _ => format!("Children of {name} elsewhere, and of others here"),
    };
    let summary =
        "Children of the authority who live outside its boundary, and children whom other authorities placed inside it, on each 31 March."
            .to_owned();
    Some(line.block(Words { id: "living-here".to_owned(), title, summary }, table))
}
