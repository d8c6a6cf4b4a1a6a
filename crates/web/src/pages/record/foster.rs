//! Foster homes: the list with how many households stand at each stage, one household, adding and correcting.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::foster_home::{Care, FosterHome, Stage};
use domain::provider::Provider;
use domain::setting::Takes;
use domain::{Code, Day, Id, Value};
use maud::{Markup, html};
use service::record::access::Action;
use service::record::lists::{FosterHomeFilter, FosterHomeSort, ListedFosterHome};
use service::record::{self, CarersByEthnicity, Cursor, case};

use super::fact::{address, listing};
use super::form::{Sheet, Typed, choices, dated};
use super::home::{log, providers, refused};
use super::{Rows, id, lives};
use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{
    Align, Button, Choice, Column, Details, Field, FirstCell, InsetText, Look, Order, Pagination, Press, Select, Size, Sort as Sorting,
    SummaryList, SummaryRow, Table, TextInput,
};
use crate::page::{Page, Room, layout};
use crate::parts::{Chosen, Filter, Scroll};
use crate::{app, shown};

type Pairs = Vec<(String, String)>;

/// Rows a page.
const A_PAGE: u32 = 50;

const TRAIL: &[(&str, &str)] = &[("Homes", "/homes"), ("Foster homes", "/foster-homes")];

/// Columns that can be sorted by, with the word of the address.
const SORTS: [(&str, FosterHomeSort); 4] = [
    ("reference", FosterHomeSort::Reference),
    ("provider", FosterHomeSort::Provider),
    ("places", FosterHomeSort::Places),
    ("youngest", FosterHomeSort::Youngest),
];

/// The column that an address sorts by.
fn sorted_by(asked: &Asked) -> Result<FosterHomeSort, Error> {
    let word = asked.one("sort").unwrap_or("reference");
    let sort = SORTS.iter().find(|(name, _)| *name == word).map(|(_, sort)| *sort);
    sort.ok_or_else(|| Error::Unreadable(format!("Foster homes cannot be sorted by “{word}”.")))
}

fn read_filter(pairs: Pairs) -> Result<(Asked, FosterHomeFilter), Error> {
    let asked = Asked::new(pairs).only(&["search", "stage", "care", "sort", "after"]);
    let unreadable = |fault: domain::list::NotListed| Error::Unreadable(format!("{fault}."));
    let filter = FosterHomeFilter {
        search: asked.one("search").map(str::to_owned),
        stage: asked.one("stage").map(str::parse).transpose().map_err(unreadable)?,
        care: asked.one("care").map(str::parse).transpose().map_err(unreadable)?,
        sort: sorted_by(&asked)?,
    };
    Ok((asked, filter))
}

/// One page of the foster homes that an address asks for.
pub(crate) async fn foster_homes_listed(acting: &Acting, pairs: Pairs, limit: u32) -> Result<Rows<ListedFosterHome>, Error> {
    let (asked, filter) = read_filter(pairs)?;
    let after = asked.one("after").map(str::parse::<Cursor>).transpose();
    let after = after.map_err(|_| Error::Unreadable("No page of foster homes begins there.".to_owned()))?;
    let page = record::foster_homes(&acting.record, &acting.actor, acting.authority.id, &filter, after.as_ref(), limit).await?;
    Ok(Rows { asked, page })
}

/// `GET /foster-homes`
pub(super) async fn list(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Result<Markup, Error> {
    let Rows { asked, page } = foster_homes_listed(&acting, pairs, A_PAGE).await?;
    let (record, authority) = (&acting.record, acting.authority.id);
    let stages = record::pipeline(record, &acting.actor, authority).await?;
    let words: Vec<String> = stages.iter().map(|(stage, count)| format!("{} {count}", stage.label().to_lowercase())).collect();
    let ethnicities = record::carers_by_ethnicity(record, &acting.actor, authority).await?;
    let next = page.next.as_ref().map(|cursor| asked.with("after", &cursor.to_string()).of("/foster-homes"));
    let caption = shown::counted(page.total, "household", "households");
    let csv = asked.without("after").of("/foster-homes.csv");
    let body = html! {
        p class="govuk-body" { "All households by stage: " (words.join(", ")) "." }
        (carers(&ethnicities))
        div class="pw-filtered" {
            (panel(&asked))
            div {
                @if page.rows.is_empty() {
                    p class="govuk-body" { "No household fits these choices." }
                } @else {
                    (table(&asked, sorted_by(&asked)?, &caption, &page.rows))
                    @if asked.one("after").is_some() { p class="govuk-body" { a href=(asked.without("after").of("/foster-homes")) { "Back to the first page" } } }
                    @if let Some(next) = next { (Pagination { previous: None, items: Vec::new(), next: Some(next) }) }
                }
            }
        }
    };
    let actions = html! {
        @if acting.may(Action::HomeWrite) { (Button { text: "Add a foster home", look: Look::Primary, press: Press::Follow("/foster-homes/new") }) }
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
    };
    let trail = [("Homes", "/homes")];
    Ok(layout(Some(&state.place), &Page { room: Some(Room::Homes), trail: &trail, actions, body, ..Page::new("Foster homes") }))
}

fn panel(asked: &Asked) -> Markup {
    let (stages, cares) = (choices!(Stage), choices!(Care));
    let select = |name: &'static str, label: &'static str, values: &[(String, String)]| {
        let now = asked.one(name).unwrap_or_default();
        let all = values.iter().map(|(value, text)| Choice::new(value, text).chosen_if(now));
        let choices: Vec<Choice<'_>> = [Choice::new("", "All")].into_iter().chain(all).collect();
        html! { (Select { field: Field { size: Size::Small, ..Field::new(name, label) }, choices: &choices }) }
    };
    let fields = html! {
        (TextInput::new(Field { size: Size::Small, ..Field::new("search", "Reference, scheme or service") }, asked.one("search").unwrap_or_default()))
        (select("stage", "Stage", &stages))
        (select("care", "Approved for", &cares))
    };
    let mut tags = Vec::new();
    for (name, values) in [("search", &[][..]), ("stage", &stages[..]), ("care", &cares[..])] {
        tags.extend(asked.one(name).map(|value| {
            let text = values.iter().find(|(word, _)| word == value).map_or(value, |(_, text)| text.as_str());
            (text.to_owned(), asked.without("after").without(name).of("/foster-homes"))
        }));
    }
    let chosen: Vec<Chosen<'_>> = tags.iter().map(|(text, without)| Chosen { text, without }).collect();
    html! { (Filter { title: "Filter", action: "/foster-homes", fields, chosen: &chosen, button: "Show these households", all: "/foster-homes" }) }
}

fn table(asked: &Asked, now: FosterHomeSort, caption: &str, rows: &[ListedFosterHome]) -> Markup {
    let addresses = SORTS.map(|(word, sort)| (sort, asked.without("after").with("sort", word).of("/foster-homes")));
    let sorted = |sort: FosterHomeSort, head: &'static str, align: Align| {
        let href = addresses.iter().find(|(known, _)| *known == sort).map_or("", |(_, href)| href.as_str());
        let order = if sort == FosterHomeSort::Places { Order::Descending } else { Order::Ascending };
        Column { head, align, sort: Some(Sorting { href, now: (now == sort).then_some(order) }) }
    };
    let columns = [
        sorted(FosterHomeSort::Reference, "Household", Align::Text),
        sorted(FosterHomeSort::Provider, "Service or agency", Align::Text),
        Column::text("Stage"),
        Column::text("Approved for"),
        sorted(FosterHomeSort::Places, "Children", Align::Number),
        sorted(FosterHomeSort::Youngest, "Ages", Align::Text),
    ];
    let row = |one: &ListedFosterHome| {
        let home = &one.home;
        vec![
            html! { a href={ "/foster-homes/" (home.id) } { (home.reference) } },
            html! { (one.provider) },
            html! { (home.stage.label()) @if !home.scheme.is_empty() { span class="pw-more" { (home.scheme) } } },
            html! { (home.care.label()) },
            html! { (home.places) @if one.exemptions > 0 { span class="pw-more" { (shown::counted(u64::from(one.exemptions), "exemption", "exemptions")) } } },
            html! { (home.youngest) " to " (home.oldest) },
        ]
    };
    let rows: Vec<Vec<Markup>> = rows.iter().map(row).collect();
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}

fn written(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// `GET /foster-homes.csv`: every row of the filter. Ethnicity is shown in aggregate only (A107), so it is not in it.
pub(super) async fn csv(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let (_, filter) = read_filter(pairs)?;
    let (mut rows, mut after) = (Vec::new(), None::<Cursor>);
    loop {
        let page = record::foster_homes(&acting.record, &acting.actor, acting.authority.id, &filter, after.as_ref(), 500).await?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let headings = ["reference", "service", "stage", "enquired", "approved", "ended", "children", "age_from", "age_to", "care", "scheme"];
    let row = |one: ListedFosterHome| {
        let home = one.home;
        vec![
            home.reference,
            one.provider,
            home.stage.word().to_owned(),
            written(home.enquired),
            written(home.approved),
            written(home.ended),
            home.places.to_string(),
            home.youngest.to_string(),
            home.oldest.to_string(),
            home.care.word().to_owned(),
            home.scheme,
        ]
    };
    Ok(csv_file(&format!("foster-homes-{}", acting.record.today()), headings, rows.into_iter().map(row)))
}

/// `GET /foster-homes/{id}?as-known=2026-03-31`
pub(super) async fn show(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    let as_known = Asked::new(pairs).day("as-known")?;
    let page = record::foster_home(&acting.record, &acting.actor, acting.authority.id, id(&text)?, as_known).await?;
    let home = &page.home.fact;
    let day = |day: Option<Day>| day.map_or_else(|| "–".to_owned(), Day::long);
    let or = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    let rows = [
        SummaryRow {
            key: "Service or agency",
            value: html! { a href={ "/providers/" (page.provider.id) } { (page.provider.name) } },
            actions: &[],
        },
        SummaryRow { key: "Stage", value: html! { (home.stage.label()) }, actions: &[] },
        SummaryRow { key: "Enquired", value: html! { (day(home.enquired)) }, actions: &[] },
        SummaryRow { key: "Approved", value: html! { (day(home.approved)) }, actions: &[] },
        SummaryRow { key: "Left", value: html! { (day(home.ended)) }, actions: &[] },
        SummaryRow { key: "Approved for", value: html! { (home.care.label()) }, actions: &[] },
        SummaryRow { key: "Children", value: html! { (home.places) }, actions: &[] },
        SummaryRow { key: "Ages", value: html! { (home.youngest) " to " (home.oldest) }, actions: &[] },
        SummaryRow { key: "Whom it takes", value: html! { (home.takes.label()) }, actions: &[] },
        SummaryRow { key: "Scheme", value: html! { (or(&home.scheme)) }, actions: &[] },
        SummaryRow { key: "Skills", value: html! { (or(&home.skills)) }, actions: &[] },
    ];
    let names = record::names(&acting.record, &acting.actor, acting.authority.id).await?;
    let here = format!("/foster-homes/{text}");
    let adding = (acting.may(Action::HomeWrite) && as_known.is_none()).then_some(here.as_str());
    let body = html! {
        @if let Some(day) = as_known {
            (InsetText(html! { "As it was known at the end of " (day.long()) ". " a href={ "/foster-homes/" (text) } { "See it as it is known now" } "." }))
        }
        (SummaryList(&rows))
        p class="govuk-body" {
            "At most three children live in a foster home unless all are siblings or an exemption names them. "
            (shown::counted(page.children_tonight().len() as u64, "child lives", "children live")) " there on " (page.day.long()) ", as far as placements name the household."
        }
        @if let Err(over) = page.limit_tonight() {
            (InsetText(html! { "That is more than the law allows unless all are siblings: " (over.to_string()) ". It is recorded as it is; somebody must look at it today." }))
        }
        (lives::residents(&acting, &page, &names))
        (listing(adding, "Exemptions", &page.exemptions, &names, "No exemption is on record."))
        (listing(adding.filter(|_| acting.may(Action::ProviderWrite)), "Documents", &page.documents, &names, "No document is on record."))
        (log(&page.log))
    };
    let history = address(home.id);
    let (correct, place) = (format!("/foster-homes/{text}/correct"), format!("/foster-homes/{text}/place"));
    let actions = html! {
        @if acting.may(Action::PlacementWrite) && as_known.is_none() { (Button { text: "Place a child", look: Look::Primary, press: Press::Follow(&place) }) }
        @if acting.may(Action::HomeWrite) && as_known.is_none() { (Button { text: "Correct", look: Look::Secondary, press: Press::Follow(&correct) }) }
        (Button { text: "History", look: Look::Secondary, press: Press::Follow(&history) })
    };
    Ok(layout(
        Some(&state.place),
        &Page { room: Some(Room::Homes), trail: TRAIL, actions, body, ..Page::new(format!("Foster home {}", home.reference)) },
    ))
}

/// The word of the form for an ethnicity that nobody knows.
const NOT_KNOWN: &str = "not-known";

fn fields(typed: &Typed, providers: &[Provider], today: Day) -> Markup {
    let known = case::choices("ETHNIC", today).into_iter().map(|one| (one.code.to_string(), one.label.to_owned()));
    let ethnicities: Vec<(String, String)> = [(NOT_KNOWN.to_owned(), "Not known".to_owned())].into_iter().chain(known).collect();
    let providers: Vec<(String, String)> = providers.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    html! {
        (typed.line("reference", "Reference", Some("What the service calls the household; no name")))
        (typed.choice("provider", "Service or agency", Some("Choose"), &providers))
        (typed.choice("stage", "Stage", Some("Choose"), &choices!(Stage)))
        (typed.date("enquired", "First enquiry", Some("Empty where nobody knows")))
        (typed.date("approved", "Approved", Some("Empty before approval")))
        (typed.date("ended", "Left", Some("Empty while they foster")))
        (typed.choice("care", "Approved for, first of all", Some("Choose"), &choices!(Care)))
        (typed.figure("places", "Children at a time", None))
        (typed.figure("youngest", "Youngest age", None))
        (typed.figure("oldest", "Oldest age", None))
        (typed.choice("takes", "Whom it takes", None, &choices!(Takes)))
        (typed.line("scheme", "Scheme", None))
        (typed.line("skills", "Skills", None))
        // What stands there is shown in aggregate only (A107), and so is not filled in.
        (typed.choice("ethnicity", "Ethnicity of the main carer", Some("Leave as it is"), &ethnicities))
        (typed.line("postcode", "Postcode", Some("Empty where nobody knows")))
    }
}

/// What was typed as a household. What the form does not ask stays as it was.
fn read(typed: &mut Typed, home: Id<FosterHome>, before: Option<&FosterHome>) -> Option<FosterHome> {
    let reference = typed.needed("reference", "Enter what the service calls the household");
    let provider = typed.word("provider", "Choose the service or agency");
    let stage: Option<Stage> = typed.word("stage", "Choose the stage");
    let (enquired, approved, ended) = (typed.day("enquired"), typed.day("approved"), typed.day("ended"));
    if stage.is_some_and(Stage::is_approved) && approved.is_none() && typed.is_right() {
        typed.wrong("approved", "Enter the day of approval");
    }
    let care = typed.word("care", "Choose what it is approved for");
    let places = typed.word("places", "Enter how many children, 0 before approval");
    let youngest = typed.word("youngest", "Enter the youngest age in whole years");
    let oldest = typed.word("oldest", "Enter the oldest age in whole years");
    if youngest.zip(oldest).is_some_and(|(youngest, oldest): (u32, u32)| youngest > oldest) {
        typed.wrong("oldest", "The oldest age is below the youngest");
    }
    let takes = typed.word("takes", "Choose whom it takes");
    let ethnicity = ethnicity(typed, before);
    let postcode = typed.maybe("postcode", "Enter a postcode like NG1 5DT, or leave it empty");
    let home = FosterHome {
        id: home,
        provider: provider?,
        reference,
        stage: stage?,
        enquired,
        approved,
        ended,
        places: places?,
        youngest: youngest?,
        oldest: oldest?,
        takes: takes?,
        care: care?,
        scheme: typed.text("scheme"),
        skills: typed.text("skills"),
        ethnicity,
        postcode,
    };
    typed.is_right().then_some(home)
}

/// The ethnicity that was chosen; what was there where nothing was.
fn ethnicity(typed: &mut Typed, before: Option<&FosterHome>) -> Code {
    let chosen = typed.text("ethnicity");
    if chosen.is_empty() {
        return before.map(|known| known.ethnicity).unwrap_or_default();
    }
    if chosen == NOT_KNOWN {
        return Code::BLANK;
    }
    let code = typed.code("ethnicity", "Choose one of the list");
    if !code.is_blank() && case::words("ETHNIC", code) == code.to_string() {
        typed.wrong("ethnicity", "Choose one of the list");
    }
    code
}

/// The main carers by ethnic group, small numbers withheld.
fn carers(found: &CarersByEthnicity) -> Markup {
    let number = |value: Value| match value {
        Value::Known(count) => html! { (count) },
        other => html! { (other.words().unwrap_or_default()) },
    };
    let columns = [Column::text("Ethnic group"), Column::number("Main carers")];
    let row = |(group, count): &(&'static str, Value)| vec![html! { (group) }, number(*count)];
    let rows: Vec<Vec<Markup>> = found.groups.iter().map(row).chain([vec![html! { "All" }, number(found.total)]]).collect();
    let caption = "Main carers of approved households";
    let table = html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) };
    html! { (Details { id: None, summary: "Main carers by ethnic group", text: html! { (Scroll { label: caption, body: table }) } }) }
}

fn new_sheet(typed: &Typed, providers: &[Provider], today: Day) -> Sheet<'static> {
    let fields = fields(typed, providers, today);
    Sheet { heading: "Add a foster home".to_owned(), trail: TRAIL, action: "/foster-homes/new", button: "Add this foster home", fields }
}

/// `GET /foster-homes/new`
pub(super) async fn new(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Response, Error> {
    let typed = Typed::filled(&[("stage", "enquiry".to_owned()), ("places", "0".to_owned())]);
    Ok(typed.page(&state, new_sheet(&typed, &providers(&acting).await?, acting.record.today())))
}

/// `POST /foster-homes/new`
pub(super) async fn create(State(state): State<Arc<app::State>>, acting: Acting, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let mut typed = Typed::new(pairs);
    if let Some(home) = read(&mut typed, acting.record.id(), None) {
        let done = record::add(&acting.record, &acting.actor, acting.authority.id, &home).await;
        if !refused(&mut typed, "reference", done)? {
            return Ok(Redirect::to(&format!("/foster-homes/{}", home.id)).into_response());
        }
    }
    Ok(typed.page(&state, new_sheet(&typed, &providers(&acting).await?, acting.record.today())))
}

async fn edit_page(state: &app::State, acting: &Acting, typed: &Typed, text: &str, name: &str) -> Result<Response, Error> {
    let (here, action) = (format!("/foster-homes/{text}"), format!("/foster-homes/{text}/correct"));
    let trail = [TRAIL[0], TRAIL[1], (name, here.as_str())];
    let fields = html! {
        input type="hidden" name="version" value=(typed.text("version"));
        (fields(typed, &providers(acting).await?, acting.record.today()))
        (typed.line("reason", "Why it is corrected", Some("Somebody will ask: the words stay in the history")))
    };
    Ok(typed.page(
        state,
        Sheet { heading: format!("Correct foster home {name}"), trail: &trail, action: &action, button: "Save the correction", fields },
    ))
}

/// `GET /foster-homes/{id}/correct`
pub(super) async fn edit(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let page = record::foster_home(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let fact = &page.home.fact;
    let mut values = vec![
        ("version", page.home.version.to_string()),
        ("reference", fact.reference.clone()),
        ("provider", fact.provider.to_string()),
        ("stage", fact.stage.to_string()),
        ("care", fact.care.to_string()),
        ("places", fact.places.to_string()),
        ("youngest", fact.youngest.to_string()),
        ("oldest", fact.oldest.to_string()),
        ("takes", fact.takes.to_string()),
        ("scheme", fact.scheme.clone()),
        ("skills", fact.skills.clone()),
        ("postcode", fact.postcode.map(|postcode| postcode.to_string()).unwrap_or_default()),
    ];
    values.extend(dated(["enquired-day", "enquired-month", "enquired-year"], fact.enquired));
    values.extend(dated(["approved-day", "approved-month", "approved-year"], fact.approved));
    values.extend(dated(["ended-day", "ended-month", "ended-year"], fact.ended));
    edit_page(&state, &acting, &Typed::filled(&values), &text, &fact.reference).await
}

/// `POST /foster-homes/{id}/correct`
pub(super) async fn correct(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let page = record::foster_home(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let known = &page.home.fact;
    let mut typed = Typed::new(pairs);
    let corrected = read(&mut typed, known.id, Some(known));
    let reason = typed.needed("reason", "Say why it is corrected");
    let version = typed.text("version").parse().unwrap_or_default();
    if let Some(corrected) = corrected.filter(|_| typed.is_right()) {
        let done = record::correct_entry(&acting.record, &acting.actor, acting.authority.id, version, &corrected, &reason).await;
        if !refused(&mut typed, "reference", done)? {
            return Ok(Redirect::to(&format!("/foster-homes/{text}")).into_response());
        }
    }
    edit_page(&state, &acting, &typed, &text, &known.reference).await
}
