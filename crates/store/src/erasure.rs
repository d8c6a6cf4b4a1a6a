//! The one door by which something goes for good: a rule of retention. What goes is named in `erasure`, which the triggers ask before they let it go.

use std::collections::{BTreeMap, BTreeSet};

use domain::child::Child;
use domain::id::Id;
use domain::retention::Rule;

use crate::Error;
use crate::change::Detail;
use crate::db::{Tx, View};
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

/// Keeps by what the number of an erased child is known again, so that no export puts the child back: a hash under a key outside the database.
pub async fn remember(tx: &mut Tx, hash: &[u8; 32]) -> Result<(), Error> {
    let (authority, change) = (Key(tx.permit().authority()), Key(tx.moment().change));
    tx.run(
        sql!("INSERT INTO erased_child (authority, hash, change_id) VALUES ($1, $2, $3) ON CONFLICT (authority, hash) DO NOTHING"),
        &[&authority, &hash.to_vec(), &change],
    )
    .await?;
    Ok(())
}

/// What is gone for good from the permit's authority, as far as anything is kept of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Hashes of the numbers of children.
    pub children: BTreeSet<Vec<u8>>,
    /// Identities of rows.
    pub rows: BTreeSet<String>,
}

impl Erased {
    /// All of it.
    pub async fn read(view: &mut View) -> Result<Self, Error> {
        let authority = Key(view.permit().authority());
        let children: Vec<(Vec<u8>,)> =
            view.all(sql!("SELECT hash FROM erased_child WHERE authority = $1 ORDER BY hash"), &[&authority]).await?;
        let rows: Vec<(String,)> = view.all(sql!("SELECT row_id FROM erasure WHERE authority = $1 ORDER BY row_id"), &[&authority]).await?;
        Ok(Self { children: children.into_iter().map(|(hash,)| hash).collect(), rows: rows.into_iter().map(|(id,)| id).collect() })
    }
}

async fn erase(tx: &mut Tx, table: &Table, row: Id<Child>, rule: Rule) -> Result<(), Error> {
    let (authority, change) = (Key(tx.permit().authority()), Key(tx.moment().change));
    let (name, id, why) = (table.name.clone(), row.to_string(), rule.to_string());
    tx.run(
        sql!(
            "INSERT INTO erasure (authority, table_name, row_id, rule, change_id) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (authority, table_name, row_id) DO NOTHING"
        ),
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
