//! What in the returns waits for somebody.

use domain::finding::{Severity, Treatment};
use maud::{Markup, html};
use service::checks::Check;
use service::holdings::Holding;
use service::record::access::Action;

use crate::door;
use crate::parts::Panel;
use crate::shown;

pub(super) fn panel(holding: &Holding, check: &Check) -> Markup {
    let findings = &check.findings;
    let of = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count() as u64;
    let (errors, warnings, repairs) = (of(Severity::Error), of(Severity::Warning), of(Severity::Repair));
    let set_aside = findings.iter().filter(|finding| finding.action == Treatment::SetAside).count() as u64;
    let broken = check.rules.iter().filter(|rule| rule.rows > 0).count() as u64;
    let covers = holding.read.history.covers.map(|(first, last)| format!("{} to {}", first.long(), last.long()));
    let body = html! {
        ul class="govuk-list" {
            @if errors > 0 { li { (led("/returns/findings?severity=error", &shown::counted(errors, "error", "errors"))) " in the returns" @if set_aside > 0 { ": " (shown::counted(set_aside, "row is", "rows are")) " set aside" } } }
            @if warnings > 0 { li { (led("/returns/findings?severity=warning", &shown::counted(warnings, "warning", "warnings"))) " worth a look" } }
            @if repairs > 0 { li { (led("/returns/findings?severity=repair", &shown::counted(repairs, "value", "values"))) " read differently than written" } }
            @if findings.is_empty() { li { "Nothing was found wrong while " (led("/returns", "reading the returns")) "." } }
        }
        p class="govuk-body" { (led("/returns/rules", &shown::counted(broken, "statutory rule", "statutory rules"))) @if broken == 1 { " is" } @else { " are" } " broken in the return for " (check.year) "." }
        p class="pw-more" {
            (shown::counted(holding.read.history.rows.read, "row", "rows")) " read from " (shown::counted(holding.read.history.files.len() as u64, "file", "files"))
            @if let Some(covers) = covers { ", " (covers) }
            "."
        }
    };
    html! { (Panel { id: "attention", heading: "What needs attention", body }) }
}

/// A way into the returns for those to whom they are open; the same words for everybody else.
fn led(href: &str, words: &str) -> Markup {
    let open = door::reader().is_none_or(|acting| acting.may(Action::ReturnsRead));
    html! { @if open { a href=(href) { (words) } } @else { (words) } }
}
