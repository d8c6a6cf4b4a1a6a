//! The people who work with the record.

use std::fmt;

use crate::id::Id;

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their identity.
    pub id: Id<Self>,
    /// What they are called at work.
    pub name: String,
    /// Where they are reached, and what they sign in with; kept in lower case.
    pub email: String,
}

/// Why a text is no address to reach somebody at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoEmail;

impl fmt::Display for NoEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Enter an email address in the form name@example.gov.uk")
    }
}

impl std::error::Error for NoEmail {}

/// The address as it is kept: without spaces around it, in lower case. Whether somebody reads what is sent there shows by sending.
///
/// # Errors
/// [`NoEmail`] where no mail could be sent to it.
pub fn email(text: &str) -> Result<String, NoEmail> {
    let address = text.trim().to_lowercase();
    let (name, host) = address.rsplit_once('@').ok_or(NoEmail)?;
    let written = |letter: char| letter.is_ascii_graphic() && !"@,;<>()[]\"\\".contains(letter);
    let plain = !name.is_empty() && name.chars().all(written) && address.len() <= 254;
    let reachable = host.contains('.')
        && host.split('.').all(|part| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-'));
    if plain && reachable { Ok(address) } else { Err(NoEmail) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_one_form() {
        assert_eq!(email("  Ada.Byron@Example.GOV.uk ").as_deref(), Ok("ada.byron@example.gov.uk"));
        for text in [
            "",
            "ada",
            "@example.gov.uk",
            "ada@example",
            "ada@.uk",
            "a b@example.uk",
            "a@b@example.uk",
            "a\r\n@example.uk",
            "ada@exam ple.uk",
        ] {
            assert_eq!(email(text), Err(NoEmail), "{text:?}");
        }
    }
}
