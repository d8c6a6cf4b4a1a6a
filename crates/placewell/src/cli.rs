//! The words of the command line: names, options and help. What they do is in `commands`.

mod ahead;
pub(crate) mod copies;
pub(crate) mod record;
pub(crate) mod user;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use self::ahead::{Backtest, BlockContract, Forecast, ForecastGroups, ForecastModel, Gap, Plan, PlanCost, PlanSave, WithCard};

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
    User(user::User),
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
