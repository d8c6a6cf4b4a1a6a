//! The folder in which scenarios lie, one TOML file each.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use service::Error;
use service::scenarios::{Shelf, Slug};

use crate::commands::file;

/// A folder. It is made when the first scenario is saved, so that looking at pages writes nothing.
#[derive(Debug)]
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    fn path(&self, slug: &Slug) -> PathBuf {
        self.0.join(format!("{}.toml", slug.as_str()))
    }
}

impl Shelf for Folder {
    fn list(&self) -> Result<Vec<Slug>, Error> {
        let entries = match fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(fault) => return Err(unusable(&self.0, "looked at", &fault)),
        };
        let slug = |path: &Path| Slug::parse(path.file_name()?.to_str()?.strip_suffix(".toml")?);
        let mut slugs: Vec<Slug> = entries.filter_map(|entry| slug(&entry.ok()?.path())).collect();
        slugs.sort_unstable();
        Ok(slugs)
    }

    fn read(&self, slug: &Slug) -> Result<Option<Vec<u8>>, Error> {
        match fs::read(self.path(slug)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(fault) => Err(unusable(&self.path(slug), "read", &fault)),
        }
    }

    fn write(&self, slug: &Slug, bytes: &[u8]) -> Result<(), Error> {
        fs::create_dir_all(&self.0).map_err(|fault| unusable(&self.0, "made", &fault))?;
        file::write_whole(&self.path(slug), bytes).map_err(|fault| Error::Unusable(fault.to_string()))
    }

    fn remove(&self, slug: &Slug) -> Result<(), Error> {
        match fs::remove_file(self.path(slug)) {
            Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(unusable(&self.path(slug), "removed", &fault)),
            _ => Ok(()),
        }
    }
}

fn unusable(path: &Path, done: &str, fault: &io::Error) -> Error {
    Error::Unusable(format!("{} cannot be {done}: {}. Nothing was changed.", path.display(), file::reason(fault)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_back_what_was_put_in_it_and_passes_over_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Folder(folder.path().join("scenarios"));
        assert_eq!(shelf.list().unwrap(), []);
        let slug = Slug::of("More carers").unwrap();
        assert_eq!(shelf.read(&slug).unwrap(), None);
        shelf.write(&slug, b"name = \"More carers\"\n").unwrap();
        fs::write(folder.path().join("scenarios/README.md"), "no scenario").unwrap();
        fs::write(folder.path().join("scenarios/Not A Slug.toml"), "").unwrap();
        assert_eq!((shelf.list().unwrap(), shelf.read(&slug).unwrap()), (vec![slug.clone()], Some(b"name = \"More carers\"\n".to_vec())));
        shelf.remove(&slug).unwrap();
        shelf.remove(&slug).unwrap();
        assert_eq!(shelf.list().unwrap(), []);
    }
}
