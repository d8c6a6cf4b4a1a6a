//! Of the processes that serve a record in a file there is one: a second one would wait for the first at every change, and each would think itself alone.
//!
//! The mark is a lock that the system holds for the process: whoever is killed keeps nobody out. Commands beside `serve` do not need it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// The mark of the process that serves; dropped, the record is free again.
#[derive(Debug)]
pub(crate) struct Alone {
    _lock: Option<File>,
}

/// Marks the record at this address as served by this process. On PostgreSQL several may serve one record, and nothing is marked.
///
/// # Errors
/// Where another process serves it already.
pub(crate) fn held(database: &str) -> anyhow::Result<Alone> {
    let file = database.strip_prefix("sqlite://").map(Path::new);
    // Of a file that is not there, whoever opens it will say so.
    let Some(file) = file.filter(|file| file.exists()) else { return Ok(Alone { _lock: None }) };
    let path = beside(file)?;
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let lock = options.open(&path).with_context(|| format!("{} cannot be made", path.display()))?;
    match lock.try_lock() {
        Ok(()) => Ok(Alone { _lock: Some(lock) }),
        Err(TryLockError::WouldBlock) => anyhow::bail!(
            "Another Placewell serves this record already ({}). A file is served by one; several can serve a record on PostgreSQL (`placewell copy`).",
            file.display()
        ),
        Err(TryLockError::Error(fault)) => Err(fault).with_context(|| format!("{} cannot be locked", path.display())),
    }
}

/// The mark's file, one for all names of the same record.
fn beside(file: &Path) -> anyhow::Result<PathBuf> {
    let mut name = file.canonicalize().with_context(|| format!("{} cannot be found", file.display()))?.into_os_string();
    name.push(".served");
    Ok(PathBuf::from(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_served_by_one_and_a_server_by_several() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("record.db");
        std::fs::write(&file, "").unwrap();
        let address = format!("sqlite://{}", file.display());
        let first = held(&address).unwrap();
        let refused = held(&address).unwrap_err().to_string();
        assert!(refused.contains("serves this record already") && refused.contains("placewell copy"), "{refused}");
        let roundabout = format!("sqlite://{}/./record.db", folder.path().display());
        assert!(held(&roundabout).is_err(), "another name of the same file");
        drop(first);
        assert!(held(&address).is_ok(), "whoever is gone keeps nobody out");
        let server = "postgres://placewell@db/placewell";
        assert!(held(server).is_ok() && held(server).is_ok());
    }
}
