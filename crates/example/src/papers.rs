//! The other tables of the return: reviews, health, leavers, adoption, missing, social workers.

use crate::Authority;
use crate::record::Child;
use crate::returns::{File, Year};

/// Whether a young person has a row in OC3 of this year.
pub(crate) fn is_care_leaver(_child: &Child, _year: Year) -> bool {
    false
}

/// The papers of a year.
pub(crate) fn files(_authority: &Authority, _year: Year) -> Vec<File> {
    Vec::new()
}
