//! Returns become the record. Importing the same returns again changes nothing (issue 3).
//!
//! What later returns add is *news*: a child, a stay that began after all that is held, a stay that was open and has ended. What they say otherwise than
//! the record is a *difference*: a person may have corrected the record since, so it is shown and kept as it is, unless the importer chooses to take
//! the returns' word.

mod compare;
mod returned;

use std::collections::{BTreeMap, BTreeSet};

use domain::Id;
use domain::access::{Action, Actor, On, permit};
use domain::authority::Authority;
use domain::child::Child;
use domain::legal_status::LegalStatus;
use domain::period::PeriodOfCare;
use domain::placement::{self, Placement};
use store::{Event, Tx, Versioned};

use self::compare::{Covered, Stay, Step, compare, is_retyped, shares_a_night};
use self::returned::{Asked, Returned, Told};
use super::authorities::Identity;
use super::case::CaseFact as _;
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
    /// How much is said differently of cases that are not open to whoever asked. It is kept as the record has it, and not shown.
    pub hidden: usize,
}

/// Imports returns into the record of the authority that they are of, which is opened with them if it was not: all of them or, if anything fails,
/// nothing.
///
/// # Errors
/// Those of [`import`]; [`Error::Unusable`] for returns that do not say whose they are; [`Error::Denied`] for anybody but the machine's owner where the
/// record is yet to be opened.
pub async fn import_returns(record: &Record, actor: &Actor, holding: &Holding, choice: Choice) -> Result<(Authority, Imported), Error> {
    let Some(identity) = holding.profile().filter(|profile| !profile.name.is_empty()).map(|profile| Identity::of(&profile.name)) else {
        return Err(whose(holding));
    };
    if let Some(authority) = identity.find(record).await? {
        let imported = import(record, actor, &authority, holding, choice).await?;
        return Ok((authority, imported));
    }
    let authority = identity.authority(record.id());
    allowed(actor, Action::AuthorityOpen, On::authority(authority.id))?;
    let permit = allowed(actor, Action::RecordImport, On::authority(authority.id))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    store::person::open_authority(&mut tx, &authority).await?;
    let imported = Taking { record, actor, authority: authority.id, holding, choose: &|_| choice }.keep(tx).await?;
    Ok((authority, imported))
}

/// Imports returns into an authority's record: all of them or, if anything fails, nothing.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Unusable`] for returns of another authority or of several, or where taking the returns' word would contradict what the
/// record holds beside it: all such places at once.
pub async fn import(record: &Record, actor: &Actor, authority: &Authority, holding: &Holding, choice: Choice) -> Result<Imported, Error> {
    let tx = begin(record, actor, authority, holding).await?;
    Taking { record, actor, authority: authority.id, holding, choose: &|_| choice }.keep(tx).await
}

/// The same, where the returns' word is taken of these children, by reference, and the record's of all others.
///
/// # Errors
/// Those of [`import`].
pub async fn import_choosing(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    holding: &Holding,
    children: &BTreeSet<String>,
) -> Result<Imported, Error> {
    let choose = |reference: &str| if children.contains(reference) { Choice::Take } else { Choice::Keep };
    let tx = begin(record, actor, authority, holding).await?;
    Taking { record, actor, authority: authority.id, holding, choose: &choose }.keep(tx).await
}

/// What [`import`] would do. Nothing is written but that somebody looked: it reads every case, and shows what differs.
///
/// # Errors
/// Those of [`import`].
pub async fn look_at_returns(record: &Record, actor: &Actor, authority: &Authority, holding: &Holding) -> Result<Imported, Error> {
    let mut tx = begin(record, actor, authority, holding).await?;
    let taking = Taking { record, actor, authority: authority.id, holding, choose: &|_| Choice::Keep };
    let imported = taking.write(&mut tx).await?;
    drop(tx);
    let tx = begin(record, actor, authority, holding).await?;
    tx.commit(Event::of("authority", authority.id).because("returns looked at")).await?;
    Ok(imported)
}

/// Begins the change, where these are the returns of this authority.
async fn begin(record: &Record, actor: &Actor, authority: &Authority, holding: &Holding) -> Result<Tx, Error> {
    let permit = allowed(actor, Action::RecordImport, On::authority(authority.id))?;
    let theirs = holding.profile().filter(|profile| !profile.name.is_empty()).ok_or_else(|| whose(holding))?;
    if Identity::of(&theirs.name).code != authority.code {
        return Err(Error::Unusable(format!(
            "Nothing was imported. These returns are of {}, and this is the record of {}.",
            theirs.name, authority.name
        )));
    }
    Ok(record.db.begin(permit, record.moment()).await?)
}

/// Nobody can tell whose record these returns belong to.
fn whose(holding: &Holding) -> Error {
    Error::Unusable(match &holding.read.history.authorities[..] {
        names @ [_, _, ..] => {
            format!("These returns are of several authorities ({}). Import the folder of one at a time.", names.join(", "))
        }
        _ => "The returns do not say whose they are. Name the authority with --authority.".to_owned(),
    })
}

/// Returns being taken into an open record.
struct Taking<'t> {
    record: &'t Record,
    actor: &'t Actor,
    authority: Id<Authority>,
    holding: &'t Holding,
    /// Whose word is taken of a child.
    choose: &'t (dyn Fn(&str) -> Choice + Sync),
}

impl Taking<'_> {
    /// Takes them and keeps the change. A look that changed nothing is kept too: it read every case, and shows what differs.
    async fn keep(&self, mut tx: Tx) -> Result<Imported, Error> {
        let imported = self.write(&mut tx).await?;
        if imported.changes() {
            // What has come with the returns against the law is a breach with an owner and a clock, by whichever door it came (I0).
            super::alerts::look(self.record, &mut tx).await?;
        }
        let covers = self.holding.read.history.covers;
        let covered = covers.map_or_else(String::new, |(from, to)| format!("returns of {from} to {to}"));
        tx.commit(Event::of("authority", self.authority).because(&covered)).await?;
        Ok(imported)
    }

    async fn write(&self, tx: &mut Tx) -> Result<Imported, Error> {
        let history = &self.holding.read.history;
        let held: BTreeMap<String, Versioned<Child>> =
            store::all::<Child>(tx).await?.into_iter().map(|known| (known.fact.reference.clone(), known)).collect();
        let mut stays = Held {
            periods: by_child(store::all(tx).await?),
            legal: by_child(store::all(tx).await?),
            placements: by_child(store::all(tx).await?),
        };
        let covers = Covered::of(history.covers, &history.unsent);
        let sent = self.holding.read.submissions.iter().any(|one| one.table == ingest::ssda903::Kind::Uasc);
        let asylum = if sent { Asked::Yes } else { Asked::No };
        let mut imported = Imported::default();
        let mut contradictions = Vec::new();
        for at in 0..history.children.len() {
            let known = held.get(history.children.id.get(at));
            let child = known.map_or_else(|| self.record.id(), |known| known.fact.id);
            let Returned { child: returned, periods, legal, placements, misprovided } =
                Returned::read(history, &self.holding.timeline, at, (self.authority, asylum), child, &mut || self.record.id());
            let reference = returned.reference.clone();
            let shown = known.is_none_or(|known| self.shows(&known.fact));
            let mut import = Import {
                tx,
                choice: if shown { (self.choose)(&reference) } else { Choice::Keep },
                covers: &covers,
                reference: &reference,
                imported: &mut imported,
                contradictions: &mut contradictions,
                born: returned.born,
            };
            import.child(known, &returned).await?;
            import.stays(stays.periods.remove(&child).unwrap_or_default(), periods).await?;
            import.stays(stays.legal.remove(&child).unwrap_or_default(), legal).await?;
            import.stays(stays.placements.remove(&child).unwrap_or_default(), placements).await?;
            import.misprovided(&misprovided);
        }
        omitted(&held, &stays, &covers, &mut imported);
        let closed = |reference: &String| held.get(reference).is_some_and(|known| !self.shows(&known.fact));
        let all = imported.differences.len();
        imported.differences.retain(|difference| !closed(&difference.child));
        imported.hidden = all - imported.differences.len();
        if contradictions.is_empty() {
            return Ok(imported);
        }
        Err(Error::Unusable(format!(
            "Nothing was imported. Returns and record cannot both be right; correct one of them first:\n{}",
            contradictions.join("\n")
        )))
    }

    /// Whether whoever takes the returns may see what is in this case. A restricted one is kept up like all others, by what is new of it.
    fn shows(&self, child: &Child) -> bool {
        permit(self.actor, Action::RecordImport, On::case(self.authority, child.id, child.restricted)).is_ok()
    }
}

/// Children whom the record has in care at a time that the returns cover, and of whom the returns say nothing at all. Their word is never taken for
/// that: a child who is missing is a missing row more often than a child who never was.
fn omitted(held: &BTreeMap<String, Versioned<Child>>, stays: &Held, covers: &Covered, imported: &mut Imported) {
    for (reference, known) in held {
        let periods = stays.periods.get(&known.fact.id).into_iter().flatten();
        let denied: Vec<String> = periods.filter(|period| covers.knows(&period.fact)).map(|period| period.fact.words()).collect();
        if !denied.is_empty() {
            imported.differences.push(Difference {
                child: reference.clone(),
                what: "child",
                recorded: Some(denied.join(", ")),
                returned: None,
                taken: false,
            });
        }
    }
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

/// The import of one child.
struct Import<'i> {
    tx: &'i mut Tx,
    choice: Choice,
    covers: &'i Covered,
    reference: &'i str,
    born: domain::Day,
    imported: &'i mut Imported,
    /// Where the returns' word was taken and cannot be true.
    contradictions: &'i mut Vec<String>,
}

/// What is to be written of one thing.
enum Write<F> {
    /// News.
    Add(F),
    /// What was open or blank.
    Complete(Versioned<F>, F),
    /// What was said otherwise, by choice.
    Correct(Versioned<F>, F),
    /// What the record did not have, by choice.
    AddTaken(F),
    /// What the returns do not have, by choice.
    Withdraw(Versioned<F>),
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

    async fn stays<F: Stay>(&mut self, held: Vec<Versioned<F>>, returned: Vec<Told<F>>) -> Result<(), Error> {
        let mut steps = compare(held, returned, self.covers);
        for step in &mut steps {
            if let Step::Differs(known, fact) = step
                && self.told_otherwise_since(known, fact).await?
            {
                *step = Step::Same(known.fact.clone());
            }
        }
        let (mut there, writes) = self.decide(steps);
        for write in writes {
            match write {
                Write::Add(fact) if self.waits(&fact, &mut there) => {}
                Write::Add(fact) => {
                    store::add(self.tx, &fact).await?;
                    self.imported.added += 1;
                }
                Write::Complete(known, fact) => {
                    store::correct(self.tx, &known, &fact).await?;
                    self.imported.completed += 1;
                }
                Write::Correct(known, fact) => {
                    self.contradicts(&fact, &there);
                    store::correct(self.tx, &known, &fact).await?;
                }
                Write::AddTaken(fact) => {
                    self.contradicts(&fact, &there);
                    store::add(self.tx, &fact).await?;
                }
                Write::Withdraw(known) => {
                    known.fact.leaving(self.tx).await?;
                    store::withdraw(self.tx, &known).await?;
                }
            }
        }
        Ok(())
    }

    /// Whether these returns have the type that the record had, until a later import told it another: they are the older word, and no difference.
    async fn told_otherwise_since<F: Stay>(&mut self, known: &Versioned<F>, fact: &F) -> Result<bool, Error> {
        if !is_retyped(&known.fact, fact) {
            return Ok(false);
        }
        let versions = store::written(self.tx, known.fact.id()).await?;
        let by_import = |was: &F, action: Action| was.kind() == fact.kind() && action == Action::RecordImport;
        Ok(versions.windows(2).any(|pair| matches!(pair, [was, is] if by_import(&was.known.fact, is.action))))
    }

    /// What is to be written, and what will stand there then.
    fn decide<F: Stay>(&mut self, steps: Vec<Step<F>>) -> (Vec<F>, Vec<Write<F>>) {
        let take = self.choice == Choice::Take;
        let (mut there, mut writes): (Vec<F>, Vec<Write<F>>) = (Vec::new(), Vec::new());
        for step in steps {
            match step {
                Step::Same(known) => {
                    self.imported.unchanged += 1;
                    there.push(known);
                }
                Step::Beyond(known) => there.push(known),
                // News that cannot be true beside what is kept waits with it.
                Step::New(fact) if there.iter().any(|kept| kept.order().1 == fact.order().1 && shares_a_night(kept, &fact)) => {
                    self.differ(F::WHAT, None, Some(fact.words()));
                }
                Step::New(fact) => {
                    there.push(fact.clone());
                    writes.push(Write::Add(fact));
                }
                Step::Completed(known, fact) => {
                    there.push(fact.clone());
                    writes.push(Write::Complete(known, fact));
                }
                Step::Differs(known, fact) => {
                    self.differ(F::WHAT, Some(known.fact.words()), Some(fact.words()));
                    there.push(if take { fact.clone() } else { known.fact.clone() });
                    if take {
                        writes.push(Write::Correct(known, fact));
                    }
                }
                Step::Unrecorded(fact) => {
                    self.differ(F::WHAT, None, Some(fact.words()));
                    if take {
                        there.push(fact.clone());
                        writes.push(Write::AddTaken(fact));
                    }
                }
                Step::Unreturned(known) => {
                    self.differ(F::WHAT, Some(known.fact.words()), None);
                    if take {
                        writes.push(Write::Withdraw(known));
                    } else {
                        there.push(known.fact);
                    }
                }
            }
        }
        (there, writes)
    }

    /// Whether news cannot be true of this child, by the returns' own word or beside what stands there: it waits, and is shown. The rest comes in.
    fn waits<F: Stay>(&mut self, fact: &F, there: &mut Vec<F>) -> bool {
        let Some(fault) = fact.contradiction(self.born, there) else { return false };
        there.retain(|other| other != fact);
        let returned = format!("{} ({fault})", fact.words());
        self.imported.differences.push(Difference {
            child: self.reference.to_owned(),
            what: F::WHAT,
            recorded: None,
            returned: Some(returned),
            taken: false,
        });
        true
    }

    /// Shows the placements that came in without the provider that the returns give them: only parents provide the placement with parents (I20).
    fn misprovided(&mut self, placements: &[Placement]) {
        for returned in placements {
            let fault = placement::Contradiction::Parents;
            self.imported.differences.push(Difference {
                child: self.reference.to_owned(),
                what: Placement::WHAT,
                recorded: None,
                returned: Some(format!("{} ({fault})", returned.words())),
                taken: false,
            });
        }
    }

    /// Remembers where a word that was taken cannot be true beside what stays.
    fn contradicts<F: Stay>(&mut self, fact: &F, there: &[F]) {
        if let Some(fault) = fact.contradiction(self.born, there) {
            self.contradictions.push(format!("Child {}, {} {}: {fault}", self.reference, F::WHAT, fact.words()));
        }
    }

    fn differ(&mut self, what: &'static str, recorded: Option<String>, returned: Option<String>) {
        let taken = self.choice == Choice::Take;
        self.imported.differences.push(Difference { child: self.reference.to_owned(), what, recorded, returned, taken });
    }
}
