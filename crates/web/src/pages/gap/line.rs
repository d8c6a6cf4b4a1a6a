//! One line of the gap: how need and supply were made up, and what would close it.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::number::chance_in_words;
use domain::supply::Vehicle;
use maud::{Markup, html};
use report::block::{Block, Cell, Column, Kind, Row, Table, Text};
use report::html::{self as blocks, Links};
use service::forecasts::Spread;
use service::gaps::{self, Area, Counted, Found, Line};

use super::ask::{Ask, fact};
use super::{PATH, begin, no_homes, tables};
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{SummaryList, SummaryRow};
use crate::page::{Page, Room, layout};
use crate::pages::forecast::work::{self, Answer};
use crate::shown;

/// The way down to a line.
const TRAIL: &[(&str, &str)] = &[("Forecast", "/forecast"), ("Gap", PATH)];

/// `GET /gap/line?months=24&home=…&ages=…&need=…&notice=…&area=…`
pub(crate) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let ask = Ask::read(&state, holding, &Asked::new(pairs))?.ok_or_else(no_homes)?;
    let page = match work::answer(&begin(&state, holding, &ask), "Need is being set against homes", &ask.asked.of("/gap/line")) {
        Answer::Done(found) => {
            let wanted = |line: &&Line| {
                ["home", "ages", "need", "notice"].iter().all(|field| ask.asked.one(field) == Some(&fact(line, field)))
                    && line.area == ask.area
            };
            let line = found.gap.lines.iter().find(wanted).ok_or_else(|| {
                Error::Missing("No child is expected to need such a home on that day, so the gap has no such line. Go back to the gap and choose one of its lines.".to_owned())
            })?;
            let homes = gaps::counted(holding, &ask.question(), ask.scenario(), &found.gap, line)?;
            page(&ask, &found, line, &homes)
        }
        Answer::NotYet(page) => page,
        Answer::Refused(why) => return Err(Error::Unreadable(why)),
    };
    Ok(layout(Some(&state.place), &page).into_response())
}

fn page(ask: &Ask, found: &Found, line: &Line, homes: &[Counted]) -> Page<'static> {
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    let body = html! {
        h2 { "What would close it" }
        @if line.ways.is_empty() {
            p class="govuk-body" { "Nothing needs closing: nine of ten futures have enough." }
        } @else {
            ol class="govuk-list govuk-list--number" { @for &way in &line.ways { li { (gaps::way(way, line)) } } }
            p class="govuk-body" { "Together these leave nine of ten futures without a shortfall. A person decides which is right for the children." }
        }
        h2 { "How need was made up" }
        (need(found, line))
        h2 { "How supply was made up" }
        (supply(found, line))
        (plain(Block::Table(table(line, homes))))
    };
    let gap = ask.asked.without("ages").without("need").without("notice").without("home").of(PATH);
    let heading = format!("{} {}", tables::name(line), said(line));
    let lede = html! {
        @match line.area { Area::Inside => "Against homes in the area. ", Area::Anywhere => "Against homes anywhere. " }
        a href=(gap) { "Back to every line" }
    };
    Page { title: "A line of the gap".to_owned(), room: Some(Room::Forecast), trail: TRAIL, lede, body, ..Page::new(heading) }
}

fn said(line: &Line) -> String {
    let date = line.date.long();
    if line.shortfall.median >= 0.5 {
        format!("most likely {} short on {date}", tables::whole(line.shortfall.median))
    } else {
        format!("a chance of {} to be short on {date}", chance_in_words(line.chance))
    }
}

fn band(spread: &Spread) -> Markup {
    html! {
        "most likely near " (tables::whole(spread.median)) "; four in five futures from " (tables::whole(spread.eighty.0)) " to "
        (tables::whole(spread.eighty.1)) ", nineteen in twenty from " (tables::whole(spread.ninety_five.0)) " to " (tables::whole(spread.ninety_five.1))
    }
}

fn need(found: &Found, line: &Line) -> Markup {
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let elsewhere = tables::elsewhere(found, line);
    let other = if line.area == Area::Inside { "Anywhere" } else { "In the area" };
    let facts = [
        row("On", html! { (line.date.long()) ", the worst date up to " (found.gap.date.long()) }),
        row("Children (forecast)", band(&line.need)),
        row("Left without (forecast)", band(&line.shortfall)),
        row("Chance of any shortfall", html! { (chance_in_words(line.chance)) }),
        row(
            "First more likely short than not",
            html! { @match line.short_from { Some(day) => { "on " (day.long()) }, None => "not by then" } },
        ),
        row(
            other,
            html! { @match elsewhere { Some(line) => { "a chance of " (chance_in_words(line.chance)) " to be short" }, None => "not worked out" } },
        ),
    ];
    html! {
        (SummaryList(&facts))
        p class="govuk-body" {
            "How many and how old is counted in the futures of the forecast; how much care and how soon is that of the children of about that age who lived in such homes on "
            (found.from.long()) ". " (tables::constrained(found))
        }
    }
}

fn supply(found: &Found, line: &Line) -> Markup {
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let by = |vehicle: Vehicle| line.by_vehicle[vehicle as usize];
    let share = shown::share_of(found.gap.terms.shares[line.home as usize]);
    let shared =
        |vehicle: Vehicle| html! { (shown::count(by(vehicle).into())) ", counted at the " (share) " that comes to this authority" };
    let facts = [
        row("Registered places", html! { (shown::count(line.registered.into())) }),
        row("Usable by this authority", html! { (shown::count(line.usable.into())) }),
        row("Of them its own", html! { (shown::count(by(Vehicle::Own).into())) }),
        row("Bought in block", html! { (shown::count(by(Vehicle::Block).into())) }),
        row("Under a framework", shared(Vehicle::Framework)),
        row("On the spot", shared(Vehicle::Spot)),
    ];
    html! {
        (SummaryList(&facts))
        p class="govuk-body" { "A home that takes several ages or needs stands in several lines, but a place is given to one child only: so lines are not added up." }
    }
}

/// The homes behind the number.
fn table(line: &Line, homes: &[Counted]) -> Table {
    let number = |value: u32| Cell::number(value.into(), shown::count(value.into()));
    let row = |home: &Counted| {
        let name = if home.setting.is_empty() { "not named" } else { &home.setting };
        Row::new(vec![
            Cell::words(name),
            Cell::words(&home.kind),
            Cell::words(format!("{} to {}", home.ages.0, home.ages.1)),
            number(home.registered),
            number(home.usable),
            Cell::number(home.part * 100.0, shown::share_of(home.part)),
            Cell::words(home.vehicle.word()),
            Cell::words(if home.area == Area::Inside { "inside" } else { "elsewhere" }),
            Cell::words(home.to.map_or_else(|| "–".to_owned(), domain::Day::long)),
        ])
    };
    let note = if homes.is_empty() {
        "The file names no home that could take such a child."
    } else {
        "Usable before what other authorities take of shared homes. Of ordinary homes so many places count for complex need as children there have it today."
    };
    Table {
        id: "homes".to_owned(),
        caption: format!("Homes that could take such a child on {}", line.date.long()),
        columns: vec![
            Column::header("Home"),
            Column::words("Kind"),
            Column::words("Ages"),
            Column::number("Registered"),
            Column::number("Usable"),
            Column::number("Counted for this need"),
            Column::words("How it is had"),
            Column::words("Area"),
            Column::words("Ends"),
        ],
        rows: homes.iter().map(row).map(|row| row.of(Kind::Actual)).collect(),
        note: Some(Text::plain(note)),
        source: Some(format!("The file of homes; line of {}", line.home.name())),
    }
}
