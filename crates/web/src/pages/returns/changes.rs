//! What changed since an earlier check: what came up, and what is no longer found.

use std::collections::BTreeMap;

use domain::Finding;
use maud::{Markup, html};
use service::checks::{self, Change, Check, Earlier};

use super::View;
use super::list::{self, Choice};
use crate::error::Error;
use crate::govuk::{Column, FirstCell, Size, Table};
use crate::shown;

pub(super) fn body(earlier: Option<&[Earlier]>, choice: &Choice, check: &Check) -> Result<Markup, Error> {
    let Some(earlier) = earlier else { return Ok(without()) };
    let changes = checks::compare(&check.findings, earlier);
    let new: Vec<&Finding> =
        check.findings.iter().zip(&changes.of).filter(|(_, change)| **change == Change::New).map(|(finding, _)| finding).collect();
    let still = check.findings.len() - new.len();
    Ok(html! {
        p class="govuk-body" {
            strong { (shown::counted(new.len() as u64, "finding is", "findings are")) " new" } ", "
            (shown::count(changes.gone.len() as u64)) " of the last check are no longer found, " (shown::count(still as u64)) " are as they were."
        }
        @if new.is_empty() { p class="govuk-body" { "Nothing new was found." } } @else { (list::page(View::Changes.path(), choice, check, &new)?) }
        @if !changes.gone.is_empty() { (gone(&changes.gone)) }
    })
}

/// How many of each rule are no longer found; the workbook names each.
fn gone(gone: &[Earlier]) -> Markup {
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for finding in gone {
        *counts.entry((&finding.rule, &finding.table)).or_default() += 1;
    }
    let rows: Vec<Vec<Markup>> = counts
        .iter()
        .map(|((rule, table), count)| vec![html! { "Rule " (rule) }, html! { (table) }, html! { (shown::count(*count)) }])
        .collect();
    let columns = [Column::text("Rule"), Column::text("Table"), Column::number("No longer found")];
    html! {
        (Table { caption: "No longer found", size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows })
        p class="govuk-body" { "Each of them is on a sheet of the workbook by child." }
    }
}

fn without() -> Markup {
    html! {
        div class="pw-prose" {
            p class="govuk-body" { "No earlier check was given, so nothing can be compared." }
            h2 { "What to do first" }
            p class="govuk-body" { "Keep a check as a file: " code { "placewell returns check RETURNS --format json --out check.json" } ", or the JSON button above." }
            p class="govuk-body" { "Name the file as " code { "last_check" } " in the configuration of " code { "placewell serve" } ": this page then says what is new, and what is mended." }
        }
    }
}
