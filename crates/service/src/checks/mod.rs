//! Checking returns: what reading them found, and what the Department's rules say.

mod against;
mod workbook;

use std::path::PathBuf;

use domain::history::RowCount;
use domain::{Finding, Severity};
use ingest::ssda903::rules::{self, Inputs, Status};

pub use against::{Change, Changes, Earlier, compare};
pub use workbook::workbook;

use crate::Error;
use crate::holdings::{Folder, Holding, open};

/// What to check with.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The return year to run the statutory rules on; the latest held if left out.
    pub year: Option<u16>,
    /// Last year's returns, where they are not in the same folder.
    pub last: Option<PathBuf>,
    /// The provider list.
    pub providers: Option<PathBuf>,
}

/// A rule and what became of it, for one authority's return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleStatus {
    /// The Department's code.
    pub rule: &'static str,
    /// What it looks for.
    pub title: &'static str,
    /// Whose return; empty where nobody knows.
    pub authority: String,
    /// What became of it.
    pub status: Status,
    /// Rows that break it.
    pub rows: usize,
}

/// The outcome of a check.
#[derive(Debug)]
pub struct Check {
    /// The return year that the statutory rules were run on.
    pub year: u16,
    /// Every rule, for every authority in the returns.
    pub rules: Vec<RuleStatus>,
    /// What reading found in every year, then what the rules found in theirs.
    pub findings: Vec<Finding>,
    /// What became of the rows.
    pub rows: RowCount,
}

/// Checks a holding.
///
/// # Errors
/// `Unusable` where the year is not held, or last year's returns or the provider list cannot be read at all.
pub fn run(holding: &Holding, request: &Request) -> Result<Check, Error> {
    let returns = holding.read.returns();
    let latest = returns.iter().map(|&(_, year)| year).max().ok_or_else(|| {
        Error::Unusable(format!(
            "{}: the tables hold no row, so there is nothing to check. Export the return again.",
            holding.folder.path.display()
        ))
    })?;
    let year = request.year.unwrap_or(latest);
    let of_year: Vec<&str> = returns.iter().filter(|&&(_, held)| held == year).map(|&(authority, _)| authority).collect();
    if of_year.is_empty() {
        let mut held: Vec<u16> = returns.iter().map(|&(_, held)| held).collect();
        held.sort_unstable();
        held.dedup();
        let held: Vec<String> = held.iter().map(u16::to_string).collect();
        return Err(Error::Unusable(format!("No return that ends in {year} is held; those held end in {}.", held.join(", "))));
    }
    let last = request.last.as_ref().map(|path| last_year(path, holding, year)).transpose()?;
    let mut findings = holding.read.findings.clone();
    let providers = request.providers.as_deref().map(|path| providers(path, &mut findings)).transpose()?;
    let mut statuses = Vec::new();
    for authority in of_year {
        let tables = holding.read.tables(authority, year);
        let before = last.as_ref().unwrap_or(holding).read.tables(authority, year - 1);
        let last_tables = (!before.is_empty()).then_some(&before);
        let code = holding.code_of(authority);
        let inputs = Inputs { year: year.into(), tables: &tables, last: last_tables, authority: code, providers: providers.as_ref() };
        let checked = rules::check(&inputs);
        for (rule, status) in checked.statuses {
            let rows = checked.findings.iter().filter(|finding| finding.rule == rule).count();
            let title = rules::find(rule).map_or("", |rule| rule.title());
            statuses.push(RuleStatus { rule, title, authority: authority.to_owned(), status, rows });
        }
        findings.extend(checked.findings);
    }
    Ok(Check { year, rules: statuses, findings, rows: holding.read.history.rows })
}

/// Last year's returns from a place of their own, under the same authority's name.
fn last_year(path: &std::path::Path, holding: &Holding, year: u16) -> Result<Holding, Error> {
    let authority = match holding.read.history.authorities.as_slice() {
        [one] if !one.is_empty() => Some(one.clone()),
        _ => holding.folder.authority.clone(),
    };
    let last = open(Folder { path: path.to_owned(), authority, year: Some(year - 1) })?;
    if last.read.returns().iter().any(|&(_, held)| held == year - 1) {
        return Ok(last);
    }
    Err(Error::Unusable(format!("{} holds no return that ends in {}, the year before {year}.", path.display(), year - 1)))
}

fn providers(path: &std::path::Path, findings: &mut Vec<Finding>) -> Result<ingest::ssda903::providers::ProviderList, Error> {
    let sheets = ingest::sheets(path).map_err(|fault| Error::Unusable(fault.to_string()))?;
    let (list, found) = ingest::ssda903::providers::read(&sheets);
    findings.extend(found);
    if list.all().is_empty() {
        return Err(Error::Unusable(format!(
            "{} holds no provider: give the list as the Department or Ofsted sent it, with a URN column.",
            path.display()
        )));
    }
    Ok(list)
}

impl Check {
    /// How many findings of each severity: errors, warnings, repairs.
    pub fn counts(&self) -> [(Severity, usize); 3] {
        [Severity::Error, Severity::Warning, Severity::Repair]
            .map(|severity| (severity, self.findings.iter().filter(|finding| finding.severity == severity).count()))
    }
}
