//! What duties run from, read for many children at once: one question, however many children there are.

use domain::Day;
use domain::child::Child;
use domain::code::Code;
use domain::id::Id;
use domain::period::Kind;
use domain::person::Person;

use crate::Error;
use crate::db::View;
use crate::reach::{REACHED, Reached};
use crate::statement::{Registered, Statement, sql};
use crate::types::{Date, Instant, Key, Text};

/// A child in care today, with what the record holds of where duties run from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InCare {
    /// Who.
    pub child: Id<Child>,
    /// As the case system calls it.
    pub reference: String,
    /// Date of birth.
    pub born: Day,
    /// First day of the period that goes on.
    pub began: Day,
    /// Care or short breaks.
    pub kind: Kind,
    /// By which law today, or blank.
    pub legal: Code,
    /// Since when by this law.
    pub legal_since: Option<Day>,
    /// Where the child lives, since when: the main placement that goes on.
    pub living: Option<(Day, Code)>,
    /// Whether somebody is allocated to the child today.
    pub allocated: bool,
    /// The first and the last review held in this period.
    pub reviewed: Option<(Day, Day)>,
    /// The last visit on which the child was seen.
    pub visited: Option<Day>,
    /// When the last plan of a placement was agreed.
    pub placement_plan: Option<Day>,
    /// When the child's own words were last recorded.
    pub heard: Option<Day>,
    /// When the last personal education plan of this period was agreed.
    pub education_plan: Option<Day>,
}

/// Since when an authority has recorded what its duties run from: nothing where it never did. What came before may have happened all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeptSince {
    /// Reviews held.
    pub reviews: Option<Day>,
    /// Visits made.
    pub visits: Option<Day>,
    /// Plans of placements.
    pub placement_plans: Option<Day>,
    /// Children's own words.
    pub voice: Option<Day>,
    /// Personal education plans.
    pub education_plans: Option<Day>,
}

#[derive(sqlx::FromRow)]
struct SinceRow {
    reviews: Option<Date>,
    visits: Option<Date>,
    placement_plans: Option<Date>,
    voice: Option<Date>,
    education_plans: Option<Date>,
}

/// Since when reviews, visits, plans and children's words are on record here.
pub async fn kept_since(view: &mut View) -> Result<KeptSince, Error> {
    let row: SinceRow = view
        .one(
            sql!(
                "SELECT (SELECT min(v.held) FROM review v WHERE v.authority = $1) AS reviews,
                        (SELECT min(m.made) FROM visit m WHERE m.authority = $1) AS visits,
                        (SELECT min(k.agreed) FROM care_plan k WHERE k.authority = $1 AND k.kind = 'placement') AS placement_plans,
                        (SELECT min(w.day) FROM voice w WHERE w.authority = $1) AS voice,
                        (SELECT min(k.agreed) FROM care_plan k WHERE k.authority = $1 AND k.kind = 'education') AS education_plans"
            ),
            &[&Key(view.permit().authority())],
        )
        .await?;
    let day = |date: Option<Date>| date.map(|date| date.0);
    Ok(KeptSince {
        reviews: day(row.reviews),
        visits: day(row.visits),
        placement_plans: day(row.placement_plans),
        voice: day(row.voice),
        education_plans: day(row.education_plans),
    })
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Key<Child>,
    reference: String,
    born: Date,
    began: Date,
    period_kind: Text<Kind>,
    legal: Option<Text<Code>>,
    legal_since: Option<Date>,
    living_since: Option<Date>,
    living_kind: Option<Text<Code>>,
    allocated: bool,
    first_review: Option<Date>,
    last_review: Option<Date>,
    visited: Option<Date>,
    placement_plan: Option<Date>,
    heard: Option<Date>,
    education_plan: Option<Date>,
}

inventory::submit! { Registered(|| vec![children()]) }

/// Children in care or else in short breaks, with what was done since, by the child's own entry or one that stands under it. Whom others are allocated to is
/// left out: their work is nobody else's.
fn children() -> Statement {
    // Each finds its rows by the index of its table; grouping whole tables and joining them takes many times as long on SQLite.
    let of = |fact: &str| format!("{fact}.child IN (SELECT c.id UNION ALL SELECT e.child FROM child_merge e WHERE e.stands_under = c.id)");
    let (period, legal, placement, allocation) = (of("p"), of("l"), of("r"), of("a"));
    let (review, visit, plan, voice) = (of("v"), of("m"), of("k"), of("w"));
    let goes_on = |fact: &str| format!("{fact}.starts <= $2 AND ({fact}.ends IS NULL OR {fact}.ends > $2)");
    let (period_on, legal_on, placement_on, allocation_on) = (goes_on("p"), goes_on("l"), goes_on("r"), goes_on("a"));
    let text = format!(
        "SELECT c.id, c.reference, c.born, p.starts AS began, p.kind AS period_kind,
                (SELECT l.status FROM legal_status l WHERE {legal} AND {legal_on} ORDER BY l.starts DESC, l.id DESC LIMIT 1) AS legal,
                (SELECT max(l.starts) FROM legal_status l WHERE {legal} AND {legal_on}) AS legal_since,
                r.starts AS living_since, r.kind AS living_kind,
                EXISTS (SELECT 1 FROM allocation a WHERE {allocation} AND {allocation_on}) AS allocated,
                (SELECT min(v.held) FROM review v WHERE {review} AND v.held >= p.starts AND v.held <= $2) AS first_review,
                (SELECT max(v.held) FROM review v WHERE {review} AND v.held >= p.starts AND v.held <= $2) AS last_review,
                (SELECT max(m.made) FROM visit m WHERE {visit} AND m.seen <> 'not-seen' AND m.made <= $2) AS visited,
                (SELECT max(k.agreed) FROM care_plan k WHERE {plan} AND k.kind = 'placement' AND k.agreed <= $2) AS placement_plan,
                (SELECT max(w.day) FROM voice w WHERE {voice} AND w.day <= $2) AS heard,
                (SELECT max(k.agreed) FROM care_plan k WHERE {plan} AND k.kind = 'education' AND k.agreed >= p.starts
                    AND k.agreed <= $2) AS education_plan
           FROM child c
           JOIN period_of_care p ON p.id = (SELECT p.id FROM period_of_care p WHERE {period} AND {period_on} ORDER BY p.kind, p.starts, p.id LIMIT 1)
           LEFT JOIN placement r ON r.id = (SELECT r.id FROM placement r WHERE {placement} AND {placement_on} AND r.kind NOT LIKE 'T%'
                ORDER BY r.starts DESC, r.id DESC LIMIT 1)
          WHERE {REACHED}
            AND (NOT EXISTS (SELECT 1 FROM allocation a WHERE {allocation} AND {allocation_on})
                 OR c.id IN (SELECT coalesce(m.stands_under, a.child) FROM allocation a LEFT JOIN child_merge m ON m.child = a.child
                     WHERE a.person = $5 AND {allocation_on}))
          ORDER BY c.reference, c.id"
    );
    Statement { text: text.into(), at: "children in care" }
}

/// The children in care on a day whom the permit reaches and whom this person works with, or nobody, by reference.
pub async fn in_care(view: &mut View, today: Day) -> Result<Vec<InCare>, Error> {
    let reached = Reached::of(view, today);
    let rows: Vec<Row> = view.all(children(), &reached.values()).await?;
    let child = |row: Row| InCare {
        child: row.id.0,
        reference: row.reference,
        born: row.born.0,
        began: row.began.0,
        kind: row.period_kind.0,
        legal: row.legal.map_or(Code::BLANK, |code| code.0),
        legal_since: row.legal_since.map(|date| date.0),
        living: row.living_since.zip(row.living_kind).map(|(since, kind)| (since.0, kind.0)),
        allocated: row.allocated,
        reviewed: row.first_review.zip(row.last_review).map(|(first, last)| (first.0, last.0)),
        visited: row.visited.map(|date| date.0),
        placement_plan: row.placement_plan.map(|date| date.0),
        heard: row.heard.map(|date| date.0),
        education_plan: row.education_plan.map(|date| date.0),
    };
    Ok(rows.into_iter().map(child).collect())
}

/// A bed that is held and lapses soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lapsing {
    /// For whom.
    pub child: Id<Child>,
    /// The child's reference.
    pub reference: String,
    /// Where.
    pub setting: Id<domain::setting::Setting>,
    /// When it began to be held.
    pub recorded_at: Instant,
    /// When it lapses.
    pub lapses: Instant,
}

#[derive(sqlx::FromRow)]
struct LapsingRow {
    child: Key<Child>,
    reference: String,
    setting: Key<domain::setting::Setting>,
    recorded_at: Instant,
    lapses: Instant,
}

inventory::submit! { Registered(|| vec![lapsing_holds()]) }

fn lapsing_holds() -> Statement {
    let text = format!(
        "SELECT c.id AS child, c.reference, h.setting, h.recorded_at, h.lapses FROM hold h JOIN child c
             ON c.id = h.child OR EXISTS (SELECT 1 FROM child_merge m WHERE m.stands_under = c.id AND m.child = h.child)
          WHERE h.authority = $1 AND h.lapses > $6 AND h.lapses <= $7 AND (h.released IS NULL OR h.released > $6) AND {REACHED}
          ORDER BY h.lapses, h.id"
    );
    Statement { text: text.into(), at: "hold" }
}

/// Beds held for children whom the permit reaches that lapse between two moments, the next first.
pub async fn lapsing(view: &mut View, today: Day, now: Instant, before: Instant) -> Result<Vec<Lapsing>, Error> {
    let reached = Reached::of(view, today);
    let values = [&reached.values()[..], &[&now, &before]].concat();
    let rows: Vec<LapsingRow> = view.all(lapsing_holds(), &values).await?;
    let lapsing = |row: LapsingRow| Lapsing {
        child: row.child.0,
        reference: row.reference,
        setting: row.setting.0,
        recorded_at: row.recorded_at,
        lapses: row.lapses,
    };
    Ok(rows.into_iter().map(lapsing).collect())
}

/// A document that runs out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiring {
    /// Whose.
    pub provider: Id<domain::provider::Provider>,
    /// The provider's name: a business, not a person.
    pub name: String,
    /// What it is.
    pub kind: domain::document::Kind,
    /// First day on which it held.
    pub from: Day,
    /// The day on which it holds no more.
    pub to: Day,
}

#[derive(sqlx::FromRow)]
struct ExpiringRow {
    provider: Key<domain::provider::Provider>,
    name: String,
    kind: Text<domain::document::Kind>,
    starts: Date,
    ends: Date,
}

/// Documents of providers one may place with that run out before a day, and have no successor of their kind, the next first. One that begins after a gap
/// follows them once it has begun.
pub async fn expiring(view: &mut View, today: Day, before: Day) -> Result<Vec<Expiring>, Error> {
    let rows: Vec<ExpiringRow> = view
        .all(
            sql!(
                "SELECT d.provider, p.name, d.kind, d.starts, d.ends FROM document d JOIN provider p ON p.id = d.provider
                  WHERE d.authority = $1 AND d.ends <= $2 AND p.status NOT IN ('prospect', 'removed')
                    AND NOT EXISTS (SELECT 1 FROM document n WHERE n.provider = d.provider AND n.kind = d.kind AND n.id <> d.id
                         AND (n.setting = d.setting OR (n.setting IS NULL AND d.setting IS NULL))
                         AND (n.foster_home = d.foster_home OR (n.foster_home IS NULL AND d.foster_home IS NULL))
                         AND (n.starts <= d.ends OR n.starts <= $3) AND (n.ends IS NULL OR n.ends > d.ends))
                  ORDER BY d.ends, p.name, d.id"
            ),
            &[&Key(view.permit().authority()), &Date(before), &Date(today)],
        )
        .await?;
    let expiring =
        |row: ExpiringRow| Expiring { provider: row.provider.0, name: row.name, kind: row.kind.0, from: row.starts.0, to: row.ends.0 };
    Ok(rows.into_iter().map(expiring).collect())
}

/// An invitation that nobody took up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// Who was invited.
    pub person: Id<Person>,
    /// When.
    pub made_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
}

/// Invitations of the permit's authority that wait for whoever was invited, ended ones too, the oldest first.
pub async fn invited(view: &mut View) -> Result<Vec<Invited>, Error> {
    let rows: Vec<(Key<Person>, Instant, Instant)> = view
        .all(
            sql!(
                "SELECT l.person, l.made_at, l.ends_at FROM link l JOIN person p ON p.id = l.person
                 WHERE l.authority = $1 AND l.kind = 'invitation' AND p.stopped_at IS NULL ORDER BY l.made_at, l.person"
            ),
            &[&Key(view.permit().authority())],
        )
        .await?;
    Ok(rows.into_iter().map(|(person, made_at, ends_at)| Invited { person: person.0, made_at, ends_at }).collect())
}
