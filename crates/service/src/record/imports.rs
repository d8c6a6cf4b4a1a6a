//! Returns become the record. Importing the same returns again changes nothing (issue 3).
//!
//! What later returns add is *news*: a child, a stay that began after all that is held, a stay that was open and has ended. What they say otherwise than
//! the record is a *difference*: a person may have corrected the record since, so it is shown and kept as it is, unless the importer chooses to take
//! the returns' word.

mod compare;
mod returned;

use std::collections::BTreeMap;

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::child::Child;
use domain::legal_status::LegalStatus;
use domain::period::PeriodOfCare;
use domain::placement::{self, Placement};
use store::{Event, Tx, Versioned};

use self::compare::{Stay, Step, compare, shares_a_night};
use self::returned::Returned;
use super::{Record, allowed};
use crate::Error;
use crate::holdings::Holding;

/// What is done where returns and record differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// The record stays as it is, and the difference is shown.
    #[default]
    Keep,
    /// The record is corrected to what the returns say; what it said stays in its history.
    Take,
}

/// One thing that returns and record say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The child, as the return calls it.
    pub child: String,
    /// What it is about: `placement`, `legal status`, `period of care`, `child`.
    pub what: &'static str,
    /// What the record says; nothing where it has no such thing.
    pub recorded: Option<String>,
    /// What the returns say; nothing where they have no such thing.
    pub returned: Option<String>,
    /// Whether the returns' word was taken.
    pub taken: bool,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Children recorded for the first time.
    pub children: usize,
    /// Periods, legal statuses and placements recorded for the first time.
    pub added: usize,
    /// Those of which the returns say what the record left open: an end, a blank.
    pub completed: usize,
    /// Those that stood in the record as the returns have them.
    pub unchanged: usize,
    /// What is said differently.
    pub differences: Vec<Difference>,
}

/// Imports returns into an authority's record: all of them or, if anything fails, nothing.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Unusable`] for returns of several authorities, or where taking the returns' word would contradict what the record holds
/// beside it.
pub async fn import(record: &Record, actor: &Actor, authority: &Authority, holding: &Holding, choice: Choice) -> Result<Imported, Error> {
    let permit = allowed(actor, Action::RecordImport, On::authority(authority.id))?;
    let history = &holding.read.history;
    if let [_, _, ..] = history.authorities[..] {
        let names = history.authorities.join(", ");
        return Err(Error::Unusable(format!("These returns are of several authorities ({names}). Import the folder of one at a time.")));
    }
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let held: BTreeMap<String, Versioned<Child>> =
        store::all::<Child>(&mut tx).await?.into_iter().map(|known| (known.fact.reference.clone(), known)).collect();
    let mut stays = Held {
        periods: by_child(store::all(&mut tx).await?),
        legal: by_child(store::all(&mut tx).await?),
        placements: by_child(store::all(&mut tx).await?),
    };
    let mut imported = Imported::default();
    for at in 0..history.children.len() {
        let known = held.get(history.children.id.get(at));
        let child = known.map_or_else(|| record.id(), |known| known.fact.id);
        let returned = Returned::read(history, &holding.timeline, at, authority.id, child, &mut || record.id());
        let mut import =
            Import { tx: &mut tx, choice, covers: history.covers, reference: &returned.child.reference, imported: &mut imported };
        import.child(known, &returned.child).await?;
        import.stays(stays.periods.remove(&child).unwrap_or_default(), returned.periods.clone()).await?;
        import.stays(stays.legal.remove(&child).unwrap_or_default(), returned.legal.clone()).await?;
        let before = stays.placements.remove(&child).unwrap_or_default();
        import.stays(before, returned.placements.clone()).await?;
        agrees(&mut tx, &returned.child).await?;
    }
    let covered = history.covers.map_or_else(String::new, |(from, to)| format!("returns of {from} to {to}"));
    if imported.changes() {
        tx.commit(Event::of("authority", authority.id).because(&covered)).await?;
    }
    Ok(imported)
}

impl Imported {
    /// Whether anything was written.
    pub fn changes(&self) -> bool {
        self.children + self.added + self.completed > 0 || self.differences.iter().any(|difference| difference.taken)
    }
}

/// Everything recorded, by child.
struct Held {
    periods: BTreeMap<Id<Child>, Vec<Versioned<PeriodOfCare>>>,
    legal: BTreeMap<Id<Child>, Vec<Versioned<LegalStatus>>>,
    placements: BTreeMap<Id<Child>, Vec<Versioned<Placement>>>,
}

fn by_child<F: Stay>(all: Vec<Versioned<F>>) -> BTreeMap<Id<Child>, Vec<Versioned<F>>> {
    let mut children: BTreeMap<Id<Child>, Vec<Versioned<F>>> = BTreeMap::new();
    for known in all {
        children.entry(known.fact.child()).or_default().push(known);
    }
    children
}

/// Whether the child's placements still agree with each other after the import.
async fn agrees(tx: &mut Tx, child: &Child) -> Result<(), Error> {
    let placements: Vec<Versioned<Placement>> = store::of_child(tx, child.id).await?;
    let placements: Vec<Placement> = placements.into_iter().map(|known| known.fact).collect();
    let fault = placements.iter().find_map(|one| placement::check(one, child.born, &placements).err());
    fault.map_or(Ok(()), |fault| {
        let reference = &child.reference;
        Err(Error::Unusable(format!(
            "Nothing was imported. For child {reference} returns and record cannot both be right: {fault}. Correct one of them first."
        )))
    })
}

/// The import of one child.
struct Import<'i> {
    tx: &'i mut Tx,
    choice: Choice,
    covers: Option<(domain::Day, domain::Day)>,
    reference: &'i str,
    imported: &'i mut Imported,
}

impl Import<'_> {
    async fn child(&mut self, known: Option<&Versioned<Child>>, returned: &Child) -> Result<(), Error> {
        let Some(known) = known else {
            store::add(self.tx, returned).await?;
            self.imported.children += 1;
            return Ok(());
        };
        // A return does not know which cases are restricted.
        let returned = Child { restricted: known.fact.restricted, ..returned.clone() };
        // What an older return leaves blank or open, the record may know by now.
        if returned == known.fact || compare::completed(&returned, &known.fact) == known.fact {
            return Ok(());
        }
        if compare::completed(&known.fact, &returned) == returned {
            store::correct(self.tx, known, &returned).await?;
            self.imported.completed += 1;
            return Ok(());
        }
        if self.choice == Choice::Take {
            store::correct(self.tx, known, &returned).await?;
        }
        self.differ("child", Some(compare::child(&known.fact)), Some(compare::child(&returned)));
        Ok(())
    }

    async fn stays<F: Stay>(&mut self, held: Vec<Versioned<F>>, returned: Vec<F>) -> Result<(), Error> {
        let take = self.choice == Choice::Take;
        // What stays as the record has it, against the returns.
        let mut kept: Vec<F> = Vec::new();
        for step in compare(held, returned, self.covers) {
            match step {
                Step::Same => self.imported.unchanged += 1,
                // News that cannot be true beside what is kept waits with it.
                Step::New(fact) if kept.iter().any(|kept| kept.order().1 == fact.order().1 && shares_a_night(kept, &fact)) => {
                    self.differ(F::WHAT, None, Some(fact.words()));
                }
                Step::New(fact) => {
                    store::add(self.tx, &fact).await?;
                    self.imported.added += 1;
                }
                Step::Completed(known, fact) => {
                    store::correct(self.tx, &known, &fact).await?;
                    self.imported.completed += 1;
                }
                Step::Differs(known, fact) => {
                    self.differ(F::WHAT, Some(known.fact.words()), Some(fact.words()));
                    if take {
                        store::correct(self.tx, &known, &fact).await?;
                    } else {
                        kept.push(known.fact);
                    }
                }
                Step::Unrecorded(fact) => {
                    self.differ(F::WHAT, None, Some(fact.words()));
                    if take {
                        store::add(self.tx, &fact).await?;
                    }
                }
                Step::Unreturned(known) => {
                    self.differ(F::WHAT, Some(known.fact.words()), None);
                    if take {
                        store::withdraw(self.tx, &known).await?;
                    } else {
                        kept.push(known.fact);
                    }
                }
            }
        }
        Ok(())
    }

    fn differ(&mut self, what: &'static str, recorded: Option<String>, returned: Option<String>) {
        let taken = self.choice == Choice::Take;
        self.imported.differences.push(Difference { child: self.reference.to_owned(), what, recorded, returned, taken });
    }
}
