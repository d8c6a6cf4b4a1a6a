//! Dated facts of a home: beds that cannot be used, a judgement, a variation of the registration, a restriction.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Day;
use domain::capacity::{CapacityEvent, Reason};
use domain::judgement::{Grade, Judgement, Overall};
use domain::setting::{Limit, Restriction, Takes, Terms};
use maud::{Markup, html};
use service::record::{self, SettingPage};

use super::form::{Sheet, Typed, choices, dated};
use super::home::refused;
use super::{id, number};
use crate::app;
use crate::door::Acting;
use crate::error::Error;

type Pairs = Vec<(String, String)>;

/// What can be added, as the address names it.
#[derive(Clone, Copy)]
enum What {
    Beds,
    Judgement,
    Terms,
    Restriction,
}

impl What {
    fn read(word: &str) -> Result<Self, Error> {
        match word {
            "beds" => Ok(Self::Beds),
            "judgement" => Ok(Self::Judgement),
            "terms" => Ok(Self::Terms),
            "restriction" => Ok(Self::Restriction),
            _ => Err(Error::NotFound),
        }
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Beds => "Beds that cannot be used",
            Self::Judgement => "Add a judgement",
            Self::Terms => "Add a variation of the registration",
            Self::Restriction => "Add a restriction",
        }
    }

    fn fields(self, typed: &Typed) -> Markup {
        match self {
            Self::Beds => html! {
                (typed.figure("beds", "How many beds", None))
                (typed.choice("reason", "Why", Some("Choose a reason"), &choices!(Reason)))
                (typed.date("from", "First night", None))
                (typed.date("to", "The day on which they can be used again", Some("Empty while nobody knows")))
                (typed.line("note", "Note", Some("Nothing about a child: everybody who sees homes reads it")))
            },
            Self::Judgement => html! {
                (typed.date("day", "Day of the inspection", None))
                (typed.choice("overall", "Overall", Some("Choose"), &choices!(Overall)))
                (typed.choice("protected", "How well children are helped and protected", Some("Not judged"), &choices!(Grade)))
                (typed.choice("leaders", "Leaders and managers", Some("Not judged"), &choices!(Grade)))
            },
            Self::Terms => html! {
                (typed.date("from", "From", Some("The day on which the variation takes effect")))
                (typed.figure("places", "Registered places", Some("Empty for agencies and services")))
                (typed.figure("youngest", "Youngest age", None))
                (typed.figure("oldest", "Oldest age", None))
                (typed.choice("takes", "Whom it takes", None, &choices!(Takes)))
                (typed.line("conditions", "Conditions", None))
            },
            Self::Restriction => html! {
                (typed.choice("kind", "What is stopped", Some("Choose"), &choices!(Limit)))
                (typed.date("from", "From", None))
                (typed.date("to", "Lifted on", Some("Empty while it is in force")))
                (typed.line("words", "In its own words", None))
            },
        }
    }
}

/// The terms that were typed, of no setting yet; nothing where something is wrong.
pub(super) fn terms(typed: &mut Typed, acting: &Acting, from: Day) -> Option<Terms> {
    let places = typed.maybe("places", "Enter a whole number of places, or leave it empty");
    let youngest = typed.maybe("youngest", "Enter an age in whole years, or leave it empty");
    let oldest = typed.maybe("oldest", "Enter an age in whole years, or leave it empty");
    let takes = typed.word("takes", "Choose whom it takes")?;
    if youngest.zip(oldest).is_some_and(|(youngest, oldest): (u32, u32)| youngest > oldest) {
        typed.wrong("oldest", "The oldest age is below the youngest");
    }
    let nowhere = domain::Id::from_uuid(acting.record.id::<Terms>().uuid());
    let terms =
        Terms { id: acting.record.id(), setting: nowhere, from, places, youngest, oldest, takes, conditions: typed.text("conditions") };
    typed.is_right().then_some(terms)
}

fn page(state: &app::State, home: &SettingPage, what: What, word: &str, typed: &Typed) -> Response {
    let setting = &home.setting.fact;
    let here = format!("/homes/{}", setting.id);
    let action = format!("{here}/add/{word}");
    let trail = [("Homes", "/homes"), (setting.name.as_str(), here.as_str())];
    let heading = format!("{}: {}", what.heading(), setting.name);
    typed.page(state, Sheet { heading, trail: &trail, action: &action, button: "Save", fields: what.fields(typed) })
}

/// `GET /homes/{id}/add/{what}`
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
) -> Result<Response, Error> {
    let what = What::read(&word)?;
    let home = record::setting(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let mut values = Vec::new();
    if let (What::Terms, Some(terms)) = (what, home.terms_today()) {
        let blank = |age: Option<u32>| if age.is_some() { number(age) } else { String::new() };
        let fact = &terms.fact;
        values.extend([("places", blank(fact.places)), ("youngest", blank(fact.youngest)), ("oldest", blank(fact.oldest))]);
        values.extend([("takes", fact.takes.to_string()), ("conditions", fact.conditions.clone())]);
    }
    if matches!(what, What::Beds) {
        values.extend(dated(["from-day", "from-month", "from-year"], Some(acting.record.today())));
    }
    Ok(page(&state, &home, what, &word, &Typed::filled(&values)))
}

/// `POST /homes/{id}/add/{what}`
pub(super) async fn save(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let what = What::read(&word)?;
    let home = record::setting(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let mut typed = Typed::new(pairs);
    let saved = match what {
        What::Beds => beds(&mut typed, &acting, &home).await?,
        What::Judgement => judgement(&mut typed, &acting, &home).await?,
        What::Terms => variation(&mut typed, &acting, &home).await?,
        What::Restriction => restriction(&mut typed, &acting, &home).await?,
    };
    if saved { Ok(Redirect::to(&format!("/homes/{text}")).into_response()) } else { Ok(page(&state, &home, what, &word, &typed)) }
}

/// Adds what was typed; gives whether it was added.
async fn kept<F: record::RegisterEntry>(typed: &mut Typed, acting: &Acting, field: &'static str, fact: Option<F>) -> Result<bool, Error> {
    let Some(fact) = fact.filter(|_| typed.is_right()) else { return Ok(false) };
    let done = record::add(&acting.record, &acting.actor, acting.authority.id, &fact).await;
    Ok(!refused(typed, field, done)?)
}

fn ends_after(typed: &mut Typed, from: Option<Day>, to: Option<Day>, problem: &str) {
    if from.zip(to).is_some_and(|(from, to)| to <= from) {
        typed.wrong("to", problem);
    }
}

async fn beds(typed: &mut Typed, acting: &Acting, home: &SettingPage) -> Result<bool, Error> {
    let beds = typed.word("beds", "Enter how many beds, one at least").filter(|&beds: &u32| beds > 0);
    if beds.is_none() && typed.is_right() {
        typed.wrong("beds", "Enter how many beds, one at least");
    }
    let reason = typed.word("reason", "Choose why they cannot be used");
    let from = typed.needed_day("from", "Enter the first night");
    let to = typed.day("to");
    ends_after(typed, from, to, "The day must be after the first night");
    let (setting, note) = (home.setting.fact.id, typed.text("note"));
    let event = beds.zip(reason).zip(from).map(|((beds, reason), from)| CapacityEvent {
        id: acting.record.id(),
        setting,
        from,
        to,
        beds,
        reason,
        note,
    });
    kept(typed, acting, "beds", event).await
}

async fn judgement(typed: &mut Typed, acting: &Acting, home: &SettingPage) -> Result<bool, Error> {
    let day = typed.needed_day("day", "Enter the day of the inspection");
    let overall = typed.word("overall", "Choose the overall judgement");
    let protected = typed.maybe("protected", "Choose a grade, or leave it");
    let leaders = typed.maybe("leaders", "Choose a grade, or leave it");
    let setting = &home.setting.fact;
    let judged = day.zip(overall).map(|(day, overall)| Judgement {
        id: acting.record.id(),
        provider: setting.provider,
        setting: Some(setting.id),
        day,
        overall,
        protected,
        leaders,
    });
    kept(typed, acting, "overall", judged).await
}

async fn variation(typed: &mut Typed, acting: &Acting, home: &SettingPage) -> Result<bool, Error> {
    let from = typed.needed_day("from", "Enter the day on which the variation takes effect");
    let varied = terms(typed, acting, from.unwrap_or_else(|| acting.record.today()));
    let varied = varied.map(|terms| Terms { setting: home.setting.fact.id, ..terms });
    kept(typed, acting, "from", varied).await
}

async fn restriction(typed: &mut Typed, acting: &Acting, home: &SettingPage) -> Result<bool, Error> {
    let kind = typed.word("kind", "Choose what is stopped");
    let from = typed.needed_day("from", "Enter the first day");
    let to = typed.day("to");
    ends_after(typed, from, to, "The day must be after the first day");
    let (setting, words) = (home.setting.fact.id, typed.text("words"));
    let stopped = kind.zip(from).map(|(kind, from)| Restriction { id: acting.record.id(), setting, kind, from, to, words });
    kept(typed, acting, "kind", stopped).await
}
