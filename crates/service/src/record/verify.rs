//! The log of every change: whether it still holds.

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use store::{Broken, NoHead, Published, Whole};

use super::{Record, allowed};
use crate::Error;

/// What a check of the log found, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Whether the log holds.
    pub holds: bool,
    /// What was found.
    pub words: String,
    /// Where the log ends, as `NUMBER:SEAL`, to be kept elsewhere; nothing for a log that does not hold.
    pub head: Option<String>,
}

/// Walks the log of an authority from its first entry to its last.
///
/// # Errors
/// [`Error::Denied`] for roles that may not. A log that does not hold is an answer, not an error.
pub async fn verify(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Checked, Error> {
    verify_past(record, actor, authority, None).await
}

/// The same, past a head that was kept elsewhere: a log that was cut off or written anew does not reach it.
///
/// # Errors
/// Those of [`verify`]; [`Error::Unusable`] for a head that is not written as one.
pub async fn verify_past(record: &Record, actor: &Actor, authority: Id<Authority>, head: Option<&str>) -> Result<Checked, Error> {
    let published: Option<Published> =
        head.map(|text| text.parse().map_err(|fault: NoHead| Error::Unusable(fault.to_string()))).transpose()?;
    let mut view = record.db.read(allowed(actor, Action::AuditVerify, On::authority(authority))?).await?;
    let found = store::verify(&mut view, &record.keys, published.as_ref()).await?;
    let head = found.as_ref().ok().map(|whole| Published { seq: whole.entries, seal: whole.seal.clone() }.to_string());
    Ok(Checked { holds: found.is_ok(), words: found.map_or_else(fault, |log| whole(&log)), head })
}

fn whole(log: &Whole) -> String {
    let Whole { entries, erased, .. } = log;
    let erased = if *erased == 0 { String::new() } else { format!(" Detail of {erased} was erased by a rule.") };
    format!("The log holds: {entries} {}, each sealed over the one before.{erased}", if *entries == 1 { "entry" } else { "entries" })
}

fn fault(broken: Broken) -> String {
    let what = match broken {
        Broken::Missing(seq) => format!("an entry is missing before number {seq}"),
        Broken::Altered(seq) => format!("entry {seq} is not as it was written, or was sealed with another key"),
        Broken::DetailAltered(seq) => format!("what entry {seq} made of its rows is not as it was written"),
        Broken::CutOff(seq) => format!("it ends at entry {seq}, and should not"),
    };
    format!("The log does not hold: {what}. Compare it with a backup, and find out who can write to the database.")
}
