//! Whom the register names as the owner of a setting becomes an owner, so that concentration by owner can be told once a register is taken (F17).

use std::collections::{BTreeMap, BTreeSet};

use domain::provider::{Owner, Ownership, Provider};
use domain::{Code, Id};
use ingest::register::Entry;
use store::Tx;

use super::Import;
use crate::Error;

/// The owners that the record has, and of which providers it says anything.
pub(super) struct Owners {
    named: BTreeMap<String, Id<Owner>>,
    told: BTreeSet<Id<Provider>>,
}

impl Owners {
    pub(super) async fn read(tx: &mut Tx) -> Result<Self, Error> {
        let named = store::all::<Owner>(tx).await?.into_iter().map(|known| (known.fact.name.to_lowercase(), known.fact.id)).collect();
        let told = store::all::<Ownership>(tx).await?.into_iter().map(|known| known.fact.provider).collect();
        Ok(Self { named, told })
    }
}

impl Import<'_> {
    /// A provider of which nobody says whose it is, or was, belongs to whom the register names, from the register's day on. What people wrote down about a
    /// provider's owners, a group behind it first of all, is left as it is; so is a provider that goes by another name than the register's.
    pub(super) async fn owned(&mut self, provider: Id<Provider>, entry: &Entry) -> Result<(), Error> {
        let same = self.held.names.get(&provider).is_some_and(|name| name.eq_ignore_ascii_case(&entry.owner));
        if entry.owner.is_empty() || !same || !self.held.owners.told.insert(provider) {
            return Ok(());
        }
        let owner = if let Some(&known) = self.held.owners.named.get(&entry.owner.to_lowercase()) {
            known
        } else {
            let owner = Owner { id: self.record.id(), name: entry.owner.clone(), company: Code::BLANK };
            store::add(self.tx, &owner).await?;
            self.held.owners.named.insert(owner.name.to_lowercase(), owner.id);
            self.taken.owners += 1;
            owner.id
        };
        store::add(self.tx, &Ownership { id: self.record.id(), provider, owner, from: self.as_at, to: None }).await?;
        self.taken.owned += 1;
        Ok(())
    }
}
