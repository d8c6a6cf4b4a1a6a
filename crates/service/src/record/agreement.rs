//! Whether the facts of the record are those that its log tells of.

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use store::Disagreement;

use super::{Checked, Record, allowed};
use crate::Error;

/// Holds every fact of an authority, in each of its versions, against the entry of the change that wrote it.
///
/// # Errors
/// [`Error::Denied`] for anybody but the machine's owner. Facts that do not agree are an answer, not an error.
pub async fn agree(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Checked, Error> {
    let leave = allowed(actor, Action::RecordCopy, On::authority(authority))?;
    let found = record.db.snapshot(&leave).await?.disagreements(authority).await?;
    let words = if found.is_empty() {
        "Every fact agrees with the log, in each of its versions.".to_owned()
    } else {
        let tables: Vec<String> = found.iter().map(spoken).collect();
        format!(
            "The facts do not agree with the log: {}. Compare them with a backup, and find out who can write to the database.",
            tables.join("; ")
        )
    };
    Ok(Checked { holds: found.is_empty(), words, head: None })
}

fn spoken(one: &Disagreement) -> String {
    let Disagreement { table, untold, missing, torn } = one;
    format!("{table} ({untold} versions that no entry tells of, {missing} that are not there, {torn} facts with a gap between versions)")
}
