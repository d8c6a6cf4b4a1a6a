//! What each command does: read the files, call the service function, print.

mod alone;
mod behind;
mod benchmark;
mod block_contract;
mod copies;
mod courier;
mod disclosures;
mod example;
pub(crate) mod file;
mod forecast;
mod furnish;
mod gap;
mod measures;
mod outside;
mod plan;
mod record;
mod reference;
mod returns;
mod save;
mod seal;
mod search;
mod serve;
mod shelf;
mod shell;
mod statement;
mod user;
mod work;

use std::path::Path;

use crate::cli::copies::{Reporting, Retention, Whole};
use crate::cli::record::{Audit, Record};
use crate::cli::user::User;
use crate::cli::{Cli, Command, Plan, Reference, Returns};
use crate::home;

/// Runs one command.
pub(crate) fn run(cli: &Cli) -> anyhow::Result<()> {
    let home = home::expand(&cli.home);
    let app = home::open(&home)?;
    match &cli.command {
        Command::Demo(args) => serve::demo(app, args),
        Command::Serve(args) => serve::serve(app, &home, args),
        Command::Example(args) => example::run(args),
        Command::Returns(Returns::Check(args)) => returns::check(args),
        Command::Measures(args) => measures::run(&app, args),
        Command::Benchmark(args) => benchmark::run(&app, args),
        Command::Statement(args) => statement::run(&app, args),
        Command::Forecast(args) => forecast::run(args),
        Command::Backtest(args) => forecast::backtest(&app, args),
        Command::Plan(Plan::Cost(args)) => plan::cost(args),
        Command::Plan(Plan::Save(args)) => save::run(args),
        Command::BlockContract(args) => block_contract::run(args),
        Command::Gap(args) => gap::run(args),
        Command::Migrate(place) => record::migrate(&home, place),
        Command::Record(Record::Import(args)) => record::import(&home, args),
        Command::Record(Record::Feed(args)) => record::feed::feed(&home, args),
        Command::Record(Record::Children(args)) => record::children(&home, args),
        Command::Record(Record::Show(args)) => record::show(&home, args),
        Command::Record(Record::Providers(args)) => record::registers::providers(&home, args),
        Command::Record(Record::Owners(args)) => record::owners::owners(&home, args),
        Command::Record(Record::Documents(args)) => record::owners::documents(&home, args),
        Command::Record(Record::Homes(args)) => record::registers::homes(&home, args),
        Command::Record(Record::Home(args)) => record::registers::show(&home, args),
        Command::Record(Record::Capacity(args)) => record::registers::capacity(&home, args),
        Command::Record(Record::Ofsted(args)) => record::registers::ofsted(&home, args),
        Command::Record(Record::FosterHomes(args)) => record::registers::foster_homes(&home, args),
        Command::Record(Record::Contracts(args)) => record::commission::contracts(&home, args),
        Command::Record(Record::Contract(args)) => record::commission::contract(&home, args),
        Command::Record(Record::Payee(args)) => record::payee::show(&home, args),
        Command::Record(Record::Place(args)) => record::commission::place(&home, args),
        Command::Record(Record::Offices(args)) => record::offices::show(&home, args),
        Command::Record(Record::Alerts(args)) => record::registers::alerts(&home, args),
        Command::Audit(Audit::Verify(args)) => record::verify(&home, args),
        Command::Whole(command) => whole(&home, command),
        Command::Search(args) => search::run(&home, args),
        Command::Work(args) => work::run(&home, args),
        Command::User(User::Add(args)) => user::add(&home, args),
        Command::User(User::Reset(args)) => user::reset(&home, args),
        Command::User(User::Token(args)) => user::token(&home, args),
        Command::Reference(Reference::List { format }) => reference::list(&app, *format),
        Command::Reference(Reference::Load { file, vintage }) => reference::load(&home, file, vintage.as_deref()),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man => shell::manual(),
    }
}

/// What is done with the record as a whole, or leaves it.
fn whole(home: &Path, command: &Whole) -> anyhow::Result<()> {
    match command {
        Whole::Backup(args) => copies::back_up(home, args),
        Whole::Restore(args) => copies::restore(home, args),
        Whole::Copy(args) => copies::copy(home, args),
        Whole::Export(args) => disclosures::export(home, args),
        Whole::Reporting(Reporting::Allow(args)) => disclosures::allow(home, args),
        Whole::Retention(Retention::List(args)) => disclosures::expired(home, args),
        Whole::Retention(Retention::Apply(args)) => disclosures::erase(home, args),
    }
}
