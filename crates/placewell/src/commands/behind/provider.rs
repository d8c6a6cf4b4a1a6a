//! Somebody of a provider in the demonstration: of the one that has most to look at.

use std::collections::BTreeMap;

use anyhow::Context as _;
use domain::Id;
use domain::access::Role;
use domain::person::Person;
use domain::provider::Provider;
use service::people::{self, NewProviderUser};
use service::record::lists::{ContractFilter, ContractSort};
use service::record::{self as service_record, Authority, Record};
use web::Invented;

use super::PASSWORD;
use crate::commands::record::OWNER;

/// The provider with the most homes of those that are members of a contract.
async fn largest(record: &Record, authority: &Authority) -> anyhow::Result<Id<Provider>> {
    let names = service_record::names(record, &OWNER, authority.id).await?;
    let mut homes: BTreeMap<Id<Provider>, usize> = BTreeMap::new();
    for (_, provider) in names.settings.values() {
        *homes.entry(*provider).or_default() += 1;
    }
    let contracts =
        service_record::contracts(record, &OWNER, authority.id, &ContractFilter::default(), ContractSort::default(), None, 100).await?;
    let mut members: Vec<Id<Provider>> = Vec::new();
    for listed in contracts.rows {
        let page = service_record::contract(record, &OWNER, authority.id, listed.vehicle.id, None).await?;
        members.extend(page.members.iter().map(|known| known.fact.provider));
    }
    let largest = members.into_iter().max_by_key(|id| (homes.get(id).copied().unwrap_or(0), *id));
    largest.context("no contract of the demonstration has a member")
}

/// Makes them.
pub(super) async fn somebody(record: &Record, authority: &Authority, role: Role) -> anyhow::Result<(Invented, Id<Person>)> {
    let (name, email) = (format!("Invented {}", role.words().to_lowercase()), format!("{role}@example.gov.uk"));
    let provider = largest(record, authority).await?;
    let new = NewProviderUser { name: &name, email: &email, provider, password: Some(PASSWORD) };
    let person = people::join_provider(record, &OWNER, authority, &new).await?;
    Ok((Invented { name: person.name, email, role: role.words().to_owned(), password: PASSWORD.to_owned() }, person.id))
}
