//! What an authority may define for itself.

use domain::{Code, Postcode};

/// What counts as local (dossier A088-A091, B7). The methods give different answers and are never mixed in one chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locality {
    /// No further from home than this, in tenths of a mile.
    FromHome {
        /// Tenths of a mile, included.
        tenths: u32,
    },
    /// No further from a point than this, in tenths of a mile: the city-centre radius of some strategies.
    FromCentre {
        /// The point.
        centre: Postcode,
        /// Tenths of a mile, included.
        tenths: u32,
    },
    /// In the responsible authority.
    InsideBoundary,
}

/// The choices that measures leave open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What counts as local in M07.
    pub locality: Locality,
    /// Reasons for change of placement that make an end unplanned in M11.
    pub unplanned: Vec<Code>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { locality: Locality::FromHome { tenths: crate::field::TWENTY_MILES }, unplanned: domain::code::change::UNPLANNED.to_vec() }
    }
}
