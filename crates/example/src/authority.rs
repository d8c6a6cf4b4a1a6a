//! One fictitious authority, from its first arrivals to its records.

use domain::Day;

use crate::Settings;
use crate::dice::{Dice, Purpose};
use crate::entry::{self, Arrival, EntryProcess, Siblings};
use crate::geography::{Geography, Spot};
use crate::life;
use crate::market::{Market, Placing, Setting as Home};
use crate::rates::Asylum;
use crate::record::{self, Child};
use crate::setting::Calendar;
use crate::tally::Tally;

/// A fictitious authority.
#[derive(Clone, Debug)]
pub struct Authority {
    /// Invented name.
    pub name: String,
    /// Its place in the list.
    pub number: usize,
    /// The real map it borrows.
    pub geography: Geography,
    /// Everybody with an episode in the returns, care leavers, and those who come after the last return (whom only the truth knows), in
    /// order of arrival; then the children of short breaks.
    pub children: Vec<Child>,
    /// Where they live or lived.
    pub homes: Vec<Home>,
    /// Mean entries a year, before season, setting and chance.
    pub(crate) process: EntryProcess,
    /// The rates that held in the years of the returns.
    pub(crate) tally: Tally,
    /// Children looked after that it was made for.
    pub(crate) stock: f64,
    /// What was asked for.
    pub(crate) settings: Settings,
}

/// Mean stock at 31 March for each family, and for each unaccompanied child, who come in a year; measured on a stationary
/// run of 100 authorities (the test
/// `stock_and_rows_are_what_was_asked_for` holds them to it).
const STOCK_PER_FAMILY: f64 = 4.50;
const STOCK_PER_ASYLUM: f64 = 0.97;
/// Share of the stock that came alone seeking asylum: 6,540 of 81,770, England 31 March 2025.
const ASYLUM_STOCK: f64 = 0.08;
/// Years of arrivals before the first return: the oldest child in care on its first day may have come at birth.
const YEARS_BEFORE: u32 = 18;

/// The authorities, one by one.
pub fn generate(settings: &Settings) -> impl Iterator<Item = Authority> + '_ {
    let sizes = sizes(settings);
    (0..settings.authorities as usize).map(move |number| authority(settings, number, sizes[number]))
}

/// Stock asked of each authority. England's 152 larger authorities had 32 to 2,317 children at 31 March 2025, the standard deviation of the
/// logarithm being 0.63; the mean is exactly what was asked for.
pub(crate) fn sizes(settings: &Settings) -> Vec<f64> {
    let draw = |number| (0.6 * Dice::new(settings.seed, number, Purpose::Character, 0).normal()).exp();
    if settings.authorities == 1 {
        return vec![f64::from(settings.children)];
    }
    let raw: Vec<f64> = (0..settings.authorities as usize).map(draw).collect();
    let mean = raw.iter().sum::<f64>() / raw.len() as f64;
    raw.into_iter().map(|size| size / mean * f64::from(settings.children)).collect()
}

/// Makes one authority with this stock.
pub(crate) fn authority(settings: &Settings, number: usize, stock: f64) -> Authority {
    let seed = settings.seed;
    let geography = Geography::borrowed(number);
    let first = Day::year_start(settings.first_year());
    let cut = Day::year_end(settings.last_year);
    let horizon = Day::year_end(settings.last_year + settings.future_years).plus(1);
    let calendar = Calendar::new(settings.setting, first, settings.years);
    let mut character = Dice::new(seed, number, Purpose::Character, 2);
    let asylum = ASYLUM_STOCK * character.unit_spread(0.35);
    let process = EntryProcess { families: stock * (1.0 - asylum) / STOCK_PER_FAMILY, asylum: stock * asylum / STOCK_PER_ASYLUM };
    let from = Day::year_start(settings.first_year() - YEARS_BEFORE);
    let arrivals = entry::arrivals(seed, number, geography.region_number(), &process, &calendar, (from, horizon));

    let mut tally = Tally::new(first, cut);
    let mut children = Vec::new();
    let mut homes = Vec::new();
    for (serial, arrival) in arrivals.iter().enumerate() {
        let periods = life::live(&arrival.entrant, &calendar, &mut Dice::new(seed, number, Purpose::Life, serial as u64), &mut tally);
        // Care leavers have papers until they are 21; nobody older is looked for.
        let last = periods.last().map_or(first, |period| period.end);
        let leaves_papers = last >= first || arrival.entrant.born.anniversary(22) >= first;
        if !leaves_papers {
            continue;
        }
        let mut papers = Dice::new(seed, number, Purpose::Papers, serial as u64);
        let mut family = Dice::new(seed, number, Purpose::Family, (1 << 32) | u64::from(arrival.family));
        homes.push(geography.home(&mut family));
        children.push(child(number, serial, arrival, periods, &mut family, &mut papers));
    }

    let mut market = Market::new(&geography, number, stock, first, Dice::new(seed, number, Purpose::Market, 0));
    let mut demands = Vec::new();
    let mut houses: Vec<Vec<Vec<Placing>>> = Vec::with_capacity(children.len());
    for (at, child) in children.iter().enumerate() {
        let mut stay_number = 0;
        let mut of_child = Vec::new();
        for (nth, period) in child.periods.iter().enumerate() {
            of_child.push(Vec::new());
            if period.end < first || period.start > cut {
                continue;
            }
            for (i, stay) in record::stays(period).iter().enumerate().take_while(|(_, stay)| stay.start <= cut) {
                let shared = (nth == 0 && i == 0 && child.siblings == Siblings::Together).then_some(child.family);
                demands.push((at as u32, (nth as u32) << 16 | stay_number, record::demand(stay, child, homes[at], shared)));
                stay_number += 1;
            }
        }
        houses.push(of_child);
    }
    for (at, key, placing) in record::house(&mut market, &mut demands) {
        houses[at as usize][(key >> 16) as usize].push(placing);
    }
    for ((serial, child), placings) in children.iter_mut().enumerate().zip(&houses) {
        let mut dice = Dice::new(seed, number, Purpose::Papers, (1 << 32) | (child.id % 1_000_000));
        for (period, placings) in child.periods.iter().zip(placings) {
            let home: Spot = homes[serial];
            child.episodes.extend(record::episodes(period, child.born, child.asylum, home, placings, &geography, &mut dice));
        }
    }
    children.extend(crate::short_breaks::children(seed, number, stock, (first, cut)));
    let homes = market.into_settings(cut);
    Authority {
        name: crate::names::authority(number),
        number,
        geography,
        children,
        homes,
        process,
        tally,
        stock,
        settings: settings.clone(),
    }
}

/// A child's header.
fn child(authority: usize, serial: usize, arrival: &Arrival, periods: Vec<life::Period>, family: &mut Dice, own: &mut Dice) -> Child {
    let asylum = arrival.entrant.asylum;
    let sex = if own.chance(if asylum == Asylum::Seeking { 0.95 } else { 0.525 }) { 'M' } else { 'F' };
    let born = arrival.entrant.born;
    let upn = if asylum == Asylum::Seeking && own.chance(0.7) { String::new() } else { upn(born, own) };
    // One girl in forty who is looked after in her teens has a child of her own.
    let first = periods.first().map_or(born, |period| period.start);
    let mother_since = (sex == 'F' && own.chance(0.025))
        .then(|| own.day_between(born.anniversary(15), born.anniversary(18)))
        .filter(|&day| day > first && periods.iter().any(|period| period.start < day && period.end > day));
    Child {
        id: (101 + authority as u64) * 1_000_000 + serial as u64 + 1,
        family: arrival.family,
        born,
        sex,
        ethnicity: ethnicity(asylum, family),
        upn,
        mother_since,
        asylum,
        siblings: arrival.siblings,
        periods,
        episodes: Vec::new(),
    }
}

/// A unique pupil number of the right form whose authority number, 001, no authority has.
pub(crate) fn upn(born: Day, dice: &mut Dice) -> String {
    const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    let digits = format!("001{}{:02}{}", dice.digits(4), born.year() % 100, dice.digits(3));
    let sum: usize = digits.bytes().zip(2..).map(|(digit, weight)| (digit - b'0') as usize * weight).sum();
    format!("{}{digits}", LETTERS[sum % 23] as char)
}

/// England, 31 March 2025: White 71%, Mixed 11%, Black 8%, Asian 5%, other 4%, not known 1%; the unaccompanied are a third of Asian,
/// Black and other children between them.
pub(crate) fn ethnicity(asylum: Asylum, dice: &mut Dice) -> &'static str {
    match asylum {
        Asylum::Seeking => {
            dice.by_weight(&[("BAFR", 0.36), ("OOTH", 0.32), ("AOTH", 0.20), ("WOTH", 0.07), ("BOTH", 0.04), ("NOBT", 0.01)])
        }
        Asylum::No => dice.by_weight(&[
            ("WBRI", 0.715),
            ("WIRI", 0.003),
            ("WIRT", 0.004),
            ("WROM", 0.012),
            ("WOTH", 0.034),
            ("MWBC", 0.042),
            ("MWBA", 0.014),
            ("MWAS", 0.018),
            ("MOTH", 0.042),
            ("AIND", 0.004),
            ("APKN", 0.014),
            ("ABAN", 0.006),
            ("AOTH", 0.009),
            ("CHNE", 0.001),
            ("BCRB", 0.016),
            ("BAFR", 0.026),
            ("BOTH", 0.012),
            ("OOTH", 0.014),
            ("REFU", 0.002),
            ("NOBT", 0.006),
        ]),
    }
}
