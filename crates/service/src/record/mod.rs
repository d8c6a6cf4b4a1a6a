//! The record: children, where they live and by which law, as the authority works with them from day to day.
//!
//! Every use case asks [`domain::access::permit`] first. A refusal about a child's case reads as if there were no such child.

mod agreement;
mod alerts;
mod authorities;
mod capacity;
mod carers;
pub mod case;
mod children;
mod clock;
mod contracts;
mod documents;
pub mod feed;
mod foster_homes;
mod foster_import;
mod households;
mod imports;
mod interests;
mod judged;
mod names;
mod own_provider;
mod owners;
mod payees;
mod placements;
mod placing;
mod providers;
mod register_import;
mod registers;
mod reporting;
mod retention;
mod sealing;
mod search;
mod settings;
mod subject;
mod suited;
mod verify;

use domain::Id;
use domain::access::{Action, Actor, On, Permit, permit};
use domain::child::Child;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use store::{Db, Moment};
use uuid::Builder;

pub use agreement::agree;
pub(crate) use alerts::look;
pub use alerts::{alerts, register as alert_register, resolve, watch};
pub use authorities::{authorities, authority, open, opened};
pub use capacity::{HeldBed, LONGEST_HOLD, Wanted, fit, held_beds, hold, release};
pub use carers::{CarersByEthnicity, carers_by_ethnicity};
pub use children::{Case, by_reference, children, log, references, show};
pub use contracts::import::{ContractList, LinesTaken, take_contract_lines, take_contracts};
pub use contracts::{ContractPage, EndingOf, Priced, contract, contract_by_reference, contract_endings, contracts};
pub use documents::{DocumentFilter, DocumentSort, DocumentState, ExpiringDocument, ListedDocument, documents, expiring_documents};
pub use domain::access;
pub use domain::authority::Authority;
pub use foster_homes::{FosterHomePage, Resident, foster_home, foster_home_references, foster_homes, pipeline};
pub use foster_import::{HouseholdsTaken, take_foster_homes};
pub use imports::{Choice, Difference, Imported, import, import_choosing, import_returns, look_at_returns};
pub use names::{Names, names};
pub use own_provider::{
    Agreed, AgreedPrice, OwnFact, OwnHome, OwnProvider, agreed, own_home, own_provider, own_word, take_back, tell, told_by_providers,
};
pub use owners::{ListedOwner, OwnerPage, OwnerSort, Owners, owner, owners};
pub use payees::{OpenedPayees, Payees, ShownPayee, confirm_payee, open_payees, payees, propose_payee, turn_down_payee};
pub use placements::{Correction, correct};
pub use placing::{Outlook, Placed, Placing, Tense, outlook, place};
pub use providers::{ProviderPage, provider, providers};
pub use register_import::{Change, Difference as RegisterDifference, News, Taken, What, look_at_register, take_register};
pub use registers::{Entry as RegisterEntry, add, add_all, add_home, correct_entry, history, withdraw};
pub use reporting::{Readable, allow_reader, reading_views};
pub use retention::{Erased, Expired, erase_expired, expired};
pub use search::{Field, Found, Group, Hit, Likeness, Named, NamesFound, Register, may_search, search, search_names};
pub use settings::{SettingPage, setting, setting_by_number, settings};
pub use store::child::Listed;
pub use store::{Connections, Cursor, Entries, Entry, Instant, Page, Part, Versioned};
pub use subject::{Subject, Writing, export};
pub use suited::{Suited, SuitedHome, suited};
pub use verify::{Checked, verify, verify_past};

/// What lists are filtered and sorted by, and their rows.
pub mod lists {
    pub use store::alert::{Filter as AlertFilter, Listed as ListedAlert, Sort as AlertSort, Which as WhichAlerts};
    pub use store::contract::{Filter as ContractFilter, Listed as ListedContract, Sort as ContractSort};
    pub use store::foster_home::{Filter as FosterHomeFilter, Listed as ListedFosterHome, Sort as FosterHomeSort};
    pub use store::provider::{Filter as ProviderFilter, Listed as ListedProvider, Sort as ProviderSort};
    pub use store::setting::{Filter as SettingFilter, Listed as ListedSetting, Sort, Which};
}

use crate::Error;

/// The record and what the machine around it gives: its clock and its chance. Built once, in the binary or in a test.
#[derive(Clone, Debug)]
pub struct Record {
    pub(crate) db: Db,
    pub(crate) keys: store::Keys,
    secrets: [u8; 32],
    vault: [u8; 32],
    erased: [u8; 64],
    now: fn() -> jiff::Timestamp,
    chance: fn(&mut [u8]),
}

impl Record {
    /// Opens the record at an address (`sqlite://FILE`, `postgres://…`) as it is: see [`Record::migrate`]. `seal` is the key that lies outside
    /// the database and seals its log.
    ///
    /// # Errors
    /// [`Error::Unusable`] where nothing answers at this address.
    pub async fn connect(address: &str, seal: [u8; 64], now: fn() -> jiff::Timestamp, chance: fn(&mut [u8])) -> Result<Self, Error> {
        let keys = store::Keys::new(seal);
        let [secrets, vault, erased] = ["placewell: secrets of second factors, 1", "placewell: vault, 1", "placewell: erased children, 1"]
            .map(|used_for| derived(&seal, used_for));
        let db = Db::connect(address, keys.clone()).await.map_err(|fault| unusable("does not answer", &fault))?;
        let mut block = [0; 64];
        block[..32].copy_from_slice(&erased);
        Ok(Self { db, keys, secrets, vault, erased: block, now, chance })
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// [`Error::Unusable`] where the database holds tables that this program does not know, or its log is sealed with another key.
    pub async fn migrate(&self) -> Result<(), Error> {
        let up_to_date = async {
            // The views rest on the tables, which could not change beneath them.
            self.db.take_reporting_down().await?;
            self.db.migrate().await?;
            self.db.put_reporting_up().await
        };
        up_to_date.await.map_err(|fault| unusable("cannot be brought up to date", &fault))?;
        self.ready().await
    }

    /// Whether the tables are those that this program knows.
    ///
    /// # Errors
    /// [`Error::Unusable`] where they are older or newer, with the way out.
    pub async fn ready(&self) -> Result<(), Error> {
        match self.db.standing().await? {
            store::Standing::Ready => Ok(()),
            store::Standing::Behind => Err(Error::Unusable(
                "The record is not ready: run `placewell migrate`, which makes its tables or brings them up to date.".to_owned(),
            )),
            store::Standing::OtherKey => Err(Error::Unusable(
                "The record is sealed with another key than this one. Name its file with --seal-key; with another key its log would seem forged."
                    .to_owned(),
            )),
            store::Standing::Ahead => Err(Error::Unusable(
                "The record was made by a newer Placewell than this one. Install that one, or go back to a backup.".to_owned(),
            )),
        }
    }

    /// How many connections to the database are open on this node.
    pub fn connections(&self) -> Connections {
        self.db.connections()
    }

    /// Waits for what is under way and closes.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// The moment now.
    pub(crate) fn now(&self) -> Instant {
        Instant::new((self.now)())
    }

    /// The date and the full hour in England now.
    pub fn clock(&self) -> (domain::Day, u8) {
        let at = (self.now)();
        (clock::day_in_england(at), clock::hour(at))
    }

    /// A moment as clocks in England show it.
    pub fn spoken(&self, at: Instant) -> String {
        clock::spoken(at.timestamp())
    }

    /// The day in England at a moment.
    pub fn day(&self, at: jiff::Timestamp) -> domain::Day {
        clock::day_in_england(at)
    }

    /// Bytes that nobody can foretell.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.chance)(&mut bytes);
        bytes
    }

    /// The key that seals secrets which the program has to read again.
    pub(crate) const fn secrets(&self) -> &[u8; 32] {
        &self.secrets
    }

    /// The key that seals names and addresses.
    pub(crate) const fn vault_key(&self) -> &[u8; 32] {
        &self.vault
    }

    /// By what an erased child's number is known again: it tells the number to nobody who has not the key.
    pub(crate) fn known_erased(&self, authority: Id<Authority>, reference: &str) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new((&self.erased).into());
        mac.update(authority.uuid().as_bytes());
        mac.update(reference.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The date in England now.
    pub fn today(&self) -> domain::Day {
        clock::day_in_england((self.now)())
    }

    /// A new identity; newer ones sort later.
    pub fn id<Of>(&self) -> Id<Of> {
        let mut random = [0; 10];
        (self.chance)(&mut random);
        let millis = u64::try_from((self.now)().as_millisecond()).unwrap_or_default();
        Id::from_uuid(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    pub(crate) fn moment(&self) -> Moment {
        Moment { at: self.now(), change: self.id() }
    }

    /// Leave to do something with a child's case.
    async fn allowed_on_case(&self, actor: &Actor, action: Action, authority: Id<Authority>, child: Id<Child>) -> Result<Permit, Error> {
        // Whether a case is restricted decides who may open it, so that alone is looked up by the program on its own account.
        let mut look = self.db.read(allowed(&Actor::machine("decide"), action, On::authority(authority))?).await?;
        let on = store::child::case(&mut look, child).await?.ok_or_else(|| no_child(child))?;
        interests::free_of_child(&mut look, actor, child).await?;
        drop(look);
        permit(actor, action, on).map_err(|_| no_child(child))
    }

    /// The same, and the change to do it in.
    async fn begin_on_case(&self, actor: &Actor, action: Action, authority: Id<Authority>, child: Id<Child>) -> Result<store::Tx, Error> {
        let permit = self.allowed_on_case(actor, action, authority, child).await?;
        Ok(self.db.begin(permit, self.moment()).await?)
    }
}

/// Another key from the same file for one use, of no use for the log or any other.
fn derived(seal: &[u8; 64], used_for: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new(seal.into());
    mac.update(used_for.as_bytes());
    mac.finalize().into_bytes().into()
}

pub(crate) fn allowed(actor: &Actor, action: Action, on: On) -> Result<Permit, Error> {
    permit(actor, action, on).map_err(Error::Denied)
}

/// A fact as it is known now, or as it was at a moment.
async fn found<F: store::Fact>(view: &mut store::View, id: Id<F>, at: Option<Instant>) -> Result<Option<store::Versioned<F>>, Error> {
    Ok(match at {
        Some(at) => store::find_as_known(view, id, at).await?,
        None => store::find(view, id).await?,
    })
}

/// A reason, which must be given.
pub(crate) fn said(reason: &str) -> Result<&str, Error> {
    let reason = reason.trim();
    if reason.is_empty() { Err(Error::Unusable("Say why: somebody will ask.".to_owned())) } else { Ok(reason) }
}

/// The facts of one thing as they are known now, or as they were at a moment.
async fn known<F: store::Of<Whole>, Whole>(
    view: &mut store::View,
    whole: Id<Whole>,
    at: Option<Instant>,
) -> Result<Vec<store::Versioned<F>>, Error> {
    Ok(match at {
        Some(at) => store::of_as_known(view, whole, at).await?,
        None => store::of(view, whole).await?,
    })
}

fn no_child(child: Id<Child>) -> Error {
    Error::NotFound { what: "child", name: child.to_string(), near: Vec::new() }
}

fn unusable(what: &str, fault: &store::Error) -> Error {
    let reason = std::error::Error::source(fault).map_or_else(|| fault.to_string(), ToString::to_string);
    Error::Unusable(format!("The database {what}: {reason}."))
}
