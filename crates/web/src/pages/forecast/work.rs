//! Work on questions about the future: begun once, left and found again, stopped from its own page.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Redirect;
use maud::Markup;
use service::forecasts::{self, Carried, Forecast, Point, Request};
use service::holdings::Holding;
use service::work::{self, Job, Standing};

use super::waiting;
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::page::{Page, layout};

/// Where a question stands, as a page has it.
pub(crate) enum Answer<T> {
    /// It is answered.
    Done(Arc<T>),
    /// It is not; this page says how far the work is, or that it was stopped.
    NotYet(Page<'static>),
    /// It cannot be answered, in the service's words.
    Refused(String),
}

/// The forecast that a request asks for, begun if it was not. Every room that asks the same gets the same one.
pub(crate) fn forecast(state: &app::State, holding: &Arc<Holding>, request: &Request) -> Arc<Job<Forecast>> {
    let (holding, request) = (Arc::clone(holding), request.clone());
    state.forecasts.find_or_begin(&key(&request), move |progress| forecasts::forecast(&holding, &request, progress))
}

/// The forecast with its card, as a command prints it: the numbers are the blend's where the card says that the blend was nearer.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// As the model has it.
    pub(crate) forecast: Arc<Forecast>,
    /// How wrong such forecasts were, or why nobody can say.
    pub(crate) carried: Arc<Result<Carried, String>>,
}

impl Shown {
    /// The points to be shown.
    pub(crate) fn points(&self) -> &[Point] {
        let blend = self.carried.as_ref().as_ref().ok().and_then(|carried| carried.blend.as_ref());
        blend.unwrap_or(&self.forecast.points)
    }

    /// Whether any of them is pooled with simple forecasts.
    pub(crate) fn blends(&self) -> bool {
        self.carried.as_ref().as_ref().is_ok_and(|carried| carried.blend.is_some())
    }
}

/// The forecast that a request asks for and, once that is there, its card; `heading` says what is going on, `here` is the question's address.
pub(crate) fn shown(state: &app::State, holding: &Arc<Holding>, request: &Request, here: &str) -> Answer<Shown> {
    let job = forecast(state, holding, request);
    let forecast = match answer(&job, "The futures are being drawn", here) {
        Answer::Done(forecast) => forecast,
        Answer::NotYet(page) => return Answer::NotYet(page),
        Answer::Refused(why) => return Answer::Refused(why),
    };
    match answer(&card(state, holding, &forecast), "Past forecasts are being made again, to see how wrong they were", here) {
        Answer::Done(carried) => Answer::Done(Arc::new(Shown { forecast, carried })),
        Answer::NotYet(page) => Answer::NotYet(page),
        Answer::Refused(why) => Answer::Refused(why),
    }
}

/// The card of a forecast, begun if it was not. Too short a past is an answer: the forecast then stands alone.
pub(crate) fn card(state: &app::State, holding: &Arc<Holding>, forecast: &Arc<Forecast>) -> Arc<Job<Result<Carried, String>>> {
    let (holding, forecast) = (Arc::clone(holding), Arc::clone(forecast));
    state.cards.find_or_begin(&format!("card of {}", key(&forecast.request)), move |progress| {
        let carried = forecasts::carry(&holding, &forecast, progress);
        if progress.is_stopped() { Err(work::stopped()) } else { Ok(carried.map_err(|why| why.to_string())) }
    })
}

/// All that changes the numbers of a forecast, and nothing else.
pub(crate) fn key(request: &Request) -> String {
    let Request { from, months, at, history_from, paths, seed, groups, split, model, scenario } = request;
    let scenario = scenario.as_ref().map_or("", |saved| saved.sha256.as_str());
    format!("forecast {from} {months} {at:?} {history_from:?} {paths} {seed} {groups:?} {split:?} {} {scenario}", model.name())
}

/// Where the work stands; `heading` says what is going on and `here` is the question's address.
pub(crate) fn answer<T>(job: &Job<T>, heading: &str, here: &str) -> Answer<T> {
    match job.standing() {
        Standing::Done(done) => Answer::Done(Arc::clone(done)),
        Standing::Running(done, of) => {
            let stop = Asked::default().with("job", job.key()).with("again", here).of("/forecast/stop");
            Answer::NotYet(waiting::page(heading, here, &stop, (done, of)))
        }
        Standing::Stopped => Answer::NotYet(waiting::stopped(here)),
        Standing::Failed(fault) => Answer::Refused(fault.to_string()),
    }
}

/// Work that is done, or how far it is, as a program has it.
pub(crate) enum Waited<T> {
    /// The answer.
    Done(T),
    /// Steps done, steps in all.
    Running(u32, u32),
}

/// Where the work stands, for a program.
pub(crate) fn wait<T>(job: &Job<T>) -> Result<Waited<Arc<T>>, Error> {
    match job.standing() {
        Standing::Done(done) => Ok(Waited::Done(Arc::clone(done))),
        Standing::Running(done, of) => Ok(Waited::Running(done, of)),
        Standing::Stopped => Err(Error::Missing("The work was stopped. Ask again to begin it again.".to_owned())),
        Standing::Failed(fault) => Err(Error::Unreadable(fault.to_string())),
    }
}

/// `POST /forecast/stop?job=…&again=…`: asks one piece of work to stop.
pub(crate) async fn stop(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Redirect {
    let asked = Asked::new(pairs);
    let key = asked.one("job").unwrap_or_default();
    if let Some(job) = state.forecasts.find(key) {
        job.stop();
    }
    if let Some(job) = state.cards.find(key) {
        job.stop();
    }
    if let Some(job) = state.backtests.find(key) {
        job.stop();
    }
    if let Some(job) = state.gaps.find(key) {
        job.stop();
    }
    if let Some(job) = state.spendings.find(key) {
        job.stop();
    }
    Redirect::to(&asked.only(&["again"]).of("/forecast/stopped"))
}

/// `GET /forecast/stopped?again=…`
pub(crate) async fn stopped(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Markup {
    layout(Some(&state.place), &waiting::stopped(room_of(Asked::new(pairs).one("again").unwrap_or_default())))
}

/// An address of these rooms as it is; for any other the room's first page, so that no link leads astray.
pub(crate) fn room_of(address: &str) -> &str {
    let known = ["/forecast", "/gap", "/blocks"];
    let path = address.split('?').next().unwrap_or_default();
    if known.iter().any(|room| path == *room || path.starts_with(&format!("{room}/"))) { address } else { super::PATH }
}

#[cfg(test)]
mod tests {
    use domain::Day;

    use super::*;

    #[test]
    fn the_same_question_has_the_same_key_and_another_another() {
        let request = Request::ahead(Day::year_end(2026), 24);
        assert_eq!(key(&request), key(&request.clone()));
        assert_ne!(key(&request), key(&Request { months: 12, ..request.clone() }));
        assert_ne!(key(&request), key(&Request { seed: 2, ..request }));
    }

    #[test]
    fn links_back_stay_in_these_rooms() {
        for kept in ["/forecast", "/gap?months=12", "/forecast/compare?with=a"] {
            assert_eq!(room_of(kept), kept);
        }
        for other in ["//example.org", "https://example.org/gap", "/gapless", "", "/children"] {
            assert_eq!(room_of(other), "/forecast");
        }
    }
}
