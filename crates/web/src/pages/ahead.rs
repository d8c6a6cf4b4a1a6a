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

/// The forecast that an address asks for, by every kind of home.
pub(super) fn request(state: &app::State, holding: &Holding, asked: &Asked) -> Result<Request, Error> {
    let months = asked.number("months")?.unwrap_or(24);
    if !(1..=LONGEST).contains(&months) {
        return Err(Error::Unreadable(format!("A forecast here reaches from 1 to {LONGEST} months ahead, not {months}.")));
    }
    let from: Day = asked
        .day("from")?
        .or_else(|| holding.newest_year_end())
        .ok_or_else(|| Error::Unreadable("The returns hold no dates, so nothing can be forecast from them.".to_owned()))?;
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
