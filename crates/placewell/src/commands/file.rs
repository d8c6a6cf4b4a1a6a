//! Reading and writing whole files, with sentences for people where that fails.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;

/// The file's content.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).map_err(|fault| anyhow::anyhow!("{} cannot be read: {}.", path.display(), reason(&fault)))
}

/// Writes the file whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write(path, |out| Ok(out.write_all(bytes)?))
}

/// The same for what is too large to hold: to a temporary name beside it, then renamed.
pub(crate) fn write(path: &Path, content: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)
        .map_err(|fault| anyhow::anyhow!("{} cannot be written: {}. Nothing was written.", path.display(), reason(&fault)))?;
    let written = content(&mut file).and_then(|()| Ok(file.as_file().sync_all()?));
    written.with_context(|| format!("{} could not be written whole, so nothing was kept", path.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private; a document is made to be shared as any new file would be.
        fs::set_permissions(file.path(), fs::Permissions::from_mode(0o644))?;
    }
    file.persist(path)
        .map_err(|fault| anyhow::anyhow!("{} cannot be written: {}. Nothing was written.", path.display(), reason(&fault.error)))?;
    Ok(())
}

/// The cause in plain words.
pub(crate) fn reason(fault: &io::Error) -> String {
    match fault.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not open it, or another program holds it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder, and a file is wanted".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => fault.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("statement.html");
        write_whole(&path, b"first").unwrap();
        write_whole(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
        let nowhere = write_whole(&folder.path().join("missing/statement.html"), b"x").unwrap_err().to_string();
        assert!(nowhere.ends_with("there is no such file or folder. Nothing was written."), "{nowhere}");
    }
}
