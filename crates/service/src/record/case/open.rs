//! Whether a case is open to somebody, and opening one in need.

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::child::Child;

use super::super::{Record, allowed};
use crate::{Error, people};

/// Whether this person may do this with this case: asked before a form is shown that would be refused when it is sent.
///
/// # Errors
/// [`Error::NotFound`] where they may not, as if there were no such child.
pub async fn may(record: &Record, actor: &Actor, authority: Id<Authority>, child: Id<Child>, action: Action) -> Result<(), Error> {
    record.begin_on_case(actor, action, authority, child).await.map(drop)
}

/// Opens a case for a day to somebody who is not allocated to it and knows what the case system calls the child. See [`people::break_glass`].
///
/// # Errors
/// [`Error::NotFound`] where there is no such child; as for [`people::break_glass`].
pub async fn in_need(record: &Record, actor: &Actor, authority: &Authority, reference: &str, reason: &str) -> Result<Id<Child>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ChildBreakGlass, On::authority(authority.id))?).await?;
    let child = store::child::named(&mut view, reference).await?;
    drop(view);
    let child = child.ok_or_else(|| Error::NotFound { what: "child", name: reference.to_owned(), near: Vec::new() })?;
    people::break_glass(record, actor, authority, child, reason).await?;
    Ok(child)
}
