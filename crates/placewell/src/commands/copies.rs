//! `placewell backup`, `restore` and `copy`: the whole record in one file, and back into an empty database of either engine.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use anyhow::Context;
use service::copies::{self, Archive, Key, Manifest};
use service::record::Record;

use crate::cli::copies::{Backup, Copy, Restore};
use crate::cli::record::Where;
use crate::commands::record::{OWNER, address, connect, on, seal_file, wait};
use crate::commands::{file, seal};
use crate::output;

pub(crate) fn back_up(home: &Path, args: &Backup) -> anyhow::Result<()> {
    if args.file.exists() {
        anyhow::bail!("{} is there already, and a backup overwrites nothing. Give another name.", args.file.display());
    }
    let key = if args.with_key {
        let path = seal_file(home, &args.record);
        seal::read(&path)?;
        Some(String::from_utf8_lossy(&file::read(&path)?).into_owned())
    } else {
        None
    };
    // Beside its name until it is whole: a backup that was cut off is never taken for one.
    let unfinished = unfinished(&args.file);
    let out = seal::private(&unfinished)?;
    let made = on(home, &args.record, async |record| {
        let key = key.as_deref().map_or(Key::LeftOut, Key::Included);
        Ok(copies::back_up(record, &OWNER, BufWriter::new(out.try_clone()?), key).await?)
    });
    let made = made.and_then(|manifest| {
        out.sync_all()?;
        fs::rename(&unfinished, &args.file)?;
        Ok(manifest)
    });
    if made.is_err() {
        fs::remove_file(&unfinished).with_context(|| format!("{} is left behind", unfinished.display()))?;
    }
    let manifest = made?;
    output::answer(&format!("{} holds {}.", args.file.display(), held(&manifest)))?;
    output::answer(if args.with_key {
        "The key is in it: whoever has the file can read and forge everything. Keep it as you keep the key."
    } else {
        "The key is not in it, and is needed to restore: keep a copy of the key in another place."
    })?;
    Ok(())
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".unfinished");
    PathBuf::from(name)
}

/// What a backup holds, and the end of each log: whoever writes that down elsewhere can tell later that nothing was cut off.
fn held(manifest: &Manifest) -> String {
    let logs = manifest.logs.iter().map(|log| {
        let standing = if log.holds { "" } else { ", WHICH DID NOT HOLD when the backup was made" };
        format!("\n  {}: log of {} entries, the last one sealed {}{standing}", log.authority, log.entries, log.head)
    });
    let count = manifest.tables.len();
    format!("{} rows in {count} tables, as of {}{}", manifest.rows(), manifest.made_at, logs.collect::<String>())
}

pub(crate) fn restore(home: &Path, args: &Restore) -> anyhow::Result<()> {
    let opened =
        File::open(&args.file).map_err(|fault| anyhow::anyhow!("{} cannot be read: {}.", args.file.display(), file::reason(&fault)))?;
    let mut archive = Archive::open(BufReader::new(opened)).with_context(|| args.file.display().to_string())?;
    if args.check {
        let path = seal_file(home, &args.record);
        let genuine = if path.exists() {
            archive.is_sealed_with(seal::read(&path)?)?;
            "whole, and sealed with the key at hand"
        } else {
            "whole; whether it is genuine shows beside the key that sealed it alone"
        };
        output::answer(&format!("{} is {genuine}. It holds {}.", args.file.display(), held(archive.manifest())))?;
        return Ok(());
    }
    let key = key_for(&mut archive, &seal_file(home, &args.record))?;
    fill(home, &args.record, key, &mut archive)?;
    output::answer(&format!("Restored and compared: {}.", held(archive.manifest())))?;
    Ok(())
}

/// The key at hand; the one in the backup where there is none at hand.
fn key_for(archive: &mut Archive<impl Read + Seek>, path: &Path) -> anyhow::Result<[u8; 64]> {
    if path.exists() {
        return seal::read(path);
    }
    let Some(text) = archive.key()? else {
        anyhow::bail!(
            "The backup does not hold its key, and there is none in {}. Put the key there that the record was sealed with, or name its file with --seal-key.",
            path.display()
        );
    };
    let key = seal::kept(path, &text)?;
    output::answer(&format!("The key of the backup was put in {}.", path.display()))?;
    Ok(key)
}

pub(crate) fn copy(home: &Path, args: &Copy) -> anyhow::Result<()> {
    let place = |address: &str| Where { database: Some(address.to_owned()), seal_key: args.seal_key.clone() };
    let (from, to) = (place(&args.from), place(&args.to));
    // Without a name, so that nobody finds it and it goes with this program, however that ends.
    let mut between = tempfile::tempfile().context("no temporary file can be made")?;
    on(home, &from, async |record| {
        copies::back_up(record, &OWNER, BufWriter::new(between.try_clone()?), Key::LeftOut).await?;
        Ok(())
    })?;
    between.seek(SeekFrom::Start(0))?;
    let mut archive = Archive::open(BufReader::new(between))?;
    fill(home, &to, seal::read(&seal_file(home, &to))?, &mut archive)?;
    output::answer(&format!("Copied and compared: {}.", held(archive.manifest())))?;
    Ok(())
}

/// Restores into an empty database; a file that was made for it goes again where that fails.
fn fill(home: &Path, place: &Where, key: [u8; 64], archive: &mut Archive<impl Read + Seek>) -> anyhow::Result<()> {
    let address = address(home, place);
    let new = address.strip_prefix("sqlite://").map(PathBuf::from).filter(|file| !file.exists());
    if let Some(file) = &new {
        seal::private(file)?;
    }
    let done = wait(async {
        let record: Record = connect(home, place, key).await?;
        let done = copies::restore(&record, &OWNER, archive).await;
        record.close().await;
        done?;
        Ok(())
    });
    if let (Some(file), Err(_)) = (new, &done) {
        for end in ["", "-wal", "-shm"] {
            let mut name = file.as_os_str().to_owned();
            name.push(end);
            if Path::new(&name).exists() {
                fs::remove_file(&name)?;
            }
        }
    }
    done
}
