//! In which foster household a placement of a feed is: taken after the placements themselves, each in the change of its file.

use std::collections::BTreeMap;

use domain::Id;
use domain::child::Child;
use domain::foster_home::FosterHome;
use domain::lodging::Lodging;
use domain::placement::Placement;
use ingest::feed::{Row, Said};
use store::Versioned;

use super::super::Choice;
use super::super::case::settle;
use super::Feeding;
use super::take::Held;
use crate::Error;

/// What it is called where feed and record differ.
const WHAT: &str = "household";

impl Feeding<'_> {
    /// Takes the placements of a feed, and then the households that they name.
    pub(super) async fn placements(&mut self, rows: &[Row]) -> Result<(), Error> {
        self.facts::<Placement>(rows).await?;
        let naming: Vec<Row> = rows.iter().filter(|row| *row.said("foster-home") != Said::Nothing).cloned().collect();
        if naming.is_empty() || !self.taken.findings.is_empty() {
            return Ok(());
        }
        let homes: BTreeMap<String, Id<FosterHome>> =
            store::all::<FosterHome>(self.tx).await?.into_iter().map(|known| (known.fact.reference, known.fact.id)).collect();
        let mut held: Held<Placement> = BTreeMap::new();
        for known in store::all::<Placement>(self.tx).await? {
            held.entry(known.fact.child).or_default().push(known);
        }
        let children = self.known.children.clone();
        for (row, child, _, known) in self.pair::<Placement>(&naming, &children, &mut held) {
            let wanted = match row.plain("foster-home") {
                None => None,
                Some(reference) => {
                    let Some(&home) = homes.get(reference) else {
                        let said = "The register has no foster home of this reference: add it, or translate the reference in the mapping.";
                        self.find(row, "foster-home", reference, said);
                        continue;
                    };
                    Some(home)
                }
            };
            // A placement that waits for a choice stands nowhere yet.
            if let Some(known) = known {
                self.household(row, child, &known.fact, (wanted, &homes)).await?;
            }
        }
        Ok(())
    }

    /// One placement's household: filled in where the record names none, a difference where it names another one, or where a person said that it is none.
    async fn household(
        &mut self,
        row: &Row,
        child: &Child,
        placement: &Placement,
        (wanted, homes): (Option<Id<FosterHome>>, &BTreeMap<String, Id<FosterHome>>),
    ) -> Result<(), Error> {
        let lodgings: Vec<Versioned<Lodging>> = store::of(self.tx, placement.id).await?;
        let now = lodgings.iter().find_map(|known| known.fact.foster_home);
        if now == wanted {
            return Ok(());
        }
        let stood = self.unchanged.remove(&row.line);
        if stood {
            self.taken.unchanged -= 1;
        }
        let taken_back = match (now, wanted) {
            (None, Some(home)) => store::lodging::was_taken_back(self.tx, placement.id, home).await?,
            _ => false,
        };
        if now.is_some() || taken_back {
            let name = |home: Option<Id<FosterHome>>| {
                let known = homes.iter().find(|(_, id)| Some(**id) == home);
                known.map_or_else(|| "none".to_owned(), |(reference, _)| reference.clone())
            };
            let recorded = if taken_back { "taken back".to_owned() } else { name(now) };
            self.differ(row, child, WHAT, (recorded, name(wanted)));
            if self.night.choice == Choice::Keep {
                return Ok(());
            }
        } else if stood {
            self.taken.completed += 1;
        }
        let outcome = settle(self.night.record, self.tx, placement, wanted).await;
        self.refused(row, outcome)
    }
}
