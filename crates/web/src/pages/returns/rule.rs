//! One rule: what it means, and what it found.

use domain::Finding;
use maud::{Markup, html};
use service::checks::Check;
use service::rules;

use super::list::{self, Choice};
use crate::app;
use crate::error::Error;
use crate::page::{Page, Room, layout};
use crate::shown;

/// Findings on the page; the list has them all.
const SHOWN: usize = 50;

pub(super) fn page(state: &app::State, check: &Check, choice: &Choice, code: &str) -> Result<Markup, Error> {
    let found: Vec<&Finding> = check.findings.iter().filter(|finding| finding.rule == code).collect();
    let meaning = rules::meaning(code);
    if meaning.is_none() && found.is_empty() {
        return Err(Error::Missing(format!("There is no rule called “{code}”, and nothing was found under that name.")));
    }
    let all = choice.asked.only(&["rules"]).with("rule", code).of("/returns/findings");
    let many = found.len() as u64;
    let first = &found[..found.len().min(SHOWN)];
    let caption = if found.len() > SHOWN {
        format!("The first {SHOWN} of {}", shown::counted(many, "finding", "findings"))
    } else {
        shown::counted(many, "finding", "findings")
    };
    let body = html! {
        div class="pw-prose" {
            @match &meaning {
                Some(meaning) => { (text(&meaning.text)) }
                None => { p class="govuk-body" { "One of Placewell's own: it says what became of a row while it was read. It is not among the Department's rules." } }
            }
        }
        @if found.is_empty() { p class="govuk-body" { "No row breaks it." } } @else { (list::table(choice, check, &caption, first)) }
        @if found.len() > SHOWN { p class="govuk-body" { a href=(all) { "See all " (shown::count(many)) } } }
    };
    let heading = meaning.as_ref().map_or_else(|| format!("Rule {code}"), |meaning| format!("Rule {code}: {}", meaning.title));
    let back = choice.beside("/returns/rules");
    let page =
        Page { title: format!("Rule {code}"), room: Some(Room::Returns), trail: &[("Statutory rules", &back)], body, ..Page::new(heading) };
    Ok(layout(Some(&state.place), &page))
}

/// The rule's documentation: paragraphs, code in back-ticks, strong words between stars. Its first paragraph is the heading already.
fn text(text: &str) -> Markup {
    html! { @for paragraph in text.split("\n\n").skip(1).filter(|words| !words.trim().is_empty()) { p class="govuk-body" { (code_marked(paragraph)) } } }
}

fn code_marked(words: &str) -> Markup {
    html! { @for (at, part) in words.split('`').enumerate() { @if at % 2 == 1 { code { (part) } } @else { (strong_marked(part)) } } }
}

fn strong_marked(words: &str) -> Markup {
    html! { @for (at, part) in words.split("**").enumerate() { @if at % 2 == 1 { strong { (part) } } @else { (part) } } }
}
