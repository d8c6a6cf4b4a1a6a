//! Forecasts and backtests from returns: what they answer, what they refuse, and that nothing after the first day is used.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up fails")]

use std::path::{Path, PathBuf};

use domain::Day;
use service::forecasts::{self, BacktestRequest, Groups, Model, Request, Split};
use service::holdings::{self, Folder, Holding};
use service::work::{Desk, Progress, Standing};

fn open(path: &Path) -> Holding {
    holdings::open(Folder { path: path.to_owned(), authority: None, year: None }).unwrap()
}

/// Returns of one fictitious authority over some years that end in 2026.
fn returns(years: u32, children: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { seed: 5, years, children, future_years: 0, ..example::Settings::default() };
    example::write(folder.path(), &settings, None).unwrap();
    folder
}

fn request(from: Day) -> Request {
    Request {
        from,
        months: 12,
        at: Vec::new(),
        history_from: None,
        paths: 50,
        seed: 3,
        groups: Groups::Broad,
        split: Split::Together,
        model: Model::Microsimulation,
        scenario: None,
    }
}

fn refused(holding: &Holding, request: &Request, words: &str) {
    let said = forecasts::forecast(holding, request, &Progress::default()).unwrap_err().to_string();
    assert!(said.contains(words), "“{words}” is missing in: {said}");
}

#[test]
fn a_forecast_speaks_of_month_ends_and_of_what_was_known() {
    let folder = returns(4, 120);
    let holding = open(folder.path());
    let from = Day::year_end(2025);
    for model in [Model::Microsimulation, Model::StockAndFlow] {
        let forecast = forecasts::forecast(&holding, &Request { model, ..request(from) }, &Progress::default()).unwrap();
        assert_eq!(forecast.points.len(), 12 * 5);
        assert_eq!(
            (forecast.points[0].date.to_string(), forecast.points[59].date.to_string()),
            ("2025-04-30".to_owned(), "2026-03-31".to_owned())
        );
        assert_eq!((forecast.points[4].group, forecast.points[4].authority.as_ref()), ("Total", None));
        for point in &forecast.points {
            let s = &point.spread.0;
            let ladder = [0.0, s.ninety_five.0, s.eighty.0, s.half.0, s.median, s.half.1, s.eighty.1, s.ninety_five.1];
            assert!(ladder.windows(2).all(|pair| pair[0] <= pair[1]), "{point:?}");
        }
        assert_eq!(forecast.paths.is_some(), model == Model::Microsimulation);
        // The same again, number for number.
        assert_eq!(
            forecasts::forecast(&holding, &Request { model, ..request(from) }, &Progress::default()).unwrap().points,
            forecast.points
        );
    }
}

#[test]
fn days_outside_the_returns_are_refused_or_warned_of() {
    let folder = returns(3, 60);
    let holding = open(folder.path());
    let from = Day::year_end(2026);
    refused(&holding, &request(Day::year_end(2020)), "choose a day from");
    refused(&holding, &request(from.plus(400)), "add the later returns");
    refused(&holding, &Request { at: vec![from.plus(-1)], ..request(from) }, "ask for later dates");
    refused(&holding, &Request { months: 0, ..request(from) }, "ask for at least one month");
    refused(&holding, &Request { history_from: Some(from.plus(1)), ..request(from) }, "choose an earlier day");
    refused(&holding, &Request { model: Model::StockAndFlow, groups: Groups::Detailed, ..request(from) }, "four types of home");
    refused(&holding, &Request { model: Model::StockAndFlow, ..request(Day::year_start(2024).plus(90)) }, "needs a whole year");
    let late = forecasts::forecast(&holding, &request(from.plus(91)), &Progress::default()).unwrap();
    assert!(late.warnings.iter().any(|warning| warning.contains("is forecast too")), "{:?}", late.warnings);
}

#[test]
fn the_compatible_model_gives_the_golden_figures_from_files() {
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../analysis/tests/data/sample");
    let holding = open(&sample);
    let from = Day::year_end(2022);
    let at = ["2022-04-01", "2022-04-08"].map(|text| Day::parse(text.as_bytes()).unwrap()).to_vec();
    let forecast = forecasts::forecast(&holding, &Request { at, model: Model::Compatible, ..request(from) }, &Progress::default()).unwrap();
    // `forecast_by_type_weekly.csv` of the golden figures: Fostering and Total on the first two dates.
    let golden = [
        (0, 55.0, 53.851_000_070_596_55),
        (4, 86.0, 84.541_432_773_200_48),
        (5, 56.0, 52.738_062_679_095_63),
        (9, 87.0, 82.862_422_169_241_9),
    ];
    for (at, children, lower) in golden {
        let s = forecast.points[at].spread.0;
        assert!((s.mean - children).abs() < 1e-9 && (s.ninety_five.0 - lower).abs() < 1e-9, "{at}: {s:?}");
    }
}

#[test]
fn a_backtest_ranks_everyone_and_says_so_in_words() {
    let folder = returns(5, 120);
    let holding = open(folder.path());
    let request = BacktestRequest { horizons: vec![91, 365], paths: 40, ..BacktestRequest::default() };
    let backtest = forecasts::backtest(&holding, &request, &Progress::default()).unwrap();
    assert!(backtest.origins.len() >= 4, "{:?}", backtest.origins);
    assert_eq!(backtest.cards.len(), 2 * 2);
    for card in &backtest.cards {
        assert_eq!(card.card.marks.len(), 5, "everyone is ranked, the blend too");
        assert!(card.says.ends_with('.') && card.says.contains("children on average"), "{}", card.says);
    }
    for weights in &backtest.weights {
        assert!((weights.shares.iter().map(|(_, share)| share).sum::<f64>() - 1.0).abs() < 1e-9);
    }
    assert!(backtest.ratios.iter().any(|line| line.model == "blend" && line.against == "last-value"));

    let said = forecasts::backtest(&holding, &BacktestRequest { origins: vec![Day::year_end(2026)], ..request }, &Progress::default())
        .unwrap_err()
        .to_string();
    assert!(said.contains("choose a day between"), "{said}");
    let short = returns(1, 40);
    let said = forecasts::backtest(&open(short.path()), &BacktestRequest::default(), &Progress::default()).unwrap_err().to_string();
    assert!(said.contains("add earlier returns"), "{said}");
}

#[test]
fn a_first_day_of_history_holds_for_the_card_too_and_the_compatible_model_refuses_it() {
    let folder = returns(6, 60);
    let holding = open(folder.path());
    let since = Day::year_start(2023);
    let asked = Request { history_from: Some(since), paths: 10, months: 3, ..request(Day::year_end(2026)) };
    let carried = |asked: &Request| {
        let forecast = forecasts::forecast(&holding, asked, &Progress::default()).unwrap();
        forecasts::carry(&holding, &forecast, &Progress::default())
    };
    let origins = carried(&asked).unwrap().origins;
    assert!(origins.iter().all(|origin| origin.since(since) >= 729), "two years of what is learnt from lie before each: {origins:?}");
    assert!(carried(&Request { history_from: None, ..asked.clone() }).unwrap().origins.len() > origins.len());
    let late = carried(&Request { history_from: Some(Day::year_start(2025)), ..asked.clone() }).unwrap_err().to_string();
    assert!(late.contains("1 April 2024 to 31 March 2026") && late.contains("two years before it"), "{late}");
    refused(&holding, &Request { model: Model::Compatible, ..asked }, "leave out the first day of history");
}

#[test]
fn returns_that_end_on_different_days_are_known_until_the_first_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let settings = example::Settings { seed: 5, years: 4, children: 60, authorities: 2, future_years: 0, ..example::Settings::default() };
    example::write(folder.path(), &settings, None).unwrap();
    let names = open(folder.path()).read.history.authorities.clone();
    std::fs::remove_dir_all(folder.path().join(&names[1]).join("2026")).unwrap();
    let holding = open(folder.path());
    let (common, end) = (Day::year_end(2025), Day::year_end(2026));
    let forecast = forecasts::forecast(&holding, &request(end), &Progress::default()).unwrap();
    assert_eq!(forecast.past.last().map(|past| past.date), Some(common), "nothing after the common end is counted");
    assert!(forecast.warnings[0].contains(&format!("those of {} on 31 March 2025", names[1])), "{:?}", forecast.warnings);
    // The silence of one is not taken for nobody coming: its forecast for the common end's next year is what it is without the other's newer return.
    std::fs::remove_dir_all(folder.path().join(&names[0]).join("2026")).unwrap();
    let both = open(folder.path());
    let from_common = |holding: &Holding| forecasts::forecast(holding, &request(common), &Progress::default()).unwrap().points;
    assert_eq!(from_common(&holding), from_common(&both));
    assert_eq!(forecast.points, forecasts::forecast(&both, &request(end), &Progress::default()).unwrap().points);
    let origins =
        forecasts::backtest(&holding, &BacktestRequest { paths: 10, ..BacktestRequest::default() }, &Progress::default()).unwrap();
    assert!(origins.origins.iter().all(|origin| origin.plus(91) <= common) && !origins.warnings.is_empty(), "{:?}", origins.origins);
}

#[test]
fn a_stop_breaks_the_futures_off() {
    let folder = returns(3, 60);
    let holding = open(folder.path());
    let desk = Desk::new(1);
    let many = Request { paths: 300_000, ..request(Day::year_end(2026)) };
    let job = desk.find_or_begin("many", move |progress| forecasts::forecast(&holding, &many, progress));
    // Two of three steps are done when the futures begin.
    while !matches!(job.standing(), Standing::Running(2, 3) | Standing::Failed(_) | Standing::Done(_)) {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    job.stop();
    while matches!(job.standing(), Standing::Running(..)) {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    assert!(matches!(job.standing(), Standing::Stopped), "{:?}", job.standing());
}
