//! What waits for somebody's word: returns after a time missing, and planned placements whose first day has come.

use domain::Day;
use domain::case::{Interview, MissingEpisode};
use domain::child::Child;
use domain::id::Id;
use domain::placement::Placement;

use crate::Error;
use crate::db::View;
use crate::facts::Read;
use crate::statement::{Registered, Statement, quoted, sql};
use crate::types::{Date, Instant, Key};

/// A time missing after which the return interview was neither held nor declined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The entry that the child is shown under.
    pub child: Id<Child>,
    /// The time missing.
    pub episode: MissingEpisode,
}

#[derive(sqlx::FromRow)]
struct ReturnedRow {
    shown_under: Key<Child>,
    #[sqlx(flatten)]
    episode: Read<MissingEpisode>,
}

inventory::submit! { Registered(|| vec![unsettled()]) }

fn unsettled() -> Statement {
    let settled = quoted(Interview::ALL.into_iter().filter(|one| one.is_settled()));
    let text = format!(
        "SELECT coalesce(m.stands_under, e.child) AS shown_under, e.id, e.authority, e.child, e.kind, e.starts, e.ends, e.offered, e.interview
           FROM missing_episode e LEFT JOIN child_merge m ON m.child = e.child
          WHERE e.authority = $1 AND e.ends <= $2 AND e.interview NOT IN ({settled}) ORDER BY e.ends, e.id"
    );
    Statement { text: text.into(), at: "returns without an interview" }
}

/// Times missing that ended by a day, and of which the record does not say that an interview was held or declined.
pub async fn returned(view: &mut View, today: Day) -> Result<Vec<Returned>, Error> {
    let rows: Vec<ReturnedRow> = view.all(unsettled(), &[&Key(view.permit().authority()), &Date(today)]).await?;
    Ok(rows.into_iter().map(|row| Returned { child: row.shown_under.0, episode: row.episode.0 }).collect())
}

/// The day of the first return of which an authority wrote down what became of the interview; nothing where it never did.
pub async fn interviews_kept_since(view: &mut View) -> Result<Option<Day>, Error> {
    let (since,): (Option<Date>,) = view
        .one(
            sql!("SELECT min(ends) FROM missing_episode WHERE authority = $1 AND (offered IS NOT NULL OR interview <> 'not-known')"),
            &[&Key(view.permit().authority())],
        )
        .await?;
    Ok(since.map(|date| date.0))
}

/// A placement that may have been written before its first day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The entry that the child is shown under.
    pub child: Id<Child>,
    /// The placement.
    pub placement: Placement,
    /// When it was last written.
    pub recorded_at: Instant,
}

#[derive(sqlx::FromRow)]
struct PlannedRow {
    shown_under: Key<Child>,
    #[sqlx(flatten)]
    placement: Read<Placement>,
    recorded_at: Instant,
}

/// Placements whose first day has come by a day, and that were last written on that day or before it, as far as a text of the moment tells: which of them
/// await somebody's word is the placement's to say ([`Placement::awaits_word`]).
pub async fn planned(view: &mut View, today: Day) -> Result<Vec<Planned>, Error> {
    let rows: Vec<PlannedRow> = view
        .all(
            sql!(
                "SELECT coalesce(m.stands_under, p.child) AS shown_under, p.id, p.authority, p.child, p.kind, p.provider, p.urn, p.postcode, p.starts, p.ends, p.ended, p.recorded_at
                   FROM placement p LEFT JOIN child_merge m ON m.child = p.child
                  WHERE p.authority = $1 AND p.starts <= $2 AND substr(CAST(p.recorded_at AS text), 1, 10) <= CAST(p.starts AS text)
                  ORDER BY p.starts, p.id"
            ),
            &[&Key(view.permit().authority()), &Date(today)],
        )
        .await?;
    let planned = |row: PlannedRow| Planned { child: row.shown_under.0, placement: row.placement.0, recorded_at: row.recorded_at };
    Ok(rows.into_iter().map(planned).collect())
}
