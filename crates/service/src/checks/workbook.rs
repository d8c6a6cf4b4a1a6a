//! The findings as a report, so that they become a workbook by child for the people who mend the record.

use std::collections::BTreeMap;

use domain::{Day, Finding};
use report::block::{Block, Cell, Column, Language, Register, Report, Row, Section, Table, Text};

use super::Check;
use crate::holdings::Holding;

/// By child, by rule, the rules that did not run, and what became of the rows.
pub fn workbook(holding: &Holding, check: &Check) -> Report {
    let as_of = holding.newest_year_end().unwrap_or_else(|| Day::year_end(check.year.into()));
    let section = |id: &str, title: &str, table: Table| Section::new(id, title, vec![Block::Table(table)]);
    Report {
        title: format!("Findings in the return for {}", check.year),
        subtitle: "Every row that breaks a rule or was read differently, by child".to_owned(),
        authority: holding.name(),
        as_of: as_of.into(),
        language: Language::English,
        notices: vec![Text::plain("This workbook names children by their identifiers. Keep it as you keep the return.")],
        sections: vec![
            section("by-child", "By child", by_child(&check.findings)),
            section("by-rule", "By rule", by_rule(&check.findings)),
            section("rules", "Statutory rules", rules(check)),
            section("rows", "Rows", rows(check)),
        ],
        figures: Register::default(),
        data: Vec::new(),
    }
}

fn by_child(findings: &[Finding]) -> Table {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by(|a, b| (&a.child, a.table, a.year, a.row, a.rule).cmp(&(&b.child, b.table, b.year, b.row, b.rule)));
    let row = |finding: &&Finding| {
        Row::new(vec![
            Cell::words(if finding.child.is_empty() { "(whole file)" } else { &finding.child }),
            Cell::words(finding.table),
            Cell::number(finding.year.into(), finding.year.to_string()),
            Cell::number(finding.row.into(), finding.row.to_string()),
            Cell::words(&finding.column),
            Cell::words(&finding.value),
            Cell::words(finding.rule),
            Cell::words(finding.severity.word()),
            Cell::words(finding.action.word()),
            Cell::words(&finding.message),
            Cell::words(&finding.file),
        ])
    };
    Table {
        id: "by-child".to_owned(),
        caption: "Findings by child".to_owned(),
        columns: vec![
            Column::header("Child"),
            Column::words("Table"),
            Column::number("Year"),
            Column::number("Line"),
            Column::words("Column"),
            Column::words("Value"),
            Column::words("Rule"),
            Column::words("Severity"),
            Column::words("What was done"),
            Column::words("What is wrong and what to do"),
            Column::words("File"),
        ],
        rows: sorted.iter().map(row).collect(),
        ..Table::default()
    }
}

fn by_rule(findings: &[Finding]) -> Table {
    let mut counts: BTreeMap<&str, (usize, &Finding)> = BTreeMap::new();
    for finding in findings {
        counts.entry(finding.rule).or_insert((0, finding)).0 += 1;
    }
    let row = |(rule, (count, first)): (&&str, &(usize, &Finding))| {
        Row::new(vec![
            Cell::words(*rule),
            Cell::words(first.severity.word()),
            Cell::number(*count as f64, count.to_string()),
            Cell::words(&first.message),
        ])
    };
    Table {
        id: "by-rule".to_owned(),
        caption: "Findings by rule".to_owned(),
        columns: vec![Column::header("Rule"), Column::words("Severity"), Column::number("Findings"), Column::words("The first of them")],
        rows: counts.iter().map(row).collect(),
        ..Table::default()
    }
}

fn rules(check: &Check) -> Table {
    let row = |status: &super::RuleStatus| {
        Row::new(vec![
            Cell::words(status.rule),
            Cell::words(&status.authority),
            Cell::words(status.title),
            Cell::words(status.status.word()),
            Cell::words(status.status.why(status.rule).unwrap_or_default()),
            Cell::number(status.rows as f64, status.rows.to_string()),
        ])
    };
    Table {
        id: "rules".to_owned(),
        caption: format!("Statutory rules on the return for {}", check.year),
        columns: vec![
            Column::header("Rule"),
            Column::words("Authority"),
            Column::words("What it looks for"),
            Column::words("Status"),
            Column::words("Why it did not run"),
            Column::number("Rows"),
        ],
        rows: check.rules.iter().map(row).collect(),
        ..Table::default()
    }
}

fn rows(check: &Check) -> Table {
    let rows = check.rows;
    let row = |words: &str, count: u64| Row::new(vec![Cell::words(words), Cell::number(count as f64, count.to_string())]);
    Table {
        id: "rows".to_owned(),
        caption: "What became of the rows".to_owned(),
        columns: vec![Column::header("Rows"), Column::number("How many")],
        rows: vec![
            row("Read", rows.read),
            row("Used", rows.used),
            row("Of them with a value read differently", rows.repaired),
            row("Of them shortened or merged", rows.cut),
            row("Set aside", rows.set_aside),
        ],
        ..Table::default()
    }
}
