//! The market as tables.

use report::block::{Cell, Column, Row, Table, Text};
use report::chart::Unit;
use service::markets::{Market, Sector};

use crate::shown;

const SOURCE: &str = "Ofsted, children's social care in England: providers on the register at 31 March 2023";

/// Owners listed; their count says how many more there are.
const OWNERS: usize = 15;

fn number(value: u32) -> Cell {
    Cell::number(value.into(), shown::count(value.into()))
}

/// By what settings are and who runs them.
pub(super) fn places(market: &Market) -> Table {
    let line = |line: &service::markets::Line| {
        let mut row = vec![Cell::words(line.provision.label()), Cell::words(line.sector.label()), number(line.settings)];
        row.push(if line.places == 0 { Cell::words("–") } else { number(line.places) });
        row.extend([number(line.short_break_places), number(line.suspended)]);
        Row::new(row)
    };
    Table {
        id: "places".to_owned(),
        caption: "Registered settings and places".to_owned(),
        columns: vec![
            Column::header("What they are"),
            Column::words("Sector"),
            Column::number("Settings"),
            Column::number("Places"),
            Column::number("Of them short breaks only"),
            Column::number("Settings suspended"),
        ],
        rows: market.lines.iter().map(line).collect(),
        note: Some(Text::plain("Agencies have no registered places. An authority's own fostering is not on the register.")),
        source: Some(SOURCE.to_owned()),
    }
}

/// What inspectors found; not inspected yet is a column of its own, since it is not good.
pub(super) fn judgements(market: &Market) -> Table {
    let grades = market.judgements.first().map(|judged| judged.grades.map(|grade| grade.0)).into_iter().flatten();
    let columns = [Column::header("What was inspected")]
        .into_iter()
        .chain(grades.map(|grade| Column::number(grade.label())))
        .chain([Column::number("Not inspected yet")])
        .collect();
    let row = |judged: &service::markets::Judged| {
        let cells = [Cell::words(judged.provision.label())].into_iter().chain(judged.grades.iter().map(|grade| number(grade.1)));
        Row::new(cells.chain([number(judged.not_inspected.0)]).collect())
    };
    Table {
        id: "judgements".to_owned(),
        caption: "Judgements: settings at each grade".to_owned(),
        columns,
        rows: market.judgements.iter().map(row).collect(),
        note: None,
        source: Some(SOURCE.to_owned()),
    }
}

/// Who owns the private and voluntary children's homes.
pub(super) fn owners(market: &Market) -> Table {
    let row = |owner: &service::markets::Owner| {
        let sectors: Vec<&str> = owner.sectors.iter().map(|sector: &Sector| sector.label()).collect();
        let share = Cell::number(owner.share * 100.0, Unit::percent(1).show(owner.share * 100.0));
        Row::new(vec![Cell::words(owner.name), Cell::words(sectors.join(", ")), number(owner.homes), number(owner.places), share])
    };
    let many = market.owners.len();
    let unnamed = market.concentration.owner_not_named;
    let mut note = match many {
        0 => "There is no private or voluntary children's home.".to_owned(),
        many if many > OWNERS => format!("The largest {OWNERS} of {many} owners. Shares are of all places of known owners."),
        _ => "Shares are of all places of known owners.".to_owned(),
    };
    if unnamed.0 > 0 {
        note.push_str(&format!(" The owner of {} is not named.", shown::counted(unnamed.0.into(), "home", "homes")));
    }
    Table {
        id: "owners".to_owned(),
        caption: "Owners of private and voluntary children's homes".to_owned(),
        columns: vec![
            Column::header("Owner"),
            Column::words("Sector"),
            Column::number("Homes"),
            Column::number("Places"),
            Column::number("Share of places"),
        ],
        rows: market.owners.iter().take(OWNERS).map(row).collect(),
        note: Some(Text::plain(note)),
        source: Some(SOURCE.to_owned()),
    }
}

/// The authority's own fostering places.
pub(super) fn fostering(market: &Market) -> Option<Table> {
    let row = |(year, places): (&u32, &service::markets::FosteringPlaces)| {
        Row::new(vec![Cell::words(year.to_string()), shown::published(places.approved), shown::published(places.filled)])
    };
    (!market.fostering.is_empty()).then(|| Table {
        id: "fostering".to_owned(),
        caption: "The authority's own fostering places on 31 March".to_owned(),
        columns: vec![Column::header("Year"), Column::number("Approved"), Column::number("Filled")],
        rows: market.fostering.iter().map(row).collect(),
        note: Some(Text::plain("Family and friends are not counted. An approved place that is not filled may not be free: carers rest, or cannot take another child.")),
        source: Some("Ofsted, fostering in England, in the Department for Education's Local Authority Interactive Tool".to_owned()),
    })
}

/// What came and went in the year to the register's date.
pub(super) fn movements(market: &Market) -> Option<Table> {
    let row = |moved: &service::markets::Movements| {
        Row::new(vec![
            Cell::words(moved.provision.label()),
            number(moved.joined.0),
            number(moved.joined.1),
            number(moved.left.0),
            number(moved.left.1),
        ])
    };
    (!market.movements.is_empty()).then(|| Table {
        id: "movements".to_owned(),
        caption: "Settings that joined and left the register in the twelve months to its date".to_owned(),
        columns: vec![
            Column::header("What they are"),
            Column::number("Joined"),
            Column::number("Places"),
            Column::number("Left"),
            Column::number("Places"),
        ],
        rows: market.movements.iter().map(row).collect(),
        note: None,
        source: Some(SOURCE.to_owned()),
    })
}
