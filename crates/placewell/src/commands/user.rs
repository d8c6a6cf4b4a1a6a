//! `placewell user add`: the first administrator, who invites everybody else from a page. `placewell user reset`: what no administrator may do, for somebody
//! who has a part at several authorities. `placewell user token`: by what programs act for people.

use std::collections::BTreeSet;
use std::path::Path;

use domain::access::Role;
use service::people::{self, NewToken, NewUser, ProgramToken};
use service::record::Instant;

use crate::cli::user::{UserAdd, UserReset, UserToken};
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

pub(crate) fn token(home: &Path, args: &UserToken) -> anyhow::Result<()> {
    let roles: BTreeSet<Role> = args.roles.iter().map(|word| word.parse()).collect::<Result<_, _>>()?;
    let words = on(home, &args.record, async |record| {
        let authority = service::record::authority(record, &OWNER, &args.authority).await?;
        let all = people::users(record, &OWNER, &authority).await?;
        let email = args.email.trim().to_lowercase();
        let found = all.into_iter().find(|(known, _)| known.person.email == email);
        let Some((known, _)) = found else { anyhow::bail!("Nobody at {} signs in with {}.", authority.name, args.email) };
        let person = known.person;
        if let Some(name) = &args.name {
            let new = NewToken { name, roles, days: args.days };
            let token = people::make_token(record, &OWNER, &authority, person.id, &new).await?;
            return Ok(format!("This token acts for {} for {} days. It is not shown again:\n{}", person.name, args.days, token.secret()));
        }
        let tokens = people::program_tokens(record, &OWNER, &authority, person.id).await?;
        let Some(name) = &args.end else { return Ok(listed(&person.name, &tokens, |at| record.spoken(at))) };
        let Some(token) = tokens.iter().find(|token| token.name == *name) else {
            anyhow::bail!("{} has no token of the name {name}.", person.name)
        };
        people::end_token(record, &OWNER, &authority, person.id, token.id).await?;
        Ok(format!("The token {name} of {} opens nothing any more.", person.name))
    })?;
    output::answer(&words)?;
    Ok(())
}

/// The tokens of somebody, one a line.
fn listed(person: &str, tokens: &[ProgramToken], spoken: impl Fn(Instant) -> String) -> String {
    let line = |token: &ProgramToken| {
        let roles = token.roles.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let seen = token.seen_at.map_or_else(|| "never used".to_owned(), |at| format!("last used {}", spoken(at)));
        format!("\n{}: {roles}, {seen}, ends {}", token.name, spoken(token.ends_at))
    };
    if tokens.is_empty() {
        format!("{person} has no token.")
    } else {
        format!("Tokens of {person}:{}", tokens.iter().map(line).collect::<String>())
    }
}
