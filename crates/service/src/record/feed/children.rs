//! The feed of children: who they are goes into the register, names and numbers into the vault.

use std::collections::{BTreeMap, BTreeSet};

use domain::Id;
use domain::access::{Action, On, permit};
use domain::child::Child;
use domain::code::Code;
use domain::history::Uasc;
use domain::placement::Placement;
use domain::vault::{Kept, Kind};
use ingest::feed::{Row, Said};
use store::Versioned;

use super::super::Choice;
use super::super::case::{look_where_they_live, opened, seal, suspected};
use super::Feeding;
use super::fact::{Cell, cell, completes, day, differing};
use super::stays::starts;
use crate::Error;

fn asylum(row: &Row, held: Uasc) -> Uasc {
    let until = row.day("asylum-until", if let Uasc::Until(end) = held { end } else { None });
    match row.said("asylum") {
        Said::Nothing if !held.came_alone() && until.is_none() => held,
        Said::Blank => Uasc::NotKnown,
        _ if row.plain("asylum") == Some("no") => Uasc::Never,
        _ => Uasc::Until(until),
    }
}

fn cells(child: &Child) -> Vec<Cell> {
    let (came, until) = match child.asylum {
        Uasc::Never => ("no", None),
        Uasc::NotKnown => ("", None),
        Uasc::Until(until) => ("yes", until),
    };
    vec![
        day("born", Some(child.born)),
        cell("sex", &child.sex),
        cell("ethnicity", &child.ethnicity),
        cell("asylum", &came),
        day("asylum until", until),
    ]
}

impl Feeding<'_> {
    /// Takes the rows of the feed of children.
    pub(super) async fn children(&mut self, rows: &[Row]) -> Result<(), Error> {
        let mut held: BTreeMap<String, Versioned<Child>> =
            store::all::<Child>(self.tx).await?.into_iter().map(|known| (known.fact.reference.clone(), known)).collect();
        let mut words: BTreeMap<Id<Child>, Vec<Versioned<Kept>>> = BTreeMap::new();
        for kept in store::all::<Kept>(self.tx).await? {
            words.entry(kept.fact.child).or_default().push(kept);
        }
        let mut new = BTreeSet::new();
        for row in rows {
            let child = if let Some(known) = held.remove(&row.child) {
                if !self.shows(&known.fact) {
                    self.set_aside(row, &known.fact, "child");
                    continue;
                }
                self.known_child(row, known).await?
            } else if self.is_erased(row) {
                self.gone(row, "child");
                continue;
            } else {
                let child = self.child_of(row, None);
                self.may_be(row, &child);
                store::add(self.tx, &child).await?;
                self.taken.added += 1;
                new.insert(child.id);
                child
            };
            let kept = words.remove(&child.id).unwrap_or_default();
            for (kind, text) in row.for_the_vault() {
                self.word(row, &child, &kept, (kind, text)).await?;
            }
        }
        if !new.is_empty() && self.taken.findings.is_empty() {
            self.taken.twice = self.twice(&new).await?;
        }
        Ok(())
    }

    fn child_of(&self, row: &Row, held: Option<&Child>) -> Child {
        let code = |field: &str, of: fn(&Child) -> Code| row.code(field, held.map_or(Code::BLANK, of));
        Child {
            id: held.map_or_else(|| self.night.record.id(), |held| held.id),
            authority: self.night.authority,
            reference: row.child.clone(),
            // Reading gives no row without a date of birth.
            born: starts(row, "born").unwrap_or_else(|_| held.map_or_else(|| self.night.record.today(), |held| held.born)),
            sex: code("sex", |held| held.sex),
            ethnicity: code("ethnicity", |held| held.ethnicity),
            asylum: asylum(row, held.map_or(Uasc::NotKnown, |held| held.asylum)),
            // A case system's export does not say which cases are restricted here.
            restricted: held.is_some_and(|held| held.restricted),
        }
    }

    /// Finds what cannot be true of the child as the row has it.
    fn may_be(&mut self, row: &Row, child: &Child) {
        if let Err(fault) = child.asylum.check(child.born) {
            let until = row.day("asylum-until", None).map(|day| day.to_string()).unwrap_or_default();
            self.find(row, "asylum-until", &until, &fault.to_string());
        }
    }

    async fn known_child(&mut self, row: &Row, known: Versioned<Child>) -> Result<Child, Error> {
        let fed = self.child_of(row, Some(&known.fact));
        let (was, is) = (cells(&known.fact), cells(&fed));
        let Some(words) = differing(&was, &is) else {
            self.taken.unchanged += 1;
            return Ok(known.fact);
        };
        if !self.may(Action::ChildWrite, &known.fact) {
            self.set_aside(row, &known.fact, "child");
            return Ok(known.fact);
        }
        self.may_be(row, &fed);
        if completes(&was, &is) {
            store::correct(self.tx, &known, &fed).await?;
            self.taken.completed += 1;
            return Ok(fed);
        }
        self.differ(row, &known.fact, "child", words);
        if self.night.choice == Choice::Keep {
            return Ok(known.fact);
        }
        let placements: Vec<Versioned<Placement>> = store::of_child(self.tx, fed.id).await?;
        if let Some(first) = placements.iter().map(|known| known.fact.start).min().filter(|start| *start < fed.born) {
            let said = format!("The child moved into a home on {}, before this day: correct that placement first.", first.long());
            self.find(row, "born", &fed.born.to_string(), &said);
            return Ok(known.fact);
        }
        store::correct(self.tx, &known, &fed).await?;
        if fed.born != known.fact.born {
            look_where_they_live(self.night.record, self.tx, fed.id).await?;
        }
        Ok(fed)
    }

    /// A name, an address or a number: into the vault if it holds none of its kind. What differs is said without either.
    async fn word(&mut self, row: &Row, child: &Child, kept: &[Versioned<Kept>], (kind, text): (Kind, &str)) -> Result<(), Error> {
        let (record, authority) = (self.night.record, self.night.authority);
        let mut latest: Option<&Versioned<Kept>> = None;
        for one in kept.iter().filter(|one| one.fact.kind == kind) {
            if opened(record, authority, &one.fact)? == text {
                return Ok(());
            }
            latest = Some(latest.filter(|last| last.recorded_at > one.recorded_at).unwrap_or(one));
        }
        if !self.may(Action::VaultWrite, child) {
            self.set_aside(row, child, kind.word());
            return Ok(());
        }
        let Some(known) = latest else {
            let new = seal(record, authority, (record.id(), child.id), kind, text)?;
            store::add(self.tx, &new).await?;
            return Ok(());
        };
        self.differ(row, child, kind.word(), ("in the vault".to_owned(), "another one".to_owned()));
        if self.night.choice == Choice::Take {
            let corrected = seal(record, authority, (known.fact.id, child.id), kind, text)?;
            store::correct(self.tx, known, &corrected).await?;
        }
        Ok(())
    }

    /// Those of the new children who may stand in the record already, as far as whoever takes the feed may compare them.
    async fn twice(&mut self, new: &BTreeSet<Id<Child>>) -> Result<Vec<super::Suspicion>, Error> {
        let (record, actor, authority) = (self.night.record, self.night.actor, self.night.authority);
        let mut found = suspected(record, self.tx, authority, |child: &Child| {
            permit(actor, Action::ChildMerge, On::case(authority, child.id, child.restricted)).is_ok()
        })
        .await?;
        found.retain(|pair| new.contains(&pair.one.id) || new.contains(&pair.other.id));
        Ok(found)
    }
}
