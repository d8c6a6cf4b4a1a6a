//! From an address to a question about money.

use std::sync::Arc;

use domain::Day;
use maud::{Markup, html};
use service::forecasts::{Forecast, Request};
use service::holdings::Holding;
use service::sheets::Sheet;
use service::spending::{self, Rise};

use super::PATH;
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Field, InputMode, Size, TextInput};
use crate::pages::forecast::work;
use crate::pages::{ahead, scenarios};
use crate::papers::Paper;
use crate::parts::Filter;

/// Rises from a fall by half to a tenfold price: beyond, a point is missing.
const RISES: std::ops::RangeInclusive<f64> = -50.0..=900.0;

#[derive(Clone)]
pub(super) struct Ask {
    pub(super) asked: Asked,
    pub(super) request: Request,
    pub(super) prices: Arc<Paper>,
    /// Contracts held, where they were given.
    pub(super) held: Option<Arc<Paper>>,
    /// A rise of every price, if one is asked.
    pub(super) rises: Vec<Rise>,
    /// By how much all prices rise over the plan: 0.03 is three per cent.
    pub(super) inflation: f64,
    /// What is wrong: field and sentence.
    pub(super) wrong: Vec<(&'static str, String)>,
}

impl Ask {
    /// Nothing where no prices are at hand.
    pub(super) fn read(state: &app::State, holding: &Holding, asked: &Asked) -> Result<Option<Self>, Error> {
        let Some(prices) = state.papers.find(Sheet::Prices) else { return Ok(None) };
        let asked = asked.only(&["months", "from", "scenario", "rise", "rise_on", "inflation"]);
        let request = ahead::request(state, holding, &asked)?;
        let mut wrong = Vec::new();
        let percent = |name: &'static str, wrong: &mut Vec<(&'static str, String)>| {
            let text = asked.one(name)?;
            let number = text.trim_end_matches('%').trim().parse::<f64>().ok().filter(|percent| RISES.contains(percent));
            if number.is_none() {
                wrong.push((name, format!("Enter a rise in percent from {} to {}, like 3", RISES.start(), RISES.end())));
            }
            number
        };
        let rise = percent("rise", &mut wrong);
        let inflation = percent("inflation", &mut wrong).unwrap_or(0.0) / 100.0;
        let on = match asked.one("rise_on") {
            None => Some(first_of_april_after(request.from)),
            Some(text) => Day::parse(text.as_bytes()),
        };
        if on.is_none() {
            wrong.push(("rise_on", "Enter a date that exists, like 2027-04-01".to_owned()));
        }
        let rises = rise.zip(on).map(|(percent, on)| Rise { kind: None, on, percent }).into_iter().collect();
        Ok(Some(Self { asked, request, prices, held: state.papers.find(Sheet::Held), rises, inflation, wrong }))
    }

    /// What the work is found by.
    pub(super) fn key(&self) -> String {
        let held = self.held.as_ref().map_or("", |paper| paper.sha256.as_str());
        format!("money {} {} {held} {:?}", work::key(&self.request), self.prices.sha256, self.rises)
    }

    /// The question to the service, once the forecast is there.
    pub(super) fn question<'a>(&'a self, forecast: &'a Forecast) -> Result<spending::Request<'a>, service::Error> {
        Ok(spending::Request {
            demand: forecast.futures()?,
            prices: self.prices.named(),
            held: self.held.as_ref().map(|paper| paper.named()),
            rises: self.rises.clone(),
        })
    }

    pub(super) fn panel(&self, state: &app::State) -> Markup {
        let value = |name: &str| self.asked.one(name).unwrap_or_default();
        let april = first_of_april_after(self.request.from).to_string();
        let hint = format!("Like {april}, which is taken where it is empty");
        let fields = html! {
            (ahead::reach(&self.request, "How far ahead"))
            (scenarios::choice(state, self.asked.one("scenario")))
            (TextInput { width: Some(5), suffix: Some("%"), mode: InputMode::Decimal, ..TextInput::new(self.field("rise", "Prices rise by", None), value("rise")) })
            (TextInput { width: Some(10), ..TextInput::new(self.field("rise_on", "on", Some(&hint)), value("rise_on")) })
            (TextInput { width: Some(5), suffix: Some("%"), mode: InputMode::Decimal, ..TextInput::new(self.field("inflation", "Inflation over the plan", Some("First year to last, for the bridge")), value("inflation")) })
        };
        html! { (Filter { title: "What shall be costed", action: PATH, fields, chosen: &[], button: "Show what it costs", all: PATH }) }
    }

    fn field<'a>(&'a self, name: &'a str, label: &'a str, hint: Option<&'a str>) -> Field<'a> {
        let error = self.wrong.iter().find(|(field, _)| *field == name).map(|(_, sentence)| sentence.as_str());
        Field { size: Size::Small, hint, error, ..Field::new(name, label) }
    }
}

/// The first day of a financial year that begins after a year of the forecast.
fn first_of_april_after(from: Day) -> Day {
    Day::year_start(from.plus(2).return_year() + 1)
}
