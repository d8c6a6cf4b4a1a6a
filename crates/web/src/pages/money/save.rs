//! Spend to save: what a scenario costs to bring about, and with what chance it pays that back (dossier A083).

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::Money;
use domain::number::chance_in_words;
use maud::{Markup, html};
use report::block::{Block, Cell, Chart, Column, Kind, Row, Table};
use report::chart::{Drawing, Line, Series, Unit, Words};
use report::html::{self as blocks, Links};
use service::forecasts::{Forecast, Request};
use service::holdings::Holding;
use service::saving::{self, OverFutures, OverTime};
use service::sheets::Sheet;

use super::ask::Ask;
use super::{Pairs, tables, without_prices};
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Button, ErrorSummary, Field, InputMode, InsetText, Look, Press, Problem, Size, SummaryList, SummaryRow, TextInput};
use crate::page::{Page, Room, layout};
use crate::pages::forecast::work::{self, Answer, Waited};
use crate::pages::forecast::{sub_navigation, without_returns};
use crate::pages::{ahead, blocks as beds, files, scenarios};
use crate::parts::Filter;
use crate::shown;

pub(crate) const PATH: &str = "/forecast/money/save";

/// What is spent on a scenario.
struct Spend {
    /// As the address has it.
    asked: Asked,
    /// Horizon, scenario, prices, rises and contracts held.
    money: Ask,
    once: Money,
    a_month: Money,
    /// What is wrong: field and sentence.
    wrong: Vec<(&'static str, String)>,
    /// Whether the address asks anything, or is an empty form.
    is_asked: bool,
}

impl Spend {
    /// Nothing where no prices are at hand.
    fn read(state: &app::State, holding: &Holding, asked: &Asked) -> Result<Option<Self>, Error> {
        let asked = asked.only(&["scenario", "once", "a_month", "months", "from", "rise", "rise_on"]);
        let Some(money) = Ask::read(state, holding, &asked)? else { return Ok(None) };
        let mut wrong = money.wrong.clone();
        let is_asked = ["scenario", "once", "a_month"].iter().any(|name| asked.one(name).is_some());
        let mut amount = |name: &'static str, wanted: &str| match asked.one(name) {
            None => Money::default(),
            Some(_) => beds::pounds(&asked, name, wanted, &mut wrong).unwrap_or_default(),
        };
        let (once, a_month) = (amount("once", "what is spent at once"), amount("a_month", "what is spent every month"));
        if is_asked && money.request.scenario.is_none() {
            wrong.insert(0, ("scenario", "Choose the scenario that the money is spent on".to_owned()));
        }
        Ok(Some(Self { asked, money, once, a_month, wrong, is_asked }))
    }

    /// The same question without the scenario.
    fn base(&self) -> Request {
        Request { scenario: None, ..self.money.request.clone() }
    }

    fn panel(&self, state: &app::State) -> Markup {
        let value = |name: &str| self.asked.one(name).unwrap_or_default();
        let field = |name, label, hint| {
            let error = self.wrong.iter().find(|(field, _)| *field == name).map(|(_, sentence)| sentence.as_str());
            Field { size: Size::Small, hint, error, ..Field::new(name, label) }
        };
        let pounds = |name, label, hint| {
            html! {
                (TextInput { width: Some(10), prefix: Some("£"), mode: InputMode::Decimal, ..TextInput::new(field(name, label, hint), value(name)) })
            }
        };
        let hint = "Counted from the first night of the forecast";
        let fields = html! {
            (scenarios::choice(state, self.asked.one("scenario")))
            (pounds("once", "Spent at once", Some(hint)))
            (pounds("a_month", "Spent every month", Some("As long as the forecast reaches")))
            (ahead::reach(&self.money.request, "How far ahead"))
            (TextInput { width: Some(5), suffix: Some("%"), mode: InputMode::Decimal, ..TextInput::new(field("rise", "Prices rise by", None), value("rise")) })
            (TextInput { width: Some(10), ..TextInput::new(field("rise_on", "on", Some("Like 2027-04-01; the next 1 April where it is empty")), value("rise_on")) })
        };
        html! { (Filter { title: "What is spent, and on what", action: PATH, fields, chosen: &[], button: "Show when it comes back", all: PATH }) }
    }
}

/// `GET /forecast/money/save?scenario=more-carers&once=120000&a_month=8000&months=36`
pub(crate) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let Some(holding) = &state.holding else { return Ok(layout(Some(&state.place), &without_returns()).into_response()) };
    let Some(spend) = Spend::read(&state, holding, &Asked::new(pairs))? else {
        return Ok(layout(Some(&state.place), &without_prices(PATH)).into_response());
    };
    if !spend.is_asked || !spend.wrong.is_empty() {
        let status = if spend.wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, layout(Some(&state.place), &form(&state, &spend))).into_response());
    }
    let here = spend.asked.of(PATH);
    let futures = |request: &Request| work::answer(&work::forecast(&state, holding, request), "The futures are being drawn", &here);
    let page = match (futures(&spend.base()), futures(&spend.money.request)) {
        (Answer::Done(base), Answer::Done(with)) => match found(&state, &spend, &base, &with) {
            Ok(found) => page(&state, &spend, &found),
            Err(Error::Unreadable(why)) => {
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, layout(Some(&state.place), &refused(&state, &spend, &why))).into_response());
            }
            Err(other) => return Err(other),
        },
        (Answer::Refused(why), _) | (_, Answer::Refused(why)) => return Err(Error::Unreadable(why)),
        (Answer::NotYet(page), _) | (_, Answer::NotYet(page)) => page,
    };
    Ok(layout(Some(&state.place), &page).into_response())
}

/// The answer to a question, for the API.
pub(crate) fn answered(state: &app::State, holding: &Arc<Holding>, asked: &Asked) -> Result<Waited<Arc<OverTime>>, Error> {
    let missing = || Error::Missing(format!("No file of prices has been given. Open {PATH} and give one."));
    let spend = Spend::read(state, holding, asked)?.ok_or_else(missing)?;
    if !spend.wrong.is_empty() || !spend.is_asked {
        let sentences: Vec<&str> = spend.wrong.iter().map(|(_, sentence)| sentence.as_str()).collect();
        let said = if sentences.is_empty() {
            "Say on which scenario how much is spent: scenario, once, a_month".to_owned()
        } else {
            sentences.join(". ")
        };
        return Err(Error::Unreadable(format!("{said}.")));
    }
    let (base, with) = (work::forecast(state, holding, &spend.base()), work::forecast(state, holding, &spend.money.request));
    match (work::wait(&base)?, work::wait(&with)?) {
        (Waited::Done(base), Waited::Done(with)) => found(state, &spend, &base, &with).map(Waited::Done),
        (Waited::Running(done, of), _) | (_, Waited::Running(done, of)) => Ok(Waited::Running(done, of)),
    }
}

/// What the service says, or said before.
fn found(state: &app::State, spend: &Spend, base: &Forecast, with: &Forecast) -> Result<Arc<OverTime>, Error> {
    let key = format!("{} {} {}", spend.money.key(), spend.once, spend.a_month);
    Ok(state.savings.find_or(key, || {
        saving::over_futures(&OverFutures {
            base: spend.money.question(base)?,
            with: with.futures()?,
            once: spend.once,
            a_month: spend.a_month,
        })
    })?)
}

/// The room before a question, or with what is wrong in one.
fn form(state: &app::State, spend: &Spend) -> Page<'static> {
    let places: Vec<String> = spend.wrong.iter().map(|(field, _)| format!("#{field}")).collect();
    let problems: Vec<Problem<'_>> = spend.wrong.iter().zip(&places).map(|((_, text), href)| Problem { text, href: Some(href) }).collect();
    let has_scenario = state.shelf.list().is_ok_and(|slugs| !slugs.is_empty());
    let body = html! {
        @if !problems.is_empty() { (ErrorSummary { description: None, problems: &problems }) }
        (sub_navigation(PATH))
        div class="pw-filtered" {
            (spend.panel(state))
            div class="pw-prose" {
                p class="govuk-body" {
                    "A recruitment team, a new home or a step-down service costs money before it saves any. Say what is spent on a scenario, and every future is "
                    "costed with and without it, with the same luck in both: what the scenario saves is set against what it costs, month by month."
                }
                p class="govuk-body" {
                    "The money is back when as much has been saved as spent, and stays so. Where spending goes on longer than saving, money that was back can be lost "
                    "again: that is said, and does not count as back."
                }
                @if !has_scenario {
                    (InsetText(html! { "No scenario is kept yet. " a href="/forecast/scenarios/write" { "Write one" } ", then come back." }))
                }
            }
        }
    };
    Page { title: "Spend to save".to_owned(), room: Some(Room::Forecast), body, ..Page::new("When does money spent come back?") }
}

/// Why nobody can say, and what to give.
fn refused(state: &app::State, spend: &Spend, why: &str) -> Page<'static> {
    let body = html! {
        (sub_navigation(PATH))
        div class="pw-filtered" {
            (spend.panel(state))
            div class="pw-prose" {
                p class="govuk-body" { (why) }
                p class="govuk-body" { "Prices in use: " (files::line(state, Sheet::Prices, &spend.asked.of(PATH))) }
            }
        }
    };
    Page { title: "Spend to save".to_owned(), room: Some(Room::Forecast), body, ..Page::new("Nobody can say when the money comes back") }
}

fn finding(found: &OverTime) -> String {
    let end = found.covers.1.plus(-1).long();
    match (found.payback.chance, found.by) {
        (None, _) => "Nothing is spent, so nothing has to come back".to_owned(),
        (Some(chance), Some(by)) => {
            format!("The money is back by {} in half of all futures, by {end} in {}", by.long(), chance_in_words(chance))
        }
        (Some(0.0), None) => format!("The money is not back by {end} in any future"),
        (Some(chance), None) => format!("The money is back by {end} in {} of futures only", chance_in_words(chance)),
    }
}

fn page(state: &app::State, spend: &Spend, found: &OverTime) -> Page<'static> {
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    let body = html! {
        (sub_navigation(PATH))
        @for warning in &found.warnings { (InsetText(html! { (warning) })) }
        div class="pw-filtered" {
            (spend.panel(state))
            div {
                (answer(spend, found))
                @if found.payback.chance.is_some() { (plain(Block::Chart(drawing(found)))) }
                (plain(Block::Table(tables::prices(&found.used, &found.missing))))
                (files::findings(&found.findings))
                (facts(state, spend, found))
            }
        }
    };
    let json = spend.asked.of("/api/v1/save");
    let actions = html! { (Button { text: "JSON", look: Look::Secondary, press: Press::Follow(&json) }) };
    let lede = html! {
        "Each of " (shown::count(found.paths as u64)) " futures costed with the scenario and without it, with the same luck in both. What is saved is the "
        "difference of the two, what is spent is as entered."
    };
    Page { title: "Spend to save".to_owned(), room: Some(Room::Forecast), lede, actions, body, ..Page::new(finding(found)) }
}

/// The answer in a few numbers.
fn answer(spend: &Spend, found: &OverTime) -> Markup {
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let net = &found.payback.net;
    let end = found.covers.1.plus(-1).long();
    let mut facts = vec![
        row("Scenario", html! { @match &spend.money.request.scenario { Some(saved) => (saved.name), None => "none" } }),
        row(
            "Spent",
            html! { (money(spend.once)) " at once and " (money(spend.a_month)) " a month: " (shown::thousands(found.spent)) " by " (end) },
        ),
        row(
            "Saved less spent by then (forecast)",
            html! { "on average " (shown::thousands(net.mean)) "; four in five futures from " (shown::thousands(net.eighty.0)) " to " (shown::thousands(net.eighty.1)) },
        ),
    ];
    if let Some(chance) = found.payback.chance {
        facts.push(row("Chance that it is back by then", html! { (chance_in_words(chance)) }));
        facts.push(row(
            "Back in half of all futures",
            html! { @match found.by { Some(day) => { "by " (day.long()) }, None => "not by then" } },
        ));
        facts.push(row("Chance that it was back and is lost again", html! { (chance_in_words(found.payback.relapse)) }));
    }
    html! { (SummaryList(&facts)) }
}

/// How likely the money is back, date by date.
fn drawing(found: &OverTime) -> Chart {
    let percent = |share: &f64| Some(share * 100.0);
    let line = Line {
        x: found.dates.iter().map(|date| date.long()).collect(),
        series: vec![Series::subject("Back by then", found.payback.back_by.iter().map(percent).collect())],
        unit: Unit::percent(0),
        ..Line::default()
    };
    let row = |(date, share): (&domain::Day, &f64)| {
        Row::new(vec![Cell::words(date.long()), Cell::number(share * 100.0, chance_in_words(*share))]).of(Kind::Forecast)
    };
    let table = Table {
        id: "back-by-numbers".to_owned(),
        caption: "Numbers in the chart".to_owned(),
        columns: vec![Column::header("By the end of"), Column::number("Share of futures")],
        rows: found.dates.iter().zip(&found.payback.back_by).map(row).collect(),
        note: None,
        source: None,
    };
    let words = Words {
        id: "back-by".to_owned(),
        title: "How likely the money is back".to_owned(),
        summary: "The share of futures in which as much has been saved as spent by each date, and stays so to the end.".to_owned(),
    };
    line.block(words, table)
}

fn facts(state: &app::State, spend: &Spend, found: &OverTime) -> Markup {
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let here = spend.asked.of(PATH);
    let facts = [
        row("Known until", html! { (spend.money.request.from.long()) }),
        row("Prices", files::line(state, Sheet::Prices, &here)),
        row("Contracts held", files::line(state, Sheet::Held, &here)),
        row("Inputs", html! { "The same inputs and question give the same numbers: " code { (&found.sha256[..16]) } }),
    ];
    html! { h2 { "What this rests on" } (SummaryList(&facts)) }
}

/// `£120,000`
fn money(money: Money) -> String {
    money.to_string().trim_end_matches(".00").to_owned()
}
