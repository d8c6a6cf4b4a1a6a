//! M01: children looked after at a date.

use super::{Card, Direction, Settings, Tally, Unit};
use crate::field::Field;
use crate::view::View;

pub(super) static CARDS: [Card; 2] = [
    Card {
        id: "M01a",
        label: "Children looked after",
        unit: Unit::Children,
        direction: Direction::Context,
        definition: "Children with an episode that began on or before the date and had not ended by it (a child whose episode ends on the date is not \
                     counted), aged under 18, short breaks (V3, V4) left out.",
        source: "Department for Education, children looked after at 31 March",
        needs: None,
        count: children,
    },
    Card {
        id: "M01b",
        label: "Children looked after per 10,000 residents aged 0-17",
        unit: Unit::PerTenThousand,
        direction: Direction::Context,
        definition: "Children looked after on the date (M01a) over residents aged 0-17 of the responsible authorities, times 10,000.",
        source: "Department for Education; population: ONS mid-year estimates",
        needs: None,
        count: rate,
    },
];

fn children(view: &View, _: &Settings, tally: &mut Tally) {
    view.stock().iter().for_each(|at| tally.yes(at));
}

fn rate(view: &View, settings: &Settings, tally: &mut Tally) {
    children(view, settings, tally);
    per_resident(view, tally);
}

/// Divides by the residents of the authorities meant, or says whose number is missing.
pub(super) fn per_resident(view: &View, tally: &mut Tally) {
    let authorities = view.history.authorities.iter().enumerate();
    let limit = view.filter().limit(Field::Authority);
    let meant = authorities.filter(|(at, _)| limit.is_none_or(|limit| limit.contains(&(*at as u16))));
    let (mut residents, mut years) = (0u64, Vec::new());
    for (at, name) in meant {
        let Some(population) = view.facts.population.get(at).copied().flatten() else {
            let whom = if name.is_empty() { "these returns, which do not say whose they are" } else { name };
            tally.not_available(format!("No population aged 0-17 is held for {whom}: give the authority by its official name."));
            return;
        };
        residents += u64::from(population.residents);
        years.push(population.mid_year);
    }
    years.sort_unstable();
    years.dedup();
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    tally.remark(format!("Population: mid-{}.", years.join(" and mid-")));
    tally.divide_by(residents);
}
