//! Scenarios: written in fields or as a TOML file of `[[lever]]` tables, every contradiction named, and kept with what they rest on.

mod file;
mod kept;
mod sort;
mod typed;
mod words;
mod written;

use domain::Day;
use forecast::scenario::contradictions;

use crate::Error;
use crate::plans::Named;

pub use file::Basis;
pub use forecast::scenario::{PlanAt, Scenario};
pub use kept::{Kept, Memory, Opened, Shelf, Slug, all, basis, keep, open, understand};
pub use sort::{Part, Sort};
pub use typed::{Problem, Typed, understand as understand_typed};
pub use words::{dates as dates_in_words, lever as lever_in_words};

/// A scenario as a person saved it.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// Its name; the file's where none is given.
    pub name: String,
    /// Its levers.
    pub scenario: Scenario,
    /// SHA-256 of the file, so that a result can be cited and made again.
    pub sha256: String,
}

/// Reads a scenario for a forecast whose last known day is `origin`.
///
/// # Errors
/// `Unusable` with one sentence for each lever that cannot be understood, or that contradicts itself, another, or what is already known.
pub fn read(file: Named<'_>, origin: Day) -> Result<Saved, Error> {
    let written::Read { name, scenario, .. } = written::read(file).map_err(|sentences| Error::Unusable(sentences.join("\n")))?;
    let found = contradictions(&scenario, origin);
    if !found.is_empty() {
        let sentences: Vec<String> = found.into_iter().map(|fault| words::contradiction(file.name, &scenario, fault)).collect();
        return Err(Error::Unusable(sentences.join("\n")));
    }
    Ok(Saved { name: name.unwrap_or_else(|| file.name.to_owned()), scenario, sha256: crate::fingerprint(&[file.bytes]) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        let origin = Day::year_end(2026);
        read(Named { name: "s.toml", bytes: text.as_bytes() }, origin).unwrap_err().to_string()
    }

    #[test]
    fn a_contradiction_is_named_with_the_way_out() {
        let cases = [
            (
                "[[lever]]\nkind = \"entries\"\ngroup = \"UASC\"\nchange = \"+10%\"\nfrom = 2026-07-01\nto = 2026-06-01\n",
                "s.toml, lever 1 (entries of unaccompanied children +10%): it ends on 1 June 2026, before it begins on 1 July 2026. Exchange “from” and “to”, or leave “to” away.",
            ),
            (
                "[[lever]]\nkind = \"in-house\"\ngroup = \"fostering\"\nchange = \"120%\"\nfrom = 2026-07-01\n",
                "s.toml, lever 1 (in-house share of fostering 120%): a share lies between 0 and 100%.",
            ),
            (
                "[[lever]]\nkind = \"step-down\"\nchange = 2\nfrom = 2026-01-01\n",
                "s.toml, lever 1 (2 children a month step down to families): it begins on 1 January 2026, but everything up to 31 March 2026 is already known. Begin it on 1 April 2026 or later, or forecast from an earlier day.",
            ),
            (
                "[[lever]]\nkind = \"exits\"\ngroup = \"adoption\"\nchange = \"+10%\"\nfrom = 2026-07-01\n[[lever]]\nkind = \"exits\"\ngroup = \"adoption\"\nchange = \"-10%\"\nfrom = 2027-01-01\n",
                "s.toml, levers 1 and 2 say different things of the same (exits by adoption +10%; exits by adoption -10%) on the same days. End the first before the second begins, or leave one away.",
            ),
        ];
        for (text, sentence) in cases {
            assert_eq!(refusal(text), sentence);
        }
    }

    #[test]
    fn the_same_file_has_the_same_fingerprint() {
        let text = "name = \"More carers\"\n[[lever]]\nkind = \"in-house\"\ngroup = \"fostering\"\nchange = 0.7\nfrom = 2026-07-01\nramp_months = 12\n";
        let saved = |text: &str| read(Named { name: "s.toml", bytes: text.as_bytes() }, Day::year_end(2026)).unwrap();
        assert_eq!(saved(text), saved(text));
        assert_eq!((saved(text).name.as_str(), saved(text).sha256.len()), ("More carers", 64));
        assert_ne!(saved(text).sha256, saved(&text.replace("12", "6")).sha256);
    }
}
