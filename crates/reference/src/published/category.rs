//! What the groups and categories of the tables are called, in the order in which readers expect them (ages ascending, totals last).

use std::sync::OnceLock;

use crate::embedded::rows;

/// A category of a table: `cla_31_march`, group `placement`, category `foster`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    /// Table.
    pub table: &'static str,
    /// Group, as the table's lookups take it: `placement`, `17_18/accommodation`.
    pub group: &'static str,
    /// Category within the group.
    pub id: &'static str,
    /// The group's name as published.
    pub group_label: &'static str,
    /// The category's name as published.
    pub label: &'static str,
    /// What its figures count: `children`, `months`, `gbp thousand`.
    pub unit: &'static str,
    /// Whether it is the group's total.
    pub is_total: bool,
}

/// The categories of one group of a table in reading order, the unknown and the total last; none if there is no such group.
pub fn categories(table: &str, group: &str) -> Vec<&'static Category> {
    all().iter().filter(|category| category.table == table && category.group == group).collect()
}

/// The groups of a table, each once.
pub fn groups(table: &str) -> Vec<&'static str> {
    let mut groups: Vec<&'static str> = all().iter().filter(|category| category.table == table).map(|category| category.group).collect();
    let mut seen = std::collections::HashSet::new();
    groups.retain(|group| seen.insert(*group));
    groups
}

/// One category.
pub fn category(table: &str, group: &str, id: &str) -> Option<&'static Category> {
    all().iter().find(|category| category.table == table && category.group == group && category.id == id)
}

fn all() -> &'static [Category] {
    static CATEGORIES: OnceLock<Vec<Category>> = OnceLock::new();
    CATEGORIES.get_or_init(|| {
        rows(include_bytes!("../../data/categories.csv"), |row| {
            Some(Category {
                table: row.text("table"),
                group: row.text("group"),
                id: row.text("category"),
                group_label: row.text("group_label"),
                label: row.text("label"),
                unit: row.text("unit"),
                is_total: row.cell("is_total") == "1",
            })
        })
    })
}
