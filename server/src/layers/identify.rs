//! Finds out who makes a request, once, before anything else is asked.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use app::access::{Visit, sign_in_cookie};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;

use super::statuses::plain_page;
use crate::router::Process;

/// Puts a [`Visit`] beside the request.
pub async fn identify(State(process): State<Process>, mut request: Request, next: Next) -> Response {
    let address = address_of(&request, process.behind_proxy);
    let device = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let mut visit = Visit::new(&process.premises, address, device).with_keyring(process.keyring.clone());
    if let Some(token) = cookie(request.headers(), sign_in_cookie(&process.premises.origin)) {
        let token = token.to_owned();
        visit = match visit.recognise(&process.premises, &token).await {
            Ok(visit) => visit,
            Err(error) => return plain_page(&error),
        };
    }
    request.extensions_mut().insert(visit);
    next.run(request).await
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split("; "))
        .find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='))
}

/// The visitor's address: the last one that the trusted proxy named, or the other end of the connection.
///
/// Some proxies add a line of their own below the one that the visitor sent, and some name the port as well.
fn address_of(request: &Request, behind_proxy: bool) -> IpAddr {
    let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back().and_then(|line| line.to_str().ok());
    let last = forwarded.and_then(|line| line.rsplit(',').next()).map(str::trim);
    let named = last.and_then(|address| address.parse().ok().or_else(|| address.parse::<SocketAddr>().ok().map(|socket| socket.ip())));
    let connected = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    named.filter(|_| behind_proxy).or(connected).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}
