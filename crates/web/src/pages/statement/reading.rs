//! The statement on pages: its contents beside one section at a time, so that every section has an address.

use maud::{Markup, html};
use report::Report;
use report::block::FigureId;
use report::html::{self as blocks, Links};
use service::areas;
use service::work::Standing;

use super::download::Format;
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Button, Choice, Field, InsetText, Look, Press, Select, Size};
use crate::page::{Page, Room, layout};

pub(super) fn page(state: &app::State, asked: &Asked, report: &Report) -> Result<Markup, Error> {
    let wanted = asked.one("section");
    let at = match wanted {
        None => 0,
        Some(id) => report
            .sections
            .iter()
            .position(|section| section.id == id)
            .ok_or_else(|| Error::Missing(format!("The statement has no section “{id}”.")))?,
    };
    let section = report.sections.get(at).ok_or(Error::Internal)?;
    let links = Links::Under(format!("{}&figure=", asked.with("section", &section.id).of("/statement/why")));
    let body = html! {
        div class="pw-filtered" {
            div { (contents(asked, report, at)) (chooser(state, &report.authority)) }
            article class="pw-statement" aria-labelledby="section" {
                @if at == 0 { @for notice in &report.notices { (blocks::note(notice, &links)) } }
                @if is_open(state, report, &section.id) {
                    (InsetText(html! { "The forecast is being worked out. " a href=(asked.of("/statement")) { "Open this page again" } " in a few seconds." }))
                }
                h2 id="section" { (at + 1) ". " (section.title) }
                @for block in &section.blocks { (blocks::block(block, &links)) }
                (onward(asked, report, at))
            }
        }
    };
    let actions = html! {
        @for format in Format::ALL.into_iter().filter(|format| *format != Format::Pdf || state.pdf.is_some()) {
            (Button { text: format.words(), look: Look::Secondary, press: Press::Follow(&asked.only(&["area"]).of(&format!("/statement/{}", format.file()))) })
        }
    };
    let lede = html! { (report.subtitle) ". As at " (report.as_of_words()) "." };
    let heading = format!("{} of {}", report.title, report.authority);
    let title = format!("{}: {}", report.title, section.title);
    Ok(layout(Some(&state.place), &Page { title, room: Some(Room::Statement), lede, actions, body, ..Page::new(heading) }))
}

/// Whether a section still waits for what lies ahead.
fn is_open(state: &app::State, report: &Report, section: &str) -> bool {
    let ours = state.holding.is_some() && report.authority == state.profile.name;
    ours && ["demand", "gap"].contains(&section) && state.ahead().is_some_and(|job| matches!(job.standing(), Standing::Running(..)))
}

fn contents(asked: &Asked, report: &Report, at: usize) -> Markup {
    html! {
        nav class="pw-contents" aria-label="Contents of the statement" {
            ol {
                @for (i, section) in report.sections.iter().enumerate() {
                    li { a href=(asked.with("section", &section.id).of("/statement")) aria-current=[(i == at).then_some("page")] { (section.title) } }
                }
            }
        }
    }
}

fn onward(asked: &Asked, report: &Report, at: usize) -> Markup {
    html! {
        @if let Some(next) = report.sections.get(at + 1) {
            p class="govuk-body pw-onward" { "Next: " a href=(asked.with("section", &next.id).of("/statement")) { (next.title) } }
        }
    }
}

fn chooser(state: &app::State, authority: &str) -> Markup {
    let ours = state.profile.name.as_str();
    let names = areas::names();
    let mut choices: Vec<Choice<'_>> = Vec::new();
    if !names.contains(&ours) {
        choices.push(Choice::new(ours, ours));
    }
    choices.extend(names.iter().map(|name| Choice::new(name, name)));
    let choices: Vec<Choice<'_>> = choices.into_iter().map(|choice| choice.chosen_if(authority)).collect();
    html! {
        form class="pw-choose" action="/statement" method="get" {
            (Select { field: Field { size: Size::Small, ..Field::new("area", "Statement of") }, choices: &choices })
            (Button { text: "Show", look: Look::Secondary, press: Press::Submit })
        }
    }
}

/// Where nothing is known of whose pages these are.
pub(super) fn choose(state: &app::State) -> Markup {
    let body = html! { div class="pw-prose" { p class="govuk-body" { "Choose an authority: its statement is made from published figures." } (chooser(state, "")) } };
    layout(Some(&state.place), &Page { room: Some(Room::Statement), body, ..Page::new("Sufficiency statement") })
}

/// How one figure of the statement was made.
pub(super) fn why(state: &app::State, asked: &Asked, report: &Report) -> Result<Markup, Error> {
    let id = FigureId::new(asked.one("figure").unwrap_or_default());
    let why = report.figures.why(&id).ok_or_else(|| Error::Missing(format!("The statement has no figure “{id}”.")))?;
    let back = asked.without("figure").of("/statement");
    let body = html! { (blocks::why(why)) p class="govuk-body" { "Its name for good: " code { (id) } } };
    let page = Page {
        title: format!("Why: {}", why.name),
        room: Some(Room::Statement),
        trail: &[("Statement", &back)],
        body,
        ..Page::new(why.name.clone())
    };
    Ok(layout(Some(&state.place), &page))
}
