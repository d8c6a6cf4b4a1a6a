//! A record with what a test puts in.

use domain::alert::{Alert, Kind as AlertKind};
use domain::capacity::Sharing;
use domain::child::Child;
use domain::code::{Code, place};
use domain::foster_home::{Care, FosterHome, Kinship, Stage};
use domain::lodging::Place;
use domain::placement::Placement;
use domain::provider::{Provider, Sector, Status};
use domain::setting::{Kind, Limit, Registration, Restriction, Setting, Takes, Terms};
use domain::{Day, Id};
use service::record::{self, Authority, Placed, Placing, Record, Tense, case};

use crate::recorded::owner;

/// A record with what a test puts in.
pub(crate) struct Desk<'r> {
    pub(crate) record: &'r Record,
    pub(crate) authority: &'r Authority,
}

impl Desk<'_> {
    pub(crate) fn today(&self) -> Day {
        self.record.today()
    }

    pub(crate) async fn child(&self, born: Day) -> Id<Child> {
        let id = self.record.id();
        let child = Child {
            id,
            authority: self.authority.id,
            reference: id.to_string(),
            born,
            sex: Code::of("F"),
            ethnicity: Code::of("WBRI"),
            asylum: domain::history::Uasc::Never,
            restricted: false,
        };
        case::register(self.record, &owner(), &child).await.unwrap();
        id
    }

    pub(crate) async fn setting(&self, kind: Kind, places: Option<u32>) -> (Setting, Terms) {
        let id = self.record.id();
        let provider = Provider {
            id,
            name: format!("Elm {id}"),
            legal_name: String::new(),
            company: Code::BLANK,
            sector: Sector::Private,
            status: Status::Approved,
        };
        record::add(self.record, &owner(), self.authority.id, &provider).await.unwrap();
        let opened = self.today().plus(-900);
        let setting = Setting {
            id: self.record.id(),
            provider: id,
            urn: Code::BLANK,
            kind,
            name: "Elm House".to_owned(),
            area: None,
            postcode: None,
            registration: Registration::Held,
            opened: Some(opened),
            closed: None,
            before: None,
        };
        let (id, conditions) = (self.record.id(), String::new());
        let terms =
            Terms { id, setting: setting.id, from: opened, places, youngest: None, oldest: None, takes: Takes::Anybody, conditions };
        record::add_home(self.record, &owner(), self.authority.id, &setting, &terms).await.unwrap();
        (setting, terms)
    }

    /// A household of an agency.
    pub(crate) async fn household(&self, agency: &Setting, places: u32) -> FosterHome {
        let id = self.record.id();
        let home = FosterHome {
            id,
            provider: agency.provider,
            reference: format!("FH-{id}"),
            stage: Stage::Approved,
            enquired: None,
            approved: Some(self.today().plus(-900)),
            ended: None,
            places,
            youngest: 0,
            oldest: 17,
            takes: Takes::Anybody,
            care: Care::ShortTerm,
            scheme: String::new(),
            skills: String::new(),
            ethnicity: Code::BLANK,
            postcode: None,
        };
        record::add(self.record, &owner(), self.authority.id, &home).await.unwrap();
        home
    }

    pub(crate) async fn stop(&self, setting: &Setting, kind: Limit, from: Day) {
        let (id, words) = (self.record.id(), String::new());
        let restriction = Restriction { id, setting: setting.id, kind, from, to: None, words };
        record::add(self.record, &owner(), self.authority.id, &restriction).await.unwrap();
    }

    pub(crate) async fn place(&self, wanted: &Placing) -> Result<Placed, service::Error> {
        record::place(self.record, &owner(), self.authority.id, wanted).await
    }

    /// The open breaches in a home.
    pub(crate) async fn breaches(&self, place: Place) -> Vec<Alert> {
        let all = record::alerts(self.record, &owner(), self.authority.id).await.unwrap().into_iter().map(|one| one.alert.fact);
        all.filter(|one| one.place() == Some(place) && one.kind == AlertKind::Breach).collect()
    }

    /// Corrects a placement as it stands now.
    pub(crate) async fn correct(&self, placement: &Placement) -> Result<(), service::Error> {
        let held = record::show(self.record, &owner(), self.authority.id, placement.child, None).await.unwrap().placements;
        let version = held.iter().find(|known| known.fact.id == placement.id).unwrap().version;
        case::correct(self.record, &owner(), self.authority.id, placement.child, version, placement, "as agreed").await
    }
}

pub(crate) fn wanted(child: Id<Child>, place: Place, tense: Tense, (from, to): (Day, Option<Day>)) -> Placing {
    let kind = matches!(place, Place::FosterHome(_)).then_some(place::U6);
    let (sharing, kinship, leaves) = (Sharing::Shared, Kinship::NotAll, Code::BLANK);
    Placing { child, place, tense, from, to, kind, sharing, kinship, leaves }
}
