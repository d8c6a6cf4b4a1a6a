//! Registered places beside the children placed: the same day, and still not a gap.

use domain::Value;
use reference::ofsted::{Provision, REGISTER_DAY};
use report::block::{Block, Cell, Column, Row, Table};
use report::chart::Unit;

use super::super::super::draft::{Draft, bare_cell};
use super::super::super::series::Series;
use super::super::market::{area_name, of_register};

/// Registered places in the area beside the authority's own children at the register's date: the same day, and still not a gap.
pub(super) fn facts(draft: &mut Draft<'_, '_>) -> Option<Block> {
    let material = draft.material;
    let market = material.market.as_ref()?;
    let year = REGISTER_DAY.year();
    if year > material.last_year() {
        return None;
    }
    let place = area_name(material, market);
    let children = |id| Series::count(material, "cla_31_march", "placement", id).map(|series| material.bench(series, year, year));
    let kinds = [Provision::ChildrensHome, Provision::SecureChildrensHome, Provision::SchoolRegisteredAsHome];
    let places: u32 = kinds.iter().map(|&kind| market.places(kind)).sum();
    let in_homes = children("homes")?;
    let all_places = of_register(
        draft,
        "all-home-places",
        market.area,
        "places in children’s homes, secure homes and schools registered as homes, short breaks left out",
        f64::from(places),
    );
    let mut rows = vec![Row::new(vec![
        Cell::words("Children’s homes, secure homes and schools registered as homes"),
        draft.cell(&in_homes.own(material, year)),
        draft.cell(&all_places),
        Cell::words("Places are open to every authority; many homes run below their registered number."),
    ])];
    if let Some(foster) = children("foster") {
        let approved = Series::measure(material, "number_foster_places_new").map(|series| material.bench(series, year, year));
        let cell = match approved {
            Some(bench) => draft.cell(&bench.own(material, year)),
            None => bare_cell(Value::NotAvailable, &Unit::count()),
        };
        rows.push(Row::new(vec![
            Cell::words("Foster care"),
            draft.cell(&foster.own(material, year)),
            cell,
            Cell::words("Places of the authority’s own service, family and friends left out; agencies’ places by authority are not published. Children include those with relatives."),
        ]));
    }
    if let Some(supported) = children("supported") {
        rows.push(Row::new(vec![
            Cell::words("Supported accommodation and independent living"),
            draft.cell(&supported.own(material, year)),
            bare_cell(Value::NotAvailable, &Unit::count()),
            Cell::words("Registration began in April 2023, after the register held."),
        ]));
    }
    let mut table = Table {
        id: "use-and-places".into(),
        caption: format!("Children of {} by kind of home, and places in {place}, on {}", material.name, REGISTER_DAY.long()),
        columns: vec![Column::header("Kind of home"), Column::number("Own children, wherever they live"), Column::number("Places in the area"), Column::words("How to read it")],
        rows,
        note: None,
        source: Some("Department for Education, children looked after in England; Ofsted, register of 31 March 2023 and fostering in England (Open Government Licence v3.0)".into()),
    };
    if let Some(former) = market.listed_under_predecessor() {
        table.note = Some(
            format!(
                "The register’s places are those of all of the former {former}; published children of its successors begin the day after."
            )
            .into(),
        );
    }
    Some(Block::Table(table))
}
