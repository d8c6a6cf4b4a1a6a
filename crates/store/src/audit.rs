//! The log of every change, in which each entry is sealed over the one before it.
//!
//! A seal is an HMAC with a key that lies outside the database: whoever alters, drops or reorders entries there cannot make it fit again. What a chain
//! cannot show by itself, that its end was cut off, shows against a head that was published elsewhere.

use domain::access::{Action, Who};
use domain::authority::Authority;
use domain::id::Id;
use domain::person::Person;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::Error;
use crate::change::{Detail, Event};
use crate::db::{Keys, Tx, View};
use crate::statement::sql;
use crate::types::{Instant, Key, Text};

/// Entries looked at in one go.
const PAGE: i64 = 1000;

/// One entry of the log, as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number among the changes of its authority, from 1.
    pub seq: i64,
    /// When it was recorded.
    pub at: Instant,
    /// Who did it: a person's name, or what the machine was doing.
    pub who: String,
    /// What was done.
    pub action: Action,
    /// Why.
    pub reason: String,
    /// What a reader said they needed it for.
    pub purpose: Option<String>,
}

/// What is wrong with the log, and where first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// An entry is missing before this one.
    Missing(i64),
    /// This entry is not as it was written.
    Altered(i64),
    /// What this entry's change made of its rows is not as it was written.
    DetailAltered(i64),
    /// The log ends at this entry, and should not.
    CutOff(i64),
}

/// A log that holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// Its entries.
    pub entries: i64,
    /// Entries whose detail was erased.
    pub erased: i64,
}

/// Where the log of an authority ends.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Head {
    seq: i64,
    seal: Vec<u8>,
    /// When its last entry was recorded.
    pub(crate) at: Instant,
}

#[derive(sqlx::FromRow)]
struct Link {
    change_id: Key<Event>,
    seq: i64,
    at: Instant,
    person: Option<Key<Person>>,
    machine: Option<String>,
    action: Text<Action>,
    subject_kind: String,
    subject: String,
    reason: String,
    purpose: Option<String>,
    detail_hash: Vec<u8>,
    seal: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct DetailRow {
    table_name: String,
    row_id: String,
    before: Option<String>,
    after: Option<String>,
}

/// Where the log ends now, locked until the change is kept or dropped: on PostgreSQL by touching the one row of the head, on SQLite the change holds the
/// only lock there is.
pub(crate) async fn head(tx: &mut Tx) -> Result<Option<Head>, Error> {
    let authority = Key(tx.permit().authority());
    tx.maybe(sql!("UPDATE audit_head SET seq = seq WHERE authority = $1 RETURNING seq, seal, at"), &[&authority]).await
}

/// Adds the entry of a change, inside it, after the head that was found when it began.
pub(crate) async fn append(tx: &mut Tx, begun: Option<Head>, event: &Event, details: &[Detail]) -> Result<i64, Error> {
    let authority = Key(tx.permit().authority());
    let head = match begun {
        Some(head) => head,
        // The change opened this log.
        None => tx.one(sql!("SELECT seq, seal, at FROM audit_head WHERE authority = $1"), &[&authority]).await?,
    };
    let rows: Vec<DetailRow> = details.iter().map(written).collect();
    let (person, machine) = match tx.permit().who() {
        Who::Person(person) => (Some(Key(person)), None),
        Who::Machine(doing) => (None, Some(doing.to_owned())),
        Who::Nobody => (None, None),
    };
    let mut link = Link {
        change_id: Key(tx.moment().change),
        seq: head.seq + 1,
        at: tx.moment().at,
        person,
        machine,
        action: Text(tx.permit().action()),
        subject_kind: event.subject_kind.to_owned(),
        subject: event.subject.clone(),
        reason: event.reason.clone(),
        purpose: tx.permit().purpose().map(str::to_owned),
        detail_hash: detail_hash(tx.keys(), &rows),
        seal: Vec::new(),
    };
    link.seal = seal(tx.keys(), tx.permit().authority(), &head.seal, &link);
    tx.run(
        sql!("INSERT INTO audit (change_id, authority, seq, at, person, machine, action, subject_kind, subject, reason, purpose, detail_hash, seal)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"),
        &[
            &link.change_id,
            &authority,
            &link.seq,
            &link.at,
            &link.person,
            &link.machine,
            &link.action,
            &link.subject_kind,
            &link.subject,
            &link.reason,
            &link.purpose,
            &link.detail_hash,
            &link.seal,
        ],
    )
    .await?;
    for (position, row) in (0i64..).zip(&rows) {
        tx.run(
            sql!("INSERT INTO audit_detail (change_id, position, table_name, row_id, before, after) VALUES ($1, $2, $3, $4, $5, $6)"),
            &[&link.change_id, &position, &row.table_name, &row.row_id, &row.before, &row.after],
        )
        .await?;
    }
    tx.run(sql!("UPDATE audit_head SET seq = $2, seal = $3, at = $4 WHERE authority = $1"), &[&authority, &link.seq, &link.seal, &link.at])
        .await?;
    Ok(link.seq)
}

fn written(detail: &Detail) -> DetailRow {
    let text = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
    DetailRow { table_name: detail.table.to_owned(), row_id: detail.row.clone(), before: text(&detail.before), after: text(&detail.after) }
}

/// Walks an authority's log from its first entry to its last.
///
/// # Errors
/// Those of the database; a log that does not hold is an answer, not an error.
pub async fn verify(view: &mut View, keys: &Keys) -> Result<Result<Whole, Broken>, Error> {
    let authority = view.permit().authority();
    let mut whole = Whole::default();
    let mut previous = Vec::new();
    loop {
        let links: Vec<Link> = view
            .all(
                sql!(
                    "SELECT change_id, seq, at, person, machine, action, subject_kind, subject, reason, purpose, detail_hash, seal
                      FROM audit WHERE authority = $1 AND seq > $2 ORDER BY seq LIMIT $3"
                ),
                &[&Key(authority), &whole.entries, &PAGE],
            )
            .await?;
        for link in &links {
            if link.seq != whole.entries + 1 {
                return Ok(Err(Broken::Missing(link.seq)));
            }
            if seal(keys, authority, &previous, link) != link.seal {
                return Ok(Err(Broken::Altered(link.seq)));
            }
            let rows: Vec<DetailRow> = view
                .all(
                    sql!("SELECT table_name, row_id, before, after FROM audit_detail WHERE change_id = $1 ORDER BY position"),
                    &[&link.change_id],
                )
                .await?;
            if detail_hash(keys, &rows) != link.detail_hash {
                if !rows.is_empty() {
                    return Ok(Err(Broken::DetailAltered(link.seq)));
                }
                whole.erased += 1;
            }
            whole.entries = link.seq;
            previous.clone_from(&link.seal);
        }
        if (links.len() as i64) < PAGE {
            break;
        }
    }
    let head: Option<Head> = view.maybe(sql!("SELECT seq, seal, at FROM audit_head WHERE authority = $1"), &[&Key(authority)]).await?;
    let ends_there = head.is_some_and(|head| head.seq == whole.entries && head.seal == previous);
    Ok(if ends_there { Ok(whole) } else { Err(Broken::CutOff(whole.entries)) })
}

/// The changes and readings of one thing, newest first.
pub async fn history_of(view: &mut View, subject_kind: &'static str, subject: &str) -> Result<Vec<Entry>, Error> {
    #[derive(sqlx::FromRow)]
    struct Found {
        seq: i64,
        at: Instant,
        who: Option<String>,
        action: Text<Action>,
        reason: String,
        purpose: Option<String>,
    }
    let found: Vec<Found> = view
        .all(
            sql!(
                "SELECT a.seq, a.at, coalesce(p.name, a.machine) AS who, a.action, a.reason, a.purpose
                  FROM audit a LEFT JOIN person p ON p.id = a.person
                  WHERE a.authority = $1 AND a.subject_kind = $2 AND a.subject = $3 ORDER BY a.seq DESC"
            ),
            &[&Key(view.permit().authority()), &subject_kind.to_owned(), &subject.to_owned()],
        )
        .await?;
    let entry = |row: Found| Entry {
        seq: row.seq,
        at: row.at,
        who: row.who.unwrap_or_else(|| "nobody signed in".to_owned()),
        action: row.action.0,
        reason: row.reason,
        purpose: row.purpose,
    };
    Ok(found.into_iter().map(entry).collect())
}

/// The seal of an entry over the one before. Each part goes in with its length, so that no two entries read alike.
fn seal(keys: &Keys, authority: Id<Authority>, previous: &[u8], link: &Link) -> Vec<u8> {
    let absent = |text: &Option<String>| text.as_ref().map(|text| format!("+{text}")).unwrap_or_default();
    let parts = [
        previous.to_vec(),
        authority.to_string().into_bytes(),
        link.change_id.0.to_string().into_bytes(),
        link.seq.to_string().into_bytes(),
        link.at.to_string().into_bytes(),
        absent(&link.person.map(|person| person.0.to_string())).into_bytes(),
        absent(&link.machine).into_bytes(),
        link.action.0.name().as_bytes().to_vec(),
        link.subject_kind.clone().into_bytes(),
        link.subject.clone().into_bytes(),
        link.reason.clone().into_bytes(),
        absent(&link.purpose).into_bytes(),
        link.detail_hash.clone(),
    ];
    sealed(keys, "entry", &parts)
}

/// What a change made of its rows. Under the key too: whoever has a copy of a log whose detail was erased cannot guess it back.
fn detail_hash(keys: &Keys, rows: &[DetailRow]) -> Vec<u8> {
    let cells = rows.iter().flat_map(|row| [Some(&row.table_name), Some(&row.row_id), row.before.as_ref(), row.after.as_ref()]);
    let parts: Vec<Vec<u8>> = cells.map(|cell| cell.map(|text| format!("+{text}")).unwrap_or_default().into_bytes()).collect();
    sealed(keys, "detail", &parts)
}

/// A seal over some parts, each with its length, for one use of the key.
pub(crate) fn sealed(keys: &Keys, what_for: &str, parts: &[Vec<u8>]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new(keys.audit().into());
    for part in std::iter::once(what_for.as_bytes()).chain(parts.iter().map(Vec::as_slice)) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}
