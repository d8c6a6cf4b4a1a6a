//! A mapping to start from.

/// A documented mapping of every feed and field, for a case system that nobody has: replace the headings and codes by those of your exports, and take out
/// what you do not export.
pub const EXAMPLE: &str = include_str!("example.toml");
