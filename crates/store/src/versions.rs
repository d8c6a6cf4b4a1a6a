//! Every version of a fact with the change that made it: who, when, why.

use domain::access::Action;
use domain::case::{
    Allocation, CourtAuthority, EmergencyDecision, HealthAssessment, MissingEpisode, NeedProfile, Plan, Review, Sibling, Visit, Voice,
};
use domain::child::Child;
use domain::id::Id;
use domain::legal_status::LegalStatus;
use domain::merge::Merge;
use domain::period::PeriodOfCare;
use domain::placement::Placement;
use domain::vault::Kept;

use crate::Error;
use crate::db::View;
use crate::facts::{Fact, Versioned};
use crate::statement::{Registered, Statement};
use crate::types::{Key, Text};

/// A version of a fact, and the change that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<T> {
    /// The fact as it was written.
    pub known: Versioned<T>,
    /// Who wrote it: a person's name, or what the machine was doing.
    pub who: String,
    /// Why, in their words; empty where the action says it all.
    pub reason: String,
    /// What they did.
    pub action: Action,
}

#[derive(sqlx::FromRow)]
struct Row<F: Fact> {
    #[sqlx(flatten)]
    known: Versioned<F>,
    who: Option<String>,
    reason: String,
    action: Text<Action>,
}

/// Every version of one fact with its change, the oldest first. Of a fact that was taken back the last version holds no more: its change says why it went.
pub async fn written<F: Fact>(view: &mut View, id: Id<F>) -> Result<Vec<Written<F>>, Error> {
    let authority = Key(view.permit().authority());
    let rows: Vec<Row<F>> = view.all(statement::<F>(), &[&Key(id), &authority]).await?;
    let written = |row: Row<F>| Written {
        known: row.known,
        who: row.who.unwrap_or_else(|| "nobody signed in".to_owned()),
        reason: row.reason,
        action: row.action.0,
    };
    Ok(rows.into_iter().map(written).collect())
}

fn statement<F: Fact>() -> Statement {
    let columns: Vec<String> = F::COLUMNS.iter().map(|column| format!("k.{column}")).collect();
    let text = format!(
        "SELECT k.id, k.authority, k.version, k.recorded_at, k.superseded_at, k.withdrawn, {}, coalesce(p.name, a.machine) AS who, a.reason, a.action
           FROM {}_known k JOIN audit a ON a.change_id = k.change_id LEFT JOIN person p ON p.id = a.person
          WHERE k.id = $1 AND k.authority = $2 ORDER BY k.version",
        columns.join(", "),
        F::TABLE
    );
    Statement { text: text.into(), at: F::TABLE }
}

inventory::submit! {
    Registered(|| {
        vec![
            statement::<Allocation>(),
            statement::<Child>(),
            statement::<CourtAuthority>(),
            statement::<EmergencyDecision>(),
            statement::<HealthAssessment>(),
            statement::<Kept>(),
            statement::<LegalStatus>(),
            statement::<Merge>(),
            statement::<MissingEpisode>(),
            statement::<NeedProfile>(),
            statement::<PeriodOfCare>(),
            statement::<Placement>(),
            statement::<Plan>(),
            statement::<Review>(),
            statement::<Sibling>(),
            statement::<Visit>(),
            statement::<Voice>(),
        ]
    })
}
