//! Placing a child: a placement in a home of the registers, planned within the law or recorded as it happened, with the hold on its bed ended and the
//! home before it left, all in one change.

use domain::access::{Action, Actor};
use domain::alert::{Alert, Kind as AlertKind};
use domain::authority::Authority;
use domain::capacity::plan::{Newcomer, Obstacle, Weight};
use domain::capacity::since::since_then;
use domain::capacity::{Hold, Sharing};
use domain::child::Child;
use domain::code::place;
use domain::foster_home::plan as fostering;
use domain::foster_home::{FosterHome, Kinship, OverLimit};
use domain::lodging::{Lodging, Place};
use domain::placement::{self, Placement};
use domain::provider::{Provider, Sector};
use domain::setting::{Kind, Setting};
use domain::{Code, Day, Id, Postcode, lawful};
use reference::codes;
use store::{Event, Tx, Versioned};

use super::alerts::Raiser;
use super::households::Known;
use super::settings::{self, SettingPage, plain};
use super::{Record, case, interests, no_child};
use crate::Error;

/// Whether a stay is thought of or goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// It is to be: what the law forbids is refused.
    Planned,
    /// It has begun: it is recorded as it is, and what breaks the law becomes a breach with an owner and a clock (I0).
    Happened,
}

/// A placement to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placing {
    /// Whose.
    pub child: Id<Child>,
    /// Where.
    pub place: Place,
    /// Planned or happened.
    pub tense: Tense,
    /// First night.
    pub from: Day,
    /// The day of leaving; nothing while that is open.
    pub to: Option<Day>,
    /// Placement code of the return; nothing takes the home's own, where it has one alone.
    pub kind: Option<Code>,
    /// Whether the home is for this child alone.
    pub sharing: Sharing,
    /// Whether all who will live in a foster home are brothers and sisters, as whoever places says: their cases must say so too (F31).
    pub kinship: Kinship,
    /// Why the home before it ends (reasons for a change of placement), or blank.
    pub leaves: Code,
}

/// What placing did.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The placement.
    pub placement: Placement,
    /// What stood against it and was overridden, or broken: in words.
    pub said: Vec<String>,
    /// Alerts raised about it.
    pub alerts: Vec<Alert>,
}

/// A home with what stands against the child's coming, in words.
struct Looked {
    /// All of it, the law first.
    said: Vec<String>,
    /// Of that, what the law forbids: a breach where it has happened, with the night since which it is one.
    law: Vec<(Day, String)>,
    /// What a plan is refused for: the law, and a bed that is not there.
    refused: Vec<String>,
    /// What it is; nothing of a foster home.
    setting: Option<Kind>,
    kinds: Vec<Code>,
    urn: Code,
    postcode: Option<Postcode>,
    name: String,
    provider: Provider,
    held: Option<Versioned<Hold>>,
}

impl Looked {
    /// What the law says of a kind of home at the child's age stands with the rest.
    fn hold_to(&mut self, kind: Code, child: &Child, from: Day) {
        if matches!(kind, place::K1 | place::K2 | place::K3) && !self.kinds.contains(&kind) {
            self.forbid(from, format!("{kind} is a home that is registered as such, and this one is not"));
        }
        let Err(unlawful) = lawful::check(kind, child.born, from) else { return };
        // The home's own kind has said so already where it is supported accommodation.
        if self.law.is_empty() {
            let words = unlawful.to_string();
            self.forbid(from, words);
        }
    }

    /// A home for short breaks is for children who have those.
    async fn hold_to_care(&mut self, tx: &mut Tx, kind: Code, child: &Child, wanted: &Placing) -> Result<(), Error> {
        let Some(home) = self.setting else { return Ok(()) };
        if let Some(words) = case::for_short_breaks_only(tx, home, child.id, (kind, wanted.from)).await? {
            self.forbid(wanted.from, words);
        }
        Ok(())
    }

    fn forbid(&mut self, from: Day, words: String) {
        self.said.insert(0, words.clone());
        self.law.push((from, words.clone()));
        self.refused.push(words);
    }
}

/// Makes a placement. The bed held for the child there is let go with it, and the child's open placement elsewhere ends on its first day.
///
/// # Errors
/// [`Error::Unusable`] where the law forbids a plan, the last bed is gone, or it contradicts the case; [`Error::NotFound`] for a case that this person may
/// not open, or no such home.
pub async fn place(record: &Record, actor: &Actor, authority: Id<Authority>, wanted: &Placing) -> Result<Placed, Error> {
    let mut kept = record.begin_on_case(actor, Action::PlacementWrite, authority, wanted.child).await?;
    let tx = &mut kept;
    let child = store::find(tx, wanted.child).await?.ok_or_else(|| no_child(wanted.child))?.fact;
    if wanted.tense == Tense::Happened && wanted.from > record.today() {
        return Err(Error::Unusable("What is to begin later has not happened: plan it.".to_owned()));
    }
    interests::free_to_place(tx, record.today(), wanted.place).await?;
    let mut looked = look(tx, record, &child, wanted).await?;
    let kind = kind(wanted, &looked)?;
    looked.hold_to(kind, &child, wanted.from);
    looked.hold_to_care(tx, kind, &child, wanted).await?;
    if wanted.tense == Tense::Planned {
        looked.refused.extend(case::without_leave(tx, child.id, kind, (wanted.from, wanted.to)).await?);
    }
    if wanted.tense == Tense::Planned && !looked.refused.is_empty() {
        return Err(Error::Unusable(format!("The placement was not made: {}.", looked.refused.join("; "))));
    }
    let placement = Placement {
        id: record.id(),
        child: child.id,
        start: wanted.from,
        end: wanted.to,
        kind,
        provider: provider_code(looked.provider.sector),
        urn: looked.urn,
        postcode: looked.postcode,
        ended: Code::BLANK,
    };
    leave(tx, &child, &placement, wanted.leaves).await?;
    store::add(tx, &placement).await?;
    let lodging = Lodging::new(record.id(), placement.id, child.id, wanted.place, wanted.sharing);
    store::add(tx, &lodging).await?;
    if let Some(read) = &looked.held {
        let released = Hold { released: Some(tx.moment().at.timestamp()), ..read.fact.clone() };
        store::correct(tx, read, &released).await?;
    }
    let mut raiser = Raiser::open(record, tx).await?;
    for (since, words) in &looked.law {
        let words = format!("{}: {words}", looked.name);
        raiser.raise(tx, Some(wanted.place), [child.id], (AlertKind::Breach, *since, &words)).await?;
    }
    let alerts = raiser.raised;
    kept.commit(Event::of("child", child.id).because(&format!("placed in {}", looked.name))).await?;
    Ok(Placed { placement, said: looked.said, alerts })
}

/// What stands against a placement that is thought of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// All of it in words, the law first.
    pub said: Vec<String>,
    /// What a plan would be refused for.
    pub refused: Vec<String>,
}

/// Says what stands against a placement, and makes none. That somebody looked is in the log: whether a home is right tells something about the child.
///
/// # Errors
/// [`Error::NotFound`] for a case that this person may not open, or no such home.
pub async fn outlook(record: &Record, actor: &Actor, authority: Id<Authority>, wanted: &Placing) -> Result<Outlook, Error> {
    let mut tx = record.begin_on_case(actor, Action::ChildRead, authority, wanted.child).await?;
    let child = store::find(&mut tx, wanted.child).await?.ok_or_else(|| no_child(wanted.child))?.fact;
    let mut looked = look(&mut tx, record, &child, wanted).await?;
    if let Ok(kind) = kind(wanted, &looked) {
        looked.hold_to(kind, &child, wanted.from);
        looked.hold_to_care(&mut tx, kind, &child, wanted).await?;
        let leave = case::without_leave(&mut tx, child.id, kind, (wanted.from, wanted.to)).await?;
        looked.said.extend(leave.clone());
        looked.refused.extend(leave);
    }
    let Looked { said, refused, .. } = looked;
    tx.commit(Event::of("child", wanted.child)).await?;
    Ok(Outlook { said, refused })
}

async fn look(tx: &mut Tx, record: &Record, child: &Child, wanted: &Placing) -> Result<Looked, Error> {
    match wanted.place {
        Place::Setting(setting) => in_setting(tx, record, setting, child, wanted).await,
        Place::FosterHome(home) => in_foster_home(tx, record, home, child, wanted).await,
    }
}

async fn in_setting(tx: &mut Tx, record: &Record, id: Id<Setting>, child: &Child, wanted: &Placing) -> Result<Looked, Error> {
    let page: SettingPage = settings::read(tx, record, id, None).await?;
    let now = tx.moment().at.timestamp();
    let newcomer = newcomer(child, wanted);
    let found = page.against(&newcomer, now);
    let setting = &page.setting.fact;
    let words = |which: fn(&Obstacle) -> bool| found.iter().filter(move |&one| which(one)).map(ToString::to_string);
    let law = words(|one| one.weight() == Weight::Law).map(|words| (wanted.from, words));
    let since = in_words(since_then(&page.facts().home(), &newcomer, record.today()));
    let since_words = || since.iter().map(|(_, words)| words.clone());
    Ok(Looked {
        said: since_words().chain(words(|_| true)).collect(),
        law: law.chain(since.clone()).collect(),
        refused: words(no_plan).chain(since_words()).collect(),
        setting: Some(setting.kind),
        kinds: setting.kind.codes().to_vec(),
        urn: setting.urn,
        postcode: setting.postcode,
        name: setting.name.clone(),
        held: page.holds.iter().find(|known| known.fact.child == child.id && known.fact.stands(now)).cloned(),
        provider: page.provider,
    })
}

/// What has come to stand against nights that have been, in words.
fn in_words(since: Vec<(Day, impl ToString)>) -> Vec<(Day, String)> {
    since.into_iter().map(|(day, one)| (day, one.to_string())).collect()
}

/// Whether nobody may be planned in against this: the law, or a bed that is not there.
pub(super) fn no_plan(obstacle: &Obstacle) -> bool {
    obstacle.weight() == Weight::Law || matches!(obstacle, Obstacle::NoUsableBed { .. } | Obstacle::SoloThere | Obstacle::NoTerms)
}

async fn in_foster_home(tx: &mut Tx, record: &Record, id: Id<FosterHome>, child: &Child, wanted: &Placing) -> Result<Looked, Error> {
    let not_found = || Error::NotFound { what: "foster home", name: id.to_string(), near: Vec::new() };
    let known = Known::read(tx, record, id, Some(child.id)).await?.ok_or_else(not_found)?;
    let (household, newcomer, today) = (known.household(), newcomer(child, wanted), record.today());
    let found = household.against(&newcomer, today);
    let law = found.iter().filter(|one| one.weight() == Weight::Law).map(|one| (wanted.from, one.to_string()));
    let since = in_words(household.since_then(&newcomer, today));
    let mut said: Vec<String> = since.iter().map(|(_, words)| words.clone()).chain(found.iter().map(ToString::to_string)).collect();
    let law: Vec<(Day, String)> = law.chain(since).collect();
    let mut refused: Vec<String> = law.iter().map(|(_, words)| words.clone()).collect();
    if wanted.kinship == Kinship::AllSiblings && found.iter().any(is_over_the_usual_limit) {
        said.push(UNSAID.to_owned());
        refused.push(UNSAID.to_owned());
    }
    // Carers' homes have no registration of their own: codes and number are their service's.
    let service = household.service(&newcomer, today).map(|service| service.home.setting);
    Ok(Looked {
        said,
        refused,
        law,
        setting: None,
        kinds: service.map_or(Kind::FosteringService, |setting| setting.kind).codes().to_vec(),
        urn: service.map(|setting| setting.urn).unwrap_or_default(),
        postcode: known.home.postcode,
        name: known.home.reference.clone(),
        held: None,
        provider: known.provider.clone(),
    })
}

/// Whoever places says that all are brothers and sisters, and their cases do not: the record is asked, not the form, since every later look asks it (F31).
const UNSAID: &str = "the children’s cases do not say that all who would live there are brothers and sisters: record it there first";

const fn is_over_the_usual_limit(obstacle: &fostering::Obstacle) -> bool {
    matches!(obstacle, fostering::Obstacle::Over { limit: OverLimit::Usual { .. }, .. })
}

const fn newcomer(child: &Child, wanted: &Placing) -> Newcomer {
    let Placing { from, to, sharing, .. } = *wanted;
    Newcomer { child: child.id, born: child.born, sex: child.sex, from, to, sharing }
}

/// The placement code: the one that was chosen, if the home can have it; the home's own where it has one alone.
fn kind(wanted: &Placing, looked: &Looked) -> Result<Code, Error> {
    let known = || looked.kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if let Some(kind) = wanted.kind.filter(|&kind| !codes::is_valid("PLACE", kind, wanted.from.return_year())) {
        return Err(Error::Unusable(case::no_code(kind, wanted.from)));
    }
    match (wanted.kind, looked.kinds.as_slice()) {
        (None, [only]) => Ok(*only),
        (Some(kind), kinds) if kinds.is_empty() || kinds.contains(&kind) => Ok(kind),
        (None, []) => Err(Error::Unusable("Choose the placement code: this home has none of its own.".to_owned())),
        (None, _) => Err(Error::Unusable(format!("Choose the placement code: one of {}.", known()))),
        (Some(kind), _) => Err(Error::Unusable(format!("Nobody is placed here as {kind}: choose one of {}.", known()))),
    }
}

/// Who provides, in the codes of the return. Which authority a home is of stands in no register, so one of an authority is taken for its own.
const fn provider_code(sector: Sector) -> Code {
    match sector {
        Sector::LocalAuthority => domain::code::provider::PR1,
        Sector::Private => domain::code::provider::PR4,
        Sector::Voluntary => domain::code::provider::PR5,
        Sector::Health | Sector::Academy => domain::code::provider::PR3,
    }
}

/// Ends the open main placement that the child leaves, and holds the new one to the rest of the case.
async fn leave(tx: &mut Tx, child: &Child, placement: &Placement, why: Code) -> Result<(), Error> {
    let mut held: Vec<Versioned<Placement>> = store::of_child(tx, child.id).await?;
    let open =
        |known: &&mut Versioned<Placement>| known.fact.end.is_none() && !known.fact.is_temporary() && known.fact.start < placement.start;
    if let Some(left) = held.iter_mut().find(open) {
        let ended = Placement { end: Some(placement.start), ended: why, ..left.fact.clone() };
        store::correct(tx, left, &ended).await?;
        left.fact = ended;
    }
    placement::check(placement, child.born, &plain(&held)).map_err(|fault| Error::Unusable(format!("The placement was not made: {fault}.")))
}
