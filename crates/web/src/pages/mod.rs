//! One file or folder a page: ask the service, lay out what it says.

mod about_the_data;
mod accessibility;
mod account;
mod ahead;
mod authority;
mod benchmarks;
mod blocks;
mod children;
mod compare;
mod files;
mod forecast;
mod forgotten;
mod gap;
mod market;
mod money;
mod notices;
mod notifications;
mod overview;
mod people;
mod privacy;
mod record;
mod returns;
mod scenarios;
mod search;
mod sign_in;
mod sign_on;
mod statement;
mod why;
mod work;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use service::record::access::Action;

use crate::asked::Asked;
use crate::door::{Doors, Gate};
use crate::error::Error;
use crate::sent::MOST_BYTES;

pub(crate) use benchmarks::{Listed, request as benchmark_request};
pub(crate) use blocks::body as beds_asked;
pub(crate) use forecast::{
    asked as forecast_asked,
    record::begin as backtest_begun,
    work::{Waited, card as forecast_card, wait},
};
pub(crate) use gap::asked as gap_asked;
pub(crate) use money::answered as money_answered;
pub(crate) use money::save::answered as saving_answered;
pub(crate) use record::{
    Against, Problems, alerts_listed, case_reader, cases_listed, contracts_listed, documents_until, foster_homes_listed, homes_listed,
    months_ahead, providers_listed, writing as record_writing,
};
pub(crate) use returns::Choice as FindingsChoice;

/// Every page that is shipped, for [`crate::surround`].
pub fn routes() -> Doors {
    Doors::new()
        .route("/", Action::OverviewRead, get(overview::show))
        .route("/children", Action::AnalysisRead, get(children::measures))
        .route("/children/profile", Action::AnalysisRead, get(children::profile))
        .route("/children/flows", Action::AnalysisRead, get(children::flows))
        .route("/children.csv", Action::AnalysisRead, get(children::csv))
        .route("/why/{measure}", Action::AnalysisRead, get(why::show))
        .route("/why/{measure}/rows.csv", Action::ReturnsRead, get(why::rows_csv))
        .route("/benchmarks", Action::PublishedRead, get(benchmarks::show))
        .route("/benchmarks.csv", Action::PublishedRead, get(benchmarks::csv))
        .route("/market", Action::PublishedRead, get(market::show))
        .route("/forecast", Action::AnalysisRead, get(forecast::show))
        .route("/forecast.csv", Action::AnalysisRead, get(forecast::csv))
        .route("/forecast/stop", Action::AnalysisWork, post(forecast::work::stop))
        .route("/forecast/stopped", Action::AnalysisRead, get(forecast::work::stopped))
        .route("/forecast/record", Action::AnalysisRead, get(forecast::record::show))
        .route("/forecast/scenarios", Action::AnalysisRead, get(scenarios::list))
        .route("/forecast/scenarios/write", Action::AnalysisRead, get(scenarios::write))
        .route("/forecast/scenarios/write", Action::AnalysisWork, post(scenarios::save))
        .route("/forecast/scenarios/send", Action::AnalysisWork, post(scenarios::send).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/forecast/scenarios/kept/{slug}", Action::AnalysisRead, get(scenarios::show))
        .route("/forecast/scenarios/kept/{slug}/scenario.toml", Action::AnalysisRead, get(scenarios::take))
        .route("/forecast/scenarios/kept/{slug}/remove", Action::AnalysisWork, post(scenarios::remove))
        .route("/forecast/compare", Action::AnalysisRead, get(compare::show))
        .route("/forecast/compare.csv", Action::AnalysisRead, get(compare::csv))
        .route("/forecast/money", Action::AnalysisRead, get(money::show))
        .route("/forecast/money.csv", Action::AnalysisRead, get(money::csv))
        .route("/forecast/money/save", Action::AnalysisRead, get(money::save::show))
        .route("/blocks", Action::AnalysisRead, get(blocks::show))
        .route("/blocks.csv", Action::AnalysisRead, get(blocks::csv))
        .route("/gap", Action::AnalysisRead, get(gap::show))
        .route("/gap/line", Action::AnalysisRead, get(gap::line::show))
        .route("/gap.csv", Action::AnalysisRead, get(gap::csv))
        .route("/files/{sheet}", Action::AnalysisRead, get(files::show))
        .route("/files/{sheet}", Action::AnalysisWork, post(files::hold).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/files/{sheet}/sample.csv", Action::AnalysisRead, get(files::sample))
        .route("/statement", Action::PublishedRead, get(statement::show))
        .route("/statement/why", Action::PublishedRead, get(statement::why))
        .route("/statement/{file}", Action::PublishedRead, get(statement::take))
        .route("/returns", Action::ReturnsRead, get(returns::show))
        .route("/returns/findings", Action::ReturnsRead, get(returns::findings))
        .route("/returns/changes", Action::ReturnsRead, get(returns::changes))
        .route("/returns/rules", Action::ReturnsRead, get(returns::rules))
        .route("/returns/findings.csv", Action::ReturnsRead, get(returns::csv))
        .route("/returns/findings.xlsx", Action::ReturnsRead, get(returns::workbook))
        .route("/returns/children/{place}", Action::ReturnsRead, get(returns::child))
        .route("/returns/rules/{code}", Action::ReturnsRead, get(returns::rule))
        .route("/about-the-data", Action::PublishedRead, get(about_the_data::show))
        .route("/accessibility", Gate::Public, get(accessibility::show))
        .route("/privacy", Gate::Public, get(privacy::show))
        .route("/notices", Gate::Public, get(notices::show))
        .route("/sign-in", Gate::Public, get(sign_in::show).post(sign_in::take))
        .route("/sign-in/code", Gate::Begun(Action::AccountUse), get(account::factor::ask).post(account::factor::take))
        .route("/sign-out", Gate::Begun(Action::SessionEnd), post(account::sign_out))
        .route("/link/{token}", Gate::Public, get(people::link::show).post(people::link::take))
        .route("/link/{token}/sign-on", Gate::Public, post(sign_on::take_up))
        .route("/account", Action::AccountUse, get(account::show))
        .route("/account/sign-on", Action::SignOnLink, post(sign_on::link))
        .route("/account/sign-out-everywhere", Action::SessionEnd, post(account::sign_out_everywhere))
        .route("/account/tokens", Action::AccountUse, get(account::tokens::own))
        .route("/account/tokens", Action::TokenMake, post(account::tokens::make_own))
        .route("/account/tokens/{id}/end", Action::TokenEnd, post(account::tokens::end_own))
        .route("/account/second-factor", Gate::Begun(Action::AccountUse), get(account::factor::show).post(account::factor::confirm))
        .route("/account/second-factor/begin", Gate::Begun(Action::AccountUse), post(account::factor::begin))
        .route("/account/second-factor/remove", Action::FactorRemove, post(account::factor::remove))
        .route("/people", Action::UserRead, get(people::list))
        .route("/people/invite", Action::UserAdd, get(people::invite).post(people::take))
        .route("/people/providers", Action::ProviderInvite, get(people::provider_users::list).post(people::provider_users::invite))
        .route("/people/providers/{person}/part", Action::ProviderInvite, post(people::provider_users::part))
        .route("/people/{person}", Action::UserRead, get(people::one))
        .route("/people/{person}/roles", Action::UserChange, post(people::change_roles))
        .route("/people/{person}/stop", Action::UserChange, post(people::stop))
        .route("/people/{person}/let-in-again", Action::UserChange, post(people::let_in_again))
        .route("/people/{person}/take-factor", Action::UserChange, post(people::take_factor))
        .route("/people/{person}/link", Action::UserAdd, post(people::make_link))
        .route("/people/{person}/tokens", Action::UserRead, get(account::tokens::of))
        .route("/people/{person}/tokens", Action::UserChange, post(account::tokens::make_of))
        .route("/people/{person}/tokens/{id}/end", Action::UserChange, post(account::tokens::end_of))
        .route("/offices", Action::OfficeRead, get(people::offices::show))
        .route("/offices/nominations", Action::OfficeWrite, post(people::offices::nominate))
        .route("/offices/nominations.csv", Action::OfficeRead, get(people::offices::csv))
        .route("/offices/nominations/{id}", Action::OfficeRead, get(people::nomination::show))
        .route("/offices/nominations/{id}/correct", Action::OfficeWrite, get(people::nomination::edit).post(people::nomination::correct))
        .route("/offices/nominations/{id}/end", Action::OfficeWrite, post(people::nomination::end))
        .route("/offices/nominations/{id}/withdraw", Action::OfficeWrite, post(people::nomination::withdraw))
        .route("/offices/rota", Action::OfficeRead, get(people::rota::list))
        .route("/offices/rota", Action::OfficeWrite, post(people::offices::put_on_duty))
        .route("/offices/rota.csv", Action::OfficeRead, get(people::rota::csv))
        .route("/offices/rota/{id}", Action::OfficeRead, get(people::rota::show))
        .route("/offices/rota/{id}/correct", Action::OfficeWrite, get(people::rota::edit).post(people::rota::correct))
        .route("/offices/rota/{id}/withdraw", Action::OfficeWrite, post(people::rota::withdraw))
        .route("/emergencies/{id}", Action::EmergencyApprove, get(people::emergency::show).post(people::emergency::approve))
        .route("/opened-cases", Action::GlassReview, get(people::glass::list))
        .route("/opened-cases/{glass}", Action::GlassReview, post(people::glass::review))
        .merge(record::routes())
        .merge(desk())
}

/// What waits for people, what they are told, and the ways in beside a password.
fn desk() -> Doors {
    Doors::new()
        .route("/authority", Action::AccountUse, get(authority::show).post(authority::choose))
        .route("/search", Action::AccountUse, get(search::show).post(search::take))
        .route("/search/names", Action::VaultRead, get(search::names::show).post(search::names::take))
        .route("/work", Action::AccountUse, get(work::show))
        .route("/work.csv", Action::AccountUse, get(work::csv))
        .route("/notifications", Action::AccountUse, get(notifications::show))
        .route("/notifications/read", Action::AccountUse, post(notifications::read))
        .route("/notifications/mail", Action::AccountUse, post(notifications::choose))
        .route("/sign-in/forgotten", Gate::Public, get(forgotten::show).post(forgotten::ask))
        .route("/sign-in/provider", Gate::Public, get(sign_on::begin))
        .route("/sign-in/provider/back", Gate::Public, get(sign_on::back))
        .route("/conflicts", Action::ConflictRead, get(people::conflicts::list))
        .route("/conflicts", Action::ConflictDeclare, post(people::conflicts::declare))
        .route("/conflicts/{conflict}/end", Action::ConflictDeclare, post(people::conflicts::end))
        .route("/people/{person}/unlink", Action::UserChange, post(people::unlink))
}

/// The question about children that an address asks, for the API.
pub(crate) fn cohort_question(asked: &Asked) -> Result<children::question::Question, Error> {
    children::question::Question::read(asked)
}
