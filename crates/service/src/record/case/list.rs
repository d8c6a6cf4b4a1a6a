//! The list of children whose cases a person may open.

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use store::child_list::{self, Filter, Listed, Sort};
use store::{Cursor, Page};

use super::super::{Record, allowed};
use crate::Error;

/// Which children, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Which.
    pub filter: Filter,
    /// By what they are sorted.
    pub sort: Sort,
}

/// Children a page at a time, as things stand today.
///
/// # Errors
/// [`Error::Denied`] for roles that have no list of children.
pub async fn list(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    question: &Question,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Listed>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ChildList, On::authority(authority))?).await?;
    Ok(child_list::list(&mut view, &question.filter, question.sort, record.today(), after, limit).await?)
}
