//! The columns of a table, read from the text that makes it: each stands on a line of its own and begins with its name in lower case.

/// A column as the migration writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column<'t> {
    pub(crate) name: &'t str,
    /// The word of its type, in braces.
    pub(crate) kind: &'t str,
    pub(crate) required: bool,
}

/// The columns of a table in a migration, in order; none if it does not make that table.
pub(crate) fn of<'t>(text: &'t str, table: &str) -> Vec<Column<'t>> {
    let opening = format!("CREATE TABLE {table} (\n");
    let Some((_, rest)) = text.split_once(&opening) else { return Vec::new() };
    let body = rest.split("\n);").next().unwrap_or_default();
    body.lines().filter_map(column).collect()
}

fn column(line: &str) -> Option<Column<'_>> {
    let mut words = line.trim().trim_end_matches(',').split_whitespace();
    let (name, kind) = (words.next()?, words.next()?);
    let named = name.starts_with(|first: char| first.is_ascii_lowercase()) && kind.starts_with('{');
    named.then(|| Column { name, kind, required: line.contains(" NOT NULL") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_and_constraints_are_not() {
        let text = "CREATE TABLE a (\n    id {id} NOT NULL PRIMARY KEY,\n    ends {date},\n    CHECK (ends > 1)\n);\nCREATE TABLE b (\n    id {id}\n);";
        let id = Column { name: "id", kind: "{id}", required: true };
        assert_eq!(of(text, "a"), [id, Column { name: "ends", kind: "{date}", required: false }]);
        assert_eq!(of(text, "b").len(), 1);
        assert!(of(text, "c").is_empty());
    }
}
