//! The record behind the web app: opened for `serve`, made for `demo`.

use std::collections::BTreeSet;
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use domain::Id;
use domain::access::Role;
use domain::person::Person;
use network::smtp::Server;
use serde::Deserialize;
use service::holdings::{self, Holding};
use service::people::{self, NewUser};
use service::record::{self as service_record, Authority, Choice, News, Record};
use web::{Invented, Opened, Post, SecondFactor};

use crate::commands::alone::{self, Alone};
use crate::commands::courier::Courier;
use crate::commands::record::{OWNER, now};
use crate::commands::{file, furnish, seal};

mod cases;
mod decisions;
mod households;
mod provider;

/// `[record]` in the configuration of `serve`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    /// `sqlite://FILE` or `postgres://…`; `record.db` in the home folder if it is left out.
    database: Option<String>,
    /// The key that seals the log; `seal.key` in the home folder if it is left out.
    seal_key: Option<PathBuf>,
    /// What people type to reach these pages: `https://placewell.example.gov.uk`.
    address: Option<String>,
    /// The machines that take requests in by TLS and pass them on.
    #[serde(default)]
    proxies: Vec<IpAddr>,
    /// `required` of everybody, unless it says `offered`.
    second_factor: Option<Asked>,
    /// Whom people ask about what is held of them, as the privacy notice says it.
    privacy_contact: Option<String>,
}

/// Whether people need a second factor.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Asked {
    Required,
    Offered,
}

impl Kept {
    /// The mark that this process serves it, to be held for as long as it does.
    pub(crate) fn alone(&self, home: &Path) -> anyhow::Result<Alone> {
        alone::held(&self.database(home))
    }

    fn database(&self, home: &Path) -> String {
        self.database.clone().unwrap_or_else(|| format!("sqlite://{}", home.join("record.db").display()))
    }

    /// The same with the key's file meant from where the configuration lies.
    pub(crate) fn beside(self, beside: impl Fn(PathBuf) -> PathBuf) -> Self {
        Self { seal_key: self.seal_key.map(beside), ..self }
    }
}

/// Whether pages may be put on this address.
///
/// # Errors
/// Why not, and what to do.
pub(crate) fn may_listen(listen: SocketAddr, kept: Option<&Kept>) -> Result<(), String> {
    let address = kept.and_then(|kept| kept.address.as_deref());
    if let Some(address) = address {
        let host = address.strip_prefix("https://").map(|host| host.trim_end_matches('/'));
        if host.is_none_or(|host| host.is_empty() || host.contains(['/', '?', '#', '@', ' '])) {
            return Err(format!(
                "address = \"{address}\" is not one that people can sign in at. Write https:// and the name of the host, and no path."
            ));
        }
        if kept.is_none_or(|kept| kept.proxies.is_empty()) {
            return Err(
                "address is reached by TLS, which a proxy in front takes off. Name its IP address: proxies = [\"127.0.0.1\"].".to_owned()
            );
        }
    }
    match (listen.ip().is_loopback(), kept, address) {
        (true, ..) | (false, Some(_), Some(_)) => Ok(()),
        (false, None, _) => Err(format!(
            "listen = \"{listen}\" would show the returns to the network. Without a [record] nobody signs in: use 127.0.0.1, or give it one."
        )),
        (false, Some(_), None) => Err(format!(
            "listen = \"{listen}\" would send passwords over the network in the clear. Put a proxy in front that speaks TLS, and name it: \
             address = \"https://…\" and proxies = [\"…\"] under [record]."
        )),
    }
}

/// The record that the configuration names, for the authority whose pages these are, and what carries its mail. `here` is where it listens.
pub(crate) async fn opened(
    home: &Path,
    kept: Kept,
    site: &str,
    here: SocketAddr,
    server: Option<Server>,
) -> anyhow::Result<(Opened, Courier)> {
    let database = kept.database(home);
    let key = seal::read(&kept.seal_key.unwrap_or_else(|| home.join("seal.key")))?;
    let record = Record::connect(&database, key, now, seal::chance).await?;
    record.ready().await?;
    let authority = service_record::opened(&record, &OWNER, site).await?;
    let address = kept.address.as_ref().map_or_else(|| format!("http://{here}"), |address| address.trim_end_matches('/').to_owned());
    let post = if server.is_some() { Post::On } else { Post::Off };
    let courier = Courier { record: record.clone(), authority: authority.clone(), server, address };
    let opened = match kept.second_factor {
        Some(Asked::Offered) => Opened::here(record, authority).asking(SecondFactor::Offered),
        Some(Asked::Required) | None => Opened::here(record, authority),
    };
    let opened = opened.mailing(post);
    let opened = match kept.privacy_contact {
        Some(contact) => opened.answering_for_data(contact),
        None => opened,
    };
    let opened = match kept.address {
        Some(address) => opened.at(address, kept.proxies),
        None => opened,
    };
    Ok((opened, courier))
}

/// The password of everybody in the demonstration. It opens nothing but invented lives on the machine that made them.
const PASSWORD: &str = "made-up children only";

/// The returns of the example authority, all its years, as they would be without the faults that the room of returns has to mend: a record takes none of
/// those.
fn clean(place: &Path, name: &str) -> anyhow::Result<Holding> {
    let folder = place.join("returns");
    let written = example::write(&folder, &example::Settings::default(), None)?;
    let path = folder.join(written.authorities.first().map_or(name, String::as_str));
    Ok(holdings::open(holdings::Folder { path, authority: Some(name.to_owned()), year: None })?)
}

/// The record of the example authority, made anew with its returns, its homes and somebody of each role in it.
pub(crate) async fn invented(folder: &Path, name: &str, here: SocketAddr) -> anyhow::Result<(Opened, Courier)> {
    let place = folder.join("record");
    if place.exists() {
        fs::remove_dir_all(&place)
            .map_err(|fault| anyhow::anyhow!("{} cannot be made anew: {}.", place.display(), file::reason(&fault)))?;
    }
    let key = seal::found_or_made(&place.join("seal.key"))?;
    let database = place.join("record.db");
    seal::private(&database)?;
    let address = format!("sqlite://{}", database.display());
    // The returns came in on the day that they end with, so that the record can be seen as it was in March.
    let record = Record::connect(&address, key, in_march, seal::chance).await?;
    record.migrate().await?;
    let authority = service_record::opened(&record, &OWNER, name).await?;
    let holding = clean(&place, name)?;
    service_record::import(&record, &OWNER, &authority, &holding, Choice::Keep).await?;
    let homes = file::read(&folder.join(name).join("settings.csv"))?;
    service_record::take_register(&record, &OWNER, authority.id, ("settings.csv", &homes), News::Add).await?;
    let households = file::read(&folder.join(name).join("foster_homes.csv"))?;
    service_record::take_foster_homes(&record, &OWNER, authority.id, ("foster_homes.csv", &households), Choice::Keep).await?;
    furnish::furnish(&record, &authority, &homes).await?;
    record.close().await;
    let record = Record::connect(&address, key, now, seal::chance).await?;
    let mut everybody = Vec::new();
    let mut people = Vec::new();
    for role in Role::ALL {
        let (shown, person) = if role.is_of_authority() {
            somebody(&record, &authority, role).await?
        } else {
            provider::somebody(&record, &authority, role).await?
        };
        everybody.push(shown);
        people.push((role, person));
    }
    for (role, many) in STAFF {
        for number in 2..=many {
            people.push((role, colleague(&record, &authority, role, number).await?));
        }
    }
    let children = cases::furnish(&record, &authority, &people).await?;
    households::furnish(&record, &authority).await?;
    decisions::furnish(&record, &authority, &people, &children).await?;
    let courier = Courier { record: record.clone(), authority: authority.clone(), server: None, address: format!("http://{here}") };
    Ok((Opened::here(record, authority).asking(SecondFactor::Offered).with_invented(everybody), courier))
}

/// With those who can sign in, as many as an authority has for 800 children in care: everybody there has a social worker and a reviewing officer; and the
/// second person of finance whom a change of bank details takes.
const STAFF: [(Role, u32); 3] = [(Role::SocialWorker, 44), (Role::IndependentReviewingOfficer, 12), (Role::FinanceOfficer, 2)];

/// Somebody who works with children and never signs in.
async fn colleague(record: &Record, authority: &Authority, role: Role, number: u32) -> anyhow::Result<Id<Person>> {
    let name = format!("Invented {} {number}", role.words().to_lowercase());
    let new = NewUser { name: &name, email: &format!("{role}.{number}@example.gov.uk"), roles: BTreeSet::from([role]), password: None };
    Ok(people::add(record, &OWNER, authority, &new).await?.id)
}

/// The morning of 31 March 2026.
fn in_march() -> jiff::Timestamp {
    jiff::Timestamp::constant(1_774_944_000, 0)
}

async fn somebody(record: &Record, authority: &Authority, role: Role) -> anyhow::Result<(Invented, Id<Person>)> {
    let email = format!("{role}@example.gov.uk");
    let new = NewUser {
        name: &format!("Invented {}", role.words().to_lowercase()),
        email: &email,
        roles: BTreeSet::from([role]),
        password: Some(PASSWORD),
    };
    let person = people::add(record, &OWNER, authority, &new).await?;
    Ok((Invented { name: person.name, email, role: role.words().to_owned(), password: PASSWORD.to_owned() }, person.id))
}

/// Who can sign in to a demonstration, for the terminal.
pub(crate) fn named() -> String {
    let roles = Role::ALL.map(|role| format!("{role}@example.gov.uk")).join("\n  ");
    format!("Sign in as one of these, with the password “{PASSWORD}”:\n  {roles}")
}
