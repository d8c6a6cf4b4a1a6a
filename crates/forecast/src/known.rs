//! What was known on a day: a history cut without look-ahead.
//!
//! A forecast may use only what could have been read on its first day, and a back-test is honest only if that holds on each of its past days
//! (command-line contract: "Only what was known on `--from` is used"). Rows that begin later are out; an end that came later, its reason (REC)
//! and the reason for the change of placement are read as blank, because on that day the episode was open.
//!
//! What a cut cannot undo is the cleaning: a row that ingest repaired in the light of a later return stays repaired.

use analysis::timeline::Timeline;
use domain::Day;
use domain::code::Code;
use domain::history::{Children, Episodes, History, Texts, Uasc};

/// A history as it stood at the end of a day, with its timeline.
#[derive(Clone, Debug)]
pub struct Known {
    /// The day whose end is the last moment known.
    pub on: Day,
    /// The history up to the day. Children without an episode by then are not in it; authorities keep their positions.
    pub history: History,
    /// Built from that history; positions are those of that history.
    pub timeline: Timeline,
}

impl Known {
    /// Cuts a history at the end of a day. One pass over the rows, a block of columns a child.
    pub fn at(history: &History, on: Day) -> Self {
        let history = cut(history, on);
        let timeline = Timeline::build(&history);
        Self { on, history, timeline }
    }

    /// The last day on which the data can say anything: the day itself, or the end of the returns if that is earlier.
    pub fn data_until(&self) -> Day {
        self.history.covers.map_or(self.on, |(_, last)| last.min(self.on))
    }
}

/// Where a child that is gone from the cut would stand.
const GONE: u32 = u32::MAX;

fn cut(whole: &History, on: Day) -> History {
    let (children, episodes, position) = cut_children(whole, on);
    let year = |year: u16| Day::year_end(u32::from(year)) <= on;
    let begun = |start: Day| start <= on;
    let ended = |end: Option<Day>| end.filter(|&end| end <= on);
    let place = |child: u32| position.get(child as usize).copied().filter(|&at| at != GONE);
    History {
        authorities: whole.authorities.clone(),
        files: whole.files.clone(),
        covers: whole.covers.map(|(first, last)| (first, last.min(on))),
        covers_each: whole.covers_each.iter().map(|covers| covers.map(|(first, last)| (first, last.min(on)))).collect(),
        unsent: whole.unsent.iter().copied().filter(|(first, _)| *first <= on).collect(),
        last_event: last_event(&episodes),
        children,
        episodes,
        reviews: kept(&whole.reviews, |row| begun(row.on), |row| &mut row.child, place),
        missing: kept(&whole.missing, |row| begun(row.start), |row| &mut row.child, place)
            .into_iter()
            .map(|row| domain::history::Missing { end: ended(row.end), ..row })
            .collect(),
        health: kept(&whole.health, |row| year(row.year), |row| &mut row.child, place),
        care_leavers: whole.care_leavers.iter().filter(|row| year(row.year)).copied().collect(),
        adoption_decisions: kept(&whole.adoption_decisions, |row| begun(row.decided), |row| &mut row.child, place)
            .into_iter()
            .map(|row| {
                let reversed = ended(row.reversed);
                domain::history::AdoptionDecision { reversed, reason: if reversed.is_some() { row.reason } else { Code::BLANK }, ..row }
            })
            .collect(),
        adoptions: kept(&whole.adoptions, |row| year(row.year), |row| &mut row.child, place),
        previous_permanence: kept(&whole.previous_permanence, |row| year(row.year), |row| &mut row.child, place),
        social_workers: kept(&whole.social_workers, |row| begun(row.start), |row| &mut row.child, place)
            .into_iter()
            .map(|row| {
                let end = ended(row.end);
                domain::history::SocialWorker { end, reason: if end == row.end { row.reason } else { Code::BLANK }, ..row }
            })
            .collect(),
        dol_orders: kept(&whole.dol_orders, |row| begun(row.start), |row| &mut row.child, place)
            .into_iter()
            .map(|row| domain::history::DolOrder { end: ended(row.end), ..row })
            .collect(),
        other_ids: whole.other_ids.clone(),
        tables_held: whole.tables_held.iter().filter(|(_, of)| year(*of)).copied().collect(),
        rows: whole.rows,
    }
}

/// Rows of another table that were there on the day, pointing at the cut's children.
fn kept<Row: Copy>(
    rows: &[Row],
    known: impl Fn(&Row) -> bool,
    child: impl Fn(&mut Row) -> &mut u32,
    place: impl Fn(u32) -> Option<u32>,
) -> Vec<Row> {
    let keep = |row: &Row| {
        let mut row = *row;
        let at = child(&mut row);
        *at = place(*at)?;
        Some(row)
    };
    rows.iter().filter(|row| known(row)).filter_map(keep).collect()
}

/// Children with an episode by the day, their episodes, and each old child's new position.
fn cut_children(whole: &History, on: Day) -> (Children, Episodes, Vec<u32>) {
    let (from, rows) = (&whole.children, &whole.episodes);
    if rows.start.iter().all(|&start| start <= on) && from.first_episode.windows(2).all(|pair| pair[0] < pair[1]) {
        // Nothing began later, so whole columns are copied: the usual case of a forecast from the end of the returns.
        let (mut children, mut episodes) = (from.clone(), rows.clone());
        children.uasc.iter_mut().for_each(|status| *status = status_on(*status, on));
        read_as_open(&mut episodes, 0, on);
        return (children, episodes, (0..from.len() as u32).collect());
    }
    let mut children = Children { id: Texts::default(), ..Children::default() };
    let mut episodes = with_room(rows.len());
    let mut position = vec![GONE; from.len()];
    for (child, position) in position.iter_mut().enumerate() {
        let all = from.episodes(child);
        // Sorted by start, so what is known is a beginning of the rows.
        let known = all.start..all.start + rows.start[all.clone()].partition_point(|&start| start <= on);
        if known.is_empty() {
            continue;
        }
        *position = children.born.len() as u32;
        children.first_episode.push(episodes.len() as u32);
        children.authority.push(from.authority[child]);
        children.id.push(from.id.get(child));
        children.born.push(from.born[child]);
        children.sex.push(from.sex[child]);
        children.ethnicity.push(from.ethnicity[child]);
        children.uasc.push(status_on(from.uasc[child], on));
        append(&mut episodes, rows, known, on);
    }
    children.first_episode.push(episodes.len() as u32);
    (children, episodes, position)
}

fn append(to: &mut Episodes, from: &Episodes, rows: std::ops::Range<usize>, on: Day) {
    let added = to.len();
    to.start.extend_from_slice(&from.start[rows.clone()]);
    to.end.extend_from_slice(&from.end[rows.clone()]);
    to.rne.extend_from_slice(&from.rne[rows.clone()]);
    to.legal.extend_from_slice(&from.legal[rows.clone()]);
    to.need.extend_from_slice(&from.need[rows.clone()]);
    to.place.extend_from_slice(&from.place[rows.clone()]);
    to.provider.extend_from_slice(&from.provider[rows.clone()]);
    to.rec.extend_from_slice(&from.rec[rows.clone()]);
    to.change.extend_from_slice(&from.change[rows.clone()]);
    to.home.extend_from_slice(&from.home[rows.clone()]);
    to.placed.extend_from_slice(&from.placed[rows.clone()]);
    to.urn.extend_from_slice(&from.urn[rows.clone()]);
    to.origin.extend_from_slice(&from.origin[rows]);
    read_as_open(to, added, on);
}

/// Ends that came later, with their reasons, are read as blank, from the row at `first` on.
fn read_as_open(rows: &mut Episodes, first: usize, on: Day) {
    for at in first..rows.len() {
        if rows.end[at].is_some_and(|end| end > on) {
            rows.end[at] = None;
            rows.rec[at] = Code::BLANK;
            rows.change[at] = Code::BLANK;
        }
    }
}

/// An end of asylum status that came later is not known.
fn status_on(status: Uasc, on: Day) -> Uasc {
    match status {
        Uasc::Until(Some(end)) if end > on => Uasc::Until(None),
        status => status,
    }
}

/// The last day on which an episode began or ended.
fn last_event(episodes: &Episodes) -> Option<Day> {
    episodes.start.iter().copied().chain(episodes.end.iter().copied().flatten()).max()
}

/// No episode, and room for so many.
fn with_room(rows: usize) -> Episodes {
    Episodes {
        start: Vec::with_capacity(rows),
        end: Vec::with_capacity(rows),
        rne: Vec::with_capacity(rows),
        legal: Vec::with_capacity(rows),
        need: Vec::with_capacity(rows),
        place: Vec::with_capacity(rows),
        provider: Vec::with_capacity(rows),
        rec: Vec::with_capacity(rows),
        change: Vec::with_capacity(rows),
        home: Vec::with_capacity(rows),
        placed: Vec::with_capacity(rows),
        urn: Vec::with_capacity(rows),
        origin: Vec::with_capacity(rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::{child, day, story};

    #[test]
    fn what_came_later_is_not_known() {
        let mut whole = story();
        child(&mut whole, "2010-05-01", &["2015-06-01 2016-01-10 S C2 U6 PR1 X1 OTHER", "2016-01-10 2018-03-01 P C2 K2 PR4 E11 -"]);
        child(&mut whole, "2012-05-01", &["2017-02-01 2017-08-01 S C2 U6 PR1 E11 -"]);
        child(&mut whole, "2013-05-01", &["2015-02-01 2015-12-31 S C2 U4 PR1 E11 -"]);
        whole.children.uasc[2] = Uasc::Until(Some(day("2031-05-01")));
        whole.covers = Some((day("2015-04-01"), day("2018-03-31")));
        whole.missing.push(domain::history::Missing { child: 1, kind: Code::of("M"), start: day("2017-03-01"), end: None });
        whole.missing.push(domain::history::Missing {
            child: 2,
            kind: Code::of("M"),
            start: day("2015-03-01"),
            end: Some(day("2015-03-02")),
        });

        let known = Known::at(&whole, day("2015-12-31"));
        let history = &known.history;
        assert_eq!((0..history.children.len()).map(|at| history.children.id.get(at)).collect::<Vec<_>>(), ["C000", "C002"]);
        assert_eq!(history.children.first_episode, [0, 1, 2]);
        // The end, its reason and the reason for the change came later; an end on the day itself is known.
        assert_eq!(history.episodes.end, [None, Some(day("2015-12-31"))]);
        assert_eq!(history.episodes.rec, [Code::BLANK, Code::of("E11")]);
        assert_eq!(history.episodes.change, [Code::BLANK, Code::BLANK]);
        assert_eq!(history.children.uasc[1], Uasc::Until(None));
        assert_eq!(history.missing.iter().map(|row| row.child).collect::<Vec<_>>(), [1]);
        assert_eq!(history.covers, Some((day("2015-04-01"), day("2015-12-31"))));
        assert_eq!(known.data_until(), day("2015-12-31"));
        assert_eq!(known.timeline.children(), 2);
        assert_eq!(known.timeline.stock(history, day("2015-12-31")).len(), 1);
    }

    #[test]
    fn at_the_end_of_the_data_nothing_is_lost() {
        let mut whole = story();
        child(&mut whole, "2010-05-01", &["2015-06-01 2016-01-10 S C2 U6 PR1 X1 OTHER", "2016-01-10 - P C2 K2 PR4 - -"]);
        let known = Known::at(&whole, day("2018-03-31"));
        assert_eq!(known.history.episodes.end, whole.episodes.end);
        assert_eq!(known.history.episodes.change, whole.episodes.change);
    }
    proptest::proptest! {
        /// Cutting twice is cutting at the earlier day: nothing of what lies between leaks into the earlier one.
        #[test]
        fn a_cut_of_a_cut_is_the_earlier_cut(
            stays in proptest::collection::vec((0i32..2000, 1i32..900, proptest::bool::ANY), 1..40),
            days in (0i32..3000, 0i32..3000),
        ) {
            let first = day("2015-04-01");
            let mut whole = story();
            for &(start, length, ended) in &stays {
                let (start, end) = (first.plus(start), first.plus(start + length));
                let end = if ended { end.to_string() } else { "-".to_owned() };
                child(&mut whole, "2010-05-01", &[&format!("{start} {end} S C2 U6 PR1 {} OTHER", if ended { "E11" } else { "-" })]);
            }
            whole.covers = Some((first, first.plus(3000)));
            let (early, late) = (first.plus(days.0.min(days.1)), first.plus(days.0.max(days.1)));
            let at_once = Known::at(&whole, early).history;
            let in_two = Known::at(&Known::at(&whole, late).history, early).history;
            proptest::prop_assert_eq!(format!("{:?}", at_once.children), format!("{:?}", in_two.children));
            proptest::prop_assert_eq!(format!("{:?}", at_once.episodes), format!("{:?}", in_two.episodes));
            proptest::prop_assert!(at_once.episodes.start.iter().all(|&start| start <= early));
            proptest::prop_assert!(at_once.episodes.end.iter().flatten().all(|&end| end <= early));
        }
    }
}
