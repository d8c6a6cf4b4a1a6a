//! The list of children with where they live on a day, a page at a time.

use domain::Day;
use domain::child::Child;
use domain::code::Code;

use crate::Error;
use crate::db::View;
use crate::facts::Read;
use crate::page::{self, Cursor, Page};
use crate::reach::{REACHED, Reached};
use crate::statement::{Registered, Statement, Value};
use crate::types::{Date, Text};

/// Which children are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// By what they are in on the day.
    pub which: Which,
    /// Born on this day or after.
    pub born_from: Option<Day>,
    /// Born before this day.
    pub born_before: Option<Day>,
    /// Living in a home of one of these types.
    pub lives: Option<Vec<Code>>,
    /// Looked after by one of these legal statuses.
    pub legal: Option<Vec<Code>>,
}

/// Which children, by what they are in on the day of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// In care.
    #[default]
    InCare,
    /// In an agreed series of short breaks.
    ShortBreaks,
    /// In neither.
    Left,
    /// All.
    All,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What case system and return call them.
    #[default]
    Reference,
    /// Date of birth, the oldest child first.
    Born,
    /// The day since when they live where they live, the earliest first; children who live nowhere that is known by their date of birth.
    Since,
}

impl Sort {
    const ALL: [Self; 3] = [Self::Reference, Self::Born, Self::Since];

    /// The expression, which only ever grows down the list.
    const fn key(self) -> &'static str {
        match self {
            Self::Reference => "l.reference",
            Self::Born => "l.born",
            Self::Since => "coalesce(l.since, l.born)",
        }
    }

    fn of(self, row: &Row) -> String {
        match self {
            Self::Reference => row.child.0.reference.clone(),
            Self::Born => row.child.0.born.to_string(),
            Self::Since => row.since.map_or(row.child.0.born, |date| date.0).to_string(),
        }
    }

    fn value(self, key: &str) -> Box<dyn Value> {
        match self {
            Self::Reference => Box::new(key.to_owned()),
            Self::Born | Self::Since => Box::new(Date(Day::parse(key.as_bytes()).unwrap_or(Day::year_end(1)))),
        }
    }
}

/// A child in the list, as things stand on its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub child: Child,
    /// Type of the home, and since when; nothing where the child lives nowhere that is known.
    pub lives: Option<(Code, Day)>,
    /// Legal status.
    pub legal: Option<Code>,
    /// First day of this period of care, or of short breaks.
    pub in_care_since: Option<Day>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    child: Read<Child>,
    lives: Option<Text<Code>>,
    since: Option<Date>,
    legal: Option<Text<Code>>,
    period: Option<Date>,
}

/// What holds of a child on `$2`: the column of the row that began last, of the entry itself or of those that stand under it. Of several that begin on
/// one day, the first by `rank`.
fn latest(column: &str, table: &str, rank: &str, which: &str) -> String {
    let fact = format!("f.{column} AS value, {rank} AS rank, f.starts, f.id");
    let holds = format!("f.starts <= $2 AND (f.ends IS NULL OR f.ends > $2) AND {which}");
    // Each half finds its rows by the index of its table; one condition over both would read all of them for every child.
    format!(
        "(SELECT x.value FROM (SELECT {fact} FROM {table} f WHERE f.child = c.id AND {holds}
            UNION ALL SELECT {fact} FROM child_merge m JOIN {table} f ON f.child = m.child WHERE m.stands_under = c.id AND {holds}) x
          ORDER BY x.rank, x.starts DESC, x.id LIMIT 1)"
    )
}

/// Children with what holds on `$2`, as far as somebody's reach goes.
fn standing() -> String {
    let placement = |column| latest(column, "placement", "1", "f.kind NOT LIKE 'T%'");
    let period = |column| latest(column, "period_of_care", "f.kind", "1 = 1");
    format!(
        "SELECT c.id, c.authority, c.reference, c.born, c.sex, c.ethnicity, c.asylum, c.restricted,
                {} AS lives, {} AS since, {} AS legal, {} AS within, {} AS period
           FROM child c WHERE {REACHED}",
        placement("kind"),
        placement("starts"),
        latest("status", "legal_status", "1", "1 = 1"),
        period("kind"),
        period("starts"),
    )
}

/// Those that pass the filter, as `l`.
fn passing() -> String {
    format!(
        "FROM ({}) l
         WHERE (CAST($6 AS text) IS NULL OR l.within = $6 OR ($6 = 'left' AND l.within IS NULL))
           AND ($7 OR l.born >= $8) AND ($9 OR l.born < $10)
           AND (CAST($11 AS text) IS NULL OR $11 LIKE '% ' || l.lives || ' %')
           AND (CAST($12 AS text) IS NULL OR $12 LIKE '% ' || l.legal || ' %')",
        standing()
    )
}

fn rows(sort: Sort) -> Statement {
    let key = sort.key();
    let text = format!(
        "SELECT l.id, l.authority, l.reference, l.born, l.sex, l.ethnicity, l.asylum, l.restricted, l.lives, l.since, l.legal, l.period
         {} AND ($13 OR ({key}, l.id) > ($14, $15)) ORDER BY {key}, l.id LIMIT $16",
        passing()
    );
    Statement { text: text.into(), at: "list of children" }
}

fn count() -> Statement {
    Statement { text: format!("SELECT count(*) {}", passing()).into(), at: "count of children" }
}

inventory::submit! { Registered(|| Sort::ALL.into_iter().map(rows).chain([count()]).collect()) }

/// Children a page at a time, as things stand on a day: those whom the permit reaches.
pub async fn list(
    view: &mut View,
    filter: &Filter,
    sort: Sort,
    on: Day,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Listed>, Error> {
    let reached = Reached::of(view, on);
    let within = match filter.which {
        Which::InCare => Some("care"),
        Which::ShortBreaks => Some("short-breaks"),
        Which::Left => Some("left"),
        Which::All => None,
    };
    let within = within.map(str::to_owned);
    // Each code with a space on either side, to be looked for as a word.
    let any = |codes: &Option<Vec<Code>>| {
        let words = |codes: &Vec<Code>| codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        codes.as_ref().map(|codes| format!(" {} ", words(codes)))
    };
    let (lives, legal) = (any(&filter.lives), any(&filter.legal));
    let (from, before) = (Date(filter.born_from.unwrap_or(on)), Date(filter.born_before.unwrap_or(on)));
    let (any_from, any_before) = (filter.born_from.is_none(), filter.born_before.is_none());
    let filtered: [&dyn Value; 7] = [&within, &any_from, &from, &any_before, &before, &lives, &legal];
    let asked = [&reached.values()[..], &filtered].concat();
    let (total,): (i64,) = view.one(count(), &asked).await?;
    let (first, _, id) = page::start(after);
    let key = sort.value(after.map_or("", Cursor::key));
    let wanted = page::wanted(limit);
    let mut values = asked;
    values.extend([&first as &dyn Value, key.as_ref(), &id, &wanted]);
    let found: Vec<Row> = view.all(rows(sort), &values).await?;
    let Page { rows, total, next } = Page::of(found, total, limit, |last| Cursor::of(sort.of(last), last.child.0.id));
    let listed = |row: Row| Listed {
        child: row.child.0,
        lives: row.lives.map(|kind| kind.0).zip(row.since.map(|day| day.0)),
        legal: row.legal.map(|status| status.0),
        in_care_since: row.period.map(|day| day.0),
    };
    Ok(Page { rows: rows.into_iter().map(listed).collect(), total, next })
}
