//! Children in the record.

use domain::Day;
use domain::access::On;
use domain::child::Child;
use domain::code::Code;
use domain::history::Uasc;
use domain::id::Id;
use domain::person::Person;

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::facts::Read;
use crate::reach::{REACHED, RESTRICTED, Reached};
use crate::statement::{Registered, Statement, sql};
use crate::types::{Date, Key, Text};

fact! {
    Child in "child" { reference, born, sex, ethnicity, asylum, restricted }
    read authority
}

/// Asylum status as text: `never`, `always`, the day it ended, or `not-known`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asylum(pub(crate) Uasc);

impl std::fmt::Display for Asylum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Uasc::Never => f.write_str("never"),
            Uasc::NotKnown => f.write_str("not-known"),
            Uasc::Until(None) => f.write_str("always"),
            Uasc::Until(Some(day)) => write!(f, "until {day}"),
        }
    }
}

impl std::str::FromStr for Asylum {
    type Err = NoStatus;

    fn from_str(text: &str) -> Result<Self, NoStatus> {
        match (text, text.strip_prefix("until ")) {
            ("never", _) => Ok(Self(Uasc::Never)),
            ("not-known", _) => Ok(Self(Uasc::NotKnown)),
            ("always", _) => Ok(Self(Uasc::Until(None))),
            (_, Some(day)) => Ok(Self(Uasc::Until(Some(Day::parse(day.as_bytes()).ok_or(NoStatus)?)))),
            _ => Err(NoStatus),
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("not an asylum status")]
pub(crate) struct NoStatus;

/// What bears on who may see this child's case, and those that are shown with it; nothing if the permit's authority has no such child.
pub async fn case(view: &mut View, id: Id<Child>) -> Result<Option<On>, Error> {
    let authority = view.permit().authority();
    let found: Option<(bool,)> = view.maybe(case_restricted(), &[&Key(id), &Key(authority)]).await?;
    Ok(found.map(|(restricted,)| On::case(authority, id, restricted)))
}

/// The child whom case system and returns call so, if the permit's authority has it.
pub async fn named(view: &mut View, reference: &str) -> Result<Option<Id<Child>>, Error> {
    let found: Option<(Key<Child>,)> = view
        .maybe(
            sql!("SELECT id FROM child WHERE authority = $1 AND reference = $2"),
            &[&Key(view.permit().authority()), &reference.to_owned()],
        )
        .await?;
    Ok(found.map(|(id,)| id.0))
}

/// A child in a list, with where it lives on the day of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub child: Child,
    /// Type of the home, and since when; nothing for a child who is not in care on the day.
    pub lives: Option<(Code, Day)>,
}

/// The reference of a child, if the child may stand in a list of the permit's on a day.
pub async fn reference(view: &mut View, id: Id<Child>, on: Day) -> Result<Option<String>, Error> {
    let (reached, id) = (Reached::of(view, on), Key(id));
    let values = [&reached.values()[..], &[&id]].concat();
    let found: Option<(String,)> = view.maybe(one_reference(), &values).await?;
    Ok(found.map(|(reference,)| reference))
}

fn every_reference() -> Statement {
    Statement { text: format!("SELECT c.id, c.reference FROM child c WHERE {REACHED}").into(), at: "references of children" }
}

/// The references of all children who may stand in a list of the permit's on a day.
pub async fn references(view: &mut View, on: Day) -> Result<Vec<(Id<Child>, String)>, Error> {
    let reached = Reached::of(view, on);
    let rows: Vec<(Key<Child>, String)> = view.all(every_reference(), &reached.values()).await?;
    Ok(rows.into_iter().map(|(child, reference)| (child.0, reference)).collect())
}

inventory::submit! { Registered(|| vec![listing(), one_reference(), every_reference(), case_restricted()]) }

fn case_restricted() -> Statement {
    let text = format!(
        "SELECT {RESTRICTED} OR EXISTS (SELECT 1 FROM child_merge m JOIN child a ON a.id = m.stands_under WHERE m.child = c.id AND a.restricted)
           FROM child c WHERE c.id = $1 AND c.authority = $2"
    );
    Statement { text: text.into(), at: "whether a case is restricted" }
}

fn one_reference() -> Statement {
    Statement { text: format!("SELECT c.reference FROM child c WHERE c.id = $6 AND {REACHED}").into(), at: "reference of a child" }
}

fn listing() -> Statement {
    let text = format!(
        "SELECT c.id, c.authority, c.reference, c.born, c.sex, c.ethnicity, c.asylum, c.restricted, p.kind AS lives, p.starts AS since
           FROM child c LEFT JOIN placement p
             ON p.child = c.id AND p.kind NOT LIKE 'T%' AND p.starts <= $2 AND (p.ends IS NULL OR p.ends > $2)
          WHERE {REACHED} ORDER BY c.reference"
    );
    Statement { text: text.into(), at: "list of children" }
}

/// The children that the permit reaches, by reference: those of the authority that are not restricted, and the person's own.
pub async fn list(view: &mut View, on: Day) -> Result<Vec<Listed>, Error> {
    let reached = Reached::of(view, on);
    let rows: Vec<ListRow> = view.all(listing(), &reached.values()).await?;
    let listed = |row: ListRow| Listed { child: row.child.0, lives: row.lives.map(|kind| kind.0).zip(row.since.map(|day| day.0)) };
    Ok(rows.into_iter().map(listed).collect())
}

#[derive(sqlx::FromRow)]
struct ListRow {
    #[sqlx(flatten)]
    child: Read<Child>,
    lives: Option<Text<Code>>,
    since: Option<Date>,
}

/// The children whose cases a person is allocated to on a day, and the entries under which those are shown.
pub async fn allocated(view: &mut View, person: Id<Person>, today: Day) -> Result<Vec<Id<Child>>, Error> {
    let rows: Vec<(Key<Child>,)> = view
        .all(
            sql!(
                "SELECT child FROM allocation WHERE authority = $3 AND person = $1 AND starts <= $2 AND (ends IS NULL OR ends > $2)
                 UNION SELECT m.stands_under AS child FROM allocation a JOIN child_merge m ON m.child = a.child
                  WHERE a.authority = $3 AND a.person = $1 AND a.starts <= $2 AND (a.ends IS NULL OR a.ends > $2)
                 ORDER BY child"
            ),
            &[&Key(person), &Date(today), &Key(view.permit().authority())],
        )
        .await?;
    Ok(rows.into_iter().map(|(child,)| child.0).collect())
}
