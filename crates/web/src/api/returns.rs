//! JSON of a check of returns.

use domain::Finding as Found;
use serde::{Deserialize, Serialize};
use service::checks::{Change, Changes, Check, Earlier, RuleStatus};

use super::measures::Rows;

/// `returns check`: rules, findings, and what changed.
#[derive(Debug, Serialize)]
pub struct Checked {
    /// The return year that the statutory rules were run on.
    pub year: u16,
    /// What became of the rows.
    pub rows: Rows,
    /// Every rule.
    pub rules: Vec<Rule>,
    /// Every finding.
    pub findings: Vec<Finding>,
    /// Findings of the earlier check that are no longer found; only when compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gone: Option<Vec<Past>>,
}

/// A rule and what became of it.
#[derive(Debug, Serialize)]
pub struct Rule {
    /// The Department's code.
    pub rule: &'static str,
    /// `ran`, `skipped`, `failed`.
    pub status: &'static str,
    /// Why it did not run.
    pub why: Option<String>,
    /// What it looks for.
    pub title: &'static str,
    /// Whose return.
    pub authority: String,
    /// Rows that break it.
    pub rows: usize,
}

/// One thing found in one place.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// Statutory rule, or one of Placewell's.
    pub rule: &'static str,
    /// `error`, `warning`, `repair`.
    pub severity: &'static str,
    /// File.
    pub file: String,
    /// Table.
    pub table: &'static str,
    /// Year in which the return ends.
    pub year: u32,
    /// Line in the file, the header being line 1.
    pub row: u32,
    /// The child's identifier.
    pub child: String,
    /// Column.
    pub column: String,
    /// Value.
    pub value: String,
    /// What is wrong and what to do.
    pub message: String,
    /// `kept`, `repaired`, `cut`, `set-aside`.
    pub action: &'static str,
    /// `new` or `still`; only when compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<&'static str>,
}

/// A finding of an earlier check, as far as it is compared.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Past {
    /// Rule.
    pub rule: String,
    /// Table.
    pub table: String,
    /// Year in which the return ends.
    pub year: u32,
    /// The child's identifier.
    pub child: String,
    /// Column.
    pub column: String,
    /// Value.
    pub value: String,
}

/// The file of an earlier check, as far as it is compared.
#[derive(Debug, Deserialize)]
pub struct PastCheck {
    /// Its findings.
    pub findings: Vec<Past>,
}

impl PastCheck {
    /// The findings in the JSON of an earlier check.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(json: &[u8]) -> Result<Vec<Earlier>, serde_json::Error> {
        Ok(serde_json::from_slice::<Self>(json)?.findings.into_iter().map(Into::into).collect())
    }
}

impl From<Past> for Earlier {
    fn from(past: Past) -> Self {
        let Past { rule, table, year, child, column, value } = past;
        Self { rule, table, year, child, column, value }
    }
}

impl From<&Earlier> for Past {
    fn from(earlier: &Earlier) -> Self {
        let Earlier { rule, table, year, child, column, value } = earlier.clone();
        Self { rule, table, year, child, column, value }
    }
}

impl Checked {
    /// A check, compared with an earlier one where there are changes.
    pub fn new(check: &Check, changes: Option<&Changes>) -> Self {
        let since = |at: usize| {
            changes.map(|changes| match changes.of[at] {
                Change::New => "new",
                Change::Still => "still",
            })
        };
        Self {
            year: check.year,
            rows: check.rows.into(),
            rules: check.rules.iter().map(Rule::from).collect(),
            findings: check.findings.iter().enumerate().map(|(at, found)| Finding::new(found, since(at))).collect(),
            gone: changes.map(|changes| changes.gone.iter().map(Past::from).collect()),
        }
    }
}

impl From<&RuleStatus> for Rule {
    fn from(status: &RuleStatus) -> Self {
        Self {
            rule: status.rule,
            status: status.status.word(),
            why: status.status.why(status.rule),
            title: status.title,
            authority: status.authority.clone(),
            rows: status.rows,
        }
    }
}

impl Finding {
    fn new(found: &Found, since: Option<&'static str>) -> Self {
        Self {
            rule: found.rule,
            severity: found.severity.word(),
            file: found.file.clone(),
            table: found.table,
            year: found.year,
            row: found.row,
            child: found.child.clone(),
            column: found.column.clone(),
            value: found.value.clone(),
            message: found.message.clone(),
            action: found.action.word(),
            since,
        }
    }
}
