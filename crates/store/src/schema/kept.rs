//! What surrounds a table of facts: its history, the view of all versions, and the fence between authorities.

use super::Engine;
use super::columns::Column;

/// History, triggers, view and, on PostgreSQL, row-level security of a table whose rows belong to an authority.
pub(super) fn history(table: &str, columns: &[Column<'_>], engine: Engine) -> String {
    let names = columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
    let old = columns.iter().map(|column| format!("OLD.{}", column.name)).collect::<Vec<_>>().join(", ");
    let definition =
        |column: &Column<'_>| format!("    {} {}{},", column.name, column.kind, if column.required { " NOT NULL" } else { "" });
    let definitions = columns.iter().map(definition).collect::<Vec<_>>().join("\n");
    // What facts are part of, and so are asked for by.
    let wholes = columns.iter().filter(|column| column.kind == "{id}" && !["id", "authority", "change_id"].contains(&column.name));
    let index = |column: &Column<'_>| format!("CREATE INDEX {table}_history_of_{0} ON {table}_history ({0}, recorded_at);\n", column.name);
    let indexes = wholes.map(index).collect::<Vec<_>>().concat();
    let versions = format!(
        "CREATE TABLE {table}_history (
{definitions}
    superseded_at {{instant}} NOT NULL,
    superseded_by {{id}} NOT NULL,
    PRIMARY KEY (id, version)
);
CREATE VIEW {table}_known AS
    SELECT {names}, NULL AS superseded_at FROM {table}
    UNION ALL
    SELECT {names}, superseded_at FROM {table}_history;
{indexes}{}",
        append_only(&format!("{table}_history"), engine)
    );
    let triggers = match engine {
        Engine::Sqlite => sqlite(table, &names, &old),
        Engine::Postgres => postgres(table, &names, &old),
    };
    versions + &triggers
}

/// A version follows the one before it and is not known earlier. A row that is taken back (see `facts::withdraw`) leaves its last version behind, which
/// was never known: it says by which change the row went.
fn sqlite(table: &str, names: &str, old: &str) -> String {
    format!(
        "CREATE TRIGGER {table}_in_order BEFORE UPDATE ON {table}
    WHEN NEW.id <> OLD.id OR NEW.authority <> OLD.authority OR NEW.version <> OLD.version + 1 OR NEW.change_id = OLD.change_id
        OR NEW.recorded_at < OLD.recorded_at
    BEGIN SELECT RAISE(ABORT, 'a correction is the next version of its fact'); END;
CREATE TRIGGER {table}_superseded AFTER UPDATE ON {table}
    BEGIN INSERT INTO {table}_history ({names}, superseded_at, superseded_by) VALUES ({old}, NEW.recorded_at, NEW.change_id); END;
CREATE TRIGGER {table}_withdrawn BEFORE DELETE ON {table}
    BEGIN INSERT INTO {table}_history ({names}, superseded_at, superseded_by) VALUES ({old}, OLD.recorded_at, OLD.change_id); END;"
    )
}

fn postgres(table: &str, names: &str, old: &str) -> String {
    let fence = fence(table) + &fence(&format!("{table}_history"));
    format!(
        "ALTER VIEW {table}_known SET (security_invoker = true);
CREATE FUNCTION {table}_superseded() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO {table}_history ({names}, superseded_at, superseded_by) VALUES ({old}, OLD.recorded_at, OLD.change_id);
        RETURN OLD;
    END IF;
    IF NEW.id <> OLD.id OR NEW.authority <> OLD.authority OR NEW.version <> OLD.version + 1 OR NEW.change_id = OLD.change_id
        OR NEW.recorded_at < OLD.recorded_at THEN
        RAISE EXCEPTION 'a correction is the next version of its fact';
    END IF;
    INSERT INTO {table}_history ({names}, superseded_at, superseded_by) VALUES ({old}, NEW.recorded_at, NEW.change_id);
    RETURN NEW;
END $$;
CREATE TRIGGER {table}_superseded BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_superseded();
{fence}"
    )
}

/// Rows of another authority are not there for a connection, whatever it asks.
fn fence(table: &str) -> String {
    policy(table, "authority = CAST(nullif(current_setting('placewell.authority', true), '') AS uuid)")
}

fn policy(table: &str, holds: &str) -> String {
    format!(
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY own_authority ON {table} USING ({holds});
"
    )
}

/// The fence of a table without history: `TABLE` with an authority in each row, or `by AUDIT TABLE` whose rows go with changes in the log.
pub(super) fn fenced(words: &str, engine: Engine) -> String {
    match (engine, words.strip_prefix("by audit ")) {
        (Engine::Sqlite, _) => String::new(),
        (Engine::Postgres, None) => fence(words),
        (Engine::Postgres, Some(table)) => {
            // What the log's own fence lets through is what this one lets through.
            policy(table, &format!("EXISTS (SELECT 1 FROM audit WHERE audit.change_id = {table}.change_id)"))
        }
    }
}

/// Rows of this table are written once.
pub(super) fn append_only(table: &str, engine: Engine) -> String {
    match engine {
        Engine::Sqlite => format!(
            "CREATE TRIGGER {table}_is_written_once BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is written once'); END;\n"
        ),
        Engine::Postgres => format!(
            "CREATE FUNCTION {table}_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{table} is written once'; END $$;
CREATE TRIGGER {table}_is_written_once BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_written_once();\n"
        ),
    }
}
