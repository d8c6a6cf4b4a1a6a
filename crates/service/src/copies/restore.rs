//! The way back: a backup is checked from its first byte to its last before anything is touched, and the restored record is read again and held against
//! it before it is kept.

use std::io::{BufRead as _, BufReader, Read, Seek};

use domain::access::Actor;
use domain::hexadecimal;
use store::{Cells, Keys, Table};
use zip::ZipArchive;

use super::manifest::{FORMAT, KEY_ENTRY, Log, MANIFEST_ENTRY, Manifest, SEAL_ENTRY, TableMade, entry_of};
use super::{Lines, leave};
use crate::Error;
use crate::record::{self, Record};

/// Rows that are written in one go.
const ROWS: usize = 400;

/// A manifest names some dozens of tables; whatever is longer is none.
const LONGEST_MANIFEST: u64 = 16 * 1024 * 1024;

/// A backup that was read to its end and found whole.
#[derive(Debug)]
pub struct Archive<F: Read + Seek> {
    zip: ZipArchive<F>,
    manifest: Manifest,
    /// The manifest as it stands in the file, and its seal.
    sealed: (String, Vec<u8>),
}

impl<F: Read + Seek> Archive<F> {
    /// Opens a backup and checks all of it.
    ///
    /// # Errors
    /// [`Error::Unusable`] for a file that is no backup, that is damaged, or that another program made.
    pub fn open(file: F) -> Result<Self, Error> {
        let mut zip = ZipArchive::new(file).map_err(|fault| damaged(&format!("it cannot be opened as a ZIP archive ({fault})")))?;
        let (manifest, text) = manifest(&mut zip)?;
        let seal = seal(&mut zip)?;
        for table in &manifest.tables {
            let mut lines = Lines::default();
            each_row(&mut zip, table, |cells| lines.count(cells))?;
            if lines.rows != table.rows || lines.sha256() != table.sha256 {
                return Err(damaged(&format!("{} is not as it was written", table.name)));
            }
        }
        Ok(Self { zip, manifest, sealed: (text, seal) })
    }

    /// Asks whether whoever wrote it had this key: what holds together in itself may still be forged.
    ///
    /// # Errors
    /// [`Error::Unusable`] for a backup that was sealed with another key, or that somebody wrote who had none.
    pub fn is_sealed_with(&self, key: [u8; 64]) -> Result<(), Error> {
        self.is_sealed_by(&Keys::new(key))
    }

    fn is_sealed_by(&self, keys: &Keys) -> Result<(), Error> {
        if self.manifest.seal != hexadecimal::written(&keys.fingerprint()) {
            return Err(Error::Unusable(
                "The backup is sealed with another key than the one at hand. Name the file of its own key with --seal-key.".to_owned(),
            ));
        }
        let (text, seal) = &self.sealed;
        if keys.copy_seal(text.as_bytes()) == *seal {
            return Ok(());
        }
        Err(Error::Unusable(
            "The backup is not genuine: somebody without the key altered what it says of itself. Nothing was restored; take another copy of it, and find out who could write to this one."
                .to_owned(),
        ))
    }

    /// What it holds.
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The text of the key that seals its logs, where it lies in the file.
    ///
    /// # Errors
    /// [`Error::Unusable`] where it should and does not.
    pub fn key(&mut self) -> Result<Option<String>, Error> {
        if !self.manifest.with_key {
            return Ok(None);
        }
        let mut text = String::new();
        let entry = self.zip.by_name(KEY_ENTRY).map_err(|_| damaged("the key that it should hold is not in it"))?;
        entry.take(1024).read_to_string(&mut text).map_err(|_| damaged("the key in it cannot be read"))?;
        Ok(Some(text))
    }
}

/// The seal of the manifest.
fn seal(zip: &mut ZipArchive<impl Read + Seek>) -> Result<Vec<u8>, Error> {
    let mut text = String::new();
    let entry = zip.by_name(SEAL_ENTRY).map_err(|_| damaged("its manifest is not sealed"))?;
    entry.take(1024).read_to_string(&mut text).map_err(|_| damaged("the seal of its manifest cannot be read"))?;
    hexadecimal::read(&text).ok_or_else(|| damaged("the seal of its manifest cannot be read"))
}

/// What it says of itself, and the text that says it.
fn manifest(zip: &mut ZipArchive<impl Read + Seek>) -> Result<(Manifest, String), Error> {
    let mut text = String::new();
    let entry =
        zip.by_name(MANIFEST_ENTRY).map_err(|_| damaged("it has no manifest, and so is no backup of Placewell or not a whole one"))?;
    entry.take(LONGEST_MANIFEST).read_to_string(&mut text).map_err(|_| damaged("its manifest cannot be read"))?;
    let format = serde_json::from_str::<serde_json::Value>(&text).ok().and_then(|json| Some(json.get("format")?.as_str()?.to_owned()));
    match format.as_deref() {
        Some(FORMAT) => match serde_json::from_str(&text) {
            Ok(manifest) => Ok((manifest, text)),
            Err(fault) => Err(damaged(&format!("its manifest cannot be read ({fault})"))),
        },
        Some(other) => Err(Error::Unusable(format!(
            "The backup has the form “{other}”, which this Placewell does not know. Use the one that made it."
        ))),
        None => Err(damaged("its manifest does not say what it is")),
    }
}

/// Hands on each row of a table in the archive.
fn each_row(
    zip: &mut ZipArchive<impl Read + Seek>,
    table: &TableMade,
    mut hand_on: impl FnMut(&Cells) -> Result<(), Error>,
) -> Result<(), Error> {
    let unreadable = || damaged(&format!("{} cannot be read", table.name));
    let entry = zip.by_name(&entry_of(&table.name)).map_err(|_| damaged(&format!("{} is not in it", table.name)))?;
    for line in BufReader::new(entry).split(b'\n') {
        let cells: Cells = serde_json::from_slice(&line.map_err(|_| unreadable())?).map_err(|_| unreadable())?;
        if cells.len() != table.columns.len() {
            return Err(unreadable());
        }
        hand_on(&cells)?;
    }
    Ok(())
}

/// Fills an empty database with a backup, reads it again, and keeps it only if it is the same. Gives each log as it was proved to hold.
///
/// # Errors
/// [`Error::Unusable`] where the database is not empty, the key is another one, or the tables are those of another version; then nothing was changed.
pub async fn restore<F: Read + Seek>(record: &Record, actor: &Actor, archive: &mut Archive<F>) -> Result<Vec<Log>, Error> {
    archive.is_sealed_by(&record.keys)?;
    let Archive { zip, manifest, .. } = archive;
    let leave = leave(actor)?;
    if record.db.is_blank(&leave).await? {
        record.migrate().await?;
    }
    record.ready().await?;
    let here = record.db.snapshot(&leave).await?.schema();
    if manifest.schema != here {
        return Err(Error::Unusable(format!(
            "The backup was made by Placewell {} with other tables (number {}; here it is {here}). Restore it with that version, then bring it up to date with `placewell migrate`.",
            manifest.program, manifest.schema
        )));
    }
    let mut loading = record.db.load(&leave).await.map_err(refused)?;
    let same =
        |table: &Table, made: &TableMade| table.name == made.name && table.columns.iter().map(|column| &column.name).eq(&made.columns);
    let tables = loading.tables().to_vec();
    if tables.len() != manifest.tables.len() || !tables.iter().zip(&manifest.tables).all(|(table, made)| same(table, made)) {
        return Err(Error::Unusable(
            "The backup has other tables or columns than this database. Restore it with the version that made it.".to_owned(),
        ));
    }
    for (table, made) in tables.iter().zip(&manifest.tables) {
        let entry = zip.by_name(&entry_of(&made.name)).map_err(|_| damaged(&format!("{} is not in it", made.name)))?;
        let mut lines = BufReader::new(entry).split(b'\n');
        loop {
            let rows: Result<Vec<Cells>, Error> = lines
                .by_ref()
                .take(ROWS)
                .map(|line| serde_json::from_slice(&line.unwrap_or_default()).map_err(|_| damaged("a line cannot be read")))
                .collect();
            let rows = rows?;
            if rows.is_empty() {
                break;
            }
            loading.put(table, &rows).await?;
        }
    }
    for (table, made) in tables.iter().zip(&manifest.tables) {
        let mut lines = Lines::default();
        loading.rows(table, |cells| lines.count(&cells)).await?;
        if lines.rows != made.rows || lines.sha256() != made.sha256 {
            return Err(Error::Unusable(format!("{} was not restored as it is in the backup. Nothing was kept.", made.name)));
        }
    }
    loading.keep().await?;
    proved(record, actor, &manifest.logs).await
}

/// Walks every log of the restored record, and holds it against what the backup says of it.
async fn proved(record: &Record, actor: &Actor, made: &[Log]) -> Result<Vec<Log>, Error> {
    let ends = record.db.snapshot(&leave(actor)?).await?.logs().await?;
    let mut logs = Vec::new();
    for authority in record::authorities(record, actor).await? {
        let holds = record::verify(record, actor, authority.id).await?.holds && record::agree(record, actor, authority.id).await?.holds;
        let end = ends.iter().find(|end| end.authority == authority.name);
        logs.extend(end.map(|end| Log { authority: end.authority.clone(), entries: end.entries, head: end.head.clone(), holds }));
    }
    match made.iter().find(|log| !logs.contains(log)) {
        None => Ok(logs),
        Some(log) => Err(Error::Unusable(format!(
            "The log of {} is not the one of the backup. Do not use this database: make another, and tell whoever looks after Placewell.",
            log.authority
        ))),
    }
}

fn damaged(how: &str) -> Error {
    Error::Unusable(format!("The backup is damaged: {how}. Nothing was restored; take another copy of it."))
}

fn refused(fault: store::Error) -> Error {
    match fault {
        store::Error::Unusable(why) => {
            Error::Unusable(format!("The database cannot be restored into: {why}. Name another one with --database."))
        }
        other => other.into(),
    }
}
