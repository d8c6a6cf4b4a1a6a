//! Until people and permissions exist, pages are for whoever sits at this machine, and for no web site that they visit.
//!
//! Listening on 127.0.0.1 is not enough: a hostile site can give its own name the address 127.0.0.1 (DNS rebinding) and
//! read the pages through the reader's browser. Such a request names the hostile host, so only loopback names are answered.

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::Error;

/// Refuses a request that another host or another site's page made.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let named = request.uri().authority().cloned().or_else(|| authority(request.headers(), &HOST));
    let Some(host) = named.filter(is_loopback) else {
        return Error::OtherHost.into_response();
    };
    if is_from_elsewhere(request.method(), request.headers(), &host) {
        return Error::OtherSite.into_response();
    }
    next.run(request).await
}

fn authority(headers: &HeaderMap, name: &axum::http::HeaderName) -> Option<Authority> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

fn is_loopback(authority: &Authority) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| authority.host().eq_ignore_ascii_case(name))
}

/// Browsers say where a request came from. Following a link from elsewhere is harmless; sending a form from elsewhere is not.
/// `Sec-Fetch-Site` is asked first because our own Referrer-Policy makes `Origin` read `null` in our own forms.
fn is_from_elsewhere(method: &Method, headers: &HeaderMap, host: &Authority) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    let Some(origin) = headers.get(ORIGIN) else {
        // No browser: a script on this machine.
        return false;
    };
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://")).and_then(|(_, rest)| rest.parse::<Authority>().ok());
    origin.as_ref() != Some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for name in ["localhost", "LOCALHOST:8000", "127.0.0.1:80", "[::1]:8000"] {
            assert!(is_loopback(&name.parse().unwrap()), "{name}");
        }
        for name in ["example.org", "127.0.0.1.example.org", "localhost.example.org:80", "192.168.0.1", "[::2]"] {
            assert!(!is_loopback(&name.parse().unwrap()), "{name}");
        }
    }

    #[test]
    fn forms_from_other_sites_are_refused() {
        let host: Authority = "127.0.0.1:8000".parse().unwrap();
        let refused = |headers: &[(&'static str, &'static str)], method: Method| {
            let headers = headers.iter().map(|&(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            is_from_elsewhere(&method, &headers, &host)
        };
        assert!(refused(&[("sec-fetch-site", "cross-site")], Method::POST));
        assert!(refused(&[("sec-fetch-site", "same-site")], Method::POST));
        assert!(refused(&[("origin", "https://example.org")], Method::POST));
        assert!(refused(&[("origin", "null")], Method::POST));
        assert!(!refused(&[("sec-fetch-site", "same-origin"), ("origin", "null")], Method::POST));
        assert!(!refused(&[("origin", "http://127.0.0.1:8000")], Method::POST));
        assert!(!refused(&[], Method::POST));
        assert!(!refused(&[("sec-fetch-site", "cross-site")], Method::GET));
    }
}
