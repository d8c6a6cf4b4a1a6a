//! One home: what it is, what stands about it, its beds tonight, its history; adding one and correcting it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Day;
use domain::provider::Provider;
use domain::setting::{Kind, Registration, Setting, Takes, Terms};
use maud::{Markup, html};
use service::record::access::Action;
use service::record::lists::ProviderFilter;
use service::record::{self, Names, SettingPage, Versioned};

use super::child::did;
use super::fact::{address, listing};
use super::form::{Sheet, Typed, choices, dated};
use super::{id, number, word};
use crate::app;
use crate::asked::Asked;
use crate::door::{Acting, reader};
use crate::error::Error;
use crate::govuk::{Button, Column, FirstCell, InsetText, Look, Press, Size, SummaryList, SummaryRow, Table};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;

type Pairs = Vec<(String, String)>;

const TRAIL: &[(&str, &str)] = &[("Homes", "/homes")];

/// `GET /homes/{id}?as-known=2026-03-31`
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    let as_known = Asked::new(pairs).day("as-known")?;
    let page = record::setting(&acting.record, &acting.actor, acting.authority.id, id(&text)?, as_known).await?;
    let setting = &page.setting.fact;
    let writes = acting.may(Action::HomeWrite) && as_known.is_none();
    let tonight = page.tonight().beds;
    let add = |what: &str| format!("/homes/{text}/add/{what}");
    let told = word::told(&acting).await?;
    let section = |heading: &str, what: &str, words: &str, body: Markup| {
        html! {
            h2 class="govuk-heading-m" { (heading) }
            (body)
            @if writes { p class="govuk-body" { a href=(add(what)) { (words) } } }
        }
    };
    let names = record::names(&acting.record, &acting.actor, acting.authority.id).await?;
    let here = format!("/homes/{text}");
    let adding = (acting.may(Action::ProviderWrite) && as_known.is_none()).then_some(here.as_str());
    let body = html! {
        @if let Some(day) = as_known {
            (InsetText(html! { "As it was known at the end of " (day.long()) ". " a href={ "/homes/" (text) } { "See it as it is known now" } "." }))
        }
        (facts(&page))
        h2 class="govuk-heading-m" { "Beds on " (page.day.long()) }
        p class="govuk-body" {
            "Registered " (number(tonight.registered)) ", staffed " (number(tonight.staffed)) ", usable " (number(tonight.usable))
            ", occupied " (tonight.occupied) ", held " (tonight.held) "; available " (number(tonight.available)) ". "
            (tonight.open.label()) ". " a href={ "/homes/" (text) "/beds" } { "See the nights ahead" } "."
        }
        @if tonight.over() > 0 {
            (InsetText(html! { "More children live here than it is registered for. That is recorded as it is; somebody must look at it today." }))
        }
        (super::place::held(&acting, &text).await?)
        (section("Beds that cannot be used", "beds", "Say that beds cannot be used", events(&page)))
        (word::note(&told, &page.events, &Names::default()))
        (section("Judgements", "judgement", "Add a judgement", judgements(&page)))
        (section("What its registration allows", "terms", "Add a variation", terms(&page)))
        (section("What is stopped", "restriction", "Add a restriction", restrictions(&page)))
        (listing(adding, "Documents", &page.documents, &names, "No document is on record."))
        @if !page.registrations.is_empty() {
            h2 class="govuk-heading-m" { "Other registrations of this home" }
            ul class="govuk-list govuk-list--bullet" {
                @for other in &page.registrations { li { a href={ "/homes/" (other.fact.id) } { (other.fact.name) " " (other.fact.urn) } } }
            }
        }
        (log(&page.log))
    };
    let known = format!("/homes/{text}/history");
    let correct = format!("/homes/{text}/correct");
    let place = format!("/homes/{text}/place");
    let actions = html! {
        @if acting.may(Action::PlacementWrite) && as_known.is_none() { (Button { text: "Place a child", look: Look::Primary, press: Press::Follow(&place) }) }
        @if writes { (Button { text: "Correct", look: Look::Secondary, press: Press::Follow(&correct) }) }
        (Button { text: "History", look: Look::Secondary, press: Press::Follow(&known) })
    };
    let lede = html! { (setting.kind.label()) " of " a href={ "/providers/" (page.provider.id) } { (page.provider.name) } ". " (page.judged()) "." };
    Ok(layout(Some(&state.place), &Page { room: Some(Room::Homes), trail: TRAIL, lede, actions, body, ..Page::new(setting.name.clone()) }))
}

fn facts(page: &SettingPage) -> Markup {
    let setting = &page.setting.fact;
    let day = |day: Option<Day>| day.map_or_else(|| "not known".to_owned(), Day::long);
    let area = setting.area.map_or_else(|| "not known".to_owned(), |area| area.to_string());
    let rows = [
        SummaryRow { key: "Ofsted's number", value: html! { @if setting.urn.is_blank() { "none" } @else { (setting.urn) } }, actions: &[] },
        SummaryRow { key: "Registration", value: html! { (setting.registration.label()) }, actions: &[] },
        SummaryRow { key: "Open since", value: html! { (day(setting.opened)) }, actions: &[] },
        SummaryRow { key: "Closed", value: html! { @match setting.closed { Some(day) => (day.long()), None => "no" } }, actions: &[] },
        SummaryRow { key: "Lies in authority number", value: html! { (area) }, actions: &[] },
        SummaryRow {
            key: "Postcode",
            value: html! { @match setting.postcode { Some(postcode) => (postcode), None => "not known" } },
            actions: &[],
        },
    ];
    html! { (SummaryList(&rows)) }
}

/// A table of dated facts, or a sentence where there are none.
fn table(caption: &str, columns: &[Column<'_>], rows: &[Vec<Markup>], none: &str) -> Markup {
    html! {
        @if rows.is_empty() {
            p class="govuk-body" { (none) }
        } @else {
            (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns, first: FirstCell::Data, rows }) } })
        }
    }
}

fn to(day: Option<Day>) -> Markup {
    html! { @match day { Some(day) => (day.long()), None => "goes on" } }
}

fn events(page: &SettingPage) -> Markup {
    let columns = [Column::text("First night"), Column::text("Usable again"), Column::number("Beds"), Column::text("Why")];
    let rows: Vec<Vec<Markup>> = page
        .events
        .iter()
        .rev()
        .map(|known| {
            let fact = &known.fact;
            vec![
                html! { a href=(address(fact.id)) { (fact.from.long()) } },
                to(fact.to),
                html! { (fact.beds) },
                html! { (fact.reason.label()) @if !fact.note.is_empty() { span class="pw-more" { (fact.note) } } },
            ]
        })
        .collect();
    table("Beds that cannot be used", &columns, &rows, "Nobody has said that beds cannot be used.")
}

fn judgements(page: &SettingPage) -> Markup {
    let columns = ["Inspected", "Overall", "Helped and protected", "Leaders and managers"].map(Column::text);
    let grade = |grade: Option<domain::judgement::Grade>| grade.map_or("–", domain::judgement::Grade::label);
    let rows: Vec<Vec<Markup>> = page
        .judgements
        .iter()
        .rev()
        .map(|known| {
            let fact = &known.fact;
            vec![
                html! { a href=(address(fact.id)) { (fact.day.long()) } },
                html! { (fact.overall.label()) },
                html! { (grade(fact.protected)) },
                html! { (grade(fact.leaders)) },
            ]
        })
        .collect();
    table("Judgements", &columns, &rows, "Not yet inspected, as far as the record knows. That is not the same as good.")
}

fn terms(page: &SettingPage) -> Markup {
    let columns =
        [Column::text("From"), Column::number("Places"), Column::text("Ages"), Column::text("Whom it takes"), Column::text("Conditions")];
    let rows: Vec<Vec<Markup>> = page
        .terms
        .iter()
        .rev()
        .map(|known| {
            let fact = &known.fact;
            vec![
                html! { a href=(address(fact.id)) { (fact.from.long()) } },
                html! { (number(fact.places)) },
                html! { (number(fact.youngest)) " to " (number(fact.oldest)) },
                html! { (fact.takes.label()) },
                html! { (fact.conditions) },
            ]
        })
        .collect();
    table("What its registration allows", &columns, &rows, "Nobody wrote down how many places it is registered for.")
}

fn restrictions(page: &SettingPage) -> Markup {
    let columns = ["From", "Lifted", "What", "In its own words"].map(Column::text);
    let rows: Vec<Vec<Markup>> = page
        .restrictions
        .iter()
        .rev()
        .map(|known| {
            let fact = &known.fact;
            vec![
                html! { a href=(address(fact.id)) { (fact.from.long()) } },
                html! { @match fact.to { Some(day) => (day.long()), None => "in force" } },
                html! { (fact.kind.label()) },
                html! { (fact.words) },
            ]
        })
        .collect();
    table("What is stopped", &columns, &rows, "Nothing is stopped.")
}

/// Who changed it, newest first.
pub(in crate::pages) fn log(entries: &[record::Entry]) -> Markup {
    let columns = ["When", "Who", "What", "Why"].map(Column::text);
    let when = |entry: &record::Entry| reader().map_or_else(|| entry.at.to_string(), |acting| acting.said(entry.at));
    let row = |entry: &record::Entry| {
        vec![html! { (when(entry)) }, html! { (entry.who) }, html! { (did(entry.action)) }, html! { (entry.reason) }]
    };
    let rows: Vec<Vec<Markup>> = entries.iter().map(row).collect();
    html! {
        h2 class="govuk-heading-m" { "Who changed it" }
        (table("Who changed it, newest first", &columns, &rows, "It came with a register or an import, and nobody has changed it since."))
    }
}

/// `GET /homes/{id}/history`: every version, and the way to any day.
pub(super) async fn history(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Markup, Error> {
    let whole = id::<Setting>(&text)?;
    let versions: Vec<Versioned<Setting>> = record::history(&acting.record, &acting.actor, acting.authority.id, whole).await?;
    let name = versions.last().map(|known| known.fact.name.clone()).ok_or(Error::NotFound)?;
    let columns = ["Recorded", "Name", "Registration", "Open since", "Closed"].map(Column::text);
    let day = |day: Option<Day>| day.map_or_else(|| "–".to_owned(), Day::long);
    let row = |known: &Versioned<Setting>| {
        let recorded = acting.record.day(known.recorded_at.timestamp());
        vec![
            html! { a href={ "/homes/" (text) "?as-known=" (recorded) } { (recorded.long()) } },
            html! { (known.fact.name) },
            html! { (known.fact.registration.label()) },
            html! { (day(known.fact.opened)) },
            html! { (day(known.fact.closed)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = versions.iter().rev().map(row).collect();
    let body = html! {
        p class="govuk-body" { "Nothing is overwritten: each row is what the record said until the row above it. A date leads to the whole home as it was known at that day's end." }
        (table("Versions of this home", &columns, &rows, ""))
        p class="govuk-body" { a href=(address(whole)) { "Everything that each version says, and taking it back" } }
    };
    let here = format!("/homes/{text}");
    let trail = [("Homes", "/homes"), (name.as_str(), here.as_str())];
    Ok(layout(Some(&state.place), &Page { room: Some(Room::Homes), trail: &trail, body, ..Page::new(format!("History of {name}")) }))
}

/// Names of the providers, to choose from.
pub(super) async fn providers(acting: &Acting) -> Result<Vec<Provider>, Error> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let filter = ProviderFilter::default();
        let page = record::providers(&acting.record, &acting.actor, acting.authority.id, &filter, after.as_ref(), 500).await?;
        all.extend(page.rows.into_iter().map(|one| one.provider));
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(all),
        }
    }
}

/// The fields that a home has, new or corrected.
fn fields(typed: &Typed, providers: &[Provider]) -> Markup {
    let providers: Vec<(String, String)> = providers.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    html! {
        (typed.line("name", "Name", None))
        (typed.choice("provider", "Provider", Some("Choose a provider"), &providers))
        (typed.choice("kind", "What it is", Some("Choose a kind"), &choices!(Kind)))
        (typed.line("urn", "Ofsted's number", Some("Five to eight figures; empty where there is none")))
        (typed.choice("registration", "Registration", Some("Choose"), &choices!(Registration)))
        (typed.date("opened", "Open, or on the register, since", Some("Empty where nobody knows")))
        (typed.date("closed", "Closed on", Some("Empty while it is open")))
        (typed.figure("area", "The Department's number of the authority in which it lies", Some("Three figures, like 892; empty where nobody knows")))
        (typed.line("postcode", "Postcode", None))
    }
}

/// What was typed as a home; whatever is missing is said.
fn read(typed: &mut Typed, setting: domain::Id<Setting>, before: Option<domain::Id<Setting>>) -> Option<Setting> {
    let name = typed.needed("name", "Enter the home's name");
    let provider = typed.word("provider", "Choose the provider");
    let kind = typed.word("kind", "Choose what it is");
    let urn = typed.code("urn", "Ofsted's number has five to eight figures");
    let registration = typed.word("registration", "Choose the state of its registration");
    let (opened, closed) = (typed.day("opened"), typed.day("closed"));
    let area = typed.maybe("area", "Enter three figures, or leave it empty");
    let postcode = typed.maybe("postcode", "Enter a postcode like NG1 5DT, or leave it empty");
    if opened.zip(closed).is_some_and(|(opened, closed)| closed <= opened) {
        typed.wrong("closed", "A home closes after it opened");
    }
    let setting = Setting {
        id: setting,
        provider: provider?,
        urn,
        kind: kind?,
        name,
        area,
        postcode,
        registration: registration?,
        opened,
        closed,
        before,
    };
    if !setting.has_sound_number() {
        typed.wrong("urn", "Ofsted's number has five to eight figures; leave it empty where there is none");
    }
    typed.is_right().then_some(setting)
}

/// Whether the use case refused what was typed: then the words go to the form.
pub(super) fn refused(typed: &mut Typed, field: &'static str, done: Result<(), service::Error>) -> Result<bool, Error> {
    match done {
        Ok(()) => Ok(false),
        Err(service::Error::Unusable(words)) => {
            typed.wrong(field, words.trim_end_matches('.'));
            Ok(true)
        }
        Err(other) => Err(other.into()),
    }
}

fn new_sheet(typed: &Typed, providers: &[Provider]) -> Sheet<'static> {
    let fields = html! {
        (fields(typed, providers))
        (typed.figure("places", "Registered places", Some("Empty for agencies and services")))
        (typed.figure("youngest", "Youngest age", None))
        (typed.figure("oldest", "Oldest age", None))
        (typed.choice("takes", "Whom it takes", None, &choices!(Takes)))
        (typed.line("conditions", "Conditions of the registration", None))
    };
    Sheet { heading: "Add a home".to_owned(), trail: TRAIL, action: "/homes/new", button: "Add this home", fields }
}

/// `GET /homes/new`
pub(super) async fn new(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Response, Error> {
    let typed = Typed::filled(&[("registration", "held".to_owned())]);
    Ok(typed.page(&state, new_sheet(&typed, &providers(&acting).await?)))
}

/// `POST /homes/new`
pub(super) async fn create(State(state): State<Arc<app::State>>, acting: Acting, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let mut typed = Typed::new(pairs);
    let setting = read(&mut typed, acting.record.id(), None);
    let from = setting.as_ref().and_then(|setting| setting.opened).unwrap_or_else(|| acting.record.today());
    let nowhere = domain::Id::from_uuid(acting.record.id::<Terms>().uuid());
    let terms = super::add::allowed(&mut typed, acting.record.id(), setting.as_ref().map_or(nowhere, |setting| setting.id), Some(from));
    let (record, authority) = (&acting.record, acting.authority.id);
    if let (Some(setting), Some(terms)) = (setting, terms) {
        let done = record::add_home(record, &acting.actor, authority, &setting, &terms).await;
        if !refused(&mut typed, "name", done)? {
            return Ok(Redirect::to(&format!("/homes/{}", setting.id)).into_response());
        }
    }
    Ok(typed.page(&state, new_sheet(&typed, &providers(&acting).await?)))
}

async fn edit_page(state: &app::State, acting: &Acting, typed: &Typed, home: &str, name: &str) -> Result<Response, Error> {
    let here = format!("/homes/{home}");
    let action = format!("/homes/{home}/correct");
    let trail = [("Homes", "/homes"), (name, here.as_str())];
    let fields = html! {
        input type="hidden" name="version" value=(typed.text("version"));
        (fields(typed, &providers(acting).await?))
        (typed.line("reason", "Why it is corrected", Some("Somebody will ask: the words stay in the history")))
    };
    Ok(typed
        .page(state, Sheet { heading: format!("Correct {name}"), trail: &trail, action: &action, button: "Save the correction", fields }))
}

/// `GET /homes/{id}/correct`
pub(super) async fn edit(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let page = record::setting(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let known = &page.setting;
    let fact = &known.fact;
    let mut values = vec![
        ("version", known.version.to_string()),
        ("name", fact.name.clone()),
        ("provider", fact.provider.to_string()),
        ("kind", fact.kind.to_string()),
        ("urn", fact.urn.to_string()),
        ("registration", fact.registration.to_string()),
        ("area", fact.area.map(|area| area.to_string()).unwrap_or_default()),
        ("postcode", fact.postcode.map(|postcode| postcode.to_string()).unwrap_or_default()),
    ];
    values.extend(dated(["opened-day", "opened-month", "opened-year"], fact.opened));
    values.extend(dated(["closed-day", "closed-month", "closed-year"], fact.closed));
    edit_page(&state, &acting, &Typed::filled(&values), &text, &fact.name).await
}

/// `POST /homes/{id}/correct`
pub(super) async fn correct(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let page = record::setting(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let known = &page.setting.fact;
    let mut typed = Typed::new(pairs);
    let corrected = read(&mut typed, known.id, known.before);
    let reason = typed.needed("reason", "Say why it is corrected");
    let version = typed.text("version").parse().unwrap_or_default();
    if let Some(corrected) = corrected.filter(|_| typed.is_right()) {
        let done = record::correct_entry(&acting.record, &acting.actor, acting.authority.id, version, &corrected, &reason).await;
        if !refused(&mut typed, "name", done)? {
            return Ok(Redirect::to(&format!("/homes/{text}")).into_response());
        }
    }
    edit_page(&state, &acting, &typed, &text, &known.name).await
}
