//! Counting requests, and a line in the log for each: by the template of the address, never by the address itself, which may name a child.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use service::notify::Outbox;
use service::record::Connections;
use tokio::time::Instant;
use tracing::Instrument as _;

use crate::app;

/// Upper ends of the classes of duration, in thousandths of a second: around the promise of 20 at the median and 100 at the 99th percentile.
const CLASSES: [u64; 11] = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 30_000];

/// What one node counted since it began.
#[derive(Debug)]
pub(crate) struct Telemetry {
    /// Told apart from other nodes in the numbers of requests.
    node: String,
    memory: fn() -> Option<u64>,
    next: AtomicU64,
    under_way: AtomicU64,
    stopping: AtomicBool,
    /// By method, template and status.
    counted: Mutex<BTreeMap<(&'static str, String, u16), Counted>>,
}

/// Requests of one kind.
#[derive(Clone, Debug, Default)]
struct Counted {
    requests: u64,
    took: Duration,
    /// How many took no longer than each class.
    within: [u64; CLASSES.len()],
}

impl Counted {
    fn add(&mut self, took: Duration) {
        self.requests += 1;
        self.took += took;
        for (class, within) in CLASSES.into_iter().zip(&mut self.within) {
            *within += u64::from(took <= Duration::from_millis(class));
        }
    }
}

impl Default for Telemetry {
    fn default() -> Self {
        Self::new(String::new(), || None)
    }
}

impl Telemetry {
    /// Of a node with this word before the numbers of its requests; `memory` says how many bytes the process holds.
    pub(crate) fn new(node: String, memory: fn() -> Option<u64>) -> Self {
        Self {
            node,
            memory,
            next: AtomicU64::new(1),
            under_way: AtomicU64::new(0),
            stopping: AtomicBool::new(false),
            counted: Mutex::default(),
        }
    }

    /// From now on no more requests are wanted.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    fn count(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        // Nothing that holds this lock can fail; were it poisoned all the same, its counts would still be counts.
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.entry((method, route.to_owned(), status)).or_default().add(took);
    }

    /// Everything that was counted, in the text form of Prometheus.
    pub(crate) fn written(&self, is_ready: bool, connections: Option<Connections>, outbox: Option<Outbox>) -> String {
        let mut text = String::new();
        let mut gauge = |name: &str, help: &str, value: u64| {
            // Writing to a string does not fail.
            let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
        };
        gauge("placewell_ready", "1 while requests may be sent here.", u64::from(is_ready));
        gauge("placewell_requests_under_way", "Requests that are being answered.", self.under_way.load(Ordering::Relaxed));
        if let Some(connections) = connections {
            gauge("placewell_database_connections", "Connections to the database that are open.", connections.open.into());
            gauge("placewell_database_connections_idle", "Open connections that wait for work.", connections.idle.into());
            gauge("placewell_database_connections_most", "As many as there may be.", connections.most.into());
        }
        if let Some(outbox) = outbox {
            let count = |count: i64| u64::try_from(count).unwrap_or_default();
            gauge("placewell_mail_waiting", "Mails that wait to go out.", count(outbox.waiting));
            gauge("placewell_mail_tried", "Mails among them that the mail server did not take yet.", count(outbox.tried));
            gauge("placewell_mail_given_up", "Mails of the last 90 days that never went.", count(outbox.given_up));
        }
        if let Some(bytes) = (self.memory)() {
            gauge("process_resident_memory_bytes", "Memory that the process holds.", bytes);
        }
        let _ = write!(
            text,
            "# HELP placewell_build_info The version that runs.\n# TYPE placewell_build_info gauge\nplacewell_build_info{{version=\"{}\"}} 1\n",
            env!("CARGO_PKG_VERSION")
        );
        let name = "placewell_request_seconds";
        let _ = write!(text, "# HELP {name} How long requests took, by the template of their address.\n# TYPE {name} histogram\n");
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        for ((method, route, status), kind) in counted.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            for (class, within) in CLASSES.into_iter().zip(kind.within) {
                let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{}\"}} {within}", class as f64 / 1000.0);
            }
            let _ = write!(
                text,
                "{name}_bucket{{{labels},le=\"+Inf\"}} {0}\n{name}_sum{{{labels}}} {1}\n{name}_count{{{labels}}} {0}\n",
                kind.requests,
                kind.took.as_secs_f64()
            );
        }
        text
    }
}

/// The methods that pages know. Whatever else somebody sends is one word, so that nobody can fill the memory with words of their own.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Counts a request, gives it a number, and writes its line in the log. The number goes out in `x-request-id`: whoever complains can name it, and every
/// other line that the request caused has it.
pub(crate) async fn observe(State(state): State<Arc<app::State>>, request: Request, next: Next) -> Response {
    let telemetry = &state.telemetry;
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let id = format!("{}{:08x}", telemetry.node, telemetry.next.fetch_add(1, Ordering::Relaxed));
    let span = tracing::error_span!("request", id, method, route);
    let under_way = UnderWay::begin(telemetry);
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (took, status) = (began.elapsed(), response.status().as_u16());
    drop(under_way);
    telemetry.count(method, &route, status, took);
    span.in_scope(|| tracing::info!(target: "placewell::request", status, milliseconds = took.as_millis() as u64, "answered"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// A request that is being answered, also when its reader goes away before the answer.
struct UnderWay<'t>(&'t Telemetry);

impl<'t> UnderWay<'t> {
    fn begin(telemetry: &'t Telemetry) -> Self {
        telemetry.under_way.fetch_add(1, Ordering::Relaxed);
        Self(telemetry)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_template_and_class() {
        let telemetry = Telemetry::new("a-".to_owned(), || Some(1024));
        for milliseconds in [3, 20, 21, 40_000] {
            telemetry.count("GET", "/homes/{id}", 200, Duration::from_millis(milliseconds));
        }
        let text =
            telemetry.written(true, Some(Connections { open: 3, idle: 2, most: 17 }), Some(Outbox { waiting: 5, tried: 4, given_up: 1 }));
        let labels = "{method=\"GET\",route=\"/homes/{id}\",status=\"200\"";
        for line in [
            &format!("placewell_request_seconds_bucket{labels},le=\"0.005\"}} 1"),
            &format!("placewell_request_seconds_bucket{labels},le=\"0.02\"}} 2"),
            &format!("placewell_request_seconds_bucket{labels},le=\"0.05\"}} 3"),
            &format!("placewell_request_seconds_bucket{labels},le=\"30\"}} 3"),
            &format!("placewell_request_seconds_bucket{labels},le=\"+Inf\"}} 4"),
            &format!("placewell_request_seconds_sum{labels}}} 40.044"),
            "placewell_database_connections 3",
            "process_resident_memory_bytes 1024",
            "placewell_ready 1",
            "placewell_mail_waiting 5",
            "placewell_mail_tried 4",
            "placewell_mail_given_up 1",
        ] {
            assert!(text.lines().any(|known| known == line), "{line}:\n{text}");
        }
    }

    #[test]
    fn words_of_others_are_one_word() {
        assert_eq!(known(&Method::POST), "POST");
        assert_eq!(known(&Method::from_bytes(b"CHILD101").unwrap()), "other");
    }
}
