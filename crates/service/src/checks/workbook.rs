//! The findings as a report, so that they become a workbook by child for the people who mend the record.

use std::collections::BTreeMap;

use domain::{Day, Finding};
use report::block::{Block, Cell, Column, Language, Register, Report, Row, Section, Table, Text};

use super::{Change, Changes, Check, Earlier};
use crate::holdings::Holding;

/// By child, by rule, the rules that did not run, and what became of the rows; compared with an earlier check, each finding says whether it is
/// new, and those no longer found have a sheet.
pub fn workbook(holding: &Holding, check: &Check, changes: Option<&Changes>) -> Report {
    let as_of = holding.newest_year_end().unwrap_or_else(|| Day::year_end(check.year.into()));
    let section = |id: &str, title: &str, table: Table| Section::new(id, title, vec![Block::Table(table)]);
    let mut sections = vec![
        section("by-child", "By child", by_child(&check.findings, changes)),
        section("by-rule", "By rule", by_rule(&check.findings)),
        section("rules", "Statutory rules", rules(check)),
        section("rows", "Rows", rows(check)),
    ];
    if let Some(changes) = changes {
        sections.insert(1, section("gone", "No longer found", gone(&changes.gone)));
    }
    Report {
        title: format!("Findings in the return for {}", check.year),
        subtitle: "Every row that breaks a rule or was read differently, by child".to_owned(),
        authority: holding.name(),
        as_of: as_of.into(),
        language: Language::English,
        notices: vec![Text::plain("This workbook names children by their identifiers. Keep it as you keep the return.")],
        sections,
        figures: Register::default(),
        data: Vec::new(),
    }
}

fn by_child(findings: &[Finding], changes: Option<&Changes>) -> Table {
    let mut sorted: Vec<(usize, &Finding)> = findings.iter().enumerate().collect();
    sorted.sort_by(|(_, a), (_, b)| (&a.child, a.table, a.year, a.row, a.rule).cmp(&(&b.child, b.table, b.year, b.row, b.rule)));
    let since = |at: usize| {
        changes.map(|changes| match changes.of[at] {
            Change::New => Cell::words("new"),
            Change::Still => Cell::words("still there"),
        })
    };
    let row = |&(at, finding): &(usize, &Finding)| {
        let mut cells = vec![
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
        ];
        cells.extend(since(at));
        Row::new(cells)
    };
    let mut columns = vec![
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
    ];
    if changes.is_some() {
        columns.push(Column::words("Since the last check"));
    }
    Table {
        id: "by-child".to_owned(),
        caption: "Findings by child".to_owned(),
        columns,
        rows: sorted.iter().map(row).collect(),
        ..Table::default()
    }
}

fn gone(findings: &[Earlier]) -> Table {
    let mut sorted: Vec<&Earlier> = findings.iter().collect();
    sorted.sort_by(|a, b| (&a.child, a).cmp(&(&b.child, b)));
    let row = |finding: &&Earlier| {
        Row::new(vec![
            Cell::words(if finding.child.is_empty() { "(whole file)" } else { &finding.child }),
            Cell::words(&finding.table),
            Cell::number(finding.year.into(), finding.year.to_string()),
            Cell::words(&finding.column),
            Cell::words(&finding.value),
            Cell::words(&finding.rule),
        ])
    };
    Table {
        id: "gone".to_owned(),
        caption: "Findings of the earlier check that are no longer there".to_owned(),
        columns: vec![
            Column::header("Child"),
            Column::words("Table"),
            Column::number("Year"),
            Column::words("Column"),
            Column::words("Value"),
            Column::words("Rule"),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(rule: &'static str, child: &str) -> Finding {
        Finding {
            rule,
            severity: domain::Severity::Error,
            file: "episodes.csv".into(),
            table: "Episodes",
            year: 2026,
            row: 2,
            child: child.into(),
            column: "DEC".into(),
            value: String::new(),
            message: "Mend it.".into(),
            action: domain::Treatment::Kept,
        }
    }

    fn words(table: &Table) -> Vec<Vec<String>> {
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.shown.clone()).collect()).collect()
    }

    #[test]
    fn compared_with_an_earlier_check_each_finding_says_whether_it_is_new() {
        let findings = [finding("501", "B"), finding("142", "A")];
        let gone_before = Earlier { rule: "388".into(), child: "C".into(), ..Earlier::default() };
        let changes = Changes { of: vec![Change::New, Change::Still], gone: vec![gone_before] };
        let table = by_child(&findings, Some(&changes));
        let last: Vec<bool> = words(&table).iter().map(|row| row.last().is_some_and(|cell| cell.contains("still there"))).collect();
        assert_eq!((table.columns.len(), last), (12, vec![true, false]), "sorted by child");
        assert_eq!(by_child(&findings, None).columns.len(), 11);
        assert!(words(&gone(&changes.gone))[0].iter().any(|cell| cell.contains("388")));
    }
}
