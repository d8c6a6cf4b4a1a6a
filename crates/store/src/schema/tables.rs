//! The tables, written once for both engines: a migration's words in braces become the SQL of one engine, and what they promise is remembered.

use super::Engine;
use super::table::{Once, Table, column, key};

/// Word, its type on SQLite, its type on PostgreSQL.
const TYPES: [(&str, &str, &str); 7] = [
    ("{id}", "TEXT", "uuid"),
    ("{text}", "TEXT", "text"),
    ("{integer}", "INTEGER", "bigint"),
    ("{flag}", "INTEGER", "boolean"),
    ("{date}", "TEXT", "date"),
    ("{instant}", "TEXT", "timestamptz"),
    ("{bytes}", "BLOB", "bytea"),
];

/// The columns that say when a version of a fact was written, and by which change: who, why and with what else is in `audit`. The entry may come last
/// in its transaction, but must come, whatever program writes. A fact that is taken back is marked so before it goes (`facts::withdraw`).
const RECORDED: [&str; 4] = [
    "    version     {integer} NOT NULL CHECK (version > 0),",
    "    recorded_at {instant} NOT NULL,",
    "    change_id   {id}      NOT NULL REFERENCES audit (change_id) DEFERRABLE INITIALLY DEFERRED,",
    "    withdrawn   {flag}    NOT NULL DEFAULT FALSE,",
];

/// All tables so far, in the order in which they were made.
#[derive(Debug, Default)]
pub(crate) struct Tables(pub(crate) Vec<Table>);

impl Tables {
    /// A migration in the SQL of one engine.
    pub(crate) fn read(&mut self, migration: &str, engine: Engine) -> String {
        let mut sql = String::new();
        let mut lines = migration.lines();
        while let Some(line) = lines.next() {
            if let Some(name) = line.strip_prefix("CREATE TABLE ").and_then(|rest| rest.strip_suffix(" (")) {
                let body: Vec<&str> = lines.by_ref().take_while(|line| *line != ");").collect();
                sql += &self.make(name, &body, engine);
            } else if let Some(words) = line.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                sql += &self.promise(words, engine);
            } else {
                self.indexed(line);
                sql += line;
                sql += "\n";
            }
        }
        typed(&sql, engine)
    }

    /// An index belongs to its table: a key where it is unique, and to be made again with the table otherwise.
    fn indexed(&mut self, line: &str) {
        let Some((kind, on)) = line.split_once("INDEX ").and_then(|(kind, rest)| Some((kind, rest.split_once(" ON ")?.1))) else { return };
        let name = on.split_whitespace().next().unwrap_or_default();
        match kind {
            "CREATE UNIQUE " => {
                if let Some(key) = key(line) {
                    self.table(name).keys.push(key);
                }
            }
            "CREATE " => self.table(name).indexes.push(line.to_owned()),
            _ => {}
        }
    }

    /// A table as the migration has it. Facts refer to facts of their own authority alone.
    fn make(&mut self, name: &str, body: &[&str], engine: Engine) -> String {
        let facts = body.iter().any(|line| line.trim() == "{recorded}");
        let lines = body.iter().flat_map(|&line| if line.trim() == "{recorded}" { RECORDED.to_vec() } else { vec![line] });
        let mut table = Table { name: name.to_owned(), ..Table::default() };
        let (mut written, mut constraints) = (Vec::new(), Vec::new());
        if facts {
            constraints.push("    UNIQUE (authority, id)".to_owned());
        }
        for line in lines {
            table.keys.extend(key(line));
            let Some(column) = column(line) else {
                written.push(line.to_owned());
                continue;
            };
            let referred = line.split_once(" REFERENCES ").and_then(|(_, rest)| rest.split(" (id)").next());
            match referred {
                Some(whole) if facts && (whole == name || self.0.iter().any(|other| other.kept && other.name == whole)) => {
                    written.push(line.replace(&format!(" REFERENCES {whole} (id)"), ""));
                    constraints.push(format!("    FOREIGN KEY (authority, {}) REFERENCES {whole} (authority, id)", column.name));
                    table.refers.push((column.name.clone(), whole.to_owned()));
                }
                _ => written.push(line.to_owned()),
            }
            table.columns.push(column);
        }
        let mut body = written.join("\n").trim_end_matches(',').to_owned();
        for constraint in constraints {
            body += ",\n";
            body += &constraint;
        }
        // Without STRICT, SQLite would keep a word where a number belongs.
        let end = if engine == Engine::Sqlite { ") STRICT;" } else { ");" };
        table.made = format!("CREATE TABLE {name} (\n{body}\n{end}\n");
        let made = table.made.clone();
        self.0.push(table);
        made
    }

    /// What the words in a line of braces say: what a table is promised, or a column that it gains.
    fn promise(&mut self, words: &str, engine: Engine) -> String {
        if let Some(name) = words.strip_prefix("kept ") {
            let table = self.table(name);
            (table.kept, table.fenced) = (true, true);
            return history(table, engine);
        }
        if let Some(name) = words.strip_prefix("append only ") {
            self.table(name).once = Some(Once::Ever);
        } else if let Some(name) = words.strip_prefix("written once until erased ") {
            self.table(name).once = Some(Once::UntilBlanked);
        } else if let Some(name) = words.strip_prefix("fenced ") {
            self.table(name).fenced = true;
        } else if let Some((name, line)) = words.strip_prefix("add ").and_then(|rest| rest.split_once(": ")) {
            let table = self.table(name);
            table.columns.extend(column(line));
            let also = if table.kept { format!("ALTER TABLE {name}_history ADD COLUMN {line};\n") } else { String::new() };
            return format!("ALTER TABLE {name} ADD COLUMN {line};\n{also}");
        } else if let Some((name, column)) = words.strip_prefix("optional ").and_then(|rest| rest.split_once(": ")) {
            return self.table(name).let_be_empty(column, engine);
        }
        String::new()
    }

    /// A table by its name. One that nobody made is made here without columns, and a test finds it.
    fn table(&mut self, name: &str) -> &mut Table {
        let at = self.0.iter().position(|table| table.name == name).unwrap_or_else(|| {
            self.0.push(Table { name: name.to_owned(), ..Table::default() });
            self.0.len() - 1
        });
        &mut self.0[at]
    }
}

impl Table {
    /// Lets a column of a kept table be empty from now on. SQLite has no word for that, so there the table is made anew, with the rows that it has; triggers
    /// and views are put on by the dressing.
    fn let_be_empty(&mut self, column: &str, engine: Engine) -> String {
        let name = self.name.clone();
        self.columns.iter_mut().filter(|one| one.name == column).for_each(|one| one.required = false);
        let free =
            |line: &str| if line.split_whitespace().next() == Some(column) { line.replace(" NOT NULL", "") } else { line.to_owned() };
        self.made = self.made.lines().map(|line| free(line) + "\n").collect();
        if engine == Engine::Postgres {
            let tables = [name.clone(), format!("{name}_history")];
            return tables.map(|table| format!("ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL;\n")).concat();
        }
        let names = self.names("");
        let again = history(self, engine);
        let (made, indexes) = again.split_once("STRICT;\n").map_or((again.clone(), ""), |(made, rest)| (format!("{made}STRICT;\n"), rest));
        format!(
            "DROP VIEW IF EXISTS {name}_known;
ALTER TABLE {name} RENAME TO {name}_before;
{}INSERT INTO {name} ({names}) SELECT {names} FROM {name}_before;
DROP TABLE {name}_before;
{}
ALTER TABLE {name}_history RENAME TO {name}_history_before;
{made}INSERT INTO {name}_history ({names}, superseded_at, superseded_by) SELECT {names}, superseded_at, superseded_by FROM {name}_history_before;
DROP TABLE {name}_history_before;
{indexes}",
            self.made,
            self.indexes.join("\n"),
        )
    }
}

/// The table of earlier versions, and what they are looked up by: what the fact is part of.
fn history(table: &Table, engine: Engine) -> String {
    let name = &table.name;
    let definition =
        |column: &super::table::Column| format!("    {} {}{},\n", column.name, column.kind, if column.required { " NOT NULL" } else { "" });
    let definitions = table.columns.iter().map(definition).collect::<String>();
    let strict = if engine == Engine::Sqlite { " STRICT" } else { "" };
    let wholes = table.columns.iter().filter(|column| column.kind == "{id}" && !["id", "authority", "change_id"].contains(&&*column.name));
    let index =
        |column: &super::table::Column| format!("CREATE INDEX {name}_history_of_{0} ON {name}_history ({0}, recorded_at);\n", column.name);
    format!(
        "CREATE TABLE {name}_history (
{definitions}    superseded_at {{instant}} NOT NULL,
    superseded_by {{id}} NOT NULL,
    PRIMARY KEY (id, version)
){strict};
{}",
        wholes.map(index).collect::<String>()
    )
}

/// Words of types in the language of one engine.
fn typed(sql: &str, engine: Engine) -> String {
    TYPES
        .iter()
        .fold(sql.to_owned(), |sql, (word, sqlite, postgres)| sql.replace(word, if engine == Engine::Sqlite { sqlite } else { postgres }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: &str = "CREATE TABLE a (
    id        {id} NOT NULL PRIMARY KEY,
    authority {id} NOT NULL REFERENCES authority (id),
    {recorded}
    UNIQUE (authority)
);
{kept a}
CREATE TABLE b (
    id        {id} NOT NULL PRIMARY KEY,
    authority {id} NOT NULL REFERENCES authority (id),
    a         {id} NOT NULL REFERENCES a (id),
    before    {id} REFERENCES b (id),
    {recorded}
    CHECK (a <> id)
);
{kept b}
{add b: note {text}}
";

    #[test]
    fn facts_refer_to_facts_of_their_own_authority() {
        let sql = Tables::default().read(MADE, Engine::Postgres);
        assert!(sql.contains("a         uuid NOT NULL,\n"), "{sql}");
        assert!(sql.contains(
            "FOREIGN KEY (authority, a) REFERENCES a (authority, id),\n    FOREIGN KEY (authority, before) REFERENCES b (authority, id)\n);"
        ));
        assert!(sql.contains("authority uuid NOT NULL REFERENCES authority (id),"), "{sql}");
    }

    #[test]
    fn a_column_added_later_is_kept_in_the_history_too() {
        let mut tables = Tables::default();
        let sql = tables.read(MADE, Engine::Sqlite);
        assert!(sql.contains("ALTER TABLE b ADD COLUMN note TEXT;\nALTER TABLE b_history ADD COLUMN note TEXT;"), "{sql}");
        assert!(tables.0[1].names("OLD.").ends_with("OLD.withdrawn, OLD.note"));
    }

    #[test]
    fn a_column_that_may_be_empty_is_so_in_the_history_too_and_keeps_its_rows() {
        let text = format!("{MADE}CREATE INDEX b_of_a ON b (a);\n{{optional b: a}}\n");
        let mut tables = Tables::default();
        let sqlite = tables.read(&text, Engine::Sqlite);
        assert!(tables.0[1].columns.iter().any(|column| column.name == "a" && !column.required));
        let anew = sqlite.split_once("ALTER TABLE b RENAME TO b_before;").unwrap().1;
        assert!(
            anew.contains("a         TEXT,\n") && anew.contains("    a TEXT,\n") && anew.contains("CREATE INDEX b_of_a ON b (a);"),
            "{anew}"
        );
        assert_eq!(anew.matches("INSERT INTO b").count(), 2);
        let postgres = Tables::default().read(&text, Engine::Postgres);
        assert!(postgres.contains("ALTER TABLE b_history ALTER COLUMN a DROP NOT NULL;"), "{postgres}");
    }

    #[test]
    fn on_sqlite_every_table_holds_what_its_columns_say() {
        let sql = Tables::default().read(MADE, Engine::Sqlite);
        assert_eq!(sql.matches("CREATE TABLE").count(), sql.matches("STRICT;").count());
    }
}
