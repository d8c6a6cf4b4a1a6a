//! Finding an authority by the name that a person types, and listing them all.

pub use reference::AreaId;
use reference::authority::{self, Authority};

use crate::Error;

/// The authority of today with this name, in any spelling that a publisher uses.
///
/// # Errors
/// `NotFound` with the nearest names.
pub fn find(name: &str) -> Result<&'static Authority, Error> {
    authority::find(name).map_err(|missing| Error::NotFound {
        what: "authority",
        name: name.to_owned(),
        near: missing.near.into_iter().map(str::to_owned).collect(),
    })
}

/// Names of the authorities of today, in the order of the alphabet.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = authority::current().map(|authority| authority.name).collect();
    names.sort_unstable();
    names
}

/// The name of an authority, region or England.
pub fn name(area: AreaId) -> &'static str {
    authority::name(area).unwrap_or_default()
}
