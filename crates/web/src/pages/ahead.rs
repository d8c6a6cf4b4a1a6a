//! The question about the future that rooms of one forecast by kind of home have in common: from when, how far, and under which scenario.

use domain::Day;
use maud::{Markup, html};
use service::forecasts::{Groups, Request};
use service::holdings::Holding;

use super::scenarios;
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Choice, Field, Select, Size};

/// Longest that a forecast is asked for on a page: beyond, the bands say little.
const LONGEST: u32 = 60;

/// The day from which an address asks: else the usual one, else the last that is known.
pub(super) fn from(holding: &Holding, asked: &Asked, usual: Option<Day>) -> Result<Day, Error> {
    let none = || Error::Unreadable("The returns hold no dates, so nothing can be forecast from them.".to_owned());
    asked.day("from")?.or(usual).or_else(|| holding.known_until()).ok_or_else(none)
}

/// How many months ahead an address asks: else the usual number, else two years.
pub(super) fn months(asked: &Asked, usual: Option<u32>) -> Result<u32, Error> {
    let months = asked.number("months")?.or(usual).unwrap_or(24);
    if !(1..=LONGEST).contains(&months) {
        return Err(Error::Unreadable(format!("A forecast here reaches from 1 to {LONGEST} months ahead, not {months}.")));
    }
    Ok(months)
}

/// The forecast that an address asks for, by every kind of home.
pub(super) fn request(state: &app::State, holding: &Holding, asked: &Asked) -> Result<Request, Error> {
    let (months, from) = (months(asked, None)?, from(holding, asked, None)?);
    let scenario = scenarios::chosen(state, holding, asked)?.map(|kept| kept.saved);
    Ok(Request { groups: Groups::Detailed, scenario, ..Request::ahead(from, months) })
}

/// The choice of how far.
pub(super) fn reach(request: &Request, label: &str) -> Markup {
    let months = [6, 12, 24, 36, 48, LONGEST].map(|months: u32| (months.to_string(), format!("{months} months")));
    let now = request.months.to_string();
    let months: Vec<Choice<'_>> = months.iter().map(|(value, text)| Choice::new(value, text).chosen_if(&now)).collect();
    html! { (Select { field: Field { size: Size::Small, ..Field::new("months", label) }, choices: &months }) }
}
