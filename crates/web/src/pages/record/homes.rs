//! The list of homes, agencies and services with their beds tonight.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::judgement::Overall;
use domain::setting::Kind;
use maud::{Markup, html};
use service::record::access::Action;
use service::record::lists::{ListedSetting, SettingFilter, Sort, Which};
use service::record::{self, Cursor, Page};

use super::form::choices;
use super::{Rows, number};
use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{
    Align, Button, Choice, Column, Field, FirstCell, InsetText, Look, Order, Pagination, Press, Select, Size, Sort as Sorting, Table,
    TextInput,
};
use crate::page::{Page as Sheet, Room, layout};
use crate::parts::{Chosen, Filter, Scroll};
use crate::{app, shown};

type Pairs = Vec<(String, String)>;

/// Rows a page.
const A_PAGE: u32 = 50;

/// What the address asks for.
struct Question {
    asked: Asked,
    filter: SettingFilter,
    sort: Sort,
    after: Option<Cursor>,
}

/// Columns that can be sorted by, with the word of the address.
const SORTS: [(&str, Sort); 4] =
    [("name", Sort::Name), ("provider", Sort::Provider), ("places", Sort::Places), ("available", Sort::Available)];

impl Question {
    fn read(pairs: Pairs) -> Result<Self, Error> {
        let asked = Asked::new(pairs).only(&["search", "kind", "judged", "which", "sort", "after"]);
        let unreadable = |fault: domain::list::NotListed| Error::Unreadable(format!("{fault}."));
        let which = match asked.one("which") {
            None | Some("open") => Which::Open,
            Some("free") => Which::WithBed,
            Some("all") => Which::All,
            Some(other) => return Err(Error::Unreadable(format!("“{other}” is none of open, free and all."))),
        };
        let filter = SettingFilter {
            search: asked.one("search").map(str::to_owned),
            kind: asked.one("kind").map(str::parse).transpose().map_err(unreadable)?,
            judged: asked.one("judged").map(str::parse).transpose().map_err(unreadable)?,
            area: None,
            which,
        };
        let sort = match asked.one("sort") {
            None => Sort::Name,
            Some(word) => {
                let known = SORTS.iter().find(|(name, _)| *name == word).map(|(_, sort)| *sort);
                known.ok_or_else(|| Error::Unreadable(format!("Homes cannot be sorted by “{word}”.")))?
            }
        };
        let after = asked.one("after").map(str::parse).transpose();
        let after = after.map_err(|_| Error::Unreadable("No page of homes begins there.".to_owned()))?;
        Ok(Self { asked, filter, sort, after })
    }

    async fn page(&self, acting: &Acting, after: Option<&Cursor>, limit: u32) -> Result<Page<ListedSetting>, Error> {
        let (actor, authority) = (&acting.actor, acting.authority.id);
        Ok(record::settings(&acting.record, actor, authority, &self.filter, self.sort, after, limit).await?)
    }
}

/// One page of the homes that an address asks for.
pub(crate) async fn homes_listed(acting: &Acting, pairs: Pairs, limit: u32) -> Result<Rows<ListedSetting>, Error> {
    let question = Question::read(pairs)?;
    let page = question.page(acting, question.after.as_ref(), limit).await?;
    Ok(Rows { asked: question.asked, page })
}

/// `GET /homes`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Result<Markup, Error> {
    let question = Question::read(pairs)?;
    let (record, authority) = (&acting.record, acting.authority.id);
    let page = question.page(&acting, question.after.as_ref(), A_PAGE).await?;
    let open = record::alerts(record, &acting.actor, authority).await?.len() as u64;
    let caption = format!("{} on {}", shown::counted(page.total, "setting", "settings"), record.today().long());
    let next = page.next.as_ref().map(|cursor| question.asked.with("after", &cursor.to_string()).of("/homes"));
    let csv = question.asked.without("after").of("/homes.csv");
    let body = html! {
        @if open > 0 {
            (InsetText(html! { a href="/homes/alerts" { (shown::counted(open, "alert is", "alerts are")) " open" } " about children's homes." }))
        }
        div class="pw-filtered" {
            (panel(&question))
            div {
                @if page.rows.is_empty() {
                    p class="govuk-body" { "No home fits these choices. Remove a choice, or " a href="/homes/new" { "add a home" } "." }
                } @else {
                    (table(&question, &caption, &page.rows))
                    @if question.after.is_some() { p class="govuk-body" { a href=(question.asked.without("after").of("/homes")) { "Back to the first page" } } }
                    @if let Some(next) = next { (Pagination { previous: None, items: Vec::new(), next: Some(next) }) }
                }
            }
        }
    };
    let actions = html! {
        @if acting.may(Action::HomeWrite) { (Button { text: "Add a home", look: Look::Primary, press: Press::Follow("/homes/new") }) }
        @if acting.may(Action::PlacementWrite) { (Button { text: "Homes for a child", look: Look::Secondary, press: Press::Follow("/homes/for-child") }) }
        @if acting.may(Action::ContractRead) { (Button { text: "Contracts", look: Look::Secondary, press: Press::Follow("/contracts") }) }
        @if acting.may(Action::HomeWrite) { (Button { text: "Take Ofsted's register", look: Look::Secondary, press: Press::Follow("/homes/register") }) }
        (Button { text: "Foster homes", look: Look::Secondary, press: Press::Follow("/foster-homes") })
        (Button { text: "Providers", look: Look::Secondary, press: Press::Follow("/providers") })
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
    };
    let lede = html! { "Beds are those of tonight, as far as the record knows: what is available was registered, and is neither lived in, held nor blocked." };
    Ok(layout(
        Some(&state.place),
        &Sheet { title: "Homes".to_owned(), room: Some(Room::Homes), lede, actions, body, ..Sheet::new("Homes, agencies and services") },
    ))
}

fn panel(question: &Question) -> Markup {
    let select = |name: &'static str, label: &'static str, first: (&'static str, &'static str), values: &[(String, String)]| {
        let now = question.asked.one(name).unwrap_or_default();
        let all = values.iter().map(|(value, text)| Choice::new(value, text).chosen_if(now));
        let choices: Vec<Choice<'_>> = [Choice::new(first.0, first.1)].into_iter().chain(all).collect();
        html! { (Select { field: Field { size: Size::Small, ..Field::new(name, label) }, choices: &choices }) }
    };
    let (kinds, judgements) = (choices!(Kind), choices!(Overall));
    let which = [("free", "With a bed tonight"), ("all", "Closed ones too")].map(|(word, text)| (word.to_owned(), text.to_owned()));
    let search = question.asked.one("search").unwrap_or_default();
    let fields = html! {
        (TextInput::new(Field { size: Size::Small, ..Field::new("search", "Name, number or provider") }, search))
        (select("kind", "Kind", ("", "All"), &kinds))
        (select("judged", "Latest judgement", ("", "All"), &judgements))
        (select("which", "Which", ("", "Open"), &which))
    };
    let label = |name: &str, value: &str, values: &[(String, String)]| {
        let text = values.iter().find(|(word, _)| word == value).map_or(value, |(_, text)| text.as_str());
        (text.to_owned(), question.asked.without("after").without(name).of("/homes"))
    };
    let mut tags = Vec::new();
    for (name, values) in [("search", &[][..]), ("kind", &kinds[..]), ("judged", &judgements[..]), ("which", &which[..])] {
        tags.extend(question.asked.one(name).map(|value| label(name, value, values)));
    }
    let chosen: Vec<Chosen<'_>> = tags.iter().map(|(text, without)| Chosen { text, without }).collect();
    html! { (Filter { title: "Filter", action: "/homes", fields, chosen: &chosen, button: "Show these homes", all: "/homes" }) }
}

fn table(question: &Question, caption: &str, rows: &[ListedSetting]) -> Markup {
    let addresses = SORTS.map(|(word, sort)| (sort, question.asked.without("after").with("sort", word).of("/homes")));
    let sorted = |sort: Sort, head: &'static str, align: Align| {
        let href = addresses.iter().find(|(known, _)| *known == sort).map_or("", |(_, href)| href.as_str());
        let order = if matches!(sort, Sort::Places | Sort::Available) { Order::Descending } else { Order::Ascending };
        Column { head, align, sort: Some(Sorting { href, now: (question.sort == sort).then_some(order) }) }
    };
    let columns = [
        sorted(Sort::Name, "Home", Align::Text),
        sorted(Sort::Provider, "Provider", Align::Text),
        Column::text("Judgement"),
        Column::text("Ages"),
        sorted(Sort::Places, "Registered", Align::Number),
        Column::number("Usable"),
        Column::number("Occupied"),
        Column::number("Held"),
        sorted(Sort::Available, "Available", Align::Number),
    ];
    let row = |one: &ListedSetting| {
        let (setting, beds) = (&one.setting, &one.beds);
        let ages = match one.ages {
            (None, None) => "–".to_owned(),
            (youngest, oldest) => format!("{} to {}", number(youngest), number(oldest)),
        };
        vec![
            html! {
                a href={ "/homes/" (setting.id) } { (setting.name) }
                span class="pw-more" { (setting.kind.label()) @if !setting.urn.is_blank() { " · " (setting.urn) } }
            },
            html! { a href={ "/providers/" (setting.provider) } { (one.provider) } },
            html! { (one.judgement_words()) },
            html! { (ages) },
            html! { (number(beds.registered)) },
            html! { (number(beds.usable)) },
            html! { (beds.occupied) },
            html! { (beds.held) },
            html! {
                (number(beds.available))
                @if beds.open != domain::capacity::Open::Open { span class="pw-more" { (beds.open.label()) } }
                @if beds.sharing == domain::capacity::Sharing::Alone { span class="pw-more" { "One child alone" } }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = rows.iter().map(row).collect();
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}

/// `GET /homes.csv`: every row of the filter, on all pages.
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
    let headings = [
        "urn",
        "name",
        "kind",
        "provider",
        "judgement",
        "age_from",
        "age_to",
        "open",
        "registered",
        "staffed",
        "usable",
        "occupied",
        "held",
        "available",
    ];
    // A number that nobody knows is an empty cell, never a nought.
    let blank = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let row = |one: ListedSetting| {
        let beds = one.beds;
        vec![
            one.setting.urn.to_string(),
            one.setting.name.clone(),
            one.setting.kind.word().to_owned(),
            one.provider.clone(),
            one.judgement_words().to_owned(),
            blank(one.ages.0),
            blank(one.ages.1),
            beds.open.word().to_owned(),
            blank(beds.registered),
            blank(beds.staffed),
            blank(beds.usable),
            beds.occupied.to_string(),
            beds.held.to_string(),
            blank(beds.available),
        ]
    };
    Ok(csv_file(&format!("homes-{}", acting.record.today()), headings, rows.into_iter().map(row)))
}
