//! Secrets that the program has to read again, sealed under a key outside the database.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use crate::Error;
use crate::record::Record;

/// Bytes before what is sealed: the nonce.
const NONCE: usize = 24;

/// A secret that no copy of the database gives away, and that fits nothing else than what it was sealed for.
pub(crate) fn sealed(record: &Record, what_for: &[u8], secret: &[u8]) -> Result<Vec<u8>, Error> {
    let nonce = record.random::<NONCE>();
    let cipher = XChaCha20Poly1305::new(record.secrets().into());
    let payload = Payload { msg: secret, aad: what_for };
    let fault = |_| Error::Internal("a secret cannot be sealed".to_owned());
    Ok([nonce.as_slice(), &cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(fault)?].concat())
}

/// What was sealed; nothing if it was sealed for something else, with another key, or altered.
pub(crate) fn unsealed(record: &Record, what_for: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, secret) = sealed.split_at_checked(NONCE)?;
    let cipher = XChaCha20Poly1305::new(record.secrets().into());
    cipher.decrypt(XNonce::from_slice(nonce), Payload { msg: secret, aad: what_for }).ok()
}
