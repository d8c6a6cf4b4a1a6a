//! Finding an authority by the name that a person types.

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
