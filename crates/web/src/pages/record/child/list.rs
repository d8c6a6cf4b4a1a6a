//! The list of children whose cases somebody may open, and finding one by its reference.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Code, Day};
use maud::{Markup, html};
use service::record::access::Action;
use service::record::{self, Cursor, case};

use super::super::Rows;
use super::super::form::{Sheet, Typed};
use super::Pairs;
use super::show::place;
use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{
    Align, Button, Choice, Column, Field, FirstCell, Look, Order, Pagination, Press, Select, Size, Sort as Sorting, Table, Tag, Tone,
};
use crate::page::{Page, Room, layout};
use crate::parts::{Chosen, Filter, Scroll};
use crate::{app, shown};

/// Rows a page.
const A_PAGE: u32 = 50;

/// Columns that can be sorted by, with the word of the address.
const SORTS: [(&str, case::Sort); 3] = [("reference", case::Sort::Reference), ("born", case::Sort::Born), ("since", case::Sort::Since)];

/// Age groups (dossier B5) with their first and last completed year.
const AGES: [(&str, &str, u32, Option<u32>); 5] = [
    ("0", "Under 1", 0, Some(0)),
    ("1-4", "1 to 4", 1, Some(4)),
    ("5-9", "5 to 9", 5, Some(9)),
    ("10-15", "10 to 15", 10, Some(15)),
    ("16", "16 and over", 16, None),
];

const WHICH: [(&str, &str, case::Which); 4] = [
    ("care", "In care", case::Which::InCare),
    ("short-breaks", "In short breaks", case::Which::ShortBreaks),
    ("left", "In neither", case::Which::Left),
    ("all", "All on record", case::Which::All),
];

/// What the address asks for.
struct Question {
    asked: Asked,
    list: case::Question,
    after: Option<Cursor>,
}

/// Our groups of codes as words of an address: `fostering-kin`.
fn slug(group: &str) -> String {
    group.replace(' ', "-")
}

fn group(set: &str, word: Option<&str>) -> Result<Option<Vec<Code>>, Error> {
    let Some(word) = word else { return Ok(None) };
    let found = case::groups(set).into_iter().find(|(group, _)| slug(group) == word);
    found
        .map(|(_, codes)| Some(codes))
        .ok_or_else(|| Error::Unreadable(format!("“{word}” is no group of children’s homes or legal statuses.")))
}

impl Question {
    fn read(pairs: Pairs, today: Day) -> Result<Self, Error> {
        let asked = Asked::new(pairs).only(&["which", "age", "lives", "legal", "sort", "after"]);
        let which = match asked.one("which") {
            None => case::Which::InCare,
            Some(word) => {
                let known = WHICH.iter().find(|(name, ..)| *name == word).map(|(.., which)| *which);
                known.ok_or_else(|| Error::Unreadable(format!("“{word}” is none of care, short-breaks, left and all.")))?
            }
        };
        let ages = match asked.one("age") {
            None => None,
            Some(word) => {
                let known = AGES.iter().find(|(name, ..)| *name == word).map(|&(.., first, last)| (first, last));
                Some(known.ok_or_else(|| Error::Unreadable(format!("“{word}” is no age group.")))?)
            }
        };
        // Whoever is at most so old today was born after the day that lies that many years and one more back.
        let years_ago = |years: u32| today.plus_months(-12 * i32::try_from(years).unwrap_or_default()).plus(1);
        let filter = case::Filter {
            which,
            born_from: ages.and_then(|(_, last)| last).map(|last| years_ago(last + 1)),
            born_before: ages.map(|(first, _)| years_ago(first)),
            lives: group("PLACE", asked.one("lives"))?,
            legal: group("LS", asked.one("legal"))?,
        };
        let sort = match asked.one("sort") {
            None => case::Sort::Reference,
            Some(word) => {
                let known = SORTS.iter().find(|(name, _)| *name == word).map(|(_, sort)| *sort);
                known.ok_or_else(|| Error::Unreadable(format!("Children cannot be sorted by “{word}”.")))?
            }
        };
        let after = asked.one("after").map(str::parse).transpose();
        let after = after.map_err(|_| Error::Unreadable("No page of children begins there.".to_owned()))?;
        Ok(Self { asked, list: case::Question { filter, sort }, after })
    }
}

/// One page of the children that an address asks for.
pub(crate) async fn cases_listed(acting: &Acting, pairs: Pairs, limit: u32) -> Result<Rows<case::Listed>, Error> {
    let question = Question::read(pairs, acting.record.today())?;
    let (record, authority) = (&acting.record, acting.authority.id);
    let page = case::list(record, &acting.actor, authority, &question.list, question.after.as_ref(), limit).await?;
    Ok(Rows { asked: question.asked, page })
}

/// `GET /cases`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Result<Markup, Error> {
    let today = acting.record.today();
    let question = Question::read(pairs, today)?;
    let (record, authority) = (&acting.record, acting.authority.id);
    let page = case::list(record, &acting.actor, authority, &question.list, question.after.as_ref(), A_PAGE).await?;
    let caption = format!("{} on {}", shown::counted(page.total, "child", "children"), today.long());
    let next = page.next.as_ref().map(|cursor| question.asked.with("after", &cursor.to_string()).of("/cases"));
    let csv = question.asked.without("after").of("/cases.csv");
    let body = html! {
        div class="pw-filtered" {
            (panel(&question))
            div {
                @if page.rows.is_empty() {
                    p class="govuk-body" { "No child whose case is open to you fits these choices. Remove a choice, or find a child by its reference." }
                } @else {
                    (table(&question, &caption, &page.rows, today))
                    @if question.after.is_some() { p class="govuk-body" { a href=(question.asked.without("after").of("/cases")) { "Back to the first page" } } }
                    @if let Some(next) = next { (Pagination { previous: None, items: Vec::new(), next: Some(next) }) }
                }
            }
        }
    };
    let actions = html! {
        (Button { text: "Find a child", look: Look::Primary, press: Press::Follow("/cases/find") })
        @if acting.may(Action::ChildWrite) { (Button { text: "Enter a child", look: Look::Secondary, press: Press::Follow("/cases/new") }) }
        @if acting.may(Action::ChildBreakGlass) { (Button { text: "Open a case in need", look: Look::Secondary, press: Press::Follow("/cases/in-need") }) }
        @if acting.may(Action::ChildMerge) { (Button { text: "Children recorded twice", look: Look::Secondary, press: Press::Follow("/cases/duplicates") }) }
        @if acting.may(Action::RecordImport) { (Button { text: "Take exports of the case system", look: Look::Secondary, press: Press::Follow("/cases/exports") }) }
        @if acting.may(Action::RecordImport) { (Button { text: "Take the returns", look: Look::Secondary, press: Press::Follow("/cases/returns") }) }
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
    };
    let lede = html! { "Those whose cases are open to you. Children stand here by their reference: names and addresses lie apart." };
    let heading = format!("{} of ours", shown::counted(page.total, "child", "children"));
    Ok(layout(Some(&state.place), &Page { title: "Cases".to_owned(), room: Some(Room::Cases), lede, actions, body, ..Page::new(heading) }))
}

fn panel(question: &Question) -> Markup {
    let words = |groups: Vec<(&'static str, Vec<Code>)>| -> Vec<(String, String)> {
        groups.into_iter().filter(|(name, _)| *name != "temporary").map(|(name, _)| (slug(name), shown::capital(name))).collect()
    };
    let which: Vec<(String, String)> = WHICH[1..].iter().map(|(word, text, _)| ((*word).to_owned(), (*text).to_owned())).collect();
    let ages: Vec<(String, String)> = AGES.iter().map(|(word, text, ..)| ((*word).to_owned(), (*text).to_owned())).collect();
    let fields = [
        ("which", "Which children", WHICH[0].1, which),
        ("age", "Age today", "All", ages),
        ("lives", "Kind of home", "All", words(case::groups("PLACE"))),
        ("legal", "Legal status", "All", words(case::groups("LS"))),
    ];
    let select = |(name, label, first, values): &(&'static str, &'static str, &'static str, Vec<(String, String)>)| {
        let now = question.asked.one(name).unwrap_or_default();
        let all = values.iter().map(|(value, text)| Choice::new(value, text).chosen_if(now));
        let choices: Vec<Choice<'_>> = [Choice::new("", first)].into_iter().chain(all).collect();
        html! { (Select { field: Field { size: Size::Small, ..Field::new(name, label) }, choices: &choices }) }
    };
    let chosen = |(name, _, _, values): &(&'static str, &'static str, &'static str, Vec<(String, String)>)| {
        let value = question.asked.one(name)?;
        let text = values.iter().find(|(word, _)| word == value).map_or(value, |(_, text)| text);
        Some((text.to_owned(), question.asked.without("after").without(name).of("/cases")))
    };
    let tags: Vec<(String, String)> = fields.iter().filter_map(chosen).collect();
    let chosen: Vec<Chosen<'_>> = tags.iter().map(|(text, without)| Chosen { text, without }).collect();
    let fields = html! { @for field in &fields { (select(field)) } };
    html! { (Filter { title: "Filter", action: "/cases", fields, chosen: &chosen, button: "Show these children", all: "/cases" }) }
}

fn table(question: &Question, caption: &str, rows: &[case::Listed], today: Day) -> Markup {
    let addresses = SORTS.map(|(word, sort)| (sort, question.asked.without("after").with("sort", word).of("/cases")));
    let sorted = |sort: case::Sort, head: &'static str| {
        let href = addresses.iter().find(|(known, _)| *known == sort).map_or("", |(_, href)| href.as_str());
        Column { head, align: Align::Text, sort: Some(Sorting { href, now: (question.list.sort == sort).then_some(Order::Ascending) }) }
    };
    let columns = [
        sorted(case::Sort::Reference, "Child"),
        sorted(case::Sort::Born, "Born"),
        Column::text("Lives"),
        sorted(case::Sort::Since, "Since"),
        Column::text("Legal status"),
        Column::text("In care since"),
    ];
    let row = |one: &case::Listed| {
        vec![
            html! {
                a href={ "/cases/" (one.child.id) } { (one.child.reference) }
                @if one.child.restricted { " " (Tag { text: "Restricted", tone: Tone::Soon }) }
            },
            html! { (one.child.born.long()) span class="pw-more" { "Age " (one.child.born.age_at(today)) } },
            html! { @match one.lives { Some((kind, _)) => { (place(kind)) span class="pw-more" { (kind) } } None => "–" } },
            html! { @match one.lives { Some((_, since)) => (since.long()), None => "–" } },
            html! { @match one.legal { Some(status) => { (shown::capital(case::group("LS", status).unwrap_or("not known"))) span class="pw-more" { (status) } } None => "–" } },
            html! { @match one.in_care_since { Some(day) => (day.long()), None => "–" } },
        ]
    };
    let rows: Vec<Vec<Markup>> = rows.iter().map(row).collect();
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}

/// `GET /cases.csv`: every row of the filter, on all pages.
pub(super) async fn csv(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let question = Question::read(pairs, acting.record.today())?;
    let (mut rows, mut after) = (Vec::new(), None::<Cursor>);
    loop {
        let page = case::list(&acting.record, &acting.actor, acting.authority.id, &question.list, after.as_ref(), 500).await?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let headings = ["child", "born", "sex", "lives", "since", "legal_status", "in_care_since", "restricted"];
    let blank = |text: Option<String>| text.unwrap_or_default();
    let row = |one: case::Listed| {
        vec![
            one.child.reference,
            one.child.born.to_string(),
            one.child.sex.to_string(),
            blank(one.lives.map(|(kind, _)| kind.to_string())),
            blank(one.lives.map(|(_, since)| since.to_string())),
            blank(one.legal.map(|status| status.to_string())),
            blank(one.in_care_since.map(|day| day.to_string())),
            if one.child.restricted { "yes" } else { "no" }.to_owned(),
        ]
    };
    Ok(csv_file(&format!("children-{}", acting.record.today()), headings, rows.into_iter().map(row)))
}

fn find_sheet(typed: &Typed) -> Sheet<'static> {
    Sheet {
        heading: "Find a child".to_owned(),
        trail: &[("Cases", "/cases")],
        action: "/cases/find",
        button: "Find the child",
        fields: html! { (typed.line("reference", "What the case system calls the child", Some("As it stands in the return"))) },
    }
}

/// `GET /cases/find`
pub(super) async fn find(State(state): State<Arc<app::State>>, _: Acting) -> Response {
    let typed = Typed::new(Vec::new());
    typed.page_in(&state, Room::Cases, find_sheet(&typed))
}

/// `POST /cases/find`: sent as a form, so that no reference stands in an address.
pub(super) async fn found(State(state): State<Arc<app::State>>, acting: Acting, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let mut typed = Typed::new(pairs);
    let reference = typed.needed("reference", "Enter what the case system calls the child");
    if typed.is_right() {
        match record::by_reference(&acting.record, &acting.actor, acting.authority.id, &reference).await {
            Ok(child) => return Ok(Redirect::to(&format!("/cases/{child}")).into_response()),
            Err(service::Error::NotFound { .. }) => {
                typed.wrong("reference", "No child whose case is open to you has this reference: check it for slips");
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok(typed.page_in(&state, Room::Cases, find_sheet(&typed)))
}
