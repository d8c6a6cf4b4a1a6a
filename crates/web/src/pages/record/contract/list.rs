//! The list of contracts, and what ends soon.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::Day;
use domain::contract::{Kind, Phase};
use maud::{Markup, html};
use service::record::access::Action;
use service::record::lists::{ContractFilter, ContractSort, ListedContract};
use service::record::{self, Cursor, EndingOf};

use super::super::fact::Pairs;
use super::super::form::choices;
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
const A_PAGE: u32 = 50;

/// Months ahead that what ends is looked for, unless the address says otherwise.
const AHEAD: i32 = 12;

/// The farthest that is looked ahead, in months.
const FARTHEST: i32 = 120;

const PHASES: [(&str, Phase); 4] =
    [("running", Phase::Running), ("to-come", Phase::ToCome), ("run-off", Phase::RunOff), ("over", Phase::Over)];

const SORTS: [(&str, ContractSort); 3] =
    [("reference", ContractSort::Reference), ("title", ContractSort::Title), ("end", ContractSort::End)];

struct Question {
    asked: Asked,
    filter: ContractFilter,
    sort: ContractSort,
    after: Option<Cursor>,
}

impl Question {
    fn read(pairs: Pairs) -> Result<Self, Error> {
        let asked = Asked::new(pairs).only(&["search", "kind", "phase", "sort", "after"]);
        let unreadable = |fault: domain::list::NotListed| Error::Unreadable(format!("{fault}."));
        let known = |word: &str| PHASES.iter().find(|(name, _)| *name == word).map(|(_, phase)| *phase);
        let phase = asked
            .one("phase")
            .map(|word| known(word).ok_or_else(|| Error::Unreadable(format!("“{word}” is none of running, to-come, run-off and over."))));
        let sorted = |word: &str| SORTS.iter().find(|(name, _)| *name == word).map(|(_, sort)| *sort);
        let sort =
            asked.one("sort").map(|word| sorted(word).ok_or_else(|| Error::Unreadable(format!("Contracts cannot be sorted by “{word}”."))));
        let filter = ContractFilter {
            search: asked.one("search").map(str::to_owned),
            kind: asked.one("kind").map(str::parse).transpose().map_err(unreadable)?,
            phase: phase.transpose()?,
        };
        let after = asked.one("after").map(str::parse).transpose();
        let after = after.map_err(|_| Error::Unreadable("No page of contracts begins there.".to_owned()))?;
        let sort = sort.transpose()?.unwrap_or_default();
        Ok(Self { asked, filter, sort, after })
    }
}

/// `GET /contracts`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Result<Markup, Error> {
    let question = Question::read(pairs)?;
    let (record, authority) = (&acting.record, acting.authority.id);
    let page =
        record::contracts(record, &acting.actor, authority, &question.filter, question.sort, question.after.as_ref(), A_PAGE).await?;
    let today = record.today();
    let caption = format!("{} on {}", shown::counted(page.total, "contract", "contracts"), today.long());
    let next = page.next.as_ref().map(|cursor| question.asked.with("after", &cursor.to_string()).of("/contracts"));
    let csv = question.asked.without("after").of("/contracts.csv");
    let body = html! {
        div class="pw-filtered" {
            (panel(&question))
            div {
                @if page.rows.is_empty() {
                    p class="govuk-body" {
                        "No contract fits these choices. "
                        @if acting.may(Action::ContractWrite) { "Remove a choice, or " a href="/contracts/new" { "add a contract" } "." }
                    }
                } @else {
                    (table(&question, &caption, &page.rows, today))
                    @if question.after.is_some() { p class="govuk-body" { a href=(question.asked.without("after").of("/contracts")) { "Back to the first page" } } }
                    @if let Some(next) = next { (Pagination { previous: None, items: Vec::new(), next: Some(next) }) }
                }
            }
        }
    };
    let actions = html! {
        @if acting.may(Action::ContractWrite) { (Button { text: "Add a contract", look: Look::Primary, press: Press::Follow("/contracts/new") }) }
        (Button { text: "What ends soon", look: Look::Secondary, press: Press::Follow("/contracts/ending") })
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
    };
    let lede = html! { "Under what homes are bought: frameworks and their lots, blocks, spot purchases, schemes, and homes of the authority’s own." };
    let trail = [("Homes", "/homes")];
    Ok(layout(Some(&state.place), &Page { room: Some(Room::Homes), trail: &trail, lede, actions, body, ..Page::new("Contracts") }))
}

fn panel(question: &Question) -> Markup {
    let kinds = choices!(Kind);
    let phases: Vec<(String, String)> = PHASES.iter().map(|(word, phase)| ((*word).to_owned(), phase.label().to_owned())).collect();
    let select = |name: &'static str, label: &'static str, values: &[(String, String)]| {
        let now = question.asked.one(name).unwrap_or_default();
        let all = values.iter().map(|(value, text)| Choice::new(value, text).chosen_if(now));
        let choices: Vec<Choice<'_>> = [Choice::new("", "All")].into_iter().chain(all).collect();
        html! { (Select { field: Field { size: Size::Small, ..Field::new(name, label) }, choices: &choices }) }
    };
    let search = question.asked.one("search").unwrap_or_default();
    let fields = html! {
        (TextInput::new(Field { size: Size::Small, ..Field::new("search", "Reference, title or member") }, search))
        (select("kind", "Kind", &kinds))
        (select("phase", "How far", &phases))
    };
    let mut tags = Vec::new();
    for (name, values) in [("search", &[][..]), ("kind", &kinds[..]), ("phase", &phases[..])] {
        tags.extend(question.asked.one(name).map(|value| {
            let text = values.iter().find(|(word, _)| word == value).map_or(value, |(_, text)| text.as_str());
            (text.to_owned(), question.asked.without("after").without(name).of("/contracts"))
        }));
    }
    let chosen: Vec<Chosen<'_>> = tags.iter().map(|(text, without)| Chosen { text, without }).collect();
    html! { (Filter { title: "Filter", action: "/contracts", fields, chosen: &chosen, button: "Show these contracts", all: "/contracts" }) }
}

/// How far a listed contract is on a day.
fn phase(one: &ListedContract, today: Day) -> Phase {
    // The list's end has the options taken in it already.
    domain::contract::Vehicle { to: one.end, ..one.vehicle.clone() }.phase(&[], today)
}

fn table(question: &Question, caption: &str, rows: &[ListedContract], today: Day) -> Markup {
    let addresses = SORTS.map(|(word, sort)| (sort, question.asked.without("after").with("sort", word).of("/contracts")));
    let sorted = |sort: ContractSort, head: &'static str| {
        let href = addresses.iter().find(|(known, _)| *known == sort).map_or("", |(_, href)| href.as_str());
        Column { head, align: Align::Text, sort: Some(Sorting { href, now: (question.sort == sort).then_some(Order::Ascending) }) }
    };
    let columns = [
        sorted(ContractSort::Reference, "Reference"),
        sorted(ContractSort::Title, "Title"),
        Column::text("Begins"),
        sorted(ContractSort::End, "Ends"),
        Column::number("Lots"),
        Column::number("Members"),
        Column::number("Block beds"),
        Column::number("Lines of prices"),
    ];
    let row = |one: &ListedContract| {
        let vehicle = &one.vehicle;
        vec![
            html! { a href={ "/contracts/" (vehicle.id) } { (vehicle.reference) } span class="pw-more" { (phase(one, today).label()) } },
            html! { (vehicle.title) span class="pw-more" { (vehicle.kind.label()) } },
            html! { (vehicle.from.long()) },
            html! { @match one.end { Some(day) => (day.long()), None => "has no end" } },
            html! { (one.lots) },
            html! { (one.members) },
            html! { (one.block_beds) },
            html! { (one.prices) },
        ]
    };
    let rows: Vec<Vec<Markup>> = rows.iter().map(row).collect();
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}

/// The contracts that an address asks for, on all pages, for the CSV and the API.
pub(crate) async fn contracts_listed(acting: &Acting, pairs: Pairs) -> Result<Vec<ListedContract>, Error> {
    let question = Question::read(pairs)?;
    let (mut rows, mut after) = (Vec::new(), None::<Cursor>);
    loop {
        let (record, authority) = (&acting.record, acting.authority.id);
        let page = record::contracts(record, &acting.actor, authority, &question.filter, question.sort, after.as_ref(), 500).await?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(rows),
        }
    }
}

/// How far an address asks to look ahead.
pub(crate) fn months_ahead(asked: &Asked) -> Result<i32, Error> {
    let months = asked.number::<i32>("months")?.unwrap_or(AHEAD);
    if (1..=FARTHEST).contains(&months) { Ok(months) } else { Err(Error::Unreadable(format!("Look 1 to {FARTHEST} months ahead."))) }
}

/// `GET /contracts.csv`: every row of the filter, on all pages.
pub(super) async fn csv(acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let rows = contracts_listed(&acting, pairs).await?;
    let headings = [
        "reference",
        "title",
        "kind",
        "regime",
        "lead",
        "callers",
        "from",
        "to",
        "run_off",
        "phase",
        "lots",
        "members",
        "block_beds",
        "prices",
    ];
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let today = acting.record.today();
    let row = |one: ListedContract| {
        let phase = phase(&one, today).label().to_owned();
        let vehicle = one.vehicle;
        vec![
            vehicle.reference,
            vehicle.title,
            vehicle.kind.word().to_owned(),
            vehicle.regime.word().to_owned(),
            vehicle.lead,
            vehicle.callers,
            vehicle.from.to_string(),
            day(one.end),
            day(vehicle.run_off),
            phase,
            one.lots.to_string(),
            one.members.to_string(),
            one.block_beds.to_string(),
            one.prices.to_string(),
        ]
    };
    Ok(csv_file(&format!("contracts-{today}"), headings, rows.into_iter().map(row)))
}

/// `GET /contracts/ending?months=12`: what ends, and by when somebody must have decided.
pub(super) async fn ending(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Result<Markup, Error> {
    let months = months_ahead(&Asked::new(pairs))?;
    let until = acting.record.today().plus_months(months);
    let all = record::contract_endings(&acting.record, &acting.actor, acting.authority.id, until).await?;
    let columns = ["Day", "What", "Contract"].map(Column::text);
    let row = |one: &EndingOf| {
        vec![
            html! { (one.ending.day.long()) },
            html! { (one.ending.kind.label()) },
            html! { a href={ "/contracts/" (one.vehicle.id) } { (one.vehicle.reference) } span class="pw-more" { (one.vehicle.title) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = all.iter().map(row).collect();
    let caption = "What ends, the soonest first";
    let body = html! {
        p class="govuk-body" {
            "Look ahead " @for (number, other) in [3, 6, 12, 24, 36].into_iter().enumerate() {
                @if number > 0 { ", " }
                @if other == months { strong { (other) } } @else { a href={ "/contracts/ending?months=" (other) } { (other) } }
            } " months."
        }
        @if rows.is_empty() {
            p class="govuk-body" { "Nothing ends before " (until.long()) ", as far as the record knows." }
        } @else {
            (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Data, rows: &rows }) } })
        }
    };
    let heading = match all.len() as u64 {
        0 => format!("Nothing ends in {months} months"),
        days => {
            format!("{} in the next {}", shown::counted(days, "thing ends", "things end"), shown::counted(months as u64, "month", "months"))
        }
    };
    let trail = super::forms::TRAIL;
    Ok(layout(Some(&state.place), &Page { title: "What ends soon".to_owned(), room: Some(Room::Homes), trail, body, ..Page::new(heading) }))
}
