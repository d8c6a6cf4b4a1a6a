//! What the Department works out from postcodes and a return never holds: placement authority, location and distance (dossier B7).

use super::context::Sheet;
use crate::table::Column;

/// Columns that stand beside a table's own.
#[derive(Default)]
pub(super) struct Derived {
    columns: Vec<(&'static str, Column)>,
}

impl Derived {
    /// A derived column by name.
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|(known, _)| *known == name).map(|(_, column)| column)
    }
}

/// STUB until reference lands.
pub(super) fn derive(_episodes: &Sheet, _authority: Option<&str>) -> Derived {
    Derived::default()
}

/// STUB until reference lands.
pub(super) fn current_code(code: &str) -> &str {
    code
}

/// STUB until reference lands.
pub(super) fn exists(_postcode: &str) -> bool {
    true
}

/// STUB until reference lands.
pub(in crate::ssda903) fn authority_of(_postcode: &str) -> Option<String> {
    None
}

/// STUB until reference lands.
pub(in crate::ssda903) fn authority_named(_name: &str) -> Option<String> {
    None
}
