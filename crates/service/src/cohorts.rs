//! The children in care on a date: measure cards and profile, for all or for a part of them.

use analysis::filter::Filter;
use analysis::measure::{self, Card, Keep, Measured, Member, Settings};
use analysis::profile::{self, Breakdown};
use analysis::view::{Days, Question};
use domain::Day;

use crate::holdings::Holding;
use crate::statements::words::sentence;
use crate::{App, Error};

/// What is asked of the returns.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The date of counts; the last day that the returns cover if left out.
    pub on: Option<Day>,
    /// First and last day of flows; the twelve months that end on the date if left out.
    pub range: Option<(Day, Day)>,
    /// `FIELD=VALUE`, several of one field being alternatives.
    pub filters: Vec<String>,
}

/// The answer.
#[derive(Debug)]
pub struct Cohort {
    /// The date of counts.
    pub on: Day,
    /// The days of flows.
    pub range: Days,
    /// The authority, where there is only one.
    pub authority: Option<String>,
    /// Every measure card.
    pub measures: Vec<Measured>,
    /// The children by each field, then starters, leavers and moves.
    pub breakdowns: Vec<Breakdown>,
    /// Sentences about dates that the returns do not cover.
    pub warnings: Vec<String>,
}

/// Measures the cohort.
///
/// # Errors
/// `Unusable` for a filter that cannot be understood, with the words that would be; and for a range that ends before it begins.
pub fn measure(app: &App, holding: &Holding, request: &Request) -> Result<Cohort, Error> {
    let question = question(holding, request)?;
    let (on, range) = (question.on, question.range);
    let settings = settings(holding);
    let (measures, breakdowns) = holding.view(app, question, |view| {
        let breakdowns = profile::breakdowns(view).into_iter().chain(profile::flows(view)).collect();
        (measure::all(view, &settings), breakdowns)
    });
    let authority = holding.profile().map(|profile| profile.name.clone()).filter(|name| !name.is_empty());
    Ok(Cohort { on, range, authority, measures, breakdowns, warnings: warnings(holding, on, range) })
}

/// One measure with the rows behind it: the answer to *why*.
#[derive(Debug)]
pub struct Why {
    /// The figure, with its members.
    pub measured: Measured,
    /// Rows of the numerator as people find them: child, file, line.
    pub counted: Vec<RowBehind>,
    /// Rows whose answer is not known.
    pub not_known: Vec<RowBehind>,
}

/// A row that a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowBehind {
    /// The child's identifier as the return has it.
    pub child: String,
    /// The file.
    pub file: String,
    /// The line, the header being line 1.
    pub line: u32,
}

/// Why a measure is what it is.
///
/// # Errors
/// As [`measure()`]; `NotFound` for an id that no card has.
pub fn why(app: &App, holding: &Holding, request: &Request, id: &str) -> Result<Why, Error> {
    let card = measure::card(id).ok_or_else(|| Error::NotFound {
        what: "measure card",
        name: id.to_owned(),
        near: measure::cards().map(|card| card.id.to_owned()).filter(|known| known.starts_with(&id.to_uppercase())).collect(),
    })?;
    let question = question(holding, request)?;
    let settings = settings(holding);
    let measured = holding.view(app, question, |view| Card::measure(card, view, &settings, Keep::Members));
    let behind = |members: &[Member]| members.iter().map(|member| row_behind(holding, *member)).collect();
    Ok(Why { counted: behind(&measured.counted), not_known: behind(&measured.not_known), measured })
}

fn row_behind(holding: &Holding, member: Member) -> RowBehind {
    let history = &holding.read.history;
    let child_id = |child: u32| history.children.id.get(child as usize).to_owned();
    // Only episodes keep their line; rows of the other tables name the child.
    let of_child = |child: u32| RowBehind { child: child_id(child), file: String::new(), line: 0 };
    match member {
        Member::Child { child, episode } => {
            let origin = history.episodes.origin[episode as usize];
            let file = history.files.get(origin.file as usize).cloned().unwrap_or_default();
            RowBehind { child: child_id(child), file, line: origin.row }
        }
        Member::CareLeaver(row) => {
            let leaver = history.care_leavers[row as usize];
            RowBehind { child: history.other_ids.get(leaver.id as usize).to_owned(), file: String::new(), line: 0 }
        }
        Member::Review(row) => of_child(history.reviews[row as usize].child),
        Member::Missing(row) => of_child(history.missing[row as usize].child),
        Member::AdoptionDecision(row) => of_child(history.adoption_decisions[row as usize].child),
    }
}

fn question(holding: &Holding, request: &Request) -> Result<Question, Error> {
    let history = &holding.read.history;
    let on = request.on.or_else(|| holding.newest_year_end()).ok_or_else(|| Error::Unusable("The returns hold no dates.".to_owned()))?;
    let filter = Filter::parse(request.filters.iter().map(String::as_str), &history.authorities)
        .map_err(|fault| Error::Unusable(format!("{}.", sentence(fault.to_string().trim_end_matches('.')))))?;
    let range = match request.range {
        Some((from, to)) if from > to => {
            return Err(Error::Unusable(format!("The range ends on {} before it begins on {}.", to.long(), from.long())));
        }
        Some((from, to)) => Days { from, to },
        None => Days::year_to(on),
    };
    Ok(Question { on, range, filter })
}

/// The choices that the authority makes for itself.
pub(crate) fn settings(holding: &Holding) -> Settings {
    let locality = holding.profile().and_then(|profile| profile.locality);
    Settings { locality: locality.unwrap_or(Settings::default().locality), ..Settings::default() }
}

/// Dates that the returns do not cover give numbers that mean less than they seem to.
fn warnings(holding: &Holding, on: Day, range: Days) -> Vec<String> {
    let Some((first, last)) = holding.read.history.covers else { return Vec::new() };
    let mut warnings = Vec::new();
    if on > last {
        warnings.push(format!(
            "The returns end on {}, before {}: children who left or came since then are not known.",
            last.long(),
            on.long()
        ));
    }
    if on < first {
        warnings.push(format!("The returns begin on {}: only children still in care then are known on {}.", first.long(), on.long()));
    }
    if range.from < first && range.to >= first {
        warnings.push(format!("The twelve months asked for begin on {}, before the returns do ({}).", range.from.long(), first.long()));
    }
    warnings
}
