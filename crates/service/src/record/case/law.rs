//! What a placement sets off when it is written in a case: a plan against the law is refused, and what has happened against the law becomes a breach with
//! an owner and a clock (I0, I3, I4, I5, I9). The same rules as for placing a child from the register, by whichever door it is written.

use domain::alert::Kind;
use domain::capacity::Sharing;
use domain::capacity::plan::{Newcomer, Obstacle, Weight};
use domain::case::CourtAuthority;
use domain::child::Child;
use domain::clock;
use domain::code::{ls, place};
use domain::foster_home::plan as fostering;
use domain::legal_status::LegalStatus;
use domain::lodging::{Lodging, Place};
use domain::period::{self, PeriodOfCare};
use domain::placement::Placement;
use domain::{Code, Day, Id, lawful, setting};
use store::{Tx, Versioned};

use super::super::alerts::Raiser;
use super::super::households::Known;
use super::super::placing::no_plan;
use super::super::settings;
use super::super::{Record, alerts, interests};
use super::household;
use crate::Error;

/// A placement was added, or corrected from what it was before.
pub(super) async fn written(record: &Record, tx: &mut Tx, placement: &Placement, before: Option<&Placement>) -> Result<(), Error> {
    household::left(tx, placement, before).await?;
    let Some(child): Option<Versioned<Child>> = store::find(tx, placement.child).await? else { return Ok(()) };
    let (child, home) = (child.fact, home(tx, placement).await?);
    if let Some((place, _)) = home {
        interests::free_to_place(tx, record.today(), place).await?;
    }
    if placement.start <= record.today() {
        let Some((place, sharing)) = home else { return unregistered(record, tx, placement, &child).await };
        alerts::look_at(record, tx, place).await?;
        if let Place::Setting(id) = place
            && let Some(home) = store::find(tx, id).await?
            && let Some(words) = for_short_breaks_only(tx, home.fact.kind, child.id, (placement.kind, placement.start)).await?
        {
            let words = format!("{}: {words}", home.fact.name);
            let mut raiser = Raiser::open(record, tx).await?;
            raiser.raise(tx, Some(place), [child.id], (Kind::Breach, placement.start, &words)).await?;
        }
        return stays_on(record, tx, (placement, before), &child, (place, sharing)).await;
    }
    let mut against: Vec<String> = match home {
        Some(home) => against(record, tx, placement, &child, home, Nights::Coming).await?,
        None => Vec::new(),
    };
    if against.is_empty() {
        against.extend(lawful::check(placement.kind, child.born, placement.start).err().map(|unlawful| unlawful.to_string()));
    }
    against.extend(without_leave(tx, child.id, placement.kind, (placement.start, placement.end)).await?);
    if against.is_empty() { Ok(()) } else { Err(Error::Unusable(format!("The placement cannot be planned: {}.", against.join("; ")))) }
}

/// That nobody may be planned into secure accommodation without a court's leave that holds on the first night, for more than 72 hours (I6; Children Act 1989
/// section 25; Children (Secure Accommodation) Regulations 1991, regulation 10). Remands and sentences are leave enough, and nights that have been are
/// recorded as they were: the child's duties tell of those.
pub(in crate::record) async fn without_leave(
    tx: &mut Tx,
    child: Id<Child>,
    kind: Code,
    (from, to): (Day, Option<Day>),
) -> Result<Option<String>, Error> {
    if kind != place::K1 || to.is_some_and(|to| to <= from.plus(clock::WITHOUT_LEAVE)) {
        return Ok(None);
    }
    let courts: Vec<Versioned<CourtAuthority>> = store::of(tx, child).await?;
    let legal: Vec<Versioned<LegalStatus>> = store::of(tx, child).await?;
    let on_that_day = |one: &LegalStatus| one.start <= from && one.end.is_none_or(|end| from < end);
    let in_custody = legal.iter().any(|known| on_that_day(&known.fact) && ls::is_custody(known.fact.status));
    if in_custody || courts.iter().any(|known| known.fact.allows_secure_on(from)) {
        return Ok(None);
    }
    Ok(Some(format!(
        "no leave of a court to keep the child in secure accommodation is recorded that holds on {} (Children Act 1989 section 25): record it in the case first",
        from.long()
    )))
}

/// That a home for short breaks is none for a child in care, unless it is a stay away from a home that goes on (A100).
pub(in crate::record) async fn for_short_breaks_only(
    tx: &mut Tx,
    home: setting::Kind,
    child: Id<Child>,
    (kind, from): (Code, Day),
) -> Result<Option<String>, Error> {
    if home != setting::Kind::ShortBreaksHome || place::is_temporary(kind) {
        return Ok(None);
    }
    let periods: Vec<Versioned<PeriodOfCare>> = store::of(tx, child).await?;
    let in_care = |one: &PeriodOfCare| one.kind == period::Kind::Care && one.start <= from && one.end.is_none_or(|end| from < end);
    let words = "the home gives short breaks only, and the child is in care";
    Ok(periods.iter().any(|known| in_care(&known.fact)).then(|| words.to_owned()))
}

/// A home that the registers do not know has no limits of its own, but the law has an age for its kind.
async fn unregistered(record: &Record, tx: &mut Tx, placement: &Placement, child: &Child) -> Result<(), Error> {
    let is_over = placement.end.is_some_and(|end| end <= record.today());
    if let Err(unlawful) = lawful::check(placement.kind, child.born, placement.start)
        && !is_over
    {
        let mut raiser = Raiser::open(record, tx).await?;
        raiser.raise(tx, None, [child.id], (Kind::Breach, placement.start, &unlawful.to_string())).await?;
    }
    Ok(())
}

/// The planned end of a stay that goes on was put off: the nights that come with it are a plan, and may be taken or held already (I3).
async fn stays_on(
    record: &Record,
    tx: &mut Tx,
    (placement, before): (&Placement, Option<&Placement>),
    child: &Child,
    home: (Place, Sharing),
) -> Result<(), Error> {
    let planned = before.and_then(|before| before.end).filter(|end| *end > record.today());
    let Some(from) = planned.filter(|planned| placement.end.is_none_or(|end| *planned < end)) else { return Ok(()) };
    let rest = Placement { start: from, ..placement.clone() };
    let against = against(record, tx, &rest, child, home, Nights::More).await?;
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
        if let Some((place, _)) = home(tx, &known.fact).await? {
            alerts::look_at(record, tx, place).await?;
        }
    }
    Ok(())
}

/// The home of the registers: the one that was named when the child was placed, else the one with its number. Foster homes have no number of their own.
async fn home(tx: &mut Tx, placement: &Placement) -> Result<Option<(Place, Sharing)>, Error> {
    let lodgings: Vec<Versioned<Lodging>> = store::of(tx, placement.id).await?;
    if let Some(lodging) = lodgings.first() {
        return Ok(lodging.fact.place().map(|place| (place, lodging.fact.sharing)));
    }
    if placement.urn.is_blank() {
        return Ok(None);
    }
    Ok(store::setting::by_number(tx, placement.urn).await?.map(|setting| (Place::Setting(setting), Sharing::Shared)))
}

/// Which nights are planned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nights {
    /// Those of a stay that has not begun.
    Coming,
    /// More of one that goes on: what stands against the child's living there at all is a breach already, and moves nobody out by a form.
    More,
}

impl Nights {
    fn stopped_by(self, obstacle: &Obstacle) -> bool {
        if self == Self::Coming { no_plan(obstacle) } else { matches!(obstacle, Obstacle::Full { .. }) }
    }

    fn stopped_in_a_household(self, obstacle: &fostering::Obstacle) -> bool {
        let is_over = matches!(obstacle, fostering::Obstacle::Over { .. });
        if self == Self::Coming { obstacle.weight() == Weight::Law } else { is_over }
    }
}

/// What stops a plan, in words. Whether those in a foster home are all brothers and sisters, their cases say (I3, F31).
async fn against(
    record: &Record,
    tx: &mut Tx,
    placement: &Placement,
    child: &Child,
    (place, sharing): (Place, Sharing),
    nights: Nights,
) -> Result<Vec<String>, Error> {
    let (from, to) = (placement.start, placement.end);
    let newcomer = Newcomer { child: child.id, born: child.born, sex: child.sex, from, to, sharing };
    match place {
        Place::Setting(id) => {
            let page = settings::read(tx, record, id, None).await?;
            let found = page.against(&newcomer, tx.moment().at.timestamp());
            let mut words: Vec<String> = found.iter().filter(|one| nights.stopped_by(one)).map(Obstacle::to_string).collect();
            if nights == Nights::Coming {
                words.extend(for_short_breaks_only(tx, page.setting.fact.kind, child.id, (placement.kind, from)).await?);
            }
            Ok(words)
        }
        Place::FosterHome(id) => {
            let Some(known) = Known::read(tx, record, id, Some(child.id)).await? else { return Ok(Vec::new()) };
            let found = known.household().against(&newcomer, record.today());
            Ok(found.iter().filter(|one| nights.stopped_in_a_household(one)).map(ToString::to_string).collect())
        }
    }
}
