//! The key that seals the log of the record: made once, kept in a file that its owner alone may read, apart from the database.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context;
use domain::hexadecimal;

use crate::commands::file;

/// Bytes that nobody can foretell, from the machine.
pub(crate) fn chance(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        // Nothing that follows could be trusted: not an identity, not a key.
        std::process::abort();
    }
}

/// The key in this file.
pub(crate) fn read(path: &Path) -> anyhow::Result<[u8; 64]> {
    if !path.exists() {
        anyhow::bail!(
            "There is no key in {}. `placewell migrate` makes the record and its key; if the record has a key elsewhere, name it with --seal-key.",
            path.display()
        );
    }
    let text = file::read(path)?;
    let text = String::from_utf8_lossy(&text);
    hexadecimal::read_exactly(text.trim()).with_context(|| format!("{} holds no key: a key is 128 hexadecimal digits.", path.display()))
}

/// The key in this file, made if there is none.
pub(crate) fn found_or_made(path: &Path) -> anyhow::Result<[u8; 64]> {
    if path.exists() {
        return read(path);
    }
    let mut bytes = [0; 64];
    chance(&mut bytes);
    let mut file = private(path)?;
    let written = writeln!(file, "{}", hexadecimal::written(&bytes)).and_then(|()| file.sync_all());
    written.map_err(|fault| anyhow::anyhow!("The key cannot be written to {}: {}.", path.display(), file::reason(&fault)))?;
    Ok(bytes)
}

/// A key that came from elsewhere, put in a file that is not there yet.
pub(crate) fn kept(path: &Path, text: &str) -> anyhow::Result<[u8; 64]> {
    let bytes = hexadecimal::read_exactly(text.trim()).context("What should be a key is none: a key is 128 hexadecimal digits.")?;
    let mut file = private(path)?;
    let written = writeln!(file, "{}", text.trim()).and_then(|()| file.sync_all());
    written.map_err(|fault| anyhow::anyhow!("The key cannot be written to {}: {}.", path.display(), file::reason(&fault)))?;
    Ok(bytes)
}

/// A new file, in folders that are made for it, that its owner alone may read.
pub(crate) fn private(path: &Path) -> anyhow::Result<fs::File> {
    let unmade = |path: &Path, fault| anyhow::anyhow!("{} cannot be made: {}.", path.display(), file::reason(&fault));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|fault| unmade(folder, fault))?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|fault| unmade(path, fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/seal.key");
        assert!(read(&path).unwrap_err().to_string().contains("placewell migrate"));
        let made = found_or_made(&path).unwrap();
        assert_eq!((found_or_made(&path).unwrap(), read(&path).unwrap()), (made, made));
        assert_ne!(made, found_or_made(&folder.path().join("other.key")).unwrap());
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        fs::write(&path, "no key").unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("128 hexadecimal digits"));
    }
}
