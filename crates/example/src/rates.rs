//! The true rates: what can happen to a child on a night, and how likely it is.
//!
//! Each rate is yearly, a product of a base and factors for age, time in this placement, time in care, legal status and moves so far,
//! and holds within a cell of those bands; a night's probability is the rate over 365.25. They are tuned so that a steady authority
//! has the margins that the Department publishes for England at 31 March 2025 and the year before it (DfE, *Children looked after in
//! England including adoptions*, 2025; the test `margins` prints both). They are fitted by eye to margins: no child's record was used.

use crate::kind::{KINDS, Kind, LEGALS, Legal};

/// Age in years at which bands begin: under 1, 1-4, 5-9, 10-15, 16-17 (dossier B5).
pub(crate) const AGES: [u32; 5] = [0, 1, 5, 10, 16];
/// Names of the age bands.
pub(crate) const AGE_WORDS: [&str; 5] = ["0", "1-4", "5-9", "10-15", "16-17"];
/// Nights at which bands of time in the placement begin.
pub(crate) const IN_PLACEMENT: [i32; 5] = [0, 28, 91, 365, 730];
/// Names of the bands of time in the placement.
pub(crate) const IN_PLACEMENT_WORDS: [&str; 5] = ["0-27", "28-90", "91-364", "365-729", "730+"];
/// Nights at which bands of time in care begin.
pub(crate) const IN_CARE: [i32; 5] = [0, 28, 183, 365, 913];

/// What a night's rates depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    /// Kind of placement.
    pub(crate) kind: Kind,
    /// Band of age.
    pub(crate) age: usize,
    /// Band of nights in this placement.
    pub(crate) in_placement: usize,
    /// Band of nights in this period of care.
    pub(crate) in_care: usize,
    /// Legal status.
    pub(crate) legal: Legal,
    /// Nights since this legal status began; only emergency powers, which run out, look at it.
    pub(crate) under_order: i32,
    /// Placements so far in this period of care, this one included.
    pub(crate) placements: u32,
    /// Whether the carers are matched for the long term.
    pub(crate) matched: Matched,
    /// Whether the child is an unaccompanied asylum-seeking child.
    pub(crate) asylum: Asylum,
    /// Factor on exits other than birthdays at this time (less than one in a dip).
    pub(crate) exits: f64,
}

/// Whether a foster placement is agreed to last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matched {
    /// U1, U4.
    LongTerm,
    /// Other codes.
    NotYet,
}

/// Whether a child came alone seeking asylum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asylum {
    /// An unaccompanied asylum-seeking child.
    Seeking,
    /// Any other child.
    No,
}

/// Routes out of care before the eighteenth birthday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Route {
    /// To parents, relatives, others (E4A, E4B, E13).
    Home,
    /// Special guardianship or child arrangements order (E45-E48, E41).
    Order,
    /// Adoption (E11, E12).
    Adoption,
    /// Another authority (E3).
    Transfer,
    /// End of remand, custody (E14, E9).
    Justice,
    /// Independence at 16 or 17 (E5, E6).
    Independence,
    /// Everything else (E8, E15, E16, E2).
    Other,
}

/// How many routes there are.
pub(crate) const ROUTES: usize = 7;

impl Route {
    pub(crate) const ALL: [Self; ROUTES] =
        [Self::Home, Self::Order, Self::Adoption, Self::Transfer, Self::Justice, Self::Independence, Self::Other];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Order => "guardianship-or-arrangements-order",
            Self::Adoption => "adoption",
            Self::Transfer => "other-authority",
            Self::Justice => "justice",
            Self::Independence => "independence",
            Self::Other => "other",
        }
    }
}

/// The probabilities of one night.
#[derive(Clone, Debug, Default)]
pub(crate) struct Night {
    /// New carers, by kind of the next home.
    pub(crate) moves: [f64; KINDS],
    /// Out of care.
    pub(crate) exits: [f64; ROUTES],
    /// A new legal status alone.
    pub(crate) legal: [f64; LEGALS],
    /// A new legal status and new carers on the same day, by legal status; the next home is drawn as for other moves.
    pub(crate) both: [f64; LEGALS],
    /// The same carers matched for the long term.
    pub(crate) matched: f64,
    /// The same carers move house.
    pub(crate) house: f64,
    /// A temporary stay elsewhere.
    pub(crate) away: f64,
}

/// A year's rate as a night's probability.
const NIGHT: f64 = 1.0 / 365.25;

impl Night {
    /// The probability that anything happens.
    pub(crate) fn total(&self) -> f64 {
        let sum = |list: &[f64]| list.iter().sum::<f64>();
        sum(&self.moves) + sum(&self.exits) + sum(&self.legal) + sum(&self.both) + self.matched + self.house + self.away
    }

    /// The rates of a cell.
    pub(crate) fn of(cell: &Cell) -> Self {
        match cell.legal {
            Legal::Police => emergency_powers(if cell.under_order >= 2 { 1.0 } else { 0.4 }, 0.10),
            Legal::Emergency if cell.under_order < 7 => Self::default(),
            Legal::Emergency => emergency_powers(if cell.under_order >= 20 { 1.0 } else { 0.15 }, 0.0),
            _ => ordinary(cell),
        }
    }
}

/// Police protection and emergency orders end at once or run out: into voluntary care, an interim order, home.
fn emergency_powers(ends: f64, emergency_order: f64) -> Night {
    let mut night = Night::default();
    night.exits[Route::Home as usize] = ends * 0.20;
    night.legal[Legal::Voluntary as usize] = ends * (0.40 - emergency_order);
    night.legal[Legal::Interim as usize] = ends * 0.40;
    night.legal[Legal::Emergency as usize] = ends * emergency_order;
    night
}

fn ordinary(cell: &Cell) -> Night {
    let mut night = Night::default();
    let destinations = destinations(cell);
    let total: f64 = destinations.iter().sum();
    let moves = move_rate(cell) * NIGHT;
    for (to, weight) in night.moves.iter_mut().zip(destinations) {
        *to = moves * weight / total;
    }
    if cell.legal == Legal::PlacementOrder && cell.kind != Kind::Adoptive {
        night.moves[Kind::Adoptive as usize] = [1.35, 1.15, 0.5, 0.05, 0.0][cell.age] * NIGHT;
    }
    for (exit, rate) in night.exits.iter_mut().zip(exit_rates(cell)) {
        *exit = rate * cell.exits * NIGHT;
    }
    for (to, rate) in legal_rates(cell).into_iter().enumerate() {
        // One change of order in twelve brings a new home with it.
        night.legal[to] = rate * NIGHT * 11.0 / 12.0;
        night.both[to] = rate * NIGHT / 12.0;
    }
    if cell.kind == Kind::Adoptive {
        // An order revoked after placement ends the placement too.
        for to in 0..LEGALS {
            night.both[to] += night.legal[to];
            night.legal[to] = 0.0;
        }
    }
    if cell.kind.is_fostering() {
        if cell.legal == Legal::Full && cell.matched == Matched::NotYet && cell.in_placement >= 2 {
            night.matched = [0.9, 3.2, 3.8, 3.0, 1.0][cell.age] * if cell.in_placement == 2 { 0.6 } else { 1.0 } * NIGHT;
        }
        night.house = 0.02 * NIGHT;
        night.away = 0.05 * NIGHT;
    } else if matches!(cell.kind, Kind::OwnHome | Kind::ExternalHome) {
        night.away = 0.04 * NIGHT;
    }
    night
}

/// New placements a year. England 2025: 59,140 changes less 10,500 of status only, for some 82,000 children; 10% of children have three or more
/// placements in the year; 69% of those long in care and under 16 were two years with the same carer.
fn move_rate(cell: &Cell) -> f64 {
    let base = match cell.kind {
        Kind::Kin => 0.20,
        Kind::InHouse => 0.42,
        Kind::Agency => 0.38,
        Kind::Adoptive => 0.03,
        Kind::Parents => 0.15,
        Kind::OwnHome | Kind::ExternalHome => 0.50,
        Kind::Secure => 3.5,
        Kind::Supported => 0.55,
        Kind::OtherResidential => 0.9,
        Kind::School => 0.25,
        Kind::Other => 0.7,
    };
    let placements = match cell.placements {
        1 => 0.9,
        2 | 3 => 1.1,
        _ => 1.7,
    };
    let matched = if cell.matched == Matched::LongTerm { 0.6 } else { 1.0 };
    base * [2.75, 2.0, 1.15, 0.80, 0.49][cell.in_placement] * [0.9, 0.8, 0.8, 1.12, 1.35][cell.age] * placements * matched
}

/// Where the next home is, by weight.
fn destinations(cell: &Cell) -> [f64; KINDS] {
    // Kinship, in-house, agency, adoptive, parents, own home, external home, secure, supported, other residential, school, other.
    let mut weights = match cell.age {
        0 => [31.0, 30.0, 24.0, 0.0, 9.0, 0.0, 0.0, 0.0, 0.0, 3.0, 0.0, 1.5],
        1 => [29.0, 28.0, 29.0, 0.0, 10.0, 0.0, 0.3, 0.0, 0.0, 1.0, 0.0, 1.2],
        2 => [19.0, 26.0, 38.0, 0.0, 8.0, 1.5, 7.0, 0.0, 0.0, 0.2, 0.1, 1.2],
        3 => [12.0, 17.0, 26.0, 0.0, 6.0, 5.5, 31.0, 0.5, 0.0, 1.2, 0.2, 6.0],
        _ => [5.0, 6.0, 9.0, 0.0, 5.0, 3.5, 15.0, 0.5, 58.0, 2.0, 0.1, 8.0],
    };
    match cell.kind {
        Kind::OwnHome | Kind::ExternalHome | Kind::Secure => {
            for kind in [Kind::Kin, Kind::InHouse, Kind::Agency] {
                weights[kind as usize] *= 0.5;
            }
            weights[Kind::ExternalHome as usize] *= 2.0;
            weights[Kind::OwnHome as usize] *= 1.8;
        }
        Kind::Supported => weights[Kind::Supported as usize] *= 3.0,
        Kind::Kin => weights[Kind::Parents as usize] *= 1.5,
        _ => {}
    }
    if cell.asylum == Asylum::Seeking {
        weights[Kind::Kin as usize] *= 0.3;
        weights[Kind::ExternalHome as usize] *= 0.2;
    }
    // With parents only under an order (rule 378); nobody under a placement order goes home on a move.
    if cell.asylum == Asylum::Seeking || !matches!(cell.legal, Legal::Interim | Legal::Full) {
        weights[Kind::Parents as usize] = 0.0;
    }
    // One home with parents does not follow another.
    if cell.kind == Kind::Parents {
        weights[Kind::Parents as usize] = 0.0;
    }
    weights
}

/// Ends of care a year, by route. England 2025: 34,450 ends, of which home 8,410 (E4A, E4B, E13), orders 5,190, adoption 3,040, other
/// authorities 2,640; 13,740 at 18.
fn exit_rates(cell: &Cell) -> [f64; ROUTES] {
    let mut rates = [0.0; ROUTES];
    let young = cell.age < 4;
    if cell.asylum == Asylum::Seeking {
        rates[Route::Home as usize] = 0.015;
        rates[Route::Transfer as usize] = [1.7, 0.30, 0.07, 0.04, 0.03][cell.in_care];
        rates[Route::Other as usize] = [0.45, 0.13, 0.05, 0.04, 0.04][cell.in_care];
        return rates;
    }
    if cell.kind == Kind::Adoptive {
        rates[Route::Adoption as usize] = [0.0, 0.25, 2.5, 3.8, 3.0][cell.in_placement];
        return rates;
    }
    let legal = match cell.legal {
        Legal::Voluntary => 1.5,
        Legal::Interim => 0.85,
        Legal::Full => 0.55,
        Legal::PlacementOrder => 0.03,
        _ => 1.0,
    };
    let kind = match cell.kind {
        Kind::Parents => 3.0,
        Kind::Kin => 0.8,
        Kind::OtherResidential if young => 1.6,
        _ => 1.0,
    };
    rates[Route::Home as usize] = [2.0, 0.52, 0.26, 0.10, 0.028][cell.in_care] * [0.5, 0.78, 0.54, 0.66, 0.44][cell.age] * legal * kind;
    let order = match cell.kind {
        Kind::Kin => 2.5,
        Kind::InHouse | Kind::Agency => 0.42,
        Kind::Parents => 0.5,
        _ => 0.1,
    };
    let order_legal = match cell.legal {
        Legal::Interim => 1.3,
        Legal::Full => 0.8,
        Legal::Voluntary => 0.5,
        _ => 0.1,
    };
    rates[Route::Order as usize] =
        [0.27, 0.32, 0.15, 0.06, 0.015][cell.age] * [0.15, 0.8, 1.5, 1.3, 0.7][cell.in_care] * order * order_legal;
    rates[Route::Transfer as usize] = 0.010;
    rates[Route::Other as usize] = [0.008, 0.008, 0.008, 0.012, 0.015][cell.age];
    if cell.age == 4 {
        rates[Route::Independence as usize] = 0.02;
    }
    if cell.legal == Legal::Remand {
        rates[Route::Justice as usize] = 3.2;
        rates[Route::Home as usize] = 0.8;
    }
    rates
}

/// Changes of legal status a year.
fn legal_rates(cell: &Cell) -> [f64; LEGALS] {
    let mut rates = [0.0; LEGALS];
    if cell.asylum == Asylum::Seeking {
        return rates;
    }
    match cell.legal {
        Legal::Voluntary => {
            rates[Legal::Interim as usize] = [1.8, 1.2, 0.7, 0.35, 0.2][cell.in_care] * [1.6, 1.5, 1.4, 1.0, 0.2][cell.age];
        }
        Legal::Interim => {
            rates[Legal::Full as usize] = [0.02, 0.3, 1.2, 1.45, 1.45][cell.in_care] * [0.5, 0.7, 1.0, 1.1, 1.2][cell.age];
            rates[Legal::PlacementOrder as usize] = [1.62, 0.86, 0.15, 0.0, 0.0][cell.age] * [0.0, 0.35, 1.3, 1.3, 1.0][cell.in_care];
            if cell.kind == Kind::Parents {
                rates[Legal::PlacementOrder as usize] = 0.0;
            }
        }
        Legal::Full if cell.age <= 1 && cell.kind != Kind::Parents => rates[Legal::PlacementOrder as usize] = 0.06,
        Legal::PlacementOrder => {
            rates[Legal::Full as usize] = if cell.kind == Kind::Adoptive { 0.03 } else { [0.06, 0.10, 0.30, 0.8, 0.8][cell.age] };
        }
        Legal::Remand => rates[Legal::Voluntary as usize] = 0.5,
        _ => {}
    }
    rates
}

/// Which band a number lies in; the bands begin at `starts`.
pub(crate) fn band<T: PartialOrd + Copy>(starts: &[T; 5], value: T) -> usize {
    starts.iter().rposition(|&start| value >= start).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_night_is_overfull_and_the_law_is_kept() {
        for kind in Kind::ALL {
            for legal in
                [Legal::Voluntary, Legal::Interim, Legal::Full, Legal::PlacementOrder, Legal::Police, Legal::Emergency, Legal::Remand]
            {
                for age in 0..5 {
                    for under_order in [0, 2, 8, 20] {
                        for asylum in [Asylum::Seeking, Asylum::No] {
                            let cell = Cell {
                                kind,
                                age,
                                in_placement: 0,
                                in_care: 0,
                                legal,
                                under_order,
                                placements: 5,
                                matched: Matched::NotYet,
                                asylum,
                                exits: 1.0,
                            };
                            let night = Night::of(&cell);
                            assert!((0.0..=1.0 + 1e-12).contains(&night.total()), "{cell:?} {}", night.total());
                            if age < 4 {
                                assert!(night.moves[Kind::Supported as usize] <= 0.0, "rule 371: {cell:?}");
                            }
                            if legal == Legal::Voluntary {
                                assert!(night.moves[Kind::Parents as usize] <= 0.0, "rule 378: {cell:?}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn bands_begin_on_their_first_night() {
        assert_eq!([0, 27, 28, 90, 91, 364, 365, 729, 730, 9999].map(|n| band(&IN_PLACEMENT, n)), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
        assert_eq!([0, 1, 4, 5, 9, 10, 15, 16, 17].map(|n| band(&AGES, n)), [0, 1, 1, 2, 2, 3, 3, 4, 4]);
    }
}
