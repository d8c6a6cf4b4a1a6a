//! What a placement sets off when it is written in a case: a plan against the law is refused, and what has happened against the law becomes a breach with
//! an owner and a clock (I0, I3, I4, I5, I9). The same rules as for placing a child from the register, by whichever door it is written.

use domain::capacity::Sharing;
use domain::capacity::plan::{Newcomer, Obstacle, Regard, obstacles};
use domain::child::Child;
use domain::code::{ls, place};
use domain::legal_status::LegalStatus;
use domain::lodging::Lodging;
use domain::placement::Placement;
use domain::setting::Setting;
use domain::{Code, Day, Id};
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
    let home = home(tx, placement).await?;
    if placement.start <= record.today() {
        // Where the registers know no home, the age of the law is watched by the child's duties.
        let Some(home) = home else { return Ok(()) };
        alerts::look_at(record, tx, home.0).await?;
        return stays_on(record, tx, placement, before, home).await;
    }
    let mut against = match home {
        Some(home) => against(record, tx, placement, home, no_plan).await?,
        None => Vec::new(),
    };
    if let Some(child) = store::find(tx, placement.child).await? {
        against.extend(too_young(placement.kind, child.fact.born, placement.start).filter(|words| !against.contains(words)));
    }
    if against.is_empty() { Ok(()) } else { Err(Error::Unusable(format!("The placement cannot be planned: {}.", against.join("; ")))) }
}

/// The planned end of a stay that goes on was put off: the nights that come with it are a plan, and may be taken or held already (I3).
async fn stays_on(
    record: &Record,
    tx: &mut Tx,
    placement: &Placement,
    before: Option<&Placement>,
    home: (Id<Setting>, Sharing),
) -> Result<(), Error> {
    let planned = before.and_then(|before| before.end).filter(|end| *end > record.today());
    let Some(from) = planned.filter(|planned| placement.end.is_none_or(|end| *planned < end)) else { return Ok(()) };
    let rest = Placement { start: from, ..placement.clone() };
    let against = against(record, tx, &rest, home, |one| matches!(one, Obstacle::Full { .. })).await?;
    if against.is_empty() { Ok(()) } else { Err(Error::Unusable(format!("The stay cannot be made longer: {}.", against.join("; ")))) }
}

/// A legal status was added or corrected: custody that is to come has an age in law (I4). What has happened is watched by the child's duties.
pub(super) async fn status_written(record: &Record, tx: &mut Tx, status: &LegalStatus) -> Result<(), Error> {
    let Some(child) = store::find(tx, status.child).await?.filter(|_| status.start > record.today()) else { return Ok(()) };
    let (age, youngest) = (child.fact.born.age_at(status.start), ls::youngest_in_law(status.status));
    if youngest <= age {
        return Ok(());
    }
    Err(Error::Unusable(format!("The legal status cannot be planned: nobody under {youngest} is held so, and the child will be {age}.")))
}

/// What the law says against a placement of this kind at the age of its first day, wherever the home is (I4, I5).
pub(in super::super) fn too_young(kind: Code, born: Day, from: Day) -> Option<String> {
    let (age, youngest) = (born.age_at(from), place::youngest_in_law(kind));
    (age < youngest).then(|| Obstacle::UnderAge { youngest, age }.to_string())
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
pub(super) async fn look_where_they_live(record: &Record, tx: &mut Tx, child: Id<Child>) -> Result<(), Error> {
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

/// What stops a plan, in words.
async fn against(
    record: &Record,
    tx: &mut Tx,
    placement: &Placement,
    (id, sharing): (Id<Setting>, Sharing),
    stops: fn(&Obstacle) -> bool,
) -> Result<Vec<String>, Error> {
    let Some(child) = store::find(tx, placement.child).await? else { return Ok(Vec::new()) };
    let page = settings::read(tx, record, id, None).await?;
    let judgements = plain(&page.judgements);
    let regard = Regard { judgements: &judgements, status: page.provider.status };
    let (from, to) = (placement.start, placement.end);
    let newcomer = Newcomer { child: child.fact.id, born: child.fact.born, sex: child.fact.sex, from, to, sharing };
    let found = obstacles(&page.facts().home(), &newcomer, regard, tx.moment().at.timestamp());
    Ok(found.iter().filter(|one| stops(one)).map(Obstacle::to_string).collect())
}
