//! Homes of the market in which no child of the example lives: a register names many more homes than an authority uses.

use crate::text::line;

/// So many invented homes as `settings.csv` has them, in the areas of these numbers of the Department. Every home, company and number is invented: their
/// numbers begin with 95, and no real one does with 9.
pub fn further_homes(areas: &[&str], homes: u32) -> String {
    const NAMES: [&str; 8] = ["Alder", "Beech", "Chestnut", "Fir", "Hawthorn", "Linden", "Poplar", "Sycamore"];
    const ENDS: [&str; 6] = ["Cottage", "Croft", "Gate", "Grange", "Lodge", "Mead"];
    const FIRST: [&str; 8] = ["Imaginary", "Supposed", "Unreal", "Invented", "Dreamt", "Drawn", "Painted", "Fancied"];
    const SECOND: [&str; 5] = ["Harbour Care", "Meadow Homes", "Lantern Futures", "Compass Living", "Orchard Lives"];
    const JUDGED: [&str; 8] = ["Good", "Good", "Outstanding", "Good", "Requires improvement to be good", "Good", "", "Inadequate"];
    const OUTCOMES: [&str; 4] = ["outcome-1", "outcome-2", "", "outcome-3"];
    let mut text =
        String::from("urn,name,type,sector,owner,dfe_number,postcode,places,age_from,age_to,judgement,inspected,opened,closed\n");
    for number in 0..homes {
        let of = |list: &[&'static str], step: u32| list[(number / step) as usize % list.len()];
        let supported = number % 3 == 2;
        let judged = if supported { of(&OUTCOMES, 3) } else { of(&JUDGED, 5) };
        let year = 2026 - u32::from(number % 7 == 0);
        let inspected = if judged.is_empty() { String::new() } else { format!("{year}-{:02}-{:02}", number % 3 + 1, number % 27 + 1) };
        let (kind, ages, most) = if supported { ("Supported accommodation", "16,17", 4) } else { ("Children's home", "8,17", 5) };
        let sector = if number % 9 == 4 { "Voluntary" } else { "Private" };
        let opened = if supported { "2023-10-28".to_owned() } else { format!("{}-{:02}-01", 2012 + number % 13, number % 12 + 1) };
        let area = areas.get(number as usize % areas.len().max(1)).copied().unwrap_or_default();
        line(
            &mut text,
            format_args!(
                "{},Imaginary {} {} {number},{kind},{sector},{} {},{area},,{},{ages},{judged},{inspected},{opened},",
                9_500_000 + number,
                of(&NAMES, 1),
                of(&ENDS, 8),
                of(&FIRST, 1),
                of(&SECOND, 8),
                number % most + 1,
            ),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_homes_are_as_many_as_asked_and_no_number_comes_twice() {
        let text = further_homes(&["892", "830"], 300);
        let numbers: std::collections::BTreeSet<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        assert_eq!(numbers.len(), 300);
        let owners: std::collections::BTreeSet<&str> = text.lines().skip(1).filter_map(|line| line.split(',').nth(4)).collect();
        assert_eq!(owners.len(), 40);
    }
}
