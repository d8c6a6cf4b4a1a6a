//! The log of every change, in which each entry is sealed over the one before it.
//!
//! A seal is an HMAC with a key that lies outside the database: whoever alters, drops or reorders entries there cannot make it fit again. What a chain
//! cannot show by itself, that its end was cut off, shows against a head that was published elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use domain::access::{Action, Who};
use domain::authority::Authority;
use domain::child::Child;
use domain::hexadecimal;
use domain::id::Id;
use domain::person::Person;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::Error;
use crate::change::{Detail, Event};
use crate::db::{Keys, Tx, View};
use crate::statement::{Registered, Statement, quoted, sql};
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// Its entries.
    pub entries: i64,
    /// Entries of which some detail was erased by a rule.
    pub erased: i64,
    /// The seal of the last one: kept elsewhere, it shows later whether the log was cut off or written anew.
    pub seal: Vec<u8>,
}

/// Where a log ended when somebody kept its head elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The number of its last entry then.
    pub seq: i64,
    /// The seal of that entry.
    pub seal: Vec<u8>,
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, hexadecimal::written(&self.seal))
    }
}

/// A text that is no head of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The head must stand as it was printed: a number, a colon and 64 hexadecimal digits.")]
pub struct NoHead;

impl FromStr for Published {
    type Err = NoHead;

    fn from_str(text: &str) -> Result<Self, NoHead> {
        let (seq, digits) = text.trim().split_once(':').ok_or(NoHead)?;
        let seal = hexadecimal::read_exactly::<32>(digits).ok_or(NoHead)?;
        Ok(Self { seq: seq.parse().map_err(|_| NoHead)?, seal: seal.to_vec() })
    }
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
    row_hash: Vec<u8>,
    before: Option<String>,
    after: Option<String>,
    /// By which rule what it says was erased.
    rule: Option<String>,
}

impl DetailRow {
    /// Whether a rule of retention blanked it.
    const fn is_erased(&self) -> bool {
        self.rule.is_some() && self.before.is_none() && self.after.is_none()
    }
}

/// Where the log ends now, locked until the change is kept or dropped: on PostgreSQL by touching the one row of the head, on SQLite the change holds the
/// only lock there is.
pub(crate) async fn head(tx: &mut Tx) -> Result<Option<Head>, Error> {
    let authority = Key(tx.permit().authority());
    tx.maybe(sql!("UPDATE audit_head SET seq = seq WHERE authority = $1 RETURNING seq, seal, at"), &[&authority]).await
}

/// Why a change was made, and by which token where a program made it for somebody.
fn reason(said: &str, token: Option<&str>) -> String {
    match (token, said) {
        (None, said) => said.to_owned(),
        (Some(token), "") => format!("by token {token}"),
        (Some(token), said) => format!("{said} (by token {token})"),
    }
}

/// Adds the entry of a change, inside it, after the head that was found when it began.
pub(crate) async fn append(tx: &mut Tx, begun: Option<Head>, event: &Event, details: &[Detail]) -> Result<i64, Error> {
    let authority = Key(tx.permit().authority());
    let head = match begun {
        Some(head) => head,
        // The change opened this log.
        None => tx.one(sql!("SELECT seq, seal, at FROM audit_head WHERE authority = $1"), &[&authority]).await?,
    };
    let rows: Vec<DetailRow> = details.iter().map(|detail| written(tx.keys(), detail)).collect();
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
        reason: reason(&event.reason, tx.permit().token()),
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
            sql!("INSERT INTO audit_detail (change_id, position, authority, table_name, row_id, row_hash, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
            &[&link.change_id, &position, &authority, &row.table_name, &row.row_id, &row.row_hash, &row.before, &row.after],
        )
        .await?;
    }
    for (kind, subject) in event.concerns.iter().filter(|(kind, subject)| (*kind, subject) != (event.subject_kind, &event.subject)) {
        tx.run(
            sql!("INSERT INTO audit_concern (authority, subject_kind, subject, seq) VALUES ($1, $2, $3, $4)"),
            &[&authority, &(*kind).to_owned(), subject, &link.seq],
        )
        .await?;
    }
    for child in children(event, details) {
        tx.run(sql!("INSERT INTO audit_child (authority, child, seq) VALUES ($1, $2, $3)"), &[&authority, &Key::<Child>(child), &link.seq])
            .await?;
    }
    tx.run(sql!("UPDATE audit_head SET seq = $2, seal = $3, at = $4 WHERE authority = $1"), &[&authority, &link.seq, &link.seal, &link.at])
        .await?;
    Ok(link.seq)
}

fn written(keys: &Keys, detail: &Detail) -> DetailRow {
    let text = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
    let (before, after) = (text(&detail.before), text(&detail.after));
    let mut row =
        DetailRow { table_name: detail.table.to_owned(), row_id: detail.row.clone(), row_hash: Vec::new(), before, after, rule: None };
    row.row_hash = row_hash(keys, &row);
    row
}

/// The children that a change was about: its subject, the rows that are children, and those that name one.
fn children(event: &Event, details: &[Detail]) -> BTreeSet<Id<Child>> {
    let named = |value: &Option<serde_json::Value>| value.as_ref()?.get("child")?.as_str()?.parse().ok();
    let subject = (event.subject_kind == "child").then(|| event.subject.parse().ok()).flatten();
    let rows = details.iter().flat_map(|detail| {
        let itself = (detail.table == "child").then(|| detail.row.parse().ok()).flatten();
        [itself, named(&detail.before), named(&detail.after)]
    });
    rows.chain([subject]).flatten().collect()
}

/// Walks an authority's log from its first entry to its last, past the head that was published elsewhere if there is one.
///
/// # Errors
/// Those of the database; a log that does not hold is an answer, not an error.
pub async fn verify(view: &mut View, keys: &Keys, published: Option<&Published>) -> Result<Result<Whole, Broken>, Error> {
    let authority = view.permit().authority();
    let mut whole = Whole::default();
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
        let Some(last) = links.last() else { break };
        let mut details = details(view, whole.entries, last.seq).await?;
        for link in links {
            if link.seq != whole.entries + 1 {
                return Ok(Err(Broken::Missing(link.seq)));
            }
            if seal(keys, authority, &whole.seal, &link) != link.seal {
                return Ok(Err(Broken::Altered(link.seq)));
            }
            let of_link = details.remove(&link.seq).unwrap_or_default();
            let altered = of_link.iter().any(|row| row_hash(keys, row) != row.row_hash && !row.is_erased());
            if altered || detail_hash(keys, &of_link) != link.detail_hash {
                return Ok(Err(Broken::DetailAltered(link.seq)));
            }
            whole.erased += i64::from(of_link.iter().any(DetailRow::is_erased));
            if published.is_some_and(|head| head.seq == link.seq && head.seal != link.seal) {
                return Ok(Err(Broken::Altered(link.seq)));
            }
            (whole.entries, whole.seal) = (link.seq, link.seal);
        }
    }
    let head: Option<Head> = view.maybe(sql!("SELECT seq, seal, at FROM audit_head WHERE authority = $1"), &[&Key(authority)]).await?;
    let ends_there = head.is_some_and(|head| head.seq == whole.entries && head.seal == whole.seal);
    let reaches = published.is_none_or(|head| head.seq <= whole.entries);
    Ok(if ends_there && reaches { Ok(whole) } else { Err(Broken::CutOff(whole.entries)) })
}

/// What the changes after one entry and up to another made of their rows, by the number of their entry.
async fn details(view: &mut View, after: i64, to: i64) -> Result<BTreeMap<i64, Vec<DetailRow>>, Error> {
    #[derive(sqlx::FromRow)]
    struct Found {
        seq: i64,
        #[sqlx(flatten)]
        row: DetailRow,
    }
    let found: Vec<Found> = view
        .all(
            sql!(
                "SELECT a.seq, d.table_name, d.row_id, d.row_hash, d.before, d.after, e.rule
                   FROM audit a JOIN audit_detail d ON d.change_id = a.change_id
                   LEFT JOIN erasure e ON e.authority = d.authority AND e.table_name = d.table_name AND e.row_id = d.row_id
                  WHERE a.authority = $1 AND a.seq > $2 AND a.seq <= $3 ORDER BY a.seq, d.position"
            ),
            &[&Key(view.permit().authority()), &after, &to],
        )
        .await?;
    let mut details: BTreeMap<i64, Vec<DetailRow>> = BTreeMap::new();
    for Found { seq, row } in found {
        details.entry(seq).or_default().push(row);
    }
    Ok(details)
}

/// The changes and readings of one thing, newest first.
pub async fn history_of(view: &mut View, subject_kind: &'static str, subject: &str) -> Result<Vec<Entry>, Error> {
    let found: Vec<Found> = view
        .all(
            sql!(
                "SELECT a.seq, a.at, coalesce(p.name, a.machine) AS who, a.action, a.reason, a.purpose
                  FROM audit a LEFT JOIN person p ON p.id = a.person
                  WHERE a.authority = $1 AND a.seq IN (
                    SELECT s.seq FROM audit s WHERE s.authority = $1 AND s.subject_kind = $2 AND s.subject = $3
                    UNION ALL SELECT c.seq FROM audit_concern c WHERE c.authority = $1 AND c.subject_kind = $2 AND c.subject = $3)
                  ORDER BY a.seq DESC"
            ),
            &[&Key(view.permit().authority()), &subject_kind.to_owned(), &subject.to_owned()],
        )
        .await?;
    Ok(found.into_iter().map(Found::entry).collect())
}

/// Which entries of a child's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries {
    /// All of them.
    All,
    /// Those that only looked.
    Readings,
    /// Those that changed something.
    Changes,
}

/// A part of a child's log, counted from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which entries.
    pub which: Entries,
    /// Those before this one; nothing for the last ones.
    pub before: Option<i64>,
    /// Those that stood at a moment; nothing for now.
    pub until: Option<Instant>,
    /// So many at most.
    pub most: u32,
}

impl Part {
    /// The last entries.
    pub const fn last(which: Entries, most: u32) -> Self {
        Self { which, before: None, until: None, most }
    }
}

/// The changes and readings that were about a child, imports and changes of several children too, newest first.
pub async fn history_of_child(view: &mut View, child: Id<Child>, part: Part) -> Result<Vec<Entry>, Error> {
    let (readings, changes) = (part.which != Entries::Changes, part.which != Entries::Readings);
    let until = part.until.unwrap_or(Instant::new(jiff::Timestamp::MAX));
    let found: Vec<Found> = view
        .all(
            of_child(),
            &[
                &Key(view.permit().authority()),
                &Key(child),
                &part.before.unwrap_or(i64::MAX),
                &i64::from(part.most),
                &readings,
                &changes,
                &until,
            ],
        )
        .await?;
    Ok(found.into_iter().map(Found::entry).collect())
}

inventory::submit! { Registered(|| vec![of_child()]) }

fn of_child() -> Statement {
    let readings = quoted(Action::ALL.into_iter().filter(|action| action.is_reading()).map(Action::name));
    let text = format!(
        "SELECT a.seq, a.at, coalesce(p.name, a.machine) AS who, a.action, a.reason, a.purpose
           FROM audit_child c JOIN audit a ON a.authority = c.authority AND a.seq = c.seq LEFT JOIN person p ON p.id = a.person
          WHERE c.authority = $1 AND c.child = $2 AND c.seq < $3 AND a.at <= $7
            AND (($5 AND a.action IN ({readings})) OR ($6 AND a.action NOT IN ({readings})))
          ORDER BY c.seq DESC LIMIT $4"
    );
    Statement { text: text.into(), at: "audit" }
}

#[derive(sqlx::FromRow)]
struct Found {
    seq: i64,
    at: Instant,
    who: Option<String>,
    action: Text<Action>,
    reason: String,
    purpose: Option<String>,
}

impl Found {
    fn entry(self) -> Entry {
        Entry {
            seq: self.seq,
            at: self.at,
            who: self.who.unwrap_or_else(|| "nobody signed in".to_owned()),
            action: self.action.0,
            reason: self.reason,
            purpose: self.purpose,
        }
    }
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

/// What a change made of its rows, by their own hashes: they stay when what the rows say is erased.
fn detail_hash(keys: &Keys, rows: &[DetailRow]) -> Vec<u8> {
    sealed(keys, "detail", &rows.iter().map(|row| row.row_hash.clone()).collect::<Vec<_>>())
}

/// What became of one row. Under the key too: whoever has a copy of a log whose detail was erased cannot guess it back.
fn row_hash(keys: &Keys, row: &DetailRow) -> Vec<u8> {
    let cells = [Some(&row.table_name), Some(&row.row_id), row.before.as_ref(), row.after.as_ref()];
    let parts = cells.map(|cell| cell.map(|text| format!("+{text}")).unwrap_or_default().into_bytes());
    sealed(keys, "row", &parts)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_reads_back_as_it_was_printed() {
        let head = Published { seq: 81, seal: (0..32).collect() };
        assert_eq!(head.to_string().parse(), Ok(head.clone()));
        for text in
            ["", "81", "81:", "x:00", &head.to_string()[1..].replace(':', ""), &format!("{head}0"), &head.to_string().replace('1', "g")]
        {
            assert_eq!(text.parse::<Published>(), Err(NoHead), "{text}");
        }
    }
}
