//! What a placement sets off when it is written in a case: a plan against the law is refused, and what has happened against the law becomes a breach with
//! an owner and a clock (I0, I3, I4, I5, I9). The same rules as for placing a child from the register, by whichever door it is written.

use domain::Id;
use domain::capacity::Sharing;
use domain::capacity::plan::{Newcomer, Obstacle, Regard, obstacles};
use domain::child::Child;
use domain::lodging::Lodging;
use domain::placement::Placement;
use domain::setting::Setting;
use store::{Tx, Versioned};

use super::super::placing::no_plan;
use super::super::settings::{self, plain};
use super::super::{Record, alerts};
use crate::Error;

/// A placement was added, or corrected from what it was before.
pub(super) async fn written(record: &Record, tx: &mut Tx, placement: &Placement, before: Option<&Placement>) -> Result<(), Error> {
    if before.is_some_and(|before| before.urn != placement.urn) {
        // The home of the registers that it named is not the one that it is in.
        let_go(tx, placement.id).await?;
    }
    let Some((setting, sharing)) = home(tx, placement).await? else { return Ok(()) };
    if placement.start <= record.today() {
        alerts::look_at(record, tx, setting).await?;
        return Ok(());
    }
    let against = against(record, tx, placement, (setting, sharing)).await?;
    if against.is_empty() { Ok(()) } else { Err(Error::Unusable(format!("The placement cannot be planned: {}.", against.join("; ")))) }
}

/// Takes back where in the registers a placement is, before the placement itself goes.
pub(super) async fn let_go(tx: &mut Tx, placement: Id<Placement>) -> Result<(), Error> {
    let lodgings: Vec<Versioned<Lodging>> = store::of(tx, placement).await?;
    for lodging in &lodgings {
        store::withdraw(tx, lodging).await?;
    }
    Ok(())
}

/// Looks at the homes in which a child lives today: what is known of the child has changed.
pub(in crate::record) async fn look_where_they_live(record: &Record, tx: &mut Tx, child: Id<Child>) -> Result<(), Error> {
    let today = record.today();
    let placements: Vec<Versioned<Placement>> = store::of_child(tx, child).await?;
    for known in placements.iter().filter(|known| known.fact.start <= today && known.fact.end.is_none_or(|end| today < end)) {
        if let Some((setting, _)) = home(tx, &known.fact).await? {
            alerts::look_at(record, tx, setting).await?;
        }
    }
    Ok(())
}

/// The home of the registers: the one that was named when the child was placed, else the one with its number. Foster homes have no number of their own.
async fn home(tx: &mut Tx, placement: &Placement) -> Result<Option<(Id<Setting>, Sharing)>, Error> {
    let lodgings: Vec<Versioned<Lodging>> = store::of(tx, placement.id).await?;
    if let Some(lodging) = lodgings.first() {
        return Ok(lodging.fact.setting.map(|setting| (setting, lodging.fact.sharing)));
    }
    if placement.urn.is_blank() {
        return Ok(None);
    }
    Ok(store::setting::by_number(tx, placement.urn).await?.map(|setting| (setting, Sharing::Shared)))
}

/// What stands against a plan, in words: the law, or a bed that is not there.
async fn against(record: &Record, tx: &mut Tx, placement: &Placement, (id, sharing): (Id<Setting>, Sharing)) -> Result<Vec<String>, Error> {
    let Some(child) = store::find(tx, placement.child).await? else { return Ok(Vec::new()) };
    let page = settings::read(tx, record, id, None).await?;
    let judgements = plain(&page.judgements);
    let regard = Regard { judgements: &judgements, status: page.provider.status };
    let (from, to) = (placement.start, placement.end);
    let newcomer = Newcomer { child: child.fact.id, born: child.fact.born, sex: child.fact.sex, from, to, sharing };
    let found = obstacles(&page.facts().home(), &newcomer, regard, tx.moment().at.timestamp());
    Ok(found.iter().filter(|one| no_plan(one)).map(Obstacle::to_string).collect())
}
