//! Case records whose time has come, and their going: by rule, never by wish (regulation 50; dossier I18).

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::child::Child;
use domain::code::rec;
use domain::period::PeriodOfCare;
use domain::retention::{Rule, kept_until};
use domain::{Day, Id};
use store::{Event, Versioned};

use super::{Record, allowed};
use crate::Error;

/// A child whose case record may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expired {
    /// Who.
    pub child: Child,
    /// The first day on which it may go.
    pub since: Day,
    /// Why.
    pub rule: Rule,
}

/// What was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Children whose case record is gone.
    pub children: usize,
    /// Facts that went with them.
    pub facts: usize,
}

/// The case records that may go by now, the longest due first.
///
/// # Errors
/// [`Error::Denied`] for anybody but the machine's owner.
pub async fn expired(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Expired>, Error> {
    let mut view = record.db.read(allowed(actor, Action::RecordErase, On::authority(authority))?).await?;
    let children = store::all::<Child>(&mut view).await?;
    let periods = store::all::<PeriodOfCare>(&mut view).await?;
    Ok(due(children, &periods, record.today()))
}

/// Erases the case records whose time has come, all of them or none, with one entry in the log that says by which rule. What the log says of them goes too;
/// that they were there, and who worked with them, stays.
///
/// # Errors
/// [`Error::Denied`] for anybody but the machine's owner; [`Error::Unusable`] without a reason.
pub async fn erase_expired(record: &Record, actor: &Actor, authority: Id<Authority>, reason: &str) -> Result<Erased, Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Unusable("Say who decided that these records go, and when: it stays in the log.".to_owned()));
    }
    let mut tx = record.db.begin(allowed(actor, Action::RecordErase, On::authority(authority))?, record.moment()).await?;
    let children = store::all::<Child>(&mut tx).await?;
    let periods = store::all::<PeriodOfCare>(&mut tx).await?;
    let mut erased = Erased::default();
    for one in due(children, &periods, record.today()) {
        erased.facts += store::erase::child(&mut tx, one.child.id, one.rule).await?;
        erased.children += 1;
    }
    if erased.children > 0 {
        tx.commit(Event::of("authority", authority).because(reason)).await?;
    }
    Ok(erased)
}

fn due(children: Vec<Versioned<Child>>, periods: &[Versioned<PeriodOfCare>], today: Day) -> Vec<Expired> {
    let died = |child: &Child| {
        let ended = periods.iter().filter(|known| known.fact.child == child.id && known.fact.ceased == rec::E2);
        ended.filter_map(|known| known.fact.end).max()
    };
    let one = |known: Versioned<Child>| {
        let (since, rule) = kept_until(known.fact.born, died(&known.fact));
        (since <= today).then_some(Expired { child: known.fact, since, rule })
    };
    let mut due: Vec<Expired> = children.into_iter().filter_map(one).collect();
    due.sort_by(|one, other| (one.since, &one.child.reference).cmp(&(other.since, &other.child.reference)));
    due
}
