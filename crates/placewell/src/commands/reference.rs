//! `placewell reference list` and `placewell reference load`

use std::path::Path;

use serde::Serialize;
use service::App;
use service::sources::{self, Listed};

use crate::cli::Format;
use crate::commands::file;
use crate::home;
use crate::output::{self, Grid};

#[derive(Serialize)]
struct Sources {
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    holds: &'static str,
    years: String,
    publisher: String,
    title: String,
    vintages: Vec<String>,
    licence: String,
    page: String,
    limits: &'static str,
}

pub(crate) fn list(app: &App, format: Format) -> anyhow::Result<()> {
    let listed = sources::list(app);
    let row = |set: &Listed| {
        let vintages = set.vintages.join("; ");
        vec![set.name.to_owned(), set.years.clone(), vintages, set.publisher.clone(), set.holds.to_owned(), set.licence.clone()]
    };
    let headings = ["Table", "Years", "Vintage", "Publisher", "Holds", "Licence"];
    let mut grid =
        Grid { headings: headings.map(str::to_owned).to_vec(), rows: listed.iter().map(row).collect(), numbers_from: usize::MAX };
    if format == Format::Table {
        // What a terminal has room for; every licence stands under the table.
        grid.headings.truncate(4);
        grid.rows.iter_mut().for_each(|row| row.truncate(4));
    }
    let sources = listed.into_iter().map(|set| {
        let Listed { name, holds, years, publisher, title, vintages, licence, page, limits } = set;
        Source { name, holds, years, publisher, title, vintages, licence, page, limits }
    });
    output::print(format, &Sources { sources: sources.collect() }, &grid, &reference::notices().join("\n"))
}

pub(crate) fn load(home: &Path, path: &Path, vintage: Option<&str>) -> anyhow::Result<()> {
    let bytes = file::read(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let vintage = vintage.unwrap_or(&name);
    let release = sources::read_release(&name, vintage, &bytes)?;
    for finding in &release.findings {
        output::say(&format!("{name}, line {}: {}", finding.row, finding.message));
    }
    home::keep(home, &name, vintage, &bytes)?;
    output::say(&format!(
        "Loaded {} figures of {} as “{vintage}”; rows left out or repeated: {}. The figures are used from now on.",
        release.table.len(),
        release.table.name(),
        release.findings.len()
    ));
    Ok(())
}
