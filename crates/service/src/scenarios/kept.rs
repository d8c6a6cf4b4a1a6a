//! Scenarios under a name: kept with what they were worked out from, so that opening one again gives the same figures or says what has changed.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};

use domain::Day;
use forecast::scenario::Scenario;

use super::file::{self, Basis};
use super::{Saved, read};
use crate::holdings::{CHANGED, Holding};
use crate::plans::Named;
use crate::{Error, fingerprint};

/// The name of a scenario in addresses and folders: small letters, digits and hyphens, so that it can lead nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slug(String);

/// Where scenarios lie. The binary has a folder; tests and a server without one have memory.
pub trait Shelf: Debug + Send + Sync {
    /// Every scenario, in the order of its name.
    ///
    /// # Errors
    /// `Unusable` where the place cannot be looked at.
    fn list(&self) -> Result<Vec<Slug>, Error>;
    /// The file; nothing where there is none.
    ///
    /// # Errors
    /// `Unusable` where it is there and cannot be read.
    fn read(&self, slug: &Slug) -> Result<Option<Vec<u8>>, Error>;
    /// Writes the file whole, in the place of the one before.
    ///
    /// # Errors
    /// `Unusable` where it cannot be written; then the one before stays.
    fn write(&self, slug: &Slug, bytes: &[u8]) -> Result<(), Error>;
    /// Takes the file away, if there is one.
    ///
    /// # Errors
    /// `Unusable` where it cannot be taken away.
    fn remove(&self, slug: &Slug) -> Result<(), Error>;
}

/// A shelf that lasts as long as the program.
#[derive(Debug, Default)]
pub struct Memory(Mutex<BTreeMap<Slug, Vec<u8>>>);

/// A scenario on the shelf.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Where it lies.
    pub slug: Slug,
    /// What it says.
    pub saved: Saved,
    /// What it was saved with; nothing of a file that a person wrote.
    pub basis: Option<Basis>,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A scenario of a shelf's list: where it lies, and what it says or why that cannot be understood.
pub type Opened = (Slug, Result<Kept, Error>);

/// Longest name in addresses.
const LONGEST: usize = 60;

impl Slug {
    /// Of a name as a person writes it; nothing where it has neither letter nor digit.
    pub fn of(name: &str) -> Option<Self> {
        let plain: String =
            name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { ' ' }).collect();
        let slug: String = plain.split_whitespace().collect::<Vec<_>>().join("-").chars().take(LONGEST).collect();
        let slug = slug.trim_end_matches('-');
        (!slug.is_empty()).then(|| Self(slug.to_owned()))
    }

    /// As an address or a file has it; nothing where it is no such name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::of(text).filter(|slug| slug.0 == text)
    }

    /// As it stands in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Shelf for Memory {
    fn list(&self) -> Result<Vec<Slug>, Error> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect())
    }

    fn read(&self, slug: &Slug) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(slug).cloned())
    }

    fn write(&self, slug: &Slug, bytes: &[u8]) -> Result<(), Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(slug.clone(), bytes.to_vec());
        Ok(())
    }

    fn remove(&self, slug: &Slug) -> Result<(), Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(slug);
        Ok(())
    }
}

/// Opens a scenario.
///
/// # Errors
/// `NotFound` where there is none of this name; `Unusable` where its file says what cannot be meant, levers named.
pub fn open(shelf: &dyn Shelf, slug: &Slug, holding: &Holding) -> Result<Kept, Error> {
    let bytes = shelf.read(slug)?.ok_or_else(|| Error::NotFound {
        what: "scenario",
        name: slug.as_str().to_owned(),
        near: shelf.list().unwrap_or_default().iter().map(|slug| slug.as_str().to_owned()).collect(),
    })?;
    understand(slug.clone(), bytes, holding)
}

/// Every scenario on the shelf, those whose file cannot be understood with the reason.
///
/// # Errors
/// `Unusable` where the shelf cannot be looked at.
pub fn all(shelf: &dyn Shelf, holding: &Holding) -> Result<Vec<Opened>, Error> {
    Ok(shelf.list()?.into_iter().map(|slug| (slug.clone(), open(shelf, &slug, holding))).collect())
}

/// Reads a file as a scenario that could be put on the shelf.
///
/// # Errors
/// `Unusable` where it says what cannot be meant, levers named.
pub fn understand(slug: Slug, bytes: Vec<u8>, holding: &Holding) -> Result<Kept, Error> {
    let name = format!("{}.toml", slug.as_str());
    let named = Named { name: &name, bytes: &bytes };
    let basis = super::written::read(named).ok().and_then(|written| written.basis);
    let known = basis.as_ref().map(|basis| basis.from).or_else(|| holding.newest_year_end()).unwrap_or_else(|| Day::year_end(2000));
    let mut saved = read(named, known)?;
    if saved.name == name {
        slug.as_str().clone_into(&mut saved.name);
    }
    Ok(Kept { slug, saved, basis, bytes })
}

/// Keeps a scenario with what it rests on now. `months` is how far its forecast reaches.
///
/// # Errors
/// `Unusable` where it cannot be written.
pub fn keep(shelf: &dyn Shelf, slug: &Slug, name: &str, scenario: &Scenario, basis: &Basis) -> Result<(), Error> {
    shelf.write(slug, file::write(name, scenario, Some(basis)).as_bytes())
}

/// What a scenario asked now rests on.
pub fn basis(holding: &Holding, scenario: &Scenario, from: Day, months: u32) -> Basis {
    let asked = crate::forecasts::Request::ahead(from, months);
    Basis {
        from,
        months,
        paths: asked.paths,
        seed: asked.seed,
        returns_until: holding.newest_year_end().unwrap_or(from),
        returns_sha256: holding.fingerprint().unwrap_or(CHANGED).to_owned(),
        levers_sha256: levers_sha256(scenario),
        placewell: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// What has become of the returns; nothing where they are the same files.
fn returns_changed(basis: &Basis, holding: &Holding) -> Option<String> {
    let Some(fingerprint) = holding.fingerprint() else {
        return Some(
            "Whether the returns are the same cannot be told: their files have changed since Placewell read them. Start it again."
                .to_owned(),
        );
    };
    let now = holding.newest_year_end();
    let until = now.map_or_else(|| "nothing".to_owned(), Day::long);
    (fingerprint != basis.returns_sha256).then(|| {
        if now == Some(basis.returns_until) {
            format!("The returns were changed: they end on {until} as before, but are not the same files.")
        } else {
            format!("The returns have changed: they ended on {}, and now end on {until}.", basis.returns_until.long())
        }
    })
}

fn levers_sha256(scenario: &Scenario) -> String {
    fingerprint(&[file::levers(scenario).as_bytes()])
}

impl Kept {
    /// What has changed since it was saved, a sentence each. Nothing in it: the same figures come again.
    pub fn changes(&self, holding: &Holding) -> Vec<String> {
        let Some(basis) = &self.basis else {
            return vec!["It was not saved here, so nothing says what it was worked out from before. Save it to keep that.".to_owned()];
        };
        let mut changes = Vec::new();
        changes.extend(returns_changed(basis, holding));
        if levers_sha256(&self.saved.scenario) != basis.levers_sha256 {
            changes.push("The levers in its file were changed by hand since it was saved.".to_owned());
        }
        if basis.placewell != env!("CARGO_PKG_VERSION") {
            changes.push(format!(
                "It was saved by Placewell {}, and this is {}: the model may have changed.",
                basis.placewell,
                env!("CARGO_PKG_VERSION")
            ));
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses_that_lead_nowhere_else() {
        let slug = |name: &str| Slug::of(name).map(|slug| slug.as_str().to_owned());
        assert_eq!(slug("More carers, 2026/27!").as_deref(), Some("more-carers-2026-27"));
        assert_eq!(slug("../../etc/passwd").as_deref(), Some("etc-passwd"));
        assert_eq!(slug(" … "), None);
        assert_eq!(Slug::parse("../more"), None);
        assert_eq!(Slug::parse("more-carers"), Slug::of("More carers"));
        assert!(Slug::of(&"a ".repeat(100)).unwrap().as_str().len() <= LONGEST);
    }

    #[test]
    fn a_shelf_gives_back_what_was_put_on_it() {
        let shelf = Memory::default();
        let slug = Slug::of("One").unwrap();
        shelf.write(&slug, b"a").unwrap();
        shelf.write(&slug, b"b").unwrap();
        assert_eq!((shelf.list().unwrap(), shelf.read(&slug).unwrap()), (vec![slug.clone()], Some(b"b".to_vec())));
        shelf.remove(&slug).unwrap();
        assert_eq!(shelf.read(&slug).unwrap(), None);
    }
}
