//! Forecasts that strategies printed, held against what came. Ofsted found that many authorities' forecasts were not credible; what a paper claimed is
//! judged as our own is (dossier A041: 584 children growing by 3.9% a year were to be 643 in March 2016, and 594 came).

use domain::{Day, Finding};
use forecast::examiner::claim::Claim;
use ingest::claims::{PrintedClaim, read_claims};
use reference::{AreaId, authority};

use crate::holdings::Holding;
use crate::plans::Named;
use crate::profile::Profile;
use crate::{App, Error};

/// The published measure of children in care on 31 March.
const MEASURE: &str = "children-looked-after";

/// A printed forecast and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// Whose children.
    pub authority: String,
    /// What was printed.
    pub claim: Claim,
    /// The day that it speaks of.
    pub until: Day,
    /// The children that it makes of that day.
    pub said: u32,
    /// Children who came, and who counted them; else why that cannot be told.
    pub came: Result<(u32, CountedIn), String>,
    /// Where it was printed, as the file says.
    pub source: String,
}

/// Where what came was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedIn {
    /// In the returns given.
    Returns,
    /// In the Department's table of 31 March.
    Published,
}

impl CountedIn {
    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Returns => "returns",
            Self::Published => "published",
        }
    }
}

impl Claimed {
    /// By what share too many were claimed, below zero for too few.
    pub fn error(&self) -> Option<f64> {
        self.came.as_ref().ok().and_then(|&(came, _)| self.claim.error(self.until, came))
    }

    /// In a sentence.
    pub fn says(&self) -> String {
        let said = format!(
            "{}: {} children on {}, growing by {:.1}% a year, were claimed to be {} on {}",
            self.authority,
            self.claim.children,
            self.claim.on.long(),
            self.claim.growth * 100.0,
            self.said,
            self.until.long()
        );
        let (came, of) = match &self.came {
            Ok(came) => *came,
            Err(why) => return format!("{said}. What came cannot be told: {why}."),
        };
        let counted = match of {
            CountedIn::Returns => "by the returns",
            CountedIn::Published => "as published",
        };
        let difference = i64::from(self.said) - i64::from(came);
        let verdict = match (difference, self.error()) {
            (0, _) | (_, None) => "right to the child".to_owned(),
            (more, Some(error)) if more > 0 => format!("{more} too many ({:+.1}%)", error * 100.0),
            (fewer, Some(error)) => format!("{} too few ({:+.1}%)", -fewer, error * 100.0),
        };
        format!("{said}; {came} came, {counted}: {verdict}.")
    }
}

/// Reads printed forecasts and sets each beside what came: by the returns where they are its authority's and cover the day, else as published for 31 March.
///
/// # Errors
/// `Unusable` when no line can be read.
pub fn claims(app: &App, holding: Option<&Holding>, file: Named<'_>) -> Result<(Vec<Claimed>, Vec<Finding>), Error> {
    let (lines, findings) = read_claims(file.name, file.bytes);
    if lines.is_empty() {
        return Err(Error::no_line(file.name, &ingest::claims::COLUMNS.join(","), &findings));
    }
    Ok((lines.into_iter().map(|line| examine(app, holding, line)).collect(), findings))
}

fn examine(app: &App, holding: Option<&Holding>, line: PrintedClaim) -> Claimed {
    let PrintedClaim { authority, children, on, growth, until, source } = line;
    let claim = Claim { children, on, growth };
    let came = came(app, holding, &authority, until);
    let authority = match (authority.is_empty(), holding) {
        (true, Some(holding)) => holding.name(),
        (true, None) => "An authority not named".to_owned(),
        (false, _) => authority,
    };
    Claimed { said: claim.children_on(until), authority, claim, until, came, source }
}

/// Children who came: by the returns where they tell, else as published.
fn came(app: &App, holding: Option<&Holding>, name: &str, until: Day) -> Result<(u32, CountedIn), String> {
    let found = authority::find(name);
    let area = if name.is_empty() {
        // Whoever names nobody means whose returns these are.
        holding.and_then(Holding::profile).filter(|profile| !profile.fictitious).and_then(|profile| profile.area)
    } else {
        found.as_ref().ok().map(|authority| authority.id)
    };
    let meant = holding.map(|holding| (holding, meant(holding, name, area)));
    let is_held = meant.as_ref().is_some_and(|(_, meant)| meant.contains(&true));
    if let (false, false, Err(unknown)) = (name.is_empty(), is_held, &found) {
        return Err(unknown.to_string());
    }
    let counted = meant.and_then(|(holding, meant)| in_returns(holding, &meant, until));
    let published = || Some((published(app, area?, until)?, CountedIn::Published));
    let neither = || "neither the returns nor the published counts of 31 March reach that day".to_owned();
    counted.map(|came| (came, CountedIn::Returns)).or_else(published).ok_or_else(neither)
}

/// Which authorities of the returns a name means: all of them where there is none.
fn meant(holding: &Holding, name: &str, area: Option<AreaId>) -> Vec<bool> {
    let is_meant = |profile: &Profile| {
        name.is_empty() || profile.name.eq_ignore_ascii_case(name) || (!profile.fictitious && area.is_some() && profile.area == area)
    };
    holding.profiles.iter().map(is_meant).collect()
}

/// Children of the authorities meant who are in care on a day that the returns of all of them cover.
fn in_returns(holding: &Holding, meant: &[bool], on: Day) -> Option<u32> {
    let history = &holding.read.history;
    let (first, last) = history.covers?;
    let covered = |at: usize| history.covers_each.get(at).copied().flatten().is_none_or(|(first, last)| (first..=last).contains(&on));
    if !(first..=last).contains(&on) || !meant.contains(&true) || (0..meant.len()).any(|at| meant[at] && !covered(at)) {
        return None;
    }
    let of = |child: u32| meant[usize::from(history.children.authority[child as usize])];
    Some(holding.timeline.stock(history, on).into_iter().filter(|standing| of(standing.child)).count() as u32)
}

/// What the Department published for a 31 March.
fn published(app: &App, area: AreaId, on: Day) -> Option<u32> {
    let year = on.return_year();
    let measure = app.published().measure(MEASURE)?;
    let count = || measure.value(area, year).known().map(|count| count as u32);
    (on == Day::year_end(year)).then(count).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Claimed {
        let text = format!("authority,children,on,growth_percent,until,source\n{line}\n");
        claims(&App::new(), None, Named { name: "claims.csv", bytes: text.as_bytes() }).unwrap().0.swap_remove(0)
    }

    /// Dossier A041; the Department's count of 31 March 2016 is 594.
    #[test]
    fn a_growth_of_3_9_per_cent_from_584_claimed_8_2_per_cent_too_many() {
        let claimed = one("Nottingham,584,2013-09-30,3.9,2016-03-31,Executive Board report of January 2014");
        assert_eq!((claimed.said, claimed.came.as_ref()), (643, Ok(&(594, CountedIn::Published))));
        assert!(claimed.says().ends_with("643 on 31 March 2016; 594 came, as published: 49 too many (+8.2%)."), "{}", claimed.says());
    }

    #[test]
    fn what_nobody_counted_is_not_judged() {
        for line in ["Nottingham,584,2013-09-30,3.9,2016-04-01,", "Atlantis,584,2013-09-30,3.9,2016-03-31,"] {
            let claimed = one(line);
            assert_eq!((claimed.came.is_err(), claimed.error()), (true, None));
            assert!(claimed.says().contains("cannot be told"), "{}", claimed.says());
        }
        let misspelt = one("Notingham,584,2013-09-30,3.9,2016-03-31,").says();
        assert!(
            misspelt.contains("no authority is called 'Notingham'; the nearest names are") && misspelt.contains("Nottingham"),
            "{misspelt}"
        );
        let said = claims(&App::new(), None, Named { name: "c.csv", bytes: b"children\n5\n" }).unwrap_err().to_string();
        assert!(said.contains("c.csv has no line") && said.contains("authority,children,on"), "{said}");
    }
}
