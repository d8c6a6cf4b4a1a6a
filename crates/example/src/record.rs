//! A child's record as the return asks for it: header, and episodes in unbroken chains.

use domain::code::{change, place, rec, rne};
use domain::{Code, Day, Postcode};

use crate::dice::Dice;
use crate::geography::{Geography, Spot};
use crate::kind::{Kind, Legal};
use crate::life::{Change, Exit, Period};
use crate::market::{Demand, Market, Placing, Remand};
use crate::rates::{Asylum, Route};

/// One row of the Episodes table, with what earlier years called it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Episode {
    /// First day (DECOM).
    pub start: Day,
    /// Reason for the new episode.
    pub rne: Code,
    /// Legal status.
    pub legal: Code,
    /// Category of need.
    pub need: Code,
    /// Placement type in the codes of 2025-26.
    pub place: Code,
    /// Placement type before supported accommodation was registered (H5, P2); blank where nothing changed.
    pub before_registration: Code,
    /// Provider.
    pub provider: Code,
    /// Last day (DEC).
    pub end: Day,
    /// Reason it ceased.
    pub rec: Code,
    /// Reason for the change of placement.
    pub change: Code,
    /// Home at the start of the period of care; none for unaccompanied children and short breaks.
    pub home: Option<Postcode>,
    /// Where the child lives; none for short breaks.
    pub placed: Option<Postcode>,
    /// Ofsted number.
    pub urn: Code,
}

/// What is fixed about a child.
#[derive(Clone, Debug)]
pub struct Child {
    /// Identifier: digits, no other authority uses it.
    pub id: u64,
    /// Brothers and sisters have the same number.
    pub family: u32,
    /// Date of birth.
    pub born: Day,
    /// `M` or `F`.
    pub sex: char,
    /// Ethnicity code.
    pub ethnicity: &'static str,
    /// Unique pupil number from school age on; empty for children who never had one.
    pub upn: String,
    /// The child's own child was born on this day.
    pub mother_since: Option<Day>,
    /// Whether alone and seeking asylum.
    pub(crate) asylum: Asylum,
    /// Whether the first home was shared with brothers or sisters.
    pub(crate) siblings: crate::entry::Siblings,
    /// Periods of care, for truth and papers.
    pub(crate) periods: Vec<Period>,
    /// Episodes of all periods that reach into the returns, by start.
    pub episodes: Vec<Episode>,
}

/// Where one placement of a period begins and ends; the unit that is housed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stay {
    pub(crate) kind: Kind,
    pub(crate) start: Day,
    pub(crate) end: Day,
    pub(crate) remand: Remand,
}

/// The stays with one carer each of a period of care, in order.
pub(crate) fn stays(period: &Period) -> Vec<Stay> {
    let remand = |legal| if legal == Legal::Remand { Remand::Yes } else { Remand::No };
    let mut stays = vec![Stay { kind: period.kind, start: period.start, end: period.end, remand: remand(period.legal) }];
    let mut legal = period.legal;
    for &(on, change) in &period.changes {
        if let Change::Legal(to) | Change::Both(to, _) = change {
            legal = to;
        }
        if let Change::Moved(kind) | Change::Both(_, kind) = change {
            if let Some(last) = stays.last_mut() {
                last.end = on;
            }
            stays.push(Stay { kind, start: on, end: period.end, remand: remand(legal) });
        }
    }
    stays
}

/// The state of a chain while it is written.
struct Chain {
    kind: Kind,
    legal: Legal,
    placing: Placing,
    spot: Spot,
    place: Code,
}

/// The episodes of one period of care. `placings` are those of [`stays`], in order.
pub(crate) fn episodes(
    period: &Period,
    born: Day,
    asylum: Asylum,
    home: Spot,
    placings: &[Placing],
    geography: &Geography,
    dice: &mut Dice,
) -> Vec<Episode> {
    let need = need(born.age_at(period.start), asylum, dice);
    let mut next_placing = placings.iter();
    let Some(&first) = next_placing.next() else { return Vec::new() };
    let mut chain = Chain {
        kind: period.kind,
        legal: period.legal,
        placing: first,
        spot: first.spot,
        place: first_code(period.kind, first, period.legal, born.age_at(period.start), dice),
    };
    let mut episodes = vec![chain.episode(period.start, rne::S, need, asylum, home)];
    for &(on, change) in &period.changes {
        let age = born.age_at(on);
        let (why, reason) = match change {
            Change::Legal(to) => {
                chain.legal = to;
                (rne::L, Code::BLANK)
            }
            Change::Moved(to) | Change::Both(_, to) => {
                let Some(&placing) = next_placing.next() else { continue };
                let both = if let Change::Both(legal, _) = change { Some(legal) } else { None };
                chain.legal = both.unwrap_or(chain.legal);
                chain.placing = placing;
                chain.spot = placing.spot;
                chain.place = first_code(to, placing, chain.legal, age, dice);
                chain.kind = to;
                // New carers at the same postcode of the same service would be no change that the return can see (rule 435).
                let has_address = chain.kind.is_fostering() || placing.urn.is_blank();
                if has_address
                    && episodes.last().is_some_and(|last: &Episode| {
                        last.place == chain.place && last.placed == Some(chain.spot.postcode) && last.urn == placing.urn
                    })
                {
                    chain.spot = geography.spot(placing.locality, home, dice);
                }
                (if both.is_some() { rne::B } else { rne::P }, why_moved(to, age, dice))
            }
            Change::Matched => {
                let long_term = if chain.kind == Kind::Kin { place::U1 } else { place::U4 };
                if chain.place == long_term {
                    continue;
                }
                chain.place = long_term;
                (rne::T, change::PLACE)
            }
            Change::House => {
                let before = chain.spot;
                chain.spot = geography.spot(chain.placing.locality, home, dice);
                if chain.spot.postcode == before.postcode {
                    continue;
                }
                (rne::T, change::OTHER)
            }
            Change::Adopters => {
                chain.kind = Kind::Adoptive;
                chain.place = place::A5;
                (rne::T, change::PLACE)
            }
            Change::Away(nights) => {
                if let Some(last) = episodes.last_mut() {
                    last.end = on;
                    last.rec = rec::X1;
                }
                let away = Episode {
                    place: dice.by_weight(&[(place::T0, 0.3), (place::T1, 0.25), (place::T3, 0.25), (place::T4, 0.2)]),
                    before_registration: Code::BLANK,
                    provider: Code::BLANK,
                    urn: Code::BLANK,
                    placed: Some(geography.spot(crate::geography::Locality::Inside, home, dice).postcode),
                    ..chain.episode(on, rne::P, need, asylum, home)
                };
                episodes.push(Episode { end: on.plus(nights), rec: rec::X1, ..away });
                episodes.push(chain.episode(on.plus(nights), rne::P, need, asylum, home));
                continue;
            }
        };
        if let Some(last) = episodes.last_mut() {
            last.end = on;
            last.rec = rec::X1;
            last.change = reason;
        }
        episodes.push(chain.episode(on, why, need, asylum, home));
    }
    if let Some(last) = episodes.last_mut() {
        last.end = period.end;
        last.rec = exit_code(period.exit, chain.kind, asylum, dice);
    }
    episodes
}

impl Chain {
    fn episode(&self, start: Day, why: Code, need: Code, asylum: Asylum, home: Spot) -> Episode {
        Episode {
            start,
            rne: why,
            legal: code_of(self.legal.code()),
            need,
            place: self.place,
            before_registration: self.placing.before_registration,
            provider: self.placing.provider,
            end: start,
            rec: Code::BLANK,
            change: Code::BLANK,
            home: (asylum == Asylum::No).then_some(home.postcode),
            placed: Some(self.spot.postcode),
            urn: self.placing.urn,
        }
    }
}

/// The code with which a placement of a kind begins.
fn first_code(kind: Kind, placing: Placing, legal: Legal, age: u32, dice: &mut Dice) -> Code {
    match kind {
        Kind::Kin if legal == Legal::Full && dice.chance(0.15) => place::U1,
        Kind::Kin => place::U3,
        Kind::InHouse | Kind::Agency => {
            if age < 2 && matches!(legal, Legal::Interim | Legal::PlacementOrder) && dice.chance(0.1) {
                place::U5
            } else if legal == Legal::Full && age >= 5 && dice.chance(0.1) {
                place::U4
            } else {
                place::U6
            }
        }
        Kind::Adoptive => place::A6,
        _ => placing.code,
    }
}

/// Why a placement ended that was followed by one with new carers. Shares of England 2025's 59,140 changes, without those of status only.
fn why_moved(to: Kind, age: u32, dice: &mut Dice) -> Code {
    match to {
        Kind::Adoptive => change::CARPL,
        Kind::OtherResidential if age >= 10 && dice.chance(0.5) => change::CUSTOD,
        _ => dice.by_weight(&[
            (change::CARPL, 20_170.0),
            (change::OTHER, 14_570.0),
            (change::CREQB, 5_010.0),
            (change::CREQO, 4_230.0),
            (change::CHILD, 1_870.0),
            (change::LAREQ, 1_000.0),
            (change::STAND, 600.0),
            (change::CLOSE, 400.0),
            (change::ALLEG, 390.0),
            (change::APPRR, 250.0),
        ]),
    }
}

/// Why care ended. Shares within a route are England's of 2025.
fn exit_code(exit: Exit, kind: Kind, asylum: Asylum, dice: &mut Dice) -> Code {
    let from = |dice: &mut Dice, table: &[(&'static str, f64)]| code_of(dice.by_weight(table));
    match exit {
        Exit::By(Route::Home) => from(dice, &[("E4A", 5540.0), ("E4B", 1070.0), ("E13", 1800.0)]),
        Exit::By(Route::Order) => match kind {
            Kind::Kin => from(dice, &[("E45", 0.80), ("E41", 0.20)]),
            Kind::InHouse | Kind::Agency => from(dice, &[("E46", 0.30), ("E47", 0.48), ("E48", 0.02), ("E41", 0.20)]),
            _ => from(dice, &[("E47", 0.5), ("E48", 0.1), ("E41", 0.4)]),
        },
        Exit::By(Route::Adoption) => from(dice, &[("E11", 0.45), ("E12", 0.55)]),
        Exit::By(Route::Transfer) => rec::E3,
        Exit::By(Route::Justice) => from(dice, &[("E14", 0.55), ("E9", 0.45)]),
        Exit::By(Route::Independence) => from(dice, &[("E5", 0.8), ("E6", 0.2)]),
        Exit::By(Route::Other) if asylum == Asylum::Seeking => from(dice, &[("E15", 0.4), ("E8", 0.55), ("E16", 0.05)]),
        Exit::By(Route::Other) => from(dice, &[("E8", 0.92), ("E16", 0.05), ("E2", 0.03)]),
        Exit::Birthday => match kind {
            Kind::Kin | Kind::InHouse | Kind::Agency => {
                from(dice, &[("E17", 0.82), ("E5", 0.07), ("E6", 0.03), ("E8", 0.05), ("E7", 0.03)])
            }
            Kind::Parents => from(dice, &[("E17", 0.35), ("E4A", 0.45), ("E8", 0.2)]),
            Kind::Supported => from(dice, &[("E5", 0.52), ("E17", 0.24), ("E6", 0.13), ("E8", 0.10), ("E7", 0.01)]),
            Kind::OwnHome | Kind::ExternalHome | Kind::School => {
                from(dice, &[("E5", 0.48), ("E7", 0.16), ("E6", 0.08), ("E8", 0.16), ("E17", 0.12)])
            }
            _ => from(dice, &[("E5", 0.4), ("E8", 0.45), ("E6", 0.15)]),
        },
    }
}

/// Category of need at the start. England 2025, starters: N1 57%, N8 21% (nearly all the unaccompanied), N5 9%, N4 7%.
fn need(age: u32, asylum: Asylum, dice: &mut Dice) -> Code {
    let table: &[(&'static str, f64)] = match asylum {
        Asylum::Seeking => &[("N8", 0.95), ("N4", 0.02), ("N1", 0.02), ("N5", 0.01)],
        Asylum::No if age < 10 => &[("N1", 0.80), ("N5", 0.11), ("N4", 0.045), ("N3", 0.028), ("N2", 0.012), ("N7", 0.001), ("N8", 0.004)],
        Asylum::No => {
            &[("N1", 0.62), ("N5", 0.135), ("N4", 0.125), ("N6", 0.05), ("N2", 0.04), ("N3", 0.022), ("N7", 0.001), ("N8", 0.012)]
        }
    };
    code_of(dice.by_weight(table))
}

/// The demand that a stay makes on the market.
pub(crate) fn demand(stay: &Stay, child: &Child, home: Spot, family: Option<u32>) -> Demand {
    let born = child.born;
    Demand {
        child: child.id,
        kind: stay.kind,
        start: stay.start,
        end: stay.end,
        age: born.age_at(stay.start),
        home,
        family,
        remand: stay.remand,
    }
}

/// Houses the stays of many children in the order in which they begin.
pub(crate) fn house(market: &mut Market<'_>, demands: &mut [(u32, u32, Demand)]) -> Vec<(u32, u32, Placing)> {
    demands.sort_by_key(|&(child, stay, demand)| (demand.start, child, stay));
    demands.iter().map(|&(child, stay, ref demand)| (child, stay, market.house(demand))).collect()
}

/// A code from one of the tables above, all of which are well formed.
fn code_of(text: &str) -> Code {
    Code::parse(text.as_bytes()).unwrap_or_default()
}
