//! Where returns lie: one file, or a folder with files in any depth.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::ReadError;

/// Files larger than this are refused: the largest real return, all England over many years, is a tenth of it, and the
/// reader holds one file at a time in memory.
pub const LARGEST_FILE: u64 = 1 << 30;

/// Folders deeper than this are not followed, so that a link that leads back to its own folder comes to an end.
const DEEPEST_FOLDER: usize = 12;

/// One file of a source, not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path from the folder given, with `/` between parts; the bare name where a single file was given.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// The files of a return or of many, in the order of their names.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file or folder as given.
    pub root: PathBuf,
    /// Every file that could be a table, by its ending: `csv`, `txt`, `xlsx`, `xlsm`, `xlsb`, `xls`, `ods`, `zip`.
    pub files: Vec<SourceFile>,
}

impl Source {
    /// Lists the files at `path`. Nothing is opened yet.
    ///
    /// # Errors
    /// Where the path does not exist or cannot be listed, or the folder holds no file that could be a return.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let metadata = fs::metadata(path).map_err(|error| problem(path, &error))?;
        let mut files = Vec::new();
        if metadata.is_dir() {
            list(path, "", 0, &mut files)?;
            files.sort_by(|a, b| a.name.cmp(&b.name));
            if files.is_empty() {
                return Err(ReadError::Empty(path.to_owned()));
            }
        } else {
            let name = path.file_name().map_or_else(|| path.to_string_lossy(), OsStr::to_string_lossy);
            files.push(SourceFile { name: name.into_owned(), path: path.to_owned() });
        }
        Ok(Self { root: path.to_owned(), files })
    }
}

fn list(folder: &Path, prefix: &str, depth: usize, files: &mut Vec<SourceFile>) -> Result<(), ReadError> {
    let entries = fs::read_dir(folder).map_err(|error| problem(folder, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| problem(folder, &error))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // Lock files of office programs (~$book.xlsx), hidden files and what is there for people to read are nobody's return.
        if name.starts_with('.') || name.starts_with('~') || name.eq_ignore_ascii_case("README.txt") {
            continue;
        }
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| problem(&path, &error))?;
        let is_folder = if kind.is_symlink() { path.is_dir() } else { kind.is_dir() };
        if is_folder {
            if depth < DEEPEST_FOLDER {
                list(&path, &format!("{prefix}{name}/"), depth + 1, files)?;
            }
        } else if could_be_table(&path) {
            files.push(SourceFile { name: format!("{prefix}{name}"), path });
        }
    }
    Ok(())
}

fn could_be_table(path: &Path) -> bool {
    const ENDINGS: [&str; 8] = ["csv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "zip"];
    path.extension().and_then(OsStr::to_str).is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// Reads a file into `bytes`, or says why not.
pub(crate) fn load(file: &SourceFile, bytes: &mut Vec<u8>) -> Result<(), String> {
    let cannot = |error: io::Error| {
        format!("{}: it cannot be opened ({error}). Close it in other programs or ask for permission, then try again.", file.name)
    };
    let open = File::open(&file.path).map_err(cannot)?;
    let size = open.metadata().map_err(cannot)?.len();
    if size > LARGEST_FILE {
        let (size, limit) = (size >> 20, LARGEST_FILE >> 20);
        return Err(format!(
            "{}: it has {size} MB, and files of more than {limit} MB are not read. Split it by authority or by year.",
            file.name
        ));
    }
    bytes.clear();
    bytes.reserve(size as usize + 1);
    // One byte more than the limit, should the file grow while it is read.
    open.take(LARGEST_FILE + 1).read_to_end(bytes).map_err(cannot)?;
    Ok(())
}

fn problem(path: &Path, error: &io::Error) -> ReadError {
    if error.kind() == io::ErrorKind::NotFound {
        ReadError::NotFound(path.to_owned())
    } else {
        ReadError::Unreadable { path: path.to_owned(), reason: error.to_string() }
    }
}
