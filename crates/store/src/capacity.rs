//! Beds: those that cannot be used, those that are held, and who lives where by the number that returns give.

use domain::Code;
use domain::capacity::{CapacityEvent, Hold, Stay};
use domain::child::Child;
use domain::setting::Setting;

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::statement::sql;
use crate::types::{Date, Key, Text};

fact! {
    CapacityEvent in "capacity_event" { setting, from as "starts", to as "ends", beds, reason, note }
    order "starts" of Setting by "setting"
}

fact! {
    Hold in "hold" { setting, child, from as "starts", to as "ends", sharing, lapses, released }
    order "starts" of Setting by "setting"
}

/// The stays at a number, by their first night.
pub async fn stays(view: &mut View, urn: Code) -> Result<Vec<Stay>, Error> {
    if urn.is_blank() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Key<Child>, Date, Option<Date>)> = view
        .all(
            sql!("SELECT child, starts, ends FROM placement WHERE authority = $1 AND urn = $2 ORDER BY starts, child"),
            &[&Key(view.permit().authority()), &Text(urn)],
        )
        .await?;
    Ok(rows.into_iter().map(|(child, from, to)| Stay { child: child.0, from: from.0, to: to.map(|day| day.0) }).collect())
}

/// A stay at a number.
#[derive(sqlx::FromRow)]
struct StayRow {
    urn: Text<Code>,
    child: Key<Child>,
    starts: Date,
    ends: Option<Date>,
}

/// Every stay at a setting of the register, with its number, by number and first night.
pub async fn all_stays(view: &mut View) -> Result<Vec<(Code, Stay)>, Error> {
    let rows: Vec<StayRow> = view
        .all(
            sql!(
                "SELECT p.urn, p.child, p.starts, p.ends FROM placement p JOIN setting s ON s.authority = p.authority AND s.urn = p.urn
                  WHERE p.authority = $1 AND s.urn <> '' ORDER BY p.urn, p.starts, p.child"
            ),
            &[&Key(view.permit().authority())],
        )
        .await?;
    let stay = |row: StayRow| (row.urn.0, Stay { child: row.child.0, from: row.starts.0, to: row.ends.map(|day| day.0) });
    Ok(rows.into_iter().map(stay).collect())
}
