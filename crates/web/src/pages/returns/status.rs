//! The Department's rules with what became of each.

use maud::{Markup, html};
use service::checks::{Check, RuleStatus};

use crate::govuk::{Column, FirstCell, Size, Table, Tag, Tone};
use crate::parts::Scroll;
use crate::shown;

pub(super) fn rules(check: &Check) -> Markup {
    let several = check.rules.windows(2).any(|pair| pair[0].authority != pair[1].authority);
    let ran = check.rules.iter().filter(|rule| rule.status.word() == "ran").count() as u64;
    let all = check.rules.len() as u64;
    let caption = format!("Statutory rules on the return for {}: {} of {} ran", check.year, shown::count(ran), shown::count(all));
    let mut columns =
        vec![Column::text("Rule"), Column::text("What it looks for"), Column::text("Status"), Column::number("Rows that break it")];
    if several {
        columns.insert(1, Column::text("Authority"));
    }
    let rows: Vec<Vec<Markup>> = check.rules.iter().map(|rule| row(check, rule, several)).collect();
    let table = html! { (Table { caption: &caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) };
    html! { div id="rules" { (Scroll { label: &caption, body: table }) } }
}

fn row(check: &Check, rule: &RuleStatus, several: bool) -> Vec<Markup> {
    let why = rule.status.why(rule.rule);
    let tone = match rule.status.word() {
        "ran" => Tone::Quiet,
        "skipped" => Tone::Soon,
        _ => Tone::Now,
    };
    let mut cells = vec![
        html! { a href={ "/returns/rules/" (rule.rule) "?rules=" (check.year) } { (rule.rule) } },
        html! { (rule.title) },
        html! { (Tag { text: rule.status.word(), tone }) @if let Some(why) = why { span class="pw-more" { (why) } } },
        html! { @if rule.status.word() == "ran" { (shown::count(rule.rows as u64)) } @else { "–" } },
    ];
    if several {
        cells.insert(1, html! { (rule.authority) });
    }
    cells
}
