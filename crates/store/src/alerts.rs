//! What somebody must look at by a day.

use domain::Day;
use domain::alert::Alert;
use domain::child::Child;
use domain::id::Id;
use domain::person::Person;
use domain::setting::Setting;

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::facts::Versioned;
use crate::statement::sql;
use crate::types::{Date, Key};

fact! {
    Alert in "alert" { setting, foster_home, child, kind, words, since, due, owner, role, resolved, outcome }
    order "since" of Setting by "setting"
}

/// An open alert with what it is about in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The alert.
    pub alert: Versioned<Alert>,
    /// The setting's name or the foster home's reference; empty where it is about a home on no register.
    pub setting: String,
    /// The child's reference; nothing where it concerns none.
    pub child: Option<String>,
    /// The owner's name; nothing where anybody with the role is to look.
    pub owner: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    alert: Versioned<Alert>,
    setting_name: String,
    reference: Option<String>,
    owner_name: Option<String>,
}

/// Open alerts of the authority, the most urgent first.
pub async fn open(view: &mut View) -> Result<Vec<Open>, Error> {
    let rows: Vec<Row> = view
        .all(
            sql!(
                "SELECT a.id, a.authority, a.version, a.recorded_at, a.superseded_at, a.withdrawn, a.setting, a.foster_home, a.child, a.kind, a.words, a.since, a.due, a.owner,
                        a.role, a.resolved, a.outcome, coalesce(s.name, h.reference, '') AS setting_name, c.reference, p.name AS owner_name
                   FROM alert_known a LEFT JOIN setting s ON s.id = a.setting LEFT JOIN foster_home h ON h.id = a.foster_home LEFT JOIN child c ON c.id = a.child LEFT JOIN person p ON p.id = a.owner
                  WHERE a.authority = $1 AND a.superseded_at IS NULL AND a.resolved IS NULL ORDER BY a.due, setting_name, c.reference, a.id"
            ),
            &[&Key(view.permit().authority())],
        )
        .await?;
    let named = |row: Row| Open { alert: row.alert, setting: row.setting_name, child: row.reference, owner: row.owner_name };
    Ok(rows.into_iter().map(named).collect())
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
