//! Homes and who is in them: every placement gets a setting, a postcode and a provider that the return's rules accept together.
//!
//! Placements are housed in the order in which they begin, so a home never holds more children than it has places. Where no home of the
//! kind has a place, one opens: the market answers demand, late and often far away.

use std::collections::BTreeMap;

use domain::code::place;
use domain::{Code, Day, Postcode};

use crate::dice::Dice;
use crate::geography::{Geography, Locality, Spot};
use crate::kind::Kind;

/// A registered setting, agency or service, as Ofsted's register would have it. Its unique reference number begins with 9: no real one does.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Unique reference number.
    pub urn: u32,
    /// What it is in the words of the register.
    pub provision: &'static str,
    /// Placement codes that children may have here.
    pub codes: &'static str,
    /// Kind of placement.
    pub kind: Kind,
    /// Provider code (PR1-PR5).
    pub provider: &'static str,
    /// Whether inside the authority, near or far.
    pub locality: Locality,
    /// Where it is.
    pub spot: Spot,
    /// Registered places; nothing for agencies.
    pub places: Option<u32>,
    /// Registration.
    pub opened: Day,
    /// Deregistration.
    pub closed: Option<Day>,
    /// Who owns it: an invented name.
    pub owner: String,
    /// Its own invented name.
    pub name: String,
    /// Overall effectiveness at the latest inspection; empty where the regulator gives no grade.
    pub judgement: &'static str,
    /// The code it was reported under before supported accommodation was registered (H5, P2).
    pub before_registration: Code,
    /// Last day on which somebody lived here; nothing while somebody does, or if nobody did.
    pub last_departure: Option<Day>,
}

/// Where one placement is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placing {
    /// The place.
    pub(crate) spot: Spot,
    /// Inside, near or far.
    pub(crate) locality: Locality,
    /// Provider code; blank where the return wants none.
    pub(crate) provider: Code,
    /// Unique reference number; blank where the return wants none.
    pub(crate) urn: Code,
    /// The code it was reported under before supported accommodation was registered.
    pub(crate) before_registration: Code,
    /// Placement code, for kinds in which the home decides it.
    pub(crate) code: Code,
}

/// A placement to be housed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Demand {
    pub(crate) kind: Kind,
    pub(crate) start: Day,
    pub(crate) end: Day,
    pub(crate) age: u32,
    pub(crate) home: Spot,
    /// Family whose children share this first home.
    pub(crate) family: Option<u32>,
    /// Whether the child is remanded.
    pub(crate) remand: Remand,
    /// The child, so that a move is not one to where the child is.
    pub(crate) child: u64,
}

/// Whether a child is remanded: then other residential means custody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remand {
    /// Remanded.
    Yes,
    /// Not.
    No,
}

/// A foster household of a service or agency.
#[derive(Clone, Debug)]
struct Household {
    setting: usize,
    spot: Spot,
    room: u32,
    until: Vec<Day>,
}

/// All that an authority's children live in.
pub(crate) struct Market<'a> {
    geography: &'a Geography,
    first_urn: u32,
    returns_from: Day,
    settings: Vec<Setting>,
    until: Vec<Vec<Day>>,
    by_kind: BTreeMap<(Kind, Locality), Vec<usize>>,
    households: BTreeMap<(Kind, Locality), Vec<Household>>,
    families: BTreeMap<u32, Placing>,
    lives_at: BTreeMap<u64, Postcode>,
    owners: Vec<String>,
    dice: Dice,
}

/// Settings an authority may have: the last three figures of the reference number.
const MOST_SETTINGS: usize = 1000;

impl<'a> Market<'a> {
    /// A market with the services that every authority has: its own fostering and adoption service, agencies, other authorities'.
    pub(crate) fn new(geography: &'a Geography, authority: usize, children: f64, returns_from: Day, mut dice: Dice) -> Self {
        let owners = crate::names::owners(&mut dice, (6 + (children / 60.0) as usize).min(40));
        let mut market = Self {
            geography,
            first_urn: 9_000_000 + (authority % 1000) as u32 * 1000,
            returns_from,
            settings: Vec::new(),
            until: Vec::new(),
            by_kind: BTreeMap::new(),
            households: BTreeMap::new(),
            families: BTreeMap::new(),
            lives_at: BTreeMap::new(),
            owners,
            dice,
        };
        market.open(Kind::InHouse, Locality::Inside, "PR1", None);
        let agencies = (4.0 + children / 45.0).min(30.0) as usize;
        for _ in 0..agencies {
            let locality = market.dice.by_weight(&[(Locality::Inside, 0.4), (Locality::Near, 0.4), (Locality::Far, 0.2)]);
            let provider = if market.dice.chance(0.17) { "PR5" } else { "PR4" };
            market.open(Kind::Agency, locality, provider, None);
        }
        for _ in 0..3 {
            market.open(Kind::InHouse, Locality::Near, "PR2", None);
        }
        market.open(Kind::Adoptive, Locality::Near, "PR5", None);
        market
    }

    /// The settings, with those marked closed that stood empty for a year before `as_at`.
    pub(crate) fn into_settings(mut self, as_at: Day) -> Vec<Setting> {
        for (setting, until) in self.settings.iter_mut().zip(&self.until) {
            let Some(&last) = until.iter().max() else { continue };
            if last <= as_at {
                setting.last_departure = Some(last);
                if last.plus(365) < as_at && self.dice.chance(0.5) {
                    setting.closed = Some(last.plus(self.dice.between(14, 200)));
                }
            }
        }
        self.settings
    }

    /// Houses a placement.
    pub(crate) fn house(&mut self, demand: &Demand) -> Placing {
        if let Some(&shared) = demand.family.and_then(|family| self.families.get(&family)) {
            self.lives_at.insert(demand.child, shared.spot.postcode);
            return shared;
        }
        let placing = self.find(demand);
        self.lives_at.insert(demand.child, placing.spot.postcode);
        if let Some(family) = demand.family {
            self.families.insert(family, placing);
        }
        placing
    }

    fn find(&mut self, demand: &Demand) -> Placing {
        let locality = self.locality(demand.kind);
        let unregistered = |spot, locality, provider: &str, code| Placing {
            spot,
            locality,
            provider: Code::parse(provider.as_bytes()).unwrap_or_default(),
            urn: Code::BLANK,
            before_registration: Code::BLANK,
            code,
        };
        match demand.kind {
            Kind::Kin => {
                let spot = self.spot(locality, demand.home);
                Placing { spot, locality, ..self.placing(0, Code::BLANK) }
            }
            Kind::InHouse | Kind::Agency => self.foster(demand, locality),
            Kind::Adoptive => {
                let spot = self.spot(locality, demand.home);
                if self.dice.chance(0.84) {
                    // Through the regional adoption agency, which has no number of its own.
                    Placing { urn: Code::of("XXXXXXX"), ..unregistered(spot, locality, "PR1", Code::BLANK) }
                } else {
                    let agency = self.by_kind.values().flatten().copied().find(|&at| self.settings[at].kind == Kind::Adoptive);
                    Placing { spot, locality, ..self.placing(agency.unwrap_or(0), Code::BLANK) }
                }
            }
            Kind::Parents if self.dice.chance(0.85) => unregistered(demand.home, Locality::Inside, "PR0", place::P1),
            Kind::Parents => {
                let spot = self.spot(Locality::Inside, demand.home);
                unregistered(spot, Locality::Inside, "PR0", place::P1)
            }
            Kind::Other => {
                let code = self.dice.by_weight(&[(place::Z11, 0.2), (place::Z12, 0.35), (place::Z13, 0.25), (place::Z14, 0.2)]);
                unregistered(self.spot(locality, demand.home), locality, "", code)
            }
            Kind::OtherResidential if demand.remand == Remand::Yes && demand.age >= 10 => {
                unregistered(self.spot(Locality::Far, demand.home), Locality::Far, "PR3", place::R5)
            }
            Kind::OtherResidential if demand.age >= 5 => unregistered(self.spot(locality, demand.home), locality, "PR3", place::R2),
            _ => self.registered(demand, locality),
        }
    }

    /// How far away homes of a kind are. England 2025: 44% of children outside the authority, 24% of those with a known distance more
    /// than 20 miles from home; homes furthest, own carers nearest (shares by kind are ours, their sums are the published ones).
    fn locality(&mut self, kind: Kind) -> Locality {
        let shares = match kind {
            Kind::Kin => [0.58, 0.25, 0.17],
            Kind::InHouse => [0.78, 0.18, 0.04],
            Kind::Agency => [0.44, 0.36, 0.20],
            Kind::Adoptive => [0.25, 0.30, 0.45],
            Kind::Parents | Kind::OwnHome => [1.0, 0.0, 0.0],
            Kind::ExternalHome => [0.27, 0.28, 0.45],
            Kind::Secure => [0.0, 0.1, 0.9],
            Kind::Supported => [0.55, 0.25, 0.20],
            Kind::OtherResidential => [0.40, 0.30, 0.30],
            Kind::School => [0.1, 0.2, 0.7],
            Kind::Other => [0.45, 0.25, 0.30],
        };
        Locality::ALL[self.dice.weighted(shares)]
    }

    fn spot(&mut self, locality: Locality, home: Spot) -> Spot {
        self.geography.spot(locality, home, &mut self.dice)
    }

    fn placing(&self, at: usize, code: Code) -> Placing {
        let setting = &self.settings[at];
        Placing {
            spot: setting.spot,
            locality: setting.locality,
            provider: Code::parse(setting.provider.as_bytes()).unwrap_or_default(),
            urn: Code::parse(setting.urn.to_string().as_bytes()).unwrap_or_default(),
            before_registration: setting.before_registration,
            code,
        }
    }

    /// A household with room, or a new one.
    fn foster(&mut self, demand: &Demand, locality: Locality) -> Placing {
        let here = self.lives_at.get(&demand.child).copied();
        let list = self.households.entry((demand.kind, locality)).or_default();
        let mut found = None;
        for _ in 0..6 {
            let at = self.dice.below(list.len());
            let Some(household) = list.get_mut(at) else { break };
            household.until.retain(|&until| until > demand.start);
            if household.until.len() < household.room as usize
                && Some(household.spot.postcode) != here
                && locality.fits(household.spot.miles(demand.home))
            {
                found = Some(at);
                break;
            }
        }
        let at = if let Some(at) = found {
            at
        } else {
            let spot = self.geography.spot(locality, demand.home, &mut self.dice);
            let room = self.dice.by_weight(&[(1, 0.45), (2, 0.37), (3, 0.18)]);
            let setting = if demand.kind == Kind::InHouse {
                // Own service first in the list, other authorities' three behind the agencies.
                if self.dice.chance(0.035) { self.any(Kind::InHouse, "PR2") } else { 0 }
            } else {
                self.any(Kind::Agency, "")
            };
            let list = self.households.entry((demand.kind, locality)).or_default();
            list.push(Household { setting, spot, room, until: Vec::new() });
            list.len() - 1
        };
        let household = &mut self.households.entry((demand.kind, locality)).or_default()[at];
        household.until.push(demand.end);
        let (setting, spot) = (household.setting, household.spot);
        Placing { spot, locality, ..self.placing(setting, Code::BLANK) }
    }

    /// Any agency or service of a kind with this provider code (any, if empty).
    fn any(&mut self, kind: Kind, provider: &str) -> usize {
        let all: Vec<usize> = (0..self.settings.len())
            .filter(|&at| self.settings[at].kind == kind && (provider.is_empty() || self.settings[at].provider == provider))
            .collect();
        self.dice.any(&all)
    }

    /// A home, centre, school or supported accommodation with a place, or a new one.
    fn registered(&mut self, demand: &Demand, locality: Locality) -> Placing {
        let here = self.lives_at.get(&demand.child).copied();
        let mut list = self.by_kind.get(&(demand.kind, locality)).cloned().unwrap_or_default();
        list.retain(|&at| Some(self.settings[at].spot.postcode) != here);
        let mut found = None;
        for attempt in 0..10 {
            if list.is_empty() {
                break;
            }
            let at = list[self.dice.below(list.len())];
            self.until[at].retain(|&until| until > demand.start);
            let room = self.settings[at].places.is_none_or(|places| self.until[at].len() < places as usize);
            if room && (attempt >= 6 || locality.fits(self.settings[at].spot.miles(demand.home))) {
                found = Some(at);
                break;
            }
        }
        let at = match found {
            Some(at) => at,
            None if self.settings.len() < MOST_SETTINGS || list.is_empty() => {
                let provider = match demand.kind {
                    Kind::OwnHome => "PR1",
                    Kind::Secure => self.dice.by_weight(&[("PR2", 0.9), ("PR5", 0.1)]),
                    Kind::Supported => {
                        let own = if locality == Locality::Inside { 0.09 } else { 0.0 };
                        self.dice.by_weight(&[("PR4", 0.81), ("PR5", 0.15), ("PR1", own)])
                    }
                    Kind::School => self.dice.by_weight(&[("PR4", 0.5), ("PR5", 0.5)]),
                    _ => self.dice.by_weight(&[("PR4", 0.92), ("PR5", 0.08)]),
                };
                let opened = (demand.start > self.returns_from.plus(200)).then(|| demand.start.plus(-self.dice.between(5, 120)));
                let at = self.open(demand.kind, locality, provider, opened);
                self.settings[at].spot = self.geography.spot(locality, demand.home, &mut self.dice);
                at
            }
            None => list[0],
        };
        self.until[at].push(demand.end);
        let code = match demand.kind {
            Kind::OwnHome | Kind::ExternalHome => place::K2,
            Kind::Secure => place::K1,
            Kind::Supported => place::K3,
            Kind::School => place::S1,
            _ => place::R3,
        };
        self.placing(at, code)
    }

    /// Registers a setting; without a date, one from years before the returns.
    fn open(&mut self, kind: Kind, locality: Locality, provider: &'static str, opened: Option<Day>) -> usize {
        let dice = &mut self.dice;
        let at = self.settings.len();
        let spot = self.geography.any(locality, dice);
        let (provision, codes, places) = match kind {
            Kind::InHouse if provider == "PR1" => ("Local authority fostering service", "U1,U2,U3,U4,U5,U6,A3,A5", None),
            Kind::InHouse => ("Local authority fostering service", "U4,U5,U6,A3,A5", None),
            Kind::Agency => ("Independent fostering agency", "U4,U5,U6,A3,A5", None),
            Kind::Adoptive => ("Voluntary adoption agency", "A3,A4,A5,A6", None),
            Kind::OwnHome => ("Children's home", "K2", Some(dice.between(3, 6) as u32)),
            Kind::Secure => ("Secure children's home", "K1", Some(dice.between(8, 24) as u32)),
            Kind::Supported => ("Supported accommodation", "K3", Some(dice.between(2, 7) as u32)),
            Kind::School => ("Residential special school", "S1", Some(dice.between(10, 40) as u32)),
            Kind::OtherResidential => ("Residential family centre", "R3", Some(dice.between(4, 8) as u32)),
            _ => ("Children's home", "K2", Some(dice.by_weight(&[(1, 0.08), (2, 0.17), (3, 0.30), (4, 0.25), (5, 0.12), (6, 0.08)]))),
        };
        let owner = match provider {
            "PR1" => self.geography.owner().to_owned(),
            "PR2" => format!("{} council", dice.any(&["Nether", "Upper", "Outer", "Mid"])),
            _ => self.owners[(dice.unit() * dice.unit() * self.owners.len() as f64) as usize].clone(),
        };
        let judgement = match kind {
            Kind::Supported | Kind::InHouse => "",
            _ => dice.by_weight(&[
                ("Good", 0.62),
                ("Requires improvement to be good", 0.17),
                ("Outstanding", 0.12),
                ("Inadequate", 0.03),
                ("Not yet inspected", 0.06),
            ]),
        };
        let opened = opened.unwrap_or_else(|| self.returns_from.plus(-dice.between(400, 6000)));
        let before_registration = match kind {
            Kind::Supported => dice.by_weight(&[(place::H5, 0.7), (place::P2, 0.3)]),
            _ => Code::BLANK,
        };
        let name = crate::names::setting(kind, at, dice);
        self.settings.push(Setting {
            urn: self.first_urn + at as u32,
            provision,
            codes,
            kind,
            provider,
            locality,
            spot,
            places,
            opened,
            closed: None,
            owner,
            name,
            judgement,
            before_registration,
            last_departure: None,
        });
        self.until.push(Vec::new());
        self.by_kind.entry((kind, locality)).or_default().push(at);
        at
    }
}
