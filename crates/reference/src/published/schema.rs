//! The published tables and the columns of their CSV form.

/// One published table: what it is called and which columns of its CSV say what a figure is about.
///
/// Every table has the same shape: figures by area and year, in series named by a group and a category.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    /// Name of the table and of its file: `cla_31_march`.
    pub name: &'static str,
    /// Columns that name the group, joined with `/`: `17_18/accommodation`. No column: the table has one group, the empty text.
    pub(crate) group: &'static [&'static str],
    /// Column that names the category within the group. None: each group has one category, the empty text.
    pub(crate) category: Option<&'static str>,
    /// Column of the year.
    pub(crate) year: &'static str,
    /// Whether rows carry the published percentage of the group's total beside the number.
    pub(crate) percent: bool,
}

const BY_CATEGORY: Schema = Schema { name: "", group: &["group_id"], category: Some("category_id"), year: "year_end", percent: true };

/// All tables, in the order in which they are listed to readers.
pub const SCHEMAS: [Schema; 13] = [
    Schema { name: "measures", group: &["measure_id"], category: None, year: "year_end", percent: false },
    Schema { name: "cla_31_march", ..BY_CATEGORY },
    Schema { name: "cla_started", ..BY_CATEGORY },
    Schema { name: "cla_ceased", ..BY_CATEGORY },
    Schema { name: "cla_new_placements", ..BY_CATEGORY },
    Schema { name: "cla_stability", ..BY_CATEGORY },
    Schema { name: "cla_health", ..BY_CATEGORY },
    Schema { name: "cla_social_workers", ..BY_CATEGORY },
    Schema { name: "care_leavers", group: &["age_group", "group_id"], ..BY_CATEGORY },
    Schema { name: "cla_rates", group: &["group_id"], category: Some("measure"), year: "year_end", percent: false },
    Schema { name: "adoption_stage_times", group: &["stage_id"], category: Some("age_at_start"), year: "year_end", percent: false },
    Schema { name: "population_0_17", group: &[], category: None, year: "mid_year", percent: false },
    Schema { name: "expenditure", group: &["return", "line"], category: Some("measure"), year: "year_end", percent: false },
];

impl Schema {
    /// The table of this name.
    pub fn of(name: &str) -> Option<&'static Self> {
        Self::position(name).map(|at| &SCHEMAS[at])
    }

    pub(crate) fn position(name: &str) -> Option<usize> {
        SCHEMAS.iter().position(|schema| schema.name == name)
    }
}
