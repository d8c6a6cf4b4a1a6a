//! What is true of the authorities that were made, beside what their returns say.

use domain::Day;

use crate::Authority;
use crate::dirt::Fault;
use crate::entry::{self, Siblings};
use crate::kind::{Broad, KINDS, Kind};
use crate::life::{Change, Period};
use crate::rates::{AGE_WORDS, Asylum, IN_PLACEMENT_WORDS, Route};
use crate::tally;
use crate::text::{cell, line};

/// The truth files without their header rows, for one authority or for many put together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Truth {
    hazards: String,
    entries: String,
    starts: String,
    siblings: String,
    stock: String,
    faults: String,
}

impl Truth {
    /// The truth of one authority and of the faults put into its files.
    pub(crate) fn of(authority: &Authority, faults: &[Fault]) -> Self {
        let mut truth = Self::default();
        truth.hazards(authority);
        truth.entries(authority);
        truth.starts_and_stock(authority);
        truth.siblings(authority);
        for fault in faults {
            fault.write(&mut truth.faults, &authority.name);
        }
        truth
    }

    /// Adds another authority's.
    pub(crate) fn extend(&mut self, other: &Self) {
        self.hazards.push_str(&other.hazards);
        self.entries.push_str(&other.entries);
        self.starts.push_str(&other.starts);
        self.siblings.push_str(&other.siblings);
        self.stock.push_str(&other.stock);
        self.faults.push_str(&other.faults);
    }

    /// The files by name.
    pub(crate) fn files(&self) -> [(&'static str, String); 7] {
        let with = |header: &str, text: &str| format!("{header}\n{text}");
        [
            ("README.txt", README.to_owned()),
            (
                "hazards.csv",
                with(
                    "authority,kind,age,nights_in_placement,unaccompanied,cause,to,nights,expected,events,rate_per_child_day",
                    &self.hazards,
                ),
            ),
            ("entries.csv", with("authority,parameter,value", &self.entries)),
            ("starts.csv", with("authority,month,children,unaccompanied", &self.starts)),
            ("siblings.csv", with("authority,family,child,start,first_home", &self.siblings)),
            ("stock.csv", with("authority,date,broad_type,children,known", &self.stock)),
            ("faults.csv", with("authority,year,file,line,table,column,kind,child,value,expect", &self.faults)),
        ]
    }

    fn hazards(&mut self, of: &Authority) {
        let tally = &of.tally;
        for kind in Kind::ALL {
            for (age, age_word) in AGE_WORDS.iter().enumerate() {
                for (band, band_word) in IN_PLACEMENT_WORDS.iter().enumerate() {
                    for asylum in 0..2 {
                        let at = tally::at(kind as usize, age, band, asylum);
                        let nights = tally.nights[at];
                        if nights == 0 {
                            continue;
                        }
                        for cause in 0..tally::CAUSES {
                            let (expected, events) = (tally.expected[at][cause], tally.events[at][cause]);
                            if expected <= 0.0 {
                                continue;
                            }
                            let (word, to) =
                                if cause < KINDS { ("move", Kind::ALL[cause].word()) } else { ("exit", Route::ALL[cause - KINDS].word()) };
                            line(
                                &mut self.hazards,
                                format_args!(
                                    "{},{},{age_word},{band_word},{asylum},{word},{to},{nights},{expected:.6},{events},{:.9}",
                                    of.name,
                                    kind.word(),
                                    expected / nights as f64
                                ),
                            );
                        }
                    }
                }
            }
        }
    }

    fn entries(&mut self, of: &Authority) {
        let mut say = |parameter: &str, value: f64| line(&mut self.entries, format_args!("{},{parameter},{value:.6}", of.name));
        say("families_a_year", of.process.families);
        say("children_in_a_family", entry::mean_family());
        say("unaccompanied_a_year", of.process.asylum);
        say("persistence_by_month", entry::PERSISTENCE);
        say("step_of_authority", entry::STEP_AUTHORITY);
        say("step_of_region", entry::STEP_REGION);
        say("step_of_unaccompanied", entry::STEP_ASYLUM);
        say("shape_of_month", entry::SHAPE);
        say("return_after_going_home_share", crate::life::RETURN_SHARE);
        say("return_after_going_home_mean_nights", 30.0 + crate::life::RETURN_NIGHTS);
        for (month, factor) in (1..).zip(entry::SEASON) {
            say(&format!("season_{month:02}"), factor);
        }
        for (size, share) in (1..).zip(entry::FAMILY_SIZES) {
            say(&format!("families_of_{size}"), share);
        }
    }

    /// Children who started in each month, and stock by broad type at each month's end; beyond the returns too.
    fn starts_and_stock(&mut self, of: &Authority) {
        let first = Day::year_start(of.settings.first_year());
        let cut = Day::year_end(of.settings.last_year);
        let horizon = Day::year_end(of.settings.last_year + of.settings.future_years);
        // Ends of months from the day before the returns begin.
        let mut ends = vec![first.plus(-1)];
        while let Some(&last) = ends.last().filter(|&&last| last < horizon) {
            ends.push(last.plus(1).plus_months(1).plus(-1));
        }
        let mut stock = vec![[0u32; 4]; ends.len()];
        let mut starts = vec![[0u32; 2]; ends.len()];
        for child in &of.children {
            for period in &child.periods {
                let at = ends.partition_point(|&end| end < period.start);
                if at > 0 && at < ends.len() {
                    starts[at][0] += 1;
                    starts[at][1] += u32::from(child.asylum == Asylum::Seeking);
                }
                for (from, to, broad) in spans(period) {
                    let inside = ends.partition_point(|&end| end < from)..ends.partition_point(|&end| end < to);
                    stock[inside].iter_mut().for_each(|count| count[broad as usize] += 1);
                }
            }
        }
        for (at, &end) in ends.iter().enumerate() {
            let known = if end <= cut { "returns" } else { "future" };
            for broad in Broad::ALL {
                line(&mut self.stock, format_args!("{},{end},{},{},{known}", of.name, broad.name(), stock[at][broad as usize]));
            }
            line(&mut self.stock, format_args!("{},{end},Total,{},{known}", of.name, stock[at].iter().sum::<u32>()));
            if at > 0 {
                let (year, month, _) = end.ymd();
                line(&mut self.starts, format_args!("{},{year:04}-{month:02},{},{}", of.name, starts[at][0], starts[at][1]));
            }
        }
    }

    fn siblings(&mut self, of: &Authority) {
        let first = Day::year_start(of.settings.first_year());
        for child in of.children.iter().filter(|child| child.siblings != Siblings::None) {
            let Some(period) = child.periods.first().filter(|period| period.end >= first) else { continue };
            let home = if child.siblings == Siblings::Together { "together" } else { "apart" };
            line(&mut self.siblings, format_args!("{},{},{},{},{home}", of.name, child.family, child.id, period.start));
        }
    }
}

/// The broad types of a period of care with their days, ends exclusive; temporary stays are `Other`, as their codes are.
pub(crate) fn spans(period: &Period) -> Vec<(Day, Day, Broad)> {
    let mut spans = Vec::new();
    let (mut kind, mut from) = (period.kind, period.start);
    for &(on, change) in &period.changes {
        let next = match change {
            Change::Moved(to) | Change::Both(_, to) => to,
            Change::Adopters => Kind::Adoptive,
            Change::Away(nights) => {
                spans.push((from, on, kind.broad()));
                spans.push((on, on.plus(nights), Broad::Other));
                from = on.plus(nights);
                continue;
            }
            _ => continue,
        };
        spans.push((from, on, kind.broad()));
        (kind, from) = (next, on);
    }
    spans.push((from, period.end, kind.broad()));
    spans
}

/// One line of the list of faults.
pub(crate) fn fault_line(out: &mut String, authority: &str, fault: &Fault) {
    line(
        out,
        format_args!(
            "{authority},{},{},{},{},{},{},{},{},{}",
            fault.year,
            fault.file,
            fault.line.map(|line| line.to_string()).unwrap_or_default(),
            fault.table,
            fault.column,
            fault.kind,
            fault.child,
            cell(&fault.value),
            cell(fault.expect),
        ),
    );
}

const README: &str = "What is true of the fictitious authorities beside this folder
=============================================================

All children are invented. A program that reads the returns must not read this folder; a test that judges it may.

hazards.csv    The true rates in the years of the returns, for each cell of kind of placement, age band, nights so far in the placement
               (one carer; temporary stays and same-carer changes do not interrupt it) and whether the child came alone seeking asylum.
               cause and to: a move to a kind of placement with new carers (or to adopters who are the carers), or an exit by a route.
               nights: nights at risk in the returns' window. expected: the sum over those nights of the true probability of the event on the
               morning after. events: how many came. rate_per_child_day = expected / nights. Within a cell the probability also depends on time in care,
               legal status and number of moves, so the rate is the average over the nights of this history, not a constant; the
               event counts given the nights have exactly this mean. Nights of temporary stays, and the night before the 18th birthday,
               are not at risk. Leaving at 18 is certain and not listed.
entries.csv    The entry process: families and unaccompanied children a year before season and chance, the monthly mean-reverting factor
               (logarithm: persistence and standard deviation of its steps, for the authority, its region, the unaccompanied), the gamma
               shape of a month, the season by calendar month, family sizes, and returns to care after going home. The setting changes
               the mean: growth 4% a year from the first return year; dip 0.65 and then 1.2; surge 4 for the unaccompanied.
starts.csv     Children who came into care by month (returns to care too), beyond the last return as well.
siblings.csv   Brothers and sisters who came on one day, and whether the first home was shared.
stock.csv      Children looked after at the end of each day named (months' ends): DECOM on or before it, DEC after it, short breaks left out, by broad
               type of placement. known = future: after the last return; only the truth knows it.
faults.csv     Injected faults: where, what, and what a good reader does. line: line in the file, the header row being 1; empty where a row
               was taken out.
";
