//! The words of the commands that look ahead: forecasts, how wrong they were, plans, the gap, beds to buy.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Format, ReturnsFolder};

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
