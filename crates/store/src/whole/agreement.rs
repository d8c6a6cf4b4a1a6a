//! Whether the facts agree with the log: each version of each fact was written by a change whose entry says so, and what each entry says is there.
//!
//! A chain of seals shows that the log is as it was written. It does not show that the tables are: whoever can write there past Placewell, or a disk that
//! gave back half a change, is found here.

use domain::authority::Authority;
use domain::id::Id;

use super::Snapshot;
use crate::Error;
use crate::schema::Engine;

/// Rows of a table that do not agree with the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The table of facts.
    pub table: String,
    /// Versions that no entry of the log tells of, though it tells of others of the same change.
    pub untold: i64,
    /// Versions that the log tells of and that are not there.
    pub missing: i64,
    /// Facts whose versions do not follow one another from 1.
    pub torn: i64,
}

impl Snapshot {
    /// Holds every table of facts of an authority against its log; gives those that do not agree.
    pub async fn disagreements(&mut self, authority: Id<Authority>) -> Result<Vec<Disagreement>, Error> {
        let here = authority.to_string();
        self.line.look_at(&here).await?;
        let facts: Vec<String> = {
            let named = |name: &str| self.tables.iter().any(|table| table.name == name);
            self.tables.iter().map(|table| table.name.clone()).filter(|name| named(&format!("{name}_history"))).collect()
        };
        let row = if self.line.engine() == Engine::Postgres { "CAST(d.row_id AS uuid)" } else { "d.row_id" };
        let mut found = Vec::new();
        for table in facts {
            let versions = format!(
                "(SELECT id, version, change_id FROM \"{table}\" WHERE CAST(authority AS text) = $1
                  UNION ALL SELECT id, version, change_id FROM \"{table}_history\" WHERE CAST(authority AS text) = $1) k"
            );
            let untold = format!(
                "SELECT CAST(count(*) AS text) FROM {versions}
                 WHERE NOT EXISTS (SELECT 1 FROM audit_detail d WHERE d.change_id = k.change_id AND d.table_name = $2 AND {row} = k.id)
                   AND (EXISTS (SELECT 1 FROM audit_detail d WHERE d.change_id = k.change_id)
                     OR NOT EXISTS (SELECT 1 FROM audit a WHERE a.change_id = k.change_id))"
            );
            let missing = format!(
                "SELECT CAST(count(*) AS text) FROM audit_detail d JOIN audit a ON a.change_id = d.change_id
                 WHERE CAST(a.authority AS text) = $1 AND d.table_name = $2
                   AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.table_name = d.table_name AND e.row_id = d.row_id)
                   AND NOT EXISTS (SELECT 1 FROM \"{table}\" k WHERE k.id = {row} AND k.change_id = d.change_id)
                   AND NOT EXISTS (SELECT 1 FROM \"{table}_history\" k WHERE k.id = {row} AND k.change_id = d.change_id)"
            );
            let torn = format!(
                "SELECT CAST(count(*) AS text) FROM (SELECT k.id FROM {versions} GROUP BY k.id HAVING min(version) <> 1 OR max(version) <> count(*)) gaps"
            );
            let disagreement = Disagreement {
                untold: self.line.count(untold, &[&here, &table]).await?,
                missing: self.line.count(missing, &[&here, &table]).await?,
                torn: self.line.count(torn, &[&here]).await?,
                table,
            };
            if (disagreement.untold, disagreement.missing, disagreement.torn) != (0, 0, 0) {
                found.push(disagreement);
            }
        }
        Ok(found)
    }
}
