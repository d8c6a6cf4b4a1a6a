//! Who the children are: what the return tells of their need, on one day.

use analysis::timeline::{Kind as PeriodKind, Standing, Timeline};
use domain::Day;
use domain::code::{Code, change, ls, place};
use domain::history::History;
use domain::supply::Notice;

use super::{Home, NeedBand};
use crate::kind::Kind;
use crate::known::Known;
use crate::paths::Pick;

/// One child's need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Completed years of age.
    pub years: u32,
    /// How much care it needs.
    pub band: NeedBand,
    /// Whether its home was needed at once and no longer than four weeks ago.
    pub notice: Notice,
}

/// The children looked after on a day, as a commissioner of homes sees them.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// The day.
    pub on: Day,
    /// The need of each child, by home ([`Home::ALL`]).
    pub profiles: [Vec<Profile>; 5],
    /// Children by kind of home ([`Kind::ALL`]).
    pub stock: [u32; 13],
    /// Groups of two, three, and four or more children in foster homes, kin among them, who came into care together from one home.
    pub sibling_groups: [u32; 3],
    /// Children with a series of short breaks (V3, V4), who are not looked after in any count.
    pub short_breaks: u32,
    /// Children in family centres and mother and baby units (R3): all that the return tells of parents placed with their child.
    pub parent_and_child: u32,
    /// Children in children's homes whose need is standard: candidates for a step down to a family (A108). Positions in the history.
    pub step_down_candidates: Vec<u32>,
}

/// A child's eighteenth birthday ahead (A185).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birthday {
    /// Position in [`domain::history::Children`].
    pub child: u32,
    /// The day.
    pub on: Day,
    /// Where the child lives now.
    pub kind: Kind,
}

/// Emergency stays last this long at most before they become somebody's home.
const EMERGENCY_DAYS: i32 = 28;
/// From this score on, the strengths and difficulties questionnaire is a cause for concern (the Department's guide to OC2).
const SDQ_CONCERN: u8 = 17;
/// Episodes of being missing within twelve months that make need complex.
const OFTEN_MISSING: usize = 3;
/// Placements within twelve months that make need complex: the Department's measure of instability.
const MANY_PLACEMENTS: usize = 3;

impl Cohort {
    /// Reads the children whom one authority of the history, or all of them, looked after on the last known day.
    ///
    /// Need is **complex** where a court deprives the child of liberty, the home is secure, the child was missing three times or lived in three
    /// placements within twelve months; **enhanced** where it came into care for its disability (N2), is held by youth justice, was missing at
    /// all, or the newest health return has a questionnaire score of 17 or more, a conviction or substance misuse; **standard** otherwise. It is
    /// **emergency** need for four weeks where the child came by police protection or an emergency order, or its last home ended unplanned.
    pub fn of(known: &Known, whose: Pick) -> Self {
        let (history, timeline) = (&known.history, &known.timeline);
        let mut cohort = Self::empty(known.on);
        let stock = stock(known, whose);
        let signs = Signs::new(history, known.on);
        for standing in &stock {
            let kind = kind_of(history, standing);
            cohort.stock[kind as usize] += 1;
            cohort.parent_and_child += u32::from(history.episodes.place[standing.home_episode as usize] == place::R3);
            let years = history.children.born[standing.child as usize].age_at(known.on);
            let Some(home) = Home::at(kind, years) else { continue };
            let profile =
                Profile { years, band: signs.band(history, timeline, standing, kind), notice: notice(history, timeline, standing) };
            if home == Home::ChildrensHome && profile.band == NeedBand::Standard {
                cohort.step_down_candidates.push(standing.child);
            }
            cohort.profiles[home as usize].push(profile);
        }
        cohort.sibling_groups = sibling_groups(history, timeline, &stock);
        cohort.short_breaks = short_breaks(known, whose);
        cohort
    }

    /// Nobody.
    pub(super) fn empty(on: Day) -> Self {
        Self {
            on,
            profiles: Default::default(),
            stock: [0; 13],
            sibling_groups: [0; 3],
            short_breaks: 0,
            parent_and_child: 0,
            step_down_candidates: Vec::new(),
        }
    }

    /// Children in the kinds of a home.
    pub fn children(&self, home: Home) -> u32 {
        home.kinds().map(|kind| self.stock[kind as usize]).sum()
    }
}

/// The children looked after on the last known day: one authority's, or all.
fn stock(known: &Known, whose: Pick) -> Vec<Standing> {
    let mut stock = known.timeline.stock(&known.history, known.on);
    stock.retain(|standing| is_of(&known.history, standing.child as usize, whose));
    stock
}

fn is_of(history: &History, child: usize, whose: Pick) -> bool {
    match whose {
        Pick::One(authority) => usize::from(history.children.authority[child]) == authority,
        Pick::Sum => true,
    }
}

/// The eighteenth birthdays of children looked after, from the day after the last known one for so many weeks, by date.
pub fn birthdays(known: &Known, whose: Pick, weeks: u32) -> Vec<Birthday> {
    let (from, until) = (known.on, known.on.plus(7 * weeks as i32));
    let mut ahead: Vec<Birthday> = stock(known, whose)
        .iter()
        .map(|standing| {
            let on = known.timeline.adult_on[standing.child as usize];
            Birthday { child: standing.child, on, kind: kind_of(&known.history, standing) }
        })
        .filter(|birthday| from < birthday.on && birthday.on <= until)
        .collect();
    ahead.sort_by_key(|birthday| (birthday.on, birthday.child));
    ahead
}

/// During a temporary stay, the kind of the home that goes on.
fn kind_of(history: &History, standing: &Standing) -> Kind {
    let row = standing.home_episode as usize;
    Kind::of(history.episodes.place[row], history.episodes.provider[row])
}

fn notice(history: &History, timeline: &Timeline, standing: &Standing) -> Notice {
    let placement = standing.placement as usize;
    if standing.on.since(timeline.placements.start[placement]) >= EMERGENCY_DAYS {
        return Notice::Planned;
    }
    let period = standing.period as usize;
    let first = timeline.placements.first_episode[placement] as usize;
    let at_once = if timeline.periods.episodes(period).start == first {
        [ls::L1, ls::L2].contains(&history.episodes.legal[first])
    } else {
        let before = timeline.periods.episodes(period).start.max(first.saturating_sub(1));
        change::UNPLANNED.contains(&history.episodes.change[before])
    };
    if at_once { Notice::Emergency } else { Notice::Planned }
}

/// What the other tables of the return say of each child, by position.
struct Signs {
    missing: Vec<u32>,
    deprived_of_liberty: Vec<bool>,
    /// The newest year of the health return, and whether it gives cause for concern.
    health: Vec<(u16, bool)>,
}

impl Signs {
    fn new(history: &History, on: Day) -> Self {
        let children = history.children.len();
        let mut signs = Self { missing: vec![0; children], deprived_of_liberty: vec![false; children], health: vec![(0, false); children] };
        let year_ago = on.plus_months(-12);
        for row in history.missing.iter().filter(|row| year_ago < row.start && row.start <= on) {
            signs.missing[row.child as usize] += 1;
        }
        for order in history.dol_orders.iter().filter(|order| order.start <= on && order.end.is_none_or(|end| on <= end)) {
            signs.deprived_of_liberty[order.child as usize] = true;
        }
        for row in &history.health {
            let concern = row.sdq_score.is_some_and(|score| score >= SDQ_CONCERN)
                || row.convicted == Some(true)
                || row.substance_misuse == Some(true);
            let newest = &mut signs.health[row.child as usize];
            *newest = (*newest).max((row.year, concern));
        }
        signs
    }

    fn band(&self, history: &History, timeline: &Timeline, standing: &Standing, kind: Kind) -> NeedBand {
        let child = standing.child as usize;
        let row = standing.episode as usize;
        let year_ago = standing.on.plus_months(-12);
        let placements = timeline.periods.placements(standing.period as usize);
        let lived_in = placements
            .filter(|&at| {
                let end = timeline.placements.end[at].unwrap_or(standing.on.plus(1));
                timeline.placements.is_main(at) && timeline.placements.start[at] <= standing.on && end > year_ago
            })
            .count();
        let missing = self.missing[child] as usize;
        if self.deprived_of_liberty[child] || kind == Kind::Secure || missing >= OFTEN_MISSING || lived_in >= MANY_PLACEMENTS {
            return NeedBand::Complex;
        }
        let legal = history.episodes.legal[row];
        let justice = [ls::J1, Code::of("J2"), Code::of("J3")].contains(&legal);
        if history.episodes.need[row] == Code::of("N2") || justice || missing > 0 || self.health[child].1 {
            NeedBand::Enhanced
        } else {
            NeedBand::Standard
        }
    }
}

/// Children fostered on the day who came into care on one day from one postcode, unaccompanied ones apart: the return names no siblings, so this is
/// read from what it does hold. Groups of two, three, and four or more.
fn sibling_groups(history: &History, timeline: &Timeline, stock: &[Standing]) -> [u32; 3] {
    let mut came: Vec<(u16, Day, domain::Postcode)> = stock
        .iter()
        .filter(|standing| {
            let kind = kind_of(history, standing);
            matches!(kind, Kind::Kinship | Kind::InHouseFostering | Kind::AgencyFostering)
                && !history.children.uasc[standing.child as usize].came_alone()
        })
        .filter_map(|standing| {
            let home = history.episodes.home[standing.home_episode as usize]?;
            Some((history.children.authority[standing.child as usize], timeline.periods.start[standing.period as usize], home))
        })
        .collect();
    came.sort_unstable();
    let mut groups = [0; 3];
    for group in came.chunk_by(|one, other| one == other) {
        match group.len() {
            0 | 1 => {}
            size => groups[size.min(4) - 2] += 1,
        }
    }
    groups
}

fn short_breaks(known: &Known, whose: Pick) -> u32 {
    let (timeline, on) = (&known.timeline, known.on);
    let going_on = |period: &usize| {
        timeline.periods.kind[*period] == PeriodKind::ShortBreaks
            && timeline.periods.start[*period] <= on
            && timeline.periods.end[*period].is_none_or(|end| on < end)
    };
    let ours = (0..timeline.children()).filter(|&child| is_of(&known.history, child, whose));
    ours.filter(|&child| timeline.periods_of(child).any(|period| going_on(&period))).count() as u32
}

#[cfg(test)]
mod tests {
    use domain::history::Missing;

    use super::*;
    use crate::story::{child, day, story};

    fn known(history: &History) -> Known {
        Known::at(history, day("2026-03-31"))
    }

    #[test]
    fn need_is_read_from_what_the_return_holds() {
        let mut history = story();
        let calm = child(&mut history, "2012-01-01", &["2024-01-01 - S C2 K2 PR4 - -"]);
        let moved = child(
            &mut history,
            "2012-01-01",
            &["2025-01-01 2025-06-01 S C2 U6 PR1 X1 CHILD", "2025-06-01 2025-09-01 P C2 U6 PR4 X1 CREQB", "2025-09-01 - P C2 K2 PR4 - -"],
        );
        let away = child(&mut history, "2010-05-01", &["2025-01-01 - S C2 U6 PR1 - -"]);
        history.missing.push(Missing { child: away as u32, kind: Code::of("M"), start: day("2025-12-01"), end: None });
        let police = child(&mut history, "2020-05-01", &["2026-03-20 - S L1 U6 PR1 - -"]);
        let kin = child(&mut history, "2020-05-01", &["2026-03-20 - S C2 U1 PR1 - -"]);
        history.covers = Some((day("2024-04-01"), day("2026-03-31")));
        let cohort = Cohort::of(&known(&history), Pick::Sum);
        let homes = &cohort.profiles[Home::ChildrensHome as usize];
        assert_eq!(homes.iter().map(|profile| profile.band).collect::<Vec<_>>(), [NeedBand::Standard, NeedBand::Complex]);
        assert_eq!(cohort.step_down_candidates, [calm as u32], "not {moved}");
        let fostered = &cohort.profiles[Home::Foster as usize];
        assert_eq!(
            fostered.iter().map(|profile| (profile.years, profile.band, profile.notice)).collect::<Vec<_>>(),
            [(15, NeedBand::Enhanced, Notice::Planned), (5, NeedBand::Standard, Notice::Emergency)]
        );
        assert_eq!((cohort.stock[Kind::Kinship as usize], police, kin), (1, 3, 4));
        assert_eq!((cohort.children(Home::Foster), cohort.children(Home::ChildrensHome)), (2, 2));
        child(&mut history, "2012-05-01", &["2025-01-01 - S C2 K3 PR4 - -"]);
        let cohort = Cohort::of(&known(&history), Pick::Sum);
        assert_eq!(cohort.profiles[Home::ChildrensHome as usize].len(), 3, "supported accommodation is not for a child of 13");
    }

    #[test]
    fn siblings_are_those_who_came_on_one_day_from_one_home() {
        let mut history = story();
        for born in ["2012-01-01", "2014-01-01", "2016-01-01"] {
            child(&mut history, born, &["2025-01-01 - S C2 U6 PR1 - - NG15DT NG14AA"]);
        }
        child(&mut history, "2012-01-01", &["2025-01-01 - S C2 U6 PR1 - - NG71AA NG14AA"]);
        child(&mut history, "2012-01-01", &["2025-02-01 - S C2 U6 PR1 - - NG71AA NG14AA"]);
        child(&mut history, "2018-01-01", &["2025-02-01 - S V4 U6 PR1 - -"]);
        let cohort = Cohort::of(&known(&history), Pick::Sum);
        assert_eq!((cohort.sibling_groups, cohort.short_breaks), ([0, 1, 0], 1));
        let other = Cohort::of(&known(&history), Pick::One(1));
        assert_eq!((other.sibling_groups, other.short_breaks, other.children(Home::Foster)), ([0; 3], 0, 0), "another authority's");
    }

    #[test]
    fn birthdays_ahead_are_a_due_list() {
        let mut history = story();
        child(&mut history, "2008-09-01", &["2025-01-01 - S C2 K3 PR4 - -"]);
        child(&mut history, "2008-04-01", &["2025-01-01 - S C2 U6 PR1 - -"]);
        child(&mut history, "2009-04-01", &["2025-01-01 - S C2 U6 PR1 - -"]);
        let ahead = birthdays(&known(&history), Pick::Sum, 26);
        assert_eq!(
            ahead.iter().map(|birthday| (birthday.child, birthday.on)).collect::<Vec<_>>(),
            [(1, day("2026-04-01")), (0, day("2026-09-01"))]
        );
        assert_eq!(ahead[1].kind, Kind::Supported);
    }
}
