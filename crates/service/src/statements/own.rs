//! What an authority's own returns say, as it may be published: every table withholds small numbers and what would give them away.
//!
//! Publishing tables that overlap gives small numbers away even where each table alone does not (dossier F12). So each characteristic
//! stands in one table at a date, alone or crossed with one other, and everything else that rests on it (rates, shares, measure cards)
//! uses the numbers of that table. Where the Department has published the same table for the same date and withheld cells, ours withholds
//! them too, and is not crossed: what two papers show together is then what the Department's shows alone.

use std::collections::BTreeMap;

use analysis::field::Field;
use analysis::measure::{self, Locality, Measured, Settings, Unit};
use analysis::profile::{self, Breakdown};
use analysis::publish::{self, Rule};
use analysis::view::{Question, View};
use domain::{Day, Value};
use reference::AreaId;
use reference::published::Table;

use super::hosts;
use crate::App;
use crate::cohorts;
use crate::holdings::Holding;

/// A table with one way in, as it may be published.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    /// By what.
    pub label: &'static str,
    /// Key, label and number of each category.
    pub rows: Vec<(String, String, Value)>,
    /// Not recorded, refused, or not to be worked out.
    pub unknown: Value,
    /// All of them.
    pub total: Value,
}

/// A table with two ways in, as it may be published; the unknown last.
#[derive(Clone, Debug)]
pub(super) struct Crossed {
    pub down: Field,
    pub across: Field,
    pub row_labels: Vec<String>,
    pub column_labels: Vec<String>,
    pub cells: Vec<Vec<Value>>,
    pub row_totals: Vec<Value>,
    pub column_totals: Vec<Value>,
    pub total: Value,
}

/// A measure card as it may be published.
#[derive(Clone, Debug)]
pub(super) struct Carded {
    /// The card's words; its own numbers are not to be shown.
    pub measured: Measured,
    pub value: Value,
    pub numerator: Value,
    pub denominator: Value,
    pub unknown: Value,
}

/// What the returns say of one date and the twelve months before it.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub on: Day,
    /// Whether the returns cover all twelve months, so that starters and moves can be counted.
    pub whole_year: bool,
    pub total: Value,
    stock: BTreeMap<Field, Counts>,
    flows: BTreeMap<&'static str, Counts>,
    pub crossed: Vec<Crossed>,
    /// Children outside the boundary by the area they live in; nothing where the number outside is withheld, or at another date than the statement's.
    pub hosts: Option<Counts>,
    cards: BTreeMap<&'static str, Carded>,
}

/// What the returns say.
#[derive(Debug)]
pub(super) struct Own<'a> {
    pub holding: &'a Holding,
    /// The date of the statement.
    pub now: Moment,
    /// Each 31 March that the returns cover, by year.
    pub years: BTreeMap<u32, Moment>,
}

/// Fields that are shown crossed. No field stands in two of them.
const CROSSED: [(Field, Field); 3] =
    [(Field::AgeBand, Field::Sex), (Field::PlacementGroup, Field::ProviderGroup), (Field::DistanceBand, Field::Locality)];

/// Fields that are shown alone.
const ALONE: [Field; 4] = [Field::EthnicGroup, Field::LegalStatusGroup, Field::CategoryOfNeed, Field::Uasc];

/// Cards whose counted and unknown children together are a total that another table prints: all children, or those in foster homes.
const WITHIN_PRINTED_TOTALS: [&str; 3] = ["M03", "M08", "M09"];

/// The Department's table of a field and its word for the unknown.
pub(super) fn published_group(field: Field) -> Option<(&'static str, &'static str)> {
    match field {
        Field::AgeBand => Some(("age", "")),
        Field::Sex => Some(("sex", "")),
        Field::EthnicGroup => Some(("ethnicity", "unknown")),
        Field::LegalStatusGroup => Some(("legal", "")),
        Field::CategoryOfNeed => Some(("need", "")),
        Field::PlacementGroup => Some(("placement", "")),
        Field::ProviderGroup => Some(("provider", "not_reported")),
        Field::DistanceBand => Some(("distance", "unknown")),
        Field::Locality => Some(("locality", "")),
        Field::Uasc => Some(("uasc", "")),
        Field::Age | Field::BroadType | Field::Authority => None,
    }
}

/// The Department's numbers of the same children at the same date, where there are any.
#[derive(Clone, Copy)]
struct Elsewhere<'a> {
    table: &'a Table,
    area: AreaId,
    year: u32,
}

impl Elsewhere<'_> {
    fn withholds(self, group: &str, category: &str) -> bool {
        matches!(self.table.value(self.area, self.year, group, category), Value::Suppressed | Value::RoundsToZero)
    }

    fn withholds_any(self, field: Field) -> bool {
        published_group(field).is_some_and(|(group, unknown)| {
            field.categories().iter().map(|named| named.key).chain([unknown]).any(|key| self.withholds(group, key))
        })
    }

    /// The Department crosses distance and locality itself.
    fn withholds_a_crossing(self, down: Field) -> bool {
        const BOTH: [&str; 6] = ["in_le20", "out_le20", "in_gt20", "out_gt20", "in_unknown", "out_unknown"];
        down == Field::DistanceBand && BOTH.iter().any(|key| self.withholds("distance_locality", key))
    }
}

impl<'a> Own<'a> {
    /// Counts the returns at a date and at every 31 March that they cover. `published` is whose published tables are about the same children.
    pub(super) fn count(app: &App, holding: &'a Holding, on: Day, published: Option<AreaId>) -> Self {
        let settings = cohorts::settings(holding);
        let moment = |on: Day, crossing: Crossing| {
            let (_, month, day) = on.ymd();
            let table = app.published().table("cla_31_march").filter(|_| (month, day) == (3, 31));
            let elsewhere = table.zip(published).map(|(table, area)| Elsewhere { table, area, year: on.year() });
            holding.view(app, Question::at(on), |view| Moment::count(view, &settings, elsewhere, crossing))
        };
        let now = moment(on, Crossing::Yes);
        let mut years = BTreeMap::new();
        if let Some((first, last)) = holding.read.history.covers {
            for year in first.return_year()..=last.return_year().min(on.return_year()) {
                let end = Day::year_end(year);
                if end == on {
                    years.insert(year, now.clone());
                } else if end <= last && end < on {
                    years.insert(year, moment(end, Crossing::No));
                }
            }
        }
        Self { holding, now, years }
    }

    /// The numbers of a year's end.
    pub(super) fn year(&self, year: u32) -> Option<&Moment> {
        self.years.get(&year)
    }
}

/// Whether tables with two ways in are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Crossing {
    Yes,
    No,
}

impl Moment {
    fn count(view: &View<'_>, settings: &Settings, elsewhere: Option<Elsewhere<'_>>, crossing: Crossing) -> Self {
        let rule = Rule::default();
        let total = rule.number(view.stock().len() as u64);
        let (mut stock, mut crossed) = (BTreeMap::new(), Vec::new());
        let mut alone: Vec<Field> = ALONE.to_vec();
        for (down, across) in CROSSED {
            let free = elsewhere.is_none_or(|elsewhere| {
                !elsewhere.withholds_any(down) && !elsewhere.withholds_any(across) && !elsewhere.withholds_a_crossing(down)
            });
            if crossing == Crossing::Yes && free && total.known().is_some() {
                let table = cross(rule, &profile::cross(view, down, across));
                if table.total.known().is_some() {
                    stock.insert(down, margin(down, &table.row_totals, table.total));
                    stock.insert(across, margin(across, &table.column_totals, table.total));
                    crossed.push(table);
                    continue;
                }
            }
            alone.extend([down, across]);
        }
        for field in alone {
            let mut counts = one_way(rule, &profile::breakdown(view, field), total);
            if let (Some(elsewhere), Some((group, unknown))) = (elsewhere, published_group(field)) {
                for (key, _, value) in &mut counts.rows {
                    if elsewhere.withholds(group, key) {
                        *value = Value::Suppressed;
                    }
                }
                if !unknown.is_empty() && elsewhere.withholds(group, unknown) {
                    counts.unknown = Value::Suppressed;
                }
            }
            stock.insert(field, counts);
        }

        let (starters, leavers) = paired(rule, view.starters().len() as u64, view.leavers().len() as u64);
        let flows = profile::flows(view).into_iter().map(|breakdown| {
            let all = match breakdown.by {
                by if by.starts_with("starters") => starters,
                by if by.starts_with("leavers") => leavers,
                _ => rule.number(breakdown.total),
            };
            (breakdown.by, one_way(rule, &breakdown, all))
        });
        let flows: BTreeMap<&'static str, Counts> = flows.collect();

        let outside = stock.get(&Field::Locality).and_then(|counts| counts.value("out"));
        let hosts = outside.filter(|_| crossing == Crossing::Yes).map(|outside| one_way(rule, &hosts::breakdown(view, rule), outside));

        let mut moment = Self {
            on: view.on,
            whole_year: view.history.covers.is_some_and(|(first, _)| first <= view.range.from),
            total,
            stock,
            flows,
            crossed,
            hosts,
            cards: BTreeMap::new(),
        };
        let cards: Vec<Carded> = measure::all(view, settings)
            .into_iter()
            .map(|measured| moment.card_of(rule, settings, (starters, leavers), measured))
            .collect();
        moment.cards = cards.into_iter().map(|card| (card.measured.id, card)).collect();
        moment
    }

    /// The children of the date by a field.
    pub(super) fn stock(&self, field: Field) -> Option<&Counts> {
        self.stock.get(&field)
    }

    /// Starters, leavers or moves of the twelve months, where the returns cover them.
    pub(super) fn flow(&self, by: &str) -> Option<&Counts> {
        self.flows.get(by).filter(|_| self.whole_year)
    }

    /// A measure card. Those about the twelve months are held only where the returns cover them.
    pub(super) fn card(&self, id: &str) -> Option<&Carded> {
        let of_the_year = !matches!(id, "M01a" | "M01b" | "M04" | "M05" | "M05d" | "M06" | "M07" | "M08" | "M09");
        self.cards.get(id).filter(|_| self.whole_year || !of_the_year)
    }

    fn card_of(&self, rule: Rule, settings: &Settings, (starters, leavers): (Value, Value), measured: Measured) -> Carded {
        let withheld = |measured: Measured| Carded {
            value: measured.value.0.known().map_or(measured.value.0, |_| Value::Suppressed),
            numerator: Value::Suppressed,
            denominator: Value::Suppressed,
            unknown: Value::Suppressed,
            measured,
        };
        let Some(numerator) = measured.numerator else {
            return Carded {
                value: measured.value.0,
                numerator: measured.value.0,
                denominator: measured.value.0,
                unknown: measured.value.0,
                measured,
            };
        };
        let denominator = measured.denominator.unwrap_or(0);
        // A card that counts as a table does shows what the table shows.
        let as_in = |value: Value, all: Value, unknown: Value, measured: Measured| match (value, all) {
            (Value::Known(_), Value::Known(_)) => Carded { value: measured.value.0, numerator: value, denominator: all, unknown, measured },
            _ => withheld(measured),
        };
        let in_table = |field: Field, key: &str| {
            let counts = self.stock(field)?;
            Some((counts.value(key)?, counts.unknown))
        };
        let nobody_unknown = Value::Known(0.0);
        match (measured.id, measured.unit) {
            ("M01a" | "M01b", _) => as_in(self.total, self.total, nobody_unknown, measured),
            ("M02a" | "M02c", _) => as_in(starters, starters, nobody_unknown, measured),
            ("M02b" | "M02d", _) => as_in(leavers, leavers, nobody_unknown, measured),
            ("M05" | "M05d" | "M07", _) if measured.id != "M07" || is_default(settings) => {
                let key = if measured.id == "M07" { "le20" } else { "gt20" };
                match (in_table(Field::DistanceBand, "le20"), in_table(Field::DistanceBand, key)) {
                    // With one distance and all children known the rest is known too, so both must be free to be shown.
                    (Some((Value::Known(_), _)), Some((shown, unknown @ Value::Known(_)))) => {
                        as_in(shown, Value::Known(denominator as f64), unknown, measured)
                    }
                    _ => withheld(measured),
                }
            }
            ("M06", _) => match in_table(Field::Locality, "out") {
                Some((shown, unknown)) => as_in(shown, self.total, unknown, measured),
                None => withheld(measured),
            },
            ("M08" | "M09", _) if in_table(Field::PlacementGroup, "foster").is_none_or(|(foster, _)| foster.known().is_none()) => {
                withheld(measured)
            }
            (_, Unit::Children | Unit::Incidents) => {
                let shown = rule.number(numerator);
                as_in(shown, shown, rule.number(measured.unknown), measured)
            }
            (_, Unit::Days | Unit::Score) => {
                as_in(rule.number(denominator), rule.number(denominator), rule.number(measured.unknown), measured)
            }
            (_, Unit::PerThousandNights) => as_in(rule.number(numerator), rule.number(numerator), rule.number(measured.unknown), measured),
            // Who is not known stands apart from these, and the two together are printed nowhere: a small unknown is withheld alone.
            (id, Unit::Ratio) if !WITHIN_PRINTED_TOTALS.contains(&id) => {
                let rest = denominator.saturating_sub(numerator);
                match publish::one_way(rule, &[rest, numerator]).cells.as_slice() {
                    [Value::Known(_), shown @ Value::Known(_)] => {
                        as_in(*shown, Value::Known(denominator as f64), rule.number(measured.unknown), measured)
                    }
                    _ => withheld(measured),
                }
            }
            (_, Unit::Ratio | Unit::PerTenThousand) => {
                let rest = denominator.saturating_sub(numerator);
                let shown = publish::one_way(rule, &[rest, numerator, measured.unknown]);
                match shown.cells.as_slice() {
                    [Value::Known(_), numerator @ Value::Known(_), unknown] => {
                        as_in(*numerator, Value::Known(denominator as f64), *unknown, measured)
                    }
                    _ => withheld(measured),
                }
            }
        }
    }
}

fn is_default(settings: &Settings) -> bool {
    matches!(settings.locality, Locality::FromHome { tenths } if tenths == analysis::field::TWENTY_MILES)
}

/// Starters and leavers stand beside two years' children: with one of them shown, the other follows, so both are withheld or neither.
fn paired(rule: Rule, starters: u64, leavers: u64) -> (Value, Value) {
    if rule.is_small(starters) || rule.is_small(leavers) {
        (Value::Suppressed, Value::Suppressed)
    } else {
        (Value::Known(starters as f64), Value::Known(leavers as f64))
    }
}

impl Counts {
    /// The number of a category; `unknown` for those not known.
    pub(super) fn value(&self, key: &str) -> Option<Value> {
        match key {
            "total" => Some(self.total),
            _ => self.rows.iter().find(|(known, ..)| known == key).map(|(.., value)| *value),
        }
    }
}

/// As it may be published beside a total shown elsewhere. Where the cells cannot be protected under that total, none is shown.
fn one_way(rule: Rule, breakdown: &Breakdown, total: Value) -> Counts {
    let cells: Vec<u64> = breakdown.rows.iter().map(|row| row.count).chain([breakdown.unknown]).collect();
    let shown = publish::one_way(rule, &cells);
    let free = shown.total.known().is_some() && total.known().is_some();
    let cell = |at: usize| if free { shown.cells[at] } else { Value::Suppressed };
    let rows = breakdown.rows.iter().enumerate().map(|(at, row)| (row.key.clone().into_owned(), row.label.clone().into_owned(), cell(at)));
    Counts { label: breakdown.label, rows: rows.collect(), unknown: cell(breakdown.rows.len()), total }
}

fn margin(field: Field, totals: &[Value], total: Value) -> Counts {
    let rows = field.categories().iter().zip(totals).map(|(named, &value)| (named.key.to_owned(), named.label.to_owned(), value));
    Counts { label: field.label(), rows: rows.collect(), unknown: totals.last().copied().unwrap_or(Value::NotAvailable), total }
}

fn cross(rule: Rule, table: &profile::CrossTable) -> Crossed {
    let shown = publish::two_way(rule, &table.counts);
    let labels = |rows: &[profile::Row]| rows.iter().map(|row| row.label.clone().into_owned()).chain(["Not known".to_owned()]).collect();
    Crossed {
        down: table.down,
        across: table.across,
        row_labels: labels(&table.rows),
        column_labels: labels(&table.columns),
        cells: shown.cells,
        row_totals: shown.row_totals,
        column_totals: shown.column_totals,
        total: shown.total,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starters_and_leavers_are_withheld_together() {
        let rule = Rule::default();
        assert_eq!(paired(rule, 3, 40), (Value::Suppressed, Value::Suppressed));
        assert_eq!(paired(rule, 0, 7), (Value::Known(0.0), Value::Known(7.0)));
    }

    #[test]
    fn where_the_total_is_withheld_nothing_is_shown() {
        let row = |count| profile::Row { key: "a".into(), label: "A".into(), count };
        let rule = Rule::default();
        // Three children in one category: the noughts beside it would say that all three are there.
        let breakdown = Breakdown { by: "x", label: "X", rows: vec![row(3), row(0)], unknown: 0, total: 3 };
        let counts = one_way(rule, &breakdown, rule.number(3));
        assert_eq!((counts.total, counts.unknown), (Value::Suppressed, Value::Suppressed));
        assert!(counts.rows.iter().all(|(.., value)| *value == Value::Suppressed), "{counts:?}");
    }
}
