//! Which homes of the supply stand behind a line of the gap: the drill-down from a number of places to their names.

use domain::Day;
use domain::supply::Vehicle;
use forecast::gap::{Area, Gap, Line, Lot};
use forecast::scenario::Scenario;

use super::{Request, homes, whose};
use crate::Error;
use crate::holdings::Holding;

/// A home that could take a child of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// Its name or number.
    pub setting: String,
    /// What it is, as the file writes it.
    pub kind: String,
    /// Ages it takes.
    pub ages: (u32, u32),
    /// Places on the register.
    pub registered: u32,
    /// Places usable on the day, before what other authorities take of shared ones.
    pub usable: u32,
    /// The part of its places that is counted for such need: all, or of an ordinary home what takes complex need.
    pub part: f64,
    /// How the authority has it.
    pub vehicle: Vehicle,
    /// Whether it lies inside the area.
    pub area: Area,
    /// Last day, where it is known to end.
    pub to: Option<Day>,
}

/// The homes behind a line of a gap that was asked for, on the line's date, in the order of the file, new homes of a scenario last.
///
/// # Errors
/// As [`super::gap`], of the authority's name.
pub fn counted(
    holding: &Holding,
    request: &Request<'_>,
    scenario: Option<&Scenario>,
    gap: &Gap,
    line: &Line,
) -> Result<Vec<Counted>, Error> {
    let file = request.supply;
    let (rows, _) = ingest::supply::read_supply(file.name, file.bytes);
    let read = homes::read(file.name, &rows, holding, whose(holding, request.authority)?.0, &mut Vec::new());
    let of_file = read.iter().map(|home| (home.row().setting.clone(), home.row().kind.clone(), home.row().to, home.on(line.date)));
    let new = |(home, beds)| {
        let lot = homes::new_home(home, beds);
        (home.name.clone(), "new home of the scenario".to_owned(), None, lot)
    };
    let opened = scenario.into_iter().flat_map(|scenario| scenario.homes_open(line.date)).map(new);
    let counted = |(setting, kind, to, lot): (String, String, Option<Day>, Lot)| {
        let part = gap.part_of(&lot, line);
        (part > 0.0).then_some(Counted {
            setting,
            kind,
            ages: (lot.ages.from, lot.ages.to),
            registered: lot.registered,
            usable: lot.usable,
            part,
            vehicle: lot.vehicle,
            area: lot.area,
            to,
        })
    };
    Ok(of_file.chain(opened).filter_map(counted).collect())
}
