//! Every migration is applied to sqlite and to PostgreSQL (`TEST_POSTGRES`), and both hold the same tables: the same columns of the same class, the same keys,
//! references and checks.
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

#[expect(dead_code, reason = "each test file uses its part")]
mod engines;

use std::collections::BTreeSet;

use engines::fresh;
use sqlx::{Connection as _, PgConnection, SqliteConnection};

/// What one line says of a schema: `column placement.starts TEXT required`.
type Lines = BTreeSet<String>;

#[tokio::test]
async fn both_engines_have_the_same_tables() {
    let mut seen: Vec<Lines> = Vec::new();
    for fresh in fresh().await {
        let lines = if fresh.name == "sqlite" { of_sqlite(&fresh.address).await } else { of_postgres(&fresh.address).await };
        for known in [
            "view placement_known.superseded_at",
            "column placement.starts TEXT required",
            "column placement.ends TEXT",
            "column placement.withdrawn INTEGER required",
            "column vault.sealed BLOB required",
            "key placement_history id,version",
            "unique setting authority,urn where urn<>''",
            "index placement child,starts",
            "reference placement authority,child to child authority,id",
            "reference placement change_id to audit change_id at the end",
            "check placement ENDSISNULLORENDS>STARTS",
            "check link KINDIN'INVITATION','RECOVERY'",
            "check notice PATHLIKE'/%'",
        ] {
            assert!(lines.contains(known), "{}: {known} is not among {:#?}", fresh.name, about(&lines, known));
        }
        seen.push(lines);
    }
    let apart = |one: &Lines, other: &Lines| one.symmetric_difference(other).cloned().collect::<Vec<_>>();
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{:#?}", apart(&seen[0], &seen[1]));
}

/// The lines of the same table, so that a failure can be read.
fn about(lines: &Lines, known: &str) -> Vec<String> {
    let table = known.split([' ', '.']).nth(1).unwrap_or_default();
    lines.iter().filter(|line| line.split([' ', '.']).nth(1) == Some(table)).cloned().collect()
}

/// The class of a type: what SQLite, which knows fewer types, keeps a value of it as.
fn class(word: &str) -> &str {
    match word {
        "uuid" | "text" | "date" | "timestamp with time zone" => "TEXT",
        "bigint" | "boolean" => "INTEGER",
        "bytea" => "BLOB",
        other => other,
    }
}

/// A condition without what only the way of writing it makes: spaces, brackets, letters of either case, and PostgreSQL's own words for the same.
fn condition(text: &str) -> String {
    let words = text.replace("::text", "").replace("= ANY (ARRAY[", "IN (").replace("~~", "LIKE");
    words.chars().filter(|letter| !letter.is_whitespace() && !"()[]\"".contains(*letter)).collect::<String>().to_uppercase()
}

fn column(table: &str, name: &str, class: &str, required: bool) -> String {
    format!("column {table}.{name} {class}{}", if required { " required" } else { "" })
}

fn index(unique: bool, table: &str, columns: &str, only: Option<&str>) -> String {
    let only = only.map(|only| format!(" where {}", condition(only).to_lowercase())).unwrap_or_default();
    format!("{} {table} {columns}{only}", if unique { "unique" } else { "index" })
}

fn reference(table: &str, columns: &str, other: &str, others: &str, deferred: bool) -> String {
    format!("reference {table} {columns} to {other} {others}{}", if deferred { " at the end" } else { "" })
}

/// The conditions of the checks in the text that made a table.
fn checks(made: &str) -> Vec<String> {
    let condition_of = |rest: &str| {
        let mut open = 1;
        let end = rest.char_indices().find(|(_, letter)| {
            open += i32::from(*letter == '(') - i32::from(*letter == ')');
            open == 0
        });
        condition(&rest[..end.unwrap().0])
    };
    made.split("CHECK (").skip(1).map(condition_of).collect()
}

const OURS: &str = "m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

async fn of_sqlite(address: &str) -> Lines {
    let mut connection = SqliteConnection::connect(address).await.unwrap();
    let mut lines = Lines::new();
    let columns = format!(
        "SELECT m.type, m.name, c.name, coalesce(c.type, ''), c.\"notnull\" FROM sqlite_schema m JOIN pragma_table_info(m.name) c
         WHERE m.type IN ('table', 'view') AND {OURS}"
    );
    let columns: Vec<(String, String, String, String, bool)> =
        sqlx::query_as(sqlx::AssertSqlSafe(columns)).fetch_all(&mut connection).await.unwrap();
    lines.extend(columns.iter().map(|(kind, table, name, class, required)| match kind.as_str() {
        "table" => column(table, name, class, *required),
        _ => format!("view {table}.{name}"),
    }));
    let keys = format!(
        "SELECT name, group_concat(col, ',') FROM (SELECT m.name, c.name AS col FROM sqlite_schema m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND c.pk > 0 AND {OURS} ORDER BY m.name, c.pk) GROUP BY name"
    );
    let keys: Vec<(String, String)> = sqlx::query_as(sqlx::AssertSqlSafe(keys)).fetch_all(&mut connection).await.unwrap();
    lines.extend(keys.iter().map(|(table, columns)| format!("key {table} {columns}")));
    let indexes = format!(
        "SELECT m.name, i.\"unique\", (SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)),
             (SELECT substr(s.sql, instr(s.sql, ' WHERE ') + 7) FROM sqlite_schema s WHERE s.name = i.name AND i.partial)
         FROM sqlite_schema m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND i.origin <> 'pk' AND {OURS}"
    );
    let indexes: Vec<(String, bool, String, Option<String>)> =
        sqlx::query_as(sqlx::AssertSqlSafe(indexes)).fetch_all(&mut connection).await.unwrap();
    lines.extend(indexes.iter().map(|(table, unique, columns, only)| index(*unique, table, columns, only.as_deref())));
    let tables = format!("SELECT m.name, m.sql FROM sqlite_schema m WHERE m.type = 'table' AND {OURS}");
    let tables: Vec<(String, String)> = sqlx::query_as(sqlx::AssertSqlSafe(tables)).fetch_all(&mut connection).await.unwrap();
    for (table, made) in &tables {
        lines.extend(checks(made).into_iter().map(|check| format!("check {table} {check}")));
        let text = "SELECT group_concat(\"from\", ','), \"table\", group_concat(\"to\", ',')
                    FROM (SELECT id, seq, \"from\", \"table\", \"to\" FROM pragma_foreign_key_list($1) ORDER BY id, seq) GROUP BY id, \"table\"";
        let references: Vec<(String, String, String)> = sqlx::query_as(text).bind(table).fetch_all(&mut connection).await.unwrap();
        let deferred = |columns: &str| {
            let line = made.lines().find(|line| line.trim().starts_with(columns) && line.contains("REFERENCES"));
            line.is_some_and(|line| line.contains("INITIALLY DEFERRED"))
        };
        lines.extend(references.iter().map(|(columns, other, others)| reference(table, columns, other, others, deferred(columns))));
    }
    lines
}

async fn of_postgres(address: &str) -> Lines {
    let mut connection = PgConnection::connect(address).await.unwrap();
    let mut lines = Lines::new();
    let columns =
        "SELECT CAST(c.relkind AS text), CAST(c.relname AS text), CAST(a.attname AS text), format_type(a.atttypid, NULL), a.attnotnull
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relkind IN ('r', 'v') AND c.relnamespace = CAST('public' AS regnamespace) AND c.relname NOT LIKE '\\_sqlx%'";
    let columns: Vec<(String, String, String, String, bool)> = sqlx::query_as(columns).fetch_all(&mut connection).await.unwrap();
    lines.extend(columns.iter().map(|(kind, table, name, word, required)| match kind.as_str() {
        "r" => column(table, name, class(word), *required),
        _ => format!("view {table}.{name}"),
    }));
    let indexes = "SELECT CAST(c.relname AS text), i.indisprimary, i.indisunique,
             (SELECT string_agg(CAST(a.attname AS text), ',' ORDER BY k.at) FROM unnest(CAST(i.indkey AS smallint[])) WITH ORDINALITY k(num, at)
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num),
             pg_get_expr(i.indpred, i.indrelid)
         FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
         WHERE c.relnamespace = CAST('public' AS regnamespace) AND c.relname NOT LIKE '\\_sqlx%'";
    let indexes: Vec<(String, bool, bool, String, Option<String>)> = sqlx::query_as(indexes).fetch_all(&mut connection).await.unwrap();
    lines.extend(indexes.iter().map(|(table, primary, unique, columns, only)| {
        if *primary { format!("key {table} {columns}") } else { index(*unique, table, columns, only.as_deref()) }
    }));
    let checks =
        "SELECT CAST(c.relname AS text), pg_get_expr(k.conbin, k.conrelid) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
         WHERE k.contype = 'c' AND c.relnamespace = CAST('public' AS regnamespace)";
    let checks: Vec<(String, String)> = sqlx::query_as(checks).fetch_all(&mut connection).await.unwrap();
    lines.extend(checks.iter().map(|(table, check)| format!("check {table} {}", condition(check))));
    let references = "SELECT CAST(c.relname AS text),
             (SELECT string_agg(CAST(a.attname AS text), ',' ORDER BY n.at) FROM unnest(k.conkey) WITH ORDINALITY n(num, at)
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n.num),
             CAST(o.relname AS text),
             (SELECT string_agg(CAST(a.attname AS text), ',' ORDER BY n.at) FROM unnest(k.confkey) WITH ORDINALITY n(num, at)
              JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = n.num),
             k.condeferred
         FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
         WHERE k.contype = 'f' AND c.relnamespace = CAST('public' AS regnamespace)";
    let references: Vec<(String, String, String, String, bool)> = sqlx::query_as(references).fetch_all(&mut connection).await.unwrap();
    lines.extend(references.iter().map(|(table, columns, other, others, deferred)| reference(table, columns, other, others, *deferred)));
    lines
}

#[test]
fn conditions_are_compared_without_the_way_in_which_they_are_written() {
    assert_eq!(condition("((kind = ANY (ARRAY['care'::text, 'stay'::text])))"), condition("kind IN ('care', 'stay')"));
    assert_eq!(condition("(path ~~ '/%'::text)"), condition("path LIKE '/%'"));
    assert_ne!(condition("ends > starts"), condition("ends >= starts"));
    assert_eq!(checks("a TEXT CHECK (lower(a) = a),\n CHECK (b IN (1, 2))"), ["LOWERA=A", "BIN1,2"]);
}
