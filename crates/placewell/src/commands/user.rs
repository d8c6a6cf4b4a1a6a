//! `placewell user add`: the first administrator, who invites everybody else from a page.

use std::collections::BTreeSet;
use std::path::Path;

use domain::access::Role;
use service::people::{self, NewUser};

use crate::cli::record::UserAdd;
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
    output::answer(&token.map_or_else(
        || format!("{name} signs in at {address} as they do already."),
        |token| format!("{name} chooses a password at this address, once and within seven days:\n{address}/link/{}", token.secret()),
    ))?;
    Ok(())
}
