//! Codes of the statutory return as values. Which codes exist, what they are called and when they were valid is
//! data (`reference::codes`); only the codes that a rule of the domain names stand here.

use std::fmt;
use std::str::FromStr;

use crate::word;

/// Up to eight upper-case characters in one machine word, in alphabetical order; all zero is blank.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Code(u64);

impl Code {
    /// An empty cell.
    pub const BLANK: Self = Self(0);

    /// A code written in the program, for use in a `const`.
    ///
    /// # Panics
    /// When compiled, not when run: a text that cannot be a code does not build.
    pub const fn of(text: &str) -> Self {
        match Self::parse(text.as_bytes()) {
            Some(code) => code,
            None => panic!("a code has at most eight ASCII characters"),
        }
    }

    /// A cell of a return: spaces around it fall away, lower case becomes upper case; nothing if it cannot be a code.
    #[inline]
    pub const fn parse(text: &[u8]) -> Option<Self> {
        match Self::parse_usual(text) {
            Some(code) => Some(code),
            None => Self::parse_any(text),
        }
    }

    /// Digits and capitals alone, which nearly every cell is, stand as they are.
    #[inline]
    const fn parse_usual(text: &[u8]) -> Option<Self> {
        match word::of(text) {
            Some(word) if !text.is_empty() => {
                let plain = word::within(word, b'0', b'9') | word::within(word, b'A', b'Z');
                if plain == word::HIGH << (64 - 8 * text.len()) { Some(Self(word)) } else { None }
            }
            _ => None,
        }
    }

    /// Any case, with spaces around it.
    const fn parse_any(text: &[u8]) -> Option<Self> {
        let text = text.trim_ascii();
        if text.len() > 8 {
            return None;
        }
        let mut word = 0u64;
        let mut i = 0;
        while i < text.len() {
            if !text[i].is_ascii_graphic() {
                return None;
            }
            word |= (text[i].to_ascii_uppercase() as u64) << (56 - 8 * i);
            i += 1;
        }
        Some(Self(word))
    }

    /// The code as [`word::of`] its text.
    #[inline]
    pub const fn word(self) -> u64 {
        self.0
    }

    /// Whether the cell was empty.
    #[inline]
    pub const fn is_blank(self) -> bool {
        self.0 == 0
    }

    /// The first character, or 0 for a blank: `U` of `U6`.
    #[inline]
    pub const fn first(self) -> u8 {
        (self.0 >> 56) as u8
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.to_be_bytes().into_iter().take_while(|&byte| byte != 0).try_for_each(|byte| write!(f, "{}", byte as char))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

macro_rules! codes {
    ($($name:ident = $text:literal),+ $(,)?) => { $(#[doc = $text] pub const $name: super::Code = super::Code::of($text);)+ };
}

/// A text that cannot be a code: too long, or with characters that no code has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoCode(pub String);

impl fmt::Display for NoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a code: a code has at most eight letters and digits", self.0)
    }
}

impl std::error::Error for NoCode {}

impl FromStr for Code {
    type Err = NoCode;

    fn from_str(text: &str) -> Result<Self, NoCode> {
        Self::parse(text.as_bytes()).ok_or_else(|| NoCode(text.to_owned()))
    }
}

/// Reasons for a new episode (dossier B1).
pub mod rne {
    codes!(S = "S", L = "L", P = "P", T = "T", B = "B", U = "U");

    /// Whether this reason begins a new placement with a new carer, as the Department counts moves: S, P and B (dossier B3).
    pub const fn begins_placement(code: super::Code) -> bool {
        matches!(code, S | P | B)
    }

    /// Whether this reason begins a new legal status: S, L, B and U (dossier B1).
    pub const fn begins_legal_status(code: super::Code) -> bool {
        matches!(code, S | L | B | U)
    }
}

/// Legal statuses.
pub mod ls {
    codes!(
        C1 = "C1",
        C2 = "C2",
        D1 = "D1",
        E1 = "E1",
        V2 = "V2",
        V3 = "V3",
        V4 = "V4",
        L1 = "L1",
        L2 = "L2",
        L3 = "L3",
        J1 = "J1",
        J2 = "J2",
        J3 = "J3"
    );

    /// An agreed series of short breaks: out of every published number (dossier B1, F3).
    pub const fn is_short_break(code: super::Code) -> bool {
        matches!(code, V3 | V4)
    }

    /// The completed years of age below which nobody can be in custody by this law: the age of criminal responsibility (Children and Young Persons Act 1933
    /// s50; dossier I4).
    pub const fn youngest_in_law(code: super::Code) -> u32 {
        if is_custody(code) { 10 } else { 0 }
    }

    /// Remanded, detained or sentenced: by the court or the police that did so, not by leave under section 25 of the Children Act 1989.
    pub const fn is_custody(code: super::Code) -> bool {
        matches!(code, J1 | J2 | J3)
    }
}

/// Placement types (dossier B4).
pub mod place {
    codes!(
        A3 = "A3",
        A4 = "A4",
        A5 = "A5",
        A6 = "A6",
        H5 = "H5",
        K1 = "K1",
        K2 = "K2",
        K3 = "K3",
        P1 = "P1",
        P2 = "P2",
        P3 = "P3",
        R1 = "R1",
        R2 = "R2",
        R3 = "R3",
        R5 = "R5",
        S1 = "S1",
        T0 = "T0",
        T1 = "T1",
        T2 = "T2",
        T3 = "T3",
        T4 = "T4",
        U1 = "U1",
        U2 = "U2",
        U3 = "U3",
        U4 = "U4",
        U5 = "U5",
        U6 = "U6",
        Z1 = "Z1",
        Z11 = "Z11",
        Z12 = "Z12",
        Z13 = "Z13",
        Z14 = "Z14",
    );

    /// A temporary stay away from the placement that goes on (T0-T4).
    pub const fn is_temporary(code: super::Code) -> bool {
        matches!(code, T0 | T1 | T2 | T3 | T4)
    }
}

/// Placement providers.
pub mod provider {
    codes!(PR0 = "PR0", PR1 = "PR1", PR2 = "PR2", PR3 = "PR3", PR4 = "PR4", PR5 = "PR5");
}

/// Reasons an episode ceased.
pub mod rec {
    codes!(X1 = "X1", E11 = "E11", E12 = "E12", E2 = "E2", E3 = "E3", E15 = "E15", E17 = "E17");
}

/// Reasons for a change of placement (on the episode that ends).
pub mod change {
    codes!(
        CARPL = "CARPL",
        CLOSE = "CLOSE",
        ALLEG = "ALLEG",
        STAND = "STAND",
        APPRR = "APPRR",
        CREQB = "CREQB",
        CREQO = "CREQO",
        CHILD = "CHILD",
        LAREQ = "LAREQ",
        PLACE = "PLACE",
        CUSTOD = "CUSTOD",
        OTHER = "OTHER",
    );

    /// The reasons that make an end unplanned unless a person sets others (dossier B1; our derived measure, not the Department's).
    pub const UNPLANNED: [super::Code; 8] = [CREQB, CREQO, CHILD, ALLEG, STAND, APPRR, CLOSE, LAREQ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_as_written() {
        for text in ["S", "E4A", "Z11", "CREQB", "CUSTOD", "WBRI"] {
            assert_eq!(Code::of(text).to_string(), text);
        }
        assert_eq!(Code::parse(b" u6 "), Some(place::U6));
        assert_eq!(Code::parse(b""), Some(Code::BLANK));
        assert_eq!(Code::parse(b"far too long"), None);
        assert!(place::U1 < place::U6 && Code::of("Z1") < place::Z11);
    }
}
