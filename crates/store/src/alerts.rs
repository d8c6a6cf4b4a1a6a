//! What somebody must look at by a day.

use domain::Day;
use domain::alert::{Alert, Kind};
use domain::child::Child;
use domain::id::Id;
use domain::person::Person;
use domain::setting::Setting;

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::facts::Versioned;
use crate::page::{self, Cursor, Page};
use crate::statement::{Registered, Statement, Value, sql};
use crate::types::{Date, Key, Text};

fact! {
    Alert in "alert" { setting, foster_home, child, kind, words, since, due, owner, role, resolved, outcome }
    order "since" of Setting by "setting"
}

/// An alert with what it is about in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The alert.
    pub alert: Versioned<Alert>,
    /// The setting's name or the foster home's reference; empty where it is about a home on no register.
    pub setting: String,
    /// The child's reference; nothing where it concerns none.
    pub child: Option<String>,
    /// The owner's name; nothing where anybody with the role is to look.
    pub owner: Option<String>,
}

/// Which alerts are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of the home's name, or of what happened.
    pub search: Option<String>,
    /// What they are about.
    pub kind: Option<Kind>,
    /// Whether somebody has looked.
    pub which: Which,
}

/// Which alerts, by whether somebody has looked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Those that wait for somebody.
    #[default]
    Open,
    /// Those that were resolved.
    Resolved,
    /// Both.
    All,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The last day to look, the most urgent first.
    #[default]
    Due,
    /// The day of what happened, the latest first.
    Since,
    /// The home's name.
    Home,
}

impl Sort {
    const ALL: [Self; 3] = [Self::Due, Self::Since, Self::Home];

    /// The expression, and whether it grows or shrinks down the list.
    const fn key(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Due => ("a.due", ">", "ASC"),
            Self::Since => ("a.since", "<", "DESC"),
            Self::Home => ("lower(coalesce(s.name, h.reference, ''))", ">", "ASC"),
        }
    }

    fn of(self, one: &Listed) -> String {
        match self {
            Self::Due => one.alert.fact.due.to_string(),
            Self::Since => one.alert.fact.since.to_string(),
            Self::Home => one.setting.to_lowercase(),
        }
    }

    fn value(self, key: &str) -> Box<dyn Value> {
        match self {
            Self::Home => Box::new(key.to_owned()),
            Self::Due | Self::Since => Box::new(Date(Day::parse(key.as_bytes()).unwrap_or(Day::year_end(1)))),
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    alert: Versioned<Alert>,
    setting_name: String,
    reference: Option<String>,
    owner_name: Option<String>,
}

impl From<Row> for Listed {
    fn from(row: Row) -> Self {
        Self { alert: row.alert, setting: row.setting_name, child: row.reference, owner: row.owner_name }
    }
}

const NAMED: &str = "SELECT a.id, a.authority, a.version, a.recorded_at, a.superseded_at, a.withdrawn, a.setting, a.foster_home, a.child, a.kind, a.words, a.since, a.due,
        a.owner, a.role, a.resolved, a.outcome, coalesce(s.name, h.reference, '') AS setting_name, c.reference, p.name AS owner_name";

const OF_ALERTS: &str = "FROM alert_known a LEFT JOIN setting s ON s.id = a.setting LEFT JOIN foster_home h ON h.id = a.foster_home
        LEFT JOIN child c ON c.id = a.child LEFT JOIN person p ON p.id = a.owner WHERE a.authority = $1 AND a.superseded_at IS NULL";

const PASSING: &str =
    "AND (CAST($2 AS text) IS NULL OR ($2 = 'open' AND a.resolved IS NULL) OR ($2 = 'resolved' AND a.resolved IS NOT NULL))
        AND (CAST($3 AS text) IS NULL OR a.kind = $3)
        AND (CAST($4 AS text) IS NULL OR lower(coalesce(s.name, h.reference, '')) LIKE $4 ESCAPE '!' OR lower(a.words) LIKE $4 ESCAPE '!')";

fn opened() -> Statement {
    let text = format!("{NAMED} {OF_ALERTS} AND a.resolved IS NULL ORDER BY a.due, setting_name, c.reference, a.id");
    Statement { text: text.into(), at: "open alerts" }
}

fn rows(sort: Sort) -> Statement {
    let (key, after, order) = sort.key();
    let text =
        format!("{NAMED} {OF_ALERTS} {PASSING} AND ($5 OR ({key}, a.id) {after} ($6, $7)) ORDER BY {key} {order}, a.id {order} LIMIT $8");
    Statement { text: text.into(), at: "list of alerts" }
}

fn count() -> Statement {
    Statement { text: format!("SELECT count(*) {OF_ALERTS} {PASSING}").into(), at: "count of alerts" }
}

inventory::submit! { Registered(|| Sort::ALL.into_iter().map(rows).chain([opened(), count()]).collect()) }

/// Open alerts of the authority, the most urgent first.
pub async fn open(view: &mut View) -> Result<Vec<Listed>, Error> {
    let rows: Vec<Row> = view.all(opened(), &[&Key(view.permit().authority())]).await?;
    Ok(rows.into_iter().map(Listed::from).collect())
}

/// Alerts a page at a time, open or resolved.
pub async fn list(view: &mut View, filter: &Filter, sort: Sort, after: Option<&Cursor>, limit: u32) -> Result<Page<Listed>, Error> {
    let authority = Key(view.permit().authority());
    let which = match filter.which {
        Which::Open => Some("open"),
        Which::Resolved => Some("resolved"),
        Which::All => None,
    };
    let which = which.map(str::to_owned);
    let (kind, search) = (filter.kind.map(Text), filter.search.as_deref().map(page::pattern));
    let (total,): (i64,) = view.one(count(), &[&authority, &which, &kind, &search]).await?;
    let (first, _, id) = page::start(after);
    let key = sort.value(after.map_or("", Cursor::key));
    let wanted = page::wanted(limit);
    let found: Vec<Row> = view.all(rows(sort), &[&authority, &which, &kind, &search, &first, key.as_ref(), &id, &wanted]).await?;
    let listed = found.into_iter().map(Listed::from).collect();
    Ok(Page::of(listed, total, limit, |last: &Listed| Cursor::of(sort.of(last), last.alert.fact.id)))
}

/// The social worker allocated to each child on a day, where there is one; of several, the one allocated last.
pub async fn owners(view: &mut View, on: Day) -> Result<Vec<(Id<Child>, Id<Person>)>, Error> {
    let rows: Vec<(Key<Child>, Key<Person>)> = view
        .all(
            sql!(
                "SELECT a.child, a.person FROM allocation a
                   JOIN role_grant g ON g.authority = a.authority AND g.person = a.person AND g.role = 'social-worker'
                  WHERE a.authority = $1 AND a.starts <= $2 AND (a.ends IS NULL OR a.ends > $2)
                  ORDER BY a.child, a.starts, a.id"
            ),
            &[&Key(view.permit().authority()), &Date(on)],
        )
        .await?;
    Ok(rows.into_iter().map(|(child, person)| (child.0, person.0)).collect())
}
