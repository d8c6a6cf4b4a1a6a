//! Words that tell who a child is: names, addresses, numbers. They lie apart from the case, sealed, with a permission of their own (dossier E1).

use std::fmt;

use crate::child::Child;
use crate::id::Id;
use crate::list::list;

list! {
    /// What an identifying word is.
    Kind, "kind of identifying word" {
        /// The name that the child goes by in law.
        Name = "name", "Name";
        /// What the child is called, wants to be called, or was called before (F28).
        KnownAs = "known-as", "Also known as";
        /// Where the child comes from: the home at the start of the period of care.
        HomeAddress = "home-address", "Address of the family home";
        /// Where the child lives, where the register of homes does not say.
        Address = "address", "Address where the child lives";
        /// A telephone number of the child.
        Telephone = "telephone", "Telephone";
        /// The number of the National Health Service.
        Nhs = "nhs-number", "NHS number";
        /// The unique pupil number.
        Upn = "upn", "Unique pupil number";
        /// The number of the Home Office.
        HomeOffice = "home-office", "Home Office number";
        /// A brother's, sister's, parent's or other relative's name, and who they are.
        Relative = "relative", "Relative";
        /// School.
        School = "school", "School";
    }
}

/// An identifying word as the record keeps it: sealed with a key that lies outside the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Whose.
    pub child: Id<Child>,
    /// What it is. Alone it says nothing about the child.
    pub kind: Kind,
    /// The word, which only the key opens.
    pub sealed: Sealed,
}

/// Bytes that only the vault's key opens.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sealed, {} bytes", self.0.len())
    }
}

/// Why a word cannot be what it is said to be; a sentence without its full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSound {
    /// Nothing was written.
    Empty,
    /// Longer than any such word is.
    TooLong,
    /// Not an NHS number.
    Nhs,
    /// Not a unique pupil number.
    Upn,
}

impl fmt::Display for NotSound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Write the name, address or number",
            Self::TooLong => "Write at most 500 characters",
            Self::Nhs => "An NHS number has ten figures, of which the last checks the others: look for a figure that was mistyped",
            Self::Upn => {
                "A unique pupil number has 13 characters, a letter first, which checks the others: look for one that was mistyped. \
                 Temporary codes (UN1 to UN5) are no numbers: leave those out"
            }
        })
    }
}

impl std::error::Error for NotSound {}

/// The word in the form in which it is kept.
///
/// # Errors
/// [`NotSound`] for what cannot be one of its kind.
pub fn sound(kind: Kind, text: &str) -> Result<String, NotSound> {
    let text = text.trim();
    let plain = || text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect::<String>().to_uppercase();
    match kind {
        _ if text.is_empty() => Err(NotSound::Empty),
        _ if text.chars().count() > 500 => Err(NotSound::TooLong),
        Kind::Nhs => Some(plain()).filter(|number| is_nhs_number(number)).ok_or(NotSound::Nhs),
        Kind::Upn => Some(plain()).filter(|number| is_upn(number)).ok_or(NotSound::Upn),
        _ => Ok(text.to_owned()),
    }
}

/// Ten figures of which the last is the check of modulus 11 (NHS Data Dictionary, NHS NUMBER).
fn is_nhs_number(text: &str) -> bool {
    let figures: Vec<u32> = text.chars().filter_map(|letter| letter.to_digit(10)).collect();
    if text.len() != 10 || figures.len() != 10 {
        return false;
    }
    let sum: u32 = figures.iter().zip((2..=10).rev()).map(|(figure, weight)| figure * weight).sum();
    // A remainder that would need a check of ten is no number that is given out.
    (11 - sum % 11) % 11 == figures[9]
}

/// A check letter and twelve figures, of which the last may be a letter for a temporary number (Department for Education, UPN guide).
fn is_upn(text: &str) -> bool {
    const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    let bytes = text.as_bytes();
    if bytes.len() != 13 || !bytes[1..12].iter().all(u8::is_ascii_digit) {
        return false;
    }
    // The place of a letter at the end stands for its value; figures for themselves.
    let last = LETTERS
        .iter()
        .position(|letter| *letter == bytes[12])
        .or_else(|| bytes[12].is_ascii_digit().then(|| usize::from(bytes[12] - b'0')));
    let Some(last) = last else { return false };
    let sum: usize = bytes[1..12].iter().zip(2..).map(|(figure, weight)| usize::from(figure - b'0') * weight).sum();
    LETTERS[(sum + last * 13) % 23] == bytes[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_checked_by_their_check_digit() {
        // 943 476 5919 is the example of the NHS Data Dictionary.
        assert_eq!(sound(Kind::Nhs, "943 476 5919").as_deref(), Ok("9434765919"));
        for text in ["943 476 5918", "943476591", "94347659190", "abcdefghij"] {
            assert_eq!(sound(Kind::Nhs, text), Err(NotSound::Nhs), "{text}");
        }
        // H801200001001 is the example of the Department's guide.
        assert_eq!(sound(Kind::Upn, "h801200001001").as_deref(), Ok("H801200001001"));
        for text in ["A801200001001", "UN1", "H80120000100", "H80120000100!"] {
            assert_eq!(sound(Kind::Upn, text), Err(NotSound::Upn), "{text}");
        }
    }

    #[test]
    fn other_words_are_kept_as_written() {
        assert_eq!(sound(Kind::Name, "  Ailbhe Ní Mhurchú ").as_deref(), Ok("Ailbhe Ní Mhurchú"));
        assert_eq!(sound(Kind::Name, " "), Err(NotSound::Empty));
        assert_eq!(sound(Kind::Address, &"x".repeat(501)), Err(NotSound::TooLong));
    }

    #[test]
    fn nothing_sealed_is_printed() {
        assert_eq!(format!("{:?}", Sealed(vec![1, 2, 3])), "sealed, 3 bytes");
    }
}
