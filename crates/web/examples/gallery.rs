//! Pages with every component, served inside the house, beside the shipped ones, to be looked at and checked by the browser tests. Not shipped.
//!
//! `cargo run -p web --example gallery [PORT]` prints the address.

use std::io::Write;
use std::sync::{Arc, LazyLock};

use axum::routing::get;
use maud::{Markup, html};
use report::block::{Block, Report};
use report::html::{self, Links};
use report::sample;
use web::govuk::{
    Arrangement, Banner, Button, Checkboxes, Choice, Chosen, Column, DateInput, Details, ErrorSummary, Field, FirstCell, Group, InputMode,
    InsetText, Look, NotificationBanner, Order, Pagination, Press, Problem, Radios, RowAction, Select, Size, Sort, SummaryList, SummaryRow,
    Table, Tag, TextInput, Tone, WarningText,
};
use web::page::{Basis, Page, Place, Room, layout};
use web::parts::{self, Filter, Panel, Scroll, SubNavigation, SubPage};
use web::{Gate, State, surround};

/// Written once, as a service would hold it.
static SAMPLE: LazyLock<Report> = LazyLock::new(sample::report);

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(0);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
    let routes = web::routes()
        .route("/gallery", Gate::Public, get(overview))
        .route("/gallery/components", Gate::Public, get(components))
        .route("/gallery/list", Gate::Public, get(list));
    let app = surround(
        State::published(
            Arc::new(service::App::new()),
            service::profile::Profile { fictitious: true, ..service::profile::Profile::unknown("Exampleshire") },
        ),
        routes,
    );
    axum::serve(listener, app).await
}

fn place() -> Place {
    Place { authority: "Exampleshire".to_owned(), basis: Basis::Fictitious }
}

async fn overview() -> Markup {
    let links = Links::Under("/gallery/components#".to_owned());
    let blocks = || SAMPLE.sections.iter().flat_map(|section| &section.blocks);
    let figures = blocks().find(|block| matches!(block, Block::KeyFigures(_)));
    let charts: Vec<&Block> = blocks().filter(|block| matches!(block, Block::Chart(chart) if chart.id != "mix-count")).collect();
    let rest = blocks().filter(|block| !matches!(block, Block::KeyFigures(_) | Block::Chart(_) | Block::PageBreak));
    let body = html! {
        @if let Some(block) = figures { (html::block(block, &links)) }
        div class="pw-row" {
            @for chart in charts.iter().take(2) { div class="pw-6" { div class="pw-panel" { (html::block(chart, &links)) } } }
        }
        div class="pw-row" {
            div class="pw-8" { (Scroll { label: "Where homes will be short", body: short() }) }
            div class="pw-4" { (Panel { id: "today", heading: "Needs you today", body: html! {
                ul class="govuk-list" {
                    li { a href="/gallery/list" { "3 approvals" } " at a distance, oldest 2 hours" }
                    li { a href="/gallery/components" { "Home rated Inadequate" } ": 4 children, 1 review not started" }
                }
            } }) }
        }
        @for chart in charts.iter().skip(2) { (html::block(chart, &links)) }
        @for block in rest { (html::block(block, &links)) }
    };
    let lede = html! { "631 children on 31 March 2026: 8 fewer than a year ago. More of them live locally, but fewer foster homes are found for children aged 10 and over." };
    let actions = html! { (Button { text: "Show the children", look: Look::Secondary, press: Press::Follow("/gallery/list") }) };
    layout(Some(&place()), &Page { room: Some(Room::Overview), lede, actions, body, ..Page::new("Children in our care") })
}

fn short() -> Markup {
    let columns = [
        Column::text("Need"),
        Column::number("Needed by March 2027"),
        Column::number("Usable now"),
        Column::number("Short"),
        Column::text("How sure"),
    ];
    let row = |need: &str, note: &str, numbers: [&str; 3], sure: Tag<'_>| {
        let mut cells = vec![html! { (need) span class="pw-more" { (note) } }];
        cells.extend(numbers.map(|number| html! { (number) }));
        cells.push(html! { (sure) });
        cells
    };
    let rows = [
        row("Foster homes, age 10 to 15", "local, one or two children", ["148", "126", "22"], Tag { text: "97% likely", tone: Tone::Now }),
        row("Parent and child", "with assessment", ["9", "6", "3"], Tag { text: "74% likely", tone: Tone::Soon }),
        row("Supported accommodation", "16 and 17", ["52", "58", "–"], Tag { text: "enough", tone: Tone::Good }),
        row("Secure homes", "any age", ["1,204", "not known", "–"], Tag { text: "not known", tone: Tone::Quiet }),
    ];
    html! { (Table { caption: "Where homes will be short", size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) }
}

async fn list() -> Markup {
    let legal = [
        Choice { state: Chosen::Yes, ..Choice::new("care", "Care order") },
        Choice::new("s20", "Section 20"),
        Choice { hint: Some("remand, police protection"), ..Choice::new("other", "Other") },
    ];
    let ages = [Choice::new("", "All ages"), Choice::new("10-15", "10 to 15").chosen_if("10-15"), Choice::new("16-17", "16 and 17")];
    let fields = html! {
        (DateInput { group: Group { size: Size::Small, hint: Some("For example, 31 3 2026"), ..Group::new("on", "On") }, values: ["31", "3", "2026"] })
        (Select { field: Field { size: Size::Small, ..Field::new("age", "Age") }, choices: &ages })
        (Checkboxes { group: Group { size: Size::Small, ..Group::new("legal", "Legal status") }, arrangement: Arrangement::Small, choices: &legal })
    };
    let chosen =
        [parts::Chosen { text: "10 to 15", without: "/gallery/list" }, parts::Chosen { text: "Care order", without: "/gallery/list" }];
    let sortable = |head, now| Column { sort: Some(Sort { href: "/gallery/list", now }), ..Column::text(head) };
    let number = |head| Column { sort: Some(Sort { href: "/gallery/list", now: None }), ..Column::number(head) };
    let columns = [
        sortable("Child", Some(Order::Ascending)),
        sortable("Lives with", None),
        sortable("Legal status", None),
        number("Miles from home"),
        number("Homes this year"),
        number("Nights"),
        Column::text("Ofsted area"),
        Column::text("Marks"),
    ];
    let rows: Vec<Vec<Markup>> = (1..=12)
        .map(|n| {
            vec![
                html! { a href="/gallery/components" { "Child " (n) } },
                html! { "Foster carers, agency" span class="pw-more" { "since 4 March 2026" } },
                html! { "Care order" },
                html! { (n * 3) ".4" },
                html! { (n % 4) },
                html! { (n * 417) },
                html! { "Exampleshire" },
                html! { @if n % 3 == 0 { (Tag { text: "over 20 miles", tone: Tone::Soon }) } },
            ]
        })
        .collect();
    let pages = [
        SubPage { text: "Profile", href: "/gallery/components" },
        SubPage { text: "List", href: "/gallery/list" },
        SubPage { text: "Moves", href: "/gallery" },
    ];
    let body = html! {
        (SubNavigation { label: "Children", pages: &pages, here: "/gallery/list" })
        div class="pw-filtered" {
            (Filter { title: "Filter", action: "/gallery/list", fields, chosen: &chosen, button: "Show these children", all: "/gallery/list" })
            div {
                (Scroll { label: "Children on 31 March 2026", body: html! { (Table { caption: "Children on 31 March 2026", size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) } })
                @if let Some(pagination) = Pagination::of(3, 13, |page| format!("/gallery/list?page={page}")) { (pagination) }
            }
        }
    };
    let lede = html! { "118 of 631 children on 31 March 2026 are 10 to 15 years old and on a care order." };
    layout(
        Some(&place()),
        &Page {
            room: Some(Room::Children),
            trail: &[("Children", "/gallery/components")],
            lede,
            body,
            ..Page::new("118 children aged 10 to 15")
        },
    )
}

async fn components() -> Markup {
    let problems = [
        Problem { text: "Enter a date that exists, like 31 3 2026", href: Some("#on-day") },
        Problem { text: "Choose whose children to show", href: Some("#whose") },
    ];
    let whose = [
        Choice::new("own", "Our own children"),
        Choice { hint: Some("placed here by other authorities"), ..Choice::new("others", "Children of others") },
    ];
    let columns = [Column::text("Tone"), Column::text("Tag")];
    let tags = [("Accent", Tone::Accent), ("Quiet", Tone::Quiet), ("Good", Tone::Good), ("Soon", Tone::Soon), ("Now", Tone::Now)];
    let rows: Vec<Vec<Markup>> = tags.iter().map(|&(text, tone)| vec![html! { (text) }, html! { (Tag { text, tone }) }]).collect();
    let action = [RowAction { text: "Change", href: "/gallery/list", about: "authority" }];
    let facts = [
        SummaryRow { key: "Authority", value: html! { "Exampleshire" }, actions: &action },
        SummaryRow { key: "Children", value: html! { "631" }, actions: &[] },
    ];
    let body = html! {
        (ErrorSummary { description: None, problems: &problems })
        (NotificationBanner { kind: Banner::Important, text: "The figures for 2026 are provisional." })
        (WarningText("Three children are in homes that are not registered."))
        (InsetText(html! { "Without a provider list, seven rules cannot run." }))
        (Details { id: None, summary: "Why 403 homes were left out", text: html! { p { "251 had no free place." } } })
        (SummaryList(&facts))
        (Table { caption: "Tags", size: Size::Small, columns: &columns, first: FirstCell::Header, rows: &rows })
        form action="/gallery/components" method="get" {
            h2 { "Form" }
            (DateInput { group: Group { error: Some("Enter a date that exists, like 31 3 2026"), ..Group::new("on", "On which day?") }, values: ["31", "2", "2026"] })
            (Radios { group: Group { error: Some("Choose whose children to show"), ..Group::new("whose", "Whose children?") }, arrangement: Arrangement::Stacked, choices: &whose })
            (TextInput { prefix: Some("£"), suffix: Some("a week"), mode: InputMode::Decimal, width: Some(10), ..TextInput::new(Field::new("price", "Weekly price"), "2711.00") })
            (TextInput::new(Field { hint: Some("As it is written in the register"), ..Field::new("name", "Name of the home") }, ""))
            p class="pw-actions" {
                (Button { text: "Show these children", look: Look::Primary, press: Press::Submit })
                (Button { text: "Save for later", look: Look::Secondary, press: Press::SubmitAs { name: "save", value: Some("draft") } })
                (Button { text: "Remove this record", look: Look::Warning, press: Press::SubmitAs { name: "remove", value: None } })
            }
        }
    };
    layout(Some(&place()), &Page { room: Some(Room::Market), lede: html! { "All of them on one page." }, body, ..Page::new("Components") })
}
