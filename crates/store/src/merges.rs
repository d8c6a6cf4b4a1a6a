//! Children who stand in the record twice.

use domain::child::Child;
use domain::id::Id;
use domain::merge::Merge;

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::statement::sql;
use crate::types::Key;

fact! {
    Merge in "child_merge" { child, under as "stands_under" }
    of Child by "stands_under"
}

/// The entry under which this one is shown; nothing for one that stands by itself.
pub async fn under(view: &mut View, child: Id<Child>) -> Result<Option<Id<Child>>, Error> {
    let found: Option<(Key<Child>,)> = view
        .maybe(
            sql!("SELECT stands_under FROM child_merge WHERE authority = $1 AND child = $2"),
            &[&Key(view.permit().authority()), &Key(child)],
        )
        .await?;
    Ok(found.map(|(under,)| under.0))
}
