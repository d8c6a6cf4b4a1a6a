//! The profile of a cohort: how many children in each category. Counts plus unknown are always the total.

use std::borrow::Cow;

use domain::code::{Code, ls};

use crate::field::{Category, Field, Named, UNKNOWN};
use crate::group;
use crate::measure::end::{self, End};
use crate::publish;
use crate::timeline::Standing;
use crate::view::View;

/// One category and its count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As in the published tables; for authorities the name.
    pub key: Cow<'static, str>,
    /// In plain English.
    pub label: Cow<'static, str>,
    /// How many; zero is a count like any other.
    pub count: u64,
}

/// A table with one way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakdown {
    /// By what: a field's name, or `starters_by_need` and the like.
    pub by: &'static str,
    /// For readers.
    pub label: &'static str,
    /// Every category, in the order of the published tables.
    pub rows: Vec<Row>,
    /// Not recorded, refused, or not to be worked out.
    pub unknown: u64,
    /// All of them: the rows and the unknown.
    pub total: u64,
}

/// A table with two ways in. The last row and the last column are the unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossTable {
    /// What the rows are.
    pub down: Field,
    /// What the columns are.
    pub across: Field,
    /// Keys and labels of the rows, without the unknown.
    pub rows: Vec<Row>,
    /// Keys and labels of the columns, without the unknown.
    pub columns: Vec<Row>,
    /// Counts, row by row; one more row and column than named, for the unknown.
    pub counts: Vec<Vec<u64>>,
    /// All of them.
    pub total: u64,
}

impl Breakdown {
    /// As it may be published: the rows in order, then the unknown, and the total (see [`publish`]).
    pub fn published(&self, rule: publish::Rule) -> publish::OneWay {
        let cells: Vec<u64> = self.rows.iter().map(|row| row.count).chain([self.unknown]).collect();
        publish::one_way(rule, &cells)
    }
}

impl CrossTable {
    /// As it may be published: rows and columns in order, the unknown last, and the totals.
    pub fn published(&self, rule: publish::Rule) -> publish::TwoWay {
        publish::two_way(rule, &self.counts)
    }
}

/// Children looked after on the date, by a field.
pub fn breakdown(view: &View, field: Field) -> Breakdown {
    let rows = empty_rows(view, field);
    tabulate(field.name(), field.label(), rows, view.categories(field))
}

/// The whole profile: every field.
pub fn breakdowns(view: &View) -> Vec<Breakdown> {
    Field::ALL.into_iter().map(|field| breakdown(view, field)).collect()
}

/// Children looked after on the date, by two fields.
pub fn cross(view: &View, down: Field, across: Field) -> CrossTable {
    let (mut rows, mut columns) = (empty_rows(view, down), empty_rows(view, across));
    let mut counts = vec![vec![0; columns.len() + 1]; rows.len() + 1];
    for (d, a) in view.categories(down).zip(view.categories(across)) {
        counts[(d as usize).min(rows.len())][(a as usize).min(columns.len())] += 1;
    }
    for (row, counts) in rows.iter_mut().zip(&counts) {
        row.count = counts.iter().sum();
    }
    for (at, column) in columns.iter_mut().enumerate() {
        column.count = counts.iter().map(|counts| counts[at]).sum();
    }
    CrossTable { down, across, rows, columns, counts, total: view.stock().len() as u64 }
}

const LEGAL_STATUSES_ON_STARTING: &[(Code, Named)] = &[
    (ls::C1, named("interim_care", "Interim care order")),
    (ls::C2, named("full_care", "Full care order")),
    (ls::E1, named("placement_order", "Placement order granted")),
    (ls::V2, named("s20", "Voluntary agreement under section 20")),
    (ls::L1, named("police_protection", "Police protection")),
    (ls::L2, named("emergency_protection", "Emergency protection order")),
    (ls::L3, named("child_assessment", "Child assessment order")),
    (ls::J1, named("remand", "Remand")),
    (ls::J2, named("pace", "Accommodation under the Police and Criminal Evidence Act 1984")),
    (ls::J3, named("youth_rehabilitation", "Sentenced to a youth rehabilitation order")),
];

const AGES_ON_CEASING: &[Named] = &[
    named("0", "Under 1 year"),
    named("1_4", "1 to 4 years"),
    named("5_9", "5 to 9 years"),
    named("10_15", "10 to 15 years"),
    named("16", "16 years"),
    named("17", "17 years"),
    named("18_plus", "18 years and over"),
];

pub(crate) const REASONS_FOR_CEASING: [Named; 17] = [
    named("adopted", "Adopted"),
    named("died", "Died"),
    named("other_la", "Care taken over by another authority"),
    named("home_planned", "Returned home as planned"),
    named("home_unplanned", "Returned home, not as planned"),
    named("no_pr", "Left care to live with people without parental responsibility"),
    named("cao", "Child arrangements order granted"),
    named("sgo", "Special guardianship order"),
    named("independent_supported", "Moved into independent living with support"),
    named("independent_unsupported", "Moved into independent living without formal support"),
    named("adult_residential", "Transferred to adult social care"),
    named("custody", "Sentenced to custody"),
    named("remand_ended", "Accommodation on remand ended"),
    named("age_assessed_18", "Age assessed as 18 or over"),
    named("abroad", "Moved abroad"),
    named("stayed_18", "Aged 18 and stayed with carers"),
    named("other", "Ceased for any other reason"),
];

pub(crate) const REASONS_FOR_CHANGE: [Named; 12] = [
    named("carpl", "Change to or implementation of the care plan"),
    named("close", "Resignation or closure of the provision"),
    named("alleg", "Allegation (section 47)"),
    named("stand", "Concern about standards of care"),
    named("apprr", "Approval removed"),
    named("creqb", "Carer asked for the end because of the child's behaviour"),
    named("creqo", "Carer asked for the end for another reason"),
    named("child", "Child asked for the end"),
    named("lareq", "Authority asked for the end"),
    named("place", "Change of the placement's status only"),
    named("custod", "Custody arrangement"),
    named("other", "Other"),
];

const fn named(key: &'static str, label: &'static str) -> Named {
    Named { key, label }
}

/// Starters, leavers and moves of the range of days, by the groups of the published tables.
pub fn flows(view: &View) -> Vec<Breakdown> {
    let starters = view.starters();
    let leavers = view.leavers();
    let of = |field: Field, at: &Standing| field.of(view, at);
    let by_field =
        |by, label, field: Field, who: &[Standing]| tabulate(by, label, empty_rows(view, field), who.iter().map(|at| of(field, at)));
    let episodes = &view.history.episodes;
    let legal = starters.iter().map(|at| {
        let code = episodes.legal[at.episode as usize];
        let code = if code == ls::D1 { ls::E1 } else { code };
        position(LEGAL_STATUSES_ON_STARTING.iter().position(|(known, _)| *known == code))
    });
    let reasons = leavers.iter().map(|at| group::ceasing().category(episodes.rec[at.episode as usize]));
    let ages = leavers.iter().map(|at| match view.history.children.born[at.child as usize].age_at(at.on) {
        years @ 0..=15 => crate::field::age_band(years),
        years => (years.min(18) - 16) as Category + 4,
    });
    vec![
        by_field("starters_by_age_band", "Children starting to be looked after, by age on starting", Field::AgeBand, starters),
        by_field("starters_by_sex", "Children starting to be looked after, by sex", Field::Sex, starters),
        by_field("starters_by_need", "Children starting to be looked after, by category of need", Field::CategoryOfNeed, starters),
        tabulate(
            "starters_by_legal_status",
            "Children starting to be looked after, by legal status",
            rows_of(LEGAL_STATUSES_ON_STARTING.iter().map(|(_, named)| *named)),
            legal,
        ),
        by_field("starters_by_uasc", "Children starting to be looked after, unaccompanied or not", Field::Uasc, starters),
        tabulate("leavers_by_age", "Children ceasing to be looked after, by age", rows_of(AGES_ON_CEASING.iter().copied()), ages),
        by_field("leavers_by_sex", "Children ceasing to be looked after, by sex", Field::Sex, leavers),
        tabulate("leavers_by_reason", "Children ceasing to be looked after, by reason", rows_of(REASONS_FOR_CEASING), reasons),
        by_field("leavers_by_uasc", "Children ceasing to be looked after, unaccompanied or not", Field::Uasc, leavers),
        change_reasons(view),
    ]
}

/// Moves from one placement to another, by the reason given.
fn change_reasons(view: &View) -> Breakdown {
    let moves = view.timeline.placements_ended(view.range.from, view.range.to).filter_map(|placement| {
        let end = end::of(view, placement);
        let moved = !matches!(end, End::LeftCare | End::NotExplained);
        (moved && view.admits_end_of(placement)).then_some(match end {
            End::Moved(reason) => group::change().category(reason),
            _ => UNKNOWN,
        })
    });
    tabulate("change_reasons", "Moves from one placement to another, by reason", rows_of(REASONS_FOR_CHANGE), moves)
}

fn position(at: Option<usize>) -> Category {
    at.map_or(UNKNOWN, |at| at as Category)
}

fn rows_of(names: impl IntoIterator<Item = Named>) -> Vec<Row> {
    names.into_iter().map(|named| Row { key: named.key.into(), label: named.label.into(), count: 0 }).collect()
}

fn empty_rows(view: &View, field: Field) -> Vec<Row> {
    match field {
        Field::Authority => {
            view.history.authorities.iter().map(|name| Row { key: name.clone().into(), label: name.clone().into(), count: 0 }).collect()
        }
        _ => rows_of(field.categories().iter().copied()),
    }
}

fn tabulate(by: &'static str, label: &'static str, mut rows: Vec<Row>, categories: impl Iterator<Item = Category>) -> Breakdown {
    let (mut unknown, mut total) = (0, 0);
    for category in categories {
        total += 1;
        match rows.get_mut(category as usize) {
            Some(row) => row.count += 1,
            None => unknown += 1,
        }
    }
    Breakdown { by, label, rows, unknown, total }
}
