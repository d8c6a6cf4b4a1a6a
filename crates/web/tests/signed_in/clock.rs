//! The clock of these tests: what they say of dates holds in every year.

use std::sync::atomic::{AtomicI64, Ordering};

/// Noon by Greenwich on 1 June 2026; each look takes a millisecond.
pub(crate) fn now() -> jiff::Timestamp {
    static LOOKS: AtomicI64 = AtomicI64::new(1_780_315_200_000);
    jiff::Timestamp::from_millisecond(LOOKS.fetch_add(1, Ordering::Relaxed)).unwrap()
}
