//! The folder in which Placewell keeps what it was given to keep: releases of published figures, laid over the embedded ones at start.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use service::{App, sources};

use crate::commands::file;

/// `releases.toml`: what was loaded, in order.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Releases {
    #[serde(default)]
    release: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// File in the same folder; its name begins with the table's.
    file: String,
    /// Which release it is.
    vintage: String,
}

/// `~` at the start is the home folder of whoever runs the command.
pub(crate) fn expand(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

/// The product with every release that was loaded.
pub(crate) fn open(home: &Path) -> anyhow::Result<App> {
    let folder = folder(home);
    let mut published = App::new().published().clone();
    for Entry { file: name, vintage } in read(&folder)?.release {
        let bytes = file::read(&folder.join(&name))?;
        published.lay_over(&sources::read_release(&name, &vintage, &bytes)?.table);
    }
    Ok(App::with_published(published))
}

/// Keeps a release: its file first, then its entry, so that nothing is half there.
pub(crate) fn keep(home: &Path, name: &str, vintage: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = folder(home);
    fs::create_dir_all(&folder).map_err(|fault| anyhow::anyhow!("{} cannot be made: {}.", folder.display(), file::reason(&fault)))?;
    let mut releases = read(&folder)?;
    let stem = name.trim_end_matches(".csv");
    let kept = format!("{stem}-{}.csv", releases.release.len() + 1);
    file::write_whole(&folder.join(&kept), bytes)?;
    releases.release.push(Entry { file: kept, vintage: vintage.to_owned() });
    file::write_whole(&folder.join("releases.toml"), toml::to_string(&releases)?.as_bytes())
}

fn folder(home: &Path) -> PathBuf {
    home.join("reference")
}

fn read(folder: &Path) -> anyhow::Result<Releases> {
    let path = folder.join("releases.toml");
    if !path.exists() {
        return Ok(Releases::default());
    }
    let bytes = file::read(&path)?;
    let text = String::from_utf8_lossy(&bytes);
    toml::from_str(&text)
        .with_context(|| format!("{} cannot be read; mend it, or remove it to go back to the figures inside", path.display()))
}
