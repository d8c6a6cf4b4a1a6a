//! The Department's validation rules, one file each: the 81 that matter most for placement and sufficiency.
//!
//! A rule is a pure function over tables that nobody changes, so rules never see each other's effects, their order means nothing, and one
//! bad row never silences a rule: that row's comparison is left out and the rest is done. The doc comment of a rule's file is its public
//! documentation and the text of its findings, so there is one place to mend both.
//!
//! Where the text differs from what the sector's own validator (csc-validator-be-903) does, the rule's documentation says how and why.

mod age;
mod boundary;
mod chain;
mod codes;
mod context;
mod dolo;
mod geography;
mod orders;
mod placement;
mod register;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

mod epi;
mod int03;
mod int32;
mod noe;
mod r1008;
mod r1009;
mod r1015;
mod r102;
mod r141;
mod r142;
mod r143;
mod r144;
mod r145;
mod r146;
mod r147;
mod r148;
mod r149;
mod r164;
mod r169;
mod r178;
mod r179;
mod r213;
mod r218;
mod r219;
mod r221;
mod r222;
mod r224;
mod r225;
mod r227;
mod r228;
mod r229;
mod r241;
mod r242;
mod r243;
mod r301;
mod r302;
mod r352;
mod r354;
mod r356;
mod r357;
mod r359;
mod r361;
mod r362;
mod r371;
mod r372;
mod r378;
mod r383;
mod r385;
mod r388;
mod r392a;
mod r392b;
mod r392c;
mod r392d;
mod r411;
mod r431;
mod r432;
mod r433;
mod r434;
mod r435;
mod r436;
mod r437;
mod r454;
mod r501;
mod r502;
mod r503b;
mod r503d;
mod r504;
mod r526;
mod r527;
mod r528;
mod r529;
mod r530;
mod r531;
mod r550;
mod r562;
mod r700;
mod r701;
mod r702;
mod r707;
mod r709;
mod r710;

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::{Finding, Severity, Treatment};
use rayon::prelude::*;

use context::Sheet;
pub(in crate::ssda903) use context::date;
pub use context::{Context, Inputs, Tables};
pub(in crate::ssda903) use geography::{authority_named, authority_of};

/// Who the children are.
pub const HEADER: &str = "Header";
/// Episodes of care.
pub const EPISODES: &str = "Episodes";
/// Unaccompanied asylum-seeking children.
pub const UASC: &str = "UASC";
/// Care leavers.
pub const OC3: &str = "OC3";
/// Deprivation of liberty orders, from the return of 2026-27.
pub const DOLO: &str = "DoLo";

/// The years of return whose rules are held: 2022-23 to 2026-27.
pub const HELD: std::ops::RangeInclusive<u32> = 2023..=2027;

/// The first year whose text of a rule is held: most have stood since before then.
const SINCE_2023: u32 = 2023;
/// Brought in with the return of 2025-26.
const SINCE_2026: u32 = 2026;
/// Brought in with the return of 2026-27.
const SINCE_2027: u32 = 2027;

/// What a rule must have besides the tables it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Last year's episodes.
    LastYear,
    /// The provider workbook.
    Providers,
    /// The provider workbook, for where premises lie. The sector's validator runs this rule (241) without it, and wrongly.
    ProviderAreas,
    /// The responsible authority's code.
    Authority,
    /// A table that tells who came alone seeking asylum.
    Asylum,
    /// Whether placements lie in the own area: given, or worked out for a known authority.
    Location,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// The Department's code: `501`.
    pub code: &'static str,
    /// Tables of this year without which the rule cannot be run.
    pub tables: &'static [&'static str],
    /// The columns to look at when mending.
    pub columns: &'static [&'static str],
    /// What else it must have.
    pub needs: &'static [Need],
    /// The first return year (the year in which it ends) for which its text is held.
    pub since: u32,
    check: fn(&Context) -> Vec<Hit>,
    source: &'static str,
}

/// A row that breaks a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The table.
    pub table: &'static str,
    /// Position of the row in the table, from 0.
    pub row: u32,
}

/// Why a rule was not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// The return lacks this table.
    NoTable(&'static str),
    /// Something else is lacking.
    Lacks(Need),
    /// The rule's text is not held for the return of this year; `since` is the first year for which it is.
    NotHeld {
        /// The year in which the return ends.
        year: u32,
        /// The first year for which the text is held.
        since: u32,
    },
}

/// What became of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It looked at every row.
    Ran,
    /// It was not run, and why.
    Skipped(Skip),
    /// A fault of Placewell stopped it. It should never be seen; the others are not touched by it.
    Failed,
}

impl Status {
    /// The word of the contract.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Ran => "ran",
            Self::Skipped(_) => "skipped",
            Self::Failed => "failed",
        }
    }

    /// Why it did not run; nothing where it did.
    pub fn why(&self, rule: &str) -> Option<String> {
        match self {
            Self::Ran => None,
            Self::Skipped(Skip::NoTable(table)) => Some(format!("no {table} table in the return")),
            Self::Skipped(Skip::Lacks(Need::LastYear)) => Some("no last year's files".to_owned()),
            Self::Skipped(Skip::Lacks(Need::Providers)) => Some("no provider list".to_owned()),
            Self::Skipped(Skip::Lacks(Need::ProviderAreas)) => {
                Some("the areas in which providers have premises are known only from a provider list".to_owned())
            }
            Self::Skipped(Skip::Lacks(Need::Authority | Need::Location)) => Some("the responsible authority is not known".to_owned()),
            Self::Skipped(Skip::Lacks(Need::Asylum)) => {
                Some("no UASC table, so children who came alone seeking asylum cannot be told apart".to_owned())
            }
            Self::Skipped(Skip::NotHeld { year, since }) => Some(format!(
                "the text of rule {rule} is not held for the return year {} (it is held for {})",
                return_year(*year),
                held_years(*since)
            )),
            Self::Failed => Some(format!("a fault in Placewell stopped rule {rule}; please report it")),
        }
    }
}

/// `2025-26` for the return that ends in 2026.
fn return_year(year: u32) -> String {
    format!("{}-{:02}", year.saturating_sub(1), year % 100)
}

/// The years for which a text is held that begins with `since`: `2022-23 to 2026-27`.
fn held_years(since: u32) -> String {
    let (first, last) = (return_year(since), return_year(*HELD.end()));
    if first == last { last } else { format!("{first} to {last}") }
}

/// Everything that the rules said.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Every rule with what became of it, in the order of [`all`].
    pub statuses: Vec<(&'static str, Status)>,
    /// One for each row and rule that it breaks: by rule, then by table and row.
    pub findings: Vec<Finding>,
}

impl Rule {
    /// What is wrong, in a few words: the first line of the rule's documentation.
    pub fn title(&self) -> &'static str {
        self.lines().next().and_then(|line| line.split_once(": ")).map_or("", |(_, title)| title.trim_end_matches('.'))
    }

    /// The rule's documentation as Markdown: what it checks, why it matters, how to mend it.
    pub fn meaning(&self) -> String {
        self.lines().collect::<Vec<_>>().join("\n")
    }

    /// How to mend it, as one line.
    pub fn mend(&self) -> String {
        let from = self.lines().skip_while(|line| !line.starts_with(MEND)).take_while(|line| !line.is_empty());
        from.map(|line| line.trim_start_matches(MEND).trim()).collect::<Vec<_>>().join(" ")
    }

    fn lines(&self) -> impl Iterator<Item = &'static str> {
        self.source.lines().map_while(|line| line.strip_prefix("//!")).map(|line| line.strip_prefix(' ').unwrap_or(line))
    }

    /// What this context lacks for the rule, the year apart.
    fn lacks(&self, cx: &Context) -> Option<Skip> {
        let held = |table: &str| cx.this.sheet(table).is_some_and(Sheet::is_held);
        if let Some(table) = self.tables.iter().find(|&&table| !held(table)) {
            return Some(Skip::NoTable(table));
        }
        let here = |need| match need {
            Need::LastYear => cx.last.episodes.is_held(),
            Need::Providers | Need::ProviderAreas => cx.providers.is_some(),
            Need::Authority => cx.authority.is_some(),
            Need::Asylum => cx.asylum.is_some(),
            Need::Location => cx.this.episodes.has("PL_LOCATION"),
        };
        self.needs.iter().find(|&&need| !here(need)).map(|&need| Skip::Lacks(need))
    }

    /// The rows that break the rule, whatever the year; none where it lacks what it needs.
    pub fn flagged(&self, cx: &Context) -> Vec<Hit> {
        if self.lacks(cx).is_some() {
            return Vec::new();
        }
        let mut hits = (self.check)(cx);
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    fn run(&self, cx: &Context) -> (Status, Vec<Hit>) {
        if !HELD.contains(&cx.year) || cx.year < self.since {
            return (Status::Skipped(Skip::NotHeld { year: cx.year, since: self.since }), Vec::new());
        }
        if let Some(skip) = self.lacks(cx) {
            return (Status::Skipped(skip), Vec::new());
        }
        catch_unwind(AssertUnwindSafe(|| self.flagged(cx))).map_or((Status::Failed, Vec::new()), |hits| (Status::Ran, hits))
    }
}

const MEND: &str = "**How to mend it.**";

/// Every rule, in the order of its code.
pub fn all() -> &'static [&'static Rule] {
    ALL
}

/// A rule by its code.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}

/// Every rule's documentation as one Markdown document, for people who mend returns.
pub fn documentation() -> String {
    let about = |rule: &&Rule| {
        let (code, title, years) = (rule.code, rule.title(), held_years(rule.since));
        let (tables, columns) = (rule.tables.join(", "), rule.columns.join(", "));
        let meaning = rule.meaning();
        let text = meaning.split_once("\n\n").map_or("", |(_, text)| text);
        format!("\n## {code}: {title}\n\n{text}\n\nTables: {tables}. Columns: {columns}. Held for {years}.\n")
    };
    let head = "# Validation rules\n\nWritten by Placewell from the rules' own files; do not edit.\n".to_owned();
    std::iter::once(head).chain(ALL.iter().map(about)).collect()
}

/// Runs every rule over a return.
pub fn check(inputs: &Inputs) -> Checked {
    let cx = Context::new(inputs);
    let outcomes: Vec<(Status, Vec<Finding>)> = ALL
        .par_iter()
        .map(|rule| {
            let (status, hits) = rule.run(&cx);
            (status, findings(rule, &hits, &cx, inputs))
        })
        .collect();
    let mut checked = Checked::default();
    for (rule, (status, findings)) in ALL.iter().zip(outcomes) {
        checked.statuses.push((rule.code, status));
        checked.findings.extend(findings);
    }
    checked
}

fn findings(rule: &Rule, hits: &[Hit], cx: &Context, inputs: &Inputs) -> Vec<Finding> {
    let message = format!("{}. {}", rule.title(), rule.mend());
    let finding = |hit: &Hit| {
        let table = inputs.tables.get(hit.table)?;
        let sheet = cx.this.sheet(hit.table)?;
        let columns: Vec<&str> = rule.columns.iter().copied().filter(|column| sheet.has(column)).collect();
        let value = |column: &str| sheet.text(column).get(hit.row).unwrap_or_default();
        Some(Finding {
            rule: rule.code,
            severity: Severity::Error,
            file: table.file.clone(),
            table: hit.table,
            year: inputs.year,
            row: table.lines.get(hit.row as usize).copied().unwrap_or_default(),
            child: value("CHILD").to_owned(),
            column: columns.join(", "),
            value: match columns.as_slice() {
                [column] => value(column).to_owned(),
                several => several
                    .iter()
                    .map(|column| format!("{column} {}", Some(value(column)).filter(|text| !text.is_empty()).unwrap_or("blank")))
                    .collect::<Vec<_>>()
                    .join(", "),
            },
            message: message.clone(),
            action: Treatment::Kept,
        })
    };
    hits.iter().filter_map(finding).collect()
}

static ALL: &[&Rule] = &[
    &r102::RULE,
    &r141::RULE,
    &r142::RULE,
    &r143::RULE,
    &r144::RULE,
    &r145::RULE,
    &r146::RULE,
    &r147::RULE,
    &r148::RULE,
    &r149::RULE,
    &r164::RULE,
    &r169::RULE,
    &r178::RULE,
    &r179::RULE,
    &r213::RULE,
    &r218::RULE,
    &r219::RULE,
    &r221::RULE,
    &r222::RULE,
    &r224::RULE,
    &r225::RULE,
    &r227::RULE,
    &r228::RULE,
    &r229::RULE,
    &r241::RULE,
    &r242::RULE,
    &r243::RULE,
    &r301::RULE,
    &r302::RULE,
    &r352::RULE,
    &r354::RULE,
    &r356::RULE,
    &r357::RULE,
    &r359::RULE,
    &r361::RULE,
    &r362::RULE,
    &r371::RULE,
    &r372::RULE,
    &r378::RULE,
    &r383::RULE,
    &r385::RULE,
    &r388::RULE,
    &r392a::RULE,
    &r392b::RULE,
    &r392c::RULE,
    &r392d::RULE,
    &r411::RULE,
    &r431::RULE,
    &r432::RULE,
    &r433::RULE,
    &r434::RULE,
    &r435::RULE,
    &r436::RULE,
    &r437::RULE,
    &r454::RULE,
    &r501::RULE,
    &r502::RULE,
    &r503b::RULE,
    &r503d::RULE,
    &r504::RULE,
    &r526::RULE,
    &r527::RULE,
    &r528::RULE,
    &r529::RULE,
    &r530::RULE,
    &r531::RULE,
    &r550::RULE,
    &r562::RULE,
    &r700::RULE,
    &r701::RULE,
    &r702::RULE,
    &r707::RULE,
    &r709::RULE,
    &r710::RULE,
    &r1008::RULE,
    &r1009::RULE,
    &r1015::RULE,
    &epi::RULE,
    &int03::RULE,
    &int32::RULE,
    &noe::RULE,
];
