//! From an address to a question about the gap.

use std::sync::Arc;

use domain::supply::Notice;
use maud::{Markup, html};
use service::forecasts;
use service::gaps::{self, Area, Home, Line, NeedBand};
use service::holdings::Holding;
use service::scenarios::Scenario;
use service::sheets::Sheet;

use crate::api::gap::area_word;
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Choice, Field, InputMode, Select, Size, TextInput};
use crate::pages::{ahead, scenarios};
use crate::papers::Paper;
use crate::parts::{self, Filter};

/// What the address chooses lines by, and its words.
const FIELDS: [(&str, &str); 4] = [("home", "Kind of home"), ("ages", "Ages"), ("need", "Need"), ("notice", "Notice")];

/// How far ahead the gap can be asked for, in months.
const AHEAD: [u32; 6] = [3, 6, 12, 18, 24, 36];

#[derive(Clone)]
pub(super) struct Ask {
    /// As the address has it.
    pub(super) asked: Asked,
    /// The forecast that it rests on.
    pub(super) request: forecasts::Request,
    /// Of shared homes, what comes to this authority, 0 to 1; nothing for what comes today.
    pub(super) share: Option<f64>,
    /// Of several authorities the one that is meant.
    pub(super) authority: Option<String>,
    /// The names of several.
    authorities: Vec<String>,
    pub(super) area: Area,
    pub(super) supply: Arc<Paper>,
    pub(super) requests: Option<Arc<Paper>>,
}

impl Ask {
    /// Nothing where no file of homes is at hand.
    pub(super) fn read(state: &app::State, holding: &Holding, asked: &Asked) -> Result<Option<Self>, Error> {
        let Some(supply) = state.papers.find(Sheet::Supply) else { return Ok(None) };
        let kept = ["from", "months", "home", "ages", "need", "notice", "area", "share", "scenario", "authority", "page"];
        let asked = asked.only(&kept);
        let months = asked.number("months")?.unwrap_or(24);
        if !AHEAD.contains(&months) {
            return Err(Error::Unreadable(format!("The gap is worked out for 3, 6, 12, 18, 24 or 36 months ahead, not {months}.")));
        }
        let area = match asked.one("area") {
            None | Some("inside") => Area::Inside,
            Some("anywhere") => Area::Anywhere,
            Some(other) => return Err(Error::Unreadable(format!("“{other}” is no area: inside, or anywhere."))),
        };
        let from = ahead::from(holding, &asked, None)?;
        let share = asked.one("share").map(share).transpose()?;
        let authorities = match holding.profiles.as_slice() {
            [] | [_] => Vec::new(),
            several => several.iter().map(|profile| profile.name.clone()).collect(),
        };
        let authority = asked.one("authority").map(str::to_owned);
        let scenario = scenarios::chosen(state, holding, &asked)?.map(|kept| kept.saved);
        let request = forecasts::Request { scenario, ..forecasts::Request::ahead(from, months) };
        Ok(Some(Self { asked, request, share, authority, authorities, area, supply, requests: state.papers.find(Sheet::Requests) }))
    }

    /// The question to the service.
    pub(super) fn question(&self) -> gaps::Request<'_> {
        gaps::Request {
            supply: self.supply.named(),
            requests: self.requests.as_ref().map(|paper| paper.named()),
            authority: self.authority.as_deref(),
            market_share: self.share,
        }
    }

    /// What is to be different.
    pub(super) fn scenario(&self) -> Option<&Scenario> {
        self.request.scenario.as_ref().map(|saved| &saved.scenario)
    }

    /// What the work is found by: all that changes its numbers.
    pub(super) fn key(&self) -> String {
        let requests = self.requests.as_ref().map_or("", |paper| paper.sha256.as_str());
        let forecast = crate::pages::forecast::work::key(&self.request);
        format!("gap {forecast} {:?} {:?} {} {requests}", self.authority, self.share, self.supply.sha256)
    }

    /// Whether a line fits the choices.
    pub(super) fn admits(&self, line: &Line) -> bool {
        line.area == self.area && FIELDS.iter().all(|(field, _)| self.asked.one(field).is_none_or(|value| fact(line, field) == value))
    }

    pub(super) fn panel(&self, state: &app::State) -> Markup {
        let tags: Vec<(String, String)> = [("authority", "Authority")]
            .iter()
            .chain(&FIELDS)
            .filter_map(|(field, label)| {
                let value = self.asked.one(field)?;
                Some((format!("{label}: {value}"), self.asked.without("page").without(field).of(super::PATH)))
            })
            .collect();
        let chosen: Vec<parts::Chosen<'_>> = tags.iter().map(|(text, without)| parts::Chosen { text, without }).collect();
        let small = |name, label| Field { size: Size::Small, ..Field::new(name, label) };
        let months =
            AHEAD.map(|months| (months.to_string(), format!("{}, {months} months", self.request.from.plus_months(months as i32).long())));
        let now = self.request.months.to_string();
        let months: Vec<Choice<'_>> = months.iter().map(|(value, text)| Choice::new(value, text).chosen_if(&now)).collect();
        let area = if self.area == Area::Inside { "inside" } else { "anywhere" };
        let areas = [Choice::new("inside", "Homes in the area"), Choice::new("anywhere", "Homes anywhere")].map(|one| one.chosen_if(area));
        let share = self.share.map(|share| crate::shown::plain(share * 100.0)).unwrap_or_default();
        let share_field = Field {
            hint: Some("Of homes under a framework or on the spot. Empty: as much as comes today."),
            ..small("share", "Share of shared homes that comes to us")
        };
        let whose = self.authority.as_deref().unwrap_or_default();
        let all = [Choice::new("", "All together").chosen_if(whose)];
        let authorities: Vec<Choice<'_>> =
            all.into_iter().chain(self.authorities.iter().map(|name| Choice::new(name, name).chosen_if(whose))).collect();
        let fields = html! {
            @if !self.authorities.is_empty() { (Select { field: small("authority", "Authority"), choices: &authorities }) }
            @for (field, label) in FIELDS { (self.one_field(field, label)) }
            (Select { field: small("area", "Set against"), choices: &areas })
            (Select { field: small("months", "Up to"), choices: &months })
            (scenarios::choice(state, self.asked.one("scenario")))
            (TextInput { width: Some(5), suffix: Some("%"), mode: InputMode::Decimal, ..TextInput::new(share_field, &share) })
        };
        html! { (Filter { title: "Filter", action: super::PATH, fields, chosen: &chosen, button: "Show the gap", all: super::PATH }) }
    }

    fn one_field(&self, field: &str, label: &str) -> Markup {
        let values: Vec<String> = match field {
            "home" => Home::ALL.map(|home| home.name().to_owned()).to_vec(),
            "ages" => gaps::AGE_BANDS.map(gaps::age_band).to_vec(),
            "need" => NeedBand::ALL.map(|band| band.name().to_owned()).to_vec(),
            _ => Notice::ALL.map(|notice| notice.word().to_owned()).to_vec(),
        };
        let now = self.asked.one(field).unwrap_or_default();
        let all = Choice::new("", "All").chosen_if(now);
        let choices: Vec<Choice<'_>> =
            [all].into_iter().chain(values.iter().map(|value| Choice::new(value, value).chosen_if(now))).collect();
        html! { (Select { field: Field { size: Size::Small, ..Field::new(field, label) }, choices: &choices }) }
    }
}

/// What a line is in a field, as it stands in addresses and files.
pub(super) fn fact(line: &Line, field: &str) -> String {
    match field {
        "home" => line.home.name().to_owned(),
        "ages" => gaps::age_band(line.ages),
        "need" => line.band.name().to_owned(),
        "notice" => line.notice.word().to_owned(),
        _ => area_word(line.area).to_owned(),
    }
}

/// The address of one line.
pub(super) fn line_address(asked: &Asked, line: &Line) -> String {
    let kept = asked.only(&["from", "months", "share", "scenario", "authority"]);
    ["home", "ages", "need", "notice", "area"].iter().fold(kept, |asked, field| asked.with(field, &fact(line, field))).of("/gap/line")
}

fn share(text: &str) -> Result<f64, Error> {
    let percent: Option<f64> = text.trim_end_matches('%').trim().parse().ok();
    percent.filter(|percent| (0.0..=100.0).contains(percent)).map(|percent| percent / 100.0).ok_or_else(|| {
        Error::Unreadable(format!("“{text}” is no share of shared homes. Write a percentage from 0 to 100, or leave it empty."))
    })
}
