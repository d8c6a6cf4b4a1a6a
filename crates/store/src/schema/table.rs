//! A table as the migrations make it: its columns, and what it has been promised.

/// A column as the migration writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The word of its type, in braces.
    pub(crate) kind: String,
    pub(crate) required: bool,
}

/// Columns that no two rows have alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) columns: Vec<String>,
    /// Among which rows: a comparison that begins with its column. Among all where there is none.
    pub(crate) among: Option<String>,
}

impl Key {
    /// Of all rows of a table.
    pub(crate) fn of(columns: &[&str]) -> Self {
        Self { columns: columns.iter().map(|&column| column.to_owned()).collect(), among: None }
    }

    /// That a row has what a new one would have.
    pub(crate) fn is_taken(&self) -> String {
        let same = self.columns.iter().map(|column| format!("{column} = NEW.{column}"));
        let among = self.among.iter().flat_map(|among| [among.clone(), format!("NEW.{among}")]);
        same.chain(among).collect::<Vec<_>>().join(" AND ")
    }
}

/// What may become of rows that are written once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Once {
    /// Nothing.
    Ever,
    /// They go when `erasure` names them by their identity.
    UntilErased,
    /// What they say `before` and `after` is blanked when `erasure` names the row that they are about.
    UntilBlanked,
}

/// A table, read from the text that makes it: each column stands on a line of its own and begins with its name in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    /// What no two of its rows have alike, each as the columns that make it.
    pub(crate) keys: Vec<Key>,
    /// Facts that it refers to: its column, and their table.
    pub(crate) refers: Vec<(String, String)>,
    /// Whether it holds facts, whose versions are all kept.
    pub(crate) kept: bool,
    /// Whether rows of another authority are not there for a connection.
    pub(crate) fenced: bool,
    pub(crate) once: Option<Once>,
    /// What makes it, and what it is looked up by: said again where an engine must make it anew.
    pub(crate) made: String,
    pub(crate) indexes: Vec<String>,
}

/// A column's line; nothing for a line that says something else.
pub(crate) fn column(line: &str) -> Option<Column> {
    let mut words = line.trim().trim_end_matches(',').split_whitespace();
    let (name, kind) = (words.next()?, words.next()?);
    let named = name.starts_with(|first: char| first.is_ascii_lowercase()) && kind.starts_with('{');
    named.then(|| Column { name: name.to_owned(), kind: kind.to_owned(), required: line.contains(" NOT NULL") })
}

/// What a line of a table, or a statement that makes an index, says to be alike in no two rows.
pub(crate) fn key(line: &str) -> Option<Key> {
    let line = line.trim();
    if let Some(column) = column(line) {
        return (line.contains(" PRIMARY KEY") || line.contains(" UNIQUE")).then(|| Key::of(&[&column.name]));
    }
    if !["UNIQUE (", "PRIMARY KEY (", "CREATE UNIQUE INDEX "].iter().any(|begin| line.starts_with(begin)) {
        return None;
    }
    let columns: Vec<&str> = line.split_once('(')?.1.split_once(')')?.0.split(", ").collect();
    let among = line.split_once(" WHERE ").map(|(_, among)| among.trim_end_matches(';').to_owned());
    Some(Key { among, ..Key::of(&columns) })
}

impl Table {
    /// The names of its columns, each after `before`, with commas between.
    pub(crate) fn names(&self, before: &str) -> String {
        self.columns.iter().map(|column| format!("{before}{}", column.name)).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_and_constraints_are_not() {
        let id = Column { name: "id".to_owned(), kind: "{id}".to_owned(), required: true };
        assert_eq!(column("    id {id} NOT NULL PRIMARY KEY,"), Some(id));
        assert_eq!(column("    ends {date},").map(|column| column.required), Some(false));
        assert_eq!(column("    CHECK (ends > 1)"), None);
        assert_eq!(column("-- a remark {id}"), None);
    }

    #[test]
    fn keys_are_read_wherever_they_stand() {
        let taken = |line| key(line).map(|key| key.is_taken());
        let key = |line| key(line).map(|key| key.columns.join("+"));
        assert_eq!(key("    id {id} NOT NULL PRIMARY KEY,").as_deref(), Some("id"));
        assert_eq!(key("    code {text} NOT NULL UNIQUE,").as_deref(), Some("code"));
        assert_eq!(key("    UNIQUE (authority, urn)").as_deref(), Some("authority+urn"));
        assert_eq!(key("CREATE UNIQUE INDEX number ON home (authority, urn) WHERE urn <> '';").as_deref(), Some("authority+urn"));
        let among = taken("CREATE UNIQUE INDEX waits ON payee (provider) WHERE state = 'waiting';");
        assert_eq!(among.as_deref(), Some("provider = NEW.provider AND state = 'waiting' AND NEW.state = 'waiting'"));
        assert_eq!(key("    name {text} NOT NULL,"), None);
        assert_eq!(key("CREATE INDEX of_child ON home (child);"), None);
    }
}
