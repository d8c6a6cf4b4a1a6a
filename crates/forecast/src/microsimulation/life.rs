//! One child's way ahead, from event to event.
//!
//! Competing risks with rates that hold between the ends of bands. One exponential clock runs down at the sum of the rates, so that a change of rates moves
//! an event and does not redraw it; when it has run down, the cause is drawn by its share. A night is the smallest time: an event
//! comes on the morning after a night, as dates in the return do. On the 18th birthday care ends, whatever the rates.

use domain::Day;

use super::chance::Chance;
use super::child::Child;
use super::drawn::Local;
use super::hazards::STEP;
use super::levers::Changes;
use super::state::{AGES, Cause, IN_CARE, IN_PLACEMENT, Route, State, band, placements_band};
use crate::kind::Kind;

/// How a child's time in the simulation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Still in care on the last day.
    Open,
    /// Out of care by a route.
    By(Route),
    /// On the 18th birthday.
    Birthday,
}

/// What is the same for all children of a path.
pub(super) struct Ahead<'a> {
    /// The last day that was known.
    pub(super) from: Day,
    /// The last day that is asked for.
    pub(super) until: Day,
    pub(super) rates: &'a Local<'a>,
    /// Nights of temporary stays that were seen.
    pub(super) away: &'a [i32],
}

/// A child with its bands and the days on which they end, so that no birthday is computed twice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Walker {
    pub(super) child: Child,
    pub(super) adult_on: Day,
    age: u8,
    birthday: Day,
    in_placement: u8,
    placement_band_ends: Day,
    in_care: u8,
    care_band_ends: Day,
}

/// A day that never comes.
fn never(from: Day) -> Day {
    from.plus(200 * 366)
}

impl Walker {
    /// A child on a day.
    pub(super) fn new(child: Child, on: Day) -> Self {
        let age = child.born.age_at(on);
        let age = AGES.iter().rposition(|&start| age >= start).unwrap_or(0);
        let mut walker = Self {
            child,
            adult_on: child.born.anniversary(18),
            age: age as u8,
            birthday: child.born.anniversary(AGES.get(age + 1).copied().unwrap_or(18)),
            in_placement: 0,
            placement_band_ends: on,
            in_care: 0,
            care_band_ends: on,
        };
        walker.bands(on);
        walker
    }

    /// Brings bands that have ended up to date.
    fn bands(&mut self, on: Day) {
        while self.birthday <= on && usize::from(self.age) + 1 < AGES.len() {
            self.age += 1;
            self.birthday = self.child.born.anniversary(AGES.get(usize::from(self.age) + 1).copied().unwrap_or(18));
        }
        if self.placement_band_ends <= on {
            (self.in_placement, self.placement_band_ends) = nights(&IN_PLACEMENT, self.child.placed_since, on);
        }
        if self.care_band_ends <= on {
            (self.in_care, self.care_band_ends) = nights(&IN_CARE, self.child.in_care_since, on);
        }
    }

    fn state(&self) -> State {
        State {
            kind: self.child.kind,
            legal: self.child.legal,
            asylum: self.child.asylum,
            age: self.age,
            in_placement: self.in_placement,
            in_care: self.in_care,
            placements: placements_band(self.child.placements),
        }
    }

    fn move_to(&mut self, kind: Kind, on: Day) {
        self.child.kind = kind;
        self.child.placed_since = on;
        self.child.placements += 1;
        (self.in_placement, self.placement_band_ends) = nights(&IN_PLACEMENT, on, on);
    }

    /// Lives on from `on`; `stay` is told every stay: kind of home, first day, and the day it ended, which is not a night of it.
    pub(super) fn live(
        mut self,
        on: Day,
        ahead: &Ahead<'_>,
        mut chance: Chance,
        changes: &mut impl Changes,
        stay: &mut impl FnMut(&Child, Kind, Day, Day),
    ) -> End {
        let stop = ahead.until.plus(1).min(self.adult_on);
        let at_stop = if self.adult_on <= ahead.until { End::Birthday } else { End::Open };
        let mut today = on;
        let mut since = on;
        if let Some(gone) = self.child.away_since.take() {
            today = comes_back(ahead.away, gone, on, &mut chance).min(stop);
            stay(&self.child, Kind::Temporary, on, today);
            since = today;
            self.bands(today);
        }
        let mut clock = chance.exponential();
        while today < stop {
            let half = today.since(ahead.from).max(0) / STEP;
            let half_ends = ahead.from.plus((half + 1) * STEP);
            let boundary = self.birthday.min(self.placement_band_ends).min(self.care_band_ends).min(half_ends).min(stop);
            let (now, nth) = (self.state(), half as usize);
            let hazard = hazard(f64::from(ahead.rates.night(now, nth)));
            let span = boundary.since(today);
            let left = clock / hazard;
            let comes = left <= f64::from(span);
            let next = if comes { today.plus((left.ceil() as i32).clamp(1, span)) } else { boundary };
            let cause = match changes.before(&self.child, (now, nth), ahead.rates, (today, next)) {
                Some((on, cause)) => {
                    // What is added leaves the base clock running.
                    clock -= hazard * f64::from(on.since(today));
                    today = on;
                    Some(cause)
                }
                None if comes && next < stop => {
                    today = next;
                    clock = chance.exponential();
                    let cause = ahead.rates.cause(now, nth, chance.unit() as f32);
                    // The chance of the event is used up whether it stands or not.
                    if matches!(cause, Cause::Exit(route) if !changes.stands(route, today)) { None } else { Some(cause) }
                }
                None => {
                    clock -= hazard * f64::from(span);
                    today = next;
                    None
                }
            };
            if today >= stop {
                break;
            }
            match cause {
                None => {}
                Some(Cause::Exit(route)) => {
                    stay(&self.child, self.child.kind, since, today);
                    return End::By(route);
                }
                Some(Cause::Status(legal)) => self.child.legal = legal,
                Some(Cause::Move(Kind::Temporary)) => {
                    stay(&self.child, self.child.kind, since, today);
                    let nights = ahead.away.get(chance.below(ahead.away.len())).copied().unwrap_or(1);
                    let back = today.plus(nights).min(stop);
                    stay(&self.child, Kind::Temporary, today, back);
                    (today, since) = (back, back);
                }
                Some(Cause::Move(kind)) => {
                    stay(&self.child, self.child.kind, since, today);
                    since = today;
                    self.move_to(changes.home(kind, today), today);
                }
            }
            self.bands(today);
        }
        if since < stop {
            stay(&self.child, self.child.kind, since, stop);
        }
        at_stop
    }
}

/// The band of the nights since a day, and the day on which the next begins.
fn nights(starts: &[i32], since: Day, on: Day) -> (u8, Day) {
    let at = band(starts, on.since(since));
    (at, starts.get(usize::from(at) + 1).map_or_else(|| never(on), |&start| since.plus(start)))
}

/// The cumulative hazard of a night on which something happens with this probability.
fn hazard(probability: f64) -> f64 {
    if probability < 0.02 { probability * (1.0 + probability * (0.5 + probability / 3.0)) } else { -(1.0 - probability.min(0.999)).ln() }
}

/// The day on which a child comes back who has been away since `gone` and still is.
fn comes_back(seen: &[i32], gone: Day, on: Day, chance: &mut Chance) -> Day {
    let so_far = on.since(gone);
    let longer = seen.iter().filter(|&&nights| nights > so_far).count();
    let nth = chance.below(longer);
    let nights = seen.iter().copied().filter(|&nights| nights > so_far).nth(nth).unwrap_or(so_far + 1);
    gone.plus(nights)
}
