//! A register becomes part of the record, and what changed since is shown: Ofsted's published one, or an authority's own list (practice 3.6).
//!
//! Taking the same register again changes nothing. What it says that only a regulator can know (places, judgements, suspension, leaving the register) is
//! recorded from its day on; where it says something else than people wrote down, the difference is shown and the record kept. A change for the worse
//! raises an alert for every child who lives there.

mod change;
mod owned;

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Action, Actor, On};
use domain::alert;
use domain::authority::Authority;
use domain::child::Child;
use domain::judgement::Judgement;
use domain::lodging::Place;
use domain::provider::{Provider, Sector, Status};
use domain::setting::{Kind, Limit, Registration, Restriction, Setting, Takes, Terms, terms_on};
use domain::{Code, Day, Id, Severity};
use ingest::register::{Entry, Register, Scope, read_register};
use store::{Event, Tx, Versioned};

pub use change::{Change, Difference, Taken, What};

use super::alerts::Raiser;
use super::{Record, allowed, judged};
use crate::Error;

/// What is done with settings that the record does not have yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum News {
    /// They are added.
    #[default]
    Add,
    /// They are left: the record keeps to the homes it knows.
    Leave,
}

/// Takes a register into an authority's record: all of it or, where a line cannot be read, nothing, with every such line named.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Unusable`] for a register that is older than what was taken last, or that lacks so many of the homes it should have that it
/// cannot be whole.
pub async fn take_register(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    file: (&str, &[u8]),
    news: News,
) -> Result<Taken, Error> {
    let permit = allowed(actor, Action::HomeWrite, On::authority(authority))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let taken = compared(record, &mut tx, file, news).await?;
    if taken.applied && taken.writes() {
        tx.commit(Event::of("authority", authority).because(&format!("{} as at {}", file.0, taken.as_at))).await?;
    }
    Ok(taken)
}

/// What [`take_register`] would do: nothing is written.
///
/// # Errors
/// Those of [`take_register`].
pub async fn look_at_register(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    file: (&str, &[u8]),
    news: News,
) -> Result<Taken, Error> {
    let permit = allowed(actor, Action::HomeWrite, On::authority(authority))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    compared(record, &mut tx, file, news).await
}

async fn compared(record: &Record, tx: &mut Tx, file: (&str, &[u8]), news: News) -> Result<Taken, Error> {
    let (register, findings) = read_register(file.0, file.1);
    let as_at = register.as_at.unwrap_or_else(|| record.today());
    if findings.iter().any(|one| one.severity == Severity::Error) {
        return Ok(Taken { as_at, findings, applied: false, ..Taken::empty(as_at) });
    }
    let held = Held::read(tx).await?;
    held.is_whole(&register, as_at)?;
    let raiser = Raiser::open(record, tx).await?;
    let mut import = Import { record, tx, as_at, held, raiser, taken: Taken { findings, ..Taken::empty(as_at) } };
    for entry in &register.entries {
        match import.held.settings.get(&entry.urn).cloned() {
            Some(known) => import.compare(&known, entry).await?,
            None if news == News::Add => import.first(entry).await?,
            None => import.taken.left += 1,
        }
    }
    import.missing(&register).await?;
    let Import { raiser, mut taken, tx, .. } = import;
    taken.alerts = raiser.raised;
    // Other terms or another registration may have made a breach of a stay that was lawful.
    taken.alerts.extend(super::alerts::look(record, tx).await?);
    taken.applied = true;
    Ok(taken)
}

/// A register of more areas than this is of all England; one of fewer says nothing about the areas that it leaves out.
const EXTRACT: usize = 100;

/// What the record holds.
struct Held {
    settings: BTreeMap<Code, Versioned<Setting>>,
    providers: BTreeMap<String, Provider>,
    names: BTreeMap<Id<Provider>, String>,
    terms: BTreeMap<Id<Setting>, Vec<Terms>>,
    owners: owned::Owners,
    restrictions: BTreeMap<Id<Setting>, Vec<Versioned<Restriction>>>,
    judgements: BTreeMap<Id<Setting>, Vec<Versioned<Judgement>>>,
    stays: BTreeMap<Id<Setting>, Vec<domain::capacity::Stay>>,
}

impl Held {
    async fn read(tx: &mut Tx) -> Result<Self, Error> {
        let providers: Vec<Versioned<Provider>> = store::all(tx).await?;
        let mut held = Self {
            settings: BTreeMap::new(),
            names: providers.iter().map(|known| (known.fact.id, known.fact.name.clone())).collect(),
            providers: providers.into_iter().map(|known| (known.fact.name.to_lowercase(), known.fact)).collect(),
            terms: BTreeMap::new(),
            owners: owned::Owners::read(tx).await?,
            restrictions: BTreeMap::new(),
            judgements: BTreeMap::new(),
            stays: BTreeMap::new(),
        };
        for known in store::all::<Setting>(tx).await?.into_iter().filter(|known| !known.fact.urn.is_blank()) {
            held.settings.insert(known.fact.urn, known);
        }
        for known in store::all::<Terms>(tx).await? {
            held.terms.entry(known.fact.setting).or_default().push(known.fact);
        }
        for known in store::all::<Restriction>(tx).await? {
            held.restrictions.entry(known.fact.setting).or_default().push(known);
        }
        for known in store::all::<Judgement>(tx).await? {
            if let Some(setting) = known.fact.setting {
                held.judgements.entry(setting).or_default().push(known);
            }
        }
        for (setting, stay) in store::bed::all_stays(tx).await? {
            held.stays.entry(setting).or_default().push(stay);
        }
        Ok(held)
    }

    /// Settings of the register's areas that it should have: registered, open on its day, of a kind that Ofsted lists.
    fn expected<'h>(&'h self, register: &'h Register, as_at: Day) -> impl Iterator<Item = &'h Versioned<Setting>> {
        let areas: BTreeSet<Option<u32>> = register.entries.iter().map(|entry| entry.area).collect();
        let england = areas.len() > EXTRACT;
        let listed = |kind: Kind| !kind.is_supported() && !matches!(kind, Kind::FosteringService | Kind::Other);
        self.settings.values().filter(move |known| {
            let setting = &known.fact;
            register.scope == Scope::Whole
                && setting.registration == Registration::Held
                && listed(setting.kind)
                && setting.is_open_on(as_at)
                && setting.opened.is_none_or(|opened| opened < as_at)
                && (england || areas.contains(&setting.area))
        })
    }

    /// A register cut short would close homes that are open.
    fn is_whole(&self, register: &Register, as_at: Day) -> Result<(), Error> {
        let numbers: BTreeSet<Code> = register.entries.iter().map(|entry| entry.urn).collect();
        let (mut expected, mut missing) = (0usize, 0usize);
        for known in self.expected(register, as_at) {
            expected += 1;
            missing += usize::from(!numbers.contains(&known.fact.urn));
        }
        if missing > 5 && missing * 2 > expected {
            return Err(Error::Unusable(format!(
                "Nothing was taken: this register lacks {missing} of the {expected} homes that the record has in its areas, so it is hardly whole. Take the whole register, or close those homes by hand."
            )));
        }
        Ok(())
    }

    /// Who lives in a setting on a day.
    fn children(&self, setting: Id<Setting>, today: Day) -> BTreeSet<Id<Child>> {
        let here = |stay: &&domain::capacity::Stay| stay.from <= today && stay.to.is_none_or(|to| today < to);
        self.stays.get(&setting).into_iter().flatten().filter(here).map(|stay| stay.child).collect()
    }
}

/// One register being taken.
struct Import<'i> {
    record: &'i Record,
    tx: &'i mut Tx,
    as_at: Day,
    held: Held,
    raiser: Raiser<'i>,
    taken: Taken,
}

/// A plain name for what Ofsted gives none.
fn name_of(entry: &Entry) -> String {
    entry.name.clone().unwrap_or_else(|| format!("{} {}", entry.kind.label(), entry.urn))
}

impl Import<'_> {
    fn changed(&mut self, known: &Setting, what: What, before: Option<String>, after: Option<String>) {
        self.taken.changes.push(Change { urn: known.urn, setting: known.id, name: known.name.clone(), what, before, after });
    }

    /// An alert for everybody who lives there today.
    async fn alert(&mut self, known: &Setting, what: (alert::Kind, Day), words: &str) -> Result<(), Error> {
        let children = self.held.children(known.id, self.record.today());
        let words = format!("{}: {words}", known.name);
        self.raiser.raise(self.tx, Some(Place::Setting(known.id)), children, (what.0, what.1, &words)).await
    }

    /// The provider of this name, made where there is none.
    async fn provider(&mut self, entry: &Entry) -> Result<Id<Provider>, Error> {
        let name = if entry.owner.is_empty() { format!("Owner not published, number {}", entry.urn) } else { entry.owner.clone() };
        if let Some(known) = self.held.providers.get(&name.to_lowercase()) {
            return Ok(known.id);
        }
        let own = entry.sector == Sector::LocalAuthority;
        let provider = Provider {
            id: self.record.id(),
            name: name.clone(),
            legal_name: String::new(),
            company: Code::BLANK,
            sector: entry.sector,
            // An authority needs no leave to use its own homes, or another authority's.
            status: if own { Status::Approved } else { Status::Prospect },
        };
        store::add(self.tx, &provider).await?;
        self.taken.providers += 1;
        let id = provider.id;
        self.held.names.insert(id, name.clone());
        self.held.providers.insert(name.to_lowercase(), provider);
        Ok(id)
    }

    async fn first(&mut self, entry: &Entry) -> Result<(), Error> {
        let provider = self.provider(entry).await?;
        self.owned(provider, entry).await?;
        let setting = Setting {
            id: self.record.id(),
            provider,
            urn: entry.urn,
            kind: entry.kind,
            name: name_of(entry),
            area: entry.area,
            postcode: entry.postcode,
            registration: if entry.kind.needs_registration() { Registration::Held } else { Registration::NotNeeded },
            opened: entry.opened,
            closed: entry.closed,
            before: None,
        };
        store::add(self.tx, &setting).await?;
        let terms = Terms {
            id: self.record.id(),
            setting: setting.id,
            from: entry.opened.unwrap_or(self.as_at),
            places: entry.places,
            youngest: entry.ages.0,
            oldest: entry.ages.1,
            takes: Takes::Anybody,
            conditions: String::new(),
        };
        store::add(self.tx, &terms).await?;
        self.taken.added += 1;
        self.judged(&setting, entry).await?;
        self.suspended(&setting, entry).await
    }

    async fn compare(&mut self, known: &Versioned<Setting>, entry: &Entry) -> Result<(), Error> {
        let before = self.taken.changes.len();
        let setting = known.fact.clone();
        self.owned(setting.provider, entry).await?;
        self.places(&setting, entry).await?;
        self.judged(&setting, entry).await?;
        self.suspended(&setting, entry).await?;
        self.completed(known, entry).await?;
        self.said_otherwise(&setting, entry);
        if self.taken.changes.len() == before {
            self.taken.unchanged += 1;
        }
        Ok(())
    }

    /// Another number of places is a variation from the register's day on.
    async fn places(&mut self, setting: &Setting, entry: &Entry) -> Result<(), Error> {
        let all = self.held.terms.get(&setting.id).cloned().unwrap_or_default();
        let Some(current) = terms_on(&all, self.as_at) else { return Ok(()) };
        if entry.places.is_none() || current.places == entry.places || current.from == self.as_at {
            return Ok(());
        }
        let varied = Terms { id: self.record.id(), from: self.as_at, places: entry.places, ..current.clone() };
        store::add(self.tx, &varied).await?;
        let text = |places: Option<u32>| places.map(|places| places.to_string());
        self.changed(setting, What::Places, text(current.places), text(entry.places));
        Ok(())
    }

    /// A judgement that the record lacks is added; where it stands last and differs from the one before, it is news.
    async fn judged(&mut self, setting: &Setting, entry: &Entry) -> Result<(), Error> {
        let Some(found) = entry.judged else { return Ok(()) };
        let all = self.held.judgements.get(&setting.id).cloned().unwrap_or_default();
        let latest = all.iter().max_by_key(|known| known.fact.day).map(|known| known.fact.clone());
        let judgement = Judgement {
            id: self.record.id(),
            provider: setting.provider,
            setting: Some(setting.id),
            day: found.day,
            overall: found.overall,
            protected: found.protected,
            leaders: found.leaders,
        };
        if let Some(same_day) = all.iter().find(|known| known.fact.day == found.day) {
            let told = (found.protected.or(same_day.fact.protected), found.leaders.or(same_day.fact.leaders));
            let judgement = Judgement { id: same_day.fact.id, protected: told.0, leaders: told.1, ..judgement };
            if judgement == same_day.fact {
                return Ok(());
            }
            store::correct(self.tx, same_day, &judgement).await?;
        } else {
            store::add(self.tx, &judgement).await?;
        }
        let news = latest.as_ref().is_none_or(|latest| latest.day <= found.day && latest.overall != found.overall);
        let new_home = !self.held.settings.contains_key(&setting.urn);
        if !new_home {
            let label = |one: &Judgement| format!("{} ({})", one.overall.label(), one.day);
            self.changed(setting, What::Judgement, latest.as_ref().map(label), Some(label(&judgement)));
        }
        if news && (!new_home || found.overall.is_less_than_good()) {
            let before = latest.as_ref().map(|latest| latest.overall);
            let (kind, words) = (judged::kind(before, found.overall), judged::words(before, &judgement));
            self.alert(setting, (kind, found.day), &words).await?;
        }
        // E3: the worst judgement stops new children until people lift it; nobody is moved by a program.
        if news && found.overall.is_worst() {
            self.restrict(setting, Limit::NoAdmissions, found.day, judged::until_reviewed(&judgement)).await?;
        }
        Ok(())
    }

    async fn restrict(&mut self, setting: &Setting, kind: Limit, from: Day, words: String) -> Result<(), Error> {
        let restriction = Restriction { id: self.record.id(), setting: setting.id, kind, from, to: None, words };
        store::add(self.tx, &restriction).await?;
        self.changed(setting, What::Restriction, None, Some(format!("{} from {from}", kind.label())));
        self.alert(setting, (alert::Kind::Restricted, from), &format!("{} from {from}", kind.label())).await
    }

    /// A suspension begins on the first register that shows it, and is lifted by the first that does not.
    async fn suspended(&mut self, setting: &Setting, entry: &Entry) -> Result<(), Error> {
        let all = self.held.restrictions.get(&setting.id).cloned().unwrap_or_default();
        let current = all.iter().find(|known| known.fact.kind == Limit::Suspension && known.fact.holds_on(self.as_at)).cloned();
        match (entry.status, current) {
            (ingest::register::Status::Suspended, None) => {
                let words = "Suspended, as Ofsted's register shows.".to_owned();
                let from = self.as_at;
                let restriction = Restriction { id: self.record.id(), setting: setting.id, kind: Limit::Suspension, from, to: None, words };
                store::add(self.tx, &restriction).await?;
                self.changed(setting, What::Suspension, None, Some(format!("suspended, as at {from}")));
                self.alert(setting, (alert::Kind::Suspended, from), &format!("registration suspended, as at {from}")).await
            }
            (ingest::register::Status::Active, Some(known)) if known.fact.from < self.as_at => {
                let lifted = Restriction { to: Some(self.as_at), ..known.fact.clone() };
                store::correct(self.tx, &known, &lifted).await?;
                self.changed(setting, What::Suspension, Some(format!("suspended since {}", known.fact.from)), Some("lifted".to_owned()));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Blanks of the record are filled, and nothing else of what people wrote.
    async fn completed(&mut self, known: &Versioned<Setting>, entry: &Entry) -> Result<(), Error> {
        let setting = &known.fact;
        let made_up = setting.name == format!("{} {}", entry.kind.label(), entry.urn);
        let completed = Setting {
            name: entry.name.clone().filter(|_| made_up).unwrap_or_else(|| setting.name.clone()),
            area: setting.area.or(entry.area),
            postcode: setting.postcode.or(entry.postcode),
            opened: setting.opened.or(entry.opened),
            closed: setting.closed.or(entry.closed),
            ..setting.clone()
        };
        if completed == *setting {
            return Ok(());
        }
        store::correct(self.tx, known, &completed).await?;
        match completed.closed.filter(|_| setting.closed.is_none()) {
            Some(day) => {
                self.changed(setting, What::Closed, None, Some(day.to_string()));
                self.alert(setting, (alert::Kind::Closed, day), &format!("closed on {day}")).await?;
            }
            None => self.changed(setting, What::Completed, None, None),
        }
        Ok(())
    }

    /// What register and people say differently stays as people wrote it, and is shown.
    fn said_otherwise(&mut self, setting: &Setting, entry: &Entry) {
        let provider = self.held.names.get(&setting.provider).cloned().unwrap_or_default();
        let mut kept = |what, recorded: String, register: String| {
            let change = Difference { urn: setting.urn, name: setting.name.clone(), what, recorded, register };
            self.taken.differences.push(change);
        };
        if !entry.owner.is_empty() && !entry.owner.eq_ignore_ascii_case(&provider) {
            kept("owner", provider, entry.owner.clone());
        }
        if entry.kind != setting.kind && !(entry.kind == Kind::SupportedUnsaid && setting.kind.is_supported()) {
            kept("kind", setting.kind.label().to_owned(), entry.kind.label().to_owned());
        }
        if let (Some(recorded), Some(register)) = (setting.opened, entry.opened)
            && recorded != register
        {
            kept("registered on", recorded.to_string(), register.to_string());
        }
        if let (Some(closed), None) = (setting.closed, entry.closed)
            && closed <= self.as_at
        {
            kept("closed", closed.to_string(), "on the register".to_owned());
        }
    }

    /// What is no longer on a whole register has left it.
    async fn missing(&mut self, register: &Register) -> Result<(), Error> {
        let numbers: BTreeSet<Code> = register.entries.iter().map(|entry| entry.urn).collect();
        let gone: Vec<Versioned<Setting>> =
            self.held.expected(register, self.as_at).filter(|known| !numbers.contains(&known.fact.urn)).cloned().collect();
        for known in gone {
            let closed = Setting { closed: Some(self.as_at), ..known.fact.clone() };
            store::correct(self.tx, &known, &closed).await?;
            let day = self.as_at;
            self.changed(&known.fact, What::Closed, None, Some(format!("not on the register of {day}")));
            self.alert(&known.fact, (alert::Kind::Closed, day), &format!("is not on the register of {day} any more")).await?;
        }
        Ok(())
    }
}
