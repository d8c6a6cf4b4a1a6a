//! How episodes become placements and periods.

use domain::Day;
use domain::code::{Code, ls, place, rec, rne};
use domain::history::{Episodes, History};
use rayon::prelude::*;

use super::{Kind, Opening, Periods, Placements, Role, Timeline};

/// Children a task takes at a time: enough to be worth a task, few enough to share out. The result does not depend on it.
const CHUNK: usize = 4096;

pub(super) fn build(history: &History) -> Timeline {
    let children = history.children.len();
    let starts: Vec<usize> = (0..children).step_by(CHUNK).collect();
    let parts: Vec<Timeline> = starts.into_par_iter().map(|from| Part::of(history, from, children.min(from + CHUNK))).collect();
    join(&parts, history.episodes.len())
}

/// A piece of the timeline under construction: some children in order. Episode positions are the history's; placement and period positions are its own.
struct Part<'a> {
    episodes: &'a Episodes,
    made: Timeline,
    /// The main placement that the next row may continue.
    main: u32,
}

impl<'a> Part<'a> {
    fn of(history: &'a History, from: usize, to: usize) -> Timeline {
        let episodes = history.children.first_episode[to] - history.children.first_episode[from];
        let mut part = Part {
            episodes: &history.episodes,
            made: with_room(to - from, 2 * (to - from), episodes as usize, episodes as usize),
            main: 0,
        };
        for child in from..to {
            part.made.first_period.push(part.made.periods.len() as u32);
            part.made.adult_on.push(history.children.born[child].anniversary(18));
            let rows = history.children.episodes(child);
            for row in rows.clone() {
                if row == rows.start || part.begins_period(row) {
                    part.open_period(child as u32, row);
                } else {
                    part.continue_period(row);
                }
                part.close_row(row);
            }
        }
        part.made
    }

    /// A period ends at an end other than X1, at a gap, before a row that says "started" (S), and where short breaks and care meet (dossier B1).
    fn begins_period(&self, row: usize) -> bool {
        let e = self.episodes;
        let before = row - 1;
        let touches = e.end[before] == Some(e.start[row]);
        let goes_on = e.rec[before] == rec::X1 || e.rec[before].is_blank();
        !touches || !goes_on || e.rne[row] == rne::S || kind(e.legal[before]) != kind(e.legal[row])
    }

    fn open_period(&mut self, child: u32, row: usize) {
        let (e, periods) = (self.episodes, &mut self.made.periods);
        periods.child.push(child);
        periods.start.push(e.start[row]);
        periods.end.push(None);
        periods.kind.push(kind(e.legal[row]));
        periods.opening.push(if e.rne[row] == rne::S { Opening::Recorded } else { Opening::BeforeRecords });
        periods.ceased.push(Code::BLANK);
        periods.first_episode.push(row as u32);
        periods.first_placement.push(self.made.placements.len() as u32);
        // A period whose first row is a temporary stay has a main placement that is not on record: it begins no later than this day.
        let away = place::is_temporary(e.place[row]);
        let opening = if rne::begins_placement(e.rne[row]) && !away { Opening::Recorded } else { Opening::BeforeRecords };
        self.open_main(row, opening);
        if away {
            self.open_temporary(row);
        }
    }

    fn continue_period(&mut self, row: usize) {
        let e = self.episodes;
        let was_away = place::is_temporary(e.place[row - 1]);
        if place::is_temporary(e.place[row]) {
            // From one temporary stay to another only where the return says that the carer changes.
            if !was_away || rne::begins_placement(e.rne[row]) {
                self.open_temporary(row);
            }
        } else if rne::begins_placement(e.rne[row]) && !(was_away && self.comes_back(row)) {
            self.open_main(row, Opening::Recorded);
        }
    }

    /// Whether the row after a temporary stay leads back to the main placement. The return is coded P (rule 383), so the code cannot tell: the
    /// setting does. It is another one only where a postcode, URN, provider or kind of home is held on both sides and differs.
    fn comes_back(&self, row: usize) -> bool {
        let e = self.episodes;
        let main = self.made.placements.last_episode[self.main as usize] as usize;
        if place::is_temporary(e.place[main]) {
            return true;
        }
        let differs = |a: Code, b: Code| !a.is_blank() && !b.is_blank() && a != b;
        let moved = matches!((e.placed[main], e.placed[row]), (Some(a), Some(b)) if a != b);
        !(moved
            || differs(e.urn[main], e.urn[row])
            || differs(e.provider[main], e.provider[row])
            || e.place[main].first() != e.place[row].first())
    }

    fn open_main(&mut self, row: usize, opening: Opening) {
        // The main placement before it went on until now, through any temporary stay at its end.
        self.main = self.open_placement(row, Role::Main, opening);
    }

    fn open_temporary(&mut self, row: usize) {
        let opening = if rne::begins_placement(self.episodes.rne[row]) { Opening::Recorded } else { Opening::BeforeRecords };
        self.open_placement(row, Role::Temporary { within: self.main }, opening);
    }

    fn open_placement(&mut self, row: usize, role: Role, opening: Opening) -> u32 {
        let placements = &mut self.made.placements;
        placements.period.push(self.made.periods.len() as u32 - 1);
        placements.start.push(self.episodes.start[row]);
        placements.end.push(None);
        placements.role.push(role);
        placements.opening.push(opening);
        placements.first_episode.push(row as u32);
        placements.last_episode.push(row as u32);
        placements.len() as u32 - 1
    }

    /// Gives the row to its placement and carries the ends forward.
    fn close_row(&mut self, row: usize) {
        let e = self.episodes;
        let placements = &mut self.made.placements;
        let holder = if place::is_temporary(e.place[row]) { placements.len() as u32 - 1 } else { self.main };
        placements.last_episode[holder as usize] = row as u32;
        placements.end[holder as usize] = e.end[row];
        placements.end[self.main as usize] = e.end[row];
        self.made.placement_of.push(holder);
        if let (Some(end), Some(ceased)) = (self.made.periods.end.last_mut(), self.made.periods.ceased.last_mut()) {
            *end = e.end[row];
            *ceased = e.rec[row];
        }
    }
}

fn kind(legal: Code) -> Kind {
    if ls::is_short_break(legal) { Kind::ShortBreaks } else { Kind::Care }
}

/// Puts the pieces end to end, counting placement and period positions on. Periods and placements are laid out side by side in time.
fn join(parts: &[Timeline], episodes: usize) -> Timeline {
    let (children, periods, placements) = parts.iter().fold((0, 0, 0), |(children, periods, placements), part| {
        (children + part.adult_on.len(), periods + part.periods.len(), placements + part.placements.len())
    });
    let Timeline { periods, placements, placement_of, adult_on, first_period } = with_room(children, periods, placements, episodes);
    let ((periods, adult_on, first_period), (placements, placement_of)) =
        rayon::join(|| join_periods(parts, episodes, periods, adult_on, first_period), || join_placements(parts, placements, placement_of));
    Timeline { periods, placements, placement_of, adult_on, first_period }
}

fn join_periods(
    parts: &[Timeline],
    episodes: usize,
    mut periods: Periods,
    mut adult_on: Vec<Day>,
    mut first_period: Vec<u32>,
) -> (Periods, Vec<Day>, Vec<u32>) {
    let mut placements = 0;
    for part in parts {
        let (to, from) = (&mut periods, &part.periods);
        first_period.extend(part.first_period.iter().map(|at| at + to.start.len() as u32));
        adult_on.extend_from_slice(&part.adult_on);
        to.child.extend_from_slice(&from.child);
        to.start.extend_from_slice(&from.start);
        to.end.extend_from_slice(&from.end);
        to.kind.extend_from_slice(&from.kind);
        to.opening.extend_from_slice(&from.opening);
        to.ceased.extend_from_slice(&from.ceased);
        to.first_episode.extend_from_slice(&from.first_episode);
        to.first_placement.extend(from.first_placement.iter().map(|at| at + placements));
        placements += part.placements.len() as u32;
    }
    first_period.push(periods.len() as u32);
    periods.first_episode.push(episodes as u32);
    periods.first_placement.push(placements);
    (periods, adult_on, first_period)
}

fn join_placements(parts: &[Timeline], mut placements: Placements, mut placement_of: Vec<u32>) -> (Placements, Vec<u32>) {
    let mut periods = 0;
    for part in parts {
        let (to, from) = (&mut placements, &part.placements);
        let before = to.len() as u32;
        placement_of.extend(part.placement_of.iter().map(|at| at + before));
        to.period.extend(from.period.iter().map(|at| at + periods));
        to.start.extend_from_slice(&from.start);
        to.end.extend_from_slice(&from.end);
        to.role.extend(from.role.iter().map(|role| match role {
            Role::Main => Role::Main,
            Role::Temporary { within } => Role::Temporary { within: within + before },
        }));
        to.opening.extend_from_slice(&from.opening);
        to.first_episode.extend_from_slice(&from.first_episode);
        to.last_episode.extend_from_slice(&from.last_episode);
        periods += part.periods.len() as u32;
    }
    (placements, placement_of)
}

/// An empty timeline that need not grow while it is filled.
fn with_room(children: usize, periods: usize, placements: usize, episodes: usize) -> Timeline {
    Timeline {
        periods: Periods {
            child: Vec::with_capacity(periods),
            start: Vec::with_capacity(periods),
            end: Vec::with_capacity(periods),
            kind: Vec::with_capacity(periods),
            opening: Vec::with_capacity(periods),
            ceased: Vec::with_capacity(periods),
            first_episode: Vec::with_capacity(periods + 1),
            first_placement: Vec::with_capacity(periods + 1),
        },
        placements: Placements {
            period: Vec::with_capacity(placements),
            start: Vec::with_capacity(placements),
            end: Vec::with_capacity(placements),
            role: Vec::with_capacity(placements),
            opening: Vec::with_capacity(placements),
            first_episode: Vec::with_capacity(placements),
            last_episode: Vec::with_capacity(placements),
        },
        placement_of: Vec::with_capacity(episodes),
        adult_on: Vec::with_capacity(children),
        first_period: Vec::with_capacity(children + 1),
    }
}
