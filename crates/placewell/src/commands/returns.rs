//! `placewell returns check`

use domain::Severity;
use service::checks::{self, Change, Changes, Check, Earlier, Request};
use service::holdings;
use web::api::returns::{Checked, PastCheck};

use crate::cli::{Check as Args, CheckFormat, Format};
use crate::commands::{file, measures};
use crate::output::{self, Grid};

pub(crate) fn check(args: &Args) -> anyhow::Result<()> {
    let holding = holdings::open(measures::folder(&args.folder))?;
    let request = Request { year: args.folder.year, last: args.last.clone(), providers: args.providers.clone() };
    let check = checks::run(&holding, &request)?;
    let changes = args.against.as_deref().map(|path| changes(&check, path)).transpose()?;
    let json = Checked::new(&check, changes.as_ref());
    let format = match args.format {
        CheckFormat::Xlsx => {
            let path =
                args.out.as_ref().ok_or_else(|| anyhow::anyhow!("A workbook needs a file to be written to: add --out findings.xlsx."))?;
            let report = checks::workbook(&holding, &check, changes.as_ref());
            file::write_whole(path, &report::xlsx::write(&report)?)?;
            output::say(&format!("Wrote {} findings by child to {}.", check.findings.len(), path.display()));
            return Ok(());
        }
        CheckFormat::Table => Format::Table,
        CheckFormat::Json => Format::Json,
        CheckFormat::Csv => Format::Csv,
    };
    let mut grid = grid(&check, changes.as_ref());
    if format == Format::Table {
        grid.headings = for_people(&grid.headings);
        grid.rows = grid.rows.iter().map(|cells| for_people(cells)).collect();
    }
    match &args.out {
        Some(path) => file::write_whole(path, &output::to_bytes(format, &json, &grid, &words(&check, changes.as_ref()))?),
        None => output::print(format, &json, &grid, &words(&check, changes.as_ref())),
    }
}

fn changes(check: &Check, path: &std::path::Path) -> anyhow::Result<Changes> {
    Ok(checks::compare(&check.findings, &earlier(path)?))
}

/// The findings of an earlier check, from the JSON that it printed.
pub(crate) fn earlier(path: &std::path::Path) -> anyhow::Result<Vec<Earlier>> {
    PastCheck::read(&file::read(path)?).map_err(|fault| anyhow::anyhow!("{} is not the JSON of an earlier check: {fault}.", path.display()))
}

/// The columns of [`grid`] that fit a terminal: rule, severity, file, table, row, child, column, value, action. What is wrong stands once
/// for each rule below.
const FOR_PEOPLE: [usize; 9] = [0, 1, 10, 2, 4, 5, 6, 7, 8];

/// Those of a row's cells that people see in a terminal.
fn for_people(cells: &[String]) -> Vec<String> {
    FOR_PEOPLE.iter().map(|&at| cells[at].clone()).collect()
}

/// One line a finding. When compared, only the new ones: the others are known.
fn grid(check: &Check, changes: Option<&Changes>) -> Grid {
    let is_shown = |at: usize| changes.is_none_or(|changes| changes.of[at] == Change::New);
    let rows = check.findings.iter().enumerate().filter(|&(at, _)| is_shown(at)).map(|(_, finding)| {
        vec![
            finding.rule.to_owned(),
            finding.severity.word().to_owned(),
            finding.table.to_owned(),
            finding.year.to_string(),
            finding.row.to_string(),
            finding.child.clone(),
            finding.column.clone(),
            finding.value.clone(),
            finding.action.word().to_owned(),
            finding.message.clone(),
            finding.file.clone(),
        ]
    });
    let headings = ["rule", "severity", "table", "year", "row", "child", "column", "value", "action", "message", "file"];
    Grid { headings: headings.map(str::to_owned).to_vec(), rows: rows.collect(), numbers_from: usize::MAX }
}

fn words(check: &Check, changes: Option<&Changes>) -> String {
    let [errors, warnings, repairs] = check.counts().map(|(severity, count)| match (severity, count) {
        (Severity::Error, 1) => "1 error".to_owned(),
        (Severity::Error, count) => format!("{count} errors"),
        (Severity::Warning, 1) => "1 warning".to_owned(),
        (Severity::Warning, count) => format!("{count} warnings"),
        (Severity::Repair, 1) => "1 repair".to_owned(),
        (Severity::Repair, count) => format!("{count} repairs"),
    });
    let ran = check.rules.iter().filter(|rule| rule.status.word() == "ran").count();
    let mut words = vec![format!(
        "{errors}, {warnings}, {repairs}. Rows: {} read, {} used, {} set aside.\nStatutory rules on the return for {}: {ran} of {} ran.",
        check.rows.read,
        check.rows.used,
        check.rows.set_aside,
        check.year,
        check.rules.len()
    )];
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for rule in &check.rules {
        let Some(why) = rule.status.why(rule.rule) else { continue };
        // The same cause with another rule's code in it is the same cause.
        let why = why.replace(&format!("rule {}", rule.rule), "the rule");
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, codes)) if codes.contains(&rule.rule) => {}
            Some((_, codes)) => codes.push(rule.rule),
            None => reasons.push((why, vec![rule.rule])),
        }
    }
    for (why, codes) in reasons {
        words.push(format!("  skipped: {why} ({})", codes.join(", ")));
    }
    let mut said: Vec<(&str, &str)> = check.findings.iter().map(|finding| (finding.rule, finding.message.as_str())).collect();
    said.dedup_by_key(|(rule, _)| *rule);
    said.sort_unstable();
    said.dedup_by_key(|(rule, _)| *rule);
    for (rule, message) in said {
        words.push(format!("\n{rule}: {message}"));
    }
    if let Some(changes) = changes {
        let new = changes.of.iter().filter(|&&change| change == Change::New).count();
        words.push(format!(
            "\nSince the earlier check: {new} new (listed), {} still there, {} gone.",
            changes.of.len() - new,
            changes.gone.len()
        ));
    }
    words.join("\n")
}
