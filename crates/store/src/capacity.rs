//! Beds: those that cannot be used, those that are held, and who lives where: by the home that a placement names, or by the number that returns give.

use domain::Id;
use domain::capacity::{CapacityEvent, Hold, Sharing, Stay};
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
    order "starts" of Setting by "setting", Child by "child"
}

/// A stay in a setting.
#[derive(sqlx::FromRow)]
struct Row {
    setting: Key<Setting>,
    child: Key<Child>,
    starts: Date,
    ends: Option<Date>,
    sharing: Text<Sharing>,
}

impl Row {
    fn stay(&self) -> Stay {
        Stay { child: self.child.0, from: self.starts.0, to: self.ends.map(|day| day.0), sharing: self.sharing.0 }
    }
}

/// The stays in a setting, by their first night: placements that name it, and those with its number that name no other.
pub async fn stays(view: &mut View, setting: Id<Setting>) -> Result<Vec<Stay>, Error> {
    let rows: Vec<Row> = view
        .all(
            sql!(
                "SELECT s.id AS setting, p.child, p.starts, p.ends, 'shared' AS sharing
                   FROM setting s JOIN placement p ON p.authority = s.authority AND p.urn = s.urn
                  WHERE s.authority = $1 AND s.id = $2 AND s.urn <> ''
                    AND NOT EXISTS (SELECT 1 FROM lodging l WHERE l.placement = p.id AND l.setting IS NOT NULL)
                 UNION ALL
                 SELECT l.setting, p.child, p.starts, p.ends, l.sharing FROM lodging l JOIN placement p ON p.id = l.placement
                  WHERE l.authority = $1 AND l.setting = $2
                 ORDER BY starts, child"
            ),
            &[&Key(view.permit().authority()), &Key(setting)],
        )
        .await?;
    Ok(rows.iter().map(Row::stay).collect())
}

/// Every stay in a setting of the register, by setting and first night.
pub async fn all_stays(view: &mut View) -> Result<Vec<(Id<Setting>, Stay)>, Error> {
    let rows: Vec<Row> = view
        .all(
            sql!(
                "SELECT s.id AS setting, p.child, p.starts, p.ends, 'shared' AS sharing
                   FROM setting s JOIN placement p ON p.authority = s.authority AND p.urn = s.urn
                  WHERE s.authority = $1 AND s.urn <> ''
                    AND NOT EXISTS (SELECT 1 FROM lodging l WHERE l.placement = p.id AND l.setting IS NOT NULL)
                 UNION ALL
                 SELECT l.setting, p.child, p.starts, p.ends, l.sharing FROM lodging l JOIN placement p ON p.id = l.placement
                  WHERE l.authority = $1 AND l.setting IS NOT NULL
                 ORDER BY setting, starts, child"
            ),
            &[&Key(view.permit().authority())],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.setting.0, row.stay())).collect())
}
