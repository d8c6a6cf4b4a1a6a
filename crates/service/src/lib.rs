//! The use cases, one function each. Pages, API and commands are three thin faces of these.

mod app;
pub mod areas;
pub mod benchmarks;
pub mod blocks;
pub mod checks;
pub mod cohorts;
pub mod comparisons;
pub mod copies;
pub mod counterparts;
pub mod dated;
pub mod duties;
mod error;
pub mod forecasts;
pub mod futures;
pub mod gaps;
pub mod holdings;
pub mod indicators;
pub mod markets;
pub mod notify;
pub mod people;
pub mod plans;
pub mod profile;
pub mod record;
pub mod rules;
pub mod saving;
pub mod scenarios;
pub mod sheets;
pub mod sources;
pub mod spending;
pub mod statements;
pub mod work;

/// What an answer about a cohort is made of: fields, measure cards and breakdowns, as `analysis` defines them.
pub mod counts {
    pub use analysis::{field, measure, profile};
}

pub use app::App;
pub use error::Error;

/// SHA-256 of a file's content, so that a result says what it was made from; of several files, that of their digests one after another.
pub(crate) fn fingerprint(files: &[&[u8]]) -> String {
    use sha2::{Digest, Sha256};
    let digest = match files {
        [one] => Sha256::digest(one),
        several => several.iter().fold(Sha256::new(), |all, file| all.chain_update(Sha256::digest(file))).finalize(),
    };
    format!("{digest:x}")
}
