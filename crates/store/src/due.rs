//! What duties run from, read for many children at once: one question, however many children there are.

use domain::Day;
use domain::access::Role;
use domain::case::{Assessor, HealthKind};
use domain::child::Child;
use domain::code::Code;
use domain::id::Id;
use domain::period::Kind;
use domain::person::Person;

use crate::Error;
use crate::db::View;
use crate::reach::{REACHED, RESTRICTED, Reached};
use crate::statement::{Registered, Statement, quoted, sql};
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
    /// Who is allocated to the child today.
    pub working: Working,
    /// Whether the case is open to those alone.
    pub restricted: bool,
    /// The first and the last review held in this period.
    pub reviewed: Option<(Day, Day)>,
    /// The last visit on which the child was seen.
    pub visited: Option<Day>,
    /// The last health assessment of this period that the law asks for.
    pub health: Option<Day>,
    /// When the last plan of a placement was agreed.
    pub placement_plan: Option<Day>,
    /// When the child's own words were last recorded.
    pub heard: Option<Day>,
    /// When the last personal education plan of this period was agreed.
    pub education_plan: Option<Day>,
}

/// Who is allocated to a child on a day, of those who may sign in, have a part here, and are kept out by no conflict of interest: whoever left is there no
/// more, whether or not somebody ended their allocations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Working {
    /// Anybody.
    pub anybody: bool,
    /// A social worker.
    pub social_worker: bool,
    /// An independent reviewing officer.
    pub reviewing_officer: bool,
}

/// Since when an authority has recorded what its duties run from: nothing where it never did. What came before may have happened all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeptSince {
    /// Reviews held.
    pub reviews: Option<Day>,
    /// Visits made.
    pub visits: Option<Day>,
    /// Health assessments that the law asks for.
    pub health: Option<Day>,
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
    health: Option<Date>,
    placement_plans: Option<Date>,
    voice: Option<Date>,
    education_plans: Option<Date>,
}

fn since() -> Statement {
    let statutory = quoted(HealthKind::ALL.into_iter().filter(|kind| kind.is_statutory()));
    let text = format!(
        "SELECT (SELECT min(v.held) FROM review v WHERE v.authority = $1) AS reviews,
                        (SELECT min(m.made) FROM visit m WHERE m.authority = $1) AS visits,
                        (SELECT min(h.held) FROM health_assessment h WHERE h.authority = $1 AND h.kind IN ({statutory})) AS health,
                        (SELECT min(k.agreed) FROM care_plan k WHERE k.authority = $1 AND k.kind = 'placement') AS placement_plans,
                        (SELECT min(w.day) FROM voice w WHERE w.authority = $1) AS voice,
                        (SELECT min(k.agreed) FROM care_plan k WHERE k.authority = $1 AND k.kind = 'education') AS education_plans"
    );
    Statement { text: text.into(), at: "since when things are recorded" }
}

/// Since when reviews, visits, health assessments, plans and children's words are on record here.
pub async fn kept_since(view: &mut View) -> Result<KeptSince, Error> {
    let row: SinceRow = view.one(since(), &[&Key(view.permit().authority())]).await?;
    let day = |date: Option<Date>| date.map(|date| date.0);
    Ok(KeptSince {
        reviews: day(row.reviews),
        visits: day(row.visits),
        health: day(row.health),
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
    #[sqlx(flatten)]
    working: Working,
    restricted: bool,
    first_review: Option<Date>,
    last_review: Option<Date>,
    visited: Option<Date>,
    health: Option<Date>,
    placement_plan: Option<Date>,
    heard: Option<Date>,
    education_plan: Option<Date>,
}

inventory::submit! { Registered(|| vec![children_reached(), children_forsaken(), since()]) }

/// A fact `fact` of a child `c`, or of an entry that stands under it.
fn of(fact: &str) -> String {
    format!("{fact}.child IN (SELECT c.id UNION ALL SELECT e.child FROM child_merge e WHERE e.stands_under = c.id)")
}

/// What holds on `$2`.
fn goes_on(fact: &str) -> String {
    format!("{fact}.starts <= $2 AND ({fact}.ends IS NULL OR {fact}.ends > $2)")
}

/// Whether somebody works with a child `c` on `$2`, of this role or of any.
fn works(role: Option<Role>) -> String {
    let role = role.map(|role| format!(" AND g.role = '{}'", role.name())).unwrap_or_default();
    let (allocation, on, conflict_on) = (of("a"), goes_on("a"), goes_on("x"));
    let kept_out = of("x").replace("x.child", "x.thing");
    format!(
        "EXISTS (SELECT 1 FROM allocation a JOIN person q ON q.id = a.person
             JOIN role_grant g ON g.authority = c.authority AND g.person = a.person{role}
             WHERE {allocation} AND {on} AND q.stopped_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM conflict x WHERE x.authority = c.authority AND x.person = a.person AND {kept_out} AND {conflict_on}))"
    )
}

/// Whether an assessment `h` is one that regulation 7 asks for.
fn regulation_7() -> String {
    let lawful =
        HealthKind::ALL.into_iter().flat_map(|kind| Assessor::ALL.map(|by| (kind, by))).filter(|(kind, by)| kind.meets_regulation_7(*by));
    lawful.map(|(kind, by)| format!("h.kind = '{kind}' AND h.assessor = '{by}'")).collect::<Vec<_>>().join(" OR ")
}

/// Whether a child `c` is one on whose restricted case nobody works on `$2`, and who is looked after.
fn forsaken_child() -> String {
    let (period, period_on, anybody) = (of("p"), goes_on("p"), works(None));
    format!(
        "NOT EXISTS (SELECT 1 FROM child_merge m WHERE m.child = c.id) AND {RESTRICTED} AND NOT {anybody}
            AND EXISTS (SELECT 1 FROM period_of_care p WHERE {period} AND {period_on})"
    )
}

/// Children in care or else in short breaks, with what was done since, by the child's own entry or one that stands under it.
fn children(which: &str) -> String {
    // Each finds its rows by the index of its table; grouping whole tables and joining them takes many times as long on SQLite.
    let (period, legal, placement) = (of("p"), of("l"), of("r"));
    let (review, visit, health) = (of("v"), of("m"), of("h"));
    let (plan, voice) = (of("k"), of("w"));
    let (period_on, legal_on, placement_on) = (goes_on("p"), goes_on("l"), goes_on("r"));
    let (anybody, social_worker) = (works(None), works(Some(Role::SocialWorker)));
    let reviewing_officer = works(Some(Role::IndependentReviewingOfficer));
    let regulation_7 = regulation_7();
    format!(
        "SELECT c.id, c.reference, c.born, p.starts AS began, p.kind AS period_kind,
                (SELECT l.status FROM legal_status l WHERE {legal} AND {legal_on} ORDER BY l.starts DESC, l.id DESC LIMIT 1) AS legal,
                (SELECT max(l.starts) FROM legal_status l WHERE {legal} AND {legal_on}) AS legal_since,
                r.starts AS living_since, r.kind AS living_kind,
                {anybody} AS anybody, {social_worker} AS social_worker, {reviewing_officer} AS reviewing_officer, {RESTRICTED} AS restricted,
                (SELECT min(v.held) FROM review v WHERE {review} AND v.held >= p.starts AND v.held <= $2) AS first_review,
                (SELECT max(v.held) FROM review v WHERE {review} AND v.held >= p.starts AND v.held <= $2) AS last_review,
                (SELECT max(m.made) FROM visit m WHERE {visit} AND m.seen <> 'not-seen' AND m.made <= $2) AS visited,
                (SELECT max(h.held) FROM health_assessment h WHERE {health} AND h.held >= p.starts AND h.held <= $2
                    AND ({regulation_7})) AS health,
                (SELECT max(k.agreed) FROM care_plan k WHERE {plan} AND k.kind = 'placement' AND k.agreed <= $2) AS placement_plan,
                (SELECT max(w.day) FROM voice w WHERE {voice} AND w.day <= $2) AS heard,
                (SELECT max(k.agreed) FROM care_plan k WHERE {plan} AND k.kind = 'education' AND k.agreed >= p.starts
                    AND k.agreed <= $2) AS education_plan
           FROM child c
           JOIN period_of_care p ON p.id = (SELECT p.id FROM period_of_care p WHERE {period} AND {period_on} ORDER BY p.kind, p.starts, p.id LIMIT 1)
           LEFT JOIN placement r ON r.id = (SELECT r.id FROM placement r WHERE {placement} AND {placement_on} AND r.kind NOT LIKE 'T%'
                ORDER BY r.starts DESC, r.id DESC LIMIT 1)
          WHERE {which}
          ORDER BY c.reference, c.id"
    )
}

/// Children with whom both a social worker and a reviewing officer work are left out unless `$5` is allocated to them: their work is nobody else's.
fn children_reached() -> Statement {
    let (social_worker, reviewing_officer) = (works(Some(Role::SocialWorker)), works(Some(Role::IndependentReviewingOfficer)));
    let on = goes_on("a");
    let text = children(&format!(
        "{REACHED}
            AND (NOT {social_worker} OR NOT {reviewing_officer}
                 OR c.id IN (SELECT coalesce(m.stands_under, a.child) FROM allocation a LEFT JOIN child_merge m ON m.child = a.child
                     WHERE a.person = $5 AND {on}))"
    ));
    Statement { text: text.into(), at: "children in care" }
}

fn children_forsaken() -> Statement {
    let text = children(&format!("c.authority = $1 AND {}", forsaken_child()));
    Statement { text: text.into(), at: "restricted cases on which nobody works" }
}

impl From<Row> for InCare {
    fn from(row: Row) -> Self {
        Self {
            child: row.id.0,
            reference: row.reference,
            born: row.born.0,
            began: row.began.0,
            kind: row.period_kind.0,
            legal: row.legal.map_or(Code::BLANK, |code| code.0),
            legal_since: row.legal_since.map(|date| date.0),
            living: row.living_since.zip(row.living_kind).map(|(since, kind)| (since.0, kind.0)),
            working: row.working,
            restricted: row.restricted,
            reviewed: row.first_review.zip(row.last_review).map(|(first, last)| (first.0, last.0)),
            visited: row.visited.map(|date| date.0),
            health: row.health.map(|date| date.0),
            placement_plan: row.placement_plan.map(|date| date.0),
            heard: row.heard.map(|date| date.0),
            education_plan: row.education_plan.map(|date| date.0),
        }
    }
}

/// The children in care on a day whom the permit reaches, by reference, but for those with whom others work and nobody is missing.
pub async fn in_care(view: &mut View, today: Day) -> Result<Vec<InCare>, Error> {
    let reached = Reached::of(view, today);
    let rows: Vec<Row> = view.all(children_reached(), &reached.values()).await?;
    Ok(rows.into_iter().map(InCare::from).collect())
}

/// The children in care on a day whose cases are restricted and on which nobody works, by reference.
pub async fn forsaken(view: &mut View, today: Day) -> Result<Vec<InCare>, Error> {
    let rows: Vec<Row> = view.all(children_forsaken(), &[&Key(view.permit().authority()), &Date(today)]).await?;
    Ok(rows.into_iter().map(InCare::from).collect())
}

inventory::submit! { Registered(|| vec![forsaken_one()]) }

fn forsaken_one() -> Statement {
    let text = format!("SELECT {} AS forsaken FROM child c WHERE c.authority = $1 AND c.id = $3", forsaken_child());
    Statement { text: text.into(), at: "restricted case on which nobody works" }
}

/// Whether a child is looked after on a day, the case is restricted, and nobody works on it; nothing where there is no such child here.
pub async fn is_forsaken(view: &mut View, child: Id<Child>, today: Day) -> Result<Option<bool>, Error> {
    let found: Option<(bool,)> = view.maybe(forsaken_one(), &[&Key(view.permit().authority()), &Date(today), &Key(child)]).await?;
    Ok(found.map(|(forsaken,)| forsaken))
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
