//! A home's beds night by night: a calendar that is a table, with what it says in words above it.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use domain::Day;
use domain::capacity::{Night, Occupancy};
use maud::{Markup, html};
use service::record;

use super::{id, number};
use crate::asked::Asked;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Button, Column, FirstCell, Look, Press, Size, Table};
use crate::page::{Page, Room, layout};
use crate::parts::{Bar, Scroll};
use crate::{app, shown};

type Pairs = Vec<(String, String)>;

/// Nights shown at a time: four weeks.
pub(super) const NIGHTS: i32 = 28;

/// `GET /homes/{id}/beds?from=2026-04-01`
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    let from = Asked::new(pairs).day("from")?.unwrap_or_else(|| acting.record.today());
    let home = record::setting(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let name = &home.setting.fact.name;
    let nights = home.nights(from, from.plus(NIGHTS));
    let here = format!("/homes/{text}");
    let (earlier, later) = (format!("{here}/beds?from={}", from.plus(-NIGHTS)), format!("{here}/beds?from={}", from.plus(NIGHTS)));
    let body = html! {
        p class="govuk-body" { (words(&nights)) }
        (table(&nights))
        p class="govuk-body" {
            "A night belongs to the day on which it begins: the day on which a child leaves is not a night there. Staffed beds are the registered ones less those "
            "without staff; usable ones less everything that is blocked. Nights to come count who lives there now and has no planned end."
        }
    };
    let actions = html! {
        (Button { text: "Four weeks earlier", look: Look::Secondary, press: Press::Follow(&earlier) })
        (Button { text: "Four weeks later", look: Look::Secondary, press: Press::Follow(&later) })
    };
    let trail = [("Homes", "/homes"), (name.as_str(), here.as_str())];
    let heading = format!("Beds of {name}, {} to {}", from.long(), from.plus(NIGHTS - 1).long());
    Ok(layout(
        Some(&state.place),
        &Page { title: format!("Beds of {name}"), room: Some(Room::Homes), trail: &trail, actions, body, ..Page::new(heading) },
    ))
}

/// What the table says, in sentences.
pub(super) fn words(nights: &[Night]) -> String {
    let occupancy = Occupancy::over(nights);
    let share = |share: Option<f64>| share.map_or_else(|| "not known".to_owned(), shown::share_of);
    let free = nights.iter().filter(|night| night.beds.available.unwrap_or(0) > 0).count() as u64;
    let first = nights.iter().find(|night| night.beds.available.unwrap_or(0) > 0).map(|night| night.day);
    let over = nights.iter().filter(|night| night.beds.over() > 0).count() as u64;
    let over = if over > 0 {
        format!(" On {} more children live there than it is registered for.", shown::counted(over, "night", "nights"))
    } else {
        String::new()
    };
    format!(
        "A bed is available on {} of {}{}. Occupancy is {} of registered beds and {} of usable ones.{over}",
        shown::counted(free, "night", "nights"),
        nights.len(),
        first.map_or_else(String::new, |day: Day| format!(", the first being {}", day.long())),
        share(occupancy.of_registered()),
        share(occupancy.of_usable()),
    )
}

pub(super) fn table(nights: &[Night]) -> Markup {
    let columns = [
        Column::text("Night of"),
        Column::number("Registered"),
        Column::number("Staffed"),
        Column::number("Usable"),
        Column::number("Occupied"),
        Column::number("Held"),
        Column::number("Available"),
        Column::text("Why beds are blocked"),
    ];
    let row = |night: &Night| {
        let beds = &night.beds;
        let blocked: Vec<String> =
            night.blocked.iter().map(|(reason, beds)| format!("{beds}: {}", reason.label().to_lowercase())).collect();
        vec![
            html! { (night.day.long()) @if beds.open != domain::capacity::Open::Open { span class="pw-more" { (beds.open.label()) } } },
            html! { (number(beds.registered)) },
            html! { (number(beds.staffed)) },
            html! { (number(beds.usable)) },
            html! { (Bar { part: u64::from(beds.occupied), whole: u64::from(beds.registered.unwrap_or(0)) }) (beds.occupied) },
            html! { (beds.held) },
            html! { (number(beds.available)) },
            html! { (blocked.join("; ")) },
        ]
    };
    let rows: Vec<Vec<Markup>> = nights.iter().map(row).collect();
    let caption = "Beds night by night";
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}
