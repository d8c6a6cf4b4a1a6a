//! Homes, agencies and services: what their registration allows, what is stopped, and the list with the beds of a night.

use domain::Day;
use domain::capacity::{Beds, Open, Sharing, Tally};
use domain::code::Code;
use domain::id::Id;
use domain::judgement::Overall;
use domain::provider::Provider;
use domain::setting::{Kind, Restriction, Setting, Terms};

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::facts::{Read, Versioned};
use crate::page::{self, Cursor, Page};
use crate::statement::{Registered, Statement, Value, sql};
use crate::types::{Date, Instant, Key, Text};

fact! {
    Setting in "setting" { provider, urn, kind, name, area, postcode, registration, opened, closed, before }
    order "name" of Provider by "provider"
}

fact! {
    Terms in "terms" { setting, from as "starts", places, youngest, oldest, takes, conditions }
    order "starts" of Setting by "setting"
}

fact! {
    Restriction in "restriction" { setting, kind, from as "starts", to as "ends", words }
    order "starts" of Setting by "setting"
}

/// Which settings are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of the name, the number or the provider's name.
    pub search: Option<String>,
    /// What they are.
    pub kind: Option<Kind>,
    /// Their latest judgement.
    pub judged: Option<Overall>,
    /// The authority in which they lie, by the Department's number.
    pub area: Option<u32>,
    /// Which of them by their state on the day.
    pub which: Which,
}

/// Which settings by their state on the day of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Those that are open.
    #[default]
    Open,
    /// Those with a bed that a child can have.
    WithBed,
    /// All, closed and to come too.
    All,
}

/// What a list of settings is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Name.
    #[default]
    Name,
    /// Provider's name.
    Provider,
    /// Registered places, the most first.
    Places,
    /// Beds that a child can have, the most first.
    Available,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Name, Self::Provider, Self::Places, Self::Available];

    /// The expression, which only ever grows down the list.
    const fn key(self) -> &'static str {
        match self {
            Self::Name => "lower(l.name)",
            Self::Provider => "lower(l.provider_name)",
            Self::Places => "-coalesce(l.places, -1)",
            Self::Available => "-l.available",
        }
    }

    /// What the end of a page holds of its last row, as the expression gives it.
    fn of(self, row: &Row) -> String {
        match self {
            Self::Name => row.setting.0.name.to_lowercase(),
            Self::Provider => row.provider_name.to_lowercase(),
            Self::Places => (-row.places.unwrap_or(-1)).to_string(),
            Self::Available => (-row.available).to_string(),
        }
    }

    /// The same as a value to compare with.
    fn value(self, key: &str) -> Box<dyn Value> {
        match self {
            Self::Name | Self::Provider => Box::new(key.to_owned()),
            Self::Places | Self::Available => Box::new(key.parse::<i64>().unwrap_or(0)),
        }
    }
}

/// A setting in a list, as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub setting: Setting,
    /// Its provider's name.
    pub provider: String,
    /// Ages that it is registered for, where anybody says.
    pub ages: (Option<u32>, Option<u32>),
    /// The latest judgement; nothing where there is none.
    pub judged: Option<Overall>,
    /// Its beds on the night.
    pub beds: Beds,
}

impl Listed {
    /// The latest judgement in words: not graded, not yet inspected, or what was found.
    pub const fn judgement_words(&self) -> &'static str {
        domain::judgement::words(self.setting.kind, self.judged)
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    setting: Read<Setting>,
    provider_name: String,
    places: Option<i64>,
    youngest: Option<i64>,
    oldest: Option<i64>,
    judged: Option<Text<Overall>>,
    blocked: i64,
    unstaffed: i64,
    occupied: i64,
    held: i64,
    alone: bool,
    state: Text<Open>,
    available: i64,
}

/// What is counted of each setting on the night of `$2`, with holds as they stand at `$3`. The same as `domain::capacity::Home::night`, which a test
/// compares it with.
const COUNTED: &str =
    "SELECT s.id, s.authority, s.provider, s.urn, s.kind, s.name, s.area, s.postcode, s.registration, s.opened, s.closed, s.before,
    p.name AS provider_name, t.places, t.youngest, t.oldest,
    (SELECT j.overall FROM judgement j
      WHERE (j.setting = s.id OR (j.provider = s.provider AND j.setting IS NULL AND s.kind LIKE 'supported-%')) AND j.day <= $2
      ORDER BY j.day DESC, j.id DESC LIMIT 1) AS judged,
    (SELECT CAST(coalesce(sum(e.beds), 0) AS bigint) FROM capacity_event e WHERE e.setting = s.id AND e.reason <> 'other-authorities'
        AND e.starts <= $2 AND (e.ends IS NULL OR e.ends > $2)) AS blocked,
    (SELECT CAST(coalesce(sum(e.beds), 0) AS bigint) FROM capacity_event e WHERE e.setting = s.id AND e.reason = 'staffing'
        AND e.starts <= $2 AND (e.ends IS NULL OR e.ends > $2)) AS unstaffed,
    (SELECT count(*) FROM (
        SELECT r.child FROM placement r WHERE r.authority = s.authority AND r.urn = s.urn AND s.urn <> ''
           AND r.starts <= $2 AND (r.ends IS NULL OR r.ends > $2)
           AND NOT EXISTS (SELECT 1 FROM lodging g WHERE g.placement = r.id AND g.setting <> s.id)
        UNION
        SELECT r.child FROM lodging g JOIN placement r ON r.id = g.placement WHERE g.setting = s.id
           AND r.starts <= $2 AND (r.ends IS NULL OR r.ends > $2)) u)
    + (SELECT CAST(coalesce(sum(e.beds), 0) AS bigint) FROM capacity_event e WHERE e.setting = s.id AND e.reason = 'other-authorities'
        AND e.starts <= $2 AND (e.ends IS NULL OR e.ends > $2)) AS occupied,
    (SELECT count(DISTINCT h.child) FROM hold h WHERE h.setting = s.id AND h.lapses > $3 AND (h.released IS NULL OR h.released > $3)
        AND h.starts <= $2 AND (h.ends IS NULL OR h.ends > $2)
        AND NOT EXISTS (SELECT 1 FROM placement r WHERE r.authority = s.authority AND r.urn = s.urn AND s.urn <> '' AND r.child = h.child
            AND r.starts <= $2 AND (r.ends IS NULL OR r.ends > $2)
            AND NOT EXISTS (SELECT 1 FROM lodging g WHERE g.placement = r.id AND g.setting <> s.id))
        AND NOT EXISTS (SELECT 1 FROM lodging g JOIN placement r ON r.id = g.placement WHERE g.setting = s.id AND g.child = h.child
            AND r.starts <= $2 AND (r.ends IS NULL OR r.ends > $2))) AS held,
    (EXISTS (SELECT 1 FROM capacity_event e WHERE e.setting = s.id AND e.reason = 'solo'
        AND e.starts <= $2 AND (e.ends IS NULL OR e.ends > $2))
     OR EXISTS (SELECT 1 FROM hold h WHERE h.setting = s.id AND h.sharing = 'alone' AND h.lapses > $3
        AND (h.released IS NULL OR h.released > $3) AND h.starts <= $2 AND (h.ends IS NULL OR h.ends > $2))
     OR EXISTS (SELECT 1 FROM lodging g JOIN placement r ON r.id = g.placement WHERE g.setting = s.id AND g.sharing = 'alone'
        AND r.starts <= $2 AND (r.ends IS NULL OR r.ends > $2))) AS alone,
    CASE WHEN s.opened > $2 OR s.closed <= $2 THEN 'closed'
         WHEN s.registration IN ('refused', 'missing')
              OR (s.registration = 'applied' AND s.kind NOT IN ('fostering-service', 'other', 'residential-school')) THEN 'unregistered'
         WHEN EXISTS (SELECT 1 FROM restriction x WHERE x.setting = s.id AND x.kind = 'suspension'
             AND x.starts <= $2 AND (x.ends IS NULL OR x.ends > $2)) THEN 'suspended'
         WHEN EXISTS (SELECT 1 FROM restriction x WHERE x.setting = s.id AND x.kind = 'no-admissions'
             AND x.starts <= $2 AND (x.ends IS NULL OR x.ends > $2)) THEN 'no-admissions'
         ELSE 'open' END AS state
  FROM setting s JOIN provider p ON p.id = s.provider
  LEFT JOIN terms t ON t.setting = s.id AND t.starts <= $2
       AND NOT EXISTS (SELECT 1 FROM terms u WHERE u.setting = s.id AND u.starts <= $2 AND u.starts > t.starts)
 WHERE s.authority = $1";

/// Settings with their counts that pass the filter, as `l`.
fn passing() -> String {
    format!(
        "FROM (SELECT c.*, CASE WHEN c.state = 'open' AND NOT c.alone AND c.places > c.blocked + c.occupied + c.held
                                THEN c.places - c.blocked - c.occupied - c.held ELSE 0 END AS available
               FROM ({COUNTED}) c) l
         WHERE (CAST($4 AS text) IS NULL OR lower(l.name) LIKE $4 ESCAPE '!' OR l.urn LIKE $4 ESCAPE '!' OR lower(l.provider_name) LIKE $4 ESCAPE '!')
           AND (CAST($5 AS text) IS NULL OR l.kind = $5) AND (CAST($6 AS text) IS NULL OR l.judged = $6) AND (CAST($7 AS bigint) IS NULL OR l.area = $7)
           AND ($8 OR (l.state <> 'closed' AND (NOT $9 OR l.available > 0)))"
    )
}

fn rows(sort: Sort) -> Statement {
    let key = sort.key();
    let text = format!(
        "SELECT l.id, l.authority, l.provider, l.urn, l.kind, l.name, l.area, l.postcode, l.registration, l.opened, l.closed, l.before,
                l.provider_name, l.places, l.youngest, l.oldest, l.judged, l.blocked, l.unstaffed, l.occupied, l.held, l.alone, l.state,
                l.available
         {} AND ($10 OR ({key}, l.id) > ($11, $12)) ORDER BY {key}, l.id LIMIT $13",
        passing()
    );
    Statement { text: text.into(), at: "list of settings" }
}

fn count() -> Statement {
    Statement { text: format!("SELECT count(*) {}", passing()).into(), at: "count of settings" }
}

inventory::submit! { Registered(|| Sort::ALL.into_iter().map(rows).chain([count()]).collect()) }

/// Settings a page at a time, with their beds on a night, holds as they stand at a moment.
pub async fn list(
    view: &mut View,
    filter: &Filter,
    sort: Sort,
    (on, now): (Day, Instant),
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Listed>, Error> {
    let (authority, on) = (Key(view.permit().authority()), Date(on));
    let search = filter.search.as_deref().map(page::pattern);
    let (kind, judged, area) = (filter.kind.map(Text), filter.judged.map(Text), filter.area.map(i64::from));
    let (all, with_bed) = (filter.which == Which::All, filter.which == Which::WithBed);
    let asked: [&dyn Value; 9] = [&authority, &on, &now, &search, &kind, &judged, &area, &all, &with_bed];
    let (total,): (i64,) = view.one(count(), &asked).await?;
    let (first, _, id) = page::start(after);
    let key = sort.value(after.map_or("", Cursor::key));
    let wanted = page::wanted(limit);
    let mut values = asked.to_vec();
    values.extend([&first as &dyn Value, key.as_ref(), &id, &wanted]);
    let found: Vec<Row> = view.all(rows(sort), &values).await?;
    let Page { rows, total, next } = Page::of(found, total, limit, |last| Cursor::of(sort.of(last), last.setting.0.id));
    Ok(Page { rows: rows.into_iter().map(listed).collect(), total, next })
}

fn listed(row: Row) -> Listed {
    let number = |held: Option<i64>| held.map(|number| number as u32);
    let beds = Beds::of(Tally {
        open: row.state.0,
        places: number(row.places),
        blocked: row.blocked as u32,
        unstaffed: row.unstaffed as u32,
        occupied: row.occupied as u32,
        held: row.held as u32,
        sharing: if row.alone { Sharing::Alone } else { Sharing::Shared },
    });
    Listed {
        setting: row.setting.0,
        provider: row.provider_name,
        ages: (number(row.youngest), number(row.oldest)),
        judged: row.judged.map(|text| text.0),
        beds,
    }
}

/// The setting with this number, if the permit's authority has it on its register.
pub async fn by_number(view: &mut View, urn: Code) -> Result<Option<Id<Setting>>, Error> {
    let found: Option<(Key<Setting>,)> = view
        .maybe(
            sql!("SELECT id FROM setting WHERE authority = $1 AND urn = $2 AND urn <> ''"),
            &[&Key(view.permit().authority()), &Text(urn)],
        )
        .await?;
    Ok(found.map(|(id,)| id.0))
}

/// Registrations that took the place of this one.
pub async fn after(view: &mut View, setting: Id<Setting>) -> Result<Vec<Versioned<Setting>>, Error> {
    let rows: Vec<Versioned<Setting>> = view
        .all(
            sql!(
                "SELECT id, authority, version, recorded_at, superseded_at, withdrawn, provider, urn, kind, name, area, postcode, registration, opened, closed,
                        before
                   FROM setting_known WHERE authority = $1 AND before = $2 AND superseded_at IS NULL ORDER BY opened, id"
            ),
            &[&Key(view.permit().authority()), &Key(setting)],
        )
        .await?;
    Ok(rows)
}
