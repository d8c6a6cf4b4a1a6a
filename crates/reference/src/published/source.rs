//! Who published a figure, when, where to look, and under which licence it may be shown.

use std::sync::OnceLock;

use crate::embedded::rows;

/// What stands beside a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// `Department for Education`.
    pub publisher: String,
    /// Title of the publication.
    pub title: String,
    /// Which release of it: figures of the same year differ between releases (dossier F20).
    pub vintage: String,
    /// `Open Government Licence v3.0`.
    pub licence: String,
    /// Page of the publication.
    pub page: String,
}

/// A data set that travels in the product.
#[derive(Debug)]
pub struct DataSet {
    /// Name of the table or file: `cla_31_march`, `postcodes`.
    pub name: &'static str,
    /// What it holds, for a list.
    pub holds: &'static str,
    /// Years it covers: `2021-2025`.
    pub years: &'static str,
    /// What a reader must know before using it; may be empty.
    pub limits: &'static str,
    publisher: &'static str,
    title: &'static str,
    /// The embedded release.
    pub vintage: &'static str,
    licence: &'static str,
    page: &'static str,
}

impl DataSet {
    /// The source of the embedded release.
    pub fn source(&self) -> Source {
        Source {
            publisher: self.publisher.to_owned(),
            title: self.title.to_owned(),
            vintage: self.vintage.to_owned(),
            licence: self.licence.to_owned(),
            page: self.page.to_owned(),
        }
    }
}

/// Every data set in the product, published tables first.
pub fn data_sets() -> &'static [DataSet] {
    static DATA_SETS: OnceLock<Vec<DataSet>> = OnceLock::new();
    DATA_SETS.get_or_init(|| {
        rows(include_bytes!("../../data/sources.csv"), |row| {
            Some(DataSet {
                name: row.text("name"),
                holds: row.text("holds"),
                years: row.text("years"),
                limits: row.text("limits"),
                publisher: row.text("publisher"),
                title: row.text("title"),
                vintage: row.text("vintage"),
                licence: row.text("licence"),
                page: row.text("page"),
            })
        })
    })
}

/// The data set of this name.
pub fn data_set(name: &str) -> Option<&'static DataSet> {
    data_sets().iter().find(|set| set.name == name)
}
