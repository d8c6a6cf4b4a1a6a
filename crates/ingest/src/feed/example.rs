//! A mapping to start from, and a night's exports that fit it.

/// A documented mapping of every feed and field, for a case system that nobody has: replace the headings and codes by those of your exports, and take out
/// what you do not export.
pub const EXAMPLE: &str = include_str!("data/mapping.toml");

/// A night's exports of three made-up children, by name, as [`EXAMPLE`] maps them. Allocations are left out: they are to people who may sign in.
pub const EXAMPLE_FILES: [(&str, &str); 9] = [
    ("care_periods.csv", include_str!("data/care_periods.csv")),
    ("children.csv", include_str!("data/children.csv")),
    ("legal.csv", include_str!("data/legal.csv")),
    ("missing.csv", include_str!("data/missing.csv")),
    ("placements.csv", include_str!("data/placements.csv")),
    ("plans.csv", include_str!("data/plans.csv")),
    ("reviews.csv", include_str!("data/reviews.csv")),
    ("siblings.csv", include_str!("data/siblings.csv")),
    ("visits.csv", include_str!("data/visits.csv")),
];
