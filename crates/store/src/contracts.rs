//! Contract vehicles with what belongs to them, and the list of those that an authority has.

use domain::contract::accreditation::Accreditation;
use domain::contract::block::BlockBeds;
use domain::contract::indexation::Indexation;
use domain::contract::member::{JoinWindow, Lot, Membership, Suspension};
use domain::contract::outcome::OutcomeTerm;
use domain::contract::price::PriceLine;
use domain::contract::{Extension, Kind, Phase, Vehicle};
use domain::provider::Provider;
use domain::setting::Setting;
use domain::{Day, Id};

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::facts::Read;
use crate::page::{self, Cursor, Page};
use crate::statement::{Registered, Statement, sql};
use crate::types::{Date, Key, Text};

fact! {
    Vehicle in "contract_vehicle" {
        reference, title, kind, regime, lead as "lead_authority", callers, from as "starts", to as "ends", run_off, notes,
    }
}

fact! {
    Extension in "contract_extension" { vehicle, to as "ends", notice, taken }
    order "ends" of Vehicle by "vehicle"
}

fact! {
    Lot in "contract_lot" { vehicle, name, buys }
    order "name" of Vehicle by "vehicle"
}

fact! {
    JoinWindow in "join_window" { vehicle, from as "starts", to as "ends" }
    order "starts" of Vehicle by "vehicle"
}

fact! {
    Membership in "membership" { vehicle, lot, provider, from as "starts", to as "ends", rank }
    order "starts" of Vehicle by "vehicle", Provider by "provider"
}

fact! {
    Suspension in "member_suspension" { vehicle, membership, from as "starts", to as "ends", reason }
    order "starts" of Vehicle by "vehicle", Membership by "membership"
}

fact! {
    PriceLine in "price_line" { vehicle, lot, provider, setting, tier, from as "starts", to as "ends", weekly, core_hours, hourly, source }
    order "starts" of Vehicle by "vehicle"
}

fact! {
    BlockBeds in "block_beds" {
        vehicle, setting, foster_home, beds, from as "starts", to as "ends", weekly, minimum, void as "void_weekly",
    }
    order "starts" of Vehicle by "vehicle", Setting by "setting"
}

fact! {
    Indexation in "indexation" { vehicle, rule, cap, from as "starts", rate, applied }
    order "starts" of Vehicle by "vehicle"
}

fact! {
    Accreditation in "accreditation" { vehicle, provider, setting, scheme, score, outcome, from as "starts", to as "ends" }
    order "starts" of Vehicle by "vehicle", Provider by "provider"
}

fact! {
    OutcomeTerm in "outcome_term" { vehicle, name, counted, tariff, cap, verifier }
    order "name" of Vehicle by "vehicle"
}

/// Which vehicles are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of the reference, the title, or a member's name.
    pub search: Option<String>,
    /// What they are.
    pub kind: Option<Kind>,
    /// How far they are on the day of the list.
    pub phase: Option<Phase>,
}

/// What a list of vehicles is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Reference.
    #[default]
    Reference,
    /// Title.
    Title,
    /// The day on which it ends, the soonest first; what has no end comes last.
    End,
}

impl Sort {
    const ALL: [Self; 3] = [Self::Reference, Self::Title, Self::End];

    /// The expression, a text on both engines.
    const fn key(self) -> &'static str {
        match self {
            Self::Reference => "lower(l.reference)",
            Self::Title => "lower(l.title)",
            Self::End => "coalesce(CAST(l.last_day AS text), '9999-12-31')",
        }
    }

    fn of(self, row: &Row) -> String {
        match self {
            Self::Reference => row.vehicle.0.reference.to_lowercase(),
            Self::Title => row.vehicle.0.title.to_lowercase(),
            Self::End => row.last_day.map_or_else(|| "9999-12-31".to_owned(), |day| day.0.to_string()),
        }
    }
}

/// A vehicle in a list, as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub vehicle: Vehicle,
    /// The day on which it ends by the options taken; nothing where it has no end.
    pub end: Option<Day>,
    /// Lots.
    pub lots: u32,
    /// Providers that are members on the day.
    pub members: u32,
    /// Beds bought in block on the day.
    pub block_beds: u32,
    /// Price lines that hold on the day.
    pub prices: u32,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    vehicle: Read<Vehicle>,
    last_day: Option<Date>,
    lots: i64,
    members: i64,
    block_beds: i64,
    prices: i64,
}

/// `$2` is the day, `$3` the search, `$4` the kind, `$5` the phase by its word.
const LISTED: &str = "FROM (
    SELECT v.id, v.authority, v.reference, v.title, v.kind, v.regime, v.lead_authority, v.callers, v.starts, v.ends, v.run_off, v.notes,
           coalesce((SELECT max(e.ends) FROM contract_extension e WHERE e.vehicle = v.id AND e.taken IS NOT NULL), v.ends) AS last_day,
           (SELECT count(*) FROM contract_lot t WHERE t.vehicle = v.id) AS lots,
           (SELECT count(DISTINCT m.provider) FROM membership m
             WHERE m.vehicle = v.id AND m.starts <= $2 AND (m.ends IS NULL OR m.ends > $2)) AS members,
           (SELECT CAST(coalesce(sum(b.beds), 0) AS bigint) FROM block_beds b
             WHERE b.vehicle = v.id AND b.starts <= $2 AND (b.ends IS NULL OR b.ends > $2)) AS block_beds,
           (SELECT count(*) FROM price_line r WHERE r.vehicle = v.id AND r.starts <= $2 AND (r.ends IS NULL OR r.ends > $2)) AS prices
      FROM contract_vehicle v WHERE v.authority = $1) l
  WHERE (CAST($3 AS text) IS NULL OR lower(l.reference) LIKE $3 ESCAPE '!' OR lower(l.title) LIKE $3 ESCAPE '!'
         OR EXISTS (SELECT 1 FROM membership m JOIN provider p ON p.id = m.provider
                     WHERE m.vehicle = l.id AND lower(p.name) LIKE $3 ESCAPE '!'))
    AND (CAST($4 AS text) IS NULL OR l.kind = $4)
    AND (CAST($5 AS text) IS NULL OR $5 = CASE WHEN l.starts > $2 THEN 'to-come' WHEN l.last_day IS NULL OR l.last_day > $2 THEN 'running'
                                              WHEN l.run_off > $2 THEN 'run-off' ELSE 'over' END)";

const fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::ToCome => "to-come",
        Phase::Running => "running",
        Phase::RunOff => "run-off",
        Phase::Over => "over",
    }
}

fn rows(sort: Sort) -> Statement {
    let key = sort.key();
    let text = format!(
        "SELECT l.id, l.authority, l.reference, l.title, l.kind, l.regime, l.lead_authority, l.callers, l.starts, l.ends, l.run_off, l.notes,
                l.last_day, l.lots, l.members, l.block_beds, l.prices
         {LISTED} AND ($6 OR ({key}, l.id) > ($7, $8)) ORDER BY {key}, l.id LIMIT $9"
    );
    Statement { text: text.into(), at: "list of contracts" }
}

fn count() -> Statement {
    Statement { text: format!("SELECT count(*) {LISTED}").into(), at: "count of contracts" }
}

inventory::submit! { Registered(|| Sort::ALL.into_iter().map(rows).chain([count()]).collect()) }

/// Vehicles a page at a time, as they are on a day.
pub async fn list(
    view: &mut View,
    filter: &Filter,
    sort: Sort,
    on: Day,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Listed>, Error> {
    let (authority, on) = (Key(view.permit().authority()), Date(on));
    let search = filter.search.as_deref().map(page::pattern);
    let (kind, phase) = (filter.kind.map(Text), filter.phase.map(|phase| word(phase).to_owned()));
    let (total,): (i64,) = view.one(count(), &[&authority, &on, &search, &kind, &phase]).await?;
    let (first, key, id) = page::start(after);
    let wanted = page::wanted(limit);
    let found: Vec<Row> = view.all(rows(sort), &[&authority, &on, &search, &kind, &phase, &first, &key, &id, &wanted]).await?;
    let Page { rows, total, next } = Page::of(found, total, limit, |last| Cursor::of(sort.of(last), last.vehicle.0.id));
    let listed = |row: Row| Listed {
        vehicle: row.vehicle.0,
        end: row.last_day.map(|day| day.0),
        lots: row.lots as u32,
        members: row.members as u32,
        block_beds: row.block_beds as u32,
        prices: row.prices as u32,
    };
    Ok(Page { rows: rows.into_iter().map(listed).collect(), total, next })
}

/// The vehicle with this reference, if the permit's authority has it.
pub async fn by_reference(view: &mut View, reference: &str) -> Result<Option<Id<Vehicle>>, Error> {
    let found: Option<(Key<Vehicle>,)> = view
        .maybe(
            sql!("SELECT id FROM contract_vehicle WHERE authority = $1 AND lower(reference) = $2"),
            &[&Key(view.permit().authority()), &reference.to_lowercase()],
        )
        .await?;
    Ok(found.map(|(id,)| id.0))
}
