//! Everything that is held about one child, found by the tables themselves: a new table about children is in it without anybody remembering to.

use domain::authority::Authority;
use domain::child::Child;
use domain::id::Id;

use super::Snapshot;
use crate::Error;
use crate::db::Cells;

/// What a table holds about somebody: every version, also of what was corrected or taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The table.
    pub table: String,
    /// The names of its columns; the last, `superseded_at`, says until when a version was believed, and is empty for what is believed now.
    pub columns: Vec<String>,
    /// Its rows, their cells as text.
    pub rows: Vec<Cells>,
}

impl Snapshot {
    /// Every row about a child, by table. Rows of which another record is the owner, the authority's name say, are not about the child.
    pub async fn held_about(&mut self, authority: Id<Authority>, child: Id<Child>) -> Result<Vec<Held>, Error> {
        let (here, child) = (authority.to_string(), child.to_string());
        self.line.look_at(&here).await?;
        let engine = self.line.engine();
        let mut held = Vec::new();
        for table in self.tables.iter().filter(|table| !table.name.ends_with("_history")) {
            let whose = match table.name.as_str() {
                "child" => "id",
                _ if table.has("child") => "child",
                _ => continue,
            };
            let cells: Vec<String> = table.columns.iter().map(|column| column.written(engine)).collect();
            let history = self.tables.iter().find(|other| other.name == format!("{}_history", table.name));
            let select = |name: &str, superseded: &str| {
                format!(
                    "SELECT {}, {superseded} FROM \"{name}\" WHERE CAST({whose} AS text) = $1 AND CAST(authority AS text) = $2",
                    cells.join(", ")
                )
            };
            let mut rows = Vec::new();
            if let Some(history) = history {
                let until = history.columns.iter().find(|column| column.name == "superseded_at").map(|column| column.written(engine));
                rows = self.line.all(select(&history.name, &until.unwrap_or_else(|| "NULL".to_owned())), &[&child, &here]).await?;
            }
            rows.append(&mut self.line.all(select(&table.name, "CAST(NULL AS text)"), &[&child, &here]).await?);
            let place = |name: &str| table.columns.iter().position(|column| column.name == name);
            let (id, version) = (place("id"), place("version"));
            // Versions of one thing follow one another; things follow in the order of their making.
            rows.sort_by_key(|row| {
                let cell = |at: Option<usize>| at.and_then(|at| row.get(at)?.clone()).unwrap_or_default();
                (cell(id), cell(version).parse::<i64>().unwrap_or_default())
            });
            if !rows.is_empty() {
                let names = table.columns.iter().map(|column| column.name.clone());
                held.push(Held { table: table.name.clone(), columns: names.chain(["superseded_at".to_owned()]).collect(), rows });
            }
        }
        Ok(held)
    }
}
