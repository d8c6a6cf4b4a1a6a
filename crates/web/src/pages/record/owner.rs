//! Owners: groups, funds and people behind providers (F17). The list, one of them, and adding one.

use std::sync::Arc;

use axum::Form as Sent;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::provider::{Owner, Ownership, is_company_number};
use domain::{Day, Id};
use maud::{Markup, html};
use service::record::access::Action;
use service::record::{self, ListedOwner, Names, OwnerSort, Versioned};

use super::fact::{Form, Pairs, Told, address};
use super::form::{Sheet, Typed};
use super::home::{log, refused};
use super::id;
use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{
    Button, Choice, Column, Field, FirstCell, Look, Pagination, Press, Select, Size, SummaryList, SummaryRow, Table, TextInput,
};
use crate::page::{Page, Room, layout};
use crate::parts::{Chosen, Filter, Scroll};
use crate::{app, shown};

const TRAIL: &[(&str, &str)] = &[("Homes", "/homes"), ("Providers", "/providers"), ("Owners", "/owners")];

/// Rows a page.
const A_PAGE: usize = 50;

const SORTS: [(&str, &str, OwnerSort); 4] = [
    ("name", "Name", OwnerSort::Name),
    ("providers", "Providers, the most first", OwnerSort::Providers),
    ("settings", "Settings, the most first", OwnerSort::Settings),
    ("places", "Places, the most first", OwnerSort::Places),
];

fn read(pairs: Pairs) -> Result<(Asked, OwnerSort), Error> {
    let asked = Asked::new(pairs).only(&["search", "sort", "from"]);
    let word = asked.one("sort").unwrap_or("name");
    let known = SORTS.iter().find(|(name, ..)| *name == word);
    let sort = known.ok_or_else(|| Error::Unreadable(format!("Owners are not listed by “{word}”.")))?.2;
    Ok((asked, sort))
}

/// The share of a whole in words; a dash where there is no whole.
fn share(part: u32, whole: u32) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1}%", 100.0 * f64::from(part) / f64::from(whole)) }
}

/// `GET /owners?search=elm&sort=places`
pub(super) async fn list(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Result<Markup, Error> {
    let (asked, sort) = read(pairs)?;
    let owners = record::owners(&acting.record, &acting.actor, acting.authority.id, asked.one("search"), sort).await?;
    let from = asked.number::<usize>("from")?.unwrap_or_default().min(owners.rows.len());
    let to = owners.rows.len().min(from + A_PAGE);
    let next = (to < owners.rows.len()).then(|| asked.with("from", &to.to_string()).of("/owners"));
    let caption = format!("{} on {}", shown::counted(owners.rows.len() as u64, "owner", "owners"), acting.record.today().long());
    let csv = asked.without("from").of("/owners.csv");
    let body = html! {
        p class="govuk-body" {
            "Open homes, agencies and services have " (owners.places) " registered places. Of " (share(owners.unowned, owners.places)) " of them nobody says whose they are."
        }
        div class="pw-filtered" {
            (panel(&asked))
            div {
                @if owners.rows.is_empty() {
                    p class="govuk-body" { "No owner fits these choices." }
                } @else {
                    (table(&caption, &owners.rows[from..to], owners.places))
                    @if from > 0 { p class="govuk-body" { a href=(asked.without("from").of("/owners")) { "Back to the first page" } } }
                    @if let Some(next) = next { (Pagination { previous: None, items: Vec::new(), next: Some(next) }) }
                }
            }
        }
    };
    let actions = html! {
        @if acting.may(Action::ProviderWrite) { (Button { text: "Add an owner", look: Look::Primary, press: Press::Follow("/owners/new") }) }
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
    };
    Ok(layout(Some(&state.place), &Page { room: Some(Room::Homes), trail: &TRAIL[..2], actions, body, ..Page::new("Owners") }))
}

fn panel(asked: &Asked) -> Markup {
    let now = asked.one("sort").unwrap_or("name");
    let sorts: Vec<Choice<'_>> = SORTS.iter().map(|(word, text, _)| Choice::new(word, text).chosen_if(now)).collect();
    let fields = html! {
        (TextInput::new(Field { size: Size::Small, ..Field::new("search", "Name") }, asked.one("search").unwrap_or_default()))
        (Select { field: Field { size: Size::Small, ..Field::new("sort", "Sort by") }, choices: &sorts })
    };
    let tag = asked.one("search").map(|words| (words.to_owned(), asked.without("from").without("search").of("/owners")));
    let chosen: Vec<Chosen<'_>> = tag.iter().map(|(text, without)| Chosen { text, without }).collect();
    html! { (Filter { title: "Filter", action: "/owners", fields, chosen: &chosen, button: "Show these owners", all: "/owners" }) }
}

fn table(caption: &str, rows: &[ListedOwner], places: u32) -> Markup {
    let columns = [
        Column::text("Owner"),
        Column::text("Company number"),
        Column::number("Providers"),
        Column::number("Settings"),
        Column::number("Places"),
        Column::number("Share of all places"),
    ];
    let row = |one: &ListedOwner| {
        vec![
            html! { a href={ "/owners/" (one.owner.id) } { (one.owner.name) } },
            html! { (one.owner.company) },
            html! { (one.providers) },
            html! { (one.settings) },
            html! { (one.places) },
            html! { (share(one.places, places)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = rows.iter().map(row).collect();
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}

/// `GET /owners.csv`: every row of the filter.
pub(super) async fn csv(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let (asked, sort) = read(pairs)?;
    let owners = record::owners(&acting.record, &acting.actor, acting.authority.id, asked.one("search"), sort).await?;
    let row = |one: ListedOwner| {
        let counts = [one.providers, one.settings, one.places].map(|count| count.to_string());
        [vec![one.owner.name, one.owner.company.to_string()], counts.to_vec()].concat()
    };
    let headings = ["owner", "company_number", "providers", "settings", "places"];
    Ok(csv_file(&format!("owners-{}", acting.record.today()), headings, owners.rows.into_iter().map(row)))
}

/// `GET /owners/{id}`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Markup, Error> {
    let page = record::owner(&acting.record, &acting.actor, acting.authority.id, id(&text)?).await?;
    let (owner, today) = (&page.owner.fact, &page.today);
    let company = if owner.company.is_blank() { "not written down".to_owned() } else { owner.company.to_string() };
    let has = format!(
        "{}, {} with {}",
        shown::counted(u64::from(today.providers), "provider", "providers"),
        shown::counted(u64::from(today.settings), "setting", "settings"),
        shown::counted(u64::from(today.places), "registered place", "registered places")
    );
    let rows = [
        SummaryRow { key: "Company number", value: html! { (company) }, actions: &[] },
        SummaryRow { key: "Has today", value: html! { (has) }, actions: &[] },
    ];
    let row = |(known, name): &(Versioned<Ownership>, String)| {
        let fact = &known.fact;
        vec![
            html! { a href={ "/providers/" (fact.provider) } { (name) } },
            html! { a href=(address(fact.id)) { (fact.from.long()) } },
            html! { (fact.to.map_or_else(|| "goes on".to_owned(), Day::long)) },
        ]
    };
    let listed: Vec<Vec<Markup>> = page.ownerships.iter().map(row).collect();
    let (columns, caption) = (["Provider", "From", "To"].map(Column::text), "Providers that are or were theirs");
    let body = html! {
        (SummaryList(&rows))
        h2 class="govuk-heading-m" { "Providers" }
        @if listed.is_empty() {
            p class="govuk-body" { "None is or was theirs, as far as the record knows." }
        } @else {
            (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &listed }) } })
        }
        (log(&page.log))
    };
    let here = address(owner.id);
    let correct = format!("{here}/correct");
    let actions = html! {
        @if acting.may(Action::ProviderWrite) { (Button { text: "Correct", look: Look::Secondary, press: Press::Follow(&correct) }) }
        (Button { text: "History", look: Look::Secondary, press: Press::Follow(&here) })
    };
    Ok(layout(Some(&state.place), &Page { room: Some(Room::Homes), trail: TRAIL, actions, body, ..Page::new(owner.name.clone()) }))
}

impl Told for Owner {
    const ROOM: &'static str = "/providers";
    const WORD: &'static str = "owner";
    const TITLE: &'static str = "Owner";

    fn told(&self, _: &Names) -> Vec<(&'static str, String)> {
        vec![("Name", self.name.clone()), ("Company number", self.company.to_string())]
    }

    fn page(&self) -> String {
        format!("/owners/{}", self.id)
    }

    fn list(&self) -> String {
        "/owners".to_owned()
    }
}

impl Form for Owner {
    type Whole = ();
    const FIRST: &'static str = "name";

    fn whole(&self) -> Self::Whole {}

    fn filled(&self) -> Vec<(&'static str, String)> {
        vec![("name", self.name.clone()), ("company", self.company.to_string())]
    }

    fn fields(typed: &Typed, _: &Names, (): Self::Whole) -> Markup {
        fields(typed)
    }

    fn read(typed: &mut Typed, id: Id<Self>, (): Self::Whole, _: &Names) -> Option<Self> {
        typed_owner(typed, id)
    }
}

fn fields(typed: &Typed) -> Markup {
    html! {
        (typed.line("name", "Name", Some("The group, fund or person behind providers")))
        (typed.line("company", "Company number", Some("Eight characters, like 01234567; empty where there is none")))
    }
}

fn typed_owner(typed: &mut Typed, id: Id<Owner>) -> Option<Owner> {
    let name = typed.needed("name", "Enter the owner’s name");
    let company = typed.code("company", "A company number has eight characters");
    if !company.is_blank() && !is_company_number(company) {
        typed.wrong("company", "A company number has eight figures, or two letters and six figures");
    }
    typed.is_right().then_some(Owner { id, name, company })
}

fn sheet(typed: &Typed) -> Sheet<'static> {
    Sheet { heading: "Add an owner".to_owned(), trail: TRAIL, action: "/owners/new", button: "Add this owner", fields: fields(typed) }
}

/// `GET /owners/new`
pub(super) async fn new(State(state): State<Arc<app::State>>, _: Acting) -> Response {
    let typed = Typed::filled(&[]);
    typed.page(&state, sheet(&typed))
}

/// `POST /owners/new`
pub(super) async fn create(State(state): State<Arc<app::State>>, acting: Acting, Sent(pairs): Sent<Pairs>) -> Result<Response, Error> {
    let mut typed = Typed::new(pairs);
    if let Some(owner) = typed_owner(&mut typed, acting.record.id()) {
        let done = record::add(&acting.record, &acting.actor, acting.authority.id, &owner).await;
        if !refused(&mut typed, "name", done)? {
            return Ok(Redirect::to(&format!("/owners/{}", owner.id)).into_response());
        }
    }
    Ok(typed.page(&state, sheet(&typed)))
}
