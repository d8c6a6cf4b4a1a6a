//! What changed since the last check. A finding is the same if it says the same of the same child and cell; its line may move.

use std::collections::BTreeMap;

use domain::Finding;

/// A finding of an earlier check, as its JSON has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Earlier {
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

/// Whether a finding is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Not in the earlier check.
    New,
    /// In both.
    Still,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// For each finding of this check, in its order.
    pub of: Vec<Change>,
    /// Findings of the earlier check that are no longer found.
    pub gone: Vec<Earlier>,
}

/// Compares this check's findings with an earlier one's. Two findings that say the same count as two.
pub fn compare(findings: &[Finding], earlier: &[Earlier]) -> Changes {
    let mut left: BTreeMap<&Earlier, usize> = BTreeMap::new();
    for finding in earlier {
        *left.entry(finding).or_default() += 1;
    }
    let mut of = Vec::with_capacity(findings.len());
    for finding in findings {
        let key = Earlier {
            rule: finding.rule.to_owned(),
            table: finding.table.to_owned(),
            year: finding.year,
            child: finding.child.clone(),
            column: finding.column.clone(),
            value: finding.value.clone(),
        };
        match left.get_mut(&key) {
            Some(count) if *count > 0 => {
                *count -= 1;
                of.push(Change::Still);
            }
            _ => of.push(Change::New),
        }
    }
    let gone = left.into_iter().flat_map(|(finding, count)| std::iter::repeat_n(finding.clone(), count)).collect();
    Changes { of, gone }
}

#[cfg(test)]
mod tests {
    use domain::{Severity, Treatment};

    use super::*;

    fn finding(rule: &'static str, child: &str, row: u32) -> Finding {
        Finding {
            rule,
            severity: Severity::Error,
            file: "episodes.csv".into(),
            table: "Episodes",
            year: 2026,
            row,
            child: child.into(),
            column: "DEC".into(),
            value: String::new(),
            message: String::new(),
            action: Treatment::Kept,
        }
    }

    fn earlier(rule: &str, child: &str) -> Earlier {
        Earlier { rule: rule.into(), table: "Episodes".into(), year: 2026, child: child.into(), column: "DEC".into(), value: String::new() }
    }

    #[test]
    fn a_finding_that_moved_to_another_line_is_the_same() {
        let changes = compare(
            &[finding("501", "A", 12), finding("501", "A", 30), finding("142", "B", 2)],
            &[earlier("501", "A"), earlier("388", "C")],
        );
        assert_eq!(changes.of, [Change::Still, Change::New, Change::New]);
        assert_eq!(changes.gone, [earlier("388", "C")]);
    }
}
