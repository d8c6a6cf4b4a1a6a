//! `placewell user add`: the first administrator, who invites everybody else from a page. `placewell user reset`: what no administrator may do, for somebody
//! who has a part at several authorities.

use std::collections::BTreeSet;
use std::path::Path;

use domain::access::Role;
use service::people::{self, NewUser};

use crate::cli::record::{UserAdd, UserReset};
use crate::commands::record::{OWNER, on};
use crate::output;

pub(crate) fn add(home: &Path, args: &UserAdd) -> anyhow::Result<()> {
    let roles: BTreeSet<Role> = args.roles.iter().map(|word| word.parse()).collect::<Result<_, _>>()?;
    let (person, token) = on(home, &args.record, async |record| {
        let authority = service::record::opened(record, &OWNER, &args.authority).await?;
        let new = NewUser { name: &args.name, email: &args.email, roles, password: None };
        Ok(people::invite(record, &OWNER, &authority, &new).await?)
    })?;
    let (name, address) = (person.name, args.address.trim_end_matches('/'));
    output::answer(&format!("{name} chooses a password at this address, once and within seven days:\n{address}/link/{}", token.secret()))?;
    Ok(())
}

pub(crate) fn reset(home: &Path, args: &UserReset) -> anyhow::Result<()> {
    let (person, token) = on(home, &args.record, async |record| {
        let authority = service::record::authority(record, &OWNER, &args.authority).await?;
        Ok(people::reset(record, &OWNER, &authority, &args.email).await?)
    })?;
    let address = args.address.trim_end_matches('/');
    output::answer(&format!(
        "{} is signed out everywhere; no password and no second factor of theirs works any more. They choose a password at this address, once and within an hour:\n{address}/link/{}",
        person.name,
        token.secret()
    ))?;
    Ok(())
}
