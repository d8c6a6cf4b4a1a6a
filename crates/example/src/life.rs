//! One child's way through care: periods, placements, legal statuses, night by night under the true rates.

use domain::Day;

use crate::dice::Dice;
use crate::kind::{KINDS, Kind, LEGALS, Legal};
use crate::rates::{AGES, Asylum, Cell, IN_CARE, IN_PLACEMENT, Matched, Night, ROUTES, Route, band};
use crate::setting::Calendar;
use crate::tally::Tally;

/// How a period of care ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Before the eighteenth birthday.
    By(Route),
    /// On the eighteenth birthday.
    Birthday,
}

/// A change inside a period of care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// New carers.
    Moved(Kind),
    /// A new legal status.
    Legal(Legal),
    /// Both on one day.
    Both(Legal, Kind),
    /// The same foster carers, now for the long term.
    Matched,
    /// The same foster carers in a new house.
    House,
    /// The same carers become adopters.
    Adopters,
    /// A temporary stay elsewhere of this many nights, then back.
    Away(i32),
}

/// One period of care.
#[derive(Clone, Debug)]
pub(crate) struct Period {
    /// First day.
    pub(crate) start: Day,
    /// Legal status at the start.
    pub(crate) legal: Legal,
    /// First home.
    pub(crate) kind: Kind,
    /// Changes, by day; at most one a day.
    pub(crate) changes: Vec<(Day, Change)>,
    /// Day it ended.
    pub(crate) end: Day,
    /// How.
    pub(crate) exit: Exit,
}

/// What is fixed when a child comes into care.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entrant {
    /// Date of birth.
    pub(crate) born: Day,
    /// First day in care.
    pub(crate) start: Day,
    /// Legal status on it.
    pub(crate) legal: Legal,
    /// First home.
    pub(crate) kind: Kind,
    /// Whether alone and seeking asylum.
    pub(crate) asylum: Asylum,
}

/// Share of children home from care who come back, and the mean of nights until then.
pub(crate) const RETURN_SHARE: f64 = 0.16;
pub(crate) const RETURN_NIGHTS: f64 = 420.0;

/// The whole way of a child: the first period and those that follow a return home.
pub(crate) fn live(entrant: &Entrant, calendar: &Calendar, dice: &mut Dice, tally: &mut Tally) -> Vec<Period> {
    let mut periods = vec![period(entrant, calendar, dice, tally)];
    while let Some(again) = periods.last().and_then(|last| returns(entrant, last, dice)) {
        periods.push(period(&again, calendar, dice, tally));
    }
    periods
}

/// Whether and how a child who went home comes back.
fn returns(entrant: &Entrant, last: &Period, dice: &mut Dice) -> Option<Entrant> {
    if last.exit != Exit::By(Route::Home) || !dice.chance(RETURN_SHARE) {
        return None;
    }
    let start = last.end.plus(30 + dice.wait(RETURN_NIGHTS));
    if start >= entrant.born.anniversary(17) {
        return None;
    }
    let age = band(&AGES, entrant.born.age_at(start));
    let legal = dice.by_weight(&[(Legal::Voluntary, 0.5), (Legal::Interim, 0.45), (Legal::Full, 0.05)]);
    let kind = crate::entry::first_home(age, legal, entrant.asylum, dice);
    Some(Entrant { start, legal, kind, ..*entrant })
}

/// The longest a night's probabilities stay the same from `today`: to the next birthday band, band of nights, or change of calendar.
fn until(today: Day, entrant: &Entrant, starts: (Day, Day, Day), legal: Legal, birthday: Day, calendar: &Calendar) -> Day {
    let (care, placement, order) = starts;
    let mut next = birthday;
    let mut consider = |day: Day| {
        if day > today && day < next {
            next = day;
        }
    };
    for age in AGES {
        consider(entrant.born.anniversary(age));
    }
    for nights in IN_PLACEMENT {
        consider(placement.plus(nights));
    }
    for nights in IN_CARE {
        consider(care.plus(nights));
    }
    match legal {
        Legal::Police => consider(today.plus(1)),
        Legal::Emergency => [7, 20, 21].into_iter().for_each(|nights| consider(order.plus(nights))),
        _ => {}
    }
    calendar.changes().into_iter().for_each(&mut consider);
    next
}

fn period(entrant: &Entrant, calendar: &Calendar, dice: &mut Dice, tally: &mut Tally) -> Period {
    let birthday = entrant.born.anniversary(18);
    let (mut legal, mut kind) = (entrant.legal, entrant.kind);
    let (mut placement, mut order) = (entrant.start, entrant.start);
    let (mut matched, mut placements) = (Matched::NotYet, 1);
    let mut changes: Vec<(Day, Change)> = Vec::new();
    let mut today = entrant.start;
    loop {
        let cell = Cell {
            kind,
            age: band(&AGES, entrant.born.age_at(today)),
            in_placement: band(&IN_PLACEMENT, today.since(placement)),
            in_care: band(&IN_CARE, today.since(entrant.start)),
            legal,
            under_order: today.since(order),
            placements,
            matched,
            asylum: entrant.asylum,
            exits: calendar.exits(today),
        };
        let night = Night::of(&cell);
        let boundary = until(today, entrant, (entrant.start, placement, order), legal, birthday, calendar);
        // Nothing but the birthday happens on the birthday, so the night before it is not at risk.
        let at_risk = if boundary == birthday { boundary.since(today) - 1 } else { boundary.since(today) };
        let first = dice.first_night_within(night.total(), at_risk);
        tally.nights(&cell, &night, today, first.unwrap_or(at_risk));
        let Some(nights) = first else {
            today = boundary;
            if today == birthday {
                return Period {
                    start: entrant.start,
                    legal: entrant.legal,
                    kind: entrant.kind,
                    changes,
                    end: birthday,
                    exit: Exit::Birthday,
                };
            }
            continue;
        };
        today = today.plus(nights);
        match draw(&night, &cell, dice) {
            Happening::Exit(route) => {
                tally.exit(&cell, route, today);
                return Period {
                    start: entrant.start,
                    legal: entrant.legal,
                    kind: entrant.kind,
                    changes,
                    end: today,
                    exit: Exit::By(route),
                };
            }
            Happening::Change(change) => {
                let next = match change {
                    Change::Moved(to) => (legal, to),
                    Change::Legal(to) => (to, kind),
                    Change::Both(to, home) => (to, home),
                    Change::Adopters => (legal, Kind::Adoptive),
                    _ => (legal, kind),
                };
                if matches!(change, Change::Moved(_) | Change::Both(..) | Change::Adopters) {
                    tally.moved(&cell, next.1, today);
                    placement = today;
                    matched = Matched::NotYet;
                    placements += u32::from(change != Change::Adopters);
                }
                if next.0 != legal {
                    order = today;
                }
                (legal, kind) = next;
                match change {
                    Change::Away(nights) if today.plus(nights + 2) < birthday => {
                        changes.push((today, change));
                        today = today.plus(nights);
                    }
                    Change::Away(_) => {}
                    Change::Matched => {
                        matched = Matched::LongTerm;
                        changes.push((today, change));
                    }
                    _ => changes.push((today, change)),
                }
            }
        }
    }
}

enum Happening {
    Exit(Route),
    Change(Change),
}

/// Which of the things that can happen has happened.
fn draw(night: &Night, cell: &Cell, dice: &mut Dice) -> Happening {
    let sum = |list: &[f64]| list.iter().sum::<f64>();
    let groups = [sum(&night.moves), sum(&night.exits), sum(&night.legal), sum(&night.both), night.matched, night.house, night.away];
    match dice.weighted(groups) {
        0 => {
            let to = Kind::ALL[dice.weighted(night.moves)];
            // One adoption in eight is by the child's own foster carers.
            if to == Kind::Adoptive && cell.kind.is_fostering() && dice.chance(0.12) {
                Happening::Change(Change::Adopters)
            } else {
                Happening::Change(Change::Moved(to))
            }
        }
        1 => Happening::Exit(Route::ALL[dice.weighted(night.exits)]),
        2 => Happening::Change(Change::Legal(legal_at(dice.weighted(night.legal)))),
        3 => {
            let legal = legal_at(dice.weighted(night.both));
            let home = Kind::ALL[dice.weighted(night.shares())];
            Happening::Change(Change::Both(legal, home))
        }
        4 => Happening::Change(Change::Matched),
        5 => Happening::Change(Change::House),
        _ => Happening::Change(Change::Away(dice.between(2, 7))),
    }
}

const fn legal_at(index: usize) -> Legal {
    const ALL: [Legal; LEGALS] =
        [Legal::Voluntary, Legal::Interim, Legal::Full, Legal::PlacementOrder, Legal::Police, Legal::Emergency, Legal::Remand];
    ALL[index]
}

impl Night {
    /// Where a child goes who gets a new order and a new home at once: as for other moves, but not to adopters.
    pub(crate) fn shares(&self) -> [f64; KINDS] {
        let mut shares = self.moves;
        shares[Kind::Adoptive as usize] = 0.0;
        shares
    }

    /// The probability of an exit by each route.
    pub(crate) const fn routes(&self) -> &[f64; ROUTES] {
        &self.exits
    }
}
