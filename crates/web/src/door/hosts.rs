//! Which host a request names, and where it comes from.
//!
//! Without an address of their own, pages are for whoever sits at this machine, and for no web site that they visit. Listening on 127.0.0.1 is not
//! enough: a hostile site can give its own name the address 127.0.0.1 (DNS rebinding) and read the pages through the reader's browser. Such a request
//! names the hostile host, so only loopback names are answered. Pages with an address answer to that name alone, and only through the machines in
//! front of them that take TLS off.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Opened;
use crate::app;
use crate::error::Error;

/// Where in the network a request comes from, put with every request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct From(pub(crate) Option<IpAddr>);

impl std::fmt::Display for From {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(address) => address.fmt(f),
            None => f.write_str("this machine"),
        }
    }
}

/// Refuses a request that names another host, comes past the machines in front, or that another site's page made.
pub(crate) async fn guard(State(state): State<Arc<app::State>>, mut request: Request, next: Next) -> Response {
    let named = request.uri().authority().cloned().or_else(|| authority(request.headers(), &HOST));
    let opened = state.record.as_ref();
    let ours = |named: &Authority| match opened.and_then(Opened::host) {
        Some(host) => named.as_str().eq_ignore_ascii_case(host),
        None => is_loopback(named),
    };
    let Some(host) = named.filter(ours) else {
        return Error::OtherHost.into_response();
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let Ok(from) = origin(peer, request.headers(), opened) else {
        return Error::OtherHost.into_response();
    };
    if is_from_elsewhere(request.method(), request.headers(), &host) {
        return Error::OtherSite.into_response();
    }
    request.extensions_mut().insert(from);
    next.run(request).await
}

/// Where a request comes from. A machine in front says so in the last place of `X-Forwarded-For`; nobody else is believed, and where there are such
/// machines nobody else is answered.
fn origin(peer: Option<IpAddr>, headers: &HeaderMap, opened: Option<&Opened>) -> Result<From, ()> {
    let Some(opened) = opened.filter(|opened| !opened.proxies.is_empty()) else { return Ok(From(peer)) };
    if peer.is_some_and(|peer| !opened.proxies.contains(&peer.to_canonical())) {
        return Err(());
    }
    let last = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    let forwarded = last.and_then(|list| list.rsplit(',').next()).and_then(|address| address.trim().parse().ok());
    Ok(From(forwarded.or(peer)))
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
