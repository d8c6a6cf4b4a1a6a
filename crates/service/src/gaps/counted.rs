//! Which homes of the supply stand behind a line of the gap: the drill-down from a number of places to their names.

use domain::Day;
use domain::supply::{Notice, Supply, Vehicle};
use forecast::gap::{Area, Line, NeedBand, Special};
use forecast::scenario::Scenario;

use super::homes::{self, Understood};
use crate::holdings::Holding;
use crate::plans::Named;

/// A home that could take a child of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// How the authority has it.
    pub vehicle: Vehicle,
    /// Whether it lies inside the area.
    pub area: Area,
    /// Last day, where it is known to end.
    pub to: Option<Day>,
}

/// The homes behind a line on its date, in the order of the file, new homes of a scenario last.
pub fn counted(holding: &Holding, supply: Named<'_>, scenario: Option<&Scenario>, line: &Line, date: Day) -> Vec<Counted> {
    let (rows, _) = ingest::supply::read_supply(supply.name, supply.bytes);
    let read = homes::read(supply.name, &rows, &holding.profiles, &mut Vec::new());
    let told = read.iter().any(|home| home.home() == line.home && home.special() == Special::Complex);
    let of_file = read.iter().filter(|home| fits(home, line, told)).map(|home| row(home.row(), home, date));
    let opened = scenario.into_iter().flat_map(|scenario| scenario.homes_open(date)).filter_map(|(home, beds)| {
        let lot = homes::new_home(home, beds);
        let wanted = lot.home == line.home && line.notice == Notice::Planned && lot.ages.shared_with(line.ages) > 0;
        (wanted && (line.band != NeedBand::Complex || !told)).then(|| Counted {
            setting: home.name.clone(),
            kind: "new home of the scenario".to_owned(),
            ages: (home.ages.from, home.ages.to),
            registered: lot.registered,
            usable: lot.usable,
            vehicle: lot.vehicle,
            area: lot.area,
            to: None,
        })
    });
    of_file.chain(opened).filter(|home| line.area == Area::Anywhere || home.area == Area::Inside).collect()
}

/// The rule by which the gap counts a home for a line; a test holds the two together.
fn fits(home: &Understood<'_>, line: &Line, specialist_told: bool) -> bool {
    let special = match home.special() {
        Special::Complex => true,
        Special::None => line.band != NeedBand::Complex || !specialist_told,
        Special::ParentAndChild | Special::ShortBreaks => false,
    };
    special && home.home() == line.home && home.notice() == line.notice && home.ages().shared_with(line.ages) > 0
}

fn row(row: &Supply, home: &Understood<'_>, date: Day) -> Counted {
    Counted {
        setting: row.setting.clone(),
        kind: row.kind.clone(),
        ages: row.ages,
        registered: row.registered,
        usable: row.places_on(date),
        vehicle: row.vehicle,
        area: home.area(),
        to: row.to,
    }
}
