//! Where every row and every file went.

use maud::{Markup, html};
use service::holdings::Holding;

use crate::govuk::{Column, FirstCell, Size, Table};
use crate::parts::Scroll;
use crate::shown;

/// Read is used and set aside, nothing else.
pub(super) fn rows(holding: &Holding) -> Markup {
    let rows = &holding.read.history.rows;
    let figures = [
        ("Read", rows.read, "rows in the files"),
        ("Used", rows.used, "counts rest on them"),
        ("Repaired", rows.repaired, "of those used: a value is read differently"),
        ("Cut", rows.cut, "of those used: dates shortened, or merged"),
        ("Set aside", rows.set_aside, "not used, and still held"),
    ];
    html! {
        dl class="pw-figures" {
            @for (label, number, words) in figures {
                div class="pw-figure" { dt { (label) } dd { span class="pw-number" { (shown::count(number)) } div class="pw-reason" { (words) } } }
            }
        }
    }
}

/// Which tables were filed for which year.
pub(super) fn tables(holding: &Holding) -> Markup {
    let submissions = &holding.read.submissions;
    let mut years: Vec<u16> = submissions.iter().map(|one| one.year).collect();
    years.sort_unstable();
    years.dedup();
    let mut tables: Vec<&'static str> = Vec::new();
    for one in submissions {
        if !tables.contains(&one.table.name()) {
            tables.push(one.table.name());
        }
    }
    let cell = |table: &str, year: u16| {
        let filed: Vec<_> = submissions.iter().filter(|one| one.table.name() == table && one.year == year).collect();
        match filed.as_slice() {
            [] => html! { span class="pw-mark" { "not held" } },
            [_] => html! { "held" },
            many => html! { "held, " (many.len()) " files" },
        }
    };
    let labels: Vec<String> = years.iter().map(|&year| super::list::year(year.into())).collect();
    let columns: Vec<Column<'_>> = [Column::text("Table")].into_iter().chain(labels.iter().map(|label| Column::text(label))).collect();
    let lines: Vec<Vec<Markup>> =
        tables.iter().map(|table| [html! { (table) }].into_iter().chain(years.iter().map(|&year| cell(table, year))).collect()).collect();
    let caption = "Tables held, by the year in which the return ends";
    let table = html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &lines }) };
    html! { (Scroll { label: caption, body: table }) }
}
