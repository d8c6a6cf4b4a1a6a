//! Copies of the whole record: a backup in one portable file, and its way back into an empty database of either engine.
//!
//! A backup is a ZIP archive. `tables/NAME.jsonl` has a row a line, a JSON array of texts in the order of the columns, `null` where there is nothing;
//! `manifest.json` ([`Manifest`]) says what must be there, with a SHA-256 of each table and the end of each authority's log; `manifest.seal` seals it, so
//! that without the key nobody writes a backup that would be restored. It is read as of one moment while others go on writing, and neither way is the
//! record ever held in memory. Sessions, links that were sent and counts of failed attempts are in no backup.

mod manifest;
mod restore;

use std::io::{self, Seek, Write};

use domain::Id;
use domain::access::{Action, Actor, On, Permit};
use domain::hexadecimal;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub use manifest::{Log, Manifest, TableMade};
pub use restore::{Archive, restore};

use crate::Error;
use crate::record::{self, Record, allowed};
use manifest::{FORMAT, KEY_ENTRY, MANIFEST_ENTRY, SEAL_ENTRY, entry_of};

/// Whether a backup carries the key that seals the log and opens the vault: with it, whoever has the file has everything.
#[derive(Clone, Copy, Debug)]
pub enum Key<'k> {
    /// The key stays where it is, and is needed again to restore.
    LeftOut,
    /// The text of the key's file goes along.
    Included(&'k str),
}

/// Reads the record as of this moment and writes it to a file; gives what was written.
///
/// # Errors
/// [`Error::Denied`] for anybody but the machine's owner, [`Error::Unusable`] where a table or the file cannot be had whole.
pub async fn back_up(record: &Record, actor: &Actor, out: impl Write + Seek, key: Key<'_>) -> Result<Manifest, Error> {
    let mut snapshot = record.db.snapshot(&leave(actor)?).await?;
    let mut archive = ZipWriter::new(out);
    let mut tables = Vec::new();
    for table in snapshot.tables().to_vec() {
        archive.start_file(entry_of(&table.name), options()).map_err(unwritten)?;
        let mut lines = Lines::default();
        snapshot.rows(&table, |cells| lines.write(&cells, &mut archive)).await?;
        let columns = table.columns.iter().map(|column| column.name.clone()).collect();
        tables.push(TableMade { name: table.name, columns, rows: lines.rows, sha256: lines.sha256() });
    }
    let ends = snapshot.logs().await?;
    let schema = snapshot.schema();
    drop(snapshot);
    let mut logs = Vec::new();
    for authority in record::authorities(record, actor).await? {
        let holds = record::verify(record, actor, authority.id).await?.holds && record::agree(record, actor, authority.id).await?.holds;
        // A log that began after the moment of the copy is not in it.
        logs.extend(ends.iter().filter(|end| end.authority == authority.name).map(|end| Log {
            authority: end.authority.clone(),
            entries: end.entries,
            head: end.head.clone(),
            holds,
        }));
    }
    if let Key::Included(text) = key {
        archive.start_file(KEY_ENTRY, options()).map_err(unwritten)?;
        archive.write_all(text.as_bytes()).map_err(unwritten_bytes)?;
    }
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        made_at: record.now().to_string(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        seal: record.db.seal(),
        with_key: matches!(key, Key::Included(_)),
        tables,
        logs,
    };
    archive.start_file(MANIFEST_ENTRY, options()).map_err(unwritten)?;
    let text = serde_json::to_vec_pretty(&manifest).map_err(|fault| unwritten_bytes(fault.into()))?;
    archive.write_all(&text).map_err(unwritten_bytes)?;
    archive.start_file(SEAL_ENTRY, options()).map_err(unwritten)?;
    archive.write_all(hexadecimal::written(&record.keys.copy_seal(&text)).as_bytes()).map_err(unwritten_bytes)?;
    archive.finish().map_err(unwritten)?.flush().map_err(unwritten_bytes)?;
    Ok(manifest)
}

/// Leave to read or fill the whole record, which the machine's owner alone has.
fn leave(actor: &Actor) -> Result<Permit, Error> {
    allowed(actor, Action::RecordCopy, On::authority(Id::from_uuid(Uuid::nil())))
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().large_file(true)
}

/// The rows of a table as lines, counted and hashed on their way.
#[derive(Default)]
struct Lines {
    rows: u64,
    digest: Sha256,
    line: Vec<u8>,
}

impl Lines {
    fn write(&mut self, cells: &store::Cells, out: &mut impl Write) -> Result<(), Error> {
        self.count(cells)?;
        out.write_all(&self.line).map_err(unwritten_bytes)
    }

    /// Takes a row into count and hash.
    fn count(&mut self, cells: &store::Cells) -> Result<(), Error> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, cells).map_err(|fault| unwritten_bytes(fault.into()))?;
        self.line.push(b'\n');
        self.rows += 1;
        self.digest.update(&self.line);
        Ok(())
    }

    fn sha256(self) -> String {
        format!("{:x}", self.digest.finalize())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn unwritten(fault: zip::result::ZipError) -> Error {
    Error::Unusable(format!("The backup could not be written: {fault}."))
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn unwritten_bytes(fault: io::Error) -> Error {
    Error::Unusable(format!("The backup could not be written: {fault}."))
}
