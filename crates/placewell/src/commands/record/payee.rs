//! `placewell record payee`: to which account a provider is paid, by the last four figures. Two people who are signed in change it, and no command.

use std::path::Path;

use service::record::lists::ProviderFilter;
use service::record::{self as service_record, Payees, ShownPayee};
use web::api::payee::Payees as Json;

use super::registers::grid;
use super::{OWNER, on};
use crate::cli::record::Payee;
use crate::output;

pub(crate) fn show(home: &Path, args: &Payee) -> anyhow::Result<()> {
    let filter = ProviderFilter { search: Some(args.provider.clone()), ..ProviderFilter::default() };
    let known: Payees = on(home, &args.asked.record, async |record| {
        let authority = service_record::authority(record, &OWNER, &args.asked.authority).await?;
        let found = service_record::providers(record, &OWNER, authority.id, &filter, None, 20).await?;
        let exactly = found.rows.iter().find(|one| one.provider.name.eq_ignore_ascii_case(args.provider.trim()));
        let provider = match (exactly, found.rows.as_slice()) {
            (Some(one), _) | (None, [one]) => one.provider.id,
            (None, []) => anyhow::bail!("There is no provider called “{}”.", args.provider),
            (None, several) => {
                let names: Vec<&str> = several.iter().map(|one| one.provider.name.as_str()).collect();
                anyhow::bail!("Several providers are called so: {}. Write the whole name of one.", names.join(", "))
            }
        };
        Ok(service_record::payees(record, &OWNER, authority.id, provider).await?)
    })?;
    let row = |one: &ShownPayee| {
        let decided = one.decided_by.clone().unwrap_or_default();
        vec![one.proposed_at.to_string(), one.ending.clone(), one.state.label().to_owned(), one.proposed_by.clone(), decided]
    };
    let grid = grid(&["proposed", "ending", "state", "by", "decided by"], known.all.iter().map(row).collect(), usize::MAX);
    let words = match (known.in_force(), known.waiting()) {
        (None, None) => format!("{}: no account is on record.", known.provider.name),
        (Some(one), None) => format!("{}: paid to the account ending {}.", known.provider.name, one.ending),
        (now, Some(one)) => {
            let now = now.map_or_else(|| "no account yet".to_owned(), |now| format!("the account ending {}", now.ending));
            format!("{}: paid to {now}; the one ending {} waits for a second person.", known.provider.name, one.ending)
        }
    };
    output::print(args.asked.format, &Json::new(&known), &grid, &words)
}
