//! The words of the commands that copy the whole record, or give a part of it to somebody outside.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::record::Where;

/// The commands that copy the whole record, give a part of it away, or let it go.
#[derive(Debug, Subcommand)]
pub(crate) enum Whole {
    /// Write the whole record to one file, while it is in use.
    #[command(after_help = "Example:\n  placewell backup record-2026-11-23.zip")]
    Backup(Backup),
    /// Fill an empty database from a backup, and prove that it is the same.
    #[command(after_help = "Example:\n  placewell restore record-2026-11-23.zip --database sqlite://restored.db --seal-key seal.key")]
    Restore(Restore),
    /// Copy the whole record into an empty database, of the same engine or the other one.
    #[command(after_help = "Example:\n  placewell copy --from sqlite://record.db --to postgres://placewell@db/placewell")]
    Copy(Copy),
    /// Write all that is held about a child, for a request by the child or for them (subject access).
    #[command(
        after_help = "Example:\n  placewell export --subject 101000271 --authority Nottingham --reason \"Request of 3 June 2026\" --out ./request"
    )]
    Export(Export),
    /// The views for analysts.
    #[command(subcommand)]
    Reporting(Reporting),
    /// Case records whose time has come by law.
    #[command(subcommand)]
    Retention(Retention),
}

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

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The child, as the return and the case system call it.
    #[arg(long, value_name = "CHILD")]
    pub(crate) subject: String,
    /// Whose record.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: String,
    /// Whose request this answers, and of which day; it stays in the log.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// The folder to write to; it must not be there yet.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) record: Where,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Reporting {
    /// Let a user of the database read the reporting views of an authority.
    #[command(after_help = "Example:\n  placewell reporting allow analyst --authority Nottingham")]
    Allow(Allow),
}

#[derive(Debug, Args)]
pub(crate) struct Allow {
    /// The name with which they sign in to PostgreSQL.
    pub(crate) reader: String,
    /// Whose record.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: String,
    #[command(flatten)]
    pub(crate) record: Where,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Retention {
    /// The case records that may go by law.
    #[command(after_help = "Example:\n  placewell retention list --authority Nottingham")]
    List(Expired),
    /// Erase them, with what the log says of them; the log itself stays whole.
    #[command(
        after_help = "Example:\n  placewell retention apply --authority Nottingham --reason \"Decided by the information governance board, 3 June 2026\""
    )]
    Apply(Erase),
}

#[derive(Debug, Args)]
pub(crate) struct Expired {
    /// Whose record.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: String,
    #[command(flatten)]
    pub(crate) record: Where,
}

#[derive(Debug, Args)]
pub(crate) struct Erase {
    #[command(flatten)]
    pub(crate) whose: Expired,
    /// Who decided it, and when; it stays in the log.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
}
