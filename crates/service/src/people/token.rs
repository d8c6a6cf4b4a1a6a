//! Secrets that open something for whoever holds them.

use std::fmt;
use std::str::FromStr;

use domain::hexadecimal;
use sha2::{Digest as _, Sha256};

use crate::record::Record;

/// 256 random bits, which a browser keeps as a cookie or a person is sent in a link. The record keeps their hash alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    pub(crate) fn new(record: &Record) -> Self {
        Self(record.random())
    }

    pub(super) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What the forms of a session carry, so that no other site's page can send them: made from the token, and no way back to it.
    pub fn of_forms(&self) -> String {
        let digest = Sha256::new().chain_update(b"placewell: forms of a session").chain_update(self.0).finalize();
        format!("{digest:x}")
    }

    /// As it stands in a cookie or a link.
    pub fn secret(&self) -> String {
        hexadecimal::written(&self.0)
    }
}

/// Never shown: a token in a log opens what it opens.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// A text that is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoToken;

impl FromStr for Token {
    type Err = NoToken;

    fn from_str(text: &str) -> Result<Self, NoToken> {
        hexadecimal::read_exactly(text).map(Self).ok_or(NoToken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_is_never_shown() {
        let token = Token([0xab; 32]);
        assert_eq!(token.secret().parse(), Ok(token));
        assert_eq!(format!("{token:?}"), "Token");
        assert!(!token.of_forms().contains("abab"));
        for text in ["", "ab", &"g".repeat(64), &"+1".repeat(32), &"ü".repeat(32)] {
            assert_eq!(text.parse::<Token>(), Err(NoToken), "{text}");
        }
    }
}
