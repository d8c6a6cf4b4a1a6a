//! The record behind these pages, and what people type to reach them.

use std::net::IpAddr;

use service::people::SignOn;
use service::record::{Authority, Record};

/// A record that people sign in to.
#[derive(Clone, Debug)]
pub struct Opened {
    pub(crate) record: Record,
    /// Whose record these pages are for; it is theirs whose returns are shown, too.
    pub(crate) authority: Authority,
    /// What people type before the path: `https://placewell.example.gov.uk`. Nothing at this machine alone.
    pub(crate) address: Option<String>,
    /// The machines in front of this one that take requests in by TLS and pass them on.
    pub(crate) proxies: Vec<IpAddr>,
    /// Whether a password alone is enough.
    pub(crate) factor: SecondFactor,
    /// Whether mail goes out.
    pub(crate) post: Post,
    /// The organisation's own sign-in, where there is one.
    pub(crate) sign_on: Option<SignOn>,
    /// Whom people ask about what is held of them, in the authority's own words: for the privacy notice.
    pub(crate) contact: Option<String>,
    /// Fictitious people and their password, shown where one signs in: a demonstration alone has them.
    pub(crate) invented: Vec<Invented>,
}

/// Whether people need a second factor beside their password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// Whoever has none sets one up before they see anything.
    Required,
    /// Whoever wants one sets one up.
    Offered,
}

/// Whether there is a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    /// Links are mailed to whom they are for.
    On,
    /// Links are shown to the administrator who makes them, to be handed on.
    Off,
}

/// A fictitious person of a demonstration.
#[derive(Clone, Debug)]
pub struct Invented {
    /// What they are called.
    pub name: String,
    /// What they sign in with.
    pub email: String,
    /// What they are, in words.
    pub role: String,
    /// The password, which everybody may know.
    pub password: String,
}

impl Opened {
    /// For whoever sits at this machine.
    pub const fn here(record: Record, authority: Authority) -> Self {
        Self {
            record,
            authority,
            address: None,
            proxies: Vec::new(),
            factor: SecondFactor::Required,
            post: Post::Off,
            sign_on: None,
            contact: None,
            invented: Vec::new(),
        }
    }

    /// The same, for people who reach it at an address by TLS, which these machines in front take off.
    #[must_use]
    pub fn at(self, address: String, proxies: Vec<IpAddr>) -> Self {
        Self { address: Some(address), proxies, ..self }
    }

    /// The same, with this asked of everybody.
    #[must_use]
    pub fn asking(self, factor: SecondFactor) -> Self {
        Self { factor, ..self }
    }

    /// The same, with mail going out or not.
    #[must_use]
    pub fn mailing(self, post: Post) -> Self {
        Self { post, ..self }
    }

    /// The same, with the organisation's own sign-in.
    #[must_use]
    pub fn with_sign_on(self, sign_on: SignOn) -> Self {
        Self { sign_on: Some(sign_on), ..self }
    }

    /// The same, for a demonstration with these people.
    #[must_use]
    pub fn with_invented(self, invented: Vec<Invented>) -> Self {
        Self { invented, ..self }
    }

    /// The same, with whom people ask about what is held of them.
    #[must_use]
    pub fn answering_for_data(self, contact: String) -> Self {
        Self { contact: Some(contact), ..self }
    }

    /// The same, for those who work for another authority of the same database.
    pub(crate) fn of(&self, authority: Authority) -> Self {
        Self { authority, contact: None, ..self.clone() }
    }

    /// Whether browsers reach it by TLS alone.
    pub(crate) fn is_secure(&self) -> bool {
        self.address.as_ref().is_some_and(|address| address.starts_with("https://"))
    }

    /// The host that requests must name; nothing where it is this machine's.
    pub(crate) fn host(&self) -> Option<&str> {
        self.address.as_deref().and_then(|address| address.split_once("://")).map(|(_, host)| host.trim_end_matches('/'))
    }
}
