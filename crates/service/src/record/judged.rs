//! News of an inspection that somebody typed in, as the loader of Ofsted's register tells them (dossier E3, E5): whoever lives there has somebody who must
//! look, and after the worst judgement nobody new comes until people lift that.

use domain::Id;
use domain::alert;
use domain::child::Child;
use domain::judgement::{Judgement, Overall, Standing, standing};
use domain::lodging::Place;
use domain::setting::{Limit, Restriction, Setting};
use store::{Tx, Versioned};

use super::Record;
use super::alerts::Raiser;
use super::settings::plain;
use crate::Error;

/// What kind of news a judgement is after the one before it.
pub(super) fn kind(before: Option<Overall>, found: Overall) -> alert::Kind {
    let fell = before.map_or(found.is_less_than_good(), |before| found.falls_from(before) == Some(true));
    if fell { alert::Kind::JudgementFell } else { alert::Kind::JudgementChanged }
}

/// The same in words.
pub(super) fn words(before: Option<Overall>, found: &Judgement) -> String {
    let before = before.map_or("not yet inspected", Overall::label);
    format!("judged {} on {}, before: {before}", found.overall.label(), found.day)
}

/// Tells of a judgement in every home that it stands for: of supported accommodation, all that the provider has.
pub(super) async fn news(record: &Record, tx: &mut Tx, judgement: &Judgement) -> Result<(), Error> {
    let settings: Vec<Setting> = match judgement.setting {
        Some(id) => store::find(tx, id).await?.into_iter().map(|known: Versioned<Setting>| known.fact).collect(),
        None => plain(&store::of(tx, judgement.provider).await?),
    };
    let mut others: Vec<Judgement> = plain(&store::of(tx, judgement.provider).await?);
    others.retain(|one| one.id != judgement.id);
    let today = record.today();
    for setting in settings.iter().filter(|one| (judgement.setting.is_some() || one.kind.is_supported()) && one.is_open_on(today)) {
        let latest = match standing(setting, &others, today.max(judgement.day)) {
            Standing::Judged(latest) => Some(latest),
            Standing::NotGraded | Standing::NotYetInspected => None,
        };
        let before = latest.map(|latest| latest.overall);
        let is_old = latest.is_some_and(|latest| latest.day > judgement.day) || before == Some(judgement.overall);
        // A first judgement that is good is news to nobody who lives there.
        if is_old || (before.is_none() && !judgement.overall.is_less_than_good()) {
            continue;
        }
        tell(record, tx, setting, (kind(before, judgement.overall), judgement, &words(before, judgement))).await?;
        if judgement.overall.is_worst() {
            stop(record, tx, setting, judgement).await?;
        }
    }
    Ok(())
}

async fn tell(
    record: &Record,
    tx: &mut Tx,
    setting: &Setting,
    (kind, judgement, words): (alert::Kind, &Judgement, &str),
) -> Result<(), Error> {
    let today = record.today();
    let stays = store::bed::stays(tx, setting.id).await?;
    let here = stays.into_iter().filter(|stay| stay.from <= today && stay.to.is_none_or(|to| today < to));
    let children: Vec<Id<Child>> = here.map(|stay| stay.child).collect();
    let words = format!("{}: {words}", setting.name);
    let mut raiser = Raiser::open(record, tx).await?;
    raiser.raise(tx, Some(Place::Setting(setting.id)), children, (kind, judgement.day, &words)).await
}

/// What the record says of a home whose judgement is the worst.
pub(super) fn until_reviewed(judgement: &Judgement) -> String {
    let (label, day) = (judgement.overall.label(), judgement.day);
    format!("Judged {label} on {day}: no new children until a review of each child has been held.")
}

/// The worst judgement stops new children until people lift it; nobody is moved by a program. One that was stopped for this day already stays as it is.
async fn stop(record: &Record, tx: &mut Tx, setting: &Setting, judgement: &Judgement) -> Result<(), Error> {
    let held: Vec<Versioned<Restriction>> = store::of(tx, setting.id).await?;
    if held.iter().any(|known| known.fact.kind == Limit::NoAdmissions && known.fact.from == judgement.day) {
        return Ok(());
    }
    let restriction = Restriction {
        id: record.id(),
        setting: setting.id,
        kind: Limit::NoAdmissions,
        from: judgement.day,
        to: None,
        words: until_reviewed(judgement),
    };
    store::add(tx, &restriction).await?;
    let words = format!("{} from {}", Limit::NoAdmissions.label(), judgement.day);
    tell(record, tx, setting, (alert::Kind::Restricted, judgement, &words)).await
}
