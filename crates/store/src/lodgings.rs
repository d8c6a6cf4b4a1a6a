//! In which home of the registers a placement is, and who lives in a foster home.

use domain::Id;
use domain::capacity::{Sharing, Stay};
use domain::child::Child;
use domain::foster_home::FosterHome;
use domain::lodging::Lodging;
use domain::placement::Placement;
use domain::setting::Setting;

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::statement::sql;
use crate::types::{Date, Key};

fact! {
    Lodging in "lodging" { placement, child, setting, foster_home, sharing }
    of Child by "child", Placement by "placement", Setting by "setting", FosterHome by "foster_home"
}

/// A foster home, a child who stays there, from when until when.
type InFosterHome = (Key<FosterHome>, Key<Child>, Date, Option<Date>);

/// Every stay in a foster home, by home and first night.
pub async fn in_foster_homes(view: &mut View) -> Result<Vec<(Id<FosterHome>, Stay)>, Error> {
    let rows: Vec<InFosterHome> = view
        .all(
            sql!(
                "SELECT l.foster_home, p.child, p.starts, p.ends FROM lodging l JOIN placement p ON p.id = l.placement
                  WHERE l.authority = $1 AND l.foster_home IS NOT NULL ORDER BY l.foster_home, p.starts, p.child"
            ),
            &[&Key(view.permit().authority())],
        )
        .await?;
    let stay = |child: Key<Child>, from: Date, to: Option<Date>| Stay {
        child: child.0,
        from: from.0,
        to: to.map(|day| day.0),
        sharing: Sharing::Shared,
    };
    Ok(rows.into_iter().map(|(home, child, from, to)| (home.0, stay(child, from, to))).collect())
}

/// The stays in a foster home, by their first night.
pub async fn in_foster_home(view: &mut View, home: Id<FosterHome>) -> Result<Vec<Stay>, Error> {
    let rows: Vec<(Key<Child>, Date, Option<Date>)> = view
        .all(
            sql!(
                "SELECT p.child, p.starts, p.ends FROM lodging l JOIN placement p ON p.id = l.placement
                  WHERE l.authority = $1 AND l.foster_home = $2 ORDER BY p.starts, p.child"
            ),
            &[&Key(view.permit().authority()), &Key(home)],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|(child, from, to)| Stay { child: child.0, from: from.0, to: to.map(|day| day.0), sharing: Sharing::Shared })
        .collect())
}

/// Whether somebody took back that a placement is in a foster home.
pub async fn was_taken_back(view: &mut View, placement: Id<Placement>, home: Id<FosterHome>) -> Result<bool, Error> {
    let (times,): (i64,) = view
        .one(
            sql!("SELECT count(*) FROM lodging_known WHERE authority = $1 AND placement = $2 AND foster_home = $3 AND withdrawn"),
            &[&Key(view.permit().authority()), &Key(placement), &Key(home)],
        )
        .await?;
    Ok(times > 0)
}
