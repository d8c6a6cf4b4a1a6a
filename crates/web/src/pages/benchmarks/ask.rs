//! From an address to a comparison.

use service::areas::{self, AreaId};
use service::benchmarks::{Neighbours, Request};
use service::indicators;

use crate::app;
use crate::asked::Asked;
use crate::error::Error;

const FIRST: &str = "children-looked-after-rate";

/// What is compared, and what the page must know beyond it.
pub(super) struct Ask {
    /// As the address has it.
    pub(super) asked: Asked,
    pub(super) request: Request,
    /// The name of the authority that the page is about.
    pub(super) name: String,
    /// Whether that is the authority whose pages these are.
    pub(super) about: About,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Ours,
    Another,
}

impl Ask {
    pub(super) fn read(state: &app::State, asked: &Asked) -> Result<Self, Error> {
        let asked = asked.only(&["area", "measure", "from", "to", "neighbours", "with"]);
        let ours = &state.profile;
        let about = match asked.one("area") {
            Some(name) if !name.eq_ignore_ascii_case(&ours.name) => About::Another,
            _ => About::Ours,
        };
        let (area, name) = match (about, asked.one("area")) {
            (About::Another, Some(name)) => areas::find(name).map(|found| (found.id, found.name.to_owned()))?,
            // The borrowed geography of a fictitious authority says which region it lies in; its figures are never shown as ours.
            _ => (
                ours.area
                    .ok_or_else(|| Error::Unreadable(format!("Nothing is published about “{}”. Choose another authority.", ours.name)))?,
                ours.name.clone(),
            ),
        };
        let neighbours = match about {
            About::Ours => neighbours(&asked, &ours.neighbours)?,
            About::Another => neighbours(&asked, &[])?,
        };
        let indicator = indicators::indicator(state.app.published(), asked.one("measure").unwrap_or(FIRST))?;
        let held = indicator.years().unwrap_or_default();
        let to = asked.number("to")?.unwrap_or(held.1);
        let from = asked.number("from")?.unwrap_or(held.0);
        let request = Request { area, measure: indicator.id().to_owned(), from, to, neighbours };
        Ok(Self { asked, request, name, about })
    }

    /// Whether the page is about an authority that nobody publishes figures of.
    pub(super) fn is_fictitious(&self, state: &app::State) -> bool {
        self.about == About::Ours && state.profile.fictitious
    }
}

/// The same question for the API.
pub(crate) fn request(state: &app::State, asked: &Asked) -> Result<Request, Error> {
    let ask = Ask::read(state, asked)?;
    if ask.is_fictitious(state) {
        return Err(Error::Missing(format!(
            "Nothing is published about {}, which is made up. Name a real authority: area=Nottingham.",
            ask.name
        )));
    }
    Ok(ask.request)
}

/// `neighbours=10`, `neighbours=3`, or names with commas between in `with`.
fn neighbours(asked: &Asked, own: &[AreaId]) -> Result<Neighbours, Error> {
    let named = asked.all("with").flat_map(|names| names.split([',', ';'])).map(str::trim).filter(|name| !name.is_empty());
    let named: Vec<AreaId> = named.map(|name| areas::find(name).map(|found| found.id)).collect::<Result<_, _>>()?;
    if asked.one("neighbours") == Some("chosen") && !named.is_empty() {
        return Ok(Neighbours::Chosen(named));
    }
    let nearest = asked.one("neighbours").and_then(|text| text.parse::<usize>().ok()).filter(|&n| (1..10).contains(&n));
    Ok(match (nearest, own) {
        (Some(n), []) => Neighbours::Nearest(n),
        (None, []) => Neighbours::All,
        (n, own) => Neighbours::Chosen(own.iter().copied().take(n.unwrap_or(own.len())).collect()),
    })
}
