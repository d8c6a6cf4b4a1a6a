//! What surrounds the tables, and may be put on anew whenever it changes, since it holds nothing: views of all versions, triggers that write the history
//! and forbid to rewrite it, and, on PostgreSQL, the fence between authorities.

use super::Engine;
use super::table::{Key, Once, Table};
use crate::error::TAKEN;

/// Everything that surrounds the tables, as one script that first takes off what is there.
pub(super) fn all(tables: &[Table], engine: Engine) -> String {
    let shared = if engine == Engine::Postgres { functions() } else { String::new() };
    let each = tables.iter().map(|table| {
        let kept = if table.kept { kept(table, engine) } else { String::new() };
        let once = table.once.map_or_else(String::new, |once| written_once(&table.name, once, &table.keys, engine));
        let fence = if table.fenced && engine == Engine::Postgres { fence(&table.name, table) } else { String::new() };
        kept + &once + &fence
    });
    shared + &each.collect::<String>()
}

/// History, view and fence of a table of facts.
fn kept(table: &Table, engine: Engine) -> String {
    let (name, names) = (&table.name, table.names(""));
    let view = format!(
        "DROP VIEW IF EXISTS {name}_known;
CREATE VIEW {name}_known AS
    SELECT {names}, NULL AS superseded_at FROM {name}
    UNION ALL
    SELECT {names}, superseded_at FROM {name}_history;
"
    );
    let history = format!("{name}_history");
    let once = written_once(&history, Once::UntilErased, &[Key::of(&["id", "version"])], engine);
    match engine {
        Engine::Sqlite => view + &sqlite(table) + &once,
        Engine::Postgres => {
            let outer = format!("ALTER VIEW {name}_known SET (security_invoker = true);\n");
            view + &outer + &postgres(table) + &once + &fence(&history, table)
        }
    }
}

/// A version follows the one before it and is not known earlier. A fact goes when it was taken back, and leaves the version that says so behind; or when
/// it was erased, and leaves nothing.
fn sqlite(table: &Table) -> String {
    let (name, names, old) = (&table.name, table.names(""), table.names("OLD."));
    let erased = erased("OLD.id");
    format!(
        "DROP TRIGGER IF EXISTS {name}_in_order;
CREATE TRIGGER {name}_in_order BEFORE UPDATE ON {name}
    WHEN NEW.id <> OLD.id OR NEW.authority <> OLD.authority OR NEW.version <> OLD.version + 1 OR NEW.change_id = OLD.change_id
        OR NEW.recorded_at < OLD.recorded_at OR OLD.withdrawn OR NEW.rowid <> OLD.rowid
    BEGIN SELECT RAISE(ABORT, 'a correction is the next version of its fact'); END;
DROP TRIGGER IF EXISTS {name}_superseded;
CREATE TRIGGER {name}_superseded AFTER UPDATE ON {name}
    BEGIN INSERT INTO {name}_history ({names}, superseded_at, superseded_by) VALUES ({old}, NEW.recorded_at, NEW.change_id); END;
DROP TRIGGER IF EXISTS {name}_stays;
CREATE TRIGGER {name}_stays BEFORE DELETE ON {name} WHEN NOT OLD.withdrawn AND NOT {erased}
    BEGIN SELECT RAISE(ABORT, 'a fact is taken back by a change, not deleted'); END;
DROP TRIGGER IF EXISTS {name}_taken_back;
CREATE TRIGGER {name}_taken_back BEFORE DELETE ON {name} WHEN OLD.withdrawn AND NOT {erased}
    BEGIN INSERT INTO {name}_history ({names}, superseded_at, superseded_by) VALUES ({old}, OLD.recorded_at, OLD.change_id); END;
{}{}",
        not_replaced(name, &table.keys, "INSERT"),
        not_replaced(name, &table.keys, "UPDATE")
    )
}

/// `INSERT OR REPLACE` and `UPDATE OR REPLACE` take away the row that stands in the way without asking what guards it against being deleted, so that
/// whoever would take its place is turned away before.
fn not_replaced(name: &str, keys: &[Key], by: &str) -> String {
    let row = [Key::of(&["rowid"])];
    let other = if by == "UPDATE" { " AND rowid <> OLD.rowid" } else { "" };
    let stands = row.iter().chain(keys).map(|key| format!("EXISTS (SELECT 1 FROM {name} WHERE {}{other})", key.is_taken()));
    let trigger = format!("{name}_is_not_replaced_by_{}", by.to_lowercase());
    format!(
        "DROP TRIGGER IF EXISTS {trigger};
CREATE TRIGGER {trigger} BEFORE {by} ON {name}
    WHEN {}
    BEGIN SELECT RAISE(ABORT, '{TAKEN}'); END;
",
        stands.collect::<Vec<_>>().join("\n        OR ")
    )
}

fn postgres(table: &Table) -> String {
    let (name, names, old) = (&table.name, table.names(""), table.names("OLD."));
    let erased = erased("OLD.id");
    format!(
        "CREATE OR REPLACE FUNCTION {name}_superseded() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN
        IF {erased} THEN
            RETURN OLD;
        ELSIF NOT OLD.withdrawn THEN
            RAISE EXCEPTION 'a fact is taken back by a change, not deleted';
        END IF;
        INSERT INTO {name}_history ({names}, superseded_at, superseded_by) VALUES ({old}, OLD.recorded_at, OLD.change_id);
        RETURN OLD;
    END IF;
    IF NEW.id <> OLD.id OR NEW.authority <> OLD.authority OR NEW.version <> OLD.version + 1 OR NEW.change_id = OLD.change_id
        OR NEW.recorded_at < OLD.recorded_at OR OLD.withdrawn THEN
        RAISE EXCEPTION 'a correction is the next version of its fact';
    END IF;
    INSERT INTO {name}_history ({names}, superseded_at, superseded_by) VALUES ({old}, NEW.recorded_at, NEW.change_id);
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS {name}_superseded ON {name};
CREATE TRIGGER {name}_superseded BEFORE UPDATE OR DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION {name}_superseded();
{}",
        not_emptied(name)
    )
}

/// Whether a lawful rule erased the row of this identity.
fn erased(id: &str) -> String {
    format!("EXISTS (SELECT 1 FROM erasure WHERE row_id = CAST({id} AS text))")
}

/// Rows of this table are written once, and stay.
fn written_once(name: &str, once: Once, keys: &[Key], engine: Engine) -> String {
    match engine {
        Engine::Sqlite => {
            let goes = if once == Once::UntilErased { format!(" WHEN NOT {}", erased("OLD.id")) } else { String::new() };
            let blanked = || format!(" WHEN NOT ({BLANKED} AND NEW.rowid = OLD.rowid AND {})", erased("OLD.row_id"));
            let changes = if once == Once::UntilBlanked { blanked() } else { String::new() };
            let raise = format!("BEGIN SELECT RAISE(ABORT, '{name} is written once'); END;");
            format!(
                "DROP TRIGGER IF EXISTS {name}_is_written_once;
CREATE TRIGGER {name}_is_written_once BEFORE UPDATE ON {name}{changes} {raise}
DROP TRIGGER IF EXISTS {name}_stays;
CREATE TRIGGER {name}_stays BEFORE DELETE ON {name}{goes} {raise}
{}",
                not_replaced(name, keys, "INSERT")
            )
        }
        Engine::Postgres => {
            let (changes, goes) = match once {
                Once::Ever => ("placewell_is_written_once", "placewell_is_written_once"),
                Once::UntilErased => ("placewell_is_written_once", "placewell_stays_until_erased"),
                Once::UntilBlanked => ("placewell_is_blanked_once_erased", "placewell_is_written_once"),
            };
            format!(
                "DROP TRIGGER IF EXISTS {name}_is_written_once ON {name};
CREATE TRIGGER {name}_is_written_once BEFORE UPDATE ON {name} FOR EACH ROW EXECUTE FUNCTION {changes}();
DROP TRIGGER IF EXISTS {name}_stays ON {name};
CREATE TRIGGER {name}_stays BEFORE DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION {goes}();
{}",
                not_emptied(name)
            )
        }
    }
}

/// A detail of the log that loses what it says and nothing else.
const BLANKED: &str = "NEW.before IS NULL AND NEW.after IS NULL AND NEW.change_id = OLD.change_id AND NEW.position = OLD.position
        AND NEW.authority = OLD.authority AND NEW.table_name = OLD.table_name AND NEW.row_id = OLD.row_id AND NEW.row_hash = OLD.row_hash";

/// What PostgreSQL's triggers of many tables call.
fn functions() -> String {
    let (gone, blanked) = (erased("OLD.id"), erased("OLD.row_id"));
    format!(
        "CREATE OR REPLACE FUNCTION placewell_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION '% is written once', TG_TABLE_NAME;
END $$;
CREATE OR REPLACE FUNCTION placewell_stays_until_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {gone} THEN RETURN OLD; END IF;
    RAISE EXCEPTION '% is written once', TG_TABLE_NAME;
END $$;
CREATE OR REPLACE FUNCTION placewell_is_blanked_once_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {BLANKED} AND {blanked} THEN RETURN NEW; END IF;
    RAISE EXCEPTION '% is written once', TG_TABLE_NAME;
END $$;
"
    )
}

fn not_emptied(name: &str) -> String {
    format!(
        "DROP TRIGGER IF EXISTS {name}_is_not_emptied ON {name};
CREATE TRIGGER {name}_is_not_emptied BEFORE TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION placewell_is_written_once();
"
    )
}

/// Rows of another authority are not there for a connection, whatever it asks; but everybody may read what part they have themselves, anywhere: they
/// choose by that for which authority they work.
fn fence(name: &str, table: &Table) -> String {
    let own = if name == "role_grant" {
        "DROP POLICY IF EXISTS own_parts ON role_grant;
CREATE POLICY own_parts ON role_grant FOR SELECT USING (person = CAST(nullif(current_setting('placewell.person', true), '') AS uuid));
"
    } else {
        ""
    };
    format!(
        "ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {name} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own_authority ON {name};
CREATE POLICY own_authority ON {name} USING (authority = CAST(nullif(current_setting('placewell.authority', true), '') AS uuid));
{own}{}",
        provider_fence(name, table)
    )
}

/// Registers and lists of the authority that are nothing of a provider's, and the accounts to which providers are paid.
const CLOSED: [&str; 5] = ["conflict", "duty", "feed_mapping", "nomination", "payee"];

/// The log: what somebody of a provider does is written there, and read by the authority.
const LOG: [&str; 3] = ["audit", "audit_concern", "audit_detail"];

/// A second fence inside the first, for connections of somebody who works for a provider: no row about a child is there for them, and of providers, homes,
/// papers, contracts and prices those of their provider alone.
fn provider_fence(name: &str, table: &Table) -> String {
    let fenced_by = "nullif((SELECT current_setting('placewell.provider', true)), '')";
    let own = format!("CAST({fenced_by} AS uuid)");
    let has = |column: &str| table.columns.iter().any(|one| one.name == column);
    let to = if LOG.contains(&table.name.as_str()) { "FOR SELECT " } else { "" };
    let rule = match table.name.as_str() {
        "child" => "FALSE".to_owned(),
        "provider" => format!("id = {own}"),
        // A price without a provider is of the home that it names, or of every member of its contract.
        "price_line" => format!(
            "provider = {own} OR (provider IS NULL AND CASE WHEN setting IS NULL THEN vehicle IN (SELECT vehicle FROM membership)
            ELSE setting IN (SELECT id FROM setting) END)"
        ),
        closed if CLOSED.contains(&closed) || LOG.contains(&closed) => "FALSE".to_owned(),
        _ if has("child") => "FALSE".to_owned(),
        _ if has("provider") => format!("provider = {own}"),
        _ if has("setting") => "setting IN (SELECT id FROM setting)".to_owned(),
        _ if has("home") => "home IN (SELECT id FROM foster_home)".to_owned(),
        _ if has("membership") => "membership IN (SELECT id FROM membership)".to_owned(),
        _ if has("vehicle") => "vehicle IN (SELECT vehicle FROM membership)".to_owned(),
        "contract_vehicle" => "id IN (SELECT vehicle FROM membership)".to_owned(),
        _ => return String::new(),
    };
    format!(
        "DROP POLICY IF EXISTS own_provider ON {name};
CREATE POLICY own_provider ON {name} AS RESTRICTIVE {to}USING ({fenced_by} IS NULL OR {rule});
"
    )
}
