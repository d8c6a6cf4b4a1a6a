//! The sufficiency statement: for any authority by name from published figures alone, and far richer with its returns (dossier A001, A036).
//!
//! The fifteen sections of `domain/practice.md` 3.10, one file each, every one a function from the same material to blocks. A section that
//! the inputs cannot fill says so, and which return or record would fill it; nothing is guessed. A statement is a published paper, so
//! whatever rests on the authority's own children is withheld where numbers are small ([`own`]).

mod ahead;
mod bench;
mod draft;
mod foresight;
mod hosts;
mod material;
mod own;
mod sections;
mod series;
mod tables;
pub(crate) mod words;

use domain::Day;
use reference::{AreaId, authority, neighbour};
use report::Report;
use report::block::{Language, Register, Text};

pub use self::ahead::{Ahead, AheadRequest, look_ahead};
use self::draft::Draft;
use self::material::Material;
use self::own::Own;
use crate::holdings::Holding;
use crate::profile::Profile;
use crate::{App, Error};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Whose statement.
    pub about: About<'a>,
    /// The date it speaks of; the newest in its inputs if left out. Later figures are left out.
    pub as_of: Option<Day>,
    /// What lies ahead of the authority whose returns these are, as [`look_ahead`] found it at the same date; nothing where nobody has looked.
    pub ahead: Option<&'a Ahead>,
}

/// Whose statement, and from what.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// An authority, from published figures alone.
    Area(AreaId),
    /// The authority whose returns these are, with the published figures beside them.
    Holding(&'a Holding),
}

/// The first year end for which published figures are held.
const FIRST_YEAR: u32 = 2016;

/// Composes the statement. The same inputs and date give the same report.
///
/// # Errors
/// `Unusable` for an area that is no authority of today, returns of several authorities or without dates, and a date before the first
/// published figures.
pub fn compose(app: &App, request: &Request<'_>) -> Result<Report, Error> {
    let material = gather(app, request)?;
    let mut draft = Draft { material: &material, figures: Register::default() };
    let sections = sections::all(&mut draft);
    let figures = draft.figures;
    Ok(Report {
        title: "Sufficiency statement".to_owned(),
        subtitle: format!("Homes for children in the care of {}", material.name),
        authority: material.name.clone(),
        as_of: material.as_of.into(),
        language: Language::English,
        notices: notices_of(&material),
        sections,
        figures,
        data: Vec::new(),
    })
}

fn gather<'a>(app: &'a App, request: &Request<'a>) -> Result<Material<'a>, Error> {
    let newest = app.published().measure("children-looked-after").and_then(|measure| measure.years().last().copied()).unwrap_or(FIRST_YEAR);
    let published_by = |day: Day| newest.min(day.plus(1).return_year() - 1);
    let too_early = |day: Day| {
        Error::Unusable(format!("Published figures are held from 31 March {FIRST_YEAR}: choose a date from then on, not {}.", day.long()))
    };
    match request.about {
        About::Area(area) => {
            let authority = authority::by_id(area).filter(|authority| authority.is_current());
            let authority = authority.ok_or_else(|| Error::Unusable(format!("Area {area} is not an authority of today.")))?;
            let as_of = request.as_of.unwrap_or(Day::year_end(newest));
            let year = published_by(as_of);
            if year < FIRST_YEAR {
                return Err(too_early(as_of));
            }
            let material = Material {
                app,
                name: authority.name.to_owned(),
                fictitious: false,
                subject: Some(area),
                place: Some(area),
                neighbours: neighbour::statistical(area).iter().map(|neighbour| neighbour.area).collect(),
                region: Some(authority.region),
                as_of,
                year,
                own: None,
                ahead: None,
                market: None,
                region_market: None,
            };
            Ok(material.with_markets())
        }
        About::Holding(holding) => {
            let profile = profile_of(holding)?;
            let as_of = date_of(holding, request.as_of)?;
            let year = published_by(as_of);
            if year < FIRST_YEAR {
                return Err(too_early(as_of));
            }
            let subject = profile.area.filter(|_| !profile.fictitious);
            let name = if profile.name.is_empty() { "the authority".to_owned() } else { profile.name.clone() };
            let material = Material {
                app,
                name,
                fictitious: profile.fictitious,
                subject,
                place: profile.area,
                neighbours: profile.neighbours.clone(),
                region: profile.area.and_then(authority::by_id).map(|authority| authority.region),
                as_of,
                year,
                own: Some(Own::count(app, holding, as_of, subject)),
                ahead: request.ahead,
                market: None,
                region_market: None,
            };
            Ok(material.with_markets())
        }
    }
}

fn profile_of(holding: &Holding) -> Result<&Profile, Error> {
    holding.profile().ok_or_else(|| {
        Error::Unusable(format!(
            "The returns are of {} authorities and a statement is about one: say which with --authority.",
            holding.profiles.len()
        ))
    })
}

/// The date of a statement with returns: the one asked for, else their newest.
fn date_of(holding: &Holding, as_of: Option<Day>) -> Result<Day, Error> {
    profile_of(holding)?;
    as_of.or_else(|| holding.newest_year_end()).ok_or_else(|| Error::Unusable("The returns hold no dates.".to_owned()))
}

/// What stands before everything else: fiction, and what it rests on.
fn notices_of(material: &Material<'_>) -> Vec<Text> {
    let mut shown = Vec::new();
    if material.fictitious {
        let name = &material.name;
        shown.push(Text::default().strong(format!("All children, homes and numbers of {name} are made up. ")).and(format!(
            "{name} does not exist. It borrows the boundary of a real authority, whose published figures are not used as its own; the \
             figures of its neighbours, region and England are real."
        )));
    }
    shown.push(match material.own {
        Some(_) => Text::plain(format!(
            "Made from the returns of {} and published figures, as at {}. Counts of 1 to 4 of its children, and numbers that would give \
             them away, are withheld.",
            material.name,
            material.as_of.long()
        )),
        None => Text::plain(format!(
            "Made from published figures alone, as at {}. What they cannot say is marked as not known, with the record that would say it.",
            material.as_of.long()
        )),
    });
    shown
}
