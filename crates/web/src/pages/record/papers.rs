//! The register of all documents: of providers, of their homes and of foster homes.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::Day;
use domain::document::Kind;
use maud::{Markup, html};
use service::record::{self, DocumentFilter, DocumentSort, DocumentState, ListedDocument};

use super::fact::{Pairs, address};
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

/// Rows a page.
const A_PAGE: usize = 50;

/// Columns that can be sorted by, with the word of the address.
const SORTS: [(&str, DocumentSort); 3] =
    [("runs-out", DocumentSort::RunsOut), ("kind", DocumentSort::Kind), ("provider", DocumentSort::Provider)];

const STATES: [(&str, &str, DocumentState); 3] =
    [("all", "All", DocumentState::All), ("holds", "Hold today", DocumentState::Holds), ("run-out", "Have run out", DocumentState::RunOut)];

fn read(pairs: Pairs) -> Result<(Asked, DocumentFilter), Error> {
    let asked = Asked::new(pairs).only(&["search", "kind", "state", "sort", "from"]);
    let (word, state) = (asked.one("sort").unwrap_or("runs-out"), asked.one("state").unwrap_or("all"));
    let sort = SORTS.iter().find(|(name, _)| *name == word).map(|(_, sort)| *sort);
    let which = STATES.iter().find(|(name, ..)| *name == state).map(|(.., state)| *state);
    let filter = DocumentFilter {
        search: asked.one("search").map(str::to_owned),
        kind: asked
            .one("kind")
            .map(str::parse)
            .transpose()
            .map_err(|fault: domain::list::NotListed| Error::Unreadable(format!("{fault}.")))?,
        state: which.ok_or_else(|| Error::Unreadable(format!("“{state}” is none of all, holds and run-out.")))?,
        sort: sort.ok_or_else(|| Error::Unreadable(format!("Documents cannot be sorted by “{word}”.")))?,
    };
    Ok((asked, filter))
}

/// `GET /documents/all?kind=insurance&state=run-out`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Result<Markup, Error> {
    let (asked, filter) = read(pairs)?;
    let all = record::documents(&acting.record, &acting.actor, acting.authority.id, &filter).await?;
    let from = asked.number::<usize>("from")?.unwrap_or_default().min(all.len());
    let to = all.len().min(from + A_PAGE);
    let next = (to < all.len()).then(|| asked.with("from", &to.to_string()).of("/documents/all"));
    let caption = shown::counted(all.len() as u64, "document", "documents");
    let csv = asked.without("from").of("/documents/all.csv");
    let body = html! {
        div class="pw-filtered" {
            (panel(&asked))
            div {
                @if all.is_empty() {
                    p class="govuk-body" { "No document fits these choices. One is added on the page of the provider, the home or the foster home that it is about." }
                } @else {
                    (table(&asked, filter.sort, (&caption, acting.record.today()), &all[from..to]))
                    @if from > 0 { p class="govuk-body" { a href=(asked.without("from").of("/documents/all")) { "Back to the first page" } } }
                    @if let Some(next) = next { (Pagination { previous: None, items: Vec::new(), next: Some(next) }) }
                }
            }
        }
    };
    let actions = html! {
        (Button { text: "What runs out", look: Look::Secondary, press: Press::Follow("/documents") })
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
    };
    let trail = [("Homes", "/homes"), ("Providers", "/providers"), ("Documents", "/documents")];
    Ok(layout(Some(&state.place), &Page { room: Some(Room::Homes), trail: &trail, actions, body, ..Page::new("All documents") }))
}

fn panel(asked: &Asked) -> Markup {
    let kinds = choices!(Kind);
    let now = |name: &str| asked.one(name).unwrap_or_default().to_owned();
    let (kind_now, state_now) = (now("kind"), asked.one("state").unwrap_or("all"));
    let known = kinds.iter().map(|(value, text)| Choice::new(value, text).chosen_if(&kind_now));
    let of_kinds: Vec<Choice<'_>> = [Choice::new("", "All")].into_iter().chain(known).collect();
    let states: Vec<Choice<'_>> = STATES.iter().map(|(word, text, _)| Choice::new(word, text).chosen_if(state_now)).collect();
    let search = Field { size: Size::Small, ..Field::new("search", "Name, number, provider or home") };
    let fields = html! {
        (TextInput::new(search, &now("search")))
        (Select { field: Field { size: Size::Small, ..Field::new("kind", "What it is") }, choices: &of_kinds })
        (Select { field: Field { size: Size::Small, ..Field::new("state", "Which") }, choices: &states })
    };
    let states: Vec<(String, String)> = STATES.iter().map(|(word, text, _)| ((*word).to_owned(), (*text).to_owned())).collect();
    let mut tags = Vec::new();
    for (name, values) in [("search", &[][..]), ("kind", &kinds[..]), ("state", &states[..])] {
        tags.extend(asked.one(name).filter(|value| *value != "all").map(|value| {
            let text = values.iter().find(|(word, _)| word == value).map_or(value, |(_, text)| text.as_str());
            (text.to_owned(), asked.without("from").without(name).of("/documents/all"))
        }));
    }
    let chosen: Vec<Chosen<'_>> = tags.iter().map(|(text, without)| Chosen { text, without }).collect();
    html! { (Filter { title: "Filter", action: "/documents/all", fields, chosen: &chosen, button: "Show these documents", all: "/documents/all" }) }
}

fn table(asked: &Asked, now: DocumentSort, (caption, today): (&str, Day), rows: &[ListedDocument]) -> Markup {
    let addresses = SORTS.map(|(word, sort)| (sort, asked.without("from").with("sort", word).of("/documents/all")));
    let sorted = |sort: DocumentSort, head: &'static str| {
        let href = addresses.iter().find(|(known, _)| *known == sort).map_or("", |(_, href)| href.as_str());
        Column { head, align: Align::Text, sort: Some(Sorting { href, now: (now == sort).then_some(Order::Ascending) }) }
    };
    let columns = [
        sorted(DocumentSort::Kind, "What it is"),
        sorted(DocumentSort::Provider, "Whose"),
        Column::text("About"),
        Column::text("Holds from"),
        sorted(DocumentSort::RunsOut, "Runs out"),
    ];
    let row = |one: &ListedDocument| {
        let fact = &one.document.fact;
        let about = one.about.as_deref().unwrap_or_default();
        vec![
            html! { a href=(address(fact.id)) { (fact.kind.label()) } span class="pw-more" { (fact.title) } },
            html! { a href={ "/providers/" (fact.provider) } { (one.provider) } },
            html! {
                @match (fact.setting, fact.foster_home) {
                    (Some(setting), _) => a href={ "/homes/" (setting) } { (about) },
                    (None, Some(home)) => a href={ "/foster-homes/" (home) } { (about) },
                    (None, None) => "the provider",
                }
            },
            html! { (fact.from.long()) },
            html! {
                @match fact.to {
                    Some(to) => { (to.long()) @if to <= today { span class="pw-more" { "Has run out" } } }
                    None => "does not",
                }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = rows.iter().map(row).collect();
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}

/// `GET /documents/all.csv`: every row of the filter.
pub(super) async fn csv(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let (_, filter) = read(pairs)?;
    let all = record::documents(&acting.record, &acting.actor, acting.authority.id, &filter).await?;
    let row = |one: ListedDocument| {
        let fact = one.document.fact;
        let to = fact.to.map(|day| day.to_string()).unwrap_or_default();
        vec![fact.kind.word().to_owned(), fact.title, one.provider, one.about.unwrap_or_default(), fact.from.to_string(), to]
    };
    let headings = ["kind", "title", "provider", "about", "from", "runs_out"];
    Ok(csv_file(&format!("all-documents-{}", acting.record.today()), headings, all.into_iter().map(row)))
}
