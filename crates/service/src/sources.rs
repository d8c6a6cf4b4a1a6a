//! The published figures inside: what they are, from when, under which licence; and newer releases of them.

use domain::Finding;
use reference::published::{self, DataSet, SCHEMAS, Table, data_sets};

use crate::{App, Error};

/// A data set as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Name of the table or file.
    pub name: &'static str,
    /// What it holds.
    pub holds: &'static str,
    /// Years it covers.
    pub years: String,
    /// Who published it.
    pub publisher: String,
    /// Title of the publication.
    pub title: String,
    /// The releases in force, the oldest first.
    pub vintages: Vec<String>,
    /// Licence.
    pub licence: String,
    /// Where to look.
    pub page: String,
    /// What to know before using it; may be empty.
    pub limits: &'static str,
}

/// Every data set in the product, with the releases in force.
pub fn list(app: &App) -> Vec<Listed> {
    data_sets().iter().map(|set| listed(app, set)).collect()
}

fn listed(app: &App, set: &'static DataSet) -> Listed {
    let source = set.source();
    let table = app.published().table(set.name);
    let years = table.and_then(|table| Some((table.years().first()?, table.years().last()?)));
    Listed {
        name: set.name,
        holds: set.holds,
        years: years.map_or_else(|| set.years.to_owned(), |(first, last)| format!("{first}-{last}")),
        publisher: source.publisher,
        title: source.title,
        vintages: table.map_or_else(|| vec![source.vintage], |table| table.vintages().to_vec()),
        licence: source.licence,
        page: source.page,
        limits: set.limits,
    }
}

/// A newer release of a table, read and found usable.
#[derive(Debug)]
pub struct Release {
    /// The table.
    pub table: Table,
    /// Rows left out, each with its line.
    pub findings: Vec<Finding>,
}

/// Reads a release of one of the published tables, in the form of `crates/reference/data/README.md`. The table is the one that the file
/// is named for: `measures.csv`, `cla_31_march_2026.csv`.
///
/// # Errors
/// `Unusable` where the name says no table, or no row can be used.
pub fn read_release(file_name: &str, vintage: &str, bytes: &[u8]) -> Result<Release, Error> {
    let stem = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name).to_lowercase();
    // The longest name that fits: `cla_started` must not be taken for a shorter one.
    let named = SCHEMAS.iter().filter(|schema| stem.starts_with(schema.name)).max_by_key(|schema| schema.name.len());
    let Some(schema) = named else {
        let known: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
        return Err(Error::Unusable(format!(
            "{file_name} is not named for one of the published tables. Let its name begin with one of {}.",
            known.join(", ")
        )));
    };
    let (table, findings) = published::load(schema.name, vintage, bytes);
    if table.is_empty() {
        let first = findings.first().map_or(String::new(), |finding| format!(" {}", finding.message));
        return Err(Error::Unusable(format!("{file_name} has no row of {} that can be used.{first}", schema.name)));
    }
    Ok(Release { table, findings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::benchmarks;
    use reference::AreaId;

    #[test]
    fn a_release_is_laid_over_and_listed() {
        let csv = b"area,year_end,measure_id,value,symbol\n892,2026,lacnum,700,\n";
        let release = read_release("measures_2026.csv", "released 2026-11", csv).unwrap();
        let mut published = App::new().published().clone();
        published.lay_over(&release.table);
        let app = App::with_published(published);
        let measures = list(&app).into_iter().find(|set| set.name == "measures").unwrap();
        assert_eq!(measures.vintages.last().map(String::as_str), Some("released 2026-11"));
        assert!(measures.years.ends_with("2026"));
        let request = benchmarks::Request {
            area: AreaId(892),
            measure: "children-looked-after".to_owned(),
            from: 2024,
            to: 2026,
            neighbours: benchmarks::Neighbours::All,
        };
        let vintage = benchmarks::compare(&app, &request).unwrap().vintage();
        assert_eq!(vintage, "2024 to 2025: as updated 2025-11-01; 2026: released 2026-11");
    }

    #[test]
    fn a_file_that_is_no_table_is_refused_in_words() {
        assert!(read_release("holiday.csv", "", b"a,b\n").unwrap_err().to_string().contains("measures"));
        assert!(read_release("measures.csv", "", b"a,b\n1,2\n").unwrap_err().to_string().starts_with("measures.csv has no row"));
    }
}
