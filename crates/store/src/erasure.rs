//! The one door by which something goes for good: a rule of retention. What goes is named in `erasure`, which the triggers ask before they let it go.

use std::collections::BTreeMap;

use domain::child::Child;
use domain::id::Id;
use domain::retention::Rule;

use crate::Error;
use crate::change::Detail;
use crate::db::Tx;
use crate::schema::{self, Table};
use crate::statement::{Registered, Statement, sql};
use crate::types::Key;

/// Erases a child with all that refers to them, in every version, and what the log says of it; the log itself stays whole. Gives how many facts went.
pub async fn child(tx: &mut Tx, child: Id<Child>, rule: Rule) -> Result<usize, Error> {
    let tables = schema::facts();
    let authority = Key(tx.permit().authority());
    let mut gone: BTreeMap<&str, Vec<Id<Child>>> = BTreeMap::from([("child", vec![child])]);
    // A table stands after those that it refers to, so that one walk finds everything.
    for table in &tables {
        let mut rows = Vec::new();
        for (column, whole) in &table.refers {
            for one in gone.get(whole.as_str()).cloned().unwrap_or_default() {
                let found: Vec<(Key<Child>,)> = tx.all(referring(table, column), &[&Key(one), &authority]).await?;
                rows.extend(found.into_iter().map(|(id,)| id.0));
            }
        }
        rows.sort_unstable();
        rows.dedup();
        if !rows.is_empty() {
            gone.entry(table.name.as_str()).or_default().extend(rows);
        }
    }
    let mut count = 0;
    for table in tables.iter().rev() {
        for &row in gone.get(table.name.as_str()).into_iter().flatten() {
            erase(tx, table, row, rule).await?;
            count += 1;
        }
    }
    Ok(count)
}

async fn erase(tx: &mut Tx, table: &Table, row: Id<Child>, rule: Rule) -> Result<(), Error> {
    let (authority, change) = (Key(tx.permit().authority()), Key(tx.moment().change));
    let (name, id, why) = (table.name.clone(), row.to_string(), rule.to_string());
    tx.run(
        sql!("INSERT INTO erasure (authority, table_name, row_id, rule, change_id) VALUES ($1, $2, $3, $4, $5)"),
        &[&authority, &name, &id, &why, &change],
    )
    .await?;
    tx.run(
        sql!("UPDATE audit_detail SET before = NULL, after = NULL WHERE authority = $1 AND table_name = $2 AND row_id = $3"),
        &[&authority, &name, &id],
    )
    .await?;
    for statement in deleting(table) {
        tx.run(statement, &[&Key(row), &authority]).await?;
    }
    let after = serde_json::json!({ "table": name, "rule": why });
    tx.note(Detail { table: "erasure", row: id, before: None, after: Some(after) });
    Ok(())
}

/// The facts of a table, those of earlier versions too, that refer to something by this column.
fn referring(table: &Table, column: &str) -> Statement {
    let name = &table.name;
    let of = |name: &str| format!("SELECT id FROM {name} WHERE {column} = $1 AND authority = $2");
    Statement { text: format!("{} UNION {}", of(name), of(&format!("{name}_history"))).into(), at: "erasure" }
}

fn deleting(table: &Table) -> [Statement; 2] {
    let name = &table.name;
    [name.clone(), format!("{name}_history")]
        .map(|name| Statement { text: format!("DELETE FROM {name} WHERE id = $1 AND authority = $2").into(), at: "erasure" })
}

inventory::submit! {
    Registered(|| {
        let of = |table: &Table| {
            let referring: Vec<Statement> = table.refers.iter().map(|(column, _)| referring(table, column)).collect();
            referring.into_iter().chain(deleting(table)).collect::<Vec<_>>()
        };
        schema::facts().iter().flat_map(of).collect()
    })
}
