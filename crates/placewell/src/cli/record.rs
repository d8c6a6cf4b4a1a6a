//! The words of the commands that work on the record: where it lies, whose it is, and what is asked of it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Format, ReturnsFolder};

/// Where the record lies, and the key that seals its log.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// Address of the database: sqlite://FILE or postgres://… [default: record.db in the home folder].
    #[arg(long, value_name = "ADDRESS", env = "PLACEWELL_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// File of the key that seals the log; keep it apart from the database [default: seal.key in the home folder].
    #[arg(long, value_name = "FILE", env = "PLACEWELL_SEAL_KEY")]
    pub(crate) seal_key: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Record {
    /// Take returns into the record: again without effect, news added, differences shown.
    #[command(after_help = "Example:\n  placewell record import ./returns --authority Nottingham")]
    Import(Import),
    /// The children of an authority's record, and where they live today.
    #[command(after_help = "Example:\n  placewell record children --authority Nottingham")]
    Children(Children),
    /// One child's case, now or as it was known on a day; looking is kept in the log.
    #[command(after_help = "Example:\n  placewell record show 101000271 --authority Nottingham --as-known 2026-03-31")]
    Show(Show),
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(flatten)]
    pub(crate) folder: ReturnsFolder,
    /// Where returns and record differ, correct the record; what it said stays in its history. Without this it stays as it is.
    #[arg(long)]
    pub(crate) take: bool,
    #[command(flatten)]
    pub(crate) record: Where,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Children {
    /// Whose record.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: String,
    #[command(flatten)]
    pub(crate) record: Where,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The child, as the return and the case system call it.
    pub(crate) child: String,
    /// Whose record.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: String,
    /// As it was known at the end of this day.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_known: Option<String>,
    #[command(flatten)]
    pub(crate) record: Where,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Whether the log of every change still holds, entry by entry.
    #[command(after_help = "Example:\n  placewell audit verify --authority Nottingham")]
    Verify(Verify),
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Whose log [default: every authority's].
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: Option<String>,
    #[command(flatten)]
    pub(crate) record: Where,
}
