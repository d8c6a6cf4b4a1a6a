//! Decisions that a child should be placed for adoption, their reversal, and adoptions (PlacedAdoption, AD1).

use domain::Day;
use domain::code::{ls, place};

use super::{Paper, dice, table};
use crate::Authority;
use crate::kind::Legal;
use crate::life::{Change, Exit, Period};
use crate::rates::Route;
use crate::record::Child;
use crate::returns::{File, Year};
use crate::text::line;

/// A decision and, where it was given up, the day and reason.
struct Decision {
    decided: Day,
    reversed: Option<(Day, &'static str)>,
}

/// The decisions of one period of care, one for each time under a placement order: made some weeks before the order (rules 553, 554).
fn decisions_of(authority: &Authority, child: &Child, period: &Period) -> Vec<Decision> {
    let mut dice = dice(authority, child, Paper::Adoption);
    let mut decisions: Vec<Decision> = Vec::new();
    let mut under_order = false;
    let mut earliest = period.start;
    for &(on, change) in &period.changes {
        let (Change::Legal(to) | Change::Both(to, _)) = change else { continue };
        if to == Legal::PlacementOrder {
            decisions.push(Decision { decided: on.plus(-dice.between(20, 70)).max(earliest), reversed: None });
            under_order = true;
        } else if under_order {
            let reason = dice.by_weight(&[("RD1", 0.25), ("RD3", 0.45), ("RD4", 0.3)]);
            if let Some(last) = decisions.last_mut() {
                last.reversed = Some((on, reason));
            }
            under_order = false;
            earliest = on.plus(1);
        }
    }
    if under_order
        && period.exit != Exit::By(Route::Adoption)
        && let Some(last) = decisions.last_mut()
    {
        last.reversed = Some((period.end, "RD4"));
    }
    decisions
}

/// PlacedAdoption: decisions in force in the year, for children with an episode in it.
pub(super) fn decisions(authority: &Authority, year: Year) -> File {
    let mut file = table("placed_adoption.csv", "PlacedAdoption", "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED");
    for child in authority.children.iter().filter(|child| child.is_in(year)) {
        for period in child.periods.iter().filter(|period| year.touches(period.start, period.end)) {
            for decision in decisions_of(authority, child, period) {
                let over = decision.reversed.is_some_and(|(on, _)| on < year.start);
                if decision.decided > year.end || over {
                    continue;
                }
                let reversed = decision.reversed.filter(|&(on, _)| on <= year.end);
                let (on, why) = reversed.map_or((String::new(), ""), |(on, why)| (on.statutory(), why));
                line(&mut file.text, format_args!("{},{},{},{on},{why}", child.id, child.born.statutory(), decision.decided.statutory()));
            }
        }
    }
    file
}

/// AD1: children adopted in the year.
pub(super) fn adoptions(authority: &Authority, year: Year) -> File {
    let mut file = table("ad1.csv", "AD1", "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR");
    for child in &authority.children {
        let adopted = |period: &&Period| period.exit == Exit::By(Route::Adoption) && year.holds(period.end);
        let Some(period) = child.periods.iter().find(adopted) else { continue };
        let Some(decision) = decisions_of(authority, child, period).pop() else { continue };
        let Some(placed) = child.episodes.iter().rfind(|episode| episode.legal == ls::E1 && is_adoptive(episode.place)) else { continue };
        let mut dice = dice(authority, child, Paper::Adoption);
        let matched = placed.start.plus(-dice.between(7, 40)).max(decision.decided);
        let own_carers = u8::from(placed.place == place::A5);
        let (sex, status) = dice.by_weight(&[
            (("MF", "L11"), 0.64),
            (("MF", "L3"), 0.10),
            (("FF", "L12"), 0.07),
            (("MM", "L12"), 0.07),
            (("MM", "L2"), 0.02),
            (("F1", "L0"), 0.09),
            (("M1", "L0"), 0.01),
        ]);
        let adopters = if status == "L0" { 1 } else { 2 };
        line(
            &mut file.text,
            format_args!(
                "{},{},{},{},{own_carers},{adopters},{sex},{status}",
                child.id,
                child.born.statutory(),
                decision.decided.statutory(),
                matched.statutory()
            ),
        );
    }
    file
}

fn is_adoptive(code: domain::Code) -> bool {
    matches!(code, place::A3 | place::A4 | place::A5 | place::A6)
}
