//! The measure cards of a cohort.

use maud::{Markup, html};
use service::cohorts::Cohort;
use service::counts::measure::Measured;

use super::question::Question;
use crate::govuk::{Column, Details, FirstCell, Size, Table};
use crate::parts::Scroll;
use crate::shown;

pub(super) fn table(question: &Question, cohort: &Cohort) -> Markup {
    let caption = "Measures";
    let columns = [
        Column::text("Measure"),
        Column::number("Value"),
        Column::number("Counted"),
        Column::number("Of"),
        Column::number("Not known"),
        Column::text("Why"),
    ];
    let rows: Vec<Vec<Markup>> = cohort.measures.iter().map(|measured| row(question, measured)).collect();
    let table = html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) };
    html! {
        (Scroll { label: caption, body: table })
        (Details { id: None, summary: "What each measure counts", text: definitions(cohort) })
    }
}

fn definitions(cohort: &Cohort) -> Markup {
    html! { dl class="pw-definitions" { @for measured in &cohort.measures { dt { (measured.label) } dd { (measured.definition) } } } }
}

fn row(question: &Question, measured: &Measured) -> Vec<Markup> {
    let number = |number: Option<u64>| html! { @if let Some(number) = number { (shown::count(number)) } @else { "–" } };
    let unit = shown::unit_words(measured.unit);
    let value = html! {
        @if measured.value.0.known().is_some() { strong { (shown::measured(measured)) } } @else { span class="pw-mark" { (shown::measured(measured)) } }
    };
    vec![
        html! {
            (measured.label)
            @if !unit.is_empty() && !measured.label.contains(unit) { span class="pw-more" { (unit) } }
            @if let Some(why_not) = &measured.why_not { span class="pw-more" { (why_not) } }
        },
        value,
        number(measured.numerator),
        number(measured.denominator),
        number(Some(measured.unknown)),
        html! { a href=(question.asked.of(&format!("/why/{}", measured.id))) { "Why" span class="govuk-visually-hidden" { " is " (measured.label) " what it is?" } } },
    ]
}
