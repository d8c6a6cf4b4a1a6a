//! Foster homes, their exemptions, and those that are listed.

use domain::Day;
use domain::foster_home::{Care, Exemption, FosterHome, Stage};
use domain::provider::Provider;

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::facts::Read;
use crate::page::{self, Cursor, Page};
use crate::statement::{Registered, Statement, Value};
use crate::types::{Date, Key, Text};

fact! {
    FosterHome in "foster_home" {
        provider, reference, stage, enquired, approved, ended, places, youngest, oldest, takes, care, scheme, skills, ethnicity, postcode,
    }
    order "reference" of Provider by "provider"
}

fact! {
    Exemption in "exemption" { home, child, from as "starts", to as "ends", reason }
    order "starts" of FosterHome by "home"
}

/// Which foster homes are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of the reference, the scheme or the provider's name.
    pub search: Option<String>,
    /// How far they are.
    pub stage: Option<Stage>,
    /// What they are approved for.
    pub care: Option<Care>,
    /// In which order.
    pub sort: Sort,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Reference.
    #[default]
    Reference,
    /// Service or agency.
    Provider,
    /// Children at a time, the most first.
    Places,
    /// Youngest age.
    Youngest,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Reference, Self::Provider, Self::Places, Self::Youngest];

    /// The expression, which only ever grows down the list.
    const fn key(self) -> &'static str {
        match self {
            Self::Reference => "lower(h.reference)",
            Self::Provider => "lower(p.name)",
            Self::Places => "-h.places",
            Self::Youngest => "h.youngest",
        }
    }

    /// What the end of a page holds of its last row, as the expression gives it.
    fn of(self, last: &Listed) -> String {
        match self {
            Self::Reference => last.home.reference.to_lowercase(),
            Self::Provider => last.provider.to_lowercase(),
            Self::Places => (-i64::from(last.home.places)).to_string(),
            Self::Youngest => last.home.youngest.to_string(),
        }
    }

    /// The same as a value to compare with.
    fn value(self, key: &str) -> Box<dyn Value> {
        match self {
            Self::Reference | Self::Provider => Box::new(key.to_owned()),
            Self::Places | Self::Youngest => Box::new(key.parse::<i64>().unwrap_or(0)),
        }
    }
}

/// A foster home in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub home: FosterHome,
    /// Its service or agency.
    pub provider: String,
    /// Exemptions in force on the day of the list.
    pub exemptions: u32,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    home: Read<FosterHome>,
    provider_name: String,
    exemptions: i64,
}

const LISTED: &str = "FROM foster_home h JOIN provider p ON p.id = h.provider
  WHERE h.authority = $1
    AND (CAST($2 AS text) IS NULL OR lower(h.reference) LIKE $2 ESCAPE '!' OR lower(h.scheme) LIKE $2 ESCAPE '!' OR lower(p.name) LIKE $2 ESCAPE '!')
    AND (CAST($3 AS text) IS NULL OR h.stage = $3) AND (CAST($4 AS text) IS NULL OR h.care = $4)";

fn rows(sort: Sort) -> Statement {
    let key = sort.key();
    let text = format!(
        "SELECT h.id, h.authority, h.provider, h.reference, h.stage, h.enquired, h.approved, h.ended, h.places, h.youngest, h.oldest, h.takes,
                h.care, h.scheme, h.skills, h.ethnicity, h.postcode, p.name AS provider_name,
                (SELECT count(*) FROM exemption e WHERE e.home = h.id AND e.starts <= $5 AND (e.ends IS NULL OR e.ends > $5)) AS exemptions
         {LISTED} AND ($6 OR ({key}, h.id) > ($7, $8)) ORDER BY {key}, h.id LIMIT $9"
    );
    Statement { text: text.into(), at: "list of foster homes" }
}

fn count() -> Statement {
    Statement { text: format!("SELECT count(*) {LISTED}").into(), at: "count of foster homes" }
}

inventory::submit! { Registered(|| Sort::ALL.map(rows).into_iter().chain([count()]).collect()) }

/// Foster homes in the order of the filter, a page at a time, as they are on a day.
pub async fn list(view: &mut View, filter: &Filter, on: Day, after: Option<&Cursor>, limit: u32) -> Result<Page<Listed>, Error> {
    let (authority, on) = (Key(view.permit().authority()), Date(on));
    let (search, stage, care) = (filter.search.as_deref().map(page::pattern), filter.stage.map(Text), filter.care.map(Text));
    let (total,): (i64,) = view.one(count(), &[&authority, &search, &stage, &care]).await?;
    let (first, key, id) = page::start(after);
    let (wanted, key) = (page::wanted(limit), filter.sort.value(&key));
    let values: [&dyn Value; 9] = [&authority, &search, &stage, &care, &on, &first, key.as_ref(), &id, &wanted];
    let found: Vec<Row> = view.all(rows(filter.sort), &values).await?;
    let listed =
        found.into_iter().map(|row| Listed { home: row.home.0, provider: row.provider_name, exemptions: row.exemptions as u32 }).collect();
    Ok(Page::of(listed, total, limit, |last: &Listed| Cursor::of(filter.sort.of(last), last.home.id)))
}
