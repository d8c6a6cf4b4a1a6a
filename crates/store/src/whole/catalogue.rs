//! Which tables a database has, with their columns, as the database itself says.

use std::collections::BTreeMap;

use crate::Error;
use crate::db::Line;
use crate::schema::Engine;

/// What belongs to a database and not to its copies: what the key is known by, what surrounds the tables, and by what somebody gets in without showing
/// anew who they are. From a restored record nobody is signed in, no link that was sent and no token of a program opens anything, nobody waits, and no
/// letter goes out that waited when the copy was made.
const OWN: [&str; 7] = ["dressing", "link", "outbox", "program_token", "seal_key", "session", "throttle"];

/// What a column holds, as far as its text form differs between engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text as it is.
    Text,
    /// A whole number.
    Integer,
    /// `1` or `0`.
    Flag,
    /// Hexadecimal digits.
    Bytes,
    /// `2026-03-31`.
    Date,
    /// `2026-03-31T12:00:00.000000Z`.
    Instant,
    /// A hyphenated UUID.
    Id,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    pub(super) kind: Kind,
    /// Its place in the table's key, from 1; 0 for a column that is not part of it.
    pub(super) key: u32,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns by name: the order in which rows are read and written.
    pub columns: Vec<Column>,
}

impl Kind {
    /// What a type is, by the engine's own word; nothing for one that has no text form yet.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "TEXT" | "text" => Self::Text,
            "INTEGER" | "bigint" => Self::Integer,
            "boolean" => Self::Flag,
            "BLOB" | "bytea" => Self::Bytes,
            "date" => Self::Date,
            "timestamp with time zone" => Self::Instant,
            "uuid" => Self::Id,
            _ => return None,
        })
    }
}

impl Column {
    /// Its value as text.
    pub(super) fn written(&self, engine: Engine) -> String {
        let name = &self.name;
        match (engine, self.kind) {
            (_, Kind::Text) => format!("\"{name}\""),
            (Engine::Sqlite, Kind::Bytes) => format!("CASE WHEN \"{name}\" IS NULL THEN NULL ELSE lower(hex(\"{name}\")) END"),
            (Engine::Postgres, Kind::Bytes) => format!("encode(\"{name}\", 'hex')"),
            (Engine::Postgres, Kind::Flag) => format!("CAST(CAST(\"{name}\" AS integer) AS text)"),
            (Engine::Postgres, Kind::Instant) => {
                format!("to_char(\"{name}\" AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
            }
            _ => format!("CAST(\"{name}\" AS text)"),
        }
    }

    /// The same text as its value again, from a place in a statement.
    pub(super) fn read(&self, engine: Engine, place: usize) -> String {
        let text = format!("CAST(${place} AS text)");
        match (engine, self.kind) {
            (Engine::Sqlite, Kind::Bytes) => format!("unhex({text})"),
            (Engine::Sqlite, Kind::Integer | Kind::Flag) => format!("CAST({text} AS INTEGER)"),
            (_, Kind::Text) | (Engine::Sqlite, _) => text,
            (Engine::Postgres, Kind::Bytes) => format!("decode({text}, 'hex')"),
            (Engine::Postgres, Kind::Integer) => format!("CAST({text} AS bigint)"),
            (Engine::Postgres, Kind::Flag) => format!("CAST({text} AS boolean)"),
            (Engine::Postgres, Kind::Date) => format!("CAST({text} AS date)"),
            (Engine::Postgres, Kind::Instant) => format!("CAST({text} AS timestamptz)"),
            (Engine::Postgres, Kind::Id) => format!("CAST({text} AS uuid)"),
        }
    }

    /// Itself, of the table `t`, in an order that is the same on both engines, whatever language the database speaks. Without the table's name PostgreSQL
    /// would sort by the text that is read, where 10 comes before 2.
    pub(super) fn sorted(&self, engine: Engine) -> String {
        match (engine, self.kind) {
            (Engine::Postgres, Kind::Text) => format!("t.\"{}\" COLLATE \"C\"", self.name),
            _ => format!("t.\"{}\"", self.name),
        }
    }
}

impl Table {
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|one| one.name == column)
    }

    /// The columns by which its rows are put in order: its key, or all of them where it has none.
    pub(super) fn order(&self) -> Vec<&Column> {
        let mut key: Vec<&Column> = self.columns.iter().filter(|column| column.key > 0).collect();
        key.sort_by_key(|column| column.key);
        if key.is_empty() { self.columns.iter().collect() } else { key }
    }
}

/// Every table that a copy holds, by name.
///
/// # Errors
/// [`Error::Unusable`] for a column of a kind that has no text form: a copy would not be whole.
pub(super) async fn tables(line: &mut Line) -> Result<Vec<Table>, Error> {
    let text = match line.engine() {
        Engine::Sqlite => {
            "SELECT t.name, c.name, c.type, CAST(c.pk AS text) FROM pragma_table_list t JOIN pragma_table_info(t.name) c
             WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\'"
        }
        Engine::Postgres => {
            "SELECT CAST(c.relname AS text), CAST(a.attname AS text), format_type(a.atttypid, NULL),
                 CAST(coalesce(array_position(CAST(i.indkey AS smallint[]), a.attnum) + 1, 0) AS text)
             FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
             LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
             WHERE c.relkind = 'r' AND c.relnamespace = CAST('public' AS regnamespace) AND c.relname NOT LIKE '\\_sqlx%'"
        }
    };
    let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for row in line.all(text.to_owned(), &[]).await? {
        let mut cells = row.into_iter().map(Option::unwrap_or_default);
        let mut next = || cells.next().unwrap_or_default();
        let (table, name, word, key) = (next(), next(), next(), next());
        let kind = Kind::of(&word)
            .ok_or_else(|| Error::Unusable(format!("column {name} of {table} is of a kind that no copy can hold: {word}")))?;
        tables.entry(table).or_default().push(Column { name, kind, key: key.parse().unwrap_or_default() });
    }
    for own in OWN {
        tables.remove(own);
    }
    let table = |(name, mut columns): (String, Vec<Column>)| {
        columns.sort_by(|one, other| one.name.cmp(&other.name));
        Table { name, columns }
    };
    Ok(tables.into_iter().map(table).collect())
}

/// The number of the newest migration that was made here.
pub(super) async fn schema(line: &mut Line) -> Result<i64, Error> {
    line.count("SELECT CAST(max(version) AS text) FROM _sqlx_migrations".to_owned(), &[]).await
}
