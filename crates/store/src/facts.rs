//! Facts: rows that are never overwritten (F23). What a table of facts is, and the few statements that all of them share.
//!
//! A fact has an identity, belongs to an authority, and stands in versions. A correction is the next version; the database moves the one before into the
//! table's history by itself (`schema`). So "as it was known on a day" is a question to one view, and whoever read an older version cannot write.

use std::collections::BTreeSet;

use domain::Day;
use domain::child::Child;
use domain::id::Id;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use crate::Error;
use crate::change::Detail;
use crate::db::{Tx, View};
use crate::statement::{Statement, Value};
use crate::types::{Instant, Key};

/// A domain type that is kept as facts. Which ones there are is the store's to say.
pub trait Fact: table::Table {}

impl<F: table::Table> Fact for F {}

/// A fact about a child that holds from one day to another.
pub trait OfChild: Of<Child> {
    /// Where it stands among the others of the child: its first day, and after what else begins on that day.
    fn order(&self) -> (Day, u8);
}

/// A fact that is part of something else, and asked for by it.
pub trait Of<Whole>: Fact {
    /// The column that says of which.
    const COLUMN: &'static str;
}

pub(crate) mod table {
    use domain::id::Id;
    use sqlx::postgres::PgRow;
    use sqlx::sqlite::SqliteRow;

    use crate::statement::Value;

    /// How a fact lies in its table. Declared by `fact!`.
    pub trait Table: Clone + Sized + Send + Sync + Unpin {
        /// The table.
        const TABLE: &'static str;
        /// Its columns beside those that every table of facts has.
        const COLUMNS: &'static [&'static str];
        /// Columns by which facts of the same thing are read.
        const ORDER: &'static str = "id";

        fn id(&self) -> Id<Self>;

        /// The values of [`Self::COLUMNS`], in their order.
        fn values(&self) -> Vec<Box<dyn Value>>;

        fn of_postgres(row: &PgRow) -> Result<Self, sqlx::Error>;

        fn of_sqlite(row: &SqliteRow) -> Result<Self, sqlx::Error>;
    }
}

/// A fact as it was read. Whoever corrects it hands it back; if another version stands there by then, nothing is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The fact.
    pub fact: T,
    /// 1 when it was first recorded.
    pub version: i64,
    /// When this version was recorded.
    pub recorded_at: Instant,
    /// When the next version took its place; nothing while it holds.
    pub superseded_at: Option<Instant>,
    /// Whether this version says that the fact never was: nobody ever knew it so, it tells when and by which change the fact was taken back.
    pub withdrawn: bool,
}

/// A fact without its version, as part of another row.
pub(crate) struct Read<F>(pub(crate) F);

macro_rules! read_from {
    ($row:ty, $of:ident) => {
        impl<'r, F: Fact> FromRow<'r, $row> for Read<F> {
            fn from_row(row: &'r $row) -> Result<Self, sqlx::Error> {
                F::$of(row).map(Self)
            }
        }

        impl<'r, F: Fact> FromRow<'r, $row> for Versioned<F> {
            fn from_row(row: &'r $row) -> Result<Self, sqlx::Error> {
                Ok(Self {
                    fact: F::$of(row)?,
                    version: row.try_get("version")?,
                    recorded_at: row.try_get("recorded_at")?,
                    superseded_at: row.try_get("superseded_at")?,
                    withdrawn: row.try_get("withdrawn")?,
                })
            }
        }
    };
}
read_from!(PgRow, of_postgres);
read_from!(SqliteRow, of_sqlite);

/// Records a fact for the first time.
///
/// # Errors
/// [`Error::Taken`] where it would stand where another one stands.
pub async fn add<F: Fact>(tx: &mut Tx, fact: &F) -> Result<(), Error> {
    write(tx, fact, insert::<F>(), 1).await?;
    let after = shown(fact)?;
    tx.note(Detail { table: F::TABLE, row: fact.id().to_string(), before: None, after: Some(after) });
    Ok(())
}

/// Records a fact as it is now believed to have been.
///
/// # Errors
/// [`Error::Stale`] where another version stands by now: nothing is written.
pub async fn correct<F: Fact>(tx: &mut Tx, read: &Versioned<F>, corrected: &F) -> Result<(), Error> {
    next(tx, corrected, read.version + 1).await?;
    let (before, after) = (shown(&read.fact)?, shown(corrected)?);
    tx.note(Detail { table: F::TABLE, row: corrected.id().to_string(), before: Some(before), after: Some(after) });
    Ok(())
}

/// Takes back a fact that never was. All that it said stays in the history, with the change that took it back.
///
/// # Errors
/// [`Error::Stale`] where another version stands by now: nothing is written.
pub async fn withdraw<F: Fact>(tx: &mut Tx, read: &Versioned<F>) -> Result<(), Error> {
    // One more version, in the history alone, says by which change the row went.
    let (id, authority) = (Key(read.fact.id()), Key(tx.permit().authority()));
    let (at, change) = (tx.moment().at, Key(tx.moment().change));
    if tx.run(take_back::<F>(), &[&id, &authority, &(read.version + 1), &at, &change]).await? == 0 {
        return Err(Error::Stale);
    }
    tx.run(delete::<F>(), &[&id, &authority]).await?;
    let before = shown(&read.fact)?;
    tx.note(Detail { table: F::TABLE, row: read.fact.id().to_string(), before: Some(before), after: None });
    Ok(())
}

/// The fact with this identity, if the permit's authority has it.
pub async fn find<F: Fact>(view: &mut View, id: Id<F>) -> Result<Option<Versioned<F>>, Error> {
    let authority = Key(view.permit().authority());
    view.maybe(current::<F>("id"), &[&Key(id), &authority]).await
}

/// The same as it was known at a moment; nothing if it was not recorded yet.
pub async fn find_as_known<F: Fact>(view: &mut View, id: Id<F>, at: Instant) -> Result<Option<Versioned<F>>, Error> {
    let authority = Key(view.permit().authority());
    view.maybe(as_known::<F>("id"), &[&Key(id), &authority, &at]).await
}

/// The facts of one thing as they are known now, in the order of their table.
pub async fn of<F: Of<Whole>, Whole>(view: &mut View, whole: Id<Whole>) -> Result<Vec<Versioned<F>>, Error> {
    let authority = Key(view.permit().authority());
    view.all(current::<F>(F::COLUMN), &[&Key(whole), &authority]).await
}

/// The same as they were known at a moment: what was recorded by then and not yet superseded.
pub async fn of_as_known<F: Of<Whole>, Whole>(view: &mut View, whole: Id<Whole>, at: Instant) -> Result<Vec<Versioned<F>>, Error> {
    let authority = Key(view.permit().authority());
    view.all(as_known::<F>(F::COLUMN), &[&Key(whole), &authority, &at]).await
}

/// The facts about a child as they are known now, in order.
pub async fn of_child<F: OfChild>(view: &mut View, child: Id<Child>) -> Result<Vec<Versioned<F>>, Error> {
    Ok(in_order(of(view, child).await?))
}

/// The facts about a child as they were known at a moment, in order.
pub async fn of_child_as_known<F: OfChild>(view: &mut View, child: Id<Child>, at: Instant) -> Result<Vec<Versioned<F>>, Error> {
    Ok(in_order(of_as_known(view, child, at).await?))
}

/// Every fact of the permit's authority, as it is known now.
pub async fn all<F: Fact>(view: &mut View) -> Result<Vec<Versioned<F>>, Error> {
    let authority = Key(view.permit().authority());
    view.all(of_authority::<F>(), &[&authority]).await
}

/// Every version of one fact, the oldest first.
pub async fn versions<F: Fact>(view: &mut View, id: Id<F>) -> Result<Vec<Versioned<F>>, Error> {
    let authority = Key(view.permit().authority());
    view.all(every_version::<F>(), &[&Key(id), &authority]).await
}

/// The identity of every fact of a kind that ever was, those that were taken back too.
pub async fn ever<F: Fact>(view: &mut View) -> Result<BTreeSet<Id<F>>, Error> {
    let rows: Vec<(Key<F>,)> = view.all(identities::<F>(), &[&Key(view.permit().authority())]).await?;
    Ok(rows.into_iter().map(|(id,)| id.0).collect())
}

fn in_order<F: OfChild>(mut all: Vec<Versioned<F>>) -> Vec<Versioned<F>> {
    all.sort_by_key(|known| (known.fact.order(), known.fact.id()));
    all
}

async fn next<F: Fact>(tx: &mut Tx, fact: &F, version: i64) -> Result<(), Error> {
    if write(tx, fact, update::<F>(), version).await? == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// The order of values in [`insert`] and [`update`]: identity, authority, version, moment, change, then the columns of the table.
async fn write<F: Fact>(tx: &mut Tx, fact: &F, statement: Statement, version: i64) -> Result<u64, Error> {
    let (id, authority) = (Key(fact.id()), Key(tx.permit().authority()));
    let (at, change) = (tx.moment().at, Key(tx.moment().change));
    let own = fact.values();
    let mut values: Vec<&dyn Value> = vec![&id, &authority, &version, &at, &change];
    values.extend(own.iter().map(AsRef::as_ref));
    tx.run(statement, &values).await
}

/// A fact as the log shows it.
fn shown<F: Fact>(fact: &F) -> Result<serde_json::Value, Error> {
    let cells = F::COLUMNS.iter().zip(fact.values()).map(|(column, value)| Ok(((*column).to_owned(), value.shown()?)));
    cells.collect::<Result<serde_json::Map<_, _>, Error>>().map(serde_json::Value::Object)
}

/// The place of a table's own first value in [`write`].
const OWN: usize = 6;

fn insert<F: Fact>() -> Statement {
    let places = (0..F::COLUMNS.len()).map(|at| format!("${}", at + OWN)).collect::<Vec<_>>().join(", ");
    let text = format!(
        "INSERT INTO {} (id, authority, version, recorded_at, change_id, {}) VALUES ($1, $2, $3, $4, $5, {places})",
        F::TABLE,
        F::COLUMNS.join(", ")
    );
    Statement { text: text.into(), at: F::TABLE }
}

fn update<F: Fact>() -> Statement {
    let sets = F::COLUMNS.iter().zip(OWN..).map(|(column, at)| format!("{column} = ${at}")).collect::<Vec<_>>().join(", ");
    let text = format!(
        "UPDATE {} SET version = $3, recorded_at = $4, change_id = $5, {sets} WHERE id = $1 AND authority = $2 AND version = $3 - 1",
        F::TABLE
    );
    Statement { text: text.into(), at: F::TABLE }
}

fn take_back<F: Fact>() -> Statement {
    let text = format!(
        "UPDATE {} SET version = $3, recorded_at = $4, change_id = $5, withdrawn = TRUE WHERE id = $1 AND authority = $2 AND version = $3 - 1",
        F::TABLE
    );
    Statement { text: text.into(), at: F::TABLE }
}

fn delete<F: Fact>() -> Statement {
    Statement { text: format!("DELETE FROM {} WHERE id = $1 AND authority = $2", F::TABLE).into(), at: F::TABLE }
}

fn select<F: Fact>(which: &str) -> Statement {
    let text = format!(
        "SELECT id, authority, version, recorded_at, superseded_at, withdrawn, {} FROM {}_known WHERE {which}",
        F::COLUMNS.join(", "),
        F::TABLE
    );
    Statement { text: text.into(), at: F::TABLE }
}

fn current<F: Fact>(of: &str) -> Statement {
    now::<F>(&format!("{of} = $1 AND authority = $2 ORDER BY {}", F::ORDER))
}

fn of_authority<F: Fact>() -> Statement {
    now::<F>("authority = $1 ORDER BY id")
}

/// What is known now lies in the table itself: no history is looked through for it.
fn now<F: Fact>(which: &str) -> Statement {
    let text = format!(
        "SELECT id, authority, version, recorded_at, CAST(NULL AS timestamptz) AS superseded_at, withdrawn, {} FROM {} WHERE {which}",
        F::COLUMNS.join(", "),
        F::TABLE
    );
    Statement { text: text.into(), at: F::TABLE }
}

fn as_known<F: Fact>(of: &str) -> Statement {
    let then = "recorded_at <= $3 AND (superseded_at IS NULL OR superseded_at > $3)";
    select::<F>(&format!("{of} = $1 AND authority = $2 AND {then} ORDER BY {}", F::ORDER))
}

fn identities<F: Fact>() -> Statement {
    Statement { text: format!("SELECT DISTINCT id FROM {}_known WHERE authority = $1", F::TABLE).into(), at: F::TABLE }
}

fn every_version<F: Fact>() -> Statement {
    select::<F>("id = $1 AND authority = $2 ORDER BY version")
}

/// What a table of facts is asked and told, for the test that prepares every statement.
pub(crate) fn statements<F: Fact>() -> Vec<Statement> {
    vec![
        insert::<F>(),
        update::<F>(),
        take_back::<F>(),
        delete::<F>(),
        current::<F>("id"),
        as_known::<F>("id"),
        of_authority::<F>(),
        every_version::<F>(),
        identities::<F>(),
    ]
}

/// What a table of facts is asked by what they are part of.
pub(crate) fn statements_of<F: Of<Whole>, Whole>() -> Vec<Statement> {
    vec![current::<F>(F::COLUMN), as_known::<F>(F::COLUMN)]
}
