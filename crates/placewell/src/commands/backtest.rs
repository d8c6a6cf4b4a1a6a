//! `placewell backtest`

use service::backtests::{self, Backtest, Request};
use service::holdings;
use service::work::Progress;
use web::api::backtest as json;

use crate::cli;
use crate::commands::measures::folder;
use crate::output::{self, Grid};

pub(crate) fn run(args: &cli::Backtest) -> anyhow::Result<()> {
    let request = Request { origins: args.origins, paths: args.paths, seed: args.seed };
    let holding = holdings::open(folder(&args.folder))?;
    let backtest = backtests::backtest(&holding, &request, &Progress::default())?;
    output::print(args.format, &json::Backtest::from(&backtest), &grid(&backtest), &words(&backtest))
}

fn grid(backtest: &Backtest) -> Grid {
    let headings = ["Ahead", "Group", "Model", "Cells", "MAE", "Bias", "CRPS", "Interval", "50%", "80%", "95%"];
    let percent = |share: f64| format!("{:.0}%", share * 100.0);
    let rows = backtest.marks.iter().map(|mark| {
        let score = mark.summary;
        let covered = score.covered.map(percent);
        let numbers = [score.mae, score.bias, score.crps, score.interval].map(|number| format!("{number:.1}"));
        let words = [format!("{} days", mark.horizon), mark.group.to_owned(), mark.competitor.name().to_owned(), score.cells.to_string()];
        words.into_iter().chain(numbers).chain(covered).collect()
    });
    Grid { headings: headings.map(str::to_owned).to_vec(), rows: rows.collect(), numbers_from: 3 }
}

/// The cards, a sentence each.
fn words(backtest: &Backtest) -> String {
    let line = |(authority, card): &(String, backtests::Card)| format!("{authority}: {}", backtests::sentence(card));
    backtest.cards.iter().map(line).collect::<Vec<_>>().join("\n")
}
