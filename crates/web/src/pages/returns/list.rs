//! The findings: chosen by rule, severity, table and year, fifty a page.

use std::collections::BTreeMap;

use domain::Finding;
use domain::finding::{Severity, Treatment};
use maud::{Markup, html};
use service::checks::Check;
use service::holdings::Holding;

use super::person;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Column, Field, FirstCell, Pagination, Select, Size, Table, Tag, Tone};
use crate::parts::{self, Filter, Scroll};
use crate::shown;

const A_PAGE: usize = 50;

/// What the address chooses by, and the words of each.
const FIELDS: [(&str, &str); 4] = [("severity", "Severity"), ("rule", "Rule"), ("table", "Table"), ("year", "Year")];

/// Which findings are wanted.
pub(crate) struct Choice {
    pub(super) asked: Asked,
    /// The return year to run the statutory rules on; the latest if none is named.
    pub(crate) checked: Option<u16>,
}

impl Choice {
    pub(crate) fn read(asked: &Asked) -> Result<Self, Error> {
        Ok(Self { asked: asked.only(&["severity", "rule", "table", "year", "page", "rules"]), checked: asked.number("rules")? })
    }

    /// The address of a page beside the list, by the rules of the same year.
    pub(super) fn beside(&self, path: &str) -> String {
        self.asked.only(&["rules"]).of(path)
    }

    pub(super) fn of<'a>(&self, findings: &'a [Finding]) -> Vec<&'a Finding> {
        let admits =
            |finding: &&Finding| FIELDS.iter().all(|(field, _)| self.asked.one(field).is_none_or(|value| fact(finding, field) == value));
        findings.iter().filter(admits).collect()
    }
}

/// What a finding is in a field; tables that are not meant are `whole file`.
fn fact(finding: &Finding, field: &str) -> String {
    match field {
        "severity" => finding.severity.word().to_owned(),
        "rule" => finding.rule.to_owned(),
        "table" if finding.table.is_empty() => "whole file".to_owned(),
        "table" => finding.table.to_owned(),
        _ => year(finding.year),
    }
}

pub(super) fn year(year: u32) -> String {
    if year == 0 { "not known".to_owned() } else { year.to_string() }
}

pub(super) fn panel(holding: &Holding, choice: &Choice, check: &Check) -> Markup {
    let mut years: Vec<u16> = holding.read.submissions.iter().map(|one| one.year).filter(|&year| year > 0).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    let years: Vec<String> = years.iter().map(u16::to_string).collect();
    let now = check.year.to_string();
    let years: Vec<crate::govuk::Choice<'_>> = years.iter().map(|year| crate::govuk::Choice::new(year, year).chosen_if(&now)).collect();
    let fields = html! {
        @for (field, label) in FIELDS { (one_field(choice, &check.findings, field, label)) }
        (Select { field: Field { size: Size::Small, ..Field::new("rules", "Run the statutory rules on") }, choices: &years })
    };
    let tags: Vec<(String, String)> = FIELDS
        .iter()
        .filter_map(|(field, label)| {
            Some((format!("{label}: {}", choice.asked.one(field)?), choice.asked.without("page").without(field).of("/returns/findings")))
        })
        .collect();
    let chosen: Vec<parts::Chosen<'_>> = tags.iter().map(|(text, without)| parts::Chosen { text, without }).collect();
    html! { (Filter { title: "Filter", action: "/returns/findings", fields, chosen: &chosen, button: "Show these findings", all: "/returns/findings" }) }
}

/// Its values with how many findings each has.
fn one_field(choice: &Choice, findings: &[Finding], field: &str, label: &str) -> Markup {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for finding in findings {
        *counts.entry(fact(finding, field)).or_default() += 1;
    }
    let labels: Vec<(String, String)> =
        counts.into_iter().map(|(value, count)| (value.clone(), format!("{value} ({})", shown::count(count)))).collect();
    let now = choice.asked.one(field).unwrap_or_default();
    let all = crate::govuk::Choice::new("", "All").chosen_if(now);
    let choices: Vec<crate::govuk::Choice<'_>> =
        [all].into_iter().chain(labels.iter().map(|(value, label)| crate::govuk::Choice::new(value, label).chosen_if(now))).collect();
    html! { (Select { field: Field { size: Size::Small, ..Field::new(field, label) }, choices: &choices }) }
}

/// Fifty of the findings with the way to the others, which are at the same path.
pub(super) fn page(path: &str, choice: &Choice, check: &Check, found: &[&Finding]) -> Result<Markup, Error> {
    if found.is_empty() {
        return Ok(html! { p class="govuk-body" { "No finding fits these choices." } });
    }
    let last = found.len().div_ceil(A_PAGE);
    let page = choice.asked.number::<usize>("page")?.unwrap_or(1).clamp(1, last);
    let start = (page - 1) * A_PAGE;
    let shown_here = &found[start..found.len().min(start + A_PAGE)];
    let caption = format!(
        "Findings {} to {} of {}",
        shown::count(start as u64 + 1),
        shown::count((start + shown_here.len()) as u64),
        shown::count(found.len() as u64)
    );
    Ok(html! {
        (table(choice, check, &caption, shown_here))
        @if let Some(pagination) = Pagination::of(page, last, |page| choice.asked.with("page", &page.to_string()).of(path)) { (pagination) }
    })
}

/// Findings as rows; the child's name leads to all that was found about it.
pub(super) fn table(choice: &Choice, check: &Check, caption: &str, findings: &[&Finding]) -> Markup {
    let columns = [Column::text("Finding"), Column::text("Severity"), Column::text("Where"), Column::text("Child")];
    let places = person::Places::of(check);
    let rows: Vec<Vec<Markup>> = findings
        .iter()
        .map(|finding| {
            vec![
                html! {
                    (finding.message)
                    span class="pw-more" { a href=(choice.beside(&format!("/returns/rules/{}", finding.rule))) { "Rule " (finding.rule) } @if !finding.value.is_empty() { " · value " code { (finding.value) } } }
                },
                html! { (severity(finding.severity)) span class="pw-more" { (treatment(finding.action)) } },
                html! { (broken_at_slashes(&finding.file)) @if finding.row > 0 { ", line " (finding.row) } @if !finding.column.is_empty() { span class="pw-more" { (finding.column) } } },
                html! { @match places.place(&finding.child) { Some(place) => a href=(choice.beside(&format!("/returns/children/{place}"))) { (finding.child) }, None => "–" } },
            ]
        })
        .collect();
    let table = html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Data, rows: &rows }) };
    html! { (Scroll { label: caption, body: table }) }
}

/// A path may be long: it may go on on the next line after each slash.
fn broken_at_slashes(path: &str) -> Markup {
    html! { @for (at, part) in path.split('/').enumerate() { @if at > 0 { "/" wbr; } (part) } }
}

fn severity(severity: Severity) -> Tag<'static> {
    let tone = match severity {
        Severity::Error => Tone::Now,
        Severity::Warning => Tone::Soon,
        Severity::Repair => Tone::Quiet,
    };
    Tag { text: severity.word(), tone }
}

const fn treatment(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::Kept => "used as it stands",
        Treatment::Repaired => "used, read differently",
        Treatment::Cut => "used in part",
        Treatment::SetAside => "set aside",
    }
}
