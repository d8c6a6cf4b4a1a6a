//! The children by one field, as a table with bars.

use maud::{Markup, html};
use service::cohorts::Cohort;
use service::counts::field::{Field, UNKNOWN_KEY};
use service::counts::profile::Breakdown;

use super::question::Question;
use crate::govuk::{Column, FirstCell, Size, Table};
use crate::parts::{Bar, Scroll};
use crate::shown;

/// Each category leads to the same page for its children alone.
pub(super) fn profile(question: &Question, cohort: &Cohort) -> Markup {
    let of_fields = cohort.breakdowns.iter().filter_map(|breakdown| Field::parse(breakdown.by).map(|field| (field, breakdown)));
    // One authority alone says nothing.
    let worth_showing = |field: Field, breakdown: &Breakdown| !(field == Field::Authority && breakdown.rows.len() < 2);
    html! {
        div class="pw-columns" {
            @for (field, breakdown) in of_fields.filter(|(field, breakdown)| worth_showing(*field, breakdown)) {
                div class="pw-columns__one" {
                    (table(breakdown, |key| Some(question.asked.with(field.name(), key).of("/children/profile"))))
                }
            }
        }
    }
}

/// Who came, who left, and why children moved, in the days of flows.
pub(super) fn flows(cohort: &Cohort) -> Markup {
    html! {
        div class="pw-columns" {
            @for breakdown in cohort.breakdowns.iter().filter(|breakdown| Field::parse(breakdown.by).is_none() && breakdown.total > 0) {
                div class="pw-columns__one" { (table(breakdown, |_| None)) }
            }
        }
    }
}

fn table(breakdown: &Breakdown, address: impl Fn(&str) -> Option<String>) -> Markup {
    let total = breakdown.total;
    let largest = breakdown.rows.iter().map(|row| row.count).chain([breakdown.unknown]).max().unwrap_or(0);
    let line = |key: &str, label: &str, count: u64| {
        let label = html! { @match address(key).filter(|_| count > 0) { Some(href) => a href=(href) { (label) }, None => (label) } };
        let share = html! { span class="pw-share" { span { (shown::share(count, total)) } (Bar { part: count, whole: largest }) } };
        vec![label, html! { (shown::count(count)) }, share]
    };
    let mut rows: Vec<Vec<Markup>> = breakdown.rows.iter().map(|row| line(&row.key, &row.label, row.count)).collect();
    if breakdown.unknown > 0 {
        rows.push(line(UNKNOWN_KEY, "Not known", breakdown.unknown));
    }
    rows.push(vec![html! { strong { "All" } }, html! { strong { (shown::count(total)) } }, html! {}]);
    let columns = [Column::text("Category"), Column::number("Number"), Column::text("Share")];
    let caption = breakdown.label;
    let table = html! { (Table { caption, size: Size::Small, columns: &columns, first: FirstCell::Header, rows: &rows }) };
    html! { (Scroll { label: caption, body: table }) }
}
