//! A cohort as CSV: one line a figure, measures first.

use axum::response::Response;
use domain::Value;
use service::cohorts::Cohort;

use crate::csv_file::csv_file;

const HEADINGS: [&str; 9] = ["table", "key", "label", "value", "mark", "counted", "of", "unknown", "unit"];

pub(super) fn children(cohort: &Cohort) -> Response {
    let whole = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let measures = cohort.measures.iter().map(|one| {
        let (value, mark) = (value(one.value.0), one.value.0.symbol().unwrap_or_default().to_owned());
        vec![
            "measures".to_owned(),
            one.id.to_owned(),
            one.label.to_owned(),
            value,
            mark,
            whole(one.numerator),
            whole(one.denominator),
            one.unknown.to_string(),
            one.unit.word().to_owned(),
        ]
    });
    let breakdowns = cohort.breakdowns.iter().flat_map(|by| {
        let line = move |key: &str, label: &str, count: u64| {
            let number = count.to_string();
            vec![
                by.by.to_owned(),
                key.to_owned(),
                label.to_owned(),
                number.clone(),
                String::new(),
                number,
                by.total.to_string(),
                by.unknown.to_string(),
                "children".to_owned(),
            ]
        };
        by.rows.iter().map(move |row| line(&row.key, &row.label, row.count)).chain([line("unknown", "Not known", by.unknown)])
    });
    csv_file(&format!("children-{}", cohort.on), HEADINGS, measures.chain(breakdowns))
}

fn value(value: Value) -> String {
    value.known().map(|number| number.to_string()).unwrap_or_default()
}
