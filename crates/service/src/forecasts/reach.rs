//! How far returns reach of which some end before others.

use domain::Day;
use domain::history::History;
use forecast::known::Known;

/// The days that can be learnt from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reach {
    /// The first day of the earliest returns.
    pub(crate) first: Day,
    /// The last day that the returns of every authority cover. Beyond it the silence of some would be taken for children who do not come.
    pub(crate) last: Day,
    /// What is to be said where newer returns are left aside for it.
    pub(crate) warning: Option<String>,
}

/// Authorities that are named in one sentence; of more, how many.
const NAMED: usize = 5;

/// How far a history reaches; nothing where it holds no dates.
pub(crate) fn reach(history: &History) -> Option<Reach> {
    let (first, end) = history.covers?;
    let each = history.authorities.iter().zip(&history.covers_each);
    let ends: Vec<(&str, Day)> = each.filter_map(|(name, covers)| Some((name.as_str(), (*covers)?.1))).collect();
    let last = ends.iter().map(|&(_, last)| last).min().unwrap_or(end).min(end);
    let early: Vec<String> = ends.iter().filter(|&&(_, of)| of < end).map(|(name, of)| format!("{name} on {}", of.long())).collect();
    let warning = (last < end).then(|| {
        let who = match early.get(NAMED..) {
            Some(more) if !more.is_empty() => format!("{} and {} more", early[..NAMED].join(", "), more.len()),
            _ => early.join(", "),
        };
        format!(
            "Not all returns end on {}: those of {who}. What is known of everybody ends on {}, and what came later is left aside, because silence would be \
             taken for nobody coming. Add the missing returns, or give the others by themselves.",
            end.long(),
            last.long()
        )
    });
    Some(Reach { first, last, warning })
}

/// The last day that is known of everybody.
pub(crate) fn known_until(history: &History) -> Option<Day> {
    reach(history).map(|reach| reach.last)
}

/// The returns as they stood on a day, or where those of every authority end if that is earlier.
pub(crate) fn known(history: &History, on: Day) -> Known {
    Known::at(history, reach(history).map_or(on, |reach| on.min(reach.last)))
}

/// The same history of which nothing before a day is learnt from: its children are known, their earlier nights do not count.
pub(crate) fn learnt_from(history: &mut History, from: Option<Day>) {
    if let Some(from) = from {
        history.covers = history.covers.map(|(first, last)| (first.max(from), last));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(ends: &[u32]) -> History {
        let covers = |&end: &u32| (Day::year_start(2018), Day::year_end(end));
        History {
            authorities: (0..ends.len()).map(|at| format!("A{at}")).collect(),
            covers: ends.iter().max().map(covers),
            covers_each: ends.iter().map(|end| Some(covers(end))).collect(),
            ..History::default()
        }
    }

    #[test]
    fn the_earliest_end_holds_for_all_and_is_said() {
        let one = reach(&history(&[2026])).unwrap();
        assert_eq!((one.last, one.warning), (Day::year_end(2026), None));
        let found = reach(&history(&[2026, 2025, 2026])).unwrap();
        assert_eq!(found.last, Day::year_end(2025));
        let warning = found.warning.unwrap();
        assert!(warning.contains("those of A1 on 31 March 2025.") && warning.contains("31 March 2026"), "{warning}");
        let many = reach(&history(&[2025, 2025, 2025, 2025, 2025, 2025, 2026])).unwrap().warning.unwrap();
        assert!(many.contains("A4 on 31 March 2025 and 1 more."), "{many}");
        // Histories of which nobody told more than the whole.
        let untold = History { covers_each: Vec::new(), ..history(&[2026, 2025]) };
        assert_eq!(reach(&untold).unwrap().last, Day::year_end(2026));
        assert_eq!(reach(&History::default()), None);
    }
}
