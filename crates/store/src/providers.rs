//! Providers, and who owns them from when to when.

use domain::Day;
use domain::document::Document;
use domain::foster_home::FosterHome;
use domain::judgement::Judgement;
use domain::provider::{Owner, Ownership, Provider, Sector, Status};
use domain::setting::Setting;

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::facts::Read;
use crate::page::{self, Cursor, Page};
use crate::statement::{Registered, Statement, Value};
use crate::types::{Date, Key, Text};

fact! {
    Provider in "provider" { name, legal_name, company, sector, status }
}

fact! {
    Owner in "owner" { name, company }
}

fact! {
    Ownership in "ownership" { provider, owner, from as "starts", to as "ends" }
    order "starts" of Provider by "provider"
}

fact! {
    Document in "document" { provider, setting, foster_home, kind, title, from as "starts", to as "ends" }
    order "kind, starts" of Provider by "provider", Setting by "setting", FosterHome by "foster_home"
}

fact! {
    Judgement in "judgement" { provider, setting, day, overall, protected, leaders }
    order "day" of Provider by "provider", Setting by "setting"
}

/// Which providers are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of the name, the legal name or the owner's name.
    pub search: Option<String>,
    /// Who they are.
    pub sector: Option<Sector>,
    /// How far the authority works with them.
    pub status: Option<Status>,
    /// In which order.
    pub sort: Sort,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Name.
    #[default]
    Name,
    /// Open homes, agencies and services, the most first.
    Settings,
    /// Registered places, the most first.
    Places,
}

impl Sort {
    const ALL: [Self; 3] = [Self::Name, Self::Settings, Self::Places];

    /// The expression, which only ever grows down the list.
    const fn key(self) -> &'static str {
        match self {
            Self::Name => "lower(l.name)",
            Self::Settings => "-l.settings",
            Self::Places => "-l.places",
        }
    }

    /// What the end of a page holds of its last row, as the expression gives it.
    fn of(self, last: &Listed) -> String {
        match self {
            Self::Name => last.provider.name.to_lowercase(),
            Self::Settings => (-i64::from(last.settings)).to_string(),
            Self::Places => (-i64::from(last.places)).to_string(),
        }
    }

    /// The same as a value to compare with.
    fn value(self, key: &str) -> Box<dyn Value> {
        match self {
            Self::Name => Box::new(key.to_owned()),
            Self::Settings | Self::Places => Box::new(key.parse::<i64>().unwrap_or(0)),
        }
    }
}

/// A provider in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub provider: Provider,
    /// Whose it is on the day of the list; nothing where nobody says.
    pub owner: Option<String>,
    /// Homes, agencies and services that are open on the day.
    pub settings: u32,
    /// Registered places in them.
    pub places: u32,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    provider: Read<Provider>,
    owner_name: Option<String>,
    settings: i64,
    places: i64,
}

const LISTED: &str = "FROM (
    SELECT p.id, p.authority, p.name, p.legal_name, p.company, p.sector, p.status,
           (SELECT o.name FROM ownership h JOIN owner o ON o.id = h.owner
             WHERE h.provider = p.id AND h.starts <= $2 AND (h.ends IS NULL OR h.ends > $2)) AS owner_name,
           (SELECT count(*) FROM setting s WHERE s.provider = p.id
               AND (s.opened IS NULL OR s.opened <= $2) AND (s.closed IS NULL OR s.closed > $2)) AS settings,
           (SELECT CAST(coalesce(sum(t.places), 0) AS bigint) FROM setting s JOIN terms t ON t.setting = s.id
             WHERE s.provider = p.id AND (s.opened IS NULL OR s.opened <= $2) AND (s.closed IS NULL OR s.closed > $2) AND t.starts <= $2
               AND NOT EXISTS (SELECT 1 FROM terms u WHERE u.setting = s.id AND u.starts <= $2 AND u.starts > t.starts)) AS places
      FROM provider p WHERE p.authority = $1) l
  WHERE (CAST($3 AS text) IS NULL OR lower(l.name) LIKE $3 ESCAPE '!' OR lower(l.legal_name) LIKE $3 ESCAPE '!' OR lower(l.owner_name) LIKE $3 ESCAPE '!')
    AND (CAST($4 AS text) IS NULL OR l.sector = $4) AND (CAST($5 AS text) IS NULL OR l.status = $5)";

fn rows(sort: Sort) -> Statement {
    let key = sort.key();
    let text = format!(
        "SELECT l.id, l.authority, l.name, l.legal_name, l.company, l.sector, l.status, l.owner_name, l.settings, l.places
         {LISTED} AND ($6 OR ({key}, l.id) > ($7, $8)) ORDER BY {key}, l.id LIMIT $9"
    );
    Statement { text: text.into(), at: "list of providers" }
}

fn count() -> Statement {
    Statement { text: format!("SELECT count(*) {LISTED}").into(), at: "count of providers" }
}

inventory::submit! { Registered(|| Sort::ALL.map(rows).into_iter().chain([count()]).collect()) }

/// Providers in the order of the filter, a page at a time, as they are on a day.
pub async fn list(view: &mut View, filter: &Filter, on: Day, after: Option<&Cursor>, limit: u32) -> Result<Page<Listed>, Error> {
    let (authority, on) = (Key(view.permit().authority()), Date(on));
    let (search, sector, status) = (filter.search.as_deref().map(page::pattern), filter.sector.map(Text), filter.status.map(Text));
    let (total,): (i64,) = view.one(count(), &[&authority, &on, &search, &sector, &status]).await?;
    let (first, key, id) = page::start(after);
    let (wanted, key) = (page::wanted(limit), filter.sort.value(&key));
    let values: [&dyn Value; 9] = [&authority, &on, &search, &sector, &status, &first, key.as_ref(), &id, &wanted];
    let found: Vec<Row> = view.all(rows(filter.sort), &values).await?;
    let listed = found.into_iter().map(|row| Listed {
        provider: row.provider.0,
        owner: row.owner_name,
        settings: row.settings as u32,
        places: row.places as u32,
    });
    Ok(Page::of(listed.collect(), total, limit, |last: &Listed| Cursor::of(filter.sort.of(last), last.provider.id)))
}
