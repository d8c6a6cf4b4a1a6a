//! The published data sets that travel in the product.

use reference::published::data_sets;

/// One data set: what it is, who published it, which release travels in the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSet {
    /// What it holds, for a list.
    pub holds: &'static str,
    /// Years it covers: `2021-2025`; may be empty.
    pub years: &'static str,
    /// What a reader must know before using it; may be empty.
    pub limits: &'static str,
    /// Who published it.
    pub publisher: String,
    /// Title of the publication.
    pub title: String,
    /// The release.
    pub vintage: String,
    /// Under which licence it may be shown.
    pub licence: String,
    /// Page of the publication.
    pub page: String,
}

/// Every data set in the product, published tables first.
pub fn all() -> Vec<DataSet> {
    let of = |set: &reference::published::DataSet| {
        let source = set.source();
        DataSet {
            holds: set.holds,
            years: set.years,
            limits: set.limits,
            publisher: source.publisher,
            title: source.title,
            vintage: source.vintage,
            licence: source.licence,
            page: source.page,
        }
    };
    data_sets().iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_set_names_its_publisher_release_and_licence() {
        for set in all() {
            for fact in [set.holds, &set.publisher, &set.vintage, &set.licence] {
                assert!(!fact.is_empty(), "{set:?}");
            }
        }
    }
}
