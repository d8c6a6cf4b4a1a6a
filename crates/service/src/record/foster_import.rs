//! A fostering service's list of households becomes part of the record, and what it says otherwise is shown.

use std::collections::BTreeMap;

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::foster_home::FosterHome;
use domain::provider::Provider;
use domain::{Finding, Id, Severity, Treatment};
use ingest::foster_homes::{Line, read_foster_homes};
use store::{Event, Versioned};

use super::{Choice, Record, allowed};
use crate::Error;

/// What taking a list of households did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseholdsTaken {
    /// Whether it was taken: not where a line could not be read.
    pub applied: bool,
    /// Households recorded for the first time.
    pub added: usize,
    /// Those that stood in the record as the list has them.
    pub unchanged: usize,
    /// References of those that the list has otherwise: corrected where that was chosen, else kept.
    pub differing: Vec<String>,
    /// What was found in the file.
    pub findings: Vec<Finding>,
}

/// Takes a list of households into the record: all of it or, where a line cannot be read, nothing.
///
/// # Errors
/// [`Error::Denied`].
pub async fn take_foster_homes(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    file: (&str, &[u8]),
    choice: Choice,
) -> Result<HouseholdsTaken, Error> {
    let permit = allowed(actor, Action::HomeWrite, On::authority(authority))?;
    let (lines, findings) = read_foster_homes(file.0, file.1);
    let mut taken = HouseholdsTaken { findings, ..HouseholdsTaken::default() };
    if taken.findings.iter().any(|one| one.severity == Severity::Error) {
        return Ok(taken);
    }
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let held = store::all::<FosterHome>(&mut tx).await?;
    let held: BTreeMap<String, Versioned<FosterHome>> = held.into_iter().map(|known| (known.fact.reference.clone(), known)).collect();
    let providers = store::all::<Provider>(&mut tx).await?;
    let providers: BTreeMap<String, Id<Provider>> =
        providers.into_iter().map(|known| (known.fact.name.to_lowercase(), known.fact.id)).collect();
    taken.findings.extend(unknown(file.0, &lines, &providers));
    if taken.findings.iter().any(|one| one.severity == Severity::Error) {
        return Ok(taken);
    }
    let mut written = false;
    for line in &lines {
        let Some(&provider) = providers.get(&line.provider.to_lowercase()) else { continue };
        let known = held.get(&line.reference);
        let home = household(line, known.map_or_else(|| record.id(), |known| known.fact.id), provider);
        match known {
            None => {
                store::add(&mut tx, &home).await?;
                taken.added += 1;
                written = true;
            }
            Some(known) if known.fact == home => taken.unchanged += 1,
            Some(known) => {
                taken.differing.push(line.reference.clone());
                if choice == Choice::Take {
                    store::correct(&mut tx, known, &home).await?;
                    written = true;
                }
            }
        }
    }
    taken.applied = true;
    if written {
        tx.commit(Event::of("authority", authority).because(file.0)).await?;
    }
    Ok(taken)
}

/// Lines whose service or agency is not on the register: a guess at who it is would be a provider that nobody looked at.
fn unknown(file: &str, lines: &[Line], providers: &BTreeMap<String, Id<Provider>>) -> Vec<Finding> {
    let named = |line: &&Line| !providers.contains_key(&line.provider.to_lowercase());
    let finding = |line: &Line| Finding {
        rule: "foster-home-line",
        severity: Severity::Error,
        file: file.to_owned(),
        table: "Foster homes",
        year: 0,
        row: 0,
        child: String::new(),
        column: "provider".to_owned(),
        value: line.provider.clone(),
        message: format!("{}: “{}” is not on the register of providers. Add it there first.", line.reference, line.provider),
        action: Treatment::SetAside,
    };
    lines.iter().filter(named).map(finding).collect()
}

fn household(line: &Line, id: Id<FosterHome>, provider: Id<Provider>) -> FosterHome {
    FosterHome {
        id,
        provider,
        reference: line.reference.clone(),
        stage: line.stage,
        enquired: line.enquired,
        approved: line.approved,
        ended: line.ended,
        places: line.places,
        youngest: line.ages.0,
        oldest: line.ages.1,
        takes: line.takes,
        care: line.care,
        scheme: line.scheme.clone(),
        skills: line.skills.clone(),
        ethnicity: line.ethnicity,
        postcode: line.postcode,
    }
}
