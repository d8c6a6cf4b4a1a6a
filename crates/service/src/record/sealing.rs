//! Sealing words under a key that lies outside the database: names and addresses of children, and the accounts to which providers are paid.
//!
//! `XChaCha20-Poly1305` (RFC 8439, with the nonce of 192 bits that may be drawn by chance). What a word belongs to is sealed with it: a word that somebody
//! moves to another row does not open.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use domain::vault::Sealed;

use super::Record;
use crate::Error;

/// Bytes before the sealed word: the nonce.
const NONCE: usize = 24;

/// A word under the vault's key, together with what it belongs to.
pub(super) fn seal(record: &Record, bound: &[u8], text: &str) -> Result<Sealed, Error> {
    let nonce = record.random::<NONCE>();
    let payload = Payload { msg: text.as_bytes(), aad: bound };
    let sealed = XChaCha20Poly1305::new(record.vault_key().into())
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| Error::Internal("a word could not be sealed".to_owned()))?;
    Ok(Sealed([nonce.as_slice(), &sealed].concat()))
}

/// The word as it was before it was sealed; nothing where another key sealed it, it was altered, or it belongs to something else.
pub(super) fn unseal(record: &Record, bound: &[u8], sealed: &Sealed) -> Option<String> {
    let (nonce, msg) = sealed.0.split_at_checked(NONCE)?;
    let payload = Payload { msg, aad: bound };
    let opened = XChaCha20Poly1305::new(record.vault_key().into()).decrypt(XNonce::from_slice(nonce), payload).ok()?;
    String::from_utf8(opened).ok()
}
