//! What whoever runs the machine sees, over a port as they see it: health, metrics, the number of each request, and the end. Everybody here is made up.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use service::App;
use service::profile::Profile;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use web::{Ended, Listeners, State, serve};

/// A site that is served, and the way to ask it to stop.
struct Served {
    pages: SocketAddr,
    operations: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<std::io::Result<Ended>>,
}

async fn served(state: State, grace: Duration) -> Served {
    let (pages, operations) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap());
    let addresses = (pages.local_addr().unwrap(), operations.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel();
    let listeners = Listeners { pages, operations: Some(operations), grace };
    let ended = tokio::spawn(serve(listeners, state, async move {
        // Whoever is gone asks to stop, too.
        let _ = stopped.await;
    }));
    Served { pages: addresses.0, operations: addresses.1, stop, ended }
}

fn published() -> State {
    let profile = Profile { fictitious: true, ..Profile::unknown("Exampleshire") };
    State::published(Arc::new(App::new()), profile).on_node("ab-".to_owned(), || Some(12_345))
}

async fn get(site: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(site).await.unwrap();
    stream.write_all(format!("GET {path} HTTP/1.0\r\nHost: {site}\r\n\r\n").as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text
}

#[tokio::test]
async fn requests_are_counted_by_the_template_of_their_address_and_nothing_of_it_is_shown() {
    let site = served(published(), Duration::from_secs(5)).await;
    assert!(get(site.operations, "/health/live").await.starts_with("HTTP/1.0 200"));
    assert!(get(site.operations, "/health/ready").await.ends_with("ready\n"));
    let page = get(site.pages, "/accessibility?name=Zacharias").await;
    assert!(page.contains("x-request-id: ab-00000001\r\n"), "{}", page.split("\r\n\r\n").next().unwrap());
    for path in ["/statement/secret-of-101000271.html", "/nowhere/101000271", "/link/0123456789abcdef"] {
        get(site.pages, path).await;
    }
    let metrics = get(site.operations, "/metrics").await;
    for line in [
        "placewell_request_seconds_count{method=\"GET\",route=\"/accessibility\",status=\"200\"} 1",
        "placewell_request_seconds_count{method=\"GET\",route=\"/link/{token}\",status=\"404\"} 1",
        "placewell_request_seconds_count{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "process_resident_memory_bytes 12345",
        "placewell_ready 1",
        "placewell_requests_under_way 0",
    ] {
        assert!(metrics.lines().any(|known| known == line), "{line}\n{metrics}");
    }
    for kept_back in ["Zacharias", "101000271", "0123456789abcdef", "secret"] {
        assert!(!metrics.contains(kept_back), "{kept_back}");
    }
    // Neither is on the pages' own listener.
    for path in ["/metrics", "/health/live", "/health/ready"] {
        assert!(get(site.pages, path).await.starts_with("HTTP/1.0 404"), "{path}");
    }
}

#[tokio::test]
async fn what_is_under_way_is_finished_and_nothing_new_is_taken() {
    let site = served(published(), Duration::from_secs(20)).await;
    // A request of which the last byte is missing when the signal comes.
    let mut begun = TcpStream::connect(site.pages).await.unwrap();
    begun.write_all(format!("GET /accessibility HTTP/1.0\r\nHost: {}\r\n", site.pages).as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    site.stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(TcpStream::connect(site.pages).await.is_err(), "nothing new is taken");
    assert!(get(site.operations, "/health/ready").await.contains("503 Service Unavailable"));
    assert!(get(site.operations, "/health/live").await.contains("200 OK"), "nobody restarts it meanwhile");
    begun.write_all(b"\r\n").await.unwrap();
    let mut text = String::new();
    begun.read_to_string(&mut text).await.unwrap();
    assert!(text.starts_with("HTTP/1.0 200") && text.ends_with("</html>"), "{text:.80}");
    assert_eq!(site.ended.await.unwrap().unwrap(), Ended::Finished);
}

#[tokio::test]
async fn it_ends_within_its_time_whoever_dawdles() {
    let site = served(published(), Duration::from_millis(300)).await;
    let mut dawdler = TcpStream::connect(site.pages).await.unwrap();
    dawdler.write_all(b"GET /accessibility HTTP/1.1\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    site.stop.send(()).unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(10), site.ended).await.unwrap().unwrap().unwrap();
    assert_eq!(ended, Ended::CutOff);
}
