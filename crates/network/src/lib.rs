//! What Placewell asks of other machines than its database: to carry mail (SMTP), and to say who somebody is (OpenID Connect).
//!
//! Nothing here knows the record. Clock and chance are handed in; certificates are checked against the machine's own list of authorities, or one more
//! that the configuration names.

pub mod oidc;
pub mod smtp;

/// Lets TLS be spoken: once for the program, before the first connection. Calling it again changes nothing.
pub fn ready() {
    // The other answer is that somebody was quicker, with the same provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
