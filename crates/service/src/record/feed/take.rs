//! Rows of one kind of fact beside what the record holds of it: what is news, what fills in, what differs, and the writing of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::Id;
use domain::child::Child;
use ingest::feed::Row;
use store::Versioned;

use super::super::Choice;
use super::fact::{Fed, completes, differing, identity};
use super::{FeedDifference, Feeding};
use crate::Error;

/// What is to be written of a row.
struct Write<'r, F> {
    row: &'r Row,
    child: &'r Child,
    fact: F,
    /// What it corrects or completes; nothing where it is new.
    held: Option<Versioned<F>>,
}

/// Everything of one kind that is held, by child; what a row has been laid beside is gone from it.
pub(super) type Held<F> = BTreeMap<Id<Child>, Vec<Versioned<F>>>;

/// A row, its child, what it says, and what is held of the same thing.
pub(super) type Paired<'r, F> = (&'r Row, &'r Child, F, Option<Versioned<F>>);

impl Feeding<'_> {
    /// Takes the rows of a feed of facts.
    pub(super) async fn facts<F: Fed>(&mut self, rows: &[Row]) -> Result<(), Error> {
        let mut held: Held<F> = BTreeMap::new();
        for known in store::all::<F>(self.tx).await? {
            held.entry(known.fact.child()).or_default().push(known);
        }
        let children = Arc::clone(&self.known.children);
        let ever = store::ever::<F>(self.tx).await?;
        let mut paired = self.pair::<F>(rows, &children, &mut held);
        paired.sort_by_key(|(row, child, fact, _)| (child.id, fact.listed_by(), row.line));
        let (mut corrections, mut news) = (Vec::new(), Vec::new());
        for (row, child, fact, known) in paired {
            let is_held = known.as_ref().is_some_and(|known| differing(&known.fact.cells(), &fact.cells()).is_none());
            if !is_held && !self.may(F::WRITE, child) {
                self.set_aside(row, child, F::WHAT);
                continue;
            }
            match known {
                Some(known) => {
                    let (was, is) = (known.fact.cells(), fact.cells());
                    let Some(words) = differing(&was, &is) else {
                        self.taken.unchanged += 1;
                        self.unchanged.insert(row.line);
                        continue;
                    };
                    let write = Write { row, child, fact, held: Some(known) };
                    if completes(&was, &is) {
                        news.push(write);
                    } else {
                        self.differ(row, child, F::WHAT, words);
                        if self.night.choice == Choice::Take {
                            corrections.push(write);
                        }
                    }
                }
                // A person took back what this row once added: it is not put there again by the next export.
                None if ever.contains(&fact.id()) => {
                    self.differ(row, child, F::WHAT, ("taken back".to_owned(), "there".to_owned()));
                    // What was taken back stays so in its history: what is there again is a new fact.
                    let again = F::of_row(row, &self.known, (self.night.record.id(), child.id), None);
                    if let (Choice::Take, Ok(fact)) = (self.night.choice, again) {
                        news.push(Write { row, child, fact, held: None });
                    }
                }
                None => news.push(Write { row, child, fact, held: None }),
            }
        }
        // Everything that stands against the rows themselves is said before anything is written.
        if !self.taken.findings.is_empty() {
            return Ok(());
        }
        self.correct(corrections).await?;
        let before: BTreeSet<Id<Child>> = held.into_keys().collect();
        for write in news {
            self.add(write, &before).await?;
        }
        Ok(())
    }

    /// Each row with its child, what it says, and what is held of the same thing: by its identity, then what is surely the same, then what may be.
    pub(super) fn pair<'r, F: Fed>(
        &mut self,
        rows: &'r [Row],
        children: &'r BTreeMap<String, Child>,
        held: &mut Held<F>,
    ) -> Vec<Paired<'r, F>> {
        let mut open: Vec<(&Row, &Child, Option<Versioned<F>>)> = Vec::new();
        for row in rows {
            match children.get(&row.child) {
                Some(child) if !self.shows(child) => self.set_aside(row, child, F::WHAT),
                Some(child) => {
                    let id = self.identity::<F>(row, child);
                    open.push((row, child, out_of(held, child.id, |known| known.id() == id)));
                }
                None if self.is_erased(row) => self.gone(row, F::WHAT),
                None => self.find(
                    row,
                    "child",
                    &row.child,
                    "The record has no child of this number: take the feed of children first, or look for a slip in the number.",
                ),
            }
        }
        let mut said: Vec<Option<F>> = Vec::with_capacity(open.len());
        for (row, child, _) in &open {
            let fresh = F::of_row(row, &self.known, (self.identity(row, child), child.id), None);
            said.push(fresh.map_err(|(field, words)| self.find(row, field, row.plain(field).unwrap_or_default(), &words)).ok());
        }
        let passes: [fn(&F, &F) -> bool; 2] = [F::is_same, F::may_be_same];
        for alike in passes {
            for ((_, child, known), fresh) in open.iter_mut().zip(&said).filter(|((_, _, known), _)| known.is_none()) {
                if let Some(fresh) = fresh {
                    *known = out_of(held, child.id, |one| alike(one, fresh));
                }
            }
        }
        let mut paired = Vec::with_capacity(open.len());
        for ((row, child, known), fresh) in open.into_iter().zip(said) {
            let Some(fresh) = fresh else { continue };
            let fact = match &known {
                None => fresh,
                Some(known) => match F::of_row(row, &self.known, (known.fact.id(), child.id), Some(&known.fact)) {
                    Ok(fact) => fact,
                    Err((field, words)) => {
                        self.find(row, field, "", &words);
                        continue;
                    }
                },
            };
            if self.lasts(row, &fact) {
                paired.push((row, child, fact, known));
            }
        }
        paired
    }

    /// What a row is known by. An identity that went with an erased child is nobody's any more: guards let go whatever has it.
    fn identity<F>(&self, row: &Row, child: &Child) -> Id<F> {
        let id: Id<F> = identity(&self.night, row, None);
        if self.known.erased.rows.contains(&id.to_string()) { identity(&self.night, row, Some(child.id)) } else { id }
    }

    /// Whether a row is about a child whose record was erased.
    pub(super) fn is_erased(&self, row: &Row) -> bool {
        let known_by = self.night.record.known_erased(self.night.authority, &row.child);
        self.known.erased.children.contains(known_by.as_slice())
    }

    /// A row about such a child: it is left out, and said, so that the case system's export can be mended.
    pub(super) fn gone(&mut self, row: &Row, what: &'static str) {
        let (recorded, fed) = ("erased by a rule of retention".to_owned(), "there again: take it out of the export".to_owned());
        self.taken.differences.push(FeedDifference { line: row.line, child: row.child.clone(), what, recorded, fed, taken: false });
    }

    /// Whether a fact ends after it begins.
    fn lasts<F: Fed>(&mut self, row: &Row, fact: &F) -> bool {
        let Some((start, Some(end), same_day)) = fact.span() else { return true };
        let lasts = if same_day { start <= end } else { start < end };
        if !lasts {
            let said = format!(
                "It would end on {}, and begins on {}: the end must be later. Mend the row in the case system.",
                end.long(),
                start.long()
            );
            self.find(row, "end", &end.to_string(), &said);
        }
        lasts
    }

    /// Writes all that the feed's word was taken for, and then judges what stands there: dates that move together are right together.
    async fn correct<F: Fed>(&mut self, corrections: Vec<Write<'_, F>>) -> Result<(), Error> {
        for write in &corrections {
            if let Some(held) = &write.held {
                store::correct(self.tx, held, &write.fact).await?;
            }
        }
        for Write { row, fact, held, .. } in corrections {
            let outcome = match fact.check(self.tx).await {
                Ok(()) => fact.written(self.night.record, self.tx, held.as_ref().map(|known| &known.fact)).await,
                fault => fault,
            };
            self.refused(row, outcome)?;
        }
        Ok(())
    }

    /// Writes what is new or fills in. What cannot be true beside what the record keeps waits, and is shown as a difference; what cannot be true beside
    /// the feed's own rows is a finding.
    async fn add<F: Fed>(&mut self, write: Write<'_, F>, before: &BTreeSet<Id<Child>>) -> Result<(), Error> {
        let Write { row, child, fact, held } = write;
        match fact.check(self.tx).await {
            Ok(()) => {}
            Err(Error::Unusable(words)) if self.night.choice == Choice::Keep && before.contains(&child.id) => {
                self.differ(row, child, F::WHAT, (words, "new".to_owned()));
                return Ok(());
            }
            fault => return self.refused(row, fault),
        }
        match &held {
            Some(known) => store::correct(self.tx, known, &fact).await?,
            None => store::add(self.tx, &fact).await?,
        }
        let outcome = fact.written(self.night.record, self.tx, held.as_ref().map(|known| &known.fact)).await;
        if outcome.is_ok() && held.is_some() {
            self.taken.completed += 1;
        } else if outcome.is_ok() {
            self.taken.added += 1;
        }
        self.refused(row, outcome)
    }

    /// What stands against a row becomes a finding; a fault of the machine stays one.
    pub(super) fn refused(&mut self, row: &Row, outcome: Result<(), Error>) -> Result<(), Error> {
        match outcome {
            Err(Error::Unusable(words)) => {
                self.find(row, "", "", &words);
                Ok(())
            }
            other => other,
        }
    }
}

/// The first of a child's facts that fits, taken out.
fn out_of<F: Fed>(held: &mut Held<F>, child: Id<Child>, fits: impl Fn(&F) -> bool) -> Option<Versioned<F>> {
    let of_child = held.get_mut(&child)?;
    let at = of_child.iter().position(|known| fits(&known.fact))?;
    Some(of_child.remove(at))
}
