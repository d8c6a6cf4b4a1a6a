//! What the Department works out from postcodes and a return never holds: placement authority, location and distance (dossier B7).

use domain::Postcode;
use reference::authority::{self, Authority};
use reference::postcode::{self, Located, Place};

use super::context::Sheet;
use crate::table::Column;

/// Columns that stand beside a table's own.
#[derive(Default)]
pub(super) struct Derived {
    columns: Vec<(&'static str, Column)>,
}

impl Derived {
    /// A derived column by name.
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|(known, _)| *known == name).map(|(_, column)| column)
    }
}

/// Works out `PL_LA`, `PL_LOCATION` and `PL_DISTANCE` from the postcodes of the episodes; blank where they do not tell. Without the
/// responsible authority there is no location. A distance is blank, not 999.9, where it is not known: 999.9 is what a person writes.
pub(super) fn derive(episodes: &Sheet, responsible: Option<&str>) -> Derived {
    if !episodes.has("PL_POST") {
        return Derived::default();
    }
    let responsible = responsible.and_then(authority::by_ons_code);
    let (home, placement) = (episodes.text("HOME_POST"), episodes.text("PL_POST"));
    let (mut area, mut location, mut distance) = (Column::default(), Column::default(), Column::default());
    for row in 0..episodes.len() {
        let placed = placement.get(row).map_or(Place::NotHeld, find);
        let code = area_code(placed, responsible);
        area.push(code.unwrap_or_default());
        location.push(match (code, responsible) {
            (Some(code), Some(responsible)) => {
                if code == responsible.ons_code {
                    "IN"
                } else {
                    "OUT"
                }
            }
            _ => "",
        });
        let from = home.get(row).map_or(Place::NotHeld, find);
        distance.push(&miles(from, placed));
    }
    let location = responsible.map(|_| ("PL_LOCATION", location));
    Derived { columns: [("PL_LA", area), ("PL_DISTANCE", distance)].into_iter().chain(location).collect() }
}

fn find(text: &str) -> Place {
    Postcode::parse(text.as_bytes()).map_or(Place::NotHeld, postcode::place)
}

fn miles(from: Place, to: Place) -> String {
    match (from, to) {
        (Place::Located(from), Place::Located(to)) => from.miles_to(&to).to_string(),
        _ => String::new(),
    }
}

/// The code of the authority in whose area a place lies, or of the country outside England.
fn area_code(place: Place, responsible: Option<&Authority>) -> Option<&'static str> {
    match place {
        Place::Located(located) => located.country.pl_la().or_else(|| authority_code(&located, responsible)),
        Place::NorthernIreland => Some("NIR"),
        Place::CrownDependency => Some("NUK"),
        Place::NotHeld => None,
    }
}

/// The directory knows today's authorities. A return of one that has been abolished since lies in its successors' areas.
fn authority_code(located: &Located, responsible: Option<&Authority>) -> Option<&'static str> {
    let area = located.area?;
    match responsible {
        Some(responsible) if responsible.successors.contains(&area) => Some(responsible.ons_code),
        _ => authority::by_id(area).map(|authority| authority.ons_code),
    }
}

/// An authority's code in the one form in which codes are compared: of several that it has had, the one that placements get.
pub(super) fn current_code(code: &str) -> &str {
    authority::by_ons_code(code).map_or(code, |authority| authority.ons_code)
}

/// Whether a postcode, or a sector where a regional extract has cut it, is in the directory. Those outside Great Britain are let pass:
/// the directory in the product does not hold them.
pub(super) fn exists(text: &str) -> bool {
    find(text) != Place::NotHeld
}

/// The code of the authority in whose area a postcode lies.
pub(in crate::ssda903) fn authority_of(text: &str) -> Option<String> {
    area_code(find(text), None).map(str::to_owned)
}

/// The code of the authority with this name, however a workbook spells it.
pub(in crate::ssda903) fn authority_named(name: &str) -> Option<String> {
    authority::find(name).ok().map(|authority| authority.ons_code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{Context, EPISODES, Inputs, Tables};
    use super::*;
    use crate::table::Table;

    fn derived(authority: Option<&str>, rows: &[[&str; 2]]) -> Vec<String> {
        let mut table = Table::new("episodes.csv", &["HOME_POST", "PL_POST"]);
        for row in rows {
            table.push(2, *row);
        }
        let tables = Tables::from([(EPISODES, table)]);
        let inputs = Inputs { year: 2026, tables: &tables, last: None, authority, providers: None };
        let cx = Context::new(&inputs);
        let cell = |column, row| cx.this.episodes.text(column).get(row).unwrap_or("-");
        (0..rows.len() as u32).map(|row| ["PL_LA", "PL_LOCATION", "PL_DISTANCE"].map(|column| cell(column, row)).join(" ")).collect()
    }

    #[test]
    fn postcodes_tell_authority_location_and_distance() {
        let nottingham = Some("E06000018");
        assert_eq!(
            derived(
                nottingham,
                &[
                    ["NG1 5DT", "ng15dt"],
                    ["NG1 5DT", "CF10 4UW"],
                    ["NG1 5DT", "BT1 5GS"],
                    ["", "NG1 5DT"],
                    ["NG1 5DT", ""],
                    ["NG1 5DT", "no"]
                ]
            )
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>(),
            ["E06000018 IN 0.0", "WAL OUT 133.3", "NIR OUT -", "E06000018 IN -", "- - -", "- - -"]
        );
    }

    #[test]
    fn without_the_responsible_authority_there_is_no_location() {
        assert_eq!(derived(None, &[["NG1 5DT", "NG1 5DT"]]), ["E06000018 - 0.0"]);
    }

    #[test]
    fn an_authority_is_known_by_any_code_it_has_had() {
        let today = current_code("E08000016");
        assert_eq!(current_code("E08000038"), today, "Barnsley");
        assert_eq!(derived(Some("E08000038"), &[["S70 2TA", "S70 2TA"]]), [format!("{today} IN 0.0")]);
        assert_eq!(authority_named("Barnsley").as_deref(), Some(today));
        assert_eq!(authority_of("S70 2TA").as_deref(), Some(today));
    }

    #[test]
    fn an_abolished_authority_lies_where_its_successors_do() {
        // Kendal: Cumbria until March 2023, then Westmorland and Furness.
        assert_eq!(derived(Some("E10000006"), &[["LA9 4DL", "LA9 4DL"]]), ["E10000006 IN 0.0"]);
    }
}
