//! What people are told: in the app, each thing once, and by mail, from an outbox that is written in the transaction of the change.
//!
//! Neither ever holds personal data: a sentence, and a link to a page that asks who is there.

mod daily;
mod deliver;
mod own;

use domain::Id;
use domain::person::Person;
use store::Tx;
use store::mail::Mail;
use store::notice::{self, Choice};

pub use daily::{Told, daily};
pub use deliver::{Delivered, deliver, standing};
pub use own::{choose, chosen, notices, read_all};
pub use store::mail::Outbox;
pub use store::notice::{Choice as MailChoice, Notice};

use crate::Error;
use crate::people::{Token, secret};
use crate::record::Record;

/// What somebody is told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// They were invited.
    Invitation,
    /// They asked for a link to choose another password.
    Recovery,
    /// Something happened to a home that somebody must look at.
    Alert,
    /// A case was opened in need.
    OpenedCase,
    /// How many duties are due and overdue.
    Duties,
    /// Soon nobody can decide for an office.
    Office,
    /// What is new since yesterday, all together.
    Digest,
}

impl Kind {
    /// The word of the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Recovery => "recovery",
            Self::Alert => "alert",
            Self::OpenedCase => "opened-case",
            Self::Duties => "duties",
            Self::Office => "office",
            Self::Digest => "digest",
        }
    }
}

/// What is told: the sentence, where it is looked at, and what makes it the same thing.
#[derive(Clone, Debug)]
pub(crate) struct News<'a> {
    pub(crate) kind: Kind,
    pub(crate) event: &'a str,
    pub(crate) words: &'a str,
    pub(crate) path: &'a str,
}

/// Tells people something in the change that brought it about: in the app, and by mail at once unless they want a digest. Nobody is told the same twice;
/// gives to how many it was news.
pub(crate) async fn tell(record: &Record, tx: &mut Tx, people: &[Id<Person>], news: &News<'_>) -> Result<usize, Error> {
    let mut told = 0;
    for person in people {
        let made_at = tx.moment().at;
        let notice = notice::Notice {
            id: record.id(),
            person: *person,
            kind: news.kind.word().to_owned(),
            event: news.event.to_owned(),
            words: news.words.to_owned(),
            path: news.path.to_owned(),
            made_at,
            read_at: None,
        };
        if notice::add(tx, &notice).await? {
            told += 1;
            if notice::choice(tx, *person).await? == Choice::Each {
                mail(record, tx, *person, news, None).await?;
            }
        }
    }
    Ok(told)
}

/// Writes a mail, with the secret of a link sealed.
pub(crate) async fn mail(record: &Record, tx: &mut Tx, person: Id<Person>, news: &News<'_>, link: Option<Token>) -> Result<bool, Error> {
    let id = record.id();
    let mail = Mail {
        id,
        person,
        kind: news.kind.word().to_owned(),
        event: news.event.to_owned(),
        words: news.words.to_owned(),
        path: news.path.to_owned(),
        secret: link.map(|token| secret::sealed(record, id.uuid().as_bytes(), token.secret().as_bytes())).transpose()?,
    };
    Ok(store::mail::add(tx, &mail).await?)
}
