//! The words of the commands that work on the record: where it lies, whose it is, and what is asked of it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Format, ReturnsFolder};

/// Where the record lies, and the key that seals its log.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// Address of the database: sqlite://FILE or postgres://… [default: record.db in the home folder].
    #[arg(long, value_name = "ADDRESS", env = "PLACEWELL_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// File of the key that seals the log; keep it apart from the database [default: seal.key in the home folder].
    #[arg(long, value_name = "FILE", env = "PLACEWELL_SEAL_KEY")]
    pub(crate) seal_key: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Record {
    /// Take returns into the record: again without effect, news added, differences shown.
    #[command(after_help = "Example:\n  placewell record import ./returns --authority Nottingham")]
    Import(Import),
    /// Take a case system's CSV exports into the record by a mapping file: again without effect, news added, differences shown.
    #[command(
        after_help = "Examples:\n  placewell record feed --example-mapping > mapping.toml\n  placewell record feed ./exports --mapping mapping.toml --authority Nottingham --dry-run"
    )]
    Feed(Feed),
    /// The children of an authority's record, and where they live today.
    #[command(after_help = "Example:\n  placewell record children --authority Nottingham")]
    Children(Children),
    /// One child's case, now or as it was known on a day; looking is kept in the log.
    #[command(after_help = "Example:\n  placewell record show 101000271 --authority Nottingham --as-known 2026-03-31")]
    Show(Show),
    /// Who runs homes: providers with their owners, homes and places.
    #[command(after_help = "Example:\n  placewell record providers --authority Nottingham --search elm")]
    Providers(Providers),
    /// Who is behind providers: owners and groups with what is theirs today.
    #[command(after_help = "Example:\n  placewell record owners --authority Nottingham --sort places")]
    Owners(Owners),
    /// Every document of the register, or those that run out within some months.
    #[command(after_help = "Example:\n  placewell record documents --authority Nottingham --months 3 --kind insurance")]
    Documents(Documents),
    /// Homes, agencies and services with their beds tonight.
    #[command(after_help = "Example:\n  placewell record homes --authority Nottingham --free --sort available")]
    Homes(Homes),
    /// One home: registration, judgements, what is stopped, beds, now or as it was known on a day.
    #[command(after_help = "Example:\n  placewell record home 9000012 --authority Nottingham --as-known 2026-03-31")]
    Home(Home),
    /// A home's beds night by night: registered, staffed, usable, occupied, held, available.
    #[command(after_help = "Example:\n  placewell record capacity 9000012 --authority Nottingham --from 2026-04-01 --to 2026-05-01")]
    Capacity(Capacity),
    /// Take Ofsted's register, or a list of homes, into the record: again without effect; what changed is shown and alerts raised.
    #[command(after_help = "Example:\n  placewell record ofsted register.csv --authority Nottingham --only-known")]
    Ofsted(Ofsted),
    /// Foster households by reference; with --load first takes a list of them into the record.
    #[command(after_help = "Example:\n  placewell record foster-homes --authority Nottingham --load foster_homes.csv --stage approved")]
    FosterHomes(FosterHomes),
    /// Contracts with their lots, members, block beds and prices; with --ending what ends within some months.
    #[command(after_help = "Example:\n  placewell record contracts --authority Nottingham --ending 12")]
    Contracts(Contracts),
    /// One contract; takes lists of members and prices, and says what a place under it costs on a night.
    #[command(after_help = "Example:\n  placewell record contract FW-2024 --authority Nottingham --on 2026-04-01 --urn 9000012")]
    Contract(Contract),
    /// To which account a provider is paid, by its last four figures, and what waits for a second person.
    #[command(after_help = "Example:\n  placewell record payee \"Elm Care\" --authority Nottingham")]
    Payee(Payee),
    /// Place a child in a home of the registers: say what stands against it, hold the bed, plan it, or record what has happened.
    #[command(after_help = "Example:\n  placewell record place 101000271 --authority Nottingham --urn 9000012 --from 2026-04-01 --look")]
    Place(Place),
    /// Who decides what the law leaves to an office, every nomination, and the rota; with --end first ends a nomination.
    #[command(
        after_help = "Examples:\n  placewell record offices --authority Nottingham --on 2026-11-22 --hour 18\n  placewell record offices --authority Nottingham --end 01930000-0000-7000-8000-000000000001 --from 2026-12-01 --reason \"She left the post\""
    )]
    Offices(Offices),
    /// What somebody must look at, and by when.
    #[command(after_help = "Example:\n  placewell record alerts --authority Nottingham --look")]
    Alerts(Alerts),
}

/// Whose record, where it lies, and the form of the answer.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Whose record.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: String,
    #[command(flatten)]
    pub(crate) record: Where,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Work {
    /// Whose work, by the address with which they sign in.
    #[arg(long, value_name = "EMAIL")]
    pub(crate) person: String,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Part of a name, a reference, a number or a postcode.
    #[arg(required = true, value_name = "WORDS")]
    pub(crate) words: Vec<String>,
    /// What this person would find, by the address with which they sign in [default: everything].
    #[arg(long, value_name = "EMAIL")]
    pub(crate) person: Option<String>,
    /// Only in this register, and more of it: children, homes, foster-homes, providers, contracts, documents or people.
    #[arg(long = "in", value_name = "REGISTER")]
    pub(crate) within: Option<String>,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct Providers {
    /// Part of the name, the legal name or the owner's name.
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    /// Only those with this status.
    #[arg(long, value_name = "STATUS")]
    pub(crate) status: Option<domain::provider::Status>,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sort: ProviderSort,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct Owners {
    /// Part of the name.
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sort: OwnerSort,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// What owners are sorted by.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(crate) enum OwnerSort {
    #[default]
    Name,
    Providers,
    Settings,
    Places,
}

#[derive(Debug, Args)]
pub(crate) struct Documents {
    /// Part of its name or number, of whose it is, or of what it is about.
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    /// Only documents of this kind.
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<domain::document::Kind>,
    /// Only those that have run out or will within so many months.
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(i32).range(0..=60))]
    pub(crate) months: Option<i32>,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sort: DocumentSort,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// What documents are sorted by.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(crate) enum DocumentSort {
    #[default]
    RunsOut,
    Kind,
    Provider,
}

#[derive(Debug, Args)]
pub(crate) struct Payee {
    /// The provider's name, or a part of it that no other has.
    #[arg(value_name = "PROVIDER")]
    pub(crate) provider: String,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct Homes {
    /// Part of the name, the number or the provider's name.
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    /// Only this kind of setting.
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<domain::setting::Kind>,
    /// Only those with this latest judgement.
    #[arg(long, value_name = "JUDGEMENT")]
    pub(crate) judged: Option<domain::judgement::Overall>,
    /// Only those with a bed that a child can have tonight.
    #[arg(long, conflicts_with = "all")]
    pub(crate) free: bool,
    /// Closed ones too.
    #[arg(long)]
    pub(crate) all: bool,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sort: HomeSort,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// What providers are sorted by.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(crate) enum ProviderSort {
    #[default]
    Name,
    Settings,
    Places,
}

impl From<ProviderSort> for service::record::lists::ProviderSort {
    fn from(sort: ProviderSort) -> Self {
        match sort {
            ProviderSort::Name => Self::Name,
            ProviderSort::Settings => Self::Settings,
            ProviderSort::Places => Self::Places,
        }
    }
}

/// What foster homes are sorted by.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(crate) enum FosterHomeSort {
    #[default]
    Reference,
    Provider,
    Places,
    Youngest,
}

impl From<FosterHomeSort> for service::record::lists::FosterHomeSort {
    fn from(sort: FosterHomeSort) -> Self {
        match sort {
            FosterHomeSort::Reference => Self::Reference,
            FosterHomeSort::Provider => Self::Provider,
            FosterHomeSort::Places => Self::Places,
            FosterHomeSort::Youngest => Self::Youngest,
        }
    }
}

/// What homes are sorted by.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(crate) enum HomeSort {
    #[default]
    Name,
    Provider,
    Places,
    Available,
}

#[derive(Debug, Args)]
pub(crate) struct Home {
    /// Ofsted's number.
    #[arg(value_name = "NUMBER")]
    pub(crate) urn: String,
    /// As it was known at the end of this day.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_known: Option<String>,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct Capacity {
    /// Ofsted's number.
    #[arg(value_name = "NUMBER")]
    pub(crate) urn: String,
    /// First night.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: String,
    /// The day after the last night.
    #[arg(long, value_name = "DATE")]
    pub(crate) to: String,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct Ofsted {
    /// The register as Ofsted publishes it, or a list of homes as `settings.csv` of the example has it (CSV).
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Add no homes that the record does not have: keep to those it knows.
    #[arg(long)]
    pub(crate) only_known: bool,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct FosterHomes {
    /// A list of households to take first, as `foster_homes.csv` of the example has it: all or nothing, and again without effect.
    #[arg(long, value_name = "FILE")]
    pub(crate) load: Option<PathBuf>,
    /// Where list and record differ, correct the record; what it said stays in its history.
    #[arg(long, requires = "load")]
    pub(crate) take: bool,
    /// Part of the reference, the scheme or the service's name.
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    /// Only those at this stage.
    #[arg(long, value_name = "STAGE")]
    pub(crate) stage: Option<domain::foster_home::Stage>,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sort: FosterHomeSort,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct Contracts {
    /// A list of contracts to take first (reference,title,kind,regime,lead,callers,from,to,run_off,notes): all or nothing, and again without effect.
    #[arg(long, value_name = "FILE")]
    pub(crate) load: Option<PathBuf>,
    /// Part of the reference, the title or a member's name.
    #[arg(long, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    /// Only this kind of contract.
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<domain::contract::Kind>,
    /// Instead of contracts, what ends within so many months, and by when somebody must have decided.
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(i32).range(1..=120), conflicts_with_all = ["search", "kind"])]
    pub(crate) ending: Option<i32>,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct Contract {
    /// The contract's reference.
    #[arg(value_name = "REFERENCE")]
    pub(crate) reference: String,
    /// As it was known at the end of this day.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_known: Option<String>,
    /// A list of members to take first (lot,provider,from,to,rank): all or nothing, and again without effect.
    #[arg(long, value_name = "FILE")]
    pub(crate) load_members: Option<PathBuf>,
    /// A list of prices to take first (lot,provider,urn,tier,from,to,weekly_price,core_hours,hourly_price,source): likewise.
    #[arg(long, value_name = "FILE")]
    pub(crate) load_prices: Option<PathBuf>,
    /// Say what a place costs on the night of this day.
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// In this lot.
    #[arg(long, value_name = "NAME", requires = "on")]
    pub(crate) lot: Option<String>,
    /// From this provider.
    #[arg(long, value_name = "NAME", requires = "on")]
    pub(crate) provider: Option<String>,
    /// In the home with this number of Ofsted's.
    #[arg(long, value_name = "NUMBER", requires = "on")]
    pub(crate) urn: Option<String>,
    /// In this tier.
    #[arg(long, value_name = "TIER", requires = "on")]
    pub(crate) tier: Option<String>,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
#[command(group = clap::ArgGroup::new("where").required(true).args(["urn", "foster_home"]))]
#[command(group = clap::ArgGroup::new("done").args(["look", "hold", "happened"]))]
pub(crate) struct Place {
    /// The child, as the return and the case system call it.
    pub(crate) child: String,
    /// In the home with this number of Ofsted's.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) urn: Option<String>,
    /// In the foster home with this reference.
    #[arg(long, value_name = "REFERENCE", conflicts_with = "hold")]
    pub(crate) foster_home: Option<String>,
    /// First night.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: String,
    /// The day on which the stay is to end [default: open].
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
    /// Placement code of the return [default: the home's own, where it has one].
    #[arg(long, value_name = "CODE")]
    pub(crate) kind: Option<domain::Code>,
    /// Why the home before ends (reason for a change of placement).
    #[arg(long, value_name = "CODE")]
    pub(crate) leaves: Option<domain::Code>,
    /// The home is for this child alone.
    #[arg(long)]
    pub(crate) alone: bool,
    /// All who will live in the foster home are brothers and sisters.
    #[arg(long)]
    pub(crate) siblings: bool,
    /// Only say what stands against it.
    #[arg(long)]
    pub(crate) look: bool,
    /// Only hold the bed, for so many hours.
    #[arg(long, value_name = "HOURS")]
    pub(crate) hold: Option<u32>,
    /// It has happened: record it, and flag what breaks the law.
    #[arg(long)]
    pub(crate) happened: bool,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct Offices {
    /// On which day somebody is to decide, and from which night on the rota is told [default: today].
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// At which hour of it, by the clock in England [default: now].
    #[arg(long, value_name = "HOUR", value_parser = clap::value_parser!(u8).range(0..24))]
    pub(crate) hour: Option<u8>,
    /// How many nights of the rota.
    #[arg(long, value_name = "NIGHTS", default_value_t = 28, value_parser = clap::value_parser!(i32).range(1..=400))]
    pub(crate) nights: i32,
    /// First end the nomination with this identity.
    #[arg(long, value_name = "ID", requires_all = ["from", "reason"])]
    pub(crate) end: Option<String>,
    /// The first day on which it holds no more.
    #[arg(long, value_name = "DATE", requires = "end")]
    pub(crate) from: Option<String>,
    /// Why it ends.
    #[arg(long, value_name = "WORDS", requires = "end")]
    pub(crate) reason: Option<String>,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct Alerts {
    /// Look first at everybody who lives in a home of the register, and raise an alert for each limit of the law that is broken.
    #[arg(long)]
    pub(crate) look: bool,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    #[command(flatten)]
    pub(crate) folder: ReturnsFolder,
    /// Where returns and record differ, correct the record; what it said stays in its history. Without this it stays as it is.
    #[arg(long)]
    pub(crate) take: bool,
    #[command(flatten)]
    pub(crate) record: Where,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
pub(crate) struct Feed {
    /// The folder with a night's exports, or one of them.
    #[arg(value_name = "PATH", required_unless_present = "example_mapping")]
    pub(crate) path: Option<PathBuf>,
    /// What the columns, dates and codes of the exports mean.
    #[arg(long, value_name = "FILE", required_unless_present_any = ["example_mapping", "example"])]
    pub(crate) mapping: Option<PathBuf>,
    /// Whose record.
    #[arg(long, value_name = "NAME", required_unless_present_any = ["example_mapping", "example"])]
    pub(crate) authority: Option<String>,
    /// Where exports and record differ, correct the record; what it said stays in its history. Without this it stays as it is.
    #[arg(long)]
    pub(crate) take: bool,
    /// Only say what would become of it.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print a documented mapping to start from.
    #[arg(long, conflicts_with_all = ["path", "mapping", "authority", "take", "dry_run", "example"])]
    pub(crate) example_mapping: bool,
    /// Write a mapping and a night's exports of made-up children into the new folder PATH, to try with.
    #[arg(long, conflicts_with_all = ["mapping", "authority", "take", "dry_run"])]
    pub(crate) example: bool,
    #[command(flatten)]
    pub(crate) record: Where,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Children {
    /// Whose record.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: String,
    #[command(flatten)]
    pub(crate) record: Where,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The child, as the return and the case system call it.
    pub(crate) child: String,
    /// Whose record.
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: String,
    /// As it was known at the end of this day.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_known: Option<String>,
    #[command(flatten)]
    pub(crate) record: Where,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Whether the log of every change still holds, entry by entry.
    #[command(after_help = "Example:\n  placewell audit verify --authority Nottingham")]
    Verify(Verify),
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Whose log [default: every authority's].
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: Option<String>,
    /// Where the log ended when this command last said so: shows whether it was cut off or written anew since.
    #[arg(long, value_name = "NUMBER:SEAL", requires = "authority")]
    pub(crate) head: Option<String>,
    #[command(flatten)]
    pub(crate) record: Where,
}
