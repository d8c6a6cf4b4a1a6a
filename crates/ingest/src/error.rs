//! Why nothing could be read at all. Everything less than that is a finding.

use std::path::PathBuf;

/// The input is unusable as a whole. Each message names the file and the way out.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing is there.
    #[error("{}: there is no such file or folder. Check the path.", .0.display())]
    NotFound(PathBuf),
    /// The operating system refuses.
    #[error("{}: it cannot be opened ({reason}). Close it in other programs or ask for permission to read it, then try again.", .path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        reason: String,
    },
    /// A single file that was asked for cannot be read; the sentence says why.
    #[error("{0}")]
    File(String),
    /// A folder without files that could be returns.
    #[error("{}: the folder holds no CSV or XLSX file. Point to the folder with the SSDA903 files of the return.", .0.display())]
    Empty(PathBuf),
    /// Files were read, and none is a table of the return.
    #[error("{path}: {none} a table of the SSDA903 return. {first}", path = .path.display(), none = none_of(*.files))]
    NoTable {
        /// The file or folder.
        path: PathBuf,
        /// How many files were looked at.
        files: usize,
        /// What is wrong with the first.
        first: String,
    },
}

/// `the file is not`, `none of the 3 files is`.
fn none_of(files: usize) -> String {
    if files == 1 { "the file is not".to_owned() } else { format!("none of the {files} files is") }
}
