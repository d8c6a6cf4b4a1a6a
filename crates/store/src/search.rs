//! What a search looks through: of each register the few words by which people know its things. Which of them fit what somebody typed is the service's
//! to say; a whole register is some hundreds of light rows.

use domain::access::Thing;
use domain::child::Child;
use domain::vault::Kept;
use domain::{Day, Id};

use crate::Error;
use crate::db::View;
use crate::facts::Read;
use crate::reach::{REACHED, Reached};
use crate::statement::{Registered, Statement, sql};
use crate::types::{Date, Key};

/// A thing of a register, by what people know of it. What a register does not have is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub id: Id<Thing>,
    /// Its name, title or reference.
    pub name: String,
    /// Another name of it: legal name, scheme, address of mail.
    pub also: String,
    /// Its number or reference elsewhere: Ofsted's, Companies House's, the contract's.
    pub number: String,
    /// Where it is, as far as the register may say.
    pub postcode: String,
    /// Its kind, stage or sector, by the word of the database.
    pub kind: String,
    /// Who runs it, or whose it is.
    pub beside: String,
    /// The provider and the home that it belongs to, for whoever is kept out of what concerns them.
    pub of: [Id<Thing>; 2],
    /// Whether it is over: closed, ended, run out, stopped.
    pub over: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Key<Thing>,
    name: String,
    also: String,
    number: String,
    postcode: String,
    kind: String,
    beside: String,
    provider: Key<Thing>,
    about: Key<Thing>,
    over_now: bool,
}

impl From<Row> for Entry {
    fn from(row: Row) -> Self {
        let Row { id, name, also, number, postcode, kind, beside, provider, about, over_now } = row;
        Self { id: id.0, name, also, number, postcode, kind, beside, of: [provider.0, about.0], over: over_now }
    }
}

/// Rows of a statement of the permit's authority, as they stand on a day.
async fn entries(view: &mut View, statement: Statement, on: Day) -> Result<Vec<Entry>, Error> {
    let authority = Key(view.permit().authority());
    let rows: Vec<Row> = view.all(statement, &[&authority, &Date(on)]).await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// Homes, agencies and services.
pub async fn homes(view: &mut View, on: Day) -> Result<Vec<Entry>, Error> {
    let statement = sql!(
        "SELECT s.id, s.name, '' AS also, s.urn AS number, coalesce(s.postcode, '') AS postcode, s.kind, p.name AS beside, s.provider, s.id AS about,
                s.closed IS NOT NULL AND s.closed <= $2 AS over_now
           FROM setting s JOIN provider p ON p.id = s.provider WHERE s.authority = $1"
    );
    entries(view, statement, on).await
}

/// Foster homes.
pub async fn foster_homes(view: &mut View, on: Day) -> Result<Vec<Entry>, Error> {
    let statement = sql!(
        "SELECT h.id, h.reference AS name, h.scheme AS also, '' AS number, coalesce(h.postcode, '') AS postcode, h.stage AS kind, p.name AS beside,
                h.provider, h.id AS about, h.ended IS NOT NULL AND h.ended <= $2 AS over_now
           FROM foster_home h JOIN provider p ON p.id = h.provider WHERE h.authority = $1"
    );
    entries(view, statement, on).await
}

/// Documents of providers and homes.
pub async fn documents(view: &mut View, on: Day) -> Result<Vec<Entry>, Error> {
    let statement = sql!(
        "SELECT d.id, d.title AS name, '' AS also, '' AS number, '' AS postcode, d.kind, p.name AS beside, d.provider,
                coalesce(d.setting, d.foster_home, d.provider) AS about, d.ends IS NOT NULL AND d.ends <= $2 AS over_now
           FROM document d JOIN provider p ON p.id = d.provider WHERE d.authority = $1"
    );
    entries(view, statement, on).await
}

/// Rows of a statement that knows no day.
async fn undated(view: &mut View, statement: Statement) -> Result<Vec<Entry>, Error> {
    let authority = Key(view.permit().authority());
    let rows: Vec<Row> = view.all(statement, &[&authority]).await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// Providers.
pub async fn providers(view: &mut View) -> Result<Vec<Entry>, Error> {
    let statement = sql!(
        "SELECT p.id, p.name, p.legal_name AS also, p.company AS number, '' AS postcode, p.sector AS kind, '' AS beside, p.id AS provider,
                p.id AS about, 1 = 0 AS over_now
           FROM provider p WHERE p.authority = $1"
    );
    undated(view, statement).await
}

/// Contract vehicles.
pub async fn contracts(view: &mut View) -> Result<Vec<Entry>, Error> {
    let statement = sql!(
        "SELECT v.id, v.title AS name, '' AS also, v.reference AS number, '' AS postcode, v.kind, '' AS beside, v.id AS provider, v.id AS about,
                1 = 0 AS over_now
           FROM contract_vehicle v WHERE v.authority = $1"
    );
    undated(view, statement).await
}

/// People who have a part at the authority.
pub async fn people(view: &mut View) -> Result<Vec<Entry>, Error> {
    let statement = sql!(
        "SELECT p.id, p.name, p.email AS also, '' AS number, '' AS postcode, '' AS kind, '' AS beside, p.id AS provider, p.id AS about,
                p.stopped_at IS NOT NULL AS over_now
           FROM person p WHERE EXISTS (SELECT 1 FROM role_grant g WHERE g.person = p.id AND g.authority = $1)"
    );
    undated(view, statement).await
}

/// What the children of the permit's authority are called, whoever may see them: for a look at which of them fit, before anybody asks whom one may see.
pub async fn references(view: &mut View) -> Result<Vec<String>, Error> {
    let authority = Key(view.permit().authority());
    let rows: Vec<(String,)> = view.all(sql!("SELECT c.reference FROM child c WHERE c.authority = $1"), &[&authority]).await?;
    Ok(rows.into_iter().map(|(reference,)| reference).collect())
}

fn children_reached() -> Statement {
    Statement { text: children(["", ""]).into(), at: "children by reference" }
}

fn child_called() -> Statement {
    Statement { text: children(["c.reference = $6 AND ", "b.reference = $6 AND "]).into(), at: "child of a reference" }
}

/// Children reached, and the entries that stand under them.
fn children([own, joined]: [&str; 2]) -> String {
    let columns = "'' AS number, '' AS postcode, '' AS kind, '' AS beside, c.id AS provider, c.id AS about, 1 = 0 AS over_now";
    format!(
        "SELECT c.id, c.reference AS name, '' AS also, {columns} FROM child c WHERE {own}{REACHED}
          UNION ALL
         SELECT c.id, c.reference AS name, b.reference AS also, {columns}
           FROM child c JOIN child_merge u ON u.stands_under = c.id JOIN child b ON b.id = u.child WHERE {joined}{REACHED}"
    )
}

/// So many children are asked for one by one; where more are wanted, all are read.
const ONE_BY_ONE: usize = 40;

/// Children whom the permit reaches on a day, of these references; each entry that stands under one is a row beside it, with its own reference as the other
/// name. There may be more than were asked for.
pub async fn children_called(view: &mut View, on: Day, references: &[String]) -> Result<Vec<Entry>, Error> {
    let reached = Reached::of(view, on);
    if references.len() > ONE_BY_ONE {
        let rows: Vec<Row> = view.all(children_reached(), &reached.values()).await?;
        return Ok(rows.into_iter().map(Entry::from).collect());
    }
    let mut entries = Vec::new();
    for reference in references {
        let values = [&reached.values()[..], &[reference]].concat();
        let rows: Vec<Row> = view.all(child_called(), &values).await?;
        entries.extend(rows.into_iter().map(Entry::from));
    }
    Ok(entries)
}

/// A sealed name of a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedName {
    /// The entry under which the child is shown.
    pub child: Id<Child>,
    /// What that entry is called.
    pub reference: String,
    /// The name, which may be that of an entry that stands under it.
    pub kept: Kept,
}

#[derive(sqlx::FromRow)]
struct NameRow {
    #[sqlx(flatten)]
    kept: Read<Kept>,
    shown: Key<Child>,
    reference: String,
}

fn sealed_names() -> Statement {
    let names = "n.kind IN ('name', 'known-as')";
    let text = format!(
        "SELECT n.id, n.child, n.kind, n.sealed, c.id AS shown, c.reference FROM child c JOIN vault n ON n.child = c.id WHERE {names} AND {REACHED}
          UNION ALL
         SELECT n.id, n.child, n.kind, n.sealed, c.id AS shown, c.reference
           FROM child c JOIN child_merge u ON u.stands_under = c.id JOIN vault n ON n.child = u.child WHERE {names} AND {REACHED}"
    );
    Statement { text: text.into(), at: "names in the vault" }
}

inventory::submit! { Registered(|| vec![children_reached(), child_called(), sealed_names()]) }

/// The sealed names, and what they are called besides, of every child whom the permit reaches on a day.
pub async fn names(view: &mut View, on: Day) -> Result<Vec<SealedName>, Error> {
    let reached = Reached::of(view, on);
    let rows: Vec<NameRow> = view.all(sealed_names(), &reached.values()).await?;
    Ok(rows.into_iter().map(|row| SealedName { child: row.shown.0, reference: row.reference, kept: row.kept.0 }).collect())
}
