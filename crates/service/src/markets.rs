//! The market for homes in an area: who is registered there, who owns it, what the inspector found, and whose children live there.
//!
//! Everything about providers is Ofsted's register of 31 March 2023 ([`REGISTER_DAY`]): good for the shape of a market, no directory.
//! Supported accommodation is not in it, registered places are not vacancies, and an authority's own fostering is neither listed nor
//! graded (dossier B10, F15-F17).

use std::collections::BTreeMap;

use domain::{Day, Value};
use reference::ofsted::{Direction, Movement, REGISTER_DAY, Setting};
pub use reference::ofsted::{Judgement, Provision, Sector};
use reference::{AreaId, authority, ofsted};

use crate::App;

/// The market of one area.
#[derive(Clone, Debug)]
pub struct Market {
    /// The authority, region or England.
    pub area: AreaId,
    /// The date of the register.
    pub register_day: Day,
    /// The areas of the register that were looked at: the authority, or the one abolished since that covered it.
    pub listed_under: Vec<AreaId>,
    /// Registered settings and places, by what they are and who runs them; only what there is.
    pub lines: Vec<Line>,
    /// What inspectors found, by what was inspected; only what there is.
    pub judgements: Vec<Judged>,
    /// Owners of private and voluntary children's homes, the largest first (dossier A156, M29).
    pub owners: Vec<Owner>,
    /// How concentrated those homes are.
    pub concentration: Concentration,
    /// Providers that came and went in the twelve months to the register's date.
    pub movements: Vec<Movements>,
    /// Children in care who live in the area, by year.
    pub living_here: BTreeMap<u32, LivingHere>,
    /// The authority's own fostering places, by year; family and friends are not counted in them.
    pub fostering: BTreeMap<u32, FosteringPlaces>,
}

/// Settings of one kind and sector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What they are.
    pub provision: Provision,
    /// Who runs them.
    pub sector: Sector,
    /// How many.
    pub settings: u32,
    /// Registered places of those that have any; agencies have none.
    pub places: u32,
    /// Of the settings, those that give short breaks only: no homes to live in.
    pub short_breaks_only: u32,
    /// Of the places, those of such settings.
    pub short_break_places: u32,
    /// Of the settings, those whose registration was suspended.
    pub suspended: u32,
}

/// Judgements on one kind of setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What was inspected.
    pub provision: Provision,
    /// Settings and their places at each grade, best first.
    pub grades: [(Judgement, u32, u32); 4],
    /// Settings and places without a full inspection yet, which is not Good (dossier F16).
    pub not_inspected: (u32, u32),
}

/// An owner of private or voluntary children's homes.
#[derive(Clone, Debug, PartialEq)]
pub struct Owner {
    /// As registered; brands and groups may differ (dossier F17).
    pub name: &'static str,
    /// Sectors of its homes, private before voluntary.
    pub sectors: Vec<Sector>,
    /// Homes in the area.
    pub homes: u32,
    /// Their registered places.
    pub places: u32,
    /// Of the places of all private and voluntary homes with a known owner, 0 to 1.
    pub share: f64,
}

/// How concentrated private and voluntary children's homes are. Homes that give short breaks only, secure homes and schools are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concentration {
    /// Homes and places, private and voluntary, of known owners.
    pub owned: (u32, u32),
    /// Homes and places whose owner the register does not name.
    pub owner_not_named: (u32, u32),
    /// The authority's or another authority's own homes and places: beside the market, not in it.
    pub internal: (u32, u32),
    /// Sum of the squared shares of owners in percent: 10,000 is one owner, near 0 very many. Nothing where there are no places.
    pub hhi: Option<f64>,
}

/// Comings and goings of one kind of setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movements {
    /// What they are.
    pub provision: Provision,
    /// Settings that joined the register, and their places.
    pub joined: (u32, u32),
    /// Settings that left it, and their places.
    pub left: (u32, u32),
}

/// Children in care who live in an area on 31 March: what a host authority sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LivingHere {
    /// The authority's own.
    pub own: Value,
    /// Those that other authorities placed there: imported.
    pub other_authorities: Value,
    /// Both.
    pub total: Value,
    /// The authority's own who live outside it: exported.
    pub own_outside: Value,
}

impl LivingHere {
    /// Children imported less children exported; above 0 the area hosts more than it sends away.
    pub fn balance(&self) -> Option<f64> {
        Some(self.other_authorities.known()? - self.own_outside.known()?)
    }
}

/// Fostering places of the authority's own service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FosteringPlaces {
    /// Approved.
    pub approved: Value,
    /// Filled.
    pub filled: Value,
}

/// Looks at an area: an authority, a region or England.
pub fn of(app: &App, area: AreaId) -> Market {
    let listed_under = listed_under(area);
    let settings: Vec<&Setting> = listed_under.iter().flat_map(|&area| ofsted::settings_in(area)).collect();
    let moved: Vec<&Movement> = listed_under.iter().flat_map(|&area| ofsted::movements_in(area)).collect();
    let (owners, concentration) = owners(&settings);
    Market {
        area,
        register_day: REGISTER_DAY,
        lines: lines(&settings),
        judgements: judgements(&settings),
        owners,
        concentration,
        movements: movements(&moved),
        living_here: living_here(app, area),
        fostering: fostering(app, area),
        listed_under,
    }
}

/// An authority that began after the register's date stands under the one it succeeded (Cumbria for Cumberland and for Westmorland and Furness).
fn listed_under(area: AreaId) -> Vec<AreaId> {
    match authority::by_id(area) {
        Some(authority) if !authority.existed_on(REGISTER_DAY) => authority.predecessors.clone(),
        _ => vec![area],
    }
}

fn lines(settings: &[&Setting]) -> Vec<Line> {
    let mut lines: BTreeMap<(Provision, Sector), Line> = BTreeMap::new();
    for setting in settings {
        let (provision, sector) = (setting.provision, setting.sector);
        let line = lines.entry((provision, sector)).or_insert(Line {
            provision,
            sector,
            settings: 0,
            places: 0,
            short_breaks_only: 0,
            short_break_places: 0,
            suspended: 0,
        });
        let places = setting.places.unwrap_or(0);
        line.settings += 1;
        line.places += places;
        line.suspended += u32::from(setting.suspended);
        if setting.short_breaks_only {
            line.short_breaks_only += 1;
            line.short_break_places += places;
        }
    }
    lines.into_values().collect()
}

fn judgements(settings: &[&Setting]) -> Vec<Judged> {
    let of = |provision: Provision| {
        let mut judged = Judged { provision, grades: Judgement::ALL.map(|grade| (grade, 0, 0)), not_inspected: (0, 0) };
        let mut any = false;
        for setting in settings.iter().filter(|setting| setting.provision == provision) {
            any = true;
            let places = setting.places.unwrap_or(0);
            match setting.inspection {
                Some(inspection) => {
                    for (_, settings, all) in judged.grades.iter_mut().filter(|(grade, ..)| *grade == inspection.overall) {
                        *settings += 1;
                        *all += places;
                    }
                }
                None => judged.not_inspected = (judged.not_inspected.0 + 1, judged.not_inspected.1 + places),
            }
        }
        any.then_some(judged)
    };
    Provision::ALL.into_iter().filter_map(of).collect()
}

fn owners(settings: &[&Setting]) -> (Vec<Owner>, Concentration) {
    let mut concentration = Concentration::default();
    let mut by_name: BTreeMap<&'static str, Owner> = BTreeMap::new();
    let homes = settings.iter().filter(|setting| setting.provision == Provision::ChildrensHome && !setting.short_breaks_only);
    for home in homes {
        let places = home.places.unwrap_or(0);
        let add = |(homes, all): (u32, u32)| (homes + 1, all + places);
        match (home.sector, home.owner) {
            (Sector::Private | Sector::Voluntary, Some(name)) => {
                concentration.owned = add(concentration.owned);
                let owner = by_name.entry(name).or_insert(Owner { name, sectors: Vec::new(), homes: 0, places: 0, share: 0.0 });
                (owner.homes, owner.places) = add((owner.homes, owner.places));
                owner.sectors.push(home.sector);
            }
            (Sector::Private | Sector::Voluntary, None) => concentration.owner_not_named = add(concentration.owner_not_named),
            (Sector::LocalAuthority | Sector::Health | Sector::Academy, _) => concentration.internal = add(concentration.internal),
        }
    }
    let all = f64::from(concentration.owned.1);
    let mut owners: Vec<Owner> = by_name.into_values().collect();
    for owner in &mut owners {
        owner.sectors.sort_unstable();
        owner.sectors.dedup();
        owner.share = if all > 0.0 { f64::from(owner.places) / all } else { 0.0 };
    }
    owners.sort_by(|a, b| b.places.cmp(&a.places).then(b.homes.cmp(&a.homes)).then(a.name.cmp(b.name)));
    concentration.hhi = (all > 0.0).then(|| owners.iter().map(|owner| (owner.share * 100.0).powi(2)).sum());
    (owners, concentration)
}

fn movements(moved: &[&Movement]) -> Vec<Movements> {
    let of = |provision: Provision| {
        let count = |direction: Direction| {
            let of_kind = moved.iter().filter(|movement| movement.provision == provision && movement.direction == direction);
            of_kind.fold((0, 0), |(settings, places), movement| (settings + 1, places + movement.places.unwrap_or(0)))
        };
        let (joined, left) = (count(Direction::Joined), count(Direction::Left));
        (joined.0 + left.0 > 0).then_some(Movements { provision, joined, left })
    };
    Provision::ALL.into_iter().filter_map(of).collect()
}

fn living_here(app: &App, area: AreaId) -> BTreeMap<u32, LivingHere> {
    let Some(table) = app.published().table("cla_31_march") else { return BTreeMap::new() };
    let value = |year: u32, group: &str, category: &str| table.value(area, year, group, category);
    let of = |&year: &u32| {
        table.published_value(area, year, "living_here", "total").map(|total| {
            let here = LivingHere {
                own: value(year, "living_here", "own"),
                other_authorities: value(year, "living_here", "other_la"),
                total,
                own_outside: value(year, "locality", "out"),
            };
            (year, here)
        })
    };
    table.years().iter().filter_map(of).collect()
}

fn fostering(app: &App, area: AreaId) -> BTreeMap<u32, FosteringPlaces> {
    let measure = |id: &str| app.published().measure(id);
    let (Some(approved), Some(filled)) = (measure("number_foster_places_new"), measure("number_foster_places_filled_new")) else {
        return BTreeMap::new();
    };
    approved
        .series(area)
        .into_iter()
        .map(|(year, value)| (year, FosteringPlaces { approved: value, filled: filled.value(area, year) }))
        .collect()
}

impl Market {
    /// Registered places of one kind of setting, those of short breaks left out.
    pub fn places(&self, provision: Provision) -> u32 {
        self.lines.iter().filter(|line| line.provision == provision).map(|line| line.places - line.short_break_places).sum()
    }

    /// Settings of one kind, those that give short breaks only left out.
    pub fn settings(&self, provision: Provision) -> u32 {
        self.lines.iter().filter(|line| line.provision == provision).map(|line| line.settings - line.short_breaks_only).sum()
    }

    /// The abolished authority under which the register lists the area, where it does.
    pub fn listed_under_predecessor(&self) -> Option<&'static str> {
        match self.listed_under.as_slice() {
            [one] if *one != self.area => authority::name(*one),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_add_up_to_england_and_shares_to_one() {
        let app = App::new();
        let england = of(&app, AreaId::ENGLAND);
        assert_eq!(england.lines.iter().map(|line| line.settings).sum::<u32>(), 3812);
        let homes: u32 = authority::all()
            .iter()
            .map(|area| of(&app, area.id))
            .filter(|market| market.listed_under_predecessor().is_none())
            .map(|market| market.settings(Provision::ChildrensHome))
            .sum();
        assert_eq!(homes, england.settings(Provision::ChildrensHome));
        for area in authority::current() {
            let market = of(&app, area.id);
            let hhi = market.concentration.hhi;
            assert_eq!(hhi.is_some(), market.concentration.owned.1 > 0, "{}", area.name);
            assert!(hhi.is_none_or(|hhi| (0.0..=10_000.000_1).contains(&hhi)), "{}", area.name);
            if hhi.is_some() {
                let shares: f64 = market.owners.iter().map(|owner| owner.share).sum();
                assert!((shares - 1.0).abs() < 1e-9, "{}", area.name);
            }
            let judged: u32 =
                market.judgements.iter().map(|one| one.grades.iter().map(|grade| grade.1).sum::<u32>() + one.not_inspected.0).sum();
            assert_eq!(judged, market.lines.iter().map(|line| line.settings).sum::<u32>(), "every setting is judged or not inspected");
        }
    }

    #[test]
    fn one_owner_is_ten_thousand_and_two_equals_are_five() {
        let home = |owner: &'static str, sector: Sector, places: u32| Setting {
            urn: "SC1",
            provision: Provision::ChildrensHome,
            sector,
            area: AreaId(892),
            places: Some(places),
            registered: None,
            suspended: false,
            owner: Some(owner),
            inspection: None,
            short_breaks_only: false,
            multi_building: false,
        };
        let settings = [home("A", Sector::Private, 4), home("B", Sector::Voluntary, 4), home("Council", Sector::LocalAuthority, 40)];
        let (_, alone) = owners(&[&settings[0], &settings[2]]);
        assert_eq!((alone.hhi, alone.internal), (Some(10_000.0), (1, 40)));
        assert_eq!(owners(&[&settings[0], &settings[1]]).1.hhi, Some(5000.0));
        assert_eq!(owners(&[&settings[2]]).1.hhi, None);
    }

    #[test]
    fn nottingham_hosts_fewer_than_it_sends_away() {
        // cla_31_march, 2025: 248 of other authorities in Nottingham, 393 of Nottingham's outside it.
        let market = of(&App::new(), AreaId(892));
        assert_eq!(market.living_here[&2025].balance(), Some(248.0 - 393.0));
        assert_eq!(market.fostering[&2025].approved, Value::Known(155.0));
        assert_eq!(of(&App::new(), AreaId(942)).listed_under_predecessor(), Some("Cumbria"));
    }
}
