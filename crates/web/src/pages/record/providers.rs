//! The list of providers.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::provider::{Sector, Status};
use maud::{Markup, html};
use service::record::access::Action;
use service::record::lists::{ListedProvider, ProviderFilter, ProviderSort};
use service::record::{self, Cursor};

use super::Rows;
use super::form::choices;
use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{
    Align, Button, Choice, Column, Field, FirstCell, Look, Order, Pagination, Press, Select, Size, Sort as Sorting, Table, TextInput,
};
use crate::page::{Page, Room, layout};
use crate::parts::{Chosen, Filter, Scroll};
use crate::{app, shown};

type Pairs = Vec<(String, String)>;

/// Rows a page.
const A_PAGE: u32 = 50;

/// Columns that can be sorted by, with the word of the address.
const SORTS: [(&str, ProviderSort); 3] =
    [("name", ProviderSort::Name), ("settings", ProviderSort::Settings), ("places", ProviderSort::Places)];

/// The column that an address sorts by.
fn sorted_by(asked: &Asked) -> Result<ProviderSort, Error> {
    let word = asked.one("sort").unwrap_or("name");
    let sort = SORTS.iter().find(|(name, _)| *name == word).map(|(_, sort)| *sort);
    sort.ok_or_else(|| Error::Unreadable(format!("Providers cannot be sorted by “{word}”.")))
}

fn read(pairs: Pairs) -> Result<(Asked, ProviderFilter), Error> {
    let asked = Asked::new(pairs).only(&["search", "sector", "status", "sort", "after"]);
    let unreadable = |fault: domain::list::NotListed| Error::Unreadable(format!("{fault}."));
    let filter = ProviderFilter {
        search: asked.one("search").map(str::to_owned),
        sector: asked.one("sector").map(str::parse).transpose().map_err(unreadable)?,
        status: asked.one("status").map(str::parse).transpose().map_err(unreadable)?,
        sort: sorted_by(&asked)?,
    };
    Ok((asked, filter))
}

/// The page that begins where an address says.
fn after(asked: &Asked) -> Result<Option<Cursor>, Error> {
    asked.one("after").map(str::parse).transpose().map_err(|_| Error::Unreadable("No page of providers begins there.".to_owned()))
}

/// One page of the providers that an address asks for.
pub(crate) async fn providers_listed(acting: &Acting, pairs: Pairs, limit: u32) -> Result<Rows<ListedProvider>, Error> {
    let (asked, filter) = read(pairs)?;
    let after = after(&asked)?;
    let page = record::providers(&acting.record, &acting.actor, acting.authority.id, &filter, after.as_ref(), limit).await?;
    Ok(Rows { asked, page })
}

/// `GET /providers`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Result<Markup, Error> {
    let Rows { asked, page } = providers_listed(&acting, pairs, A_PAGE).await?;
    let next = page.next.as_ref().map(|cursor| asked.with("after", &cursor.to_string()).of("/providers"));
    let caption = format!("{} on {}", shown::counted(page.total, "provider", "providers"), acting.record.today().long());
    let csv = asked.without("after").of("/providers.csv");
    let body = html! {
        div class="pw-filtered" {
            (panel(&asked))
            div {
                @if page.rows.is_empty() {
                    p class="govuk-body" { "No provider fits these choices." }
                } @else {
                    (table(&asked, sorted_by(&asked)?, &caption, &page.rows))
                    @if asked.one("after").is_some() { p class="govuk-body" { a href=(asked.without("after").of("/providers")) { "Back to the first page" } } }
                    @if let Some(next) = next { (Pagination { previous: None, items: Vec::new(), next: Some(next) }) }
                }
            }
        }
    };
    let actions = html! {
        @if acting.may(Action::ProviderWrite) { (Button { text: "Add a provider", look: Look::Primary, press: Press::Follow("/providers/new") }) }
        (Button { text: "Owners", look: Look::Secondary, press: Press::Follow("/owners") })
        (Button { text: "Documents", look: Look::Secondary, press: Press::Follow("/documents") })
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
    };
    let trail = [("Homes", "/homes")];
    Ok(layout(Some(&state.place), &Page { room: Some(Room::Homes), trail: &trail, actions, body, ..Page::new("Providers") }))
}

fn panel(asked: &Asked) -> Markup {
    let (sectors, statuses) = (choices!(Sector), choices!(Status));
    let select = |name: &'static str, label: &'static str, values: &[(String, String)]| {
        let now = asked.one(name).unwrap_or_default();
        let all = values.iter().map(|(value, text)| Choice::new(value, text).chosen_if(now));
        let choices: Vec<Choice<'_>> = [Choice::new("", "All")].into_iter().chain(all).collect();
        html! { (Select { field: Field { size: Size::Small, ..Field::new(name, label) }, choices: &choices }) }
    };
    let fields = html! {
        (TextInput::new(Field { size: Size::Small, ..Field::new("search", "Name or owner") }, asked.one("search").unwrap_or_default()))
        (select("sector", "Sector", &sectors))
        (select("status", "Status", &statuses))
    };
    let mut tags = Vec::new();
    for (name, values) in [("search", &[][..]), ("sector", &sectors[..]), ("status", &statuses[..])] {
        tags.extend(asked.one(name).map(|value| {
            let text = values.iter().find(|(word, _)| word == value).map_or(value, |(_, text)| text.as_str());
            (text.to_owned(), asked.without("after").without(name).of("/providers"))
        }));
    }
    let chosen: Vec<Chosen<'_>> = tags.iter().map(|(text, without)| Chosen { text, without }).collect();
    html! { (Filter { title: "Filter", action: "/providers", fields, chosen: &chosen, button: "Show these providers", all: "/providers" }) }
}

fn table(asked: &Asked, now: ProviderSort, caption: &str, rows: &[ListedProvider]) -> Markup {
    let addresses = SORTS.map(|(word, sort)| (sort, asked.without("after").with("sort", word).of("/providers")));
    let sorted = |sort: ProviderSort, head: &'static str, align: Align| {
        let href = addresses.iter().find(|(known, _)| *known == sort).map_or("", |(_, href)| href.as_str());
        let order = if sort == ProviderSort::Name { Order::Ascending } else { Order::Descending };
        Column { head, align, sort: Some(Sorting { href, now: (now == sort).then_some(order) }) }
    };
    let columns = [
        sorted(ProviderSort::Name, "Provider", Align::Text),
        Column::text("Owner"),
        Column::text("Sector"),
        Column::text("Status"),
        sorted(ProviderSort::Settings, "Settings", Align::Number),
        sorted(ProviderSort::Places, "Places", Align::Number),
    ];
    let row = |one: &ListedProvider| {
        let provider = &one.provider;
        vec![
            html! { a href={ "/providers/" (provider.id) } { (provider.name) } },
            html! { (one.owner.clone().unwrap_or_else(|| "–".to_owned())) },
            html! { (provider.sector.label()) },
            html! { (provider.status.label()) },
            html! { (one.settings) },
            html! { (one.places) },
        ]
    };
    let rows: Vec<Vec<Markup>> = rows.iter().map(row).collect();
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}

/// `GET /providers.csv`: every row of the filter, on all pages.
pub(super) async fn csv(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let (_, filter) = read(pairs)?;
    let (mut rows, mut after) = (Vec::new(), None::<Cursor>);
    loop {
        let page = record::providers(&acting.record, &acting.actor, acting.authority.id, &filter, after.as_ref(), 500).await?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let row = |one: ListedProvider| {
        let provider = one.provider;
        vec![
            provider.name,
            provider.legal_name,
            provider.company.to_string(),
            one.owner.unwrap_or_default(),
            provider.sector.word().to_owned(),
            provider.status.word().to_owned(),
            one.settings.to_string(),
            one.places.to_string(),
        ]
    };
    let headings = ["provider", "legal_name", "company_number", "owner", "sector", "status", "settings", "places"];
    Ok(csv_file(&format!("providers-{}", acting.record.today()), headings, rows.into_iter().map(row)))
}
