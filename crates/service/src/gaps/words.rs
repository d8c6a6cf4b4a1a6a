//! The gap in plain English.

use domain::number::half_up;
use forecast::gap::{Gap, Home, Line, Topic, Way};
use forecast::scenario::Ages;

use super::Constrained;

/// `10 to 15`, `16 and 17`, `under 1`.
pub fn age_band(ages: Ages) -> String {
    match (ages.from, ages.to) {
        (0, 0) => "under 1".to_owned(),
        (16, 17) => "16 and 17".to_owned(),
        (from, to) if from == to => from.to_string(),
        (from, to) => format!("{from} to {to}"),
    }
}

/// What would close a line, as something that can be done.
pub fn way(way: Way, line: &Line) -> String {
    way_with(way, line, |count| if count == 1 { "1 place".to_owned() } else { format!("{count} places") })
}

/// The same with places said in one's own words.
pub(crate) fn way_with(way: Way, line: &Line, places: impl Fn(u32) -> String) -> String {
    match way {
        Way::Reopen(count) => format!("Bring {} that are closed or blocked back into use.", places(count)),
        Way::Renew(count) => format!("Renew or bring forward contracts for {}.", places(count)),
        Way::Outside(count) => format!("{} outside the area could be used, where that is right for the child.", places(count)),
        Way::More(count) => {
            let verb = match line.home {
                Home::Foster => "Approve or contract foster carers for",
                Home::ChildrensHome | Home::Supported => "Build, buy in block or contract",
                Home::Secure | Home::School => "Contract",
            };
            let notice = if line.notice == domain::supply::Notice::Emergency { ", to be had the same day" } else { "" };
            format!("{verb} {} more for ages {} with {} need{notice}.", places(count), age_band(line.ages), line.band.name())
        }
    }
}

/// A topic's name and what its numbers can and cannot tell.
pub fn topic(topic: Topic) -> (String, &'static str) {
    match topic {
        Topic::Siblings(size) => (
            format!("Siblings together: groups of {size}{}", if size == 4 { " or more" } else { "" }),
            "Groups are children who came into care on one day from one home; the return names no siblings. Homes are foster homes with so many places, told only where the supply lists households.",
        ),
        Topic::Emergency => (
            "Emergencies: a home the same day".to_owned(),
            "Children in the first four weeks after police protection, an emergency order or an unplanned end.",
        ),
        Topic::SixteenPlus => ("Homes at 16 and 17".to_owned(), "Every kind of home that is stocked."),
        Topic::ParentAndChild => (
            "Parent and child".to_owned(),
            "The return tells only of family centres and mother and baby units (R3), so need in foster homes is not in it.",
        ),
        Topic::ShortBreaks => (
            "Series of short breaks".to_owned(),
            "Children with a series now; a place serves several children in turn, so the two are not set against each other.",
        ),
    }
}

/// What history cannot tell where homes were short.
const HISTORY: &str = "History holds where children lived, not what they needed: where homes were short, the two differ.";

impl Constrained {
    /// In words. Numbers of children that may not be printed are withheld.
    pub fn words(&self, may_print: impl Fn(u32) -> bool) -> String {
        match self.wanted.zip(self.share) {
            Some((wanted, share)) if may_print(wanted.sought_fostering) && may_print(wanted.placed_in_homes - wanted.sought_fostering) => {
                format!(
                    "{HISTORY} Of {} requests that ended in a children’s home, {} sought a foster home; so about {} of the children expected in children’s homes are counted as need for foster carers, from {} to {} in four futures of five, as sure as so many requests are.",
                    wanted.placed_in_homes,
                    wanted.sought_fostering,
                    percent(share.median),
                    percent(share.eighty.0),
                    percent(share.eighty.1)
                )
            }
            Some(_) => format!("{HISTORY} What was sought and not found is counted from the requests; the numbers are small and withheld."),
            None => {
                let review = match self.step_down_candidates {
                    0 => "None of those there now has standard need.".to_owned(),
                    few if !may_print(few) => "A few of those there now have standard need: review them first.".to_owned(),
                    count => format!("{count} of those there now have standard need: review them first."),
                };
                format!(
                    "{HISTORY} No requests tell how many children in children’s homes waited for a carer, so all of them are counted as need for children’s homes. {review}"
                )
            }
        }
    }
}

fn percent(share: f64) -> String {
    format!("{}%", half_up(share * 100.0, 0))
}

/// `Foster home 12%, Secure home 100%`: the homes with a share above nought.
fn shares(shares: [f64; 5], meant: impl Fn(Home) -> bool) -> Vec<String> {
    let above = Home::ALL.into_iter().filter(|&home| meant(home) && shares[home as usize] > 0.0);
    above.map(|home| format!("{} {}", home.name(), percent(shares[home as usize]))).collect()
}

pub(super) fn warnings(gap: &Gap, share: Option<f64>) -> Vec<String> {
    let mut warnings = Vec::new();
    let is_needed = |home: Home| gap.lines.iter().any(|line| line.home == home);
    let untold = shares(gap.terms.complex, |home| !gap.specialist_told[home as usize] && is_needed(home));
    if !untold.is_empty() {
        warnings.push(format!(
            "Of these homes the supply names no specialist one, so complex need is set against as many of their places as children with complex need have there today: {}. Write “specialist” in the type of those that take it.",
            untold.join(", ")
        ));
    }
    let shared = shares(gap.terms.shares, |_| true);
    if share.is_none() && !shared.is_empty() {
        warnings.push(format!(
            "Homes under a framework or on the spot are shared with other authorities. They are counted at the share that this authority's children take today ({}). Another share can be asked for.",
            shared.join(", ")
        ));
    }
    warnings
}
