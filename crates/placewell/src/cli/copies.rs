//! The words of the commands that copy the whole record.

use std::path::PathBuf;

use clap::Args;

use super::record::Where;

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file to write; one that is there already is left alone.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Put the key in too: whoever has the file then has everything. Without this it stays where it is, and is needed again to restore.
    #[arg(long)]
    pub(crate) with_key: bool,
    #[command(flatten)]
    pub(crate) record: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// A file that `placewell backup` wrote.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Only look whether the file is whole, and say what is in it.
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) record: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Copy {
    /// Address of the record to copy: sqlite://FILE or postgres://…
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) from: String,
    /// Address of an empty database, on the same engine or the other one.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) to: String,
    /// File of the key that seals the log of both [default: seal.key in the home folder].
    #[arg(long, value_name = "FILE", env = "PLACEWELL_SEAL_KEY")]
    pub(crate) seal_key: Option<PathBuf>,
}
