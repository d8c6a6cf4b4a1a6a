//! Nights at risk and events, as the history shows them up to a day.
//!
//! Only nights inside the returns count (delayed entry): a child whose stay began before the first return is on record because the stay went on,
//! so its earlier nights say nothing about leaving (left truncation). Where the beginning itself is not on record the child counts as a
//! long stayer ([`analysis::timeline::Opening::BeforeRecords`]). Nights of a temporary stay, and the last before the 18th birthday, are not at risk.

use analysis::timeline::{Opening, Timeline};
use domain::code::{Code, place};
use domain::history::History;
use domain::{Day, Postcode};

use super::child::Child;
use super::state::{Asylum, Cause, Legal, Route, State, states};
use crate::kind::Kind;

/// Nights in care and in the placement of a child whose beginning is not on record: those of a long stayer.
const LONG_STAY: i32 = 1095;
/// An end so few days before the 18th birthday is the birthday's: records round it.
const BIRTHDAY_ENDS: i32 = 7;

/// Nights in one state, one after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// Position in [`Exposure::states`].
    pub(super) state: u32,
    pub(super) authority: u16,
    /// First night.
    pub(super) start: Day,
    pub(super) nights: i32,
}

/// Something that happened on a morning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// State of the night before: position in [`Exposure::states`].
    pub(super) state: u32,
    pub(super) authority: u16,
    pub(super) on: Day,
    pub(super) cause: Cause,
}

/// A child who came into care.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) child: Child,
    pub(super) family: Family,
}

/// Children of one authority who come on one day and share this are counted as brothers and sisters: the return does not say who is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// They come from the same home.
    Home(Postcode),
    /// No home is on record; ethnicity and legal status are the same.
    Alike(Code, Code),
    /// An unaccompanied child, by its position.
    Alone(u32),
}

/// Everything counted up to a day.
#[derive(Clone, Debug, Default)]
pub(super) struct Exposure {
    /// The states seen, each once.
    pub(super) states: Vec<State>,
    /// Nights in each.
    pub(super) nights: Vec<f64>,
    pub(super) runs: Vec<Run>,
    pub(super) events: Vec<Event>,
    /// Nights of temporary stays that ended.
    pub(super) away: Vec<i32>,
    /// In care at the end of the last day.
    pub(super) stock: Vec<Child>,
    /// Entries to care, by authority and day.
    pub(super) entries: Vec<Entry>,
    /// The days of each authority's returns, up to the last day known.
    pub(super) windows: Vec<(Day, Day)>,
}

impl Exposure {
    /// Counts a history up to a day, that day's events included.
    pub(super) fn of(history: &History, timeline: &Timeline, until: Day) -> Self {
        let mut counting = Counting {
            history,
            timeline,
            until,
            position: vec![u32::MAX; states()],
            found: Self { windows: windows(history, until), ..Self::default() },
        };
        for child in 0..history.children.len() {
            for period in timeline.periods_of(child) {
                if timeline.counts(period) {
                    counting.period(child, period);
                }
            }
        }
        let mut found = counting.found;
        found.entries.sort_by_key(|entry| (entry.child.authority, entry.child.in_care_since, entry.family));
        found
    }

    /// Days observed, of the authority observed longest.
    pub(super) fn days(&self) -> i32 {
        self.windows.iter().map(|(first, last)| last.since(*first)).max().unwrap_or(0)
    }
}

/// The first day of each authority's returns: 1 April of the first year in which one of its episodes ended, and not before the returns' own
/// first day. Rows that began earlier are there only because they went on.
fn windows(history: &History, until: Day) -> Vec<(Day, Day)> {
    let covered = history.covers.map(|(first, _)| first);
    let mut first: Vec<Option<Day>> = vec![None; history.authorities.len()];
    for child in 0..history.children.len() {
        let first = &mut first[usize::from(history.children.authority[child])];
        for row in history.children.episodes(child) {
            if let Some(end) = history.episodes.end[row].filter(|&end| end <= until) {
                *first = Some(first.map_or(end, |known| known.min(end)));
            }
        }
    }
    first
        .into_iter()
        .map(|end| {
            let year = end.map_or(until, |end| Day::year_start(end.return_year()));
            (covered.map_or(year, |covered| covered.max(year)).min(until), until)
        })
        .collect()
}

struct Counting<'a> {
    history: &'a History,
    timeline: &'a Timeline,
    until: Day,
    /// Position of each state in `found.states`.
    position: Vec<u32>,
    found: Exposure,
}

impl Counting<'_> {
    fn period(&mut self, at: usize, period: usize) {
        let (history, timeline) = (self.history, self.timeline);
        let (episodes, children) = (&history.episodes, &history.children);
        let start = timeline.periods.start[period];
        if start > self.until {
            return;
        }
        let authority = children.authority[at];
        let (born, adult_on) = (children.born[at], timeline.adult_on[at]);
        if born > start {
            return;
        }
        let observed = self.found.windows[usize::from(authority)].0;
        let rows = timeline.periods.episodes(period);
        let placed = timeline.placements.opening[timeline.periods.placements(period).start];
        let in_care_since = known_start(start, timeline.periods.opening[period], born);
        let mut child = Child {
            authority,
            born,
            asylum: if history.children.uasc[at].came_alone() { Asylum::Seeking } else { Asylum::No },
            in_care_since,
            placed_since: known_start(start, placed, in_care_since),
            kind: Kind::of(episodes.place[rows.start], episodes.provider[rows.start]),
            legal: Legal::of(episodes.legal[rows.start]),
            // A child of whom we do not know the beginning has moved as often as most long stayers.
            placements: if timeline.periods.opening[period] == Opening::Recorded { 1 } else { 2 },
            away_since: None,
        };
        if place::is_temporary(episodes.place[rows.start]) {
            // The home behind a stay that opens the record is the one the child comes back to.
            child.kind = rows
                .clone()
                .find(|&row| !place::is_temporary(episodes.place[row]))
                .map_or(Kind::Other, |row| Kind::of(episodes.place[row], episodes.provider[row]));
            child.away_since = Some(start);
        }
        if start > observed {
            // Whatever came before, this is the day on which the authority first has the child.
            let child = Child { in_care_since: start, placed_since: start, ..child };
            self.found.entries.push(Entry { child, family: family_of(history, at, rows.start) });
        }
        let mut home = timeline.main_of(timeline.placement_of[rows.start]);
        let mut today = start;
        for row in rows.clone() {
            let on = episodes.start[row];
            if on > self.until {
                break;
            }
            if row > rows.start {
                if child.away_since.is_none() {
                    self.nights(&child, today, on.min(adult_on), observed);
                }
                if on >= adult_on {
                    break;
                }
                self.change(&mut child, &mut home, row, observed);
                today = on;
            }
        }
        let end = timeline.periods.end[period].filter(|&end| end <= self.until);
        let last = end.unwrap_or(self.until).min(adult_on);
        if child.away_since.is_none() {
            self.nights(&child, today, last, observed);
        }
        match end {
            Some(end) if end.plus(BIRTHDAY_ENDS) < adult_on => {
                self.event(&child, end, Cause::Exit(Route::of(timeline.periods.ceased[period])), observed);
            }
            None if adult_on > self.until => self.found.stock.push(child),
            _ => {}
        }
    }

    /// What a row after the first one changes.
    fn change(&mut self, child: &mut Child, home: &mut u32, row: usize, observed: Day) {
        let episodes = &self.history.episodes;
        let on = episodes.start[row];
        let legal = Legal::of(episodes.legal[row]);
        if legal != child.legal {
            self.event(child, on, Cause::Status(legal), observed);
        }
        let before = *child;
        child.legal = legal;
        if place::is_temporary(episodes.place[row]) {
            if child.away_since.is_none() {
                self.event(&before, on, Cause::Move(Kind::Temporary), observed);
                child.away_since = Some(on);
            }
            return;
        }
        if let Some(since) = child.away_since.take()
            && on > observed
        {
            self.found.away.push(on.since(since));
        }
        let main = self.timeline.main_of(self.timeline.placement_of[row]);
        let kind = Kind::of(episodes.place[row], episodes.provider[row]);
        if main != *home || kind != child.kind {
            self.event(&before, on, Cause::Move(kind), observed);
            child.placements += u32::from(main != *home);
            child.placed_since = on;
            child.kind = kind;
            *home = main;
        }
    }

    /// Nights at risk from `from` to the morning of `to`.
    fn nights(&mut self, child: &Child, from: Day, to: Day, observed: Day) {
        let mut today = from.max(observed);
        while today < to {
            let (state, next) = child.state(today);
            let end = next.min(to);
            // A child who is 18 is out of care; the loop ends there because `to` does.
            let nights = end.since(today);
            if nights <= 0 {
                return;
            }
            let at = self.state(state);
            self.found.nights[at as usize] += f64::from(nights);
            self.found.runs.push(Run { state: at, authority: child.authority, start: today, nights });
            today = end;
        }
    }

    fn event(&mut self, child: &Child, on: Day, cause: Cause, observed: Day) {
        if on > observed && on <= self.until {
            let state = self.state(child.state(on.plus(-1)).0);
            self.found.events.push(Event { state, authority: child.authority, on, cause });
        }
    }

    fn state(&mut self, state: State) -> u32 {
        let position = &mut self.position[state.code() as usize];
        if *position == u32::MAX {
            *position = self.found.states.len() as u32;
            self.found.states.push(state);
            self.found.nights.push(0.0);
        }
        *position
    }
}

/// The first day, or one long enough ago where it is not on record.
fn known_start(start: Day, opening: Opening, not_before: Day) -> Day {
    match opening {
        Opening::Recorded => start,
        Opening::BeforeRecords => start.plus(-LONG_STAY).max(not_before.min(start)),
    }
}

/// What tells one family from another among the children who come on one day.
fn family_of(history: &History, child: usize, row: usize) -> Family {
    if history.children.uasc[child].came_alone() {
        return Family::Alone(child as u32);
    }
    match history.episodes.home[row] {
        Some(home) => Family::Home(home),
        None => Family::Alike(history.children.ethnicity[child], history.episodes.legal[row]),
    }
}
