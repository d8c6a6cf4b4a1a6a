//! The outbox, emptied: each mail is taken by one worker, handed to the server, and tried again later if that fails.

use std::time::{Duration, SystemTime};

use jiff::SignedDuration;
use network::smtp::{Failure, Letter, Server};
use store::Instant;
use store::mail::{self, Fate, Outbox, Taken};

use super::Kind;
use crate::Error;
use crate::people::{program, secret};
use crate::record::{Authority, Record};

/// A mail that a worker took and never settled, because it was killed, is tried again after so long.
const FORSAKEN: SignedDuration = SignedDuration::from_mins(10);

/// What could not be sent for so long is news no more.
const STALE: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Mails that go out in one round, so that a worker looks up from time to time.
const ROUND: usize = 100;

/// What one round did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Taken by the server.
    pub sent: usize,
    /// To be tried again.
    pub again: usize,
    /// Given up.
    pub given_up: usize,
    /// Why the server took nothing, in its own words about us: what is left waits for another round.
    pub shut: Option<String>,
}

/// Hands what waits in an authority's outbox to the mail server. `address` is what people type to reach the pages. A server that takes nothing from us
/// is not asked for every letter anew.
///
/// # Errors
/// Those of the database; a server that fails is no error.
pub async fn deliver(record: &Record, site: &Authority, server: &Server, address: &str) -> Result<Delivered, Error> {
    let mut delivered = Delivered::default();
    for _ in 0..ROUND {
        let moment = record.moment();
        let again = Instant::new(moment.at.timestamp() + FORSAKEN);
        let Some(taken) = mail::take(&record.db, program("send mail", site.id)?, moment, again).await? else { break };
        let fate = match letter(record, site, &taken, address) {
            // A record that stood still for days, and is served again, tells nobody of what they know by now.
            _ if is_stale(record, &taken) => Fate::GivenUp("it waited for three days before it was tried".to_owned()),
            Some(letter) => match server.send(&letter).await {
                Ok(()) => Fate::Sent,
                Err(Failure::Never(why)) => Fate::GivenUp(why),
                Err(Failure::Later(why)) => later(record, &taken, why),
                Err(Failure::Shut(why)) => {
                    delivered.shut = Some(why.clone());
                    later(record, &taken, why)
                }
            },
            None => Fate::GivenUp("its link was sealed with another key".to_owned()),
        };
        match fate {
            Fate::Sent => delivered.sent += 1,
            Fate::Again(..) => delivered.again += 1,
            Fate::GivenUp(_) => delivered.given_up += 1,
        }
        mail::settle(&record.db, program("send mail", site.id)?, record.moment(), taken.mail.id, &fate).await?;
        if delivered.shut.is_some() {
            break;
        }
    }
    Ok(delivered)
}

/// How an authority's outbox stands, for whoever runs the machine: counts alone.
///
/// # Errors
/// Those of the database.
pub async fn standing(record: &Record, site: &Authority) -> Result<Outbox, Error> {
    let mut view = record.db.read(program("count mail", site.id)?).await?;
    Ok(mail::standing(&mut view).await?)
}

fn is_stale(record: &Record, taken: &Taken) -> bool {
    record.now().timestamp().duration_since(taken.made_at.timestamp()) >= STALE
}

/// Tried again after one minute, then two, four, up to two hours, for three days.
fn later(record: &Record, taken: &Taken, why: String) -> Fate {
    if is_stale(record, taken) {
        return Fate::GivenUp(why);
    }
    Fate::Again(Instant::new(record.now().timestamp() + wait(taken.attempts)), why)
}

fn wait(attempts: i64) -> SignedDuration {
    let minutes = 2_i64.saturating_pow(attempts.clamp(1, 8) as u32 - 1).min(120);
    SignedDuration::from_mins(minutes)
}

/// The words of a mail: its sentence, its link, and why it came. Nothing in it says about whom.
fn letter(record: &Record, site: &Authority, taken: &Taken, address: &str) -> Option<Letter> {
    let Taken { mail, to, made_at, .. } = taken;
    let link = match &mail.secret {
        Some(sealed) => String::from_utf8(secret::unsealed(record, mail.id.uuid().as_bytes(), sealed)?).ok()?,
        None => String::new(),
    };
    let why = if mail.kind == Kind::Invitation.word() || mail.kind == Kind::Recovery.word() {
        "If you did not expect this, leave it: nothing happens unless you follow the link."
    } else {
        "You choose in your account whether such mail comes each time or once a day."
    };
    let text = format!(
        "{}\r\n\r\n{address}{}{link}\r\n\r\n{why}\r\n\r\nPlacewell, {}. Nobody reads answers to this address.\r\n",
        mail.words, mail.path, site.name
    );
    let seconds = u64::try_from(made_at.timestamp().as_second()).unwrap_or_default();
    Some(Letter {
        id: mail.id.to_string(),
        to: to.clone(),
        subject: format!("Placewell: {}", subject(&mail.kind)),
        text,
        at: SystemTime::UNIX_EPOCH + Duration::from_secs(seconds),
    })
}

fn subject(kind: &str) -> &'static str {
    match kind {
        "invitation" => "you are invited",
        "recovery" => "choose another password",
        "alert" => "something to look at",
        "opened-case" => "a case waits for your review",
        "office" => "somebody must be nominated",
        _ => "your day",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_two_hours() {
        assert_eq!([1, 2, 3, 7, 8, 100].map(|attempts| wait(attempts).as_mins()), [1, 2, 4, 64, 120, 120]);
    }
}
