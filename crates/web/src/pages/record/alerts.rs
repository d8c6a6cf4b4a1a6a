//! What somebody must look at, and what was done about it: the register of alerts, open and resolved.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::alert::{Alert, Kind};
use domain::lodging::Place;
use maud::{Markup, html};
use service::record::access::Action;
use service::record::lists::{AlertFilter, AlertSort, ListedAlert, WhichAlerts};
use service::record::{self, Cursor, Page};

use super::form::{Sheet, Typed, choices};
use super::{Rows, id};
use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{
    Align, Button, Choice, Column, Field, FirstCell, Look, Order, Pagination, Press, Select, Size, Sort as Sorting, SummaryList,
    SummaryRow, Table, TextInput,
};
use crate::page::{Page as Shown, Room, layout};
use crate::parts::{Chosen, Filter, Scroll};
use crate::{app, shown};

type Pairs = Vec<(String, String)>;

/// Rows a page.
const A_PAGE: u32 = 50;

/// Columns that can be sorted by, with the word of the address.
const SORTS: [(&str, AlertSort); 3] = [("due", AlertSort::Due), ("since", AlertSort::Since), ("home", AlertSort::Home)];

/// What the address asks for.
struct Question {
    asked: Asked,
    filter: AlertFilter,
    sort: AlertSort,
    after: Option<Cursor>,
}

impl Question {
    fn read(pairs: Pairs) -> Result<Self, Error> {
        let asked = Asked::new(pairs).only(&["search", "kind", "which", "sort", "after"]);
        let which = match asked.one("which") {
            None | Some("open") => WhichAlerts::Open,
            Some("resolved") => WhichAlerts::Resolved,
            Some("all") => WhichAlerts::All,
            Some(other) => return Err(Error::Unreadable(format!("“{other}” is none of open, resolved and all."))),
        };
        let kind = asked.one("kind").map(str::parse).transpose();
        let kind = kind.map_err(|fault: domain::list::NotListed| Error::Unreadable(format!("{fault}.")))?;
        let filter = AlertFilter { search: asked.one("search").map(str::to_owned), kind, which };
        let sort = match asked.one("sort") {
            None => AlertSort::Due,
            Some(word) => {
                let known = SORTS.iter().find(|(name, _)| *name == word).map(|(_, sort)| *sort);
                known.ok_or_else(|| Error::Unreadable(format!("Alerts cannot be sorted by “{word}”.")))?
            }
        };
        let after = asked.one("after").map(str::parse).transpose();
        let after = after.map_err(|_| Error::Unreadable("No page of alerts begins there.".to_owned()))?;
        Ok(Self { asked, filter, sort, after })
    }

    async fn page(&self, acting: &Acting, after: Option<&Cursor>, limit: u32) -> Result<Page<ListedAlert>, Error> {
        let (actor, authority) = (&acting.actor, acting.authority.id);
        Ok(record::alert_register(&acting.record, actor, authority, &self.filter, self.sort, after, limit).await?)
    }
}

/// One page of the alerts that an address asks for.
pub(crate) async fn alerts_listed(acting: &Acting, pairs: Pairs, limit: u32) -> Result<Rows<ListedAlert>, Error> {
    let question = Question::read(pairs)?;
    let page = question.page(acting, question.after.as_ref(), limit).await?;
    Ok(Rows { asked: question.asked, page })
}

/// `GET /homes/alerts`: the most urgent first. Whose child it is stands there for those alone who may see the child.
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Result<Markup, Error> {
    let question = Question::read(pairs)?;
    let page = question.page(&acting, question.after.as_ref(), A_PAGE).await?;
    let which = match question.filter.which {
        WhichAlerts::Open => "open",
        WhichAlerts::Resolved => "resolved",
        WhichAlerts::All => "in all",
    };
    let counted = shown::counted(page.total, "alert", "alerts");
    let caption = format!("{counted} {which} on {}", acting.record.today().long());
    let next = page.next.as_ref().map(|cursor| question.asked.with("after", &cursor.to_string()).of("/homes/alerts"));
    let csv = question.asked.without("after").of("/homes/alerts.csv");
    let body = html! {
        div class="pw-filtered" {
            (panel(&question))
            div {
                @if page.rows.is_empty() {
                    p class="govuk-body" { @if question.filter == AlertFilter::default() { "Nothing is open." } @else { "No alert fits these choices." } }
                } @else {
                    (table(&question, &caption, &page.rows, acting.may(Action::AlertResolve)))
                    @if question.after.is_some() { p class="govuk-body" { a href=(question.asked.without("after").of("/homes/alerts")) { "Back to the first page" } } }
                    @if let Some(next) = next { (Pagination { previous: None, items: Vec::new(), next: Some(next) }) }
                }
            }
        }
    };
    let actions = html! { (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) }) };
    let heading = if question.filter.which == WhichAlerts::Open { format!("{counted} to look at") } else { format!("{counted} {which}") };
    let trail = [("Homes", "/homes")];
    Ok(layout(
        Some(&state.place),
        &Shown { title: "Alerts".to_owned(), room: Some(Room::Homes), trail: &trail, actions, body, ..Shown::new(heading) },
    ))
}

fn panel(question: &Question) -> Markup {
    let select = |name: &'static str, label: &'static str, first: &'static str, values: &[(String, String)]| {
        let now = question.asked.one(name).unwrap_or_default();
        let all = values.iter().map(|(value, text)| Choice::new(value, text).chosen_if(now));
        let choices: Vec<Choice<'_>> = [Choice::new("", first)].into_iter().chain(all).collect();
        html! { (Select { field: Field { size: Size::Small, ..Field::new(name, label) }, choices: &choices }) }
    };
    let kinds = choices!(Kind);
    let which = [("resolved", "Resolved"), ("all", "Open and resolved")].map(|(word, text)| (word.to_owned(), text.to_owned()));
    let fields = html! {
        (TextInput::new(Field { size: Size::Small, ..Field::new("search", "Home, or what happened") }, question.asked.one("search").unwrap_or_default()))
        (select("kind", "What it is about", "All", &kinds))
        (select("which", "Which", "Open", &which))
    };
    let mut tags = Vec::new();
    for (name, values) in [("search", &[][..]), ("kind", &kinds[..]), ("which", &which[..])] {
        tags.extend(question.asked.one(name).map(|value| {
            let text = values.iter().find(|(word, _)| word == value).map_or(value, |(_, text)| text.as_str());
            (text.to_owned(), question.asked.without("after").without(name).of("/homes/alerts"))
        }));
    }
    let chosen: Vec<Chosen<'_>> = tags.iter().map(|(text, without)| Chosen { text, without }).collect();
    html! { (Filter { title: "Filter", action: "/homes/alerts", fields, chosen: &chosen, button: "Show these alerts", all: "/homes/alerts" }) }
}

fn table(question: &Question, caption: &str, rows: &[ListedAlert], resolves: bool) -> Markup {
    let addresses = SORTS.map(|(word, sort)| (sort, question.asked.without("after").with("sort", word).of("/homes/alerts")));
    let sorted = |sort: AlertSort, head: &'static str| {
        let href = addresses.iter().find(|(known, _)| *known == sort).map_or("", |(_, href)| href.as_str());
        let order = if sort == AlertSort::Since { Order::Descending } else { Order::Ascending };
        Column { head, align: Align::Text, sort: Some(Sorting { href, now: (question.sort == sort).then_some(order) }) }
    };
    let columns = [
        sorted(AlertSort::Due, "Look at it by"),
        sorted(AlertSort::Since, "Since"),
        sorted(AlertSort::Home, "What happened"),
        Column::text("Child"),
        Column::text("Who is to"),
        Column::text("What was done"),
    ];
    let row = |one: &ListedAlert| {
        let alert = &one.alert.fact;
        vec![
            html! { (alert.due.long()) },
            html! { (alert.since.long()) },
            html! {
                @if resolves && alert.resolved.is_none() { a href={ "/homes/alerts/" (alert.id) } { (alert.words) } } @else { (alert.words) }
                span class="pw-more" {
                    (alert.kind.label())
                    @match alert.place() {
                        Some(Place::Setting(home)) => { " · " a href={ "/homes/" (home) } { (one.setting) } }
                        Some(Place::FosterHome(home)) => { " · " a href={ "/foster-homes/" (home) } { (one.setting) } }
                        None => { " · in a home that is on no register" }
                    }
                }
            },
            html! { @match (&one.child, alert.child) { (Some(reference), _) => (reference), (None, Some(_)) => "A child", (None, None) => "–" } },
            html! { (one.owner.clone().unwrap_or_else(|| alert.role.words().to_owned())) },
            html! { @match alert.resolved { Some(day) => { (day.long()) span class="pw-more" { (alert.outcome) } } None => "Open" } },
        ]
    };
    let rows: Vec<Vec<Markup>> = rows.iter().map(row).collect();
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Data, rows: &rows }) } }) }
}

/// `GET /homes/alerts.csv`: every row of the filter, on all pages.
pub(super) async fn csv(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let question = Question::read(pairs)?;
    let (mut rows, mut after) = (Vec::new(), None::<Cursor>);
    loop {
        let page = question.page(&acting, after.as_ref(), 500).await?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let row = |one: ListedAlert| {
        let alert = one.alert.fact;
        vec![
            alert.since.to_string(),
            alert.due.to_string(),
            alert.kind.word().to_owned(),
            one.setting,
            one.child.unwrap_or_default(),
            alert.words,
            one.owner.unwrap_or_else(|| alert.role.name().to_owned()),
            alert.resolved.map(|day| day.to_string()).unwrap_or_default(),
            alert.outcome,
        ]
    };
    let headings = ["since", "due", "kind", "home", "child", "what", "owner", "resolved", "outcome"];
    Ok(csv_file(&format!("alerts-{}", acting.record.today()), headings, rows.into_iter().map(row)))
}

async fn find(acting: &Acting, text: &str) -> Result<ListedAlert, Error> {
    let wanted = id::<Alert>(text)?;
    let open = record::alerts(&acting.record, &acting.actor, acting.authority.id).await?;
    open.into_iter().find(|one| one.alert.fact.id == wanted).ok_or_else(|| Error::Missing("This alert is not open any more.".to_owned()))
}

fn sheet<'a>(one: &ListedAlert, typed: &Typed, action: &'a str) -> Sheet<'a> {
    let alert = &one.alert.fact;
    let child = match (&one.child, alert.child) {
        (Some(reference), _) => reference.as_str(),
        (None, Some(_)) => "A child whose case is not open to you",
        (None, None) => "None",
    };
    let home = html! {
        @match alert.place() {
            Some(Place::Setting(home)) => { a href={ "/homes/" (home) } { (one.setting) } }
            Some(Place::FosterHome(home)) => { a href={ "/foster-homes/" (home) } { (one.setting) } }
            None => "A home that is on no register"
        }
    };
    let fields = html! {
        p class="govuk-body" { (alert.words) "." }
        (SummaryList(&[
            SummaryRow { key: "Child", value: html! { (child) }, actions: &[] },
            SummaryRow { key: "Home", value: home, actions: &[] },
            SummaryRow { key: "Since", value: html! { (alert.since.long()) }, actions: &[] },
            SummaryRow { key: "Due", value: html! { (alert.due.long()) }, actions: &[] },
        ]))
        (typed.area("outcome", "What was done", Some("Who was spoken to, what was decided for the child, by whom")))
    };
    Sheet {
        heading: "Resolve an alert".to_owned(),
        trail: &[("Homes", "/homes"), ("Alerts", "/homes/alerts")],
        action,
        button: "Resolve it",
        fields,
    }
}

/// `GET /homes/alerts/{id}`
pub(super) async fn one(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let one = find(&acting, &text).await?;
    let typed = Typed::filled(&[]);
    Ok(typed.page(&state, sheet(&one, &typed, &format!("/homes/alerts/{text}"))))
}

/// `POST /homes/alerts/{id}`
pub(super) async fn resolve(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let one = find(&acting, &text).await?;
    let mut typed = Typed::new(pairs);
    let outcome = typed.needed("outcome", "Say what was done");
    if !typed.is_right() {
        return Ok(typed.page(&state, sheet(&one, &typed, &format!("/homes/alerts/{text}"))));
    }
    record::resolve(&acting.record, &acting.actor, acting.authority.id, one.alert.fact.id, &outcome).await?;
    Ok(Redirect::to("/homes/alerts").into_response())
}
