//! The words of the command line: names, options and help. What they do is in `commands`.

pub(crate) mod copies;
pub(crate) mod record;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Homes for children in care: understand need, show the gap, publish a statement that can be checked.
#[derive(Debug, Parser)]
#[command(name = "placewell", version, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// Folder in which Placewell keeps what it was given to keep, such as newer releases of published figures.
    #[arg(long, global = true, value_name = "DIR", env = "PLACEWELL_HOME", default_value = "~/.local/share/placewell")]
    pub(crate) home: PathBuf,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Open the example authority in the web app and print its address.
    #[command(after_help = "Example:\n  placewell demo --port 8080")]
    Demo(Demo),
    /// Serve the web app for an authority: on this machine, or with a record for whoever may sign in.
    #[command(after_help = "Example:\n  placewell serve --config placewell.toml")]
    Serve(Serve),
    /// Make a whole fictitious authority, or many: returns, providers, settings, contracts, requests.
    #[command(after_help = "Example:\n  placewell example ./example --seed 1 --children 900 --years 8")]
    Example(Example),
    /// Read and check statutory returns.
    #[command(subcommand)]
    Returns(Returns),
    /// Measure the children in care on a date: measure cards and profile.
    #[command(after_help = "Example:\n  placewell measures ./returns --authority Nottingham --on 2026-03-31 --where sex=F")]
    Measures(Measures),
    /// Compare an authority's published figures with its statistical neighbours, region and England.
    #[command(after_help = "Example:\n  placewell benchmark Nottingham --measure children-looked-after --from 2016 --to 2020")]
    Benchmark(Benchmark),
    /// Write a sufficiency statement for any authority: from published figures alone, or with its returns.
    #[command(after_help = "Example:\n  placewell statement Nottingham --returns ./returns --out nottingham.pdf")]
    Statement(Statement),
    /// Forecast how many children will need what kind of home, with how sure that is.
    #[command(after_help = "Example:\n  placewell forecast ./returns --authority Nottingham --from 2026-03-31 --months 24")]
    Forecast(Forecast),
    /// Examine forecasts on past days of these returns: how wrong they would have been, and whether a simple forecast was nearer.
    #[command(
        after_help = "Examples:\n  placewell backtest ./returns --authority Nottingham\n  placewell backtest --claim claims.csv\n\nclaims.csv has the columns authority,children,on,growth_percent,until,source: what a strategy printed."
    )]
    Backtest(Backtest),
    /// Work with a placement plan.
    #[command(subcommand)]
    Plan(Plan),
    /// Need ahead against the homes that can be used: the shortfall, its probability, and what would close it.
    #[command(
        after_help = "Example:\n  placewell gap ./returns --supply supply.csv --from 2026-03-31 --months 24\n\nsupply.csv has the columns setting,type,sector,area,age_from,age_to,registered,usable,vehicle,available_from,available_to,notice."
    )]
    Gap(Gap),
    /// How many beds to buy in block, or to fill in homes of your own, over every future of a forecast.
    #[command(
        after_help = "Examples:\n  placewell block-contract --demand paths.csv --beds 4..16 --block-price 4600 --void-price 4100 --spot-price 5400 --fit 0.8\n  placewell block-contract --demand paths.csv --beds 16..28 --fixed-cost 63232 --spot-price 2711\n\npaths.csv is what `placewell forecast --paths-out` writes."
    )]
    BlockContract(BlockContract),
    /// Make the record's tables, or bring them up to date.
    #[command(after_help = "Example:\n  placewell migrate --database sqlite://record.db")]
    Migrate(record::Where),
    /// The record of children and their homes.
    #[command(subcommand)]
    Record(record::Record),
    /// The log of every change to the record.
    #[command(subcommand)]
    Audit(record::Audit),
    #[command(flatten)]
    Whole(copies::Whole),
    /// Search the record: children by reference, homes, foster homes, providers, contracts, documents, people.
    #[command(after_help = "Example:\n  placewell search elm house --authority Nottingham --person ada.byron@example.gov.uk")]
    Search(record::Search),
    /// What waits for somebody: overdue, due, and put before them by others.
    #[command(after_help = "Example:\n  placewell work --authority Nottingham --person ada.byron@example.gov.uk --format json")]
    Work(record::Work),
    /// The people who may sign in.
    #[command(subcommand)]
    User(record::User),
    /// The published figures inside: list them, or load a newer release.
    #[command(subcommand)]
    Reference(Reference),
    /// Print the completion script of a shell.
    #[command(after_help = "Example:\n  placewell completions bash > /etc/bash_completion.d/placewell")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    #[command(after_help = "Example:\n  placewell man | man -l -")]
    Man,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Table,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Port to serve on; 0 takes any free one.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// Where the example authority is written [default: a folder of its own under the temporary folder].
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Configuration file (TOML); see docs/deployment.md.
    #[arg(long, value_name = "FILE", env = "PLACEWELL_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Folder in which scenarios are kept [default: that of the configuration; without either they last until Placewell is stopped].
    #[arg(long, value_name = "DIR")]
    pub(crate) scenarios: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Example {
    /// Folder to write to.
    pub(crate) dir: PathBuf,
    /// The same seed and options make the same files, byte for byte.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Return years, the last ending on 31 March 2026.
    #[arg(long, default_value_t = 8)]
    pub(crate) years: u32,
    /// Children looked after on a typical 31 March, for each authority on average.
    #[arg(long, default_value_t = 900)]
    pub(crate) children: u32,
    /// How many authorities.
    #[arg(long, default_value_t = 1)]
    pub(crate) authorities: u32,
    /// How entries to care change over the years.
    #[arg(long, value_enum, default_value_t = Setting::Stationary)]
    pub(crate) setting: Setting,
    /// Share of rows given a known fault, 0 to 1.
    #[arg(long, default_value_t = 0.0, value_name = "SHARE")]
    pub(crate) dirt: f64,
    /// Also write what is true: hazards, entries, sibling groups, injected faults.
    #[arg(long, value_name = "DIR")]
    pub(crate) truth: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Setting {
    Stationary,
    Growth,
    Dip,
    Surge,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Returns {
    /// Read the returns and list every finding: statutory rules, repairs, rows set aside.
    #[command(after_help = "Example:\n  placewell returns check ./returns --last ./returns-2025 --format xlsx --out findings.xlsx")]
    Check(Check),
}

#[derive(Debug, Args)]
pub(crate) struct ReturnsFolder {
    /// Folder of SSDA903 files (CSV or XLSX), one year or several; or one file.
    pub(crate) returns: PathBuf,
    /// The authority whose returns these are; statutory files do not say.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: Option<String>,
    /// The year in which the return ends; guessed from the dates, and said, when left out.
    #[arg(long, value_name = "YYYY")]
    pub(crate) year: Option<u16>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people.
    #[default]
    Table,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// A workbook by child for those who mend the record.
    Xlsx,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) folder: ReturnsFolder,
    /// Last year's returns, for the rules that look across the year boundary.
    #[arg(long, value_name = "RETURNS")]
    pub(crate) last: Option<PathBuf>,
    /// The provider list (URN look-up), CSV or XLSX, for the rules that need one.
    #[arg(long, value_name = "FILE")]
    pub(crate) providers: Option<PathBuf>,
    /// An earlier check's JSON: print only what changed since.
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: CheckFormat,
    /// Where to write; the workbook needs it.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Measures {
    #[command(flatten)]
    pub(crate) folder: ReturnsFolder,
    /// The date on which children are counted.
    #[arg(long, value_name = "DATE")]
    pub(crate) on: String,
    /// First day for measures of flow [default: twelve months ending on the date].
    #[arg(long, value_name = "DATE", requires = "to")]
    pub(crate) from: Option<String>,
    /// Last day for measures of flow.
    #[arg(long, value_name = "DATE", requires = "from")]
    pub(crate) to: Option<String>,
    /// Only children with this value; may be given several times.
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    pub(crate) filters: Vec<String>,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Whose forecast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ForecastModel {
    /// Every child's way ahead, many times over.
    #[default]
    Microsimulation,
    /// The sector's model, with the right uncertainty.
    StockAndFlow,
    /// The microsimulation pooled with the sector's model and the last value, by weights learnt on this history's past.
    Blend,
}

/// What is counted ahead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ForecastGroups {
    /// Fostering, Residential, Supported, Other.
    #[default]
    Broad,
    /// Thirteen kinds of home, by provider.
    Detailed,
}

/// Whether a forecast carries its card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WithCard {
    /// Past forecasts are made again: as long again as the forecast itself, or longer.
    Yes,
    /// The forecast alone.
    No,
}

#[derive(Debug, Args)]
pub(crate) struct Forecast {
    #[command(flatten)]
    pub(crate) folder: ReturnsFolder,
    /// The last day that may be known; up to twelve months after the returns end.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: String,
    /// How many month ends ahead.
    #[arg(long, value_name = "N", required_unless_present = "at", value_parser = clap::value_parser!(u32).range(1..=120))]
    pub(crate) months: Option<u32>,
    /// Only these dates, in place of month ends.
    #[arg(long, value_name = "DATE,DATE,…", value_delimiter = ',')]
    pub(crate) at: Vec<String>,
    /// Learn from this day on only.
    #[arg(long, value_name = "DATE")]
    pub(crate) history_from: Option<String>,
    /// How many futures.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) paths: u32,
    /// The same seed, inputs and options give the same bytes.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) groups: ForecastGroups,
    /// Each authority by itself, not all added up.
    #[arg(long)]
    pub(crate) by_authority: bool,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) model: ForecastModel,
    /// What is to be different: a TOML file of `[[lever]]` tables.
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    /// The sector's model to the letter, faults included.
    #[arg(long)]
    pub(crate) compatible: bool,
    /// Also write every future as CSV.
    #[arg(long, value_name = "FILE")]
    pub(crate) paths_out: Option<PathBuf>,
    /// Also the chance that more than so many children are in each kind of home, and in all.
    #[arg(long, value_name = "N,N,…", value_delimiter = ',', conflicts_with = "compatible")]
    pub(crate) exceeds: Vec<u32>,
    /// How wrong such forecasts were, on the past of these returns [default: with a table, not with JSON or CSV, which are asked for many times].
    #[arg(long, value_enum)]
    pub(crate) card: Option<WithCard>,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Backtest {
    /// Folder of SSDA903 files (CSV or XLSX), several years; or one file. May be left out with --claim.
    #[arg(required_unless_present = "claim")]
    pub(crate) returns: Option<PathBuf>,
    /// The authority whose returns these are; statutory files do not say.
    #[arg(long, value_name = "NAME", requires = "returns")]
    pub(crate) authority: Option<String>,
    /// The year in which the return ends; guessed from the dates, and said, when left out.
    #[arg(long, value_name = "YYYY", requires = "returns")]
    pub(crate) year: Option<u16>,
    /// CSV `authority,children,on,growth_percent,until,source` of forecasts that were printed, to be held against what came.
    #[arg(long, value_name = "FILE")]
    pub(crate) claim: Option<PathBuf>,
    /// Past days to forecast from [default: ends of half-years with two years before them, nine at most].
    #[arg(long, value_name = "DATE,DATE,…", value_delimiter = ',')]
    pub(crate) origins: Vec<String>,
    /// Days ahead [default: 91,182,365,547,730].
    #[arg(long, value_name = "DAYS,DAYS,…", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) horizons: Vec<u32>,
    /// How many futures of each forecast.
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub(crate) paths: u32,
    /// The same seed, inputs and options give the same bytes.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Benchmark {
    /// Name of the authority.
    pub(crate) authority: String,
    /// Measure, for example children-looked-after.
    #[arg(long, value_name = "ID")]
    pub(crate) measure: String,
    /// First year (the year in which the period ends).
    #[arg(long, value_name = "YEAR")]
    pub(crate) from: u16,
    /// Last year.
    #[arg(long, value_name = "YEAR")]
    pub(crate) to: u16,
    /// How many of the nearest statistical neighbours, or names with commas between.
    #[arg(long, value_name = "N|LIST")]
    pub(crate) neighbours: Option<String>,
    /// Also list each neighbour.
    #[arg(long)]
    pub(crate) members: bool,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Statement {
    /// Name of the authority.
    pub(crate) authority: String,
    /// The authority's returns.
    #[arg(long, value_name = "RETURNS")]
    pub(crate) returns: Option<PathBuf>,
    /// Where to write; the ending chooses: .html, .pdf, .docx, .xlsx.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// The date that the document bears [default: the newest date in the inputs].
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// A scenario to set beside the forecast: a TOML file of `[[lever]]` tables; may be given several times.
    #[arg(long, value_name = "FILE", requires = "returns")]
    pub(crate) scenario: Vec<PathBuf>,
    /// CSV of the homes that the authority can use, for the gap.
    #[arg(long, value_name = "FILE", requires = "returns")]
    pub(crate) supply: Option<PathBuf>,
    /// CSV of requests with kind_wanted and placed_kind, for the gap.
    #[arg(long, value_name = "FILE", requires = "supply")]
    pub(crate) requests: Option<PathBuf>,
    /// CSV `type,weekly_price,price_date,source`: what a week costs by kind of home, for the money ahead.
    #[arg(long, value_name = "FILE", requires = "returns")]
    pub(crate) prices: Option<PathBuf>,
    /// Placements already contracted, as `plan cost --held` takes them.
    #[arg(long, value_name = "FILE", requires = "prices")]
    pub(crate) held: Option<PathBuf>,
    /// CSV `period,type,children` of what is planned, drawn beside the forecast and never mixed with it.
    #[arg(long, value_name = "FILE", requires = "returns")]
    pub(crate) plan: Option<PathBuf>,
    /// The same of what is aimed at.
    #[arg(long, value_name = "FILE", requires = "returns")]
    pub(crate) target: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Plan {
    /// Cost a plan by weeks and by days, with what is not costed shown.
    #[command(
        after_help = "Example:\n  placewell plan cost plan.csv --prices prices.csv\n\nplan.csv has the columns period,type,children;\nprices.csv has type,weekly_price,price_date,source."
    )]
    Cost(PlanCost),
    /// When money spent on a change comes back: one case month by month, or simulated futures with and without a scenario.
    #[command(
        after_help = "Examples:\n  placewell plan save --once 120000 --a-month 8000 --moves 1 --from-type 'Agency fostering' --to-type 'In-house fostering' --prices prices.csv\n  placewell plan save --once 250000 --demand base.csv --with scenario.csv --prices prices.csv"
    )]
    Save(PlanSave),
}

#[derive(Debug, Args)]
pub(crate) struct PlanSave {
    /// Pounds spent at once.
    #[arg(long, value_name = "P", default_value = "0")]
    pub(crate) once: String,
    /// Pounds spent every month.
    #[arg(long, value_name = "P", default_value = "0")]
    pub(crate) a_month: String,
    /// Children moved to a cheaper home each month.
    #[arg(long, value_name = "N", required_unless_present = "demand", conflicts_with = "demand")]
    pub(crate) moves: Option<f64>,
    /// Months until that many move.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) ramp_months: u32,
    /// No more children than this in all.
    #[arg(long, value_name = "N")]
    pub(crate) at_most: Option<f64>,
    /// For how many months a move saves: until a child would have left or moved anyway.
    #[arg(long, value_name = "N", default_value_t = 24)]
    pub(crate) lasts_months: u32,
    /// Pounds by which a child's week costs less.
    #[arg(long, value_name = "P", conflicts_with_all = ["from_type", "to_type", "demand"])]
    pub(crate) saving: Option<String>,
    /// In place of --saving: the type of home that children leave, as the price list writes it.
    #[arg(long, value_name = "TYPE", requires = "to_type", requires = "prices")]
    pub(crate) from_type: Option<String>,
    /// The type of home that they move to.
    #[arg(long, value_name = "TYPE", requires = "from_type")]
    pub(crate) to_type: Option<String>,
    /// CSV `type,weekly_price,price_date,source`.
    #[arg(long, value_name = "FILE")]
    pub(crate) prices: Option<PathBuf>,
    /// How many months are followed.
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub(crate) months: u32,
    /// In place of a case: futures without the change, as `forecast --paths-out` writes them.
    #[arg(long, value_name = "FILE", requires = "with", requires = "prices")]
    pub(crate) demand: Option<PathBuf>,
    /// Placements already contracted, as `plan cost --held` takes them.
    #[arg(long, value_name = "FILE", requires = "demand")]
    pub(crate) held: Option<PathBuf>,
    /// The same futures with it: `forecast --scenario … --paths-out`, with the same dates and seed.
    #[arg(long, value_name = "FILE", requires = "demand")]
    pub(crate) with: Option<PathBuf>,
    /// A rise of prices ahead, such as 2027-04-01=3, or Fostering:2027-04-01=3 for one type; may be given several times.
    #[arg(long, value_name = "[TYPE:]DATE=PERCENT", requires = "demand")]
    pub(crate) uplift: Vec<String>,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct PlanCost {
    /// CSV `period,type,children`; a period is a date or a financial year such as 2013-14.
    pub(crate) plan: PathBuf,
    /// CSV `type,weekly_price,price_date,source`.
    #[arg(long, value_name = "FILE")]
    pub(crate) prices: PathBuf,
    /// By how much all prices rose from the first period to the last, in percent; the rest of a change of price is the type's own.
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0, allow_negative_numbers = true)]
    pub(crate) inflation: f64,
    /// Also cost a forecast, beside the plan and never mixed with it: CSV `path,date,authority,group,children` of `forecast --paths-out`.
    #[arg(long, value_name = "FILE")]
    pub(crate) demand: Option<PathBuf>,
    /// Placements already contracted: CSV `type,placements,weekly_price,price_date,until,uplift_date,uplift_percent,source`.
    #[arg(long, value_name = "FILE", requires = "demand")]
    pub(crate) held: Option<PathBuf>,
    /// A rise of prices ahead, such as 2027-04-01=3 for three per cent, or Fostering:2027-04-01=3 for one type; may be given several times.
    #[arg(long, value_name = "[TYPE:]DATE=PERCENT", requires = "demand")]
    pub(crate) uplift: Vec<String>,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Gap {
    #[command(flatten)]
    pub(crate) folder: ReturnsFolder,
    /// CSV of the homes that the authority can use.
    #[arg(long, value_name = "FILE")]
    pub(crate) supply: PathBuf,
    /// The last day that is known; nothing after it is used.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: String,
    /// How far ahead the gap is shown.
    #[arg(long, value_name = "N", default_value_t = 24)]
    pub(crate) months: u32,
    /// Only these dates, with commas between; each line is shown on the worst of them [default: every third month].
    #[arg(long, value_name = "DATE,DATE", value_delimiter = ',')]
    pub(crate) at: Vec<String>,
    /// CSV of requests with kind_wanted and placed_kind, to tell who lives in a children's home for want of a carer.
    #[arg(long, value_name = "FILE")]
    pub(crate) requests: Option<PathBuf>,
    /// Of several authorities in the returns the one that is meant [default: all together].
    #[arg(long, value_name = "NAME")]
    pub(crate) of: Option<String>,
    /// Of homes shared with other authorities, the share that comes to this one, 0 to 1 [default: what comes today].
    #[arg(long, value_name = "SHARE")]
    pub(crate) market_share: Option<f64>,
    /// What is to be different: a TOML file of `[[lever]]` tables. Its new homes are supply.
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    /// How many futures are drawn.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) paths: usize,
    /// The same seed and inputs give the same bytes.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct BlockContract {
    /// CSV `path,date,authority,group,children`.
    #[arg(long, value_name = "FILE")]
    pub(crate) demand: PathBuf,
    /// Numbers of beds to try, for example 4..12; both ends are tried.
    #[arg(long, value_name = "N..M")]
    pub(crate) beds: String,
    /// Pounds a week for a bed with a child in it.
    #[arg(long, value_name = "P", conflicts_with = "fixed_cost")]
    pub(crate) block_price: Option<String>,
    /// Pounds a week for an empty bed [default: the block price, guaranteed in full].
    #[arg(long, value_name = "P", conflicts_with = "fixed_cost")]
    pub(crate) void_price: Option<String>,
    /// Pounds a week for all beds together, in homes of your own.
    #[arg(long, value_name = "P")]
    pub(crate) fixed_cost: Option<String>,
    /// Pounds a week for each child who does not live in one of these beds.
    #[arg(long, value_name = "P")]
    pub(crate) spot_price: String,
    /// The chance that a child who needs such a home can live in these beds, 0 to 1.
    #[arg(long, value_name = "P", default_value_t = 1.0)]
    pub(crate) fit: f64,
    /// Months over which beds can be filled one after another, while all are paid for.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) ramp_months: u32,
    /// Group of the demand, or several with commas between [default: the children's homes in it].
    #[arg(long, value_name = "NAME")]
    pub(crate) group: Option<String>,
    /// Numbers of beds that cost this share more than the best count as good.
    #[arg(long, value_name = "SHARE", default_value_t = 0.005)]
    pub(crate) within: f64,
    /// Which children fit is drawn from this.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Reference {
    /// List the published figures inside, their vintage and licence.
    #[command(after_help = "Example:\n  placewell reference list")]
    List {
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Load a newer release of a table (CSV), to be used from then on.
    #[command(after_help = "Example:\n  placewell reference load measures.csv")]
    Load {
        /// The file; its name begins with the table's: measures.csv, cla_31_march_2026.csv.
        file: PathBuf,
        /// Which release it is, in the publisher's words [default: the file's name].
        #[arg(long, value_name = "TEXT")]
        vintage: Option<String>,
    },
}
