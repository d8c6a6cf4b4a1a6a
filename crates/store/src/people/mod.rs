//! Authorities, the people who work for them, and everything by which it is known that somebody is who they say.

pub mod exceptions;
pub mod factors;
pub mod links;
pub(crate) mod offices;
pub mod passwords;
pub mod persons;
pub mod sessions;
pub mod sign_ons;
pub mod throttle;
pub mod tokens;

use sha2::{Digest as _, Sha256};

/// What the database keeps of something that only its holder should know. Those are 128 random bits or more, so that nobody finds one by trying.
fn hash(secret: &[u8]) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}
